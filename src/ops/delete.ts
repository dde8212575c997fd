import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { copyArray, placeOf } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { pickAlong } from "../array/pickalong.ts";
import { ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { cStrides } from "../layout/layout.ts";
import { axesBySpeed, resolveOrder } from "../layout/order.ts";
import { type AxisOption, axisOption, type WithAxis } from "./axis-option.ts";
import { freshFor } from "./joining.ts";
import { type AxisPlaces, type Places, placesFrom, placeWithin } from "./positions-along.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";

/**
 * An array without what lies at some places along an axis; without an axis, all elements in C order without some. Returns a
 * copy. The public name is `delete`.
 *
 * @param obj an integer, a slice such as `"1:3"` or `np.s(1, 3)`, lists or an array of integers, or a mask as long as the axis
 * @param options an axis, or `{ axis }`
 * @throws IndexError for a place that is out of bounds, ValueError for a mask of another length.
 * @example
 * np.delete([1, 2, 3, 4], 1).tolist(); // [1, 3, 4]
 * np.delete([1, 2, 3, 4], "::2").tolist(); // [2, 4]
 * np.delete([[1, 2], [3, 4]], [0], 1).tolist(); // [[2], [4]]
 */
export function deleteAlong<V extends ArrayInput>(
  arr: V,
  obj: AxisPlaces,
  options?: AxisOption<WithAxis>,
): NDArray<InputDType<V>> {
  const { axis = null } = axisOption<WithAxis>(options, "delete");
  const given = asarray(arr as ArrayInput) as NDArray;
  // Asked of the array before all its elements are taken, as NumPy does.
  const order = resolveOrder("A", given.layout, given.itemsize) as "C" | "F";
  const x = axis === null && given.ndim !== 1 ? (ravel(given) as NDArray) : given;
  const along = axis === null ? 0 : normalizeAxis(axis, x.ndim, "delete");
  const length = x.layout.shape[along]!;
  const places = placesFrom(obj, length, "delete");
  return without(x, along, order, places) as NDArray<InputDType<V>>;
}

function without(x: NDArray, axis: number, order: "C" | "F", places: Places): NDArray {
  const length = x.layout.shape[axis]!;
  if (places.kind === "list" && places.at.length === 1) return withoutOne(x, axis, order, places.at[0]!);
  if (places.kind === "one") return withoutOne(x, axis, order, places.at);
  if (places.kind === "slice" && places.count === 0) return copyArray(x, order, "delete");
  const keep = new Uint8Array(length).fill(1);
  if (places.kind === "mask") {
    if (places.mask.length !== length) {
      throw new ValueError(
        `delete: obj is a mask of ${places.mask.length} for axis ${axis} of length ${length}; they must be the same`,
      );
    }
    for (let k = 0; k < length; k++) keep[k] = places.mask[k] === 0 ? 1 : 0;
  } else if (places.kind === "slice") {
    for (let k = 0; k < places.count; k++) keep[places.start + k * places.step] = 0;
  } else {
    const { at } = places;
    for (let k = 0; k < at.length; k++) keep[placeWithin(at[k]!, length, length, axis, "delete")] = 0;
  }
  const kept = positionsOf(keep);
  const shape = x.shape;
  shape[axis] = kept.length;
  const strides = places.kind === "slice" ? order : indexedStrides(x, axis, shape);
  const result = freshFor(shape, x.dtype, strides, "delete");
  pickAlong(x, axis, kept, result);
  return result;
}

function positionsOf(keep: Uint8Array): Int32Array {
  let count = 0;
  for (let k = 0; k < keep.length; k++) count += keep[k]!;
  const positions = new Int32Array(count);
  for (let k = 0, at = 0; k < keep.length; k++) if (keep[k] === 1) positions[at++] = k;
  return positions;
}

/** As NumPy lays out what an index of one list gives: the axis of the list outermost, the others as they lie in memory. */
function indexedStrides(x: NDArray, axis: number, shape: readonly number[]): number[] {
  const others = axesBySpeed(x.layout.strides).filter((k) => k !== axis);
  const nested = [axis, ...others];
  const dense = cStrides(
    nested.map((k) => shape[k]!),
    x.itemsize,
  );
  const strides = new Array<number>(shape.length);
  nested.forEach((k, j) => {
    strides[k] = dense[j]!;
  });
  return strides;
}

/** Two moves: what lies before, and what lies behind. */
function withoutOne(x: NDArray, axis: number, order: "C" | "F", place: number): NDArray {
  const length = x.layout.shape[axis]!;
  const at = placeWithin(place, length, length, axis, "delete");
  const shape = x.shape;
  shape[axis] = length - 1;
  const result = freshFor(shape.slice(), x.dtype, order, "delete");
  const [from, to] = [placeOf(x), placeOf(result)];
  const [s, d] = [from.strides[axis]!, to.strides[axis]!];
  if (at > 0) {
    shape[axis] = at;
    castElements(shape, from, to);
  }
  shape[axis] = length - 1 - at;
  const behind = { ...from, offset: from.offset + (at + 1) * s };
  if (shape[axis]! > 0) castElements(shape, behind, { ...to, offset: to.offset + at * d });
  return result;
}
