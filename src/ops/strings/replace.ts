import { workingCopy } from "../../array/duplicate.ts";
import type { NDArray } from "../../array/ndarray.ts";
import { lengthOf, stringDescriptor } from "../../dtype/strings.ts";
import { integerAt, lengthAt, type StringRows, stringResult } from "../../engine/string-rows.ts";
import {
  type Call,
  type IntegerInput,
  integersFrom,
  joined,
  requireWidth,
  type StringInput,
  type StringOf,
  stringsFrom,
} from "./operands.ts";

/** Strings within strings, replaced by others. */

/** Where a row stands in each operand: the string, what is looked for, what comes in its place, and its lengths. */
interface Job {
  readonly a: StringRows;
  readonly old: StringRows;
  readonly fresh: StringRows;
}

/** Whether the string `old` is at a place. */
function isAt(x: Uint32Array, i: number, y: Uint32Array, j: number, length: number): boolean {
  for (let c = 0; c < length; c++) if (x[i + c] !== y[j + c]) return false;
  return true;
}

/** Writes row k with at most `most` replacements, if there is somewhere to write; how long it comes to be. */
function rewrite(
  { a, old, fresh }: Job,
  k: number,
  most: number,
  out: Uint32Array | null,
  at: number,
): number {
  const [i, j, f] = [a.at + k * a.step, old.at + k * old.step, fresh.at + k * fresh.step];
  const [m, n, r] = [
    lengthAt(a.codes, i, a.width),
    lengthAt(old.codes, j, old.width),
    lengthAt(fresh.codes, f, fresh.width),
  ];
  let left = most < 0 ? Number.POSITIVE_INFINITY : most;
  let to = at;
  for (let c = 0; c <= m; ) {
    const hit = left > 0 && c + n <= m && isAt(a.codes, i + c, old.codes, j, n);
    if (hit) {
      if (out !== null) for (let e = 0; e < r; e++) out[to + e] = fresh.codes[f + e]!;
      to += r;
      c += n;
      left--;
    }
    // The empty string is before every character: that one is passed on too.
    if (hit && n > 0) continue;
    if (c < m && out !== null) out[to] = a.codes[i + c]!;
    if (c < m) to++;
    c++;
  }
  return to - at;
}

/** An operand as strings of the kind of `a`. */
function likeA(value: StringInput, a: NDArray, what: string): NDArray {
  const given = stringsFrom(value, "replace", what);
  if (given.dtype.kind === a.dtype.kind) return given;
  const type = a.dtype.kind === "U" ? "str" : "bytes";
  return workingCopy(given, stringDescriptor(type, Math.max(1, lengthOf(given.dtype))), "K", "replace");
}

/**
 * Each string with `fresh` for every `old` in it, or for the first `count` of them. All operands are broadcast. Returns a
 * copy as wide as the longest result.
 *
 * @param count how many to replace; all for -1
 * @throws DTypeError when `count` is of no integers, or another operand of no strings.
 * @example
 * np.strings.replace(["banana", "cab"], "a", "oo").tolist(); // ["boonoonoo", "coob"]
 * np.strings.replace("banana", "a", "o", 2).item(); // "bonona"
 */
export function replace<V extends StringInput>(
  input: V,
  old: StringInput,
  fresh: StringInput,
  count: IntegerInput = -1,
): NDArray<StringOf<V>> {
  const a = stringsFrom(input, "replace", "a");
  const texts = [a, likeA(old, a, "old"), likeA(fresh, a, "new")];
  const call: Call = joined("replace", texts, [integersFrom(count, "replace", "count")], "first");
  const { walk, type, strings, integers } = call;
  const job: Job = { a: strings[0]!, old: strings[1]!, fresh: strings[2]! };
  let widest = 0;
  for (let k = 0; k < walk.count; k++) {
    widest = Math.max(widest, rewrite(job, k, integerAt(integers[0]!, k), null, 0));
  }
  const result = stringResult(walk, type, requireWidth("replace", widest, 4));
  for (let k = 0; k < walk.count; k++) {
    rewrite(job, k, integerAt(integers[0]!, k), result.codes, k * result.width);
  }
  return result.finish() as NDArray<StringOf<V>>;
}
