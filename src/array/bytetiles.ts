/**
 * Transposing bytes by the word: four words hold the same four columns of four rows; shifts and masks make four words
 * of them that hold the same four rows of four columns. Four loads and four stores move sixteen elements, which is
 * twice as fast as to move them one by one.
 */

import { type Grid, moveLoopsFor } from "./moveloops.ts";
import type { Storage } from "./storage.ts";

/**
 * Whether a grid of single bytes can be walked by the word: dense columns on one side, dense rows on the other, and
 * every word in its place.
 */
export function canTileBytes(
  { n0, n1, s0, s1, d0, d1 }: Grid,
  from: number,
  to: number,
  width: number,
): boolean {
  const dense = width === 1 && s0 === 1 && d1 === 1 && n0 >= 4 && n1 >= 4;
  return dense && from % 4 === 0 && to % 4 === 0 && s1 % 4 === 0 && d0 % 4 === 0;
}

/** Moves such a grid. */
export function tileBytes(src: Storage, from: number, dst: Storage, to: number, grid: Grid): void {
  const { n0, n1, s0, s1, d0, d1 } = grid;
  const m0 = n0 - (n0 % 4);
  const m1 = n1 - (n1 % 4);
  const words = { n0: m0, n1: m1, s0: 0, s1: s1 / 4, d0: d0 / 4, d1: 0 };
  tileWords(src.lane(Int32Array), from / 4, dst.lane(Int32Array), to / 4, words);
  const { lines } = moveLoopsFor(1, src, dst);
  const source = src.lane(Uint8Array) as never;
  const target = dst.lane(Uint8Array) as never;
  if (m1 < n1) lines(source, from + m1 * s1, target, to + m1 * d1, { ...grid, n0: m0, n1: n1 - m1 });
  if (m0 < n0) lines(source, from + m0 * s0, target, to + m0 * d0, { ...grid, n0: n0 - m0 });
}

function tileWords(src: Int32Array, from: number, dst: Int32Array, to: number, grid: Grid): void {
  const { n0, n1, s1, d0 } = grid;
  for (let i = 0; i < n0; i += 4) {
    let p = from + i / 4;
    let q = to + i * d0;
    for (let j = 0; j < n1; j += 4) {
      const a = src[p]!;
      const b = src[p + s1]!;
      const c = src[p + 2 * s1]!;
      const d = src[p + 3 * s1]!;
      // Columns 0 and 2 of two rows, then 1 and 3.
      const ab02 = (a & 0xff00ff) | ((b & 0xff00ff) << 8);
      const ab13 = ((a >>> 8) & 0xff00ff) | (b & 0xff00ff00);
      const cd02 = (c & 0xff00ff) | ((d & 0xff00ff) << 8);
      const cd13 = ((c >>> 8) & 0xff00ff) | (d & 0xff00ff00);
      dst[q] = (ab02 & 0xffff) | (cd02 << 16);
      dst[q + d0] = (ab13 & 0xffff) | (cd13 << 16);
      dst[q + 2 * d0] = (ab02 >>> 16) | (cd02 & 0xffff0000);
      dst[q + 3 * d0] = (ab13 >>> 16) | (cd13 & 0xffff0000);
      p += 4 * s1;
      q += 1;
    }
  }
}
