/**
 * Fewer and longer axes for the same walk.
 *
 * Two neighbouring axes of k operands are one axis if each operand steps along the outer one as far as the whole inner
 * one reaches: stride[k] = length[k+1] · stride[k+1]. A dense array of any number of axes becomes one axis, a window
 * on rows two. Axes of length 1 are dropped.
 *
 * What the caller gets: walking the result in C order meets the same addresses in the same sequence ({@link coalesce}),
 * or the same tuples of addresses in a sequence that suits memory ({@link coalesceOrdered}). The result has no axis at
 * all for exactly one element, and the one axis [0] when there is no element.
 */
import { allBackwards } from "./order.ts";

/** Axes that several operands share. */
export interface Coalesced {
  readonly shape: number[];
  /** For each operand, its strides along these axes. */
  readonly strides: number[][];
}

/** Axes that several operands share, and where each operand now starts. */
export interface CoalescedWalk extends Coalesced {
  readonly offsets: number[];
}

/** For each merged axis, its length and the fastest of the axes in it; filled and emptied within one call. */
const lengths: number[] = [];
const fastest: number[] = [];

/** Merges the axes that all operands allow, in the order they are in. Each list of strides is as long as the shape. */
export function coalesce(shape: readonly number[], stridesList: readonly (readonly number[])[]): Coalesced {
  let rank = 0;
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    if (length === 0) return { shape: [0], strides: stridesList.map(() => [0]) };
    if (length === 1) continue;
    if (rank > 0 && reaches(stridesList, fastest[rank - 1]!, k, length)) {
      lengths[rank - 1] = lengths[rank - 1]! * length;
      fastest[rank - 1] = k;
      continue;
    }
    lengths[rank] = length;
    fastest[rank++] = k;
  }
  const merged = new Array<number>(rank);
  for (let i = 0; i < rank; i++) merged[i] = lengths[i]!;
  const strides = new Array<number[]>(stridesList.length);
  for (let j = 0; j < stridesList.length; j++) {
    const own = new Array<number>(rank);
    for (let i = 0; i < rank; i++) own[i] = stridesList[j]![fastest[i]!]!;
    strides[j] = own;
  }
  return { shape: merged, strides };
}

/** Whether every operand steps along `outer` as far as the whole of `inner` reaches. */
function reaches(
  stridesList: readonly (readonly number[])[],
  outer: number,
  inner: number,
  length: number,
): boolean {
  for (let j = 0; j < stridesList.length; j++) {
    if (stridesList[j]![outer] !== length * stridesList[j]![inner]!) return false;
  }
  return true;
}

/**
 * The same, for work whose sequence is free, such as copying.
 *
 * The axes are first ordered by the absolute strides of the first operand, which should be the one written to; where
 * these are equal, by those of the second. An axis along which some operand moves backwards and none forwards is
 * walked the other way, and the offsets moved to its far end.
 */
export function coalesceOrdered(
  shape: readonly number[],
  stridesList: readonly (readonly number[])[],
  offsets: readonly number[],
): CoalescedWalk {
  const axes = walkOrder(shape.length, stridesList);
  const starts = offsets.slice();
  const ordered = new Array<number[]>(stridesList.length);
  for (let j = 0; j < stridesList.length; j++) ordered[j] = new Array<number>(axes.length);
  const orderedShape = new Array<number>(axes.length);
  for (let i = 0; i < axes.length; i++) {
    const axis = axes[i]!;
    const length = shape[axis]!;
    orderedShape[i] = length;
    const backwards = length > 1 && allBackwards(stridesList, axis);
    for (let j = 0; j < ordered.length; j++) {
      const stride = stridesList[j]![axis]!;
      if (backwards) starts[j] = starts[j]! + (length - 1) * stride;
      ordered[j]![i] = backwards ? 0 - stride : stride;
    }
  }
  const { shape: merged, strides } = coalesce(orderedShape, ordered);
  return { shape: merged, strides, offsets: starts };
}

/** The axes from the slowest to the fastest: a stable insertion sort by the first operand, then by the second. */
function walkOrder(ndim: number, stridesList: readonly (readonly number[])[]): number[] {
  const axes = new Array<number>(ndim);
  for (let k = 0; k < ndim; k++) {
    let place = k;
    while (place > 0 && isSlower(stridesList, k, axes[place - 1]!)) {
      axes[place] = axes[place - 1]!;
      place--;
    }
    axes[place] = k;
  }
  return axes;
}

function isSlower(stridesList: readonly (readonly number[])[], a: number, b: number): boolean {
  for (let j = 0; j < 2 && j < stridesList.length; j++) {
    const difference = Math.abs(stridesList[j]![a]!) - Math.abs(stridesList[j]![b]!);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
