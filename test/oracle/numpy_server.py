"""What NumPy answers to chains of steps: one JSON line in (a list of chains), one JSON line out (their answers).

A chain is a list of steps [kind, code, ids]: kind "e" is an expression, "x" a statement. The arrays that an expression
makes become a0, a1, … by their ids. What is said about an array is what run.ts says about one of ndview's.
"""

import json
import struct
import sys
import warnings

import numpy as np
from numpy.lib.array_utils import byte_bounds

warnings.simplefilter("ignore")

FLAGS = 0x507  # C, F, OWNDATA, ALIGNED, WRITEABLE


def memory(text):
    """Foreign memory of its own, aligned as memory of the allocator is."""
    return bytearray(bytes.fromhex(text))


def owner_of(a):
    """The array at the end of the chain of bases, through the wrappers of as_strided."""
    while True:
        base = a.base
        if isinstance(base, np.ndarray):
            a = base
        elif type(base).__name__ == "DummyArray":
            a = base.base
        else:
            return a


def address(a):
    return a.__array_interface__["data"][0]


def overlaps_itself(a):
    if a.size <= 1:
        return False
    offsets = np.zeros((1,), "i8")
    for length, stride in zip(a.shape, a.strides):
        offsets = (offsets[:, None] + np.arange(length) * stride).ravel()
    offsets = np.sort(offsets)
    return bool((np.diff(offsets) < a.itemsize).any())


def as_strided(a, shape, strides):
    """as_strided by ndview's rules: never out of the owner's elements, read-only where elements overlap."""
    if len(shape) != len(strides) or any(n < 0 for n in shape):
        raise ValueError("shape and strides do not fit")
    low = sum(min(0, (n - 1) * s) for n, s in zip(shape, strides))
    high = sum(max(0, (n - 1) * s) for n, s in zip(shape, strides)) + a.itemsize
    start, end = byte_bounds(owner_of(a))
    if 0 not in shape and (address(a) + low < start or address(a) + high > end):
        raise ValueError("out of bounds")
    view = np.lib.stride_tricks.as_strided(a, shape, strides)
    if overlaps_itself(view):
        view.flags.writeable = False
    return view


def broadcast_arrays(*arrays):
    """broadcast_arrays by ndview's rule: what was stretched is read-only, as broadcast_to has it."""
    results = np.broadcast_arrays(*arrays)
    for given, result in zip(arrays, results):
        if result is not given:
            result.flags.writeable = False
    return results


def bounds(a):
    low, high = byte_bounds(a)
    return [low - address(a), high - address(a)]


class Told:
    """A scalar answer that is neither an array nor a NumPy scalar."""

    def __init__(self, value):
        self.value = value


def tell(value):
    return Told(value)


plain_texts = {}


def dtype_text(d):
    if d.subdtype is not None:
        return [dtype_text(d.subdtype[0]), list(d.subdtype[1])]
    if d.names is not None:
        fields = [[n, dtype_text(d.fields[n][0]), d.fields[n][1]] for n in d.names]
        return {"fields": fields, "itemsize": d.itemsize, "alignment": d.alignment, "text": str(d)}
    text = plain_texts.get(d)
    if text is None:
        text = plain_texts[d] = d.str
    return text


def scalar(value):
    """A scalar as text: what it is, and its value exactly."""
    if isinstance(value, (bool, np.bool_)):
        return "b:" + str(int(value))
    if isinstance(value, (int, np.integer)):
        return "i:" + str(int(value))
    if isinstance(value, (float, np.floating)):
        return "f:" + ("nan" if value != value else struct.pack("<d", float(value)).hex())
    if isinstance(value, (complex, np.complexfloating)):
        return ["c", scalar(float(value.real)), scalar(float(value.imag))]
    if isinstance(value, np.void):
        if value.dtype.names is None:
            return "v:" + value.tobytes().hex()
        return [scalar(value[name]) for name in value.dtype.names]
    if isinstance(value, bytes):
        return "v:" + value.hex()
    if isinstance(value, str):
        return "s:" + value
    if value is None:
        return None
    if isinstance(value, np.ndarray):
        return scalar(value.tolist())
    if isinstance(value, (list, tuple)):
        return [scalar(item) for item in value]
    raise RuntimeError("no text for a scalar of " + str(type(value)))


def base_relation(a, ids):
    base = a.base
    if base is None:
        return "none"
    while True:
        if isinstance(base, np.ndarray):
            if base.base is None or type(base.base).__name__ != "DummyArray":
                known = ids.get(id(base))
                return "hidden" if known is None else known
            base = base.base
        if type(base).__name__ != "DummyArray":
            return "buffer"
        base = base.base
        while not base.flags.owndata and isinstance(base.base, np.ndarray):
            base = base.base


def describe(a, ids):
    return {
        "same": ids[id(a)],
        "dtype": dtype_text(a.dtype),
        "shape": a.shape,
        "strides": a.strides,
        "flags": a.flags.num & FLAGS,
        "base": base_relation(a, ids),
        "offset": address(a) - address(owner_of(a)),
        "bytes": a.tobytes().hex(),
    }


def error_kind(error):
    for kind, classes in (
        ("index", (IndexError,)),
        ("dtype", (TypeError,)),
        ("value", (ValueError, OverflowError, ZeroDivisionError, np.exceptions.TooHardError)),
    ):
        if isinstance(error, classes):
            return kind
    return type(error).__name__


def run_step(step, space, ids, keep):
    kind, code, names = step
    try:
        if kind == "x":
            exec(code, space)
            return {"done": True}
        made = eval(code, space)
        if isinstance(made, Told):
            return {"told": scalar(made.value)}
        if isinstance(made, np.ndarray):
            made = [made]
        elif not isinstance(made, (list, tuple)):
            raise RuntimeError("an expression must make arrays: " + code)
    except Exception as error:
        return {"error": error_kind(error), "message": type(error).__name__ + ": " + str(error)}
    for name, a in zip(names, made):
        ids.setdefault(id(a), name)
        space["a%d" % name] = a
        keep.append((name, a))
    return {"made": [describe(a, ids) for _, a in zip(names, made)], "count": len(made)}


def last_look(keep):
    """All arrays once more after the last step: values, texts, and what every pair shares."""
    pairs = []
    for k, (_, a) in enumerate(keep):
        for _, b in keep[:k]:
            pairs.append(int(np.shares_memory(a, b)) + 2 * int(np.may_share_memory(a, b)))
    return {
        "bytes": [a.tobytes().hex() for _, a in keep],
        "str": [str(a) for _, a in keep],
        "repr": [repr(a) for _, a in keep],
        "pairs": pairs,
    }


def run_chain(steps):
    space = {
        "np": np,
        "memory": memory,
        "as_strided": as_strided,
        "broadcast_arrays": broadcast_arrays,
        "bounds": bounds,
        "tell": tell,
        "__builtins__": __builtins__,
    }
    ids, keep = {}, []
    answers = [run_step(step, space, ids, keep) for step in steps]
    return {"steps": answers, "end": last_look(keep)}


def main():
    for line in sys.stdin:
        answers = [run_chain(chain) for chain in json.loads(line)]
        sys.stdout.write(json.dumps(answers) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
