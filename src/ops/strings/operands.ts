import { type ArrayInput, asarray } from "../../array/create.ts";
import { workingCopy } from "../../array/duplicate.ts";
import { fromLists } from "../../array/fromlists.ts";
import { dataOf, NDArray } from "../../array/ndarray.ts";
import { arrayOver } from "../../array/typedarrays.ts";
import { isString, strDescriptor } from "../../dtype/strings.ts";
import {
  type NumberRows,
  numbersOf,
  rowsOf,
  type StringRows,
  type Walk,
  walkLike,
  walkOver,
} from "../../engine/string-rows.ts";
import { DTypeError, textOf, ValueError } from "../../errors.ts";
import { broadcastShapes } from "../../layout/broadcast.ts";

/** What strings are made of: an array of them, a text, or nested lists of texts. */
export type StringInput = NDArray<"str"> | NDArray<"bytes"> | NDArray | string | readonly unknown[];

/** Integers, one for each string: a number, an array or nested lists. */
export type IntegerInput = ArrayInput;

/** The dtype of the strings that an input stands for. */
export type StringOf<V> = V extends NDArray<infer D> ? (D extends "bytes" ? "bytes" : "str") : "str";

/** An operand as an array of strings. */
export function stringsFrom(value: StringInput, caller: string, what: string): NDArray {
  const a: NDArray = arrayOver(value, caller) ?? fromLists(value, null, "C", caller);
  if (isString(a.dtype)) return a;
  // An empty list has no dtype of its own.
  if (a.size === 0 && !(value instanceof NDArray)) return fromLists(value, strDescriptor(1), "C", caller);
  throw new DTypeError(
    `${caller}: ${what} has dtype ${a.dtype}; wanted strings, which astype("U") makes of numbers`,
  );
}

/** An operand as an array of integers. */
export function integersFrom(value: IntegerInput, caller: string, what: string): NDArray {
  const a: NDArray = Array.isArray(value) ? fromLists(value, null, "C", caller) : asarray(value);
  if (a.dtype.kind === "i" || a.dtype.kind === "u") return a;
  const isPlain = !(value instanceof NDArray) && a.dtype.type === "float64" && !ArrayBuffer.isView(value);
  if (!isPlain) throw new DTypeError(`${caller}: ${what} has dtype ${a.dtype}; wanted integers`);
  for (const x of dataOf(workingCopy(a, a.dtype, "C", caller)) as Float64Array) {
    if (!Number.isInteger(x)) throw new DTypeError(`${caller}: ${what} has ${textOf(x)}; wanted integers`);
  }
  return a;
}

/** The strings and the integers of a call, brought to one shape. */
export interface Call {
  readonly walk: Walk;
  readonly type: "bytes" | "str";
  readonly strings: readonly StringRows[];
  readonly integers: readonly NumberRows[];
}

/** How the operands of a function are called in its errors. */
export interface Operands {
  readonly strings: readonly (readonly [value: StringInput, what: string])[];
  readonly integers?: readonly (readonly [value: IntegerInput, what: string])[];
}

/** The order of the result in memory: C, that of the first operand, or that in which all are walked. */
export type Order = "C" | "K" | "first";

/** Brings operands to one shape; strings must be of one kind. */
export function callOf(caller: string, { strings, integers = [] }: Operands, order: Order = "K"): Call {
  const texts = strings.map(([value, what]) => stringsFrom(value, caller, what));
  const numbers = integers.map(([value, what]) => integersFrom(value, caller, what));
  requireOneKind(caller, texts);
  return joined(caller, texts, numbers, order);
}

/** The same of arrays that are known to be right. */
export function joined(
  caller: string,
  texts: readonly NDArray[],
  numbers: readonly NDArray[],
  order: Order = "K",
): Call {
  const all = [...texts, ...numbers];
  const shape = broadcastShapes(
    all.map((a) => a.layout.shape),
    caller,
  );
  const walk = order === "first" ? walkLike(texts[0]!, shape) : walkOver(shape, order === "C" ? "C" : all);
  return {
    walk,
    type: texts[0]!.dtype.kind === "U" ? "str" : "bytes",
    strings: texts.map((a) => rowsOf(a, walk)),
    integers: numbers.map((a) => numbersOf(a, walk)),
  };
}

/** Throws unless all strings are bytes, or all are text. */
export function requireOneKind(caller: string, texts: readonly NDArray[]): void {
  const other = texts.find((a) => a.dtype.kind !== texts[0]!.dtype.kind);
  if (other === undefined) return;
  throw new DTypeError(
    `${caller}: ${texts[0]!.dtype} and ${other.dtype} are bytes and text; bring them together with astype, encode or decode`,
  );
}

/** Throws that a length is more than a string can have. */
export function requireWidth(caller: string, width: number, unit: number): number {
  if (width * unit < 2 ** 31) return width;
  throw new ValueError(`${caller}: strings of ${width} characters are too long`);
}
