"""Random calls of NumPy's reductions with its answers, one JSON object a line: seed, count and names are the arguments."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "engine"))

import numpy as np
from reduce_cases import answer, draw_array

METHODS = ["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen"]
METHODS += ["weibull", "linear", "median_unbiased", "normal_unbiased", "lower", "higher", "midpoint", "nearest"]

MANY = ["sum", "prod", "max", "min", "ptp", "any", "all", "mean", "var", "std", "median", "count_nonzero"]
MANY += ["nansum", "nanprod", "nanmax", "nanmin", "nanmean", "nanvar", "nanstd", "nanmedian"]
ONE = ["argmax", "argmin", "cumsum", "cumprod", "nanargmax", "nanargmin", "nancumsum", "nancumprod"]
QUANTILES = ["quantile", "percentile", "nanquantile", "nanpercentile"]
OTHER = ["average", "diff", "ediff1d", "trapezoid", "trace", "gradient", "cumulative_sum", "cumulative_prod"]


def axes(rng, ndim, one):
    pick = int(rng.integers(0, 4))
    if pick == 0 or ndim == 0:
        return None
    if one or pick == 1:
        return int(rng.integers(-ndim, ndim))
    mask = int(rng.integers(0, 2**ndim))
    return [k for k in range(ndim) if mask >> k & 1]


def options_for(rng, name, a):
    options = {}
    if name in OTHER:
        if name == "diff":
            options = {"n": int(rng.integers(0, 3))}
            if a.ndim:
                options["axis"] = int(rng.integers(-a.ndim, a.ndim))
            if rng.random() < 0.3 and a.dtype.char in "dD":
                options["prepend"] = 1.5
        elif name == "trapezoid":
            options = {"dx": float(rng.integers(1, 4))}
            if a.ndim:
                options["axis"] = int(rng.integers(-a.ndim, a.ndim))
        elif name == "trace":
            options = {"offset": int(rng.integers(-1, 2))}
        elif name == "gradient":
            options = {"edge_order": int(rng.integers(1, 3))}
            if a.ndim:
                options["axis"] = int(rng.integers(-a.ndim, a.ndim))
        elif name in ("cumulative_sum", "cumulative_prod"):
            options = {"include_initial": bool(rng.random() < 0.5)}
            if a.ndim != 1 or rng.random() < 0.5:
                options["axis"] = int(rng.integers(-max(a.ndim, 1), max(a.ndim, 1)))
        elif name == "average":
            options = {"axis": axes(rng, a.ndim, False), "keepdims": bool(rng.random() < 0.3)}
        return options
    options["axis"] = axes(rng, a.ndim, name in ONE)
    if "cum" not in name and rng.random() < 0.3:
        options["keepdims"] = True
    if name in QUANTILES:
        options["method"] = METHODS[rng.integers(0, len(METHODS))]
        return options
    if name in ("var", "std", "nanvar", "nanstd") and rng.random() < 0.4:
        options["ddof"] = int(rng.integers(0, 3))
    if name in ("sum", "mean", "std", "var", "cumsum", "nanmean") and rng.random() < 0.15:
        options["dtype"] = ["float32", "float64", "complex128"][rng.integers(0, 3)]
    return options


def call(rng, names):
    a, spec = draw_array(rng)
    name = names[rng.integers(0, len(names))]
    while name in QUANTILES and a.dtype.kind in "iu" and a.size and int(a.max()) - int(a.min()) > 100:
        # NumPy interpolates in the dtype of integers, and wraps.
        a, spec = draw_array(rng)
    while name in QUANTILES and a.size == 0:
        a, spec = draw_array(rng)
    while "median" in name and a.dtype.kind == "c":
        a, spec = draw_array(rng)
    options = options_for(rng, name, a)
    keywords = dict(options)
    if isinstance(keywords.get("axis"), list):
        keywords["axis"] = tuple(keywords["axis"])
    case = {"name": name, "array": spec, "options": options}
    args = []
    if name in QUANTILES:
        top = 100 if "percentile" in name else 1
        case["q"] = float(rng.integers(0, 101)) / 100 * top if rng.random() < 0.5 else [0.0, 0.25 * top, 0.7 * top]
        args = [case["q"]]
    if name in ("mean", "var", "std", "sum") and rng.random() < 0.15:
        mask, case["where"] = draw_array(rng, "bool", list(a.shape))
        keywords["where"] = mask
    if name == "average" and rng.random() < 0.7:
        weights, case["weights"] = draw_array(rng, "float64", list(a.shape))
        keywords["weights"] = weights
    case["answer"] = answer(lambda: getattr(np, name)(a, *args, **keywords))
    return case


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    names = sys.argv[3:] or MANY + ONE + QUANTILES + OTHER
    rng = np.random.default_rng(seed)
    for _ in range(count):
        print(json.dumps(call(rng, names)))


main()
