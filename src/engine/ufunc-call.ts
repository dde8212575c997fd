import type { TypedPlace } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { checkOrder, placeOf } from "../array/duplicate.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { scalarDescriptor } from "../dtype/weak.ts";
import { ValueError } from "../errors.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import type { Order } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { elementwise } from "./drive.ts";
import type { Loop } from "./loop.ts";
import {
  type LoopSignature,
  requireInputs,
  resolveLoop,
  resolveSigned,
  signatureFrom,
  weakCode,
} from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { maskFrom, outsFrom, readOptions, type UfuncOptions } from "./ufunc-options.ts";
import {
  apart,
  bringHome,
  detour,
  maskApart,
  needsDetour,
  requireOut,
  stretchedPlace,
} from "./ufunc-outputs.ts";
import { quickBinary, quickUnary } from "./ufunc-quick.ts";
import { exactComparison, isScalarOperand, scalarPlace } from "./ufunc-scalars.ts";

/**
 * The call of a ufunc: operands and options to places, and these to the driver.
 *
 * Most calls go the short way (ufunc-quick.ts); this is the long one, of any operands and options.
 */

/** Calls a ufunc of one operand; what follows it are arrays for results, then options. */
export function callUnary(
  core: UfuncCore,
  a: ArrayInput,
  second: unknown,
  rest: readonly unknown[],
): NDArray | NDArray[] {
  const out = onlyOut(second, rest);
  if (out !== undefined && core.nout === 1) {
    const quick = quickUnary(core, a, out);
    if (quick !== null) return quick;
  }
  return callUfunc(core, [a], optionsOf(core, second, rest));
}

/** Calls a ufunc of two operands; what follows them are arrays for results, then options. */
export function callBinary(
  core: UfuncCore,
  a: ArrayInput,
  b: ArrayInput,
  third: unknown,
  rest: readonly unknown[],
): NDArray | NDArray[] {
  const out = onlyOut(third, rest);
  if (out !== undefined && core.nout === 1) {
    const quick = quickBinary(core, a, b, out);
    if (quick !== null) return quick;
  }
  return callUfunc(core, [a, b], optionsOf(core, third, rest));
}

/** What follows the operands, as options. */
function optionsOf(core: UfuncCore, first: unknown, rest: readonly unknown[]): UfuncOptions {
  return first === undefined && rest.length === 0 ? {} : readOptions(core, [first, ...rest]);
}

/** The one array for results if nothing else is given, null if nothing is given at all; else undefined. */
function onlyOut(first: unknown, rest: readonly unknown[]): NDArray | null | undefined {
  if (rest.length > 0) return undefined;
  if (first === undefined) return null;
  if (first instanceof NDArray) return first;
  if (typeof first !== "object" || first === null) return undefined;
  const { out, where, casting, order, dtype, sig, signature } = first as UfuncOptions;
  const none =
    where === undefined &&
    casting === undefined &&
    order === undefined &&
    dtype === undefined &&
    sig === undefined;
  return none && signature === undefined && out instanceof NDArray ? out : undefined;
}

/** Operands as they take part: the arrays, null for scalars; the scalars, null for arrays; and the code of each. */
interface Operands {
  readonly arrays: readonly (NDArray | null)[];
  readonly scalars: (ScalarLike | null)[];
  readonly codes: readonly number[];
}

function operandsFrom(given: readonly ArrayInput[], signed: boolean): Operands {
  const scalars = given.map((value) => (isScalarOperand(value) ? value : null));
  const arrays = given.map((value, k) => (scalars[k] !== null ? null : asarray(value)));
  // Scalars alone are what they are, unless a dtype is asked for.
  const weak = signed || arrays.some((array) => array !== null);
  const codeOf = weak ? weakCode : (value: ScalarLike) => scalarDescriptor(value).num;
  const codes = given.map((_, k) => arrays[k]?.dtype.num ?? codeOf(scalars[k]!));
  return { arrays, scalars, codes };
}

/** Calls a ufunc of any number of operands, with options. The result, or the list of results. */
export function callUfunc(
  core: UfuncCore,
  given: readonly ArrayInput[],
  options: UfuncOptions,
): NDArray | NDArray[] {
  const signature = signatureFrom(core, options.dtype, options.sig ?? options.signature);
  for (const value of given) if (value === undefined) throw missing(core);
  const operands = operandsFrom(given, signature !== null);
  const loop = loopFor(core, operands, signature, options);
  const plain = options.out === undefined && options.where === undefined && options.order === undefined;
  const results = plain ? runFresh(core, loop, operands) : run(core, loop, operands, options);
  return core.nout === 1 ? results[0]! : results;
}

/** Into fresh results: what is most often asked of the long way, as operands have to be broadcast. */
function runFresh(core: UfuncCore, loop: Loop, { arrays, scalars }: Operands): NDArray[] {
  const { name } = core;
  const shape = shapeOf(name, arrays);
  const inputs: TypedPlace[] = [];
  const strides: (readonly number[])[] = [];
  for (let k = 0; k < arrays.length; k++) {
    const a = arrays[k]!;
    const place =
      a === null
        ? scalarPlace(name, k, scalars[k]!, loop.inputs[k]!, shape.length)
        : stretchedPlace(a, shape);
    inputs.push(place);
    strides.push(place.strides);
  }
  const results: NDArray[] = [];
  for (const dtype of loop.outputs) {
    results.push(unsetArray(shape, dtype, allocatedStrides(shape, strides, dtype.itemsize), name));
  }
  elementwise(loop, shape, inputs, results.map(placeOfWhole), null);
  return results;
}

function placeOfWhole(a: NDArray): TypedPlace {
  return placeOf(a);
}

function missing(core: UfuncCore): ValueError {
  return new ValueError(`${core.name}: takes ${core.nin} operands; one is missing or undefined`);
}

function loopFor(
  core: UfuncCore,
  { scalars, codes }: Operands,
  signature: LoopSignature | null,
  { casting = "same_kind" }: UfuncOptions,
): Loop {
  if (signature !== null) return resolveSigned(core, codes, signature, casting);
  const loop = resolveLoop(core, codes);
  if (casting !== "same_kind" && core.rule !== "logical") requireInputs(core, codes, loop, casting);
  return core.rule === "compare" ? exactComparison(core, loop, scalars) : loop;
}

function run(core: UfuncCore, loop: Loop, { arrays, scalars }: Operands, options: UfuncOptions): NDArray[] {
  const { name } = core;
  const { casting = "same_kind", order = "K" } = options;
  const outs = outsFrom(core, options.out);
  const mask = maskFrom(core, options.where);
  const shape = shapeOf(name, [...arrays, mask, ...outs]);
  for (const [k, out] of outs.entries()) {
    if (out !== null) requireOut(core, out, loop.outputs[k]!, shape, casting);
  }
  const places = arrays.map((a) => (a === null ? null : stretchedPlace(apart(a, shape, outs, name), shape)));
  const inputs = places.map(
    (place, k) => place ?? scalarPlace(name, k, scalars[k]!, loop.inputs[k]!, shape.length),
  );
  const where = mask === null ? null : maskApart(mask, shape, outs, name);
  const maskPlace = where === null ? null : stretchedPlace(where, shape);
  const beside = outs.map((out, k) => out !== null && needsDetour(core, loop, outs, k));
  const walked = [...places, ...outs.map((out) => out?.layout ?? null), maskPlace];
  const make = (dtype: Descriptor) => fresh(shape, dtype, order, arrays, walked, where !== null, name);
  const results = outs.map((out, k) => out ?? make(loop.outputs[k]!));
  const targets = results.map((out, k) => (beside[k] ? detour(out, loop.outputs[k]!, name) : out));
  elementwise(loop, shape, inputs, targets.map(placeOfWhole), maskPlace);
  for (const [k, out] of results.entries()) if (beside[k]) bringHome(targets[k]!, out, where, name);
  return results;
}

/** The shape that all broadcast to. */
function shapeOf(name: string, all: readonly (NDArray | null)[]): readonly number[] {
  const shapes = all.filter((a) => a !== null).map((a) => a.layout.shape);
  return shapes.length === 1 ? shapes[0]! : broadcastShapes(shapes, name);
}

/** A fresh result; zeros when a mask leaves out some of it. */
function fresh(
  shape: readonly number[],
  dtype: Descriptor,
  order: Order,
  arrays: readonly (NDArray | null)[],
  walked: readonly ({ readonly strides: readonly number[] } | null)[],
  masked: boolean,
  name: string,
): NDArray {
  const make = masked ? emptyArray : unsetArray;
  const wanted = checkOrder(order, name) === "A" ? orderOfAll(arrays) : order;
  if (wanted === "C" || wanted === "F") return make(shape, dtype, wanted, name);
  const strides = walked.filter((place) => place !== null).map((place) => place.strides);
  return make(shape, dtype, allocatedStrides(shape, strides, dtype.itemsize), name);
}

/** What order "A" means for several operands: F when all are in that order. */
function orderOfAll(arrays: readonly (NDArray | null)[]): "C" | "F" {
  return arrays.every((a) => a === null || a.isContiguous("F")) ? "F" : "C";
}
