/**
 * In which order a reduction meets elements.
 *
 * Sums of floats depend on it, so it is that of NumPy's iterator. Axes are ordered by the strides of all operands (the
 * result, if it was given; the array; the mask) and merged where all allow it. When the innermost axis is reduced,
 * elements go in *lines*, each summed by halves and then added to its result. A line is the innermost axis, or as many
 * of the inner axes as NumPy would bring into one buffer of 8192 elements: it buffers what is cast or not aligned, and
 * also what lies in short rows, if that makes fewer and longer lines. The rule by which it decides is that of
 * `npyiter_find_buffering_setup` in NumPy 2.3 and later: for each number of inner axes, operands to buffer plus one,
 * divided by the elements that one step then covers; the smallest wins, of equal ones the one with more axes.
 */

import { coalesce } from "../layout/coalesce.ts";
import { orderAxes } from "../layout/order.ts";

/** NumPy's buffer size, in elements. */
const BUFFER = 8192;

/** An operand of a reduction as its axes are ordered: strides along all axes, 0 for the result where it is reduced. */
export interface Operand {
  readonly strides: readonly number[];
  /** Whether NumPy would bring it into a buffer whatever the order: for a cast, or when it is not aligned. */
  readonly buffered: boolean;
}

/** The merged axes, the outermost first, and how they are cut into lines. */
export interface ReducePlan {
  readonly shape: readonly number[];
  /** For the result, the array, and the mask if there is one. */
  readonly strides: readonly (readonly number[])[];
  /** How many of the inner axes a line runs over; 0 when the innermost axis is not reduced. */
  readonly lineAxes: number;
  /** The most elements of a line: a multiple of what lies inside the outermost of its axes. */
  readonly lineLength: number;
}

/** The axes from the outermost to the innermost, as the operands that exist already want them. */
export function reductionOrder(
  shape: readonly number[],
  stridesList: readonly (readonly number[])[],
): readonly number[] {
  return orderAxes(shape, stridesList).axes;
}

/** The plan for operands (the result, the array, and perhaps a mask) whose axes go in that order. */
export function planReduction(
  shape: readonly number[],
  axes: readonly number[],
  operands: readonly Operand[],
): ReducePlan {
  const ordered = axes.map((axis) => shape[axis]!);
  const lists = operands.map(({ strides }) => axes.map((axis) => strides[axis]!));
  const merged = coalesce(ordered, lists);
  const { strides } = merged;
  const last = merged.shape.length - 1;
  if (last < 0 || strides[0]![last] !== 0) return { ...merged, lineAxes: 0, lineLength: 0 };
  return { ...merged, ...cutLines(merged.shape, strides, operands) };
}

/** How NumPy would cut the inner axes into lines; see the text above. */
function cutLines(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  operands: readonly Operand[],
): { lineAxes: number; lineLength: number } {
  const last = shape.length - 1;
  /** For each operand, how many of the inner axes it runs along with one stride. */
  const single = operands.map(() => 1);
  let cost = 1;
  for (const { buffered } of operands) if (buffered) cost++;
  let size = shape[last]!;
  let best = { axes: 1, cost, size, core: 1, ends: false };
  for (let count = 1; count <= last; count++) {
    if (size >= BUFFER && cost > 1) break;
    const [inner, outer] = [last - count + 1, last - count];
    operands.forEach(({ buffered }, k) => {
      if (single[k] !== count) return;
      if (strides[k]![inner]! * shape[inner]! === strides[k]![outer]) single[k] = count + 1;
      else if (!buffered) cost++;
    });
    const ends = strides[0]![outer] !== 0;
    const core = size;
    size *= shape[outer]!;
    const covered = size > BUFFER && cost > 1 ? BUFFER : size;
    if (cost * best.size <= best.cost * covered) best = { axes: count + 1, cost, size, core, ends };
    if (ends) break;
  }
  // Where the reduced axes end within the best choice, a line is all that lies inside the other axis.
  if (best.ends) return { lineAxes: best.axes - 1, lineLength: best.core };
  const must = operands.some(({ buffered }, k) => buffered || single[k]! < best.axes);
  const whole = !must || best.size <= BUFFER;
  return { lineAxes: best.axes, lineLength: whole ? best.size : best.core * Math.floor(BUFFER / best.core) };
}
