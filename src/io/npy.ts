import { ascontiguousarray } from "../array/copy.ts";
import { adoptLayout, emptyArray, unsetArray } from "../array/fresh.ts";
import { type NDArray, requireArray } from "../array/ndarray.ts";
import { rawDescriptor } from "../dtype/struct.ts";
import { ValueError } from "../errors.ts";
import { denseLayout } from "../layout/layout.ts";
import { s } from "../layout/slice.ts";
import { headerBytes, type NpyHeader, readHeader } from "./header.ts";
import { joined } from "./pieces.ts";
import { bytesSource, type Pull, RawPull, run, type Steps } from "./steps.ts";

/**
 * One array of a .npy file, read and written.
 *
 * Memory is taken only for data that is known to be there: when the size of the source is known, all of it is compared
 * with the header first; when it is not, a sixteenth of the data has to arrive before the whole is allocated, so that a
 * header that lies costs little. The data is read straight into the array's own buffer.
 */

/** Bytes that are read or written at a time: enough to be fast, few enough to show progress; and where nobody looks at it. */
export const CHUNK = 4_194_304;
const UNWATCHED = 67_108_864;
/** Up to here a claim is believed without proof. */
const BELIEVED = 16_777_216;
const PROOF = 1 / 16;

/** What is known of a reading in progress. */
export interface ReadSettings {
  /** What is read, as messages name it: a path, or `the bytes`. */
  readonly name: string;
  /** The most bytes of memory to take. */
  readonly maxBytes: number;
  readonly onProgress: ((done: number, total: number) => void) | null;
}

/** The array that `pull` holds; `head` are its first bytes when they were read before. */
export function* readNpy(pull: Pull, head: Uint8Array | null, settings: ReadSettings): Steps<NDArray> {
  const header = yield* readHeader(pull, head);
  checkRoom(header, pull.left, settings);
  const early = pull.left === null ? yield* readProof(pull, header, settings) : [];
  // Every byte is read before anybody sees the array.
  const make = header.dtype.subdtype === null ? unsetArray : emptyArray;
  const array = make(header.shape, header.dtype, header.fortranOrder ? "F" : "C", "load");
  const bytes = denseBytes(array);
  let done = 0;
  for (const part of early) {
    bytes.set(part, done);
    done += part.length;
  }
  yield* readInto(pull, bytes, done, settings);
  if (bytes.length > 0) header.toNative?.(bytes, 0, array.size);
  return array;
}

function checkRoom(header: NpyHeader, left: number | null, { maxBytes }: ReadSettings): void {
  const { nbytes } = header;
  if (left !== null && left < nbytes) throw shortData(nbytes, left);
  if (nbytes > maxBytes) {
    throw new ValueError(`the array has ${nbytes} bytes, more than maxBytes (${maxBytes}) allows`);
  }
}

function shortData(wanted: number, found: number): ValueError {
  return new ValueError(`the header promises ${wanted} bytes of data, but only ${found} are there`);
}

/** The first part of the data, when it is so large that the header alone is not believed. */
function* readProof(pull: Pull, { nbytes }: NpyHeader, settings: ReadSettings): Steps<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  if (nbytes <= BELIEVED) return parts;
  let done = 0;
  while (done < nbytes * PROOF) {
    const part = new Uint8Array(Math.min(CHUNK, nbytes - done));
    const count = yield* pull.read(part);
    parts.push(part.subarray(0, count));
    done += count;
    if (count < part.length) throw shortData(nbytes, done);
    settings.onProgress?.(done, nbytes);
  }
  return parts;
}

function* readInto(pull: Pull, bytes: Uint8Array, from: number, settings: ReadSettings): Steps<void> {
  const most = settings.onProgress === null ? UNWATCHED : CHUNK;
  let done = from;
  while (done < bytes.length) {
    const part = bytes.subarray(done, done + most);
    const count = yield* pull.read(part);
    done += count;
    if (count < part.length) throw shortData(bytes.length, done);
    settings.onProgress?.(done, bytes.length);
  }
}

/** The bytes of a dense array in the order in which they lie. */
function denseBytes(array: NDArray): Uint8Array {
  array.storage.alive();
  return new Uint8Array(array.buffer, array.byteOffset, array.nbytes);
}

/** The array over the bytes of a .npy file themselves: nothing is copied. */
export function adoptNpy(bytes: Uint8Array): NDArray {
  const header = run(readHeader(new RawPull(0, bytes.length), null), bytesSource(bytes));
  const { dtype, shape, fortranOrder, dataOffset, nbytes } = header;
  if (bytes.length - dataOffset < nbytes) throw shortData(nbytes, bytes.length - dataOffset);
  if (header.toNative !== null) {
    throw new ValueError("copy: false, but the data is big-endian and must be converted; leave copy out");
  }
  const layout = denseLayout(shape, dtype.itemsize, fortranOrder ? "F" : "C", bytes.byteOffset + dataOffset);
  return adoptLayout(bytes.buffer, layout, dtype, true, "load");
}

/** A .npy file in parts, as NumPy writes it: the header, then the data. The parts of the data are views. */
export function* npyPieces(array: NDArray, head = headOf(array)): Generator<Uint8Array, void> {
  yield head;
  const padded = withPadding(array);
  yield* cPieces(isFortranOnly(array) ? padded.T : padded);
}

/** The elements in C order as bytes, in parts; they are views where they lie so. */
export function* rawPieces(array: NDArray): Generator<Uint8Array, void> {
  yield* cPieces(withPadding(array));
}

/** The elements as raw bytes: a copy field by field would lose what lies between the fields. */
function withPadding(array: NDArray): NDArray {
  return array.dtype.fields === null ? array : array.retype(array.layout, rawDescriptor(array.itemsize));
}

function headOf(array: NDArray): Uint8Array {
  requireArray(array, "npyBytes");
  return headerBytes(array.dtype, array.shape, isFortranOnly(array));
}

/** NumPy asks for C order first, so an array that is both is written as C. */
function isFortranOnly(array: NDArray): boolean {
  return array.isContiguous("F") && !array.isContiguous("C");
}

/** The elements in C order; what does not lie so is copied, a few rows at a time. */
function* cPieces(array: NDArray): Generator<Uint8Array, void> {
  if (array.isContiguous("C") && array.storage.wide === null) return yield* parts(denseBytes(array));
  const { length } = array;
  const rows = Math.floor((CHUNK * length) / array.nbytes);
  if (rows === 0) {
    for (let k = 0; k < length; k++) yield* cPieces(array.slice(k));
  } else {
    for (let k = 0; k < length; k += rows) {
      yield denseBytes(ascontiguousarray(array.slice(s(k, Math.min(k + rows, length)))));
    }
  }
}

function* parts(bytes: Uint8Array): Generator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

/**
 * An array as the bytes of a .npy file, the same that NumPy's `save` writes: F order is kept, what is not contiguous is
 * written in C order. Returns a copy.
 *
 * @throws ValueError when the fields of a structured dtype overlap or are out of order, which the format cannot say.
 * @example
 * const bytes = np.npyBytes(np.arange(6).reshape(2, 3)); // a Uint8Array, for a Blob, a request, a database
 * np.loadSync(bytes);                                    // the array again
 */
export function npyBytes(array: NDArray): Uint8Array<ArrayBuffer> {
  const head = headOf(array);
  return joined(npyPieces(array, head), head.length + array.nbytes);
}
