/**
 * Sliding sums of products of two lines, cut into blocks in the engine's memory.
 *
 * Of the longer line comes what a block of sums needs, with zeros where it ends; so sums at the ends are made like all
 * others. A zero beside an infinity or NaN would make NaN: blocks at the ends with such factors are added up one by one.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { heapStorage } from "../array/heapplace.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { heap } from "../wasm/memory.ts";
import { correlateKernel, type Rounding } from "./kernels/correlate.ts";
import { laneSize, type ProductLane } from "./kernels/matmul.ts";
import { productBlocks } from "./matmul-staging.ts";

/** Two lines of elements and the sums of their products; complex ones are two planes, of real and imaginary parts. */
export interface Sliding {
  readonly lane: ProductLane;
  readonly rounding: Rounding;
  /** The longer line and its length. */
  readonly a: readonly TypedPlace[];
  readonly n: number;
  /** The shorter line and its length. */
  readonly v: readonly TypedPlace[];
  readonly m: number;
  /** Where `count` of the n + m - 1 sums go, and which is the first. */
  readonly out: readonly TypedPlace[];
  readonly start: number;
  readonly count: number;
}

/** Sums of a block, and products of each: with the longer line's part they stay in the first caches. */
const SUMS = 4096;
const PRODUCTS = 1024;
/** From so many products on, blocks at the ends have fewer sums, and so fewer products with what lies beyond them. */
const LONG = 128;
const END_SUMS = 128;
/** Bytes between two planes of a block. */
const PLANE = 128 * 1024;

const descriptors: Readonly<Record<ProductLane, Descriptor>> = {
  f64: plain.float64,
  f32: plain.float32,
  i64: plain.int64,
  i32: plain.int32,
};

/** A product of planes: of `a`, of `v`, into `out`, added or taken away. */
type Pass = readonly [a: number, v: number, out: number, subtract: boolean];

const realPasses: readonly Pass[] = [[0, 0, 0, false]];
const complexPasses: readonly Pass[] = [
  [0, 0, 0, false],
  [1, 1, 0, true],
  [0, 1, 1, false],
  [1, 0, 1, false],
];

/** Writes the sums out[i] = v[0]·a[s + i] + v[1]·a[s + i + 1] + … with s = start - m + 1; products beyond the ends are left out. */
export function slide(line: Sliding): void {
  const { a, v, m, out, count } = line;
  const places = productBlocks();
  const passes = a.length === 1 ? realPasses : complexPasses;
  const isLong = m > LONG;
  for (let i = 0, sums = 0; i < count; i += sums) {
    const origin = line.start + i - (m - 1);
    sums = Math.min(isLong ? sumsFrom(origin, line.n - m) : SUMS, count - i);
    const begun = [0, 0];
    // No sum of the block has products before and behind these.
    const begin = isLong ? Math.max(0, 1 - sums - origin) : 0;
    const end = isLong ? Math.min(m, line.n - origin) : m;
    for (let j = begin; j < end; j += PRODUCTS) {
      const block: Block = { first: origin + j, sums, products: Math.min(PRODUCTS, end - j) };
      for (const plane of a.keys()) stagePart(line, plane, block, places.a + plane * PLANE);
      // A short line that fits stays where it is.
      if (i === 0 || isLong) {
        for (const [plane, place] of v.entries())
          stage(line.lane, place, j, block.products, places.b + plane * PLANE);
      }
      for (const pass of passes) runPass(line, block, pass, begun);
    }
    for (const [plane, place] of out.entries()) sendOut(line.lane, places.c + plane * PLANE, place, i, sums);
  }
}

/** How many sums a block has that begins at a place of the longer line; those from 0 to `last` have all their products. */
function sumsFrom(origin: number, last: number): number {
  if (origin < 0) return Math.min(END_SUMS, -origin);
  return origin <= last ? Math.min(SUMS, last - origin + 1) : END_SUMS;
}

interface Block {
  /** The place in the longer line of the first product of the first sum. */
  readonly first: number;
  readonly sums: number;
  readonly products: number;
}

function heapPlace(lane: ProductLane, address: number): TypedPlace {
  return { storage: heapStorage(), strides: [laneSize(lane)], offset: address, dtype: descriptors[lane] };
}

function stage(lane: ProductLane, place: TypedPlace, at: number, count: number, address: number): void {
  castElements(
    [count],
    { ...place, offset: place.offset + at * place.strides[0]! },
    heapPlace(lane, address),
  );
}

/** The part of the longer line that a block needs, with zeros beyond its ends. */
function stagePart({ lane, a, n }: Sliding, plane: number, block: Block, address: number): void {
  const size = laneSize(lane);
  const end = block.first + block.sums + block.products - 1;
  const [from, to] = [Math.max(0, block.first), Math.min(n, end)];
  const before = Math.max(0, from - block.first);
  if (before > 0) heap.u8.fill(0, address, address + before * size);
  if (to > from) stage(lane, a[plane]!, from, to - from, address + before * size);
  if (to < end)
    heap.u8.fill(
      0,
      address + (Math.max(from, to) - block.first) * size,
      address + (end - block.first) * size,
    );
}

function sendOut(lane: ProductLane, address: number, place: TypedPlace, at: number, count: number): void {
  castElements([count], heapPlace(lane, address), {
    ...place,
    offset: place.offset + at * place.strides[0]!,
  });
}

function runPass({ lane, rounding, n }: Sliding, block: Block, pass: Pass, begun: number[]): void {
  const places = productBlocks();
  const [p, q, r, subtract] = pass;
  const [a, v, out] = [places.a + p * PLANE, places.b + q * PLANE, places.c + r * PLANE];
  const { first, sums, products } = block;
  const inside = first >= 0 && first + sums + products - 1 <= n;
  const add = begun[r]!;
  begun[r] = 1;
  if (inside || lane === "i32" || lane === "i64" || areFinite(lane, v, products)) {
    correlateKernel(lane, rounding, subtract).run(sums, products, a, v, out, add);
    return;
  }
  const memory = lane === "f64" ? heap.f64 : heap.f32;
  const size = laneSize(lane);
  if (add === 0) memory.fill(0, out / size, out / size + sums);
  addOneByOne(memory, block, n, [a / size, v / size, out / size], subtract ? -1 : 1);
}

function areFinite(lane: ProductLane, address: number, count: number): boolean {
  const memory = lane === "f64" ? heap.f64 : heap.f32;
  const start = address / laneSize(lane);
  for (let k = start; k < start + count; k++) if (!Number.isFinite(memory[k])) return false;
  return true;
}

function addOneByOne(
  memory: Float64Array | Float32Array,
  { first, sums, products }: Block,
  n: number,
  [a, v, out]: readonly [number, number, number],
  sign: number,
): void {
  for (let i = 0; i < sums; i++) {
    const begin = Math.max(0, -(first + i));
    const end = Math.min(products, n - first - i);
    let sum = memory[out + i]!;
    for (let j = begin; j < end; j++) sum += sign * memory[a + i + j]! * memory[v + j]!;
    memory[out + i] = sum;
  }
}
