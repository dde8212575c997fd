import { DTypeError, textOf } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import type { Descriptor, Field } from "./descriptor.ts";
import { toDescriptor } from "./parse.ts";
import { placeStruct, subarrayDescriptor } from "./struct.ts";

/** Turns `count` elements that lie one after the other at byte `at` to the native byte order, in place. */
export type Swapper = (bytes: Uint8Array, at: number, count: number) => void;

/** What a .npy header says of its elements. */
export interface ForeignType {
  /** The dtype in native order. */
  readonly dtype: Descriptor;
  /** How bytes of the other order become native; null when nothing needs to be done. */
  readonly toNative: Swapper | null;
}

/**
 * Reads a `descr` as it stands in a .npy header, where tuples have become lists: a code of either byte order,
 * or a list of fields, in which a void field without a name is padding.
 *
 * @throws DTypeError when it is not one
 */
export function readDescr(descr: unknown): ForeignType {
  if (typeof descr === "string") return readCode(descr);
  if (!Array.isArray(descr)) throw notDescr(descr);
  const [first, shape] = descr as readonly unknown[];
  if (descr.length === 2 && isShape(shape) && !isField(first)) return repeat(readDescr(first), shape);
  return readFields(descr);
}

function notDescr(descr: unknown): DTypeError {
  return new DTypeError(`descr: ${textOf(descr)} is neither a dtype's code nor a list of fields`);
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((length) => typeof length === "number");
}

function isField(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    (typeof value[0] === "string" || Array.isArray(value[0])) &&
    value.length > 1 &&
    !isShape(value[1])
  );
}

function readCode(code: string): ForeignType {
  const foreign = code.startsWith(">");
  const dtype = toDescriptor(foreign ? code.slice(1) : code);
  return { dtype, toNative: foreign && dtype.byteorder === "=" ? swapperOf(dtype) : null };
}

/** Swaps the numbers that a plain dtype is made of: one, or the two parts of a complex. */
function swapperOf(dtype: Descriptor): Swapper {
  const width = dtype.itemsize / dtype.laneLength;
  return (bytes, at, count) => {
    const end = at + count * dtype.itemsize;
    for (let start = at; start < end; start += width) reverse(bytes, start, start + width - 1);
  };
}

function reverse(bytes: Uint8Array, first: number, last: number): void {
  for (let low = first, high = last; low < high; low++, high--) {
    const byte = bytes[low]!;
    bytes[low] = bytes[high]!;
    bytes[high] = byte;
  }
}

function repeat({ dtype, toNative }: ForeignType, shape: readonly number[]): ForeignType {
  const size = sizeOf(shape);
  // Without a byte there is nothing to turn, however many elements a header claims.
  if (dtype.itemsize * size === 0) return { dtype: subarrayDescriptor(dtype, shape), toNative: null };
  return {
    dtype: subarrayDescriptor(dtype, shape),
    toNative: toNative && ((bytes, at, count) => toNative(bytes, at, count * size)),
  };
}

interface ForeignField extends Field {
  readonly toNative: Swapper | null;
}

function readFields(descr: readonly unknown[]): ForeignType {
  const fields: ForeignField[] = [];
  let offset = 0;
  for (const [k, entry] of descr.entries()) {
    const { name, type } = readField(entry, k);
    const { dtype, toNative } = type;
    if (!isPadding(name, dtype)) fields.push({ name, dtype, offset, toNative });
    offset += dtype.itemsize;
  }
  const dtype = placeStruct(
    fields.map(({ name, dtype, offset }) => ({ name, dtype, offset })),
    false,
    offset,
  );
  const swapped = fields.filter((field) => field.toNative !== null);
  return { dtype, toNative: swapped.length === 0 ? null : structSwapper(swapped, offset) };
}

function structSwapper(fields: readonly ForeignField[], itemsize: number): Swapper {
  return (bytes, at, count) => {
    for (let k = 0; k < count; k++) {
      for (const field of fields) field.toNative!(bytes, at + k * itemsize + field.offset, 1);
    }
  };
}

function readField(entry: unknown, k: number): { name: string; type: ForeignType } {
  if (!Array.isArray(entry) || entry.length < 2 || entry.length > 3) throw notField(entry, k);
  const [label, type, shape] = entry as readonly unknown[];
  // A name may come with a title, which has no use here.
  const name: unknown = Array.isArray(label) ? label[1] : label;
  if (typeof name !== "string") throw notField(entry, k);
  const inner = readDescr(type);
  if (shape === undefined) return { name, type: inner };
  if (typeof shape !== "number" && !isShape(shape)) throw notField(entry, k);
  return { name, type: repeat(inner, typeof shape === "number" ? [shape] : shape) };
}

function notField(entry: unknown, k: number): DTypeError {
  return new DTypeError(
    `descr: entry ${k}, ${textOf(entry)}, is no field; a field is (name, descr) or (name, descr, shape)`,
  );
}

function isPadding(name: string, dtype: Descriptor): boolean {
  return name === "" && dtype.kind === "V" && dtype.fields === null && dtype.subdtype === null;
}
