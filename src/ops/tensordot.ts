import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxes } from "../layout/axes.ts";
import { shapeText } from "../layout/layout.ts";
import type { ProductOf } from "./products.ts";
import { contractPairs } from "./products-contract.ts";

/** How many axes are summed, or which ones of each operand. */
export type TensordotAxes = number | readonly [a: number | readonly number[], b: number | readonly number[]];

/**
 * The sums of products over pairs of axes: over the last `axes` of `a` and the first `axes` of `b`, or over the axes that
 * two lists name. The axes of `a` that are left come first in the result, then those of `b`. Returns a copy; an array also
 * when no axis is left.
 *
 * @param axes a number, 2 if left out, or the axes of `a` and those of `b` that go with them
 * @throws ShapeError when two axes that go together differ in length, IndexError for an axis that does not exist.
 * @example
 * const a = np.ones([2, 3, 4]);
 * np.tensordot(a, np.ones([4, 3, 5]), [[1, 2], [1, 0]]).shape; // [2, 5]
 * np.tensordot(a, np.ones([4, 6]), 1).shape; // [2, 3, 6]
 */
export function tensordot<A extends ArrayInput, B extends ArrayInput>(
  a: A,
  b: B,
  axes: TensordotAxes | { readonly axes?: TensordotAxes | undefined } = 2,
): NDArray<ProductOf<A, B>> {
  const [x, y] = [asarray(a) as NDArray, asarray(b) as NDArray];
  const [aAxes, bAxes] = pairsFrom(isOptions(axes) ? (axes.axes ?? 2) : axes, x.ndim, y.ndim);
  for (const [j, p] of aAxes.entries()) {
    const q = bAxes[j]!;
    const [m, n] = [x.layout.shape[p]!, y.layout.shape[q]!];
    if (m !== n) {
      throw new ShapeError(
        `tensordot: ${shapeText(x.layout.shape)} and ${shapeText(y.layout.shape)}: axis ${p} of the first (${m}) must be as long as axis ${q} of the second (${n})`,
      );
    }
  }
  return contractPairs(x, y, { name: "tensordot", aAxes, bAxes }) as NDArray<ProductOf<A, B>>;
}

function isOptions(
  axes: TensordotAxes | { readonly axes?: TensordotAxes | undefined },
): axes is { readonly axes?: TensordotAxes | undefined } {
  return typeof axes === "object" && axes !== null && !Array.isArray(axes);
}

function pairsFrom(axes: TensordotAxes, ndimA: number, ndimB: number): [number[], number[]] {
  if (typeof axes === "number") {
    if (!Number.isInteger(axes)) throw new ValueError(`tensordot: axes ${axes} is not an integer`);
    // As in NumPy, a negative number of axes is none.
    const count = Math.max(0, axes);
    if (count > Math.min(ndimA, ndimB)) {
      throw new ShapeError(`tensordot: ${axes} axes are more than arrays of ${ndimA} and ${ndimB} axes have`);
    }
    const last = Array.from({ length: count }, (_, j) => j - count);
    return [normalizeAxes(last, ndimA, "tensordot"), normalizeAxes(range(count), ndimB, "tensordot")];
  }
  if (!Array.isArray(axes) || axes.length !== 2) {
    throw new ValueError(
      `tensordot: axes ${textOf(axes)} is neither a number nor a pair of lists, one for each operand`,
    );
  }
  const pairs = [
    normalizeAxes(axes[0], ndimA, "tensordot"),
    normalizeAxes(axes[1], ndimB, "tensordot"),
  ] as const;
  if (pairs[0].length === pairs[1].length) return [pairs[0], pairs[1]];
  throw new ShapeError(
    `tensordot: ${pairs[0].length} axes of the first and ${pairs[1].length} of the second; they go in pairs`,
  );
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, j) => j);
}
