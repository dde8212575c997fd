/**
 * Sixteen elements on their way from one dtype to another.
 *
 * A group is so many vectors of one form: 16 bytes are one vector, 16 doubles are eight. Vectors are worked out when
 * they are asked for, and once; so a conversion is a few lines that ask for vectors of the form before, conversions are
 * put together by calling one on the result of another, and no more is held in registers than the next store needs.
 */

import { type Expr, Fn, i32, type Local, op, shuffle } from "./fn.ts";
import { Kernel } from "./kernel.ts";
import { region } from "./memory.ts";

export type Form = "i8" | "i16" | "i32" | "i64" | "f32" | "f64";

export interface Group {
  readonly fn: Fn;
  readonly form: Form;
  /** How integers are widened. */
  readonly signed: boolean;
  /** The vector with elements 16 / count · k and on. */
  at(k: number): Expr;
}

/** Bytes of an element of each form, which is also the number of vectors in a group. */
export const formBytes: Readonly<Record<Form, number>> = { i8: 1, i16: 2, i32: 4, i64: 8, f32: 4, f64: 8 };
const shapes = { i8: "i8x16", i16: "i16x8", i32: "i32x4", i64: "i64x2" } as const;
const bySize: Readonly<Record<number, keyof typeof shapes>> = { 1: "i8", 2: "i16", 4: "i32", 8: "i64" };

export function group(fn: Fn, form: Form, signed: boolean, make: (k: number) => Expr): Group {
  const made: Expr[] = [];
  return { fn, form, signed, at: (k) => (made[k] ??= fn.let(make(k))) };
}

/** Sixteen elements in memory. */
export function loaded(fn: Fn, form: Form, signed: boolean, from: Expr): Group {
  return group(fn, form, signed, (k) => fn.load("v128.load", from, 16 * k));
}

/** Writes all its vectors; those of pairs are twice as many. */
export function storeGroup({ fn, form, at }: Group, to: Expr, vectors = formBytes[form]): void {
  for (let k = 0; k < vectors; k++) fn.store("v128.store", to, at(k), 16 * k);
}

// Lanes of a shuffle: 0 to 15 are the bytes of the first vector, 16 to 31 those of the second.
const lowHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const highHalves = [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31];
const swappedHalves = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
export const evenWords = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];
export const oddWords = [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31];
const lowWords = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
const highWords = [8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31];

/** Integers of another size: widened, or cut. */
export function resized(from: Group, form: keyof typeof shapes): Group {
  if (formBytes[from.form] === formBytes[form]) return from;
  return formBytes[from.form] < formBytes[form] ? resized(wider(from), form) : resized(narrower(from), form);
}

function wider(from: Group): Group {
  const [small, wide] = [from.form as keyof typeof shapes, bySize[2 * formBytes[from.form]]!];
  const name = (half: string) => `${shapes[wide]}.extend_${half}_${shapes[small]}_${from.signed ? "s" : "u"}`;
  return group(from.fn, wide, from.signed, (k) => op(name(k % 2 === 0 ? "low" : "high"), from.at(k >> 1)));
}

function narrower(from: Group): Group {
  const { fn, signed } = from;
  const form = bySize[formBytes[from.form] / 2]!;
  if (form === "i32") {
    return group(fn, form, signed, (k) => shuffle(from.at(2 * k), from.at(2 * k + 1), evenWords));
  }
  // Once all above the bits that stay is zero, nothing is out of range and nothing saturates.
  const kept = fn.constant("i32x4", form === "i8" ? 0x00ff00ff : 0xffff);
  const name = form === "i8" ? "i8x16.narrow_i16x8_u" : "i16x8.narrow_i32x4_u";
  const cut = (k: number) => op("v128.and", from.at(k), kept);
  return group(fn, form, signed, (k) => op(name, cut(2 * k), cut(2 * k + 1)));
}

/** Integers of at most 32 bits as floats. */
export function intsToFloats(from: Group): Group {
  const words = resized(from, "i32");
  const sign = from.signed || from.form !== "i32" ? "s" : "u";
  return group(from.fn, "f32", true, (k) => op(`f32x4.convert_i32x4_${sign}`, words.at(k)));
}

/** Integers as doubles, rounded once. */
export function intsToDoubles(from: Group): Group {
  if (from.form === "i64") return longsToDoubles(from);
  const words = resized(from, "i32");
  const sign = from.signed || from.form !== "i32" ? "s" : "u";
  return group(from.fn, "f64", true, (k) => op(`f64x2.convert_low_i32x4_${sign}`, half(words, k)));
}

/** Two words of four, in the lower half. */
function half(from: Group, k: number): Expr {
  const whole = from.at(k >> 1);
  return k % 2 === 0 ? whole : shuffle(whole, whole, swappedHalves);
}

/**
 * Each half of the integer is put behind the leading digits of a power of two, which makes doubles of both without a
 * conversion; the powers are taken away again from the upper one, exactly, and the sum rounds once.
 */
function longsToDoubles(from: Group): Group {
  const { fn, signed } = from;
  const low = fn.constant("i64x2", 0xffffffffn);
  const lowPower = fn.constant("i64x2", 0x4330000000000000n);
  const highPower = fn.constant("i64x2", signed ? 0x4530000080000000n : 0x4530000000000000n);
  const powers = fn.constant("f64x2", 2 ** 84 + 2 ** 52 + (signed ? 2 ** 63 : 0));
  return group(fn, "f64", true, (k) => {
    const x = from.at(k);
    const lower = op("v128.or", op("v128.and", x, low), lowPower);
    const upper = op("v128.xor", op("i64x2.shr_u", x, i32(32)), highPower);
    return op("f64x2.add", op("f64x2.sub", upper, powers), lower);
  });
}

export function floatsToDoubles(from: Group): Group {
  return group(from.fn, "f64", true, (k) => op("f64x2.promote_low_f32x4", half(from, k)));
}

export function doublesToFloats(from: Group): Group {
  const demoted = (k: number) => op("f32x4.demote_f64x2_zero", from.at(k));
  return group(from.fn, "f32", true, (k) => shuffle(demoted(2 * k), demoted(2 * k + 1), lowHalves));
}

/** Every other element: of (re, im) pairs the first or the second. `pairs` counts twice the vectors of its form. */
export function everyOther(pairs: Group, first: boolean): Group {
  const [halves, words] = first ? [lowHalves, evenWords] : [highHalves, oddWords];
  const lanes = pairs.form === "f64" ? halves : words;
  return group(pairs.fn, pairs.form, true, (k) => shuffle(pairs.at(2 * k), pairs.at(2 * k + 1), lanes));
}

/** Pairs (element, 0), as twice the vectors. */
export function withZeros(from: Group): Group {
  const zero = from.fn.constant("i32x4", 0);
  const [low, high] = from.form === "f64" ? [lowHalves, highHalves] : [lowWords, highWords];
  return group(from.fn, from.form, true, (k) => shuffle(from.at(k >> 1), zero, k % 2 === 0 ? low : high));
}

const GROUP = 16;
/** Room for the widest sixteen elements, once to read and once to write. */
const ROOM = 16 * GROUP;
let spare = 0;

/**
 * A kernel `(n, in, out)` that works in groups of 16: `body` reads 16 elements at one address and writes 16 at another.
 * A last group that is not full goes by way of a spare place.
 */
export function groupKernel(
  inBytes: number,
  outBytes: number,
  body: (fn: Fn, from: Expr, to: Expr) => void,
): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32"]);
    const [n, from, to] = fn.params as [Local, Local, Local];
    if (spare === 0) spare = region(2 * ROOM);
    const whole = fn.let(op("i32.and", n, i32(-GROUP)));
    fn.count(whole, GROUP, () => {
      body(fn, from, to);
      fn.set(from, fn.add(from, GROUP * inBytes));
      fn.set(to, fn.add(to, GROUP * outBytes));
    });
    const left = fn.let(op("i32.sub", n, whole));
    fn.if(left, () => {
      fn.copy(i32(spare), from, op("i32.mul", left, i32(inBytes)));
      body(fn, i32(spare), i32(spare + ROOM));
      fn.copy(to, i32(spare + ROOM), op("i32.mul", left, i32(outBytes)));
    });
    return fn;
  });
}
