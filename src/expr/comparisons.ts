import { asarray } from "../array/create.ts";
import { full } from "../array/filled.ts";
import { NDArray } from "../array/ndarray.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { toDescriptor } from "../dtype/parse.ts";
import { broadcastShapes } from "../ops/broadcast.ts";
import { contains } from "../ops/byte-fields.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "../ops/ufuncs-compare.ts";
import type { Comparison } from "./ast.ts";
import { PythonProblem } from "./errors.ts";
import { operand, operandPair } from "./operands.ts";
import { scalarised } from "./operators.ts";
import { PyRange } from "./range.ts";
import { compareNumbers, isPythonNumber } from "./scalar-arithmetic.ts";
import { truth } from "./truth.ts";
import { typeName } from "./types.ts";
import { Mapping, NumpyScalar, PyBytes, PyTuple, ScalarType } from "./values.ts";

type Call = (...operands: readonly unknown[]) => unknown;

/** The ufunc of each comparison. */
export const comparisonUfuncs: Readonly<Record<string, Call>> = {
  "<": less as Call,
  "<=": lessEqual as Call,
  ">": greater as Call,
  ">=": greaterEqual as Call,
  "==": equal as Call,
  "!=": notEqual as Call,
};

/** `left op right`. */
export function compare(op: Comparison, left: unknown, right: unknown): unknown {
  if (op === "is" || op === "is not") return same(left, right) === (op === "is");
  if (op === "in" || op === "not in") return within(left, right) === (op === "in");
  if (left instanceof NDArray || right instanceof NDArray) return compareArrays(op, left, right);
  const result = compareValues(op, left, right);
  if (result !== undefined) return result;
  throw new PythonProblem(
    "TypeError",
    `'${op}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
  );
}

function same(left: unknown, right: unknown): boolean {
  // None, True and False are one object each; so are small integers.
  return left === right;
}

function compareArrays(op: string, left: unknown, right: unknown): unknown {
  if (left === null || right === null) return compareWithNone(op, left, right);
  const [a, b] = operandPair(left, right);
  if ((op === "==" || op === "!=") && isText(a) !== isText(b)) return neverEqual(op, a, b);
  return scalarised((comparisonUfuncs[op] as Call)(a, b));
}

function isText(value: unknown): boolean {
  if (!(value instanceof NDArray) && !Array.isArray(value)) return typeof value === "string";
  const { kind } = value instanceof NDArray ? value.dtype : asarray(value as never).dtype;
  return kind === "U" || kind === "S";
}

/** Texts and numbers are never equal. */
function neverEqual(op: string, a: unknown, b: unknown): unknown {
  const shapes = [a, b].map((value) => asarray(value as never).shape);
  return scalarised(full(broadcastShapes(...shapes), op === "!=", "bool"));
}

/** Nothing equals None. */
function compareWithNone(op: string, left: unknown, right: unknown): unknown {
  const a = (left ?? right) as NDArray;
  if (op !== "==" && op !== "!=") {
    throw new PythonProblem(
      "TypeError",
      `'${op}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
    );
  }
  const never = (notEqual as Call)(a, a) as NDArray;
  const nothing = scalarised((comparisonUfuncs["!="] as Call)(never, never));
  return op === "==" ? nothing : scalarised((comparisonUfuncs["=="] as Call)(nothing, nothing));
}

/** Whether two ranges give the same numbers. */
function sameRange(a: PyRange, b: PyRange): boolean {
  if (a.length !== b.length || a.length === 0n) return a.length === b.length;
  return a.start === b.start && (a.length === 1n || a.step === b.step);
}

function compareValues(op: string, left: unknown, right: unknown): boolean | undefined {
  if (isPythonNumber(left) && isPythonNumber(right)) return compareNumbers(op, left, right);
  if (typeof left === "string" && typeof right === "string") return inOrder(op, comparePoints(left, right));
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(op, left, right);
  if (left instanceof PyTuple && right instanceof PyTuple) return compareLists(op, left.items, right.items);
  if (left instanceof PyBytes && right instanceof PyBytes)
    return compareLists(op, [...left.bytes], [...right.bytes]);
  if (op !== "==" && op !== "!=") return undefined;
  if (left instanceof PyRange && right instanceof PyRange) return (op === "==") === sameRange(left, right);
  return (op === "==") === equalObjects(left, right);
}

function equalObjects(left: unknown, right: unknown): boolean {
  if (left instanceof Descriptor || right instanceof Descriptor) {
    const [dtype, other] = left instanceof Descriptor ? [left, right] : [right as Descriptor, left];
    try {
      return dtypeFrom(other) === dtype;
    } catch {
      return false;
    }
  }
  return left === right;
}

function dtypeFrom(value: unknown): Descriptor | null {
  if (value instanceof Descriptor) return value;
  if (value instanceof ScalarType)
    return value.dtype instanceof Descriptor ? value.dtype : toDescriptor(value.dtype as "int8");
  return typeof value === "string" ? toDescriptor(value as "int8") : null;
}

function comparePoints(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [[...left], [...right]];
  for (let k = 0; k < a.length && k < b.length; k++) {
    const difference = (a[k]?.codePointAt(0) as number) - (b[k]?.codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function inOrder(op: string, order: number): boolean {
  return compareNumbers(op, order, 0) as boolean;
}

/** How deep in lists the comparison is that runs, and how deep one may be: a list can hold itself. */
let depth = 0;
const DEEPEST = 500;

function compareLists(op: string, left: readonly unknown[], right: readonly unknown[]): boolean | undefined {
  if (depth === DEEPEST)
    throw new PythonProblem("RecursionError", "maximum recursion depth exceeded in comparison");
  depth++;
  try {
    return compareItems(op, left, right);
  } finally {
    depth--;
  }
}

function compareItems(op: string, left: readonly unknown[], right: readonly unknown[]): boolean | undefined {
  for (let k = 0; k < left.length && k < right.length; k++) {
    if (left[k] === right[k] || truth(compare("==", left[k], right[k]))) continue;
    if (op === "==" || op === "!=") return op === "!=";
    return truth(compare(op as Comparison, left[k], right[k]));
  }
  return inOrder(op, left.length - right.length);
}

/** Whether `value in container`. */
function within(value: unknown, container: unknown): boolean {
  if (container instanceof NDArray && !(container instanceof NumpyScalar))
    return contains(container, operand(value) as never);
  if (typeof container === "string") {
    if (typeof value === "string") return container.includes(value);
    throw new PythonProblem(
      "TypeError",
      `'in <string>' requires string as left operand, not ${typeName(value)}`,
    );
  }
  if (container instanceof Mapping) return container.keys.includes(value as string);
  if (container instanceof PyRange && typeof value === "bigint") return container.has(value);
  const items =
    container instanceof PyTuple
      ? container.items
      : container instanceof PyRange
        ? container.items()
        : container;
  if (Array.isArray(items)) return items.some((item) => item === value || truth(compare("==", item, value)));
  throw new PythonProblem("TypeError", `argument of type '${typeName(container)}' is not iterable`);
}
