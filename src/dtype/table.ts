import { Complex } from "./complex.ts";
import * as to from "./convert.ts";
import { type Access, Descriptor, type LaneConstructor } from "./descriptor.ts";
import { fromFloat16, toFloat16 } from "./float16.ts";
import type { DType, Kind, Value } from "./map.ts";

/**
 * The plain dtypes, one row each: kind, char, number, itemsize, alignment, lane, and how an element is read,
 * written and made. Everything else asks the row.
 */
type Row<D extends DType> = readonly [
  kind: Kind,
  char: string,
  num: number,
  itemsize: number,
  alignment: number,
  lane: LaneConstructor,
  access: Access<Value<D>>,
];

type PlainRows = {
  readonly [D in Exclude<DType, "datetime64" | "timedelta64" | "bytes" | "str" | "void">]: Row<D>;
};

// Memory is little-endian whatever the machine: that is what typed arrays are on every runtime there is.
// biome-ignore format: one line of facts a row.
const rows: PlainRows = {
  bool: ["b", "?", 0, 1, 1, Uint8Array, {
    read: (v, at) => v.getUint8(at) !== 0,
    write: (v, at, x) => v.setUint8(at, x ? 1 : 0),
    coerce: to.coerceBool,
    convert: to.convertBool,
  }],
  int8: ["i", "b", 1, 1, 1, Int8Array, {
    read: (v, at) => v.getInt8(at),
    write: (v, at, x) => v.setInt8(at, x),
    coerce: to.coerceInt("int8", -128, 127),
    convert: to.convertInt8,
  }],
  uint8: ["u", "B", 2, 1, 1, Uint8Array, {
    read: (v, at) => v.getUint8(at),
    write: (v, at, x) => v.setUint8(at, x),
    coerce: to.coerceInt("uint8", 0, 255),
    convert: to.convertUint8,
  }],
  int16: ["i", "h", 3, 2, 2, Int16Array, {
    read: (v, at) => v.getInt16(at, true),
    write: (v, at, x) => v.setInt16(at, x, true),
    coerce: to.coerceInt("int16", -32768, 32767),
    convert: to.convertInt16,
  }],
  uint16: ["u", "H", 4, 2, 2, Uint16Array, {
    read: (v, at) => v.getUint16(at, true),
    write: (v, at, x) => v.setUint16(at, x, true),
    coerce: to.coerceInt("uint16", 0, 65535),
    convert: to.convertUint16,
  }],
  int32: ["i", "i", 5, 4, 4, Int32Array, {
    read: (v, at) => v.getInt32(at, true),
    write: (v, at, x) => v.setInt32(at, x, true),
    coerce: to.coerceInt("int32", -2147483648, 2147483647),
    convert: to.convertInt32,
  }],
  uint32: ["u", "I", 6, 4, 4, Uint32Array, {
    read: (v, at) => v.getUint32(at, true),
    write: (v, at, x) => v.setUint32(at, x, true),
    coerce: to.coerceInt("uint32", 0, 4294967295),
    convert: to.convertUint32,
  }],
  int64: ["i", "l", 7, 8, 8, BigInt64Array, {
    read: (v, at) => v.getBigInt64(at, true),
    write: (v, at, x) => v.setBigInt64(at, x, true),
    coerce: to.coerceBig("int64", -(2n ** 63n), 2n ** 63n - 1n),
    convert: to.convertInt64,
  }],
  uint64: ["u", "L", 8, 8, 8, BigUint64Array, {
    read: (v, at) => v.getBigUint64(at, true),
    write: (v, at, x) => v.setBigUint64(at, x, true),
    coerce: to.coerceBig("uint64", 0n, 2n ** 64n - 1n),
    convert: to.convertUint64,
  }],
  float16: ["f", "e", 23, 2, 2, Uint16Array, {
    read: (v, at) => fromFloat16(v.getUint16(at, true)),
    write: (v, at, x) => v.setUint16(at, toFloat16(x), true),
    coerce: to.coerceFloat("float16"),
    convert: to.convertFloat,
  }],
  float32: ["f", "f", 11, 4, 4, Float32Array, {
    read: (v, at) => v.getFloat32(at, true),
    write: (v, at, x) => v.setFloat32(at, x, true),
    coerce: to.coerceFloat("float32"),
    convert: to.convertFloat32,
  }],
  float64: ["f", "d", 12, 8, 8, Float64Array, {
    read: (v, at) => v.getFloat64(at, true),
    write: (v, at, x) => v.setFloat64(at, x, true),
    coerce: to.coerceFloat("float64"),
    convert: to.convertFloat,
  }],
  complex64: ["c", "F", 14, 8, 4, Float32Array, {
    read: (v, at) => new Complex(v.getFloat32(at, true), v.getFloat32(at + 4, true)),
    write: (v, at, x) => {
      v.setFloat32(at, x.re, true);
      v.setFloat32(at + 4, x.im, true);
    },
    coerce: to.coerceComplex("complex64"),
    convert: to.convertComplex64,
  }],
  complex128: ["c", "D", 15, 16, 8, Float64Array, {
    read: (v, at) => new Complex(v.getFloat64(at, true), v.getFloat64(at + 8, true)),
    write: (v, at, x) => {
      v.setFloat64(at, x.re, true);
      v.setFloat64(at + 8, x.im, true);
    },
    coerce: to.coerceComplex("complex128"),
    convert: to.convertComplex128,
  }],
};

/** The names of the plain dtypes. */
export type PlainDType = keyof PlainRows;

function descriptorOf<D extends PlainDType>(name: D, row: Row<D>): Descriptor<D> {
  const [kind, char, num, itemsize, alignment, lane, access] = row;
  const laneLength = itemsize / lane.BYTES_PER_ELEMENT;
  return new Descriptor<D>({
    type: name,
    name,
    kind,
    char,
    num,
    itemsize,
    alignment,
    lane,
    laneLength,
    access,
  });
}

function descriptors(): { readonly [D in PlainDType]: Descriptor<D> } {
  const made: Partial<Record<PlainDType, unknown>> = {};
  for (const name of Object.keys(rows) as PlainDType[]) made[name] = descriptorOf(name, rows[name] as never);
  return made as { readonly [D in PlainDType]: Descriptor<D> };
}

/** The descriptors of the plain dtypes, by name. */
export const plain = /* @__PURE__ */ descriptors();
