/**
 * Matrices of a few elements copied in and out without the machinery of casts: a loop for each of the two lanes that
 * are used most, each with typed arrays of one kind only.
 */

import type { TypedPlace } from "../array/cast.ts";
import { plain } from "../dtype/table.ts";
import { heap } from "../wasm/memory.ts";
import type { ProductLane } from "./kernels/matmul.ts";

/** Whether a matrix is of the very dtype that is computed in, with all elements aligned. */
export function isCopied(lane: ProductLane, { dtype, offset, strides }: TypedPlace): boolean {
  const [rowStep, step] = strides as [number, number];
  if (dtype !== (lane === "f64" ? plain.float64 : plain.float32)) return false;
  const { itemsize } = dtype;
  return offset % itemsize === 0 && rowStep % itemsize === 0 && step % itemsize === 0;
}

/** Copies a matrix to `address` in the engine's memory, its rows `rowBytes` apart. */
export function copyIn(
  lane: ProductLane,
  { storage, offset, strides }: TypedPlace,
  rows: number,
  columns: number,
  address: number,
  rowBytes: number,
): void {
  const [down, along] = strides as [number, number];
  if (lane === "f64") {
    const from = storage.lane(Float64Array);
    copy64(from, offset / 8, down / 8, along / 8, heap.f64, address / 8, rowBytes / 8, 1, rows, columns);
  } else {
    const from = storage.lane(Float32Array);
    copy32(from, offset / 4, down / 4, along / 4, heap.f32, address / 4, rowBytes / 4, 1, rows, columns);
  }
}

/** Copies a matrix from `address` to its place. */
export function copyOut(
  lane: ProductLane,
  { storage, offset, strides }: TypedPlace,
  rows: number,
  columns: number,
  address: number,
  rowBytes: number,
): void {
  const [down, along] = strides as [number, number];
  if (lane === "f64") {
    const to = storage.lane(Float64Array);
    copy64(heap.f64, address / 8, rowBytes / 8, 1, to, offset / 8, down / 8, along / 8, rows, columns);
  } else {
    const to = storage.lane(Float32Array);
    copy32(heap.f32, address / 4, rowBytes / 4, 1, to, offset / 4, down / 4, along / 4, rows, columns);
  }
}

/** Above this a call of `set` is quicker than a loop, where elements lie in a line. */
const LONG = 48;

function copy64(
  src: Float64Array,
  from: number,
  srcDown: number,
  srcAlong: number,
  dst: Float64Array,
  to: number,
  dstDown: number,
  dstAlong: number,
  rows: number,
  columns: number,
): void {
  const dense = srcAlong === 1 && dstAlong === 1 && srcDown === columns && dstDown === columns;
  if (dense && rows * columns > LONG) {
    dst.set(src.subarray(from, from + rows * columns), to);
    return;
  }
  for (let i = 0; i < rows; i++) {
    let p = from + i * srcDown;
    let q = to + i * dstDown;
    for (let j = 0; j < columns; j++, p += srcAlong, q += dstAlong) dst[q] = src[p]!;
  }
}

function copy32(
  src: Float32Array,
  from: number,
  srcDown: number,
  srcAlong: number,
  dst: Float32Array,
  to: number,
  dstDown: number,
  dstAlong: number,
  rows: number,
  columns: number,
): void {
  const dense = srcAlong === 1 && dstAlong === 1 && srcDown === columns && dstDown === columns;
  if (dense && rows * columns > LONG) {
    dst.set(src.subarray(from, from + rows * columns), to);
    return;
  }
  for (let i = 0; i < rows; i++) {
    let p = from + i * srcDown;
    let q = to + i * dstDown;
    for (let j = 0; j < columns; j++, p += srcAlong, q += dstAlong) dst[q] = src[p]!;
  }
}
