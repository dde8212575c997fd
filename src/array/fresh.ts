import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, Value } from "../dtype/map.ts";
import { sizedFor } from "../dtype/sized.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { ValueError } from "../errors.ts";
import { byteRange, checkedSize, cStrides, fStrides, type Layout, shapeText } from "../layout/layout.ts";
import { allocate, allocateUnset } from "./allocate.ts";
import { OWNDATA, WRITEABLE } from "./flags.ts";
import { NDArray } from "./ndarray.ts";
import { Storage } from "./storage.ts";

/**
 * A fresh array of zeros that owns its memory: dense in C or F order, or with the strides given, which must
 * address exactly the elements of a dense array (see `keepStrides`). The axes of a subarray dtype are appended
 * to the shape.
 *
 * @throws ShapeError for a length that is negative or no integer, and for a shape that is too large.
 * @throws ValueError when there is no memory for it.
 */
export function emptyArray<D extends DType>(
  shape: readonly number[],
  dtype: Descriptor<D>,
  order: "C" | "F" | readonly number[],
  reason: string,
): NDArray<D> {
  if (dtype.subdtype === null) return make(shape, dtype, order, allocate, reason);
  const element = unpackSubarray(dtype);
  const whole = [...shape, ...element.shape];
  return make(whole, element.dtype as Descriptor<D>, order === "F" ? "F" : "C", allocate, reason);
}

/** The same for a caller that writes every byte; the dtype must have no gaps between its fields, and no subarray. */
export function unsetArray<D extends DType>(
  shape: readonly number[],
  dtype: Descriptor<D>,
  order: "C" | "F" | readonly number[],
  reason: string,
): NDArray<D> {
  return make(shape, dtype, order, allocateUnset, reason);
}

function make<D extends DType>(
  shape: readonly number[],
  dtype: Descriptor<D>,
  order: "C" | "F" | readonly number[],
  take: typeof allocate,
  reason: string,
): NDArray<D> {
  const own = dtype.itemsize === 0 ? (sizedFor(dtype, null) as Descriptor<D>) : dtype;
  // Strides that were counted for elements of no bytes say nothing of elements that have some.
  if (own !== dtype && typeof order !== "string") return make(shape, own, "C", take, reason);
  const { itemsize } = own;
  const bytes = checkedSize(shape, itemsize) * itemsize;
  const strides =
    order === "C" ? cStrides(shape, itemsize) : order === "F" ? fStrides(shape, itemsize) : order;
  const { storage, offset } = take(bytes, reason, shape, own);
  return new NDArray(storage, new FreshLayout(shape, strides, offset), own, null, OWNDATA | WRITEABLE);
}

/**
 * A layout as any other, but no object literal. V8 counts how many of those live long, and does so also while it marks, when
 * all seem to; then it makes all that follow in memory that is seldom collected, and each call takes half as long again.
 */
class FreshLayout implements Layout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;

  constructor(shape: readonly number[], strides: readonly number[], offset: number) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }
}

/** A fresh array of no axes that holds one element, which must be one of its dtype already. */
export function elementArray<D extends DType>(
  element: Value<D>,
  dtype: Descriptor<D>,
  reason: string,
): NDArray<D> {
  const a = emptyArray([], dtype, "C", reason);
  dtype.access.write(a.storage.view, a.layout.offset, element);
  return a;
}

/**
 * An array over memory that somebody else made, which becomes its base. Nothing is copied.
 *
 * @throws ValueError when an element would lie outside the buffer.
 */
export function adoptLayout<D extends DType>(
  buffer: ArrayBufferLike,
  layout: Layout,
  dtype: Descriptor<D>,
  writeable: boolean,
  caller: string,
): NDArray<D> {
  checkedSize(layout.shape, dtype.itemsize);
  const [low, high] = byteRange(layout, dtype.itemsize);
  if (low < 0 || high > buffer.byteLength) {
    throw new ValueError(
      `${caller}: shape ${shapeText(layout.shape)} with byte strides ${shapeText(layout.strides)} from byte ${layout.offset} needs bytes ${low} to ${high}, but the buffer has ${buffer.byteLength}`,
    );
  }
  return new NDArray(new Storage(buffer), layout, dtype, buffer, writeable ? WRITEABLE : 0);
}
