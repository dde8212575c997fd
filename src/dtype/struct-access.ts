import { DTypeError, ValueError } from "../errors.ts";
import type { Access, Field } from "./descriptor.ts";
import type { StructValue } from "./map.ts";

/**
 * Elements with fields.
 *
 * An element is read as a plain object, field by field. It may be written as such an object, as a list in the
 * order of the fields, or as one scalar that goes into every field. Casting goes by position, as in NumPy: the
 * first field of the one becomes the first field of the other, whatever their names.
 */
export function structAccess(fields: readonly Field[]): Access<StructValue> {
  const assemble = assembler(fields.map((field) => field.name));
  return {
    read: (view, at) => assemble(fields.map((field) => field.dtype.access.read(view, at + field.offset))),
    write: (view, at, value) => {
      for (const field of fields)
        field.dtype.access.write(view, at + field.offset, value[field.name] as never);
    },
    coerce: (value) => {
      const parts = partsOf(value, fields);
      return assemble(fields.map((field, k) => field.dtype.access.coerce(parts[k])));
    },
    convert: (value, kind) => {
      const parts = isRecord(value) ? inOrder(value) : fields.map(() => value);
      return assemble(fields.map((field, k) => field.dtype.access.convert(parts[k], kind)));
    },
  };
}

const ORDER = Symbol("values in the order of the fields");

interface Ordered {
  readonly [ORDER]?: readonly unknown[];
}

/** The values of an element in the order of its fields. */
function inOrder(value: object): readonly unknown[] {
  return (value as Ordered)[ORDER] ?? Object.values(value);
}

/** What makes an object of the values of `names`. */
function assembler(names: readonly string[]): (values: readonly unknown[]) => StructValue {
  // JS puts keys that look like indices first, and "__proto__" is no ordinary key.
  if (names.some((name) => /^(\d+|__proto__)$/.test(name))) return (values) => assembleOddly(names, values);
  return (values) => {
    const out: Record<string, unknown> = {};
    for (let k = 0; k < names.length; k++) out[names[k]!] = values[k];
    return out as StructValue;
  };
}

function assembleOddly(names: readonly string[], values: readonly unknown[]): StructValue {
  const out = Object.fromEntries(names.map((name, k) => [name, values[k]]));
  return Object.defineProperty(out, ORDER, { value: values }) as StructValue;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The values a person gave, in the order of the fields. */
function partsOf(value: unknown, fields: readonly Field[]): readonly unknown[] {
  if (Array.isArray(value)) {
    if (value.length === fields.length) return value;
    throw new ValueError(
      `a list of ${value.length} values cannot become an element with ${fieldList(fields)}`,
    );
  }
  return isRecord(value) ? partsByName(value, fields) : fields.map(() => value);
}

function partsByName(value: Record<string, unknown>, fields: readonly Field[]): readonly unknown[] {
  const strange = Object.keys(value).find((key) => !fields.some((field) => field.name === key));
  if (strange !== undefined) {
    throw new ValueError(`${JSON.stringify(strange)} is no field of an element with ${fieldList(fields)}`);
  }
  return fields.map(({ name }) => {
    if (Object.hasOwn(value, name)) return value[name];
    throw new ValueError(`the value of field ${JSON.stringify(name)} is missing; give every field one`);
  });
}

function fieldList(fields: readonly Field[]): string {
  return `${fields.length} fields (${fields.map((field) => field.name).join(", ")})`;
}

/** Elements of raw bytes: read as a copy of them, written from bytes that are at most as many. */
export function rawAccess(itemsize: number): Access<StructValue> {
  const access: Access<Uint8Array> = {
    read: (view, at) => new Uint8Array(view.buffer, view.byteOffset + at, itemsize).slice(),
    write: (view, at, value) => new Uint8Array(view.buffer, view.byteOffset + at, itemsize).set(value),
    coerce: (value) => fitted(bytesOf(value, itemsize), itemsize, false),
    convert: (value) => fitted(bytesOf(value, itemsize), itemsize, true),
  };
  // The types know one kind of void, the struct; raw bytes are the rare case.
  return access as unknown as Access<StructValue>;
}

function bytesOf(value: unknown, itemsize: number): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (Array.isArray(value) && value.every(isByte)) return Uint8Array.from(value);
  throw new DTypeError(
    `${String(value)} (${typeof value}) cannot become ${itemsize} raw bytes; give a Uint8Array or a list of bytes`,
  );
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

/** `bytes` with zeros behind them up to the itemsize; too many are cut or refused. */
function fitted(bytes: Uint8Array, itemsize: number, cut: boolean): Uint8Array {
  if (bytes.length > itemsize && !cut) {
    throw new ValueError(`${bytes.length} bytes do not fit into an element of ${itemsize} raw bytes`);
  }
  const out = new Uint8Array(itemsize);
  out.set(bytes.subarray(0, itemsize));
  return out;
}
