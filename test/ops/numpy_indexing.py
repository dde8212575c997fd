"""Indexing in NumPy: results by value, dtype, shape and strides, errors by class. See numpy_cases.py."""

import numpy as np
from numpy_cases import report

KINDS = {IndexError: "index", ValueError: "value", TypeError: "dtype"}


def strides(x):
    """Those that say something: of more than one element along an axis of an array that is not empty."""
    return [s for s, n in zip(x.strides, x.shape) if n > 1] if x.size else []


def differs(case, a, got):
    names = {"np": np, "a": a}
    try:
        if case["call"].startswith("set "):
            exec(case["call"][4:], names)
            wanted = a[0]
        else:
            wanted = np.asarray(eval(case["call"], names))
    except (IndexError, ValueError, TypeError) as error:
        if "error" not in case:
            return f"no error, but NumPy says {error!r}"
        kind = next(kind for cls, kind in KINDS.items() if isinstance(error, cls))
        given = case["error"].split(":")[0].replace("shape", "value")
        return None if given == kind else f"{case['error']}, but NumPy says {error!r}"
    if "error" in case:
        return f"{case['error']}, but NumPy gives {wanted.shape}"
    if got.shape != wanted.shape or got.dtype != wanted.dtype:
        return f"{got.dtype}{got.shape} instead of {wanted.dtype}{wanted.shape}"
    if wanted.tobytes() != got.tobytes():
        return f"{got.tolist()} instead of {wanted.tolist()}"
    if case["strides"] is True:
        sent = [s for s, n in zip(case["result"]["strides"], got.shape) if n > 1] if got.size else []
        if sent != strides(wanted):
            return f"strides {sent} instead of {strides(wanted)}"
    return None


report(differs)
