// Written by scripts/promotion.ts from the lattice.
import type { Complex } from "./complex.ts";
import type { DType, ScalarLike } from "./map.ts";

/** The dtype of two promoted; structs are promoted when their fields match. */
// biome-ignore format: one row a line
export interface PromotionTable {
  bool: { bool: "bool"; int8: "int8"; uint8: "uint8"; int16: "int16"; uint16: "uint16"; int32: "int32"; uint32: "uint32"; int64: "int64"; uint64: "uint64"; float16: "float16"; float32: "float32"; float64: "float64"; complex64: "complex64"; complex128: "complex128"; datetime64: never; timedelta64: "timedelta64"; bytes: "bytes"; str: "str"; void: never; };
  int8: { bool: "int8"; int8: "int8"; uint8: "int16"; int16: "int16"; uint16: "int32"; int32: "int32"; uint32: "int64"; int64: "int64"; uint64: "float64"; float16: "float16"; float32: "float32"; float64: "float64"; complex64: "complex64"; complex128: "complex128"; datetime64: never; timedelta64: "timedelta64"; bytes: "bytes"; str: "str"; void: never; };
  uint8: { bool: "uint8"; int8: "int16"; uint8: "uint8"; int16: "int16"; uint16: "uint16"; int32: "int32"; uint32: "uint32"; int64: "int64"; uint64: "uint64"; float16: "float16"; float32: "float32"; float64: "float64"; complex64: "complex64"; complex128: "complex128"; datetime64: never; timedelta64: "timedelta64"; bytes: "bytes"; str: "str"; void: never; };
  int16: { bool: "int16"; int8: "int16"; uint8: "int16"; int16: "int16"; uint16: "int32"; int32: "int32"; uint32: "int64"; int64: "int64"; uint64: "float64"; float16: "float32"; float32: "float32"; float64: "float64"; complex64: "complex64"; complex128: "complex128"; datetime64: never; timedelta64: "timedelta64"; bytes: "bytes"; str: "str"; void: never; };
  uint16: { bool: "uint16"; int8: "int32"; uint8: "uint16"; int16: "int32"; uint16: "uint16"; int32: "int32"; uint32: "uint32"; int64: "int64"; uint64: "uint64"; float16: "float32"; float32: "float32"; float64: "float64"; complex64: "complex64"; complex128: "complex128"; datetime64: never; timedelta64: "timedelta64"; bytes: "bytes"; str: "str"; void: never; };
  int32: { bool: "int32"; int8: "int32"; uint8: "int32"; int16: "int32"; uint16: "int32"; int32: "int32"; uint32: "int64"; int64: "int64"; uint64: "float64"; float16: "float64"; float32: "float64"; float64: "float64"; complex64: "complex128"; complex128: "complex128"; datetime64: never; timedelta64: "timedelta64"; bytes: "bytes"; str: "str"; void: never; };
  uint32: { bool: "uint32"; int8: "int64"; uint8: "uint32"; int16: "int64"; uint16: "uint32"; int32: "int64"; uint32: "uint32"; int64: "int64"; uint64: "uint64"; float16: "float64"; float32: "float64"; float64: "float64"; complex64: "complex128"; complex128: "complex128"; datetime64: never; timedelta64: "timedelta64"; bytes: "bytes"; str: "str"; void: never; };
  int64: { bool: "int64"; int8: "int64"; uint8: "int64"; int16: "int64"; uint16: "int64"; int32: "int64"; uint32: "int64"; int64: "int64"; uint64: "float64"; float16: "float64"; float32: "float64"; float64: "float64"; complex64: "complex128"; complex128: "complex128"; datetime64: never; timedelta64: "timedelta64"; bytes: "bytes"; str: "str"; void: never; };
  uint64: { bool: "uint64"; int8: "float64"; uint8: "uint64"; int16: "float64"; uint16: "uint64"; int32: "float64"; uint32: "uint64"; int64: "float64"; uint64: "uint64"; float16: "float64"; float32: "float64"; float64: "float64"; complex64: "complex128"; complex128: "complex128"; datetime64: never; timedelta64: never; bytes: "bytes"; str: "str"; void: never; };
  float16: { bool: "float16"; int8: "float16"; uint8: "float16"; int16: "float32"; uint16: "float32"; int32: "float64"; uint32: "float64"; int64: "float64"; uint64: "float64"; float16: "float16"; float32: "float32"; float64: "float64"; complex64: "complex64"; complex128: "complex128"; datetime64: never; timedelta64: never; bytes: "bytes"; str: "str"; void: never; };
  float32: { bool: "float32"; int8: "float32"; uint8: "float32"; int16: "float32"; uint16: "float32"; int32: "float64"; uint32: "float64"; int64: "float64"; uint64: "float64"; float16: "float32"; float32: "float32"; float64: "float64"; complex64: "complex64"; complex128: "complex128"; datetime64: never; timedelta64: never; bytes: "bytes"; str: "str"; void: never; };
  float64: { bool: "float64"; int8: "float64"; uint8: "float64"; int16: "float64"; uint16: "float64"; int32: "float64"; uint32: "float64"; int64: "float64"; uint64: "float64"; float16: "float64"; float32: "float64"; float64: "float64"; complex64: "complex128"; complex128: "complex128"; datetime64: never; timedelta64: never; bytes: "bytes"; str: "str"; void: never; };
  complex64: { bool: "complex64"; int8: "complex64"; uint8: "complex64"; int16: "complex64"; uint16: "complex64"; int32: "complex128"; uint32: "complex128"; int64: "complex128"; uint64: "complex128"; float16: "complex64"; float32: "complex64"; float64: "complex128"; complex64: "complex64"; complex128: "complex128"; datetime64: never; timedelta64: never; bytes: "bytes"; str: "str"; void: never; };
  complex128: { bool: "complex128"; int8: "complex128"; uint8: "complex128"; int16: "complex128"; uint16: "complex128"; int32: "complex128"; uint32: "complex128"; int64: "complex128"; uint64: "complex128"; float16: "complex128"; float32: "complex128"; float64: "complex128"; complex64: "complex128"; complex128: "complex128"; datetime64: never; timedelta64: never; bytes: "bytes"; str: "str"; void: never; };
  datetime64: { bool: never; int8: never; uint8: never; int16: never; uint16: never; int32: never; uint32: never; int64: never; uint64: never; float16: never; float32: never; float64: never; complex64: never; complex128: never; datetime64: "datetime64"; timedelta64: "datetime64"; bytes: never; str: never; void: never; };
  timedelta64: { bool: "timedelta64"; int8: "timedelta64"; uint8: "timedelta64"; int16: "timedelta64"; uint16: "timedelta64"; int32: "timedelta64"; uint32: "timedelta64"; int64: "timedelta64"; uint64: never; float16: never; float32: never; float64: never; complex64: never; complex128: never; datetime64: "datetime64"; timedelta64: "timedelta64"; bytes: never; str: never; void: never; };
  bytes: { bool: "bytes"; int8: "bytes"; uint8: "bytes"; int16: "bytes"; uint16: "bytes"; int32: "bytes"; uint32: "bytes"; int64: "bytes"; uint64: "bytes"; float16: "bytes"; float32: "bytes"; float64: "bytes"; complex64: "bytes"; complex128: "bytes"; datetime64: never; timedelta64: never; bytes: "bytes"; str: "str"; void: never; };
  str: { bool: "str"; int8: "str"; uint8: "str"; int16: "str"; uint16: "str"; int32: "str"; uint32: "str"; int64: "str"; uint64: "str"; float16: "str"; float32: "str"; float64: "str"; complex64: "str"; complex128: "str"; datetime64: never; timedelta64: never; bytes: "str"; str: "str"; void: never; };
  void: { bool: never; int8: never; uint8: never; int16: never; uint16: never; int32: never; uint32: never; int64: never; uint64: never; float16: never; float32: never; float64: never; complex64: never; complex128: never; datetime64: never; timedelta64: never; bytes: never; str: never; void: "void"; };
}

/** The dtype of an array beside a scalar; a number is an integer or not, which its type does not say. */
export interface WeakTable {
  bool: { boolean: "bool"; bigint: "int64"; number: "int64" | "float64"; complex: "complex128" };
  int8: { boolean: "int8"; bigint: "int8"; number: "int8" | "float64"; complex: "complex128" };
  uint8: { boolean: "uint8"; bigint: "uint8"; number: "uint8" | "float64"; complex: "complex128" };
  int16: { boolean: "int16"; bigint: "int16"; number: "int16" | "float64"; complex: "complex128" };
  uint16: { boolean: "uint16"; bigint: "uint16"; number: "uint16" | "float64"; complex: "complex128" };
  int32: { boolean: "int32"; bigint: "int32"; number: "int32" | "float64"; complex: "complex128" };
  uint32: { boolean: "uint32"; bigint: "uint32"; number: "uint32" | "float64"; complex: "complex128" };
  int64: { boolean: "int64"; bigint: "int64"; number: "int64" | "float64"; complex: "complex128" };
  uint64: { boolean: "uint64"; bigint: "uint64"; number: "uint64" | "float64"; complex: "complex128" };
  float16: { boolean: "float16"; bigint: "float16"; number: "float16"; complex: "complex64" };
  float32: { boolean: "float32"; bigint: "float32"; number: "float32"; complex: "complex64" };
  float64: { boolean: "float64"; bigint: "float64"; number: "float64"; complex: "complex128" };
  complex64: { boolean: "complex64"; bigint: "complex64"; number: "complex64"; complex: "complex64" };
  complex128: { boolean: "complex128"; bigint: "complex128"; number: "complex128"; complex: "complex128" };
  datetime64: { boolean: never; bigint: never; number: never; complex: never };
  timedelta64: { boolean: "timedelta64"; bigint: "timedelta64"; number: "timedelta64"; complex: never };
  bytes: { boolean: "bytes"; bigint: never; number: never; complex: never };
  str: { boolean: "str"; bigint: never; number: never; complex: never };
  void: { boolean: never; bigint: never; number: never; complex: never };
}

/** The dtype that `promoteTypes` gives. */
export type Promote<A extends DType, B extends DType> = PromotionTable[A][B];

/** The dtype that `resultType` gives for a `D` array beside a scalar. */
export type PromoteScalar<D extends DType, S extends ScalarLike> = S extends boolean
  ? WeakTable[D]["boolean"]
  : S extends bigint
    ? WeakTable[D]["bigint"]
    : S extends Complex
      ? WeakTable[D]["complex"]
      : WeakTable[D]["number"];
