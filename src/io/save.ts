import { type ArrayInput, asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";
import { type FilePath, pathOf } from "./node-files.ts";
import { npyPieces } from "./npy.ts";
import { joined, totalLength } from "./pieces.ts";
import { replaceFile, replaceFileAsync } from "./replace-file.ts";
import { type ByteTarget, writeTo } from "./targets.ts";
import { type ZipInput, zipPieces } from "./zip-write.ts";

/** Where a file can be written: a path or `file:` URL, a web stream, or anything with `write(bytes)`. */
export type SaveTarget = FilePath | ByteTarget;

/** Arrays for a .npz file: one after the other (`arr_0`, `arr_1`, …) and by name in an object. */
export type NpzInput = ArrayInput | { readonly [name: string]: ArrayInput };

/**
 * Saves an array as a .npy file, byte for byte as NumPy does: F order is kept, what is not contiguous is written in C
 * order. A path that does not end with `.npy` gets it. A file appears under its name when it is whole; a target that was
 * given is written to and left open.
 *
 * @param target A path or `file:` URL (Node, Deno, Bun), a `WritableStream`, or anything with `write(bytes)`.
 * @throws ValueError when the fields of a structured dtype overlap or are out of order, which the format cannot say.
 * @example
 * await np.save("grid.npy", np.ones([2, 3]));
 */
export async function save(target: SaveTarget, array: ArrayInput): Promise<void> {
  await write(target, ".npy", npyPieces(asarray(array)), "save");
}

/**
 * {@link save} without waiting, to a path or `file:` URL.
 *
 * @example
 * np.saveSync("grid.npy", np.ones([2, 3]));
 * np.loadSync("grid.npy").shape; // [2, 3]
 */
export function saveSync(path: FilePath, array: ArrayInput): void {
  writeSync(path, ".npy", npyPieces(asarray(array)), "saveSync");
}

/**
 * Saves several arrays as a .npz file, not compressed, byte for byte as NumPy does. A path that does not end with `.npz`
 * gets it.
 *
 * @param arrays Arrays, which are named arr_0, arr_1, …, and objects whose arrays are named by their keys.
 * @example
 * await np.savez("both.npz", { x: np.arange(3), y: np.eye(2) });
 * const both = await np.load("both.npz");
 * both.files;    // ["x", "y"]
 * both.get("y");
 */
export async function savez(target: SaveTarget, ...arrays: NpzInput[]): Promise<void> {
  await write(target, ".npz", npzPieces(arrays, false, "savez"), "savez");
}

/**
 * {@link savez}, compressed (deflate). NumPy's `savez_compressed`.
 *
 * @example
 * await np.savezCompressed("both.npz", { x: np.arange(3), y: np.eye(2) });
 */
export async function savezCompressed(target: SaveTarget, ...arrays: NpzInput[]): Promise<void> {
  await write(target, ".npz", npzPieces(arrays, true, "savezCompressed"), "savezCompressed");
}

/**
 * {@link savez} without waiting, to a path or `file:` URL.
 *
 * @example
 * np.savezSync("both.npz", np.arange(3), np.eye(2)); // arr_0 and arr_1
 */
export function savezSync(path: FilePath, ...arrays: NpzInput[]): void {
  writeSync(path, ".npz", npzPieces(arrays, false, "savezSync"), "savezSync");
}

/**
 * {@link savezCompressed} without waiting, to a path or `file:` URL.
 *
 * @example
 * np.savezCompressedSync("both.npz", { x: np.arange(3), y: np.eye(2) });
 */
export function savezCompressedSync(path: FilePath, ...arrays: NpzInput[]): void {
  writeSync(path, ".npz", npzPieces(arrays, true, "savezCompressedSync"), "savezCompressedSync");
}

/**
 * Several arrays as the bytes of a .npz file. Returns a copy.
 *
 * @param arrays Arrays by name, or a list of arrays, which are named arr_0, arr_1, ….
 * @example
 * np.npzBytes({ x: np.arange(3), y: np.eye(2) }, { compressed: true });
 */
export function npzBytes(
  arrays: readonly NDArray[] | { readonly [name: string]: ArrayInput },
  options: { readonly compressed?: boolean | undefined } = {},
): Uint8Array<ArrayBuffer> {
  const given = Array.isArray(arrays) ? (arrays as NDArray[]) : [arrays as NpzInput];
  const pieces = [...npzPieces(given, options?.compressed === true, "npzBytes")];
  return joined(pieces, totalLength(pieces));
}

function npzPieces(arrays: readonly NpzInput[], compressed: boolean, caller: string): Iterable<Uint8Array> {
  const named = new Map<string, ZipInput>();
  const add = (name: string, array: ArrayInput): void => {
    if (named.has(name)) throw new ValueError(`${caller}: two arrays are named ${JSON.stringify(name)}`);
    const made = asarray(array);
    named.set(name, { name: `${name}.npy`, pieces: () => npyPieces(made) });
  };
  // NumPy writes the arrays with a name first.
  for (const item of arrays) if (isByName(item)) for (const name of Object.keys(item)) add(name, item[name]!);
  arrays.forEach((item, k) => {
    if (!isByName(item)) add(`arr_${k}`, item);
  });
  return zipPieces([...named.values()], { compressed });
}

function isByName(item: NpzInput): item is { readonly [name: string]: ArrayInput } {
  if (typeof item !== "object" || item === null || item instanceof NDArray) return false;
  const prototype = Object.getPrototypeOf(item);
  return prototype === Object.prototype || prototype === null;
}

function isPath(target: SaveTarget): target is FilePath {
  return typeof target === "string" || "href" in target;
}

function withEnding(path: string, ending: string): string {
  return path.endsWith(ending) ? path : path + ending;
}

async function write(
  target: SaveTarget,
  ending: string,
  pieces: Iterable<Uint8Array>,
  caller: string,
): Promise<void> {
  if (!isPath(target)) return writeTo(target, pieces, caller);
  await replaceFileAsync(withEnding(pathOf(target, caller), ending), pieces, caller);
}

function writeSync(path: FilePath, ending: string, pieces: Iterable<Uint8Array>, caller: string): void {
  if (!isPath(path))
    throw new ValueError(`${caller}: give a path; other targets are written by the call without Sync`);
  replaceFile(withEnding(pathOf(path, caller), ending), pieces, caller);
}
