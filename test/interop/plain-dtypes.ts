import { dtypes } from "../sweep/layouts.ts";

/** The dtypes of numbers and bools, by name: what partners have some of. */
export const plainDtypes = [
  ...["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"],
  ...["float16", "float32", "float64", "complex64", "complex128"],
] as const;

/** Those, and what the sweep has besides: texts, dates, structures. */
export const everyDtype: readonly string[] = [...new Set([...plainDtypes, ...Object.keys(dtypes), "S3"])];
