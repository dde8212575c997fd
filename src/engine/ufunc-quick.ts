import type { TypedPlace } from "../array/cast.ts";
import type { ArrayInput } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { FEW, fewIn, fewOut, isFew } from "../array/fewmoves.ts";
import { WRITEABLE } from "../array/flags.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { bringNear } from "../array/residence.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { isSameShape, type Layout, sizeOf } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { tilePointer } from "../wasm/memory.ts";
import { elementwise, isInspected } from "./drive.ts";
import type { Loop } from "./loop.ts";
import { WEAK_FLOAT, WEAK_INT } from "./resolve.ts";
import {
  binaryLine,
  binaryPiece,
  isDirect,
  lineStep,
  NO_LINE,
  pieceOf,
  repeatsFor,
  unaryLine,
} from "./rows.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { isUnharmed, mayThrow } from "./ufunc-outputs.ts";
import { scalarPlace, scalarRow } from "./ufunc-scalars.ts";

/**
 * The short way of a call: arrays of one shape, or an array and a number, whose loop is known from an earlier call, into
 * a fresh result or into an array that can take it as it is. Most calls are such, and small ones are over soon: arrays
 * that lie in rows, of the dtypes of the kernel, go past the driver (rows.ts). Null is the answer to anything else, and
 * the long way (ufunc-call.ts) comes to the same.
 */

/** One operand. */
export function quickUnary(core: UfuncCore, a: ArrayInput, out: NDArray | null): NDArray | null {
  if (!(a instanceof NDArray)) return null;
  const loop = core.found[a.dtype.num];
  if (loop === undefined || (out !== null && !takesResult(core, loop, out))) return null;
  bringNear(a);
  if (out !== null) bringNear(out);
  const step = stepOf(loop, 0, a, out);
  if (step !== NO_LINE) {
    const result = out ?? freshLike(core.name, loop, a);
    const { storage, layout } = result;
    unaryLine(loop, sizeOf(layout.shape), a.storage, a.layout.offset, step, storage, layout.offset);
    return result;
  }
  if (out !== null && !fits(a, out)) return null;
  return finish(core.name, loop, a, [placeOf(a)], out);
}

/** Two operands. */
export function quickBinary(
  core: UfuncCore,
  a: ArrayInput,
  b: ArrayInput,
  out: NDArray | null,
): NDArray | null {
  if (a instanceof NDArray) {
    if (b instanceof NDArray) return quickArrays(core, a, b, out);
    return typeof b === "number" ? quickScalar(core, a, b, 1, out) : null;
  }
  return b instanceof NDArray && typeof a === "number" ? quickScalar(core, b, a, 0, out) : null;
}

function quickArrays(core: UfuncCore, a: NDArray, b: NDArray, out: NDArray | null): NDArray | null {
  const loop = core.found[a.dtype.num * 32 + b.dtype.num];
  if (loop === undefined || (out !== null && !takesResult(core, loop, out))) return null;
  const { shape } = a.layout;
  const { name } = core;
  // Lines of few numbers that have loops of their own are done where they lie.
  if (loop.plain === undefined && areFew(loop, a, b, out)) return runFew(name, loop, a, b, out);
  bringNear(a);
  bringNear(b);
  if (out !== null) bringNear(out);
  if (!isSameShape(shape, b.layout.shape)) return quickStretched(name, loop, a, b, out);
  const p = stepOf(loop, 0, a, out);
  const q = p === NO_LINE || a === b ? p : stepOf(loop, 1, b, out);
  if (q !== NO_LINE && (out !== null || areMetAlike(a, b))) {
    const result = out ?? freshLike(name, loop, a);
    const { storage, layout } = result;
    const n = sizeOf(shape);
    binaryLine(loop, n, a.storage, a.layout.offset, p, b.storage, b.layout.offset, q, storage, layout.offset);
    return result;
  }
  return areFew(loop, a, b, out) ? runFew(name, loop, a, b, out) : quickStretched(name, loop, a, b, out);
}

/** Whether few elements of any layouts can go through tiles as they are. */
function areFew(loop: Loop, a: NDArray, b: NDArray, out: NDArray | null): boolean {
  const { shape } = a.layout;
  if (sizeOf(shape) > FEW || !isSameShape(shape, b.layout.shape) || !isAsLoop(loop, a, b)) return false;
  if (!isFew(shape, a.dtype.itemsize, a.storage) || !isFew(shape, b.dtype.itemsize, b.storage)) return false;
  if (out === null) return true;
  return isSameShape(out.layout.shape, shape) && isFew(shape, out.dtype.itemsize, out.storage);
}

/** All of them are brought in before a result is written, so it does no harm where it overlaps them. */
function runFew(name: string, loop: Loop, a: NDArray, b: NDArray, out: NDArray | null): NDArray {
  const { shape, strides } = a.layout;
  const dtype = loop.outputs[0]!;
  // Before anything lies in tiles: who is told of memory may call others.
  const result = out ?? unsetArray(shape, dtype, stridesFor(a, b, dtype.itemsize), name);
  const [x, y, z] = [tilePointer(0), tilePointer(1), tilePointer(2)];
  fewIn(shape, strides, a.storage, a.layout.offset, a.dtype.itemsize, x);
  if (a !== b) fewIn(shape, b.layout.strides, b.storage, b.layout.offset, b.dtype.itemsize, y);
  loop.kernel.run(sizeOf(shape), x, a === b ? x : y, z);
  const { storage, layout } = result;
  fewOut(shape, layout.strides, storage, layout.offset, dtype.itemsize, z);
  return result;
}

/** The strides of the fresh result of two operands. */
function stridesFor(a: NDArray, b: NDArray, itemsize: number): readonly number[] {
  const { shape, strides } = a.layout;
  if (hasStridesOf(a.layout, itemsize) && hasStridesOf(b.layout, b.dtype.itemsize)) return strides;
  return allocatedStrides(shape, [strides, b.layout.strides], itemsize);
}

/** Two arrays of any layouts, stretched to the shape of both, or to that of the array for the result. */
function quickStretched(
  name: string,
  loop: Loop,
  a: NDArray,
  b: NDArray,
  out: NDArray | null,
): NDArray | null {
  const shape = out !== null ? out.layout.shape : shapeOfBoth(a, b, name);
  const x = placeWithin(a, shape);
  const y = placeWithin(b, shape);
  if (x === null || y === null) return null;
  if (out !== null && !(takesInOrder(a, shape, out) && takesInOrder(b, shape, out))) return null;
  const dtype = loop.outputs[0]!;
  const result =
    out ?? unsetArray(shape, dtype, allocatedStrides(shape, [x.strides, y.strides], dtype.itemsize), name);
  const { storage, layout } = result;
  const n = sizeOf(shape);
  const isOne = n <= pieceOf(loop) && isCContiguous(layout, dtype.itemsize) && isAsLoop(loop, a, b);
  if (isOne && loop.plain?.grid(shape, x, y, placeOf(result)) === true) return result;
  if (isOne) binaryPiece(loop, shape, n, x, y, storage, layout.offset);
  else elementwise(loop, shape, [x, y], [placeOf(result)], null);
  return result;
}

function shapeOfBoth(a: NDArray, b: NDArray, name: string): readonly number[] {
  const { shape } = a.layout;
  const other = b.layout.shape;
  return isSameShape(shape, other) ? shape : broadcastShapes([shape, other], name);
}

/** Where an array is, stretched to a shape; null when it does not fit. */
function placeWithin(a: NDArray, shape: readonly number[]): TypedPlace | null {
  if (isSameShape(a.layout.shape, shape)) return placeOf(a);
  const layout = broadcastLayout(a.layout, shape);
  return layout === null ? null : placeOf(a, layout);
}

/** Whether both operands are what the kernel of a loop takes, and nobody looks on. */
function isAsLoop(loop: Loop, a: NDArray, b: NDArray): boolean {
  return a.dtype === loop.inputs[0] && b.dtype === loop.inputs[1] && isDirect(loop) && !isInspected();
}

/** An array and a number, which is operand `k`. */
function quickScalar(
  core: UfuncCore,
  a: NDArray,
  value: number,
  k: 0 | 1,
  out: NDArray | null,
): NDArray | null {
  const code = Number.isInteger(value) ? WEAK_INT : WEAK_FLOAT;
  const { num } = a.dtype;
  const loop = core.found[k === 1 ? num * 32 + code : code * 32 + num];
  if (loop === undefined || !isHarmless(core, loop, k, value)) return null;
  if (out !== null && !takesResult(core, loop, out)) return null;
  bringNear(a);
  if (out !== null) bringNear(out);
  const { name } = core;
  const dtype = loop.inputs[k]!;
  const step = stepOf(loop, 1 - k, a, out);
  if (step !== NO_LINE) {
    const n = sizeOf(a.layout.shape);
    const at = scalarRow(name, k, value, dtype, repeatsFor(n, dtype.itemsize));
    const result = out ?? freshLike(name, loop, a);
    const { storage, layout } = result;
    const { offset } = a.layout;
    if (k === 1) binaryLine(loop, n, a.storage, offset, step, null, at, 0, storage, layout.offset);
    else binaryLine(loop, n, null, at, 0, a.storage, offset, step, storage, layout.offset);
    return result;
  }
  if (out !== null && !fits(a, out)) return null;
  const scalar = scalarPlace(name, k, value, dtype, a.layout.shape.length);
  return finish(name, loop, a, k === 1 ? [placeOf(a), scalar] : [scalar, placeOf(a)], out);
}

/** Comparisons have an answer also for integers that the dtype does not hold. */
function isHarmless(core: UfuncCore, loop: Loop, k: number, value: number): boolean {
  return core.rule !== "compare" || (value >= 0 && value < 128) || loop.inputs[k]!.kind === "f";
}

/** Whether results of a loop can go into an array at once, if it lies well. */
function takesResult(core: UfuncCore, loop: Loop, out: NDArray): boolean {
  return (
    out.dtype === loop.outputs[0] && !mayThrow(core, loop) && !isInspected() && (out.bits & WRITEABLE) !== 0
  );
}

/**
 * How far operand `k` steps when it can go past the driver: it is a line of the dtype of a loop whose kernel takes all as
 * it is, and the result a row apart from it, met in the same order. Else NO_LINE. Operands in F order are rows as well, as
 * long as all are.
 */
function stepOf(loop: Loop, k: number, a: NDArray, out: NDArray | null): number {
  if (a.dtype !== loop.inputs[k] || !isDirect(loop) || isInspected()) return NO_LINE;
  const step = lineStep(a);
  if (step !== NO_LINE) {
    if (out === null || (out === a && step === a.dtype.itemsize)) return step;
    return lineStep(out) === out.dtype.itemsize && isApart(a, step, out) ? step : NO_LINE;
  }
  const { itemsize } = a.dtype;
  if (!isFContiguous(a.layout, itemsize)) return NO_LINE;
  return out === null || out === a || (liesLike(a, out) && isApart(a, itemsize, out)) ? itemsize : NO_LINE;
}

/** Whether two arrays without an output are met in the same order: both are lines, or lie alike. */
function areMetAlike(a: NDArray, b: NDArray): boolean {
  if (a === b || a.layout.shape.length < 2) return true;
  return (lineStep(a) !== NO_LINE && lineStep(b) !== NO_LINE) || liesLike(a, b);
}

/** Whether two arrays have one shape and their elements follow one another in the same way. */
function liesLike(a: NDArray, b: NDArray): boolean {
  const { shape, strides } = a.layout;
  const other = b.layout;
  if (other.shape.length !== shape.length) return false;
  const p = a.dtype.itemsize;
  const q = b.dtype.itemsize;
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    if (other.shape[k] !== length) return false;
    if (length !== 1 && other.strides[k]! * p !== strides[k]! * q) return false;
  }
  return true;
}

/** Whether a line ends before the row of the result begins, begins after it has ended, or is the very same row. */
export function isApart(a: NDArray, step: number, out: NDArray): boolean {
  const { shape } = out.layout;
  if (!isSameShape(a.layout.shape, shape)) return false;
  if (a.storage.memory !== out.storage.memory) return true;
  const n = sizeOf(shape);
  const from = a.storage.inMemory(a.layout).offset;
  const to = out.storage.inMemory(out.layout).offset;
  const p = a.dtype.itemsize;
  const q = out.dtype.itemsize;
  if (from === to && p === q && step === p) return true;
  const reach = (n - 1) * step;
  return (reach > 0 ? from + reach : from) + p <= to || to + n * q <= (reach < 0 ? from + reach : from);
}

/** Whether a result in C order takes that of an operand which lies apart from it or in the very same place. */
function takesInOrder(a: NDArray, shape: readonly number[], out: NDArray): boolean {
  if (!isCContiguous(out.layout, out.dtype.itemsize)) return false;
  return a === out || isUnharmed(a, shape, [out]);
}

/** The same for an operand that must have the shape of the result. */
function fits(a: NDArray, out: NDArray): boolean {
  const { shape } = out.layout;
  return isSameShape(a.layout.shape, shape) && takesInOrder(a, shape, out);
}

function finish(
  name: string,
  loop: Loop,
  a: NDArray,
  inputs: readonly TypedPlace[],
  out: NDArray | null,
): NDArray {
  const result = out ?? freshLike(name, loop, a);
  elementwise(loop, a.layout.shape, inputs, [placeOf(result)], null);
  return result;
}

/** A fresh result that lies in memory as one operand does. */
function freshLike(name: string, loop: Loop, a: NDArray): NDArray {
  const { shape, strides } = a.layout;
  const dtype = loop.outputs[0]!;
  return unsetArray(
    shape,
    dtype,
    hasStridesOf(a.layout, dtype.itemsize)
      ? strides
      : lineStep(a) !== NO_LINE
        ? "C"
        : allocatedStrides(shape, [strides], dtype.itemsize),
    name,
  );
}

/** Whether a layout has the strides that a fresh array in C order would have: then they serve both. */
function hasStridesOf({ shape, strides }: Layout, itemsize: number): boolean {
  let step = itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    if (strides[k] !== step) return false;
    step *= shape[k]!;
  }
  return step > 0;
}
