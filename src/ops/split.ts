import { optionsFrom } from "../array/arguments.ts";
import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { type Layout, requireListable } from "../layout/layout.ts";
import { splitAlong } from "../layout/movement.ts";
import { type Axes, arrayFrom } from "./input.ts";

type Pieces<V extends ArrayInput> = NDArray<DTypeOfInput<V>>[];

/**
 * `a` cut along an axis into `sections` parts of nearly equal length, or at the indices given: NumPy's `array_split`.
 * Returns views.
 *
 * @example
 * np.arraySplit(np.arange(5), 2).map((part) => part.tolist()); // [[0, 1, 2], [3, 4]]
 * np.arraySplit(np.arange(5), [1, 3]).length; // 3
 */
export function arraySplit<V extends ArrayInput>(a: V, sections: Axes, axis = 0): Pieces<V> {
  return cut(a, sections, axis, "arraySplit");
}

/**
 * As `arraySplit`, but equal parts must come out equal. Returns views.
 *
 * @throws ValueError when the length of the axis is no multiple of the number of parts.
 * @example
 * np.split(np.arange(6), 3).map((part) => part.tolist()); // [[0, 1], [2, 3], [4, 5]]
 */
export function split<V extends ArrayInput>(a: V, sections: Axes, axis = 0): Pieces<V> {
  return evenCut(a, sections, axis, "split");
}

/**
 * Cuts along the columns (the only axis of a vector). Returns views. Throws ShapeError for a 0-d array.
 *
 * @example
 * np.hsplit(np.zeros([2, 4]), 2).map((part) => part.shape); // [[2, 2], [2, 2]]
 */
export function hsplit<V extends ArrayInput>(a: V, sections: Axes): Pieces<V> {
  const x = arrayFrom(a);
  requireAxes(x, 1, "hsplit");
  return evenCut(x, sections, x.ndim === 1 ? 0 : 1, "hsplit") as Pieces<V>;
}

/**
 * Cuts along the rows. Returns views. Throws ShapeError below 2 axes.
 *
 * @example
 * np.vsplit(np.zeros([2, 4]), 2).map((part) => part.shape); // [[1, 4], [1, 4]]
 */
export function vsplit<V extends ArrayInput>(a: V, sections: Axes): Pieces<V> {
  const x = arrayFrom(a);
  requireAxes(x, 2, "vsplit");
  return evenCut(x, sections, 0, "vsplit") as Pieces<V>;
}

/**
 * Cuts along the third axis. Returns views. Throws ShapeError below 3 axes.
 *
 * @example
 * np.dsplit(np.zeros([2, 3, 4]), [1]).map((part) => part.shape); // [[2, 3, 1], [2, 3, 3]]
 */
export function dsplit<V extends ArrayInput>(a: V, sections: Axes): Pieces<V> {
  const x = arrayFrom(a);
  requireAxes(x, 3, "dsplit");
  return evenCut(x, sections, 2, "dsplit") as Pieces<V>;
}

/**
 * The parts of `a` along an axis, without that axis. Returns views.
 *
 * @example
 * np.unstack(np.array([[1, 2], [3, 4]])).length; // 2
 */
export function unstack<V extends ArrayInput>(a: V, options: { axis?: number } = {}): Pieces<V> {
  const { axis = 0 } = optionsFrom(options, "unstack");
  const x = arrayFrom(a);
  requireAxes(x, 1, "unstack");
  const at = normalizeAxis(axis, x.ndim, "unstack");
  const { shape, strides, offset } = x.layout;
  requireListable([shape[at] as number], "unstack");
  const rest = { shape: shape.filter((_, k) => k !== at), strides: strides.filter((_, k) => k !== at) };
  const part = (i: number): Layout => ({ ...rest, offset: offset + i * (strides[at] as number) });
  return Array.from({ length: shape[at] as number }, (_, i) => x.viewAs(part(i)));
}

function cut<V extends ArrayInput>(a: V, sections: Axes, axis: number, caller: string): Pieces<V> {
  const x = arrayFrom(a);
  return splitAlong(x.layout, axis, sections, caller).map((layout) => x.viewAs(layout));
}

function evenCut<V extends ArrayInput>(a: V, sections: Axes, axis: number, caller: string): Pieces<V> {
  const x = arrayFrom(a);
  const length = x.layout.shape[normalizeAxis(axis, x.ndim, caller)] as number;
  if (typeof sections === "number" && length % sections !== 0) {
    throw new ValueError(
      `${caller}: axis ${axis} of length ${length} cannot be cut into ${sections} equal parts; use arraySplit`,
    );
  }
  return cut(x, sections, axis, caller) as Pieces<V>;
}

function requireAxes(x: NDArray, least: number, caller: string): void {
  if (x.ndim < least) {
    throw new ShapeError(
      `${caller}: an array of ${x.ndim} axes cannot be cut so; it needs at least ${least}`,
    );
  }
}
