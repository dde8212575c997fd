/** Names and dtypes of fields, also of those within fields. */

import type { Descriptor, Field } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { packStruct, placeStruct } from "../dtype/struct.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";

/** The name of a field, or its name and the names within it. */
export type NestedName = string | readonly [name: string, within: readonly NestedName[]];

/** @internal The fields of a dtype; throws where it has none. */
export function fieldsOf(dtype: Descriptor, caller: string): readonly Field[] {
  if (dtype.fields !== null) return dtype.fields;
  throw new DTypeError(`${caller}: dtype ${dtype.toString()} has no fields`);
}

/**
 * The names of the fields, those within fields in a list behind the name.
 *
 * @throws DTypeError when there are no fields
 * @example
 * np.recfunctions.getNames([["a", "i4"], ["b", [["x", "f4"]]]]); // ["a", ["b", ["x"]]]
 */
export function getNames(dtype: DTypeLike): NestedName[] {
  return fieldsOf(descriptorFor(dtype), "getNames").map(
    ({ name, dtype: inner }): NestedName => (inner.fields === null ? name : [name, getNames(inner)]),
  );
}

/**
 * The names of the fields and of those within them, in one list.
 *
 * @throws DTypeError when there are no fields
 * @example
 * np.recfunctions.getNamesFlat([["a", "i4"], ["b", [["x", "f4"]]]]); // ["a", "b", "x"]
 */
export function getNamesFlat(dtype: DTypeLike): string[] {
  return fieldsOf(descriptorFor(dtype), "getNamesFlat").flatMap(({ name, dtype: inner }) =>
    inner.fields === null ? [name] : [name, ...getNamesFlat(inner)],
  );
}

/**
 * The fields that have no fields themselves, each with its dtype.
 *
 * @example
 * np.recfunctions.flattenDescr([["a", "i4"], ["b", [["x", "f4"]]]]).map(([name]) => name); // ["a", "x"]
 */
export function flattenDescr(dtype: DTypeLike): [name: string, dtype: Descriptor][] {
  const type = descriptorFor(dtype);
  if (type.fields === null) return [["", type]];
  return type.fields.flatMap(({ name, dtype: inner }): [string, Descriptor][] =>
    inner.fields === null ? [[name, inner]] : flattenDescr(inner),
  );
}

/**
 * For each field the names of those that it lies in, from the outermost on.
 *
 * @throws DTypeError when there are no fields
 * @example
 * np.recfunctions.getFieldstructure([["a", "i4"], ["b", [["x", "f4"]]]]); // { a: [], b: [], x: ["b"] }
 */
export function getFieldstructure(dtype: DTypeLike): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const walk = (type: Descriptor, within: string[]): void => {
    for (const { name, dtype: inner } of fieldsOf(type, "getFieldstructure")) {
      found[name] = within.slice();
      if (inner.fields !== null) walk(inner, [...within, name]);
    }
  };
  walk(descriptorFor(dtype), []);
  return found;
}

/** @internal The dtype without some fields, wherever they are; null when none is left. */
export function withoutFields(dtype: Descriptor, drop: ReadonlySet<string>): Descriptor | null {
  const parts = fieldsOf(dtype, "dropFields").flatMap(({ name, dtype: inner }) => {
    if (drop.has(name)) return [];
    const kept = inner.fields === null ? inner : withoutFields(inner, drop);
    return kept === null ? [] : [{ name, dtype: kept }];
  });
  return parts.length === 0 ? null : packStruct(parts, false);
}

/** @internal The same dtype with other names. */
export function withNames(dtype: Descriptor, names: Readonly<Record<string, string>>): Descriptor {
  if (typeof names !== "object" || names === null) {
    throw new ValueError(`renameFields: ${textOf(names)} is no object of names`);
  }
  const fields = fieldsOf(dtype, "renameFields").map(({ name, dtype: inner, offset }) => ({
    name: Object.hasOwn(names, name) ? names[name]! : name,
    dtype: inner.fields === null ? inner : withNames(inner, names),
    offset,
  }));
  return placeStruct(fields, dtype.isalignedstruct, dtype.itemsize, dtype.alignment);
}

/** @internal The same fields one behind the other, with C's padding when `align`. */
export function packed(dtype: Descriptor, align: boolean, recurse: boolean): Descriptor {
  if (dtype.fields === null) return dtype;
  const parts = dtype.fields.map(({ name, dtype: inner }) => ({
    name,
    dtype: recurse ? packed(inner, align, true) : inner,
  }));
  return packStruct(parts, align);
}

/** @internal Fields one behind the other; those without a name are called f0, f1, … by their places. */
export function structOf(parts: readonly (readonly [name: string, dtype: Descriptor])[]): Descriptor {
  return packStruct(
    parts.map(([name, dtype], k) => ({ name: name === "" ? `f${k}` : name, dtype })),
    false,
  );
}

/** @internal Names, from one or a list of them. */
export function namesFrom(given: string | Iterable<string>, caller: string): string[] {
  if (typeof given === "string") return [given];
  if (typeof given?.[Symbol.iterator] === "function") {
    const names: unknown[] = [...given];
    if (names.every((name) => typeof name === "string")) return names;
  }
  throw new ValueError(`${caller}: ${textOf(given)} is no name and no list of names`);
}
