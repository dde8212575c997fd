/**
 * The innermost loops of moving elements, once for each width of a lane.
 *
 * They are the same text four times, on purpose: a loop that has met several kinds of typed array runs up to forty
 * times slower, and so do closures made at one place. Elements move as integers whatever they mean, so that
 * every bit arrives, those of a NaN too, and nothing is rounded: an engine may change a NaN that passes through a
 * Float64Array.
 *
 * Positions are kept to 32 bits in the line loops. That is right for memory of fewer than 2^31 lane elements, and it
 * keeps the loop fast whatever it met before: without it one product that is -0 or one large position, met once, makes
 * the engine count in floating point from then on. Larger memory takes a loop that counts in plain numbers.
 */

import type { LaneClass, Storage } from "./storage.ts";

/** Two axes of a move: their lengths, and how far source and destination step along them, in lane elements. */
export interface Grid {
  /** Length of the outer axis. */
  n0: number;
  /** Length of the inner axis. */
  n1: number;
  s0: number;
  s1: number;
  d0: number;
  d1: number;
}

export type MoveLane = Uint8Array | Uint16Array | Int32Array | BigUint64Array;

/** Moves a grid of elements from `src`, starting at `from`, to `dst`, starting at `to`. */
export type MoveLoop = (src: never, from: number, dst: never, to: number, grid: Grid) => void;

/** The loops for one width. */
export interface MoveLoops {
  readonly lane: LaneClass<MoveLane>;
  /** One line of the inner axis after another. */
  readonly lines: MoveLoop;
  /**
   * Four by four elements at a time, where the outer axis is dense in the source and the inner one in the destination. Small
   * elements seldom come here: spans.ts turns them.
   */
  readonly tiles: MoveLoop;
}

function lines8(src: Uint8Array, from: number, dst: Uint8Array, to: number, grid: Grid): void {
  const { n0, n1, s0, s1, d0, d1 } = grid;
  for (let i = 0; i < n0; i++) {
    let p = (from + i * s0) | 0;
    let q = (to + i * d0) | 0;
    let j = 0;
    for (; j + 3 < n1; j += 4) {
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
    }
    for (; j < n1; j++) {
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
    }
  }
}

function lines16(src: Uint16Array, from: number, dst: Uint16Array, to: number, grid: Grid): void {
  const { n0, n1, s0, s1, d0, d1 } = grid;
  for (let i = 0; i < n0; i++) {
    let p = (from + i * s0) | 0;
    let q = (to + i * d0) | 0;
    let j = 0;
    for (; j + 3 < n1; j += 4) {
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
    }
    for (; j < n1; j++) {
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
    }
  }
}

function lines32(src: Int32Array, from: number, dst: Int32Array, to: number, grid: Grid): void {
  const { n0, n1, s0, s1, d0, d1 } = grid;
  const s2 = (s1 + s1) | 0;
  const s3 = (s2 + s1) | 0;
  const s4 = (s2 + s2) | 0;
  for (let i = 0; i < n0; i++) {
    let p = (from + i * s0) | 0;
    let q = (to + i * d0) | 0;
    let j = 0;
    if (d1 === 1) {
      for (; j + 7 < n1; j += 8) {
        const r = (p + s4) | 0;
        dst[q] = src[p]!;
        dst[q + 1] = src[(p + s1) | 0]!;
        dst[q + 2] = src[(p + s2) | 0]!;
        dst[q + 3] = src[(p + s3) | 0]!;
        dst[q + 4] = src[r]!;
        dst[q + 5] = src[(r + s1) | 0]!;
        dst[q + 6] = src[(r + s2) | 0]!;
        dst[q + 7] = src[(r + s3) | 0]!;
        p = (r + s4) | 0;
        q = (q + 8) | 0;
      }
    }
    for (; j + 3 < n1; j += 4) {
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
    }
    for (; j < n1; j++) {
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
    }
  }
}

function tiles32(src: Int32Array, from: number, dst: Int32Array, to: number, grid: Grid): void {
  const { n0, n1, s1, d0 } = grid;
  let i = 0;
  for (; i + 3 < n0; i += 4) {
    let a = from + i;
    let q = to + i * d0;
    for (let j = 0; j + 3 < n1; j += 4) {
      const b = a + s1;
      const c = b + s1;
      const d = c + s1;
      dst[q] = src[a]!;
      dst[q + 1] = src[b]!;
      dst[q + 2] = src[c]!;
      dst[q + 3] = src[d]!;
      const r = q + d0;
      dst[r] = src[a + 1]!;
      dst[r + 1] = src[b + 1]!;
      dst[r + 2] = src[c + 1]!;
      dst[r + 3] = src[d + 1]!;
      const t = r + d0;
      dst[t] = src[a + 2]!;
      dst[t + 1] = src[b + 2]!;
      dst[t + 2] = src[c + 2]!;
      dst[t + 3] = src[d + 2]!;
      const u = t + d0;
      dst[u] = src[a + 3]!;
      dst[u + 1] = src[b + 3]!;
      dst[u + 2] = src[c + 3]!;
      dst[u + 3] = src[d + 3]!;
      a = d + s1;
      q += 4;
    }
  }
  const j = n1 - (n1 % 4);
  if (j < n1) lines32(src, from + j * s1, dst, to + j, { ...grid, n0: i, n1: n1 - j });
  if (i < n0) lines32(src, from + i, dst, to + i * d0, { ...grid, n0: n0 - i });
}

function lines64(src: BigUint64Array, from: number, dst: BigUint64Array, to: number, grid: Grid): void {
  const { n0, n1, s0, s1, d0, d1 } = grid;
  const s2 = (s1 + s1) | 0;
  const s3 = (s2 + s1) | 0;
  const s4 = (s2 + s2) | 0;
  for (let i = 0; i < n0; i++) {
    let p = (from + i * s0) | 0;
    let q = (to + i * d0) | 0;
    let j = 0;
    if (d1 === 1) {
      for (; j + 7 < n1; j += 8) {
        const r = (p + s4) | 0;
        dst[q] = src[p]!;
        dst[q + 1] = src[(p + s1) | 0]!;
        dst[q + 2] = src[(p + s2) | 0]!;
        dst[q + 3] = src[(p + s3) | 0]!;
        dst[q + 4] = src[r]!;
        dst[q + 5] = src[(r + s1) | 0]!;
        dst[q + 6] = src[(r + s2) | 0]!;
        dst[q + 7] = src[(r + s3) | 0]!;
        p = (r + s4) | 0;
        q = (q + 8) | 0;
      }
    }
    for (; j + 3 < n1; j += 4) {
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
    }
    for (; j < n1; j++) {
      dst[q] = src[p]!;
      p = (p + s1) | 0;
      q = (q + d1) | 0;
    }
  }
}

function tiles64(src: BigUint64Array, from: number, dst: BigUint64Array, to: number, grid: Grid): void {
  const { n0, n1, s1, d0 } = grid;
  let i = 0;
  for (; i + 3 < n0; i += 4) {
    let a = from + i;
    let q = to + i * d0;
    for (let j = 0; j + 3 < n1; j += 4) {
      const b = a + s1;
      const c = b + s1;
      const d = c + s1;
      dst[q] = src[a]!;
      dst[q + 1] = src[b]!;
      dst[q + 2] = src[c]!;
      dst[q + 3] = src[d]!;
      const r = q + d0;
      dst[r] = src[a + 1]!;
      dst[r + 1] = src[b + 1]!;
      dst[r + 2] = src[c + 1]!;
      dst[r + 3] = src[d + 1]!;
      const t = r + d0;
      dst[t] = src[a + 2]!;
      dst[t + 1] = src[b + 2]!;
      dst[t + 2] = src[c + 2]!;
      dst[t + 3] = src[d + 2]!;
      const u = t + d0;
      dst[u] = src[a + 3]!;
      dst[u + 1] = src[b + 3]!;
      dst[u + 2] = src[c + 3]!;
      dst[u + 3] = src[d + 3]!;
      a = d + s1;
      q += 4;
    }
  }
  const j = n1 - (n1 % 4);
  if (j < n1) lines64(src, from + j * s1, dst, to + j, { ...grid, n0: i, n1: n1 - j });
  if (i < n0) lines64(src, from + i, dst, to + i * d0, { ...grid, n0: n0 - i });
}

/** The bytes of the widest lane that divides an element and every address on both sides. */
export function laneWidth(itemsize: number, src: Lattice, dst: Lattice): 1 | 2 | 4 | 8 {
  let width: 1 | 2 | 4 | 8 = itemsize % 8 === 0 ? 8 : itemsize % 4 === 0 ? 4 : itemsize % 2 === 0 ? 2 : 1;
  while (width > 1 && !(meets(src, width) && meets(dst, width))) width = (width / 2) as 1 | 2 | 4;
  return width;
}

/** Addresses: an offset and strides, in bytes. */
interface Lattice {
  readonly strides: readonly number[];
  readonly offset: number;
}

function meets({ strides, offset }: Lattice, width: number): boolean {
  if (offset % width !== 0) return false;
  for (let k = 0; k < strides.length; k++) if (strides[k]! % width !== 0) return false;
  return true;
}

/** Any lane, in memory so large that positions take more than 32 bits. */
function linesFar(src: Uint8Array, from: number, dst: Uint8Array, to: number, grid: Grid): void {
  const { n0, n1, s0, s1, d0, d1 } = grid;
  for (let i = 0; i < n0; i++) {
    for (let j = 0; j < n1; j++) dst[to + i * d0 + j * d1] = src[from + i * s0 + j * s1]!;
  }
}

/** The loops for lanes of `width` bytes between two storages. */
export function moveLoopsFor(width: 1 | 2 | 4 | 8, src: Storage, dst: Storage): MoveLoops {
  const loops = moveLoops[width]!;
  const near = src.byteLength / width < 2 ** 31 && dst.byteLength / width < 2 ** 31;
  return near ? loops : { lane: loops.lane, lines: linesFar, tiles: linesFar };
}

/** The loops by the bytes of a lane element. */
export const moveLoops: { readonly [bytes: number]: MoveLoops } = {
  1: { lane: Uint8Array, lines: lines8, tiles: lines8 },
  2: { lane: Uint16Array, lines: lines16, tiles: lines16 },
  4: { lane: Int32Array, lines: lines32, tiles: tiles32 },
  8: { lane: BigUint64Array, lines: lines64, tiles: tiles64 },
};
