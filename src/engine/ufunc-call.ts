import type { TypedPlace } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { checkOrder, placeOf } from "../array/duplicate.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { bringNear } from "../array/residence.ts";
import type { Casting } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { isString } from "../dtype/strings.ts";
import { scalarDescriptor } from "../dtype/weak.ts";
import { ValueError } from "../errors.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import { isSameShape, type Layout, type Order } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { bringHome } from "./copy-home.ts";
import { dateEngine } from "./date-hook.ts";
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
import { stringEngine } from "./string-hook.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { maskFrom, outsFrom, readOptions, type UfuncOptions } from "./ufunc-options.ts";
import { apart, detour, maskApart, needsDetour, requireOut, stretchedPlace } from "./ufunc-outputs.ts";
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

function operandsFrom(core: UfuncCore, given: readonly ArrayInput[], signed: boolean): Operands {
  const arrays: (NDArray | null)[] = [];
  const scalars: (ScalarLike | null)[] = [];
  // Scalars alone are what they are, unless a dtype is asked for.
  let weak = signed;
  for (let k = 0; k < given.length; k++) {
    const value = given[k];
    if (value === undefined) throw missing(core);
    const isScalar = !(value instanceof NDArray) && isScalarOperand(value);
    arrays.push(isScalar ? null : value instanceof NDArray ? value : asarray(value));
    scalars.push(isScalar ? value : null);
    if (!isScalar) weak = true;
  }
  const codes: number[] = [];
  for (let k = 0; k < given.length; k++) {
    const scalar = scalars[k]!;
    if (scalar === null) codes.push(arrays[k]!.dtype.num);
    else codes.push(weak ? weakCode(scalar) : scalarDescriptor(scalar).num);
  }
  return { arrays, scalars, codes };
}

/** Calls a ufunc of any number of operands, with options. The result, or the list of results. */
export function callUfunc(
  core: UfuncCore,
  given: readonly ArrayInput[],
  options: UfuncOptions,
): NDArray | NDArray[] {
  const signature = signatureFrom(core, options.dtype, options.sig ?? options.signature);
  const operands = operandsFrom(core, given, signature !== null);
  if (operands.arrays.some((a) => a !== null && a.dtype.unit !== null)) {
    return dateEngine(core.name).call(core, given, options);
  }
  if (operands.arrays.some((a) => a !== null && isString(a.dtype))) return onStrings(core, operands, options);
  const loop = loopFor(core, operands, signature, options);
  const plain = options.out === undefined && options.where === undefined && options.order === undefined;
  const results = plain ? runFresh(core, loop, operands) : run(core, loop, operands, options);
  return core.nout === 1 ? results[0]! : results;
}

/** The same when an operand is of strings. */
function onStrings(
  core: UfuncCore,
  { arrays, scalars }: Operands,
  options: UfuncOptions,
): NDArray | NDArray[] {
  const engine = stringEngine(core.name);
  const result = engine.call(core, arrays, options);
  if (result !== null) return result;
  const truth = engine.truth(arrays, core.name);
  return callUfunc(
    core,
    truth.map((a, k) => a ?? scalars[k]!),
    options,
  );
}

/** Into fresh results: what is most often asked of the long way, as operands have to be broadcast. */
function runFresh({ name }: UfuncCore, loop: Loop, operands: Operands): NDArray[] {
  const { arrays } = operands;
  const shape = commonShape(name, arrays);
  for (let k = 0; k < arrays.length; k++) if (arrays[k] !== null) bringNear(arrays[k]!);
  const inputs = inputsFrom(name, loop, operands, shape);
  const strides: (readonly number[])[] = [];
  for (let k = 0; k < inputs.length; k++) strides.push(inputs[k]!.strides);
  const results: NDArray[] = [];
  const places: TypedPlace[] = [];
  for (let k = 0; k < loop.outputs.length; k++) {
    const dtype = loop.outputs[k]!;
    const result = unsetArray(shape, dtype, allocatedStrides(shape, strides, dtype.itemsize), name);
    results.push(result);
    places.push(placeOf(result));
  }
  elementwise(loop, shape, inputs, places, null);
  return results;
}

/** Where the operands are, stretched to a shape. */
function inputsFrom(
  name: string,
  loop: Loop,
  { arrays, scalars }: Operands,
  shape: readonly number[],
): TypedPlace[] {
  const inputs: TypedPlace[] = [];
  for (let k = 0; k < arrays.length; k++) {
    const a = arrays[k]!;
    inputs.push(
      a === null
        ? scalarPlace(name, k, scalars[k]!, loop.inputs[k]!, shape.length)
        : stretchedPlace(a, shape),
    );
  }
  return inputs;
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
  if (signature !== null) return signedLoop(core, codes, signature, casting);
  const loop = resolveLoop(core, codes);
  if (casting !== "same_kind" && core.rule !== "logical") requireInputs(core, codes, loop, casting);
  return core.rule === "compare" ? exactComparison(core, loop, scalars) : loop;
}

/** The loop of a signature; for the most common kind, of one dtype for the one result, what was found is kept. */
function signedLoop(
  core: UfuncCore,
  codes: readonly number[],
  signature: LoopSignature,
  casting: Casting,
): Loop {
  const { nin, nout } = core;
  const asked = signature[nin]!;
  const isCommon = nout === 1 && nin <= 2 && asked !== null && casting === "same_kind";
  if (!isCommon || signature[0] !== null || signature[nin - 1] !== null) {
    return resolveSigned(core, codes, signature, casting);
  }
  const known = core.asked.get(asked) ?? [];
  const key = nin === 1 ? codes[0]! : codes[0]! * 32 + codes[1]!;
  const loop = known[key] ?? resolveSigned(core, codes, signature, casting);
  known[key] = loop;
  core.asked.set(asked, known);
  return loop;
}

function run(core: UfuncCore, loop: Loop, operands: Operands, options: UfuncOptions): NDArray[] {
  const { name } = core;
  const outs = outsFrom(core, options.out);
  const mask = maskFrom(core, options.where);
  const shape = commonShape(name, operands.arrays, mask, outs);
  for (let k = 0; k < outs.length; k++) {
    const out = outs[k]!;
    if (out !== null) requireOut(core, out, loop.outputs[k]!, shape, options.casting ?? "same_kind");
  }
  for (const a of operands.arrays) if (a !== null) bringNear(a);
  for (const out of outs) if (out !== null) bringNear(out);
  const arrays = operands.arrays.map((a) => (a === null ? null : apart(a, shape, outs, name)));
  const inputs = inputsFrom(name, loop, { ...operands, arrays }, shape);
  const where = mask === null ? null : maskApart(mask, shape, outs, name);
  const maskPlace = where === null ? null : stretchedPlace(where, shape);
  const results: NDArray[] = [];
  const targets: NDArray[] = [];
  const places: TypedPlace[] = [];
  for (let k = 0; k < outs.length; k++) {
    const out = outs[k]!;
    const dtype = loop.outputs[k]!;
    const walked = () => [...inputs.filter((_, j) => arrays[j] !== null), ...layoutsOf(outs), maskPlace];
    const result = out ?? fresh(shape, dtype, options.order ?? "K", arrays, walked, where !== null, name);
    const target = out !== null && needsDetour(core, loop, outs, k) ? detour(out, dtype, name) : result;
    results.push(result);
    targets.push(target);
    places.push(placeOf(target));
  }
  elementwise(loop, shape, inputs, places, maskPlace);
  for (let k = 0; k < results.length; k++) {
    if (targets[k] !== results[k]) bringHome(loop, k, targets[k]!, results[k]!, maskPlace);
  }
  return results;
}

function layoutsOf(outs: readonly (NDArray | null)[]): (Layout | null)[] {
  return outs.map((out) => (out === null ? null : out.layout));
}

const none: readonly (NDArray | null)[] = [];

/** The shape that all broadcast to. */
function commonShape(
  name: string,
  arrays: readonly (NDArray | null)[],
  mask: NDArray | null = null,
  outs: readonly (NDArray | null)[] = none,
): readonly number[] {
  const shapes: (readonly number[])[] = [];
  let same = true;
  const add = (a: NDArray | null) => {
    if (a === null) return;
    const { shape } = a.layout;
    same = same && (shapes.length === 0 || isSameShape(shape, shapes[0]!));
    shapes.push(shape);
  };
  for (let k = 0; k < arrays.length; k++) add(arrays[k]!);
  add(mask);
  for (let k = 0; k < outs.length; k++) add(outs[k]!);
  return same && shapes.length > 0 ? shapes[0]! : broadcastShapes(shapes, name);
}

/** A fresh result; zeros when a mask leaves out some of it. */
function fresh(
  shape: readonly number[],
  dtype: Descriptor,
  order: Order,
  arrays: readonly (NDArray | null)[],
  walked: () => ({ readonly strides: readonly number[] } | null)[],
  masked: boolean,
  name: string,
): NDArray {
  const make = masked ? emptyArray : unsetArray;
  const wanted = checkOrder(order, name) === "A" ? orderOfAll(arrays) : order;
  if (wanted === "C" || wanted === "F") return make(shape, dtype, wanted, name);
  const strides = walked()
    .filter((place) => place !== null)
    .map((place) => place.strides);
  return make(shape, dtype, allocatedStrides(shape, strides, dtype.itemsize), name);
}

/** What order "A" means for several operands: F when all are in that order. */
function orderOfAll(arrays: readonly (NDArray | null)[]): "C" | "F" {
  return arrays.every((a) => a === null || a.isContiguous("F")) ? "F" : "C";
}
