import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { requireWriteable } from "../array/flags.ts";
import type { NDArray } from "../array/ndarray.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { textOf, ValueError } from "../errors.ts";
import { cStrides } from "../layout/layout.ts";
import { any } from "./sums.ts";
import { equal } from "./ufuncs-compare.ts";

/**
 * A part of each element as an element of another dtype: the bytes from `offset` on. Returns a view.
 *
 * @throws ValueError when an element has not so many bytes
 */
export function getfield<const S extends DTypeLike>(a: NDArray, dtype: S, offset = 0): NDArray<DTypeOf<S>> {
  const wanted = descriptorFor(dtype);
  const most = a.itemsize - wanted.itemsize;
  if (!(Number.isInteger(offset) && offset >= 0 && offset <= most)) {
    throw new ValueError(
      `getfield: ${wanted} at byte ${textOf(offset)} does not lie within the ${a.itemsize} bytes of an element`,
    );
  }
  const { shape, strides, offset: start } = a.layout;
  const inner = unpackSubarray(wanted);
  const layout = {
    shape: [...shape, ...inner.shape],
    strides: [...strides, ...cStrides(inner.shape, inner.dtype.itemsize)],
    offset: start + offset,
  };
  return a.retype(layout, inner.dtype) as NDArray<DTypeOf<S>>;
}

/**
 * Writes values, broadcast and cast, into a part of each element: the bytes from `offset` on, as elements of a dtype.
 *
 * @throws ValueError when an element has not so many bytes, or the array is read-only
 * @throws ShapeError when the values do not broadcast to the array
 */
export function setfield(a: NDArray, value: ArrayInput, dtype: DTypeLike, offset = 0): void {
  const part: NDArray = getfield(a, dtype, offset);
  requireWriteable(a, "setfield");
  assign(part, asarray(value), { casting: "unsafe", caller: "setfield", strip: true });
}

/** Whether some element equals a value: Python's `value in a`. A value with axes is broadcast against the array. */
export function contains(a: NDArray, value: ArrayInput): boolean {
  return any(equal(a, value)) as boolean;
}
