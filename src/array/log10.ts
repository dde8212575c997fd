/**
 * The logarithm to base 10, rounded once.
 *
 * `Math.log10` may be wrong in the last bit, and a power of ten makes of that bit as many as the exponent is large. So
 * this one is computed with 106 bits, as sums of two doubles (Dekker, 1971; Shewchuk, 1997), and then rounded:
 *
 *     x = m · 2^e,   log10(x) = e · log10(2) + 2/ln(10) · (s + s³/3 + s⁵/5 + …),   s = (m - 1) / (m + 1)
 *
 * With m between 0.7 and 1.5 each term is 30 times smaller than the one before. It takes about a microsecond.
 */

/** An unevaluated sum; the second part is less than the last bit of the first. */
type Pair = readonly [high: number, low: number];

const LOG10_2: Pair = [0.3010299956639812, -2.8037281277851704e-18];
const TWO_OVER_LN10: Pair = [0.8685889638065036, 2.19663930043353e-17];
const TERMS = 24;

/** log10(x) for any x; -Infinity at 0, NaN below it. */
export function log10(x: number): number {
  if (!(x > 0 && x < Infinity)) return Math.log10(x);
  const e = Math.min(Math.round(Math.log2(x)), 1023);
  const m = x / 2 ** e;
  const s = divide([m - 1, 0], sum(m, 1));
  const square = multiply(s, s);
  let series: Pair = [0, 0];
  for (let k = TERMS; k >= 0; k--) series = add(divide([1, 0], [2 * k + 1, 0]), multiply(square, series));
  return add(multiply([e, 0], LOG10_2), multiply(TWO_OVER_LN10, multiply(s, series)))[0];
}

/** a + b and what rounding took from it. */
function sum(a: number, b: number): Pair {
  const high = a + b;
  const part = high - a;
  return [high, a - (high - part) + (b - part)];
}

/** a · b and what rounding took from it. */
function times(a: number, b: number): Pair {
  const high = a * b;
  const [a1, a0] = halves(a);
  const [b1, b0] = halves(b);
  return [high, a1 * b1 - high + a1 * b0 + a0 * b1 + a0 * b0];
}

/** A double as two numbers of 26 bits. */
function halves(a: number): Pair {
  const scaled = a * 134217729;
  const high = scaled - (scaled - a);
  return [high, a - high];
}

function add(a: Pair, b: Pair): Pair {
  const [high, low] = sum(a[0], b[0]);
  return sum(high, low + a[1] + b[1]);
}

function multiply(a: Pair, b: Pair): Pair {
  const [high, low] = times(a[0], b[0]);
  return sum(high, low + a[0] * b[1] + a[1] * b[0]);
}

function divide(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const rest = add(a, multiply([-first, 0], b));
  return sum(first, rest[0] / b[0]);
}
