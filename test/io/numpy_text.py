"""Compares arrays read from text with NumPy's, bit for bit. In: a JSON line, then bytes. Out: what differs."""

import io
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ops"))

import numpy as np
from numpy_cases import report


def differs(case, arrays, got):
    try:
        want = np.asarray(eval(case["call"], {"np": np, "a": arrays, "io": io}))
    except Exception as error:
        return None if "error" in case else f"no error, NumPy: {error!r}"
    if "error" in case:
        return f"error {case['error']}, NumPy gives {want!r:.200}"
    if want.dtype.names is not None and got.dtype.itemsize == want.dtype.itemsize:
        got = got.view(want.dtype)
    if (want.dtype, want.shape) != (got.dtype, got.shape):
        return f"{got.dtype}{got.shape}, NumPy {want.dtype}{want.shape}"
    same = want.tobytes() == got.tobytes()
    if not same and want.dtype.kind in "fc":
        same = ((want == got) | (np.isnan(want) & np.isnan(got))).all()
    return None if same else f"{got!r:.300} NumPy {want!r:.300}"


report(differs)
