"""Compares products with NumPy's. In: a JSON line (a list of cases), then the bytes of their arrays. Out: what differs."""

import numpy as np
from numpy_cases import report


def magnitude(a):
    return np.abs(a.astype("D" if a.dtype.kind == "c" else "d"))


def differs(case, arrays, got):
    env = {"np": np, "a": arrays}
    # The call may write to its arrays.
    magnitudes = [magnitude(x) for x in arrays]
    try:
        want = eval(case["call"], env)
    except Exception as error:
        return None if "error" in case else f"no error, NumPy: {error!r}"
    if "error" in case:
        return f"error {case['error']}, NumPy gives {want!r:.200}"
    want = np.asarray(want)
    if (want.dtype, want.shape) != (got.dtype, got.shape):
        return f"{got.dtype}{got.shape}, NumPy {want.dtype}{want.shape}"
    if case.get("strides") and want.size > 1:
        lengths = [n > 1 for n in want.shape]
        mine = [s for s, n in zip(case["result"]["strides"], lengths) if n]
        theirs = [s for s, n in zip(want.strides, lengths) if n]
        if mine != theirs:
            return f"strides {mine}, NumPy {theirs}"
    if want.dtype.kind in "biu":
        return None if (want == got).all() else f"{got!r:.300} NumPy {want!r:.300}"
    bound = np.asarray(eval(case["bound"], {"np": np, "a": magnitudes}))
    eps = np.finfo(want.dtype).eps
    allowed = 4 * (case["terms"] + 2) * eps * bound + np.finfo(want.dtype).tiny
    # Both are rounded to float16 once, or more often in NumPy.
    if want.dtype == np.float16:
        allowed = 4 * eps * bound + 2.0**-24
    wide = "D" if want.dtype.kind == "c" else "d"
    error = np.abs(want.astype(wide) - got.astype(wide))
    bad = ~((error <= allowed) | ((want == got) | (np.isnan(want) & np.isnan(got))))
    if not bad.any():
        return None
    at = tuple(np.argwhere(bad)[0])
    return f"at {at}: {got[at]!r}, NumPy {want[at]!r}, allowed {allowed[at]}"


report(differs)
