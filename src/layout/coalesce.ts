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
import { axesBySpeed } from "./order.ts";

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

/** Merges the axes that all operands allow, in the order they are in. Each list of strides is as long as the shape. */
export function coalesce(shape: readonly number[], stridesList: readonly (readonly number[])[]): Coalesced {
  const lengths: number[] = [];
  const merged: number[][] = [];
  for (let j = 0; j < stridesList.length; j++) merged.push([]);
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    if (length === 0) return { shape: [0], strides: merged.map(() => [0]) };
    if (length === 1) continue;
    const last = lengths.length - 1;
    if (last >= 0 && continues(stridesList, k, length, merged, last)) {
      lengths[last] = lengths[last]! * length;
      for (let j = 0; j < merged.length; j++) merged[j]![last] = stridesList[j]![k]!;
      continue;
    }
    lengths.push(length);
    for (let j = 0; j < merged.length; j++) merged[j]!.push(stridesList[j]![k]!);
  }
  return { shape: lengths, strides: merged };
}

/** Whether axis `k` is inside the last merged axis for every operand. */
function continues(
  stridesList: readonly (readonly number[])[],
  k: number,
  length: number,
  merged: readonly (readonly number[])[],
  last: number,
): boolean {
  for (let j = 0; j < merged.length; j++) {
    if (merged[j]![last] !== length * stridesList[j]![k]!) return false;
  }
  return true;
}

/**
 * The same, for work whose sequence is free, such as copying.
 *
 * The axes are first ordered by the absolute strides of the first operand, which should be the one written to; among
 * those where it does not move, by the second. An axis along which no operand moves forwards is walked backwards, and
 * the offsets moved to its far end.
 */
export function coalesceOrdered(
  shape: readonly number[],
  stridesList: readonly (readonly number[])[],
  offsets: readonly number[],
): CoalescedWalk {
  const starts = offsets.slice();
  const operands = stridesList.length;
  const axes = operands === 0 ? shape.map((_, k) => k) : walkOrder(stridesList);
  const lengths: number[] = [];
  const ordered: number[][] = [];
  for (let j = 0; j < operands; j++) ordered.push([]);
  for (let i = 0; i < axes.length; i++) {
    const axis = axes[i]!;
    const length = shape[axis]!;
    lengths.push(length);
    const sign = length > 1 && noneForwards(stridesList, axis) ? -1 : 1;
    for (let j = 0; j < operands; j++) {
      const stride = stridesList[j]![axis]!;
      if (sign < 0) starts[j] = starts[j]! + (length - 1) * stride;
      ordered[j]!.push(sign * stride);
    }
  }
  const { shape: merged, strides } = coalesce(lengths, ordered);
  return { shape: merged, strides, offsets: starts };
}

function walkOrder(stridesList: readonly (readonly number[])[]): number[] {
  const first = stridesList[0]!;
  const second = stridesList[1] ?? first;
  // Ordering by the second, then stably by the first, leaves ties of the first in the order of the second.
  const bySecond = axesBySpeed(second);
  return axesBySpeed(bySecond.map((axis) => first[axis]!)).map((place) => bySecond[place]!);
}

function noneForwards(stridesList: readonly (readonly number[])[], axis: number): boolean {
  let backwards = false;
  for (let j = 0; j < stridesList.length; j++) {
    const stride = stridesList[j]![axis]!;
    if (stride > 0) return false;
    if (stride < 0) backwards = true;
  }
  return backwards;
}
