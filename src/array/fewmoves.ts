/**
 * A few elements of at most two axes between any place and a dense line in the engine's memory, by two loops: to choose what is
 * quick for more of them would take longer than these take.
 */

import { heap } from "../wasm/memory.ts";
import { addressOf } from "./heapplace.ts";
import type { Storage } from "./storage.ts";

/** Up to so many elements are few. */
export const FEW = 32;
/** Bytes of the widest element. */
const WIDEST = 16;

/** Whether few elements are such that these loops take them, wherever they are. */
export function isFew(shape: readonly number[], itemsize: number, storage: Storage): boolean {
  return shape.length <= 2 && itemsize <= WIDEST && storage.wide === null;
}

/** Brings elements for which `isFew` says so into a line at an address. */
export function fewIn(
  shape: readonly number[],
  strides: readonly number[],
  storage: Storage,
  offset: number,
  itemsize: number,
  address: number,
): void {
  const inner = shape.length - 1;
  if (inner < 0) linesIn(1, 0, 1, 0, storage, offset, itemsize, address);
  else if (inner === 0) linesIn(1, 0, shape[0]!, strides[0]!, storage, offset, itemsize, address);
  else linesIn(shape[0]!, strides[0]!, shape[1]!, strides[1]!, storage, offset, itemsize, address);
}

/** The same of `n0` lines of `n1` elements, which are `s0` and `s1` bytes apart. */
export function linesIn(
  n0: number,
  s0: number,
  n1: number,
  s1: number,
  storage: Storage,
  offset: number,
  itemsize: number,
  address: number,
): void {
  storage.alive();
  const here = addressOf(storage, offset);
  const from = here < 0 ? offset : here;
  const d0 = n1 * itemsize;
  if (((from | s0 | s1 | itemsize | address) & 3) === 0) {
    const words = here < 0 ? storage.words : heap.u32;
    if (s1 === itemsize && (s0 === d0 || n0 === 1)) {
      copyWords(words, from / 4, heap.u32, address / 4, (n0 * d0) / 4);
    } else {
      const each = itemsize / 4;
      moveWords(words, from / 4, s0 / 4, s1 / 4, heap.u32, address / 4, d0 / 4, each, n0, n1, each);
    }
  } else {
    const bytes = here < 0 ? storage.bytes : heap.u8;
    moveSingle(bytes, from, s0, s1, heap.u8, address, d0, itemsize, n0, n1, itemsize);
  }
}

/** Sends a line at an address out to elements for which `isFew` says so. */
export function fewOut(
  shape: readonly number[],
  strides: readonly number[],
  storage: Storage,
  offset: number,
  itemsize: number,
  address: number,
): void {
  const inner = shape.length - 1;
  if (inner < 0) linesOut(1, 0, 1, 0, storage, offset, itemsize, address);
  else if (inner === 0) linesOut(1, 0, shape[0]!, strides[0]!, storage, offset, itemsize, address);
  else linesOut(shape[0]!, strides[0]!, shape[1]!, strides[1]!, storage, offset, itemsize, address);
}

function linesOut(
  n0: number,
  d0: number,
  n1: number,
  d1: number,
  storage: Storage,
  offset: number,
  itemsize: number,
  address: number,
): void {
  storage.alive();
  const here = addressOf(storage, offset);
  const to = here < 0 ? offset : here;
  const s0 = n1 * itemsize;
  if (((to | d0 | d1 | itemsize | address) & 3) === 0) {
    const words = here < 0 ? storage.words : heap.u32;
    if (d1 === itemsize && (d0 === s0 || n0 === 1)) {
      copyWords(heap.u32, address / 4, words, to / 4, (n0 * s0) / 4);
    } else {
      const each = itemsize / 4;
      moveWords(heap.u32, address / 4, s0 / 4, each, words, to / 4, d0 / 4, d1 / 4, n0, n1, each);
    }
  } else {
    const bytes = here < 0 ? storage.bytes : heap.u8;
    moveSingle(heap.u8, address, s0, itemsize, bytes, to, d0, d1, n0, n1, itemsize);
  }
}

function copyWords(source: Uint32Array, from: number, target: Uint32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) target[to + k] = source[from + k]!;
}

function moveWords(
  source: Uint32Array,
  from: number,
  s0: number,
  s1: number,
  target: Uint32Array,
  to: number,
  d0: number,
  d1: number,
  n0: number,
  n1: number,
  each: number,
): void {
  for (let i = 0; i < n0; i++) {
    for (let k = 0; k < n1; k++) {
      const p = from + i * s0 + k * s1;
      const q = to + i * d0 + k * d1;
      for (let j = 0; j < each; j++) target[q + j] = source[p + j]!;
    }
  }
}

function moveSingle(
  source: Uint8Array,
  from: number,
  s0: number,
  s1: number,
  target: Uint8Array,
  to: number,
  d0: number,
  d1: number,
  n0: number,
  n1: number,
  each: number,
): void {
  for (let i = 0; i < n0; i++) {
    for (let k = 0; k < n1; k++) {
      const p = from + i * s0 + k * s1;
      const q = to + i * d0 + k * d1;
      for (let j = 0; j < each; j++) target[q + j] = source[p + j]!;
    }
  }
}
