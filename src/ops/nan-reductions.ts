import { copyto } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { flat } from "../array/flat.ts";
import type { NDArray } from "../array/ndarray.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import { ValueError } from "../errors.ts";
import { type CumulativeOptions, type Running, running } from "./cumulative.ts";
import { medians } from "./median.ts";
import { argmax, argmin, type PositionOptions, type Positions } from "./positions.ts";
import { type QuantileOptions, type Quantiles, quantilesBy } from "./quantiles.ts";
import type {
  AxisOptions,
  AxisOr,
  ExtremeOptions,
  InputDType,
  MeanOf,
  Reduced,
  SumOf,
  SumOptions,
} from "./reduction-options.ts";
import { reduceBy } from "./sums.ts";
import { add, multiply } from "./ufuncs-arithmetic.ts";
import { fmax, fmin } from "./ufuncs-compare.ts";
import { isnan } from "./ufuncs-floating.ts";

/** @internal Whether elements of a dtype can be NaN. */
export function mayBeNaN({ dtype }: NDArray): boolean {
  return dtype.kind === "f" || dtype.kind === "c";
}

/** @internal A copy with a value in place of every NaN; the array itself where there can be none. */
export function withoutNaN(a: ArrayInput, value: number, caller: string): NDArray {
  const x = asarray(a);
  if (!mayBeNaN(x)) return x;
  const copy = workingCopy(x, x.dtype, "K", caller, `${value} takes the place of NaN`);
  copyto(copy, value, { where: isnan(x) as NDArray });
  return copy;
}

/**
 * The sum, in which NaN counts as 0. See `sum`.
 *
 * @param options an axis, several, or `{ axis, dtype, out, keepdims, initial, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `sum` throws.
 * @example
 * np.nansum(np.array([1, Number.NaN, 2])); // 3
 */
export function nansum<V extends ArrayInput, const O extends AxisOr<SumOptions> = null>(
  a: V,
  options?: O,
): Reduced<SumOf<InputDType<V>>, O> {
  return reduceBy(add, withoutNaN(a, 0, "nansum"), options, "nansum") as Reduced<SumOf<InputDType<V>>, O>;
}

/**
 * The product, in which NaN counts as 1. See `prod`.
 *
 * @param options an axis, several, or `{ axis, dtype, out, keepdims, initial, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `prod` throws.
 * @example
 * np.nanprod(np.array([3, Number.NaN, 2])); // 6
 */
export function nanprod<V extends ArrayInput, const O extends AxisOr<SumOptions> = null>(
  a: V,
  options?: O,
): Reduced<SumOf<InputDType<V>>, O> {
  return reduceBy(multiply, withoutNaN(a, 1, "nanprod"), options, "nanprod") as Reduced<
    SumOf<InputDType<V>>,
    O
  >;
}

/**
 * The largest element that is a number; NaN only where there is no other. See `max`.
 *
 * @param options an axis, several, or `{ axis, out, keepdims, initial, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `max` throws.
 * @example
 * np.nanmax(np.array([1, Number.NaN, 2])); // 2
 */
export function nanmax<V extends ArrayInput, const O extends AxisOr<ExtremeOptions> = null>(
  a: V,
  options?: O,
): Reduced<InputDType<V>, O> {
  return reduceBy(fmax, a, options, "nanmax") as Reduced<InputDType<V>, O>;
}

/**
 * The smallest element that is a number; NaN only where there is no other. See `min`.
 *
 * @param options an axis, several, or `{ axis, out, keepdims, initial, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `min` throws.
 * @example
 * np.nanmin(np.array([1, Number.NaN, 2])); // 1
 */
export function nanmin<V extends ArrayInput, const O extends AxisOr<ExtremeOptions> = null>(
  a: V,
  options?: O,
): Reduced<InputDType<V>, O> {
  return reduceBy(fmin, a, options, "nanmin") as Reduced<InputDType<V>, O>;
}

/** Positions with what cannot win in place of NaN; a line of nothing but NaN is an error. */
function positions(
  find: typeof argmax,
  a: ArrayInput,
  stand: number,
  options: number | null | PositionOptions | undefined,
  caller: string,
): unknown {
  const x = asarray(a);
  if (!mayBeNaN(x)) return find(x, options ?? null);
  const axis = typeof options === "number" ? options : (options?.axis ?? null);
  const lost = reduceUfunc(
    // Of nothing but NaN the largest number is NaN.
    fmax.core,
    x,
    { axis: axis ?? [...x.layout.shape.keys()] },
    caller,
  ) as NDArray;
  for (const one of flat(isnan(lost) as NDArray)) {
    if (one === true) throw new ValueError(`${caller}: a line has nothing but NaN, so there is no position`);
  }
  return find(withoutNaN(x, stand, caller), options ?? null);
}

/**
 * The position of the largest element that is a number. See `argmax`.
 *
 * @param options an axis, or `{ axis, out, keepdims }`
 * @returns a number for all of the array; with `axis`, `keepdims` or `out` an array of int32
 * @throws ValueError where there is nothing but NaN; what `argmax` throws.
 * @example
 * np.nanargmax(np.array([Number.NaN, 4, 2])); // 1
 */
export function nanargmax<const O extends number | null | PositionOptions = null>(
  a: ArrayInput,
  options?: O,
): Positions<O> {
  return positions(argmax, a, Number.NEGATIVE_INFINITY, options, "nanargmax") as Positions<O>;
}

/**
 * The position of the smallest element that is a number. See `argmin`.
 *
 * @param options an axis, or `{ axis, out, keepdims }`
 * @returns a number for all of the array; with `axis`, `keepdims` or `out` an array of int32
 * @throws ValueError where there is nothing but NaN; what `argmin` throws.
 * @example
 * np.nanargmin(np.array([Number.NaN, 4, 2])); // 2
 */
export function nanargmin<const O extends number | null | PositionOptions = null>(
  a: ArrayInput,
  options?: O,
): Positions<O> {
  return positions(
    argmin as typeof argmax,
    a,
    Number.POSITIVE_INFINITY,
    options,
    "nanargmin",
  ) as Positions<O>;
}

/**
 * The running sum, in which NaN counts as 0. See `cumsum`.
 *
 * @param options an axis, or `{ axis, dtype, out }`
 * @returns a new array, of the same shape where an axis is given
 * @throws what `cumsum` throws.
 * @example
 * np.nancumsum(np.array([1, Number.NaN, 2])).tolist(); // [1, 1, 3]
 */
export function nancumsum<V extends ArrayInput, const O extends number | null | CumulativeOptions = null>(
  a: V,
  options?: O,
): Running<InputDType<V>, O> {
  return running(add, withoutNaN(a, 0, "nancumsum"), options, "nancumsum") as Running<InputDType<V>, O>;
}

/**
 * The running product, in which NaN counts as 1. See `cumprod`.
 *
 * @param options an axis, or `{ axis, dtype, out }`
 * @returns a new array, of the same shape where an axis is given
 * @throws what `cumprod` throws.
 * @example
 * np.nancumprod(np.array([2, Number.NaN, 3])).tolist(); // [2, 2, 6]
 */
export function nancumprod<V extends ArrayInput, const O extends number | null | CumulativeOptions = null>(
  a: V,
  options?: O,
): Running<InputDType<V>, O> {
  return running(multiply, withoutNaN(a, 1, "nancumprod"), options, "nancumprod") as Running<
    InputDType<V>,
    O
  >;
}

/**
 * The median of what is not NaN; NaN where there is nothing else. See `median`.
 *
 * @param options an axis, several, or `{ axis, out, keepdims }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `median` throws.
 * @example
 * np.nanmedian(np.array([3, Number.NaN, 1])); // 2
 */
export function nanmedian<V extends ArrayInput, const O extends AxisOr<AxisOptions> = null>(
  a: V,
  options?: O,
): Reduced<MeanOf<InputDType<V>>, O> {
  return medians(a, options, true, "nanmedian") as Reduced<MeanOf<InputDType<V>>, O>;
}

type Real<D> = Extract<D, "float16" | "float32" | "float64" | "datetime64" | "timedelta64">;

/**
 * Quantiles of what is not NaN; NaN where there is nothing else. See `quantile`.
 *
 * @param q one number from 0 to 1, or an array of them, whose axes come first in the result
 * @param options an axis, several, or `{ axis, out, method, keepdims, weights }`
 * @returns a scalar for all of the array and one quantile, else an array
 * @throws what `quantile` throws.
 * @example
 * np.nanquantile(np.array([1, Number.NaN, 3]), 0.5); // 2
 */
export function nanquantile<
  V extends ArrayInput,
  Q extends ArrayInput,
  const O extends AxisOr<QuantileOptions> = null,
>(a: V, q: Q, options?: O): Quantiles<Real<MeanOf<InputDType<V>>>, Q, O> {
  return quantilesBy(a, q, 1, options, true, "nanquantile") as Quantiles<Real<MeanOf<InputDType<V>>>, Q, O>;
}

/**
 * Percentiles of what is not NaN; NaN where there is nothing else. See `percentile`.
 *
 * @param q one number from 0 to 100, or an array of them, whose axes come first in the result
 * @param options an axis, several, or `{ axis, out, method, keepdims, weights }`
 * @returns a scalar for all of the array and one percentile, else an array
 * @throws what `quantile` throws.
 * @example
 * np.nanpercentile(np.array([1, Number.NaN, 3]), 50); // 2
 */
export function nanpercentile<
  V extends ArrayInput,
  Q extends ArrayInput,
  const O extends AxisOr<QuantileOptions> = null,
>(a: V, q: Q, options?: O): Quantiles<Real<MeanOf<InputDType<V>>>, Q, O> {
  return quantilesBy(a, q, 100, options, true, "nanpercentile") as Quantiles<
    Real<MeanOf<InputDType<V>>>,
    Q,
    O
  >;
}
