"""Random reductions with NumPy's answers, one JSON object a line: seed and count are the arguments."""

import base64
import json
import sys

import numpy as np

DTYPES = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
DTYPES += ["float16", "float32", "float64", "complex64", "complex128"]
LENGTHS = [1, 2, 3, 5, 8, 9, 17, 64, 130, 300, 1000, 3000, 9000, 20001]
UFUNCS = ["add", "add", "add", "multiply", "maximum", "minimum", "fmax", "logical_or", "logical_and", "bitwise_xor"]
UFUNCS += ["bitwise_and", "subtract", "divide", "logical_xor", "bitwise_or", "fmin"]


def text(a):
    return base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()


def values(rng, n, dtype, special):
    kind = np.dtype(dtype).kind
    if kind == "b":
        return rng.random(n) < 0.6
    if kind in "iu":
        if special:
            info = np.iinfo(dtype)
            return rng.integers(info.min, info.max, n, dtype=dtype, endpoint=True)
        return rng.integers(0 if kind == "u" else -3, 4, n).astype(dtype)
    x = rng.normal(size=n) * 10.0 ** rng.integers(-3, 3)
    if kind == "c":
        x = x + 1j * rng.normal(size=n)
    x = x.astype(dtype)
    if special:
        odd = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0], dtype=dtype)
        at = rng.integers(0, n, 1 + n // 50)
        x[at] = odd[rng.integers(0, len(odd), len(at))]
    return x


def draw_array(rng, dtype=None, shape=None):
    ndim = int(rng.integers(0, 4)) if rng.random() < 0.2 else int(rng.integers(1, 4))
    most = {0: 1, 1: len(LENGTHS), 2: 9, 3: 7}[ndim]
    if shape is None:
        shape = [int(LENGTHS[rng.integers(0, most)]) for _ in range(ndim)]
        if rng.random() < 0.05 and ndim:
            shape[int(rng.integers(0, ndim))] = 0
    ndim = len(shape)
    dtype = dtype or DTYPES[rng.integers(0, len(DTYPES))]
    perm = [int(k) for k in rng.permutation(ndim)] if rng.random() < 0.5 else list(range(ndim))
    steps = [int(rng.choice([1, 1, 1, 2, -1, -2])) for _ in shape]
    if rng.random() < 0.4:
        steps = [1] * ndim
    pad = [int(rng.integers(0, 2)) if rng.random() < 0.4 else 0 for _ in shape]
    if rng.random() < 0.4:
        pad = [0] * ndim
    outer = [shape[perm.index(k)] for k in range(ndim)] if ndim else []
    # base has axis k of length outer[k] * |step| + pad
    lengths = [outer[k] * abs(steps[k]) + pad[k] for k in range(ndim)]
    unaligned = rng.random() < 0.1
    n = int(np.prod(lengths)) if ndim else 1
    data = values(rng, max(n, 1), dtype, rng.random() < 0.2)[:n]
    itemsize = np.dtype(dtype).itemsize
    raw = np.zeros(n * itemsize + 16, "u1")
    start = 1 if unaligned else 0
    raw[start : start + n * itemsize] = np.frombuffer(data.tobytes(), "u1")
    base = np.ndarray(lengths, dtype, buffer=raw, offset=start)
    index = []
    for k in range(ndim):
        if steps[k] > 0:
            index.append(slice(pad[k], pad[k] + outer[k] * steps[k], steps[k]))
        elif outer[k] == 0:
            index.append(slice(0, 0))
        else:
            index.append(slice(pad[k] + outer[k] * -steps[k] - 1, None, steps[k]))
    view = base[tuple(index)] if ndim else base
    for k in range(ndim):
        if steps[k] < 0 and outer[k] > 0:
            view = view[tuple(slice(0, outer[j]) if j == k else slice(None) for j in range(ndim))]
    view = view.transpose(perm) if ndim else view
    if rng.random() < 0.1 and view.ndim:
        k = int(rng.integers(0, view.ndim))
        view = np.broadcast_to(np.expand_dims(view.take(0, k) if view.shape[k] else view.sum(k), k), view.shape)
        raw = np.frombuffer(np.ascontiguousarray(view).tobytes(), "u1")
        # Sent as what it is: repeated along one axis.
        small = np.ascontiguousarray(np.expand_dims(view.take(0, k), k)) if view.shape[k] else np.zeros([1] * view.ndim, dtype)
        raw = np.frombuffer(small.tobytes(), "u1").copy()
        if raw.size == 0:
            raw = np.zeros(16, "u1")
        strides = list(small.strides)
        strides[k] = 0
        view = np.ndarray(view.shape, dtype, buffer=raw, strides=strides)
    offset = view.__array_interface__["data"][0] - raw.__array_interface__["data"][0] if view.size else 0
    spec = {"raw": text(raw), "shape": list(view.shape), "strides": list(view.strides), "offset": offset, "dtype": str(np.dtype(dtype))}
    return view, spec


def answer(run):
    try:
        with np.errstate(all="ignore"):
            result = run()
    except (ValueError, TypeError, IndexError, ZeroDivisionError) as error:
        return {"error": type(error).__name__}
    result = np.asarray(result)
    order = [k for k in range(result.ndim)]
    return {
        "raw": text(result),
        "shape": list(result.shape),
        "dtype": str(result.dtype),
        "strides": list(result.strides) if result.size else None,
    }


def reduction(rng):
    a, spec = draw_array(rng)
    name = UFUNCS[rng.integers(0, len(UFUNCS))]
    options = {}
    pick = int(rng.integers(0, 4))
    ndim = a.ndim
    if pick == 0 or ndim == 0:
        options["axis"] = None
    elif pick == 1:
        options["axis"] = int(rng.integers(-ndim, ndim))
    else:
        mask = int(rng.integers(0, 2**ndim))
        options["axis"] = [k for k in range(ndim) if mask >> k & 1]
    if rng.random() < 0.3:
        options["keepdims"] = bool(rng.random() < 0.8)
    if rng.random() < 0.15:
        options["dtype"] = DTYPES[rng.integers(0, len(DTYPES))]
    if rng.random() < 0.1:
        options["initial"] = [3, 0, 1.5][rng.integers(0, 3)] if np.dtype(spec["dtype"]).kind in "fc" else 3
    keywords = dict(options)
    if isinstance(keywords["axis"], list):
        keywords["axis"] = tuple(keywords["axis"])
    case = {"kind": "reduce", "ufunc": name, "array": spec, "options": options}
    if rng.random() < 0.2:
        shape = list(a.shape)
        if rng.random() < 0.3 and shape:
            shape = shape[1:]
        mask, mask_spec = draw_array(rng, "bool", shape)
        case["where"] = mask_spec
        keywords["where"] = mask
    if rng.random() < 0.2:
        plain = {k: v for k, v in keywords.items()}
        try:
            with np.errstate(all="ignore"):
                like = np.asarray(getattr(np, name).reduce(a, **plain))
            out, out_spec = draw_array(rng, str(like.dtype), list(like.shape))
            out = np.ndarray(out.shape, out.dtype, np.frombuffer(base64.b64decode(out_spec["raw"]), "u1").copy(), out_spec["offset"], out_spec["strides"])
            if 0 not in [s for s, n in zip(out.strides, out.shape) if n > 1]:
                case["out"] = out_spec
                keywords["out"] = out
        except (ValueError, TypeError, IndexError):
            pass
    case["answer"] = answer(lambda: getattr(np, name).reduce(a, **keywords))
    return case


def accumulation(rng):
    a, spec = draw_array(rng)
    name = ["add", "add", "multiply", "maximum", "subtract", "logical_or", "fmin"][rng.integers(0, 7)]
    options = {"axis": int(rng.integers(-max(a.ndim, 1), max(a.ndim, 1)))}
    if rng.random() < 0.2:
        options["dtype"] = DTYPES[rng.integers(0, len(DTYPES))]
    return {
        "kind": "accumulate",
        "ufunc": name,
        "array": spec,
        "options": options,
        "answer": answer(lambda: getattr(np, name).accumulate(a, **options)),
    }


def pieces(rng):
    a, spec = draw_array(rng)
    if a.ndim == 0 or 0 in a.shape:
        return reduction(rng)
    name = ["add", "add", "multiply", "maximum", "subtract"][rng.integers(0, 5)]
    axis = int(rng.integers(-a.ndim, a.ndim))
    n = a.shape[axis]
    at = [int(k) for k in rng.integers(0, n, int(rng.integers(0, 6)))]
    return {
        "kind": "reduceat",
        "ufunc": name,
        "array": spec,
        "indices": at,
        "options": {"axis": axis},
        "answer": answer(lambda: getattr(np, name).reduceat(a, np.array(at, "int64"), axis=axis)),
    }


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    wanted = sys.argv[3:] or ["reduce"]
    kinds = {"reduce": reduction, "accumulate": accumulation, "reduceat": pieces}
    rng = np.random.default_rng(seed)
    for k in range(count):
        case = kinds[wanted[k % len(wanted)]](rng)
        print(json.dumps(case))


if __name__ == "__main__":
    main()
