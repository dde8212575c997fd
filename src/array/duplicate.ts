import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType } from "../dtype/map.ts";
import { sizedFor } from "../dtype/sized.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { textOf, ValueError } from "../errors.ts";
import { contiguityReason, isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import type { Layout, Order } from "../layout/layout.ts";
import { keepStrides, resolveOrder } from "../layout/order.ts";
import { hiddenReason, isObserved, reportCopy } from "./allocate.ts";
import { castElements, isSolid, type TypedPlace } from "./cast.ts";
import { castPlain } from "./castplain.ts";
import { castFor } from "./caststrings.ts";
import { emptyArray, unsetArray } from "./fresh.ts";
import type { NDArray } from "./ndarray.ts";

/**
 * Every copy of a whole array is made here. The public functions that copy when they have to are in copy.ts.
 */

/** A copy of an array, dense in an order; `"K"` keeps the order of the axes in memory. `reason` is for copy tracing. */
export function copyArray<D extends DType>(a: NDArray<D>, order: Order, reason: string): NDArray<D> {
  return castArray(a, a.dtype, order, reason);
}

/** A copy of an array in another dtype, cast without a question. */
export function castArray<D extends DType>(
  a: NDArray,
  dtype: Descriptor<D>,
  order: Order,
  reason: string,
): NDArray<D> {
  if (isPlain(dtype) && isPlain(a.dtype)) return castNumbers(a, dtype, order, reason);
  const own = sizedFor(dtype, a.dtype) as Descriptor<D>;
  if (own !== dtype) return castArray(a, own, order, reason);
  const { layout } = a;
  const make = dtype.subdtype === null && isSolid(dtype) ? unsetArray : emptyArray;
  const copy = make(layout.shape, dtype, orderOf(layout, order, a.itemsize, dtype.itemsize), reason);
  castFor(reason, a.dtype, dtype, () => castElements(layout.shape, placeOf(a), placeOf(copy)));
  reportCopy(copy.nbytes, reason);
  return copy;
}

/** The same of numbers, of which nothing has to be asked; most copies are of such. */
function castNumbers<D extends DType>(
  a: NDArray,
  dtype: Descriptor<D>,
  order: Order,
  reason: string,
): NDArray<D> {
  const { layout } = a;
  const { shape } = layout;
  const copy = unsetArray(shape, dtype, orderOf(layout, order, a.dtype.itemsize, dtype.itemsize), reason);
  if (a.storage.wide === null && copy.storage.wide === null) castPlain(shape, placeOf(a), placeOf(copy));
  else castElements(shape, placeOf(a), placeOf(copy));
  reportCopy(copy.nbytes, reason);
  return copy;
}

/** Whether a dtype is no composition of others; between such every cast is possible. */
export function isPlain(dtype: Descriptor): boolean {
  return dtype.composition === null;
}

/** Why copies are made that nobody asked for, in so far as it is always the same. */
export const OVERLAP = "it shares memory with what is written";
export const BESIDE = "the result cannot be written at once where it goes";
export const HALF_WAY = "it is kept for the case that the call fails half way";
export const LIST = "a list becomes an array";

/**
 * A copy that a function makes of an operand because it cannot use it as it is. Nobody asked for it: copy tracing calls it
 * hidden, and says why.
 */
export function workingCopy<D extends DType>(
  a: NDArray,
  dtype: Descriptor<D>,
  order: Order,
  caller: string,
  why: string | null = null,
): NDArray<D> {
  const reason = why === null ? copyReason(a, dtype, order, caller) : hiddenReason(caller, why);
  return castArray(a, dtype, order, reason);
}

/** The reason for a copy because of dtype or order; `asked` where the caller is asked for just these. */
export function copyReason(
  a: NDArray,
  wanted: Descriptor,
  order: Order,
  caller: string,
  asked = false,
): string {
  if (!isObserved()) return caller;
  return `${caller}${asked ? " because " : ": "}${whyCopied(a, wanted, order)}`;
}

/** The same of an operand that writing would change. */
export function protectedCopy<D extends DType>(a: NDArray<D>, order: Order, caller: string): NDArray<D> {
  return castArray(a, a.dtype, order, hiddenReason(caller, OVERLAP));
}

/** Why an array is not of a dtype and an order, in words: `int32 becomes float64`, `axis 1 has stride 8, wanted 16`. */
export function whyCopied({ dtype, layout }: NDArray, wanted: Descriptor, order: Order): string {
  if (!dtype.equals(wanted)) return `${dtype} becomes ${wanted}`;
  const resolved = resolveOrder(order, layout, dtype.itemsize);
  const reason = resolved === "K" ? null : contiguityReason(layout, dtype.itemsize, resolved);
  return reason ?? "it is worked on in a copy";
}

/** A copy cast to a dtype; of a subarray dtype each element repeats along the axes that the dtype adds, as in NumPy. */
export function castInto(a: NDArray, dtype: Descriptor, order: Order, reason: string): NDArray {
  if (dtype.subdtype === null) return castArray(a, dtype, order, reason);
  const inner = unpackSubarray(dtype);
  const { shape, strides, offset } = a.layout;
  const still = inner.shape.map(() => 0);
  const stretched = { shape: [...shape, ...inner.shape], strides: [...strides, ...still], offset };
  return castArray(a.viewAs(stretched), inner.dtype, order, reason);
}

/** Throws when an order is none. */
export function checkOrder(order: Order, caller: string): Order {
  if (order === "C" || order === "F" || order === "A" || order === "K") return order;
  throw new ValueError(`${caller}: order ${textOf(order)} is none of "C", "F", "A" and "K"`);
}

/** What an order means for a copy of elements of another size. */
function orderOf(
  layout: Layout,
  order: Order,
  itemsize: number,
  wanted: number,
): "C" | "F" | readonly number[] {
  const resolved = resolveOrder(order, layout, itemsize);
  if (resolved !== "K") return resolved;
  if (isCContiguous(layout, itemsize)) return "C";
  return isFContiguous(layout, itemsize) ? "F" : keepStrides(layout, wanted);
}

/** @internal Where the elements of an array are. */
export function placeOf(a: NDArray, layout: Layout = a.layout): TypedPlace {
  return { storage: a.storage, strides: layout.strides, offset: layout.offset, dtype: a.dtype };
}
