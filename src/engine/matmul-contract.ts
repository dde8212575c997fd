/**
 * Sums of products over any axes of two arrays, as products of matrices.
 *
 * Each axis is of one of four kinds: both operands and the result have it (the stack), only the first and the result
 * (rows), only the second and the result (columns), or both operands and not the result: it is summed. The axes of a kind
 * are merged where the memory of those that have them allows it. What is left of rows and columns beyond one axis is
 * walked like a stack. Axes to be summed must come to one; where they do not, the operand that stands in the way is
 * copied, as it is for NumPy's reshape.
 */

import { hiddenReason, reportCopy } from "../array/allocate.ts";
import { castElements, type TypedPlace } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { sizeOf } from "../layout/layout.ts";
import { multiplyMatrices } from "./matmul.ts";

/** One axis of a contraction: its length, and its stride in each operand and in the result, 0 where they have none. */
export interface Axis {
  readonly length: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** The axes by kind. */
export interface Axes {
  readonly stack: readonly Axis[];
  readonly rows: readonly Axis[];
  readonly columns: readonly Axis[];
  readonly summed: readonly Axis[];
}

/** Where operands and result are; their strides are those of the axes. */
export interface Ends {
  readonly a: TypedPlace;
  readonly b: TypedPlace;
  readonly c: TypedPlace;
  readonly conjugate?: boolean;
  /** For copy tracing. */
  readonly caller: string;
}

type Side = "a" | "b" | "c";

/** Writes the sums of products. The dtype of the result is that of the loop; see {@link multiplyMatrices}. */
export function contract(axes: Axes, ends: Ends): void {
  if (isEmpty([...axes.stack, ...axes.rows, ...axes.columns])) return;
  const one = withOneSum(axes, ends);
  const offsets = { a: one.ends.a.offset, b: one.ends.b.offset, c: one.ends.c.offset };
  const summed = merged(one.axes.summed, ["a", "b"], offsets);
  const rows = merged(one.axes.rows, ["a", "c"], offsets);
  const columns = merged(one.axes.columns, ["b", "c"], offsets);
  const [row, otherRows] = longest(rows);
  const [column, otherColumns] = longest(columns);
  const stack = [...one.axes.stack, ...otherRows, ...otherColumns];
  const sum = summed[0] ?? unit;
  const place = (side: Side, last: readonly [number, number]): TypedPlace => ({
    ...one.ends[side],
    offset: offsets[side],
    strides: [...stack.map((axis) => axis[side]), ...last],
  });
  multiplyMatrices({
    batch: stack.map((axis) => axis.length),
    m: row.length,
    n: column.length,
    k: sum.length,
    a: place("a", [row.a, sum.a]),
    b: place("b", [sum.b, column.b]),
    c: place("c", [row.c, column.c]),
    conjugate: ends.conjugate === true,
  });
}

const unit: Axis = { length: 1, a: 0, b: 0, c: 0 };

function isEmpty(axes: readonly Axis[]): boolean {
  return axes.some((axis) => axis.length === 0);
}

/** The axes merged where all `sides` allow it; an axis that is walked the other way moves the offsets. */
function merged(axes: readonly Axis[], sides: readonly Side[], offsets: Record<Side, number>): Axis[] {
  const walk = coalesceOrdered(
    axes.map((axis) => axis.length),
    sides.map((side) => axes.map((axis) => axis[side])),
    sides.map((side) => offsets[side]),
  );
  for (const [j, side] of sides.entries()) offsets[side] = walk.offsets[j]!;
  return walk.shape.map((length, k) => {
    const strides: Partial<Record<Side, number>> = {};
    for (const [j, side] of sides.entries()) strides[side] = walk.strides[j]![k]!;
    return { ...unit, length, ...strides };
  });
}

/** The longest axis, and the others. */
function longest(axes: readonly Axis[]): [Axis, readonly Axis[]] {
  let at = 0;
  for (const [k, axis] of axes.entries()) if (axis.length >= axes[at]!.length) at = k;
  return [axes[at] ?? unit, axes.filter((_, k) => k !== at)];
}

/** The same contraction with axes to be summed that merge into one: an operand in whose memory they do not is copied. */
function withOneSum(axes: Axes, ends: Ends): { axes: Axes; ends: Ends } {
  if (countSums(axes) < 2 || isEmpty(axes.summed)) return { axes, ends };
  // In the order of the second operand, so that only the first is copied if that is enough.
  const summed = [...axes.summed].sort((p, q) => Math.abs(q.b) - Math.abs(p.b));
  const first = copied({ ...axes, summed }, ends, "a");
  return countSums(first.axes) < 2 ? first : copied(first.axes, first.ends, "b");
}

function countSums({ summed }: Axes): number {
  return merged(summed, ["a", "b"], { a: 0, b: 0, c: 0 }).length;
}

/** A dense copy of an operand, its axes in the order they are in; what it repeats is not copied. */
function copied(axes: Axes, ends: Ends, side: "a" | "b"): { axes: Axes; ends: Ends } {
  const all = [...axes.stack, ...axes[side === "a" ? "rows" : "columns"], ...axes.summed];
  const place = ends[side];
  const isRepeated = (axis: Axis) => axis[side] === 0 && !axes.summed.includes(axis);
  const own = all.filter((axis) => !isRepeated(axis));
  const shape = own.map((axis) => axis.length);
  const reason = hiddenReason(ends.caller, "the axes to be summed do not merge");
  const copy = unsetArray(shape, place.dtype, "C", reason);
  castElements(shape, { ...place, strides: own.map((axis) => axis[side]) }, placeOf(copy));
  reportCopy(sizeOf(shape) * place.dtype.itemsize, reason);
  const renew = (axis: Axis): Axis => {
    const at = own.indexOf(axis);
    return at < 0 ? axis : { ...axis, [side]: copy.layout.strides[at]! };
  };
  const renewed = {
    stack: axes.stack.map(renew),
    rows: axes.rows.map(renew),
    columns: axes.columns.map(renew),
    summed: axes.summed.map(renew),
  };
  return { axes: renewed, ends: { ...ends, [side]: placeOf(copy) } };
}
