/** Where a reduction puts things in the engine's memory, and how they get there. */

import type { TypedPlace } from "../array/cast.ts";
import type { Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { sizeOf } from "../layout/layout.ts";
import { tilePointer } from "../wasm/memory.ts";
import type { Folder } from "./reduce-fold.ts";
import { repeatKernel } from "./repeat.ts";
import { addressIn, bytesIn, castTile, gather, heapStorage } from "./stage.ts";

/** Elements to fold: 128 KB, of which mostly half is used. */
export const INPUT = /* @__PURE__ */ tilePointer(0);
/** The same before a second cast, or what is put in place of masked elements. */
export const NEUTRAL = /* @__PURE__ */ tilePointer(18);
/** The mask of a block. */
export const MASK = /* @__PURE__ */ tilePointer(35);
/** Results: 64 KB. */
export const RESULTS = /* @__PURE__ */ tilePointer(38);
/** A few numbers. */
export const SCRATCH = /* @__PURE__ */ tilePointer(47);

const INPUT_BYTES = 65536;
const RESULT_BYTES = 65536;
/** The most elements of a block of which any or all are asked. */
const FEW_BOOLS = 8192;
/** The most elements of a block with a mask. */
const MASKED = 8192;

/**
 * Bytes of a piece of a row, of an array of so many bytes. With what is made of it, it stays in the first cache until it is
 * folded. What is in no cache comes in sooner by smaller pieces: while one is folded, the processor fetches the next.
 */
export function pieceBytes(bytes: number): number {
  return bytes > 8388608 ? 4096 : 8192;
}

/** How many elements a block has at most; only a line that NumPy buffers whole may be longer. */
export function tileLimit(folder: Folder, masked: boolean): number {
  // Most lines of bools are decided soon.
  const limit = folder.final === undefined ? INPUT_BYTES / plain[folder.tile].itemsize : FEW_BOOLS;
  return masked ? Math.min(limit, MASKED) : limit;
}

/** How many results a block has at most. */
export function resultLimit(folder: Folder): number {
  return RESULT_BYTES / plain[folder.result].itemsize;
}

/**
 * Brings bytes in a row in, at most {@link INPUT_BYTES}, and says where they are.
 *
 * They lie half of 4096 bytes apart from where they come from, multiples of 4096 aside, if its buffer starts 16 bytes behind
 * one, as large ones mostly do: where it is a few bytes, some C libraries copy many times slower.
 */
export function rowIn(storage: Storage, offset: number, bytes: number): number {
  const to = INPUT + ((storage.origin + offset + 2064) & 4080);
  bytesIn(storage, offset, to, bytes);
  return to;
}

/** Sets `n` elements at `pointer`. */
export function fillTile(pointer: number, dtype: Descriptor, value: unknown, n: number): void {
  dtype.access.write(heapStorage().view, pointer, value as never);
  if (n > 1) repeatKernel(dtype.itemsize).run(n, pointer);
}

/** Whether elements lie in a row. */
export function isRow(shape: readonly number[], strides: readonly number[], itemsize: number): boolean {
  let step = itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    if (shape[k] === 1) continue;
    if (strides[k] !== step) return false;
    step *= shape[k]!;
  }
  return true;
}

/**
 * Brings a block in, cast to the dtype of the loop and then to that of the tile; returns where it is. A block that
 * lies in the engine's memory in a row already stays there.
 */
export function bring(
  shape: readonly number[],
  strides: readonly number[],
  from: TypedPlace,
  offset: number,
  loop: Descriptor,
  tile: PlainDType,
): number {
  const { storage, dtype } = from;
  const wanted = plain[tile];
  if (dtype === wanted) {
    if (isRow(shape, strides, dtype.itemsize)) {
      const address = addressIn(storage, offset, dtype);
      if (address >= 0) return address;
      return rowIn(storage, offset, sizeOf(shape) * dtype.itemsize);
    }
    gather(shape, { ...from, strides }, offset, wanted, INPUT);
    return INPUT;
  }
  if (dtype === loop || loop === wanted) {
    gather(shape, { ...from, strides }, offset, wanted, INPUT);
    return INPUT;
  }
  gather(shape, { ...from, strides }, offset, loop, NEUTRAL);
  castTile(sizeOf(shape), loop, NEUTRAL, wanted, INPUT);
  return INPUT;
}

/** Meets the runs of `n` bytes from `at` on that are not 0: where each starts, counted from `at`, and its length. */
export function runsOf(
  bytes: Uint8Array,
  at: number,
  n: number,
  visit: (from: number, length: number) => void,
): void {
  let k = 0;
  while (k < n) {
    while (k < n && bytes[at + k] === 0) k++;
    const from = k;
    while (k < n && bytes[at + k] !== 0) k++;
    if (k > from) visit(from, k - from);
  }
}
