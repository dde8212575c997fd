import type { Descriptor, Field } from "../dtype/descriptor.ts";
import { pythonString } from "../dtype/literal.ts";
import { toDescriptor } from "../dtype/parse.ts";
import { placeStruct, rawDescriptor, subarrayDescriptor } from "../dtype/struct.ts";
import { codeOf, type DescrField, type DescrType } from "../dtype/text.ts";
import { ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import type { Literal } from "./literal.ts";
import type { Swap } from "./swap.ts";

/**
 * The `descr` of a .npy header and the dtype it stands for.
 *
 * A code (`'<f4'`), a list of fields `(name, descr)` or `(name, descr, shape)`, or inside of a field a pair
 * `(descr, shape)`. A name may be `(title, name)`; the title is dropped. A field without a name, of raw bytes, is padding.
 * Memory here is always little-endian, so a big-endian code becomes the native dtype and a note of what to swap.
 */
export interface FileType {
  readonly dtype: Descriptor;
  /** The numbers of an element that lie the other way round in the file. */
  readonly swaps: readonly Swap[];
}

/** What NumPy writes and we do not read yet, or never will, by the letter of its code. */
const foreign: Readonly<Record<string, string>> = {
  O: "Python objects, which are stored as a pickle; a pickle can run any code, so it is never read: save numbers instead",
  S: "byte strings; convert them before saving, as with a.view('u1')",
  a: "byte strings; convert them before saving, as with a.view('u1')",
  U: "text; convert it before saving, as with a.view('u4')",
  T: "text of any length; save it as another format",
  M: "dates; convert them before saving, as with a.view('i8')",
  m: "time spans; convert them before saving, as with a.view('i8')",
  g: "long doubles; convert them before saving, as with a.astype('f8')",
  G: "complex long doubles; convert them before saving, as with a.astype('c16')",
};

/**
 * The dtype that a `descr` stands for.
 *
 * @throws ValueError when it is not understood, or when it is a dtype that is not known here.
 */
export function readDescr(descr: Literal): FileType {
  if (typeof descr === "string") return readCode(descr);
  if (isSequence(descr) && descr.kind === "list") return readFields(descr.items);
  throw new ValueError(`descr ${describe(descr)} is neither a dtype code nor a list of fields`);
}

function isSequence(value: Literal): value is Extract<Literal, { items: unknown }> {
  return typeof value === "object" && value !== null && value.kind !== "dict";
}

function describe(value: Literal): string {
  if (typeof value === "string") return pythonString(value.slice(0, 40));
  return typeof value === "object" && value !== null ? `(a ${value.kind})` : String(value);
}

function readCode(code: string): FileType {
  const [, order = "", letter = "", rest = ""] = /^([<>=|]?)([A-Za-z?])(.*)$/s.exec(code) ?? [];
  const why = /^f(?:12|16)$|^c(?:24|32)$/.test(letter + rest) ? foreign["g"] : foreign[letter];
  if (why !== undefined) throw new ValueError(`dtype ${pythonString(code.slice(0, 40))} holds ${why}`);
  // Only codes as NumPy writes them: names, counts and lists of codes are no `descr`.
  if (!/^([?]|[biufcV]\d{0,10})$/.test(letter + rest)) throw unknownCode(code);
  const dtype = native(order === ">" ? letter + rest : code, code);
  return { dtype, swaps: order === ">" ? swapsOf(dtype) : [] };
}

function native(code: string, original: string): Descriptor {
  try {
    return toDescriptor(code);
  } catch {
    throw unknownCode(original);
  }
}

function unknownCode(code: string): ValueError {
  return new ValueError(`dtype ${pythonString(code.slice(0, 40))} is not known`);
}

/** A number of one part, or of two equal parts when it is complex; a byte has no order. */
function swapsOf(dtype: Descriptor): Swap[] {
  const count = dtype.kind === "c" ? 2 : 1;
  const width = dtype.kind === "V" ? 1 : dtype.itemsize / count;
  return width > 1 ? [{ offset: 0, width, count }] : [];
}

function readFields(items: readonly Literal[]): FileType {
  const fields: Field[] = [];
  const swaps: Swap[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (const item of items) {
    const { name, type } = readField(item);
    if (name !== null) {
      if (names.has(name)) throw new ValueError(`two fields are named ${pythonString(name)}`);
      names.add(name);
      fields.push({ name, dtype: type.dtype, offset });
      for (const swap of type.swaps) swaps.push({ ...swap, offset: swap.offset + offset });
      if (swaps.length > MAX_SWAPS) throw tooManySwaps();
    }
    offset += type.dtype.itemsize;
  }
  return { dtype: placeStruct(fields, false, offset), swaps };
}

/** One field; its name is null when it is padding. */
function readField(item: Literal): { name: string | null; type: FileType } {
  if (!isSequence(item) || item.kind !== "tuple" || item.items.length < 2 || item.items.length > 3) {
    throw new ValueError(
      `field ${describe(item)} of descr is not a tuple of a name, a dtype and perhaps a shape`,
    );
  }
  const [label, descr, shape] = item.items as readonly [Literal, Literal, Literal?];
  const name = readName(label);
  const element = readInner(descr);
  const type = shape === undefined ? element : repeat(element, readShape(shape));
  const isPadding = name === "" && type.dtype.kind === "V" && type.dtype.fields === null;
  return { name: isPadding ? null : name, type };
}

function readName(label: Literal): string {
  if (typeof label === "string") return label;
  // (title, name)
  const name = isSequence(label) && label.items.length === 2 ? label.items[1] : undefined;
  if (typeof name === "string") return name;
  throw new ValueError(`${describe(label)} is no name of a field`);
}

/** The dtype of a field, which may be a subarray: `(descr, shape)`. */
function readInner(descr: Literal): FileType {
  if (!isSequence(descr) || descr.kind !== "tuple") return readDescr(descr);
  if (descr.items.length !== 2) throw new ValueError(`descr ${describe(descr)} is not a dtype and a shape`);
  return repeat(readInner(descr.items[0]!), readShape(descr.items[1]!));
}

/**
 * A shape as a header gives it.
 *
 * @throws ValueError when it is no tuple of lengths.
 */
export function readShape(shape: Literal): number[] {
  const lengths = isSequence(shape) ? shape.items : [shape];
  const wrong = lengths.find((length) => !(typeof length === "number" && length >= 0));
  if (wrong === undefined) return lengths as number[];
  const why = typeof wrong === "number" ? "negative" : typeof wrong === "bigint" ? "too large" : "no length";
  throw new ValueError(
    `shape ${isSequence(shape) ? `holds ${describe(wrong)}, which is ${why}` : `${describe(wrong)} is ${why}`}`,
  );
}

function repeat(type: FileType, shape: readonly number[]): FileType {
  const dtype = subarrayDescriptor(type.dtype, shape);
  const { itemsize } = type.dtype;
  const times = itemsize === 0 ? 0 : dtype.itemsize / itemsize;
  const [only] = type.swaps;
  // A block of numbers without a gap is one run; a block of structs repeats theirs.
  if (type.swaps.length === 1 && only !== undefined && only.width * only.count === itemsize) {
    return { dtype, swaps: times === 0 ? [] : [{ ...only, count: only.count * times }] };
  }
  if (type.swaps.length * times > MAX_SWAPS) throw tooManySwaps();
  const swaps: Swap[] = [];
  for (let k = 0; k < times; k++) {
    for (const swap of type.swaps) swaps.push({ ...swap, offset: swap.offset + k * itemsize });
  }
  return { dtype, swaps };
}

/** Far beyond any dtype that a person made; a few bytes of header could ask for billions. */
const MAX_SWAPS = 100_000;

function tooManySwaps(): ValueError {
  return new ValueError(`descr has more than ${MAX_SWAPS} big-endian numbers in one element`);
}

/**
 * The `descr` of a dtype as Python text, such as `'<f4'` or `[('x', '<f4'), ('', '|V4')]`.
 *
 * @throws ValueError when fields overlap or are out of order, which a header cannot say.
 */
export function descrText(dtype: Descriptor): string {
  return dtype.fields === null ? pythonString(codeOf(dtype)) : typeText(dtype.descr as DescrType);
}

function typeText(type: DescrType): string {
  if (typeof type === "string") return pythonString(type);
  if (isPair(type)) return `(${typeText(type[0])}, ${shapeText(type[1])})`;
  return `[${type.map(fieldText).join(", ")}]`;
}

/** Whether it is a dtype with a shape: the second part of a field is its dtype, that of a pair a shape. */
function isPair(type: Exclude<DescrType, string>): type is readonly [DescrType, readonly number[]] {
  return Array.isArray(type[1]) && type[1].every((length) => typeof length === "number") && type.length === 2;
}

function fieldText(field: DescrField): string {
  const shape = field.length === 3 ? `, ${shapeText(field[2])}` : "";
  return `(${pythonString(field[0])}, ${typeText(field[1])}${shape})`;
}
