"""Compares what joins, repeats, pads and moves elements with NumPy's. In: a JSON line of cases, then the bytes of their arrays."""

import numpy as np
from numpy_cases import report

CLASSES = {"shape": ValueError, "value": ValueError, "index": IndexError, "dtype": TypeError}


def differs(case, arrays, got):
    env = {"np": np, "a": arrays}
    try:
        want = eval(case["call"], env)
    except Exception as error:
        if "error" not in case:
            return f"no error, NumPy: {error!r}"
        kind = case["error"].split(":")[0]
        return None if isinstance(error, CLASSES[kind]) else f"{case['error']}, NumPy: {error!r}"
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
    if want.dtype.kind == "V":
        return None if want.tobytes() == got.tobytes() else "other bytes"
    same = (want == got) | ((want != want) & (got != got))
    if case["terms"] > 1 and want.dtype.kind in "fc":
        wide = "D" if want.dtype.kind == "c" else "d"
        eps = np.finfo(want.dtype).eps
        bound = np.abs(eval(case["bound"], {"np": np, "a": [np.abs(x.astype(wide)) for x in arrays]}))
        same |= np.abs(want.astype(wide) - got.astype(wide)) <= 4 * (case["terms"] + 2) * eps * bound + 2.0**-24 * (want.dtype == "e")
    return None if same.all() else f"{got!r:.300} NumPy {want!r:.300}"


report(differs)
