import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";

/** One operand of a walk. */
export interface WalkedOperand {
  readonly array: NDArray;
  /** The dtype in which elements are given. */
  readonly dtype: Descriptor;
  readonly reads: boolean;
  readonly writes: boolean;
  /** Whether several steps write one element. */
  readonly reduces: boolean;
  /** Whether elements must lie side by side. */
  readonly contig: boolean;
  /** Bytes from each place to the next along the axes of the walk, and from the start of the array to the first place. */
  readonly strides: readonly number[];
  readonly lead: number;
  /** Takes what was written to the array back to where it came from; null when it is the array that was given. */
  readonly writeBack: (() => void) | null;
}

/** A walk over several operands, its axes from the outermost to the innermost. */
export interface Walk {
  readonly shape: readonly number[];
  /** For each axis of the walk the axis of the shape that the operands share; null once axes were merged. */
  readonly axes: readonly number[] | null;
  readonly flipped: readonly boolean[];
  readonly operands: readonly WalkedOperand[];
  /** How far the index that is kept steps along each axis, and where it starts; null when none is kept. */
  readonly index: { readonly strides: readonly number[]; readonly lead: number } | null;
}

/** The same walk with fewer and longer axes, whose indices nobody knows any more. */
export function mergedWalk(walk: Walk): Walk {
  const lists = [
    ...walk.operands.map((one) => one.strides),
    ...(walk.index === null ? [] : [walk.index.strides]),
  ];
  const shape: number[] = [];
  const kept: number[] = [];
  for (const [axis, length] of walk.shape.entries()) {
    const last = kept.length - 1;
    if (length === 1 && walk.shape.length > 1 && (last >= 0 || axis < walk.shape.length - 1)) continue;
    if (last >= 0 && lists.every((strides) => strides[kept[last]!] === length * strides[axis]!)) {
      shape[last] = shape[last]! * length;
      kept[last] = axis;
    } else {
      shape.push(length);
      kept.push(axis);
    }
  }
  const pick = (strides: readonly number[]) => kept.map((axis) => strides[axis]!);
  return {
    shape,
    axes: null,
    flipped: shape.map(() => false),
    operands: walk.operands.map((one) => ({ ...one, strides: pick(one.strides) })),
    index: walk.index === null ? null : { ...walk.index, strides: pick(walk.index.strides) },
  };
}
