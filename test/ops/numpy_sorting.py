"""Compares sorting, searching and sets with NumPy's, bit for bit unless a case says otherwise."""

import numpy as np
from numpy_cases import report


def same_values(want, got):
    if want.dtype.names:
        return all(same_values(want[name], got[name]) for name in want.dtype.names)
    if want.dtype.kind in "fc":
        return bool(np.array_equal(want, got, equal_nan=True))
    return want.tobytes() == got.tobytes()


def differs(case, arrays, got):
    try:
        want = eval(case["call"], {"np": np, "a": arrays})
    except Exception as error:
        return None if "error" in case else f"no error, NumPy: {error!r}"
    if "error" in case:
        return f"error {case['error']}, NumPy gives {want!r:.200}"
    want = np.asarray(want)
    # Positions have 32 bits here.
    if want.dtype == np.int64 and got.dtype == np.int32:
        want = want.astype(np.int32, order="K")
    if (want.dtype, want.shape) != (got.dtype, got.shape):
        return f"{got.dtype}{got.shape}, NumPy {want.dtype}{want.shape}"
    if case["strides"] and want.size > 1:
        lengths = [n > 1 for n in want.shape]
        mine = [s for s, n in zip(case["result"]["strides"], lengths) if n]
        theirs = [s for s, n in zip(want.strides, lengths) if n]
        if mine != theirs:
            return f"strides {mine}, NumPy {theirs}"
    exact = want.tobytes() == got.tobytes()
    if exact or (case["ulps"] > 0 and same_values(want, got)):
        return None
    return f"{got!r:.300} NumPy {want!r:.300}"


report(differs)
