import { NDArray } from "../../array/ndarray.ts";
import { lengthAt, type StringRows, stringResult } from "../../engine/string-rows.ts";
import { DTypeError, textOf, ValueError } from "../../errors.ts";
import { callOf, type StringInput, type StringOf } from "./operands.ts";

/** What a character becomes: a text, a code point, or nothing. */
type Replacement = string | number | null;

/** What characters of text become, by the character or its code point; those that are not in it stay. */
export type TextTable =
  | ReadonlyMap<string | number, Replacement>
  | Readonly<Record<string | number, Replacement>>;

/** What each of the 256 bytes becomes. */
export type ByteTable = Uint8Array | readonly number[] | null;

function lookup(table: TextTable, code: number): Replacement | undefined {
  const char = String.fromCodePoint(code);
  if (table instanceof Map) return table.has(code) ? table.get(code) : table.get(char);
  const record = table as Readonly<Record<string | number, Replacement>>;
  // A key that is a digit could be the character or the code point: Python's keys are code points.
  if (Object.hasOwn(record, code)) return record[code];
  return Object.hasOwn(record, char) && !/\d/.test(char) ? record[char] : undefined;
}

/** The code points that one becomes. */
function changeOf(table: TextTable, code: number): readonly number[] {
  const found = lookup(table, code);
  if (found === undefined) return [code];
  if (found === null) return [];
  if (typeof found === "string") return Array.from(found, (char) => char.codePointAt(0)!);
  if (Number.isInteger(found) && found >= 0 && found <= 0x10ffff) return [found];
  throw new DTypeError(`translate: ${textOf(found)} in table is no text, no code point and not null`);
}

/** The 256 bytes of a table; those of no table are themselves. */
function bytesOf(table: ByteTable): readonly number[] {
  if (table === null) return Array.from({ length: 256 }, (_, k) => k);
  const bytes = Array.from(table);
  const isRight =
    bytes.length === 256 && bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);
  if (isRight) return bytes;
  throw new ValueError(`translate: a table for bytes has 256 of them, not ${bytes.length}`);
}

/** The bytes that are left out. */
function deletedFrom(deletechars: string | Uint8Array | null): Set<number> {
  if (deletechars === null || deletechars === undefined) return new Set();
  if (typeof deletechars !== "string" && !(deletechars instanceof Uint8Array)) {
    throw new DTypeError(`translate: deletechars ${textOf(deletechars)} is no text and no Uint8Array`);
  }
  return new Set(
    typeof deletechars === "string" ? Array.from(deletechars, (char) => char.charCodeAt(0)) : deletechars,
  );
}

/**
 * Each string with its characters changed by a table. For text it is a Map or an object from characters or code points to
 * texts, code points or null, which leaves the character out; for bytes the 256 that they become, or null to change
 * none. What gets longer than the width is cut. Returns a copy of the same width, in C order.
 *
 * @param deletechars bytes that are left out first; for bytes only
 * @throws DTypeError when `a` is of no strings, or the table is of the wrong kind; ValueError for a table of bytes that
 * does not have 256.
 * @example
 * np.strings.translate(["abc"], { a: "x", b: null }).tolist(); // ["xc"]
 */
export function translate<V extends StringInput>(
  a: V,
  table: TextTable | ByteTable,
  deletechars: string | Uint8Array | null = null,
): NDArray<StringOf<V>> {
  const { walk, type, strings } = callOf("translate", { strings: [[a, "a"]] }, "C");
  const { codes, at, step, width: m } = strings[0] as StringRows;
  const change = type === "str" ? textChange(table) : byteChange(table, deletechars);
  const result = stringResult(walk, type, m);
  for (let k = 0, i = at, to = 0; k < walk.count; k++, i += step, to += result.width) {
    const length = lengthAt(codes, i, m);
    let room = result.width;
    let place = to;
    for (let c = 0; c < length && room > 0; c++) {
      for (const code of change(codes[i + c]!)) if (room-- > 0) result.codes[place++] = code;
    }
  }
  return result.finish() as NDArray<StringOf<V>>;
}

type Change = (code: number) => readonly number[];

function textChange(table: TextTable | ByteTable): Change {
  const isTable = typeof table === "object" && table !== null && !ArrayBuffer.isView(table);
  if (!isTable || Array.isArray(table) || table instanceof NDArray) {
    throw new DTypeError(
      "translate: the table for text is a Map or an object, from characters to what they become",
    );
  }
  const known = new Map<number, readonly number[]>();
  return (code) => {
    const found = known.get(code) ?? changeOf(table as TextTable, code);
    known.set(code, found);
    return found;
  };
}

function byteChange(table: TextTable | ByteTable, deletechars: string | Uint8Array | null): Change {
  if (table !== null && !(table instanceof Uint8Array) && !Array.isArray(table)) {
    throw new DTypeError("translate: the table for bytes is a Uint8Array of 256, or null");
  }
  const bytes = bytesOf(table as ByteTable);
  const deleted = deletedFrom(deletechars);
  const changes = bytes.map((byte, k) => (deleted.has(k) ? [] : [byte]));
  return (code) => changes[code]!;
}
