import { type ShapeLike, shapeFrom } from "../array/arguments.ts";
import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { repeatBytes } from "../array/doubling.ts";
import { copyArray, placeOf } from "../array/duplicate.ts";
import { NDArray } from "../array/ndarray.ts";
import { insertAxes } from "../layout/movement.ts";
import { walkOuter } from "../layout/walk.ts";
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

/** Rows of fewer bytes are repeated element by element, longer ones by doubling what is there. */
const LONG = 256;

function tiled(x: NDArray, counts: readonly number[]): NDArray {
  const { shape, strides } = x.layout;
  const result = freshFor(
    shape.map((length, k) => length * counts[k]!),
    x.dtype,
    "C",
    "tile",
  );
  if (result.size === 0) return result;
  const steps = result.layout.strides;
  const isDoubled = counts.map((count, k) => count > 1 && count * shape[k]! * steps[k]! >= LONG);
  const [lengths, from, to]: [number[], number[], number[]] = [[], [], []];
  for (const [k, length] of shape.entries()) {
    const step = steps[k]!;
    lengths.push(isDoubled[k] ? 1 : counts[k]!, length);
    from.push(0, strides[k]!);
    to.push(length * step, step);
  }
  castElements(lengths, { ...placeOf(x), strides: from }, { ...placeOf(result), strides: to });
  for (let k = shape.length - 1; k >= 0; k--) {
    if (isDoubled[k]) doubleAlong(result, k, shape, counts);
  }
  return result;
}

/** Repeats what is written along an axis, for all that is written in front of it; behind it all is there already. */
function doubleAlong(
  result: NDArray,
  axis: number,
  shape: readonly number[],
  counts: readonly number[],
): void {
  const { strides, offset } = result.layout;
  const bytes = shape[axis]! * strides[axis]!;
  // Where an axis in front was repeated element by element, all of its repetitions are there.
  const lengths = result.layout.shape.slice(0, axis).map((length, k) => {
    const isWhole = counts[k]! * shape[k]! * strides[k]! < LONG;
    return isWhole ? length : shape[k]!;
  });
  walkOuter(lengths, strides, offset, 0, (at) =>
    repeatBytes(result.storage, at, bytes, bytes * counts[axis]!),
  );
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
    repeatBytes(result.storage, result.layout.offset, count * x.itemsize, result.nbytes);
  }
  return result as NDArray<InputDType<V>>;
}

function zero(a: NDArray): void {
  const { offset } = a.layout;
  a.storage.lane(Uint8Array).fill(0, offset, offset + a.nbytes);
}
