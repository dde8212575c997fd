"""Makes the .npy and .npz files that test/io reads, with NumPy: python3 scripts/golden-npy.py [FOLDER]

FOLDER is test/golden/npy unless given. Beside the files, cases.json says what is in each: the dtype, shape, order, and
the elements in C order as hexadecimal little-endian bytes; and whether NumPy's save would write just these bytes.
"""

import io
import json
import sys
import warnings
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PLAIN = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
STRUCTS = {
    "packed": [("x", "f4"), ("y", "u1", (2,))],
    "aligned": np.dtype([("a", "u1"), ("b", "f8"), ("c", "i2")], align=True),
    "spread": {"names": ["x", "y"], "formats": ["i4", "c8"], "offsets": [4, 12], "itemsize": 24},
    "nested": [("p", [("x", "f4"), ("q", [("z", "i2"), ("t", "?")])]), ("n", "u8")],
    "blocks": [("p", [("x", "f4"), ("y", "i2")], (2, 3)), ("v", "V3"), ("q", "c8", 2)],
    "titled": [(("a title", "name"), "f4"), ("other", "i1")],
    "big": [("x", ">f8"), ("y", "<i4"), ("z", ">i2", (2, 2)), ("s", [("c", ">c8"), ("u", "u1")], 3)],
    "quotes": [("it's", "i1"), ('a"b', "i1"), ("a\"'\\\n\t\x7f", "i1")],
    "latin": [("é", "f4"), ("\xa0", "u1")],
    "unicode": [("日本", "f4"), ("😀", "u1"), ("\u200b", "u1")],
    "none": [],
}
REFUSED = {
    "object": (np.array([1, "a", None], dtype=object), "pickle"),
    "longdouble": (np.array([1], dtype=np.longdouble), "long doubles"),
    "field": (np.zeros(2, [("x", "f4"), ("s", "O")]), "pickle"),
}


def little(dtype):
    """The same dtype with every number little-endian."""
    return dtype.newbyteorder("<")


def filled(dtype, shape, order="C", seed=0):
    """An array of bytes that all differ; bools are 0 and 1."""
    dtype = np.dtype(dtype)
    raw = np.random.default_rng(seed).integers(0, 256, max(1, int(np.prod(shape))) * max(1, dtype.itemsize))
    if dtype == np.bool_:
        raw %= 2
    flat = np.frombuffer(raw.astype("u1").tobytes(), dtype, count=int(np.prod(shape))) if dtype.itemsize else np.zeros(
        int(np.prod(shape)), dtype
    )
    a = np.zeros(shape, dtype, order=order)
    a.T[...] = flat.reshape(a.T.shape)
    return a


def element_bytes(a):
    """All elements in C order, little-endian, with the bytes between the fields."""
    if a.dtype.itemsize == 0:
        return b""
    if a.dtype.hasobject:
        return b""
    out = bytearray(np.ascontiguousarray(a).reshape(-1).view(f"V{a.dtype.itemsize}").tobytes())
    swaps = list(foreign_numbers(a.dtype, 0))
    for start in range(0, len(out), a.dtype.itemsize):
        for offset, width in swaps:
            out[start + offset : start + offset + width] = out[start + offset : start + offset + width][::-1]
    return bytes(out)


def foreign_numbers(dtype, at):
    if dtype.names is not None:
        for name in dtype.names:
            yield from foreign_numbers(dtype.fields[name][0], at + dtype.fields[name][1])
    elif dtype.subdtype is not None:
        base, shape = dtype.subdtype
        for k in range(int(np.prod(shape))):
            yield from foreign_numbers(base, at + k * base.itemsize)
    elif dtype.byteorder == ">":
        parts = 2 if dtype.kind == "c" else dtype.itemsize // 4 if dtype.kind == "U" else 1
        for k in range(parts):
            yield at + k * dtype.itemsize // parts, dtype.itemsize // parts


def has_titles(dtype):
    return dtype.names is not None and any(len(field) == 3 for field in dtype.fields.values())


def describe(a):
    swapped = any(True for _ in foreign_numbers(a.dtype, 0))
    return {
        "dtype": a.dtype.str if a.dtype.names is None else "void",
        "native": little(a.dtype).str if a.dtype.names is None else "void",
        "itemsize": a.dtype.itemsize,
        "names": None if a.dtype.names is None else list(a.dtype.names),
        "offsets": None if a.dtype.names is None else [a.dtype.fields[name][1] for name in a.dtype.names],
        "shape": list(a.shape),
        "fortran": bool(a.flags.f_contiguous and not a.flags.c_contiguous),
        "bytes": element_bytes(a).hex(),
        "same": not swapped and not has_titles(a.dtype),
    }


def arrays():
    """Name, array and version of each .npy file."""
    for code in PLAIN:
        name = np.dtype(code).name
        yield name, filled(code, (2, 3)), None
        yield f"{name}-f", filled(code, (2, 3), "F", 1), None
        if np.dtype(code).itemsize > 1:
            yield f"{name}-big", filled(">" + code, (2, 3)), None
            yield f"{name}-big-f", filled(">" + code, (3, 2), "F"), None
    for name, spec in STRUCTS.items():
        yield f"struct-{name}", filled(spec, (2, 2)), None
    yield "struct-packed-f", filled(STRUCTS["packed"], (2, 3), "F"), None
    yield "raw", filled("V5", (3,)), None
    yield "bytes", filled("S5", (2, 3)), None
    yield "bytes-f", filled("S3", (2, 3), "F"), None
    yield "text", np.array([["ab", "c", ""], ["é", "日本", "😀"]]), None
    yield "text-big-f", np.asfortranarray(np.array([["ab", "c", ""], ["é", "日本", "😀"]], ">U3")), None
    yield "struct-text", filled([("x", "u1"), ("s", ">U2"), ("b", "S3", 2)], (2,)), None
    yield "zero-d", filled("f8", ()), None
    yield "zero-d-struct", filled(STRUCTS["packed"], ()), None
    for shape in [(0,), (0, 3), (2, 0), (0, 0), (3, 0, 2)]:
        yield "empty-" + "x".join(map(str, shape)), filled("f4", shape), None
    yield "one", filled("i4", (1,)), None
    yield "ones", filled("i4", (1,) * 32), None
    yield "row", filled("i4", (1, 5)), None
    yield "column-f", filled("i4", (5, 1), "F"), None
    yield "cube-f", filled("u2", (2, 3, 4), "F"), None
    yield "strided", filled("i8", (4, 6))[::-2, ::3], None
    yield "transposed", filled("i8", (2, 3, 2)).transpose(1, 0, 2), None
    yield "specials", np.array([0.0, -0.0, np.nan, np.inf, -np.inf, 5e-324, 1.7976931348623157e308]), None
    yield "version-1", filled("f4", (3,)), (1, 0)
    yield "version-2", filled("f4", (2, 3)), (2, 0)
    yield "version-3", filled("f4", (2, 3), "F"), (3, 0)
    yield "version-2-struct", filled(STRUCTS["latin"], (2,)), (2, 0)


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.npy"), *folder.glob("*.npz")]:
        old.unlink()
    cases = {"npy": {}, "npz": {}, "refused": {}, "numpy": np.__version__}
    for name, a, version in arrays():
        with open(folder / f"{name}.npy", "wb") as file:
            np.lib.format.write_array(file, a, version=version)
        plain = io.BytesIO()
        np.save(plain, a)
        case = describe(a)
        case["same"] = case["same"] and plain.getvalue() == (folder / f"{name}.npy").read_bytes()
        cases["npy"][name] = case
    for name, (a, word) in REFUSED.items():
        np.save(folder / f"refused-{name}.npy", a, allow_pickle=True)
        cases["refused"][f"refused-{name}"] = word
    archives = {
        "stored": (np.savez, [filled("i4", (3,))], {"a": filled("f8", (2, 2)), "été": filled("?", (5,))}),
        "deflated": (np.savez_compressed, [np.zeros((30, 40))], {"a": filled("f8", (2, 2)), "x/y z": filled("u1", ())}),
        "empty": (np.savez, [], {}),
        "big": (np.savez_compressed, [], {"be": filled(">f4", (2, 3), "F")}),
    }
    for name, (save, args, kwds) in archives.items():
        save(folder / f"{name}.npz", *args, **kwds)
        named = {**kwds, **{f"arr_{k}": a for k, a in enumerate(args)}}
        cases["npz"][name] = {"same": save is np.savez, "arrays": {key: describe(a) for key, a in named.items()}}
    (folder / "cases.json").write_text(lines(cases))


def lines(cases):
    """JSON with one case a line, so that a change can be read."""
    parts = []
    for key, value in cases.items():
        if isinstance(value, dict):
            rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(case)}" for name, case in value.items())
            parts.append(f"{json.dumps(key)}: {{\n{rows}\n}}")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "test/golden/npy")
