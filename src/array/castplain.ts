/**
 * Casting elements of plain dtypes from one layout to another of the same shape.
 *
 * A plain dtype becomes another by a kernel (wasm/casts.ts) that casts lines of elements in the engine's memory. Elements
 * that lie in a line on both sides are copied there and back in pieces, or cast by the runtime itself where that does
 * the same. Any other walk is cut into blocks; each is brought there and sent out by what serves the blocks of operations
 * (blockmoves.ts), unless it lies there already.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { blockShape, walkBlocks } from "../layout/blocks.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { cStrides, sizeOf } from "../layout/layout.ts";
import { keepsCounts, kernelBetween } from "../wasm/date-casts.ts";
import type { Runnable } from "../wasm/kernel.ts";
import { region } from "../wasm/memory.ts";
import { gatherBlock, scatterBlock } from "./blockmoves.ts";
import { FEW, fewIn, fewOut, isFew } from "./fewmoves.ts";
import { addressOf, heapStorage } from "./heapplace.ts";
import { moveBytes, moveElements } from "./move.ts";
import type { Lane, LaneClass, Place, Storage } from "./storage.ts";

/** Where elements are, and of what dtype. */
export interface TypedPlace extends Place {
  readonly dtype: Descriptor;
}

/** Whether an element of the one is, byte for byte, what casting makes of it. */
function keepsBytes(from: Descriptor, to: Descriptor): boolean {
  if (from.unit !== null && to.unit !== null) return keepsCounts(from, to);
  return from === to || (isWhole(from) && isWhole(to) && from.itemsize === to.itemsize);
}

function isWhole(dtype: Descriptor): boolean {
  return isInteger(dtype) || dtype.unit !== null;
}

/** Bytes of a block on both sides together: measured, more bytes a call gain more than the first cache does. */
const PIECE_BYTES = 1 << 17;
/**
 * Bytes that are copied at once where elements lie in lines: up to 8 KB the copies of the C library are the quickest (some 60
 * GB/s where longer ones reach 45), and a piece that small is still in the first cache when the kernel comes to it.
 */
const LINE_BYTES = 8192;
/**
 * The same where the result is in no cache: long copies by one instruction of the machine do not read what they overwrite.
 */
const FAR_LINE_BYTES = 65536;
/** From so many bytes on a result is in no cache, as it is when it was not zeroed. */
const FAR_BYTES = 1 << 19;
/** Elements of a piece of a line at least: a piece costs two calls and more. */
const LINE_LEAST = 1024;
/** Where the elements of a piece lie before and after, in the engine's memory. */
let pieces = 0;

/** Is shown what will be cast, and to what: for errstate, which may refuse it. */
export type CastWatcher = (shape: readonly number[], src: TypedPlace, to: Descriptor) => void;

let watcher: CastWatcher | null = null;

/** Sets who is shown the elements of every cast before it is done; null for nobody. */
export function watchCasts(next: CastWatcher | null): void {
  watcher = next;
}

/** Writes the elements at `src`, cast without a question, to `dst`; both of plain dtypes. */
export function castPlain(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const from = src.dtype;
  const to = dst.dtype;
  if (keepsBytes(from, to)) {
    moveElements(shape, src, dst, to.itemsize);
    return;
  }
  // Units between which the numbers are too large are refused also where there is no element.
  const kernel = kernelOf(from, to);
  watcher?.(shape, src, to);
  const size = sizeOf(shape);
  if (size === 0) return;
  src.storage.alive();
  dst.storage.alive();
  if (pieces === 0) pieces = region(PIECE_BYTES + 64);
  if (size <= FEW && isFew(shape, from.itemsize, src.storage) && isFew(shape, to.itemsize, dst.storage)) {
    castFew(kernel, shape, size, src, dst);
    return;
  }
  const limit = (PIECE_BYTES / (from.itemsize + to.itemsize)) & -16;
  if (isLine(shape, src) ? isLine(shape, dst) : isFLine(shape, src) && isFLine(shape, dst)) {
    castLine(kernel, size, src, dst);
  } else if (size <= (shape.length > 2 ? SMALL : SMALL_FLAT)) castBlock({ kernel, limit, src, dst }, shape);
  else castBlocks(kernel, limit, shape, src, dst);
}

/** Casts few elements of any layouts. */
function castFew(
  kernel: Runnable,
  shape: readonly number[],
  n: number,
  src: TypedPlace,
  dst: TypedPlace,
): void {
  const out = pieces + PIECE_BYTES / 2;
  fewIn(shape, src.strides, src.storage, src.offset, src.dtype.itemsize, pieces);
  kernel.run(n, pieces, out);
  fewOut(shape, dst.strides, dst.storage, dst.offset, dst.dtype.itemsize, out);
}

let lastFrom: Descriptor | null = null;
let lastTo: Descriptor | null = null;
let lastKernel: Runnable | null = null;

/** The kernel of a cast; what was asked for last is mostly asked for again. */
function kernelOf(from: Descriptor, to: Descriptor): Runnable {
  if (from !== lastFrom || to !== lastTo) {
    lastKernel = kernelBetween(from, to);
    lastFrom = from;
    lastTo = to;
  }
  return lastKernel!;
}

/** So many elements of any layout are a block as they are: to order their axes would take longer. */
const SMALL = 512;
/** The same of at most two axes, which a block takes in any order. */
const SMALL_FLAT = 2048;

/** Whether elements lie in C order without gaps. */
function isLine(shape: readonly number[], { strides, dtype }: TypedPlace): boolean {
  let step = dtype.itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    if (length !== 1 && strides[k] !== step) return false;
    step *= length;
  }
  return true;
}

/** The same in Fortran order. */
function isFLine(shape: readonly number[], { strides, dtype }: TypedPlace): boolean {
  let step = dtype.itemsize;
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    if (length !== 1 && strides[k] !== step) return false;
    step *= length;
  }
  return true;
}

type Assignable = Lane & { set(from: Lane, at: number): void };

/**
 * Whether `TypedArray.set` casts as C does: of integers of at most 32 bits and for float32 to float64. It is two to four
 * times faster than a kernel, as nothing is brought into the engine's memory and out again; anything else it does slowly.
 */
function convertsItself(src: TypedPlace, dst: TypedPlace): boolean {
  const [from, to] = [src.dtype, dst.dtype];
  if (src.offset % from.itemsize !== 0 || dst.offset % to.itemsize !== 0) return false;
  if (from.itemsize > 4 || !(isInteger(from) || from.type === "float32")) return false;
  return (
    to.type === "float64" ||
    (isInteger(from) && (to.type === "float32" || (isInteger(to) && to.itemsize < 8)))
  );
}

function isInteger({ kind }: Descriptor): boolean {
  return kind === "i" || kind === "u";
}

/** Casts elements that lie in a line on both sides; what lies in the engine's memory is used where it is. */
function castLine(kernel: Runnable, size: number, src: TypedPlace, dst: TypedPlace): void {
  const to = dst.dtype.itemsize;
  const p = addressOf(src.storage, src.offset);
  const q = addressOf(dst.storage, dst.offset);
  if (p >= 0 && q >= 0) kernel.run(size, p, q);
  else if (convertsItself(src, dst)) {
    const [source, target]: LaneClass<Lane>[] = [src.dtype.lane, dst.dtype.lane];
    const elements = new source!(src.storage.buffer, src.storage.origin + src.offset, size);
    (dst.storage.lane(target!) as Assignable).set(elements, dst.offset / to);
  } else if (p < 0 && isFar(size, src, dst)) {
    const parts = src.dtype.laneLength;
    const rounds = size - (size % ROUND);
    const [doubles, floats] = [
      rowOf(Float64Array, src, parts * rounds),
      rowOf(Float32Array, dst, parts * rounds),
    ];
    // A loop over all of them would be compiled half way through its first call, and give up at the end of each.
    for (let k = 0; k < floats.length; k += FAR_BLOCK) {
      floatsOfDoubles(doubles, floats, k, Math.min(k + FAR_BLOCK, floats.length));
    }
    if (rounds < size) castLine(kernel, size - rounds, partOf(src, rounds), partOf(dst, rounds));
  } else castPieces(kernel, size, src, dst, p, q);
}

/** The same piece by piece; `p` and `q` are addresses in the engine's memory, -1 for what lies elsewhere. */
function castPieces(
  kernel: Runnable,
  size: number,
  src: TypedPlace,
  dst: TypedPlace,
  p: number,
  q: number,
): void {
  const from = src.dtype.itemsize;
  const to = dst.dtype.itemsize;
  const most = size * to < FAR_BYTES ? LINE_BYTES : FAR_LINE_BYTES;
  const limit = Math.max(LINE_LEAST, most / Math.max(from, to));
  const out = pieces + limit * from;
  const engine = heapStorage();
  for (let done = 0; done < size; done += limit) {
    const n = Math.min(limit, size - done);
    if (p < 0) copyPiece(src.storage, src.offset + done * from, engine, pieces, n * from, most);
    kernel.run(n, p < 0 ? pieces : p + done * from, q < 0 ? out : q + done * to);
    if (q < 0) copyPiece(engine, out, dst.storage, dst.offset + done * to, n * to, most);
  }
}

function copyPiece(src: Storage, from: number, dst: Storage, to: number, bytes: number, most: number): void {
  for (let done = 0; done < bytes; done += most) {
    moveBytes(src, from + done, dst, to + done, Math.min(most, bytes - done));
  }
}

/** From so many numbers on they are in no cache, and are cast where they lie. */
const FAR = 1 << 17;
/** Numbers of a call of the loop. */
const FAR_BLOCK = 8192;
/** Elements of a round of a loop. */
const ROUND = 16;

/** Whether many float64 in a line, or pairs of them, become float32, the cast that is asked for most: a loop has no copies to make. */
function isFar(size: number, src: TypedPlace, dst: TypedPlace): boolean {
  const [from, to] = [src.dtype, dst.dtype];
  if (size * from.laneLength < FAR || from.lane !== Float64Array || to.lane !== Float32Array) return false;
  if (from.laneLength !== to.laneLength) return false;
  return src.offset % 8 === 0 && dst.offset % 4 === 0;
}

function rowOf<L extends Lane>(lane: LaneClass<L>, { storage, offset }: TypedPlace, n: number): L {
  return new lane(storage.buffer, storage.origin + offset, n);
}

function partOf(place: TypedPlace, from: number): TypedPlace {
  return { ...place, offset: place.offset + from * place.dtype.itemsize };
}

function floatsOfDoubles(from: Float64Array, to: Float32Array, start: number, end: number): void {
  for (let k = start; k < end; k += ROUND) {
    to[k] = from[k]!;
    to[k + 1] = from[k + 1]!;
    to[k + 2] = from[k + 2]!;
    to[k + 3] = from[k + 3]!;
    to[k + 4] = from[k + 4]!;
    to[k + 5] = from[k + 5]!;
    to[k + 6] = from[k + 6]!;
    to[k + 7] = from[k + 7]!;
    to[k + 8] = from[k + 8]!;
    to[k + 9] = from[k + 9]!;
    to[k + 10] = from[k + 10]!;
    to[k + 11] = from[k + 11]!;
    to[k + 12] = from[k + 12]!;
    to[k + 13] = from[k + 13]!;
    to[k + 14] = from[k + 14]!;
    to[k + 15] = from[k + 15]!;
  }
}

/** What stays the same from block to block, and where the block at hand is. */
interface BlockCast {
  readonly kernel: Runnable;
  /** The most elements of a block. */
  readonly limit: number;
  readonly src: TypedPlace;
  readonly dst: TypedPlace;
}

/** Casts more than a block. */
function castBlocks(
  kernel: Runnable,
  limit: number,
  shape: readonly number[],
  src: TypedPlace,
  dst: TypedPlace,
): void {
  const walk = coalesceOrdered(shape, [dst.strides, src.strides], [dst.offset, src.offset]);
  const [d, s] = walk.strides as [number[], number[]];
  const [to, from] = walk.offsets as [number, number];
  const [source, target] = [
    { ...src, strides: s, offset: from },
    { ...dst, strides: d, offset: to },
  ];
  // Two arrays in one order other than C are a line as well.
  if (isLine(walk.shape, source) && isLine(walk.shape, target)) {
    castLine(kernel, sizeOf(shape), source, target);
    return;
  }
  const job = { kernel, limit, src: source, dst: target };
  walkBlocks(walk.shape, blockShape(walk.shape, [d, s], limit), [d, s], [to, from], (lengths, offsets) => {
    target.offset = offsets[0]!;
    source.offset = offsets[1]!;
    castBlock(job, lengths);
  });
}

/** Brings a block into the engine's memory if it is not a line there, casts it, and sends it out if it must be. */
function castBlock({ kernel, limit, src, dst }: BlockCast, shape: readonly number[]): void {
  const p = lineAddress(shape, src);
  const q = lineAddress(shape, dst);
  const out = pieces + limit * src.dtype.itemsize;
  if (p < 0) bringIn(shape, src, pieces);
  kernel.run(sizeOf(shape), p < 0 ? pieces : p, q < 0 ? out : q);
  if (q < 0) sendOut(shape, out, dst);
}

function bringIn(shape: readonly number[], src: TypedPlace, address: number): void {
  const { storage, strides, offset, dtype } = src;
  if (gatherBlock(shape, strides, storage, offset, dtype.itemsize, address)) return;
  moveElements(shape, src, line(shape, src, address), dtype.itemsize);
}

function sendOut(shape: readonly number[], address: number, dst: TypedPlace): void {
  const { storage, strides, offset, dtype } = dst;
  if (scatterBlock(shape, strides, storage, offset, dtype.itemsize, address)) return;
  moveElements(shape, line(shape, dst, address), dst, dtype.itemsize);
}

/** The address of elements that lie in a line in the engine's memory, else -1. */
function lineAddress(shape: readonly number[], { storage, strides, offset, dtype }: TypedPlace): number {
  const address = addressOf(storage, offset);
  return address >= 0 && isCContiguous({ shape, strides, offset }, dtype.itemsize) ? address : -1;
}

function line(shape: readonly number[], { dtype }: TypedPlace, address: number): Place {
  return { storage: heapStorage(), strides: cStrides(shape, dtype.itemsize), offset: address };
}
