/**
 * Operands in lines: elements that are all as far from the next one, of the dtypes of the kernel; in a row when nothing is
 * between them. Most calls are of such, and of few elements, so nothing is looked up or made here that a line does not
 * need.
 *
 * What lies in the engine's memory is used where it is; anything else is brought into tiles, piece by piece.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { region } from "../wasm/memory.ts";
import type { Loop } from "./loop.ts";
import { fillTile, isStill, isTwin } from "./sides.ts";
import { addressIn, gatherFrom, lineIn, rowOut } from "./stage.ts";

/**
 * Bytes of a piece of the widest operand. Three of them stay in the second cache; what would stay in the first takes longer,
 * because a call for each piece and operand costs more than it saves.
 */
export const PIECE_BYTES = 131072;
/** Vector loops read a little further. */
const PIECE_STEP = PIECE_BYTES + 192;

let tiles = 0;

function tileOf(k: number): number {
  if (tiles === 0) tiles = region(3 * PIECE_STEP);
  return tiles + k * PIECE_STEP;
}

/** How many times a scalar has to be repeated beside `n` elements. */
export function repeatsFor(n: number, itemsize: number): number {
  return Math.min(n, PIECE_BYTES / itemsize);
}

/** Whether the dtypes of a loop are those that its kernel computes in. */
export function isDirect({ inputs, outputs, kernel }: Loop): boolean {
  if (outputs[0]!.type !== kernel.out[0]) return false;
  for (let k = 0; k < inputs.length; k++) if (inputs[k]!.type !== kernel.in[k]) return false;
  return true;
}

/** What {@link lineStep} says of an array that is no line. */
export const NO_LINE = Number.MAX_SAFE_INTEGER;

/** The bytes from each element of an array to the next in C order, where they are always the same; else NO_LINE. */
export function lineStep({ layout, dtype }: NDArray): number {
  const { shape, strides } = layout;
  let step = NO_LINE;
  let reach = 0;
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    if (length === 1) continue;
    const stride = strides[k]!;
    if (step === NO_LINE) step = stride;
    else if (stride !== reach) return NO_LINE;
    reach = stride * length;
  }
  return step === NO_LINE ? dtype.itemsize : step;
}

/** Runs a loop of one operand; the result is a row, the operand steps as far as is said, both from their offsets on. */
export function unaryLine(
  { inputs, outputs, kernel }: Loop,
  n: number,
  a: Storage,
  aOffset: number,
  aStep: number,
  out: Storage,
  outOffset: number,
): void {
  if (n === 0) return;
  const aSize = inputs[0]!.itemsize;
  const outSize = outputs[0]!.itemsize;
  const p = liveAddress(a, aOffset, aStep, inputs[0]!);
  const r = liveAddress(out, outOffset, outSize, outputs[0]!);
  const widest = aSize > outSize ? aSize : outSize;
  const most = p >= 0 && r >= 0 ? n : PIECE_BYTES / widest;
  for (let done = 0; done < n; done += most) {
    const count = n - done < most ? n - done : most;
    const x = p < 0 ? tileOf(0) : p + done * aSize;
    const z = r < 0 ? tileOf(2) : r + done * outSize;
    if (p < 0) lineIn(a, aOffset + done * aStep, aStep, x, count, inputs[0]!);
    kernel.run(count, x, z);
    if (r < 0) rowOut(z, out, outOffset + done * outSize, count * outSize, outputs[0]!);
  }
}

/**
 * Runs a loop of two operands. In place of a storage null stands for one that repeats the same element, at an address
 * where there are as many as a piece has.
 */
export function binaryLine(
  { inputs, outputs, kernel, plain }: Loop,
  n: number,
  a: Storage | null,
  aOffset: number,
  aStep: number,
  b: Storage | null,
  bOffset: number,
  bStep: number,
  out: Storage,
  outOffset: number,
): void {
  if (n === 0) return;
  if (plain?.line(n, a, aOffset, aStep, b, bOffset, bStep, out, outOffset)) return;
  const aSize = inputs[0]!.itemsize;
  const bSize = inputs[1]!.itemsize;
  const outSize = outputs[0]!.itemsize;
  const p = a === null ? -1 : liveAddress(a, aOffset, aStep, inputs[0]!);
  const q = b === null ? -1 : liveAddress(b, bOffset, bStep, inputs[1]!);
  const r = liveAddress(out, outOffset, outSize, outputs[0]!);
  const widest = widestOf(aSize, bSize, outSize);
  const most = p >= 0 && q >= 0 && r >= 0 ? n : PIECE_BYTES / widest;
  const twice = a === b && aOffset === bOffset && aStep === bStep && inputs[0] === inputs[1];
  for (let done = 0; done < n; done += most) {
    const count = n - done < most ? n - done : most;
    const x = p < 0 ? tileOf(0) : p + done * aSize;
    const y = twice ? x : q < 0 ? tileOf(1) : q + done * bSize;
    const z = r < 0 ? tileOf(2) : r + done * outSize;
    if (p < 0 && a !== null) lineIn(a, aOffset + done * aStep, aStep, x, count, inputs[0]!);
    if (q < 0 && b !== null && !twice) lineIn(b, bOffset + done * bStep, bStep, y, count, inputs[1]!);
    kernel.run(count, a === null ? aOffset : x, b === null ? bOffset : y, z);
    if (r < 0) rowOut(z, out, outOffset + done * outSize, count * outSize, outputs[0]!);
  }
}

/** The most elements of a piece of a loop of two operands. */
export function pieceOf({ inputs, outputs }: Loop): number {
  return PIECE_BYTES / widestOf(inputs[0]!.itemsize, inputs[1]!.itemsize, outputs[0]!.itemsize);
}

/** Runs a loop of two operands of any layout, stretched to one shape, of no more elements than a piece has; into a row. */
export function binaryPiece(
  { inputs, outputs, kernel }: Loop,
  shape: readonly number[],
  n: number,
  a: TypedPlace,
  b: TypedPlace,
  out: Storage,
  outOffset: number,
): void {
  if (n === 0) return;
  const [x, y] = [tileOf(0), tileOf(1)];
  const outSize = outputs[0]!.itemsize;
  const r = liveAddress(out, outOffset, outSize, outputs[0]!);
  const z = r < 0 ? tileOf(2) : r;
  pieceIn(a, shape, n, x, inputs[0]!);
  const twice = inputs[0] === inputs[1] && isTwin(a, b);
  if (!twice) pieceIn(b, shape, n, y, inputs[1]!);
  kernel.run(n, x, twice ? x : y, z);
  if (r < 0) rowOut(z, out, outOffset, n * outSize, outputs[0]!);
}

function pieceIn(
  place: TypedPlace,
  shape: readonly number[],
  n: number,
  pointer: number,
  dtype: Descriptor,
): void {
  const { storage, strides, offset } = place;
  storage.alive();
  if (isStill(shape, strides)) fillTile(place, n, pointer);
  else gatherFrom(shape, storage, strides, offset, dtype, pointer);
}

/** Where a row lies in the engine's memory; -1 for one that is elsewhere, and for other lines. */
function liveAddress(storage: Storage, offset: number, step: number, dtype: Descriptor): number {
  storage.alive();
  return step === dtype.itemsize ? addressIn(storage, offset, dtype) : -1;
}

function widestOf(a: number, b: number, c: number): number {
  const widest = a > b ? a : b;
  return widest > c ? widest : c;
}
