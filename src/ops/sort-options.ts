/** What the functions that sort and select are told: an axis, a kind, the fields to go by. */

import { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { columnsOf, type LineOrder } from "../engine/sort-columns.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";

/** NumPy's kinds of sort. All are done by the same stable ones here. */
export type SortKind = "quicksort" | "mergesort" | "heapsort" | "stable";

/** How structures are ordered, and which way. */
export interface OrderOptions {
  /** The axis to go along, the last one if left out; null for all elements in C order. */
  readonly axis?: number | null | undefined;
  /** Of elements with fields: the field that counts most, or several; the others follow. */
  readonly order?: string | readonly string[] | null | undefined;
  /** Whether the largest come first; NaN come last either way. False if left out. */
  readonly descending?: boolean | null | undefined;
}

/** How to sort. */
export interface SortOptions extends OrderOptions {
  /** How to sort; makes no difference here, as every kind is stable. */
  readonly kind?: SortKind | null | undefined;
  /** Whether equal elements keep their order; they always do. */
  readonly stable?: boolean | null | undefined;
}

/** How to select. */
export interface PartitionOptions extends OrderOptions {
  /** NumPy's name of the way to do it. */
  readonly kind?: "introselect" | null | undefined;
}

/** The options, from an argument that may be an axis. The axis is the last one if none is named. */
export function sortOptions<O extends OrderOptions>(
  given: number | null | O | undefined,
  caller: string,
): O & { readonly axis: number | null } {
  if (given === undefined) return { axis: -1 } as O & { readonly axis: number };
  if (given === null || typeof given === "number") return { axis: given } as O & { axis: number | null };
  if (typeof given !== "object" || given instanceof NDArray || Array.isArray(given)) {
    throw new ValueError(`${caller}: wanted an axis or options, given ${textOf(given)}`);
  }
  if (given.axis !== undefined) return given as O & { readonly axis: number | null };
  // Spread, an object takes longer than ten elements to sort.
  const { kind, stable, order, descending } = given as SortOptions;
  return { axis: -1, kind, stable, order, descending } as unknown as O & { readonly axis: number };
}

/** Throws when a kind of sort is none; NumPy looks at its first letter. */
export function checkKind({ kind, stable }: SortOptions, caller: string): void {
  if (kind === null || kind === undefined) return;
  if (stable !== null && stable !== undefined) {
    throw new ValueError(`${caller}: kind and stable say the same; give one of them`);
  }
  if (kind === "stable" || kind === "quicksort") return;
  if (typeof kind === "string" && /^[qhms]/i.test(kind)) return;
  throw new ValueError(
    `${caller}: kind ${textOf(kind)} is none of "quicksort", "mergesort", "heapsort" and "stable"`,
  );
}

/** Throws when a kind of selection is none. */
export function checkSelectKind({ kind }: PartitionOptions, caller: string): void {
  if (kind === null || kind === undefined || kind === "introselect") return;
  throw new ValueError(`${caller}: kind ${textOf(kind)} is not "introselect", the only one there is`);
}

/** How elements of a dtype are ordered. */
export function orderOf(dtype: Descriptor, { order, descending }: OrderOptions, caller: string): LineOrder {
  return { columns: columnsOf(dtype, fieldsOf(dtype, order, caller)), descending: descending === true };
}

function fieldsOf(dtype: Descriptor, order: OrderOptions["order"], caller: string): readonly string[] {
  if (order === null || order === undefined) return [];
  if (dtype.fields === null) {
    throw new ValueError(`${caller}: order names fields, and elements of ${dtype} have none; leave it out`);
  }
  const names = typeof order === "string" ? [order] : order;
  if (!Array.isArray(names) || names.some((name) => typeof name !== "string")) {
    throw new DTypeError(
      `${caller}: order must be the name of a field or a list of names, not ${textOf(order)}`,
    );
  }
  names.forEach((name, k) => {
    if (!dtype.names!.includes(name)) {
      throw new ValueError(
        `${caller}: order names an unknown field ${textOf(name)}; the fields are ${JSON.stringify(dtype.names)}`,
      );
    }
    if (names.indexOf(name) < k)
      throw new ValueError(`${caller}: order names the field ${textOf(name)} twice; name it once`);
  });
  return names;
}
