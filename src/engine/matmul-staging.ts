/**
 * Where products work: blocks of the operands in the engine's memory.
 *
 * A block comes in by a cast, which reads any layout and any dtype, into lines along whichever axis is the faster one in
 * the operand's memory. What lies in the engine's memory already, in the dtype that is computed in, stays where it is.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { heap, region } from "../wasm/memory.ts";
import { type ADD, laneSize, type ProductLane, type SUBTRACT } from "./kernels/matmul.ts";

/** Bytes of the packed block of each operand, and of the block of the result. */
export const BLOCK_BYTES = 512 * 1024;
/** Bytes of a block as it comes in: it stays in the second cache until it is packed. */
export const STAGE_BYTES = 128 * 1024;
/** Kernels may read and write a vector past the end of a block; tiles of the result are filled up. */
const SLACK = 16 * 1024;

/** One product of matrices in a sum, added or subtracted; the first one is always added. */
export interface Term {
  readonly a: TypedPlace;
  readonly b: TypedPlace;
  readonly mode: typeof ADD | typeof SUBTRACT;
}

/** A matrix, or a stack of them, and what it becomes: the last two axes of all places are those of the matrices. */
export interface Sum {
  readonly c: TypedPlace;
  readonly terms: readonly Term[];
}

/** Byte addresses of the blocks. */
export interface Blocks {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly stage: number;
}

let blocks: Blocks | null = null;

/** The blocks that all products share; they are there from the first product on. */
export function productBlocks(): Blocks {
  blocks ??= {
    a: region(BLOCK_BYTES + SLACK),
    b: region(BLOCK_BYTES + SLACK),
    c: region(BLOCK_BYTES + SLACK),
    stage: region(STAGE_BYTES + SLACK),
  };
  return blocks;
}

const computed: Readonly<Record<ProductLane, Descriptor>> = {
  f64: plain.float64,
  f32: plain.float32,
  i64: plain.int64,
  i32: plain.int32,
};

let engine: Storage | null = null;

/** The engine's memory as storage. */
function engineStorage(): Storage {
  if (engine === null || engine.buffer !== heap.buffer) engine = new Storage(heap.buffer);
  return engine;
}

/** A place in the engine's memory. */
export function blockPlace(lane: ProductLane, address: number, strides: readonly number[]): TypedPlace {
  return { storage: engineStorage(), strides, offset: address, dtype: computed[lane] };
}

/** A block of a matrix in the engine's memory. */
export interface Block {
  readonly address: number;
  /** Bytes from one line to the next, and from one element of a line to the next. */
  readonly lineStep: number;
  readonly step: number;
}

/** Whether a place can be read by kernels as it is. */
function isReady(place: TypedPlace, lane: ProductLane): boolean {
  return place.storage.buffer === heap.buffer && place.dtype === computed[lane];
}

/**
 * A block of `lines` × `length` elements in the engine's memory, at `address` unless it can stay where it is: `place` has
 * two axes. Its elements are dense, line by line, or, when the memory wants it so, lines side by side. It stays where it is
 * only with dense lines, or when the caller takes any step.
 */
export function stageBlock(
  lane: ProductLane,
  place: TypedPlace,
  lines: number,
  length: number,
  address: number,
  anyStep: boolean,
): Block {
  const [lineStep, step] = place.strides as [number, number];
  const size = laneSize(lane);
  if (isReady(place, lane) && (anyStep || step === size))
    return { address: place.storage.origin + place.offset, lineStep, step };
  const across = Math.abs(lineStep) < Math.abs(step) && lineStep !== 0 && lines > 1;
  const strides = across ? [size, lines * size] : [length * size, size];
  castElements([lines, length], place, blockPlace(lane, address, strides));
  return { address, lineStep: strides[0]!, step: strides[1]! };
}

/** The part of a matrix that begins at (line, at). */
export function partOf(place: TypedPlace, line: number, at: number): TypedPlace {
  const { storage, strides, offset, dtype } = place;
  return { storage, strides, offset: offset + line * strides[0]! + at * strides[1]!, dtype };
}

/** The length of equal pieces of at most `most`, each a multiple of `unit` but for the last. */
export function pieceOf(length: number, most: number, unit: number): number {
  const pieces = Math.ceil(length / most);
  return Math.ceil(length / pieces / unit) * unit;
}
