import { asarray } from "../array/create.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { toDescriptor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { isNdError, ValueError } from "../errors.ts";
import { complexOf, floatOf, integerOf } from "./number-text.ts";

/** Columns of fields, and what their elements are, given or guessed. */

/** What a field is read as; undefined when it cannot be. */
export type FieldParser = (field: string) => unknown;

/** What stands for fields that are missing, by kind. */
const defaults: Readonly<Record<string, unknown>> = {
  b: false,
  i: -1,
  u: -1,
  f: Number.NaN,
  c: new Complex(Number.NaN, 0),
  U: "???",
  S: "???",
  M: "NaT",
  m: "NaT",
};

/** What stands for a missing field of a dtype. */
export function defaultOf({ kind }: Descriptor): unknown {
  return defaults[kind];
}

/** What reads fields as Python does: underscores may stand between digits. */
export function parserOf(dtype: Descriptor): FieldParser {
  const { kind } = dtype;
  if (kind === "b") return boolOf;
  if (kind === "i" || kind === "u") return (field) => numberIn(field, wholeOf);
  if (kind === "f") return (field) => numberIn(field, (text) => floatOf(text, 0, text.length) ?? undefined);
  if (kind === "c") return (field) => numberIn(field, (text) => complexOf(text, 0, text.length) ?? undefined);
  if (kind === "U" || kind === "S") return (field) => field;
  return (field) => coerced(dtype, field);
}

function coerced({ access }: Descriptor, field: string): unknown {
  try {
    access.coerce(field);
    return field;
  } catch (error) {
    if (isNdError(error)) return undefined;
    throw error;
  }
}

function boolOf(field: string): boolean | undefined {
  const word = field.toUpperCase();
  return word === "TRUE" ? true : word === "FALSE" ? false : undefined;
}

function wholeOf(text: string): number | bigint | undefined {
  const value = integerOf(text, 0, text.length);
  return Number.isNaN(value) ? undefined : value;
}

function numberIn(field: string, read: (text: string) => unknown): unknown {
  return read(field.includes("_") ? field.replace(/(?<=\d)_(?=\d)/g, "") : field);
}

/** A column that was guessed: its dtype, what reads it, and whether anything spoke for that dtype. */
export interface Guess {
  readonly dtype: Descriptor;
  readonly parse: FieldParser;
  readonly certain: boolean;
}

const LOWEST = -(2n ** 63n);
const HIGHEST = 2n ** 63n - 1n;

function int64Of(field: string): unknown {
  const value = numberIn(field, wholeOf);
  return typeof value === "bigint" && (value < LOWEST || value > HIGHEST) ? undefined : value;
}

/** The first of bool, int64, float64 and complex128 that all fields can be read as, but for missing ones; else text. */
export function guessColumn(fields: readonly string[], missing: ReadonlySet<string>): Guess {
  for (const dtype of [plain.bool, plain.int64, plain.float64, plain.complex128] as Descriptor[]) {
    const parse = dtype.kind === "i" ? int64Of : parserOf(dtype);
    let lacking = false;
    const fits = fields.every((field) => {
      if (parse(field) !== undefined) return true;
      lacking = true;
      return missing.has(field.trim());
    });
    if (fits) return { dtype, parse, certain: !(lacking && dtype.kind === "b") };
  }
  return { dtype: textDType(fields), parse: (field) => field, certain: true };
}

/** The dtype of text that holds all of these. */
export function textDType(texts: readonly string[]): Descriptor {
  return toDescriptor(`U${texts.reduce((most, text) => Math.max(most, [...text].length), 1)}`);
}

/** The dtype of what a function made of fields. */
export function madeDType(values: readonly unknown[]): Descriptor {
  if (values.some((value) => typeof value === "string")) return textDType(values.map(String));
  return values.length === 0 ? plain.float64 : asarray(values as never).dtype;
}

/** Writes a value as an element: a scalar is cast without a question, as NumPy does with what converters give. */
export function writeValue(dtype: Descriptor, view: DataView, at: number, value: unknown): void {
  const { access, kind } = dtype;
  if ((kind === "U" || kind === "S") && typeof value !== "string") {
    access.write(view, at, access.coerce(scalarText(value)) as never);
  } else if (typeof value === "number" && (kind === "i" || kind === "u") && !Number.isInteger(value)) {
    if (!Number.isFinite(value)) throw new ValueError(`${value} cannot be an element of ${dtype}`);
    access.write(view, at, access.coerce(Math.trunc(value)) as never);
  } else if (typeof value === "boolean" || (kind === "b" && !(value instanceof Complex))) {
    access.write(view, at, access.convert(kind === "b" ? Boolean(value) : value, "b") as never);
  } else access.write(view, at, access.coerce(value) as never);
}

function scalarText(value: unknown): string {
  return typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}
