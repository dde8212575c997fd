/**
 * An angle as a number of quarter turns and what is left of it.
 *
 * Up to 2^20 quarter turns by Cody and Waite's way: π/2 in parts of 33 digits, whose products with the count are exact, are
 * taken off one after the other. The differences lose nothing (where one part cancels nearly all of x, the rest is exact;
 * else what rounding cuts off is kept), so that x may come as near to a multiple of π/2 as a float64 can.
 *
 * Beyond that by Payne and Hanek's way ("Radian reduction for trigonometric functions", SIGNUM Newsletter 18, 1983): of
 * x · 2/π only the digits around the point matter, so x is multiplied with the 192 binary digits of 2/π that stand there.
 */

import { type Expr, f64, i32, i64, op } from "../../wasm/fn.ts";
import { heap, region } from "../../wasm/memory.ts";
import type { Doubles } from "./doubles.ts";

/** Added to a number below 2^51, it leaves the integer nearest to it in the lower bits. */
export const ROUNDER = 1.5 * 2 ** 52;

const PIO2_HI = Math.PI / 2;
const PIO2_LO = 6.123233995736766e-17;
/** π/2 = the sum of these; the first three have 33 digits each. */
const PIO2 = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32,
] as const;

/** From here on the count of quarter turns has too many digits for the parts. */
const LARGE = 2 ** 20;
/** Binary digits of 2/π in the table, behind 64 zeros: enough for the largest float64. */
const DIGITS = 1344;

let table = 0;

/** π with `digits` binary places, by Machin's formula. */
function piDigits(digits: number): bigint {
  const one = 1n << BigInt(digits + 32);
  const arctanOfInverse = (n: bigint) => {
    let power = one / n;
    let sum = power;
    for (let k = 3n; power !== 0n; k += 2n) {
      power /= -n * n;
      sum += power / k;
    }
    return sum;
  };
  return (4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n))) >> 32n;
}

/** The address of 64 zeros and the binary digits of 2/π, in words of 64. */
function digitsTable(): number {
  if (table !== 0) return table;
  const words = DIGITS / 64;
  const at = region(8 * (words + 1));
  const precision = DIGITS + 64;
  const digits = (1n << BigInt(precision + DIGITS + 1)) / piDigits(precision);
  heap.u64[at / 8] = 0n;
  for (let k = 0; k < words; k++) {
    heap.u64[at / 8 + 1 + k] = BigInt.asUintN(64, digits >> BigInt(64 * (words - 1 - k)));
  }
  table = at;
  return table;
}

/** x = (q + hi + lo) quarter turns, with q the lower bits of `count` and |hi| ≤ 1/2. */
interface Turns {
  readonly count: Expr;
  readonly hi: Expr;
  readonly lo: Expr;
}

/** The upper 64 bits of a product of two unsigned words, of which `mh` · 2^32 + `ml` is one. */
function upperProduct(v: Doubles, mh: Expr, ml: Expr, word: Expr): Expr {
  const { fn } = v;
  const lower = (x: Expr) => op("i64.and", x, i64(0xffffffffn));
  const upper = (x: Expr) => op("i64.shr_u", x, i64(32n));
  const [wh, wl] = [fn.let(upper(word)), fn.let(lower(word))];
  const first = fn.let(op("i64.add", op("i64.mul", ml, wh), upper(op("i64.mul", ml, wl))));
  const second = op("i64.add", op("i64.mul", mh, wl), lower(first));
  return fn.let(op("i64.add", op("i64.add", op("i64.mul", mh, wh), upper(first)), upper(second)));
}

/** The word of the table `k` words behind `address`, from bit `shift` on. */
function digitsAt(v: Doubles, address: Expr, shift: Expr, k: number): Expr {
  const { fn } = v;
  const word = (j: number) => fn.load("i64.load", address, digitsTable() + 8 * (k + j));
  const rest = op("i64.shr_u", op("i64.shr_u", word(1), i64(1n)), op("i64.xor", shift, i64(63n)));
  return fn.let(op("i64.or", op("i64.shl", word(0), shift), rest));
}

/**
 * The product of a finite x with 2/π less multiples of 4, for one x of at least 2^-10: the count, and the rest in two parts.
 */
function turnsOf(v: Doubles, x: Expr): readonly [count: Expr, hi: Expr, lo: Expr] {
  const { fn } = v;
  const bits = fn.let(op("i64.reinterpret_f64", x));
  const fraction = op("i64.and", bits, i64((1n << 52n) - 1n));
  const m = fn.let(op("i64.or", fraction, i64(1n << 52n)));
  // x = m · 2^(exponent − 1075). The digits wanted begin with that of weight 2 in x / m; the table has 64 zeros in front.
  const exponent = op("i64.and", op("i64.shr_u", bits, i64(52n)), i64(0x7ffn));
  const from = fn.let(op("i64.sub", exponent, i64(1075n + 2n - 64n)));
  const address = fn.let(op("i32.shl", op("i32.wrap_i64", op("i64.shr_u", from, i64(6n))), i32(3)));
  const shift = fn.let(op("i64.and", from, i64(63n)));
  const [w2, w1, w0] = [0, 1, 2].map((k) => digitsAt(v, address, shift, k)) as [Expr, Expr, Expr];
  const mh = fn.let(op("i64.shr_u", m, i64(32n)));
  const ml = fn.let(op("i64.and", m, i64(0xffffffffn)));
  const low = upperProduct(v, mh, ml, w0);
  const r1 = fn.let(op("i64.add", op("i64.mul", m, w1), low));
  const carry = op("i64.extend_i32_u", op("i64.lt_u", r1, low));
  const upper = op("i64.add", op("i64.mul", m, w2), upperProduct(v, mh, ml, w1));
  return nearestCount(v, fn.let(op("i64.add", upper, carry)), r1);
}

/** (r2 + r1 · 2^-64) · 2^-62 as a whole number, and what is left as the sum of two float64. */
function nearestCount(v: Doubles, r2: Expr, r1: Expr): readonly [count: Expr, hi: Expr, lo: Expr] {
  const { fn } = v;
  const count = fn.let(op("i64.shr_u", op("i64.add", r2, i64(1n << 61n)), i64(62n)));
  const rest = fn.let(op("i64.sub", r2, op("i64.shl", count, i64(62n))));
  const sign = fn.let(op("i64.shr_s", rest, i64(63n)));
  const [s2, s1] = [fn.let(op("i64.xor", rest, sign)), op("i64.xor", r1, sign)];
  const hi = fn.let(op("f64.convert_i64_s", s2));
  const cut = op("f64.convert_i64_s", op("i64.sub", s2, op("i64.trunc_sat_f64_s", hi)));
  const lo = op("f64.add", cut, op("f64.mul", op("f64.convert_i64_u", s1), f64(2 ** -64)));
  const unit = fn.let(op("f64.copysign", f64(2 ** -62), op("f64.reinterpret_i64", rest)));
  return [count, op("f64.mul", hi, unit), op("f64.mul", lo, unit)];
}

/** Where the lanes of a vector are taken apart: x, then count, hi and lo. */
let lanes = 0;

/** x in quarter turns, for x of at least 1 (for smaller ones, that of 1); the parts are NaN where x is infinite. */
export function largeTurns(v: Doubles, x: Expr): Turns {
  const { fn } = v;
  if (lanes === 0) lanes = region(64);
  fn.store("v128.store", i32(lanes), v.atLeast(x, 1));
  fn.count(i32(16), 8, (at) => {
    const [count, hi, lo] = turnsOf(v, fn.let(fn.load("f64.load", at, lanes)));
    fn.store("i64.store", at, count, lanes + 16);
    fn.store("f64.store", at, hi, lanes + 32);
    fn.store("f64.store", at, lo, lanes + 48);
  });
  const part = (k: number) => fn.let(fn.load("v128.load", i32(lanes + 16 * k)));
  return { count: part(1), hi: v.add(part(2), v.sub(x, x)), lo: part(3) };
}

/** x = n·π/2 + hi + lo: the lower bits of n as `count`, and hi + lo at most π/4 in size. */
export interface Reduced {
  readonly count: Expr;
  readonly hi: Expr;
  readonly lo: Expr;
}

/** The angle x ≥ 0, of any size, less quarter turns. */
export function reduceTurns(v: Doubles, x: Expr): Reduced {
  const { fn } = v;
  const rounded = v.add(v.mul(x, 2 / Math.PI), ROUNDER);
  const n = v.sub(rounded, ROUNDER);
  const exact = v.sub(x, v.mul(n, PIO2[0]));
  const [first, cut1] = takeOff(v, exact, v.mul(n, PIO2[1]));
  const [second, cut2] = takeOff(v, first, v.mul(n, PIO2[2]));
  const rest = v.sub(v.add(cut1, cut2), v.mul(n, PIO2[3]));
  const sum = v.fastSum(second, rest);
  const [count, hi, lo] = [fn.let(rounded), fn.let(sum[0]), fn.let(sum[1])];
  const large = v.is(x, "ge", LARGE);
  fn.if(v.any(large), () => {
    const turns = largeTurns(v, x);
    const [p, pl] = v.product(turns.hi, v.of(PIO2_HI));
    const rest = v.add(pl, v.add(v.mul(turns.hi, PIO2_LO), v.mul(turns.lo, PIO2_HI)));
    const [h, l] = v.fastSum(p, rest);
    fn.set(count, v.choose(large, turns.count, count));
    fn.set(hi, v.choose(large, h, hi));
    fn.set(lo, v.choose(large, l, lo));
  });
  return { count, hi, lo };
}

/** a − b, and what rounding cuts off. */
function takeOff(v: Doubles, a: Expr, b: Expr): readonly [Expr, Expr] {
  const difference = v.sub(a, b);
  return [difference, v.sub(v.sub(a, difference), b)];
}
