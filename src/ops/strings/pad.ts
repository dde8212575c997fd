import { workingCopy } from "../../array/duplicate.ts";
import type { NDArray } from "../../array/ndarray.ts";
import { bytesDescriptor, strDescriptor } from "../../dtype/strings.ts";
import { integerAt, lengthAt, stringResult } from "../../engine/string-rows.ts";
import { DTypeError } from "../../errors.ts";
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

/** Strings filled up to a width. Strings that are longer already stay as they are. */

/** How many of the characters that are missing go before a string; the rest goes behind it. */
type Share = (missing: number, width: number) => number;

const shares = {
  // As Python has it: of an odd number the larger half goes before when the width is odd too.
  center: (missing, width) => (missing >> 1) + (missing & width & 1),
  ljust: () => 0,
  rjust: (missing) => missing,
} satisfies Record<string, Share>;

/** The width of the result: of the longest string or the largest width. */
function widestOf({ walk, strings, integers }: Call, caller: string): number {
  const { codes, step, width } = strings[0]!;
  let widest = 0;
  for (let k = 0, i = strings[0]!.at; k < walk.count; k++, i += step) {
    widest = Math.max(widest, integerAt(integers[0]!, k), lengthAt(codes, i, width));
  }
  return requireWidth(caller, widest, 4);
}

/** The character to fill with as an array of the kind of `a`; it must be one character. */
function fillerFrom(fillchar: StringInput, a: NDArray, caller: string): NDArray {
  const given = stringsFrom(fillchar, caller, "fillchar");
  const same = given.dtype.kind === a.dtype.kind;
  const width = Math.max(1, given.itemsize / given.dtype.alignment);
  const wanted = a.dtype.kind === "U" ? strDescriptor(width) : bytesDescriptor(width);
  return same ? given : workingCopy(given, wanted, "K", caller);
}

function padded(
  caller: keyof typeof shares,
  input: StringInput,
  width: IntegerInput,
  fillchar: StringInput,
): NDArray {
  const a = stringsFrom(input, caller, "a");
  const filler = fillerFrom(fillchar, a, caller);
  const call = joined(caller, [a, filler], [integersFrom(width, caller, "width")], "first");
  requireOneCharacter(call, caller);
  const result = stringResult(call.walk, call.type, widestOf(call, caller));
  const share: Share = shares[caller];
  const { codes: out, width: room } = result;
  const [x, f] = call.strings as [Call["strings"][0], Call["strings"][0]];
  let [i, j] = [x.at, f.at];
  for (let k = 0, at = 0; k < call.walk.count; k++, i += x.step, j += f.step, at += room) {
    const length = lengthAt(x.codes, i, x.width);
    const wanted = Math.max(length, integerAt(call.integers[0]!, k));
    const before = share(wanted - length, wanted);
    const fill = f.codes[j]!;
    for (let c = 0; c < wanted; c++) out[at + c] = fill;
    for (let c = 0; c < length; c++) out[at + before + c] = x.codes[i + c]!;
  }
  return result.finish();
}

function requireOneCharacter({ walk, strings }: Call, caller: string): void {
  const { codes, step, width } = strings[1]!;
  for (
    let k = 0, j = strings[1]!.at;
    k < (step === 0 ? Math.min(1, walk.count) : walk.count);
    k++, j += step
  ) {
    const length = lengthAt(codes, j, width);
    if (length !== 1)
      throw new DTypeError(`${caller}: fillchar has ${length} characters; wanted exactly one`);
  }
}

/**
 * Each string in the middle of `width` characters, with `fillchar` on both sides. All operands are broadcast. Returns a
 * copy as wide as the longest result.
 *
 * @throws DTypeError when `width` is of no integers, `fillchar` not one character, or `a` of no strings.
 * @example
 * np.strings.center(["a", "bcd"], 5, "*").tolist(); // ["**a**", "*bcd*"]
 */
export function center<V extends StringInput>(
  a: V,
  width: IntegerInput,
  fillchar: StringInput = " ",
): NDArray<StringOf<V>> {
  return padded("center", a, width, fillchar) as NDArray<StringOf<V>>;
}

/**
 * Each string with `fillchar` behind it up to `width` characters. Returns a copy as wide as the longest result.
 *
 * @throws what `center` throws.
 * @example
 * np.strings.ljust(["a", "bcd"], 3, "-").tolist(); // ["a--", "bcd"]
 */
export function ljust<V extends StringInput>(
  a: V,
  width: IntegerInput,
  fillchar: StringInput = " ",
): NDArray<StringOf<V>> {
  return padded("ljust", a, width, fillchar) as NDArray<StringOf<V>>;
}

/**
 * Each string with `fillchar` before it up to `width` characters. Returns a copy as wide as the longest result.
 *
 * @throws what `center` throws.
 * @example
 * np.strings.rjust(["a", "bcd"], 3, "-").tolist(); // ["--a", "bcd"]
 */
export function rjust<V extends StringInput>(
  a: V,
  width: IntegerInput,
  fillchar: StringInput = " ",
): NDArray<StringOf<V>> {
  return padded("rjust", a, width, fillchar) as NDArray<StringOf<V>>;
}

/**
 * Each string with zeros before it up to `width` characters, behind its sign if it has one. Returns a copy as wide as
 * the longest result.
 *
 * @throws DTypeError when `width` is of no integers, or `a` of no strings.
 * @example
 * np.strings.zfill(["7", "-7"], 3).tolist(); // ["007", "-07"]
 */
export function zfill<V extends StringInput>(input: V, width: IntegerInput): NDArray<StringOf<V>> {
  const a = stringsFrom(input, "zfill", "a");
  const call = joined("zfill", [a], [integersFrom(width, "zfill", "width")], "first");
  const result = stringResult(call.walk, call.type, widestOf(call, "zfill"));
  const { codes: out, width: room } = result;
  const { codes, step, width: m } = call.strings[0]!;
  for (let k = 0, i = call.strings[0]!.at, at = 0; k < call.walk.count; k++, i += step, at += room) {
    const length = lengthAt(codes, i, m);
    const zeros = Math.max(0, integerAt(call.integers[0]!, k) - length);
    for (let c = 0; c < zeros; c++) out[at + c] = 48;
    for (let c = 0; c < length; c++) out[at + zeros + c] = codes[i + c]!;
    const isSigned = length > 0 && (codes[i] === 43 || codes[i] === 45);
    if (isSigned && zeros > 0) {
      out[at] = codes[i]!;
      out[at + zeros] = 48;
    }
  }
  return result.finish() as NDArray<StringOf<V>>;
}
