import { copyto } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import type { Axes } from "./input.ts";
import { mayBeNaN, withoutNaN } from "./nan-reductions.ts";
import {
  type AxisOr,
  type InputDType,
  type MeanOf,
  type MeanOptions,
  type Reduced,
  reductionOptions,
  type VarianceOf,
} from "./reduction-options.ts";
import { divided, mean, squares, std, type VarianceOptions, variance } from "./statistics.ts";
import { add, subtract } from "./ufuncs-arithmetic.ts";
import { lessEqual, maximum } from "./ufuncs-compare.ts";
import { sqrt } from "./ufuncs-exponential.ts";
import { isnan } from "./ufuncs-floating.ts";
import { logicalNot } from "./ufuncs-logic.ts";

function sumOver(
  x: NDArray,
  axis: Axes,
  keepdims: boolean,
  options: MeanOptions,
  caller: string,
  out: NDArray | null = null,
): NDArray {
  const dtype = options.dtype ?? null;
  return reduceUfunc(add.core, x, { axis, dtype, keepdims, where: options.where, out }, caller) as NDArray;
}

function countOver(
  numbers: NDArray,
  axis: Axes,
  keepdims: boolean,
  options: MeanOptions,
  caller: string,
): NDArray {
  return reduceUfunc(add.core, numbers, { axis, keepdims, where: options.where }, caller) as NDArray;
}

/**
 * The mean of what is not NaN; NaN where there is nothing else. See `mean`.
 *
 * @param options an axis, several, or `{ axis, dtype, out, keepdims, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `mean` throws.
 * @example
 * np.nanmean(np.array([1, Number.NaN, 3])); // 2
 */
export function nanmean<V extends ArrayInput, const O extends AxisOr<MeanOptions> = null>(
  a: V,
  options?: O,
): Reduced<MeanOf<InputDType<V>>, O> {
  const x = asarray(a as ArrayInput);
  if (!mayBeNaN(x)) return mean(a, options);
  const given = reductionOptions<MeanOptions>(options, "nanmean");
  const { axis, keepdims = false, out = null } = given;
  const all = axis ?? [...x.layout.shape.keys()];
  const numbers = logicalNot(isnan(x)) as NDArray;
  const total = sumOver(withoutNaN(x, 0, "nanmean"), all, keepdims, given, "nanmean", out);
  const result = divided(total, countOver(numbers, all, keepdims, given, "nanmean"));
  const scalar = axis === null && !keepdims && out === null;
  return (scalar ? result.at() : result) as Reduced<MeanOf<InputDType<V>>, O>;
}

function nanVariance(
  a: ArrayInput,
  options: VarianceOptions & { readonly axis: Axes | null },
  caller: string,
): NDArray {
  const x = asarray(a);
  const { axis, keepdims = false, out = null, ddof, correction } = options;
  const all = axis ?? [...x.layout.shape.keys()];
  const numbers = logicalNot(isnan(x)) as NDArray;
  const middle =
    options.mean === undefined
      ? divided(
          sumOver(withoutNaN(x, 0, caller), all, true, options, caller),
          countOver(numbers, all, true, options, caller),
        )
      : asarray(options.mean);
  const parts = subtract(x, middle) as NDArray;
  copyto(parts, 0, { where: isnan(x) as NDArray });
  const total = sumOver(squares(parts), all, keepdims, { ...options, dtype: null }, caller, out);
  const left = subtract(
    countOver(numbers, all, keepdims, options, caller),
    correction ?? ddof ?? 0,
  ) as NDArray;
  const result = divided(total, maximum(left, 0) as NDArray);
  copyto(result, Number.NaN, { where: lessEqual(left, 0) as NDArray });
  return result;
}

function finish(
  result: NDArray,
  { axis, keepdims = false, out = null }: VarianceOptions & { axis: Axes | null },
): unknown {
  return axis === null && !keepdims && out === null ? result.at() : result;
}

/**
 * The variance of what is not NaN; NaN where too little is left. See `var`.
 *
 * @param options an axis, several, or `{ axis, dtype, out, ddof, correction, keepdims, where, mean }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `var` throws.
 * @example
 * np.nanvar(np.array([1, Number.NaN, 3])); // 1
 */
export function nanvar<V extends ArrayInput, const O extends AxisOr<VarianceOptions> = null>(
  a: V,
  options?: O,
): Reduced<VarianceOf<InputDType<V>>, O> {
  if (!mayBeNaN(asarray(a as ArrayInput))) return variance(a, options);
  const given = reductionOptions<VarianceOptions>(options, "nanvar");
  return finish(nanVariance(a, given, "nanvar"), given) as Reduced<VarianceOf<InputDType<V>>, O>;
}

/**
 * The standard deviation of what is not NaN; NaN where too little is left. See `std`.
 *
 * @param options an axis, several, or `{ axis, dtype, out, ddof, correction, keepdims, where, mean }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `std` throws.
 * @example
 * np.nanstd(np.array([1, Number.NaN, 3])); // 1
 */
export function nanstd<V extends ArrayInput, const O extends AxisOr<VarianceOptions> = null>(
  a: V,
  options?: O,
): Reduced<VarianceOf<InputDType<V>>, O> {
  if (!mayBeNaN(asarray(a as ArrayInput))) return std(a, options);
  const given = reductionOptions<VarianceOptions>(options, "nanstd");
  const result = nanVariance(a, given, "nanstd");
  return finish(sqrt(result, { out: result }) as NDArray, given) as Reduced<VarianceOf<InputDType<V>>, O>;
}
