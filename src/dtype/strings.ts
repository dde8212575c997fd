import { DTypeError, ValueError } from "../errors.ts";
import { NO, SAFE, SAME_KIND, UNSAFE } from "./cast-level.ts";
import { isoLength } from "./date-units.ts";
import { type Composition, Descriptor } from "./descriptor.ts";
import { bytesAccess, strAccess } from "./string-access.ts";
import { stringCast } from "./string-casts.ts";
import { codeOf, descrOf, dtypeRepr, dtypeText } from "./text.ts";

/**
 * Strings of a fixed width: `S`, bytes, and `U`, code points of four bytes each. A shorter string is followed by zeros,
 * so an element never ends in a NUL. A width of 0 stands for as many as are needed.
 *
 * Each width is a dtype of its own, so they bring their rules along as dtypes do that are put together (Composition).
 */

/** The most bytes of an element. */
const MAX_ITEMSIZE = 2 ** 31 - 1;

/** The two dtypes of strings. */
export type StringDType = "bytes" | "str";

const composition: Composition = {
  text: dtypeText,
  repr: dtypeRepr,
  descr: descrOf,
  data: codeOf,
  castLevel: stringLevel,
  sized,
  promoteAll: promoteStrings,
  elementCast: stringCast,
};

const made = { bytes: [] as Descriptor<"bytes">[], str: [] as Descriptor<"str">[] };
/** Up to this width a dtype is one object. */
const KEPT = 256;

/** The dtype of strings of up to `length` bytes. */
export function bytesDescriptor(length: number): Descriptor<"bytes"> {
  return (made.bytes[length] ?? keep("bytes", length)) as Descriptor<"bytes">;
}

/** The dtype of strings of up to `length` code points. */
export function strDescriptor(length: number): Descriptor<"str"> {
  return (made.str[length] ?? keep("str", length)) as Descriptor<"str">;
}

function keep(type: StringDType, length: number): Descriptor {
  const dtype = type === "str" ? newStr(length) : newBytes(length);
  if (length <= KEPT) (made[type] as Descriptor[])[length] = dtype;
  return dtype;
}

function newBytes(length: number): Descriptor {
  return new Descriptor<"bytes">({
    type: "bytes",
    name: length === 0 ? "bytes" : `bytes${checked(length, 1) * 8}`,
    kind: "S",
    char: "S",
    num: 18,
    itemsize: length,
    alignment: 1,
    lane: Uint8Array,
    laneLength: length,
    access: bytesAccess(length),
    composition,
  });
}

function newStr(length: number): Descriptor {
  return new Descriptor<"str">({
    type: "str",
    name: length === 0 ? "str" : `str${checked(length, 4) * 32}`,
    kind: "U",
    char: "U",
    num: 19,
    itemsize: length * 4,
    alignment: 4,
    lane: Uint32Array,
    laneLength: length,
    access: strAccess(length),
    composition,
  });
}

function checked(length: number, bytes: number): number {
  if (length * bytes <= MAX_ITEMSIZE) return length;
  throw new ValueError(
    `dtype: a string of ${length} characters is too long; the most bytes are ${MAX_ITEMSIZE}`,
  );
}

const CODE = /^(?:[<>=|]?(?:([Sa])|c$)|[<=|]?(U))(\d*)$/;
const names: Readonly<Record<string, StringDType>> = {
  bytes: "bytes",
  bytes_: "bytes",
  str: "str",
  str_: "str",
  unicode: "str",
};

/** The dtype of strings that a name or a code stands for, else null. */
export function stringByCode(code: string): Descriptor | null {
  if (Object.hasOwn(names, code)) return stringDescriptor(names[code]!, 0);
  const match = CODE.exec(code);
  if (match === null) return null;
  const [, bytes, points, length] = match;
  if (bytes === undefined && points === undefined) return bytesDescriptor(1);
  return stringDescriptor(points === undefined ? "bytes" : "str", Number(length));
}

/** The dtype of strings of a width, in bytes or code points. */
export function stringDescriptor(type: StringDType, length: number): Descriptor<StringDType> {
  return type === "str" ? strDescriptor(length) : bytesDescriptor(length);
}

/** Whether the elements of a dtype are strings. */
export function isString(d: Descriptor): d is Descriptor<StringDType> {
  return d.kind === "S" || d.kind === "U";
}

/** How many characters an element has: bytes, or code points. */
export function lengthOf(d: Descriptor): number {
  return d.kind === "U" ? d.itemsize / 4 : d.itemsize;
}

/** The digits, and the sign, of the longest integer of that many bytes. */
const integerWidths: { readonly [key: string]: number } = {
  i1: 4,
  i2: 6,
  i4: 11,
  i8: 21,
  u1: 3,
  u2: 5,
  u4: 10,
  u8: 20,
};

/** How many characters any element of a dtype needs as text; null when it cannot be text. */
export function textWidth(d: Descriptor): number | null {
  if (isString(d)) return lengthOf(d);
  if (d.kind === "b") return 5;
  if (d.kind === "f") return 32;
  return d.kind === "c" ? 64 : (integerWidths[`${d.kind}${d.itemsize}`] ?? null);
}

/** The characters that a moment or a span needs, which no string is promoted with; null for anything else. */
function dateWidth({ kind, unit }: Descriptor): number | null {
  if (unit === null) return null;
  return kind === "M" ? isoLength(unit.base) : 21;
}

/** A dtype of strings whose width was left open, for elements of `from`; for none, of width 1. */
function sized(wanted: Descriptor, from: Descriptor | null): Descriptor {
  const width = from === null ? 1 : (dateWidth(from) ?? textWidth(from));
  if (width === null) return wanted;
  return stringDescriptor(wanted.type as StringDType, Math.max(1, width));
}

/** The dtype of strings that holds all of some dtypes as text, of which one is of strings. */
function promoteStrings(types: readonly Descriptor[], caller: string): Descriptor {
  let width = 0;
  for (const type of types) {
    const own = textWidth(type);
    if (own === null) {
      const string = types.find(isString)!;
      throw new DTypeError(`${caller}: no dtype holds both ${type} and ${string}; cast one of them first`);
    }
    width = Math.max(width, own);
  }
  return stringDescriptor(types.some(({ kind }) => kind === "U") ? "str" : "bytes", width);
}

/** The level of a cast from or to strings; see cast-level.ts. */
export function stringLevel(from: Descriptor, to: Descriptor): number {
  // What is put together, and whatever else brings rules, knows itself how it becomes a string, or bytes.
  const other = isString(from) ? to : from;
  if (!isString(other) && other.composition !== null && other.composition !== composition) {
    return other.composition.castLevel(from, to);
  }
  if (!isString(to) || (from.kind === "U" && to.kind === "S")) return UNSAFE;
  const width = textWidth(from)!;
  const room = lengthOf(to);
  if (from.kind === to.kind && (width === room || room === 0)) return NO;
  return room >= width || room === 0 ? SAFE : SAME_KIND;
}
