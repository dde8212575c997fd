/**
 * Writing one array into another.
 *
 * Whatever the two share, the result is what it would be if the right side had been copied before the first element
 * was written. It is copied only if it must be: when the exact test finds a byte that both have (or gives up), except
 * when both are the very same elements, or are dense and of one dtype, which a copy of bytes gets right by itself.
 *
 * Where elements of the destination itself overlap, they are written one by one in C order, so that the last one
 * wins; elsewhere the order of writing is free and suits memory.
 */

import { type Casting, requireCast } from "../dtype/cast.ts";
import type { DType, Value } from "../dtype/map.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { type Layout, shapeText } from "../layout/layout.ts";
import { isObserved, reportCopy } from "./allocate.ts";
import { castElements, type TypedPlace } from "./cast.ts";
import { castFor, mayRefuse } from "./caststrings.ts";
import { mayClash } from "./clash.ts";
import { placeOf, protectedCopy } from "./duplicate.ts";
import { requireWriteable } from "./flags.ts";
import { elementArray, emptyArray } from "./fresh.ts";
import { moveMasked } from "./maskmove.ts";
import { NDArray, requireArray } from "./ndarray.ts";
import { fillPiece, mayOverlapItself, writeInOrder } from "./overwrite.ts";
import type { Place } from "./storage.ts";

/** Candidates that the overlap test may try before a copy is the cheaper answer. */
const WORK = 64;

/** How to write one array into another. */
export interface AssignOptions {
  readonly casting: Casting;
  /** The public function, for errors. */
  readonly caller: string;
  /** What copy tracing shows; the caller if left out. */
  readonly reason?: string;
  /** Write only where this is true; a boolean array that broadcasts to the destination. */
  readonly where?: NDArray | undefined;
  /** Drop leading axes of length 1 that the destination has no place for, as `a[...] = b` does. */
  readonly strip?: boolean;
}

/**
 * Writes `src`, broadcast and cast, into `dst`, as if it were copied first.
 *
 * @throws ValueError when `dst` is read-only.
 * @throws DTypeError when the cast is not allowed.
 * @throws ShapeError when `src` or `where` does not broadcast to `dst`.
 */
export function assign(dst: NDArray, src: NDArray, options: AssignOptions): void {
  const { caller, reason = caller } = options;
  requireCast(src.dtype, dst.dtype, options.casting, caller);
  const given = options.strip === true ? withoutLead(src, dst.ndim) : src;
  const layout = stretch(given.layout, dst.layout.shape, caller);
  const where = options.where === undefined ? null : maskFor(options.where, dst, caller);
  // Before the question of writing: assigning a read-only array to itself is no error in NumPy either.
  given.storage.alive();
  if (isSame(dst, given, layout)) return;
  requireWriteable(dst, caller);
  if (dst.size === 0) return;
  const source = mustCopy(dst, given, layout, where === null)
    ? copied(given, dst, reason)
    : placeOf(given, layout);
  const mask = where === null ? null : placeOf(where, stretch(where.layout, dst.layout.shape, caller));
  write(dst, source, mask, reason);
}

/** A layout stretched to a shape. */
function stretch(layout: Layout, shape: readonly number[], caller: string): Layout {
  const stretched = broadcastLayout(layout, shape);
  if (stretched !== null) return stretched;
  throw new ShapeError(
    `${caller}: could not broadcast input array from shape ${shapeText(layout.shape)} into shape ${shapeText(shape)}`,
  );
}

function withoutLead(src: NDArray, ndim: number): NDArray {
  const { shape, strides, offset } = src.layout;
  let lead = 0;
  while (shape.length - lead > ndim && shape[lead] === 1) lead++;
  return lead === 0 ? src : src.viewAs({ shape: shape.slice(lead), strides: strides.slice(lead), offset });
}

/** The same elements, byte for byte: writing them changes nothing. */
function isSame(dst: NDArray, src: NDArray, layout: Layout): boolean {
  if (src.storage.memory !== dst.storage.memory || !src.dtype.equals(dst.dtype)) return false;
  if (src.storage.inMemory(layout).offset !== dst.storage.inMemory(dst.layout).offset) return false;
  return layout.shape.every((length, k) => length === 1 || layout.strides[k] === dst.layout.strides[k]);
}

/** Whether a source has to be copied before anything is written. */
function mustCopy(dst: NDArray, src: NDArray, layout: Layout, whole: boolean): boolean {
  if (src.storage.memory !== dst.storage.memory) return false;
  const dense = isCContiguous(layout, src.itemsize) && isCContiguous(dst.layout, dst.itemsize);
  if (whole && dense && src.dtype === dst.dtype && src.dtype.kind !== "V") return false;
  return mayClash(dst, { storage: src.storage, layout, itemsize: src.itemsize }, WORK);
}

function copied(src: NDArray, dst: NDArray, reason: string): TypedPlace {
  const copy = protectedCopy(src, "K", reason);
  return placeOf(copy, broadcastLayout(copy.layout, dst.layout.shape)!);
}

/** The mask, checked, and copied if writing would change it. */
function maskFor(where: NDArray, dst: NDArray, caller: string): NDArray {
  if (where.dtype.kind !== "b") {
    throw new DTypeError(
      `${caller}: where must be an array of bool, not of ${where.dtype}; compare, or use astype`,
    );
  }
  const layout = stretch(where.layout, dst.layout.shape, caller);
  const picks = { storage: where.storage, layout, itemsize: 1 };
  return mayClash(dst, picks, WORK) ? protectedCopy(where, "K", caller) : where;
}

function write(dst: NDArray, src: TypedPlace, mask: Place | null, reason: string): void {
  const { shape } = dst.layout;
  // Nothing is written before all elements are known to become what they should.
  if (mayRefuse(src.dtype, dst.dtype)) {
    write(dst, castTo(dst, src, reason), mask, reason);
    return;
  }
  if (mayOverlapItself(dst)) writeInOrder(shape, src, placeOf(dst), mask);
  else if (mask === null) castElements(shape, src, placeOf(dst));
  else moveMasked(shape, castTo(dst, src, reason), placeOf(dst), mask);
}

/** The source in the dtype of the destination: masks pick among elements of one dtype only. */
function castTo(dst: NDArray, src: TypedPlace, caller: string): TypedPlace {
  if (src.dtype.equals(dst.dtype)) return src;
  const reason = isObserved() ? `${caller}: ${src.dtype} becomes ${dst.dtype}` : caller;
  const cast = emptyArray(dst.layout.shape, dst.dtype, "C", reason);
  castFor(reason, src.dtype, dst.dtype, () => castElements(dst.layout.shape, src, placeOf(cast)));
  reportCopy(cast.nbytes, reason);
  return placeOf(cast);
}

/** Fills an array with one element, which must be one of its dtype already. */
export function fillElement<D extends DType>(dst: NDArray<D>, element: Value<D>, caller: string): void {
  requireWriteable(dst, caller);
  if (!fillPiece(dst, element))
    assign(dst, elementArray(element, dst.dtype, caller), { casting: "no", caller });
}

/**
 * Fills the array with one value, which may also be an array of no axes; by the rules of casting an array's value is
 * cast without a question, any other must fit the dtype.
 *
 * @throws ValueError when the array is read-only or the value does not fit its dtype.
 * @throws DTypeError when the value is of no kind that the dtype has a place for.
 * @example
 * const a = np.zeros([2, 3], "int32");
 * a.slice(":", "::2").fill(7); // columns 0 and 2
 */
export function fill(a: NDArray, value: unknown): void {
  requireArray(a, "fill");
  requireWriteable(a, "fill");
  if (!(value instanceof NDArray)) fillElement(a, a.dtype.access.coerce(value), "fill");
  else if (value.ndim === 0) assign(a, value, { casting: "unsafe", caller: "fill" });
  else {
    throw new ValueError(
      `fill: one value fills an array, not an array of shape ${shapeText(value.layout.shape)}; use a.set("...", value)`,
    );
  }
}
