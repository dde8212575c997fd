import type { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { toDescriptor } from "../dtype/parse.ts";
import { DTypeError, isNdError, ValueError } from "../errors.ts";
import { type CellReader, type Column, cellReader, columnsOf } from "./cells.ts";
import type { Fields } from "./fields.ts";
import { RowStore } from "./row-store.ts";

/** What a function makes of a field: the element, or something it can be made of. */
export type Converter = (field: string) => unknown;

/** What rows are read into. */
export interface RowSettings {
  readonly dtype: Descriptor;
  readonly usecols: readonly number[] | null;
  /** For each field by its place in the line, or for all fields. */
  readonly converters: ReadonlyMap<number, Converter> | Converter | null;
}

/** Rows of fields, written into memory as elements. The first row says how many columns there are. */
export class RowReader {
  readonly #settings: RowSettings;
  #columns: Column[] | null = null;
  #places: Int32Array = new Int32Array(0);
  #store: RowStore | null = null;
  #texts: string[] | null = null;
  /** How many fields each line has to have, when all are used. */
  #fields = 0;
  rows = 0;

  constructor(settings: RowSettings) {
    this.#settings = settings;
  }

  /** The next row; `line` is its number, for messages. */
  add(fields: Fields, line: number): void {
    this.#columns ??= this.#firstRow(fields);
    if (this.#settings.usecols === null && fields.count !== this.#fields)
      throw this.#wrongCount(fields, line);
    this.rows++;
    if (this.#texts !== null) this.#addTexts(fields, line);
    else this.#addCells(fields, line, this.#columns);
  }

  #addCells(fields: Fields, line: number, columns: readonly Column[]): void {
    const store = this.#store!;
    const at = store.next();
    const places = this.#places;
    for (let k = 0; k < columns.length; k++) {
      const { read, offset } = columns[k]!;
      const field = placeIn(fields, places[k]!, line);
      if (read(fields.text, fields.starts[field]!, fields.ends[field]!, store.view, at + offset)) continue;
      throw unreadable(fields.at(field), columns[k]!.dtype, line, field);
    }
    store.rows++;
  }

  #addTexts(fields: Fields, line: number): void {
    for (const place of this.#places) this.#texts!.push(fields.at(placeIn(fields, place, line)));
  }

  #firstRow(fields: Fields): Column[] {
    const { dtype, usecols } = this.#settings;
    const whole = columnsOf(dtype);
    const structured = dtype.fields !== null;
    const wanted = usecols ?? Array.from({ length: fields.count }, (_, k) => k);
    this.#fields = fields.count;
    if (structured && wanted.length !== whole.length) {
      throw new ValueError(
        `the dtype needs ${whole.length} columns, but ${wanted.length} are there; say which with usecols`,
      );
    }
    this.#places = Int32Array.from(wanted);
    const columns = structured ? whole : wanted.map((_, k) => ({ ...whole[0]!, offset: k * dtype.itemsize }));
    if (isUnsizedText(dtype)) this.#texts = [];
    else this.#store = new RowStore(structured ? dtype.itemsize : columns.length * dtype.itemsize);
    return this.#converted(columns, fields.count);
  }

  /** The columns, with functions for those that have one. */
  #converted(columns: readonly Column[], count: number): Column[] {
    const { converters } = this.#settings;
    if (converters === null) return [...columns];
    const byPlace = new Map<number, Converter>();
    if (converters instanceof Map) {
      for (const [place, converter] of converters as ReadonlyMap<number, Converter>) {
        const at = place < 0 ? place + count : place;
        if (at < 0 || at >= count) {
          throw new ValueError(`there is a converter for column ${place}, but lines have ${count} fields`);
        }
        byPlace.set(at, converter);
      }
    }
    return columns.map((column, k) => {
      const place = this.#places[k]!;
      const converter =
        typeof converters === "function" ? converters : byPlace.get(place < 0 ? place + count : place);
      return converter === undefined ? column : { ...column, read: convertedReader(converter, column.dtype) };
    });
  }

  #wrongCount({ count }: Fields, line: number): ValueError {
    return new ValueError(
      `line ${line} has ${count} fields, and the lines before it ${this.#fields}; say which to read with usecols`,
    );
  }

  /** All rows as an array: of one axis for a dtype with fields, else of two. */
  array(caller: string): NDArray {
    const { dtype, usecols } = this.#settings;
    const structured = dtype.fields !== null;
    const columns = this.#columns === null ? (usecols?.length ?? 1) : this.#places.length;
    const shape = structured ? [this.rows] : [this.rows, columns];
    if (this.#texts !== null) return textArray(this.#texts, shape, dtype, caller);
    return (this.#store ?? new RowStore(1)).array(shape, dtype, caller);
  }
}

/** Where a column stands among the fields of a line. */
function placeIn({ count }: Fields, place: number, line: number): number {
  const at = place < 0 ? place + count : place;
  if (at >= 0 && at < count) return at;
  throw new ValueError(
    `line ${line} has ${count} fields, and there is none at ${place}, which usecols names`,
  );
}

function unreadable(field: string, dtype: Descriptor, line: number, column: number): ValueError {
  const text = JSON.stringify(field.length > 40 ? `${field.slice(0, 40)}…` : field);
  return new ValueError(`${text} in line ${line}, column ${column + 1}, cannot be read as ${dtype}`);
}

/** Text without a length: the longest field says how long elements are. */
function isUnsizedText({ kind, itemsize }: Descriptor): boolean {
  return itemsize === 0 && "SU".includes(kind);
}

/** An array of text that is as wide as the longest one. */
export function textArray(
  texts: readonly string[],
  shape: readonly number[],
  dtype: Descriptor,
  caller: string,
): NDArray {
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const sized = toDescriptor(`${dtype.kind}${longest}`);
  const store = new RowStore(sized.itemsize);
  const read = cellReader(sized);
  texts.forEach((text, k) => {
    const at = store.next();
    if (!read(text, 0, text.length, store.view, at)) throw unreadable(text, sized, k + 1, 0);
    store.rows++;
  });
  return store.array(shape, sized, caller);
}

/** Writes what a function makes of a field. */
export function convertedReader(converter: Converter, dtype: Descriptor): CellReader {
  const { access } = dtype;
  return (text, from, to, view, at) => {
    const value = converter(text.slice(from, to));
    const scalar = typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
    try {
      if (scalar && "biufc".includes(dtype.kind))
        access.write(view, at, access.convert(value, kindOf(value)) as never);
      else if (value instanceof Complex && dtype.kind !== "c") return false;
      else access.write(view, at, access.coerce(value) as never);
      return true;
    } catch (error) {
      if (isNdError(error)) return false;
      throw error;
    }
  };
}

function kindOf(value: unknown): "f" | "i" | "b" {
  return typeof value === "number" ? "f" : typeof value === "bigint" ? "i" : "b";
}

/** @throws DTypeError for dtypes that text cannot be read as. */
export function checkTextDType(dtype: Descriptor): void {
  if (dtype.subdtype !== null) {
    throw new DTypeError(
      `dtype ${dtype} is a block of elements; give the dtype of one, or a dtype with fields`,
    );
  }
  for (const column of columnsOf(dtype)) {
    if (column.dtype.kind === "V") throw new DTypeError(`text cannot be read as ${column.dtype}`);
  }
}
