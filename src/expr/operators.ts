import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { Ufunc } from "../engine/ufunc.ts";
import { matmul } from "../ops/products.ts";
import {
  absolute,
  add,
  divide,
  floorDivide,
  multiply,
  negative,
  positive,
  remainder,
  square,
  subtract,
} from "../ops/ufuncs-arithmetic.ts";
import { power, sqrt } from "../ops/ufuncs-exponential.ts";
import { bitwiseAnd, bitwiseOr, bitwiseXor, invert, leftShift, rightShift } from "../ops/ufuncs-logic.ts";
import type { BinaryOperator, UnaryOperator } from "./ast.ts";
import { PythonProblem } from "./errors.ts";
import { requireItems } from "./limits.ts";
import { operandPair } from "./operands.ts";
import { isPythonNumber, numberBinary } from "./scalar-arithmetic.ts";
import { truth } from "./truth.ts";
import { typeName } from "./types.ts";
import { NumpyScalar, PyBytes, PyTuple } from "./values.ts";

/** The ufunc of each operator. */
export const operatorUfuncs: ReadonlyMap<BinaryOperator, Ufunc> = new Map(
  Object.entries({
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "//": floorDivide,
    "%": remainder,
    "**": power,
    "@": matmul as unknown as Ufunc,
    "<<": leftShift,
    ">>": rightShift,
    "&": bitwiseAnd,
    "|": bitwiseOr,
    "^": bitwiseXor,
  } satisfies Readonly<Record<BinaryOperator, Ufunc>>) as [BinaryOperator, Ufunc][],
);

type Call = (...operands: readonly unknown[]) => unknown;

/** `left op right`. */
export function binary(op: BinaryOperator, left: unknown, right: unknown): unknown {
  if (left instanceof NDArray || right instanceof NDArray) {
    const list = op === "*" ? repeatedBy(left, right) : undefined;
    return list === undefined ? onArrays(op, left, right) : list;
  }
  if (isPythonNumber(left) && isPythonNumber(right)) {
    const result = numberBinary(op, left, right);
    if (result !== undefined) return result;
  }
  const joined = op === "+" ? concatenated(left, right) : op === "*" ? repeated(left, right) : undefined;
  if (joined !== undefined) return joined;
  throw unsupported(op, left, right);
}

function unsupported(op: string, left: unknown, right: unknown): PythonProblem {
  return new PythonProblem(
    "TypeError",
    `unsupported operand type(s) for ${op}: '${typeName(left)}' and '${typeName(right)}'`,
  );
}

function onArrays(op: BinaryOperator, left: unknown, right: unknown): unknown {
  requireOperand(op, left, left, right);
  requireOperand(op, right, left, right);
  if (op === "@" && !isMatrix(left) && !isMatrix(right)) throw unsupported(op, left, right);
  const quick = op === "**" ? quickPower(left, right) : null;
  if (quick !== null) return scalarised(quick);
  const [a, b] = operandPair(left, right);
  return scalarised((operatorUfuncs.get(op) as unknown as Call)(a, b));
}

/** What a product of matrices takes: no scalars. */
function isMatrix(value: unknown): boolean {
  return Array.isArray(value) || (value instanceof NDArray && !(value instanceof NumpyScalar));
}

function requireOperand(op: string, value: unknown, left: unknown, right: unknown): void {
  const fits =
    value instanceof NDArray ||
    isPythonNumber(value) ||
    Array.isArray(value) ||
    value instanceof PyTuple ||
    typeof value === "string" ||
    value instanceof PyBytes;
  if (!fits) throw unsupported(op, left, right);
}

/** Powers that NumPy computes by another function, so that last bits agree. */
function quickPower(left: unknown, right: unknown): NDArray | null {
  if (!(left instanceof NDArray) || left instanceof NumpyScalar) return null;
  const { kind } = left.dtype;
  const isInexact = kind === "f" || kind === "c";
  if ((right === 2n && (isInexact || kind === "b")) || (right === 2 && isInexact)) return square(left);
  return isInexact && right === 0.5 ? (sqrt(left) as NDArray) : null;
}

/** What a ufunc gives: no axes make it a scalar. */
export function scalarised(result: unknown): unknown {
  return result instanceof NDArray && result.layout.shape.length === 0 ? NumpyScalar.of(result) : result;
}

/** What a list or a text times a NumPy scalar is: only integers repeat it. */
function repeatedBy(left: unknown, right: unknown): unknown {
  const other = left instanceof NumpyScalar ? right : left;
  const isList = Array.isArray(other) || typeof other === "string" || other instanceof PyTuple;
  const scalar = left instanceof NumpyScalar ? left : right;
  if (isList && scalar instanceof NumpyScalar && /[fc]/.test(scalar.dtype.kind)) {
    throw new PythonProblem("TypeError", `can't multiply sequence by non-int of type '${typeName(scalar)}'`);
  }
  return repeated(asCount(left), asCount(right));
}

/** A NumPy integer beside a list or a text is how often it is repeated. */
function asCount(value: unknown): unknown {
  const isCount = value instanceof NumpyScalar && (value.dtype.kind === "i" || value.dtype.kind === "u");
  return isCount ? BigInt(value.at() as number) : value;
}

function concatenated(left: unknown, right: unknown): unknown {
  if (typeof left === "string" && typeof right === "string") {
    requireItems(left.length + right.length, "a text");
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    requireItems(left.length + right.length, "a list");
    return [...(left as unknown[]), ...(right as unknown[])];
  }
  if (left instanceof PyTuple && right instanceof PyTuple) {
    requireItems(left.items.length + right.items.length, "a tuple");
    return new PyTuple([...left.items, ...right.items]);
  }
  if (!(left instanceof PyBytes && right instanceof PyBytes)) return undefined;
  return new PyBytes(Uint8Array.from([...left.bytes, ...right.bytes]));
}

function repeated(left: unknown, right: unknown): unknown {
  const [value, count] =
    typeof right === "bigint" || typeof right === "boolean" ? [left, right] : [right, left];
  if (typeof count !== "bigint" && typeof count !== "boolean") return undefined;
  const times = BigInt(count) < 0n ? 0n : BigInt(count);
  const items = value instanceof PyTuple ? value.items : value;
  if (typeof items === "string") {
    requireItems(BigInt(items.length) * times, "a text");
    return items.repeat(Number(items.length === 0 ? 0n : times));
  }
  if (!Array.isArray(items)) return undefined;
  requireItems(BigInt(items.length) * times, "a list");
  const list: unknown[] = [];
  const rounds = items.length === 0 ? 0 : Number(times);
  for (let k = 0; k < rounds; k++) for (const item of items as unknown[]) list.push(item);
  return value instanceof PyTuple ? new PyTuple(list) : list;
}

const unaryUfuncs = { "+": positive, "-": negative, "~": invert } as const;

/** `op operand`. */
export function unary(op: UnaryOperator, operand: unknown): unknown {
  if (op === "not") return !truth(operand);
  if (operand instanceof NDArray) return scalarised((unaryUfuncs[op] as unknown as Call)(operand));
  if (typeof operand === "boolean" || typeof operand === "bigint") {
    const value = BigInt(operand);
    return op === "-" ? -value : op === "~" ? ~value : value;
  }
  if (op !== "~" && typeof operand === "number") return op === "-" ? -operand : operand;
  if (op !== "~" && operand instanceof Complex) {
    return op === "-" ? new Complex(-operand.re, -operand.im) : operand;
  }
  throw new PythonProblem("TypeError", `bad operand type for unary ${op}: '${typeName(operand)}'`);
}

/** `abs(value)`. */
export function magnitude(value: unknown): unknown {
  if (value instanceof NDArray) return scalarised(absolute(value));
  if (typeof value === "boolean" || typeof value === "bigint")
    return BigInt(value) < 0n ? -BigInt(value) : BigInt(value);
  if (typeof value === "number") return Math.abs(value); // The library's length is exact to the last place, which Math.hypot is not.
  if (value instanceof Complex) return absolute(value as never).at();
  throw new PythonProblem("TypeError", `bad operand type for abs(): '${typeName(value)}'`);
}

/** `target op= value` for a target that is an array: written into it. Anything else is an operation and an assignment. */
export function augmented(op: BinaryOperator, target: unknown, value: unknown): unknown {
  if (Array.isArray(target) && op === "+") {
    const more = value instanceof PyTuple ? value.items : value;
    if (!Array.isArray(more))
      throw new PythonProblem("TypeError", `'${typeName(value)}' object is not iterable`);
    requireItems(target.length + more.length, "a list");
    for (const item of [...(more as unknown[])]) target.push(item);
    return target;
  }
  if (!(target instanceof NDArray) || target instanceof NumpyScalar) return binary(op, target, value);
  requireOperand(`${op}=`, value, target, value);
  const [a, b] = operandPair(target, value);
  (operatorUfuncs.get(op) as unknown as Call)(a, b, { out: target });
  return target;
}
