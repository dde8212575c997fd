import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ShapeError } from "../errors.ts";
import { flip as flipLayout, rot90 as turn } from "../layout/movement.ts";
import { type Axes, arrayFrom } from "./input.ts";

/**
 * The axes named, or all of them, in the opposite direction. Returns a view with negative strides.
 *
 * @example
 * np.flip(np.array([1, 2, 3])).tolist(); // [3, 2, 1]
 */
export function flip<V extends ArrayInput>(a: V, axis: Axes | null = null): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  return x.viewAs(flipLayout(x.layout, axis));
}

/**
 * The columns in the opposite order. Returns a view. Throws ShapeError below 2 axes.
 *
 * @example
 * np.fliplr(np.array([[1, 2], [3, 4]])).tolist(); // [[2, 1], [4, 3]]
 */
export function fliplr<V extends ArrayInput>(a: V): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  if (x.ndim < 2)
    throw new ShapeError(`fliplr: an array of ${x.ndim} axes has no columns; it needs at least 2`);
  return x.viewAs(flipLayout(x.layout, 1, "fliplr"));
}

/**
 * The rows in the opposite order. Returns a view. Throws ShapeError for a 0-d array.
 *
 * @example
 * np.flipud(np.array([[1, 2], [3, 4]])).tolist(); // [[3, 4], [1, 2]]
 */
export function flipud<V extends ArrayInput>(a: V): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  if (x.ndim < 1) throw new ShapeError("flipud: a 0-d array has no rows; it needs at least 1 axis");
  return x.viewAs(flipLayout(x.layout, 0, "flipud"));
}

/**
 * `k` quarter turns from the first towards the second of two axes. Returns a view.
 *
 * @example
 * np.rot90(np.array([[1, 2], [3, 4]])).tolist(); // [[2, 4], [1, 3]]
 */
export function rot90<V extends ArrayInput>(
  a: V,
  k = 1,
  axes: readonly [number, number] = [0, 1],
): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  return x.viewAs(turn(x.layout, k, axes));
}
