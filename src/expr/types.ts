import { Flags } from "../array/flags.ts";
import { Flat } from "../array/flat.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { isSlice } from "../layout/slice.ts";
import { Callable, ELLIPSIS, Mapping, Module, NumpyScalar, PyBytes, PyTuple, ScalarType } from "./values.ts";

const byType: Readonly<Record<string, string>> = {
  bigint: "int",
  number: "float",
  boolean: "bool",
  string: "str",
};

/** What Python calls the type of a value. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  const plain = byType[typeof value];
  if (plain !== undefined) return plain;
  if (value instanceof NumpyScalar) return `numpy.${scalarTypeName(value.dtype)}`;
  if (value instanceof NDArray) return "numpy.ndarray";
  if (Array.isArray(value)) return "list";
  if (value instanceof PyTuple) return "tuple";
  if (value instanceof Complex) return "complex";
  if (value instanceof PyBytes) return "bytes";
  if (value === ELLIPSIS) return "ellipsis";
  if (isSlice(value)) return "slice";
  if (value instanceof ScalarType) return "type";
  if (value instanceof Module) return "module";
  if (value instanceof Mapping) return "NpzFile";
  if (value instanceof Callable) return "function";
  if (value instanceof Descriptor) return "numpy.dtype";
  if (value instanceof Flags) return "numpy.flagsobj";
  return value instanceof Flat ? "numpy.flatiter" : "object";
}

/** The name of NumPy's scalar type of a dtype: `int64`, `str_`. */
export function scalarTypeName(dtype: Descriptor): string {
  const { kind, name } = dtype;
  if (kind === "U") return "str_";
  if (kind === "S") return "bytes_";
  if (kind === "V") return "void";
  return kind === "M" || kind === "m" ? dtype.type : name;
}
