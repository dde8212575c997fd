/**
 * Coordinates of all points of a grid, one array an axis: whole, or open, with length 1 along the other axes.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { textOf, ValueError } from "../errors.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { reshapeLayout } from "../layout/reshape.ts";
import {
  type DTypeArgument,
  dtypeAsked,
  keywordsOf,
  type NoDType,
  shapeFrom,
  type WithDType,
} from "./arguments.ts";
import { assign } from "./assign.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { copyArray, workingCopy } from "./duplicate.ts";
import { WRITEABLE } from "./flags.ts";
import { emptyArray } from "./fresh.ts";
import type { NDArray } from "./ndarray.ts";
import { countOff } from "./ranges.ts";

/** How `meshgrid` makes a grid. */
export interface MeshgridOptions {
  /** `"xy"` (the first array along the columns) or `"ij"` (along the rows); `"xy"` if left out. */
  readonly indexing?: "xy" | "ij" | undefined;
  /** Whether each array has length 1 along all axes but its own; false if left out. */
  readonly sparse?: boolean | undefined;
  /** Whether the arrays are copies; if not, they are views, read-only where elements repeat. True if left out. */
  readonly copy?: boolean | undefined;
}

/**
 * Coordinate matrices of coordinate vectors: a list with an array for each of them. Returns copies, or views with
 * `copy: false`.
 *
 * @param args vectors, scalars or arrays, whose elements count in C order; options may follow
 * @throws ValueError when `indexing` is neither `"xy"` nor `"ij"`.
 * @example
 * const [x, y] = np.meshgrid([1, 2, 3], [10, 20]);
 * x.tolist(); // [[1, 2, 3], [1, 2, 3]]
 * y.tolist(); // [[10, 10, 10], [20, 20, 20]]
 */
export function meshgrid(...args: (ArrayInput | MeshgridOptions)[]): NDArray[] {
  const { given, options } = splitOptions<MeshgridOptions>(args);
  const { indexing = "xy", sparse = false, copy = true } = options;
  if (indexing !== "xy" && indexing !== "ij") {
    throw new ValueError(`meshgrid: indexing ${textOf(indexing)} is neither "xy" nor "ij"`);
  }
  const lines = given.map((x) => flatLine(asarray(x as ArrayInput)));
  const axes = lines.map((_, k) => (indexing === "xy" && lines.length > 1 && k < 2 ? 1 - k : k));
  const shape = lines.map(() => 0);
  for (const [k, line] of lines.entries()) shape[axes[k]!] = line.layout.shape[0]!;
  return lines.map((line, k) => {
    const open = along(line, axes[k]!, lines.length);
    const view = sparse ? open : stretched(open, shape);
    return copy ? copyArray(view, "C", "meshgrid") : view;
  });
}

/** @internal The arguments, and the options if the last one is a plain object. */
export function splitOptions<O>(args: readonly unknown[]): {
  given: readonly unknown[];
  options: Partial<O>;
} {
  const last = args.at(-1);
  const plainObject =
    typeof last === "object" && last !== null && Object.getPrototypeOf(last) === Object.prototype;
  return plainObject && !("kind" in last)
    ? { given: args.slice(0, -1), options: last as Partial<O> }
    : { given: args, options: {} };
}

/** All elements as one axis: a view where that is possible. */
function flatLine(a: NDArray): NDArray {
  const layout = reshapeLayout(a.layout, [a.size], a.itemsize, "C");
  if (layout !== null) return a.viewAs(layout);
  const copy = workingCopy(a, a.dtype, "C", "meshgrid");
  return copy.viewAs(reshapeLayout(copy.layout, [a.size], a.itemsize, "C")!);
}

/** @internal A line with length 1 along all axes but one. */
export function along(line: NDArray, axis: number, ndim: number): NDArray {
  const shape = new Array<number>(ndim).fill(1);
  shape[axis] = line.layout.shape[0]!;
  return line.viewAs(reshapeLayout(line.layout, shape, line.itemsize, "C")!);
}

/** A view that repeats its elements to fill a shape; it is read-only if it repeats any. */
function stretched(a: NDArray, shape: readonly number[]): NDArray {
  const view = a.viewAs(broadcastLayout(a.layout, shape)!);
  if (view.size > a.size) view.bits &= ~WRITEABLE;
  return view;
}

/** How `indices` makes a grid, but for the dtype. */
export interface IndicesKeywords {
  /** Whether the result is a list of open arrays; false if left out. */
  readonly sparse?: boolean | undefined;
}

/** The same with a dtype, int32 if left out. */
export interface IndicesOptions extends IndicesKeywords, WithDType {}

/**
 * The indices of a grid: an array whose first axis goes over the axes of the grid; with `sparse: true` a list of open
 * arrays.
 *
 * @param dimensions the lengths of the grid's axes
 * @param options a dtype, or `{ dtype, sparse }`; int32 if left out
 * @example
 * np.indices([2, 2]).tolist(); // [[[0, 0], [1, 1]], [[0, 1], [0, 1]]]
 */
export function indices(
  dimensions: readonly number[],
  options: IndicesKeywords & NoDType & { readonly sparse: true },
): NDArray<"int32">[];
export function indices<const S extends DTypeLike>(
  dimensions: readonly number[],
  options: { readonly dtype: S; readonly sparse: true },
): NDArray<DTypeOf<S>>[];
export function indices<const S extends DTypeLike>(
  dimensions: readonly number[],
  options: DTypeArgument<S, { readonly sparse?: false | undefined }>,
): NDArray<DTypeOf<S>>;
export function indices(
  dimensions: readonly number[],
  options?: NoDType & { readonly sparse?: false | undefined },
): NDArray<"int32">;
export function indices(
  dimensions: readonly number[],
  options?: DTypeLike | IndicesOptions | null,
): NDArray | NDArray[];
export function indices(
  dimensions: readonly number[],
  options?: DTypeLike | IndicesOptions | null,
): NDArray | NDArray[] {
  const shape = shapeFrom(dimensions, "indices");
  const keywords = keywordsOf<IndicesOptions>(options);
  const dtype = dtypeAsked(keywords) ?? plain.int32;
  const open = shape.map((length, k) => along(countOff(0, length, 1, dtype), k, shape.length));
  return keywords.sparse === true ? open : whole(open, shape, dtype, "indices");
}

/** @internal Open arrays stretched to the shape of the grid and stacked. */
export function whole(
  open: readonly NDArray[],
  shape: readonly number[],
  dtype: Descriptor,
  caller: string,
): NDArray {
  const made = emptyArray([open.length, ...shape], dtype, "C", caller);
  for (const [k, line] of open.entries()) assign(made.slice(k), line, { casting: "unsafe", caller });
  return made;
}
