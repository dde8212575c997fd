import { isSolid } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { repeatLanes } from "../array/repeatlanes.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { shapeText } from "../layout/layout.ts";
import { type AxisOption, axisOption, type WithAxis } from "./axis-option.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";

/**
 * Each element several times in a row: along an axis, or without one all elements in C order. Returns a copy, in C order.
 *
 * @param repeats how often: one count for all, or one for each place of the axis
 * @param options an axis, or `{ axis }`
 * @throws ValueError for a negative count, ShapeError when there is not one count for each place.
 * @throws DTypeError for counts that are no integers.
 * @example
 * np.repeat([1, 2], 2).tolist(); // [1, 1, 2, 2]
 * np.repeat([[1, 2], [3, 4]], [1, 2], 0).tolist(); // [[1, 2], [3, 4], [3, 4]]
 */
export function repeat<V extends ArrayInput>(
  a: V,
  repeats: ArrayInput,
  options?: AxisOption<WithAxis>,
): NDArray<InputDType<V>> {
  const axis = typeof options === "number" ? options : (axisOption<WithAxis>(options, "repeat").axis ?? null);
  const given = (a instanceof NDArray ? a : asarray(a as ArrayInput)) as NDArray;
  const x = axis === null || given.ndim === 0 ? (ravel(given) as NDArray) : given;
  const along = axis === null ? 0 : normalizeAxis(axis, x.ndim, "repeat");
  const counts = typeof repeats === "number" ? null : countsFrom(repeats, x.layout.shape[along]!);
  const result =
    counts === null || counts.length === 1
      ? repeatAll(x, along, counts === null ? (repeats as number) : counts[0]!)
      : repeatEach(x, along, counts);
  return result as NDArray<InputDType<V>>;
}

/** How often for each place, or for all. */
function countsFrom(repeats: ArrayInput, length: number): Int32Array {
  const given = asarray(repeats) as NDArray;
  const listed = !(repeats instanceof NDArray || ArrayBuffer.isView(repeats));
  const { kind } = given.dtype;
  if (!("iub".includes(kind) || (listed && given.dtype === plain.float64))) {
    throw new DTypeError(`repeat: repeats must be integers, given an array of ${given.dtype}`);
  }
  if (given.ndim > 1 || (given.size !== 1 && given.size !== length)) {
    throw new ShapeError(
      `repeat: repeats of shape ${shapeText(given.layout.shape)} do not fit an axis of length ${length}; give one count, or one for each place`,
    );
  }
  const isInt32 = given.dtype === plain.int32 && given.isContiguous("C") && given.isAligned();
  if (isInt32) return dataOf(given) as Int32Array;
  const numbers = dataOf(workingCopy(given, plain.float64, "C", "repeat")) as Float64Array;
  const counts = new Int32Array(numbers.length);
  for (let k = 0; k < numbers.length; k++) {
    const count = numbers[k]!;
    if (!(Number.isInteger(count) && count >= 0 && count <= MOST)) throw badCount(count);
    counts[k] = count;
  }
  return counts;
}

/** More repetitions than fit into memory. */
const MOST = 2 ** 31 - 1;

function badCount(count: number): DTypeError | ValueError {
  if (!Number.isInteger(count)) return new DTypeError(`repeat: repeats ${textOf(count)} is not an integer`);
  return new ValueError(`repeat: repeats ${count} is ${count < 0 ? "negative" : "too large"}`);
}

function repeatAll(x: NDArray, axis: number, count: number): NDArray {
  if (!(Number.isInteger(count) && count >= 0)) throw badCount(count);
  return repeated(x, axis, null, count, x.layout.shape[axis]! * count);
}

function repeatEach(x: NDArray, axis: number, counts: Int32Array): NDArray {
  let [total, most] = [0, 0];
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k]!;
    if (count < 0) throw badCount(count);
    total += count;
    if (count > most) most = count;
  }
  return repeated(x, axis, counts, most, total);
}

function repeated(
  x: NDArray,
  axis: number,
  counts: Int32Array | null,
  count: number,
  total: number,
): NDArray {
  const shape = x.shape;
  shape[axis] = total;
  const result = unsetArray(shape, x.dtype, "C", "repeat");
  if (result.size === 0) return result;
  // Gaps between fields come along, and are made 0 by the copy.
  const dense =
    x.isContiguous("C") && (x.dtype.kind !== "V" || isSolid(x.dtype))
      ? x
      : workingCopy(x, x.dtype, "C", "repeat");
  dense.storage.alive();
  repeatLanes(dense, axis, counts, count, result);
  return result;
}
