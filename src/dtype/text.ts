import { ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { pythonList, pythonString } from "./literal.ts";

/**
 * A dtype in words.
 *
 * NumPy has four of them. `str` is the code of one element (`<f4`). `descr` is the list that a .npy header
 * holds, where padding is a field without a name. `str(dtype)` and `repr(dtype)` share one way to write a
 * struct: a list when the fields lie one after the other, else a dict with offsets and the itemsize. They
 * differ in how they say that a struct is aligned: one by the dict's last entry, the other by an argument.
 */

/** What is asked of a dtype to write it down; a Descriptor is one. */
export interface Described {
  readonly name: string;
  readonly kind: string;
  readonly itemsize: number;
  readonly alignment: number;
  readonly isalignedstruct: boolean;
  readonly fields: readonly DescribedField[] | null;
  readonly subdtype: { readonly dtype: Described; readonly shape: readonly number[] } | null;
}

interface DescribedField {
  readonly name: string;
  readonly dtype: Described;
  readonly offset: number;
}

/** A dtype in `descr`: a code, a list of fields, or a pair of one of these and a shape. */
export type DescrType =
  | string
  | readonly DescrField[]
  | readonly [dtype: DescrType, shape: readonly number[]];
/** One field in `descr`; without a name it is padding. */
export type DescrField =
  | readonly [name: string, dtype: DescrType]
  | readonly [name: string, dtype: DescrType, shape: readonly number[]];

/** `"="` when the bytes of an element have an order, `"|"` when they have none. */
export function byteOrder(d: Described): "=" | "|" {
  return d.kind === "V" || d.kind === "S" || d.itemsize === 1 ? "|" : "=";
}

/** NumPy's code: `<f4`, `|b1`, `|V12`. */
export function codeOf(d: Described): string {
  if (d.kind === "M" || d.kind === "m") return `<${d.kind}8${d.name.slice(d.name.indexOf("4") + 1)}`;
  // The size of text is counted in code points.
  return `${byteOrder(d) === "=" ? "<" : "|"}${d.kind}${d.kind === "U" ? d.itemsize / 4 : d.itemsize}`;
}

/** NumPy's `descr`: fields in order with the padding between them. */
export function descrOf(d: Described): readonly DescrField[] {
  if (d.fields === null) return [["", codeOf(d)]];
  const out: DescrField[] = [];
  let end = 0;
  for (const { name, dtype, offset } of d.fields) {
    if (offset < end) {
      throw new ValueError(
        `descr: field ${pythonString(name)} starts at byte ${offset}, before byte ${end} where the one before it ends; a list of fields cannot say that`,
      );
    }
    if (offset > end) out.push(padding(offset - end));
    const sub = dtype.subdtype;
    out.push(sub === null ? [name, descrType(dtype)] : [name, descrType(sub.dtype), sub.shape]);
    end = offset + dtype.itemsize;
  }
  if (d.itemsize > end) out.push(padding(d.itemsize - end));
  return out;
}

function padding(bytes: number): DescrField {
  return ["", `|V${bytes}`];
}

function descrType(d: Described): DescrType {
  if (d.fields !== null) return descrOf(d);
  return d.subdtype === null ? codeOf(d) : [descrType(d.subdtype.dtype), d.subdtype.shape];
}

/** Whether elements may have any size: raw bytes and strings. */
function isSized({ kind }: Described): boolean {
  return kind === "V" || kind === "S" || kind === "U";
}

/** What `str(dtype)` prints: `float64`, `[('x', '<f4')]`. */
export function dtypeText(d: Described): string {
  if (d.fields !== null) return structText(d, d.fields, true);
  if (d.subdtype !== null) return formatText(d);
  return isSized(d) ? codeOf(d) : d.name;
}

/** What `repr(dtype)` prints: `dtype('float64')`. */
export function dtypeRepr(d: Described): string {
  const plain = isSized(d) ? formatText(d) : `'${d.name}'`;
  return `dtype(${plain}${d.isalignedstruct ? ", align=True" : ""})`;
}

/** A dtype inside another one: `'<f4'`, `'?'`, `('<f4', (2,))`, `[('x', 'u1')]`. */
function formatText(d: Described): string {
  if (d.fields !== null) return structText(d, d.fields, false);
  if (d.subdtype !== null) return `(${formatText(d.subdtype.dtype)}, ${shapeText(d.subdtype.shape)})`;
  if (d.kind === "b") return "'?'";
  const code = codeOf(d).replace("|", "");
  return `'${isSized(d) && d.itemsize === 0 ? code.replace("0", "") : code}'`;
}

function structText(d: Described, fields: readonly DescribedField[], sayAligned: boolean): string {
  const dict = (sayAligned && d.isalignedstruct) || !isPacked(d, fields);
  return dict ? dictText(d, fields, sayAligned) : pythonList(fields.map(fieldText));
}

function fieldText({ name, dtype }: DescribedField): string {
  const sub = dtype.subdtype;
  const type = sub === null ? formatText(dtype) : `${formatText(sub.dtype)}, ${shapeText(sub.shape)}`;
  return `(${pythonString(name)}, ${type})`;
}

function dictText(d: Described, fields: readonly DescribedField[], sayAligned: boolean): string {
  const entries = [
    `'names': ${pythonList(fields.map((field) => pythonString(field.name)))}`,
    `'formats': ${pythonList(fields.map((field) => formatText(field.dtype)))}`,
    `'offsets': ${pythonList(fields.map((field) => String(field.offset)))}`,
    `'itemsize': ${d.itemsize}`,
  ];
  if (sayAligned && d.isalignedstruct) entries.push("'aligned': True");
  return `{${entries.join(", ")}}`;
}

/** Whether a list of the fields alone says where they are; an aligned struct counts C's padding in. */
function isPacked(d: Described, fields: readonly DescribedField[]): boolean {
  let end = 0;
  let widest = 1;
  for (const { dtype, offset } of fields) {
    const alignment = d.isalignedstruct ? dtype.alignment : 1;
    if (offset !== padded(end, alignment)) return false;
    end = offset + dtype.itemsize;
    widest = Math.max(widest, alignment);
  }
  return d.itemsize === padded(end, widest);
}

/** The first multiple of `alignment` that is not below `bytes`. */
export function padded(bytes: number, alignment: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** A dtype as plain data that JSON can hold and that `np.dtype` reads back. */
export type SpecData =
  | string
  | readonly [dtype: SpecData, shape: readonly number[]]
  | readonly (readonly [name: string, dtype: SpecData])[]
  | { names: string[]; formats: SpecData[]; offsets: number[]; itemsize: number; aligned: boolean };

export function specData(d: Described): SpecData {
  if (d.subdtype !== null) return [specData(d.subdtype.dtype), d.subdtype.shape];
  if (d.fields === null) return d.kind === "V" ? `V${d.itemsize}` : isSized(d) ? codeOf(d) : d.name;
  const names = d.fields.map((field) => field.name);
  const formats = d.fields.map((field) => specData(field.dtype));
  // A list would give a field without a name one of its own.
  if (!d.isalignedstruct && isPacked(d, d.fields) && !names.includes("")) {
    return names.map((name, k) => [name, formats[k]!]);
  }
  const offsets = d.fields.map((field) => field.offset);
  return { names, formats, offsets, itemsize: d.itemsize, aligned: d.isalignedstruct };
}
