"""Cases that are compared with NumPy: a JSON line (a list of them), then the bytes of their arrays; out goes what differs."""

import json
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")
data = sys.stdin.buffer


def dtype(spec):
    """A code, or the list of fields that a .npy header has."""
    if isinstance(spec, str):
        return np.dtype(spec)
    return np.dtype([(name, dtype(inner), *shape) for name, inner, *shape in spec])


def array(spec):
    memory = bytearray(data.read(spec["bytes"]))
    return np.ndarray(spec["shape"], dtype(spec["dtype"]), memory, spec["offset"], spec["strides"])


def report(differs):
    """Prints what `differs` says of each case, its arrays, and the result that was sent."""
    found = []
    for number, case in enumerate(json.loads(data.readline())):
        arrays = [array(spec) for spec in case["arrays"]]
        got = array(case["result"] | {"strides": None}) if "result" in case else None
        why = differs(case, arrays, got)
        if why is not None:
            specs = [(x.dtype.name, x.shape, x.strides) for x in arrays]
            found.append(f"case {number}: {case['call']} {specs}: {why}")
    json.dump(found, sys.stdout)
