/**
 * What the exponential functions have in common: 2^(k/128) from a table, and a short polynomial for the rest.
 *
 * With k the integer nearest to 128·x/ln 2, exp(x) = 2^(k/128) · exp(r) and |r| ≤ ln 2/256. The lower seven bits of k
 * choose an entry of the table, the others go to the exponent. After P. T. P. Tang, "Table-driven implementation of the
 * exponential function in IEEE floating-point arithmetic" (ACM TOMS 15, 1989); the table holds the part of each power that
 * a float64 has no digits for as well. It is made at first use, by integer arithmetic, so that it is the same everywhere.
 */

import { type Expr, i32, op } from "../../wasm/fn.ts";
import { heap, region } from "../../wasm/memory.ts";
import type { Doubles, Operand } from "./doubles.ts";

/** The powers of two in a table are this fine. */
const ENTRIES = 128;
const DIGITS = 120n;
/** Added to a number below 2^51, it leaves the integer nearest to it in the lower bits. */
export const ROUNDER = 1.5 * 2 ** 52;

export const LN2 = Math.LN2;
/** ln 2 / 128 in two parts; the first has 32 zeros at its end, so that its product with k is exact. */
const STEP_HI = Math.fround(LN2 / ENTRIES);
const STEP_LO = LN2 / ENTRIES - STEP_HI + 2.3190468138462996e-17 / ENTRIES;

let table = 0;

/** √x of a number with {@link DIGITS} binary places. */
function root(x: bigint): bigint {
  const square = x << DIGITS;
  let y = BigInt(Math.floor(Math.sqrt(Number(x) / 2 ** 120) * 2 ** 50)) << (DIGITS - 50n);
  for (let k = 0; k < 3; k++) y = (y + square / y) >> 1n;
  return y;
}

/**
 * The address of the table: for each j the error of 2^(j/128) relative to it, and its bits less j·2^45, so that adding
 * k·2^45 gives the bits of 2^(k/128).
 */
export function expTable(): number {
  if (table !== 0) return table;
  const at = region(16 * ENTRIES);
  let step = 1n << (DIGITS + 1n);
  for (let n = ENTRIES; n > 1; n /= 2) step = root(step);
  let power = 1n << DIGITS;
  for (let j = 0; j < ENTRIES; j++) {
    const rounded = Number(power) / 2 ** 120;
    const error = Number(power - BigInt(rounded * 2 ** 60) * (1n << 60n)) / 2 ** 120;
    heap.f64[at / 8 + 2 * j] = error / rounded;
    heap.f64[at / 8 + 2 * j + 1] = rounded;
    heap.i64[at / 8 + 2 * j + 1]! -= BigInt(j) << 45n;
    power = (power * step) >> DIGITS;
  }
  table = at;
  return table;
}

/** exp(x) = 2^(k/128) · exp(r): the power as `scale`, and `tail` + r what is left. */
export interface Reduced {
  /** k in the lower bits of each lane. */
  readonly k: Expr;
  readonly r: Expr;
  /** k as a float64. */
  readonly whole: Expr;
}

/** Splits x for base e; |x| below 2^15. `where` is a mask of the lanes in which k may differ from 0. */
export function reduceExp(v: Doubles, x: Expr, where?: Expr): Reduced {
  const k = v.add(v.mul(x, ENTRIES / LN2), ROUNDER);
  let whole = v.sub(k, ROUNDER);
  if (where !== undefined) whole = v.and(whole, where);
  const r = v.sub(v.sub(x, v.mul(whole, STEP_HI)), v.mul(whole, STEP_LO));
  // Elsewhere the lower bits are those of 0.
  return { k: where === undefined ? k : v.and(k, where), r, whole };
}

/** The same for base 2, without any rounding but that of the last product. */
export function reduceExp2(v: Doubles, x: Expr): Reduced {
  const k = v.add(x, ROUNDER / ENTRIES);
  const whole = v.sub(k, ROUNDER / ENTRIES);
  return { k, r: v.mul(v.sub(x, whole), LN2), whole };
}

/** Where in the table the entry of an integer is. */
function entryOf(k: Expr): Expr {
  return op("i32.and", op("i32.shl", k, i32(4)), i32(16 * (ENTRIES - 1)));
}

/** The table's power of two at k: `scale` = 2^(k/128) rounded, `tail` the relative rest. */
export function powerOfTwo(v: Doubles, k: Expr): { scale: Expr; tail: Expr } {
  const [tail, bits] = v.entries(expTable(), v.places(k, 0, entryOf));
  return { scale: v.addBits(bits, v.shiftLeft(k, 45)), tail };
}

/** exp(r) − 1 − `tail` as a polynomial; 2^-62 off at most for |r| ≤ ln 2/256. */
export function expRest(v: Doubles, r: Expr, tail: Operand): Expr {
  const square = v.mul(r, r);
  const head = v.add(tail, r);
  const middle = v.mul(square, v.polynomial(r, [1 / 2, 1 / 6]));
  const last = v.mul(v.mul(square, square), v.polynomial(r, [1 / 24, 1 / 120]));
  return v.add(v.add(head, middle), last);
}
