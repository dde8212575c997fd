/**
 * Rows of float64 that are computed where they lie (kernels/plain-loops.ts), when that is quicker than by a kernel: a few
 * elements, also in other lines than rows, and more of them than stay in the second cache.
 */

import type { Storage } from "../array/storage.ts";
import { heap } from "../wasm/memory.ts";
import type { PlainLine } from "./loop.ts";

const ITEM = 8;
/** Up to so many elements are few, from so many on they are many. */
const FEW = 32;
const MANY = 1 << 15;
/** Elements of a round. */
const ROUND = 16;

/** The loops of one operation. */
export interface PlainLoops {
  /** `n` elements: operands from places `i` and `j` on, `s` and `t` places apart, to a row from place `at` on. */
  few(
    n: number,
    a: Float64Array,
    i: number,
    s: number,
    b: Float64Array,
    j: number,
    t: number,
    to: Float64Array,
    at: number,
  ): void;
  /** Rows of a multiple of 16 elements. */
  many(a: Float64Array, b: Float64Array, to: Float64Array): void;
  /** The same with one number for the second operand. */
  manyWith(a: Float64Array, x: number, to: Float64Array): void;
}

/** What tries the loops of an operation. A ufunc has it in its row, so that who takes another one does not load it. */
export function plainRows(loops: PlainLoops): PlainLine {
  return (n, a, aOffset, aStep, b, bOffset, bStep, out, outOffset) =>
    plainLine(loops, n, a, aOffset, aStep, b, bOffset, bStep, out, outOffset);
}

function plainLine(
  plain: PlainLoops,
  n: number,
  a: Storage | null,
  aOffset: number,
  aStep: number,
  b: Storage | null,
  bOffset: number,
  bStep: number,
  out: Storage,
  outOffset: number,
): boolean {
  if (n > FEW && n < MANY) return false;
  if (((aOffset | aStep | bOffset | bStep | outOffset) & (ITEM - 1)) !== 0) return false;
  a?.alive();
  b?.alive();
  out.alive();
  if (n > FEW) {
    if (a === null || aStep !== ITEM || (b !== null && bStep !== ITEM) || out.buffer === heap.buffer)
      return false;
    const rounds = n - (n % ROUND);
    const x = rowOf(a, aOffset, rounds);
    const to = rowOf(out, outOffset, rounds);
    if (b === null) plain.manyWith(x, heap.f64[bOffset / ITEM]!, to);
    else plain.many(x, rowOf(b, bOffset, rounds), to);
    const done = rounds * ITEM;
    if (rounds === n) return true;
    n -= rounds;
    aOffset += done;
    bOffset += b === null ? 0 : done;
    outOffset += done;
  }
  const x = a === null ? heap.f64 : a.doubles;
  const y = b === null ? heap.f64 : b.doubles;
  const [i, j, at] = [aOffset / ITEM, bOffset / ITEM, outOffset / ITEM];
  plain.few(n, x, i, aStep / ITEM, y, j, bStep / ITEM, out.doubles, at);
  return true;
}

function rowOf(storage: Storage, offset: number, n: number): Float64Array {
  return new Float64Array(storage.buffer, storage.origin + offset, n);
}
