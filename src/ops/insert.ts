import { assign } from "../array/assign.ts";
import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { pickAlong } from "../array/pickalong.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import type { Layout } from "../layout/layout.ts";
import { moveAxes } from "../layout/movement.ts";
import { resolveOrder } from "../layout/order.ts";
import { type AxisOption, axisOption, type WithAxis } from "./axis-option.ts";
import type { JoinedDType } from "./concatenate.ts";
import { joinAll } from "./concatenate.ts";
import { freshFor, freshJoining, joinArrays } from "./joining.ts";
import { type AxisPlaces, type Places, placesFrom, placeWithin } from "./positions-along.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";
import { section } from "./section.ts";

/**
 * Values behind the elements of an array: along an axis, or without one all of both in C order. The dtypes are promoted; a
 * scalar is weak, as in arithmetic. Returns a copy.
 *
 * @param options an axis, or `{ axis }`
 * @throws ShapeError when the shapes do not fit but for the axis, IndexError for an axis that is not there.
 * @example
 * np.append([1, 2], [[3], [4]]).tolist(); // [1, 2, 3, 4]
 * np.append([[1, 2]], [[3, 4]], 0).tolist(); // [[1, 2], [3, 4]]
 */
export function append<V extends ArrayInput, W extends ArrayInput>(
  arr: V,
  values: W,
  options?: AxisOption<WithAxis>,
): NDArray<JoinedDType<[V, W]>> {
  const { axis = null } = axisOption<WithAxis>(options, "append");
  const joined =
    axis === null
      ? joinAll([asarray(arr as ArrayInput), values], freshJoining, "append")
      : joinArrays(
          [asarray(arr as ArrayInput) as NDArray, asarray(values as ArrayInput) as NDArray],
          axis,
          freshJoining,
          "append",
        );
  return joined as NDArray<JoinedDType<[V, W]>>;
}

/**
 * An array with values put in before some places along an axis; without an axis, into all elements in C order. Places are
 * those before anything is put in. Values are cast to the dtype of the array, and broadcast: to one part of the array for a
 * single integer, whose values may be several parts one behind the other, and to all parts together for lists, masks and
 * slices. Returns a copy.
 *
 * @param obj an integer, a slice such as `"1:3"` or `np.s(1, 3)`, lists or an array of integers, or a mask
 * @param options an axis, or `{ axis }`
 * @throws IndexError for a place that is out of bounds, ShapeError when the values do not fit.
 * @example
 * np.insert([1, 2, 3], 1, 9).tolist(); // [1, 9, 2, 3]
 * np.insert([1, 2, 3], [0, 2], [8, 9]).tolist(); // [8, 1, 2, 9, 3]
 * np.insert([[1, 2], [3, 4]], 1, [8, 9], 1).tolist(); // [[1, 8, 2], [3, 9, 4]]
 */
export function insert<V extends ArrayInput>(
  arr: V,
  obj: AxisPlaces,
  values: ArrayInput,
  options?: AxisOption<WithAxis>,
): NDArray<InputDType<V>> {
  const { axis = null } = axisOption<WithAxis>(options, "insert");
  const given = asarray(arr as ArrayInput) as NDArray;
  const order = resolveOrder("A", given.layout, given.itemsize) as "C" | "F";
  const x = axis === null && given.ndim !== 1 ? (ravel(given) as NDArray) : given;
  const along = axis === null ? 0 : normalizeAxis(axis, x.ndim, "insert");
  const places = placesFrom(obj, x.layout.shape[along]!, 1, "insert");
  const inserted = valuesFor(values, x.dtype);
  const list = listOf(places);
  const result =
    list.length === 1
      ? insertOne(x, along, order, list[0]!, inserted, places.kind === "one")
      : insertMany(x, along, order, list, inserted);
  return result as NDArray<InputDType<V>>;
}

/** Arrays are cast when they are written; what is no array must fit the dtype. */
function valuesFor(values: ArrayInput, dtype: Descriptor): NDArray {
  return values instanceof NDArray || ArrayBuffer.isView(values) ? asarray(values) : asarray(values, dtype);
}

function listOf(places: Places): ArrayLike<number> {
  if (places.kind === "one") return [places.at];
  if (places.kind === "list") return places.at;
  if (places.kind === "slice") {
    return Array.from({ length: places.count }, (_, k) => places.start + k * places.step);
  }
  const found: number[] = [];
  for (let k = 0; k < places.mask.length; k++) if (places.mask[k] !== 0) found.push(k);
  return found;
}

/** All values before one place. For an integer, the first axis of the values is the one along which they are put in. */
function insertOne(
  x: NDArray,
  axis: number,
  order: "C" | "F",
  place: number,
  values: NDArray,
  single: boolean,
): NDArray {
  const shape = x.shape;
  const length = shape[axis]!;
  const at = placeWithin(place, length, length + 1, axis, "insert");
  const wide = atLeast(values.layout, x.ndim);
  const layout = single ? moveAxes(wide, 0, axis, "insert") : wide;
  const count = layout.shape[axis]!;
  shape[axis] = length + count;
  const result = freshFor(shape, x.dtype, order, "insert");
  assign(section(result, axis, at, count), values.viewAs(layout), {
    casting: "unsafe",
    caller: "insert",
    strip: true,
  });
  copyPart(x, axis, 0, result, 0, at);
  copyPart(x, axis, at, result, at + count, length - at);
  return result;
}

/** With axes of length 1 in front, up to `ndim`. */
function atLeast({ shape, strides, offset }: Layout, ndim: number): Layout {
  const missing = Math.max(0, ndim - shape.length);
  const [ones, zeros] = [new Array<number>(missing).fill(1), new Array<number>(missing).fill(0)];
  return { shape: [...ones, ...shape], strides: [...zeros, ...strides], offset };
}

function copyPart(x: NDArray, axis: number, from: number, target: NDArray, to: number, count: number): void {
  if (count === 0) return;
  const [source, place] = [section(x, axis, from, count), section(target, axis, to, count)];
  castElements(source.layout.shape, placeOf(source), placeOf(place));
}

/** Values before several places: they are put behind the array first, and then everything is picked in its order. */
function insertMany(
  x: NDArray,
  axis: number,
  order: "C" | "F",
  places: ArrayLike<number>,
  values: NDArray,
): NDArray {
  const length = x.layout.shape[axis]!;
  const count = places.length;
  const shape = x.shape;
  shape[axis] = length + count;
  const both = freshFor(shape, x.dtype, "C", "insert");
  assign(section(both, axis, length, count), values, { casting: "unsafe", caller: "insert", strip: true });
  copyPart(x, axis, 0, both, 0, length);
  const result = freshFor(shape, x.dtype, order, "insert");
  if (result.size > 0) pickAlong(both, axis, interleaved(places, length, axis), result, "insert");
  return result;
}

/** For each place of the result, which part of the array, or behind it of the values, stands there. */
function interleaved(places: ArrayLike<number>, length: number, axis: number): NDArray<"int32"> {
  const count = places.length;
  if (length + count > 2 ** 31 - 1 || (length + 1) * count > Number.MAX_SAFE_INTEGER) {
    throw new ValueError(
      `insert: ${count} places in an axis of length ${length} are too many; insert into parts`,
    );
  }
  const keys = new Float64Array(count);
  let isSorted = true;
  for (let k = 0; k < count; k++) {
    // The place in front, and behind it the number of the value: sorted, values of one place keep their order.
    keys[k] = placeWithin(places[k]!, length, length + 1, axis, "insert") * count + k;
    if (k > 0 && keys[k]! < keys[k - 1]!) isSorted = false;
  }
  if (!isSorted) keys.sort();
  const found = unsetArray([length + count], plain.int32, "C", "insert");
  const positions = dataOf(found) as Int32Array;
  let [to, from] = [0, 0];
  for (let j = 0; j < count; j++) {
    const at = Math.floor(keys[j]! / count);
    while (from < at) positions[to++] = from++;
    positions[to++] = length + (keys[j]! - at * count);
  }
  while (from < length) positions[to++] = from++;
  return found;
}
