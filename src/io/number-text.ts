import { Complex } from "../dtype/complex.ts";

/**
 * Numbers from text, as Python writes them: floats as `float` reads them, but without underscores; integers of any length;
 * complex numbers as `1+2j`, also in parentheses.
 *
 * A part of a text is read where it stands. What is no number is NaN for integers, and null otherwise.
 */

/** Powers of ten that floats hold exactly. */
const TENS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
/** So many digits make an integer that a float holds exactly. */
const EXACT_DIGITS = 15;

/** Whether a character is white space, as Python has it. */
export function isSpace(code: number): boolean {
  if (code > 32) return code > 127 && isWideSpace(code);
  return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
}

function isWideSpace(code: number): boolean {
  if (code === 0x85 || code === 0xa0 || code === 0x1680) return true;
  if (code < 0x2000 || code > 0x3000) return false;
  return (
    code <= 0x200a ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The first character from `from` on that is no white space. */
export function skipSpaces(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Where the text ends when the white space behind it is left out. */
export function dropSpaces(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * The float that a part of a text is; null when it is none. Up to 15 digits with a small exponent are a product or quotient
 * of two exact floats, rounded once; others are left to `Number` (Clinger, PLDI 1990).
 */
export function floatOf(text: string, from: number, to: number): number | null {
  const end = dropSpaces(text, from, to);
  const start = skipSpaces(text, from, end);
  const first = text.charCodeAt(start);
  const signed = first === 45 || first === 43;
  let at = signed ? start + 1 : start;
  let [digits, scale, mantissa] = [0, 0, 0];
  const whole = at;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) break;
    mantissa = mantissa * 10 + (code - 48);
  }
  digits = at - whole;
  if (at < end && text.charCodeAt(at) === 46) {
    const point = ++at;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (!isDigit(code)) break;
      mantissa = mantissa * 10 + (code - 48);
    }
    scale = point - at;
    digits -= scale;
  }
  if (digits === 0) return wordOf(text, signed ? start + 1 : start, end, first === 45);
  if (at < end) {
    const power = exponentOf(text, at, end);
    if (power === null) return null;
    scale += power;
  }
  // Number reads no more than the syntax that was checked here.
  if (digits > EXACT_DIGITS || scale > 22 || scale < -22) return Number(text.slice(start, end));
  const size = scale < 0 ? mantissa / TENS[-scale]! : mantissa * TENS[scale]!;
  return first === 45 ? -size : size;
}

function exponentOf(text: string, from: number, end: number): number | null {
  const mark = text.charCodeAt(from);
  if (mark !== 101 && mark !== 69) return null;
  const sign = text.charCodeAt(from + 1);
  let at = sign === 43 || sign === 45 ? from + 2 : from + 1;
  if (at >= end) return null;
  let power = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return null;
    if (power < 100_000) power = power * 10 + (code - 48);
  }
  return sign === 45 ? -power : power;
}

function wordOf(text: string, from: number, end: number, negative: boolean): number | null {
  if (end - from !== 3 && end - from !== 8) return null;
  const word = text.slice(from, end).toLowerCase();
  if (word === "nan") return Number.NaN;
  if (word !== "inf" && word !== "infinity") return null;
  return negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** The integer that a part of a text is: a number where it is safe, else a bigint; NaN when it is none. */
export function integerOf(text: string, from: number, to: number): number | bigint {
  const end = dropSpaces(text, from, to);
  const start = skipSpaces(text, from, end);
  const first = text.charCodeAt(start);
  const digits = first === 45 || first === 43 ? start + 1 : start;
  if (digits >= end) return Number.NaN;
  let value = 0;
  for (let at = digits; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return Number.NaN;
    value = value * 10 + (code - 48);
  }
  // Digits without end are no number of 64 bits, and would take long to read.
  if (end - digits > EXACT_DIGITS)
    return end - digits > 400 ? Number.NaN : BigInt(text.slice(first === 43 ? digits : start, end));
  return first === 45 ? 0 - value : value;
}

/** The complex number that a part of a text is; null when it is none. */
export function complexOf(text: string, from: number, to: number): Complex | null {
  const plain = floatOf(text, from, to);
  if (plain !== null) return new Complex(plain, 0);
  let end = dropSpaces(text, from, to);
  let start = skipSpaces(text, from, end);
  if (text.charCodeAt(start) === 40 && text.charCodeAt(end - 1) === 41) {
    end = dropSpaces(text, start, end - 1);
    start = skipSpaces(text, start + 1, end);
  }
  const last = text.charCodeAt(end - 1);
  if (last !== 106) return realOf(text, start, end);
  const split = signBefore(text, start, end - 1);
  const im = partOf(text, split, end - 1);
  const re = split === start ? 0 : partOf(text, start, split);
  return re === null || im === null ? null : new Complex(re, im);
}

function realOf(text: string, start: number, end: number): Complex | null {
  const re = partOf(text, start, end);
  return re === null ? null : new Complex(re, 0);
}

/** A float without white space around it. */
function partOf(text: string, from: number, to: number): number | null {
  if (from >= to || isSpace(text.charCodeAt(from)) || isSpace(text.charCodeAt(to - 1))) return null;
  return floatOf(text, from, to);
}

/** Where the imaginary part starts: at the last sign that belongs to no exponent. */
function signBefore(text: string, start: number, end: number): number {
  for (let at = end - 1; at > start; at--) {
    const code = text.charCodeAt(at);
    const before = text.charCodeAt(at - 1);
    if ((code === 43 || code === 45) && before !== 101 && before !== 69) return at;
  }
  return start;
}
