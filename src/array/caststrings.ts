/**
 * Casts from and to strings.
 *
 * Bytes become text and text bytes where all of it is ASCII, and a string is true when it is not empty. What reads and
 * writes numbers is set by the edge (textcasts.ts), so that who takes one function from `ndview/functions` does not load it.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { notAscii, notDecoded } from "../dtype/string-access.ts";
import { isString, lengthOf } from "../dtype/strings.ts";
import { DTypeError, isNdError, ValueError } from "../errors.ts";
import { walkOuter2 } from "../layout/walk.ts";
import type { TypedPlace } from "./castplain.ts";

/** Casts the elements of one place to another; one of the dtypes is of strings. */
export type StringCast = (shape: readonly number[], src: TypedPlace, dst: TypedPlace) => void;

let numbers: StringCast = refuse;

function refuse(_: readonly number[], { dtype: from }: TypedPlace, { dtype: to }: TypedPlace): never {
  throw new DTypeError(
    `cannot cast ${from} to ${to}: import "ndview", whose functions read and write numbers as text`,
  );
}

/** @internal Sets what casts between strings and numbers. */
export function castNumbersWith(next: StringCast): void {
  numbers = next;
}

let dates: StringCast = refuse;

/** @internal Sets what casts between strings and dates. */
export function castDatesWith(next: StringCast): void {
  dates = next;
}

/** Casts between strings of different kinds, or between strings and something else. */
export function castStrings(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [src.dtype, dst.dtype];
  if (from.kind === "S" && to.kind === "U") decode(shape, src, dst);
  else if (from.kind === "U" && to.kind === "S") encode(shape, src, dst);
  else if (from.unit !== null || to.unit !== null) dates(shape, src, dst);
  else if (to.kind === "b") findTruth(shape, src, dst);
  else numbers(shape, src, dst);
}

/** Whether a cast may find an element that it cannot cast, half way. */
export function mayRefuse(from: Descriptor, to: Descriptor): boolean {
  if (from.fields !== null)
    return !from.equals(to) && from.fields.some((field) => mayRefuse(field.dtype, to));
  if (from.subdtype !== null) return mayRefuse(from.subdtype.dtype, to);
  return (isString(from) && from.kind !== to.kind) || (from.kind === "M" && isString(to));
}

/** Runs a cast; when an element cannot be cast, the error names the function that was called. */
export function castFor(caller: string, from: Descriptor, to: Descriptor, run: () => void): void {
  if (!mayRefuse(from, to)) {
    run();
    return;
  }
  try {
    run();
  } catch (error) {
    throw isNdError(error, "value") ? new ValueError(`${caller}: ${error.message}`) : error;
  }
}

function decode(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [had, room] = [lengthOf(src.dtype), lengthOf(dst.dtype)];
  const bytes = src.storage.lane(Uint8Array);
  const { view } = dst.storage;
  walkOuter2(shape, dst.strides, dst.offset, src.strides, src.offset, 0, (q, p) => {
    for (let k = 0; k < had; k++) {
      const byte = bytes[p + k]!;
      if (byte > 127) throw notDecoded(byte);
      if (k < room) view.setUint32(q + 4 * k, byte, true);
    }
    for (let k = had; k < room; k++) view.setUint32(q + 4 * k, 0, true);
  });
}

function encode(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [had, room] = [lengthOf(src.dtype), lengthOf(dst.dtype)];
  const bytes = dst.storage.lane(Uint8Array);
  const { view } = src.storage;
  walkOuter2(shape, dst.strides, dst.offset, src.strides, src.offset, 0, (q, p) => {
    for (let k = 0; k < had; k++) {
      const code = view.getUint32(p + 4 * k, true);
      if (code > 127) throw notAscii(code, "an element");
      if (k < room) bytes[q + k] = code;
    }
    for (let k = had; k < room; k++) bytes[q + k] = 0;
  });
}

/** A string is true when it has a character that is not NUL. */
function findTruth(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const { itemsize } = src.dtype;
  const bytes = src.storage.lane(Uint8Array);
  const truth = dst.storage.lane(Uint8Array);
  walkOuter2(shape, dst.strides, dst.offset, src.strides, src.offset, 0, (q, p) => {
    let k = 0;
    while (k < itemsize && bytes[p + k] === 0) k++;
    truth[q] = k < itemsize ? 1 : 0;
  });
}
