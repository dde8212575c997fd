import type { Descriptor } from "../dtype/descriptor.ts";
import { fromFloat16, toFloat16 } from "../dtype/float16.ts";
import { plain } from "../dtype/table.ts";

/**
 * Which bin each value falls into: bins from an edge, which belongs to it, to the next, which does not; but the last edge
 * belongs to the last bin.
 *
 * Bins of equal width are found by arithmetic, rounded step by step as NumPy rounds it in the dtype of the values, and
 * then held to the edges, because the arithmetic may be off by one. Other bins are searched for.
 */

/** Bins of equal width: their edges and what they were made of. */
export interface UniformBins {
  readonly edges: Float64Array;
  readonly first: number;
  readonly last: number;
  /** What a distance from the first edge is divided by. */
  readonly span: number;
  /** The dtype of the edges. */
  readonly dtype: Descriptor;
  /** Whether the quotient is rounded to that dtype too, as it is when the range comes from the values. */
  readonly own: boolean;
}

/** Puts the bin of each value into `into`; -1 for what lies in none. */
export function uniformPlaces(x: Float64Array, bins: UniformBins, into: Int32Array): void {
  if (bins.dtype === plain.float32) inSingles(x, bins, into);
  else if (bins.dtype === plain.float16) inHalves(x, bins, into);
  else inDoubles(x, bins, into);
}

function inDoubles(x: Float64Array, { edges, first, last, span }: UniformBins, into: Int32Array): void {
  const count = edges.length - 1;
  for (let k = 0; k < x.length; k++) {
    const value = x[k]!;
    if (!(value >= first && value <= last)) into[k] = -1;
    else into[k] = settled((((value - first) / span) * count) | 0, value, edges, count);
  }
}

function inSingles(x: Float64Array, bins: UniformBins, into: Int32Array): void {
  const { edges, span, own } = bins;
  const [first, last] = [Math.fround(bins.first), Math.fround(bins.last)];
  const count = edges.length - 1;
  for (let k = 0; k < x.length; k++) {
    const value = x[k]!;
    if (!(value >= first && value <= last)) {
      into[k] = -1;
      continue;
    }
    const part = Math.fround(value - first) / span;
    const place = own ? Math.fround(Math.fround(part) * Math.fround(count)) : part * count;
    into[k] = settled(place | 0, value, edges, count);
  }
}

/** @internal The nearest float16. */
export function half(value: number): number {
  return fromFloat16(toFloat16(value));
}

function inHalves(x: Float64Array, bins: UniformBins, into: Int32Array): void {
  const { edges, span, own } = bins;
  const [first, last] = [half(bins.first), half(bins.last)];
  const count = edges.length - 1;
  for (let k = 0; k < x.length; k++) {
    const value = x[k]!;
    if (!(value >= first && value <= last)) {
      into[k] = -1;
      continue;
    }
    const part = half(value - first) / span;
    const place = own ? half(half(part) * half(count)) : part * count;
    into[k] = settled(place | 0, value, edges, count);
  }
}

/** A place that may be off by one, held to the edges. */
function settled(place: number, value: number, edges: Float64Array, count: number): number {
  let k = place >= count ? count - 1 : place < 0 ? 0 : place;
  if (value < edges[k]! && k > 0) k--;
  return value >= edges[k + 1]! && k < count - 1 ? k + 1 : k;
}

/**
 * Counts the values in each bin, without a list of their places. `counts` has one place more than there are bins, which holds
 * how many values lie on the last edge.
 */
export function countUniform(x: Float64Array, bins: UniformBins, counts: Int32Array): void {
  if (bins.dtype === plain.float32) countSingles(x, bins, counts);
  else countDoubles(x, bins, counts);
}

function countDoubles(x: Float64Array, { edges, first, last, span }: UniformBins, counts: Int32Array): void {
  const count = edges.length - 1;
  for (let k = 0; k < x.length; k++) {
    const value = x[k]!;
    if (!(value >= first && value <= last)) continue;
    let place = (((value - first) / span) * count) | 0;
    if (place >= count) place = count - 1;
    if (value < edges[place]!) {
      if (place > 0) place--;
    } else if (value >= edges[place + 1]!) place++;
    counts[place]!++;
  }
}

function countSingles(x: Float64Array, bins: UniformBins, counts: Int32Array): void {
  const { edges, span, own } = bins;
  const first = Math.fround(bins.first);
  const last = Math.fround(bins.last);
  const count = edges.length - 1;
  const times = Math.fround(count);
  for (let k = 0; k < x.length; k++) {
    const value = x[k]!;
    if (!(value >= first && value <= last)) continue;
    const part = Math.fround(value - first) / span;
    let place = (own ? Math.fround(Math.fround(part) * times) : part * count) | 0;
    if (place >= count) place = count - 1;
    if (value < edges[place]!) {
      if (place > 0) place--;
    } else if (value >= edges[place + 1]!) place++;
    counts[place]!++;
  }
}

/** The least and the largest of several values; NaN twice if one is NaN. */
export function extremesOf(x: Float64Array): readonly [low: number, high: number] {
  let low = x[0]!;
  let high = low;
  if (Number.isNaN(low)) return [low, low];
  for (let k = 1; k < x.length; k++) {
    const value = x[k]!;
    if (value < low) low = value;
    else if (!(value <= high)) {
      if (Number.isNaN(value)) return [value, value];
      high = value;
    }
  }
  return [low, high];
}

/** Puts the bin of each value into `into`, for any edges in ascending order; NaN counts as the largest of all. */
export function searchedPlaces(x: Float64Array, edges: Float64Array, into: Int32Array): void {
  const last = edges.length - 1;
  const open = last < 0 || Number.isNaN(edges[last]);
  let k = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (last < 1 || !(value >= edges[0]! || Number.isNaN(value)) || !(open || value <= edges[last]!)) {
      into[i] = -1;
      continue;
    }
    // Neighbours often fall into the same bin.
    if (!(value >= edges[k]! && value < edges[k + 1]!)) k = searched(value, edges, last);
    into[i] = k;
  }
}

/** The last bin whose lower edge is not above the value; `last` is the place of the last edge. */
function searched(value: number, edges: Float64Array, last: number): number {
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    // Not "above": so that NaN, as a value, lies behind everything.
    if (!(value < edges[middle]!) && !(Number.isNaN(edges[middle]) && !Number.isNaN(value))) low = middle;
    else high = middle;
  }
  return low;
}

/** The same for integers that floats cannot hold. */
export function searchedWide(
  x: BigInt64Array | BigUint64Array,
  edges: readonly bigint[],
  into: Int32Array,
): void {
  const last = edges.length - 1;
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    let [low, high] = [0, last];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (value >= edges[middle]!) low = middle;
      else high = middle;
    }
    into[i] = last < 1 || value < edges[0]! || value > edges[last]! ? -1 : low;
  }
}
