import type { Complex } from "../dtype/complex.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { fixedText, significantDigits } from "./exact-decimal.ts";

/**
 * Python's formatting with `%`: `%.18e`, `%5.2f`, `%-8d`, `%+g`, `%#x`, `%s`. Digits are exact and rounded half to even.
 */

/** An element and the letter of its kind: `"f"` for a float, `"i"` and `"u"` for integers. */
export interface Printed {
  readonly value: number | bigint | boolean | string | Complex;
  readonly kind: string;
  /** What `%s` writes. */
  readonly text: () => string;
}

/** One conversion, ready to be used. */
export type Conversion = (given: Printed) => string;

/** A format: texts, and conversions between them. */
export interface Format {
  readonly texts: readonly string[];
  readonly conversions: readonly Conversion[];
}

interface Spec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | null;
  readonly type: string;
}

const pattern = /%(?:%|([-+ #0]*)(\d*)(?:\.(\d*))?[hlL]?([diouxXeEfFgGcsra]))/y;
/** More than this is a mistake, and would fill the memory. */
const MOST = 10_000;

/**
 * Reads a format.
 *
 * @throws ValueError for what is no conversion, or one that is not known here.
 */
export function readFormat(format: string): Format {
  const texts = [""];
  const conversions: Conversion[] = [];
  for (let at = 0; at < format.length; ) {
    const next = format.indexOf("%", at);
    const to = next < 0 ? format.length : next;
    texts[texts.length - 1] += format.slice(at, to);
    if (next < 0) break;
    pattern.lastIndex = next;
    const match = pattern.exec(format);
    if (match === null)
      throw new ValueError(
        `${JSON.stringify(format)} is no format: at ${JSON.stringify(format.slice(next, next + 8))}`,
      );
    at = next + match[0].length;
    if (match[4] === undefined) texts[texts.length - 1] += "%";
    else {
      conversions.push(conversionOf(specOf(match), match[0]));
      texts.push("");
    }
  }
  return { texts, conversions };
}

function specOf([whole, flags = "", width = "", precision, type = ""]: RegExpExecArray): Spec {
  const spec = {
    flags,
    width: width === "" ? 0 : Number(width),
    precision: precision === undefined ? null : Number(precision),
    type,
  };
  if (spec.width > MOST || (spec.precision ?? 0) > MOST)
    throw new ValueError(`${whole} asks for too many characters`);
  if (type === "r" || type === "a") throw new ValueError(`${whole} writes Python's repr; use %s`);
  return spec;
}

function conversionOf(spec: Spec, text: string): Conversion {
  if (spec.type === "s") return ({ text: words }) => padded(cut(words(), spec.precision), spec);
  if (spec.type === "c") return (given) => padded(characterOf(given, text), spec);
  if ("eEfFgG".includes(spec.type)) return (given) => floatText(Number(realOf(given, text)), spec);
  return (given) => integerText(integerFrom(given, spec.type, text), spec);
}

function cut(text: string, precision: number | null): string {
  return precision === null ? text : [...text].slice(0, precision).join("");
}

/** With spaces up to the width. */
function padded(text: string, { width, flags }: Spec): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

function mismatch({ kind }: Printed, text: string): DTypeError {
  return new DTypeError(`the format ${text} does not fit elements of kind ${JSON.stringify(kind)}`);
}

function realOf(given: Printed, text: string): number | bigint | boolean {
  const { value } = given;
  if (typeof value === "object" || typeof value === "string") throw mismatch(given, text);
  return value;
}

function characterOf(given: Printed, text: string): string {
  const { value, kind } = given;
  if (typeof value === "string" && [...value].length === 1) return value;
  const code = "iub".includes(kind) ? Number(value) : -1;
  if (!(code >= 0 && code <= 0x10ffff)) throw mismatch(given, text);
  return String.fromCodePoint(code);
}

/** Floats are cut to integers, but not for the bases of 8 and 16. */
function integerFrom(given: Printed, type: string, text: string): bigint {
  const value = realOf(given, text);
  if (given.kind === "f" && "oxX".includes(type)) throw mismatch(given, text);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new ValueError(`${value} cannot be written as an integer, as the format ${text} asks`);
  }
  return BigInt(typeof value === "number" ? Math.trunc(value) : value);
}

function integerText(value: bigint, spec: Spec): string {
  const { flags, type } = spec;
  const base = type === "o" ? 8 : type === "x" || type === "X" ? 16 : 10;
  const size = (value < 0n ? -value : value).toString(base).padStart(spec.precision ?? 0, "0");
  const mark = flags.includes("#") && base !== 10 ? (base === 8 ? "0o" : "0x") : "";
  const text = withSign(value < 0n, mark, size, spec);
  return type === "X" ? text.toUpperCase() : text;
}

/** A sign, what marks the base, and digits, with spaces or zeros up to the width. */
function withSign(negative: boolean, mark: string, digits: string, spec: Spec): string {
  const { flags, width } = spec;
  const sign = negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const zeros = flags.includes("0") && !flags.includes("-");
  const room = width - sign.length - mark.length;
  return padded(sign + mark + (zeros ? digits.padStart(room, "0") : digits), spec);
}

function floatText(x: number, spec: Spec): string {
  const { type } = spec;
  const negative = x < 0 || Object.is(x, -0);
  const size = Math.abs(x);
  const digits = Number.isFinite(x) ? finiteText(size, spec) : Number.isNaN(x) ? "nan" : "inf";
  const text = withSign(negative, "", digits, spec);
  return type === "E" || type === "F" || type === "G" ? text.toUpperCase() : text;
}

function finiteText(size: number, { type, flags, precision }: Spec): string {
  const count = precision ?? 6;
  const point = flags.includes("#");
  if (type === "f" || type === "F")
    return point && count === 0 ? `${fixedText(size, 0)}.` : fixedText(size, count);
  if (type === "g" || type === "G") return generalText(size, Math.max(count, 1), point);
  const { digits, exponent } = significantDigits(size, count + 1);
  return exponential(digits, exponent, point);
}

function exponential(digits: string, exponent: number, point: boolean): string {
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : point ? "." : "";
  const power = Math.abs(exponent);
  return `${digits[0]}${rest}e${exponent < 0 ? "-" : "+"}${power < 10 ? "0" : ""}${power}`;
}

/** Of the two forms the shorter one, by C's rule; zeros at the end go, unless the point is asked for. */
function generalText(size: number, count: number, point: boolean): string {
  const { digits, exponent } = significantDigits(size, count);
  const kept = point ? digits : digits.replace(/0+$/, "") || "0";
  if (exponent < -4 || exponent >= count) return exponential(kept, exponent, point);
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${kept}`;
  const whole = kept.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const decimals = kept.slice(exponent + 1);
  return decimals === "" ? whole + (point ? "." : "") : `${whole}.${decimals}`;
}
