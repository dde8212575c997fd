import { item } from "../array/elements.ts";
import { NDArray } from "../array/ndarray.ts";
import { NumpyScalar, PyTuple } from "./values.ts";

/** A value of an expression as JavaScript has it: scalars as values, ints as numbers where they fit, tuples as lists. */
export function toJs(value: unknown): unknown {
  if (value instanceof NDArray) return value instanceof NumpyScalar ? item(value) : value;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof PyTuple) return value.items.map(toJs);
  return Array.isArray(value) ? value.map(toJs) : value;
}
