import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { requireWriteable } from "../array/flags.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ElementValue, ScalarLike } from "../dtype/map.ts";
import { type DTypeLike, toDescriptor } from "../dtype/parse.ts";
import { pointsIn } from "../dtype/string-access.ts";
import { isString, type StringDType, strDescriptor, stringDescriptor } from "../dtype/strings.ts";
import { plain } from "../dtype/table.ts";
import { isScalar, scalarDescriptor } from "../dtype/weak.ts";
import { offsetsOf } from "../engine/index-offsets.ts";
import { maskApart } from "../engine/ufunc-outputs.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { shapeText, sizeOf } from "../layout/layout.ts";

/** A function of elements: it gets one of each operand and gives one result, or a list of them. */
export type ElementFunction = (...elements: never[]) => unknown;

/** How `frompyfunc` makes results. */
export interface FrompyfuncOptions {
  /** The dtype of all results, or one for each; if left out, what the first result is. */
  readonly dtype?: DTypeLike | readonly (DTypeLike | null)[] | null | undefined;
  /** What is said of the function: the value of a reduction of nothing. */
  readonly identity?: ScalarLike | null | undefined;
}

/** How a function over elements is called. */
export interface ElementwiseOptions {
  /** Where the result goes, or an array or null for each. */
  readonly out?: NDArray | null | readonly (NDArray | null)[] | undefined;
  /** Call the function only where this is true; fresh results are 0 elsewhere. */
  readonly where?: ArrayInput | undefined;
}

/** A function over elements that takes arrays. */
export interface ElementwiseFunction {
  (...operands: [...ArrayInput[], ElementwiseOptions]): NDArray | NDArray[];
  (...operands: ArrayInput[]): NDArray | NDArray[];
  readonly nin: number;
  readonly nout: number;
  readonly nargs: number;
  readonly identity: ScalarLike | null;
}

/**
 * A function that takes arrays, broadcasts them and calls `fn` for each element. NumPy gives arrays of objects; here the
 * dtype is that of the first result (number float64, bigint int64, boolean bool, Complex complex128), or the one asked for.
 * The result is an array, or a list of `nout` arrays.
 *
 * @param fn gets `nin` elements and gives one, or a list of `nout`
 * @throws ShapeError when the operands do not broadcast
 * @throws DTypeError when `fn` gives what is no element; arrays given for results are unchanged then
 * @example
 * const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
 * const table = np.frompyfunc(gcd, 2, 1);
 * table(np.array([12, 18]), 8); // array([4., 2.])
 */
export function frompyfunc(
  fn: ElementFunction,
  nin: number,
  nout: number,
  options: FrompyfuncOptions = {},
): ElementwiseFunction {
  if (typeof fn !== "function") throw new ValueError(`frompyfunc: ${textOf(fn)} is no function`);
  for (const count of [nin, nout]) {
    if (Number.isInteger(count) && count >= 0 && count <= MOST_OPERANDS) continue;
    throw new ValueError(
      `frompyfunc: ${textOf(count)} is no number of operands or results; 0 to ${MOST_OPERANDS}`,
    );
  }
  const types = dtypesAsked(options?.dtype, nout, "frompyfunc");
  const call = (...given: unknown[]): NDArray | NDArray[] => {
    const keywords = given.length === nin + 1 ? (given[nin] as ElementwiseOptions) : {};
    if (given.length !== nin && given.length !== nin + 1) {
      throw new ValueError(`frompyfunc: ${given.length} operands were given; the function takes ${nin}`);
    }
    const results = mapElements(fn, given.slice(0, nin) as ArrayInput[], types, keywords, "frompyfunc");
    return nout === 1 ? results[0]! : results;
  };
  return Object.assign(call, { nin, nout, nargs: nin + nout, identity: options?.identity ?? null });
}

/** As many as NumPy allows. */
const MOST_OPERANDS = 64;

/** @internal The dtypes that were asked for, one for each result; null for what the first result is. */
export function dtypesAsked(
  dtype: FrompyfuncOptions["dtype"],
  count: number,
  caller: string,
): (Descriptor | null)[] {
  const list = Array.isArray(dtype) ? (dtype as readonly (DTypeLike | null)[]) : null;
  if (list !== null && list.length !== count) {
    throw new ValueError(`${caller}: ${list.length} dtypes were given for ${count} results`);
  }
  return Array.from({ length: count }, (_, k) => {
    const one = list === null ? (dtype as DTypeLike | null | undefined) : list[k];
    return one === null || one === undefined ? null : toDescriptor(one);
  });
}

/** @internal Calls a function for all elements of operands that broadcast; as many results as there are dtypes. */
export function mapElements(
  fn: ElementFunction,
  given: readonly ArrayInput[],
  types: readonly (Descriptor | null)[],
  options: ElementwiseOptions,
  caller: string,
): NDArray[] {
  if (typeof options !== "object" || options === null) {
    throw new ValueError(`${caller}: ${textOf(options)} is no object of options, such as { out, where }`);
  }
  const { out, where } = options;
  const arrays: NDArray[] = given.map((one) => asarray(one));
  const mask = where === undefined ? null : asarray(where, "bool");
  const outs = outsFrom(out, types.length, caller);
  const all = [...arrays, ...(mask === null ? [] : [mask]), ...outs.filter((one) => one !== null)];
  const shape = broadcastShapes(
    all.map((one) => one.layout.shape),
    caller,
  );
  for (const one of outs) {
    if (one !== null && shapeText(one.layout.shape) !== shapeText(shape)) {
      throw new ShapeError(
        `${caller}: out has shape ${shapeText(one.layout.shape)}, but the operands broadcast to ${shapeText(shape)}`,
      );
    }
  }
  for (const one of outs) if (one !== null) requireWriteable(one, caller);
  const values = callAll(fn, arrays, mask, shape, types.length, caller);
  const fresh = types.map((dtype, k) => fromValues(values[k]!, dtype, shape, caller));
  // All is asked before the first is written; and the mask may lie in one of them.
  for (const [k, one] of outs.entries()) {
    if (one !== null) requireCast(fresh[k]!.dtype, one.dtype, "same_kind", caller);
  }
  const bits = mask === null ? undefined : maskApart(mask, shape, outs, caller);
  for (const [k, one] of outs.entries()) {
    if (one !== null) assign(one, fresh[k]!, { casting: "same_kind", caller, where: bits });
  }
  return fresh.map((one, k) => outs[k] ?? one);
}

/** The array given for each result, or null. */
function outsFrom(out: ElementwiseOptions["out"], count: number, caller: string): (NDArray | null)[] {
  const given: readonly unknown[] = Array.isArray(out) ? out : [out];
  for (const one of given) {
    if (one instanceof NDArray || one === null || one === undefined) continue;
    throw new ValueError(
      `${caller}: ${textOf(one)} cannot take a result; give an array, or null for a fresh one`,
    );
  }
  if (given.length > count || (Array.isArray(out) && given.length < count)) {
    throw new ValueError(`${caller}: out has ${given.length} arrays for ${count} results`);
  }
  return Array.from({ length: count }, (_, k) => (given[k] as NDArray | undefined) ?? null);
}

/** For each result a list of its values in C order; undefined where the mask is false. */
function callAll(
  fn: ElementFunction,
  arrays: readonly NDArray[],
  mask: NDArray | null,
  shape: readonly number[],
  nout: number,
  caller: string,
): unknown[][] {
  const operands = arrays.map((array) => readerOf(array, shape));
  const picked = mask === null ? null : readerOf(mask, shape);
  const size = sizeOf(shape);
  const values = Array.from({ length: nout }, () => new Array<unknown>(size));
  for (let i = 0; i < size; i++) {
    if (picked !== null && picked(i) !== true) continue;
    const result = fn(...(operands.map((read) => read(i)) as never[]));
    if (nout === 1) values[0]![i] = result;
    else {
      if (!Array.isArray(result) || result.length !== nout) {
        throw new ValueError(
          `${caller}: the function gave ${textOf(result)}; wanted a list of ${nout} results`,
        );
      }
      for (let k = 0; k < nout; k++) values[k]![i] = result[k];
    }
  }
  return values;
}

/** Reads elements by their number in C order. */
function readerOf(array: NDArray, shape: readonly number[]): (i: number) => ElementValue {
  const offsets = offsetsOf(broadcastLayout(array.layout, shape)!);
  const { storage, dtype } = array;
  return (i) => dtype.access.read(storage.view, offsets[i]!);
}

function fromValues(
  values: readonly unknown[],
  asked: Descriptor | null,
  shape: readonly number[],
  caller: string,
): NDArray {
  const open = asked ?? dtypeOfFirst(values, caller);
  const elements = values.map((value) => coerced(value, open, caller));
  const dtype = isString(open) && open.itemsize === 0 ? asWideAs(elements, open) : open;
  const result = unsetArray(shape, dtype, "C", caller);
  const { itemsize, access } = dtype;
  const { view } = result.storage;
  // A mask leaves holes, which map leaves out too.
  for (let i = 0; i < elements.length; i++) {
    const element = i in elements ? elements[i] : dtype.access.convert(0);
    access.write(view, result.layout.offset + i * itemsize, element as never);
  }
  return result;
}

function dtypeOfFirst(values: readonly unknown[], caller: string): Descriptor {
  const first = values.find((value) => value !== undefined);
  if (first === undefined) return plain.float64;
  if (isScalar(first)) return scalarDescriptor(first);
  if (typeof first === "string") return strDescriptor(0);
  throw new DTypeError(
    `${caller}: the function gave ${textOf(first)}, for which there is no dtype; give numbers, or a dtype`,
  );
}

/** Strings as wide as the longest of some elements. */
function asWideAs(elements: readonly unknown[], { type }: Descriptor<StringDType>): Descriptor {
  let width = 1;
  for (const element of elements) {
    if (element === undefined) continue;
    const length = typeof element === "string" ? pointsIn(element) : (element as Uint8Array).length;
    width = Math.max(width, length);
  }
  return stringDescriptor(type, width);
}

function coerced(value: unknown, dtype: Descriptor, caller: string): ElementValue {
  if (value !== undefined) return dtype.access.coerce(value);
  throw new DTypeError(`${caller}: the function gave undefined for an element; return a value from it`);
}
