/**
 * Moving elements from one layout to another of the same shape, whatever they are: every copy ends here.
 *
 * The axes are ordered by the strides of the destination and merged where both sides allow it. What is left is one of
 *
 * - *runs*: the inner axis is dense on both sides, and each run is one copy of bytes;
 * - *repeats*: the source stands still along a dense inner axis, and each run is filled by doubling;
 * - *lines*: one loop along the inner axis inside one along the next;
 * - *tiles*: the source is fastest along another axis than the destination, as in the copy of a transposed array.
 *   Read line by line, each element would bring a cache line of which one element is used. So the source's fast
 *   axis is taken as the second, and panels of it are walked that are as wide as a cache line.
 *
 * Grids of many elements with narrow gaps are quicker by way of the engine's memory: see spans.ts.
 *
 * Elements are moved as integers of the widest lane that divides the itemsize and every address: see moveloops.ts.
 * A few elements are not worth the ordering: smallmoves.ts walks them as they are.
 *
 * An element wider than a lane, such as a complex number or one that is not aligned, is moved lane by lane, over
 * pieces that are small enough to stay in the first cache from one pass to the next.
 *
 * The source and the destination must not overlap (assign.ts sees to that), and no two elements of the destination.
 */

import { coalesceOrdered } from "../layout/coalesce.ts";
import { walkOuter2 } from "../layout/walk.ts";
import type { Width } from "../wasm/gather.ts";
import { type Grid, laneWidth, type MoveLoop, type MoveLoops, moveLoops, moveLoopsFor } from "./moveloops.ts";
import { isSmall, moveSmall } from "./smallmoves.ts";
import { moveSpans, planSpans, type SpanGrid } from "./spans.ts";
import type { Place, Storage } from "./storage.ts";

/** Runs and repeats of fewer bytes are quicker in a loop than by a call for each; in a loop over words of 8 bytes, so many. */
const LONG_RUN = 192;
const LONG_WORDS = 512;
/** Repeats of so many bytes are filled by calls, rather than by way of the engine's memory. */
const CALL_REPEAT = 4096;
/** The same for few elements, which are moved without ordering their axes. */
const LONG_SMALL = 1024;
/** Bytes of a repeat that are filled element by element before they are doubled. */
const SEED = 4096;
/** Bytes that are copied again and again once there are so many: copies of 8 KB out of the first cache are the quickest. */
const REPEATED = 8192;
/** Elements of a piece that is walked once for each lane of an element. */
const PIECE = 512;
/** Elements of more lanes than this are moved as lines of lanes. */
const FEW_LANES = 4;
/** A line this short costs more to begin than to walk. */
const SHORT = 8;
/** Up to so many bytes a loop over words is quicker than a call that needs a view; over single bytes, so many. */
const FEW_BYTES = 96;
const FEW_SINGLE = 32;
/** Edge of a square tile, and width of a panel of one cache line. */
const TILE = 16;
const PANEL = 8;
/** Lines this many bytes apart fall on the same few places of the cache and push one another out. */
const ALIAS = 2048;

/** Copies the elements at `src` to `dst`. */
export function moveElements(shape: readonly number[], src: Place, dst: Place, itemsize: number): void {
  src.storage.alive();
  dst.storage.alive();
  const wide = src.storage.wide ?? dst.storage.wide;
  if (wide !== null) {
    wide.inParts(shape, [src, dst], [itemsize, itemsize], (part, from, to) =>
      moveElements(part, from, to, itemsize),
    );
    return;
  }
  const dense = denseBytes(shape, src.strides, dst.strides, itemsize);
  if (dense >= 0) moveBytes(src.storage, src.offset, dst.storage, dst.offset, dense);
  else if (isLongRepeat(shape, src, dst, itemsize)) {
    repeatRun(src.storage, src.offset, dst.storage, dst.offset, shape[0]! * itemsize, itemsize);
  } else if (isSmall(shape, itemsize) && !isLong(shape, src, dst, itemsize))
    moveSmall(shape, src, dst, itemsize);
  else moveStrided(shape, src, dst, itemsize);
}

/** Whether one element is repeated along one dense axis, so often that it is filled by calls. */
function isLongRepeat([length]: readonly number[], src: Place, dst: Place, itemsize: number): boolean {
  if (dst.strides.length !== 1 || src.strides[0] !== 0 || dst.strides[0] !== itemsize) return false;
  return length! * itemsize >= LONG_SMALL;
}

/** Whether the last axis is a run or a repeat of so many bytes that a call for each pays off also in a small move. */
function isLong(shape: readonly number[], src: Place, dst: Place, itemsize: number): boolean {
  const last = shape.length - 1;
  if (last < 0 || shape[last]! * itemsize < LONG_SMALL || dst.strides[last] !== itemsize) return false;
  const step = src.strides[last]!;
  return step === 0 || step === itemsize;
}

function moveStrided(shape: readonly number[], src: Place, dst: Place, itemsize: number): void {
  const walk = coalesceOrdered(shape, [dst.strides, src.strides], [dst.offset, src.offset]);
  const [d, s] = walk.strides as [number[], number[]];
  const [to, from] = walk.offsets as [number, number];
  const found: Sides = { shape: walk.shape, d, s, to, from, src: src.storage, dst: dst.storage, itemsize };
  const inner = walk.shape.length - 1;
  const bytes = walk.shape[inner]! * itemsize;
  const runs = d[inner] === itemsize && s[inner] === itemsize;
  const repeats = d[inner] === itemsize && s[inner] === 0;
  const single = runs ? asElements(found, bytes) : null;
  const sides = single ?? found;
  const width = runs && single === null ? runWidth(sides, bytes) : 0;
  if (runs && bytes >= (width === 8 ? LONG_WORDS : LONG_RUN)) moveRuns(sides);
  else if (repeats && bytes >= CALL_REPEAT) moveRepeats(sides);
  else if (width === 8) moveGrids(inLanes(sides, bytes, width));
  else if (moveBySpans(sides)) return;
  else if (repeats && bytes >= LONG_RUN) moveRepeats(sides);
  else moveGrids(width > 0 ? inLanes(sides, bytes, width) : sides);
}

/** Runs of so many bytes as elements of that size, as the pixels of a picture can be, or null when they cannot. */
function asElements(sides: Sides, bytes: number): Sides | null {
  const { shape, d, s, to, from } = sides;
  const inner = shape.length - 1;
  if ((bytes !== 2 && bytes !== 4 && bytes !== 8) || inner === 0 || shape[inner] === 1) return null;
  if (to % bytes !== 0 || from % bytes !== 0) return null;
  for (let k = 0; k < inner; k++) if (d[k]! % bytes !== 0 || s[k]! % bytes !== 0) return null;
  const outer = (list: readonly number[]) => list.slice(0, inner);
  return { ...sides, shape: outer(shape), d: outer(d), s: outer(s), itemsize: bytes };
}

/** The bytes of the widest lane that divides runs of so many bytes, and every address. */
function runWidth({ shape, d, s, to, from }: Sides, bytes: number): number {
  const inner = shape.length - 1;
  let width = 8;
  const fits = () => {
    if (bytes % width !== 0 || to % width !== 0 || from % width !== 0) return false;
    for (let k = 0; k < inner; k++) if (d[k]! % width !== 0 || s[k]! % width !== 0) return false;
    return true;
  };
  while (!fits()) width /= 2;
  return width;
}

/** Runs as elements of a lane that fits. */
function inLanes(sides: Sides, bytes: number, width: number): Sides {
  const { shape, d, s } = sides;
  const inner = shape.length - 1;
  shape[inner] = bytes / width;
  d[inner] = width;
  s[inner] = width;
  return { ...sides, itemsize: width };
}

/** Moves by way of the engine's memory, when that is quicker; returns whether it was. */
function moveBySpans(sides: Sides): boolean {
  const { itemsize, d } = sides;
  const powerOfTwo = itemsize <= 16 && (itemsize & (itemsize - 1)) === 0;
  if (!powerOfTwo || d.at(-1) !== itemsize) return false;
  bringForward(sides);
  const { shape, s, to, from, src, dst } = sides;
  const [i1, i0] = [shape.length - 1, shape.length - 2];
  const [n0, s0, d0] = i0 < 0 ? [1, 0, 0] : [shape[i0]!, s[i0]!, d[i0]!];
  const grid: SpanGrid = { n0, n1: shape[i1]!, s0, s1: s[i1]!, d0, itemsize: itemsize as Width };
  const piece = planSpans(grid, src, dst, from | to);
  if (piece === null) return false;
  walkOuter2(shape, d, to, s, from, 2, (q, p) => moveSpans(grid, piece, src, p, dst, q));
  return true;
}

/** Both sides after their axes were ordered and merged: byte strides and the bytes at which they start. */
interface Sides {
  readonly shape: number[];
  readonly d: number[];
  readonly s: number[];
  readonly to: number;
  readonly from: number;
  readonly src: Storage;
  readonly dst: Storage;
  readonly itemsize: number;
}

/** The bytes of the whole when both sides are dense in C order, or when there are none; else -1. */
function denseBytes(
  shape: readonly number[],
  s: readonly number[],
  d: readonly number[],
  itemsize: number,
): number {
  let bytes = itemsize;
  let dense = true;
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    if (length !== 1 && (s[k] !== bytes || d[k] !== bytes)) dense = false;
    bytes *= length;
  }
  return dense || bytes === 0 ? bytes : -1;
}

/** Copies bytes, also within one buffer; a few are not worth the views that a copy of many needs. */
export function moveBytes(src: Storage, from: number, dst: Storage, to: number, count: number): void {
  src.alive();
  dst.alive();
  const wide = src.wide ?? dst.wide;
  if (wide !== null) {
    const row = { strides: [1] };
    const places = [
      { ...row, storage: src, offset: from },
      { ...row, storage: dst, offset: to },
    ] as const;
    wide.inParts([count], places, [1, 1], ([part], p, q) =>
      moveBytes(p.storage, p.offset, q.storage, q.offset, part!),
    );
    return;
  }
  if (src.buffer === dst.buffer && src.origin === dst.origin) {
    dst.bytes.copyWithin(to, from, from + count);
  } else if (src.buffer === dst.buffer || count > FEW_BYTES) copyMany(src, from, dst, to, count);
  else if (((from | to | count) & 3) === 0) {
    copyWords(src.words, from / 4, dst.words, to / 4, count / 4);
  } else if (count > FEW_SINGLE) copyMany(src, from, dst, to, count);
  else copySingle(src.bytes, from, dst.bytes, to, count);
}

// A fresh view costs less than subarray, which has to ask for the class to make.
function copyMany(src: Storage, from: number, dst: Storage, to: number, count: number): void {
  dst.bytes.set(new Uint8Array(src.buffer, src.origin + from, count), to);
}

function copyWords(source: Uint32Array, from: number, target: Uint32Array, to: number, count: number): void {
  for (let k = 0; k < count; k++) target[to + k] = source[from + k]!;
}

function copySingle(source: Uint8Array, from: number, target: Uint8Array, to: number, count: number): void {
  for (let k = 0; k < count; k++) target[to + k] = source[from + k]!;
}

function moveRuns({ shape, d, s, to, from, src, dst, itemsize }: Sides): void {
  const { buffer, origin } = src;
  const target = dst.lane(Uint8Array);
  const count = shape.at(-1)! * itemsize;
  walkOuter2(shape, d, to, s, from, 1, (q, p) => target.set(new Uint8Array(buffer, origin + p, count), q));
}

function moveRepeats({ shape, d, s, to, from, src, dst, itemsize }: Sides): void {
  const count = shape.at(-1)! * itemsize;
  walkOuter2(shape, d, to, s, from, 1, (q, p) => repeatRun(src, p, dst, q, count, itemsize));
}

function repeatRun(src: Storage, p: number, dst: Storage, q: number, count: number, itemsize: number): void {
  moveBytes(src, p, dst, q, itemsize);
  repeatElement(dst, q, count, itemsize);
}

/** Fills `count` bytes with the element that they begin with: some one by one, the others by copies of these. */
export function repeatElement(dst: Storage, q: number, count: number, itemsize: number): void {
  const { lane } = moveLoops[itemsize] ?? {};
  let done = itemsize;
  if (lane !== undefined && q % itemsize === 0) {
    done = Math.min(count, SEED);
    const line = dst.lane(lane) as Uint8Array;
    line.fill(line[q / itemsize]!, q / itemsize, (q + done) / itemsize);
  }
  repeatBytes(dst.bytes, q, done, count);
}

/** Fills `count` bytes with the first `seed` of them, again and again. */
export function repeatBytes(bytes: Uint8Array, at: number, seed: number, count: number): void {
  for (let done = seed, part = seed; done < count; ) {
    bytes.copyWithin(at + done, at, at + Math.min(part, count - done));
    done += part;
    if (2 * part <= REPEATED) part *= 2;
  }
}

function moveGrids(sides: Sides): void {
  const width = laneWidth(
    sides.itemsize,
    { strides: sides.s, offset: sides.from },
    { strides: sides.d, offset: sides.to },
  );
  const lanes = sides.itemsize / width;
  const loops = moveLoopsFor(width, sides.src, sides.dst);
  const wide = lanes > FEW_LANES;
  if (wide) addAxis(sides, lanes, width);
  const transposed = !wide && bringForward(sides);
  const { shape, d, s, to, from, src, dst } = sides;
  const grid = innerGrid(shape, s, d, width, !transposed);
  const job: Job = {
    loops,
    source: src.lane(loops.lane) as never,
    target: dst.lane(loops.lane) as never,
    grid,
  };
  const passes = wide ? 1 : lanes;
  walkOuter2(shape, d, to, s, from, 2, (q, p) => {
    if (!transposed) moveLines(job, p / width, q / width, passes);
    else moveTiles(job, p / width, q / width, passes);
  });
}

/** Makes the lanes of an element the innermost axis. */
function addAxis({ shape, d, s }: Sides, length: number, stride: number): void {
  shape.push(length);
  d.push(stride);
  s.push(stride);
}

/** Makes the axis along which the source is fastest the second from the end; false when it is no faster there. */
function bringForward({ shape, d, s }: Sides): boolean {
  const inner = shape.length - 1;
  let fast = inner;
  for (let k = 0; k < inner; k++) {
    const step = Math.abs(s[k]!);
    if (step > 0 && step < Math.abs(s[fast]!) && shape[k]! >= 4) fast = k;
  }
  if (fast === inner || shape[inner]! < 4) return false;
  for (const list of [shape, d, s]) list.splice(inner - 1, 0, ...list.splice(fast, 1));
  return true;
}

/** The last two axes, in lane elements. A short inner axis changes places with a longer outer one where allowed. */
function innerGrid(shape: number[], s: number[], d: number[], width: number, free: boolean): Grid {
  const [i1, i0] = [shape.length - 1, shape.length - 2];
  const [n0, s0, d0] = i0 < 0 ? [1, 0, 0] : [shape[i0]!, s[i0]! / width, d[i0]! / width];
  const [n1, s1, d1] = [shape[i1]!, s[i1]! / width, d[i1]! / width];
  return free && n1 < SHORT && n0 > n1
    ? { n0: n1, n1: n0, s0: s1, s1: s0, d0: d1, d1: d0 }
    : { n0, n1, s0, s1, d0, d1 };
}

/** What stays the same from one grid to the next. */
interface Job {
  readonly loops: MoveLoops;
  readonly source: never;
  readonly target: never;
  readonly grid: Grid;
}

/** Moves a grid line by line; in pieces when it is passed over several times. */
function moveLines(job: Job, from: number, to: number, passes: number): void {
  const { n0, n1 } = job.grid;
  const again = passes > 1 || n0 < SHORT;
  const length = again ? Math.min(n1, PIECE) : n1;
  const lines = passes > 1 ? Math.min(n0, Math.ceil(PIECE / length)) : n0;
  movePieces(job, job.loops.lines, from, to, lines, length, passes);
}

/** Moves a grid in panels as wide as a cache line, or in small squares where those would not stay in the cache. */
function moveTiles(job: Job, from: number, to: number, passes: number): void {
  const { n1, s0, s1, d0, d1 } = job.grid;
  const bytes = job.loops.lane.BYTES_PER_ELEMENT;
  const dense = s0 === 1 && d1 === 1;
  const aliased = (s1 * bytes) % ALIAS === 0 || (d0 * bytes) % ALIAS === 0;
  const square = aliased || !dense;
  const loop = dense ? job.loops.tiles : job.loops.lines;
  movePieces(job, loop, from, to, square ? TILE : PANEL, square ? TILE : n1, passes);
}

function movePieces(
  { source, target, grid }: Job,
  loop: MoveLoop,
  from: number,
  to: number,
  size0: number,
  size1: number,
  passes: number,
): void {
  const { n0, n1, s0, s1, d0, d1 } = grid;
  const piece = { ...grid };
  for (let i = 0; i < n0; i += size0) {
    piece.n0 = Math.min(size0, n0 - i);
    for (let j = 0; j < n1; j += size1) {
      piece.n1 = Math.min(size1, n1 - j);
      const p = from + i * s0 + j * s1;
      const q = to + i * d0 + j * d1;
      for (let lane = 0; lane < passes; lane++) loop(source, p + lane, target, q + lane, piece);
    }
  }
}
