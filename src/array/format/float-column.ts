import type { Decimal } from "./decimal.ts";
import { shortestDecimal } from "./float-digits.ts";
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
  // The costly part, and both looks need it.
  const known = finite.map((x) => shortestDecimal(Math.abs(x), format));
  const frame = frameOf({ finite, known, format }, options);
  const padLeft = finite.length === values.length ? frame.padLeft : wideEnough(values, frame, options);
  const width = padLeft + frame.padRight + 1;
  const rule = { ...frame.rule, padLeft };
  let next = 0;
  return values.map((x) =>
    Number.isFinite(x) ? frame.write(x, format, rule, known[next++]) : notFinite(x, options).padStart(width),
  );
}

/** The finite values, each with its shortest digits. */
interface Floats {
  readonly finite: readonly number[];
  readonly known: readonly Decimal[];
  readonly format: FloatFormat;
}

/** What all texts have in common. */
interface Frame {
  /** Characters before the point. */
  readonly padLeft: number;
  /** Characters behind it. */
  readonly padRight: number;
  readonly write: typeof positionalText;
  readonly rule: FloatTextRule;
}

function frameOf(floats: Floats, options: PrintOptions): Frame {
  const { finite, format } = floats;
  if (finite.length === 0) return { padLeft: 0, padRight: 0, write: positionalText, rule: ruleOf(options) };
  const frame = (needsExponent(finite, format, options) ? scientificFrame : positionalFrame)(floats, options);
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

function scientificFrame(floats: Floats, options: PrintOptions): Frame {
  const { finite, known, format } = floats;
  const first = ruleOf(options);
  let padLeft = 0;
  let digits = 0;
  let expDigits = 0;
  for (let k = 0; k < finite.length; k++) {
    const text = scientificText(finite[k]!, format, first, known[k]);
    const point = text.indexOf(".");
    const e = text.indexOf("e", point);
    padLeft = Math.max(padLeft, point);
    digits = Math.max(digits, e - point - 1);
    expDigits = Math.max(expDigits, text.length - e - 2);
  }
  const rule: FloatTextRule = { ...first, precision: digits, minDigits: digits, trim: "k", expDigits };
  return { padLeft, padRight: expDigits + 2 + digits, write: scientificText, rule };
}

function positionalFrame(floats: Floats, options: PrintOptions): Frame {
  const { finite, known, format } = floats;
  const first = ruleOf(options);
  let padLeft = 0;
  let padRight = 0;
  for (let k = 0; k < finite.length; k++) {
    const text = positionalText(finite[k]!, format, first, known[k]);
    const point = text.indexOf(".");
    padLeft = Math.max(padLeft, point);
    padRight = Math.max(padRight, text.length - point - 1);
  }
  const equal = options.floatmode === "fixed" || options.floatmode === "maxprec_equal";
  const rule: FloatTextRule = equal
    ? { ...first, precision: padRight, minDigits: padRight, trim: "k", padRight }
    : { ...first, padRight };
  return { padLeft, padRight, write: positionalText, rule };
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
