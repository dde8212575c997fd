import { asarray } from "../array/create.ts";
import { item, tolist } from "../array/elements.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { real } from "../ops/parts.ts";
import { round as roundElements } from "../ops/rounding.ts";
import { compare } from "./comparisons.ts";
import { PythonProblem } from "./errors.ts";
import { asIndex, getItem, makeSlice } from "./indexing.ts";
import { requireItems } from "./limits.ts";
import { NamedParts } from "./named-parts.ts";
import { operand } from "./operands.ts";
import { binary, magnitude, scalarised } from "./operators.ts";
import { PyRange } from "./range.ts";
import { repr, str } from "./repr.ts";
import { scalarOf } from "./results.ts";
import { asComplex, asFloat, isPythonNumber } from "./scalar-arithmetic.ts";
import { truth } from "./truth.ts";
import { typeName } from "./types.ts";
import {
  type CallArguments,
  Callable,
  Mapping,
  NumpyScalar,
  PyBytes,
  PyTuple,
  ScalarType,
} from "./values.ts";

/** Python's own functions and types. */

/** The names and values of all of them. `print` is of the session (interpreter.ts). */
export function builtins(): ReadonlyMap<string, unknown> {
  const all = new Map<string, unknown>();
  for (const [name, call] of Object.entries(functions)) {
    all.set(name, new Callable(name, ({ positional, keywords }) => call(positional, keywords)));
  }
  for (const [name, dtype] of types) all.set(name, new ScalarType(`<class '${name}'>`, dtype, name));
  return all;
}

const types: readonly (readonly [string, string | Descriptor])[] = [
  ["int", plain.int64],
  ["float", plain.float64],
  ["bool", plain.bool],
  ["complex", plain.complex128],
  ["str", "U"],
  ["bytes", "S"],
];

type Keywords = ReadonlyMap<string, unknown>;

const functions: Readonly<Record<string, (args: readonly unknown[], keywords: Keywords) => unknown>> = {
  len: ([value]) => lengthOf(value),
  range: (args) => makeRange(args),
  list: ([value]) => (value === undefined ? [] : [...iterate(value)]),
  tuple: ([value]) => new PyTuple(value === undefined ? [] : iterate(value)),
  abs: ([value]) => magnitude(value),
  min: (args, keywords) => extreme("min", "<", args, keywords),
  max: (args, keywords) => extreme("max", ">", args, keywords),
  sum: ([value, start = 0n], keywords) =>
    iterate(value).reduce((total, one) => binary("+", total, one), keywords.get("start") ?? start),
  round: ([value, digits]) => rounded(value, digits),
  slice: (args) =>
    args.length === 1 ? makeSlice(null, args[0], null) : makeSlice(args[0], args[1], args[2] ?? null),
  repr: ([value]) => repr(value),
  sorted: ([value]) => sorted(iterate(value)),
  reversed: ([value]) => [...iterate(value)].reverse(),
  any: ([value]) => iterate(value).some(truth),
  all: ([value]) => iterate(value).every(truth),
  divmod: ([a, b]) => new PyTuple([binary("//", a, b), binary("%", a, b)]),
  pow: ([a, b]) => binary("**", a, b),
};

function lengthOf(value: unknown): bigint {
  if (value instanceof NDArray) {
    if (value.ndim > 0) return BigInt(value.length);
    throw new PythonProblem("TypeError", "len() of unsized object");
  }
  if (value instanceof PyRange) return value.length;
  if (value instanceof Mapping) return BigInt(value.keys.length);
  if (typeof value === "string") return BigInt([...value].length);
  if (value instanceof PyBytes) return BigInt(value.bytes.length);
  return BigInt(iterate(value).length);
}

function makeRange(args: readonly unknown[]): PyRange {
  const [first, second, third = 1n] = args.map((value) => asIndex(value, "a range is made of integers"));
  if (first === undefined) throw new PythonProblem("TypeError", "range expected at least 1 argument, got 0");
  return second === undefined ? new PyRange(0n, first, 1n) : new PyRange(first, second, third);
}

/** What a value gives one after the other. */
export function iterate(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (value instanceof PyTuple) return value.items;
  if (typeof value === "string") return [...value];
  if (value instanceof PyRange) return value.items();
  if (value instanceof Mapping) return value.keys;
  if (value instanceof NamedParts && value.isTuple) return value.values;
  if (value instanceof NDArray && value.ndim > 0) {
    requireItems(value.length, "a list");
    return Array.from({ length: value.length }, (_, k) => getItem(value, BigInt(k)));
  }
  const what =
    value instanceof NDArray ? "iteration over a 0-d array" : `'${typeName(value)}' object is not iterable`;
  throw new PythonProblem("TypeError", what);
}

function extreme(name: string, op: "<" | ">", args: readonly unknown[], keywords: Keywords): unknown {
  const items = args.length === 1 ? iterate(args[0]) : args;
  if (items.length === 0) {
    if (keywords.has("default")) return keywords.get("default");
    throw new PythonProblem("ValueError", `${name}() iterable argument is empty`);
  }
  return items.reduce((best, one) => (truth(compare(op, one, best)) ? one : best));
}

function sorted(items: readonly unknown[]): unknown[] {
  return [...items].sort((a, b) => (truth(compare("<", a, b)) ? -1 : truth(compare("<", b, a)) ? 1 : 0));
}

function rounded(value: unknown, digits: unknown): unknown {
  if (value instanceof NDArray) {
    if (!(value instanceof NumpyScalar)) {
      throw new PythonProblem(
        "TypeError",
        "type numpy.ndarray doesn't define __round__ method; use np.round",
      );
    }
    const result = roundArray(value, digits);
    return digits === undefined || digits === null ? toInteger(result) : result;
  }
  if (typeof value === "bigint" || typeof value === "boolean") return roundInteger(BigInt(value), digits);
  if (typeof value !== "number")
    throw new PythonProblem("TypeError", `type ${typeName(value)} doesn't define __round__ method`);
  if (digits === undefined || digits === null) return toInteger(halfToEven(value));
  const places = Number(asIndex(digits, "the number of digits must be an integer"));
  if (places > 100) return value;
  if (places < 0) return halfToEven(value * 10 ** places) / 10 ** places;
  return roundDecimal(value, places);
}

/** Before the point there is something to round only with negative digits; ties go to even. */
function roundInteger(value: bigint, digits: unknown): bigint {
  const places = asDigits(digits);
  if (places >= 0) return value;
  if (-places > String(value).length) return 0n;
  const unit = 10n ** BigInt(-places);
  const rest = ((value % unit) + unit) % unit;
  const down = value - rest;
  const isUp = rest * 2n > unit || (rest * 2n === unit && (down / unit) % 2n !== 0n);
  return isUp ? down + unit : down;
}

function asDigits(digits: unknown): number {
  if (digits === undefined || digits === null) return 0;
  return Number(asIndex(digits, "the number of digits must be an integer"));
}

function halfToEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}

/** The decimal nearest to the exact value of a float; `toFixed` rounds that, and ties, which are exact, up. */
function roundDecimal(value: number, places: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return value;
  const scaled = value * 2 ** Math.min(52, places + 1);
  const isTie = places < 50 && Number.isInteger(scaled) && Math.abs(value * 10 ** places) % 1 === 0.5;
  return isTie ? halfToEven(value * 10 ** places) / 10 ** places : Number(value.toFixed(places));
}

function roundArray(a: NDArray, digits: unknown): unknown {
  const decimals =
    digits === undefined || digits === null ? 0 : Number(asIndex(digits, "digits must be an integer"));
  return scalarised(roundElements(a, decimals));
}

/** `int(value)`. */
export function toInteger(value: unknown, base?: unknown): bigint {
  const plainValue = value instanceof NDArray ? scalarItem(value) : value;
  if (typeof plainValue === "bigint" || typeof plainValue === "boolean") return BigInt(plainValue);
  if (typeof plainValue === "number") {
    if (Number.isFinite(plainValue)) return BigInt(Math.trunc(plainValue));
    const what = Number.isNaN(plainValue) ? "NaN" : "infinity";
    throw new PythonProblem(
      what === "NaN" ? "ValueError" : "OverflowError",
      `cannot convert float ${what} to integer`,
    );
  }
  if (typeof plainValue === "string")
    return integerFromText(plainValue, base === undefined ? 10 : Number(base));
  throw new PythonProblem(
    "TypeError",
    `int() argument must be a string or a real number, not '${typeName(value)}'`,
  );
}

function integerFromText(text: string, base: number): bigint {
  const digits = text.trim().replace(/(?<=[\da-z])_(?=[\da-z])/gi, "");
  const prefixed = /^([+-]?)(0[xob])?([\da-z]+)$/i.exec(digits);
  const fail = () =>
    new PythonProblem("ValueError", `invalid literal for int() with base ${base}: ${repr(text)}`);
  if (prefixed === null || text.length > 4300) throw fail();
  const [, sign, prefix = "", body = ""] = prefixed;
  const prefixes: Readonly<Record<number, string>> = { 16: "0x", 8: "0o", 2: "0b" };
  try {
    const size = BigInt(base === 10 ? prefix + body : `${prefixes[base] ?? ""}${body}`);
    if (base === 10 && prefix !== "") throw fail();
    return sign === "-" ? -size : size;
  } catch {
    throw fail();
  }
}

function scalarItem(a: NDArray, keepsComplex = false): unknown {
  // Python warns that imaginary parts are dropped, and drops them.
  if (a.ndim === 0) return pythonItem(a.dtype.kind === "c" && !keepsComplex ? real(a) : a);
  throw new PythonProblem(
    "TypeError",
    "only 0-dimensional arrays can be converted to Python scalars; a.item() takes any of one element",
  );
}

/** The one element of an array as Python's own value. */
export function pythonItem(a: NDArray): unknown {
  return pythonElement(item(a), a);
}

/** An element as it is read, as Python's own value: integers are bigints, bytes are bytes. */
export function pythonElement(value: unknown, a: NDArray): unknown {
  const { kind } = a.dtype;
  if (kind === "i" || kind === "u") return BigInt(value as number);
  if (kind === "S") return new PyBytes(value as Uint8Array);
  return kind === "M" || kind === "m" || kind === "V" ? NumpyScalar.of(asarray(value as never)) : value;
}

/** `a.tolist()`. */
export function pythonList(a: NDArray): unknown {
  if (a.ndim === 0) return pythonItem(a);
  requireItems(a.size, "a list");
  const convert = (node: unknown): unknown =>
    Array.isArray(node) ? node.map(convert) : pythonElement(node, a);
  return convert(tolist(a));
}

/** The call of a type: `float(x)`, `np.uint8(x)`. */
export function construct(type: ScalarType, { positional, keywords }: CallArguments): unknown {
  const [value] = positional;
  switch (type.builtin) {
    case "int":
      return value === undefined ? 0n : toInteger(value, positional[1] ?? keywords.get("base"));
    case "float":
      return value === undefined ? 0 : toFloat(value);
    case "bool":
      return value === undefined ? false : truth(value);
    case "complex":
      return toComplex(positional);
    case "str":
      return value === undefined ? "" : str(value);
    case "bytes":
      throw new PythonProblem("TypeError", "bytes() is left out; write b'...'");
  }
  if (typeof type.dtype === "string" && /^[a-z]/.test(type.dtype)) {
    throw new PythonProblem("TypeError", `cannot create '${type.text.slice(8, -2)}' instances`);
  }
  if (value === undefined) return scalarOf(0, plain.float64);
  const array: NDArray = asarray(operand(value) as never, type.dtype as never);
  return array.ndim === 0
    ? NumpyScalar.of(array === value ? asarray(array, { copy: true } as never) : array)
    : array;
}

function toFloat(value: unknown): number {
  const plainValue = value instanceof NDArray ? scalarItem(value) : value;
  if (isPythonNumber(plainValue) && !(plainValue instanceof Complex)) return asFloat(plainValue);
  if (typeof plainValue !== "string")
    throw new PythonProblem(
      "TypeError",
      `float() argument must be a string or a real number, not '${typeName(value)}'`,
    );
  const text = plainValue.trim().toLowerCase();
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(text);
  if (special !== null) return special[2] === "nan" ? Number.NaN : special[1] === "-" ? -Infinity : Infinity;
  if (/^[+-]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[+-]?\d+)?$/.test(text)) return Number(text.replaceAll("_", ""));
  throw new PythonProblem("ValueError", `could not convert string to float: ${repr(plainValue)}`);
}

function toComplex([re = 0n, im = 0n]: readonly unknown[]): Complex {
  const [a, b] = [re, im].map((part) => (part instanceof NDArray ? scalarItem(part, true) : part));
  if (!isPythonNumber(a) || !isPythonNumber(b))
    throw new PythonProblem("TypeError", "complex() takes numbers here");
  const [left, right] = [asComplex(a), asComplex(b)];
  // Of two real parts signs of zeros are kept.
  if (!(b instanceof Complex))
    return new Complex(left.re, a instanceof Complex ? left.im + right.re : right.re);
  return new Complex(left.re - right.im, left.im + right.re);
}
