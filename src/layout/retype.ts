import { ValueError } from "../errors.ts";
import type { Layout } from "./layout.ts";

/**
 * The same bytes seen as elements of another size: the last axis grows or shrinks to fit.
 *
 * @throws ValueError when the last axis is not dense, or its bytes are no whole number of new elements.
 */
export function retypeLayout(layout: Layout, oldItemsize: number, newItemsize: number): Layout {
  if (oldItemsize === newItemsize) return layout;
  const axis = layout.shape.length - 1;
  const length = checkLastAxis(layout, oldItemsize, newItemsize);
  const shape = layout.shape.slice();
  const strides = layout.strides.slice();
  shape[axis] = (length * oldItemsize) / newItemsize;
  strides[axis] = newItemsize;
  return { shape, strides, offset: layout.offset };
}

/** The length of the last axis, once it is known to be one that elements of another size can tile. */
function checkLastAxis({ shape, strides }: Layout, oldItemsize: number, newItemsize: number): number {
  if (shape.length === 0) {
    throw new ValueError(
      `view: a 0-d array has no axis to resize from ${oldItemsize} to ${newItemsize} bytes an element; reshape it to (1,) first`,
    );
  }
  const axis = shape.length - 1;
  const length = shape[axis]!;
  if (length !== 1 && strides[axis] !== oldItemsize && !shape.includes(0)) {
    throw new ValueError(
      `view: going from ${oldItemsize} to ${newItemsize} bytes an element needs a dense last axis, but axis ${axis} has stride ${strides[axis]}; copy it first`,
    );
  }
  if (newItemsize < oldItemsize && (newItemsize <= 0 || oldItemsize % newItemsize !== 0)) {
    throw new ValueError(
      `view: an element of ${oldItemsize} bytes is no whole number of ${newItemsize}-byte elements`,
    );
  }
  const bytes = length * oldItemsize;
  if (bytes % newItemsize !== 0) {
    throw new ValueError(
      `view: the last axis has ${length} × ${oldItemsize} = ${bytes} bytes, no multiple of ${newItemsize}`,
    );
  }
  return length;
}
