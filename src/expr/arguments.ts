import { copy } from "../array/copy.ts";
import { NDArray } from "../array/ndarray.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { isSlice } from "../layout/slice.ts";
import { PythonProblem } from "./errors.ts";
import { floatArray, isWholeFloat, operand, wantsFloat64 } from "./operands.ts";
import type { Parameter, ParameterKind, Signature } from "./parameters.ts";
import { PyRange } from "./range.ts";
import { type CallArguments, NumpyScalar, PyTuple, ScalarType } from "./values.ts";

/** Arguments of a call in Python as arguments of a function of the library: by position, and options behind them. */

/** The values of parameters by their names, and what is left for `*`. */
export interface Bound {
  readonly values: Map<string, unknown>;
  readonly rest: readonly unknown[];
}

/** Which parameter each argument is for. */
export function bind(caller: string, signature: Signature, { positional, keywords }: CallArguments): Bound {
  const { parameters, collects } = signature;
  const most = collects ? signature.positional - 1 : parameters.length;
  if (!collects && positional.length > most) {
    const wanted = most === 1 ? "1 argument" : `${most} arguments`;
    throw new PythonProblem(
      "TypeError",
      `${caller}() takes at most ${wanted}, but ${positional.length} were given`,
    );
  }
  const values = new Map<string, unknown>();
  for (let k = 0; k < positional.length && k < most; k++)
    values.set((parameters[k] as Parameter).name, positional[k]);
  for (const [name, value] of keywords) {
    if (!parameters.some((parameter) => parameter.name === name)) throw unexpected(caller, name, parameters);
    if (values.has(name))
      throw new PythonProblem("TypeError", `${caller}() got multiple values for argument '${name}'`);
    values.set(name, value);
  }
  requireAll(caller, signature, values);
  return { values, rest: collects ? positional.slice(most) : [] };
}

function requireAll(
  caller: string,
  { parameters, required }: Signature,
  values: ReadonlyMap<string, unknown>,
): void {
  const missing = parameters.slice(0, required).find(({ name }) => !values.has(name));
  if (missing === undefined) return;
  throw new PythonProblem("TypeError", `${caller}() is missing the argument '${missing.name}'`);
}

function unexpected(caller: string, name: string, parameters: readonly Parameter[]): PythonProblem {
  const names = parameters.map((parameter) => parameter.name).join(", ");
  return new PythonProblem(
    "TypeError",
    `${caller}() got an unexpected keyword argument '${name}'; it takes ${names || "none"}`,
  );
}

/** The arguments of the library's function. */
export function libraryArguments(signature: Signature, { values, rest }: Bound): unknown[] {
  const { parameters, positional, collects } = signature;
  const float64 = wantsFloats(values, rest);
  const rows = hasFields(values.get("dtype"));
  const given: unknown[] = [];
  const options: Record<string, unknown> = {};
  let hasOptions = false;
  parameters.forEach((parameter, k) => {
    if (collects && k === positional - 1) {
      given.push(...rest.map((value) => converted(value, parameter.kind, float64, rows)));
      return;
    }
    const value = values.get(parameter.name);
    if (k < positional)
      given.push(value === undefined ? undefined : converted(value, parameter.kind, float64, rows));
    else if (value !== undefined) {
      options[camelCase(parameter.name)] = converted(value, parameter.kind, float64, rows);
      hasOptions = true;
    }
  });
  if (hasOptions) given.push(options);
  else while (given.length > 0 && given[given.length - 1] === undefined) given.pop();
  return given;
}

/** Whether a dtype is given that has fields. */
function hasFields(dtype: unknown): boolean {
  return Array.isArray(dtype) || (dtype instanceof Descriptor && dtype.fields !== null);
}

/** Whether Python floats beside these arguments are float64: when there are arrays, and all of integers. */
function wantsFloats(values: ReadonlyMap<string, unknown>, rest: readonly unknown[]): boolean {
  let found = false;
  for (const value of [...values.values(), ...rest]) {
    if (!(value instanceof NDArray)) continue;
    if (!wantsFloat64(value)) return false;
    found = true;
  }
  return found;
}

/** A value as a parameter takes it. */
export function converted(value: unknown, kind: ParameterKind, float64: boolean, rows = false): unknown {
  if (kind === "number") return numbers(value);
  if (kind === "dtype") return dtypeArgument(value);
  if (value instanceof ScalarType || value instanceof Descriptor) return dtypeArgument(value);
  if (value instanceof NumpyScalar) return apart(value);
  return float64 && isWholeFloat(value) ? floatArray(value) : operand(value, 0, rows);
}

/** A scalar as an array with memory of its own, since it must never change; a structure is a view. */
export function apart(value: NumpyScalar): NDArray {
  if (value.dtype.kind !== "V") return copy(value);
  return new NDArray(value.storage, value.layout, value.dtype, value.base, value.bits);
}

/** Integers as JS numbers, in lists too; anything else as it is. */
export function numbers(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(numbers);
  if (value instanceof PyTuple) return value.items.map(numbers);
  if (value instanceof PyRange) return value.items().map(Number);
  if (!(value instanceof NDArray) || !/[iuf]/.test(value.dtype.kind))
    return isSlice(value) ? value : operand(value);
  if (value.ndim === 0) return Number(value.at());
  return value.ndim === 1 ? Array.from({ length: value.length }, (_, k) => Number(value.at(k))) : value;
}

/** What stands for a dtype: types, names, and lists of fields. */
export function dtypeArgument(value: unknown): unknown {
  if (value instanceof ScalarType) return value.dtype;
  if (value instanceof PyTuple) return value.items.map(dtypeArgument);
  if (Array.isArray(value)) return value.map(dtypeArgument);
  if (value instanceof NDArray) return value;
  return typeof value === "bigint" ? Number(value) : value;
}

/** `equal_nan` is `equalNan`. */
export function camelCase(name: string): string {
  return name.replace(/(?!^)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
