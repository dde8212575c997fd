"""Computes loops of NumPy's ufuncs on inputs from stdin: one line of JSON, then the bytes of all inputs; gives all outputs."""

import json
import sys

import numpy as np

np.seterr(all="ignore")
# The 64-bit integers of mixed comparisons go by their other letters.
MIXED = {"lL->?": "qQ->?", "Ll->?": "Qq->?"}

cases = json.loads(sys.stdin.buffer.readline())
for name, types, count in cases:
    inputs, outputs = types.split("->")
    operands = []
    for letter in inputs:
        dtype = np.dtype(letter)
        operands.append(np.frombuffer(sys.stdin.buffer.read(count * dtype.itemsize), dtype))
    f = np._core.umath.clip if name == "clip" else getattr(np, name)
    results = f(*operands, signature=MIXED.get(types, types))
    for letter, result in zip(outputs, results if isinstance(results, tuple) else [results]):
        assert result.dtype == np.dtype(letter), (name, types, result.dtype)
        sys.stdout.buffer.write(result.tobytes())
