import { type DTypeArgument, keywordsOf, type NoDType } from "../array/arguments.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { isNdError, textOf, ValueError } from "../errors.ts";
import { cellReader } from "./cells.ts";
import { isSpace } from "./number-text.ts";
import { RowStore } from "./row-store.ts";

/** How numbers stand in a text, but for their dtype. */
export interface FromstringKeywords {
  /** What stands between the numbers; white space in it, and around it, stands for any amount, also for none. */
  readonly sep: string;
  /** How many numbers to read at most; all of them if negative or left out. */
  readonly count?: number | undefined;
}

/** How numbers stand in a text. */
export interface FromstringOptions extends FromstringKeywords {
  readonly dtype?: DTypeLike | null | undefined;
}

/**
 * An array of one axis from numbers in a text, with something between them.
 *
 * @param options `{ sep, dtype, count }`; float64 if no dtype is given. Bytes are read by `frombuffer`.
 * @throws ValueError when the text goes on with something else, or a number does not fit the dtype, which must be of numbers.
 * @example
 * np.fromstring("1, 2, 3", { sep: ",", dtype: "int32" }).tolist(); // [1, 2, 3]
 */
export function fromstring(text: string, options: FromstringKeywords & NoDType): NDArray<"float64">;
export function fromstring<const S extends DTypeLike>(
  text: string,
  options: Exclude<DTypeArgument<S, FromstringKeywords>, S>,
): NDArray<DTypeOf<S>>;
export function fromstring(text: string, options: FromstringOptions): NDArray;
export function fromstring(text: string, options: FromstringOptions): NDArray {
  if (typeof text !== "string") throw new ValueError(`fromstring: ${textOf(text)} is no text`);
  const { dtype = null, sep, count } = keywordsOf<FromstringOptions>(options);
  const type = dtype === null ? plain.float64 : descriptorFor(dtype);
  if (typeof sep !== "string" || sep === "") {
    throw new ValueError(
      "fromstring: sep says what stands between the numbers; bytes are read by frombuffer",
    );
  }
  try {
    return numbersIn(text, type, sep, count ?? -1, "fromstring");
  } catch (error) {
    if (isNdError(error)) error.message = `fromstring: ${error.message}`;
    throw error;
  }
}

const FLOAT = String.raw`[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])`;

/** What a number looks like, by kind: the text goes on behind it. */
const patterns: Readonly<Record<string, RegExp>> = {
  b: /[+-]?\d+/y,
  i: /[+-]?\d+/y,
  u: /[+-]?\d+/y,
  f: new RegExp(FLOAT, "y"),
  c: new RegExp(`${FLOAT}(?:j|${FLOAT.replace("?", "")}j)?`, "y"),
};

/** The numbers of a text, for whoever names itself in errors. */
export function numbersIn(
  text: string,
  dtype: Descriptor,
  sep: string,
  count: number,
  caller: string,
): NDArray {
  const pattern = patterns[dtype.kind];
  if (pattern === undefined) throw new ValueError(`elements of ${dtype} cannot be read from a text with sep`);
  const read = cellReader(dtype);
  const store = new RowStore(dtype.itemsize);
  let at = skipSpace(text, 0);
  while (at < text.length && (count < 0 || store.rows < count)) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const end = found === null ? at : at + found[0].length;
    // First the place: the memory may be another one then.
    const place = store.next();
    if (found === null || !read(text, at, end, store.view, place)) throw unread(text, at, dtype);
    store.rows++;
    if (store.rows === count) break;
    at = skipSeparator(text, end, sep);
    if (at < 0) throw unread(text, end, dtype, sep);
  }
  return store.array([store.rows], dtype, caller);
}

function unread(text: string, at: number, dtype: Descriptor, sep?: string): ValueError {
  const wanted = sep === undefined ? `an element of ${dtype}` : `sep (${JSON.stringify(sep)})`;
  return new ValueError(
    `wanted ${wanted} at character ${at}, found ${JSON.stringify(text.slice(at, at + 12))}`,
  );
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Behind the separator, or at the end of the text; -1 when something else stands there. */
function skipSeparator(text: string, from: number, sep: string): number {
  let at = skipSpace(text, from);
  for (const char of sep.trim()) {
    if (isSpace(char.charCodeAt(0))) at = skipSpace(text, at);
    else if (at >= text.length) return at;
    else if (text.startsWith(char, at)) at += char.length;
    else return -1;
  }
  at = skipSpace(text, at);
  return at === from && at < text.length ? -1 : at;
}
