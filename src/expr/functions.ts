import { asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { resultType } from "../dtype/result.ts";
import type { Ufunc } from "../engine/ufunc.ts";
import { type Bound, bind, camelCase, converted, libraryArguments } from "./arguments.ts";
import { PythonProblem } from "./errors.ts";
import { indexParts } from "./indexing.ts";
import { operand, operandPair } from "./operands.ts";
import { scalarised } from "./operators.ts";
import { readSignature, type Signature } from "./parameters.ts";
import { fromLibrary } from "./results.ts";
import { type CallArguments, Callable, PyTuple } from "./values.ts";

/** Functions of the library as what an expression can call. */

export type LibraryFunction = (...args: never[]) => unknown;

type AnyFunction = (...args: readonly unknown[]) => unknown;

/** A function by NumPy's name; without a signature its arguments go as they come, and keywords as options. */
export function callable(path: string, fn: LibraryFunction, signature: Signature | null): Callable {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (signature === null) return new Callable(name, (args) => callLoosely(name, fn as AnyFunction, args));
  return new Callable(name, (args) => {
    const bound = bind(name, signature, args);
    return callBound(name, fn as AnyFunction, signature, bound);
  });
}

function callLoosely(name: string, fn: AnyFunction, { positional, keywords }: CallArguments): unknown {
  const given = positional.map((value) => converted(value, "operand", false));
  if (keywords.size > 0) {
    const options: Record<string, unknown> = {};
    for (const [key, value] of keywords) options[camelCase(key)] = converted(value, "number", false);
    given.push(options);
  }
  return fromLibrary(name, fn(...given));
}

/** Products whose scalars are of the dtype that their operands have together. */
const promoting = new Set(["dot", "inner", "vdot"]);

/** @internal A call whose arguments are found: the result as NumPy gives it. */
export function callBound(name: string, fn: AnyFunction, signature: Signature, bound: Bound): unknown {
  for (const [key, value] of bound.values) if (isDefault(key, value)) bound.values.delete(key);
  const out = bound.values.get("out");
  if (out instanceof PyTuple) bound.values.set("out", out.items[0]);
  if (isWhole(signature, bound)) return callWhole(name, fn, signature, bound);
  const args = libraryArguments(signature, bound);
  const result = fn(...args);
  if (result instanceof NDArray && result === bound.values.get("out")) return result;
  const dtype = promoting.has(name) && !(result instanceof NDArray) ? dtypeOfAll(args.slice(0, 2)) : null;
  return fromLibrary(name, result, dtype);
}

/** @internal The dtype that arguments have together. */
export function dtypeOfAll(values: readonly unknown[]): Descriptor {
  return (resultType as AnyFunction)(...values.map((value) => asarray(value as never))) as Descriptor;
}

/** None for an option is what it is when it is left out, but for an axis, where it is all of them. */
function isDefault(name: string, value: unknown): boolean {
  return value === null && name !== "axis" && name !== "axes" && name !== "copy" && name !== "prepend";
}

/** Whether a reduction is asked for one element: here those are JS values, which do not know their dtype. */
function isWhole({ parameters }: Signature, { values }: Bound): boolean {
  if (!parameters.some(({ name }) => name === "keepdims")) return false;
  const axis = values.get("axis") ?? null;
  return axis === null && !values.has("keepdims") && !values.has("out") && values.get("returned") !== true;
}

function callWhole(name: string, fn: AnyFunction, signature: Signature, bound: Bound): unknown {
  bound.values.set("keepdims", true);
  const result = fn(...libraryArguments(signature, bound));
  if (!(result instanceof NDArray)) return fromLibrary(name, result);
  const first = bound.values.get((signature.parameters[0] as { name: string }).name);
  const given = operand(first);
  const { ndim } = given instanceof NDArray ? given : asarray(given as never);
  const rank = Math.max(0, result.ndim - ndim);
  const { shape, strides, offset } = result.layout;
  const kept = result.viewAs({ shape: shape.slice(0, rank), strides: strides.slice(0, rank), offset });
  const own = new NDArray(result.storage, kept.layout, result.dtype, result.base, result.bits);
  return fromLibrary(name, own);
}

const ufuncOptions = "out where casting order dtype signature sig".split(" ");

/** A ufunc, and its methods. */
export function ufuncCallable(name: string, ufunc: Ufunc): Callable {
  const { nin, nout } = ufunc;
  const operands = nin === 1 ? ["x"] : Array.from({ length: nin }, (_, k) => `x${k + 1}`);
  const outs = nout === 1 ? ["out"] : Array.from({ length: nout }, (_, k) => `out${k + 1}`);
  const extra = ufunc.signature === null ? ufuncOptions : [...ufuncOptions, "axes", "axis", "keepdims"];
  const signature = readSignature(operands, [...outs, ...extra.filter((one) => nout > 1 || one !== "out")]);
  const call = (args: CallArguments) => callUfunc(name, ufunc, signature, args);
  return new Callable(name, call, (method) => ufuncMethod(name, ufunc, method));
}

function callUfunc(name: string, ufunc: Ufunc, signature: Signature, args: CallArguments): unknown {
  const bound = bind(name, signature, args);
  const { values } = bound;
  gatherOuts(ufunc, values);
  for (const [key, value] of values) if (value === null && ufuncOptions.includes(key)) values.delete(key);
  const given = libraryArguments(signature, bound);
  const result = (ufunc as unknown as AnyFunction)(...given);
  const out = values.get("out");
  if (result instanceof NDArray) return out === undefined ? scalarised(result) : result;
  return new PyTuple((result as unknown[]).map((one) => (out === undefined ? scalarised(one) : one)));
}

/** `out1` and `out2`, or a tuple, as the list that functions here take. */
function gatherOuts({ nout }: Ufunc, values: Map<string, unknown>): void {
  const out = values.get("out");
  if (out instanceof PyTuple) {
    values.set("out", nout === 1 ? out.items[0] : [...out.items]);
    return;
  }
  const names = Array.from({ length: nout }, (_, k) => `out${k + 1}`);
  if (nout === 1) requireOut(out);
  if (nout === 1 || !names.some((one) => values.has(one))) return;
  values.set(
    "out",
    names.map((one) => values.get(one) ?? null),
  );
  for (const one of names) values.delete(one);
}

function requireOut(out: unknown): void {
  if (out === undefined || out === null || out instanceof NDArray) return;
  throw new PythonProblem("TypeError", "return arrays must be of ArrayType");
}

const methods: ReadonlyMap<string, Signature> = new Map(
  Object.entries({
    reduce: "array | axis dtype out keepdims initial where",
    accumulate: "array | axis dtype out",
    reduceat: "array indices | axis dtype out",
    outer: "A B | out where casting order dtype",
    at: "a indices / b",
  }).map(([name, text]) => {
    const [head = "", tail = ""] = text.split(" |");
    return [name, readSignature(head.split(" "), tail.trim().split(" "))] as const;
  }),
);

function ufuncMethod(name: string, ufunc: Ufunc, method: string): unknown {
  const facts: Readonly<Record<string, unknown>> = {
    nin: BigInt(ufunc.nin),
    nout: BigInt(ufunc.nout),
    nargs: BigInt(ufunc.nargs),
    ntypes: BigInt(ufunc.ntypes),
  };
  if (Object.hasOwn(facts, method)) return facts[method];
  if (method === "identity")
    return typeof ufunc.identity === "number" ? BigInt(ufunc.identity) : ufunc.identity;
  if (method === "types") return ufunc.types;
  const signature = methods.get(method);
  if (signature === undefined) return undefined;
  const fn = (ufunc as unknown as Readonly<Record<string, AnyFunction | undefined>>)[method];
  if (typeof fn !== "function") return undefined;
  return new Callable(`${name}.${method}`, (args) => {
    const bound = bind(`${name}.${method}`, signature, args);
    const run: AnyFunction = (...given) => fn.apply(ufunc, [...given]);
    if (method === "at") return callAt(run, bound);
    // Without an axis it is the first one.
    if (method === "reduce" && !bound.values.has("axis")) bound.values.set("axis", 0n);
    if (method === "accumulate" && bound.values.get("axis") === null && isLine(bound.values.get("array"))) {
      bound.values.delete("axis");
    }
    return callBound(method, run, signature, bound);
  });
}

/** Whether there is one axis only, which then is all of them. */
function isLine(value: unknown): boolean {
  return asarray(operand(value) as never).ndim === 1;
}

function callAt(run: AnyFunction, { values }: Bound): null {
  const parts = indexParts(values.get("indices"));
  const given = [values.get("a"), parts.length === 1 ? parts[0] : parts];
  if (values.has("b")) given.push(operandPair(values.get("b"), values.get("a"))[0]);
  run(...given);
  return null;
}
