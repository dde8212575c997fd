import { gzipSync } from "fflate";
import { type ArrayInput, asarray } from "../array/create.ts";
import { arrayStr } from "../array/format/array2string.ts";
import { elementArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { floatText } from "../dtype/number-text.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, isNdError, ShapeError, textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { encodeLatin1 } from "./header.ts";
import { type FilePath, pathOf } from "./node-files.ts";
import { joined, totalLength } from "./pieces.ts";
import { type Format, type Printed, readFormat } from "./printf.ts";
import { replaceFile, replaceFileAsync } from "./replace-file.ts";
import type { SaveTarget } from "./save.ts";
import { isPath } from "./sources.ts";
import { writeTo } from "./targets.ts";

/** How rows become lines of text. */
export interface SavetxtOptions {
  /** Python's format of an element, such as `"%.3f"`; one for each column; or one for a whole row. `"%.18e"` if left out. */
  readonly fmt?: string | readonly string[] | undefined;
  /** What stands between columns; a space if left out. */
  readonly delimiter?: string | undefined;
  /** What ends a line; `"\n"` if left out. */
  readonly newline?: string | undefined;
  /** Lines in front, each behind `comments`. */
  readonly header?: string | undefined;
  /** Lines behind. */
  readonly footer?: string | undefined;
  /** What makes comments of header and footer; `"# "` if left out. */
  readonly comments?: string | undefined;
  /** How characters become bytes: `"utf-8"` (if left out) or `"latin1"`. */
  readonly encoding?: string | null | undefined;
  /** Told now and then how many rows are written, and of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A format in place of the options. */
type FormatOr<O> = string | readonly string[] | O;

/** Characters that are written at a time. */
const PIECE = 65_536;

/**
 * Saves an array of one or two axes, or of one axis and fields, as lines of text, with the digits that NumPy writes. A path
 * that ends with `.gz` is compressed. A file appears under its name when it is whole.
 *
 * @param target A path or `file:` URL (Node, Deno, Bun), a `WritableStream`, or anything with `write(bytes)`.
 * @param options a format, or `{ fmt, delimiter, newline, header, footer, comments, encoding, onProgress }`
 * @throws ShapeError for an array of no axes or of more than two; ValueError for a format that is none or has not as many
 * conversions as there are columns; DTypeError for one that does not fit the elements.
 * @example
 * await np.savetxt("grid.txt", np.array([[1, 2], [3, 4]]), "%.2f");
 * (await np.loadtxt("grid.txt")).tolist(); // [[1, 2], [3, 4]]
 */
export async function savetxt(
  target: SaveTarget,
  array: ArrayInput,
  options?: FormatOr<SavetxtOptions>,
): Promise<void> {
  const lines = linesOf(array, options, "savetxt");
  if (!isPath(target)) return writeTo(target, lines, "savetxt");
  const path = pathOf(target, "savetxt");
  await replaceFileAsync(path, packed(lines, path, "savetxt"), "savetxt");
}

/**
 * {@link savetxt} without waiting, to a path or `file:` URL.
 *
 * @example
 * np.savetxtSync("grid.csv", np.eye(2), { fmt: "%d", delimiter: ",", header: "a,b" });
 */
export function savetxtSync(path: FilePath, array: ArrayInput, options?: FormatOr<SavetxtOptions>): void {
  if (!isPath(path)) {
    throw new ValueError("savetxtSync: give a path; other targets are written by await np.savetxt(…)");
  }
  const name = pathOf(path, "savetxtSync");
  replaceFile(name, packed(linesOf(array, options, "savetxtSync"), name, "savetxtSync"), "savetxtSync");
}

/**
 * The bytes that {@link savetxt} writes: text, for a Blob, a request, a database. Returns a copy.
 *
 * @example
 * new TextDecoder().decode(np.txtBytes(np.array([1, 2.5]), "%.1f")); // "1.0\n2.5\n"
 */
export function txtBytes(array: ArrayInput, options?: FormatOr<SavetxtOptions>): Uint8Array<ArrayBuffer> {
  const pieces = [...linesOf(array, options, "txtBytes")];
  return joined(pieces, totalLength(pieces));
}

function packed(lines: Iterable<Uint8Array>, path: string, caller: string): Iterable<Uint8Array> {
  if (/\.(bz2|xz|lzma)$/.test(path)) throw new ValueError(`${caller}: ${path}: only .gz is compressed here`);
  if (!path.endsWith(".gz")) return lines;
  const pieces = [...lines];
  return [gzipSync(joined(pieces, totalLength(pieces)))];
}

/** What goes into the lines. */
interface Table {
  readonly array: NDArray;
  readonly rows: number;
  readonly columns: readonly { readonly dtype: Descriptor; readonly offset: number }[];
  readonly format: Format;
}

function linesOf(
  array: ArrayInput,
  given: FormatOr<SavetxtOptions> | undefined,
  caller: string,
): Iterable<Uint8Array> {
  const alone = typeof given === "string" || Array.isArray(given);
  const options = (alone ? { fmt: given } : (given ?? {})) as SavetxtOptions;
  const table = tableOf(asarray(array), options, caller);
  return encoded(texts(table, options), options, caller);
}

function tableOf(array: NDArray, { fmt = "%.18e", delimiter = " " }: SavetxtOptions, caller: string): Table {
  const { shape, strides } = array.layout;
  const { fields } = array.dtype;
  if (shape.length === 0 || shape.length > 2) {
    throw new ShapeError(`${caller}: the array has shape ${shapeText(shape)}; it needs one axis or two`);
  }
  const one = { dtype: array.dtype, offset: 0 };
  const columns =
    shape.length === 2
      ? Array.from({ length: shape[1]! }, (_, k) => ({ ...one, offset: k * strides[1]! }))
      : fields === null
        ? [one]
        : fields.map(({ dtype, offset }) => ({ dtype, offset }));
  if (columns.some(({ dtype }) => dtype.kind === "V")) {
    throw new DTypeError(`${caller}: elements of ${array.dtype} have no text`);
  }
  try {
    const format = formatOf(fmt, delimiter, columns.length, array.dtype.kind === "c");
    return { array, rows: shape[0]!, columns, format };
  } catch (error) {
    if (isNdError(error)) error.message = `${caller}: ${error.message}`;
    throw error;
  }
}

function formatOf(
  fmt: string | readonly string[],
  delimiter: string,
  columns: number,
  complex: boolean,
): Format {
  if (typeof fmt !== "string" && !(Array.isArray(fmt) && fmt.every((one) => typeof one === "string"))) {
    throw new DTypeError(`fmt ${textOf(fmt)} is no format and no list of formats`);
  }
  const whole = typeof fmt === "string" ? rowFormat(fmt, delimiter, columns, complex) : fmt.join(delimiter);
  if (typeof fmt !== "string" && fmt.length !== columns) {
    throw new ValueError(`fmt has ${fmt.length} formats, but there are ${columns} columns`);
  }
  const format = readFormat(whole);
  const wanted = complex ? 2 * columns : columns;
  if (format.conversions.length === wanted) return format;
  throw new DTypeError(
    `fmt ${textOf(fmt)} has ${format.conversions.length} conversions for ${wanted} numbers`,
  );
}

/** One format stands for every column, unless it has conversions for all. */
function rowFormat(fmt: string, delimiter: string, columns: number, complex: boolean): string {
  const marks = fmt.split("%").length - 1;
  if (marks === 1) return new Array(columns).fill(complex ? ` (${fmt}+${fmt}j)` : fmt).join(delimiter);
  if (marks === (complex ? 2 * columns : columns)) return fmt;
  throw new ValueError(`fmt ${textOf(fmt)} has ${marks} "%", but there are ${columns} columns`);
}

function* texts(table: Table, options: SavetxtOptions): Generator<string> {
  const { newline = "\n", header = "", footer = "", comments = "# " } = options;
  const comment = (text: string) => `${comments}${text.replaceAll("\n", `\n${comments}`)}${newline}`;
  let piece = header === "" ? "" : comment(header);
  for (let k = 0; k < table.rows; k++) {
    piece += rowText(table, k) + newline;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
    options.onProgress?.(k + 1, table.rows);
  }
  yield footer === "" ? piece : piece + comment(footer);
  options.onProgress?.(table.rows, table.rows);
}

function rowText({ array, columns, format }: Table, row: number): string {
  const { texts, conversions } = format;
  const { offset, strides } = array.layout;
  const start = offset + row * strides[0]!;
  const view = array.storage.view;
  let text = texts[0]!;
  let next = 0;
  for (const column of columns) {
    const value = column.dtype.access.read(view, start + column.offset);
    const parts = array.dtype.kind === "c" && value instanceof Complex ? [value.re, value.im] : [value];
    for (const part of parts) {
      const kind = parts.length === 2 ? "f" : column.dtype.kind;
      text += conversions[next]!(printed(part, kind, column.dtype)) + texts[++next]!;
    }
  }
  return array.dtype.kind === "c" ? text.replaceAll("+-", "-") : text;
}

function printed(value: unknown, kind: string, dtype: Descriptor): Printed {
  return { value: value as number, kind, text: () => elementText(value, dtype) };
}

/** What `%s` writes: for numbers what Python's `str` gives. */
function elementText(value: unknown, dtype: Descriptor): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value instanceof Uint8Array) return `b'${String.fromCharCode(...value)}'`;
  if (dtype.kind !== "f" && dtype.kind !== "c") return String(value);
  if (dtype === plain.float64 || dtype === plain.complex128) return floatText(value as number);
  return arrayStr(elementArray(value as never, dtype.kind === "f" ? dtype : plain.float32, "savetxt"));
}

function* encoded(
  pieces: Iterable<string>,
  { encoding }: SavetxtOptions,
  caller: string,
): Generator<Uint8Array> {
  const name = (encoding ?? "utf-8").toLowerCase().replace(/[_-]/g, "");
  if (name !== "utf8" && name !== "latin1") {
    throw new ValueError(`${caller}: encoding ${textOf(encoding)} is neither "utf-8" nor "latin1"`);
  }
  const utf8 = new TextEncoder();
  for (const piece of pieces) {
    const bytes = name === "utf8" ? utf8.encode(piece) : encodeLatin1(piece);
    if (bytes === null) throw new ValueError(`${caller}: the text has characters that latin1 has not`);
    yield bytes;
  }
}
