import type { Descriptor } from "../dtype/descriptor.ts";
import { fromFloat16, toFloat16 } from "../dtype/float16.ts";
import { plain } from "../dtype/table.ts";
import { binsKernel, extremesKernel } from "../engine/kernels/counting.ts";
import { heap, region, TILE_ROOM, tilePointer } from "../wasm/memory.ts";

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

/** Values that are brought to the engine's memory at once, and the most bins that are counted there. */
const BLOCK = TILE_ROOM / 8;
export const FEW_BINS = 4096;

/** Where the edges, the counts and the extremes lie in the engine's memory. */
let edgesRoom = 0;
let countsRoom = 0;

function takeRoom(): void {
  if (edgesRoom > 0) return;
  edgesRoom = region(8 * (FEW_BINS + 1));
  countsRoom = region(4 * (FEW_BINS + 1));
}

/** Visits values block by block, where they lie in the engine's memory. */
function eachStaged(x: Float64Array, visit: (address: number, n: number) => void): void {
  for (let k = 0; k < x.length; k += BLOCK) {
    const n = Math.min(BLOCK, x.length - k);
    const address = tilePointer(0);
    heap.f64.set(x.subarray(k, k + n), address / 8);
    visit(address, n);
  }
}

/**
 * Counts the values in each of at most so few bins, without a list of their places. `counts` has one place more than there
 * are bins, which holds how many values lie on the last edge.
 */
export function countUniform(x: Float64Array, bins: UniformBins, counts: Int32Array): void {
  const { edges, first, last, span, own, dtype } = bins;
  const single = dtype === plain.float32;
  const kernel = binsKernel(single ? (own ? "singles" : "single") : "double");
  const [low, high] = single ? [Math.fround(first), Math.fround(last)] : [first, last];
  const count = edges.length - 1;
  takeRoom();
  heap.f64.set(edges, edgesRoom / 8);
  heap.i32.set(counts, countsRoom / 4);
  eachStaged(x, (address, n) => kernel.run(n, address, edgesRoom, countsRoom, count, low, high, span));
  counts.set(heap.i32.subarray(countsRoom / 4, countsRoom / 4 + counts.length));
}

/** The least and the largest of several values; NaN twice if one is NaN. Of two zeros it is the first. */
export function extremesOf(x: Float64Array): readonly [low: number, high: number] {
  takeRoom();
  const out = edgesRoom / 8;
  heap.f64.fill(x[0]!, out, out + 2);
  let bad = 0;
  eachStaged(x, (address, n) => {
    const { f64 } = heap;
    const end = address / 8 + n;
    f64.fill(f64[end - 1]!, end, end + (-n & 3));
    bad |= extremesKernel.run((n + 3) & -4, address, edgesRoom);
  });
  if (bad !== 0) return [Number.NaN, Number.NaN];
  const end = (value: number) => (value === 0 ? x[x.indexOf(0)]! : value);
  return [end(heap.f64[out]!), end(heap.f64[out + 1]!)];
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
