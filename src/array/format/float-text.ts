import { type Decimal, trimmedLength } from "./decimal.ts";
import { decimalOf } from "./float-digits.ts";
import type { FloatFormat } from "./float-format.ts";

/**
 * What becomes of zeros at the end of the fraction: `"k"` keeps them and the point, `"."` drops them and keeps
 * the point, `"0"` leaves one digit, `"-"` drops them and a bare point.
 */
export type Trim = "k" | "." | "0" | "-";

/** A finite float in words. */
export interface FloatTextRule {
  readonly unique: boolean;
  /** Whether precision and minDigits count digits of the fraction; else all digits. */
  readonly fractional: boolean;
  /** The most digits; Infinity for no limit. */
  readonly precision: number;
  /** The fewest unique digits; -Infinity for no limit, while 0 asks for all digits before the point. */
  readonly minDigits: number;
  readonly trim: Trim;
  /** Whether positive values have a sign too. */
  readonly sign: boolean;
  /** The characters that the sign and the digits before the point fill at least. */
  readonly padLeft: number;
  /** The characters that the fraction fills, or -1. */
  readonly padRight: number;
  /** The fewest digits of an exponent. */
  readonly expDigits: number;
}

/** Digits where they belong: `0.00012`. `x` is finite; `known` are the shortest digits of |x|. */
export function positionalText(x: number, format: FloatFormat, rule: FloatTextRule, known?: Decimal): string {
  const { unique, fractional: fraction, minDigits: min, precision: max, trim } = rule;
  const { digits, point } = decimalOf(
    Math.abs(x),
    format,
    { unique, fraction, min, max, zeros: !fraction },
    known,
  );
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const places = point > 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  const wanted = (unique ? min : max) - (fraction ? 0 : whole.length);
  const tail = trimFraction(places, wanted, trim);
  return (signOf(x, rule.sign) + whole).padStart(rule.padLeft) + padFraction(tail, rule.padRight, trim);
}

/** One digit, the others as a fraction, and a power of ten: `1.2e-04`. `x` is finite; `known` as above. */
export function scientificText(x: number, format: FloatFormat, rule: FloatTextRule, known?: Decimal): string {
  const { unique, minDigits, precision, trim } = rule;
  const limits = { unique, fraction: false, min: minDigits + 1, max: precision + 1, zeros: trim === "-" };
  const { digits, point } = decimalOf(Math.abs(x), format, limits, known);
  const places = digits.slice(1);
  // Zeros that were written out leave their point behind, also where a bare point is to be dropped: as in NumPy.
  const kept = trim === "-" && places !== "" ? "." : trim;
  const fraction = trimFraction(places, unique ? minDigits : precision, kept);
  const lead = (signOf(x, rule.sign) + digits.slice(0, 1)).padStart(rule.padLeft);
  return lead + fraction + exponentText(point - 1, rule.expDigits);
}

/** The sign that a number shows, that of -0 included. */
export function signOf(x: number, always: boolean): string {
  if (x < 0 || Object.is(x, -0)) return "-";
  return always ? "+" : "";
}

function exponentText(exponent: number, digits: number): string {
  return (exponent < 0 ? "e-" : "e+") + String(Math.abs(exponent)).padStart(digits, "0");
}

/** The fraction with its point. */
function trimFraction(places: string, wanted: number, trim: Trim): string {
  if (trim === "k") return `.${places.padEnd(wanted, "0")}`;
  const kept = places.slice(0, trimmedLength(places));
  if (kept !== "") return `.${kept}`;
  return trim === "0" ? ".0" : trim === "." ? "." : "";
}

function padFraction(fraction: string, padRight: number, trim: Trim): string {
  // Where a bare point was dropped, its place is filled too.
  const point = trim === "-" || fraction !== "" ? 1 : 0;
  return padRight < 0 ? fraction : fraction.padEnd(padRight + point);
}
