/**
 * Casts from and to strings.
 *
 * What strings know of each other they bring along (dtype/string-casts.ts). What reads and writes numbers is set by the
 * edge (textcasts.ts), so that who takes one function from `ndview/functions` does not load it.
 */

import type { Descriptor, ElementCast } from "../dtype/descriptor.ts";
import { isString } from "../dtype/strings.ts";
import { DTypeError, isNdError, ValueError } from "../errors.ts";
import { walkOuter2 } from "../layout/walk.ts";
import { reasonParts } from "./allocate.ts";
import type { TypedPlace } from "./castplain.ts";
import type { NDArray } from "./ndarray.ts";

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
let unitOf: (texts: NDArray, dtype: Descriptor) => Descriptor = (_, dtype) => dtype;

/** @internal Sets what casts between strings and dates, and what gives a dtype of no unit that of texts. */
export function castDatesWith(next: StringCast, unit: typeof unitOf): void {
  dates = next;
  unitOf = unit;
}

/** A dtype of dates of no unit with that of strings that are to become such; any other dtype is itself. */
export function withUnitOf(a: NDArray, dtype: Descriptor): Descriptor {
  return dtype.unit?.base === 0 && isString(a.dtype) ? unitOf(a, dtype) : dtype;
}

/** Casts between strings of different kinds, or between strings and something else. */
export function castStrings(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [src.dtype, dst.dtype];
  const cast = (isString(from) ? from : to).composition!.elementCast!(from, to);
  if (cast !== null) castEach(cast, shape, src, dst);
  else if (from.unit !== null || to.unit !== null) dates(shape, src, dst);
  else numbers(shape, src, dst);
}

function castEach(cast: ElementCast, shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [source, target] = [src.storage.view, dst.storage.view];
  walkOuter2(shape, dst.strides, dst.offset, src.strides, src.offset, 0, (q, p) =>
    cast(source, p, target, q),
  );
}

/** Whether a cast may find an element that it cannot cast, half way. */
export function mayRefuse(from: Descriptor, to: Descriptor): boolean {
  if (from.fields !== null)
    return !from.equals(to) && from.fields.some((field) => mayRefuse(field.dtype, to));
  if (from.subdtype !== null) return mayRefuse(from.subdtype.dtype, to);
  return (isString(from) && from.kind !== to.kind) || (from.kind === "M" && isString(to));
}

/** Runs a cast; when an element cannot be cast, the error names the function that was called, which the reason begins with. */
export function castFor(reason: string, from: Descriptor, to: Descriptor, run: () => void): void {
  if (!mayRefuse(from, to)) {
    run();
    return;
  }
  try {
    run();
  } catch (error) {
    throw isNdError(error, "value")
      ? new ValueError(`${reasonParts(reason).caller}: ${error.message}`)
      : error;
  }
}
