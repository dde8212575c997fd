/**
 * Piecewise linear interpolation.
 *
 * The value at x is slope·(x − xp[j]) + fp[j] from the left end of its piece; only where that is NaN, from the right one:
 * what NumPy computes, to the bit.
 */

import { inOrder } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { unsetArray } from "../array/fresh.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { arrayFrom } from "./input.ts";
import { remainder } from "./ufuncs-arithmetic.ts";

/** What lies outside of the points. */
export interface InterpOptions {
  /** The value left of the first point; that of the first point if left out. */
  readonly left?: ScalarLike | null | undefined;
  /** The value right of the last point; that of the last point if left out. */
  readonly right?: ScalarLike | null | undefined;
  /** The period after which all repeats; the points need not be sorted then, and `left` and `right` do not count. */
  readonly period?: number | null | undefined;
}

/** The points, as float64; `parts` is 2 for complex values, which lie interleaved. */
interface Points {
  readonly xs: Float64Array;
  readonly values: Float64Array;
  readonly parts: 1 | 2;
}

/**
 * The value at `x` of the function that goes in straight lines through the points (xp, fp). `xp` must increase, unless there
 * is a period. Returns a copy of the shape of `x`: complex128 if `fp` is complex, else float64.
 *
 * @param left what is left of the points, or `{ left, right, period }`
 * @throws ShapeError when xp and fp are not of one axis and one length.
 * @throws ValueError when there is no point, or the period is 0.
 * @example
 * np.interp([0, 1.5, 9], [1, 2, 3], [3, 2, 0]).tolist(); // [3, 2.5, 0]
 * np.interp([-90, 270], [0, 180], [0, 1], { period: 360 }).tolist(); // [0.5, 0.5]
 */
export function interp(
  x: ArrayInput,
  xp: ArrayInput,
  fp: ArrayInput,
  left?: ScalarLike | null | InterpOptions,
  right?: ScalarLike | null,
  period?: number | null,
): NDArray<"float64" | "complex128"> {
  const options = isOptions(left) ? left : { left, right, period };
  let at = reals(x, "x");
  let points = pointsFrom(reals(xp, "xp"), arrayFrom(fp));
  let ends: Pick<InterpOptions, "left" | "right"> = options;
  if (options.period !== null && options.period !== undefined) {
    if (options.period === 0)
      throw new ValueError("interp: the period is 0; give how far it is to where all repeats");
    const length = Math.abs(options.period);
    at = remainder(at, length) as NDArray<"float64">;
    points = wrapped(points, length);
    ends = {};
  }
  const out = unsetArray(at.shape, points.parts === 2 ? plain.complex128 : plain.float64, "C", "interp");
  const results = dataOf(out) as unknown as Float64Array;
  fill(results, dataOf(inOrder(at, null, "C", "interp")) as Float64Array, points, ends);
  return out as NDArray<"float64" | "complex128">;
}

function isOptions(value: unknown): value is InterpOptions {
  return typeof value === "object" && value !== null && !(value instanceof Complex);
}

/** An operand as a dense array of float64. */
function reals(a: ArrayInput, name: string): NDArray<"float64"> {
  const given: NDArray = arrayFrom(a);
  if (given.dtype.kind === "c" || given.dtype.composition !== null) {
    throw new DTypeError(`interp: ${name} is of dtype ${given.dtype}; only fp may be other than real`);
  }
  return inOrder(asarray(given, "float64"), null, "C", "interp") as NDArray<"float64">;
}

function pointsFrom(xp: NDArray<"float64">, fp: NDArray): Points {
  if (xp.ndim !== 1 || fp.ndim !== 1 || xp.size !== fp.size) {
    throw new ShapeError(
      `interp: xp of shape ${textOf(xp.shape)} and fp of shape ${textOf(fp.shape)} must have one axis of one length`,
    );
  }
  if (xp.size === 0) throw new ValueError("interp: there is no point; give xp and fp at least one element");
  const isComplex = fp.dtype.kind === "c";
  // They are held while others are computed, so their memory has to stay where it is.
  const values = inOrder(asarray(fp, isComplex ? "complex128" : "float64"), null, "C", "interp");
  return { xs: xp.data, values: values.data as Float64Array, parts: isComplex ? 2 : 1 };
}

/** The points within one period, in order, with the last one before the first and the first one behind the last. */
function wrapped({ xs, values, parts }: Points, period: number): Points {
  const within = (remainder(asarray(xs), period) as NDArray<"float64">).data;
  const order = Array.from(within, (_, k) => k).sort((p, q) => sortedLast(within[p]!, within[q]!));
  const [last, first] = [order[order.length - 1]!, order[0]!];
  const around = [last, ...order, first];
  const shift = (k: number) => (k === 0 ? -period : k === around.length - 1 ? period : 0);
  const sorted = Float64Array.from(around, (from, k) => within[from]! + shift(k));
  const moved = Float64Array.from({ length: around.length * parts }, (_, k) => {
    const from = around[Math.floor(k / parts)]!;
    return values[from * parts + (k % parts)]!;
  });
  return { xs: sorted, values: moved, parts };
}

/** The order of numbers, NaN behind all. */
function sortedLast(p: number, q: number): number {
  if (Number.isNaN(p) || Number.isNaN(q)) return Number(Number.isNaN(p)) - Number(Number.isNaN(q));
  return p - q;
}

function fill(
  out: Float64Array,
  at: Float64Array,
  points: Points,
  { left, right }: Pick<InterpOptions, "left" | "right">,
): void {
  const { xs, values, parts } = points;
  for (let part = 0; part < parts; part++) {
    const column = parts === 1 ? values : Float64Array.from(xs, (_, k) => values[2 * k + part]!);
    const low = endValue(left, column[0]!, part);
    const high = endValue(right, column[column.length - 1]!, part);
    for (let k = 0; k < at.length; k++) {
      const x = at[k]!;
      out[k * parts + part] = valueAt(x, xs, column, low, high, part === 0 ? Number.NaN : 0);
    }
  }
}

/** One part of a value beyond an end. */
function endValue(given: ScalarLike | null | undefined, otherwise: number, part: number): number {
  if (given === null || given === undefined) return otherwise;
  if (given instanceof Complex) return part === 0 ? given.re : given.im;
  return part === 0 ? Number(given) : 0;
}

/** One part of the value at x; `none` is that at NaN. */
function valueAt(
  x: number,
  xs: Float64Array,
  values: Float64Array,
  low: number,
  high: number,
  none: number,
): number {
  const last = xs.length - 1;
  if (x < xs[0]!) return low;
  if (x > xs[last]!) return high;
  // One point says what is everywhere, at NaN too.
  if (Number.isNaN(x)) return last === 0 ? values[0]! : none;
  const j = pieceOf(x, xs);
  if (j === last || xs[j] === x) return values[j]!;
  const slope = (values[j + 1]! - values[j]!) / (xs[j + 1]! - xs[j]!);
  const fromLeft = slope * (x - xs[j]!) + values[j]!;
  if (!Number.isNaN(fromLeft)) return fromLeft;
  const fromRight = slope * (x - xs[j + 1]!) + values[j + 1]!;
  return Number.isNaN(fromRight) && values[j] === values[j + 1] ? values[j]! : fromRight;
}

/** The last point that is not right of x. */
function pieceOf(x: number, xs: Float64Array): number {
  let [from, to] = [0, xs.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (x >= xs[middle]!) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
