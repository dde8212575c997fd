/**
 * Numbers a step apart.
 *
 * The last bits are NumPy's, which follow from how it counts: the first two numbers are made and stored in the dtype,
 * their difference is taken there, and multiples of it are added to the first.
 */

import type { Complex } from "../dtype/complex.ts";
import type { Datetime64, Timedelta64 } from "../dtype/date-scalars.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { Kind } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import type { DatetimeText, TimedeltaText } from "../dtype/spec.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { type DTypeArgument, dtypeAsked, keywordsOf, type NoDType, type WithDType } from "./arguments.ts";
import { floatLine, wholeLine } from "./countline.ts";
import { dateRange, dateRangeFrom } from "./date-ranges.ts";
import { emptyArray } from "./fresh.ts";
import type { NDArray } from "./ndarray.ts";

/** An end of a range of moments or spans. */
type DatePoint = string | Date | Datetime64 | Timedelta64 | Real;

/** A real scalar. */
export type Real = number | bigint;

/**
 * Numbers from `start` (0 if left out) up to but without `stop`, `step` (1 if left out) apart.
 *
 * Numbers make float64 and bigints int64, as everywhere: `arange(5n)` or `arange(5, "int32")` where NumPy's `arange(5)`
 * has integers. With a step that is no integer, rounding may bring one element more or less; linspace does not depend
 * on it.
 *
 * Moments and spans of time are counted in the unit of all, or in that of a dtype of dates, with which texts are moments. A
 * number or a span as the end of moments counts from the first.
 *
 * @param options a dtype, or `{ dtype }`, after the numbers
 * @throws ValueError when the step is 0, or something is NaN or infinite.
 * @throws DTypeError for bool with more than two elements, and for dtypes with fields.
 * @example
 * np.arange(4).tolist(); // [0, 1, 2, 3]
 * np.arange(5n, 0n, -2n).tolist(); // [5n, 3n, 1n]
 * np.arange(0, 1, 0.25, "float32").dtype.name; // "float32"
 * String(np.arange("2024-02-28", "2024-03-02", "M8[D]")); // "['2024-02-28' '2024-02-29' '2024-03-01']"
 */
export function arange(stop: bigint, options?: NoDType): NDArray<"int64">;
export function arange(start: bigint, stop: bigint, options?: NoDType): NDArray<"int64">;
export function arange(start: bigint, stop: bigint, step: bigint, options?: NoDType): NDArray<"int64">;
export function arange(stop: number, options?: NoDType): NDArray<"float64">;
export function arange(start: number, stop: number, options?: NoDType): NDArray<"float64">;
export function arange(start: number, stop: number, step: number, options?: NoDType): NDArray<"float64">;
export function arange<const S extends DTypeLike>(stop: Real, options: DTypeArgument<S>): NDArray<DTypeOf<S>>;
export function arange<const S extends DTypeLike>(
  start: Real,
  stop: Real,
  options: DTypeArgument<S>,
): NDArray<DTypeOf<S>>;
export function arange<const S extends DTypeLike>(
  start: Real,
  stop: Real,
  step: Real,
  options: DTypeArgument<S>,
): NDArray<DTypeOf<S>>;
export function arange<const S extends DatetimeText | TimedeltaText>(
  start: DatePoint,
  stop: DatePoint,
  options: DTypeArgument<S>,
): NDArray<DTypeOf<S>>;
export function arange<const S extends DatetimeText | TimedeltaText>(
  start: DatePoint,
  stop: DatePoint,
  step: Timedelta64 | Real,
  options: DTypeArgument<S>,
): NDArray<DTypeOf<S>>;
export function arange(stop: Timedelta64): NDArray<"timedelta64">;
export function arange(
  start: Timedelta64,
  stop: Timedelta64 | Real,
  step?: Timedelta64 | Real,
): NDArray<"timedelta64">;
export function arange(
  start: Datetime64 | Date,
  stop: Datetime64 | Date | Timedelta64 | Real,
  step?: Timedelta64 | Real,
): NDArray<"datetime64">;
export function arange(start: Real, ...rest: (Real | DTypeLike | WithDType | null | undefined)[]): NDArray;
export function arange(...args: unknown[]): NDArray {
  // What most calls are takes no more questions.
  const [a, b, c] = args;
  if (isReal(a) && args.length <= 3 && (c === undefined || typeof c === typeof a)) {
    const exact = typeof a === "bigint";
    if (b === undefined && c === undefined) return countOff(exact ? 0n : 0, a, exact ? 1n : 1, null);
    if (isReal(b) && typeof b === typeof a) return countOff(a, b, isReal(c) ? c : exact ? 1n : 1, null);
  }
  const known = args.filter((part) => part !== undefined && part !== null);
  const dates = dateRangeFrom(known);
  if (dates !== null) return dateRange(dates, (from, to, by) => countOff(from, to, by, plain.int64));
  const numbers = known.filter(isReal);
  const [options, ...more] = known.slice(numbers.length);
  if (numbers.length === 0 || numbers.length > 3 || more.length > 0 || isReal(options)) {
    throw new ValueError(
      "arange: give one to three numbers (stop; start, stop; start, stop, step) and then, if any, a dtype",
    );
  }
  const one = numbers.every((x) => typeof x === "bigint") ? 1n : 1;
  const [first, second, step = one] = numbers as [Real, Real?, Real?];
  const dtype = dtypeAsked(keywordsOf(options as WithDType));
  if (second === undefined) return countOff(typeof first === "bigint" ? 0n : 0, first, step, dtype);
  return countOff(first, second, step, dtype);
}

function isReal(value: unknown): value is Real {
  return typeof value === "number" || typeof value === "bigint";
}

/** @internal What `arange` makes; the dtype is that of the numbers if none is asked for. */
export function countOff(start: Real, stop: Real, step: Real, asked: Descriptor | null): NDArray {
  if (typeof start === "number" && typeof stop === "number" && typeof step === "number") {
    return counted(start, start + step, floatLength(start, stop, step), asked ?? plain.float64);
  }
  if (typeof start === "bigint" && typeof stop === "bigint" && typeof step === "bigint") {
    return counted(start, start + step, wholeLength(start, stop, step), asked ?? plain.int64);
  }
  const all = [start, stop, step];
  const dtype = asked ?? (all.every((x) => typeof x === "bigint") ? plain.int64 : plain.float64);
  const exact = all.some((x) => typeof x === "bigint") && all.every((x) => Number.isInteger(Number(x)));
  if (exact) {
    const [from, to, by] = all.map(BigInt) as [bigint, bigint, bigint];
    return counted(from, from + by, wholeLength(from, to, by), dtype);
  }
  const [from, to, by] = all.map(Number) as [number, number, number];
  return counted(from, from + by, floatLength(from, to, by), dtype);
}

function wholeLength(start: bigint, stop: bigint, step: bigint): number {
  if (step === 0n) throw zeroStep();
  const towards = step > 0n ? 1n : -1n;
  const distance = (stop - start) * towards;
  return distance <= 0n ? 0 : Number((distance + step * towards - 1n) / (step * towards));
}

function floatLength(start: number, stop: number, step: number): number {
  if (step === 0) throw zeroStep();
  const distance = stop - start;
  const count = distance / step;
  if (Number.isNaN(count) || Math.abs(count) === Infinity) {
    throw new ValueError(`arange: from ${start} to ${stop} by ${step} there is no finite number of steps`);
  }
  // A distance that is too short to be counted in steps is one step if it goes the same way.
  if (count === 0 && distance !== 0) return Object.is(count, -0) ? 0 : 1;
  return Math.max(0, Math.ceil(count)) + 0;
}

function zeroStep(): ValueError {
  return new ValueError("arange: the step must not be 0");
}

/** `length` elements, of which the first two are given. */
function counted(first: Real, second: Real, length: number, dtype: Descriptor): NDArray {
  if (!Object.hasOwn(lines, dtype.kind)) {
    throw new DTypeError(`arange: elements of dtype ${dtype} cannot be counted`);
  }
  const [a, b] = [stored(dtype, first, length > 0), stored(dtype, second, length > 1)];
  if (length > 2) return lines[dtype.kind as keyof typeof lines](dtype, length, a as never, b as never);
  const few = emptyArray([length], dtype, "C", "arange");
  const { access, itemsize } = dtype;
  if (length > 0) access.write(few.storage.view, few.layout.offset, a as never);
  if (length > 1) access.write(few.storage.view, few.layout.offset + itemsize, b as never);
  return few;
}

/** Where a number is rounded to a dtype by being written. */
const rounding = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(16));

/** A number as the dtype holds it; what is not wanted need not fit. */
function stored(dtype: Descriptor, value: Real, wanted: boolean): unknown {
  if (!wanted) return value;
  const { access } = dtype;
  access.write(rounding, 0, coerced(dtype, value) as never);
  return access.read(rounding, 0);
}

function coerced(dtype: Descriptor, value: Real): unknown {
  try {
    return dtype.access.coerce(value);
  } catch {
    throw new ValueError(`arange: ${value} is out of bounds for ${dtype}`);
  }
}

type Line = (dtype: Descriptor, n: number, a: never, b: never) => NDArray;

/** For each kind of dtype, the elements in a dtype in which they can be counted without loss. */
const lines: Readonly<Record<Exclude<Kind, "m" | "M" | "S" | "U" | "V">, Line>> = {
  b: (_dtype, n) => {
    throw new DTypeError(`arange: bool has two values, which cannot be counted off to ${n} elements`);
  },
  i: wholes,
  u: wholes,
  f: (dtype, n, a: number, b: number) => floats(dtype, dtype.itemsize === 8, n, a, b),
  c: (dtype, n, a: Complex, b: Complex) => floats(dtype, dtype.itemsize === 16, n, a.re, b.re),
};

/** Floats, where every step is rounded to float64 or float32; float16 is counted in float32. */
function floats(dtype: Descriptor, double: boolean, n: number, a: number, b: number): NDArray {
  const made = double
    ? floatLine(dtype, "float64", n, a, b - a, "arange")
    : floatLine(dtype, "float32", n, a, Math.fround(b - a), "arange");
  // Adding 0 to -0 would lose its sign.
  dtype.access.write(made.storage.view, made.layout.offset, dtype.access.coerce(a) as never);
  dtype.access.write(made.storage.view, made.layout.offset + dtype.itemsize, dtype.access.coerce(b) as never);
  return made;
}

/** Integers; those that the dtype cannot hold wrap. */
function wholes(dtype: Descriptor, n: number, a: Real, b: Real): NDArray {
  const start = BigInt(a);
  return wholeLine(dtype, n, start, BigInt(b) - start, "arange");
}
