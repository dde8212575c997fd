import { DTypeError, textOf as shown, ValueError } from "../../errors.ts";
import { optionsFrom } from "../arguments.ts";
import { NDArray } from "../ndarray.ts";
import { type FloatFormat, floatFormat } from "./float-format.ts";
import { type FloatTextRule, positionalText, scientificText, signOf, type Trim } from "./float-text.ts";

export type { Trim } from "./float-text.ts";

/** A float: a number, or a 0-d array of floats, which is written in the precision of its dtype. */
export type FloatLike = number | NDArray<"float16"> | NDArray<"float32"> | NDArray<"float64">;

/** How one float is written. */
export interface FloatTextOptions {
  /** The most digits: of the fraction, or of all with `fractional: false`. */
  readonly precision?: number | undefined;
  /** Whether to end where the digits tell the value apart (the default), or to write `precision` exact ones. */
  readonly unique?: boolean | undefined;
  readonly trim?: Trim | undefined;
  /** Whether positive values have a sign too. */
  readonly sign?: boolean | undefined;
  /** The characters that the sign and the digits before the point fill at least. */
  readonly padLeft?: number | undefined;
  /** The fewest digits, for `unique`; what follows the unique ones are exact digits. */
  readonly minDigits?: number | undefined;
  /** The precision a number is of, float64 unless told; a number is rounded to it. */
  readonly dtype?: "float16" | "float32" | "float64" | undefined;
}

export interface PositionalOptions extends FloatTextOptions {
  /** Whether `precision` and `minDigits` count digits of the fraction (the default) or all digits. */
  readonly fractional?: boolean | undefined;
  /** The characters that the fraction fills at least. */
  readonly padRight?: number | undefined;
}

export interface ScientificOptions extends FloatTextOptions {
  /** The fewest digits of the exponent, 2 unless told. */
  readonly expDigits?: number | undefined;
}

/**
 * A float as decimal digits without an exponent. NumPy's `format_float_positional`.
 *
 * @throws ValueError for options that contradict each other, and for what is not one float.
 * @example
 * np.formatFloatPositional(Math.PI, { precision: 3 }); // "3.142"
 * np.formatFloatPositional(1e-7, { trim: "-" }); // "0.0000001"
 * np.formatFloatPositional(0.1, { unique: false, precision: 20 }); // "0.10000000000000000555"
 */
export function formatFloatPositional(x: FloatLike, given: PositionalOptions = {}): string {
  const caller = "formatFloatPositional";
  const options = optionsFrom(given, caller);
  const { fractional = true, padRight } = options;
  if (!fractional && options.precision === 0) {
    throw new ValueError(`${caller}: precision must be greater than 0 with fractional: false`);
  }
  const rule = { ...ruleOf(caller, options), fractional, padRight: count(caller, "padRight", padRight, -1) };
  return textOf(caller, x, options, rule, positionalText);
}

/**
 * A float as one digit, a fraction and a power of ten. NumPy's `format_float_scientific`.
 *
 * @throws ValueError for options that contradict each other, and for what is not one float.
 * @example
 * np.formatFloatScientific(1234.5); // "1.2345e+03"
 * np.formatFloatScientific(0.00012, { precision: 0, trim: "-", expDigits: 3 }); // "1e-004"
 */
export function formatFloatScientific(x: FloatLike, given: ScientificOptions = {}): string {
  const caller = "formatFloatScientific";
  const options = optionsFrom(given, caller);
  const rule = { ...ruleOf(caller, options), expDigits: count(caller, "expDigits", options.expDigits, 2) };
  return textOf(caller, x, options, rule, scientificText);
}

function ruleOf(caller: string, options: FloatTextOptions): FloatTextRule {
  const { unique = true, trim = "k", sign = false } = options;
  const precision = count(caller, "precision", options.precision, Number.POSITIVE_INFINITY);
  const minDigits = count(caller, "minDigits", options.minDigits, Number.NEGATIVE_INFINITY);
  if (!["k", ".", "0", "-"].includes(trim)) {
    throw new ValueError(`${caller}: trim must be "k", ".", "0" or "-", not ${JSON.stringify(trim)}`);
  }
  if (!unique && precision === Number.POSITIVE_INFINITY) {
    throw new ValueError(`${caller}: unique: false needs a precision`);
  }
  if (precision > 0 && minDigits > precision) {
    throw new ValueError(
      `${caller}: minDigits (${minDigits}) must not be larger than precision (${precision})`,
    );
  }
  const padLeft = count(caller, "padLeft", options.padLeft, 0);
  return { unique, fractional: true, precision, minDigits, trim, sign, padLeft, padRight: -1, expDigits: 2 };
}

/** Digits and spaces that may be asked for. */
const MOST = 2 ** 20;

function count(caller: string, name: string, value: number | undefined, absent: number): number {
  if (value === undefined) return absent;
  if (Number.isInteger(value) && value >= 0 && value <= MOST) return value;
  throw new ValueError(`${caller}: ${name} must be an integer from 0 to ${MOST}, not ${shown(value)}`);
}

const bytesOf = { float16: 2, float32: 4, float64: 8 } as const;

function textOf(
  caller: string,
  x: FloatLike,
  options: FloatTextOptions,
  rule: FloatTextRule,
  text: (x: number, format: FloatFormat, rule: FloatTextRule) => string,
): string {
  const number = valueOf(caller, x);
  const dtype = options.dtype ?? "float64";
  if (!Object.hasOwn(bytesOf, dtype)) {
    throw new DTypeError(`${caller}: dtype ${shown(dtype)} is none of ${Object.keys(bytesOf).join(", ")}`);
  }
  const format = floatFormat(x instanceof NDArray ? x.dtype.itemsize : bytesOf[dtype]);
  const value = format.round(number);
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return `${signOf(value, rule.sign)}inf`;
  return text(value, format, rule);
}

function valueOf(caller: string, x: FloatLike): number {
  if (typeof x === "number") return x;
  if (x instanceof NDArray && x.dtype.kind === "f" && x.ndim === 0) return (x as NDArray<"float64">).at();
  const given = x instanceof NDArray ? `an array of ${x.ndim} axes and dtype ${x.dtype.name}` : shown(x);
  throw new ValueError(`${caller}: ${given} is not one float; give a number or a 0-d array of floats`);
}
