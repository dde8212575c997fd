import type { FloatFormat } from "./float-format.ts";
import { type FloatTextRule, positionalText, scientificText, signOf } from "./float-text.ts";
import type { PrintOptions } from "./options.ts";

/**
 * Floats that stand under each other.
 *
 * One look at all of them decides whether they have exponents and how many digits stand before and behind the
 * point; then each is written into that frame. With exponents all have the same digits; else those that need
 * fewer are filled with spaces, or with digits when the mode says that they are equal.
 */
export function floatTexts(values: readonly number[], format: FloatFormat, options: PrintOptions): string[] {
  const finite = values.filter(Number.isFinite);
  const frame = frameOf(finite, format, options);
  const padLeft = finite.length === values.length ? frame.padLeft : wideEnough(values, frame, options);
  const width = padLeft + frame.padRight + 1;
  const text = frame.text(padLeft);
  return values.map((x) => (Number.isFinite(x) ? text(x) : notFinite(x, options).padStart(width)));
}

/** What all texts have in common. */
interface Frame {
  /** Characters before the point. */
  readonly padLeft: number;
  /** Characters behind it. */
  readonly padRight: number;
  /** Writes finite values, with the characters before the point widened to `padLeft`. */
  readonly text: (padLeft: number) => (x: number) => string;
}

function frameOf(finite: readonly number[], format: FloatFormat, options: PrintOptions): Frame {
  if (finite.length === 0) return { padLeft: 0, padRight: 0, text: () => String };
  const frame = needsExponent(finite, format, options)
    ? scientificFrame(finite, format, options)
    : positionalFrame(finite, format, options);
  const gap = options.sign === " " && !finite.some((x) => signOf(x, false) === "-");
  return gap ? { ...frame, padLeft: frame.padLeft + 1 } : frame;
}

function needsExponent(finite: readonly number[], format: FloatFormat, options: PrintOptions): boolean {
  let max = 0;
  let min = Number.POSITIVE_INFINITY;
  for (const value of finite) {
    const x = Math.abs(value);
    if (x > max) max = x;
    if (x < min && x > 0) min = x;
  }
  if (max === 0) return false;
  // NumPy compares and divides in the precision of the dtype.
  const apart = () => min < format.round(0.0001) || format.round(max / min) > 1000;
  return max >= format.exponentFrom || (!options.suppress && apart());
}

function ruleOf(options: PrintOptions): FloatTextRule {
  const fixed = options.floatmode === "fixed";
  return {
    unique: !fixed,
    fractional: true,
    precision: options.floatmode === "unique" ? Number.POSITIVE_INFINITY : options.precision,
    minDigits: Number.NEGATIVE_INFINITY,
    trim: fixed ? "k" : ".",
    sign: options.sign === "+",
    padLeft: 0,
    padRight: -1,
    expDigits: 2,
  };
}

function scientificFrame(finite: readonly number[], format: FloatFormat, options: PrintOptions): Frame {
  const first = ruleOf(options);
  let padLeft = 0;
  let digits = 0;
  let expDigits = 0;
  for (const x of finite) {
    const text = scientificText(x, format, first);
    const point = text.indexOf(".");
    const e = text.indexOf("e", point);
    padLeft = Math.max(padLeft, point);
    digits = Math.max(digits, e - point - 1);
    expDigits = Math.max(expDigits, text.length - e - 2);
  }
  const rule: FloatTextRule = { ...first, precision: digits, minDigits: digits, trim: "k", expDigits };
  const text = (left: number) => {
    const padded = { ...rule, padLeft: left };
    return (x: number) => scientificText(x, format, padded);
  };
  return { padLeft, padRight: expDigits + 2 + digits, text };
}

function positionalFrame(finite: readonly number[], format: FloatFormat, options: PrintOptions): Frame {
  const first = ruleOf(options);
  let padLeft = 0;
  let padRight = 0;
  for (const x of finite) {
    const text = positionalText(x, format, first);
    const point = text.indexOf(".");
    padLeft = Math.max(padLeft, point);
    padRight = Math.max(padRight, text.length - point - 1);
  }
  const equal = options.floatmode === "fixed" || options.floatmode === "maxprec_equal";
  const rule: FloatTextRule = equal
    ? { ...first, precision: padRight, minDigits: padRight, trim: "k", padRight }
    : { ...first, minDigits: 0, padRight };
  const text = (left: number) => {
    const padded = { ...rule, padLeft: left };
    return (x: number) => positionalText(x, format, padded);
  };
  return { padLeft, padRight, text };
}

/** The characters before the point when there are infinities and NaN too. */
function wideEnough(values: readonly number[], frame: Frame, options: PrintOptions): number {
  const signed = options.sign !== "-" || values.includes(Number.NEGATIVE_INFINITY);
  const infinity = options.infstr.length + (signed ? 1 : 0);
  return Math.max(frame.padLeft, Math.max(options.nanstr.length, infinity) - frame.padRight - 1);
}

function notFinite(x: number, options: PrintOptions): string {
  if (Number.isNaN(x)) return (options.sign === "+" ? "+" : "") + options.nanstr;
  return signOf(x, options.sign === "+") + options.infstr;
}
