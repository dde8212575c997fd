import { type ForeignType, readDescr } from "../dtype/descr.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { pythonString } from "../dtype/literal.ts";
import { codeOf, type DescrField, type DescrType } from "../dtype/text.ts";
import { ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import type { Literal } from "./literal.ts";

/**
 * The `descr` of a .npy header: from the literal to the dtype, and from a dtype to the text that NumPy writes.
 *
 * It is a code (`'<f4'`), or a list of fields `(name, descr)` or `(name, descr, shape)`; inside of a field it may also be a
 * pair `(descr, shape)`. What a code may be is stricter here than in `np.dtype`: only what NumPy writes, with its size, so
 * that a file never means another dtype than its writer did.
 */

/** What files hold and arrays here do not, by the letter of its code, and what to do about it. */
const foreign: Readonly<Record<string, string>> = {
  O: "Python objects, which are stored as a pickle; a pickle can run any code and is never read: save numbers instead",
  T: "text of any length, which only a pickle can hold",
  g: "long doubles, which differ from machine to machine; save them as float64",
};

/**
 * The dtype that a `descr` stands for, in native byte order, and how to bring the bytes into it.
 *
 * @throws ValueError for dtypes that are not known here; NdError for what is no `descr`.
 */
export function typeOf(descr: Literal): ForeignType {
  const isList = typeof descr === "object" && descr !== null && descr.kind === "list";
  if (typeof descr !== "string" && !isList)
    throw new ValueError("descr is neither the code of a dtype nor a list of fields");
  return readDescr(typeData(descr).data);
}

interface TypeData {
  readonly data: unknown;
  /** The shape of a subarray, else nothing. */
  readonly shape: readonly number[];
}

/** A dtype as `readDescr` takes it: lists for tuples, titles dropped, blocks of blocks as one block. */
function typeData(descr: Literal): TypeData {
  if (typeof descr === "string") return { data: checkCode(descr), shape: [] };
  if (isSequence(descr) && descr.kind === "list") return { data: fieldsData(descr.items), shape: [] };
  if (!isSequence(descr) || descr.items.length !== 2)
    throw new ValueError(`descr holds ${describe(descr)}, which is no dtype`);
  const inner = typeData(descr.items[0]!);
  return { data: inner.data, shape: [...readShape(descr.items[1]!), ...inner.shape] };
}

function fieldsData(items: readonly Literal[]): unknown[] {
  const names = new Set<string>();
  return items.map((item) => {
    if (!isSequence(item) || item.kind !== "tuple" || item.items.length < 2 || item.items.length > 3) {
      throw new ValueError(
        `descr holds ${describe(item)} where a tuple of a name, a dtype and perhaps a shape should be`,
      );
    }
    const [label, descr, outer] = item.items as readonly [Literal, Literal, Literal?];
    const name = nameOf(label);
    if (name !== "" && names.has(name)) throw new ValueError(`two fields are named ${pythonString(name)}`);
    names.add(name);
    const { data, shape } = typeData(descr);
    const all = outer === undefined ? shape : [...readShape(outer), ...shape];
    return all.length === 0 ? [name, data] : [name, data, all];
  });
}

/** A name stands alone, or in a tuple after its title, which has no use here. */
function nameOf(label: Literal): string {
  const name = isSequence(label) && label.items.length === 2 ? label.items[1] : label;
  if (typeof name === "string") return name;
  throw new ValueError(`descr holds ${describe(label)} where the name of a field should be`);
}

function checkCode(code: string): string {
  const shown = pythonString(code.slice(0, 40));
  const letters = code.replace(/^[<>=|]/, "");
  const why = /^(f12|f16|c24|c32)$/.test(letters) ? foreign.g : foreign[letters.charAt(0)];
  if (why !== undefined) throw new ValueError(`dtype ${shown} holds ${why}`);
  if (/^(b1|\?|[iu][1248]|f[248]|c8|c16|[SUV]\d{1,10}|[mM]8(\[\d{0,10}[a-zA-Z]{1,2}\])?)$/.test(letters)) {
    return code;
  }
  throw new ValueError(`dtype ${shown} is not known`);
}

/**
 * A shape as a header gives it: a tuple of lengths, or for a block one length alone.
 *
 * @throws ValueError when it is none.
 */
export function readShape(shape: Literal): number[] {
  const lengths = isSequence(shape) ? shape.items : [shape];
  return lengths.map((length) => {
    if (typeof length === "number" && length >= 0) return length;
    const why =
      typeof length === "bigint" ? "too large" : typeof length === "number" ? "negative" : "no integer";
    throw new ValueError(`shape holds ${describe(length)}, which is ${why}`);
  });
}

function isSequence(value: Literal): value is Extract<Literal, { items: unknown }> {
  return typeof value === "object" && value !== null && value.kind !== "dict";
}

function describe(value: Literal): string {
  if (typeof value === "string") return pythonString(value.slice(0, 40));
  if (typeof value === "object" && value !== null) return `a ${value.kind}`;
  return value === null ? "None" : String(value);
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

/** Whether it is a dtype with a shape, not a list of two fields: the second part of a pair is all numbers. */
function isPair(type: Exclude<DescrType, string>): type is readonly [DescrType, readonly number[]] {
  const [, shape] = type;
  return type.length === 2 && Array.isArray(shape) && shape.every((length) => typeof length === "number");
}

function fieldText(field: DescrField): string {
  const shape = field.length === 3 ? `, ${shapeText(field[2])}` : "";
  return `(${pythonString(field[0])}, ${typeText(field[1])}${shape})`;
}
