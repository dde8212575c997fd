import { textOf, ValueError } from "../errors.ts";
import { Complex } from "./complex.ts";
import { refuse } from "./convert.ts";
import type { Access } from "./descriptor.ts";
import { floatText } from "./number-text.ts";

/**
 * Strings as elements. What is too long is cut, what is too short is followed by zeros; so zeros at the end are no part
 * of a string. Numbers become what Python writes.
 */

/** Elements of up to `length` code points, as JS strings. */
export function strAccess(length: number): Access<string> {
  return {
    read: (view, at) => readText(view, at, length),
    write: (view, at, text) => {
      let k = 0;
      for (let i = 0; k < length && i < text.length; k++) {
        const code = text.codePointAt(i)!;
        i += code > 0xffff ? 2 : 1;
        view.setUint32(at + 4 * k, code, true);
      }
      for (; k < length; k++) view.setUint32(at + 4 * k, 0, true);
    },
    coerce: (value) => textFrom(value, "str"),
    convert: (value) => textFrom(value, "str"),
  };
}

function readText(view: DataView, at: number, length: number): string {
  let end = length;
  while (end > 0 && view.getUint32(at + 4 * (end - 1), true) === 0) end--;
  let text = "";
  for (let k = 0; k < end; k++) text += character(view.getUint32(at + 4 * k, true));
  return text;
}

/** A code point as a JS string. */
export function character(code: number): string {
  if (code < 0x10000) return String.fromCharCode(code);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  throw new ValueError(
    `the element holds ${code}, which is no code point: the largest is ${0x10ffff}; view the bytes as "u4"`,
  );
}

/** The code points of a text. */
export function pointsIn(text: string): number {
  let points = text.length;
  for (let k = 0; k < text.length - 1; k++) {
    const isPair = (text.charCodeAt(k) & 0xfc00) === 0xd800 && (text.charCodeAt(k + 1) & 0xfc00) === 0xdc00;
    if (isPair) points--;
    if (isPair) k++;
  }
  return points;
}

/** Elements of up to `length` bytes, as fresh Uint8Arrays. */
export function bytesAccess(length: number): Access<Uint8Array> {
  return {
    read: (view, at) => {
      let end = length;
      while (end > 0 && view.getUint8(at + end - 1) === 0) end--;
      return new Uint8Array(view.buffer, view.byteOffset + at, end).slice();
    },
    write: (view, at, bytes) => {
      for (let k = 0; k < length; k++) view.setUint8(at + k, k < bytes.length ? bytes[k]! : 0);
    },
    coerce: bytesFrom,
    convert: bytesFrom,
  };
}

/** The text that a value stands for. */
export function textFrom(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return decoded(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  // A number that is whole counts as an integer, as everywhere beside arrays.
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : floatText(value);
  if (value instanceof Complex) return complexText(value);
  return refuse(value, name);
}

/** A complex number as Python writes it: `(1+2j)`, `2j`. */
export function complexText({ re, im }: Complex): string {
  const short = (x: number) => floatText(x).replace(/\.0$/, "");
  if (Object.is(re, 0)) return `${short(im)}j`;
  const tail = short(im);
  return `(${short(re)}${tail.startsWith("-") ? "" : "+"}${tail}j)`;
}

function bytesFrom(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : encoded(textFrom(value, "bytes"));
}

function encoded(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code > 127) throw notAscii(text.codePointAt(k)!, textOf(text));
    bytes[k] = code;
  }
  return bytes;
}

/** Why a text cannot become bytes. */
export function notAscii(code: number, text: string): ValueError {
  const point = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return new ValueError(
    `${text} has ${JSON.stringify(character(code))} (${point}), which is not ASCII; bytes of other encodings come from strings.encode`,
  );
}

function decoded(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    if (byte > 127) throw notDecoded(byte);
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Why bytes cannot become a text. */
export function notDecoded(byte: number): ValueError {
  return new ValueError(
    `the byte 0x${byte.toString(16)} is not ASCII; text of other encodings comes from strings.decode`,
  );
}
