/**
 * Elements repeated one by one, in C order on both sides. They move as lanes; the bytes behind the axis are a piece, which
 * is copied lane by lane when it is short and by a call when it is long. Where single lanes are wanted four times at most,
 * four are written each time, and those too many are written over by the next ones: twice as fast as a loop for each. Wide
 * lanes that are all doubled, the commonest case, have loops of their own. As in moveloops.ts there is one function for each
 * lane, on purpose.
 */

import type { NDArray } from "./ndarray.ts";

/** Pieces of more lanes than this are copied by a call. */
const LONG_PIECE = 16;

/** Pieces in front of an axis, how long it is, how many lanes lie behind each place, and how often each is repeated. */
interface Repeating {
  readonly outer: number;
  readonly length: number;
  readonly piece: number;
  /** How often for each place, `count` times at most; null when it is `count` for all. */
  readonly counts: Int32Array | null;
  readonly count: number;
  /** The first lane at which fewer than four are left in the target. */
  readonly end: number;
}

/** Writes what lies at each place of an axis as often as `counts` says (`count` at most) to `target`; both are in C order, and of one dtype. */
export function repeatLanes(
  source: NDArray,
  axis: number,
  counts: Int32Array | null,
  count: number,
  target: NDArray,
): void {
  const { shape, offset } = source.layout;
  let [outer, bytes] = [1, source.itemsize];
  for (let k = 0; k < shape.length; k++) {
    if (k < axis) outer *= shape[k]!;
    if (k > axis) bytes *= shape[k]!;
  }
  const at = target.layout.offset;
  const width = widthFor(bytes, offset, at);
  const end = (at + target.nbytes) / width - 3;
  const [piece, length] = [bytes / width, shape[axis]!];
  const n = outer * length;
  const how = { outer, length, piece, counts, count, end };
  const [p, q] = [offset / width, at / width];
  const [from, to] = [source.storage, target.storage];
  const twice = piece === 1 && counts === null && count === 2;
  if (twice && width === 8) {
    const [source, doubled] = [from.lane(BigUint64Array), to.lane(BigUint64Array)];
    eachBlock(n, (k, count) => twice64(source, p + k, doubled, q + 2 * k, count));
  } else if (twice && width === 4) {
    const [source, doubled] = [from.lane(Int32Array), to.lane(Int32Array)];
    eachBlock(n, (k, count) => twice32(source, p + k, doubled, q + 2 * k, count));
  } else if (width === 8) repeat64(from.lane(BigUint64Array), p, to.lane(BigUint64Array), q, how);
  else if (width === 4) repeat32(from.lane(Int32Array), p, to.lane(Int32Array), q, how);
  else if (width === 2) repeat16(from.lane(Uint16Array), p, to.lane(Uint16Array), q, how);
  else repeat8(from.lane(Uint8Array), p, to.lane(Uint8Array), q, how);
}

/** Elements of a call: a loop over many would be compiled half way through its first call, and give up at the end of each. */
const BLOCK = 8192;

function eachBlock(n: number, visit: (from: number, count: number) => void): void {
  for (let k = 0; k < n; k += BLOCK) visit(k, Math.min(BLOCK, n - k));
}

/** The widest lane that divides the bytes of a piece and both places. */
function widthFor(bytes: number, from: number, to: number): 1 | 2 | 4 | 8 {
  for (const width of [8, 4, 2] as const) {
    if (bytes % width === 0 && from % width === 0 && to % width === 0) return width;
  }
  return 1;
}

function repeat8(src: Uint8Array, from: number, dst: Uint8Array, to: number, how: Repeating): void {
  const { outer, length, piece, counts, count, end } = how;
  let [p, q, k, place] = [from, to, 0, 0];
  const n = outer * length;
  if (piece === 1 && count <= 4) {
    for (; k < n && q < end; k++) {
      const element = src[p++]!;
      dst[q] = element;
      dst[q + 1] = element;
      dst[q + 2] = element;
      dst[q + 3] = element;
      q += counts === null ? count : counts[place]!;
      if (++place === length) place = 0;
    }
  }
  for (; k < n; k++, p += piece) {
    const times = counts === null ? count : counts[place]!;
    if (++place === length) place = 0;
    if (piece === 1) {
      const element = src[p]!;
      for (let j = 0; j < times; j++) dst[q++] = element;
      continue;
    }
    for (let j = 0; j < times; j++, q += piece) {
      if (piece > LONG_PIECE) dst.set(src.subarray(p, p + piece), q);
      else for (let i = 0; i < piece; i++) dst[q + i] = src[p + i]!;
    }
  }
}

function repeat16(src: Uint16Array, from: number, dst: Uint16Array, to: number, how: Repeating): void {
  const { outer, length, piece, counts, count, end } = how;
  let [p, q, k, place] = [from, to, 0, 0];
  const n = outer * length;
  if (piece === 1 && count <= 4) {
    for (; k < n && q < end; k++) {
      const element = src[p++]!;
      dst[q] = element;
      dst[q + 1] = element;
      dst[q + 2] = element;
      dst[q + 3] = element;
      q += counts === null ? count : counts[place]!;
      if (++place === length) place = 0;
    }
  }
  for (; k < n; k++, p += piece) {
    const times = counts === null ? count : counts[place]!;
    if (++place === length) place = 0;
    if (piece === 1) {
      const element = src[p]!;
      for (let j = 0; j < times; j++) dst[q++] = element;
      continue;
    }
    for (let j = 0; j < times; j++, q += piece) {
      if (piece > LONG_PIECE) dst.set(src.subarray(p, p + piece), q);
      else for (let i = 0; i < piece; i++) dst[q + i] = src[p + i]!;
    }
  }
}

function repeat32(src: Int32Array, from: number, dst: Int32Array, to: number, how: Repeating): void {
  const { outer, length, piece, counts, count, end } = how;
  let [p, q, k, place] = [from, to, 0, 0];
  const n = outer * length;
  if (piece === 1 && count <= 4) {
    for (; k < n && q < end; k++) {
      const element = src[p++]!;
      dst[q] = element;
      dst[q + 1] = element;
      dst[q + 2] = element;
      dst[q + 3] = element;
      q += counts === null ? count : counts[place]!;
      if (++place === length) place = 0;
    }
  }
  for (; k < n; k++, p += piece) {
    const times = counts === null ? count : counts[place]!;
    if (++place === length) place = 0;
    if (piece === 1) {
      const element = src[p]!;
      for (let j = 0; j < times; j++) dst[q++] = element;
      continue;
    }
    for (let j = 0; j < times; j++, q += piece) {
      if (piece > LONG_PIECE) dst.set(src.subarray(p, p + piece), q);
      else for (let i = 0; i < piece; i++) dst[q + i] = src[p + i]!;
    }
  }
}

function repeat64(src: BigUint64Array, from: number, dst: BigUint64Array, to: number, how: Repeating): void {
  const { outer, length, piece, counts, count, end } = how;
  let [p, q, k, place] = [from, to, 0, 0];
  const n = outer * length;
  if (piece === 1 && count <= 4) {
    for (; k < n && q < end; k++) {
      const element = src[p++]!;
      dst[q] = element;
      dst[q + 1] = element;
      dst[q + 2] = element;
      dst[q + 3] = element;
      q += counts === null ? count : counts[place]!;
      if (++place === length) place = 0;
    }
  }
  for (; k < n; k++, p += piece) {
    const times = counts === null ? count : counts[place]!;
    if (++place === length) place = 0;
    if (piece === 1) {
      const element = src[p]!;
      for (let j = 0; j < times; j++) dst[q++] = element;
      continue;
    }
    for (let j = 0; j < times; j++, q += piece) {
      if (piece > LONG_PIECE) dst.set(src.subarray(p, p + piece), q);
      else for (let i = 0; i < piece; i++) dst[q + i] = src[p + i]!;
    }
  }
}

function twice32(src: Int32Array, from: number, dst: Int32Array, to: number, n: number): void {
  let p = from;
  let q = to;
  let k = 0;
  for (; k + 3 < n; k += 4) {
    const a = src[p]!;
    const b = src[p + 1]!;
    const c = src[p + 2]!;
    const d = src[p + 3]!;
    dst[q] = a;
    dst[q + 1] = a;
    dst[q + 2] = b;
    dst[q + 3] = b;
    dst[q + 4] = c;
    dst[q + 5] = c;
    dst[q + 6] = d;
    dst[q + 7] = d;
    p += 4;
    q += 8;
  }
  for (; k < n; k++) {
    const element = src[p++]!;
    dst[q++] = element;
    dst[q++] = element;
  }
}

function twice64(src: BigUint64Array, from: number, dst: BigUint64Array, to: number, n: number): void {
  let p = from;
  let q = to;
  let k = 0;
  for (; k + 3 < n; k += 4) {
    const a = src[p]!;
    const b = src[p + 1]!;
    const c = src[p + 2]!;
    const d = src[p + 3]!;
    dst[q] = a;
    dst[q + 1] = a;
    dst[q + 2] = b;
    dst[q + 3] = b;
    dst[q + 4] = c;
    dst[q + 5] = c;
    dst[q + 6] = d;
    dst[q + 7] = d;
    p += 4;
    q += 8;
  }
  for (; k < n; k++) {
    const element = src[p++]!;
    dst[q++] = element;
    dst[q++] = element;
  }
}
