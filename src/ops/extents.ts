import { optionsFrom } from "../array/arguments.ts";
import type { ArrayInput } from "../array/create.ts";
import { textOf, ValueError } from "../errors.ts";
import { normalizeAxes, normalizeAxis } from "../layout/axes.ts";
import { type Axes, arrayFrom } from "./input.ts";

/**
 * The length of each axis.
 *
 * @example
 * np.shape([[1, 2], [3, 4], [5, 6]]); // [3, 2]
 */
export function shape(a: ArrayInput): number[] {
  return arrayFrom(a).shape;
}

/**
 * The number of axes.
 *
 * @example
 * np.ndim([[1, 2], [3, 4]]); // 2
 */
export function ndim(a: ArrayInput): number {
  return arrayFrom(a).ndim;
}

/**
 * The number of elements, along an axis or several if one is given.
 *
 * @throws IndexError for an axis that does not exist, ValueError for one named twice
 * @example
 * np.size([[1, 2, 3], [4, 5, 6]]); // 6
 * np.size([[1, 2, 3], [4, 5, 6]], 1); // 3
 */
export function size(a: ArrayInput, axis: Axes | null = null): number {
  const x = arrayFrom(a);
  if (axis === null) return x.size;
  const axes = normalizeAxes(axis, x.ndim, "size");
  return axes.reduce((count, k) => count * x.layout.shape[k]!, 1);
}

/**
 * An axis counted from the front: NumPy's `lib.array_utils.normalize_axis_index`.
 *
 * @param prefix what stands in front of the message of the error
 * @throws IndexError when an array of `ndim` axes has no such axis
 * @example
 * np.normalizeAxisIndex(-1, 3); // 2
 */
export function normalizeAxisIndex(axis: number, ndim: number, prefix = "normalizeAxisIndex"): number {
  const caller = typeof prefix === "string" ? prefix : "normalizeAxisIndex";
  requireNdim(ndim, caller);
  return normalizeAxis(axis, ndim, caller);
}

function requireNdim(ndim: unknown, caller: string): void {
  if (typeof ndim === "number" && Number.isInteger(ndim) && ndim >= 0) return;
  throw new ValueError(`${caller}: ${textOf(ndim)} is no number of axes`);
}

/** How `normalizeAxisTuple` reads axes. */
export interface NormalizeAxisOptions {
  /** What stands in front of the message of the error. */
  readonly argname?: string | null | undefined;
  /** Whether an axis may be named twice. */
  readonly allowDuplicate?: boolean | undefined;
}

/**
 * Axes counted from the front, as a list: NumPy's `lib.array_utils.normalize_axis_tuple`.
 *
 * @param options `{ argname, allowDuplicate }`, or the name alone
 * @throws IndexError when an array of `ndim` axes has no such axis, ValueError when one is named twice
 * @example
 * np.normalizeAxisTuple([0, -1], 3); // [0, 2]
 */
export function normalizeAxisTuple(
  axis: Axes,
  ndim: number,
  options: string | NormalizeAxisOptions = {},
): number[] {
  const given = typeof options === "string" ? { argname: options } : options;
  const { argname, allowDuplicate = false } = optionsFrom(given, "normalizeAxisTuple");
  const caller = typeof argname === "string" ? argname : "normalizeAxisTuple";
  requireNdim(ndim, caller);
  if (!allowDuplicate || typeof axis === "number") return normalizeAxes(axis, ndim, caller);
  if (!Array.isArray(axis)) throw new ValueError(`${caller}: ${textOf(axis)} is no axis and no list of axes`);
  return axis.map((one: number) => normalizeAxis(one, ndim, caller));
}
