import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray, placeOf } from "../array/duplicate.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { pickAlong } from "../array/pickalong.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { shapeText } from "../layout/layout.ts";
import { type AxisOption, axisOption, type WithAxis } from "./axis-option.ts";
import { freshFor } from "./joining.ts";
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
function countsFrom(repeats: ArrayInput, length: number): Float64Array {
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
  return dataOf(castArray(given, plain.float64, "C", "repeat")) as Float64Array;
}

function requireCount(count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  const wrong = Number.isInteger(count) ? "is negative" : "is not an integer";
  throw new (Number.isInteger(count) ? ValueError : DTypeError)(`repeat: repeats ${textOf(count)} ${wrong}`);
}

/** The array stretched along an axis beside the one that is repeated, and copied. */
function repeatAll(x: NDArray, axis: number, count: number): NDArray {
  requireCount(count);
  const shape = x.shape;
  const { itemsize } = x.dtype;
  shape[axis] = shape[axis]! * count;
  const result = freshFor(shape, x.dtype, "C", "repeat");
  const stretched = x.shape;
  stretched.splice(axis + 1, 0, count);
  const from = x.strides;
  from.splice(axis + 1, 0, 0);
  const to = result.strides;
  const step = to[axis] ?? itemsize;
  to[axis] = step * count;
  to.splice(axis + 1, 0, step);
  castElements(stretched, { ...placeOf(x), strides: from }, { ...placeOf(result), strides: to });
  return result;
}

function repeatEach(x: NDArray, axis: number, counts: Float64Array): NDArray {
  let total = 0;
  for (const count of counts) {
    requireCount(count);
    total += count;
  }
  const shape = x.shape;
  shape[axis] = total;
  const result = freshFor(shape, x.dtype, "C", "repeat");
  if (total > 2 ** 31 - 1)
    throw new ValueError(`repeat: repeats come to ${total}, more than 2^31 - 1; repeat parts`);
  const positions = new Int32Array(total);
  for (let k = 0, at = 0; k < counts.length; k++) {
    const end = at + counts[k]!;
    for (; at < end; at++) positions[at] = k;
  }
  pickAlong(x, axis, positions, result);
  return result;
}
