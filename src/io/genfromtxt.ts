import { type DTypeArgument, keywordsOf } from "../array/arguments.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, type DTypeOf, descriptorFor, toDescriptor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { isNdError, ValueError } from "../errors.ts";
import { field } from "../ops/parts.ts";
import { columnsOf } from "./cells.ts";
import { defaultName, validNames } from "./field-names.ts";
import {
  entriesByPlace,
  fillings,
  type GenfromtxtKeywords,
  type GenfromtxtOptions,
  missingTexts,
  type Places,
  usedColumns,
} from "./genfromtxt-options.ts";
import { type LineSplitter, lineSplitter } from "./line-splitter.ts";
import { ndminOf, unpacked, wholeFrom, withAxes } from "./loadtxt.ts";
import { type Converter, checkTextDType } from "./row-reader.ts";
import {
  defaultOf,
  type FieldParser,
  guessColumn,
  madeDType,
  parserOf,
  textDType,
  writeValue,
} from "./text-columns.ts";
import { LineCutter } from "./text-lines.ts";
import {
  type SyncTextSource,
  type TextSource,
  type TextTaker,
  takeText,
  takeTextSync,
} from "./text-source.ts";

/**
 * An array from lines of text in which fields may be missing, with names and dtypes that may be found out; from whatever
 * `loadtxt` reads. What cannot be read counts as missing, and becomes `fillingValues`.
 *
 * With dtype null each column becomes the first of bool, int64, float64, complex128 and text that fits all of its fields; if all
 * columns become the same, and there are no names, the result is an array of two axes, else one of structures.
 *
 * @param options a dtype, or `{ dtype, comments, delimiter, skipHeader, skipFooter, converters, missingValues, fillingValues,
 * usecols, names, excludelist, deletechars, replaceSpace, autostrip, caseSensitive, defaultfmt, unpack, loose, invalidRaise,
 * maxRows, encoding, ndmin, onProgress }`; float64 if left out
 * @throws ValueError naming the lines that have another number of fields; with `loose: false` also what cannot be read.
 * @example
 * const a = await np.genfromtxt(["1,2", "3,"], { delimiter: "," });
 * a.tolist(); // [[1, 2], [3, NaN]]
 * const t = await np.genfromtxt(["x,y", "1,2.5"], { delimiter: ",", names: true, dtype: null, ndmin: 1 });
 * t.dtype.names; // ["x", "y"]
 */
export function genfromtxt<const S extends DTypeLike>(
  source: TextSource | PromiseLike<TextSource>,
  options: DTypeArgument<
    S,
    GenfromtxtKeywords & { readonly names?: null | undefined; readonly unpack?: false | undefined }
  >,
): Promise<NDArray<DTypeOf<S>>>;
export function genfromtxt(
  source: TextSource | PromiseLike<TextSource>,
  options?: GenfromtxtOptions & { readonly unpack?: false | undefined },
): Promise<NDArray>;
export function genfromtxt(
  source: TextSource | PromiseLike<TextSource>,
  options?: DTypeLike | GenfromtxtOptions | null,
): Promise<NDArray | NDArray[]>;
export async function genfromtxt(
  source: TextSource | PromiseLike<TextSource>,
  options?: DTypeLike | GenfromtxtOptions | null,
): Promise<NDArray | NDArray[]> {
  const keywords = keywordsOf<GenfromtxtOptions>(options);
  return takeText(source, keywords, new LooseTable(keywords, "genfromtxt"), "genfromtxt");
}

/**
 * {@link genfromtxt} without waiting, from a path, a `file:` URL, bytes or lines.
 *
 * @example
 * np.genfromtxtSync(["1 2", "3 x"]).tolist(); // [[1, 2], [3, NaN]]
 */
export function genfromtxtSync<const S extends DTypeLike>(
  source: SyncTextSource,
  options: DTypeArgument<
    S,
    GenfromtxtKeywords & { readonly names?: null | undefined; readonly unpack?: false | undefined }
  >,
): NDArray<DTypeOf<S>>;
export function genfromtxtSync(
  source: SyncTextSource,
  options?: GenfromtxtOptions & { readonly unpack?: false | undefined },
): NDArray;
export function genfromtxtSync(
  source: SyncTextSource,
  options?: DTypeLike | GenfromtxtOptions | null,
): NDArray | NDArray[];
export function genfromtxtSync(
  source: SyncTextSource,
  options?: DTypeLike | GenfromtxtOptions | null,
): NDArray | NDArray[] {
  const keywords = keywordsOf<GenfromtxtOptions>(options);
  return takeTextSync(source, keywords, new LooseTable(keywords, "genfromtxtSync"), "genfromtxtSync");
}

/** One column of the result: its dtype, what reads it, what stands for what is missing. */
interface Filled {
  readonly dtype: Descriptor;
  readonly parse: FieldParser;
  readonly missing: ReadonlySet<string>;
  readonly filling: unknown;
  readonly made: boolean;
}

/** Takes the lines, keeps their fields, and makes an array of them when all are there. */
class LooseTable implements TextTaker<NDArray | NDArray[]> {
  readonly #options: GenfromtxtOptions;
  readonly #caller: string;
  readonly #split: LineSplitter;
  readonly #skip: number;
  readonly #footer: number;
  readonly #most: number;
  readonly #lines = new LineCutter((text, from, to) => this.#line(text.slice(from, to)));
  #number = 0;
  #names: string[] | null = null;
  #used: number[] | null = null;
  /** How many fields each line has to have; -1 before the first. */
  #count = -1;
  /** The rows, or for a line with another number of fields what is wrong with it. */
  #rows: (readonly string[] | string)[] = [];
  /** The line of each row. */
  #numbers: number[] = [];

  constructor(options: GenfromtxtOptions, caller: string) {
    this.#options = options;
    this.#caller = caller;
    const { comments = "#", delimiter = null, autostrip = false } = options;
    this.#split = lineSplitter(delimiter, comments, autostrip);
    this.#skip = wholeFrom(options.skipHeader ?? 0, "skipHeader", caller);
    this.#footer = wholeFrom(options.skipFooter ?? 0, "skipFooter", caller);
    this.#most = options.maxRows ?? Number.POSITIVE_INFINITY;
    ndminOf(options.ndmin, caller);
    if (this.#most < Number.POSITIVE_INFINITY && wholeFrom(this.#most, "maxRows", caller) < 1) {
      throw new ValueError(`${caller}: maxRows must be 1 at least`);
    }
    if (this.#most < Number.POSITIVE_INFINITY && this.#footer > 0) {
      throw new ValueError(`${caller}: maxRows and skipFooter cannot be given both`);
    }
  }

  push(piece: string): boolean {
    return this.#lines.push(piece);
  }

  #line(line: string): boolean {
    this.#number++;
    if (this.#number <= this.#skip) return true;
    if (this.#count < 0 && this.#options.names === true) {
      this.#readNames(line);
      return true;
    }
    const fields = this.#split(line);
    if (fields.length === 0) return true;
    if (this.#count < 0) this.#settle(fields.length);
    this.#keep(fields);
    return this.#rows.length < this.#most;
  }

  /** Names may stand in a comment. */
  #readNames(line: string): void {
    const { comments = "#" } = this.#options;
    const parts = comments === null ? [line] : line.split(comments);
    const fields = this.#split(parts.length > 1 ? parts.slice(1).join("") : line);
    if (fields.length === 0) return;
    if (comments?.includes(fields[0]!.trim()) === true) fields.shift();
    this.#names = validNames(fields, this.#options);
    this.#settle(fields.length);
  }

  /** What is known once the first line with fields is there. */
  #settle(count: number): void {
    const { names, usecols } = this.#options;
    if (typeof names === "string" || Array.isArray(names)) {
      const list = typeof names === "string" ? names.split(",") : (names as readonly string[]);
      this.#names = validNames(list, this.#options);
    }
    this.#count = count;
    this.#used = usedColumns(usecols, this.#names, count);
  }

  #keep(fields: readonly string[]): void {
    const used = this.#used;
    const fits =
      used === null ? fields.length === this.#count : used.every((k) => k >= 0 && k < fields.length);
    const wrong = `line ${this.#number} has ${fields.length} fields instead of ${this.#count}`;
    if (fits || this.#options.invalidRaise !== false || this.#footer > 0) {
      this.#numbers.push(this.#number);
      this.#rows.push(!fits ? wrong : used === null ? fields : used.map((k) => fields[k]!));
    }
  }

  end(): NDArray | NDArray[] {
    this.#lines.end();
    const kept =
      this.#footer > 0 ? this.#rows.slice(0, Math.max(0, this.#rows.length - this.#footer)) : this.#rows;
    const wrong = kept.filter((row) => typeof row === "string");
    if (wrong.length > 0 && this.#options.invalidRaise !== false) {
      const more = wrong.length > 10 ? `, and ${wrong.length - 10} more` : "";
      throw new ValueError(
        `${wrong.slice(0, 10).join("; ")}${more}; leave them out with invalidRaise: false`,
      );
    }
    this.#numbers = this.#numbers.filter((_, k) => typeof kept[k] === "object");
    const rows = kept.filter((row): row is readonly string[] => typeof row !== "string");
    const array = withAxes(this.#array(rows), ndminOf(this.#options.ndmin, this.#caller));
    if (this.#options.unpack !== true) return array;
    const { names } = array.dtype;
    return names?.length === 1 ? field(array, names[0]!) : unpacked(array);
  }

  #array(rows: readonly (readonly string[])[]): NDArray {
    const { dtype } = this.#options;
    if (this.#count < 0)
      return emptyArray([0], dtype ? descriptorFor(dtype) : plain.float64, "C", this.#caller);
    const count = this.#used?.length ?? this.#count;
    const columns = Array.from({ length: count }, (_, k) => rows.map((row) => row[k]!));
    const asked =
      dtype === null
        ? null
        : this.#withNames(dtype === undefined ? plain.float64 : descriptorFor(dtype), count);
    const names = asked === null ? this.#chosenNames(count) : (asked.names ?? null);
    const places: Places = { names: this.#names ?? names, used: this.#used, count };
    const converters = new Map(entriesByPlace<Converter>(this.#options.converters ?? {}, places));
    const missing = missingTexts(this.#options.missingValues, places);
    const filling = fillings(this.#options.fillingValues, places);
    const made = columns.map((column, k) => {
      const convert = converters.get(k);
      return convert === undefined ? null : column.map((text) => convert(text));
    });
    if (asked === null) return this.#guessed(columns, made, missing, filling, names);
    const leaves = asked.fields === null ? columns.map(() => columnsOf(asked)[0]!) : columnsOf(asked);
    if (leaves.length !== count) {
      throw new ValueError(`the dtype needs ${leaves.length} columns, but ${count} are read`);
    }
    const filled = leaves.map(({ dtype: one }, k) =>
      this.#filled(one, parserOf(one), missing[k]!, filling[k], made[k] !== null),
    );
    const sized = asked.itemsize === 0 ? textDType(columns.flat()) : asked;
    const type = asked.itemsize === 0 ? toDescriptor(`${asked.kind}${sized.itemsize / 4}`) : asked;
    return this.#written(columns, made, filled, type);
  }

  #filled(
    dtype: Descriptor,
    parse: FieldParser,
    missing: ReadonlySet<string>,
    filling: unknown,
    made: boolean,
  ): Filled {
    return {
      dtype,
      parse,
      missing,
      filling: filling === undefined || filling === null ? defaultOf(dtype) : filling,
      made,
    };
  }

  #chosenNames(count: number): string[] | null {
    const names = this.#names;
    if (names === null || this.#used === null || names.length <= count) return names;
    return this.#used.map((k) => names[k]!);
  }

  /** The dtype with the names that were given, and only the fields that are read. */
  #withNames(dtype: Descriptor, count: number): Descriptor {
    checkTextDType(dtype);
    const names = this.#names;
    if (dtype.fields === null) {
      if (names === null) return dtype;
      const chosen = this.#chosenNames(count)!;
      return toDescriptor(chosen.map((name) => [name, dtype]));
    }
    const own = dtype.fields.map((one) => one.name);
    const numbered = own.every((name, k) => name === `f${k}`) && this.#options.defaultfmt !== undefined;
    const valid = validNames(names ?? (numbered ? [] : own), this.#options, own.length);
    const fields = dtype.fields.map((one, k) => [valid[k]!, one.dtype] as const);
    if (this.#used !== null && fields.length > count) return toDescriptor(this.#used.map((k) => fields[k]!));
    const spec = {
      names: valid,
      formats: fields.map(([, one]) => one),
      offsets: dtype.fields.map((one) => one.offset),
    };
    return toDescriptor({ ...spec, itemsize: dtype.itemsize });
  }

  #guessed(
    columns: readonly (readonly string[])[],
    made: readonly (readonly unknown[] | null)[],
    missing: readonly ReadonlySet<string>[],
    filling: readonly unknown[],
    names: readonly string[] | null,
  ): NDArray {
    const guesses = columns.map((column, k) => {
      const values = made[k];
      if (values === null || values === undefined) return guessColumn(column, missing[k]!);
      return { dtype: madeDType(values), parse: parserOf(plain.float64), certain: true };
    });
    const filled = guesses.map(({ dtype, parse }, k) =>
      this.#filled(dtype, parse, missing[k]!, filling[k], made[k] !== null),
    );
    const types = new Set(guesses.filter(({ certain }) => certain).map(({ dtype }) => dtype.kind));
    if (names === null && types.size === 1) {
      const [kind] = types;
      const wide =
        kind === "U" ? textDType(columns.flat()) : guesses.find(({ dtype }) => dtype.kind === kind)!.dtype;
      return this.#written(columns, made, filled, wide);
    }
    const given = names ?? columns.map((_, k) => defaultName(this.#options, k));
    return this.#written(
      columns,
      made,
      filled,
      toDescriptor(guesses.map(({ dtype }, k) => [given[k] ?? `f${k}`, dtype])),
    );
  }

  #written(
    columns: readonly (readonly string[])[],
    made: readonly (readonly unknown[] | null)[],
    filled: readonly Filled[],
    dtype: Descriptor,
  ): NDArray {
    const structured = dtype.fields !== null;
    const rows = this.#numbers.length;
    const array = emptyArray(structured ? [rows] : [rows, columns.length], dtype, "C", this.#caller);
    const leaves = structured
      ? columnsOf(dtype)
      : columns.map((_, k) => ({ dtype, offset: k * dtype.itemsize }));
    const width = structured ? dtype.itemsize : columns.length * dtype.itemsize;
    const { storage } = array;
    columns.forEach((column, k) => {
      const values = made[k];
      const { offset, dtype: type } = leaves[k]!;
      for (let row = 0; row < rows; row++) {
        const value = values ? values[row] : this.#valueOf(column[row]!, filled[k]!, row, k);
        this.#write(type, storage.view, array.layout.offset + row * width + offset, value, row, k);
      }
    });
    return array;
  }

  #valueOf(text: string, { parse, missing, filling }: Filled, row: number, column: number): unknown {
    const value = parse(text);
    if (value !== undefined) return value;
    if (this.#options.loose !== false || missing.has(text.trim())) return filling;
    throw new ValueError(`${JSON.stringify(text)} ${this.#where(row, column)} cannot be read`);
  }

  #write(type: Descriptor, view: DataView, at: number, value: unknown, row: number, column: number): void {
    try {
      writeValue(type, view, at, value);
    } catch (error) {
      if (isNdError(error)) error.message = `${this.#where(row, column)}: ${error.message}`;
      throw error;
    }
  }

  #where(row: number, column: number): string {
    return `in line ${this.#numbers[row]}, column ${column + 1}`;
  }
}
