import type { PlainDType } from "./table.ts";

/**
 * What people call the plain dtypes, as NumPy on 64-bit Linux has it, but for the index type: intp is int32
 * here, because that is what index arrays are made of.
 */
export const names = {
  bool: "bool",
  bool_: "bool",
  int8: "int8",
  byte: "int8",
  int16: "int16",
  short: "int16",
  int32: "int32",
  intc: "int32",
  int64: "int64",
  int: "int64",
  int_: "int64",
  long: "int64",
  longlong: "int64",
  uint8: "uint8",
  ubyte: "uint8",
  uint16: "uint16",
  ushort: "uint16",
  uint32: "uint32",
  uintc: "uint32",
  uint64: "uint64",
  uint: "uint64",
  ulong: "uint64",
  ulonglong: "uint64",
  intp: "int32",
  uintp: "uint32",
  float16: "float16",
  half: "float16",
  float32: "float32",
  single: "float32",
  float64: "float64",
  double: "float64",
  float: "float64",
  complex64: "complex64",
  csingle: "complex64",
  complex128: "complex128",
  cdouble: "complex128",
  complex: "complex128",
} as const satisfies Record<string, PlainDType>;

/** The codes of the plain dtypes: kind and bytes, or C's letter. A byte order may stand before them. */
export const codes = {
  b1: "bool",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
  c8: "complex64",
  c16: "complex128",
  "?": "bool",
  b: "int8",
  h: "int16",
  i: "int32",
  l: "int64",
  q: "int64",
  B: "uint8",
  H: "uint16",
  I: "uint32",
  L: "uint64",
  Q: "uint64",
  p: "int32",
  n: "int32",
  P: "uint32",
  N: "uint32",
  e: "float16",
  f: "float32",
  d: "float64",
  F: "complex64",
  D: "complex128",
} as const satisfies Record<string, PlainDType>;

/** What NumPy knows and ndview does not hold, by the start of its name, and what to do instead. */
export const foreign: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^(g|f16|float128|longdouble)$/, "there is no 128-bit float; use float64"],
  [/^(G|c32|complex256|clongdouble)$/, "there is no 256-bit complex; use complex128"],
  [/^(O\d*|object_?)$/, "arrays hold numbers, not objects; keep objects in a JS list"],
  [/^T\d*$/, 'there are no strings of variable width; give one, such as "U10", or keep strings in a JS list'],
  [/^(str|bytes)\d+$/, 'that is the name of a dtype and not its code; write "U10" or "S10"'],
];

export type NameTable = typeof names;
export type CodeTable = typeof codes;
