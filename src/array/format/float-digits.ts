import type { FloatFormat } from "./float-format.ts";

/**
 * The decimal digits of a binary float.
 *
 * Two answers are wanted. `unique` digits are the fewest that read back as the same value in its format, and of
 * those the ones nearest to it: 0.1, not 0.1000000000000000055. Exact digits are those of the value itself,
 * which a decimal of some 1,074 places can always hold. Either may be cut (`max`), and unique digits may be
 * asked to go on (`min`), which they do with the exact ones. Rounding is always that of the exact value, ties
 * to the even digit.
 *
 * For float64 the runtime's own `String(x)` is the shortest decimal. For the narrower formats x is written with
 * 6 (or 3) digits, then one more at a time, until it reads back; 6 (or 3) digits never need to be fewer, since
 * decimals that short are all told apart. Cutting a shortest decimal s rounds as cutting the exact value x
 * would, except when what is cut off is a lone 5: were x and s on different sides of the halfway point, that
 * point would be a shorter or nearer decimal than s. Only then is the exact value looked at.
 *
 * What that leaves goes to big integers. `generate` produces digit after digit of x = value/scale, keeping two
 * margins: how far below and above x the decimals still read back as x (Steele and White 1990; Dragon4). It
 * decides for powers of two, whose lower neighbour is nearer than the upper one: digit generation there can end
 * on a decimal that is not the nearest, and NumPy prints that one. It also decides for the narrow formats when
 * x lies halfway between two candidates, or a candidate lies where the interval of x ends.
 *
 * Costs: about half a microsecond for a float64, one or two for a float32, five to fifty for `generate`.
 */

/** The number 0.d₁d₂d₃… × 10^point. Zero is "0" with point 1; no digits are a zero that was rounded. */
export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** Which digits are wanted. */
export interface DigitRule {
  /** The fewest that tell the value apart; else exact ones, as many as `max` says. */
  readonly unique: boolean;
  /** Whether `min` and `max` count digits behind the decimal point; else all from the first that is not 0. */
  readonly fraction: boolean;
  readonly min: number;
  /** Infinity when there is no limit. */
  readonly max: number;
  /** Whether zeros that fill up to `min` must be among the digits; else they may be left out. */
  readonly zeros: boolean;
}

/** The digits of `x`, which is finite, not negative, and a value of `format`. */
export function decimalOf(x: number, format: FloatFormat, rule: DigitRule): Decimal {
  if (x === 0) return { digits: "0", point: 1 };
  const parts = shortest(x, format);
  const length = parts.digits.length;
  const shift = rule.fraction ? parts.point : 0;
  const max = rule.max + shift;
  if (length > max) return cutShortest(parts, max, x);
  const most = rule.unique ? Math.min(rule.min + shift, max) : max;
  // The shortest decimal of a power of two need not be the nearest one of its length.
  if (!rule.unique && isPowerOfTwo(x)) return cutExact(x, rule);
  if (length >= most) return parts;
  // Up to that many digits, what follows the shortest decimal rounds to zeros.
  if (!rule.zeros && most <= format.safeDigits && isNormal(x, format)) return parts;
  return rule.unique ? longer(x, format, rule) : cutExact(x, rule);
}

function isNormal(x: number, format: FloatFormat): boolean {
  return x >= 2 ** (format.minExponent + format.bits - 1);
}

/** The fewest digits that read back as `x`. */
function shortest(x: number, format: FloatFormat): Decimal {
  const parts = parseDecimal(String(x));
  if (parts.digits.length <= format.safeDigits && isNormal(x, format)) return parts;
  if (isPowerOfTwo(x)) return generate(x, format, 0, Number.POSITIVE_INFINITY);
  return format.bits === 53 ? parts : shortestNarrow(x, format);
}

// An exact decimal of at most 10 digits has at most 14 places, so that only these can lie halfway.
const HALFWAY = 2 ** 14;
const BELOW = 1 - 2 ** -52;
const ABOVE = 1 + 2 ** -52;

function shortestNarrow(x: number, format: FloatFormat): Decimal {
  const { round, maxDigits } = format;
  if (Number.isInteger(x * HALFWAY)) return generate(x, format, 0, Number.POSITIVE_INFINITY);
  for (let count = isNormal(x, format) ? format.safeDigits : 1; count <= maxDigits; count++) {
    const text = x.toExponential(count - 1);
    const y = Number(text);
    const fromBelow = round(y * BELOW) === x;
    // One side in and one out: the decimal lies where the interval of x ends, too near for float64 to tell.
    if (fromBelow !== (round(y * ABOVE) === x)) return generate(x, format, 0, Number.POSITIVE_INFINITY);
    if (fromBelow) return parseDecimal(text);
  }
  throw new Error(`internal: ${x} does not read back from ${maxDigits} digits`);
}

/** The digits of what JS writes: `12.5`, `0.00012`, `1.5e-7`. */
function parseDecimal(text: string): Decimal {
  const e = text.indexOf("e");
  const mantissa = e < 0 ? text : text.slice(0, e);
  const exponent = e < 0 ? 0 : Number(text.slice(e + 1));
  const dot = mantissa.indexOf(".");
  const all = dot < 0 ? mantissa : mantissa.slice(0, dot) + mantissa.slice(dot + 1);
  const zeros = countLeadingZeros(all);
  const point = exponent + (dot < 0 ? mantissa.length : dot) - zeros;
  return { digits: all.slice(zeros, trimmedLength(all)), point };
}

function countLeadingZeros(digits: string): number {
  let count = 0;
  while (digits.charCodeAt(count) === 48) count++;
  return count;
}

/** The length of `digits` without the zeros at the end. */
export function trimmedLength(digits: string): number {
  let length = digits.length;
  while (digits.charCodeAt(length - 1) === 48) length--;
  return length;
}

/** A shortest decimal rounded to `count` digits, as its exact value would be. */
function cutShortest(shortest: Decimal, count: number, x: number): Decimal {
  const { digits, point } = shortest;
  if (count < 0) return round(shortest, count, false);
  const next = digits.charCodeAt(count) - 48;
  if (next !== 5 || count + 1 < digits.length) return round(shortest, count, next >= 5);
  const exact = exactDecimal(x);
  return cut(exact, count + exact.point - point);
}

/** Exact digits, as many as the rule says. */
function cutExact(x: number, rule: DigitRule): Decimal {
  const exact = exactDecimal(x);
  return cut(exact, rule.max + (rule.fraction ? exact.point : 0));
}

/** More digits than tell `x` apart. */
function longer(x: number, format: FloatFormat, rule: DigitRule): Decimal {
  const exact = exactDecimal(x);
  const shift = rule.fraction ? exact.point : 0;
  if (isPowerOfTwo(x)) return generate(x, format, rule.min + shift, rule.max + shift);
  const count = Math.min(rule.min, rule.max) + shift;
  const { digits, point } = cut(exact, count);
  return exact.digits.length < count ? { digits: digits.padEnd(count, "0"), point } : { digits, point };
}

/** A decimal rounded to `count` digits, ties to even. */
function cut(decimal: Decimal, count: number): Decimal {
  const { digits } = decimal;
  if (count >= digits.length) return decimal;
  if (count < 0) return round(decimal, count, false);
  const next = digits.charCodeAt(count) - 48;
  if (next !== 5 || trimmedLength(digits) > count + 1) return round(decimal, count, next >= 5);
  return round(decimal, count, count > 0 && digits.charCodeAt(count - 1) % 2 === 1);
}

/** The first `count` digits, the last of them one more when `up`. */
function round(decimal: Decimal, count: number, up: boolean): Decimal {
  const { digits, point } = decimal;
  if (count <= 0)
    return up ? { digits: "1", point: point - count + 1 } : { digits: "", point: point - count };
  const kept = digits.slice(0, count);
  return up ? { digits: increment(kept), point: carries(kept) ? point + 1 : point } : { digits: kept, point };
}

function carries(digits: string): boolean {
  for (let k = 0; k < digits.length; k++) if (digits.charCodeAt(k) !== 57) return false;
  return true;
}

/** One more in the last place; nines at the end become zeros, which are left out. */
function increment(digits: string): string {
  let last = digits.length - 1;
  while (last >= 0 && digits.charCodeAt(last) === 57) last--;
  return last < 0 ? "1" : digits.slice(0, last) + String.fromCharCode(digits.charCodeAt(last) + 1);
}

const scratch = new DataView(new ArrayBuffer(8));

/** The integers m and e of x = m·2^e, as float64 stores them. */
function stored(x: number): { m: bigint; e: number } {
  scratch.setFloat64(0, x);
  const bits = scratch.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0 ? { m: fraction, e: -1074 } : { m: fraction | 0x10000000000000n, e: biased - 1075 };
}

function isPowerOfTwo(x: number): boolean {
  scratch.setFloat64(0, x);
  return (scratch.getUint32(0) & 0xfffff) === 0 && scratch.getUint32(4) === 0 && x >= 2 ** -1022;
}

const powersOfFive: bigint[] = [];

function powerOfFive(k: number): bigint {
  return (powersOfFive[k] ??= 5n ** BigInt(k));
}

/** All digits of the value itself, without zeros at the end when it has a fraction. */
function exactDecimal(x: number): Decimal {
  let { m, e } = stored(x);
  const halvings = BigInt.asUintN(64, m & -m).toString(2).length - 1;
  m >>= BigInt(halvings);
  e += halvings;
  const digits = (e >= 0 ? m << BigInt(e) : m * powerOfFive(-e)).toString();
  return { digits, point: digits.length + Math.min(e, 0) };
}

/**
 * Digits of `x` in `format` until they tell it apart and are at least `min`, or until they are `max`.
 *
 * Everything is four times as large as it is, so that a quarter of the last bit is an integer.
 */
function generate(x: number, format: FloatFormat, min: number, max: number): Decimal {
  const { m, e: e53 } = stored(x);
  const e = Math.max(e53 + 53 - format.bits, format.minExponent);
  const significand = e >= e53 ? m >> BigInt(e - e53) : m << BigInt(e53 - e);
  const nearer = significand === 1n << BigInt(format.bits - 1) && e > format.minExponent;
  const unit = 1n << BigInt(Math.max(e, 0));
  const value = 4n * significand * unit;
  const scale = 4n << BigInt(Math.max(-e, 0));
  return produce(value, scale, nearer ? unit : 2n * unit, 2n * unit, significand % 2n === 0n, min, max);
}

function produce(
  value: bigint,
  scale: bigint,
  below: bigint,
  above: bigint,
  closed: boolean,
  min: number,
  max: number,
): Decimal {
  const { point, factor } = magnitude(value, scale);
  let rest = value * factor.up;
  const one = scale * factor.down;
  let low = below * factor.up;
  let high = above * factor.up;
  for (let digits = ""; ; ) {
    const digit = rest / one;
    rest -= digit * one;
    digits += digit.toString();
    const isLow = closed ? rest <= low : rest < low;
    const isHigh = closed ? rest + high >= one : rest + high > one;
    if (((isLow || isHigh) && digits.length >= min) || digits.length >= max) {
      const nearest = 2n * rest > one || (2n * rest === one && digit % 2n === 1n);
      return round({ digits, point }, digits.length, isLow === isHigh ? nearest : isHigh);
    }
    rest *= 10n;
    low *= 10n;
    high *= 10n;
  }
}

interface Magnitude {
  readonly point: number;
  /** What value and scale are to be multiplied with for a quotient from 1 to 10. */
  readonly factor: { readonly up: bigint; readonly down: bigint };
}

/** Where the first digit of value/scale stands. */
function magnitude(value: bigint, scale: bigint): Magnitude {
  const quotient = value / scale;
  if (quotient > 0n) {
    const point = quotient.toString().length;
    return { point, factor: { up: 1n, down: 10n ** BigInt(point - 1) } };
  }
  // Division rounds down, so 10^k fits into scale/value as often as the digits before the first are zeros.
  const zeros = ((scale - 1n) / value).toString().length;
  return { point: 1 - zeros, factor: { up: 10n ** BigInt(zeros), down: 1n } };
}
