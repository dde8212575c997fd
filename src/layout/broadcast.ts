import { ShapeError } from "../errors.ts";
import { type Layout, MAX_NDIM, shapeText } from "./layout.ts";

/**
 * The one shape that all the shapes stretch to: aligned at the last axis, a length of 1 gives way to any other.
 *
 * @throws ShapeError when two lengths differ and neither is 1.
 */
export function broadcastShapes(
  shapes: readonly (readonly number[])[],
  caller = "broadcastShapes",
): number[] {
  let ndim = 0;
  for (let j = 0; j < shapes.length; j++) if (shapes[j]!.length > ndim) ndim = shapes[j]!.length;
  if (ndim > MAX_NDIM) throw new ShapeError(`${caller}: ${ndim} axes are too many; the most is ${MAX_NDIM}`);
  const result = new Array<number>(ndim);
  for (let k = 0; k < ndim; k++) result[k] = 1;
  for (let j = 0; j < shapes.length; j++) {
    const shape = shapes[j]!;
    const lead = ndim - shape.length;
    for (let k = 0; k < shape.length; k++) {
      const length = shape[k]!;
      if (length === 1 || length === result[lead + k]) continue;
      if (result[lead + k] !== 1) throw mismatch(shapes, lead + k - ndim, caller);
      result[lead + k] = length;
    }
  }
  return result;
}

/**
 * The layout stretched to `shape`, a shape already checked: stride 0 on every axis that repeats. Null when it does not
 * fit.
 */
export function broadcastLayout(layout: Layout, shape: readonly number[]): Layout | null {
  const from = layout.shape;
  const lead = shape.length - from.length;
  if (lead < 0) return null;
  const strides = new Array<number>(shape.length);
  for (let k = 0; k < lead; k++) strides[k] = 0;
  for (let k = 0; k < from.length; k++) {
    const length = from[k]!;
    if (length === 1) strides[lead + k] = 0;
    else if (length === shape[lead + k]) strides[lead + k] = layout.strides[k]!;
    else return null;
  }
  return { shape: shape.slice(), strides, offset: layout.offset };
}

/** Says which shapes do not go together, and at which axis, counted from the last as broadcasting does. */
function mismatch(shapes: readonly (readonly number[])[], axis: number, caller: string): ShapeError {
  const texts = shapes.map(shapeText);
  const list = `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
  const lengths = new Set(shapes.map((shape) => shape.at(axis) ?? 1));
  lengths.delete(1);
  const where = `axis ${axis} has lengths ${[...lengths].join(" and ")}`;
  return new ShapeError(`${caller}: shapes ${list} cannot be broadcast: ${where}`);
}
