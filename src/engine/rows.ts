/**
 * Operands in rows: elements that follow one another in the order in which they are met, of the dtypes of the kernel.
 * Most calls are of such, and of few elements, so nothing is looked up or made here that a row does not need.
 *
 * What lies in the engine's memory is used where it is; anything else is brought into tiles, piece by piece.
 */

import type { NDArray } from "../array/ndarray.ts";
import type { Storage } from "../array/storage.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { sizeOf } from "../layout/layout.ts";
import { region } from "../wasm/memory.ts";
import type { Loop } from "./loop.ts";
import { addressIn, rowIn, rowOut } from "./stage.ts";

/** Bytes of a piece of the widest operand: three of them stay in the first cache. */
export const PIECE_BYTES = 8192;
/** Vector loops read a little further. */
const PIECE_STEP = PIECE_BYTES + 192;

let tiles = 0;

function tileOf(k: number): number {
  if (tiles === 0) tiles = region(3 * PIECE_STEP);
  return tiles + k * PIECE_STEP;
}

/** Whether the dtypes of a loop are those that its kernel computes in. */
export function isDirect({ inputs, outputs, kernel }: Loop): boolean {
  if (outputs[0]!.type !== kernel.out[0]) return false;
  for (let k = 0; k < inputs.length; k++) if (inputs[k]!.type !== kernel.in[k]) return false;
  return true;
}

/** The number of elements of an array that is a row in C or in F order, else -1. */
export function rowLength({ layout, dtype }: NDArray): number {
  const { shape } = layout;
  if (isCContiguous(layout, dtype.itemsize)) return sizeOf(shape);
  return shape.length > 1 && isFContiguous(layout, dtype.itemsize) ? sizeOf(shape) : -1;
}

/** Runs a loop of one operand; both are rows of `n` elements, the offsets are those of the first. */
export function unaryRow(
  { inputs, outputs, kernel }: Loop,
  n: number,
  a: Storage,
  aOffset: number,
  out: Storage,
  outOffset: number,
): void {
  if (n === 0) return;
  a.alive();
  out.alive();
  const aSize = inputs[0]!.itemsize;
  const outSize = outputs[0]!.itemsize;
  const p = addressIn(a, aOffset, inputs[0]!);
  const r = addressIn(out, outOffset, outputs[0]!);
  const most = p >= 0 && r >= 0 ? n : PIECE_BYTES / (aSize > outSize ? aSize : outSize);
  const [x0, z0] = [p < 0 ? tileOf(0) : p, r < 0 ? tileOf(2) : r];
  for (let done = 0; done < n; done += most) {
    const count = n - done < most ? n - done : most;
    const x = p < 0 ? x0 : p + done * aSize;
    const z = r < 0 ? z0 : r + done * outSize;
    if (p < 0) rowIn(a, aOffset + done * aSize, x, count * aSize, inputs[0]!);
    kernel.run(count, x, z);
    if (r < 0) rowOut(z, out, outOffset + done * outSize, count * outSize, outputs[0]!);
  }
}

/**
 * Runs a loop of two operands, all rows of `n` elements. In place of a storage null stands for one that repeats the same
 * element, at an address where there are as many as a piece has.
 */
export function binaryRow(
  { inputs, outputs, kernel }: Loop,
  n: number,
  a: Storage | null,
  aOffset: number,
  b: Storage | null,
  bOffset: number,
  out: Storage,
  outOffset: number,
): void {
  if (n === 0) return;
  const aSize = inputs[0]!.itemsize;
  const bSize = inputs[1]!.itemsize;
  const outSize = outputs[0]!.itemsize;
  const p = a === null ? -1 : liveAddress(a, aOffset, inputs[0]!);
  const q = b === null ? -1 : liveAddress(b, bOffset, inputs[1]!);
  const r = liveAddress(out, outOffset, outputs[0]!);
  const most = p >= 0 && q >= 0 && r >= 0 ? n : pieceLength(aSize, bSize, outSize);
  for (let done = 0; done < n; done += most) {
    const count = n - done < most ? n - done : most;
    const x = p < 0 ? tileOf(0) : p + done * aSize;
    const y = q < 0 ? tileOf(1) : q + done * bSize;
    const z = r < 0 ? tileOf(2) : r + done * outSize;
    if (p < 0 && a !== null) rowIn(a, aOffset + done * aSize, x, count * aSize, inputs[0]!);
    if (q < 0 && b !== null) rowIn(b, bOffset + done * bSize, y, count * bSize, inputs[1]!);
    kernel.run(count, a === null ? aOffset : x, b === null ? bOffset : y, z);
    if (r < 0) rowOut(z, out, outOffset + done * outSize, count * outSize, outputs[0]!);
  }
}

function liveAddress(storage: Storage, offset: number, dtype: Loop["inputs"][number]): number {
  storage.alive();
  return addressIn(storage, offset, dtype);
}

function pieceLength(a: number, b: number, c: number): number {
  const widest = a > b ? a : b;
  return PIECE_BYTES / (widest > c ? widest : c);
}
