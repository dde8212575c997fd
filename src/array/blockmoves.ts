/**
 * Blocks of at most two axes between any layout and a dense tile in the engine's memory: what operations on strided
 * operands do for every tile, so nothing is ordered, merged or allocated here that the axes do not ask for. Blocks of more
 * axes, and what is not aligned and fits no kernel, are left to `moveElements`.
 */

import { gatherGrid, scatterGrid, type Width } from "../wasm/gather.ts";
import { heap, region, TILE_ROOM } from "../wasm/memory.ts";
import { addressOf, heapStorage } from "./heapplace.ts";
import { moveBytes } from "./move.ts";
import { type Grid, moveLoopsFor } from "./moveloops.ts";
import { moveSpans, planSpans, type SpanGrid } from "./spans.ts";
import type { Storage } from "./storage.ts";

/** The two axes of the block at hand. One for all: nothing is called back while it is in use. */
const block = { n0: 1, n1: 1, s0: 0, s1: 0, d0: 0, itemsize: 1 as Width };
const loopGrid: Grid = { n0: 1, n1: 1, s0: 0, s1: 0, d0: 0, d1: 0 };

/** Rows of so many bytes are worth a call each; of so many, where a loop has lanes of one or two bytes only. */
const LONG_ROW = 256;
const LONG_NARROW = 96;
/** Rows this many times as far apart as they are long come sooner with their gaps, short ones and long ones. */
const CLOSE_SHORT = 2;
const CLOSE_LONG = 1.125;
const SHORT_ROW = 1024;

/** Whether rows are long enough for a call each. */
function isLong(bytes: number, offset: number, step: number): boolean {
  return bytes >= LONG_ROW || (bytes >= LONG_NARROW && !isAligned(4, offset, step, bytes));
}

/** Whether the gaps between rows are so narrow that they are better copied, too. */
function isClose(bytes: number, step: number): boolean {
  return Math.abs(step) <= bytes * (bytes < SHORT_ROW ? CLOSE_SHORT : CLOSE_LONG);
}

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
  const engine = heapStorage();
  const here = addressOf(storage, offset);
  if (here >= 0) gatherGrid(block.itemsize, n0, n1, here, s0, s1, address, n1 * itemsize);
  else if (n0 === 1 && s1 === itemsize) moveBytes(storage, offset, engine, address, n1 * itemsize);
  else if (s1 === itemsize && s0 !== 0 && !isClose(n1 * itemsize, s0)) {
    if (isLong(n1 * itemsize, offset, s0)) rowsIn(block, storage, offset, address);
    else return gatherLoop(block, storage, offset, address) || gatherSpans(block, storage, offset, address);
  } else {
    return (
      gatherSpans(block, storage, offset, address) ||
      gatherTurned(block, storage, offset, address) ||
      gatherLoop(block, storage, offset, address)
    );
  }
  return true;
}

/** Brings rows in by a call for each. */
function rowsIn({ n0, s0, d0 }: SpanGrid, storage: Storage, offset: number, address: number): void {
  storage.alive();
  const { buffer, origin } = storage;
  const { u8 } = heap;
  for (let k = 0; k < n0; k++) u8.set(new Uint8Array(buffer, origin + offset + k * s0, d0), address + k * d0);
}

function gatherSpans(grid: SpanGrid, storage: Storage, offset: number, address: number): boolean {
  const engine = heapStorage();
  const piece = planSpans(grid, storage, engine, offset | address);
  if (piece === null) return false;
  moveSpans(grid, piece, storage, offset, engine, address);
  return true;
}

/** Bytes of a block that is brought in line by line before it is turned: a tile. */
const TURNED_BYTES = TILE_ROOM;
let turnedRoom = 0;

/** Small elements with dense columns: the columns come in by wide lanes, and a kernel turns them. */
function gatherTurned(
  { n0, n1, s0, s1, d0, itemsize }: SpanGrid,
  storage: Storage,
  offset: number,
  address: number,
): boolean {
  const pitch = n0 * itemsize;
  if (itemsize >= 8 || s0 !== itemsize || n1 * pitch > TURNED_BYTES) return false;
  if (pitch % 8 !== 0 || !isAligned(8, offset, s1, 0)) return false;
  if (turnedRoom === 0) turnedRoom = region(TURNED_BYTES + 64);
  const columns = { n0: n1, n1: n0, s0: s1, s1: itemsize, d0: pitch, itemsize };
  if (!gatherLoop(columns, storage, offset, turnedRoom)) return false;
  gatherGrid(itemsize, n0, n1, turnedRoom, itemsize, pitch, address, d0);
  return true;
}

function gatherLoop(grid: SpanGrid, storage: Storage, offset: number, address: number): boolean {
  const width = setLoop(grid, offset, address);
  if (width === 0) return false;
  const engine = heapStorage();
  const { lane, lines, tiles } = moveLoopsFor(width, storage, engine);
  const loop = loopGrid.s0 === 1 && loopGrid.d1 === 1 ? tiles : lines;
  for (let k = 0; k < loopGrid.d1; k++) {
    loop(
      storage.lane(lane) as never,
      offset / width + k,
      engine.lane(lane) as never,
      address / width + k,
      loopGrid,
    );
  }
  return true;
}

/**
 * Sets up a loop from a block to a tile and says the bytes of its lane: those of an element, or of several where rows are
 * dense on both sides; 0 where no lane fits. An element of two lanes takes two passes, as the step in the tile says.
 */
function setLoop({ n0, n1, s0, s1, itemsize }: SpanGrid, offset: number, address: number): 0 | 1 | 2 | 4 | 8 {
  let width: number = itemsize > 8 ? 8 : itemsize;
  if (!isAligned(width, offset, s0, s1)) return 0;
  const dense = s1 === itemsize;
  let lanes = itemsize / width;
  let count = n1;
  if (dense) {
    count *= lanes;
    lanes = 1;
    while (width < 8 && count % 2 === 0 && isAligned(2 * width, offset, s0, address)) {
      width *= 2;
      count /= 2;
    }
  }
  loopGrid.n0 = n0;
  loopGrid.n1 = count;
  loopGrid.s0 = s0 / width;
  loopGrid.s1 = dense ? 1 : s1 / width;
  loopGrid.d0 = count * lanes;
  loopGrid.d1 = lanes;
  return width as 1 | 2 | 4 | 8;
}

/** Offsets may be too large for bits. */
function isAligned(width: number, offset: number, s0: number, s1: number): boolean {
  return offset % width === 0 && s0 % width === 0 && s1 % width === 0;
}

/** Makes the loop go from the tile to the block. */
function turnLoop(): void {
  const { s0, s1, d0, d1 } = loopGrid;
  loopGrid.s0 = d0;
  loopGrid.s1 = d1;
  loopGrid.d0 = s0;
  loopGrid.d1 = s1;
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
  const here = addressOf(storage, offset);
  if (here >= 0) {
    scatterGrid(block.itemsize, n0, n1, address, row, here, s0, s1);
    return true;
  }
  const engine = heapStorage();
  if (s1 === itemsize && (n0 === 1 || isLong(row, offset, s0))) {
    for (let i = 0; i < n0; i++) moveBytes(engine, address + i * row, storage, offset + i * s0, row);
    return true;
  }
  const width = setLoop(block, offset, address);
  if (width === 0) return false;
  const passes = loopGrid.d1;
  turnLoop();
  const { lane, lines } = moveLoopsFor(width, engine, storage);
  const [source, target] = [engine.lane(lane) as never, storage.lane(lane) as never];
  for (let k = 0; k < passes; k++) {
    lines(source, address / width + k, target, offset / width + k, loopGrid);
  }
  return true;
}
