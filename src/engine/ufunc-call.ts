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
import { isCContiguous } from "../layout/contiguity.ts";
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
  WEAK_FLOAT,
  WEAK_INT,
  weakCode,
} from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { maskFrom, outsFrom, readOptions, type UfuncOptions } from "./ufunc-options.ts";
import {
  apart,
  bringHome,
  detour,
  isSameShape,
  maskApart,
  needsDetour,
  requireOut,
  stretchedPlace,
} from "./ufunc-outputs.ts";
import { exactComparison, isScalarOperand, scalarPlace } from "./ufunc-scalars.ts";

/**
 * The call of a ufunc: operands and options to places, and these to the driver.
 *
 * Arrays of one shape, and an array beside a number, with no options, are most calls, and small ones are over soon: they
 * go a short way that asks for nothing else. Everything else goes the long way; the outcome is the same.
 */

/** Calls a ufunc of one operand. */
export function callUnary(core: UfuncCore, a: ArrayInput, ...rest: unknown[]): NDArray | NDArray[] {
  if (rest.length === 0 && core.nout === 1 && a instanceof NDArray) {
    const loop = core.found[a.dtype.num];
    if (loop !== undefined) return runOne(core.name, loop, a);
  }
  return callUfunc(core, [a], readOptions(core, rest));
}

/** Calls a ufunc of two operands; what follows them are arrays for results, then options. */
export function callBinary(
  core: UfuncCore,
  a: ArrayInput,
  b: ArrayInput,
  third?: unknown,
  ...rest: unknown[]
): NDArray | NDArray[] {
  if (third !== undefined || rest.length > 0)
    return callUfunc(core, [a, b], readOptions(core, [third, ...rest]));
  if (core.nout === 1) {
    const quick = runQuick(core, a, b);
    if (quick !== null) return quick;
  }
  return callUfunc(core, [a, b], {});
}

/** The short way of two operands, or null when it does not lead there. */
function runQuick(core: UfuncCore, a: ArrayInput, b: ArrayInput): NDArray | null {
  if (a instanceof NDArray) {
    if (b instanceof NDArray) {
      if (!isSameShape(a.layout.shape, b.layout.shape)) return null;
      const loop = core.found[a.dtype.num * 32 + b.dtype.num];
      return loop === undefined ? null : runTwo(core.name, loop, a, b);
    }
    if (typeof b !== "number" || core.rule === "compare") return null;
    const loop = core.found[a.dtype.num * 32 + (Number.isInteger(b) ? WEAK_INT : WEAK_FLOAT)];
    if (loop === undefined) return null;
    return runBeside(
      core.name,
      loop,
      a,
      placeOf(a),
      scalarPlace(core.name, 1, b, loop.inputs[1]!, a.layout.shape.length),
    );
  }
  if (!(b instanceof NDArray) || typeof a !== "number" || core.rule === "compare") return null;
  const loop = core.found[(Number.isInteger(a) ? WEAK_INT : WEAK_FLOAT) * 32 + b.dtype.num];
  if (loop === undefined) return null;
  return runBeside(
    core.name,
    loop,
    b,
    scalarPlace(core.name, 0, a, loop.inputs[0]!, b.layout.shape.length),
    placeOf(b),
  );
}

function runOne(name: string, loop: Loop, a: NDArray): NDArray {
  const out = likeOne(name, loop, a);
  elementwise(loop, a.layout.shape, [placeOf(a)], [placeOf(out)], null);
  return out;
}

/** One array and a scalar. */
function runBeside(name: string, loop: Loop, a: NDArray, x: TypedPlace, y: TypedPlace): NDArray {
  const out = likeOne(name, loop, a);
  elementwise(loop, a.layout.shape, [x, y], [placeOf(out)], null);
  return out;
}

function runTwo(name: string, loop: Loop, a: NDArray, b: NDArray): NDArray {
  const { shape } = a.layout;
  const dtype = loop.outputs[0]!;
  const inC = isInC(a) && isInC(b);
  const order = inC ? "C" : allocatedStrides(shape, [a.layout.strides, b.layout.strides], dtype.itemsize);
  const out = unsetArray(shape, dtype, order, name);
  elementwise(loop, shape, [placeOf(a), placeOf(b)], [placeOf(out)], null);
  return out;
}

/** A fresh result that lies in memory as one operand does. */
function likeOne(name: string, loop: Loop, a: NDArray): NDArray {
  const { shape, strides } = a.layout;
  const dtype = loop.outputs[0]!;
  return unsetArray(shape, dtype, isInC(a) ? "C" : allocatedStrides(shape, [strides], dtype.itemsize), name);
}

function isInC(a: NDArray): boolean {
  return a.layout.shape.length < 2 || isCContiguous(a.layout, a.dtype.itemsize);
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
  const results = run(core, loop, operands, options);
  return core.nout === 1 ? results[0]! : results;
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
  const beside = outs.map((out, k) => out !== null && needsDetour(core, outs, k));
  const walked = [...places, ...outs.map((out) => out?.layout ?? null), maskPlace];
  const make = (dtype: Descriptor) => fresh(shape, dtype, order, arrays, walked, where !== null, name);
  const results = outs.map((out, k) => out ?? make(loop.outputs[k]!));
  const targets = results.map((out, k) => (beside[k] ? detour(out, loop.outputs[k]!, name) : out));
  const outPlaces = targets.map((out) => placeOf(out));
  elementwise(loop, shape, inputs, outPlaces, maskPlace);
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
