"""Writes test/golden/trig.json: arguments of the circular functions with their exact values, for machines without Python.

A row is [arguments…, value rounded to float64, what is left of it]; the values are computed by mpmath with enough digits.
"""

import json
import pathlib
import random

from mpmath import mp, mpf

mp.prec = 2400
random.seed(20)

QUARTER = mp.pi / 2


def single(x):
    import struct

    return struct.unpack("f", struct.pack("f", x))[0]


def spread(low, high):
    return random.choice([-1, 1]) * 2.0 ** random.uniform(low, high)


def angles(is_single):
    top = 127 if is_single else 1023
    near = [float(n * QUARTER) for n in (1, 2, 3, 4, 5, 22, 355, 1001, 2**19, 2**20 - 1, 2**20 + 1, 10**9)]
    # The float64 nearest to a multiple of π/2, and the largest ones.
    hard = [] if is_single else [6381956970095103.0 * 2.0**797, 1e300, 2.0**1023, 1.7976931348623157e308, 1e22]
    drawn = [random.uniform(-10, 10) for _ in range(24)] + [spread(-30, 20) for _ in range(12)]
    return near + hard + drawn + [spread(20, top) for _ in range(16)] + [1e-300 if not is_single else 1e-40]


def sines(is_single):
    near = [0.5, 0.5000001, 0.4999999, -0.5, 0.999, 0.9999999, -0.9999999, 1.0, -1.0, 1e-20, 2.0**-30]
    return near + [random.uniform(-1, 1) for _ in range(30)] + [spread(-40, 0) for _ in range(10)]


def slopes(is_single):
    near = [0.0625, 0.06249, 0.0626, 15.999, 16.0, 16.001, 1.0, -1.0, 1e30, 1e-30]
    return near + [random.uniform(-20, 20) for _ in range(24)] + [spread(-60, 60) for _ in range(12)]


def points(is_single):
    low, high = (-100, 100) if is_single else (-1000, 1000)
    pairs = [(spread(-3, 3), spread(-3, 3)) for _ in range(30)]
    pairs += [(spread(low, high), spread(low, high)) for _ in range(16)]
    pairs += [(x * random.uniform(0.9, 1.1), x) for x in [spread(low, high) for _ in range(10)]]
    return pairs


FUNCTIONS = {
    "sin": (mp.sin, angles),
    "cos": (mp.cos, angles),
    "tan": (mp.tan, angles),
    "arcsin": (mp.asin, sines),
    "arccos": (mp.acos, sines),
    "arctan": (mp.atan, slopes),
    "arctan2": (mp.atan2, points),
}


def row(function, arguments):
    value = function(*map(mpf, arguments))
    rounded = float(value)
    return [*arguments, rounded, float(value - mpf(rounded))]


golden = {}
for name, (function, draw) in FUNCTIONS.items():
    for letter in "df":
        drawn = [x if isinstance(x, tuple) else (x,) for x in draw(letter == "f")]
        rounded = [tuple(map(single, x)) if letter == "f" else x for x in drawn]
        types = f"{letter * len(drawn[0])}->{letter}"
        golden.setdefault(name, {})[types] = [row(function, x) for x in rounded]

place = pathlib.Path(__file__).parent.parent / "test/golden/trig.json"
lines = [f'"{name}": {{{", ".join(f"{json.dumps(t)}: {json.dumps(rows)}" for t, rows in loops.items())}}}' for name, loops in golden.items()]
place.write_text("{\n" + ",\n".join(lines) + "\n}\n")
