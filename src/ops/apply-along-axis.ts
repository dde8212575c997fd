import { assign } from "../array/assign.ts";
import type { DTypeOfInput } from "../array/create.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { isScalar } from "../dtype/weak.ts";
import { offsetsOf } from "../engine/index-offsets.ts";
import { IndexError, ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { cStrides, type Layout, shapeText, sizeOf } from "../layout/layout.ts";
import { insertAxes, permute } from "../layout/movement.ts";
import { type Axes, arrayFrom } from "./input.ts";

/**
 * What a function makes of the lines along an axis. It gets views with one axis and gives a scalar or an array; the axes of
 * what it gives stand in the place of the axis. The dtype of the result is that of what it gives first. Returns a copy.
 *
 * @param fn gets a line, and `args`
 * @throws ValueError when there is no line
 * @throws ShapeError when the function gives arrays of several shapes
 * @example
 * const a = np.array([[3, 1, 2], [9, 7, 8]]);
 * np.applyAlongAxis((line) => np.max(line), 1, a).tolist(); // [3, 9]
 * np.applyAlongAxis((line) => np.cumsum(line), 1, a).shape; // [2, 3]
 */
export function applyAlongAxis<V extends ArrayInput>(
  fn: (line: NDArray<DTypeOfInput<V>>, ...args: never[]) => ArrayInput,
  axis: number,
  a: V,
  ...args: readonly unknown[]
): NDArray {
  const caller = "applyAlongAxis";
  if (typeof fn !== "function") throw new ValueError(`${caller}: ${textOf(fn)} is no function`);
  const x = arrayFrom(a);
  const at = normalizeAxis(axis, x.ndim, caller);
  const without = (list: readonly number[]) => list.filter((_, k) => k !== at);
  const { layout } = x;
  const outer: Layout = {
    shape: without(layout.shape),
    strides: without(layout.strides),
    offset: layout.offset,
  };
  if (outer.shape.includes(0)) {
    throw new ValueError(`${caller}: shape ${shapeText(layout.shape)} has no line along axis ${at}`);
  }
  const line = { shape: [layout.shape[at]!], strides: [layout.strides[at]!] };
  const call = fn as unknown as (line: NDArray, ...args: readonly unknown[]) => ArrayInput;
  const lines = offsetsOf(outer);
  const first = call(x.viewAs({ ...line, offset: lines[0]! }) as NDArray, ...args);
  const model: NDArray = asarray(first);
  const made = emptyArray([...outer.shape, ...model.layout.shape], model.dtype, "C", caller);
  const write = writer(made, model.layout.shape, caller);
  write(0, first);
  for (let k = 1; k < lines.length; k++) {
    write(k, call(x.viewAs({ ...line, offset: lines[k]! }) as NDArray, ...args));
  }
  return made.viewAs(permute(made.layout, placed(outer.shape.length, at, model.ndim)));
}

/** The axes of results, which are the last ones, in the place of the axis that was given up. */
function placed(outer: number, at: number, added: number): number[] {
  const axes = Array.from({ length: outer + added }, (_, k) => k);
  return [...axes.slice(0, at), ...axes.slice(outer), ...axes.slice(at, outer)];
}

/** Writes the k-th result, of the shape of the first or broadcast to it. */
function writer(
  made: NDArray,
  shape: readonly number[],
  caller: string,
): (k: number, value: ArrayInput) => void {
  const { dtype, layout } = made;
  const strides = cStrides(shape, dtype.itemsize);
  const step = sizeOf(shape) * dtype.itemsize;
  return (k, value) => {
    const offset = layout.offset + k * step;
    if (shape.length === 0 && typeof value === "number" && dtype.type === "float64") {
      dtype.access.write(made.storage.view, offset, value as never);
      return;
    }
    const given: NDArray = asarray(value);
    assign(made.viewAs({ shape, strides, offset }), given, { casting: "unsafe", caller, strip: true });
  };
}

/**
 * What a function makes of an array along one axis after the other. It gets the array and an axis, as `sum` does, and gives
 * an array with the axis or without it; a lost axis is put back with length 1. Returns what the function gives.
 *
 * @throws ShapeError when the function gives an array of another number of axes
 * @example
 * np.applyOverAxes(np.sum, np.ones([2, 3, 4]), [0, 2]).shape; // [1, 3, 1]
 */
export function applyOverAxes(
  fn: (a: NDArray, axis: number) => ArrayInput,
  a: ArrayInput,
  axes: Axes,
): NDArray {
  const caller = "applyOverAxes";
  if (typeof fn !== "function") throw new ValueError(`${caller}: ${textOf(fn)} is no function`);
  let value: NDArray = arrayFrom(a);
  const { ndim } = value;
  const list: unknown = typeof axes === "number" ? [axes] : axes;
  if (!Array.isArray(list) || !list.every(Number.isInteger)) {
    throw new IndexError(`${caller}: ${textOf(axes)} is no axis and no list of axes`);
  }
  for (const axis of list as number[]) {
    // Whether there is such an axis is for the function to say.
    const at = axis < 0 ? axis + ndim : axis;
    const result = fn(value, at);
    const next: NDArray = isScalar(result) ? asarray(result) : arrayFrom(result);
    if (next.ndim === value.ndim) value = next;
    else if (next.ndim === value.ndim - 1) value = next.viewAs(insertAxes(next.layout, at, next.itemsize));
    else {
      throw new ShapeError(
        `${caller}: the function gave an array of shape ${shapeText(next.layout.shape)} for one of ${shapeText(value.layout.shape)}; wanted as many axes, or one less`,
      );
    }
  }
  return value;
}
