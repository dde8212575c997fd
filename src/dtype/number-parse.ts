import { ValueError } from "../errors.ts";
import { isBlank } from "./blanks.ts";
import { Complex } from "./complex.ts";

/**
 * Numbers from text, as Python reads them: blanks around, a sign, underscores between digits, digits of any script;
 * `inf`, `infinity` and `nan` in any case.
 */

const DIGITS = String.raw`\d+(?:_\d+)*`;
const DECIMAL = String.raw`(?:(?:${DIGITS}\.?(?:${DIGITS})?|\.${DIGITS})(?:e[+-]?${DIGITS})?|inf(?:inity)?|nan)`;
const INTEGER = new RegExp(`^[+-]?${DIGITS}$`);
const FLOAT = new RegExp(`^[+-]?${DECIMAL}$`, "i");
const COMPLEX = new RegExp(`^([+-]?${DECIMAL}(?=$|[+-]))?(?:([+-]?${DECIMAL}|[+-]?)j)?$`, "i");

/** How text becomes an element of each kind. */
export interface TextParser {
  bool(text: string): boolean;
  int(text: string): bigint;
  float(text: string): number;
  complex(text: string): Complex;
}

/** Python's ways. */
export const pythonParser: TextParser = {
  // As of an array of strings: whatever it says, a string is true when it is not empty.
  bool: (text) => text !== "",
  int: parseInteger,
  float: parseFloating,
  complex: parseComplex,
};

function parseInteger(text: string): bigint {
  const plain = trimmed(text);
  if (!INTEGER.test(plain)) throw noNumber(text, "an integer");
  const digits = plain.replace(/_/g, "");
  return digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits.replace("+", ""));
}

function parseFloating(text: string): number {
  const plain = trimmed(text);
  if (!FLOAT.test(plain)) throw noNumber(text, "a float");
  return floatOf(plain);
}

function parseComplex(text: string): Complex {
  let plain = trimmed(text);
  if (plain.startsWith("(") && plain.endsWith(")")) plain = trimmed(plain.slice(1, -1));
  const match = plain === "" ? null : COMPLEX.exec(plain);
  if (match === null) throw noNumber(text, "a complex number");
  const [, re, im] = match;
  if (re !== undefined && im !== undefined && !/^[+-]/.test(im)) throw noNumber(text, "a complex number");
  return new Complex(
    re === undefined ? 0 : floatOf(re),
    im === undefined ? 0 : floatOf(/^[+-]?$/.test(im) ? `${im}1` : im),
  );
}

/** The number that text of the right form stands for. */
function floatOf(text: string): number {
  const lower = text.toLowerCase();
  if (lower.includes("n")) {
    const size = lower.includes("nan") ? Number.NaN : Number.POSITIVE_INFINITY;
    return lower.startsWith("-") ? -size : size;
  }
  return Number(lower.replace(/_/g, ""));
}

function noNumber(text: string, what: string): ValueError {
  return new ValueError(`${JSON.stringify(text)} is not ${what}`);
}

/** The text without blanks around it, its digits those of ASCII. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  const inner = text.slice(start, end);
  return /[^ -~]/.test(inner) ? inner.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit))) : inner;
}

/** The value of a decimal digit of any script: Unicode has them in runs from 0 to 9. */
export function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let start = code;
  while (start > 0 && /^\p{Nd}$/u.test(String.fromCodePoint(start - 1))) start--;
  return (code - start) % 10;
}
