import type { Swapper } from "../dtype/descr.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { isNdError, textOf, ValueError } from "../errors.ts";
import { MAX_NDIM, shapeText, sizeOf } from "../layout/layout.ts";
import { descrText, readShape, typeOf } from "./descr.ts";
import { type Dict, type Literal, parseLiteral } from "./literal.ts";
import { ALIGNMENT, GROWTH_DIGITS, HEAD_BYTES, MAGIC } from "./npy-facts.ts";
import { bytesSource, named, type Pull, RawPull, run, type Steps } from "./steps.ts";

/**
 * The header of a .npy file: the magic, a version, a length, and a Python dict of `descr`, `fortran_order` and `shape`,
 * padded so that the data starts at a multiple of 64 bytes.
 *
 * Version 1 has a length of 2 bytes, versions 2 and 3 of 4; version 3 is UTF-8, the others Latin-1. Everything that the
 * header says is checked here; whether the data is there is checked by who reads it.
 */
export interface NpyHeader {
  /** Version of the format: 1, 2 or 3. */
  readonly version: 1 | 2 | 3;
  readonly dtype: Descriptor;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  /** The byte at which the data starts. */
  readonly dataOffset: number;
  /** Bytes of the data. */
  readonly nbytes: number;
  /** @internal */
  readonly toNative: Swapper | null;
}

/** No header that was written by a person's program is longer; ours are of some hundred bytes. */
const MAX_HEADER = 1_048_576;

interface Version {
  readonly lengthBytes: 2 | 4;
  readonly decode: (bytes: Uint8Array) => string;
  /** Null when the text cannot be written so. */
  readonly encode: (text: string) => Uint8Array | null;
}

const latin1 = { decode: decodeLatin1, encode: encodeLatin1 };

const versions: Readonly<Record<1 | 2 | 3, Version>> = {
  1: { lengthBytes: 2, ...latin1 },
  2: { lengthBytes: 4, ...latin1 },
  3: { lengthBytes: 4, decode: decodeUtf8, encode: (text) => new TextEncoder().encode(text) },
};

/** Text of which each character is one byte. */
export function decodeLatin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  }
  return parts.join("");
}

/** Its bytes; null when a character is none. */
export function encodeLatin1(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code > 0xff) return null;
    bytes[k] = code;
  }
  return bytes;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ValueError("the header is not UTF-8, as version 3 has it");
  }
}

/** Whether the bytes start as a .npy file does. */
export function isNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, k) => head[k] === byte);
}

/**
 * What the header of a .npy file says; only the start of the file is needed.
 *
 * @throws ValueError saying what is wrong, when the bytes do not start with a whole header.
 * @example
 * const header = np.npyHeader(np.npyBytes(np.zeros([2, 3], "int32")));
 * header.shape;         // [2, 3]
 * header.dtype.name;    // "int32"
 */
export function npyHeader(bytes: Uint8Array | ArrayBuffer): NpyHeader {
  if (typeof (bytes as Uint8Array | null | undefined)?.byteLength !== "number") {
    throw new ValueError(`npyHeader: ${textOf(bytes)} has no bytes; give a Uint8Array or an ArrayBuffer`);
  }
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const source = bytesSource(view);
  const pull = new RawPull(0, view.length);
  return run(named(readHeader(pull, null), "npyHeader", "the bytes"), source);
}

/** Reads the header; `head` are the first bytes when they were read before. */
export function* readHeader(pull: Pull, head: Uint8Array | null): Steps<NpyHeader> {
  const start = head ?? (yield* take(pull, HEAD_BYTES));
  if (!isNpy(start)) throw new ValueError("not a .npy file: it does not start with \\x93NUMPY");
  if (start.length < HEAD_BYTES) throw new ValueError("the file ends inside of the header");
  const number = start[6]!;
  if ((number !== 1 && number !== 2 && number !== 3) || start[7] !== 0) {
    throw new ValueError(`version ${number}.${start[7]} of the format is not known; 1.0, 2.0 and 3.0 are`);
  }
  const { lengthBytes, decode } = versions[number];
  const length = littleEndian(yield* takeAll(pull, lengthBytes));
  if (length > MAX_HEADER) {
    throw new ValueError(`the header claims to have ${length} bytes; at most ${MAX_HEADER} are read`);
  }
  const text = decode(yield* takeAll(pull, length));
  return { version: number, ...parseDict(text), dataOffset: HEAD_BYTES + lengthBytes + length };
}

function littleEndian(bytes: Uint8Array): number {
  let value = 0;
  for (let k = bytes.length - 1; k >= 0; k--) value = value * 256 + bytes[k]!;
  return value;
}

/** At most `count` bytes. */
export function* take(pull: Pull, count: number): Steps<Uint8Array> {
  const into = new Uint8Array(count);
  const got = yield* pull.read(into);
  return into.subarray(0, got);
}

function* takeAll(pull: Pull, count: number): Steps<Uint8Array> {
  if (pull.left !== null && pull.left < count) throw shortHeader(count, pull.left);
  const bytes = yield* take(pull, count);
  if (bytes.length < count) throw shortHeader(count, bytes.length);
  return bytes;
}

function shortHeader(wanted: number, found: number): ValueError {
  return new ValueError(`the file ends inside of the header: ${wanted} bytes should follow, ${found} do`);
}

type Said = Pick<NpyHeader, "dtype" | "toNative" | "shape" | "fortranOrder" | "nbytes">;

function parseDict(text: string): Said {
  const dict = literalOf(text);
  if (typeof dict !== "object" || dict === null || dict.kind !== "dict") {
    throw new ValueError("the header is not a dict");
  }
  checkKeys(dict);
  const fortranOrder = dict.entries.get("fortran_order");
  if (typeof fortranOrder !== "boolean") throw new ValueError("fortran_order is neither True nor False");
  const { dtype, toNative } = inHeader(() => typeOf(dict.entries.get("descr")!));
  const shape = shapeOf(dict.entries.get("shape")!);
  return { dtype, toNative, shape, fortranOrder, nbytes: byteCount(shape, dtype.itemsize) };
}

function literalOf(text: string): Literal {
  try {
    return parseLiteral(text);
  } catch (error) {
    throw new ValueError(`the header cannot be parsed: ${(error as Error).message}`);
  }
}

/** Whatever the dtype layer finds wrong is wrong with the header. */
function inHeader<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw isNdError(error) ? new ValueError(error.message) : error;
  }
}

function checkKeys(dict: Dict): void {
  const wanted = ["descr", "fortran_order", "shape"];
  const keys = [...dict.entries.keys()];
  if (keys.length === wanted.length && wanted.every((key) => dict.entries.has(key))) return;
  const found = keys.slice(0, 8).map((key) => key.slice(0, 40));
  throw new ValueError(`the header has the keys ${JSON.stringify(found)}; wanted ${JSON.stringify(wanted)}`);
}

function shapeOf(literal: Literal): number[] {
  if (typeof literal !== "object" || literal === null || literal.kind !== "tuple") {
    throw new ValueError("shape is not a tuple");
  }
  const shape = readShape(literal);
  if (shape.length > MAX_NDIM)
    throw new ValueError(`shape has ${shape.length} axes; the most is ${MAX_NDIM}`);
  return shape;
}

/** An axis of length 0 does not excuse the others: strides are made of them. */
function byteCount(shape: readonly number[], itemsize: number): number {
  const reach = sizeOf(shape.map((length) => Math.max(1, length))) * Math.max(1, itemsize);
  if (Number.isSafeInteger(reach)) return sizeOf(shape) * itemsize;
  throw new ValueError(`shape ${shapeText(shape)} of elements of ${itemsize} bytes is too large`);
}

/** The bytes before the data of an array of that dtype and shape, exactly as NumPy writes them. */
export function headerBytes(dtype: Descriptor, shape: readonly number[], fortranOrder: boolean): Uint8Array {
  return wrapHeader(headerText(dtype, shape, fortranOrder));
}

/** The same in one version of the format; null when the text does not fit into it. */
export function headerAs(
  version: 1 | 2 | 3,
  dtype: Descriptor,
  shape: readonly number[],
  fortranOrder: boolean,
): Uint8Array | null {
  return wrapAs(version, headerText(dtype, shape, fortranOrder));
}

function headerText(dtype: Descriptor, shape: readonly number[], fortranOrder: boolean): string {
  const order = fortranOrder ? "True" : "False";
  const text = `{'descr': ${descrText(dtype)}, 'fortran_order': ${order}, 'shape': ${shapeText(shape)}, }`;
  const growing = fortranOrder ? shape.at(-1) : shape[0];
  const room = growing === undefined ? 0 : GROWTH_DIGITS - String(growing).length;
  return text + " ".repeat(room);
}

/** The oldest version that can hold the text. */
function wrapHeader(text: string): Uint8Array {
  return wrapAs(1, text) ?? wrapAs(2, text) ?? wrapAs(3, text)!;
}

function wrapAs(number: 1 | 2 | 3, text: string): Uint8Array | null {
  const { lengthBytes, encode } = versions[number];
  const encoded = encode(text);
  if (encoded === null) return null;
  const before = HEAD_BYTES + lengthBytes;
  const end = before + encoded.length + 1;
  // NumPy pads a header that ends on the boundary by a whole step.
  const total = end + ALIGNMENT - (end % ALIGNMENT);
  if (total - before >= 256 ** lengthBytes) return null;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set([...MAGIC, number, 0]);
  for (let k = 0; k < lengthBytes; k++) bytes[HEAD_BYTES + k] = Math.floor((total - before) / 256 ** k) % 256;
  bytes.set(encoded, before);
  bytes[total - 1] = 0x0a;
  return bytes;
}
