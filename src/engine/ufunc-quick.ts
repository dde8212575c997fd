import type { TypedPlace } from "../array/cast.ts";
import type { ArrayInput } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { allocatedStrides } from "../layout/order.ts";
import { elementwise, isInspected } from "./drive.ts";
import type { Loop } from "./loop.ts";
import { WEAK_FLOAT, WEAK_INT } from "./resolve.ts";
import { binaryRow, isDirect, PIECE_BYTES, rowLength, unaryRow } from "./rows.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { apart, isSameShape, mayThrow } from "./ufunc-outputs.ts";
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
  const n = rowOf(loop, 0, a, out);
  if (n >= 0) {
    const result = out ?? freshLike(core.name, loop, a);
    unaryRow(loop, n, a.storage, a.layout.offset, result.storage, result.layout.offset);
    return result;
  }
  if (out !== null && !fits(a, out, core.name)) return null;
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
  const { name } = core;
  const n = b.dtype === loop.inputs[1] && (a === b || liesLike(a, b)) ? rowOf(loop, 0, a, out) : -1;
  if (n >= 0 && (out === null || isBeside(b, out, n))) {
    const result = out ?? freshLike(name, loop, a);
    const { storage, layout } = result;
    binaryRow(loop, n, a.storage, a.layout.offset, b.storage, b.layout.offset, storage, layout.offset);
    return result;
  }
  if (!isSameShape(a.layout.shape, b.layout.shape)) return null;
  if (out !== null && !(fits(a, out, name) && fits(b, out, name))) return null;
  const result = out ?? freshFor(name, loop, a, b);
  elementwise(loop, a.layout.shape, [placeOf(a), placeOf(b)], [placeOf(result)], null);
  return result;
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
  const { name } = core;
  const dtype = loop.inputs[k]!;
  const n = rowOf(loop, 1 - k, a, out);
  if (n >= 0) {
    const most = PIECE_BYTES / dtype.itemsize;
    const at = scalarRow(name, k, value, dtype, n < most ? n : most);
    const result = out ?? freshLike(name, loop, a);
    const { storage, layout } = result;
    const { offset } = a.layout;
    if (k === 1) binaryRow(loop, n, a.storage, offset, null, at, storage, layout.offset);
    else binaryRow(loop, n, null, at, a.storage, offset, storage, layout.offset);
    return result;
  }
  if (out !== null && !fits(a, out, name)) return null;
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
 * The number of elements of operand `k` when it is a row of the dtype of a loop whose kernel takes all as it is, and the
 * result can be one beside it; else -1.
 */
function rowOf(loop: Loop, k: number, a: NDArray, out: NDArray | null): number {
  if (a.dtype !== loop.inputs[k] || !isDirect(loop) || isInspected()) return -1;
  const n = rowLength(a);
  if (n < 0 || out === null || out === a) return n;
  return liesLike(a, out) && isBeside(a, out, n) ? n : -1;
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

/** Whether a row of `n` elements ends before that of the result begins, begins after it has ended, or is the same. */
function isBeside(a: NDArray, out: NDArray, n: number): boolean {
  if (a.storage.buffer !== out.storage.buffer) return true;
  const from = a.storage.origin + a.layout.offset;
  const to = out.storage.origin + out.layout.offset;
  const p = a.dtype.itemsize;
  const q = out.dtype.itemsize;
  return from + n * p <= to || to + n * q <= from || (from === to && p === q);
}

/** Whether an operand has the shape of the result, and lies apart from it or in the very same place. */
function fits(a: NDArray, out: NDArray, name: string): boolean {
  if (!isCContiguous(out.layout, out.dtype.itemsize)) return false;
  if (a === out) return true;
  const { shape } = out.layout;
  return isSameShape(a.layout.shape, shape) && apart(a, shape, [out], name) === a;
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
