import { readFileSync, writeFileSync } from "node:fs";
import { PyTuple } from "../expr/index.ts";
import { asarray, loadSync, NDArray, type NpzFile, npyBytes, npzBytes, ValueError } from "../index.ts";
import { pngArray, pngBytes } from "./png.ts";

/** Files of arrays, told apart by how their names end: .npy, .npz, .png. */

/** What is in a file: `a.npy`, `photo.png`, all arrays of `b.npz`, or one, as `b.npz:name`. */
export function readArrays(path: string): NDArray | NpzFile {
  const member = /^(.*\.npz):(.+)$/i.exec(path);
  if (member !== null)
    return (loadSync(member[1] as string, { as: "npz" }) as NpzFile).get(member[2] as string);
  if (/\.png$/i.test(path)) return fromPng(path);
  return loadSync(path);
}

function fromPng(path: string): NDArray {
  const bytes = readFileSync(path);
  try {
    return pngArray(bytes);
  } catch (error) {
    throw new ValueError(`${path}: no PNG file that can be read: ${(error as Error).message}`);
  }
}

/** Writes a value into a file; says what was written. */
export function writeValue(path: string, value: unknown): string {
  const bytes = bytesFor(path, value);
  writeFileSync(path, bytes);
  return `wrote ${path}: ${bytes.length} bytes`;
}

function bytesFor(path: string, value: unknown): Uint8Array {
  if (/\.npz$/i.test(path)) {
    const arrays =
      value instanceof PyTuple ? value.items : Array.isArray(value) ? (value as unknown[]) : [value];
    return npzBytes(Object.fromEntries(arrays.map((one, k) => [`arr_${k}`, arrayOf(one)])));
  }
  if (/\.npy$/i.test(path)) return npyBytes(arrayOf(value));
  if (/\.png$/i.test(path)) return pngBytes(arrayOf(value));
  throw new ValueError(`${path}: a file is written as .npy, .npz or .png`);
}

function arrayOf(value: unknown): NDArray {
  if (value instanceof NDArray) return value;
  if (value === null) throw new ValueError("there is no value to write: the last statement gives none");
  return asarray((value instanceof PyTuple ? value.items : value) as never);
}
