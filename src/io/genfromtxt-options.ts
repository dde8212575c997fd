import type { WithDType } from "../array/arguments.ts";
import { IndexError, textOf, ValueError } from "../errors.ts";
import type { NameOptions } from "./field-names.ts";
import type { Delimiter } from "./line-splitter.ts";
import type { Converter } from "./row-reader.ts";
import type { TextOptions } from "./text-source.ts";

/** A column: its number, or the name of its field. */
export type ColumnName = number | string;

/** Something for columns: by number or name, in order, or one for all. */
export type ByColumn<T> =
  | T
  | readonly T[]
  | { readonly [column: ColumnName]: T }
  | ReadonlyMap<ColumnName, T>;

/** How lines with gaps become rows, but for the dtype. */
export interface GenfromtxtKeywords extends TextOptions, NameOptions {
  /** What starts a comment, which goes to the end of its line; null for none; `"#"` if left out. */
  readonly comments?: string | null | undefined;
  /** What separates fields: a text, null for white space, or the width of each column. */
  readonly delimiter?: Delimiter | undefined;
  /** How many lines to leave out at the start, and at the end. */
  readonly skipHeader?: number | undefined;
  readonly skipFooter?: number | undefined;
  /** Functions that make elements of fields, by number or name of the column. */
  readonly converters?:
    | { readonly [column: ColumnName]: Converter }
    | ReadonlyMap<ColumnName, Converter>
    | null
    | undefined;
  /** Texts that stand for what is missing, besides an empty field. One text for all columns is cut at commas. */
  readonly missingValues?: ByColumn<string | number | readonly (string | number)[]> | null | undefined;
  /** What stands in the array for what is missing: NaN, -1, false or `"???"` if left out. */
  readonly fillingValues?: ByColumn<unknown> | null | undefined;
  /** Which columns to read, by number or name; a text is cut at commas. */
  readonly usecols?: ColumnName | readonly ColumnName[] | null | undefined;
  /** Names of fields: a list, a text that is cut at commas, or true for the first line. */
  readonly names?: true | string | readonly string[] | null | undefined;
  /** Whether to leave out white space around fields. */
  readonly autostrip?: boolean | undefined;
  /** Whether to give columns: the transposed array, or a list of the fields. */
  readonly unpack?: boolean | undefined;
  /** Whether what cannot be read counts as missing; true if left out. */
  readonly loose?: boolean | undefined;
  /** Whether a line with another number of fields is an error; true if left out, else it is left out. */
  readonly invalidRaise?: boolean | undefined;
  /** The most rows to read. */
  readonly maxRows?: number | null | undefined;
  /** The least number of axes: 0 (if left out), 1 or 2. */
  readonly ndmin?: 0 | 1 | 2 | undefined;
}

/** How lines with gaps become rows; with dtype null the dtype of each column is found out. */
export interface GenfromtxtOptions extends GenfromtxtKeywords, WithDType {}

/** The columns to read, as numbers from 0 on; null for all. */
export function usedColumns(
  usecols: GenfromtxtKeywords["usecols"],
  names: readonly string[] | null,
  count: number,
): number[] | null {
  if (usecols === null || usecols === undefined) return null;
  const list =
    typeof usecols === "string" ? usecols.split(",") : typeof usecols === "number" ? [usecols] : usecols;
  return list.map((column) => {
    const name = typeof column === "string" ? column.trim() : column;
    const at = typeof name === "number" ? name : (names?.indexOf(name) ?? -1);
    if (typeof name === "string" && at < 0)
      throw new ValueError(`usecols names ${textOf(name)}, which is no field`);
    if (!Number.isInteger(at)) throw new ValueError(`usecols holds ${textOf(name)}, which is no column`);
    return at < 0 ? at + count : at;
  });
}

/** Where things that are given by column belong: the place among the columns that are read. */
export interface Places {
  readonly names: readonly string[] | null;
  readonly used: readonly number[] | null;
  readonly count: number;
}

/** The entries of a map or an object, by place; those of columns that are not read are left out. */
export function entriesByPlace<T>(given: object, places: Places): [number, T][] {
  const entries: Iterable<[unknown, T]> = given instanceof Map ? given : Object.entries(given);
  const found: [number, T][] = [];
  for (const [key, value] of entries) {
    const place = placeOf(key, places);
    if (place !== null) found.push([place, value]);
  }
  return found;
}

function placeOf(key: unknown, { names, used, count }: Places): number | null {
  const named = names?.indexOf(String(key)) ?? -1;
  const number = Number(key);
  if (named < 0 && !Number.isInteger(number)) return null;
  const column = named >= 0 ? named : number;
  // A name counts among the columns that are read already, once there are no more names than these.
  const among = named >= 0 && names!.length <= count ? column : (used?.indexOf(column) ?? column);
  if (used !== null && among < 0) return null;
  const place = among < 0 ? among + count : among;
  if (place >= 0 && place < count) return place;
  throw new IndexError(`column ${textOf(key)} is not there; there are ${count}`);
}

/** The texts that stand for nothing, for each column. */
export function missingTexts(given: GenfromtxtKeywords["missingValues"], places: Places): Set<string>[] {
  const sets = Array.from({ length: places.count }, () => new Set([""]));
  if (given === null || given === undefined) return sets;
  if (Array.isArray(given)) {
    given.slice(0, places.count).forEach((value, k) => {
      sets[k]!.add(String(value));
    });
  } else if (typeof given === "object") {
    for (const [place, value] of entriesByPlace<unknown>(given, places)) {
      for (const one of Array.isArray(value) ? value : [value]) sets[place]!.add(String(one));
    }
  } else for (const set of sets) for (const text of String(given).split(",")) set.add(text);
  return sets;
}

/** What stands for what is missing, for each column; undefined where nothing was said. */
export function fillings(given: unknown, places: Places): unknown[] {
  const values = new Array<unknown>(places.count).fill(undefined);
  if (given === null || given === undefined) return values;
  if (Array.isArray(given)) return values.map((_, k) => given[k] as unknown);
  if (typeof given !== "object" || !isByColumn(given)) return values.fill(given);
  for (const [place, value] of entriesByPlace<unknown>(given, places)) values[place] = value;
  return values;
}

/** A plain object, and not a scalar such as a complex number. */
function isByColumn(given: object): boolean {
  return given instanceof Map || Object.getPrototypeOf(given) === Object.prototype;
}
