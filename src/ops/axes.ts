import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { ShapeError } from "../errors.ts";
import { type BasicIndex, indexLayout } from "../layout/basic.ts";
import {
  dropAxes,
  insertAxes,
  moveAxes,
  permute,
  reverseAxes,
  rollAxis,
  swapAxes,
} from "../layout/movement.ts";
import { type Axes, arrayFrom } from "./input.ts";

/**
 * The axes in another order: axis `k` of the result is axis `axes[k]` of `a`; reversed without `axes`. Returns a view.
 *
 * @throws ValueError when `axes` is no permutation of all axes.
 * @example
 * np.transpose(np.zeros([2, 3, 4]), [1, 0, 2]).shape; // [3, 2, 4]
 */
export function transpose<V extends ArrayInput>(
  a: V,
  axes: readonly number[] | null = null,
): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  return x.viewAs(axes === null ? reverseAxes(x.layout) : permute(x.layout, axes));
}

/** The same as `transpose`: NumPy's `permute_dims`. Returns a view. */
export const permuteDims: typeof transpose = transpose;

/**
 * The last two axes exchanged: NumPy's `matrix_transpose`. Returns a view.
 *
 * @throws ShapeError when `a` has fewer than 2 axes.
 * @example
 * np.matrixTranspose(np.zeros([5, 2, 3])).shape; // [5, 3, 2]
 */
export function matrixTranspose<V extends ArrayInput>(a: V): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  if (x.ndim < 2) {
    throw new ShapeError(`matrixTranspose: an array of ${x.ndim} axes has no matrices; it needs at least 2`);
  }
  return x.viewAs(swapAxes(x.layout, -2, -1, "matrixTranspose"));
}

/**
 * Two axes exchanged. Returns a view.
 *
 * @example
 * np.swapaxes(np.zeros([2, 3, 4]), 0, -1).shape; // [4, 3, 2]
 */
export function swapaxes<V extends ArrayInput>(a: V, axis1: number, axis2: number): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  return x.viewAs(swapAxes(x.layout, axis1, axis2));
}

/**
 * Axes moved to new places; the others keep their order. Returns a view.
 *
 * @example
 * np.moveaxis(np.zeros([3, 4, 5]), 0, -1).shape; // [4, 5, 3]
 */
export function moveaxis<V extends ArrayInput>(
  a: V,
  source: Axes,
  destination: Axes,
): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  return x.viewAs(moveAxes(x.layout, source, destination));
}

/**
 * One axis moved back until it lies before the axis that is now at `start`. Returns a view.
 *
 * @example
 * np.rollaxis(np.zeros([2, 3, 4]), 2).shape; // [4, 2, 3]
 */
export function rollaxis<V extends ArrayInput>(a: V, axis: number, start = 0): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  return x.viewAs(rollAxis(x.layout, axis, start));
}

/**
 * New axes of length 1 at the places `axis` of the result: NumPy's `expand_dims`. Returns a view.
 *
 * @example
 * np.expandDims(np.zeros([2, 3]), [0, -1]).shape; // [1, 2, 3, 1]
 */
export function expandDims<V extends ArrayInput>(a: V, axis: Axes): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  return x.viewAs(insertAxes(x.layout, axis, x.dtype.itemsize));
}

/**
 * Axes of length 1 taken away: those named, or all. Returns a view, or `a` itself when nothing is to be done.
 *
 * @throws ShapeError when a named axis has another length.
 * @example
 * np.squeeze(np.zeros([1, 3, 1])).shape; // [3]
 * np.squeeze(np.zeros([1, 3, 1]), 0).shape; // [3, 1]
 */
export function squeeze<V extends ArrayInput>(a: V, axis: Axes | null = null): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  const layout = dropAxes(x.layout, axis);
  return layout.shape.length === x.layout.shape.length ? x : x.viewAs(layout);
}

/**
 * `a` with at least one axis. Returns a view, or `a` itself when it has enough.
 *
 * @example
 * np.atleast1d(5).shape; // [1]
 */
export function atleast1d<V extends ArrayInput>(a: V): NDArray<DTypeOfInput<V>> {
  return widened(arrayFrom(a), [[null]]);
}

/**
 * `a` with at least two axes, new ones in front. Returns a view, or `a` itself when it has enough.
 *
 * @example
 * np.atleast2d([1, 2, 3]).shape; // [1, 3]
 */
export function atleast2d<V extends ArrayInput>(a: V): NDArray<DTypeOfInput<V>> {
  return widened(arrayFrom(a), [[null, null], [null]]);
}

/**
 * `a` with at least three axes; a vector becomes (1, n, 1), a matrix (m, n, 1). Returns a view, or `a` itself.
 *
 * @example
 * np.atleast3d([1, 2, 3]).shape; // [1, 3, 1]
 */
export function atleast3d<V extends ArrayInput>(a: V): NDArray<DTypeOfInput<V>> {
  return widened(arrayFrom(a), [
    [null, null, null],
    [null, ":", null],
    ["...", null],
  ]);
}

/** The view that an index makes, the one for as many axes as there are; it leaves the strides of empty arrays alone. */
function widened<D extends DType>(x: NDArray<D>, indices: readonly (readonly BasicIndex[])[]): NDArray<D> {
  const index = indices[x.ndim];
  return index === undefined ? x : x.viewAs(indexLayout(x.layout, index));
}
