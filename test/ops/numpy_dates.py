"""Cases of dates and spans of time, compared with NumPy element by element, with dtype, shape and kind of error."""

import numpy as np
from numpy_cases import report

# Which of two errors comes first is no matter: NumPy looks for a common unit before it looks for a loop.
ERRORS = {"dtype": (TypeError, OverflowError), "value": (ValueError, OverflowError), "shape": ValueError, "index": IndexError}


def answer(call, arrays):
    try:
        return eval(call, {"np": np, "a": arrays}), None
    except Exception as error:
        return None, error


def same(got, want):
    if want.dtype.kind == "f":
        return np.array_equal(got, want, equal_nan=True)
    return got.tobytes() == np.ascontiguousarray(want).tobytes()


def differs(case, arrays, got):
    want, error = answer(case["call"], arrays)
    if "error" in case:
        kind = case["error"].split(":")[0]
        if error is None:
            return f"error here, {want!r} there: {case['error']}"
        return None if isinstance(error, ERRORS[kind]) else f"{case['error']} here, {type(error).__name__} there"
    if error is not None:
        return f"{got!r} here, {type(error).__name__}: {error} there"
    want = np.asarray(want)
    if got.dtype != want.dtype or got.shape != want.shape:
        return f"{got.dtype} {got.shape} here, {want.dtype} {want.shape} there"
    if not same(got, want):
        return f"{got!r} here, {want!r} there"
    strides = [step for step, n in zip(case["result"]["strides"], want.shape) if n > 1]
    theirs = [step for step, n in zip(want.strides, want.shape) if n > 1]
    if case["strides"] and want.size > 1 and strides != theirs:
        return f"strides {strides} here, {want.strides} there"
    return None


report(differs)
