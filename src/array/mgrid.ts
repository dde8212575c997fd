/**
 * Grids written down as ranges: NumPy's `mgrid[0:2, 0:1:5j]` is `mgrid("0:2", "0:1:5j")`.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { textOf, ValueError } from "../errors.ts";
import { isSlice, type Slice } from "../layout/slice.ts";
import { dtypeAsked, type NoDType, type WithDType } from "./arguments.ts";
import { castArray } from "./duplicate.ts";
import { emptyArray } from "./fresh.ts";
import { along, splitOptions, whole } from "./grids.ts";
import { dataOf, type NDArray } from "./ndarray.ts";
import { countOff } from "./ranges.ts";

/**
 * One axis of a grid: `"start:stop:step"` as text, with fractions where wanted, or a slice made by `s`. A step that ends
 * in `j` is a number of points, from start to stop inclusive.
 */
export type GridRange = string | Slice;

type WithoutDType = readonly [...GridRange[], NoDType];
type WithDTypeLast<S> = readonly [...GridRange[], { readonly dtype: S }];

/** One axis of a grid in numbers: `count` points, or as many as a step gives. */
export interface GridAxis {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number | null;
}

/**
 * The coordinates of all points of a grid: an array whose first axis goes over the axes of the grid. A grid of one axis
 * is an array of one axis, as NumPy's `mgrid[0:5]`.
 *
 * @param args the ranges, and `{ dtype }` if it is not to be float64
 * @throws ValueError for what is no range.
 * @example
 * np.mgrid("0:2", "0:3").shape; // [2, 2, 3]
 * np.mgrid("0:1:5j").tolist(); // [0, 0.25, 0.5, 0.75, 1]
 */
export function mgrid<const S extends DTypeLike>(...args: WithDTypeLast<S>): NDArray<DTypeOf<S>>;
export function mgrid(...args: readonly GridRange[] | WithoutDType): NDArray<"float64">;
export function mgrid(...args: readonly (GridRange | WithDType)[]): NDArray {
  const { axes, dtype } = gridArguments(args, "mgrid");
  if (axes.length === 1) return onlyAxis(axes[0]!, dtype);
  const lines = axes.map((axis) => gridLine(axis, dtype, "mgrid"));
  const shape = lines.map((line) => line.layout.shape[0]!);
  const open = lines.map((line, k) => along(line, k, lines.length));
  return whole(open, shape, dtype, "mgrid");
}

/**
 * The coordinates of a grid as a list of open arrays, each of length 1 along all axes but its own. A grid of one axis
 * is that one array, as NumPy's `ogrid[0:5]`, in a list.
 *
 * @param args the ranges, and `{ dtype }` if it is not to be float64
 * @throws ValueError for what is no range.
 * @example
 * np.ogrid("0:2", "0:3").map((x) => x.shape); // [[2, 1], [1, 3]]
 */
export function ogrid<const S extends DTypeLike>(...args: WithDTypeLast<S>): NDArray<DTypeOf<S>>[];
export function ogrid(...args: readonly GridRange[] | WithoutDType): NDArray<"float64">[];
export function ogrid(...args: readonly (GridRange | WithDType)[]): NDArray[] {
  const { axes, dtype } = gridArguments(args, "ogrid");
  if (axes.length === 1) return [onlyAxis(axes[0]!, dtype)];
  return axes.map((axis, k) => along(gridLine(axis, dtype, "ogrid"), k, axes.length));
}

function gridArguments(args: readonly unknown[], caller: string): { axes: GridAxis[]; dtype: Descriptor } {
  const { given, options } = splitOptions<WithDType>(args);
  return { axes: given.map((range) => gridAxis(range, caller)), dtype: dtypeAsked(options) ?? plain.float64 };
}

const number = String.raw`\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)?`;
const pattern = new RegExp(`^${number}\\s*:${number}\\s*(?::${number}(j)?\\s*)?$`);

/** @internal What a range says. */
export function gridAxis(range: unknown, caller: string): GridAxis {
  const match = typeof range === "string" ? pattern.exec(range) : null;
  const [start, stop, step] = isSlice(range)
    ? [range.start, range.stop, range.step]
    : [1, 2, 3].map((k) => (match?.[k] === undefined ? null : Number(match[k])));
  if (stop === null || stop === undefined || (match?.[4] !== undefined && step === null)) {
    const text = typeof range === "string" ? JSON.stringify(range) : textOf(range);
    throw new ValueError(
      `${caller}: ${text} is no range with an end; wanted "start:stop", "start:stop:step", or "start:stop:5j" for 5 points`,
    );
  }
  const count = match?.[4] === undefined ? null : Math.trunc(Math.abs(step!));
  return { start: start ?? 0, stop, step: step ?? 1, count };
}

/** The points of an axis among others. */
function gridLine({ start, stop, step, count }: GridAxis, dtype: Descriptor, caller: string): NDArray {
  if (step === 0 && count === null) throw new ValueError(`${caller}: the step must not be 0`);
  const length = count ?? Math.ceil((stop - start) / step);
  const by = count === null ? step : (stop - start) / Math.max(1, count - 1);
  return points(start, by, length, dtype, caller);
}

function points(start: number, step: number, length: number, dtype: Descriptor, caller: string): NDArray {
  const line = emptyArray([length + 0], plain.float64, "C", caller);
  const data = dataOf(line);
  for (let i = 0; i < length; i++) data[i] = i * step + start;
  return dtype === plain.float64 ? line : castArray(line, dtype, "C", caller);
}

/** The points of the only axis, which NumPy counts off otherwise than those of several. */
function onlyAxis(axis: GridAxis, dtype: Descriptor): NDArray {
  if (axis.count !== null) return gridLine(axis, dtype, "mgrid");
  return countOff(axis.start, axis.stop, axis.step, dtype);
}
