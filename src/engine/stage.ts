/**
 * Bringing elements into the engine's memory and out of it.
 *
 * Bytes that lie in a row are copied by one call, a few of them by a loop, since a call needs a view that costs more than
 * they do. Anything else goes through the casts and moves of arrays, for which the engine's memory is a storage like any
 * other.
 */

import { gatherBlock, scatterBlock } from "../array/blockmoves.ts";
import { castElements, type TypedPlace } from "../array/cast.ts";
import { addressOf, heapStorage } from "../array/heapplace.ts";
import type { Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { PlainDType } from "../dtype/table.ts";
import { cStrides } from "../layout/layout.ts";
import { castKernel } from "../wasm/casts.ts";
import { heap } from "../wasm/memory.ts";

export { heapStorage };

/** Up to so many bytes a loop is quicker than a call that needs a view; a fresh one, as `subarray` takes longer. */
const FEW_BYTES = 96;
/** The same for bytes that are no words. */
const FEW_SINGLE = 32;

/** Dense elements in the engine's memory. */
export function heapPlace(shape: readonly number[], dtype: Descriptor, pointer: number): TypedPlace {
  return { storage: heapStorage(), strides: cStrides(shape, dtype.itemsize), offset: pointer, dtype };
}

/**
 * The address of an element that lies in the engine's memory, else -1; also where it is not aligned: kernels that are plain
 * functions read typed arrays, which have no elements between two others.
 */
export function addressIn(storage: Storage, offset: number, { alignment }: Descriptor): number {
  return offset % alignment === 0 ? addressOf(storage, offset) : -1;
}

/** Copies bytes in a row into the engine's memory. */
export function bytesIn(from: Storage, offset: number, pointer: number, bytes: number): void {
  const inWords = ((offset | pointer | bytes) & 3) === 0;
  if (bytes > (inWords ? FEW_BYTES : FEW_SINGLE)) {
    heap.u8.set(new Uint8Array(from.buffer, from.origin + offset, bytes), pointer);
  } else if (inWords) {
    copyWords(from.lane(Uint32Array), offset / 4, heap.u32, pointer / 4, bytes / 4);
  } else copySingleBytes(from.lane(Uint8Array), offset, heap.u8, pointer, bytes);
}

/** Copies bytes in a row out of the engine's memory. */
export function bytesOut(pointer: number, to: Storage, offset: number, bytes: number): void {
  const inWords = ((offset | pointer | bytes) & 3) === 0;
  if (bytes > (inWords ? FEW_BYTES : FEW_SINGLE)) {
    to.lane(Uint8Array).set(new Uint8Array(heap.buffer, pointer, bytes), offset);
  } else if (inWords) {
    copyWords(heap.u32, pointer / 4, to.lane(Uint32Array), offset / 4, bytes / 4);
  } else copySingleBytes(heap.u8, pointer, to.lane(Uint8Array), offset, bytes);
}

// As integers: a runtime may change the bits of a NaN that passes through a float.
function copyWords(source: Uint32Array, from: number, target: Uint32Array, to: number, count: number): void {
  for (let k = 0; k < count; k++) target[to + k] = source[from + k]!;
}

function copySingleBytes(
  source: Uint8Array,
  from: number,
  target: Uint8Array,
  to: number,
  count: number,
): void {
  for (let k = 0; k < count; k++) target[to + k] = source[from + k]!;
}

/** Copies a few float64 in; `offset` is a multiple of 8. */
export function doublesIn(from: Storage, offset: number, pointer: number, count: number): void {
  const source = from.lane(Float64Array);
  const target = heap.f64;
  const p = offset / 8;
  const q = pointer / 8;
  for (let k = 0; k < count; k++) target[q + k] = source[p + k]!;
}

/** Copies a few float64 out; `offset` is a multiple of 8. */
export function doublesOut(pointer: number, to: Storage, offset: number, count: number): void {
  const target = to.lane(Float64Array);
  const source = heap.f64;
  const p = pointer / 8;
  const q = offset / 8;
  for (let k = 0; k < count; k++) target[q + k] = source[p + k]!;
}

/** Brings a block of elements, as they lie, into a dense tile of `dtype` at `pointer`. */
export function gather(
  shape: readonly number[],
  from: TypedPlace,
  offset: number,
  dtype: Descriptor,
  pointer: number,
): void {
  const { storage, strides } = from;
  if (from.dtype === dtype && gatherBlock(shape, strides, storage, offset, dtype.itemsize, pointer)) return;
  castElements(shape, { ...from, offset }, heapPlace(shape, dtype, pointer));
}

/** Sends a dense tile of `dtype` out to a block of elements, wherever they lie. */
export function scatter(
  shape: readonly number[],
  dtype: Descriptor,
  pointer: number,
  to: TypedPlace,
  offset: number,
): void {
  const { storage, strides } = to;
  if (to.dtype === dtype && scatterBlock(shape, strides, storage, offset, dtype.itemsize, pointer)) return;
  castElements(shape, heapPlace(shape, dtype, pointer), { ...to, offset });
}

/** Casts dense elements of plain dtypes within the engine's memory. */
export function castTile(n: number, from: Descriptor, pointer: number, to: Descriptor, target: number): void {
  castKernel(from.type as PlainDType, to.type as PlainDType).run(n, pointer, target);
}
