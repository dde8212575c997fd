import type { NDArray } from "../../array/ndarray.ts";
import { lengthAt, type StringRows, stringResult, type Walk } from "../../engine/string-rows.ts";
import { DTypeError } from "../../errors.ts";
import { type CodecErrors, codecOf, errorsFrom } from "./codecs.ts";
import { joined, requireWidth, type StringInput, stringsFrom } from "./operands.ts";

/** Text to bytes and back, string by string. */

/** The code points of each row, without the zeros at the end. */
export function* rowsIn(walk: Walk, { codes, at, step, width }: StringRows): Generator<number[]> {
  for (let k = 0, i = at; k < walk.count; k++, i += step) {
    yield Array.from(codes.subarray(i, i + lengthAt(codes, i, width)));
  }
}

/** Whether all characters are of ASCII. */
function isAscii({ count }: Walk, { codes, at, step, width }: StringRows): boolean {
  for (let k = 0, i = at; k < count; k++, i += step) {
    for (let c = 0; c < width; c++) if (codes[i + c]! > 127) return false;
  }
  return true;
}

/** The same characters as strings of a kind, as wide as the longest. */
function sameCodes(walk: Walk, { codes, at, step, width }: StringRows, type: "bytes" | "str"): NDArray {
  let widest = 1;
  for (let k = 0, i = at; k < walk.count; k++, i += step)
    widest = Math.max(widest, lengthAt(codes, i, width));
  const result = stringResult(walk, type, widest);
  const most = Math.min(width, widest);
  for (let k = 0, i = at, to = 0; k < walk.count; k++, i += step, to += result.width) {
    for (let c = 0; c < most; c++) result.codes[to + c] = codes[i + c]!;
  }
  return result.finish();
}

/** A result as wide as the longest of some rows, one at least. */
export function fromRows(
  walk: Walk,
  type: "bytes" | "str",
  rows: readonly (readonly number[])[],
  caller: string,
): NDArray {
  let widest = 1;
  for (const row of rows) widest = Math.max(widest, row.length);
  const result = stringResult(walk, type, requireWidth(caller, widest, 4));
  for (const [k, row] of rows.entries()) result.codes.set(row, k * result.width);
  return result.finish();
}

/**
 * Each string as bytes in an encoding. Returns a copy as wide as the longest result, in C order.
 *
 * @param encoding `"utf-8"` if left out; also ascii, latin-1, utf-16 and utf-32, with `-le` and `-be`
 * @param errors `"strict"` if left out; `"ignore"`, `"replace"`, `"backslashreplace"` or `"xmlcharrefreplace"`
 * @throws DTypeError when `a` is not of text; ValueError for an encoding that is not known, and for a character that it
 * does not have.
 * @example
 * np.strings.encode(["é"]).at(0); // Uint8Array [195, 169]
 */
export function encode(
  a: StringInput,
  encoding: string | null = null,
  errors: CodecErrors | null = null,
): NDArray<"bytes"> {
  const text = stringsFrom(a, "encode", "a");
  if (text.dtype.kind === "S")
    throw new DTypeError("encode: a is of bytes already; decode makes text of them");
  const codec = codecOf(encoding ?? "utf-8", "encode");
  const rule = errorsFrom(errors, "encode");
  const { walk, strings } = joined("encode", [text], [], "C");
  if (codec.likeAscii && isAscii(walk, strings[0]!))
    return sameCodes(walk, strings[0]!, "bytes") as NDArray<"bytes">;
  const rows = Array.from(rowsIn(walk, strings[0]!), (row) => codec.encode(row, rule, "encode"));
  return fromRows(walk, "bytes", rows, "encode") as NDArray<"bytes">;
}

/**
 * Each string of bytes as the text that it is in an encoding. Returns a copy as wide as the longest result, in C order.
 *
 * @param encoding `"utf-8"` if left out; also ascii, latin-1, utf-16 and utf-32, with `-le` and `-be`
 * @param errors `"strict"` if left out; `"ignore"`, `"replace"` or `"backslashreplace"`
 * @throws DTypeError when `a` is not of bytes; ValueError for an encoding that is not known, and for bytes that are none
 * of its characters.
 * @example
 * np.strings.decode(np.array(["abc"], "S")).tolist(); // ["abc"]
 */
export function decode(
  a: StringInput,
  encoding: string | null = null,
  errors: CodecErrors | null = null,
): NDArray<"str"> {
  const bytes = stringsFrom(a, "decode", "a");
  if (bytes.dtype.kind === "U")
    throw new DTypeError("decode: a is of text already; encode makes bytes of it");
  const codec = codecOf(encoding ?? "utf-8", "decode");
  const rule = errorsFrom(errors, "decode");
  const { walk, strings } = joined("decode", [bytes], [], "C");
  if (codec.likeAscii && isAscii(walk, strings[0]!))
    return sameCodes(walk, strings[0]!, "str") as NDArray<"str">;
  const rows = Array.from(rowsIn(walk, strings[0]!), (row) => codec.decode(row, rule, "decode"));
  return fromRows(walk, "str", rows, "decode") as NDArray<"str">;
}
