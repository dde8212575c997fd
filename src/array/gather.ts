/**
 * Reading and writing through an index of any kind.
 */

import { requireCast } from "../dtype/cast.ts";
import type { DType } from "../dtype/map.ts";
import { ShapeError } from "../errors.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { cStrides, type Layout, shapeText, sizeOf } from "../layout/layout.ts";
import { allocatedStrides, axesBySpeed } from "../layout/order.ts";
import { reportCopy } from "./allocate.ts";
import { assign } from "./assign.ts";
import { isSolid } from "./cast.ts";
import { mayClash } from "./clash.ts";
import { castArray, copyArray, protectedCopy, workingCopy } from "./duplicate.ts";
import { emptyArray, unsetArray } from "./fresh.ts";
import { gatherFew } from "./gatherline.ts";
import {
  type AxisIndices,
  type Index,
  type IndexPart,
  type IndexPlan,
  partsOf,
  planIndex,
} from "./index-plan.ts";
import { moveIndexed } from "./indexmove.ts";
import { packMasked, spreadMasked } from "./maskpack.ts";
import { NDArray, requireArray } from "./ndarray.ts";

/**
 * What an index of any kind names: integers, slices, null and "...", arrays and lists of integers, and masks of bools, mixed
 * as NumPy mixes them. Returns a copy, always.
 *
 * Arrays of integers are broadcast against each other, and a mask stands for the indices at which it is true. Their shape
 * stands in the result where they stand in the index, or in front when a slice, null or "..." parts them.
 *
 * @param index one part, or a list of them: `[[0, 2], ":"]` is two parts, of which the first is a list
 * @throws IndexError when an index is out of bounds, a mask does not fit, or a part is no index.
 * @example
 * const a = np.array([[1, 2, 3], [4, 5, 6]]);
 * np.gather(a, [[1, 0, 1]]).tolist(); // [[4, 5, 6], [1, 2, 3], [4, 5, 6]]
 * np.gather(a, [":", [2, 0]]).tolist(); // [[3, 1], [6, 4]]
 * np.gather(a, np.greater(a, 2)).tolist(); // [3, 4, 5, 6]
 */
export function gather<D extends DType>(a: NDArray<D>, index: Index): NDArray<D> {
  requireArray(a, "gather");
  return gatherParts(a, partsOf(index), "gather");
}

/** @internal The same for an index in parts. */
export function gatherParts<D extends DType>(
  a: NDArray<D>,
  parts: readonly IndexPart[],
  caller: string,
): NDArray<D> {
  const quick = gatherFew(a, parts, caller);
  if (quick !== null) return quick;
  const plan = planIndex(a.layout, parts, caller);
  if (plan.mask !== null) return packMasked(a, plan.mask, caller);
  if (plan.shape === null) return copyArray(a.viewAs(plan.view), "K", caller);
  return gatherPlanned(a, plan, plan.shape, caller);
}

/** @internal What a plan with arrays of indices names. */
export function gatherPlanned<D extends DType>(
  a: NDArray<D>,
  { view, arrays, front }: IndexPlan,
  shape: readonly number[],
  caller: string,
): NDArray<D> {
  const { itemsize } = a.dtype;
  // A part of one element is none to NumPy, and the places lie as the indices do.
  const order = sizeOf(view.shape) === 1 ? orderOfPlaces(arrays, shape) : null;
  const ordered = order === null ? arrays : arrays.map((one) => inOrder(one, shape, order));
  const places = order === null ? shape : order.map((axis) => shape[axis]!);
  const count = sizeOf(shape);
  const part = sizeOf(view.shape) * itemsize;
  const strides = partStrides(view, itemsize);
  const steps = [...cStrides(places, part), ...strides];
  const lengths = [...places, ...view.shape];
  if (sizeOf(lengths) === 0) steps.fill(0);
  const make = isSolid(a.dtype) ? unsetArray : emptyArray;
  const result = make(lengths, a.dtype, steps, caller);
  const other = { storage: result.storage, strides, offset: result.layout.offset };
  const { storage } = a;
  moveIndexed(
    {
      arrays: ordered,
      places,
      mode: "raise",
      shape: view.shape,
      indexed: { storage, strides: view.strides, offset: view.offset },
      other,
      gap: part,
      write: false,
      caller,
    },
    a.dtype,
  );
  reportCopy(count * part, caller);
  const whole = order === null ? result : permuted(result, order);
  return front === 0 ? whole : whole.viewAs(placed(whole.layout, shape.length, front));
}

/** The axes of the places, where these lie in another order than C. */
function orderOfPlaces(arrays: readonly AxisIndices[], shape: readonly number[]): number[] | null {
  if (shape.length < 2 || arrays.every(({ array }) => array.isContiguous("C"))) return null;
  const strides = allocatedStrides(
    shape,
    arrays.map(({ array }) => broadcastLayout(array.layout, shape)!.strides),
    1,
  );
  const axes = axesBySpeed(strides);
  return axes.every((axis, k) => axis === k) ? null : axes;
}

/** Indices with the axes of the places in another order. */
function inOrder(one: AxisIndices, shape: readonly number[], order: readonly number[]): AxisIndices {
  const { strides, offset } = broadcastLayout(one.array.layout, shape)!;
  const layout = {
    shape: order.map((axis) => shape[axis]!),
    strides: order.map((axis) => strides[axis]!),
    offset,
  };
  return { ...one, array: one.array.viewAs(layout) };
}

/** A fresh array with the axes of the places back where they were, which owns its memory as before. */
function permuted<D extends DType>(result: NDArray<D>, order: readonly number[]): NDArray<D> {
  const { shape, strides, offset } = result.layout;
  const [lengths, steps] = [shape.slice(), strides.slice()];
  for (const [k, axis] of order.entries()) {
    lengths[axis] = shape[k]!;
    steps[axis] = strides[k]!;
  }
  return new NDArray(
    result.storage,
    { shape: lengths, strides: steps, offset },
    result.dtype,
    null,
    result.bits,
  );
}

/** Strides of a part in the result: dense, its axes in the order they have in memory. */
function partStrides(view: Layout, itemsize: number): number[] {
  const strides = new Array<number>(view.shape.length);
  const axes = axesBySpeed(view.strides);
  let step = itemsize;
  for (let k = axes.length - 1; k >= 0; k--) {
    strides[axes[k]!] = step;
    step *= view.shape[axes[k]!]!;
  }
  return strides;
}

/** The axes of the places, which come first, behind `front` of the others. */
function placed({ shape, strides, offset }: Layout, places: number, front: number): Layout {
  const turn = (list: readonly number[]) => [
    ...list.slice(places, places + front),
    ...list.slice(0, places),
    ...list.slice(places + front),
  ];
  return { shape: turn(shape), strides: turn(strides), offset };
}

/** @internal Writes through an index that is not basic, as if value and index had been copied first. */
export function scatterPlanned(a: NDArray, plan: IndexPlan, value: NDArray, caller: string): void {
  requireCast(value.dtype, a.dtype, "unsafe", caller);
  if (plan.mask !== null) {
    setMasked(a, plan.mask, value, caller);
    return;
  }
  const { view, front } = plan;
  const shape = plan.shape!;
  const target = [...view.shape.slice(0, front), ...shape, ...view.shape.slice(front)];
  const given = valueFor(a, value, target, caller);
  const behind = behindFront(given.layout, shape.length, front);
  const places = behind.slice(0, shape.length);
  const gap = lineStep(shape, places);
  const part = behind.slice(shape.length);
  const line = gap === null ? lineUp(given, shape.length, front, caller) : null;
  const other =
    line === null
      ? { storage: given.storage, strides: part, offset: given.layout.offset }
      : { storage: line.storage, strides: cStrides(view.shape, a.itemsize), offset: line.layout.offset };
  const arrays = plan.arrays.map((one) =>
    mayClash(a, one.array, 1) ? { ...one, array: protectedCopy(one.array, "C", caller) } : one,
  );
  moveIndexed(
    {
      arrays,
      places: shape,
      mode: "raise",
      shape: view.shape,
      indexed: { storage: a.storage, strides: view.strides, offset: view.offset },
      other,
      gap: gap ?? sizeOf(view.shape) * a.itemsize,
      write: true,
      caller,
    },
    a.dtype,
  );
}

/** The value in the dtype of the array, stretched to what the index names, and copied if writing would change it. */
function valueFor(a: NDArray, value: NDArray, target: readonly number[], caller: string): NDArray {
  const { shape, strides, offset } = value.layout;
  let lead = 0;
  while (shape.length - lead > target.length && shape[lead] === 1) lead++;
  const layout = { shape: shape.slice(lead), strides: strides.slice(lead), offset };
  const stretched = broadcastLayout(layout, target);
  if (stretched === null) {
    throw new ShapeError(
      `${caller}: a value of shape ${shapeText(shape)} could not be broadcast to what the index names, of shape ${shapeText(target)}`,
    );
  }
  const same = value.dtype.equals(a.dtype);
  if (same && !mayClash(a, value, 1)) return value.viewAs(stretched);
  const own = same
    ? protectedCopy(value.viewAs(layout), "C", caller)
    : workingCopy(value.viewAs(layout), a.dtype, "C", caller);
  return own.viewAs(broadcastLayout(own.layout, target)!);
}

/** The strides of a value with those of the places first. */
function behindFront({ strides }: Layout, places: number, front: number): number[] {
  return [
    ...strides.slice(front, front + places),
    ...strides.slice(0, front),
    ...strides.slice(front + places),
  ];
}

/** The step from one place to the next, when it is one; null when the axes of the places do not make a line. */
function lineStep(shape: readonly number[], strides: readonly number[]): number | null {
  let step: number | null = null;
  let reach = 0;
  for (let k = shape.length - 1; k >= 0; k--) {
    if (shape[k] === 1) continue;
    if (step === null) step = strides[k]!;
    else if (strides[k] !== reach) return null;
    reach = shape[k]! * strides[k]!;
  }
  return step ?? 0;
}

/** A copy of a value in C order, with the axes of the places first. */
function lineUp(given: NDArray, places: number, front: number, caller: string): NDArray {
  const { shape, offset } = given.layout;
  const lengths = [
    ...shape.slice(front, front + places),
    ...shape.slice(0, front),
    ...shape.slice(front + places),
  ];
  const strides = behindFront(given.layout, places, front);
  return workingCopy(given.viewAs({ shape: lengths, strides, offset }), given.dtype, "C", caller);
}

function setMasked(a: NDArray, mask: NDArray, value: NDArray, caller: string): void {
  if (value.ndim > 1) {
    throw new ShapeError(
      `${caller}: a mask takes one value or a line of them, not an array of shape ${shapeText(value.layout.shape)}`,
    );
  }
  if (value.ndim === 0 || value.size === 1) {
    const scalar = value.viewAs({ shape: [], strides: [], offset: value.layout.offset });
    const element = value.dtype.equals(a.dtype) ? scalar : castArray(scalar, a.dtype, "C", caller);
    assign(a, element, { casting: "no", caller, where: mask });
    return;
  }
  spreadMasked(a, mask, value, caller);
}
