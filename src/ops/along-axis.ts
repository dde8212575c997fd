import { type ArrayInput, asarray, type DTypeOfInput } from "../array/create.ts";
import { valueOf } from "../array/elements.ts";
import { requireWriteable } from "../array/flags.ts";
import { type FlatPositions, flat } from "../array/flat.ts";
import { gatherPlanned, scatterPlanned } from "../array/gather.ts";
import { type AxisIndices, type IndexPlan, sharedShape, wholeNumbers } from "../array/index-plan.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { DTypeError, IndexError, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { arrayFrom } from "./input.ts";
import { ravel } from "./reshape.ts";

/** Indices along an axis, beside those of the element itself along the others. */
function planAlong(x: NDArray, indices: ArrayInput, axis: number, caller: string): IndexPlan {
  const along = normalizeAxis(axis, x.ndim, caller);
  const given: NDArray = asarray(indices);
  const array =
    indices instanceof NDArray || ArrayBuffer.isView(indices) ? given : (wholeNumbers(given) ?? given);
  if (array.dtype.kind !== "i" && array.dtype.kind !== "u") {
    throw new IndexError(`${caller}: indices must be integers, not ${array.dtype}`);
  }
  if (array.ndim !== x.ndim) {
    throw new ValueError(
      `${caller}: indices have ${array.ndim} axes, the array ${x.ndim}; they must have the same`,
    );
  }
  const { shape: lengths, strides, offset } = x.layout;
  const arrays: AxisIndices[] = lengths.map((length, k) => ({
    array: k === along ? array : counting(length, k, x.ndim),
    axis: k,
    length,
    stride: strides[k]!,
  }));
  const shape = sharedShape(
    arrays.map((one) => one.array.layout.shape),
    caller,
  );
  return { view: { shape: [], strides: [], offset }, arrays, shape, front: 0, mask: null };
}

/** The integers from 0 on, along one of several axes. */
function counting(length: number, axis: number, ndim: number): NDArray {
  const list = Int32Array.from({ length }, (_, k) => k);
  const shape = new Array<number>(ndim).fill(1);
  const strides = new Array<number>(ndim).fill(0);
  shape[axis] = length;
  strides[axis] = 4;
  return asarray(list).viewAs({ shape, strides, offset: 0 });
}

/**
 * For each place the element along an axis that an index names: what `argsort` and `argmax` (with `keepdims`) give, read back.
 * All other axes of `indices` are as long as those of the array, or 1. Returns a copy.
 *
 * @param axis the axis, -1 if left out; null for positions in C order
 * @throws IndexError when an index is out of bounds or no integer; ValueError for another number of axes.
 * @example
 * const a = np.array([[3, 1, 2], [4, 6, 5]]);
 * np.takeAlongAxis(a, [[1], [0]], 1).tolist(); // [[1], [4]]
 */
export function takeAlongAxis<V extends ArrayInput>(
  a: V,
  indices: ArrayInput,
  axis: number | null = -1,
): NDArray<DTypeOfInput<V>> {
  const given = arrayFrom(a) as NDArray<DType>;
  const x = axis === null ? ravel(given) : given;
  if (axis === null) requireLine(indices, "takeAlongAxis");
  const plan = planAlong(x as NDArray, indices, axis ?? 0, "takeAlongAxis");
  return gatherPlanned(x as NDArray, plan, plan.shape!, "takeAlongAxis") as NDArray<DTypeOfInput<V>>;
}

function requireLine(indices: ArrayInput, caller: string): void {
  const { ndim } = asarray(indices) as NDArray;
  if (ndim !== 1) throw new ValueError(`${caller}: with axis null indices have one axis, not ${ndim}`);
}

/**
 * Writes for each place to the element along an axis that an index names. Values are broadcast to the indices. Changes `a`.
 *
 * @param axis the axis; null for positions in C order
 * @throws IndexError when an index is out of bounds or no integer; ValueError when the array is read-only.
 * @example
 * const a = np.array([[3, 1, 2], [4, 6, 5]]);
 * np.putAlongAxis(a, [[0], [1]], 99, 1);
 * a.tolist(); // [[99, 1, 2], [4, 99, 5]]
 */
export function putAlongAxis(a: NDArray, indices: ArrayInput, values: ArrayInput, axis: number | null): void {
  if (!(a instanceof NDArray))
    throw new DTypeError("putAlongAxis: the first argument must be an array to change");
  requireWriteable(a, "putAlongAxis");
  if (axis === null) {
    requireLine(indices, "putAlongAxis");
    flat(a).set(indices as FlatPositions, values);
    return;
  }
  scatterPlanned(a, planAlong(a, indices, axis, "putAlongAxis"), valueOf(values, a.dtype), "putAlongAxis");
}
