/**
 * Strided moves by way of the engine's memory.
 *
 * A loop in JS that reads with a stride takes more than a nanosecond an element; a kernel takes a fraction of that, but
 * only in the engine's memory. So the bytes that a piece of a grid spans are copied there as they lie, gaps and all, by a
 * few calls that each copy a lot; a kernel brings the elements among them into rows; and rows are copied out. Pieces stay
 * in the second cache. Where the gaps are much wider than the elements this would copy too much, and where lines are
 * short it would call too often: such grids are left to the loops. What lies in the engine's memory already is used there.
 */

import { gatherGrid, type Width } from "../wasm/gather.ts";
import { heap, region } from "../wasm/memory.ts";
import { addressOf } from "./heapplace.ts";
import type { Storage } from "./storage.ts";

/** A grid of elements: byte strides, the bytes at which both sides start, and two lengths. The target has dense rows. */
export interface SpanGrid {
  readonly n0: number;
  readonly n1: number;
  readonly s0: number;
  readonly s1: number;
  readonly d0: number;
  readonly itemsize: Width;
}

/** Room for the spans of a piece, and for its rows. */
const ROOM = 1 << 17;
/** Bytes of a line of a piece that is turned: long enough for a call, short enough for many lines. */
const TURNED_LINE = 256;
/** Bytes that a call should copy at least. */
const LONG_ENOUGH = 192;
/** Bytes of a line that is brought in alone rather than with the gap behind it. */
const LONG_LINE = 1024;
/** How many times more bytes than the elements have may be copied. */
const SPREAD = 4;
/** Fewer elements are left to a loop. */
const MANY = 128;

/** Bytes of wide elements up to which they are turned by a kernel: what goes in and out by one call each. More are met in small squares by a loop. */
const FEW_BYTES = 1 << 17;
/** Bytes that do not stay in the second cache. */
const FAR = 1 << 20;

let roomIn = 0;
let roomOut = 0;

/** How the source of a piece comes into the engine's memory. */
interface Piece {
  /** The lengths of a piece, along both axes. */
  readonly rows: number;
  readonly cols: number;
  /** Whether one span covers it all; else every line has one. */
  readonly whole: boolean;
  /** Whether the lines of the source go along the rows' axis, so that a piece is turned. */
  readonly turned: boolean;
}

/** How to cut a grid, or null when loops are better. */
export function planSpans(grid: SpanGrid, src: Storage, dst: Storage): Piece | null {
  const { n0, n1, s0, s1, itemsize } = grid;
  if (n0 * n1 < MANY) return null;
  const turned = s0 !== 0 && Math.abs(s0) < Math.abs(s1);
  const inHeap = addressOf(src, 0) >= 0;
  if (inHeap && addressOf(dst, 0) >= 0) return { rows: n0, cols: n1, whole: true, turned };
  const step = turned ? Math.abs(s0) : Math.abs(s1);
  if (!inHeap && step > SPREAD * itemsize) return null;
  // Beyond the second cache it is the bytes that cost, and wide elements with gaps are better met one by one.
  if (itemsize >= 8 && step > itemsize && n0 * n1 * step > FAR) return null;
  return turned ? planTurned(grid) : planRows(grid);
}

function planRows({ n0, n1, s0, s1, d0, itemsize }: SpanGrid): Piece | null {
  const step = Math.max(Math.abs(s1), itemsize);
  const cols = Math.min(n1, Math.floor(ROOM / step));
  const line = cols * step;
  const row = cols * itemsize;
  // Short lines with gaps between them that are no wider than they are come with the gaps.
  const whole = n0 === 1 || Math.abs(s0) <= line * (line < LONG_LINE ? 2 : 1.125);
  if (!whole && line < LONG_ENOUGH && s1 !== 0) return null;
  const dense = cols === n1 && d0 === row;
  if (!dense && row < LONG_ENOUGH && n0 > 1) return null;
  const lines = whole ? linesWithin(ROOM - line, Math.abs(s0)) : Math.max(1, Math.floor(ROOM / (line + 32)));
  return { rows: Math.min(n0, lines, Math.floor(ROOM / row)), cols, whole, turned: false };
}

/** How many lines so far apart fit, when all but the first have `room`. */
function linesWithin(room: number, apart: number): number {
  return apart === 0 ? Number.POSITIVE_INFINITY : 1 + Math.floor(room / apart);
}

function planTurned({ n0, n1, s0, s1, d0, itemsize }: SpanGrid): Piece | null {
  const step = Math.abs(s0);
  const [line, apart] = [n0 * step, Math.abs(s1)];
  const near = itemsize <= 4 || n0 * n1 * itemsize <= FEW_BYTES;
  if (near && line <= ROOM && apart <= 2 * line) {
    const cols = Math.min(n1, linesWithin(ROOM - line, apart), Math.floor(ROOM / (n0 * itemsize)));
    const dense = cols === n1 && d0 === n1 * itemsize;
    if (dense || cols * itemsize >= LONG_ENOUGH) return { rows: n0, cols, whole: true, turned: true };
  }
  if (itemsize > 2) return null;
  const rows = Math.min(n0, Math.max(16, Math.floor(TURNED_LINE / step)));
  if (rows * step < LONG_ENOUGH) return null;
  const cols = Math.min(n1, Math.floor(ROOM / (rows * step + 32)));
  if (cols * itemsize < LONG_ENOUGH) return null;
  return { rows, cols, whole: false, turned: true };
}

/** Moves a grid as planned: `from` and `to` are where it starts. */
export function moveSpans(
  grid: SpanGrid,
  { rows, cols, whole, turned }: Piece,
  src: Storage,
  from: number,
  dst: Storage,
  to: number,
): void {
  const { n0, n1, s0, s1, d0, itemsize } = grid;
  if (roomIn === 0) {
    roomIn = region(ROOM + 256);
    roomOut = region(ROOM + 256);
  }
  for (let i = 0; i < n0; i += rows) {
    const r = Math.min(rows, n0 - i);
    for (let j = 0; j < n1; j += cols) {
      const c = Math.min(cols, n1 - j);
      const p = from + i * s0 + j * s1;
      const q = to + i * d0 + j * itemsize;
      const target = addressOf(dst, q);
      const [rowPitch, out] = target < 0 ? [c * itemsize, roomOut] : [d0, target];
      gatherPiece(grid, whole, turned, r, c, src, p, out, rowPitch);
      if (target < 0) sendRows(out, r, c * itemsize, dst, q, d0);
    }
  }
}

/** Brings the spans of a piece in and its elements into rows. */
function gatherPiece(
  { s0, s1, itemsize }: SpanGrid,
  whole: boolean,
  turned: boolean,
  r: number,
  c: number,
  src: Storage,
  p: number,
  out: number,
  pitch: number,
): void {
  const address = addressOf(src, p);
  if (address >= 0) {
    gatherGrid(itemsize, r, c, address, s0, s1, out, pitch);
    return;
  }
  const bytes = src.lane(Uint8Array);
  const [reach0, reach1] = [(r - 1) * s0, (c - 1) * s1];
  if (s1 === 0) {
    for (let k = 0; k < r; k++) copyElement(bytes, p + k * s0, roomIn + k * itemsize, itemsize);
    gatherGrid(itemsize, r, c, roomIn, itemsize, 0, out, pitch);
    return;
  }
  if (whole) {
    const low = p + Math.min(0, reach0) + Math.min(0, reach1);
    const high = p + Math.max(0, reach0) + Math.max(0, reach1) + itemsize;
    heap.u8.set(bytes.subarray(low, high), roomIn);
    gatherGrid(itemsize, r, c, roomIn + (p - low), s0, s1, out, pitch);
    return;
  }
  const [lines, step, reach] = turned ? [c, s1, reach0] : [s0 === 0 ? 1 : r, s0, reach1];
  const low = Math.min(0, reach);
  const length = Math.abs(reach) + itemsize;
  const apart = (length + 31) & -16;
  for (let k = 0; k < lines; k++) {
    const at = p + k * step + low;
    heap.u8.set(bytes.subarray(at, at + length), roomIn + k * apart);
  }
  if (turned) gatherGrid(itemsize, r, c, roomIn - low, s0, apart, out, pitch);
  else gatherGrid(itemsize, r, c, roomIn - low, s0 === 0 ? 0 : apart, s1, out, pitch);
}

function copyElement(bytes: Uint8Array, from: number, to: number, itemsize: number): void {
  const { u8 } = heap;
  for (let b = 0; b < itemsize; b++) u8[to + b] = bytes[from + b]!;
}

/** Copies rows that lie one behind the other out to where they belong. */
function sendRows(from: number, rows: number, bytes: number, dst: Storage, to: number, pitch: number): void {
  const target = dst.lane(Uint8Array);
  if (pitch === bytes || rows === 1) {
    target.set(heap.u8.subarray(from, from + rows * bytes), to);
    return;
  }
  for (let k = 0; k < rows; k++) {
    const at = from + k * bytes;
    target.set(heap.u8.subarray(at, at + bytes), to + k * pitch);
  }
}
