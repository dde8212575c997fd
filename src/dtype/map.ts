import type { Complex } from "./complex.ts";
import type { Datetime64, Timedelta64 } from "./date-scalars.ts";

/** An element of a structured array as it is read: its fields by name; raw bytes as a Uint8Array, subarrays as lists. */
export interface StructValue {
  readonly [field: string]: ElementValue | Uint8Array | readonly unknown[];
}

/** What the types know of every dtype: `value` is an element as it is read, `array` what `.data` is made of. */
export interface DTypeMap {
  bool: { value: boolean; array: Uint8Array };
  int8: { value: number; array: Int8Array };
  int16: { value: number; array: Int16Array };
  int32: { value: number; array: Int32Array };
  int64: { value: bigint; array: BigInt64Array };
  uint8: { value: number; array: Uint8Array };
  uint16: { value: number; array: Uint16Array };
  uint32: { value: number; array: Uint32Array };
  uint64: { value: bigint; array: BigUint64Array };
  float16: { value: number; array: Uint16Array };
  float32: { value: number; array: Float32Array };
  float64: { value: number; array: Float64Array };
  complex64: { value: Complex; array: Float32Array };
  complex128: { value: Complex; array: Float64Array };
  /** Moments, counted in a unit since 1970; `.data` has the counts. */
  datetime64: { value: Datetime64; array: BigInt64Array };
  /** Spans of time, counted in a unit. */
  timedelta64: { value: Timedelta64; array: BigInt64Array };
  /** Strings of bytes, of a width; the zeros behind a shorter one are no part of it. */
  bytes: { value: Uint8Array; array: Uint8Array };
  /** Strings of code points, of a width; `.data` has the code points, zeros behind a shorter string. */
  str: { value: string; array: Uint32Array };
  void: { value: StructValue; array: Uint8Array };
}

/** The dtypes, by name; every structured dtype is a `"void"`. */
export type DType = keyof DTypeMap;
/** An element of a `D` array as it is read: bigint for 64-bit integers, number for every other real. */
export type Value<D extends DType> = DTypeMap[D]["value"];
/** The typed array that `.data` of a `D` array is. */
export type DataArray<D extends DType> = DTypeMap[D]["array"];
/** An element of any dtype. */
export type ElementValue =
  | boolean
  | number
  | bigint
  | Complex
  | Datetime64
  | Timedelta64
  | string
  | Uint8Array
  | StructValue;
/** What may stand for one element when it is written. */
export type ScalarLike = boolean | number | bigint | Complex;
/** NumPy's letters for the kinds of dtype. */
export type Kind = "b" | "i" | "u" | "f" | "c" | "m" | "M" | "S" | "U" | "V";

export type SignedIntegerDType = "int8" | "int16" | "int32" | "int64";
export type UnsignedIntegerDType = "uint8" | "uint16" | "uint32" | "uint64";
export type IntegerDType = SignedIntegerDType | UnsignedIntegerDType;
export type FloatDType = "float16" | "float32" | "float64";
export type ComplexDType = "complex64" | "complex128";
/** The dtypes that have an order: no complex and no void. */
export type RealDType = "bool" | IntegerDType | FloatDType;
/** The dtypes of numbers, as the array API standard has it: bool is none. */
export type NumericDType = IntegerDType | FloatDType | ComplexDType;
