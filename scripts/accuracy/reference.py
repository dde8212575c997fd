"""Errors of results in units in the last place: reads a JSON line for each question, writes one for each answer.

The reference is NumPy's long double, 80 bits on x86: its own errors are below a thousandth of an ulp of float64.
"""

import base64
import json
import sys

import numpy as np

np.seterr(all="ignore")


def array(text, dtype):
    return np.frombuffer(base64.b64decode(text), dtype)


def ulps(got, wanted, dtype):
    """|got - wanted| in units of the last place of what is wanted; overflow counts as the first power of two beyond."""
    info = np.finfo(dtype)
    beyond = np.ldexp(np.longdouble(1), int(info.maxexp))
    nearest = np.abs(wanted).astype(dtype)
    ulp = np.spacing(np.where(np.isfinite(nearest), nearest, info.max)).astype(np.longdouble)
    limit = lambda x: np.where(np.abs(x) >= beyond, np.copysign(beyond, x), x)
    errors = np.abs(limit(got.astype(np.longdouble)) - limit(wanted)) / ulp
    return np.where(np.isnan(got) & np.isnan(wanted), 0, np.where(np.isnan(errors), np.inf, errors))


def complex_ulps(got, wanted, dtype):
    """The larger of the errors of both parts, in units of the last place of the larger part."""
    part = np.float64 if dtype == "D" else np.float32
    size = np.maximum(np.abs(wanted.real), np.abs(wanted.imag)).astype(part)
    ulp = np.spacing(np.where(np.isfinite(size), size, np.finfo(part).max)).astype(np.longdouble)
    with_size = lambda g, w: np.where((g == w) | (np.isnan(g) & np.isnan(w)), 0, np.abs(g - w) / ulp)
    return np.maximum(
        with_size(got.real.astype(np.longdouble), wanted.real), with_size(got.imag.astype(np.longdouble), wanted.imag)
    )


def answer(question):
    name, types = question["name"], question["types"]
    inputs = [array(text, dtype) for text, dtype in zip(question["inputs"], types.split("->")[0])]
    out = types[-1]
    got = array(question["output"], out)
    function = getattr(np, name)
    numpys = function(*inputs)
    if out in "FD":
        wanted = function(*[x.astype(np.clongdouble) for x in inputs])
        ours, theirs = complex_ulps(got, wanted, out), complex_ulps(numpys, wanted, out)
    else:
        wanted = function(*[x.astype(np.longdouble) for x in inputs])
        ours, theirs = ulps(got, wanted, out), ulps(numpys, wanted, out)
    worst = int(np.argmax(ours))
    at = [repr(x[worst].item()) for x in inputs]
    return {"max": float(ours[worst]), "numpy": float(np.max(theirs)), "at": at, "got": repr(got[worst].item())}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
