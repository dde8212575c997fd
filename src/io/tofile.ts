import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { floatText } from "../dtype/number-text.ts";
import { DTypeError, isNdError, textOf, ValueError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import { ravel } from "../ops/reshape.ts";
import { type FilePath, pathOf } from "./node-files.ts";
import { rawPieces } from "./npy.ts";
import { type Format, readFormat } from "./printf.ts";
import { replaceFile, replaceFileAsync } from "./replace-file.ts";
import type { SaveTarget } from "./save.ts";
import { isPath } from "./sources.ts";
import { writeTo } from "./targets.ts";

/** How elements are written. */
export interface TofileOptions {
  /** What stands between elements that are written as text; if empty or left out their bytes are written. */
  readonly sep?: string | undefined;
  /** Python's format of an element of a text; `"%s"` if left out. */
  readonly format?: string | undefined;
}

/** Characters that are written at a time. */
const PIECE = 65_536;

/**
 * Writes the elements in C order, as bytes without dtype and shape, or as a text with something between them. A file appears
 * under its name when it is whole. What `fromfile` reads; `save` keeps dtype and shape too.
 *
 * @param target A path or `file:` URL (Node, Deno, Bun), a `WritableStream`, or anything with `write(bytes)`.
 * @param options `{ sep, format }`, or the separator
 * @throws ValueError for a format that is none; DTypeError for one that does not fit the elements, and for structures as text.
 * @example
 * await np.tofile(np.array([1, 2, 3], "uint8"), "three.bin");
 * await np.tofile(np.array([1, 2, 3]), "three.txt", { sep: ",", format: "%d" });
 */
export async function tofile(
  a: ArrayInput,
  target: SaveTarget,
  options?: TofileOptions | string,
): Promise<void> {
  const pieces = piecesOf(a, options, "tofile");
  if (!isPath(target)) return writeTo(target, pieces, "tofile");
  await replaceFileAsync(pathOf(target, "tofile"), pieces, "tofile");
}

/**
 * {@link tofile} without waiting, to a path or `file:` URL.
 *
 * @example
 * np.tofileSync(np.arange(4), "four.bin");
 * np.fromfileSync("four.bin").tolist(); // [0, 1, 2, 3]
 */
export function tofileSync(a: ArrayInput, path: FilePath, options?: TofileOptions | string): void {
  if (!isPath(path)) {
    throw new ValueError("tofileSync: give a path; other targets are written by await np.tofile(…)");
  }
  replaceFile(pathOf(path, "tofileSync"), piecesOf(a, options, "tofileSync"), "tofileSync");
}

function piecesOf(
  a: ArrayInput,
  given: TofileOptions | string | undefined,
  caller: string,
): Iterable<Uint8Array> {
  const options = typeof given === "string" ? { sep: given } : optionsFrom<TofileOptions>(given, caller);
  const { sep = "", format = "%s" } = options;
  const array = asarray(a);
  if (typeof sep !== "string") throw new ValueError(`${caller}: sep ${textOf(sep)} is no text`);
  if (sep === "") return rawPieces(array);
  if (array.dtype.kind === "V")
    throw new DTypeError(`${caller}: elements of ${array.dtype} have no text; take a field`);
  return texts(array, sep, formatOf(format, caller));
}

function formatOf(format: string, caller: string): Format {
  try {
    const read = readFormat(format);
    if (read.conversions.length === 1) return read;
  } catch (error) {
    if (!isNdError(error)) throw error;
    error.message = `${caller}: ${error.message}`;
    throw error;
  }
  throw new ValueError(`${caller}: format ${textOf(format)} needs one conversion, as in "%.3f"`);
}

function* texts(array: NDArray, sep: string, { texts: around, conversions }: Format): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const line = ravel(array) as NDArray;
  const { layout, dtype, storage } = line;
  const count = sizeOf(layout.shape);
  let piece = "";
  for (let k = 0; k < count; k++) {
    // Asked each time: between two pieces others run, and may move it.
    const value = dtype.access.read(storage.view, layout.offset + k * layout.strides[0]!) as number;
    const printed = { value, kind: dtype.kind, text: () => itemText(value, dtype.kind) };
    piece += (k === 0 ? "" : sep) + around[0]! + conversions[0]!(printed) + around[1]!;
    if (piece.length < PIECE) continue;
    yield encoder.encode(piece);
    piece = "";
  }
  yield encoder.encode(piece);
}

/** What Python's `str` gives for an element as a Python number. */
function itemText(value: unknown, kind: string): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value instanceof Complex) return complexText(value);
  return kind === "f" ? floatText(Number(value)) : String(value);
}

function complexText({ re, im }: Complex): string {
  const part = (value: number) => floatText(value).replace(/\.0$/, "");
  if (re === 0 && !Object.is(re, -0)) return `${part(im)}j`;
  const sign = im < 0 || Object.is(im, -0) ? "" : "+";
  return `(${part(re)}${sign}${part(im)}j)`;
}
