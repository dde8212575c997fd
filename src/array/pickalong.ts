/**
 * Elements picked by their positions along one axis, in the order given and as often as given.
 *
 * Positions that follow each other are runs. Where there are few of them, each is one move. Where there are many, elements
 * are picked in C order on both sides, as lanes: the bytes behind the axis are a piece, which is copied lane by lane when
 * it is short and by a call when it is long. As in moveloops.ts there is one loop for each lane, on purpose.
 */

import { castElements, isSolid } from "./cast.ts";
import { copyArray, placeOf } from "./duplicate.ts";
import { unsetArray } from "./fresh.ts";
import type { NDArray } from "./ndarray.ts";
import { widthFor } from "./repeatlanes.ts";

/** Positions that follow each other at least so many at a time are moved as runs. */
const LONG_RUN = 32;
/** Pieces of more lanes than this are copied by a call. */
const LONG_PIECE = 16;

/** Writes the elements of `x` at the positions along an axis to `target`, of the same dtype, which shares no byte with it. */
export function pickAlong(x: NDArray, axis: number, positions: Int32Array, target: NDArray): void {
  if (target.size === 0) return;
  if (isInRuns(positions) || (x.dtype.kind === "V" && !isSolid(x.dtype)))
    pickRuns(x, axis, positions, target);
  else if (!target.isContiguous("C")) {
    const { layout, dtype } = target;
    const dense = unsetArray(layout.shape, dtype, "C", "pick");
    pickLanes(x, axis, positions, dense);
    castElements(layout.shape, placeOf(dense), placeOf(target));
  } else pickLanes(x, axis, positions, target);
}

function isInRuns(positions: Int32Array): boolean {
  const most = positions.length / LONG_RUN + 4;
  let runs = 1;
  for (let k = 1; k < positions.length && runs <= most; k++)
    if (positions[k] !== positions[k - 1]! + 1) runs++;
  return runs <= most;
}

function pickRuns(x: NDArray, axis: number, positions: Int32Array, target: NDArray): void {
  const from = placeOf(x);
  const to = placeOf(target);
  const shape = target.shape;
  const [s, d] = [from.strides[axis]!, to.strides[axis]!];
  for (let k = 0; k < positions.length; ) {
    const first = positions[k]!;
    let end = k + 1;
    while (end < positions.length && positions[end] === first + end - k) end++;
    shape[axis] = end - k;
    castElements(shape, { ...from, offset: from.offset + first * s }, { ...to, offset: to.offset + k * d });
    k = end;
  }
}

/** What stays the same while elements are picked, in lanes: pieces before and behind, and how long the axis is. */
interface Picking {
  readonly outer: number;
  readonly length: number;
  readonly piece: number;
  readonly positions: Int32Array;
}

function pickLanes(x: NDArray, axis: number, positions: Int32Array, target: NDArray): void {
  const source = x.isContiguous("C") ? x : copyArray(x, "C", "pick");
  const { shape, offset } = source.layout;
  let [outer, bytes] = [1, x.itemsize];
  for (let k = 0; k < shape.length; k++) {
    if (k < axis) outer *= shape[k]!;
    if (k > axis) bytes *= shape[k]!;
  }
  const at = target.layout.offset;
  const width = widthFor(bytes, offset, at);
  const how = { outer, length: shape[axis]!, piece: bytes / width, positions };
  const [p, q] = [offset / width, at / width];
  const [from, to] = [source.storage, target.storage];
  if (width === 8) pick64(from.lane(BigUint64Array), p, to.lane(BigUint64Array), q, how);
  else if (width === 4) pick32(from.lane(Int32Array), p, to.lane(Int32Array), q, how);
  else if (width === 2) pick16(from.lane(Uint16Array), p, to.lane(Uint16Array), q, how);
  else pick8(from.lane(Uint8Array), p, to.lane(Uint8Array), q, how);
}

function pick8(src: Uint8Array, from: number, dst: Uint8Array, to: number, how: Picking): void {
  const { outer, length, piece, positions } = how;
  let q = to;
  for (let i = 0; i < outer; i++) {
    const start = from + i * length * piece;
    if (piece === 1) for (let k = 0; k < positions.length; k++) dst[q++] = src[start + positions[k]!]!;
    else {
      for (let k = 0; k < positions.length; k++, q += piece) {
        const p = start + positions[k]! * piece;
        if (piece > LONG_PIECE) dst.set(src.subarray(p, p + piece), q);
        else for (let j = 0; j < piece; j++) dst[q + j] = src[p + j]!;
      }
    }
  }
}

function pick16(src: Uint16Array, from: number, dst: Uint16Array, to: number, how: Picking): void {
  const { outer, length, piece, positions } = how;
  let q = to;
  for (let i = 0; i < outer; i++) {
    const start = from + i * length * piece;
    if (piece === 1) for (let k = 0; k < positions.length; k++) dst[q++] = src[start + positions[k]!]!;
    else {
      for (let k = 0; k < positions.length; k++, q += piece) {
        const p = start + positions[k]! * piece;
        if (piece > LONG_PIECE) dst.set(src.subarray(p, p + piece), q);
        else for (let j = 0; j < piece; j++) dst[q + j] = src[p + j]!;
      }
    }
  }
}

function pick32(src: Int32Array, from: number, dst: Int32Array, to: number, how: Picking): void {
  const { outer, length, piece, positions } = how;
  let q = to;
  for (let i = 0; i < outer; i++) {
    const start = from + i * length * piece;
    if (piece === 1) for (let k = 0; k < positions.length; k++) dst[q++] = src[start + positions[k]!]!;
    else {
      for (let k = 0; k < positions.length; k++, q += piece) {
        const p = start + positions[k]! * piece;
        if (piece > LONG_PIECE) dst.set(src.subarray(p, p + piece), q);
        else for (let j = 0; j < piece; j++) dst[q + j] = src[p + j]!;
      }
    }
  }
}

function pick64(src: BigUint64Array, from: number, dst: BigUint64Array, to: number, how: Picking): void {
  const { outer, length, piece, positions } = how;
  let q = to;
  for (let i = 0; i < outer; i++) {
    const start = from + i * length * piece;
    if (piece === 1) for (let k = 0; k < positions.length; k++) dst[q++] = src[start + positions[k]!]!;
    else {
      for (let k = 0; k < positions.length; k++, q += piece) {
        const p = start + positions[k]! * piece;
        if (piece > LONG_PIECE) dst.set(src.subarray(p, p + piece), q);
        else for (let j = 0; j < piece; j++) dst[q + j] = src[p + j]!;
      }
    }
  }
}
