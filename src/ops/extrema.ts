import { type ArrayInput, asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import {
  type AxisOptions,
  type AxisOr,
  type ExtremeOptions,
  type InputDType,
  type Reduced,
  reductionOptions,
} from "./reduction-options.ts";
import { reduceBy } from "./sums.ts";
import { subtract } from "./ufuncs-arithmetic.ts";
import { maximum, minimum } from "./ufuncs-compare.ts";

/**
 * The largest element, of all or along axes; NaN if there is one. Complex numbers are ordered by their real parts, then
 * by their imaginary ones.
 *
 * @param options an axis, several, or `{ axis, out, keepdims, initial, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws ValueError for an array without elements, and with `where`, unless `initial` is given.
 * @example
 * np.max(np.array([3, 1, 2])); // 3
 * np.max(np.array([[1, 5], [4, 2]]), 1).tolist(); // [5, 4]
 */
export function max<V extends ArrayInput, const O extends AxisOr<ExtremeOptions> = null>(
  a: V,
  options?: O,
): Reduced<InputDType<V>, O> {
  return reduceBy(maximum, a, options, "max") as Reduced<InputDType<V>, O>;
}

/** The same as {@link max}. */
export const amax: typeof max = max;

/**
 * The smallest element, of all or along axes; NaN if there is one.
 *
 * @param options an axis, several, or `{ axis, out, keepdims, initial, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws ValueError for an array without elements, and with `where`, unless `initial` is given.
 * @example
 * np.min(np.array([3, 1, 2])); // 1
 */
export function min<V extends ArrayInput, const O extends AxisOr<ExtremeOptions> = null>(
  a: V,
  options?: O,
): Reduced<InputDType<V>, O> {
  return reduceBy(minimum, a, options, "min") as Reduced<InputDType<V>, O>;
}

/** The same as {@link min}. */
export const amin: typeof min = min;

/**
 * The largest element less the smallest, "peak to peak", of all or along axes. Small integers may wrap.
 *
 * @param options an axis, several, or `{ axis, out, keepdims }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws ValueError for an array without elements.
 * @example
 * np.ptp(np.array([3, 1, 7])); // 6
 */
export function ptp<V extends ArrayInput, const O extends AxisOr<AxisOptions> = null>(
  a: V,
  options?: O,
): Reduced<InputDType<V>, O> {
  const { axis, keepdims = false, out } = reductionOptions<AxisOptions>(options, "ptp");
  const x = asarray(a as ArrayInput);
  const scalar = axis === null && !keepdims && (out ?? null) === null;
  const of = (ufunc: typeof maximum) =>
    reduceUfunc(ufunc.core, x, { axis: axis ?? [...x.layout.shape.keys()], keepdims }, "ptp") as NDArray;
  const target = out instanceof NDArray ? { out } : {};
  const result = subtract(of(maximum), of(minimum), target) as NDArray;
  return (scalar ? result.at() : result) as Reduced<InputDType<V>, O>;
}
