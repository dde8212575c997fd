"""Compares arrays with NumPy's, bit for bit or within some ulps. In: a JSON line, then bytes. Out: what differs."""

import numpy as np
from numpy_cases import report


def differs(case, arrays, got):
    try:
        want = np.asarray(eval(case["call"], {"np": np, "a": arrays}))
    except Exception as error:
        return None if "error" in case else f"no error, NumPy: {error!r}"
    if "error" in case:
        return f"error {case['error']}, NumPy gives {want!r:.200}"
    if (want.dtype, want.shape) != (got.dtype, got.shape):
        return f"{got.dtype}{got.shape}, NumPy {want.dtype}{want.shape}"
    if want.dtype.kind not in "fc":
        return None if (want == got).all() else f"{got!r:.300} NumPy {want!r:.300}"
    ulps = case["ulps"]
    scale = np.abs(want[np.isfinite(want)]).max(initial=0)
    error = np.abs(want - got)
    same = (want == got) | (np.isnan(want) & np.isnan(got)) | (error <= ulps * np.finfo(want.dtype).eps * scale)
    return None if same.all() else f"{got!r:.400} NumPy {want!r:.400}"


report(differs)
