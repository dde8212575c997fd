import { type DTypeArgument, keywordsOf, type NoDType } from "../array/arguments.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { squeeze } from "../ops/axes.ts";
import { field } from "../ops/parts.ts";
import { cutLine, Fields, type Marks, QuotedCutter } from "./fields.ts";
import { type Converter, checkTextDType, RowReader } from "./row-reader.ts";
import { LineCutter } from "./text-lines.ts";
import {
  type SyncTextSource,
  type TextOptions,
  type TextSource,
  type TextTaker,
  takeText,
  takeTextSync,
} from "./text-source.ts";

/** How lines of text become rows, but for the dtype. */
export interface LoadtxtKeywords extends TextOptions {
  /** What starts a comment, which goes to the end of its line: a text, several, or null for none; `"#"` if left out. */
  readonly comments?: string | readonly string[] | null | undefined;
  /** What separates fields: one character, or null for any white space. */
  readonly delimiter?: string | null | undefined;
  /** Functions that make elements of fields: one for all, or by the number of the column. */
  readonly converters?:
    | Converter
    | { readonly [column: number]: Converter }
    | ReadonlyMap<number, Converter>
    | null
    | undefined;
  /** How many lines to leave out at the start, comments and empty ones counted. */
  readonly skiprows?: number | undefined;
  /** Which columns to read; negative ones count from the end. */
  readonly usecols?: number | readonly number[] | null | undefined;
  /** Whether to give columns: the transposed array, or a list of the fields of a structured one. */
  readonly unpack?: boolean | undefined;
  /** The least number of axes: 0 (if left out), 1 or 2. Axes of length 1 beyond it are dropped. */
  readonly ndmin?: 0 | 1 | 2 | undefined;
  /** The most rows to read; empty lines and comments are not counted. */
  readonly maxRows?: number | null | undefined;
  /** What stands around fields that hold delimiters, comments or ends of lines; doubled it stands for itself. */
  readonly quotechar?: string | null | undefined;
}

/** How lines of text become rows. */
export interface LoadtxtOptions extends LoadtxtKeywords {
  readonly dtype?: DTypeLike | null | undefined;
}

type AsArray = { readonly unpack?: false | undefined };

/**
 * An array from lines of text, each of which holds the same number of fields: a path or `file:` URL (Node, Deno, Bun), bytes,
 * a Blob or File, a stream, what `fetch` gives, or a list of lines. What gzip has compressed is unpacked.
 *
 * Floats are read exactly, integers to their last digit. Empty lines and comments are left out. The file is read in pieces,
 * and only the numbers are held in memory.
 *
 * @param options a dtype, or `{ dtype, comments, delimiter, converters, skiprows, usecols, unpack, ndmin, encoding, maxRows,
 * quotechar, onProgress }`; float64 if left out
 * @returns an array of two axes, or of fewer when one has length 1 (see `ndmin`); of one axis for a dtype with fields
 * @throws ValueError naming the line when a field cannot be read, or a line has another number of fields.
 * @example
 * const a = await np.loadtxt(["1 2", "3 4"]);
 * a.tolist(); // [[1, 2], [3, 4]]
 * (await np.loadtxt(["1,2,3", "4,5,6"], { delimiter: ",", usecols: [0, 2] })).tolist(); // [[1, 3], [4, 6]]
 */
export function loadtxt(
  source: TextSource | PromiseLike<TextSource>,
  options?: LoadtxtKeywords & NoDType,
): Promise<NDArray<"float64">>;
export function loadtxt<const S extends DTypeLike>(
  source: TextSource | PromiseLike<TextSource>,
  options: DTypeArgument<S, LoadtxtKeywords & AsArray>,
): Promise<NDArray<DTypeOf<S>>>;
export function loadtxt(
  source: TextSource | PromiseLike<TextSource>,
  options?: DTypeLike | LoadtxtOptions | null,
): Promise<NDArray | NDArray[]>;
export async function loadtxt(
  source: TextSource | PromiseLike<TextSource>,
  options?: DTypeLike | LoadtxtOptions | null,
): Promise<NDArray | NDArray[]> {
  const keywords = keywordsOf<LoadtxtOptions>(options);
  return takeText(source, keywords, new TextTable(keywords, "loadtxt"), "loadtxt");
}

/**
 * {@link loadtxt} without waiting, from a path, a `file:` URL, bytes or lines.
 *
 * @example
 * np.loadtxtSync(["1 2", "3 4"], "int32").tolist(); // [[1, 2], [3, 4]]
 */
export function loadtxtSync(source: SyncTextSource, options?: LoadtxtKeywords & NoDType): NDArray<"float64">;
export function loadtxtSync<const S extends DTypeLike>(
  source: SyncTextSource,
  options: DTypeArgument<S, LoadtxtKeywords & AsArray>,
): NDArray<DTypeOf<S>>;
export function loadtxtSync(
  source: SyncTextSource,
  options?: DTypeLike | LoadtxtOptions | null,
): NDArray | NDArray[];
export function loadtxtSync(
  source: SyncTextSource,
  options?: DTypeLike | LoadtxtOptions | null,
): NDArray | NDArray[] {
  const keywords = keywordsOf<LoadtxtOptions>(options);
  return takeTextSync(source, keywords, new TextTable(keywords, "loadtxtSync"), "loadtxtSync");
}

/** Takes the lines, cuts them into fields and hands these on. */
class TextTable implements TextTaker<NDArray | NDArray[]> {
  readonly #caller: string;
  readonly #options: LoadtxtOptions;
  readonly #marks: Marks;
  readonly #comments: readonly string[];
  readonly #quoted: QuotedCutter | null;
  readonly #skip: number;
  readonly #most: number;
  readonly #rows: RowReader;
  readonly #fields = new Fields();
  readonly #lines = new LineCutter((text, from, to) => this.#line(text, from, to));
  #number = 0;

  constructor(options: LoadtxtOptions, caller: string) {
    this.#caller = caller;
    this.#options = options;
    const comments = commentsOf(options, caller);
    this.#marks = marksOf(options, comments, caller);
    this.#comments = this.#marks.comment < 0 ? comments : [];
    this.#quoted = this.#marks.quote < 0 ? null : new QuotedCutter(this.#marks);
    this.#skip = wholeFrom(options.skiprows ?? 0, "skiprows", caller);
    this.#most =
      options.maxRows === null || options.maxRows === undefined
        ? Number.POSITIVE_INFINITY
        : wholeFrom(options.maxRows, "maxRows", caller);
    ndminOf(options.ndmin, caller);
    this.#rows = new RowReader({
      dtype: dtypeOf(options, caller),
      usecols: columnsFrom(options.usecols ?? null, caller),
      converters: convertersOf(options.converters ?? null, caller),
    });
  }

  push(piece: string): boolean {
    return this.#most > 0 && this.#lines.push(piece);
  }

  end(): NDArray | NDArray[] {
    if (this.#most > 0) this.#lines.end();
    if (this.#quoted?.open === true && this.#rows.rows < this.#most) {
      this.#quoted.finish(this.#fields);
      this.#rows.add(this.#fields, this.#number);
    }
    const array = withAxes(this.#rows.array(this.#caller), ndminOf(this.#options.ndmin, this.#caller));
    return this.#options.unpack === true ? unpacked(array) : array;
  }

  #line(text: string, from: number, to: number): boolean {
    this.#number++;
    if (this.#number <= this.#skip) return true;
    if (!this.#cut(text, from, to) || this.#fields.blank) return true;
    this.#rows.add(this.#fields, this.#number);
    return this.#rows.rows < this.#most;
  }

  #cut(text: string, from: number, to: number): boolean {
    if (this.#quoted !== null) return this.#quoted.cut(this.#fields, text, from, to);
    if (this.#comments.length === 0) {
      cutLine(this.#fields, text, from, to, this.#marks);
      return true;
    }
    const line = this.#comments.reduce((rest, mark) => before(rest, mark), text.slice(from, to));
    cutLine(this.#fields, line, 0, line.length, this.#marks);
    return true;
  }
}

function before(line: string, mark: string): string {
  const at = line.indexOf(mark);
  return at < 0 ? line : line.slice(0, at);
}

function dtypeOf({ dtype }: LoadtxtOptions, caller: string): Descriptor {
  const found = dtype === null || dtype === undefined ? plain.float64 : descriptorFor(dtype);
  try {
    checkTextDType(found);
  } catch (error) {
    (error as Error).message = `${caller}: ${(error as Error).message}`;
    throw error;
  }
  return found;
}

/** @internal An integer from 0 on. */
export function wholeFrom(value: unknown, name: string, caller: string): number {
  if (Number.isInteger(value) && (value as number) >= 0) return value as number;
  throw new ValueError(`${caller}: ${name} ${textOf(value)} is not an integer from 0 on`);
}

function commentsOf({ comments = "#" }: LoadtxtOptions, caller: string): readonly string[] {
  const all = comments === null ? [] : typeof comments === "string" ? [comments] : comments;
  for (const mark of all) {
    if (typeof mark === "string" && mark.length > 0) continue;
    throw new ValueError(
      `${caller}: comments ${textOf(comments)} must be texts that are not empty; null is for none`,
    );
  }
  return all;
}

function marksOf(options: LoadtxtOptions, comments: readonly string[], caller: string): Marks {
  const delimiter = codeOf(options.delimiter ?? null, "delimiter", caller);
  const quote = codeOf(options.quotechar ?? null, "quotechar", caller);
  const single = comments.length === 1 && comments[0]!.length === 1;
  const comment = single ? comments[0]!.charCodeAt(0) : -1;
  if (quote >= 0 && comments.length > 0 && !single) {
    throw new ValueError(`${caller}: quotechar goes with one comment of one character only`);
  }
  const marks = [delimiter, comment, quote].filter((code) => code >= 0);
  if (new Set(marks).size < marks.length || comments.includes(options.delimiter ?? "")) {
    throw new DTypeError(`${caller}: delimiter, comments and quotechar must differ`);
  }
  return { delimiter, comment, quote };
}

function codeOf(mark: string | null, name: string, caller: string): number {
  if (mark === null) return -1;
  if (typeof mark !== "string" || mark.length !== 1 || /[\r\n]/.test(mark)) {
    throw new DTypeError(`${caller}: ${name} ${textOf(mark)} is not one character within a line`);
  }
  return mark.charCodeAt(0);
}

function columnsFrom(usecols: number | readonly number[] | null, caller: string): readonly number[] | null {
  if (usecols === null) return null;
  const list = typeof usecols === "number" ? [usecols] : [...usecols];
  for (const column of list) {
    if (!Number.isInteger(column))
      throw new DTypeError(`${caller}: ${textOf(column)} in usecols is not an integer`);
  }
  return list;
}

function convertersOf(
  converters: LoadtxtKeywords["converters"] | null,
  caller: string,
): ReadonlyMap<number, Converter> | Converter | null {
  if (converters === null || converters === undefined || typeof converters === "function")
    return converters ?? null;
  const entries: readonly (readonly [unknown, unknown])[] =
    converters instanceof Map ? [...converters] : Object.entries(converters);
  return new Map(
    entries.map(([column, converter]) => {
      if (!Number.isInteger(Number(column)) || typeof converter !== "function") {
        throw new DTypeError(`${caller}: converters must be functions by the numbers of columns`);
      }
      return [Number(column), converter as Converter] as const;
    }),
  );
}

/** @internal The number of axes that was asked for, checked. */
export function ndminOf(ndmin: number | undefined, caller: string): number {
  if (ndmin === undefined || ndmin === 0 || ndmin === 1 || ndmin === 2) return ndmin ?? 0;
  throw new ValueError(`${caller}: ndmin ${textOf(ndmin)} is none of 0, 1 and 2`);
}

/** @internal Without axes of length 1 beyond `ndmin`, and with as many; one axis becomes a column. */
export function withAxes(array: NDArray, ndmin: number): NDArray {
  const a = array.ndim > ndmin ? squeeze(array) : array;
  if (a.ndim >= ndmin) return a;
  const { shape, strides, offset } = a.layout;
  const step = a.itemsize;
  if (ndmin === 1) return a.viewAs({ shape: [1], strides: [step], offset });
  const [length, stride] = a.ndim === 0 ? [1, step] : [shape[0]!, strides[0]!];
  return a.viewAs({ shape: [length, 1], strides: [stride, length * step], offset });
}

/** @internal Columns: the fields of a structure, or the rows of the transposed array. */
export function unpacked(array: NDArray): NDArray | NDArray[] {
  const { names } = array.dtype;
  return names === null ? array.T : names.map((name) => field(array, name));
}
