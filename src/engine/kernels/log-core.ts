/**
 * What the logarithms have in common: log(x) = k·ln 2 − log(c) + log(1 + r), with c near 1/z from a table, x = z·2^k and
 * r = z·c − 1 small.
 *
 * c has ten digits, so that the product with the upper half of z is exact and r comes without any rounding, as a sum of
 * two numbers. For z near 1 the table says c = 1, so that the logarithm of 1 + tiny keeps every digit. The idea is that of
 * P. T. P. Tang, "Table-driven implementation of the logarithm function in IEEE floating-point arithmetic" (ACM TOMS 16,
 * 1990). The table is made at first use, by integer arithmetic.
 */

import type { Expr, Local } from "../../wasm/fn.ts";
import { heap, region } from "../../wasm/memory.ts";
import type { Doubles, Operand, Pair } from "./doubles.ts";

const ENTRIES = 128;
const DIGITS = 120n;

/** The bits of the least z: the interval of each entry is as long as its mantissa says, and 1 is inside of one. */
const LEAST = 0x3fe5f00000000000n;
const ONE = 0x3ff0000000000000n;
const MANTISSA = (1n << 52n) - 1n;
/** The bits of 2^52, below which an integer goes to make it a float64. */
const MAGIC = 0x4330000000000000n;

/** log(n + 1) − log(n) in fixed point: 2·atanh(1/(2n + 1)). */
function logStep(n: number): bigint {
  const odd = BigInt(2 * n + 1);
  let power = (2n << DIGITS) / odd;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power /= odd * odd;
  }
  return sum;
}

/** −log(n/512) in fixed point, for n from 0 to 767; 0 below 320. */
function minusLogs(): bigint[] {
  const logs = new Array<bigint>(768).fill(0n);
  for (let n = 512; n < 767; n++) logs[n + 1] = logs[n]! - logStep(n);
  for (let n = 511; n >= 320; n--) logs[n] = logs[n + 1]! + logStep(n);
  return logs;
}

/** A base of logarithms: its name for the table, what natural logarithms are multiplied with, in fixed point. */
interface Base {
  readonly factor: () => bigint;
  table: number;
}

/** ln 2 in fixed point: the steps from 512 to 1024 would do as well, but 2·atanh(1/3) is shorter. */
function ln2(): bigint {
  return logStep(1);
}

/** ln 10 = 3·ln 2 + ln(10/8) = 3·ln 2 + 2·atanh(1/9). */
function ln10(): bigint {
  return 3n * ln2() + logStep(4);
}

const UNIT = 1n << DIGITS;

/** The bases there are tables for. */
export const bases = {
  e: { factor: () => UNIT, table: 0 } as Base,
  two: { factor: () => (UNIT * UNIT) / ln2(), table: 0 } as Base,
  ten: { factor: () => (UNIT * UNIT) / ln10(), table: 0 } as Base,
};

export type BaseName = keyof typeof bases;

/** A number in fixed point as the nearest multiple of 2^-42, so that a sum with k·log(2) is exact, and the rest. */
function twoParts(x: bigint): [number, number] {
  const hi = BigInt(Math.round(Number(x) / 2 ** 78));
  return [Number(hi) / 2 ** 42, Number(x - (hi << 78n)) / 2 ** 120];
}

/** The address of the table of a base: −log(c) in a float64 and a float32 more, c between them as a float32. */
function logTable(base: Base): number {
  if (base.table !== 0) return base.table;
  const at = region(16 * ENTRIES);
  const logs = minusLogs();
  const factor = base.factor();
  const view = new DataView(new ArrayBuffer(8));
  for (let j = 0; j < ENTRIES; j++) {
    view.setBigInt64(0, LEAST + (BigInt(2 * j + 1) << 44n));
    const middle = view.getFloat64(0);
    const n = middle > 0.998 && middle < 1.004 ? 512 : Math.round(512 / middle);
    const [hi, lo] = twoParts((logs[n]! * factor) >> DIGITS);
    heap.f64[at / 8 + 2 * j] = hi;
    heap.f32[at / 4 + 4 * j + 2] = n / 512;
    heap.f32[at / 4 + 4 * j + 3] = lo;
  }
  base.table = at;
  return at;
}

/** x = z·2^k, read from a table. */
export interface Split {
  /** k·log(2) − log(c): exact in the first part. */
  readonly whole: Pair;
  /** r = z·c − 1, exactly the sum of the two; the first has at most 30 digits. */
  readonly r: Pair;
  /** 2^-k, for what belongs to x and is smaller. */
  readonly scale: () => Expr;
  readonly c: Expr;
}

/** Splits x, which is positive and normal. `shift` is added to k: 0, or a local that says so for each lane. */
export function splitLog(v: Doubles, x: Expr, name: BaseName, shift: Operand = 0): Split {
  const base = bases[name];
  // 2^k·z in bits: k is what the exponent is above that of the least z.
  const above = v.addBits(x, v.bits(ONE - LEAST));
  const k = v.sub(v.or(v.shiftRight(above, 52), v.bits(MAGIC)), v.sub(2 ** 52 + 1023, shift));
  const z = v.addBits(v.and(above, v.bits(MANTISSA)), v.bits(LEAST));
  const offsets = v.and(v.shiftRight(above, 41), v.bits(BigInt(16 * (ENTRIES - 1))));
  const [hi, rest] = v.gather(logTable(base), offsets);
  const [c, lo] = v.singles(rest);
  const upper = v.and(z, v.bits(-(1n << 32n)));
  const r: Pair = [v.sub(v.mul(upper, c), 1), v.mul(v.sub(z, upper), c)];
  const [twoHi, twoLo] = twoParts((ln2() * base.factor()) >> DIGITS);
  const whole: Pair = [v.add(v.mul(k, twoHi), hi), v.add(v.mul(k, twoLo), lo)];
  const scale = () => v.subBits(v.bits(2n * ONE), v.and(above, v.bits(~MANTISSA)));
  return { whole, r, scale, c };
}

/** Coefficients of log(1 + r) = r − r²/2 + r³/3 − … from the square on; |r| below 0.0055 here. */
export function logSeries(terms: number, factor = 1): number[] {
  return Array.from({ length: terms }, (_, k) => (factor * (k % 2 === 0 ? -1 : 1)) / (k + 2));
}

/** The least normal float64. */
const TINY = 2 ** -1022;

/**
 * Runs `body` on x where it is positive, finite and normal, and sees to the rest: subnormal numbers are scaled for it, and
 * what has no logarithm, or an infinite one, is put right afterwards.
 */
export function withSpecials(v: Doubles, x: Expr, body: (x: Expr, shift: Expr) => Expr): Expr {
  const { fn } = v;
  const normal = v.and(v.is(x, "ge", TINY), v.is(x, "lt", Number.POSITIVE_INFINITY));
  const scaled: Local = fn.let(x);
  const shift: Local = fn.let(v.of(0));
  const rare = fn.let(v.any(v.not(normal)));
  fn.if(rare, () => {
    const small = v.is(x, "lt", TINY);
    fn.set(scaled, v.choose(normal, x, v.choose(small, v.mul(x, 2 ** 54), 1)));
    fn.set(shift, v.and(small, v.of(-54)));
  });
  const y = fn.let(body(scaled, shift));
  fn.if(rare, () => {
    const infinite = v.is(x, "eq", Number.POSITIVE_INFINITY);
    const zero = v.is(x, "eq", 0);
    const none = v.not(v.is(x, "ge", 0));
    const big = v.choose(infinite, x, y);
    fn.set(y, v.choose(none, Number.NaN, v.choose(zero, Number.NEGATIVE_INFINITY, big)));
  });
  return y;
}
