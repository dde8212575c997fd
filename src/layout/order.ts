import { isCContiguous, isFContiguous } from "./contiguity.ts";
import { cStrides, fStrides, type Layout, type Order } from "./layout.ts";

/** What `"A"` comes to: Fortran order for a layout that is contiguous in that order only, else C order. */
export function resolveOrder(order: Order, layout: Layout, itemsize: number): "C" | "F" | "K" {
  if (order !== "A") return order;
  return isFContiguous(layout, itemsize) && !isCContiguous(layout, itemsize) ? "F" : "C";
}

/** The axes from the largest absolute stride to the smallest; equal ones stay in the order they are in. */
export function axesBySpeed(strides: readonly number[]): number[] {
  const axes = new Array<number>(strides.length);
  for (let k = 0; k < strides.length; k++) {
    const stride = Math.abs(strides[k]!);
    let at = k;
    while (at > 0 && Math.abs(strides[axes[at - 1]!]!) < stride) {
      axes[at] = axes[at - 1]!;
      at--;
    }
    axes[at] = k;
  }
  return axes;
}

/** The strides of a dense copy that keeps the order of the axes in memory (order `"K"`); all are positive. */
export function keepStrides(layout: Layout, itemsize: number): number[] {
  return denseStrides(layout.shape, axesBySpeed(layout.strides), itemsize);
}

/** Dense strides with the axes nested in the order given, the first outermost; all 0 when there is no element. */
function denseStrides(shape: readonly number[], axes: readonly number[], itemsize: number): number[] {
  const strides = new Array<number>(shape.length);
  let step = itemsize;
  for (let j = axes.length - 1; j >= 0; j--) {
    const axis = axes[j]!;
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return step === 0 ? strides.fill(0) : strides;
}

/** In which order, and in which direction, to walk the axes of several operands. */
export interface AxisOrder {
  /** The axes from the outermost to the innermost. */
  readonly axes: number[];
  /** For each axis of the shape, whether every operand that moves along it moves backwards. */
  readonly flipped: boolean[];
}

/**
 * The order in which to walk several operands of one shape, so that memory is met in order where they agree.
 *
 * An axis goes inside another when the first operand that moves along both steps less far along it, unless a later
 * operand wants C order: of operands that disagree, C order wins. Strides of 0 say nothing.
 */
export function orderAxes(shape: readonly number[], stridesList: readonly (readonly number[])[]): AxisOrder {
  const ndim = shape.length;
  // Built innermost first: a stable insertion sort that starts from C order.
  const axes = new Array<number>(ndim);
  const flipped = new Array<boolean>(ndim);
  for (let count = 0; count < ndim; count++) {
    const axis = ndim - 1 - count;
    flipped[axis] = shape[axis] !== 1 && allBackwards(stridesList, axis);
    let place = count;
    for (let at = count - 1; at >= 0; at--) {
      const verdict = compareAxes(shape, stridesList, axis, axes[at]!);
      if (verdict > 0) break;
      if (verdict < 0) place = at;
    }
    for (let at = count; at > place; at--) axes[at] = axes[at - 1]!;
    axes[place] = axis;
  }
  axes.reverse();
  return { axes, flipped };
}

/** Below 0 when `outer` should go inside `inner`, above 0 when it should stay outside, 0 when no operand knows. */
function compareAxes(
  shape: readonly number[],
  stridesList: readonly (readonly number[])[],
  outer: number,
  inner: number,
): number {
  if (shape[outer] === 1 || shape[inner] === 1) return 0;
  let verdict = 0;
  for (let j = 0; j < stridesList.length; j++) {
    const a = Math.abs(stridesList[j]![outer]!);
    const b = Math.abs(stridesList[j]![inner]!);
    if (a === 0 || b === 0) continue;
    if (a >= b) return 1;
    verdict = -1;
  }
  return verdict;
}

/** Whether some operand moves backwards along an axis and none forwards. */
export function allBackwards(stridesList: readonly (readonly number[])[], axis: number): boolean {
  let backwards = false;
  for (let j = 0; j < stridesList.length; j++) {
    const stride = stridesList[j]![axis]!;
    if (stride > 0) return false;
    if (stride < 0) backwards = true;
  }
  return backwards;
}

/** The strides that the result of an element-wise operation gets: dense, positive, nested as the operands are walked. */
export function allocatedStrides(
  shape: readonly number[],
  stridesList: readonly (readonly number[])[],
  itemsize: number,
): number[] {
  if (shape.length > 2) return denseStrides(shape, orderAxes(shape, stridesList).axes, itemsize);
  const turned = shape.length === 2 && compareAxes(shape, stridesList, 0, 1) < 0;
  return turned ? fStrides(shape, itemsize) : cStrides(shape, itemsize);
}

/**
 * The strides of arrays put together into one dense array: axes nested as memory has them in all of the parts; where parts
 * disagree, C order wins. Strides of 0 count, as the smallest ones.
 */
export function joinedStrides(
  shape: readonly number[],
  parts: readonly Layout[],
  itemsize: number,
): number[] {
  const axes = [0];
  for (let axis = 1; axis < shape.length; axis++) {
    let place = axis;
    for (let at = axis - 1; at >= 0; at--) {
      const verdict = compareParts(parts, axes[at]!, axis);
      if (verdict > 0) break;
      if (verdict < 0) place = at;
    }
    axes.splice(place, 0, axis);
  }
  return denseStrides(shape, shape.length === 0 ? [] : axes, itemsize);
}

/** Below 0 when every part that knows has `inner` outside `outer`, above 0 when one does not, 0 when none knows. */
function compareParts(parts: readonly Layout[], outer: number, inner: number): number {
  let verdict = 0;
  for (let j = 0; j < parts.length; j++) {
    const { shape, strides } = parts[j]!;
    if (shape[outer] === 1 || shape[inner] === 1) continue;
    if (Math.abs(strides[inner]!) <= Math.abs(strides[outer]!)) return 1;
    verdict = -1;
  }
  return verdict;
}
