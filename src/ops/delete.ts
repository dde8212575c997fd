import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { copyArray, placeOf } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { countMask, packMasked } from "../array/maskpack.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { pickAlong } from "../array/pickalong.ts";
import { nonzeroArrays } from "../array/truths.ts";
import { plain } from "../dtype/table.ts";
import { ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { cStrides, MAX_NDIM } from "../layout/layout.ts";
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
  const places = placesFrom(obj, length, MAX_NDIM, "delete");
  return without(x, along, order, places) as NDArray<InputDType<V>>;
}

function without(x: NDArray, axis: number, order: "C" | "F", places: Places): NDArray {
  if (places.kind === "list" && places.at.length === 1) return withoutOne(x, axis, order, places.at[0]!);
  if (places.kind === "one") return withoutOne(x, axis, order, places.at);
  if (places.kind === "slice" && places.count === 0) return copyArray(x, order, "delete");
  const length = x.layout.shape[axis]!;
  const keep = emptyArray([length], plain.bool, "C", "delete");
  markKept(dataOf(keep) as Uint8Array, axis, places);
  const count = countMask(keep, "delete");
  const isFew = length - count <= FEW_PARTS || (length - count) * FEW <= length;
  if (x.ndim === 1 && !isFew) return packMasked(x, keep, "delete");
  const shape = x.shape;
  shape[axis] = count;
  const strides = places.kind === "slice" ? order : indexedStrides(x, axis, shape);
  const result = freshFor(shape, x.dtype, strides, "delete");
  if (result.size === 0) return result;
  if (isFew) moveBetween(x, axis, dataOf(keep) as Uint8Array, result);
  else pickAlong(x, axis, nonzeroArrays(keep, "delete")[0]!, result, "delete");
  return result;
}

/** Where no more than so many, or one of so many, are taken out, what lies between them is moved as a whole. */
const FEW_PARTS = 8;
const FEW = 64;

/** Sets what is kept to 1, of an axis as long as `keep`. */
function markKept(keep: Uint8Array, axis: number, places: Places): void {
  const { length } = keep;
  if (places.kind === "mask") {
    const { mask } = places;
    if (mask.length !== length) {
      throw new ValueError(
        `delete: obj is a mask of ${mask.length} for axis ${axis} of length ${length}; they must be the same`,
      );
    }
    for (let k = 0; k < length; k++) keep[k] = mask[k] === 0 ? 1 : 0;
    return;
  }
  keep.fill(1);
  if (places.kind === "slice") {
    for (let k = 0; k < places.count; k++) keep[places.start + k * places.step] = 0;
  } else if (places.kind === "list") {
    const { at } = places;
    for (let k = 0; k < at.length; k++) keep[placeWithin(at[k]!, length, length, axis, "delete")] = 0;
  }
}

/** Moves the parts between those that are taken out. */
function moveBetween(x: NDArray, axis: number, keep: Uint8Array, target: NDArray): void {
  const [from, to] = [placeOf(x), placeOf(target)];
  const [s, d] = [from.strides[axis]!, to.strides[axis]!];
  const shape = x.shape;
  for (let at = keep.indexOf(1), done = 0; at >= 0; ) {
    const gone = keep.indexOf(0, at);
    const end = gone < 0 ? keep.length : gone;
    shape[axis] = end - at;
    castElements(shape, { ...from, offset: from.offset + at * s }, { ...to, offset: to.offset + done * d });
    done += end - at;
    at = keep.indexOf(1, end);
  }
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
