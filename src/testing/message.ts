/** The texts of assertions, which are NumPy's. */

import { array } from "../array/create.ts";
import { arrayRepr, arrayStr } from "../array/format/array2string.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { pythonString } from "../dtype/literal.ts";

/** How an assertion says what is wrong. */
export interface AssertionOptions {
  /** What is said in the message of the error as well. */
  readonly errMsg?: string | undefined;
  /** Whether the message shows the values; true if left out. */
  readonly verbose?: boolean | undefined;
}

/** How a message is put together. */
export interface MessageOptions extends AssertionOptions {
  readonly header?: string | undefined;
  readonly names?: readonly [string, string] | undefined;
  /** Digits behind the point of arrays. */
  readonly precision?: number | undefined;
}

/** More lines of a value are not shown. */
const MOST_LINES = 3;

/** The whole message: a header, what was said besides, and the two values. */
export function messageOf(values: readonly [unknown, unknown], options: MessageOptions): string {
  const { header = "Items are not equal:", errMsg = "", verbose = true, precision = 8 } = options;
  const names = options.names ?? ["ACTUAL", "DESIRED"];
  const lines = [`\n${header}`];
  if (errMsg !== "") {
    const fits = !errMsg.includes("\n") && errMsg.length < 79 - header.length;
    if (fits) lines[0] += ` ${errMsg}`;
    else lines.push(errMsg);
  }
  if (verbose)
    for (const [k, value] of values.entries()) lines.push(` ${names[k]}: ${shown(value, precision)}`);
  return lines.join("\n");
}

function shown(value: unknown, precision: number): string {
  const text = value instanceof NDArray ? arrayRepr(value, { precision }) : reprOf(value);
  const lines = text.split("\n");
  return lines.length <= MOST_LINES + 1 ? text : `${lines.slice(0, MOST_LINES).join("\n")}...`;
}

/** A JS value as Python writes it, but for whole numbers, which may be floats there. */
export function reprOf(value: unknown): string {
  if (typeof value === "string") return pythonString(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null || value === undefined) return "None";
  if (value instanceof NDArray) return arrayRepr(value);
  if (value instanceof Complex) return arrayStr(array(value));
  if (typeof value === "number" && !Number.isInteger(value)) return floatText(value);
  if (Array.isArray(value)) return `[${value.map(reprOf).join(", ")}]`;
  if (ArrayBuffer.isView(value)) return arrayRepr(array(value as Float64Array));
  if (typeof value !== "object") return String(value);
  const custom = (value as { repr?: unknown }).repr;
  if (typeof custom === "function") return String((custom as () => string).call(value));
  const entries = Object.entries(value).map(([key, part]) => `${pythonString(key)}: ${reprOf(part)}`);
  return `{${entries.join(", ")}}`;
}

/** A float as Python writes it. */
export function floatText(value: number): string {
  return arrayStr(array(value, "float64"));
}

/** One element of an array as Python's `format` writes it: floats in double precision. */
export function elementText(a: NDArray, index: readonly number[]): string {
  const part = a.ndim === 0 ? a : a.slice(...index);
  if (a.dtype.kind === "f") return floatText(part.at() as number);
  if (a.dtype.kind === "c") return arrayStr(array(part.at() as Complex));
  return arrayStr(part);
}

/** A number as C's `%.{digits}g` writes it. */
export function shortText(value: number, digits = 6): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa, power] = value.toExponential(digits - 1).split("e") as [string, string];
  const exponent = Number(power);
  const trimmed = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (exponent >= -4 && exponent < digits) return trimmed(value.toFixed(Math.max(0, digits - 1 - exponent)));
  const sign = exponent < 0 ? "-" : "+";
  return `${trimmed(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
