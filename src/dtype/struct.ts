import { DTypeError, textOf, ValueError } from "../errors.ts";
import { MAX_NDIM, shapeText, sizeOf } from "../layout/layout.ts";
import { composedLevel } from "./cast-composed.ts";
import { type Access, type Composition, Descriptor, type Field } from "./descriptor.ts";
import { pythonString } from "./literal.ts";
import type { StructValue } from "./map.ts";
import { isString, stringDescriptor } from "./strings.ts";
import { rawAccess, structAccess } from "./struct-access.ts";
import { subarrayAccess } from "./subarray-access.ts";
import { descrOf, dtypeRepr, dtypeText, padded, specData } from "./text.ts";

/** The most bytes an element may have; NumPy counts them in a C int. */
export const MAX_ITEMSIZE = 2 ** 31 - 1;

interface VoidFacts {
  readonly itemsize: number;
  readonly alignment: number;
  readonly access: Access<StructValue>;
  readonly fields?: readonly Field[];
  readonly aligned?: boolean;
  readonly subdtype?: { readonly dtype: Descriptor; readonly shape: readonly number[] };
}

const composition: Composition = {
  text: dtypeText,
  repr: dtypeRepr,
  descr: descrOf,
  data: specData,
  castLevel: composedLevel,
};

function voidDescriptor(facts: VoidFacts): Descriptor<"void"> {
  const { itemsize } = facts;
  const name = itemsize === 0 ? "void" : `void${itemsize * 8}`;
  return new Descriptor({
    type: "void",
    name,
    kind: "V",
    char: "V",
    num: 20,
    lane: Uint8Array,
    laneLength: itemsize,
    composition,
    ...facts,
  });
}

function checkItemsize(itemsize: number): number {
  if (itemsize <= MAX_ITEMSIZE) return itemsize;
  throw new ValueError(`dtype: an element of ${itemsize} bytes is too large; the most is ${MAX_ITEMSIZE}`);
}

/** A dtype of `itemsize` raw bytes. */
export function rawDescriptor(itemsize: number): Descriptor<"void"> {
  return voidDescriptor({ itemsize: checkItemsize(itemsize), alignment: 1, access: rawAccess(itemsize) });
}

/** A block of `shape` elements as one; an empty shape gives `base` itself. */
export function subarrayDescriptor(base: Descriptor, shape: readonly number[]): Descriptor {
  if (shape.length === 0) return base;
  if (shape.length > MAX_NDIM || !shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new ValueError(
      `dtype: ${shapeText(shape)} is no shape of a subarray; give at most ${MAX_NDIM} lengths, integers not below 0`,
    );
  }
  const itemsize = checkItemsize(base.itemsize * sizeOf(shape));
  // A list of its own: what reads and writes elements must not follow what happens to the one given.
  const own = Object.freeze(shape.slice());
  const subdtype = Object.freeze({ dtype: base, shape: own });
  return voidDescriptor({
    itemsize,
    alignment: base.alignment,
    access: subarrayAccess(base, own),
    subdtype,
    aligned: base.isalignedstruct,
  });
}

/** Whether a dtype is raw bytes or strings whose number was left open: `"V"`, `"U"`. */
function isUnsized(d: Descriptor): boolean {
  return (d.kind === "V" || isString(d)) && d.itemsize === 0 && d.fields === null && d.subdtype === null;
}

/** What `[base, shape]` stands for: a number behind raw bytes or strings of no size says how many they are. */
export function repeatedDescriptor(base: Descriptor, shape: number | readonly number[]): Descriptor {
  if (!isUnsized(base)) return subarrayDescriptor(base, typeof shape === "number" ? [shape] : shape);
  if (isString(base) && typeof shape !== "number") return subarrayDescriptor(base, shape);
  if (typeof shape === "number" && Number.isInteger(shape) && shape >= 0) {
    return isString(base) ? stringDescriptor(base.type, shape) : rawDescriptor(shape);
  }
  throw new ValueError(`dtype: "V" needs a number of bytes, not ${textOf(shape)}; write "V8"`);
}

/** A field before its place is known. */
export type NamedType = Omit<Field, "offset">;

/** A struct of fields that lie one after the other, with C's padding when `aligned`. */
export function packStruct(parts: readonly NamedType[], aligned: boolean): Descriptor<"void"> {
  let end = 0;
  const fields = parts.map(({ name, dtype }) => {
    const offset = padded(end, aligned ? dtype.alignment : 1);
    end = offset + dtype.itemsize;
    return { name, dtype, offset };
  });
  return placeStruct(fields, aligned);
}

/** A struct of fields at given places, which may overlap and be in any order. */
export function placeStruct(
  fields: readonly Field[],
  aligned: boolean,
  itemsize?: number,
  alignment: number = aligned ? greatest(fields, (field) => field.dtype.alignment, 1) : 1,
): Descriptor<"void"> {
  checkNames(fields.map((field) => field.name));
  for (const field of fields) checkOffset(field, aligned ? field.dtype.alignment : 1);
  const needed = padded(
    greatest(fields, (field) => field.offset + field.dtype.itemsize, 0),
    alignment,
  );
  if (itemsize !== undefined) checkGivenItemsize(itemsize, needed, alignment);
  return voidDescriptor({
    itemsize: checkItemsize(itemsize ?? needed),
    alignment,
    access: structAccess(fields),
    fields: Object.freeze(fields.map((field) => Object.freeze({ ...field }))),
    aligned,
  });
}

/** The greatest of what `of` gives, or `least`: there may be more fields than a function takes arguments. */
function greatest(fields: readonly Field[], of: (field: Field) => number, least: number): number {
  return fields.reduce((most, field) => Math.max(most, of(field)), least);
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined)
    throw new ValueError(`dtype: two fields are named ${pythonString(twice)}; a name names one`);
}

function checkOffset({ name, offset }: Field, alignment: number): void {
  if (!Number.isInteger(offset)) {
    throw new DTypeError(`dtype: offset ${textOf(offset)} of field ${pythonString(name)} is not an integer`);
  }
  if (offset < 0) throw new ValueError(`dtype: offset ${offset} of field ${pythonString(name)} is negative`);
  if (offset % alignment !== 0) {
    throw new ValueError(
      `dtype: offset ${offset} of field ${pythonString(name)} is no multiple of its alignment ${alignment}; leave align out or move the field`,
    );
  }
}

function checkGivenItemsize(itemsize: number, needed: number, alignment: number): void {
  if (!Number.isInteger(itemsize))
    throw new DTypeError(`dtype: itemsize ${textOf(itemsize)} is not an integer`);
  if (itemsize < needed) {
    throw new ValueError(`dtype: an itemsize of ${itemsize} bytes is too small; the fields need ${needed}`);
  }
  if (itemsize % alignment !== 0) {
    throw new ValueError(
      `dtype: an itemsize of ${itemsize} bytes is no multiple of the alignment ${alignment}`,
    );
  }
}

/** The same element with fewer fields: those named, in that order, where they are. What a view of several fields has. */
export function selectFields(descriptor: Descriptor, names: readonly string[]): Descriptor<"void"> {
  if (!Array.isArray(names) || !Array.from(names).every((name) => typeof name === "string")) {
    throw new ValueError(`field: ${textOf(names)} is no name and no list of names`);
  }
  const fields = names.map((name) => descriptor.field(name));
  return placeStruct(fields, descriptor.isalignedstruct, descriptor.itemsize, 1);
}

/** The dtype inside all blocks, and the shape that they append to the shape of an array. */
export function unpackSubarray(descriptor: Descriptor): { dtype: Descriptor; shape: readonly number[] } {
  const { subdtype } = descriptor;
  if (subdtype === null) return { dtype: descriptor, shape: [] };
  const inner = unpackSubarray(subdtype.dtype);
  return { dtype: inner.dtype, shape: [...subdtype.shape, ...inner.shape] };
}
