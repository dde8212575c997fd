import { isObserved, reportView } from "../array/allocate.ts";
import type { ShapeLike } from "../array/arguments.ts";
import { optionsFrom } from "../array/arguments.ts";
import { flattened } from "../array/copy.ts";
import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import { checkOrder, copyArray } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { ValueError } from "../errors.ts";
import { contiguityReason } from "../layout/contiguity.ts";
import { type Order, shapeText, sizeOf } from "../layout/layout.ts";
import { resolveOrder } from "../layout/order.ts";
import { ravelKeep, reshapeDense, reshapeLayout, reshapeReason, resolveShape } from "../layout/reshape.ts";
import { arrayFrom } from "./input.ts";

/** How `reshape` goes about it. */
export interface ReshapeOptions {
  /** In which order elements are read and placed; `"A"` is F when the array is F- and not C-contiguous. */
  readonly order?: "C" | "F" | "A" | undefined;
  /** true always copies, false throws where a copy would be needed; left out, copies only where it must. */
  readonly copy?: boolean | null | undefined;
}

/**
 * The same elements under another shape; one length may be -1 and is worked out. Returns a view where strides can
 * express it, else a view of a copy; `copy: false` makes that an error.
 *
 * @throws ShapeError when the number of elements differs, ValueError when a copy was forbidden.
 * @example
 * np.reshape(np.arange(6), [2, -1]).shape; // [2, 3]
 */
export function reshape<V extends ArrayInput>(
  a: V,
  shape: ShapeLike,
  options: ReshapeOptions | "C" | "F" | "A" = {},
): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  const { order = "C", copy = null } =
    typeof options === "string" ? { order: options } : optionsFrom(options, "reshape");
  const to = typeof shape === "number" ? [shape] : shape;
  return reshaped(x, resolveShape(sizeOf(x.layout.shape), to, x.layout.shape), order, copy);
}

function reshaped<D extends DType>(
  x: NDArray<D>,
  to: number[],
  order: Order,
  copy: boolean | null,
): NDArray<D> {
  checkOrder(order, "reshape");
  if (order === "K") throw new ValueError('reshape: order "K" is not possible here; wanted "C", "F" or "A"');
  const { itemsize } = x.dtype;
  const walk = order === "A" ? aOrder(x) : order;
  const layout = copy === true ? null : reshapeLayout(x.layout, to, itemsize, walk);
  if (layout !== null) {
    const view = x.viewAs(layout);
    reportView(view, "reshape");
    return view;
  }
  if (copy === false) throw new ValueError(whyNoView(x, to, walk));
  const hidden = copy !== true && isObserved();
  const reason = hidden ? `reshape: ${reshapeReason(x.layout, to, walk)}` : "reshape";
  const dense = copyArray(x, walk, reason);
  return dense.viewAs(reshapeDense(dense.layout, to, itemsize, walk));
}

function aOrder(x: NDArray): "C" | "F" {
  return resolveOrder("A", x.layout, x.dtype.itemsize) as "C" | "F";
}

function whyNoView(x: NDArray, to: readonly number[], order: "C" | "F"): string {
  const { shape, strides } = x.layout;
  const why = reshapeReason(x.layout, to, order);
  return `reshape: unable to avoid a copy: shape ${shapeText(shape)} with byte strides ${shapeText(strides)} cannot become ${shapeText(to)} in ${order} order (${why}); allow the copy, or reshape ascontiguousarray(a)`;
}

/**
 * All elements along one axis. Returns a view where the memory allows it, else a copy; `flatten` always copies.
 * Order `"K"` is the order in memory.
 *
 * @example
 * np.ravel(np.array([[1, 2], [3, 4]]), "F").tolist(); // [1, 3, 2, 4]
 */
export function ravel<V extends ArrayInput>(
  a: V,
  order: Order | { readonly order?: Order | undefined } = "C",
): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  const asked = typeof order === "string" ? order : (optionsFrom(order, "ravel").order ?? "C");
  checkOrder(asked, "ravel");
  const walk = asked === "A" ? aOrder(x) : asked;
  if (x.isContiguous(walk === "F" ? "F" : "C") || (walk === "K" && x.isContiguous("F"))) {
    const { shape, offset } = x.layout;
    const view = x.viewAs({ shape: [sizeOf(shape)], strides: [x.dtype.itemsize], offset });
    reportView(view, "ravel");
    return view;
  }
  const kept = walk === "K" ? ravelKeep(x.layout, x.dtype.itemsize) : null;
  if (kept !== null) {
    const view = x.viewAs(kept);
    reportView(view, "ravel");
    return view;
  }
  return flattened(x, walk, isObserved() ? `ravel: ${whyNoLine(x, walk)}` : "ravel");
}

function whyNoLine({ layout, dtype }: NDArray, order: Order): string {
  return (
    contiguityReason(layout, dtype.itemsize, order === "F" ? "F" : "C") ?? "the elements are no run of memory"
  );
}
