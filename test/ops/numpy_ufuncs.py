"""Compares calls of ufuncs with NumPy, element by element. In: a JSON line (a list of cases), then the bytes of their arrays."""

import numpy as np
from numpy_cases import report


def real_parts(a):
    return a.view(a.real.dtype) if a.dtype.kind == "c" else a


def off(want, got, ulps, case):
    """Where two dense arrays of floats differ by more than some units in the last place; zeros by their sign, too."""
    same = (want == got) & (np.signbit(want) == np.signbit(got)) | np.isnan(want) & np.isnan(got)
    if ulps == 0:
        return ~same
    # logaddexp near 0 is a difference of larger numbers in NumPy.
    size = np.maximum(np.abs(want), np.finfo(want.dtype).tiny)
    slack = np.finfo(want.dtype).eps if case["call"].startswith("np.logaddexp") else 0
    near = np.abs(want - got) <= ulps * np.maximum(np.spacing(size), slack)
    return ~(same | near)


def differs(case, arrays, got):
    try:
        want = eval(case["call"], {"np": np, "a": arrays})
    except Exception as error:
        return None if "error" in case else f"no error, NumPy: {error!r}"
    if "error" in case:
        return f"error {case['error']}, NumPy gives {want!r:.200}"
    want = np.asarray(want)
    if (want.dtype, want.shape) != (got.dtype, got.shape):
        return f"{got.dtype}{got.shape}, NumPy {want.dtype}{want.shape}"
    if case["strides"] and want.size > 1:
        lengths = [n > 1 for n in want.shape]
        mine = [s for s, n in zip(case["result"]["strides"], lengths) if n]
        theirs = [s for s, n in zip(want.strides, lengths) if n]
        if mine != theirs:
            return f"strides {mine}, NumPy {theirs}"
    want, got = np.ascontiguousarray(want).ravel(), np.ascontiguousarray(got).ravel()
    if want.dtype.kind in "biu":
        bad = want != got
    elif want.dtype.kind == "c" and case["ulps"] > 0:
        # The error of a complex result is measured by its length; where a part is not finite, parts are compared.
        eps = np.finfo(want.dtype).eps
        # A power is an exponential of a product, whose error grows with it; log1p is a difference in NumPy.
        power = "pow" in case["call"]
        allowed = case["ulps"] * eps * np.abs(want) + ("log1p" in case["call"]) * eps
        if power:
            size = np.abs(np.broadcast_to(arrays[1].astype("D"), arrays[0].shape if arrays[0].size == want.size else want.size))
            allowed = (size.ravel() + 20000) * eps * np.abs(want) + np.finfo(want.dtype).tiny
            allowed[size.ravel() > 1e3] = np.inf
        bad = ~((np.abs(want - got) <= allowed) | ~np.isfinite(want))
        if not power:
            bad |= ~np.isfinite(want) & off(real_parts(want), real_parts(got), case["ulps"], case).reshape(-1, 2).any(1)
    else:
        bad = off(real_parts(want), real_parts(got), case["ulps"], case)
        if want.dtype.kind == "c":
            bad = bad.reshape(-1, 2).any(1)
    if not bad.any():
        return None
    at = int(np.argwhere(bad)[0][0])
    operands = [x.ravel()[at] if x.shape == arrays[0].shape and x.size == want.size else "" for x in arrays]
    return f"at {at} of {operands}: {got[at]!r}, NumPy {want[at]!r}"


report(differs)
