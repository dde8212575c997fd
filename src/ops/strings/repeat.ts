import type { NDArray } from "../../array/ndarray.ts";

import { integerAt, lengthAt, stringResult } from "../../engine/string-rows.ts";
import { ValueError } from "../../errors.ts";
import {
  type Call,
  callOf,
  type IntegerInput,
  requireWidth,
  type StringInput,
  type StringOf,
} from "./operands.ts";

/** Each string over and over, tabs as blanks, and parts of strings. */

/**
 * Each string `i` times, one after the other; less than once is the empty string. Both are broadcast. Returns a copy as
 * wide as the longest result.
 *
 * @throws DTypeError when `i` is of no integers, or `a` of no strings; ValueError when results are too long.
 * @example
 * np.strings.multiply(["a", "bc"], [3, 2]).tolist(); // ["aaa", "bcbc"]
 */
export function multiply<V extends StringInput>(a: V, i: IntegerInput): NDArray<StringOf<V>> {
  const call = callOf("multiply", { strings: [[a, "a"]], integers: [[i, "i"]] }, "first");
  const { walk, type, strings, integers } = call;
  const { codes, step, width: m } = strings[0]!;
  let widest = 0;
  eachLength(call, (k, length) => {
    widest = Math.max(widest, length * integerAt(integers[0]!, k));
  });
  const result = stringResult(walk, type, requireWidth("multiply", widest, 4));
  const { codes: out, width } = result;
  for (let k = 0, at = 0, from = strings[0]!.at; k < walk.count; k++, at += width, from += step) {
    const length = lengthAt(codes, from, m);
    const total = length * Math.max(0, integerAt(integers[0]!, k));
    for (let c = 0; c < total; c++) out[at + c] = c < length ? codes[from + c]! : out[at + c - length]!;
  }
  return result.finish() as NDArray<StringOf<V>>;
}

/** Calls `visit` with the length of each string of the first operand. */
function eachLength({ walk, strings }: Call, visit: (k: number, length: number) => void): void {
  const { codes, step, width } = strings[0]!;
  for (let k = 0, i = strings[0]!.at; k < walk.count; k++, i += step) visit(k, lengthAt(codes, i, width));
}

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;

/** How many blanks a tab stands for in a column. */
function blanksFor(column: number, tabsize: number): number {
  return tabsize > 0 ? tabsize - (column % tabsize) : 0;
}

/**
 * Each string with its tabs as blanks up to the next column that is a multiple of `tabsize`, which broadcasts. Returns a
 * copy, wide enough in any case.
 *
 * @throws DTypeError when `tabsize` is of no integers, or `a` of no strings.
 * @example
 * np.strings.expandtabs("a\tb", 4).item(); // "a   b"
 */
export function expandtabs<V extends StringInput>(a: V, tabsize: IntegerInput = 8): NDArray<StringOf<V>> {
  const { walk, type, strings, integers } = callOf(
    "expandtabs",
    {
      strings: [[a, "a"]],
      integers: [[tabsize, "tabsize"]],
    },
    "first",
  );
  const { codes, step, width: m } = strings[0]!;
  // NumPy counts four for every character of text that is no tab; so wide are its results.
  const unit = type === "str" ? 4 : 1;
  let widest = 0;
  for (let k = 0, i = strings[0]!.at; k < walk.count; k++, i += step) {
    const size = integerAt(integers[0]!, k);
    widest = Math.max(widest, expand(codes, i, lengthAt(codes, i, m), size, null, 0, unit));
  }
  const result = stringResult(walk, type, requireWidth("expandtabs", widest, 4));
  for (let k = 0, i = strings[0]!.at, at = 0; k < walk.count; k++, i += step, at += result.width) {
    expand(codes, i, lengthAt(codes, i, m), integerAt(integers[0]!, k), result.codes, at, unit);
  }
  return result.finish() as NDArray<StringOf<V>>;
}

/** Writes a row with blanks for tabs, if there is somewhere to write; how wide that makes it. */
function expand(
  codes: Uint32Array,
  first: number,
  length: number,
  tabsize: number,
  out: Uint32Array | null,
  at: number,
  unit: number,
): number {
  let wide = 0;
  let column = 0;
  let to = at;
  for (let i = first; i < first + length; i++) {
    const code = codes[i]!;
    if (code === TAB) {
      const blanks = blanksFor(column, tabsize);
      if (out !== null) out.fill(32, to, to + blanks);
      to += blanks;
      column += blanks;
      wide += blanks;
      continue;
    }
    if (out !== null) out[to] = code;
    to++;
    wide += unit;
    column = code === NEWLINE || code === RETURN ? 0 : column + 1;
  }
  return wide;
}

/** No stop: what is given as `start` is the stop. */
type Stop = IntegerInput | null | undefined;

/**
 * A part of each string, as Python slices it: `slice(a, stop)`, `slice(a, start, stop)`, `slice(a, start, stop, step)`;
 * null is left open. Integers are broadcast. Returns a copy of the same width.
 *
 * @throws ValueError for a step of 0; DTypeError when an integer is none, or `a` of no strings.
 * @example
 * np.strings.slice(["abcd", "ef"], 2).tolist(); // ["ab", "ef"]
 * np.strings.slice(["abcd", "ef"], 1, null).tolist(); // ["bcd", "f"]
 * np.strings.slice("abcd", null, null, -1).item(); // "dcba"
 */
export function slice<V extends StringInput>(
  a: V,
  start: IntegerInput | null = null,
  stop?: Stop,
  step: IntegerInput | null = null,
): NDArray<StringOf<V>> {
  const [from, to] = stop === undefined ? [null, start] : [start, stop];
  const given = [from, to, step] as const;
  const { walk, type, strings, integers } = callOf("slice", {
    strings: [[a, "a"]],
    integers: given.map((value, k) => [value ?? 1, ["start", "stop", "step"][k]!] as const),
  });
  const { codes, step: p, width: m } = strings[0]!;
  const result = stringResult(walk, type, m);
  const { codes: out, width } = result;
  for (let k = 0, i = strings[0]!.at, at = 0; k < walk.count; k++, i += p, at += width) {
    const stride = integerAt(integers[2]!, k);
    if (stride === 0) throw new ValueError("slice: a step of 0 leads nowhere");
    const length = lengthAt(codes, i, m);
    const ends = stride > 0 ? [0, length] : [length - 1, -1];
    const first = from === null ? ends[0]! : clamp(integerAt(integers[0]!, k), length, stride);
    const last = to === null ? ends[1]! : clamp(integerAt(integers[1]!, k), length, stride);
    let c = at;
    for (let j = first; stride > 0 ? j < last : j > last; j += stride) out[c++] = codes[i + j]!;
  }
  return result.finish() as NDArray<StringOf<V>>;
}

/** A bound of a slice as Python reads it. */
function clamp(bound: number, length: number, step: number): number {
  const place = bound < 0 ? bound + length : bound;
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  return Math.min(high, Math.max(low, place));
}
