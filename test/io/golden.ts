import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { NDArray } from "../../src/array/ndarray.ts";
import { npyHeader } from "../../src/io/header.ts";
import { loadSync } from "../../src/io/load.ts";
import { npyBytes } from "../../src/io/npy.ts";
import { npzBytes } from "../../src/io/save.ts";
import { elementBytes } from "./arrays.ts";

// Compares a folder that scripts/golden-npy.py made with what is read here, and with what is written here again.

interface Case {
  readonly native: string;
  readonly itemsize: number;
  readonly names: readonly string[] | null;
  readonly offsets: readonly number[] | null;
  readonly shape: readonly number[];
  readonly fortran: boolean;
  /** All elements in C order, little-endian. */
  readonly bytes: string;
  /** Whether NumPy's save gives the bytes of this very file. */
  readonly same: boolean;
}

interface Cases {
  readonly numpy: string;
  readonly npy: Readonly<Record<string, Case>>;
  readonly npz: Readonly<
    Record<string, { readonly same: boolean; readonly arrays: Readonly<Record<string, Case>> }>
  >;
  /** A word of the message, by file. */
  readonly refused: Readonly<Record<string, string>>;
}

export function checkFolder(folder: string): { arrays: number; same: number } {
  const cases = JSON.parse(readFileSync(`${folder}/cases.json`, "utf8")) as Cases;
  let arrays = 0;
  let same = 0;
  for (const [name, wanted] of Object.entries(cases.npy)) {
    const file = readFileSync(`${folder}/${name}.npy`);
    const array = loadSync(`${folder}/${name}.npy`);
    checkArray(array, wanted, name);
    assert.equal(npyHeader(file).fortranOrder, wanted.fortran, name);
    if (wanted.same) {
      assert.deepEqual(Buffer.from(npyBytes(array)), file, name);
      same++;
    }
    arrays++;
  }
  for (const [name, { same: identical, arrays: all }] of Object.entries(cases.npz)) {
    const archive = loadSync(`${folder}/${name}.npz`);
    assert.deepEqual(archive.files, Object.keys(all), name);
    for (const [key, wanted] of Object.entries(all)) checkArray(archive.get(key), wanted, `${name}, ${key}`);
    if (identical) {
      const file = readFileSync(`${folder}/${name}.npz`);
      assert.deepEqual(Buffer.from(npzBytes(Object.fromEntries(archive))), file, name);
      same++;
    }
    arrays += archive.size;
  }
  for (const [name, word] of Object.entries(cases.refused)) {
    assert.throws(
      () => loadSync(`${folder}/${name}.npy`),
      { kind: "value", message: new RegExp(word) },
      name,
    );
  }
  return { arrays, same };
}

function checkArray(array: NDArray, wanted: Case, name: string): void {
  assert.deepEqual(array.shape, wanted.shape, name);
  assert.equal(array.itemsize, wanted.itemsize, name);
  assert.equal(array.isContiguous("F") && !array.isContiguous("C"), wanted.fortran, name);
  if (wanted.names === null) assert.equal(array.dtype.str, wanted.native, name);
  assert.deepEqual(array.dtype.names, wanted.names, name);
  assert.deepEqual(array.dtype.fields?.map((field) => field.offset) ?? null, wanted.offsets, name);
  assert.equal(Buffer.from(elementBytes(array)).toString("hex"), wanted.bytes, name);
}
