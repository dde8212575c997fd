/**
 * Which keys order the elements of a dtype: the one table that sorting, searching and sets ask. The first key counts most;
 * where it is the same the next one decides.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { DTypeError } from "../errors.ts";
import type { Column, ColumnForm } from "./kernels/sort-columns.ts";
import type { ValueForm } from "./kernels/sort-values.ts";

/** How elements are ordered. */
export interface LineOrder {
  /** The keys of an element. */
  readonly columns: readonly Column[];
  readonly descending: boolean;
}

type ColumnsOf = (dtype: Descriptor, offset: number) => Column[];

function number(form: ColumnForm): ColumnsOf {
  return ({ itemsize }, offset) => [{ form, bytes: itemsize, offset }];
}

/** A key for each 8 bytes. */
function pieces(form: ColumnForm): ColumnsOf {
  return ({ itemsize }, offset) =>
    Array.from({ length: Math.ceil(itemsize / 8) }, (_, k) => ({
      form,
      bytes: Math.min(8, itemsize - 8 * k),
      offset: offset + 8 * k,
    }));
}

/** Numbers without NaN come first, those with a NaN only in the imaginary part next. */
function complexColumns({ itemsize }: Descriptor, offset: number): Column[] {
  const bytes = itemsize / 2;
  return [
    { form: "nans", bytes: itemsize, offset },
    { form: "float", bytes, offset },
    { form: "float", bytes, offset: offset + bytes },
  ];
}

/** By the letters of kinds. Text is ordered by bytes or code points; its missing end counts as zeros. */
const byKind: Readonly<Record<string, ColumnsOf>> = {
  b: number("unsigned"),
  u: number("unsigned"),
  i: number("signed"),
  f: number("float"),
  M: number("time"),
  m: number("time"),
  c: complexColumns,
  S: pieces("bytes"),
  U: pieces("points"),
  // Subarrays are compared as raw bytes, as in NumPy.
  V: (dtype, offset) =>
    dtype.fields === null ? pieces("bytes")(dtype, offset) : fieldColumns(dtype, offset),
};

function fieldColumns(dtype: Descriptor, offset: number): Column[] {
  return dtype.fields!.flatMap((field) => columnsAt(field.dtype, offset + field.offset));
}

function columnsAt(dtype: Descriptor, offset: number): Column[] {
  const columns = byKind[dtype.kind];
  if (columns === undefined) throw new DTypeError(`there is no order of elements of ${dtype}`);
  return columns(dtype, offset);
}

/** The keys of a dtype; those of some fields first, if they are named. */
export function columnsOf(dtype: Descriptor, order: readonly string[] = []): readonly Column[] {
  if (order.length === 0) return columnsAt(dtype, 0);
  const first = order.map((name) => dtype.field(name));
  const rest = dtype.fields!.filter((field) => !order.includes(field.name));
  return [...first, ...rest].flatMap((field) => columnsAt(field.dtype, field.offset));
}

const valueForms: Readonly<Record<string, ValueForm>> = {
  b: "unsigned",
  u: "unsigned",
  i: "signed",
  f: "float",
  M: "time",
  m: "time",
};

/** What elements are that are sorted as words, without a list of their numbers; null for others. */
export function valueFormOf({ kind }: Descriptor): ValueForm | null {
  return valueForms[kind] ?? null;
}
