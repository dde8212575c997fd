import { cut, type Decimal, parseDecimal, round, trimmedLength } from "./decimal.ts";
import { exactDecimal, exponentOf, generate, isPowerOfTwo } from "./float-exact.ts";
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
 * For float64 the runtime's own `String(x)` is the shortest decimal s. Cutting s rounds as cutting the exact
 * value x would, except when what is cut off is a lone 5: were x and s on different sides of the halfway point,
 * that point would be a shorter or nearer decimal than s. Only then is the exact value looked at.
 *
 * For the narrower formats s, too long, is cut to 6 (or 3) digits, then to one more at a time, until the error
 * is less than half the distance of x to its neighbours. It never needs fewer digits than 6 (or 3): decimals
 * that short are all told apart.
 *
 * What that leaves goes to big integers. `generate` produces digit after digit of x = value/scale, keeping two
 * margins: how far below and above x the decimals still read back as x (Steele and White 1990; Dragon4). It
 * decides for powers of two, whose lower neighbour is nearer than the upper one: digit generation there can end
 * on a decimal that is not the nearest, and NumPy prints that one. It also decides for the narrow formats
 * when a candidate lies where the interval of x ends.
 *
 * Costs: about half a microsecond, and two to fifty where `generate` decides.
 */

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

/** The digits of `x`, which is finite, not negative, and a value of `format`; `known` are its shortest ones. */
export function decimalOf(
  x: number,
  format: FloatFormat,
  rule: DigitRule,
  known: Decimal = shortestDecimal(x, format),
): Decimal {
  if (x === 0) return known;
  const { length } = known.digits;
  const shift = rule.fraction ? known.point : 0;
  const max = rule.max + shift;
  if (length > max) return cutShortest(known, max, x);
  const most = rule.unique ? Math.min(rule.min + shift, max) : max;
  // The shortest decimal of a power of two need not be the nearest one of its length.
  if (!rule.unique && isPowerOfTwo(x)) return cutExact(x, rule);
  if (length >= most) return known;
  // Up to that many digits, what follows the shortest decimal rounds to zeros.
  if (!rule.zeros && most <= format.safeDigits && isNormal(x, format)) return known;
  return rule.unique ? longer(x, format, rule) : cutExact(x, rule);
}

function isNormal(x: number, format: FloatFormat): boolean {
  return x >= format.smallestNormal;
}

/** The fewest digits that read back as `x`, which is finite, not negative, and a value of `format`. */
export function shortestDecimal(x: number, format: FloatFormat): Decimal {
  if (x === 0) return ZERO;
  const wide = parseDecimal(String(x));
  if (wide.digits.length <= format.safeDigits && isNormal(x, format)) return wide;
  if (isPowerOfTwo(x)) return generate(x, format, 0, Number.POSITIVE_INFINITY);
  return format.bits === 53 ? wide : narrow(x, format, wide);
}

const ZERO: Decimal = { digits: "0", point: 1 };

/** The shortest decimal in a narrow format, from the one in float64. */
function narrow(x: number, format: FloatFormat, wide: Decimal): Decimal {
  const { digits } = wide;
  const scaled = Number(digits);
  const reach = scaled * (halfStep(x, format) / x);
  for (let count = isNormal(x, format) ? format.safeDigits : 1; count < digits.length; count++) {
    const unit = 10 ** (digits.length - count);
    const below = scaled % unit;
    const error = Math.min(below, unit - below);
    // Too near to the end of the interval for float64 to tell the side.
    const isNear = Math.abs(error - reach) <= reach * 1e-6;
    if (isNear) return generate(x, format, 0, Number.POSITIVE_INFINITY);
    if (error < reach) return withoutZeros(cutShortest(wide, count, x));
  }
  return wide;
}

function withoutZeros({ digits, point }: Decimal): Decimal {
  return { digits: digits.slice(0, trimmedLength(digits)), point };
}

/** Half the distance from `x`, which is no power of two, to its neighbours. */
function halfStep(x: number, format: FloatFormat): number {
  return 2 ** (Math.max(exponentOf(x) + 1 - format.bits, format.minExponent) - 1);
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
