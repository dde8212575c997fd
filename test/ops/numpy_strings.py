"""Compares functions on strings with NumPy's. In: a JSON line (a list of cases), then the bytes of their arrays. Out: what differs."""

import numpy as np
from numpy_cases import report


def differs(case, arrays, got):
    try:
        want = np.asarray(eval(case["call"], {"np": np, "S": np.strings, "C": np.char, "a": arrays}))
    except Exception as error:
        # NumPy asks for the width of the longest of no strings.
        if "error" not in case and "zero-size array" in str(error) and arrays[0].size == 0:
            return None
        return None if "error" in case else f"{got!r:.200}, NumPy: {error!r}"
    if "error" in case:
        return f"error {case['error']}, NumPy gives {want!r:.200}"
    # Places and counts are int32 here; strings of no width have room for one character.
    if want.dtype == np.int64 and got.dtype == np.int32:
        want = want.astype(np.int32)
    if want.dtype.kind in "SU" and want.dtype.itemsize == 0:
        want = want.astype(f"{want.dtype.kind}1")
    # A string alone is as wide as it is long there.
    if want.dtype.kind in "SU" and want.shape == ():
        want = want.astype(got.dtype)
    if (want.dtype, want.shape) != (got.dtype, got.shape):
        return f"{got.dtype}{got.shape}, NumPy {want.dtype}{want.shape}"
    if case.get("strides") and want.size > 1:
        lengths = [n > 1 for n in want.shape]
        scale = got.dtype.itemsize / want.dtype.itemsize
        mine = [s for s, n in zip(case["result"]["strides"], lengths) if n]
        theirs = [s for s, n in zip(want.strides, lengths) if n]
        if mine != theirs and scale == 1 and want.dtype.kind in "SUb":
            return f"strides {mine}, NumPy {theirs}"
    if want.dtype.kind in "fc":
        same = (want == got) | (np.isnan(want) & np.isnan(got))
        return None if same.all() else f"{got!r:.300} NumPy {want!r:.300}"
    return None if want.tobytes() == got.tobytes() else f"{got!r:.300} NumPy {want!r:.300}"


report(differs)
