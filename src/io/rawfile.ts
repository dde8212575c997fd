import { type DTypeArgument, keywordsOf, type NoDType } from "../array/arguments.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { numbersIn } from "./fromstring.ts";
import { take } from "./header.ts";
import type { FilePath } from "./node-files.ts";
import { CHUNK } from "./npy.ts";
import { readSource, readSourceSync } from "./read-source.ts";
import type { Bytes, LoadSource } from "./sources.ts";
import { RawPull, type Steps } from "./steps.ts";
import { takeText, takeTextSync, WholeText } from "./text-source.ts";

/** Which part of a file to read, and how, but for the dtype. */
export interface FromfileKeywords {
  /** How many elements to read at most; all of them if negative or left out. */
  readonly count?: number | undefined;
  /** For a text of numbers, what stands between them; if empty or left out the file holds the elements' bytes. */
  readonly sep?: string | undefined;
  /** The byte at which the elements start; 0 if left out. */
  readonly offset?: number | undefined;
  /** Told now and then how many bytes are read, and of how many; null when nobody knows. */
  readonly onProgress?: ((done: number, total: number | null) => void) | undefined;
}

/** Which part of a file to read, and how. */
export interface FromfileOptions extends FromfileKeywords {
  readonly dtype?: DTypeLike | null | undefined;
}

/**
 * An array from the bytes of a file that holds nothing else, or from a text of numbers: a path or `file:` URL (Node, Deno,
 * Bun), bytes, a Blob or File, a stream, or what `fetch` gives. Such a file says neither its dtype nor the order of its bytes;
 * `save` and `load` keep both. What is left over at the end, less than an element, is ignored.
 *
 * @param options a dtype, or `{ dtype, count, sep, offset, onProgress }`; float64 if left out
 * @returns an array of one axis
 * @throws ValueError when `offset` lies behind the end, and for a text that is no list of numbers.
 * @example
 * const bytes = new Uint8Array([1, 0, 2, 0]);
 * (await np.fromfile(bytes, "uint16")).tolist(); // [1, 2]
 */
export function fromfile(
  source: LoadSource | PromiseLike<LoadSource>,
  options?: FromfileKeywords & NoDType,
): Promise<NDArray<"float64">>;
export function fromfile<const S extends DTypeLike>(
  source: LoadSource | PromiseLike<LoadSource>,
  options: DTypeArgument<S, FromfileKeywords>,
): Promise<NDArray<DTypeOf<S>>>;
export async function fromfile(
  source: LoadSource | PromiseLike<LoadSource>,
  options?: DTypeLike | FromfileOptions | null,
): Promise<NDArray> {
  const task = taskOf(keywordsOf<FromfileOptions>(options), "fromfile");
  const given = await source;
  if (task.sep !== "") return takeText(given, task.keywords, wholeOf(task), "fromfile");
  return readSource(given, (size) => elements(size, task), "fromfile");
}

/**
 * {@link fromfile} without waiting, from a path, a `file:` URL or bytes.
 *
 * @example
 * np.fromfileSync(new Uint8Array([1, 2, 3]), { dtype: "uint8", offset: 1 }).tolist(); // [2, 3]
 */
export function fromfileSync(
  source: FilePath | Bytes,
  options?: FromfileKeywords & NoDType,
): NDArray<"float64">;
export function fromfileSync<const S extends DTypeLike>(
  source: FilePath | Bytes,
  options: DTypeArgument<S, FromfileKeywords>,
): NDArray<DTypeOf<S>>;
export function fromfileSync(
  source: FilePath | Bytes,
  options?: DTypeLike | FromfileOptions | null,
): NDArray {
  const task = taskOf(keywordsOf<FromfileOptions>(options), "fromfileSync");
  if (task.sep !== "") return takeTextSync(source, task.keywords, wholeOf(task), "fromfileSync");
  return readSourceSync(source, (size) => elements(size, task), "fromfileSync");
}

interface Task {
  readonly dtype: Descriptor;
  /** Infinity for all. */
  readonly count: number;
  readonly sep: string;
  readonly offset: number;
  readonly keywords: FromfileKeywords;
  readonly caller: string;
}

function taskOf(keywords: FromfileOptions, caller: string): Task {
  const { count = -1, sep = "", offset = 0 } = keywords;
  const dtype = keywords.dtype ? descriptorFor(keywords.dtype) : plain.float64;
  if (dtype.itemsize === 0) throw new ValueError(`${caller}: elements of ${dtype} have no bytes`);
  if (!Number.isInteger(count)) throw new ValueError(`${caller}: count ${textOf(count)} is not an integer`);
  if (!(Number.isSafeInteger(offset) && offset >= 0)) {
    throw new ValueError(`${caller}: offset ${textOf(offset)} is not an integer from 0 on`);
  }
  if (typeof sep !== "string") throw new ValueError(`${caller}: sep ${textOf(sep)} is no text`);
  if (sep !== "" && offset > 0)
    throw new DTypeError(`${caller}: offset counts bytes, and is not for texts with sep`);
  return { dtype, count: count < 0 ? Number.POSITIVE_INFINITY : count, sep, offset, keywords, caller };
}

function wholeOf({ dtype, sep, count, caller }: Task): WholeText<NDArray> {
  return new WholeText((text) => numbersIn(text, dtype, sep, Number.isFinite(count) ? count : -1, caller));
}

/** Bytes as elements: straight into the array when the size is known, else piece by piece. */
function* elements(size: number | null, task: Task): Steps<NDArray> {
  const { offset, dtype, count } = task;
  if (size === null) return yield* fromStream(task);
  if (offset > size) throw new ValueError(`offset ${offset} lies behind the end, ${size}`);
  const length = Math.min(count, Math.floor((size - offset) / dtype.itemsize));
  const array = emptyArray([length], dtype, "C", task.caller);
  const pull = new RawPull(offset, length * dtype.itemsize);
  const bytes = bytesOf(array);
  let done = 0;
  while (done < bytes.length) {
    const got = yield* pull.read(bytes.subarray(done, done + CHUNK));
    if (got === 0) throw new ValueError(`the file ends after ${offset + done} bytes`);
    done += got;
    task.keywords.onProgress?.(done, bytes.length);
  }
  return array;
}

function* fromStream(task: Task): Steps<NDArray> {
  const { offset, dtype, count } = task;
  const pull = new RawPull(0, null);
  for (let skipped = 0; skipped < offset; ) {
    const part = yield* take(pull, Math.min(CHUNK, offset - skipped));
    if (part.length === 0) throw new ValueError(`offset ${offset} lies behind the end, ${skipped}`);
    skipped += part.length;
  }
  const parts: Uint8Array[] = [];
  let done = 0;
  while (done < count * dtype.itemsize) {
    const part = yield* take(pull, Math.min(CHUNK, count * dtype.itemsize - done));
    if (part.length === 0) break;
    parts.push(part);
    done += part.length;
    task.keywords.onProgress?.(done, null);
  }
  const array = emptyArray([Math.floor(done / dtype.itemsize)], dtype, "C", task.caller);
  const bytes = bytesOf(array);
  let at = 0;
  for (const part of parts) {
    bytes.set(part.subarray(0, Math.max(0, bytes.length - at)), at);
    at += Math.min(part.length, bytes.length - at);
  }
  return array;
}

function bytesOf(array: NDArray): Uint8Array {
  array.storage.alive();
  return new Uint8Array(array.buffer, array.byteOffset, array.nbytes);
}
