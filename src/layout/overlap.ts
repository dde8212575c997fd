/**
 * Do two layouts over one buffer share a byte? Does one reach a byte twice?
 *
 * Byte e of element (i0, i1, …) of `a` is at
 *
 *     lowA + |s0|·x0 + |s1|·x1 + … + e        x = i, or length - 1 - i where the stride is negative; 0 <= e < itemsize
 *
 * so an itemsize is one more axis, of stride 1. Written down from the highest byte for `b`, as
 * `highB - 1 - (|t0|·y0 + … + f)`, the two meet where
 *
 *     |s0|·x0 + … + e + |t0|·y0 + … + f = highB - 1 - lowA
 *
 * with all coefficients positive and every unknown between 0 and its length - 1: the equation that diophantine.ts
 * solves. Exchanging `a` and `b` gives the same equation counted from the other end, and the smaller sum is taken.
 *
 * There are three answers. "no" and "yes" are proved; "too hard" means that proof would have taken more work than
 * the caller allowed, and whoever only needs to be safe takes it for "yes".
 *
 * The easy cases come first: ranges of bytes that do not meet, and arrays whose first elements start at the same
 * byte, as an array and its transpose do.
 *
 * **One layout with itself.** Two different index vectors x and x' reach the same byte when
 * Σ |s[k]|·(x[k] - x'[k]) + (e - e') = 0. Sort the axes by stride and let k be the largest with x[k] ≠ x'[k], say
 * x[k] > x'[k]: axis k must step over what all smaller axes can reach together. If no axis is small enough for that,
 * each axis strides over the whole of the smaller ones, as in every slice of a dense array, and the answer is "no".
 * Else each such k is one equation, with the differences counted from their lowest value.
 *
 * **Large numbers.** In a buffer all addresses are safe integers, and so is everything here. Layouts that lie partly
 * beyond 2^53 are still compared exactly as far as one range reaches into the other by less than 2^53 bytes; past
 * that, where no buffer can be, the answer is "too hard".
 */

import { type Answer, type Budget, type Equation, solve, sortTerms, type Terms } from "./diophantine.ts";
import { byteRange, type Layout } from "./layout.ts";

/** Whether memory is shared; "too hard" when settling it would take more work than allowed. */
export type Overlap = Answer;

/** One byte that two layouts share: its address, and the index in each of the element that holds it. */
export interface SharedByte {
  readonly address: number;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Whether the ranges of bytes of two layouts over one buffer meet; never so for a layout without elements. */
export function boundsOverlap(a: Layout, aItemsize: number, b: Layout, bItemsize: number): boolean {
  return commonReach(a, aItemsize, b, bItemsize) >= 0;
}

/**
 * Whether two layouts over one buffer have a byte in common.
 * @param maxWork how many candidate solutions may be tried: 0 for the bounds alone, -1 for no limit.
 */
export function overlap(
  a: Layout,
  aItemsize: number,
  b: Layout,
  bItemsize: number,
  maxWork: number,
): Overlap {
  const sum = commonReach(a, aItemsize, b, bItemsize);
  if (sum < 0) return "no";
  if (maxWork === 0) return "too hard";
  // Both hold the byte that their first elements start with.
  if (a.offset === b.offset) return "yes";
  if (sum > Number.MAX_SAFE_INTEGER) return "too hard";
  const equation: Equation = { coefficients: [1], bounds: [aItemsize + bItemsize - 2], sum };
  addAxes(equation, a);
  addAxes(equation, b);
  return solve(equation, budgetOf(maxWork));
}

/**
 * Whether two different indices of one layout reach the same byte.
 * @param maxWork as for {@link overlap}; 0 still settles every layout whose axes stride over one another.
 */
export function selfOverlap(a: Layout, itemsize: number, maxWork: number): Overlap {
  if (isEmpty(a, itemsize)) return "no";
  for (let k = 0; k < a.shape.length; k++) {
    // Neighbours along this axis share bytes.
    if (a.shape[k]! > 1 && Math.abs(a.strides[k]!) < itemsize) return "yes";
  }
  const axes: Terms = { coefficients: [], bounds: [] };
  addAxes(axes, a);
  sortTerms(axes);
  return stepOver(axes, itemsize, maxWork);
}

/** Whether some axis steps over something that all smaller axes and the bytes of the item can reach. */
function stepOver({ coefficients, bounds }: Terms, itemsize: number, maxWork: number): Overlap {
  const budget = budgetOf(maxWork);
  const smaller = byteTerm(2 * (itemsize - 1));
  let reach = itemsize - 1;
  let verdict: Overlap = "no";
  for (let k = 0; k < bounds.length; k++) {
    const a = coefficients[k]!;
    const u = bounds[k]!;
    if (a <= reach) {
      if (maxWork === 0) return "too hard";
      const equation: Equation = {
        coefficients: smaller.coefficients.concat(a),
        bounds: smaller.bounds.concat(u - 1),
        sum: reach - a,
      };
      const answer = reach > Number.MAX_SAFE_INTEGER ? "too hard" : solve(equation, budget);
      if (answer === "yes") return "yes";
      if (answer === "too hard") verdict = "too hard";
    }
    smaller.coefficients.push(a);
    smaller.bounds.push(2 * u);
    reach += a * u;
  }
  return verdict;
}

/**
 * A byte that two layouts over one buffer share, with the index of its element in each, to show to a person.
 * It takes some dozens of calls of {@link overlap}, each allowed `maxWork`; "too hard" also where no buffer can be.
 */
export function findOverlap(
  a: Layout,
  aItemsize: number,
  b: Layout,
  bItemsize: number,
  maxWork: number,
): SharedByte | "no" | "too hard" {
  const answer = overlap(a, aItemsize, b, bItemsize, maxWork);
  if (answer !== "yes") return answer;
  if (!isExact(byteRange(a, aItemsize)) || !isExact(byteRange(b, bItemsize))) return "too hard";
  const foundA = halve(a, (part) => overlap(part, aItemsize, b, bItemsize, maxWork));
  if (foundA === undefined) return "too hard";
  const foundB = halve(b, (part) => overlap(foundA.part, aItemsize, part, bItemsize, maxWork));
  if (foundB === undefined) return "too hard";
  return { address: Math.max(foundA.part.offset, foundB.part.offset), a: foundA.index, b: foundB.index };
}

/** Halves a layout that overlaps, axis by axis, down to one element that does; undefined if an answer is too hard. */
function halve(whole: Layout, ask: (part: Layout) => Overlap): { part: Layout; index: number[] } | undefined {
  let part = whole;
  const index = whole.shape.map(() => 0);
  for (let axis = 0; axis < whole.shape.length; axis++) {
    while (part.shape[axis]! > 1) {
      const middle = Math.ceil(part.shape[axis]! / 2);
      const lower = span(part, axis, 0, middle);
      const upper = span(part, axis, middle, part.shape[axis]! - middle);
      const answer = ask(lower);
      // What the lower half does not share, the upper half must.
      if (answer === "too hard" && ask(upper) !== "yes") return undefined;
      if (answer !== "yes") index[axis]! += middle;
      part = answer === "yes" ? lower : upper;
    }
  }
  return { part, index };
}

/** `length` elements of an axis, from `start` on. */
function span(whole: Layout, axis: number, start: number, length: number): Layout {
  const { shape, strides, offset } = whole;
  return {
    shape: shape.map((n, k) => (k === axis ? length : n)),
    strides,
    offset: offset + start * strides[axis]!,
  };
}

function byteTerm(bound: number): Terms {
  return { coefficients: [1], bounds: [bound] };
}

function addAxes({ coefficients, bounds }: Terms, { shape, strides }: Layout): void {
  for (let k = 0; k < shape.length; k++) {
    const stride = strides[k]!;
    if (shape[k]! <= 1 || stride === 0) continue;
    coefficients.push(Math.abs(stride));
    bounds.push(shape[k]! - 1);
  }
}

function budgetOf(maxWork: number): Budget {
  return { left: maxWork < 0 ? Infinity : maxWork };
}

function isEmpty({ shape }: Layout, itemsize: number): boolean {
  return itemsize === 0 || shape.includes(0);
}

/**
 * How far the highest byte of one layout is above the lowest byte of the other, taken the way that gives less:
 * negative if their ranges do not meet (or one is empty), Infinity if that is not a safe integer.
 */
function commonReach(a: Layout, aItemsize: number, b: Layout, bItemsize: number): number {
  if (isEmpty(a, aItemsize) || isEmpty(b, bItemsize)) return -1;
  const rangeA = byteRange(a, aItemsize);
  const rangeB = byteRange(b, bItemsize);
  if (!isExact(rangeA) || !isExact(rangeB)) return commonReachOfHuge(a, aItemsize, b, bItemsize);
  return Math.min(rangeA[1] - rangeB[0], rangeB[1] - rangeA[0]) - 1;
}

/** Rounding cannot bring a range back between these limits, so within them nothing was rounded. */
function isExact([low, high]: readonly [number, number]): boolean {
  return low >= 0 && high <= Number.MAX_SAFE_INTEGER;
}

function commonReachOfHuge(a: Layout, aItemsize: number, b: Layout, bItemsize: number): number {
  const [lowA, highA] = hugeRange(a, aItemsize);
  const [lowB, highB] = hugeRange(b, bItemsize);
  const up = highA - lowB - 1n;
  const down = highB - lowA - 1n;
  const sum = up < down ? up : down;
  return sum > Number.MAX_SAFE_INTEGER ? Infinity : Number(sum);
}

/** `byteRange` in integers of any size. */
function hugeRange({ shape, strides, offset }: Layout, itemsize: number): [low: bigint, high: bigint] {
  let low = BigInt(offset);
  let high = low + BigInt(itemsize);
  for (let k = 0; k < shape.length; k++) {
    const reach = BigInt(shape[k]! - 1) * BigInt(strides[k]!);
    if (reach < 0n) low += reach;
    else high += reach;
  }
  return [low, high];
}
