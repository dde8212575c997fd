/**
 * Float64 in rows that are computed where they lie (kernels/plain-loops.ts), and few of them in other lines.
 *
 * A loop takes some .8 nanoseconds an element, whatever the sizes. A kernel takes a fraction of that, and all the rest to
 * have operands brought in and the result out; so it is left what lies in the engine's memory already, and what lies in
 * lines with gaps, in which a loop takes twice as long.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { Storage } from "../array/storage.ts";
import { walkBlocks } from "../layout/blocks.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { sizeOf } from "../layout/layout.ts";
import { heap } from "../wasm/memory.ts";
import type { PlainRun } from "./loop.ts";
import { isTwin } from "./sides.ts";

const ITEM = 8;
/** Up to so many elements are done before a kernel is called, however they lie. */
const FEW = 32;
/** From so many on a row is worth typed arrays of its own. */
const LONG = 512;
/** Results in the engine's memory of fewer elements stay in the second cache. */
const MANY = 1 << 14;
/** From so many on sending them out takes longer than a loop. */
const MANY_OUT = 1 << 16;
/** Rows of a grid that are shorter are quicker by way of the engine's memory. */
const SHORT = 24;
/** Elements of a round. */
const ROUND = 16;
/** Places in memory of so many bytes may be no integers of 32 bits. */
const LARGE = 2 ** 34;

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
  /** The same of rows. */
  rows(n: number, a: Float64Array, i: number, b: Float64Array, j: number, to: Float64Array, at: number): void;
  /** Rows of a multiple of 16 elements. */
  many(a: Float64Array, b: Float64Array, to: Float64Array): void;
  /** The same with one number for the second operand. */
  manyWith(a: Float64Array, x: number, to: Float64Array): void;
}

/** What tries the loops of an operation. A ufunc has it in its row, so that who takes another one does not load it. */
export function plainRows(loops: PlainLoops): PlainRun {
  return {
    line: (n, a, aOffset, aStep, b, bOffset, bStep, out, outOffset) =>
      plainLine(loops, n, a, aOffset, aStep, b, bOffset, bStep, out, outOffset),
    grid: (shape, a, b, out) => plainGrid(loops, shape, a, b, out),
  };
}

/** Whether a loop can meet the elements of a storage; an error where its buffer was taken away. */
function isOpen(storage: Storage | null): boolean {
  if (storage === null) return true;
  storage.alive();
  return storage.wide === null && storage.byteLength < LARGE;
}

/** Whether a storage lies where kernels reach it. */
function isHere(storage: Storage | null): boolean {
  return storage === null || storage.buffer === heap.buffer;
}

/** Whether a kernel is quicker: for what it reaches, and for what stays in the cache if only one side has to be moved. */
function suitsKernel(n: number, a: Storage | null, b: Storage | null, out: Storage): boolean {
  if (isHere(a) && isHere(b)) return n < MANY_OUT || isHere(out);
  return n < MANY && isHere(out);
}

/** What the elements of a storage are met in: one for all that a scope lends, as long as it does. */
function doublesOf(storage: Storage | null): Float64Array {
  return storage === null || isHere(storage) ? heap.f64 : storage.doubles;
}

/** The place of an element in it. */
function firstOf(storage: Storage | null, offset: number): number {
  return (storage === null || !isHere(storage) ? offset : storage.origin + offset) / ITEM;
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
  if (((aOffset | aStep | bOffset | bStep | outOffset) & (ITEM - 1)) !== 0) return false;
  if (!isOpen(a) || !isOpen(b) || !isOpen(out)) return false;
  const rows = a !== null && aStep === ITEM && (b === null || bStep === ITEM);
  if (n > FEW && (!rows || suitsKernel(n, a, b, out))) return false;
  if (isHere(out) && n <= FEW) {
    const [i, j, at] = [firstOf(a, aOffset), firstOf(b, bOffset), firstOf(out, outOffset)];
    plain.few(n, doublesOf(a), i, aStep / ITEM, doublesOf(b), j, bStep / ITEM, heap.f64, at);
    return true;
  }
  if (rows && b !== null) runRow(plain, n, a, aOffset, b, bOffset, out, outOffset);
  else if (rows && n > FEW) runWith(plain, n, a, aOffset, bOffset, out, outOffset);
  else {
    const x = a === null ? heap.f64 : a.doubles;
    const y = b === null ? heap.f64 : b.doubles;
    const [i, j, at] = [aOffset / ITEM, bOffset / ITEM, outOffset / ITEM];
    plain.few(n, x, i, aStep / ITEM, y, j, bStep / ITEM, out.doubles, at);
  }
  return true;
}

function runRow(
  plain: PlainLoops,
  n: number,
  a: Storage,
  aOffset: number,
  b: Storage,
  bOffset: number,
  out: Storage,
  outOffset: number,
): void {
  let whole = 0;
  if (n >= LONG) {
    whole = n - (n % ROUND);
    plain.many(rowOf(a, aOffset, whole), rowOf(b, bOffset, whole), rowOf(out, outOffset, whole));
    if (whole === n) return;
  }
  const i = (aOffset / ITEM + whole) | 0;
  const j = (bOffset / ITEM + whole) | 0;
  plain.rows(n - whole, a.doubles, i, b.doubles, j, out.doubles, (outOffset / ITEM + whole) | 0);
}

/** A row and the number at an address of the engine's memory. */
function runWith(
  plain: PlainLoops,
  n: number,
  a: Storage,
  aOffset: number,
  address: number,
  out: Storage,
  outOffset: number,
): void {
  const whole = n - (n % ROUND);
  plain.manyWith(rowOf(a, aOffset, whole), heap.f64[address / ITEM]!, rowOf(out, outOffset, whole));
  if (whole === n) return;
  const i = aOffset / ITEM + whole;
  plain.few(n - whole, a.doubles, i, 1, heap.f64, address / ITEM, 0, out.doubles, outOffset / ITEM + whole);
}

function rowOf(storage: Storage, offset: number, n: number): Float64Array {
  return new Float64Array(storage.buffer, storage.origin + offset, n);
}

/** Whether a place is at whole elements. */
function isWhole({ strides, offset }: TypedPlace): boolean {
  let all = offset;
  for (let k = 0; k < strides.length; k++) all |= strides[k]!;
  return (all & (ITEM - 1)) === 0;
}

/** Whether the axis along which a result is dense is one along which both operands are, too, and not short. */
function hasRows(shape: readonly number[], a: TypedPlace, b: TypedPlace, out: TypedPlace): boolean {
  for (let k = shape.length - 1; k >= 0; k--) {
    if (out.strides[k] !== ITEM || shape[k] === 1) continue;
    return shape[k]! >= SHORT && a.strides[k] === ITEM && b.strides[k] === ITEM;
  }
  return false;
}

function plainGrid(
  plain: PlainLoops,
  shape: readonly number[],
  a: TypedPlace,
  b: TypedPlace,
  out: TypedPlace,
): boolean {
  // The same elements twice are brought in once.
  if (!hasRows(shape, a, b, out) || isTwin(a, b) || !isWhole(a) || !isWhole(b) || !isWhole(out)) return false;
  const [x, y, to] = [a.storage, b.storage, out.storage];
  if (!isOpen(x) || !isOpen(y) || !isOpen(to) || suitsKernel(sizeOf(shape), x, y, to)) return false;
  const walk = coalesceOrdered(shape, [out.strides, a.strides, b.strides], [out.offset, a.offset, b.offset]);
  const lengths = walk.shape;
  const outer = lengths.length - 2;
  const n = lengths[outer + 1]!;
  const rows = outer < 0 ? 1 : lengths[outer]!;
  const [u, s, t] = walk.strides.map((strides) => (outer < 0 ? 0 : strides[outer]!)) as [
    number,
    number,
    number,
  ];
  const block = lengths.map((length, k) => (k < outer ? 1 : length));
  walkBlocks(lengths, block, walk.strides, walk.offsets, (_, offsets) => {
    const [at, i, j] = offsets as [number, number, number];
    for (let k = 0; k < rows; k++) runRow(plain, n, x, i + k * s, y, j + k * t, to, at + k * u);
  });
  return true;
}
