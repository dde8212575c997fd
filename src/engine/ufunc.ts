import type { ArrayInput } from "../array/create.ts";
import { dateLoops } from "./date-hook.ts";
import { callBinary, callUfunc, callUnary } from "./ufunc-call.ts";
import { UfuncCore, type UfuncDefinition } from "./ufunc-core.ts";
import { readOptions } from "./ufunc-options.ts";

/**
 * Ufuncs as users have them: functions with properties, to which the edge gives methods (methods/ufuncs.ts), so that who
 * takes one function does not load reductions and accumulations as well.
 *
 * What all share is one object, the prototype of each of these functions; a function's own are its name and its core.
 */

/** What every ufunc has besides its call. */
export interface Ufunc {
  /** NumPy's name in camelCase. */
  readonly name: string;
  /** How many operands it takes. */
  readonly nin: number;
  /** How many results it gives. */
  readonly nout: number;
  /** Operands and results together. */
  readonly nargs: number;
  /** How many loops there are. */
  readonly ntypes: number;
  /** The loops, in the order in which they are tried: `"dd->d"` takes two float64 and gives one. */
  readonly types: string[];
  /** What a reduction of nothing gives; null when there is none. */
  readonly identity: number | boolean | null;
  /** The core dimensions of a generalised ufunc; null for an element-wise one. */
  readonly signature: string | null;
  /** @internal */
  readonly core: UfuncCore;
}

/** A function of which the table does not say more. */
export type AnyCall = (...args: never[]) => unknown;

/** @internal What is inside a ufunc. */
export function coreOf(self: unknown): UfuncCore {
  return (self as Ufunc).core;
}

const properties = {
  get nin() {
    return coreOf(this).nin;
  },
  get nout() {
    return coreOf(this).nout;
  },
  get nargs() {
    return coreOf(this).nin + coreOf(this).nout;
  },
  get ntypes() {
    return coreOf(this).types.length + dateLoops(coreOf(this).name).length;
  },
  get types() {
    return [...coreOf(this).types.map(({ text }) => text), ...dateLoops(coreOf(this).name)];
  },
  get identity() {
    return coreOf(this).identity;
  },
  get signature() {
    return coreOf(this).signature;
  },
  toString() {
    return `<ufunc '${coreOf(this).name}'>`;
  },
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return String(this);
  },
};

/** @internal What all ufuncs share. */
export const ufuncPrototype: object = /* @__PURE__ */ Object.create(
  Function.prototype,
  /* @__PURE__ */ Object.getOwnPropertyDescriptors(properties),
);

/** A ufunc from its row of the table; `F` says how it may be called. */
export function ufunc<F extends AnyCall>(row: UfuncDefinition): F & Ufunc {
  return ufuncOver(row, ufuncPrototype) as unknown as F & Ufunc;
}

/** @internal The function of a row, with what it shares. */
export function ufuncOver(row: UfuncDefinition, prototype: object): AnyCall {
  const core = new UfuncCore(row);
  const call = callOf(core);
  Object.setPrototypeOf(call, prototype);
  Object.defineProperty(call, "name", { value: core.name });
  Object.defineProperty(call, "core", { value: core });
  return call;
}

/** The function itself: with as many named operands as there are, because gathering them into a list takes time. */
function callOf(core: UfuncCore): AnyCall {
  if (core.nin === 1)
    return (a: ArrayInput, second?: unknown, ...rest: unknown[]) => callUnary(core, a, second, rest);
  if (core.nin === 2)
    return (a: ArrayInput, b: ArrayInput, third?: unknown, ...rest: unknown[]) =>
      callBinary(core, a, b, third, rest);
  return (...all: unknown[]) =>
    callUfunc(core, all.slice(0, core.nin) as ArrayInput[], readOptions(core, all.slice(core.nin)));
}
