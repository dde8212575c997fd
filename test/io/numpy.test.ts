import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { NDArray } from "../../src/array/ndarray.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { headerBytes } from "../../src/io/header.ts";
import { npyBytes } from "../../src/io/npy.ts";
import { saveSync, savezCompressedSync, savezSync } from "../../src/io/save.ts";
import { zipPieces } from "../../src/io/zip-write.ts";
import { numpyVersion } from "../oracle/version.ts";
import { dtypes, elementBytes, layouts } from "./arrays.ts";
import { checkFolder } from "./golden.ts";

const python = process.env.NDVIEW_PYTHON ?? "python3";
const skip = numpyVersion() === null && "no python3 with NumPy here";
const folder = mkdtempSync(join(tmpdir(), "ndview-numpy-"));
after(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  assert.equal(status, 0, stderr);
  return stdout;
}

test("what NumPy writes now is read as it was meant", { skip }, () => {
  const script = fileURLToPath(new URL("../../scripts/golden-npy.py", import.meta.url));
  run([script, join(folder, "theirs")]);
  const { arrays, same } = checkFolder(join(folder, "theirs"));
  assert.ok(arrays > 80 && same > 50, `${arrays} arrays, ${same} files of the same bytes`);
});

// For each file: what NumPy reads, and whether NumPy writes the same bytes.
const reader = `
import io, json, sys, warnings
import numpy as np
warnings.simplefilter("ignore")
def raw(a):
    return a.ravel("K").view("u1").tobytes().hex() if a.size else ""
out = {}
for path in json.load(open(sys.argv[1])):
    loaded = np.load(path)
    if path.endswith(".npz"):
        again = io.BytesIO()
        np.savez(again, **dict(loaded))
        same = again.getvalue() == open(path, "rb").read()
        out[path] = [same, {key: raw(loaded[key]) for key in loaded.files}]
        continue
    again = io.BytesIO()
    np.save(again, loaded)
    same = again.getvalue() == open(path, "rb").read()
    out[path] = [same, str(loaded.dtype), list(loaded.shape), raw(loaded)]
json.dump(out, sys.stdout)
`;

function readByNumpy(paths: readonly string[]): Record<string, unknown> {
  const list = join(folder, "paths.json");
  writeFileSync(list, JSON.stringify(paths));
  return JSON.parse(run(["-c", reader, list])) as Record<string, unknown>;
}

/** The bytes as they lie in a file: in F order where the array is F-contiguous only. Copies would lose padding. */
function fileBytes(array: NDArray): string {
  const isFortran = array.isContiguous("F") && !array.isContiguous("C");
  return hex(elementBytes(isFortran ? array.T : array));
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("NumPy reads what is written here, and writes it to the same byte", { skip }, () => {
  const wanted: Record<string, unknown> = {};
  for (const [name, dtype] of dtypes) {
    for (const [layout, make] of Object.entries(layouts)) {
      const array = make(dtype);
      const path = join(folder, `${name} ${layout}.npy`);
      saveSync(path, array);
      wanted[path] = [true, String(plainStruct(dtype)), array.shape, fileBytes(array)];
    }
  }
  assert.deepEqual(readByNumpy(Object.keys(wanted)), wanted);
});

/** A file cannot say that a struct is aligned; NumPy loads it with its offsets instead. */
function plainStruct(dtype: (typeof dtypes)[number][1]): (typeof dtypes)[number][1] {
  if (!dtype.isalignedstruct) return dtype;
  const fields = dtype.fields!;
  return toDescriptor({
    names: dtype.names,
    formats: fields.map((field) => field.dtype),
    offsets: fields.map((field) => field.offset),
    itemsize: dtype.itemsize,
  });
}

test("NumPy reads archives that are written here, and writes those that are not compressed to the same byte", {
  skip,
}, () => {
  const wanted: Record<string, unknown> = {};
  // From an archive NumPy copies field by field, and what was between the fields is lost.
  const padded = ["spread", "aligned"];
  for (const [name, dtype] of dtypes.filter(([given]) => !padded.includes(given))) {
    const arrays = Object.fromEntries(Object.entries(layouts).map(([layout, make]) => [layout, make(dtype)]));
    const raws = Object.fromEntries(Object.entries(arrays).map(([key, array]) => [key, fileBytes(array)]));
    const stored = join(folder, `${name}.npz`);
    const packed = join(folder, `${name} compressed.npz`);
    savezSync(stored, { ...arrays, été: arrays.C! });
    savezCompressedSync(packed, arrays);
    wanted[stored] = [true, { ...raws, été: raws.C }];
    wanted[packed] = [false, raws];
  }
  assert.deepEqual(readByNumpy(Object.keys(wanted)), wanted);
});

test("NumPy reads the ZIP64 that is written for large archives", { skip }, () => {
  const array = layouts.C!(toDescriptor("f8"));
  const inputs = ["a", "b"].map((key) => ({ name: `${key}.npy`, pieces: () => [npyBytes(array)] }));
  const raw = fileBytes(array);
  const wanted: Record<string, unknown> = {};
  for (const limit of [0, 300, 600]) {
    const path = join(folder, `limit ${limit}.npz`);
    writeFileSync(path, Buffer.concat([...zipPieces(inputs, { compressed: false, limit })]));
    wanted[path] = [false, { a: raw, b: raw }];
  }
  assert.deepEqual(readByNumpy(Object.keys(wanted)), wanted);
});

test("headers of every length are padded as NumPy pads them", { skip }, () => {
  const specs = Array.from({ length: 140 }, (_, k) => [["x".repeat(k + 1), "f4"]]);
  const large = [1200, 3000].map((count) =>
    Array.from({ length: count }, (_, k) => [`field number ${k} é`, "u1"]),
  );
  const unicode = [
    [["日本", "f4"]],
    Array.from({ length: 4000 }, (_, k) => [`日本 field number ${k}`, "u1"]),
  ];
  const all = [...specs, ...large, ...unicode];
  const shapes = [[0], [7], [], [3, 123456789012], [5, 6]];
  const ours = all.map((spec, k) => hex(headerBytes(toDescriptor(spec), shapes[k % 5]!, k % 5 === 4)));
  writeFileSync(
    join(folder, "specs.json"),
    JSON.stringify(all.map((spec, k) => [spec, shapes[k % 5], k % 5 === 4])),
  );
  const program = `
import io, json, sys, warnings
import numpy as np
warnings.simplefilter("ignore")
out = []
for spec, shape, fortran in json.load(open(sys.argv[1])):
    dtype = np.dtype([tuple(field) for field in spec])
    file = io.BytesIO()
    descr = np.lib.format.dtype_to_descr(dtype)
    np.lib._format_impl._write_array_header(file, {"descr": descr, "fortran_order": fortran, "shape": tuple(shape)})
    out.append(file.getvalue().hex())
json.dump(out, sys.stdout)
`;
  assert.deepEqual(ours, JSON.parse(run(["-c", program, join(folder, "specs.json")])));
});
