import { type ShapeLike, shapeFrom } from "../array/arguments.ts";
import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import { WRITEABLE } from "../array/flags.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ShapeError } from "../errors.ts";
import { broadcastLayout, broadcastShapes as joinShapes } from "../layout/broadcast.ts";
import { type Layout, shapeText } from "../layout/layout.ts";
import { arrayFrom } from "./input.ts";

/**
 * `a` repeated to a shape without a copy: repeated axes have stride 0. Returns a read-only view.
 *
 * @throws ShapeError when `a` does not fit the shape.
 * @example
 * np.broadcastTo(np.array([1, 2, 3]), [2, 3]).strides; // [0, 8]
 */
export function broadcastTo<V extends ArrayInput>(a: V, shape: ShapeLike): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  const view = x.viewAs(fit(x, shapeFrom(shape, "broadcastTo"), "broadcastTo"));
  view.bits &= ~WRITEABLE;
  return view;
}

/**
 * The arrays repeated to their common shape. Returns views; an array that has the shape already is returned itself,
 * a repeated one is read-only.
 *
 * @example
 * np.broadcastArrays(np.zeros(3), np.zeros([2, 1])).map((x) => x.shape); // [[2, 3], [2, 3]]
 */
export function broadcastArrays(...arrays: ArrayInput[]): NDArray[] {
  const list = arrays.map((a) => arrayFrom(a) as NDArray);
  const shape = joinShapes(
    list.map((x) => x.layout.shape),
    "broadcastArrays",
  );
  return list.map((x) => (sameShape(x.layout.shape, shape) ? x : broadcastTo(x, shape)));
}

/**
 * The shape that arrays of these shapes are repeated to. Throws ShapeError when there is none.
 *
 * @example
 * np.broadcastShapes([3], [2, 1]); // [2, 3]
 */
export function broadcastShapes(...shapes: ShapeLike[]): number[] {
  return joinShapes(
    shapes.map((shape) => shapeFrom(shape, "broadcastShapes")),
    "broadcastShapes",
  );
}

function fit(x: NDArray, shape: readonly number[], caller: string): Layout {
  const layout = broadcastLayout(x.layout, shape);
  if (layout !== null) return layout;
  throw new ShapeError(
    `${caller}: an array of shape ${shapeText(x.layout.shape)} cannot be repeated to ${shapeText(shape)}; axes are matched from the last, and only length 1 stretches`,
  );
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, k) => length === b[k]);
}
