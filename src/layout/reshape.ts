/**
 * Reshaping without a copy.
 *
 * The elements, counted off in C (or Fortran) order, must stay where they are while the axes that count them change.
 * Walk the old and the new lengths side by side from the fastest axis on, and extend whichever product is smaller until
 * both are equal: a group of old axes then holds exactly what a group of new axes has to hold. The group can be
 * counted by other axes if and only if it is one evenly spaced run of addresses, that is if each of its axes steps as
 * far as the whole next faster axis reaches. The new axes then split that run. Strides may be negative or 0: an even
 * run stays even. Axes of length 1 move nothing, so they are left out of the old side, and take on the new side the
 * stride of their neighbour, as NumPy does. A layout without elements can take any shape without elements.
 *
 * When one group is not an even run, no strides exist for the new shape, and the answer is null: a copy is needed.
 */
import { ShapeError, textOf } from "../errors.ts";
import { isCContiguous, isFContiguous } from "./contiguity.ts";
import { checkedSize, type Layout, MAX_NDIM, shapeText } from "./layout.ts";
import { axesBySpeed } from "./order.ts";

/**
 * The shape with its one -1 worked out.
 *
 * @param size - The number of elements there are.
 * @param from - The shape they have now, for the error.
 * @throws ShapeError when the elements do not fill the shape, or it leaves open what it should be.
 */
export function resolveShape(size: number, shape: readonly number[], from: readonly number[]): number[] {
  if (!Array.isArray(shape)) {
    throw new ShapeError(`reshape: ${textOf(shape)} is no shape; give a length or a list of lengths`);
  }
  if (shape.length > MAX_NDIM)
    throw cannot(from, shape, `${shape.length} axes are too many; the most is ${MAX_NDIM}`);
  const result = new Array<number>(shape.length);
  let open = -1;
  let product = 1;
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    // Adding 0 turns -0 into 0; what is no number is refused below.
    result[k] = typeof length === "number" ? length + 0 : length;
    if (length === -1) {
      if (open >= 0) throw cannot(from, shape, "only one length can be left open with -1");
      open = k;
    } else if (Number.isInteger(length) && length >= 0) product *= length;
    else throw cannot(from, shape, `${textOf(length)} is not a length`);
  }
  if (open >= 0) {
    if (product === 0) throw cannot(from, shape, "any length would do for -1 beside a length of 0");
    if (size % product !== 0) throw cannot(from, shape, `${size} is not a multiple of ${product}`);
    result[open] = size / product;
  } else if (product !== size) throw cannot(from, shape, `${size} elements do not fill ${product}`);
  // Beside a length of 0 the others are not held down by the number of elements.
  if (product === 0) checkedSize(result);
  return result;
}

function cannot(from: readonly number[], shape: readonly number[], why: string): ShapeError {
  return new ShapeError(`reshape: cannot reshape ${shapeText(from)} into ${shapeText(shape)}: ${why}`);
}

/** The same elements under a resolved shape of the same size, counted in `order`. Null when that needs a copy. */
export function reshapeLayout(
  layout: Layout,
  shape: readonly number[],
  itemsize: number,
  order: "C" | "F",
): Layout | null {
  if (sameShape(layout.shape, shape)) return layout;
  const offset = layout.offset;
  if (order === "C") {
    if (isCContiguous(layout, itemsize)) return reshapeDense(layout, shape, itemsize, order);
    const strides = splitRuns(layout, shape, true);
    return strides === null ? null : { shape, strides, offset };
  }
  if (isFContiguous(layout, itemsize)) return reshapeDense(layout, shape, itemsize, order);
  const strides = splitRunsF(layout, shape);
  return strides === null ? null : { shape, strides, offset };
}

/** The same elements under a resolved shape, where they are dense in that order. */
export function reshapeDense(
  { offset }: Layout,
  shape: readonly number[],
  itemsize: number,
  order: "C" | "F",
): Layout {
  const strides = order === "C" ? viewStridesC(shape, itemsize) : viewStridesF(shape, itemsize);
  return { shape, strides, offset };
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Dense strides as a view has them: an axis of length 0 counts as 1, where fresh memory would have all strides 0. */
function viewStridesC(shape: readonly number[], itemsize: number): number[] {
  const strides = new Array<number>(shape.length);
  let step = itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    strides[k] = step;
    if (shape[k] !== 0) step *= shape[k]!;
  }
  return strides;
}

function viewStridesF(shape: readonly number[], itemsize: number): number[] {
  const strides = new Array<number>(shape.length);
  let step = itemsize;
  for (let k = 0; k < shape.length; k++) {
    strides[k] = step;
    if (shape[k] !== 0) step *= shape[k]!;
  }
  return strides;
}

/**
 * The strides of `shape` over the layout's elements in C order; both sizes are equal and not 0.
 *
 * @param onesJoinEnd - Whether a new axis of length 1 between two groups has the stride at which the faster one ends,
 *   or the stride with which the slower one starts.
 */
function splitRuns(
  layout: Layout,
  shape: readonly number[],
  onesJoinEnd: boolean,
  gap: Gap | null = null,
): number[] | null {
  const { shape: old, strides } = layout;
  const result = new Array<number>(shape.length);
  // Both sides are walked from the last axis on, so that a run starts with its fastest axis.
  let from = old.length - 1;
  let to = shape.length - 1;
  let step = 0;
  for (;;) {
    while (from >= 0 && old[from] === 1) from--;
    if (from < 0) break;
    const run = strides[from]!;
    let have = old[from--]!;
    let want = 1;
    step = run;
    while (want !== have) {
      if (want < have) {
        result[to] = step;
        step *= shape[to]!;
        want *= shape[to--]!;
        continue;
      }
      while (old[from] === 1) from--;
      if (strides[from] !== run * have) {
        if (gap !== null) Object.assign(gap, { axis: from, wanted: run * have });
        return null;
      }
      have *= old[from--]!;
    }
    while (onesJoinEnd && to >= 0 && shape[to] === 1) result[to--] = step;
  }
  while (to >= 0) result[to--] = step;
  return result;
}

/** The strides of `shape` over the layout's elements in Fortran order: the C order of all axes reversed. */
function splitRunsF(layout: Layout, shape: readonly number[], gap: Gap | null = null): number[] | null {
  const mirrored = { shape: reversed(layout.shape), strides: reversed(layout.strides), offset: 0 };
  const strides = splitRuns(mirrored, reversed(shape), false, gap);
  if (gap !== null) gap.axis = layout.shape.length - 1 - gap.axis;
  return strides === null ? null : strides.reverse();
}

/** An axis that does not go on where the faster ones end, and the stride with which it would. */
interface Gap {
  axis: number;
  wanted: number;
}

/**
 * Why `reshapeLayout` has no answer, in words: `axis 0 has stride 8, wanted 96`, where it would have to go on from where the
 * faster axes end.
 */
export function reshapeReason(layout: Layout, shape: readonly number[], order: "C" | "F"): string {
  const gap: Gap = { axis: 0, wanted: 0 };
  if (order === "C") splitRuns(layout, shape, true, gap);
  else splitRunsF(layout, shape, gap);
  return `axis ${gap.axis} has stride ${layout.strides[gap.axis]}, wanted ${gap.wanted}`;
}

function reversed(values: readonly number[]): number[] {
  return values.slice().reverse();
}

/**
 * One axis over all elements in the order in which they lie in memory. Null when they do not lie in one dense run.
 *
 * Negative strides are not undone: such a layout needs a copy.
 */
export function ravelKeep(layout: Layout, itemsize: number): Layout | null {
  const { shape, strides, offset } = layout;
  let size = 1;
  for (let k = 0; k < shape.length; k++) size *= shape[k]!;
  const flat = { shape: [size], strides: [itemsize], offset };
  if (size === 0) return flat;
  const axes = axesBySpeed(strides);
  let wanted = itemsize;
  for (let j = axes.length - 1; j >= 0; j--) {
    const axis = axes[j]!;
    if (shape[axis] === 1) continue;
    if (strides[axis] !== wanted) return null;
    wanted *= shape[axis]!;
  }
  return flat;
}
