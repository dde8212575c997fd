/**
 * Up to 19 decimal digits of a float, by arithmetic on pairs of floats.
 *
 * The float is multiplied by a power of ten so that the digits stand before the point. The power and the product are pairs whose
 * sum has 106 bits (Dekker, Numer. Math. 18, 1971), so the product is off by less than 10^-12; only what lies nearer than that
 * to the middle between two numbers is left to exact arithmetic. The runtime's own `toExponential` takes ten times as long.
 */

/** The most digits that are found so. */
export const QUICK_DIGITS = 19;
/** Powers beyond have parts that floats hold with fewer bits. */
const MOST_POWER = 270;
const CUT = 1e12;
const SPLITTER = 2 ** 27 + 1;

const highs = new Float64Array(2 * MOST_POWER + 1);
const lows = new Float64Array(2 * MOST_POWER + 1);

/** Finds 10^power as a pair, once. */
function makePower(power: number): void {
  const high = Number(`1e${power}`);
  const tens = 10n ** BigInt(Math.abs(power));
  highs[power + MOST_POWER] = high;
  if (power >= 0) {
    lows[power + MOST_POWER] = Number(tens - BigInt(high));
    return;
  }
  // high is m · 2^-s: what is missing is (2^s - m · tens) / (2^s · tens).
  const s = 52 - Math.floor(Math.log2(high)) + 1;
  const m = BigInt(high * 2 ** Math.floor(s / 2) * 2 ** Math.ceil(s / 2));
  const missing = Number((1n << BigInt(s)) - m * tens);
  lows[power + MOST_POWER] = (missing / 2 ** Math.floor(s / 2) / 2 ** Math.ceil(s / 2)) * high;
}

/** Of the last product: the power of ten of its first digit. */
let exponent = 0;

/** The power of ten of the first of the digits found last. */
export function quickExponent(): number {
  return exponent;
}

/** The first `count` digits of a float above 0, rounded; null where the digits must be found exactly. */
export function quickDigits(x: number, count: number): string | null {
  if (!(x > 1e-240 && x < 1e240)) return null;
  exponent = Math.floor(Math.log10(x));
  for (let tries = 0; tries < 3; tries++) {
    const digits = digitsAt(x, count - 1 - exponent);
    if (digits === null || digits.length === count) return digits;
    exponent += digits.length > count ? 1 : -1;
  }
  return null;
}

/** x times 10^power, rounded to an integer; null near the middle of two. */
function digitsAt(x: number, power: number): string | null {
  if (highs[power + MOST_POWER] === 0) makePower(power);
  const by = highs[power + MOST_POWER]!;
  const product = x * by;
  const low = productError(x, by, product) + x * lows[power + MOST_POWER]!;
  const high = product + low;
  const rest = low - (high - product);
  let above = Math.floor(high / CUT);
  const part = high - above * CUT;
  let below = Math.floor(part);
  const fraction = part - below + rest;
  const carry = Math.floor(fraction);
  const middle = fraction - carry - 0.5;
  if (middle < 1e-6 && middle > -1e-6) return null;
  below += carry + (middle > 0 ? 1 : 0);
  if (below < 0) {
    below += CUT;
    above--;
  } else if (below >= CUT) {
    below -= CUT;
    above++;
  }
  // Small integers become text quickly.
  const middleSix = Math.floor(below / 1e6);
  const lastSix = below - middleSix * 1e6;
  if (above === 0) return middleSix === 0 ? String(lastSix) : String(middleSix) + sixDigits(lastSix);
  return String(above) + sixDigits(middleSix) + sixDigits(lastSix);
}

function sixDigits(value: number): string {
  return String((value + 1e6) | 0).slice(1);
}

/** What a product lost when it was rounded. */
function productError(a: number, b: number, product: number): number {
  const scaledA = a * SPLITTER;
  const scaledB = b * SPLITTER;
  const highA = scaledA - (scaledA - a);
  const highB = scaledB - (scaledB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
