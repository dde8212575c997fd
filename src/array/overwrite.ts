import type { DType, Value } from "../dtype/map.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { selfOverlap } from "../layout/overlap.ts";
import { walkOuterMany } from "../layout/walk.ts";
import { castElements, type TypedPlace } from "./cast.ts";
import { isPlain, placeOf } from "./duplicate.ts";
import { repeatElement } from "./move.ts";
import type { NDArray } from "./ndarray.ts";
import type { Place } from "./storage.ts";

/** Candidates that the overlap test may try before writing one by one is the answer. */
const WORK = 64;

/** Whether elements of an array may overlap each other, so that the order of writing matters. */
export function mayOverlapItself({ layout, itemsize }: NDArray): boolean {
  return selfOverlap(layout, itemsize, WORK) !== "no";
}

/** Writes the elements one by one in C order, so that the last one wins; with a mask, only where it is true. */
export function writeInOrder(
  shape: readonly number[],
  src: TypedPlace,
  dst: TypedPlace,
  mask: Place | null,
): void {
  const strides = [dst.strides, src.strides, mask === null ? shape.map(() => 0) : mask.strides];
  const picks = mask?.storage.lane(Uint8Array);
  walkOuterMany(shape, strides, [dst.offset, src.offset, mask?.offset ?? 0], 0, ([q, p, m]) => {
    if (picks === undefined || picks[m!] !== 0)
      castElements([], { ...src, offset: p! }, { ...dst, offset: q! });
  });
}

/**
 * Writes a result that was computed beside the array that it is for into that array, cast without a question. They have one
 * shape and share no memory.
 */
export function overwrite(dst: NDArray, src: NDArray): void {
  const { shape } = dst.layout;
  if (mayOverlapItself(dst)) writeInOrder(shape, placeOf(src), placeOf(dst), null);
  else castElements(shape, placeOf(src), placeOf(dst));
}

/**
 * Fills an array of a plain dtype that lies in one piece with an element, which must be one of its dtype already: it is written
 * once and copied on. Returns whether it did.
 */
export function fillPiece<D extends DType>(a: NDArray<D>, element: Value<D>): boolean {
  const { storage, layout, dtype } = a;
  if (!isPlain(dtype) || storage.wide !== null) return false;
  if (!isCContiguous(layout, dtype.itemsize) && !isFContiguous(layout, dtype.itemsize)) return false;
  const bytes = a.nbytes;
  if (bytes === 0) return true;
  dtype.access.write(storage.view, layout.offset, element);
  repeatElement(storage, layout.offset, bytes, dtype.itemsize);
  return true;
}
