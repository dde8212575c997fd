import type { TypedPlace } from "../array/cast.ts";
import type { ArrayInput } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { sizeOf } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { elementwise, isInspected } from "./drive.ts";
import type { Loop } from "./loop.ts";
import { WEAK_FLOAT, WEAK_INT } from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { apart, isSameShape, mayThrow } from "./ufunc-outputs.ts";
import { scalarPlace } from "./ufunc-scalars.ts";

/**
 * The short way of a call: arrays of one shape, or an array and a number, whose loop is known from an earlier call, into
 * a fresh result or into an array that can take it as it is. Most calls are such, and small ones are over soon. Null is
 * the answer to anything else, and the long way (ufunc-call.ts) comes to the same.
 */

/** One operand. */
export function quickUnary(core: UfuncCore, a: ArrayInput, out: NDArray | null): NDArray | null {
  if (!(a instanceof NDArray)) return null;
  const loop = core.found[a.dtype.num];
  if (loop === undefined) return null;
  if (out !== null && !(takesResult(core, loop, out) && fits(a, out, core.name))) return null;
  const result = out ?? freshLike(core.name, loop, a);
  elementwise(loop, a.layout.shape, [placeOf(a)], [placeOf(result)], null);
  return result;
}

/** Two operands. */
export function quickBinary(
  core: UfuncCore,
  a: ArrayInput,
  b: ArrayInput,
  out: NDArray | null,
): NDArray | null {
  const p = quickCode(a);
  const q = quickCode(b);
  if (p < 0 || q < 0) return null;
  const loop = core.found[p * 32 + q];
  if (loop === undefined || (out !== null && !takesResult(core, loop, out))) return null;
  const { name } = core;
  if (a instanceof NDArray) {
    if (out !== null && !fits(a, out, name)) return null;
    if (b instanceof NDArray) return quickArrays(name, loop, a, b, out);
    if (!isHarmless(core, loop, 1, b as number)) return null;
    return finish(name, loop, a, placeOf(a), besides(name, loop, 1, b as number, a), out);
  }
  if (!(b instanceof NDArray) || !isHarmless(core, loop, 0, a as number)) return null;
  if (out !== null && !fits(b, out, name)) return null;
  return finish(name, loop, b, besides(name, loop, 0, a as number, b), placeOf(b), out);
}

/** The code of an array or a number; below 0 for anything else. */
function quickCode(value: ArrayInput): number {
  if (value instanceof NDArray) return value.dtype.num;
  return typeof value === "number" ? (Number.isInteger(value) ? WEAK_INT : WEAK_FLOAT) : -1;
}

/** Comparisons have an answer also for integers that the dtype does not hold. */
function isHarmless(core: UfuncCore, loop: Loop, k: number, value: number): boolean {
  return core.rule !== "compare" || (value >= 0 && value < 128) || loop.inputs[k]!.kind === "f";
}

/** A number as an operand beside an array. */
function besides(name: string, loop: Loop, k: number, value: number, a: NDArray): TypedPlace {
  return scalarPlace(name, k, value, loop.inputs[k]!, a.layout.shape.length);
}

/** Whether results of a loop can go into an array at once. */
function takesResult(core: UfuncCore, loop: Loop, out: NDArray): boolean {
  return (
    out.dtype === loop.outputs[0] &&
    !mayThrow(core, loop) &&
    !isInspected() &&
    (out.bits & WRITEABLE) !== 0 &&
    isCContiguous(out.layout, out.dtype.itemsize)
  );
}

/** Whether an operand has the shape of the result, and lies apart from it or in the very same place. */
function fits(a: NDArray, out: NDArray, name: string): boolean {
  if (a === out) return true;
  const { shape } = out.layout;
  if (!isSameShape(a.layout.shape, shape)) return false;
  if (a.storage.buffer !== out.storage.buffer || isBeside(a, out)) return true;
  return apart(a, shape, [out], name) === a;
}

/** Whether an operand in C order ends before the result, which is so too, begins, or begins after it has ended. */
function isBeside(a: NDArray, out: NDArray): boolean {
  if (!isCContiguous(a.layout, a.dtype.itemsize)) return false;
  const size = sizeOf(out.layout.shape);
  const from = a.storage.origin + a.layout.offset;
  const to = out.storage.origin + out.layout.offset;
  return from + size * a.dtype.itemsize <= to || to + size * out.dtype.itemsize <= from;
}

function quickArrays(name: string, loop: Loop, a: NDArray, b: NDArray, out: NDArray | null): NDArray | null {
  const { shape } = a.layout;
  if (!isSameShape(shape, b.layout.shape) || (out !== null && !fits(b, out, name))) return null;
  const result = out ?? freshFor(name, loop, a, b);
  elementwise(loop, shape, [placeOf(a), placeOf(b)], [placeOf(result)], null);
  return result;
}

function finish(
  name: string,
  loop: Loop,
  a: NDArray,
  x: TypedPlace,
  y: TypedPlace,
  out: NDArray | null,
): NDArray {
  const result = out ?? freshLike(name, loop, a);
  elementwise(loop, a.layout.shape, [x, y], [placeOf(result)], null);
  return result;
}

/** A fresh result that lies in memory as one operand does. */
function freshLike(name: string, loop: Loop, a: NDArray): NDArray {
  const { shape, strides } = a.layout;
  const dtype = loop.outputs[0]!;
  return unsetArray(shape, dtype, isInC(a) ? "C" : allocatedStrides(shape, [strides], dtype.itemsize), name);
}

/** A fresh result that lies in memory as two operands of one shape do. */
function freshFor(name: string, loop: Loop, a: NDArray, b: NDArray): NDArray {
  const { shape, strides } = a.layout;
  const dtype = loop.outputs[0]!;
  const inC = isInC(a) && isInC(b);
  const order = inC ? "C" : allocatedStrides(shape, [strides, b.layout.strides], dtype.itemsize);
  return unsetArray(shape, dtype, order, name);
}

function isInC(a: NDArray): boolean {
  return a.layout.shape.length < 2 || isCContiguous(a.layout, a.dtype.itemsize);
}
