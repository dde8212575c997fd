import { DTypeError, textOf, ValueError } from "../../errors.ts";

/** Text as bytes and bytes as text, in the encodings that files are in. */

/** What to do with what cannot be encoded or decoded, as Python names it. */
export type CodecErrors = "strict" | "ignore" | "replace" | "backslashreplace" | "xmlcharrefreplace";

/** An encoding, by a name that Python knows: `"utf-8"`, `"ascii"`, `"latin-1"`, `"utf-16"`, `"utf-16-le"`, `"utf-32"`, … */
export interface Codec {
  /** Whether the characters of ASCII are one byte each, their own number. */
  readonly likeAscii: boolean;
  encode(points: readonly number[], errors: CodecErrors, caller: string): number[];
  decode(bytes: readonly number[], errors: CodecErrors, caller: string): number[];
}

const aliases: Readonly<Record<string, string>> = {
  utf8: "utf8",
  u8: "utf8",
  ascii: "ascii",
  usascii: "ascii",
  latin1: "latin1",
  latin: "latin1",
  l1: "latin1",
  iso88591: "latin1",
  "88591": "latin1",
  utf16: "utf16",
  u16: "utf16",
  utf16le: "utf16le",
  utf16be: "utf16be",
  utf32: "utf32",
  u32: "utf32",
  utf32le: "utf32le",
  utf32be: "utf32be",
};

/** The codec of a name; it may be written with hyphens, underscores or neither. */
export function codecOf(encoding: string, caller: string): Codec {
  const plain = typeof encoding === "string" ? encoding.toLowerCase().replace(/[-_ ]/g, "") : "";
  if (Object.hasOwn(aliases, plain)) return codecs[aliases[plain]!]!;
  throw new ValueError(
    `${caller}: the encoding ${textOf(encoding)} is not known; one of utf-8, ascii, latin-1, utf-16, utf-32 (with -le, -be)`,
  );
}

const rules: readonly CodecErrors[] = [
  "strict",
  "ignore",
  "replace",
  "backslashreplace",
  "xmlcharrefreplace",
];

/** What to do with errors, checked. */
export function errorsFrom(errors: CodecErrors | null, caller: string): CodecErrors {
  if (errors === null || errors === undefined) return "strict";
  if (rules.includes(errors)) return errors;
  throw new ValueError(`${caller}: errors ${textOf(errors)} is none of ${rules.join(", ")}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

/** A code point as an escape in Python's way. */
function escapeOf(code: number): string {
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const pointsOf = (text: string) => [...text].map((char) => char.codePointAt(0)!);

/** What stands for a code point that cannot be encoded: other code points, which can. */
function instead(code: number, errors: CodecErrors, caller: string): number[] {
  if (errors === "ignore") return [];
  if (errors === "replace") return [63];
  if (errors === "backslashreplace") return pointsOf(escapeOf(code));
  if (errors === "xmlcharrefreplace") return pointsOf(`&#${code};`);
  throw new ValueError(
    `${caller}: U+${hex(code, 4).toUpperCase()} cannot be encoded so; take another encoding, or errors: "replace"`,
  );
}

/** What stands for bytes that cannot be decoded. */
function insteadOfBytes(bytes: readonly number[], errors: CodecErrors, caller: string): number[] {
  if (errors === "ignore") return [];
  if (errors === "replace") return [0xfffd];
  if (errors === "backslashreplace") return pointsOf(bytes.map((byte) => `\\x${hex(byte, 2)}`).join(""));
  if (errors === "xmlcharrefreplace") {
    throw new DTypeError(`${caller}: errors "xmlcharrefreplace" is for encoding only`);
  }
  const text = bytes.map((byte) => `0x${hex(byte, 2)}`).join(" ");
  throw new ValueError(
    `${caller}: the bytes ${text} cannot be decoded so; take another encoding, or errors: "replace"`,
  );
}

const isSurrogate = (code: number) => code >= 0xd800 && code <= 0xdfff;

/** An encoding in which each code point is some bytes; null where it is none. */
function encoder(one: (code: number) => readonly number[] | null): Codec["encode"] {
  return (points, errors, caller) => {
    const out: number[] = [];
    for (const code of points) {
      const bytes = one(code);
      if (bytes !== null) out.push(...bytes);
      else for (const other of instead(code, errors, caller)) out.push(...one(other)!);
    }
    return out;
  };
}

/** One byte for each character below a limit. */
function single(limit: number): Codec {
  return {
    likeAscii: true,
    encode: encoder((code) => (code < limit ? [code] : null)),
    decode: (bytes, errors, caller) =>
      bytes.flatMap((byte) => (byte < limit ? [byte] : insteadOfBytes([byte], errors, caller))),
  };
}

function utf8Bytes(code: number): number[] | null {
  if (isSurrogate(code)) return null;
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
}

/** How many bytes follow a first byte, and within which bounds the first of them must be. */
function utf8Rule(first: number): readonly [count: number, low: number, high: number] | null {
  if (first >= 0xc2 && first <= 0xdf) return [1, 0x80, 0xbf];
  if (first >= 0xe0 && first <= 0xef) return [2, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf];
  if (first >= 0xf0 && first <= 0xf4) return [3, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf];
  return null;
}

function decodeUtf8(bytes: readonly number[], errors: CodecErrors, caller: string): number[] {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    const rule = first < 0x80 ? null : utf8Rule(first);
    let length = 1;
    let code = first;
    let isWhole = first < 0x80;
    if (rule !== null) {
      const [count, low, high] = rule;
      code = first & (0x3f >> count);
      for (; length <= count; length++) {
        const byte = bytes[i + length] ?? -1;
        if (byte < (length === 1 ? low : 0x80) || byte > (length === 1 ? high : 0xbf)) break;
        code = (code << 6) | (byte & 0x3f);
      }
      isWhole = length > count;
    }
    if (isWhole) out.push(code);
    else out.push(...insteadOfBytes(bytes.slice(i, i + length), errors, caller));
    i += length;
  }
  return out;
}

/** Units of two or four bytes, in one order. */
function unitBytes(unit: number, size: 2 | 4, big: boolean): number[] {
  const bytes = Array.from({ length: size }, (_, k) => (unit >>> (8 * k)) & 0xff);
  return big ? bytes.reverse() : bytes;
}

function wideBytes(code: number, size: 2 | 4, big: boolean): number[] | null {
  if (isSurrogate(code)) return null;
  if (size === 4 || code < 0x10000) return unitBytes(code, size, big);
  const rest = code - 0x10000;
  return [...unitBytes(0xd800 | (rest >> 10), 2, big), ...unitBytes(0xdc00 | (rest & 0x3ff), 2, big)];
}

function decodeWide(
  bytes: readonly number[],
  size: 2 | 4,
  big: boolean,
  errors: CodecErrors,
  caller: string,
): number[] {
  const out: number[] = [];
  const unitAt = (i: number) => {
    let unit = 0;
    for (let k = 0; k < size; k++) unit = unit * 256 + bytes[i + (big ? k : size - 1 - k)]!;
    return unit;
  };
  for (let i = 0; i < bytes.length; i += size) {
    const unit = i + size <= bytes.length ? unitAt(i) : -1;
    const next = size === 2 && i + 4 <= bytes.length ? unitAt(i + 2) : -1;
    if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
      out.push(0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff));
      i += 2;
    } else if (unit < 0 || isSurrogate(unit) || unit > 0x10ffff) {
      out.push(...insteadOfBytes(bytes.slice(i, i + size), errors, caller));
    } else out.push(unit);
  }
  return out;
}

/** UTF-16 and UTF-32; without an order a mark tells it, and is written first. */
function wide(size: 2 | 4, order: "little" | "big" | null): Codec {
  const encode = encoder((code) => wideBytes(code, size, order === "big"));
  const mark = unitBytes(0xfeff, size, false);
  const isMark = (bytes: readonly number[], big: boolean) =>
    unitBytes(0xfeff, size, big).every((byte, k) => bytes[k] === byte);
  return {
    likeAscii: false,
    encode: (points, errors, caller) => {
      const bytes = encode(points, errors, caller);
      return order === null ? [...mark, ...bytes] : bytes;
    },
    decode: (bytes, errors, caller) => {
      const big = order === null ? isMark(bytes, true) : order === "big";
      const marked = order === null && (big || isMark(bytes, false));
      return decodeWide(marked ? bytes.slice(size) : bytes, size, big, errors, caller);
    },
  };
}

const codecs: Readonly<Record<string, Codec>> = {
  utf8: { likeAscii: true, encode: encoder(utf8Bytes), decode: decodeUtf8 },
  ascii: single(128),
  latin1: single(256),
  utf16: wide(2, null),
  utf16le: wide(2, "little"),
  utf16be: wide(2, "big"),
  utf32: wide(4, null),
  utf32le: wide(4, "little"),
  utf32be: wide(4, "big"),
};
