import type { Descriptor } from "../../dtype/descriptor.ts";
import { unpackSubarray } from "../../dtype/struct.ts";
import { type Layout, sizeOf } from "../../layout/layout.ts";
import type { Storage } from "../storage.ts";

/** The elements that are written alike, by where they are: an array's, or those of one field. */
export interface Column {
  readonly dtype: Descriptor;
  readonly storage: Storage;
  /** The byte at which each element lies. */
  readonly at: readonly number[];
  /** Whether this is the one element of a 0-d array. */
  readonly single: boolean;
}

/** The element values of a column. */
export function valuesOf<T>(column: Column): T[] {
  const { access } = column.dtype;
  const { at } = column;
  // Asked for each column: formatters may have been called since the last.
  const { view } = column.storage;
  const values = new Array<unknown>(at.length);
  for (let k = 0; k < at.length; k++) values[k] = access.read(view, at[k]!);
  return values as T[];
}

/** A field of a column of structs: its elements, as many for each struct as `shape` has. */
export interface FieldColumn {
  readonly column: Column;
  readonly shape: readonly number[];
}

/** The elements of the field that lies `offset` bytes into each struct; a subarray's one by one. */
export function fieldColumn(structs: Column, descriptor: Descriptor, offset: number): FieldColumn {
  const { dtype, shape } = unpackSubarray(descriptor);
  const count = sizeOf(shape);
  const at = new Array<number>(structs.at.length * count);
  for (let k = 0; k < at.length; k++) {
    at[k] = structs.at[Math.floor(k / count)]! + offset + (k % count) * dtype.itemsize;
  }
  const single = structs.single && shape.length === 0;
  return { column: { dtype, storage: structs.storage, at, single }, shape };
}

/** How many elements at either end are shown of an axis of `length`; null when all are. */
export type Edges = (length: number) => number | null;

/** What is shown of axes of more than twice `edgeitems`, when an array is summarised. */
export function edgesOf(summarise: boolean, edgeitems: number): Edges {
  return (length) => (summarise && length > 2 * edgeitems ? edgeitems : null);
}

/** The indices along an axis that are shown, in order. The last one always is. */
export function shownIndices(length: number, edges: Edges): number[] {
  const edge = edges(length);
  if (edge === null) return Array.from({ length }, (_, i) => i);
  const tail = Math.max(edge, 1);
  return Array.from({ length: edge + tail }, (_, i) => (i < edge ? i : length - edge - tail + i));
}

/** The byte of each element that is shown, in C order. */
export function shownElements(layout: Layout, edges: Edges): number[] {
  let at = [layout.offset];
  layout.shape.forEach((length, axis) => {
    const steps = shownIndices(length, edges).map((i) => i * layout.strides[axis]!);
    at = at.flatMap((start) => steps.map((step) => start + step));
  });
  return at;
}
