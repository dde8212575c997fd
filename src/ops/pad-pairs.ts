/** What `pad` is told for the two ends of each axis: widths, lengths and values. */

import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray } from "../array/duplicate.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { shapeText } from "../layout/layout.ts";
import { ravel } from "./reshape.ts";

/** Widths by axis: one for both ends, or one for each. */
export type WidthsByAxis = { readonly [axis: number]: number | readonly [before: number, after: number] };

/**
 * Widths: one number for all ends, `[before, after]` for all axes, a list with a pair for each axis, or an object with the
 * widths of some axes.
 */
export type PadWidth = number | readonly (number | readonly number[])[] | NDArray | WidthsByAxis;

/** A number for the start and the end of an axis. */
export type Pair = readonly [before: number, after: number];

/** Something for each axis and each of its ends, as an array of shape (ndim, 2). */
function pairsOf(a: NDArray, ndim: number, name: string): NDArray {
  const { shape } = a.layout;
  const flat = a.size === 1 || (a.size === 2 && !(shape.length === 2 && shape[1] === 1));
  const x = flat && shape.length < 3 ? ravel(a) : a;
  const layout = broadcastLayout(x.layout, [ndim, 2]);
  if (layout !== null) return x.viewAs(layout) as NDArray;
  throw new ShapeError(
    `pad: ${name} of shape ${shapeText(shape)} does not fit an array of ${ndim} axes; give one for all, [before, after], or such a pair for each axis`,
  );
}

/** The elements before and behind each axis, as arrays without axes. */
export function valuePairs(
  values: ArrayInput,
  ndim: number,
  dtype: Descriptor,
  name: string,
): readonly (readonly [NDArray, NDArray])[] {
  const ofItsOwn = values instanceof NDArray || isScalar(values) || "biufc".includes(dtype.kind);
  const pairs = pairsOf(ofItsOwn ? asarray(values) : asarray(values, dtype), ndim, name);
  const { strides, offset } = pairs.layout;
  const element = (axis: number, side: number): NDArray =>
    pairs.viewAs({ shape: [], strides: [], offset: offset + axis * strides[0]! + side * strides[1]! });
  return Array.from({ length: ndim }, (_, axis) => [element(axis, 0), element(axis, 1)] as const);
}

/** Whole numbers from 0 on, before and behind each axis. */
export function countPairs(counts: ArrayInput, ndim: number, name: string): Pair[] {
  if (typeof counts === "number") {
    requireCount(counts, name);
    return new Array<Pair>(ndim).fill([counts, counts]);
  }
  const given = asarray(counts) as NDArray;
  const listed = !(counts instanceof NDArray);
  if (!("iu".includes(given.dtype.kind) || (listed && given.dtype === plain.float64))) {
    throw new DTypeError(`pad: ${name} must be integers, given an array of ${given.dtype}`);
  }
  const pairs = dataOf(castArray(pairsOf(given, ndim, name), plain.float64, "C", "pad")) as Float64Array;
  for (const count of pairs) requireCount(count, name);
  return Array.from({ length: ndim }, (_, k) => [pairs[2 * k]!, pairs[2 * k + 1]!] as const);
}

function requireCount(count: number, name: string): void {
  if (!Number.isInteger(count)) throw new DTypeError(`pad: ${name} ${textOf(count)} is not an integer`);
  if (count < 0) throw new ValueError(`pad: ${name} ${count} is negative`);
}

/** The widths before and behind each axis. */
export function widthPairs(width: PadWidth, ndim: number): Pair[] {
  if (
    typeof width === "number" ||
    Array.isArray(width) ||
    width instanceof NDArray ||
    ArrayBuffer.isView(width)
  ) {
    return countPairs(width as ArrayInput, ndim, "padWidth");
  }
  if (typeof width !== "object" || width === null) {
    throw new DTypeError(
      `pad: padWidth ${textOf(width)} is neither a number, nor a list, nor an object of axes`,
    );
  }
  const pairs = new Array<Pair>(ndim).fill([0, 0]);
  for (const [axis, given] of Object.entries(width as WidthsByAxis)) {
    const ends: unknown = typeof given === "number" ? [given, given] : given;
    if (!Array.isArray(ends) || ends.length !== 2) {
      throw new DTypeError(
        `pad: padWidth ${textOf(given)} of axis ${axis} is neither a number nor [before, after]`,
      );
    }
    for (const count of ends) requireCount(count as number, "padWidth");
    pairs[normalizeAxis(Number(axis), ndim, "pad")] = ends as unknown as Pair;
  }
  return pairs;
}
