/**
 * Arrays put one behind the other along an axis: what `concatenate`, `stack`, `append` and their kin share. Whole arrays
 * that lie in C order and meet along the first axis are copied as bytes; all others are cast or moved into their place.
 */

import { assign } from "../array/assign.ts";
import { castElements, isSolid } from "../array/cast.ts";
import { mayClash } from "../array/clash.ts";
import { protectedCopy } from "../array/duplicate.ts";
import { requireWriteable } from "../array/flags.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import { moveBytes, moveElements } from "../array/move.ts";
import type { NDArray } from "../array/ndarray.ts";
import { type Casting, requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { isSameShape, shapeText, sizeOf } from "../layout/layout.ts";
import { joinedStrides } from "../layout/order.ts";

/** Where the joined arrays go, and in which dtype. */
export interface Joining {
  readonly out: NDArray | null;
  /** The dtype of a fresh result; null for that of the arrays promoted. */
  readonly dtype: Descriptor | null;
  readonly casting: Casting;
}

/** A fresh result, promoted. */
export const freshJoining: Joining = { out: null, dtype: null, casting: "same_kind" };

/** Candidates that the overlap test may try before a copy is the cheaper answer. */
const WORK = 64;

/** The dtype of arrays promoted; most are of one. */
function commonDType(parts: readonly NDArray[], caller: string): Descriptor {
  const first = parts[0]!.dtype;
  for (let k = 1; k < parts.length; k++) {
    if (parts[k]!.dtype !== first) {
      // Few dtypes among many arrays.
      return promoteAll([...new Set(parts.map((part) => part.dtype))], caller);
    }
  }
  return first;
}

/** A fresh array that is written all over; gaps between fields are 0. */
export function freshFor(
  shape: readonly number[],
  dtype: Descriptor,
  order: "C" | "F" | readonly number[],
  caller: string,
): NDArray {
  const make = dtype.kind !== "V" || isSolid(dtype) ? unsetArray : emptyArray;
  return make(shape, dtype, order, caller);
}

/** Arrays joined along an axis that they have. */
export function joinArrays(parts: readonly NDArray[], axis: number, how: Joining, caller: string): NDArray {
  if (parts.length === 0) throw nothingToJoin(caller);
  const ndim = parts[0]!.layout.shape.length;
  if (ndim === 0)
    throw new ValueError(`${caller}: arrays without axes cannot be joined; make them at least 1-d`);
  const along = normalizeAxis(axis, ndim, caller);
  const shape = joinedShape(parts, along, caller);
  const dtype = how.dtype ?? how.out?.dtype ?? commonDType(parts, caller);
  if (how.out !== null) {
    requireOut(how.out, shape, caller);
    requireCasts(parts, dtype, how.casting, caller);
    return intoOut(parts, along, how.out, how.casting, caller);
  }
  const isSame = isAllOf(parts, dtype);
  if (!isSame || how.casting !== "same_kind") requireCasts(parts, dtype, how.casting, caller);
  const inOrder = isAllInOrder(parts);
  if (isSame && inOrder && isOutermost(shape, along)) {
    const result = unsetArray(shape, dtype, "C", caller);
    writeLines(parts, result);
    return result;
  }
  const layouts = inOrder ? null : parts.map((part) => part.layout);
  const strides = layouts === null ? "C" : joinedStrides(shape, layouts, dtype.itemsize);
  return placeParts(parts, along, freshFor(shape, dtype, strides, caller), isSame);
}

/** @internal */
export function nothingToJoin(caller: string): ValueError {
  return new ValueError(`${caller}: the list of arrays is empty; it needs at least one`);
}

function joinedShape(parts: readonly NDArray[], axis: number, caller: string): number[] {
  const shape = parts[0]!.layout.shape.slice();
  for (let j = 1; j < parts.length; j++) {
    const other = parts[j]!.layout.shape;
    if (other.length !== shape.length) throw otherAxes(shape, j, other, caller);
    for (let k = 0; k < shape.length; k++) {
      if (k === axis) shape[k] = shape[k]! + other[k]!;
      else if (shape[k] !== other[k]) throw otherLength(parts[0]!.layout.shape, j, other, axis, caller);
    }
  }
  return shape;
}

function otherAxes(
  first: readonly number[],
  j: number,
  other: readonly number[],
  caller: string,
): ShapeError {
  return new ShapeError(
    `${caller}: array 0 has ${first.length} axes and array ${j} has ${other.length}; all must have as many`,
  );
}

function otherLength(
  first: readonly number[],
  j: number,
  other: readonly number[],
  axis: number,
  caller: string,
): ShapeError {
  return new ShapeError(
    `${caller}: array 0 of shape ${shapeText(first)} and array ${j} of shape ${shapeText(other)} must have the same lengths but for axis ${axis}`,
  );
}

/** Whether arrays of a dtype are moved as they are: all are of it, and it has no gaps between its fields. */
export function isAllOf(parts: readonly NDArray[], dtype: Descriptor): boolean {
  if (dtype.kind === "V" && !isSolid(dtype)) return false;
  for (let k = 0; k < parts.length; k++) if (parts[k]!.dtype !== dtype) return false;
  return true;
}

/** Whether all arrays lie in C order. */
export function isAllInOrder(parts: readonly NDArray[]): boolean {
  for (let k = 0; k < parts.length; k++) {
    const { layout, dtype } = parts[k]!;
    if (!isCContiguous(layout, dtype.itemsize)) return false;
  }
  return true;
}

/** Whether no axis in front has more than one place, so that parts along the axis lie one behind the other. */
function isOutermost(shape: readonly number[], axis: number): boolean {
  for (let k = 0; k < axis; k++) if (shape[k] !== 1) return false;
  return true;
}

/** Writes the bytes of arrays in C order one behind the other. */
export function writeLines(parts: readonly NDArray[], result: NDArray): void {
  const { storage, layout } = result;
  let at = layout.offset;
  for (let k = 0; k < parts.length; k++) {
    const part = parts[k]!;
    const bytes = sizeOf(part.layout.shape) * part.dtype.itemsize;
    part.storage.alive();
    moveBytes(part.storage, part.layout.offset, storage, at, bytes);
    at += bytes;
  }
}

/** Writes the parts to their places along an axis of a fresh array. */
function placeParts(parts: readonly NDArray[], axis: number, target: NDArray, isSame: boolean): NDArray {
  const { storage, dtype } = target;
  const { strides, offset } = target.layout;
  const place = { storage, strides, offset, dtype };
  for (let k = 0; k < parts.length; k++) {
    const part = parts[k]!;
    const { shape, strides: steps, offset: start } = part.layout;
    const from = { storage: part.storage, strides: steps, offset: start, dtype: part.dtype };
    if (isSame) moveElements(shape, from, place, dtype.itemsize);
    else castElements(shape, from, place);
    place.offset += shape[axis]! * strides[axis]!;
  }
  return target;
}

/** Writes the parts into an array that was given, which may overlap them and itself. */
function intoOut(
  parts: readonly NDArray[],
  axis: number,
  out: NDArray,
  casting: Casting,
  caller: string,
): NDArray {
  let { offset } = out.layout;
  for (const part of apartFrom(parts, out, caller)) {
    const place = { ...part.layout, strides: out.layout.strides, offset };
    assign(out.viewAs(place), part, { casting, caller });
    offset += place.shape[axis]! * place.strides[axis]!;
  }
  return out;
}

/** @internal Throws unless every array may be cast to a dtype. */
export function requireCasts(
  parts: readonly NDArray[],
  dtype: Descriptor,
  casting: Casting,
  caller: string,
): void {
  for (let k = 0; k < parts.length; k++) {
    const from = parts[k]!.dtype;
    if (from !== dtype || casting !== "same_kind") requireCast(from, dtype, casting, caller);
  }
}

/** @internal Throws unless `out` has the shape and may be written. */
export function requireOut(out: NDArray, shape: readonly number[], caller: string): void {
  if (!isSameShape(out.layout.shape, shape)) {
    throw new ShapeError(
      `${caller}: out has shape ${shapeText(out.layout.shape)}, and the result ${shapeText(shape)}; they must be the same`,
    );
  }
  requireWriteable(out, caller);
}

/** @internal The parts, of which those that `out` may overlap are copied. */
export function apartFrom(parts: readonly NDArray[], out: NDArray, caller: string): readonly NDArray[] {
  return parts.map((part) => (mayClash(out, part, WORK) ? protectedCopy(part, "K", caller) : part));
}
