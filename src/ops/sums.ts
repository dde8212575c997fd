import type { ArrayInput } from "../array/create.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import type { Ufunc } from "../engine/ufunc.ts";
import {
  type AxisOr,
  type InputDType,
  type MaskedOptions,
  type Reduced,
  reductionOptions,
  type SumOf,
  type SumOptions,
} from "./reduction-options.ts";
import { add, multiply } from "./ufuncs-arithmetic.ts";
import { logicalAnd, logicalOr } from "./ufuncs-logic.ts";

/** Reduces by a ufunc, with the axis or the options that a user gave. */
export function reduceBy(
  ufunc: Ufunc,
  a: ArrayInput,
  options: AxisOr<SumOptions> | undefined,
  caller: string,
): unknown {
  return reduceUfunc(ufunc.core, a, reductionOptions<SumOptions>(options, caller), caller);
}

/**
 * The sum of the elements, of all or along axes. Integers are added in 64 bits and wrap; floats are added in NumPy's
 * order, by halves, so that errors stay small. The sum of nothing is 0.
 *
 * @param options an axis, several, or `{ axis, dtype, out, keepdims, initial, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws IndexError for an axis that is not there; ShapeError or DTypeError when `out` does not fit.
 * @example
 * const a = np.array([[1, 2], [3, 4]]);
 * np.sum(a); // 10
 * np.sum(a, 0).tolist(); // [4, 6]
 * np.sum(a, { axis: 1, keepdims: true }).tolist(); // [[3], [7]]
 */
export function sum<V extends ArrayInput, const O extends AxisOr<SumOptions> = null>(
  a: V,
  options?: O,
): Reduced<SumOf<InputDType<V>>, O> {
  return reduceBy(add, a, options, "sum") as Reduced<SumOf<InputDType<V>>, O>;
}

/**
 * The product of the elements, of all or along axes. Integers are multiplied in 64 bits and wrap. The product of nothing
 * is 1.
 *
 * @param options an axis, several, or `{ axis, dtype, out, keepdims, initial, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `sum` throws.
 * @example
 * np.prod(np.array([1, 2, 3, 4])); // 24
 */
export function prod<V extends ArrayInput, const O extends AxisOr<SumOptions> = null>(
  a: V,
  options?: O,
): Reduced<SumOf<InputDType<V>>, O> {
  return reduceBy(multiply, a, options, "prod") as Reduced<SumOf<InputDType<V>>, O>;
}

/**
 * Whether any element is true: not zero. NaN counts as true. Of nothing, false.
 *
 * @param options an axis, several, or `{ axis, out, keepdims, where }`
 * @returns a boolean for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `sum` throws.
 * @example
 * np.any(np.array([0, 0, 2])); // true
 * np.any(np.array([[0, 1], [0, 0]]), 1).tolist(); // [true, false]
 */
export function any<const O extends AxisOr<MaskedOptions> = null>(
  a: ArrayInput,
  options?: O,
): Reduced<"bool", O> {
  return reduceBy(logicalOr, a, options, "any") as Reduced<"bool", O>;
}

/**
 * Whether all elements are true: not zero. NaN counts as true. Of nothing, true.
 *
 * @param options an axis, several, or `{ axis, out, keepdims, where }`
 * @returns a boolean for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `sum` throws.
 * @example
 * np.all(np.array([1, 1, 0])); // false
 */
export function all<const O extends AxisOr<MaskedOptions> = null>(
  a: ArrayInput,
  options?: O,
): Reduced<"bool", O> {
  return reduceBy(logicalAnd, a, options, "all") as Reduced<"bool", O>;
}
