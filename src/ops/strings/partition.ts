import { assign } from "../../array/assign.ts";
import { emptyArray } from "../../array/fresh.ts";
import type { NDArray } from "../../array/ndarray.ts";
import { lengthOf, stringDescriptor } from "../../dtype/strings.ts";
import { lengthAt, type StringRows, stringResult } from "../../engine/string-rows.ts";
import { ValueError } from "../../errors.ts";
import { type Call, callOf, type StringInput, type StringOf } from "./operands.ts";

/** Strings in three parts: what is before a separator, the separator, and what is behind it. */

type Three<V> = [before: NDArray<StringOf<V>>, separator: NDArray<StringOf<V>>, after: NDArray<StringOf<V>>];

/** The first or the last place of the separator in a row, or -1. */
function placeOfSeparator(
  a: StringRows,
  i: number,
  m: number,
  sep: StringRows,
  j: number,
  n: number,
  last: boolean,
): number {
  for (let c = 0; c <= m - n; c++) {
    const at = last ? m - n - c : c;
    let e = 0;
    while (e < n && a.codes[i + at + e] === sep.codes[j + e]) e++;
    if (e === n) return at;
  }
  return -1;
}

/** Where the separator is in each row, and how wide each of the parts must be. */
function placesOf(
  { walk, strings }: Call,
  last: boolean,
  caller: string,
): { places: Int32Array; widths: number[] } {
  const [a, sep] = strings as [StringRows, StringRows];
  const places = new Int32Array(walk.count);
  const widths = [0, 0, 0];
  let found = false;
  let longest = 1;
  for (let k = 0, i = a.at, j = sep.at; k < walk.count; k++, i += a.step, j += sep.step) {
    const m = lengthAt(a.codes, i, a.width);
    const n = lengthAt(sep.codes, j, sep.width);
    if (n === 0) throw new ValueError(`${caller}: an empty separator parts nothing`);
    const place = placeOfSeparator(a, i, m, sep, j, n, last);
    places[k] = place;
    longest = Math.max(longest, n);
    found = found || place >= 0;
    const [before, after] = place >= 0 ? [place, m - place - n] : last ? [0, m] : [m, 0];
    widths[0] = Math.max(widths[0]!, before);
    widths[2] = Math.max(widths[2]!, after);
  }
  widths[1] = found ? longest : 1;
  return { places, widths };
}

function parted(caller: string, a: StringInput, sep: StringInput, last: boolean): NDArray[] {
  const call = callOf(
    caller,
    {
      strings: [
        [a, "a"],
        [sep, "sep"],
      ],
    },
    "first",
  );
  const { places, widths } = placesOf(call, last, caller);
  const [text, separator] = call.strings as [StringRows, StringRows];
  const results = widths.map((width) => stringResult(call.walk, call.type, width));
  const [before, middle, after] = results as [(typeof results)[0], (typeof results)[0], (typeof results)[0]];
  for (
    let k = 0, i = text.at, j = separator.at;
    k < places.length;
    k++, i += text.step, j += separator.step
  ) {
    const m = lengthAt(text.codes, i, text.width);
    const n = lengthAt(separator.codes, j, separator.width);
    const place = places[k]!;
    // Without a separator all of the string is the first part, or seen from the end the last.
    const cut = place >= 0 ? place : last ? 0 : m;
    const rest = place >= 0 ? place + n : cut;
    for (let c = 0; c < cut; c++) before.codes[k * before.width + c] = text.codes[i + c]!;
    for (let c = cut; c < rest; c++) middle.codes[k * middle.width + c - cut] = text.codes[i + c]!;
    for (let c = rest; c < m; c++) after.codes[k * after.width + c - rest] = text.codes[i + c]!;
  }
  return results.map((result) => result.finish());
}

/**
 * Each string in three parts: what is before the first `sep`, `sep`, and what is behind it; where it is not, all of it and
 * two empty strings.
 *
 * @returns three arrays
 * @throws ValueError for an empty separator; DTypeError when an operand is of no strings, or of bytes beside text.
 * @example
 * np.strings.partition(["a-b-c", "d"], "-").map((part) => part.tolist()); // [["a", "d"], ["-", ""], ["b-c", ""]]
 */
export function partition<V extends StringInput>(a: V, sep: StringInput): Three<V> {
  return parted("partition", a, sep, false) as Three<V>;
}

/**
 * Each string in three parts: what is before the last `sep`, `sep`, and what is behind it; where it is not, two empty
 * strings and all of it.
 *
 * @returns three arrays
 * @throws what `partition` throws.
 * @example
 * np.strings.rpartition(["a-b-c", "d"], "-").map((part) => part.tolist()); // [["a-b", ""], ["-", ""], ["c", "d"]]
 */
export function rpartition<V extends StringInput>(a: V, sep: StringInput): Three<V> {
  return parted("rpartition", a, sep, true) as Three<V>;
}

/** The three parts in one array, along a last axis: what `np.char` gives. */
export function partsTogether(parts: readonly NDArray[], caller: string): NDArray {
  const width = Math.max(...parts.map((part) => lengthOf(part.dtype)));
  const [first] = parts;
  const type = first!.dtype.kind === "U" ? "str" : "bytes";
  const { shape } = first!.layout;
  const made = emptyArray([...shape, parts.length], stringDescriptor(type, width), "C", caller);
  const { strides, offset } = made.layout;
  for (const [k, part] of parts.entries()) {
    const place = { shape, strides: strides.slice(0, -1), offset: offset + k * made.itemsize };
    assign(made.viewAs(place), part, { casting: "unsafe", caller });
  }
  return made;
}
