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
/** Bytes of a gap that cost as much as a call: lines that are nearer come with what is between them. */
const NARROW = 1280;
/** Fewer elements are left to a loop. */
const MANY = 128;

/** Bytes of wide elements up to which they are turned by a kernel: what goes in and out by one call each. More are met in small squares by a loop. */
const FEW_BYTES = 1 << 17;
/** Bytes that do not stay in the second cache. */
const FAR = 1 << 20;

/** Nanoseconds, as they were measured: of a byte that comes in and one that goes out, of a call for one line, of one for a piece. */
const IN = 0.034;
const OUT = 0.02;
const CALL = 45;
const START = 150;
/** Of an element in a kernel that moves vectors, and in one that moves it alone. */
const VECTOR = 0.1;
const SINGLE = 0.2;
/** Of an element in a loop: in one pass, of small ones that are turned, and for each of its lanes when it has more. */
const LOOP = 0.8;
const LOOP_TURNED = 1.2;
const LOOP_LANE = 1.1;

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

/** How to cut a grid, or null when loops are quicker. `places` are the bytes at which both sides start, or'ed. */
export function planSpans(grid: SpanGrid, src: Storage, dst: Storage, places = 0): Piece | null {
  const { n0, n1, s0, s1, itemsize } = grid;
  if (n0 * n1 < MANY) return null;
  const turned = s0 !== 0 && Math.abs(s0) < Math.abs(s1);
  const inHeap = addressOf(src, 0) >= 0;
  const outHeap = addressOf(dst, 0) >= 0;
  if (inHeap && outHeap) return { rows: n0, cols: n1, whole: true, turned };
  const step = turned ? Math.abs(s0) : Math.abs(s1);
  // Beyond the second cache it is the bytes that cost, and wide elements with gaps are better met one by one.
  if (itemsize >= 8 && step > itemsize && n0 * n1 * step > FAR) return null;
  const most = loopTime(grid, turned, places);
  const piece = turned ? planTurned(grid) : planRows(grid);
  if (piece !== null && spanTime(grid, piece, inHeap, outHeap) < most) return piece;
  const lines = turned ? planTurnedLines(grid) : null;
  return lines !== null && spanTime(grid, lines, inHeap, outHeap) < most ? lines : null;
}

/** How long a loop takes, which has lanes of as many bytes as all places and steps allow. */
function loopTime({ n0, n1, s0, s1, d0, itemsize }: SpanGrid, turned: boolean, places: number): number {
  const dense = s1 === itemsize;
  const bits = places | s0 | d0 | (dense ? n1 * itemsize : itemsize | s1);
  const width = bits & 1 ? 1 : bits & 2 ? 2 : bits & 4 ? 4 : 8;
  const each = turned && width < 4 ? LOOP_TURNED : dense || width === itemsize ? LOOP : LOOP_LANE;
  return ((n0 * n1 * itemsize) / width) * each;
}

/** How long it takes by way of the engine's memory. */
function spanTime(
  { n0, n1, s0, s1, d0, itemsize }: SpanGrid,
  { rows, cols, whole, turned }: Piece,
  inHeap: boolean,
  outHeap: boolean,
): number {
  const n = n0 * n1;
  const [down, across] = [Math.ceil(n0 / rows), Math.ceil(n1 / cols)];
  const quick = turned || Math.abs(s1) <= itemsize || (s1 === 2 * itemsize && itemsize < 16);
  let time = n * (quick ? VECTOR : SINGLE) + down * across * START;
  if (!inHeap) {
    const step = Math.max(itemsize, Math.abs(turned ? s0 : s1));
    const [lines, line, apart] = turned
      ? [n1, n0 * step, Math.abs(s1)]
      : [s0 === 0 ? 1 : n0, n1 * step, Math.abs(s0)];
    if (s1 === 0) time += n0 * CALL;
    else if (whole) time += IN * ((lines - 1) * apart + line);
    else time += lines * (IN * line + CALL * (turned ? down : across));
  }
  if (!outHeap) time += OUT * n * itemsize + (cols === n1 && d0 === n1 * itemsize ? 0 : n0 * across * CALL);
  return time;
}

function planRows({ n0, n1, s0, s1, itemsize }: SpanGrid): Piece | null {
  const step = Math.max(Math.abs(s1), itemsize);
  const cols = Math.min(n1, Math.floor(ROOM / step));
  if (cols === 0) return null;
  const line = cols * step;
  const whole = n0 === 1 || Math.abs(s0) <= line + NARROW;
  const lines = whole ? linesWithin(ROOM - line, Math.abs(s0)) : Math.max(1, Math.floor(ROOM / (line + 32)));
  return { rows: Math.min(n0, lines, Math.floor(ROOM / (cols * itemsize))), cols, whole, turned: false };
}

/** How many lines so far apart fit, when all but the first have `room`. */
function linesWithin(room: number, apart: number): number {
  return apart === 0 ? Number.POSITIVE_INFINITY : 1 + Math.floor(room / apart);
}

/** Elements that lie side by side along the other axis, with all that is between them. */
function planTurned({ n0, n1, s0, s1, itemsize }: SpanGrid): Piece | null {
  const [line, apart] = [n0 * Math.abs(s0), Math.abs(s1)];
  if (line > ROOM || (itemsize > 4 && n0 * n1 * itemsize > FEW_BYTES)) return null;
  const cols = Math.min(n1, linesWithin(ROOM - line, apart), Math.floor(ROOM / (n0 * itemsize)));
  return cols === 0 ? null : { rows: n0, cols, whole: true, turned: true };
}

/** The same in parts of lines, without. */
function planTurnedLines({ n0, n1, s0, itemsize }: SpanGrid): Piece | null {
  if (itemsize > 2) return null;
  const step = Math.abs(s0);
  const rows = Math.min(n0, Math.max(16, Math.floor(TURNED_LINE / step)));
  const cols = Math.min(n1, Math.floor(ROOM / (rows * step + 32)));
  return cols === 0 ? null : { rows, cols, whole: false, turned: true };
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
