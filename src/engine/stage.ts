/**
 * Bringing elements into the engine's memory and out of it.
 *
 * Bytes that lie in a row are copied by one call, a few of them by a loop, since a call needs a view that costs more than
 * they do. Anything else goes through the casts and moves of arrays, for which the engine's memory is a storage like any
 * other.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { type Lane, type LaneClass, Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { cStrides } from "../layout/layout.ts";
import { generation, heap } from "../wasm/memory.ts";

/** Up to so many bytes a loop is quicker than a call that needs a view. */
const FEW_BYTES = 512;

let storage: Storage | null = null;
let made = -1;

/** The engine's memory as a storage. */
export function heapStorage(): Storage {
  if (storage === null || made !== generation) {
    storage = new Storage(heap.buffer);
    made = generation;
  }
  return storage;
}

/** Dense elements in the engine's memory. */
export function heapPlace(shape: readonly number[], dtype: Descriptor, pointer: number): TypedPlace {
  return { storage: heapStorage(), strides: cStrides(shape, dtype.itemsize), offset: pointer, dtype };
}

/** The address of byte `offset` of a storage that lies in the engine's memory, else -1. */
export function addressIn(place: Storage, offset: number): number {
  return place.lender === null ? -1 : place.origin + offset;
}

/** Copies bytes in a row into the engine's memory. */
export function bytesIn(from: Storage, offset: number, pointer: number, bytes: number): void {
  if (bytes > FEW_BYTES) {
    heap.u8.set(from.lane(Uint8Array).subarray(offset, offset + bytes), pointer);
    return;
  }
  let done = 0;
  if (((offset | pointer) & 3) === 0 && offset < 0x7fffffff) {
    const source = from.lane(Uint32Array as LaneClass<Lane>) as Uint32Array;
    const target = heap.u32;
    const p = offset >> 2;
    const q = pointer >> 2;
    const words = bytes >> 2;
    for (let k = 0; k < words; k++) target[q + k] = source[p + k]!;
    done = words << 2;
  }
  if (done === bytes) return;
  const source = from.lane(Uint8Array);
  const target = heap.u8;
  for (let k = done; k < bytes; k++) target[pointer + k] = source[offset + k]!;
}

/** Copies bytes in a row out of the engine's memory. */
export function bytesOut(pointer: number, to: Storage, offset: number, bytes: number): void {
  if (bytes > FEW_BYTES) {
    to.lane(Uint8Array).set(heap.u8.subarray(pointer, pointer + bytes), offset);
    return;
  }
  let done = 0;
  if (((offset | pointer) & 3) === 0 && offset < 0x7fffffff) {
    const target = to.lane(Uint32Array as LaneClass<Lane>) as Uint32Array;
    const source = heap.u32;
    const p = pointer >> 2;
    const q = offset >> 2;
    const words = bytes >> 2;
    for (let k = 0; k < words; k++) target[q + k] = source[p + k]!;
    done = words << 2;
  }
  if (done === bytes) return;
  const target = to.lane(Uint8Array);
  const source = heap.u8;
  for (let k = done; k < bytes; k++) target[offset + k] = source[pointer + k]!;
}

/** Brings a block of elements, as they lie, into a dense tile of `dtype` at `pointer`. */
export function gather(
  shape: readonly number[],
  from: TypedPlace,
  offset: number,
  dtype: Descriptor,
  pointer: number,
): void {
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
  castElements(shape, heapPlace(shape, dtype, pointer), { ...to, offset });
}

/** Casts dense elements within the engine's memory. */
export function castTile(n: number, from: Descriptor, pointer: number, to: Descriptor, target: number): void {
  castElements([n], heapPlace([n], from, pointer), heapPlace([n], to, target));
}
