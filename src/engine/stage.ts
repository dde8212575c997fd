/**
 * Bringing elements into the engine's memory and out of it.
 *
 * Bytes that lie in a row are copied by one call, a few of them by a loop, since a call needs a view that costs more than
 * they do. Anything else goes through the casts and moves of arrays, for which the engine's memory is a storage like any
 * other.
 */

import { gatherBlock, scatterBlock } from "../array/blockmoves.ts";
import { castElements, type TypedPlace } from "../array/cast.ts";
import { FEW, fewIn, isFew, linesIn } from "../array/fewmoves.ts";
import { addressOf, heapStorage } from "../array/heapplace.ts";
import { moveBytes } from "../array/move.ts";
import type { Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { cStrides, sizeOf } from "../layout/layout.ts";
import { kernelBetween } from "../wasm/date-casts.ts";
import { heap } from "../wasm/memory.ts";

export { heapStorage };

/** Dense elements in the engine's memory. */
export function heapPlace(shape: readonly number[], dtype: Descriptor, pointer: number): TypedPlace {
  return { storage: heapStorage(), strides: cStrides(shape, dtype.itemsize), offset: pointer, dtype };
}

/**
 * The address of an element that lies in the engine's memory, else -1; also where it is not aligned: kernels that are plain
 * functions read typed arrays, which have no elements between two others.
 */
export function addressIn(storage: Storage, offset: number, { alignment }: Descriptor): number {
  return (offset & (alignment - 1)) === 0 ? addressOf(storage, offset) : -1;
}

/** Copies bytes in a row into the engine's memory. */
export function bytesIn(from: Storage, offset: number, pointer: number, bytes: number): void {
  moveBytes(from, offset, heapStorage(), pointer, bytes);
}

/** Copies bytes in a row out of the engine's memory. */
export function bytesOut(pointer: number, to: Storage, offset: number, bytes: number): void {
  moveBytes(heapStorage(), pointer, to, offset, bytes);
}

/** Up to so many bytes of float64 a loop is quicker. */
const FEW_DOUBLES = 160;

/** Copies elements in a row into the engine's memory. */
export function rowIn(
  from: Storage,
  offset: number,
  pointer: number,
  bytes: number,
  dtype: Descriptor,
): void {
  if (bytes > FEW_DOUBLES || dtype.lane !== Float64Array || (offset & 7) !== 0 || from.wide !== null) {
    bytesIn(from, offset, pointer, bytes);
  } else {
    from.alive();
    copyDoubles(from.doubles, offset / 8, heap.f64, pointer / 8, bytes / 8);
  }
}

/** Brings elements in, each `step` bytes behind the one before. */
export function lineIn(
  from: Storage,
  offset: number,
  step: number,
  pointer: number,
  n: number,
  dtype: Descriptor,
): void {
  const { itemsize } = dtype;
  if (step === itemsize) rowIn(from, offset, pointer, n * itemsize, dtype);
  else if (n > FEW || itemsize > 16 || from.wide !== null)
    gatherFrom([n], from, [step], offset, dtype, pointer);
  else linesIn(1, 0, n, step, from, offset, itemsize, pointer);
}

/** Copies elements in a row out of the engine's memory. */
export function rowOut(pointer: number, to: Storage, offset: number, bytes: number, dtype: Descriptor): void {
  if (bytes > FEW_DOUBLES || dtype.lane !== Float64Array || (offset & 7) !== 0 || to.wide !== null) {
    bytesOut(pointer, to, offset, bytes);
  } else {
    to.alive();
    copyDoubles(heap.f64, pointer / 8, to.doubles, offset / 8, bytes / 8);
  }
}

function copyDoubles(source: Float64Array, from: number, target: Float64Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) target[to + k] = source[from + k]!;
}

/** The bytes of a block that lies in a row, else -1. */
function rowBytes(shape: readonly number[], strides: readonly number[], itemsize: number): number {
  let bytes = itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    if (length === 1) continue;
    if (strides[k] !== bytes) return -1;
    bytes *= length;
  }
  return bytes;
}

/** Brings a block of elements, as they lie, into a dense tile of `dtype` at `pointer`. */
export function gather(
  shape: readonly number[],
  from: TypedPlace,
  offset: number,
  dtype: Descriptor,
  pointer: number,
): void {
  if (from.dtype === dtype) gatherFrom(shape, from.storage, from.strides, offset, dtype, pointer);
  else castElements(shape, { ...from, offset }, heapPlace(shape, dtype, pointer));
}

/** The same of elements that are of the dtype of the tile. */
export function gatherFrom(
  shape: readonly number[],
  storage: Storage,
  strides: readonly number[],
  offset: number,
  dtype: Descriptor,
  pointer: number,
): void {
  const row = rowBytes(shape, strides, dtype.itemsize);
  if (row >= 0) rowIn(storage, offset, pointer, row, dtype);
  else if (sizeOf(shape) <= FEW && isFew(shape, dtype.itemsize, storage))
    fewIn(shape, strides, storage, offset, dtype.itemsize, pointer);
  else if (storage.wide === null && gatherBlock(shape, strides, storage, offset, dtype.itemsize, pointer))
    return;
  else castElements(shape, { storage, strides, offset, dtype }, heapPlace(shape, dtype, pointer));
}

/** Sends a dense tile of `dtype` out to a block of elements, wherever they lie. */
export function scatter(
  shape: readonly number[],
  dtype: Descriptor,
  pointer: number,
  to: TypedPlace,
  offset: number,
): void {
  if (to.dtype === dtype) scatterTo(shape, dtype, pointer, to.storage, to.strides, offset);
  else castElements(shape, heapPlace(shape, dtype, pointer), { ...to, offset });
}

/** The same to elements that are of the dtype of the tile. */
export function scatterTo(
  shape: readonly number[],
  dtype: Descriptor,
  pointer: number,
  storage: Storage,
  strides: readonly number[],
  offset: number,
): void {
  const row = rowBytes(shape, strides, dtype.itemsize);
  if (row >= 0) rowOut(pointer, storage, offset, row, dtype);
  else if (storage.wide === null && scatterBlock(shape, strides, storage, offset, dtype.itemsize, pointer))
    return;
  else castElements(shape, heapPlace(shape, dtype, pointer), { storage, strides, offset, dtype });
}

/** Casts dense elements of plain dtypes within the engine's memory. */
export function castTile(n: number, from: Descriptor, pointer: number, to: Descriptor, target: number): void {
  kernelBetween(from, to).run(n, pointer, target);
}
