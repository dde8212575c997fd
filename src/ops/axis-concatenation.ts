/**
 * Arrays, scalars and ranges one behind the other, written down as short as can be: NumPy's `r_` and `c_`.
 */

import { type ArrayInput, asarray } from "../array/create.ts";
import { type GridRange, gridAxis } from "../array/mgrid.ts";
import { NDArray } from "../array/ndarray.ts";
import { arange } from "../array/ranges.ts";
import { linspace } from "../array/spaces.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { resultType } from "../dtype/result.ts";
import { isScalar } from "../dtype/weak.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { indexLayout } from "../layout/basic.ts";
import { MAX_NDIM, shapeText } from "../layout/layout.ts";
import { permute, swapAxes } from "../layout/movement.ts";
import { isSlice } from "../layout/slice.ts";
import { joinArrays } from "./joining.ts";

/** One thing to put behind another: an array, lists, a scalar, or a range such as `"0:5"` or `"0:1:5j"`. */
export type Concatenated = ArrayInput | GridRange;

/** Where things are put. */
interface Placing {
  /** The axis along which they lie. */
  readonly axis: number;
  /** The least number of axes of each. */
  readonly ndmin: number;
  /** Where the axes of what has fewer axes stand among the new ones; -1 for the end. */
  readonly place: number;
  /** A matrix is made of a line: one row, or one column. */
  readonly matrix: "row" | "column" | null;
}

/**
 * Arrays, lists, scalars and ranges one behind the other: NumPy's `r_`. The first argument may be a text that says how:
 * `"1"` is the axis; `"0,2"` the axis and the least number of axes; `"0,2,0"` also where the axes of what has fewer stand;
 * `"r"` and `"c"` make a matrix of one row or column of a line. Ranges are texts as for `mgrid` (`"0:5"`, `"0:1:0.25"`,
 * `"0:1:5j"` for five points with both ends), or made by `s`; they are float64. Scalars are
 * weak beside arrays. Returns a copy.
 *
 * @throws ShapeError when the shapes do not fit behind each other
 * @throws ValueError for a text that says nothing, and when there is nothing to join
 * @example
 * np.r_("0:3", 7, [8, 9]).tolist(); // [0, 1, 2, 7, 8, 9]
 * np.r_("-1", [[0, 0]], [[1]]).tolist(); // [[0, 0, 1]]
 * np.r_("0,2", [1, 2], [3, 4]).tolist(); // [[1, 2], [3, 4]]
 */
export function r_(...parts: Concatenated[]): NDArray {
  return joined(parts, { axis: 0, ndmin: 1, place: -1, matrix: null }, "r_");
}

/**
 * Lines as the columns of a matrix, and matrices beside each other: NumPy's `c_`, which is `r_("-1,2,0", …)`. Returns a
 * copy.
 *
 * @throws ShapeError when the shapes do not fit beside each other
 * @throws ValueError for a text that says nothing, and when there is nothing to join
 * @example
 * np.c_([1, 2], [3, 4]).tolist(); // [[1, 3], [2, 4]]
 */
export function c_(...parts: Concatenated[]): NDArray {
  return joined(parts, { axis: -1, ndmin: 2, place: 0, matrix: null }, "c_");
}

function joined(parts: readonly Concatenated[], usual: Placing, caller: string): NDArray {
  const directed = isDirective(parts[0]);
  const how = directed ? directive(parts[0] as string, usual, caller) : usual;
  const things = directed ? parts.slice(1) : parts;
  if (things.length === 0) throw new ValueError(`${caller}: there is nothing to join`);
  const given = things.map((part, k) => thing(part, k, how, caller));
  const dtype = resultType(...given) as Descriptor;
  const arrays = given.map((one) => (one instanceof NDArray ? one : widened(asarray(one, dtype), how.ndmin)));
  const result = joinArrays(arrays, how.axis, { out: null, dtype, casting: "unsafe" }, caller);
  return how.matrix === null ? result : asMatrix(result, how.matrix, caller);
}

/** Whether a part is text that is no range. */
function isDirective(part: unknown): part is string {
  return typeof part === "string" && !part.includes(":");
}

function directive(text: string, usual: Placing, caller: string): Placing {
  if (text === "r") return { ...usual, matrix: "row" };
  if (text === "c") return { ...usual, matrix: "column" };
  const numbers = text.split(",").map((part) => (/^\s*[+-]?\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  const [axis, ndmin = usual.ndmin, place = usual.place] = numbers as [number, number?, number?];
  if (numbers.length > 3 || numbers.some(Number.isNaN) || ndmin > MAX_NDIM) {
    throw new ValueError(
      `${caller}: ${textOf(text)} is no directive; "axis", "axis,ndmin", "axis,ndmin,place", "r" or "c"`,
    );
  }
  return { ...usual, axis, ndmin, place };
}

/** A part as an array of enough axes; a scalar as it is. */
function thing(part: Concatenated, k: number, how: Placing, caller: string): NDArray | ScalarLike {
  if (isScalar(part)) return part;
  if (isDirective(part)) {
    throw new ValueError(`${caller}: ${textOf(part)} stands at place ${k}; a directive must come first`);
  }
  const { ndmin, place } = how;
  if (typeof part === "string" || isSlice(part)) {
    const line = widened(range(part, caller), ndmin);
    return ndmin < 2 || place === -1 ? line : line.viewAs(swapAxes(line.layout, -1, place, caller));
  }
  const a: NDArray = asarray(part as ArrayInput);
  const wide = widened(a, ndmin);
  if (place === -1 || a.ndim >= ndmin) return wide;
  const added = ndmin - a.ndim;
  const before = place < 0 ? place + added + 1 : place;
  const axes = Array.from({ length: ndmin }, (_, axis) => axis);
  return wide.viewAs(
    permute(wide.layout, [...axes.slice(0, before), ...axes.slice(added), ...axes.slice(before, added)]),
  );
}

/** The points of a range. */
function range(part: GridRange, caller: string): NDArray {
  const { start, stop, step, count } = gridAxis(part, caller);
  return count === null ? arange(start, stop, step) : linspace(start, stop, count);
}

/** With axes of length 1 in front. */
function widened(a: NDArray, ndmin: number): NDArray {
  const missing = ndmin - a.ndim;
  return missing <= 0 ? a : a.viewAs(indexLayout(a.layout, new Array<null>(missing).fill(null)));
}

/** A matrix of a line: one row, or one column. */
function asMatrix(a: NDArray, side: "row" | "column", caller: string): NDArray {
  if (a.ndim > 2) {
    throw new ShapeError(`${caller}: an array of shape ${shapeText(a.layout.shape)} is no matrix`);
  }
  if (a.ndim === 2) return a;
  return a.viewAs(indexLayout(a.layout, side === "row" ? [null, ":"] : [":", null]));
}
