"""Writes test/engine/kernels/exponentials.json.gz: arguments and right results of the kernels, for machines without Python.

    python3 scripts/accuracy/golden.py

The arguments are special values and, for functions of one operand, some at random; the results are NumPy's in long double,
rounded once. Numbers are in base64, little-endian.
"""

import base64
import gzip
import json
import pathlib

import numpy as np

np.seterr(all="ignore")

UNARY = "exp exp2 expm1 log log2 log10 log1p sqrt sinh cosh tanh arcsinh arccosh arctanh cbrt".split()
BINARY = "power hypot logaddexp logaddexp2".split()
ENDS = [0.0, 1.0, 2.0, 0.5, np.inf, np.nan, 5e-324, 1e-310, 2.2250738585072014e-308, 1.7976931348623157e308]
MORE = [709.78, 709.79, 710.4, 710.5, 745.1, 745.2, 1023.9, 1024, 1074, 1075, 88.7, 103.9, 1e-8, 0.1, 3, 8, 10, 27, 100, 1e22]
FEW = [0.0, 1.0, 2.0, 0.5, 3.0, np.inf, np.nan, 1e-310, 1e300, 1e-200, 1 / 3, 1000.0]
rng = np.random.default_rng(1)


def signed(values):
    return [sign * x for x in values for sign in (1.0, -1.0)]


def text(array):
    return base64.b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode()


def row(name, inputs, letter):
    inputs = [np.array(x).astype(letter) for x in inputs]
    wanted = getattr(np, name)(*[x.astype(np.longdouble) for x in inputs]).astype(letter)
    return {"name": name, "dtype": letter, "inputs": [text(x) for x in inputs], "wanted": text(wanted)}


def rows():
    spread = np.ldexp(rng.uniform(-2, 2, 100), rng.integers(-40, 40, 100))
    one = np.concatenate([signed(ENDS + MORE), spread, rng.uniform(-3, 3, 100), 1 + rng.uniform(-0.02, 0.02, 50)])
    pairs = np.array(np.meshgrid(signed(FEW), signed(FEW))).reshape(2, -1)
    for letter in "df":
        for name in UNARY:
            yield row(name, [one], letter)
        for name in BINARY:
            yield row(name, pairs, letter)


target = pathlib.Path(__file__).parents[2] / "test/engine/kernels/exponentials.json.gz"
target.write_bytes(gzip.compress(json.dumps(list(rows())).encode(), mtime=0))
