"""What NumPy's einsum_path says: a JSON list of [subscripts, shapes, optimize] in, a list of [path, text] out."""

import json
import sys

import numpy as np

answers = []
for subscripts, shapes, optimize in json.load(sys.stdin):
    arrays = [np.broadcast_to(np.zeros(()), shape) for shape in shapes]
    if isinstance(optimize, list):
        optimize = tuple(optimize)
    path, text = np.einsum_path(subscripts, *arrays, optimize=optimize)
    answers.append([[list(step) if isinstance(step, tuple) else step for step in path], text])
json.dump(answers, sys.stdout)
