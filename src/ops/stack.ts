import type { ArrayInput } from "../array/create.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { ShapeError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { insertAxes, swapAxes } from "../layout/movement.ts";
import { atleast1d, atleast2d, atleast3d } from "./axes.ts";
import { type AxisOption, axisOption } from "./axis-option.ts";
import {
  type ArrayList,
  arraysFrom,
  type Joined,
  type JoinedDType,
  type JoinKeywords,
  joiningFrom,
} from "./concatenate.ts";
import {
  freshJoining,
  isAllInOrder,
  isAllOf,
  type Joining,
  joinArrays,
  nothingToJoin,
  writeLines,
} from "./joining.ts";

/** How arrays are stacked along a new axis. */
export interface StackOptions extends JoinKeywords {
  /** The place of the new axis in the result; 0 if left out. */
  readonly axis?: number | undefined;
  /** Where the result goes: an array of exactly its shape. */
  readonly out?: NDArray | null | undefined;
}

const noOptions: StackOptions = {};

/**
 * Arrays of one shape along a new axis. In memory the result lies as the arrays do, and the new axis is the outermost one.
 * Returns a copy, or `out`, which may overlap the arrays.
 *
 * @param arrays a list of arrays, or one array, whose parts along axis 0 are stacked
 * @param options the place of the new axis, 0 if left out, or `{ axis, out, dtype, casting }`
 * @throws ShapeError when the shapes differ, ValueError for an empty list, IndexError for an axis that is not there.
 * @throws DTypeError when a cast is against the rule, or `out` and `dtype` are both given.
 * @example
 * np.stack([[1, 2], [3, 4]]).tolist(); // [[1, 2], [3, 4]]
 * np.stack([[1, 2], [3, 4]], -1).tolist(); // [[1, 3], [2, 4]]
 */
export function stack<const L extends ArrayList, const O extends AxisOption<StackOptions> = undefined>(
  arrays: L,
  options?: O,
): Joined<L, O> {
  const keywords = options === undefined ? noOptions : axisOption<StackOptions>(options, "stack");
  const how = joiningFrom(keywords, "stack");
  const parts = arraysFrom(arrays, "stack");
  if (parts.length === 0) throw nothingToJoin("stack");
  const { shape } = parts[0]!.layout;
  for (let k = 1; k < parts.length; k++) {
    const other = parts[k]!.layout.shape;
    if (isSameShape(shape, other)) continue;
    throw new ShapeError(
      `stack: array 0 has shape ${shapeText(shape)} and array ${k} has ${shapeText(other)}; all must have the same`,
    );
  }
  return stacked(parts, normalizeAxis(keywords.axis ?? 0, shape.length + 1, "stack"), how) as Joined<L, O>;
}

function stacked(parts: readonly NDArray[], axis: number, how: Joining): NDArray {
  if (axis === 0 && how === freshJoining && isAllOf(parts, parts[0]!.dtype) && isAllInOrder(parts)) {
    const { dtype, layout } = parts[0]!;
    const result = unsetArray([parts.length, ...layout.shape], dtype, "C", "stack");
    writeLines(parts, result);
    return result;
  }
  const views = parts.map((part) => part.viewAs(insertAxes(part.layout, axis, part.itemsize, "stack")));
  return joinArrays(views, axis, how, "stack");
}

/** What `hstack` and `vstack` give: the dtype that was asked for, or that of the arrays promoted. */
export type Stacked<L, O> = O extends { readonly dtype: infer S extends DTypeLike }
  ? NDArray<DTypeOf<S>>
  : NDArray<JoinedDType<L>>;

/** The arrays of a list after each got the axes that it lacks. */
function widened(list: unknown, widen: (a: ArrayInput) => NDArray<DType>, caller: string): NDArray[] {
  const parts = arraysFrom(list, caller);
  for (let k = 0; k < parts.length; k++) parts[k] = widen(parts[k]!) as NDArray;
  return parts;
}

/**
 * Arrays beside each other: along their second axis, or along the only one. Scalars count as arrays of one element.
 * Returns a copy.
 *
 * @param options `{ dtype, casting }`
 * @throws what `concatenate` throws.
 * @example
 * np.hstack([[1, 2], [3]]).tolist(); // [1, 2, 3]
 * np.hstack([[[1], [2]], [[3], [4]]]).tolist(); // [[1, 3], [2, 4]]
 */
export function hstack<const L extends ArrayList, const O extends JoinKeywords = JoinKeywords>(
  arrays: L,
  options?: O,
): Stacked<L, O> {
  const parts = widened(arrays, atleast1d, "hstack");
  const axis = parts.length > 0 && parts[0]!.ndim > 1 ? 1 : 0;
  return joinArrays(parts, axis, joiningFrom(options ?? noOptions, "hstack"), "hstack") as Stacked<L, O>;
}

/**
 * Arrays below each other: along their first axis; those of one axis are rows. Returns a copy.
 *
 * @param options `{ dtype, casting }`
 * @throws what `concatenate` throws.
 * @example
 * np.vstack([[1, 2], [[3, 4], [5, 6]]]).tolist(); // [[1, 2], [3, 4], [5, 6]]
 */
export function vstack<const L extends ArrayList, const O extends JoinKeywords = JoinKeywords>(
  arrays: L,
  options?: O,
): Stacked<L, O> {
  const parts = widened(arrays, atleast2d, "vstack");
  return joinArrays(parts, 0, joiningFrom(options ?? noOptions, "vstack"), "vstack") as Stacked<L, O>;
}

/**
 * Arrays behind each other: along their third axis. A row of n elements has shape (1, n, 1), a matrix (m, n, 1). Returns a
 * copy.
 *
 * @throws what `concatenate` throws.
 * @example
 * np.dstack([[1, 2], [3, 4]]).tolist(); // [[[1, 3], [2, 4]]]
 */
export function dstack<const L extends ArrayList>(arrays: L): NDArray<JoinedDType<L>> {
  const parts = widened(arrays, atleast3d, "dstack");
  return joinArrays(parts, 2, freshJoining, "dstack") as NDArray<JoinedDType<L>>;
}

/**
 * Columns beside each other: arrays of one axis are columns, matrices are taken as they are: NumPy's `column_stack`.
 * Returns a copy.
 *
 * @throws what `concatenate` throws.
 * @example
 * np.columnStack([[1, 2], [[3, 4], [5, 6]]]).tolist(); // [[1, 3, 4], [2, 5, 6]]
 */
export function columnStack<const L extends ArrayList>(arrays: L): NDArray<JoinedDType<L>> {
  const parts = widened(arrays, asColumn, "columnStack");
  return joinArrays(parts, 1, freshJoining, "columnStack") as NDArray<JoinedDType<L>>;
}

function asColumn(a: ArrayInput): NDArray {
  const x = a as NDArray;
  if (x.ndim > 1) return x;
  const row = atleast2d(x);
  return row.viewAs(swapAxes(row.layout, 0, 1, "columnStack"));
}
