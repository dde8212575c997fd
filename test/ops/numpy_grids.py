"""Evaluates calls. In: a JSON line (a list of cases), then the bytes of their arrays. Out: what came of each, as JSON."""

import json
import sys
import warnings

import numpy as np
from numpy_cases import array, data
from numpy.lib import recfunctions as rf

warnings.simplefilter("ignore")
np.seterr(all="ignore")


def describe(x, narrow):
    """A result as JSON: arrays with their bytes in C order, everything else as it is."""
    if isinstance(x, (tuple, list)) and not isinstance(x, np.void):
        return [describe(one, narrow) for one in x]
    if isinstance(x, np.ndarray):
        strides = [int(s) for s, n in zip(x.strides, x.shape) if n > 1] if x.size > 1 else []
        if narrow and x.dtype == np.int64:
            x, strides = x.astype(np.int32), [s // 2 for s in strides]
        dtype = x.dtype.str if x.dtype.names is None else str(x.dtype)
        return {"dtype": dtype, "shape": list(x.shape), "strides": strides, "bytes": x.tobytes().hex()}
    if isinstance(x, np.generic):
        return describe(np.asarray(x), narrow)
    if isinstance(x, np.dtype):
        return str(x)
    return x


answers = []
for case in json.loads(data.readline()):
    env = {"np": np, "rf": rf, "a": [array(spec) for spec in case["arrays"]]}
    try:
        exec(case["setup"], env)
        answers.append(describe(eval(case["call"], env), case["narrow"]))
    except Exception as error:
        names = [one.__name__ for one in type(error).__mro__]
        known = [name for name in ("IndexError", "ValueError", "TypeError") if name in names]
        # NumPy's AxisError is both; here it is an IndexError.
        answers.append({"error": known[0] if known else names[0]})
json.dump(answers, sys.stdout)
