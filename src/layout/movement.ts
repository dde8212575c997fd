import { IndexError, ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxes, normalizeAxis } from "./axes.ts";
import { type Layout, MAX_NDIM, requireListable } from "./layout.ts";
import { reshapeLayout } from "./reshape.ts";
import { clampSlice } from "./slice.ts";

/**
 * The axes in another order: axis `k` of the result is axis `axes[k]` of the layout.
 *
 * @throws ValueError when `axes` is not a permutation of all axes.
 */
export function permute(layout: Layout, axes: readonly number[], caller = "transpose"): Layout {
  const ndim = layout.shape.length;
  if (axes.length !== ndim) {
    throw new ValueError(
      `${caller}: axes don't match array: ${axes.length} axes given, the array has ${ndim}`,
    );
  }
  return takeAxes(layout, normalizeAxes(axes, ndim, caller));
}

/** The axes in the order given; not checked. */
function takeAxes(layout: Layout, axes: readonly number[]): Layout {
  const ndim = axes.length;
  const shape = new Array<number>(ndim);
  const strides = new Array<number>(ndim);
  for (let k = 0; k < ndim; k++) {
    shape[k] = layout.shape[axes[k]!]!;
    strides[k] = layout.strides[axes[k]!]!;
  }
  return { shape, strides, offset: layout.offset };
}

/** The axes in the opposite order: `.T`. */
export function reverseAxes(layout: Layout): Layout {
  const ndim = layout.shape.length;
  const shape = new Array<number>(ndim);
  const strides = new Array<number>(ndim);
  for (let k = 0; k < ndim; k++) {
    shape[k] = layout.shape[ndim - 1 - k]!;
    strides[k] = layout.strides[ndim - 1 - k]!;
  }
  return { shape, strides, offset: layout.offset };
}

/** Two axes exchanged. */
export function swapAxes(layout: Layout, axis1: number, axis2: number, caller = "swapaxes"): Layout {
  const a = normalizeAxis(axis1, layout.shape.length, caller);
  const b = normalizeAxis(axis2, layout.shape.length, caller);
  const shape = layout.shape.slice();
  const strides = layout.strides.slice();
  shape[a] = layout.shape[b]!;
  shape[b] = layout.shape[a]!;
  strides[a] = layout.strides[b]!;
  strides[b] = layout.strides[a]!;
  return { shape, strides, offset: layout.offset };
}

/**
 * Some axes moved to new places; the others keep their order.
 *
 * @throws ValueError when there are not as many destinations as sources, or one is named twice.
 */
export function moveAxes(
  layout: Layout,
  source: number | readonly number[],
  destination: number | readonly number[],
  caller = "moveaxis",
): Layout {
  const ndim = layout.shape.length;
  if (typeof source === "number" && typeof destination === "number") {
    return moveAxis(layout, normalizeAxis(source, ndim, caller), normalizeAxis(destination, ndim, caller));
  }
  const from = normalizeAxes(source, ndim, caller);
  const to = normalizeAxes(destination, ndim, caller);
  if (from.length !== to.length) {
    throw new ValueError(`${caller}: ${from.length} source axes but ${to.length} destinations`);
  }
  const axes = new Array<number>(ndim).fill(-1);
  for (let j = 0; j < from.length; j++) axes[to[j]!] = from[j]!;
  let next = 0;
  for (let k = 0; k < ndim; k++) {
    if (axes[k] !== -1) continue;
    while (from.includes(next)) next++;
    axes[k] = next++;
  }
  return takeAxes(layout, axes);
}

/** One axis moved to a new place, those between shifted by one; not checked. */
function moveAxis(layout: Layout, from: number, to: number): Layout {
  const ndim = layout.shape.length;
  const shape = new Array<number>(ndim);
  const strides = new Array<number>(ndim);
  for (let k = 0; k < ndim; k++) {
    let axis = k;
    if (k === to) axis = from;
    else if (k >= from && k < to) axis = k + 1;
    else if (k > to && k <= from) axis = k - 1;
    shape[k] = layout.shape[axis]!;
    strides[k] = layout.strides[axis]!;
  }
  return { shape, strides, offset: layout.offset };
}

/**
 * One axis moved back until it lies before the axis that is now at `start`.
 *
 * @throws IndexError when `start` is not within -ndim … ndim.
 */
export function rollAxis(layout: Layout, axis: number, start = 0, caller = "rollaxis"): Layout {
  const ndim = layout.shape.length;
  const from = normalizeAxis(axis, ndim, caller);
  let to = start < 0 ? start + ndim : start;
  if (!(Number.isInteger(to) && to >= 0 && to <= ndim)) {
    throw new IndexError(`${caller}: start ${textOf(start)} is out of bounds; wanted ${-ndim} to ${ndim}`);
  }
  if (from < to) to--;
  return moveAxis(layout, from, to);
}

/** Some axes, or with null all axes, in the opposite direction. */
export function flip(
  layout: Layout,
  axes: number | readonly number[] | null = null,
  caller = "flip",
): Layout {
  const shape = layout.shape.slice();
  const strides = layout.strides.slice();
  let offset = layout.offset;
  const ndim = shape.length;
  const list = axes === null ? null : normalizeAxes(axes, ndim, caller);
  const count = list === null ? ndim : list.length;
  for (let j = 0; j < count; j++) {
    const axis = list === null ? j : list[j]!;
    const length = shape[axis]!;
    // An empty axis stays as it is, as an empty slice does.
    if (length === 0) continue;
    offset += (length - 1) * strides[axis]!;
    strides[axis] = 0 - strides[axis]!;
  }
  return { shape, strides, offset };
}

/**
 * New axes of length 1; `axes` are their places in the result.
 *
 * @throws IndexError when a place does not exist in the result.
 */
export function insertAxes(
  layout: Layout,
  axes: number | readonly number[],
  itemsize: number,
  caller = "expandDims",
): Layout {
  const count = typeof axes === "number" ? 1 : Array.isArray(axes) ? axes.length : 0;
  if (count === 0 && !Array.isArray(axes))
    throw new IndexError(`${caller}: ${textOf(axes)} is no axis and no list of axes`);
  const ndim = layout.shape.length + count;
  if (ndim > MAX_NDIM) throw new ShapeError(`${caller}: ${ndim} axes are too many; the most is ${MAX_NDIM}`);
  const places = normalizeAxes(axes, ndim, caller);
  const shape = new Array<number>(ndim);
  let from = 0;
  for (let k = 0; k < ndim; k++) shape[k] = places.includes(k) ? 1 : layout.shape[from++]!;
  // As a reshape, the new axes get the strides that NumPy gives them; one that only adds axes never needs a copy.
  return reshapeLayout(layout, shape, itemsize, "C") as Layout;
}

/**
 * Axes of length 1 taken away: those named, or with null all of them.
 *
 * @throws ShapeError when a named axis has another length.
 */
export function dropAxes(
  layout: Layout,
  axes: number | readonly number[] | null = null,
  caller = "squeeze",
): Layout {
  const ndim = layout.shape.length;
  // NumPy lets axis 0 of an array without axes pass.
  if (ndim === 0 && (axes === 0 || axes === -1)) return layout;
  const list = axes === null ? null : normalizeAxes(axes, ndim, caller);
  const left = list === null ? ndim - countOnes(layout.shape) : ndim - list.length;
  const shape = new Array<number>(left);
  const strides = new Array<number>(left);
  let to = 0;
  for (let k = 0; k < ndim; k++) {
    const length = layout.shape[k]!;
    const drop = list === null ? length === 1 : list.includes(k);
    if (drop && length !== 1) {
      throw new ShapeError(
        `${caller}: axis ${k} has length ${length}; only an axis of length 1 can be dropped`,
      );
    }
    if (drop) continue;
    shape[to] = length;
    strides[to++] = layout.strides[k]!;
  }
  return { shape, strides, offset: layout.offset };
}

function countOnes(shape: readonly number[]): number {
  let count = 0;
  for (let k = 0; k < shape.length; k++) if (shape[k] === 1) count++;
  return count;
}

/**
 * A quarter turn from the first towards the second axis, `k` times.
 *
 * @throws ValueError unless `axes` are two different axes.
 */
export function rot90(layout: Layout, k = 1, axes: readonly number[] = [0, 1], caller = "rot90"): Layout {
  if (!Number.isInteger(k))
    throw new ValueError(`${caller}: ${textOf(k)} is not a whole number of quarter turns`);
  const [first, second] = planeAxes(layout.shape.length, axes, caller);
  const turns = ((k % 4) + 4) % 4;
  if (turns === 0) return layout;
  if (turns === 2) return flip(layout, [first, second], caller);
  if (turns === 1) return swapAxes(flip(layout, second, caller), first, second, caller);
  return flip(swapAxes(layout, first, second, caller), second, caller);
}

/** The two axes that a turn happens in. NumPy calls even an axis that does not exist a bad value here. */
function planeAxes(ndim: number, axes: readonly number[], caller: string): [number, number] {
  const list: readonly unknown[] = Array.isArray(axes) ? axes : [];
  const [first, second] = list.map((axis) =>
    typeof axis === "number" ? (axis < 0 ? axis + ndim : axis + 0) : Number.NaN,
  );
  const inRange =
    list.length === 2 &&
    [first, second].every((axis) => Number.isInteger(axis) && axis! >= 0 && axis! < ndim);
  if (inRange && first !== second) return [first!, second!];
  throw new ValueError(
    `${caller}: axes ${Array.isArray(axes) ? `(${axes.map(textOf).join(", ")})` : textOf(axes)} are not two different axes of an array of ${ndim} dimensions`,
  );
}

/**
 * The elements where the index along `axis2` is the index along `axis1` plus `offset`; they become the last axis.
 *
 * @throws ValueError when the layout has fewer than two axes or the two axes are the same.
 */
export function diagonal(layout: Layout, offset = 0, axis1 = 0, axis2 = 1, caller = "diagonal"): Layout {
  const ndim = layout.shape.length;
  if (ndim < 2) throw new ValueError(`${caller}: wanted an array of at least two dimensions, given ${ndim}`);
  if (!Number.isInteger(offset))
    throw new ValueError(`${caller}: offset ${textOf(offset)} is not an integer`);
  const a = normalizeAxis(axis1, ndim, caller);
  const b = normalizeAxis(axis2, ndim, caller);
  if (a === b) throw new ValueError(`${caller}: repeated axis: ${axis2} names axis ${a} again`);
  const shape = new Array<number>(ndim - 1);
  const strides = new Array<number>(ndim - 1);
  let to = 0;
  for (let k = 0; k < ndim; k++) {
    if (k === a || k === b) continue;
    shape[to] = layout.shape[k]!;
    strides[to++] = layout.strides[k]!;
  }
  const length = Math.min(
    layout.shape[a]! - (offset < 0 ? -offset : 0),
    layout.shape[b]! - (offset > 0 ? offset : 0),
  );
  const start = offset < 0 ? -offset * layout.strides[a]! : offset * layout.strides[b]!;
  shape[to] = length > 0 ? length : 0;
  strides[to] = layout.strides[a]! + layout.strides[b]!;
  return { shape, strides, offset: length > 0 ? layout.offset + start : layout.offset };
}

/**
 * Every window of a given shape: the axes of the layout count windows, new last axes run inside one window.
 *
 * @param axes - The axis of each window length; the same may come again. Null for all axes in turn.
 * @throws ShapeError when a window does not fit, or there are not as many axes as window lengths.
 */
export function slidingWindow(
  layout: Layout,
  window: number | readonly number[],
  axes: number | readonly number[] | null = null,
  caller = "slidingWindowView",
): Layout {
  const ndim = layout.shape.length;
  const lengths: readonly number[] = Array.isArray(window) ? window : [window];
  for (const length of lengths) {
    if (!(Number.isInteger(length) && length >= 0)) {
      throw new ShapeError(`${caller}: window length ${textOf(length)} is not an integer from 0 on`);
    }
  }
  const along = windowAxes(ndim, axes, caller);
  if (along.length !== lengths.length) {
    throw new ShapeError(
      `${caller}: ${lengths.length} window lengths for ${along.length} axes; wanted one for each`,
    );
  }
  if (ndim + lengths.length > MAX_NDIM) {
    throw new ShapeError(`${caller}: ${ndim + lengths.length} axes are too many; the most is ${MAX_NDIM}`);
  }
  const shape = layout.shape.slice();
  const strides = layout.strides.slice();
  for (let j = 0; j < lengths.length; j++) {
    const axis = along[j]!;
    const length = lengths[j]!;
    if (length > shape[axis]!) {
      throw new ShapeError(
        `${caller}: a window of ${length} does not fit in the ${shape[axis]} of axis ${axis}`,
      );
    }
    shape[axis] = shape[axis]! - length + 1;
    // Adding 0 turns -0 into 0.
    shape.push(length + 0);
    strides.push(layout.strides[axis]!);
  }
  return { shape, strides, offset: layout.offset };
}

function windowAxes(ndim: number, axes: number | readonly number[] | null, caller: string): number[] {
  if (typeof axes === "number") return [normalizeAxis(axes, ndim, caller)];
  if (axes !== null && !Array.isArray(axes)) return [normalizeAxis(axes as never, ndim, caller)];
  if (axes !== null) return axes.map((axis: number) => normalizeAxis(axis, ndim, caller));
  return Array.from({ length: ndim }, (_, axis) => axis);
}

/**
 * The pieces of one axis, in order.
 *
 * A number asks for that many pieces, the first ones longer by one where it does not come out even. A list holds the
 * positions to cut at, with the meaning they have in slices: negative ones count from the back, pieces may be empty.
 *
 * @throws ValueError when the number of pieces is not an integer from 1 on.
 */
export function splitAlong(
  layout: Layout,
  axis: number,
  sections: number | readonly number[],
  caller = "arraySplit",
): Layout[] {
  const along = normalizeAxis(axis, layout.shape.length, caller);
  const length = layout.shape[along]!;
  const cuts = typeof sections === "number" ? evenCuts(length, sections, caller) : sections;
  if (!Array.isArray(cuts)) {
    throw new ValueError(
      `${caller}: ${textOf(sections)} is neither a number of pieces nor a list of positions`,
    );
  }
  const pieces: Layout[] = [];
  for (let j = 0; j <= cuts.length; j++) {
    const start = j === 0 ? 0 : cuts[j - 1]!;
    const stop = j === cuts.length ? length : cuts[j]!;
    if (!Number.isInteger(stop))
      throw new ValueError(`${caller}: position ${textOf(stop)} is not an integer`);
    pieces.push(piece(layout, along, start, stop));
  }
  return pieces;
}

/** Where to cut a length into so many pieces. */
function evenCuts(length: number, sections: number, caller: string): number[] {
  if (!(Number.isInteger(sections) && sections >= 1)) {
    throw new ValueError(`${caller}: ${sections} is not a number of pieces; wanted an integer from 1 on`);
  }
  requireListable([sections], caller);
  const short = Math.floor(length / sections);
  const longer = length % sections;
  const cuts: number[] = [];
  for (let j = 1; j < sections; j++) cuts.push(j * short + Math.min(j, longer));
  return cuts;
}

function piece(layout: Layout, axis: number, start: number, stop: number): Layout {
  const range = clampSlice({ kind: "slice", start, stop, step: null }, layout.shape[axis]!);
  const shape = layout.shape.slice();
  shape[axis] = range.count;
  return { shape, strides: layout.strides, offset: layout.offset + range.start * layout.strides[axis]! };
}
