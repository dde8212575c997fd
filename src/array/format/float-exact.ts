import { type Decimal, round, trimmedLength } from "./decimal.ts";
import type { FloatFormat } from "./float-format.ts";

const scratch = new DataView(new ArrayBuffer(8));

/** The integers m and e of x = m·2^e, as float64 stores them. */
function stored(x: number): { m: bigint; e: number } {
  scratch.setFloat64(0, x);
  const bits = scratch.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0 ? { m: fraction, e: -1074 } : { m: fraction | 0x10000000000000n, e: biased - 1075 };
}

/** Whether `x` is a power of two; of the subnormal ones none is. */
export function isPowerOfTwo(x: number): boolean {
  scratch.setFloat64(0, x);
  return (scratch.getUint32(0) & 0xfffff) === 0 && scratch.getUint32(4) === 0 && x >= 2 ** -1022;
}

const powersOfFive: bigint[] = [];

function powerOfFive(k: number): bigint {
  return (powersOfFive[k] ??= 5n ** BigInt(k));
}

/** The exponent e of 2^e ≤ x < 2^(e + 1); x is normal. */
export function exponentOf(x: number): number {
  scratch.setFloat64(0, x);
  return ((scratch.getUint16(0) >> 4) & 0x7ff) - 1023;
}

/** All digits of the value itself, without zeros at the end. */
export function exactDecimal(x: number): Decimal {
  let { m, e } = stored(x);
  const halvings = BigInt.asUintN(64, m & -m).toString(2).length - 1;
  m >>= BigInt(halvings);
  e += halvings;
  const digits = (e >= 0 ? m << BigInt(e) : m * powerOfFive(-e)).toString();
  return { digits: digits.slice(0, trimmedLength(digits)), point: digits.length + Math.min(e, 0) };
}

/**
 * Digits of `x` in `format`, one after the other with big integers, until they tell it apart and are at least `min`, or until they are `max`.
 *
 * Everything is four times as large as it is, so that a quarter of the last bit is an integer.
 */
export function generate(x: number, format: FloatFormat, min: number, max: number): Decimal {
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
