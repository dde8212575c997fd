import type { Descriptor } from "./descriptor.ts";
import type { DType } from "./map.ts";
import type { CodeTable, NameTable } from "./names.ts";

/** Memory is always native, little-endian; these say so, or do not care. */
type NativeOrder = "<" | "=" | "|";

/** A name or a code of one plain dtype: `"float32"`, `"f4"`, `"<f4"`, `"?"`. */
export type DTypeName = keyof NameTable | keyof CodeTable | `${NativeOrder}${keyof CodeTable}`;

/** A name or a code of strings: `"U10"`, `"<U3"`, `"str"`; without a width it is that of the longest. */
export type StrText =
  | "str"
  | "str_"
  | "unicode"
  | "U"
  | `U${number}`
  | `${NativeOrder}U`
  | `${NativeOrder}U${number}`;

/** A name or a code of strings of bytes: `"S5"`, `"bytes"`; without a width it is that of the longest. */
export type BytesText =
  | "bytes"
  | "bytes_"
  | "c"
  | "S"
  | "a"
  | `${"S" | "a"}${number}`
  | `${NativeOrder | ">"}${"S" | "a"}`
  | `${NativeOrder | ">"}${"S" | "a"}${number}`;

/** A name or a code of moments: `"datetime64[ns]"`, `"M8[25s]"`, `"<M8[D]"`; without a unit it is that of what is given. */
export type DatetimeText =
  | "datetime64"
  | "M"
  | "M8"
  | "<M8"
  | `datetime64[${string}]`
  | `${"" | "<"}M8[${string}]`;

/** The same of spans of time: `"timedelta64[us]"`, `"m8[D]"`. */
export type TimedeltaText =
  | "timedelta64"
  | "m"
  | "m8"
  | "<m8"
  | `timedelta64[${string}]`
  | `${"" | "<"}m8[${string}]`;

/** Text for a dtype of raw bytes, for a struct with fields f0, f1, …, or for a subarray: `"V8"`, `"i4,f8"`, `"3f4"`. */
export type VoidText =
  | "V"
  | "void"
  | `V${number}`
  | `|V${number}`
  | `${string},${string}`
  | `(${string}`
  // What is repeated is read when it runs: spelt out, the compiler has too many texts to compare.
  | `${number}${string}`
  | `${number}${"m8" | "M8"}[${string}]`;

/** One field: its name, its dtype and, for a subarray, its shape. An empty name means f0, f1, …. */
export type FieldSpec =
  | readonly [name: string, dtype: DTypeLike]
  | readonly [name: string, dtype: DTypeLike, shape: number | readonly number[]];

/** A struct with fields at given places; NumPy's form in a dict. */
export interface StructSpec {
  readonly names: readonly string[];
  readonly formats: readonly DTypeLike[];
  /** Bytes from the start of the element, one a field; by default one field after the other. */
  readonly offsets?: readonly number[] | undefined;
  /** Bytes of the element; by default up to the end of the last field. */
  readonly itemsize?: number | undefined;
  /** Whether fields stand where C would put them. */
  readonly aligned?: boolean | undefined;
}

/** A block of elements as one element: its dtype and its shape. */
export type SubarraySpec = readonly [dtype: DTypeLike, shape: number | readonly number[]];

/** All that stands for a dtype. */
export type DTypeLike =
  | Descriptor
  | DTypeName
  | StrText
  | BytesText
  | DatetimeText
  | TimedeltaText
  | VoidText
  | readonly FieldSpec[]
  | StructSpec
  | SubarraySpec;

/** The dtype that a spec stands for: `DTypeOf<"<f4">` is `"float32"`. */
export type DTypeOf<S> =
  S extends Descriptor<infer D>
    ? D
    : S extends keyof NameTable
      ? NameTable[S]
      : S extends keyof CodeTable
        ? CodeTable[S]
        : S extends `${NativeOrder}${infer C extends keyof CodeTable}`
          ? CodeTable[C]
          : S extends StrText
            ? "str"
            : S extends BytesText
              ? "bytes"
              : S extends DatetimeText
                ? "datetime64"
                : S extends TimedeltaText
                  ? "timedelta64"
                  : string extends S
                    ? DType
                    : "void";
