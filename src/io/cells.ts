import type { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { iinfo } from "../dtype/limits.ts";
import { isNdError, ValueError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import { complexOf, floatOf, integerOf } from "./number-text.ts";

/** Elements from text, one field of a line at a time, written where they belong. */

/** Writes the element that a part of a text stands for at byte `at`. Gives false when it stands for none. */
export type CellReader = (text: string, from: number, to: number, view: DataView, at: number) => boolean;

/** One column: what reads it, where it lies in a row, and what it becomes. */
export interface Column {
  readonly read: CellReader;
  readonly offset: number;
  readonly dtype: Descriptor;
}

/** What reads elements of a dtype from text. */
export function cellReader(dtype: Descriptor): CellReader {
  const { kind } = dtype;
  if (kind === "f") return floatReader(dtype as Descriptor<"float64">);
  if (kind === "c") return complexReader(dtype as Descriptor<"complex128">);
  if (kind === "i" || kind === "u") return integerReader(dtype as Descriptor<"int32">);
  if (kind === "b") return boolReader(dtype as Descriptor<"bool">);
  return kind === "V" ? () => false : wordReader(dtype);
}

function floatReader({ access }: Descriptor<"float64">): CellReader {
  return (text, from, to, view, at) => {
    const value = floatOf(text, from, to);
    if (value === null) return false;
    access.write(view, at, value);
    return true;
  };
}

function complexReader({ access }: Descriptor<"complex128">): CellReader {
  return (text, from, to, view, at) => {
    const value: Complex | null = complexOf(text, from, to);
    if (value === null) return false;
    access.write(view, at, value);
    return true;
  };
}

function integerReader(dtype: Descriptor<"int32">): CellReader {
  const { min, max } = iinfo(dtype);
  const { access } = dtype;
  if (dtype.itemsize < 8) {
    return (text, from, to, view, at) => {
      const value = integerOf(text, from, to);
      if (!(value >= min && value <= max)) return false;
      access.write(view, at, Number(value));
      return true;
    };
  }
  const lowest = dtype.kind === "i" ? Number.NEGATIVE_INFINITY : 0;
  return (text, from, to, view, at) => {
    const value = integerOf(text, from, to);
    if (typeof value === "number" ? !(value >= lowest) : !(value >= min && value <= max)) return false;
    if (typeof value === "bigint") view.setBigInt64(at, value, true);
    else setInteger(view, at, value);
    return true;
  };
}

/** A whole number as 64 bits, without making a bigint of it. */
function setInteger(view: DataView, at: number, value: number): void {
  const high = Math.floor(value / 2 ** 32);
  view.setUint32(at, value - high * 2 ** 32, true);
  view.setInt32(at + 4, high, true);
}

/** Bools are numbers: what is not 0 is true. */
function boolReader({ access }: Descriptor<"bool">): CellReader {
  return (text, from, to, view, at) => {
    const value = integerOf(text, from, to);
    if (Number.isNaN(value)) return false;
    access.write(view, at, Number(value) !== 0);
    return true;
  };
}

/** Text and what is written in words. What is longer than an element of text is cut, as in an assignment. */
function wordReader(dtype: Descriptor): CellReader {
  const { access, itemsize } = dtype;
  const most = (dtype.kind as string) === "U" ? itemsize / 4 : itemsize;
  const cut = "SU".includes(dtype.kind);
  return (text, from, to, view, at) => {
    const whole = text.slice(from, to);
    const word = cut && whole.length > most ? [...whole].slice(0, most).join("") : whole;
    try {
      access.write(view, at, access.coerce(word));
      return true;
    } catch (error) {
      if (isNdError(error)) return false;
      throw error;
    }
  };
}

/** No line of text has more. */
const MOST_COLUMNS = 1_000_000;

function shifted(columns: readonly Column[], by: number): Column[] {
  return columns.map((column) => ({ ...column, offset: column.offset + by }));
}

/** The columns of a dtype: one, or one for each number of each field, in order. */
export function columnsOf(dtype: Descriptor, offset = 0): Column[] {
  if (dtype.fields !== null) {
    return dtype.fields.flatMap((field) => columnsOf(field.dtype, offset + field.offset));
  }
  if (dtype.subdtype === null) return [{ read: cellReader(dtype), offset, dtype }];
  const { base } = dtype;
  const count = sizeOf(dtype.shape);
  const inner = columnsOf(base);
  if (count * inner.length > MOST_COLUMNS) {
    throw new ValueError(`dtype ${dtype} stands for more than ${MOST_COLUMNS} columns`);
  }
  return Array.from({ length: count }, (_, k) => shifted(inner, offset + k * base.itemsize)).flat();
}
