/**
 * The engine's memory as a place of elements: casts and moves work there with kernels, and bring elements in from ordinary
 * buffers and out again.
 */

import { generation, heap } from "../wasm/memory.ts";
import { Storage } from "./storage.ts";

let storage: Storage | null = null;
let made = -1;

/** All of the engine's memory; an offset in it is an address. */
export function heapStorage(): Storage {
  if (storage === null || made !== generation) {
    storage = new Storage(heap.buffer);
    made = generation;
  }
  return storage;
}

/** The address of byte `offset` of a storage that lies in the engine's memory; -1 for one that lies elsewhere. */
export function addressOf(storage: Storage, offset: number): number {
  return storage.buffer === heap.buffer ? storage.origin + offset : -1;
}
