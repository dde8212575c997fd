/**
 * What the logarithms have in common: log(x) = k·ln 2 − log(c) + log(1 + r), with c near 1/z from a table, x = z·2^k and
 * r = z·c − 1 small.
 *
 * c has ten digits, so that the product with the upper half of z is exact and r comes without any rounding, as a sum of
 * two numbers. For z near 1 the table says c = 1, so that the logarithm of 1 + tiny keeps every digit. The idea is that of
 * P. T. P. Tang, "Table-driven implementation of the logarithm function in IEEE floating-point arithmetic" (ACM TOMS 16,
 * 1990). The table is made at first use, by integer arithmetic.
 */

import { type Expr, i32, op } from "../../wasm/fn.ts";
import { heap, region } from "../../wasm/memory.ts";
import type { Doubles, Operand, Pair, Places } from "./doubles.ts";

const ENTRIES = 128;
const DIGITS = 120n;

/** The bits of the least z: the interval of each entry is as long as its mantissa says, and 1 is inside of one. */
const LEAST = 0x3fe5f00000000000n;
const ONE = 0x3ff0000000000000n;
const MANTISSA = (1n << 52n) - 1n;
/** The bits of 2^52, below which an integer goes to make it a float64. */
const MAGIC = 0x4330000000000000n;

const UPPER_WORD = -(1n << 32n);
const MOST_NEGATIVE = -(1n << 63n);
const FIRST_NORMAL = 1n << 52n;
/** The number of normal numbers above the least one, counted from the most negative integer. */
const LAST_NORMAL = MOST_NEGATIVE + (0x7fen << 52n) - 1n;

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

const UNIT = 1n << DIGITS;

/** The bases there are tables for. */
export const bases = {
  e: { factor: () => UNIT, table: 0 } as Base,
  two: { factor: () => (UNIT * UNIT) / ln2(), table: 0 } as Base,
};

export type BaseName = keyof typeof bases;

/** A number in fixed point as the nearest multiple of 2^-42, so that a sum with k·log(2) is exact, and the rest. */
function twoParts(x: bigint): [number, number] {
  const hi = BigInt(Math.round(Number(x) / 2 ** 78));
  return [Number(hi) / 2 ** 42, Number(x - (hi << 78n)) / 2 ** 120];
}

/** Bytes of an entry: −log(c) to 2^-42; c above, the rest to 20 digits below; the rest again, all of it; 8 bytes unused. */
const ENTRY = 32;

function logTable(base: Base): number {
  if (base.table !== 0) return base.table;
  const at = region(ENTRY * ENTRIES);
  const logs = minusLogs();
  const factor = base.factor();
  const view = new DataView(new ArrayBuffer(8));
  const highWord = (x: number): number => {
    view.setFloat64(0, x);
    return view.getInt32(0) + (view.getUint32(4) >>> 31);
  };
  for (let j = 0; j < ENTRIES; j++) {
    view.setBigInt64(0, LEAST + (BigInt(2 * j + 1) << 44n));
    const middle = view.getFloat64(0);
    const n = middle > 0.998 && middle < 1.004 ? 512 : Math.round(512 / middle);
    const [hi, lo] = twoParts((logs[n]! * factor) >> DIGITS);
    const entry = at + ENTRY * j;
    heap.f64[entry / 8] = hi;
    heap.i32[entry / 4 + 2] = highWord(lo);
    heap.i32[entry / 4 + 3] = highWord(n / 512);
    heap.f64[entry / 8 + 2] = lo;
  }
  base.table = at;
  return at;
}

/** x = z·2^k, and what the table says of z. */
export interface Split {
  /** k·log(2) − log(c): exact in the first part, some 2^-64 in the second. */
  readonly whole: Pair;
  /** z·c − 1 = the sum of the two, exactly; the first has at most 30 digits. */
  readonly r: Pair;
  readonly z: Expr;
  readonly c: Expr;
  /** The bits of x above those of the least z: 2^k is in the exponent. */
  readonly above: Expr;
  /** The second part of `whole`, to all digits. */
  readonly fine: () => Expr;
}

/** The bits of x above those of the least z: the exponent is that of 2^k, the upper digits choose the entry. */
export function aboveLeast(v: Doubles, x: Expr): Expr {
  return v.addBits(x, v.bits(ONE - LEAST));
}

/** A mask of where x, which is not negative, is not finite or not normal. */
export function isRare(v: Doubles, above: Expr): Expr {
  // As signed integers, the bits of normal numbers are below those of all others when 0 is moved to the least one.
  const moved = v.addBits(above, v.bits(MOST_NEGATIVE - FIRST_NORMAL - (ONE - LEAST)));
  return v.moreBits(moved, v.bits(LAST_NORMAL));
}

/** Taken off the exponent, as a float64, to get k. */
export const BIAS = 2 ** 52 + 1023;

/** Where in a table the entry of x is, from the upper word of what {@link aboveLeast} gives. */
function entryOf(upper: Expr): Expr {
  return op("i32.and", op("i32.shr_u", upper, i32(8)), i32(ENTRY * (ENTRIES - 1)));
}

/** The places of x itself, without what {@link aboveLeast} adds to its upper word. */
export function placesOf(v: Doubles, x: Expr): Places {
  return v.places(x, 1, (upper) => entryOf(op("i32.add", upper, i32(Number((ONE - LEAST) >> 32n)))));
}

/** Splits x, which is positive and normal; `bias` is {@link BIAS}, more where x was scaled up. */
export function splitLog(
  v: Doubles,
  above: Expr,
  name: BaseName,
  bias: Operand = BIAS,
  places = v.places(above, 1, entryOf),
): Split {
  const base = bases[name];
  const table = logTable(base);
  const k = v.sub(v.or(v.shiftRight(above, 52), v.bits(MAGIC)), bias);
  const z = v.addBits(v.and(above, v.bits(MANTISSA)), v.bits(LEAST));
  const [hi, rest] = v.entries(table, places);
  const c = v.and(rest, v.bits(UPPER_WORD));
  const upper = v.and(z, v.bits(UPPER_WORD));
  const r: Pair = [v.sub(v.mul(upper, c), 1), v.mul(v.sub(z, upper), c)];
  const [twoHi, twoLo] = name === "two" ? [1, 0] : twoParts((ln2() * base.factor()) >> DIGITS);
  const kLo = v.mul(k, twoLo);
  const whole: Pair = [v.add(v.mul(k, twoHi), hi), v.add(kLo, v.shiftLeft(rest, 32))];
  return { whole, r, z, c, above, fine: () => v.add(kLo, v.entries(table + 16, places)[0]) };
}

/** 2^-k, for what belongs to x and is smaller than it. */
export function unscale(v: Doubles, { above }: Split): Expr {
  return v.subBits(v.bits(2n * ONE), v.and(above, v.bits(~MANTISSA)));
}

/** Coefficients of log(1 + r) = r − r²/2 + r³/3 − … from the square on; |r| below 0.0055 here. */
export function logSeries(terms: number, factor = 1): number[] {
  return Array.from({ length: terms }, (_, k) => (factor * (k % 2 === 0 ? -1 : 1)) / (k + 2));
}

/**
 * log(u + low), u being what `above` stands for and `low` beyond its digits; `bias` as in {@link splitLog}. The sum of the
 * pair is some 2^-62 off, or as much of the result where that is smaller than 1.
 */
export function logOfSum(v: Doubles, above: Expr, bias: Expr, low: Expr, name: "e" | "two" = "e"): Pair {
  const { whole, r, c } = splitLog(v, above, name, bias);
  // 2^(53 − k), because 2^-k alone may be too small for a float64.
  const near = v.subBits(v.bits(2n * ONE + (53n << 52n)), v.and(above, v.bits(~MANTISSA)));
  const extra = v.mul(v.mul(low, near), v.mul(c, 2 ** -53));
  const [sum, rest] = v.fastSum(v.add(r[0], r[1]), extra);
  const square = v.mul(sum, sum);
  if (name === "e") {
    const [hi, lo] = v.fastSum(whole[0], sum);
    const tail = v.mul(square, v.polynomial(sum, logSeries(6), square));
    return [hi, v.add(v.add(v.add(lo, rest), whole[1]), tail)];
  }
  const [p, pLow] = timesConstant(v, sum, INVERSE_LN2);
  const [hi, lo] = v.fastSum(whole[0], p);
  const tail = v.mul(square, v.polynomial(sum, logSeries(6, INVERSE_LN2[0] + INVERSE_LN2[1]), square));
  const lost = v.add(pLow, v.mul(rest, INVERSE_LN2[0]));
  return [hi, v.add(v.add(v.add(lo, lost), whole[1]), tail)];
}

/** A constant as 26 digits and the rest. */
export type Constant = readonly [hi: number, lo: number];

/** 1/ln 2 = 1.442695040888963407359924681… */
export const INVERSE_LN2: Constant = [1.4426950216293335, 1.9259629911266175e-8];

/** x times a constant, as a pair whose first part is exact. */
export function timesConstant(v: Doubles, x: Expr, [hi, lo]: Constant): Pair {
  const [upper, cut] = v.split(x);
  return [v.mul(upper, hi), v.add(v.mul(cut, hi), v.mul(x, lo))];
}

/** log(x) to some 40 digits, relative to it, for results of 24. */
export function logSingle(v: Doubles, above: Expr, bias: Expr): Expr {
  const { whole, z, c } = splitLog(v, above, "e", bias);
  const sum = v.sub(v.mul(z, c), 1);
  const square = v.mul(sum, sum);
  return v.add(v.add(whole[0], sum), v.mul(square, v.polynomial(sum, logSeries(4), square)));
}

/** The least normal float64. */
const TINY = 2 ** -1022;

/**
 * Runs `body` on the positive, finite and normal among x, as {@link aboveLeast} gives them, and sees to the rest: subnormal
 * numbers are scaled for it, and what has no logarithm, or an infinite one, is put right afterwards.
 */
export function withSpecials(v: Doubles, x: Expr, body: (above: Expr, bias: Expr) => Expr): Expr {
  const { fn } = v;
  const above = fn.let(aboveLeast(v, x));
  const bias = fn.let(v.of(BIAS));
  // As signed integers, the bits of normal numbers are below those of all others when 0 is moved to the least one.
  const moved = v.addBits(above, v.bits(MOST_NEGATIVE - FIRST_NORMAL - (ONE - LEAST)));
  const rare = fn.let(op("i64x2.bitmask", op("i64x2.gt_s", moved, v.bits(LAST_NORMAL))));
  fn.if(rare, () => {
    const small = v.is(x, "lt", TINY);
    fn.set(above, v.choose(small, aboveLeast(v, v.mul(x, 2 ** 54)), above));
    fn.set(bias, v.choose(small, BIAS + 54, bias));
  });
  const y = fn.let(body(above, bias));
  fn.if(rare, () => {
    const infinite = v.is(x, "eq", Number.POSITIVE_INFINITY);
    const zero = v.is(x, "eq", 0);
    const none = v.not(v.is(x, "ge", 0));
    const big = v.choose(infinite, x, y);
    fn.set(y, v.choose(none, Number.NaN, v.choose(zero, Number.NEGATIVE_INFINITY, big)));
  });
  return y;
}
