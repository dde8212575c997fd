import { DTypeError } from "../errors.ts";
import type { Descriptor } from "./descriptor.ts";
import { join } from "./lattice.ts";
import { type DTypeLike, type DTypeOf, toDescriptor } from "./parse.ts";
import type { Promote } from "./promotion-table.ts";
import { isString } from "./strings.ts";
import { packStruct, subarrayDescriptor } from "./struct.ts";
import { type PlainDType, plain } from "./table.ts";

/**
 * The smallest dtype that holds the values of both. Structs are promoted field by field and packed.
 *
 * @throws DTypeError when there is none: a struct and a number, structs whose fields have other names.
 * @example
 * np.promoteTypes("int32", "float32").name; // "float64"
 * np.promoteTypes("uint8", "int8").name; // "int16"
 */
export function promoteTypes<const A extends DTypeLike, const B extends DTypeLike>(
  a: A,
  b: B,
): Descriptor<Promote<DTypeOf<A>, DTypeOf<B>>> {
  return promoteAll([toDescriptor(a), toDescriptor(b)], "promoteTypes") as Descriptor<
    Promote<DTypeOf<A>, DTypeOf<B>>
  >;
}

/** The smallest dtype that holds the values of all, which must be at least one. */
export function promoteAll(types: readonly Descriptor[], caller: string): Descriptor {
  const first = types[0]!;
  if (types.length === 1) return first;
  // By what the dtype brings along, so that who has no strings does not load their rules.
  const string = types.find(isString);
  if (string !== undefined) return string.composition!.promoteAll!(types, caller);
  if (types.every((type) => type.composition === null))
    return plain[join(types.map((type) => type.type as PlainDType))];
  return types.reduce((a, b) => promoteTwo(a, b, caller));
}

function promoteTwo(a: Descriptor, b: Descriptor, caller: string): Descriptor {
  if (a.kind === "V" || b.kind === "V") return promoteVoid(a, b, caller);
  const composition = a.composition ?? b.composition;
  return composition?.promote?.(a, b, caller) ?? plain[join([a.type as PlainDType, b.type as PlainDType])];
}

function promoteVoid(a: Descriptor, b: Descriptor, caller: string): Descriptor {
  if (a.fields !== null && b.fields !== null && sameNames(a, b)) {
    const other = b.fields;
    const parts = a.fields.map(({ name, dtype }, k) => ({
      name,
      dtype: promoteAll([dtype, other[k]!.dtype], caller),
    }));
    return packStruct(parts, a.isalignedstruct || b.isalignedstruct);
  }
  if (a.subdtype !== null && b.subdtype !== null && String(a.shape) === String(b.shape)) {
    return subarrayDescriptor(promoteAll([a.base, b.base], caller), a.shape);
  }
  if (isRaw(a) && isRaw(b) && a.itemsize === b.itemsize) return a;
  throw noCommon(a, b, caller);
}

function sameNames(a: Descriptor, b: Descriptor): boolean {
  return (
    a.fields!.length === b.fields!.length && a.fields!.every((field, k) => field.name === b.fields![k]!.name)
  );
}

function isRaw(d: Descriptor): boolean {
  return d.kind === "V" && d.fields === null && d.subdtype === null;
}

function noCommon(a: Descriptor, b: Descriptor, caller: string): DTypeError {
  const structs = a.fields !== null && b.fields !== null;
  const why = structs ? "their fields must have the same names in the same order" : "cast one of them first";
  return new DTypeError(`${caller}: no dtype holds both ${a} and ${b}; ${why}`);
}
