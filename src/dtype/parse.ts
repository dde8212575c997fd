import { DTypeError, textOf, ValueError } from "../errors.ts";
import { splitText, type TextItem } from "./comma.ts";
import { dateByCode } from "./dates.ts";
import { Descriptor } from "./descriptor.ts";
import { codes, foreign, names } from "./names.ts";
import type { DTypeLike, DTypeOf, FieldSpec, StructSpec, SubarraySpec } from "./spec.ts";
import { stringByCode } from "./strings.ts";
import { type NamedType, packStruct, placeStruct, rawDescriptor, repeatedDescriptor } from "./struct.ts";
import { plain } from "./table.ts";

export type { DTypeLike, DTypeName, DTypeOf, FieldSpec, StructSpec, SubarraySpec } from "./spec.ts";

/** How `dtype` lays out a struct. */
export interface DTypeOptions {
  /** Whether fields stand where C would put them, in nested structs too. */
  readonly align?: boolean | undefined;
}

/**
 * The dtype that `spec` stands for: a name or code (`"float32"`, `"<f4"`, `"V8"`), fields in a text
 * (`"i4,(2,3)u1"`), fields in a list (`[["x", "f4"], ["y", "u1", [2]]]`), fields at given places
 * (`{ names, formats, offsets, itemsize, aligned }`), a subarray (`["f4", [2, 3]]`), or a dtype itself.
 *
 * @throws DTypeError when the spec is not understood or names a foreign byte order; ValueError when the fields do not
 * fit together: a name given twice, a negative offset, an itemsize that is too small.
 * @example
 * np.dtype("<f4").name; // "float32"
 * np.dtype([["x", "f4"], ["y", "u1", [2]]]).itemsize; // 6
 * np.dtype("u1,f8", { align: true }).itemsize; // 16
 */
export function dtype<const S extends DTypeLike>(spec: S, options?: DTypeOptions): Descriptor<DTypeOf<S>>;
export function dtype<S extends string>(
  spec: string extends S ? S : never,
  options?: DTypeOptions,
): Descriptor;
export function dtype(spec: DTypeLike | string, options: DTypeOptions = {}): Descriptor {
  return toDescriptor(spec, options?.align === true);
}

/** `dtype` without the types. */
export function toDescriptor(spec: unknown, align = false): Descriptor {
  return named(spec) ?? composed(spec, align);
}

/** A dtype itself, or the plain one of that name; null for anything else. */
function named(spec: unknown): Descriptor | null {
  if (spec instanceof Descriptor) return spec;
  return typeof spec === "string" ? (plainByName().get(spec) ?? null) : null;
}

/** What stands for a dtype and is no name of a plain one. */
function composed(spec: unknown, align: boolean): Descriptor {
  if (typeof spec === "string") return sizedByCode(spec) ?? fromText(spec, align);
  if (typeof spec === "object" && spec !== null) return fromParts(spec, align);
  throw notUnderstood(String(spec), `give a name such as "float64", a list of fields, or a dtype`);
}

let reader: (spec: unknown) => Descriptor = refuse;

function refuse(spec: unknown): never {
  throw notUnderstood(
    textOf(spec),
    `it names no plain dtype; make others with dtype(…), or import "ndview", whose functions read all`,
  );
}

/**
 * @internal Has functions that take a dtype read all that `dtype` does. Until the edge asks for it they know names and
 * dtypes, so that who takes one function from `ndview/functions` does not load what reads structures.
 */
export function readAllSpecs(): void {
  reader = toDescriptor;
}

/** The dtype that an argument of a function stands for. */
export function descriptorFor(spec: unknown): Descriptor {
  return named(spec) ?? reader(spec);
}

/** How deep the dtype that is put together now is, and how deep one may be. */
let depth = 0;
const DEEPEST = 64;

function fromParts(spec: object, align: boolean): Descriptor {
  if (depth === DEEPEST) {
    throw new DTypeError(`dtype: fields are nested deeper than ${DEEPEST}; does a list contain itself?`);
  }
  depth++;
  try {
    if (!Array.isArray(spec)) return fromPlaces(spec as Partial<StructSpec>, align);
    return isSubarray(spec) ? fromSubarray(spec, align) : fromList(spec, align);
  } finally {
    depth--;
  }
}

function notUnderstood(text: string, hint: string): DTypeError {
  return new DTypeError(`dtype: ${text} is not understood; ${hint}`);
}

let byName: ReadonlyMap<string, Descriptor> | null = null;

/** Every string that stands for a plain dtype; made when first asked for. */
function plainByName(): ReadonlyMap<string, Descriptor> {
  if (byName !== null) return byName;
  const map = new Map<string, Descriptor>();
  for (const [name, of] of Object.entries(names)) map.set(name, plain[of]);
  for (const [code, of] of Object.entries(codes)) {
    for (const order of ["", "<", "=", "|"]) map.set(order + code, plain[of]);
    if (plain[of].itemsize === 1) map.set(`>${code}`, plain[of]);
  }
  byName = map;
  return map;
}

/** A text that is no name of a plain dtype: raw bytes, a repeated item, or fields f0, f1, …. */
function fromText(text: string, align: boolean): Descriptor {
  const split = splitText(text);
  if (split === null || split.items.length === 0) throw unknownName(text);
  const types = split.items.map((item) => fromItem(item, text));
  if (!split.list) return types[0]!;
  return packStruct(
    types.map((type, k) => ({ name: `f${k}`, dtype: type })),
    align,
  );
}

function fromItem({ code, shape }: TextItem, text: string): Descriptor {
  const found = plainByName().get(code) ?? sizedByCode(code);
  if (found === null) throw unknownName(code, text);
  return shape === null ? found : repeatedDescriptor(found, shape);
}

/** Raw bytes, strings or dates, with the size or the unit in the code. */
function sizedByCode(code: string): Descriptor | null {
  const match = /^(?:[<>=|]?V(\d*)|void)$/.exec(code);
  return match === null ? (stringByCode(code) ?? dateByCode(code)) : rawDescriptor(Number(match[1] ?? 0));
}

function unknownName(code: string, text = code): DTypeError {
  const where = text === code ? JSON.stringify(code) : `${JSON.stringify(code)} in ${JSON.stringify(text)}`;
  if (code.startsWith(">") && (plainByName().has(code.slice(1)) || sizedByCode(code.slice(1)) !== null)) {
    return notUnderstood(
      where,
      `memory is always native (little-endian): .npy files are converted when they are loaded, other bytes by byteswap on ${JSON.stringify(code.slice(1))}`,
    );
  }
  const bare = code.replace(/^[<>=|]/, "");
  const why = foreign.find(([pattern]) => pattern.test(bare))?.[1];
  return notUnderstood(where, why ?? `give a name such as "float64" or a code such as "f8"`);
}

/** Whether a list is `[dtype, shape]`, and not a list of fields. */
function isSubarray(spec: readonly unknown[]): spec is SubarraySpec {
  const shape = spec[1];
  if (spec.length !== 2) return false;
  return (
    typeof shape === "number" || (Array.isArray(shape) && shape.every((length) => typeof length === "number"))
  );
}

function fromSubarray([spec, shape]: SubarraySpec, align: boolean): Descriptor {
  return repeatedDescriptor(toDescriptor(spec, align), shape);
}

function fromList(spec: readonly unknown[], align: boolean): Descriptor {
  return packStruct(
    // Unlike map, this meets holes too.
    Array.from(spec, (field, k) => namedType(field, k, align)),
    align,
  );
}

function namedType(field: unknown, k: number, align: boolean): NamedType {
  if (!Array.isArray(field) || field.length < 2 || field.length > 3 || typeof field[0] !== "string") {
    throw new DTypeError(
      `dtype: field ${k} is ${textOf(field)}; a field is [name, dtype] or [name, dtype, shape]`,
    );
  }
  const [name, spec, shape] = field as unknown as FieldSpec;
  const type = shape === undefined ? toDescriptor(spec, align) : fromSubarray([spec, shape], align);
  return { name: name === "" ? `f${k}` : name, dtype: type };
}

function fromPlaces(spec: Partial<StructSpec>, given: boolean): Descriptor {
  const { names: fieldNames, formats, offsets, itemsize, aligned } = spec;
  if (!Array.isArray(fieldNames) || !Array.isArray(formats)) {
    throw new ValueError("dtype: an object that stands for a dtype has lists `names` and `formats`");
  }
  const lengths = [formats, offsets ?? formats].map((list) => list.length);
  if (lengths.some((length) => length !== fieldNames.length)) {
    throw new ValueError(
      `dtype: ${fieldNames.length} names, ${lengths[0]} formats and ${lengths[1]} offsets; there must be one of each for every field`,
    );
  }
  if (!fieldNames.every((name) => typeof name === "string")) {
    throw new ValueError("dtype: the names of fields must be strings");
  }
  const align = given || aligned === true;
  const parts = fieldNames.map((name, k) => ({ name, dtype: toDescriptor(formats[k], align) }));
  const fields =
    offsets === undefined
      ? packStruct(parts, align).fields!
      : parts.map((part, k) => ({ ...part, offset: offsets[k]! }));
  return placeStruct(fields, align, itemsize);
}
