import { QUICK_DIGITS, quickDigits, quickExponent } from "./quick-digits.ts";

/**
 * Decimal digits of floats, exactly and rounded to even, as C's printf has them.
 *
 * The runtime's `toExponential` and `toFixed` are exact but for ties, where they round up. A float is an odd integer times a
 * power of two; with 2^-j it has j decimals, of which the last is a 5, so ties are seen without making digits. What may be one, and what
 * the runtime has no digits for, is worked out with big integers.
 */

const words = new DataView(new ArrayBuffer(8));

/** The digits of a float from 0 on, rounded: "d.ddd" as digits and the power of ten of the first. */
export interface Digits {
  readonly digits: string;
  readonly exponent: number;
}

/** The most digits that the runtime gives. */
const RUNTIME_DIGITS = 100;

/** j, for an odd integer times 2^-j; 0 for 0. May be negative. */
function binaryDecimals(x: number): number {
  if (x === 0) return 0;
  words.setFloat64(0, x);
  const [high, low] = [words.getUint32(0), words.getUint32(4)];
  const biased = (high >>> 20) & 0x7ff;
  const top = (high & 0xfffff) | (biased === 0 ? 0 : 0x100000);
  const zeros = low === 0 ? 32 + trailingZeros(top) : trailingZeros(low);
  return 1075 - Math.max(biased, 1) - zeros;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** A finite float from 0 on with `count` decimals. */
export function fixedText(x: number, count: number): string {
  if (x < 1e21 && count <= RUNTIME_DIGITS && binaryDecimals(x) !== count + 1) return x.toFixed(count);
  const whole = roundedBig(x, count)
    .toString()
    .padStart(count + 1, "0");
  return count === 0 ? whole : `${whole.slice(0, -count)}.${whole.slice(-count)}`;
}

/** A finite float from 0 on, rounded to `count` digits, 1 at least. */
export function significantDigits(x: number, count: number): Digits {
  if (count <= QUICK_DIGITS) {
    const digits = quickDigits(x, count);
    if (digits !== null) return { digits, exponent: quickExponent() };
  }
  if (count <= RUNTIME_DIGITS) {
    const text = x.toExponential(count - 1);
    const mark = text.indexOf("e");
    const exponent = Number(text.slice(mark + 1));
    if (!mayBeTie(x, count, exponent)) return { digits: digitsOf(text, mark), exponent };
  }
  return exactDigits(x, count);
}

function digitsOf(text: string, mark: number): string {
  return mark === 1 ? text[0]! : text[0]! + text.slice(2, mark);
}

function mayBeTie(x: number, count: number, exponent: number): boolean {
  const decimals = count - exponent;
  return decimals > 0 ? binaryDecimals(x) === decimals : x > 0 && binaryDecimals(x) <= 0;
}

function exactDigits(x: number, count: number): Digits {
  if (x === 0) return { digits: "0".repeat(count), exponent: 0 };
  const guess = Number(x.toExponential(20).split("e")[1]);
  for (const exponent of [guess, guess - 1, guess + 1]) {
    const digits = roundedBig(x, count - 1 - exponent).toString();
    if (digits.length === count) return { digits, exponent };
    if (digits.length === count + 1 && digits.endsWith("0") && exponent === guess) {
      return { digits: digits.slice(0, -1), exponent: exponent + 1 };
    }
  }
  throw new Error(`internal: no digits of ${x}`);
}

/** x times 10^`decimals` as an integer, rounded half to even. */
function roundedBig(x: number, decimals: number): bigint {
  const j = Math.max(binaryDecimals(x), -1074);
  const odd = BigInt(j > 0 ? scaled(x, j) : x);
  const tens = 10n ** BigInt(Math.abs(decimals));
  let above = decimals >= 0 ? odd * tens : odd;
  let below = decimals >= 0 ? 1n : tens;
  if (j > 0) below *= 2n ** BigInt(j);
  const quotient = above / below;
  above -= quotient * below;
  below -= above;
  const up = above > below || (above === below && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** x times 2^j, which is an integer of at most 53 bits. */
function scaled(x: number, j: number): number {
  return j > 1000 ? x * 2 ** 1000 * 2 ** (j - 1000) : x * 2 ** j;
}
