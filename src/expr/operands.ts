import { asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { plain } from "../dtype/table.ts";
import { PythonProblem } from "./errors.ts";
import { requireItems } from "./limits.ts";
import { PyRange } from "./range.ts";
import { typeName } from "./types.ts";
import { PyBytes, PyTuple, ScalarType } from "./values.ts";

/**
 * Values as functions of the library take them.
 *
 * There a whole number beside arrays counts as an integer, however it was written; Python's 2.0 is a float. So beside arrays
 * of integers a whole float goes as an array of no axes, of float64, which promotes as a Python float does there.
 */

/** A value as an operand: lists as lists, tuples too; with `rows` for elements that are structures. */
export function operand(value: unknown, depth = 0, rows = false): unknown {
  if (value instanceof NDArray) return value;
  switch (typeof value) {
    case "bigint":
    case "number":
    case "boolean":
    case "string":
      return value;
  }
  if (value === null || value === undefined || value instanceof Complex) return value ?? null;
  if (Array.isArray(value)) return listOperand(value, depth, rows);
  if (value instanceof PyTuple) return listOperand(value.items, depth, rows);
  if (value instanceof PyRange) return listOperand(value.items(), depth, rows);
  if (value instanceof PyBytes) return rows ? value.bytes : bytesArray(value);
  return value;
}

/** Lists in one another: an array has no more axes than that, and a list may hold itself. */
const MOST_AXES = 64;
/** Items of the lists that are in one another here; a list in two places counts twice. */
let listed = 0;

function listOperand(items: readonly unknown[], depth: number, rows: boolean): unknown[] {
  if (depth > MOST_AXES) {
    throw new PythonProblem("ValueError", `more than ${MOST_AXES} lists in one another make no array`);
  }
  listed = depth === 0 ? items.length : listed + items.length;
  requireItems(listed, "a list with all that is in it");
  const list = new Array<unknown>(items.length);
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (item === null || item instanceof ScalarType) {
      throw new PythonProblem(
        "TypeError",
        `an array of objects ('${typeName(item)}') is left out; there are no object arrays`,
      );
    }
    list[k] = operand(item, depth + 1, rows);
  }
  return list;
}

/** Bytes as an array of no axes. */
export function bytesArray({ bytes }: PyBytes): NDArray {
  const length = Math.max(1, bytes.length);
  const padded = new Uint8Array(length);
  padded.set(bytes);
  const line: NDArray = asarray(padded);
  const { dtype } = asarray(" ".repeat(length), "S");
  return line.retype({ shape: [], strides: [], offset: line.layout.offset }, dtype);
}

/** Whether a value is a Python float that would be taken for an integer. */
export function isWholeFloat(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value);
}

/** A Python float as an array of no axes. */
export function floatArray(value: number): NDArray {
  return asarray(value, plain.float64);
}

/** Whether beside this value a Python float becomes a float64. */
export function wantsFloat64(value: unknown): boolean {
  return value instanceof NDArray && /^[biumM]$/.test(value.dtype.kind);
}

/** Both operands of an operator of which one at least is an array. */
export function operandPair(left: unknown, right: unknown): [unknown, unknown] {
  const a = isWholeFloat(left) && wantsFloat64(right) ? floatArray(left) : operand(left);
  const b = isWholeFloat(right) && wantsFloat64(left) ? floatArray(right) : operand(right);
  return [a, b];
}
