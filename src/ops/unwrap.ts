import { copyto } from "../array/copy.ts";
import { type ArrayInput, array } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { resultType } from "../dtype/result.ts";
import { accumulateUfunc } from "../engine/accumulate.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import type { BasicIndex } from "../layout/basic.ts";
import { arrayFrom } from "./input.ts";
import { absolute, add, remainder, subtract } from "./ufuncs-arithmetic.ts";
import { equal, greater, less, notEqual } from "./ufuncs-compare.ts";
import { logicalAnd } from "./ufuncs-logic.ts";

/** How `unwrap` works. */
export interface UnwrapOptions {
  /** The least jump that counts as one; half a period if left out, or if less. */
  readonly discont?: number | null | undefined;
  /** The axis along which values follow one another; the last one if left out. */
  readonly axis?: number | undefined;
  /** What values are taken modulo; 2π if left out. */
  readonly period?: number | undefined;
}

/**
 * Values that were taken modulo a period, as they run on: jumps of more than half a period become their complement. Integers
 * with a whole period stay integers. Returns a copy.
 *
 * @param discont the least jump that counts, or `{ discont, axis, period }`
 * @throws ShapeError for an array of no axes, ValueError for a period of 0.
 * @example
 * np.unwrap([0, 1, 2, -1, 0], { period: 4 }).tolist(); // [0, 1, 2, 3, 4]
 */
export function unwrap(
  p: ArrayInput,
  discont?: number | null | UnwrapOptions,
  axis?: number,
  period?: number,
): NDArray {
  const isOptions = typeof discont === "object" && discont !== null;
  const options: UnwrapOptions = isOptions ? discont : { discont, axis, period };
  const x: NDArray = arrayFrom(p);
  if (x.ndim === 0) throw new ShapeError("unwrap: an array of no axes has no values that follow one another");
  const length = options.period ?? 2 * Math.PI;
  if (!(length !== 0)) throw new ValueError(`unwrap: the period ${textOf(length)} is nothing to unwrap by`);
  const along = normalizeAxis(options.axis ?? -1, x.ndim, "unwrap");
  const [later, earlier] = [part(x, along, "1:"), part(x, along, ":-1")];
  const steps: NDArray = x.dtype.kind === "b" ? notEqual(later, earlier) : subtract(later, earlier);
  const shifts = corrections(steps, length, options.discont ?? length / 2);
  const up = array(x, { dtype: resultType(steps, length), order: "K" }) as NDArray;
  const sums = accumulateUfunc(add.core, shifts, { axis: along });
  copyto(part(up, along, "1:"), add(later, sums), { casting: "unsafe" });
  return up;
}

/** What to add to every step so that it is at most half a period. */
function corrections(steps: NDArray, period: number, discont: number): NDArray {
  const isWhole = "iu".includes(resultType(steps, period).kind);
  const high = isWhole ? Math.floor(period / 2) : period / 2;
  const within: NDArray = add(remainder(subtract(steps, -high), period), -high);
  // A step of exactly half a period keeps its direction.
  if (!isWhole || period % 2 === 0) {
    copyto(within, high, { where: logicalAnd(equal(within, -high), greater(steps, 0)) });
  }
  const shifts: NDArray = subtract(within, steps);
  copyto(shifts, 0, { where: less(absolute(steps), discont) });
  return shifts;
}

/** A slice of one axis. */
function part(x: NDArray, axis: number, slice: "1:" | ":-1"): NDArray {
  return x.slice(...new Array<BasicIndex>(axis).fill(":"), slice);
}
