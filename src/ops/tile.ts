import { type ShapeLike, shapeFrom } from "../array/arguments.ts";
import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { repeatBytes } from "../array/doubling.ts";
import { copyArray, placeOf } from "../array/duplicate.ts";
import { NDArray } from "../array/ndarray.ts";
import { sizeOf } from "../layout/layout.ts";
import { insertAxes } from "../layout/movement.ts";
import { freshFor } from "./joining.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";

/**
 * An array put beside itself several times along each axis. Where there are more counts than axes, axes of length 1 are put
 * in front of those of the array; where there are fewer, counts of 1 in front of the counts. Returns a copy.
 *
 * @param reps how often along each axis, or along the last one
 * @throws ShapeError for a count that is negative or no integer, and for a result that is too large.
 * @example
 * np.tile([1, 2], 2).tolist(); // [1, 2, 1, 2]
 * np.tile([1, 2], [2, 2]).tolist(); // [[1, 2, 1, 2], [1, 2, 1, 2]]
 */
export function tile<V extends ArrayInput>(A: V, reps: ShapeLike): NDArray<InputDType<V>> {
  const counts = shapeFrom(reps, "tile");
  const given = (A instanceof NDArray ? A : asarray(A as ArrayInput)) as NDArray;
  const missing = counts.length - given.ndim;
  const front = Array.from({ length: Math.max(0, missing) }, (_, k) => k);
  const x = missing > 0 ? given.viewAs(insertAxes(given.layout, front, given.itemsize, "tile")) : given;
  while (counts.length < x.ndim) counts.unshift(1);
  const result = counts.every((count) => count === 1) ? copyArray(x, "K", "tile") : tiled(x, counts);
  return result as NDArray<InputDType<V>>;
}

function tiled(x: NDArray, counts: readonly number[]): NDArray {
  const { shape, strides } = x.layout;
  const result = freshFor(
    shape.map((length, k) => length * counts[k]!),
    x.dtype,
    "C",
    "tile",
  );
  if (result.size === 0) return result;
  const outermost = counts.findIndex((count, k) => count > 1 && sizeOf(shape.slice(0, k)) === 1);
  // Nothing lies in front of it: what is repeated there is the whole, which is written once and then doubled.
  const once = outermost >= 0 && counts.slice(0, outermost).every((count) => count === 1);
  const [lengths, from, to]: number[][] = [[], [], []];
  for (const [k, length] of shape.entries()) {
    const step = result.layout.strides[k]!;
    lengths!.push(once && k === outermost ? 1 : counts[k]!, length);
    from!.push(0, strides[k]!);
    to!.push(length * step, step);
  }
  castElements(lengths!, { ...placeOf(x), strides: from! }, { ...placeOf(result), strides: to! });
  if (once) repeatBytes(result, result.nbytes / counts[outermost]!);
  return result;
}

/**
 * The elements in C order under another shape, repeated from the start as often as it takes, or cut. Where there are no
 * elements to repeat, the result is zeros. Returns a copy, in C order; the array stays as it is.
 *
 * @throws ShapeError for a length that is negative or no integer, and for a shape that is too large.
 * @example
 * np.resize([1, 2, 3], [2, 4]).tolist(); // [[1, 2, 3, 1], [2, 3, 1, 2]]
 * np.resize([1, 2, 3], 2).tolist(); // [1, 2]
 */
export function resize<V extends ArrayInput>(a: V, newShape: ShapeLike): NDArray<InputDType<V>> {
  const shape = shapeFrom(newShape, "resize");
  const x = ravel(asarray(a as ArrayInput)) as NDArray;
  const result = freshFor(shape, x.dtype, "C", "resize");
  const count = Math.min(x.size, result.size);
  if (count === 0) zero(result);
  else {
    castElements([count], placeOf(x), { ...placeOf(result), strides: [x.itemsize] });
    repeatBytes(result, count * x.itemsize);
  }
  return result as NDArray<InputDType<V>>;
}

function zero(a: NDArray): void {
  const { offset } = a.layout;
  a.storage.lane(Uint8Array).fill(0, offset, offset + a.nbytes);
}
