import type { NestedList } from "../../array/elements.ts";
import type { NDArray } from "../../array/ndarray.ts";
import { isBlank } from "../../dtype/blanks.ts";
import { lengthAt, type StringRows, type Walk } from "../../engine/string-rows.ts";
import { DTypeError, textOf, ValueError } from "../../errors.ts";
import { textOfRow } from "./casing.ts";
import { fromRows, rowsIn } from "./encode.ts";
import { type Call, callOf, type StringInput, stringsFrom } from "./operands.ts";

/** Strings in pieces, and pieces as strings. Pieces are JS lists, because each string has as many as it has. */

/** A piece: text, or bytes. */
type Piece<V> = V extends NDArray<infer D> ? (D extends "bytes" ? Uint8Array : string) : string;
/** For each string the list of its pieces, nested as the array is. */
export type Pieces<V> = NestedList<Piece<V>[]>;

/** Where the pieces of a row are. */
type Spans = readonly (readonly [from: number, to: number])[];

/** Cuts a row of a length, given the row of the separator. */
type Cut = (
  codes: Uint32Array,
  at: number,
  length: number,
  sep: Uint32Array,
  first: number,
  n: number,
) => Spans;

/** The pieces of every string by a way of cutting, in lists as deep as the shape. */
function pieces({ walk, type, strings }: Call, cut: Cut): unknown {
  const [a, sep = a] = strings as [StringRows, StringRows?];
  const lists: unknown[] = [];
  for (let k = 0, i = a!.at, j = sep!.at; k < walk.count; k++, i += a!.step, j += sep!.step) {
    const length = lengthAt(a!.codes, i, a!.width);
    const spans = cut(a!.codes, i, length, sep!.codes, j, lengthAt(sep!.codes, j, sep!.width));
    lists.push(
      spans.map(([from, to]) =>
        type === "str"
          ? textOfRow(a!.codes, i + from, to - from)
          : Uint8Array.from(a!.codes.subarray(i + from, i + to)),
      ),
    );
  }
  return nested(lists, walk);
}

function nested(lists: readonly unknown[], { shape }: Walk): unknown {
  let next = 0;
  const part = (axis: number): unknown =>
    axis === shape.length ? lists[next++] : Array.from({ length: shape[axis]! }, () => part(axis + 1));
  return part(0);
}

function mostFrom(maxsplit: number | null, caller: string): number {
  if (maxsplit === null || maxsplit === undefined) return Number.POSITIVE_INFINITY;
  if (!Number.isInteger(maxsplit))
    throw new DTypeError(`${caller}: maxsplit ${textOf(maxsplit)} is no integer`);
  return maxsplit < 0 ? Number.POSITIVE_INFINITY : maxsplit;
}

/** By runs of white space, which are at no piece's end. */
function blankCut(most: number, fromRight: boolean): Cut {
  return (codes, at, length) => {
    const words: [number, number][] = [];
    let i = 0;
    while (i < length) {
      while (i < length && isBlank(codes[at + i]!)) i++;
      const from = i;
      while (i < length && !isBlank(codes[at + i]!)) i++;
      if (i > from) words.push([from, i]);
    }
    if (words.length <= most) return words;
    // What is left over keeps the white space at its far end.
    if (!fromRight) return [...words.slice(0, most), [words[most]![0], length]];
    return [[0, words[words.length - 1 - most]![1]], ...words.slice(words.length - most)];
  };
}

/** By every place of a separator. */
function separatorCut(most: number, fromRight: boolean, caller: string): Cut {
  return (codes, at, length, sep, first, n) => {
    if (n === 0) throw new ValueError(`${caller}: an empty separator splits nothing`);
    const isAt = (i: number) => {
      for (let c = 0; c < n; c++) if (codes[at + i + c] !== sep[first + c]) return false;
      return true;
    };
    return fromRight ? spansFromRight(length, n, most, isAt) : spansFromLeft(length, n, most, isAt);
  };
}

function spansFromLeft(length: number, n: number, most: number, isAt: (i: number) => boolean): Spans {
  const spans: [number, number][] = [];
  let from = 0;
  for (let i = 0; i + n <= length && spans.length < most; i++) {
    if (!isAt(i)) continue;
    spans.push([from, i]);
    from = i + n;
    i += n - 1;
  }
  return [...spans, [from, length]];
}

function spansFromRight(length: number, n: number, most: number, isAt: (i: number) => boolean): Spans {
  const spans: [number, number][] = [];
  let to = length;
  for (let i = length - n; i >= 0 && spans.length < most; i--) {
    if (!isAt(i)) continue;
    spans.unshift([i + n, to]);
    to = i;
    i -= n - 1;
  }
  return [[0, to], ...spans];
}

function splitBy<V extends StringInput>(
  caller: string,
  a: V,
  sep: StringInput | null,
  maxsplit: number | null,
  fromRight: boolean,
): Pieces<V> {
  const most = mostFrom(maxsplit, caller);
  const strings: [StringInput, string][] =
    sep === null
      ? [[a, "a"]]
      : [
          [a, "a"],
          [sep, "sep"],
        ];
  const cut = sep === null ? blankCut(most, fromRight) : separatorCut(most, fromRight, caller);
  return pieces(callOf(caller, { strings }, "C"), cut) as Pieces<V>;
}

/**
 * The words of each string, or what is between the places of `sep`, which broadcasts.
 *
 * @param maxsplit at most so many splits, from the left; all for null
 * @returns nested lists, for each string the list of its pieces
 * @throws ValueError for an empty separator; DTypeError when an operand is of no strings, or of bytes beside text.
 * @example
 * np.char.split(["a b c", "d"]); // [["a", "b", "c"], ["d"]]
 * np.char.split("a,b,c", ",", 1); // ["a", "b,c"]
 */
export function split<V extends StringInput>(
  a: V,
  sep: StringInput | null = null,
  maxsplit: number | null = null,
): Pieces<V> {
  return splitBy("split", a, sep, maxsplit, false);
}

/**
 * The words of each string, or what is between the places of `sep`, split from the right.
 *
 * @param maxsplit at most so many splits, from the right; all for null
 * @returns nested lists, for each string the list of its pieces
 * @throws what `split` throws.
 * @example
 * np.char.rsplit("a,b,c", ",", 1); // ["a,b", "c"]
 */
export function rsplit<V extends StringInput>(
  a: V,
  sep: StringInput | null = null,
  maxsplit: number | null = null,
): Pieces<V> {
  return splitBy("rsplit", a, sep, maxsplit, true);
}

/** What ends a line of text; for bytes only line feeds and carriage returns do. */
const textBreaks: ReadonlySet<number> = new Set([10, 11, 12, 13, 28, 29, 30, 0x85, 0x2028, 0x2029]);
const byteBreaks: ReadonlySet<number> = new Set([10, 13]);

/**
 * The lines of each string.
 *
 * @param keepends whether a line keeps what ends it
 * @returns nested lists, for each string the list of its lines
 * @throws DTypeError when `a` is of no strings.
 * @example
 * np.char.splitlines(["a\nb", "c"]); // [["a", "b"], ["c"]]
 */
export function splitlines<V extends StringInput>(a: V, keepends: boolean | null = null): Pieces<V> {
  const call = callOf("splitlines", { strings: [[a, "a"]] }, "C");
  const breaks = call.type === "str" ? textBreaks : byteBreaks;
  const cut: Cut = (codes, at, length) => {
    const spans: [number, number][] = [];
    let from = 0;
    for (let i = 0; i < length; i++) {
      if (!breaks.has(codes[at + i]!)) continue;
      const end = codes[at + i] === 13 && i + 1 < length && codes[at + i + 1] === 10 ? i + 2 : i + 1;
      spans.push([from, keepends === true ? end : i]);
      from = end;
      i = end - 1;
    }
    if (from < length) spans.push([from, length]);
    return spans;
  };
  return pieces(call, cut) as Pieces<V>;
}

/**
 * The characters of each string of `seq` with `sep` between them; both are broadcast. Returns a copy as wide as the
 * longest result, in C order.
 *
 * @throws DTypeError when an operand is not of text.
 * @example
 * np.char.join("-", ["abc", "de"]).tolist(); // ["a-b-c", "d-e"]
 */
export function join(sep: StringInput, seq: StringInput): NDArray<"str"> {
  for (const [value, what] of [
    [sep, "sep"],
    [seq, "seq"],
  ] as const) {
    if (stringsFrom(value, "join", what).dtype.kind === "S") {
      throw new DTypeError(`join: ${what} is of bytes, whose characters are numbers; decode them first`);
    }
  }
  const { walk, strings } = callOf(
    "join",
    {
      strings: [
        [sep, "sep"],
        [seq, "seq"],
      ],
    },
    "C",
  );
  const [between, rows] = strings.map((row) => [...rowsIn(walk, row)]) as [number[][], number[][]];
  const joined = rows.map((row, k) => row.flatMap((code, c) => (c === 0 ? [code] : [...between[k]!, code])));
  return fromRows(walk, "str", joined, "join") as NDArray<"str">;
}
