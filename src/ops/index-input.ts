import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray } from "../array/duplicate.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";

/** The largest index that an int32 array holds. */
export const MAX_INT32 = 2 ** 31 - 1;

/**
 * What a person gives as indices, as an array of integers or bools; numbers from lists are float64, and whole.
 *
 * @throws DTypeError for fractions, for arrays of floats, and for lists of nothing, of which nobody knows what they hold.
 */
export function indicesFrom(value: ArrayInput, caller: string, name: string): NDArray {
  const a: NDArray = asarray(value);
  const { kind } = a.dtype;
  if (kind === "i" || kind === "u" || kind === "b") return a;
  const listed = !(value instanceof NDArray) && !ArrayBuffer.isView(value);
  if (listed && a.size > 0 && isWhole(a)) return a;
  const what = listed && a.size === 0 ? "an empty list" : listed ? textOf(value) : `an array of ${a.dtype}`;
  throw new DTypeError(`${caller}: ${name} must be integers, given ${what}; use astype(…, "int32")`);
}

/** Whether numbers that came from a list are all whole. */
export function isWhole(a: NDArray): boolean {
  if (a.dtype !== plain.float64) return false;
  const data = dataOf(castArray(a, plain.float64, "C", "index"));
  for (let k = 0; k < data.length; k++) if (!Number.isInteger(data[k])) return false;
  return true;
}

/** A whole number, which may be a bigint. */
export function wholeNumber(value: unknown, caller: string, name: string): number {
  const number = typeof value === "bigint" ? Number(value) : value;
  if (Number.isSafeInteger(number)) return (number as number) + 0;
  throw new ValueError(`${caller}: ${name} ${textOf(value)} is not an integer`);
}

/** The lengths of an array that is not there, as a list. */
export function dimsFrom(dims: number | readonly number[], caller: string): number[] {
  const list: readonly unknown[] = Array.isArray(dims) ? dims : [dims];
  for (const length of list) {
    if (Number.isSafeInteger(length) && (length as number) >= 0) continue;
    throw new ShapeError(`${caller}: length ${textOf(length)} of the shape is not an integer from 0 on`);
  }
  let size = 1;
  for (const length of list) size *= Math.max(1, length as number);
  if (size <= Number.MAX_SAFE_INTEGER) return list.map((length) => (length as number) + 0);
  throw new ShapeError(`${caller}: an array of shape (${list.join(", ")}) is too big to be counted`);
}
