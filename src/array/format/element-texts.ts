import type { Complex } from "../../dtype/complex.ts";
import type { Datetime64, Timedelta64 } from "../../dtype/date-scalars.ts";
import type { Descriptor } from "../../dtype/descriptor.ts";
import { pythonBytes, pythonString } from "../../dtype/literal.ts";
import type { Kind } from "../../dtype/map.ts";
import { type Column, edgesOf, fieldColumn, shownIndices, valuesOf } from "./column.ts";
import { floatTexts } from "./float-column.ts";
import { type FloatFormat, floatFormat } from "./float-format.ts";
import type { Formatter, PrintOptions } from "./options.ts";
import { complexScalarText, floatScalarText } from "./scalar-text.ts";

/** Print options, and whether floats are written one by one: those of a 0-d struct in `str` are. */
export interface TextOptions extends PrintOptions {
  readonly singleFloats?: boolean;
}

/** How the elements of a kind are written, and under which keys a formatter for them is looked up, best first. */
interface KindRow {
  readonly keys: readonly (keyof Formatter)[];
  readonly texts: (column: Column, options: TextOptions) => string[];
  /** An element by itself, as Python's `str` writes a scalar. */
  readonly scalar: (column: Column, options: TextOptions) => string;
}

const intRow: KindRow = {
  keys: ["int", "int_kind", "all"],
  texts: intTexts,
  scalar: (column) => String(valuesOf(column)[0]),
};

const stringKeys = ["numpystr", "str_kind", "all"] as const;

/** One row for each kind of dtype. */
const kinds: Readonly<Record<Kind, KindRow>> = {
  b: {
    keys: ["bool", "all"],
    texts: boolTexts,
    scalar: (column) => boolTexts(column)[0]!,
  },
  i: intRow,
  u: intRow,
  f: {
    keys: ["float", "float_kind", "all"],
    texts: (column, options) => floatTexts(valuesOf(column), formatOf(column.dtype), options),
    scalar: (column) => floatScalarText(valuesOf<number>(column)[0]!, formatOf(column.dtype)),
  },
  c: {
    keys: ["complexfloat", "complex_kind", "all"],
    texts: complexTexts,
    scalar: (column) => complexScalarText(valuesOf<Complex>(column)[0]!, formatOf(column.dtype)),
  },
  M: {
    keys: ["datetime", "all"],
    texts: dateTexts,
    scalar: (column) => String(valuesOf(column)[0]),
  },
  m: {
    keys: ["timedelta", "all"],
    texts: spanTexts,
    scalar: (column) => String(valuesOf(column)[0]),
  },
  S: {
    keys: stringKeys,
    texts: (column) => valuesOf<Uint8Array>(column).map(pythonBytes),
    scalar: (column) => `np.bytes_(${pythonBytes(valuesOf<Uint8Array>(column)[0]!)})`,
  },
  U: {
    keys: stringKeys,
    texts: (column) => valuesOf<string>(column).map(pythonString),
    scalar: (column) => valuesOf<string>(column)[0]!,
  },
  V: {
    keys: ["void", "all"],
    texts: rawTexts,
    scalar: (column, options) => {
      const { fields } = column.dtype;
      return (
        fields === null ? rawTexts(column) : structTexts(column, { ...options, singleFloats: true })
      )[0]!;
    },
  },
};

/** The text of each element of a column; widths are common where NumPy's are. */
export function elementTexts(column: Column, options: TextOptions): string[] {
  const { dtype } = column;
  if (dtype.fields !== null) return structTexts(column, options);
  const row = kinds[dtype.kind];
  const single = options.singleFloats === true && dtype.kind === "f";
  const key = row.keys.find((name) => options.formatter?.[name] !== undefined);
  if (single && (key === undefined || key === "all")) {
    return valuesOf<number>(column).map((x) => floatScalarText(x, formatOf(dtype)));
  }
  if (key === undefined) return row.texts(column, options);
  const format = options.formatter?.[key] as (element: unknown) => string;
  return valuesOf(column).map((element) => String(format(element)));
}

/** The one element of a 0-d array as Python's `str` writes a scalar; of the options only a struct knows. */
export function scalarText(column: Column, options: PrintOptions): string {
  return kinds[column.dtype.kind].scalar(column, options);
}

/** The float format of a float dtype, or of the parts of a complex one. */
function formatOf(dtype: Descriptor): FloatFormat {
  return floatFormat(dtype.lane.BYTES_PER_ELEMENT);
}

function boolTexts(column: Column): string[] {
  const yes = column.single ? "True" : " True";
  return valuesOf<boolean>(column).map((x) => (x ? yes : "False"));
}

function intTexts(column: Column, options: TextOptions): string[] {
  const values = valuesOf<number | bigint>(column);
  // A space in front only lines numbers up with negative ones, which are wider anyway.
  const mark =
    options.sign === "+" || (options.sign === " " && values.every((x) => x >= 0)) ? options.sign : "";
  const texts = values.map((x) => (x >= 0 ? mark + x : String(x)));
  const width = texts.reduce((most, text) => Math.max(most, text.length), 0);
  return texts.map((text) => text.padStart(width));
}

function complexTexts(column: Column, options: TextOptions): string[] {
  const values = valuesOf<Complex>(column);
  const format = formatOf(column.dtype);
  const re = values.map((z) => z.re);
  const im = values.map((z) => z.im);
  const left = floatTexts(re, format, options);
  const right = floatTexts(im, format, { ...options, sign: "+" });
  return left.map((text, k) => text + withUnit(right[k]!));
}

/** `text` with a j behind its last character that is no space. */
function withUnit(text: string): string {
  const { length } = text.trimEnd();
  return `${text.slice(0, length)}j${text.slice(length)}`;
}

/** Moments in quotes, as wide as the first and the last of all. */
function dateTexts(column: Column): string[] {
  return padded(valuesOf<Datetime64>(column), (x) => `'${x}'`);
}

/** Spans as their counts. */
function spanTexts(column: Column): string[] {
  return padded(valuesOf<Timedelta64>(column), (x) => String(x.value));
}

function padded<T extends Datetime64 | Timedelta64>(values: readonly T[], text: (x: T) => string): string[] {
  const texts = values.map((x) => (x.isNaT ? "'NaT'" : text(x)));
  const width = texts.reduce((most, one) => Math.max(most, one.length), 0);
  return texts.map((one) => one.padStart(width));
}

/** Raw bytes as Python writes them, every one by its number: `b'\x00\x41'`. */
function rawTexts(column: Column): string[] {
  const hex = (byte: number) => `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return valuesOf<Uint8Array>(column).map((bytes) => `b'${Array.from(bytes, hex).join("")}'`);
}

/** Structs as tuples; each field is a column of its own. */
function structTexts(structs: Column, options: TextOptions): string[] {
  const { fields } = structs.dtype;
  const columns = (fields ?? []).map(({ dtype, offset }) => {
    const { column, shape } = fieldColumn(structs, dtype, offset);
    const texts = elementTexts(column, options);
    return shape.length === 0 ? texts : blockTexts(texts, shape, structs.at.length, options);
  });
  return structs.at.map((_, k) => {
    const parts = columns.map((texts) => texts[k]!);
    return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(", ")})`;
  });
}

/** Each `count`th part of the texts as nested lists of `shape`: the subarray of one struct. */
function blockTexts(
  texts: readonly string[],
  shape: readonly number[],
  count: number,
  options: TextOptions,
): string[] {
  const size = texts.length / Math.max(count, 1);
  const edges = edgesOf(size > options.threshold, options.edgeitems);
  const nested = (axis: number, start: number, span: number): string => {
    if (axis === shape.length) return texts[start]!;
    const length = shape[axis]!;
    const step = span / length;
    const parts = shownIndices(length, edges).map((i) => nested(axis + 1, start + i * step, step));
    const edge = edges(length);
    if (edge !== null) parts.splice(edge, 0, "...");
    return `[${parts.join(", ")}]`;
  };
  return Array.from({ length: count }, (_, k) => nested(0, k * size, size));
}
