import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray, type DTypeOfInput } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { textOf, ValueError } from "../errors.ts";
import { normalizeAxes } from "../layout/axes.ts";
import type { Axes } from "./input.ts";
import { section } from "./section.ts";

/** Which ends: the front, the back or both. */
export type TrimSides = "fb" | "bf" | "f" | "b" | "FB" | "BF" | "F" | "B";

/** How zeros are trimmed. */
export interface TrimZerosOptions {
  /** At which ends; at both if left out. */
  readonly trim?: TrimSides | undefined;
  /** Along which axes; along all of them if null or left out. */
  readonly axis?: Axes | null | undefined;
}

/**
 * An array without the parts at its ends that are all zero: NumPy's `trim_zeros`. Along each axis, the smallest range that
 * has all elements that are not zero; nothing is left along the axes of an array of zeros. Returns a view of the array, or
 * the array itself when there is no axis to trim.
 *
 * @param trim at which ends, `"fb"` if left out, or `{ trim, axis }`
 * @param axis along which axes; along all of them if null or left out
 * @throws ValueError for other letters than f and b, and for an axis named twice; IndexError for one that is not there.
 * @example
 * np.trimZeros([0, 1, 0, 2, 0]).tolist(); // [1, 0, 2]
 * np.trimZeros([0, 1, 0], "f").tolist(); // [1, 0]
 * np.trimZeros([[0, 0], [0, 1]]).tolist(); // [[1]]
 */
export function trimZeros<V extends ArrayInput>(
  filt: V,
  trim?: TrimSides | TrimZerosOptions | null,
  axis?: Axes | null,
): NDArray<DTypeOfInput<V>> {
  const given: TrimZerosOptions =
    typeof trim === "string" || trim === undefined ? { trim, axis } : optionsFrom(trim, "trimZeros");
  const sides = typeof given.trim === "string" ? given.trim.toLowerCase() : (given.trim ?? "fb");
  if (!["fb", "bf", "f", "b"].includes(sides)) {
    throw new ValueError(`trimZeros: trim ${textOf(given.trim)} is none of "fb", "f" and "b"`);
  }
  const x = asarray(filt as ArrayInput) as NDArray;
  const along = given.axis ?? axis ?? null;
  const axes = along === null ? [...x.layout.shape.keys()] : normalizeAxes(along, x.ndim, "trimZeros");
  return trimmed(x, sides, axes) as NDArray<DTypeOfInput<V>>;
}

function trimmed(x: NDArray, sides: string, axes: readonly number[]): NDArray {
  const truth = dataOf(workingCopy(x, plain.bool, "C", "trimZeros")) as Uint8Array;
  const none = truth.indexOf(1) < 0;
  let result = x;
  for (const axis of axes) {
    const length = x.layout.shape[axis]!;
    if (none) {
      result = section(result, axis, 0, 0);
      continue;
    }
    const slabs = slabsOf(x.layout.shape, axis);
    let [first, last] = [0, length - 1];
    if (sides.includes("f")) while (isZero(truth, slabs, first)) first++;
    if (sides.includes("b")) while (isZero(truth, slabs, last)) last--;
    result = section(result, axis, first, last + 1 - first);
  }
  return result;
}

/** Where the elements of one place of an axis are among all in C order: `count` runs of `run`, `step` apart. */
interface Slabs {
  readonly count: number;
  readonly run: number;
  readonly step: number;
}

function slabsOf(shape: readonly number[], axis: number): Slabs {
  let [count, run] = [1, 1];
  for (const [k, length] of shape.entries()) {
    if (k < axis) count *= length;
    if (k > axis) run *= length;
  }
  return { count, run, step: run * shape[axis]! };
}

function isZero(truth: Uint8Array, { count, run, step }: Slabs, place: number): boolean {
  for (let i = 0; i < count; i++) {
    const start = i * step + place * run;
    for (let k = start; k < start + run; k++) if (truth[k] !== 0) return false;
  }
  return true;
}
