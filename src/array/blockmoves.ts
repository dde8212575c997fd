/**
 * Blocks of at most two axes between any layout and a dense tile in the engine's memory: what operations on strided
 * operands do for every tile, so nothing is ordered, merged or allocated here that the axes do not ask for. Blocks of more
 * axes, and what is not aligned and fits no kernel, are left to `moveElements`.
 */

import { gatherGrid, type Width } from "../wasm/gather.ts";
import { addressOf, heapStorage } from "./heapplace.ts";
import { moveBytes } from "./move.ts";
import { type Grid, moveLoopsFor } from "./moveloops.ts";
import { moveSpans, planSpans, type SpanGrid } from "./spans.ts";
import type { Storage } from "./storage.ts";

/** The two axes of the block at hand. One for all: nothing is called back while it is in use. */
const block = { n0: 1, n1: 1, s0: 0, s1: 0, d0: 0, itemsize: 1 as Width };
const loopGrid: Grid = { n0: 1, n1: 1, s0: 0, s1: 0, d0: 0, d1: 0 };

/** Rows of so many bytes are worth a call each. */
const LONG_ROW = 256;

/** Sets the axes of the block, merged where they can be; false when more than two are left. */
function twoAxes(shape: readonly number[], strides: readonly number[], itemsize: number): boolean {
  let axes = 0;
  block.n0 = 1;
  block.n1 = 1;
  block.s0 = 0;
  block.s1 = itemsize;
  block.itemsize = itemsize as Width;
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    const stride = strides[k]!;
    if (length === 1) continue;
    if (axes === 0) {
      block.n1 = length;
      block.s1 = stride;
      axes = 1;
    } else if (axes === 1 && stride === block.n1 * block.s1) block.n1 *= length;
    else if (axes === 2 && stride === block.n0 * block.s0) block.n0 *= length;
    else if (axes === 1) {
      block.n0 = length;
      block.s0 = stride;
      axes = 2;
    } else return false;
  }
  block.d0 = block.n1 * itemsize;
  return true;
}

/** Brings a block into a dense tile at `address`; returns whether it did. */
export function gatherBlock(
  shape: readonly number[],
  strides: readonly number[],
  storage: Storage,
  offset: number,
  itemsize: number,
  address: number,
): boolean {
  if (itemsize > 16 || (itemsize & (itemsize - 1)) !== 0) return false;
  if (!twoAxes(shape, strides, itemsize)) return false;
  const { n0, n1, s0, s1 } = block;
  const heap = heapStorage();
  const here = addressOf(storage, offset);
  if (here >= 0) gatherGrid(block.itemsize, n0, n1, here, s0, s1, address, n1 * itemsize);
  else if (n0 === 1 && s1 === itemsize) moveBytes(storage, offset, heap, address, n1 * itemsize);
  else if (s1 === itemsize && n1 * itemsize >= LONG_ROW) {
    for (let i = 0; i < n0; i++) {
      moveBytes(storage, offset + i * s0, heap, address + i * n1 * itemsize, n1 * itemsize);
    }
  } else return gatherSpans(block, storage, offset, address) || gatherLoop(block, storage, offset, address);
  return true;
}

function gatherSpans(grid: SpanGrid, storage: Storage, offset: number, address: number): boolean {
  const heap = heapStorage();
  const piece = planSpans(grid, storage, heap);
  if (piece === null) return false;
  moveSpans(grid, piece, storage, offset, heap, address);
  return true;
}

function gatherLoop(grid: SpanGrid, storage: Storage, offset: number, address: number): boolean {
  const { n0, n1, s0, s1, d0, itemsize: width } = grid;
  if (width === 16 || !isAligned(width, offset, s0, s1)) return false;
  const turned = s0 === width;
  setLoop(n0, n1, s0 / width, s1 / width, d0 / width, 1);
  const heap = heapStorage();
  const { lane, lines, tiles } = moveLoopsFor(width, storage, heap);
  const loop = turned ? tiles : lines;
  loop(storage.lane(lane) as never, offset / width, heap.lane(lane) as never, address / width, loopGrid);
  return true;
}

/** Offsets may be too large for bits. */
function isAligned(width: number, offset: number, s0: number, s1: number): boolean {
  return offset % width === 0 && s0 % width === 0 && s1 % width === 0;
}

function setLoop(n0: number, n1: number, s0: number, s1: number, d0: number, d1: number): void {
  loopGrid.n0 = n0;
  loopGrid.n1 = n1;
  loopGrid.s0 = s0;
  loopGrid.s1 = s1;
  loopGrid.d0 = d0;
  loopGrid.d1 = d1;
}

/** Sends a dense tile at `address` out to a block; returns whether it did. */
export function scatterBlock(
  shape: readonly number[],
  strides: readonly number[],
  storage: Storage,
  offset: number,
  itemsize: number,
  address: number,
): boolean {
  if (itemsize > 16 || (itemsize & (itemsize - 1)) !== 0) return false;
  if (!twoAxes(shape, strides, itemsize)) return false;
  const { n0, n1, s0, s1 } = block;
  const row = n1 * itemsize;
  const heap = heapStorage();
  if (s1 === itemsize && (n0 === 1 || row >= LONG_ROW)) {
    for (let i = 0; i < n0; i++) moveBytes(heap, address + i * row, storage, offset + i * s0, row);
    return true;
  }
  if (itemsize === 16 || !isAligned(itemsize, offset, s0, s1)) return false;
  const { lane, lines } = moveLoopsFor(itemsize as 1 | 2 | 4 | 8, heap, storage);
  setLoop(n0, n1, row / itemsize, 1, s0 / itemsize, s1 / itemsize);
  lines(
    heap.lane(lane) as never,
    address / itemsize,
    storage.lane(lane) as never,
    offset / itemsize,
    loopGrid,
  );
  return true;
}
