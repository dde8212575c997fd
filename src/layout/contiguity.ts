import type { Layout } from "./layout.ts";

/** Whether the elements lie densely in C order. An axis of length 1 may have any stride; no element is contiguous. */
export function isCContiguous(layout: Layout, itemsize: number): boolean {
  const { shape, strides } = layout;
  let wanted = itemsize;
  let dense = true;
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    if (length === 0) return true;
    if (length === 1) continue;
    if (strides[k] !== wanted) dense = false;
    wanted *= length;
  }
  return dense;
}

/** Whether the elements lie densely in Fortran order, by the same rules. */
export function isFContiguous(layout: Layout, itemsize: number): boolean {
  const { shape, strides } = layout;
  let wanted = itemsize;
  let dense = true;
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    if (length === 0) return true;
    if (length === 1) continue;
    if (strides[k] !== wanted) dense = false;
    wanted *= length;
  }
  return dense;
}

/** Whether every element is at a multiple of `alignment` bytes from the start of the buffer. */
export function isAligned(layout: Layout, alignment: number): boolean {
  if (alignment <= 1) return true;
  const { shape, strides, offset } = layout;
  let aligned = offset % alignment === 0;
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    if (length === 0) return true;
    if (length > 1 && strides[k]! % alignment !== 0) aligned = false;
  }
  return aligned;
}

/** Why a typed array cannot begin at a byte, such as `the elements start at byte 4, which is no multiple of 8`; null when it can. */
export function startReason(start: number, bytes: number): string | null {
  return start % bytes === 0 ? null : `the elements start at byte ${start}, which is no multiple of ${bytes}`;
}

/** Why a layout is not contiguous in that order, such as `axis 1 has stride -8, wanted 8`; null when it is. */
export function contiguityReason(layout: Layout, itemsize: number, order: "C" | "F"): string | null {
  if (order === "C" ? isCContiguous(layout, itemsize) : isFContiguous(layout, itemsize)) return null;
  const { shape, strides } = layout;
  const ndim = shape.length;
  let wanted = itemsize;
  for (let step = 0; step < ndim; step++) {
    const axis = order === "C" ? ndim - 1 - step : step;
    const length = shape[axis]!;
    if (length === 1) continue;
    if (strides[axis] !== wanted) return `axis ${axis} has stride ${strides[axis]}, wanted ${wanted}`;
    wanted *= length;
  }
  return null;
}
