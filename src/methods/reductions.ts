import type { ArrayInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType, Value } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { type Bound, type ClipOptions, clip } from "../ops/clip.ts";
import { type CumulativeOptions, cumprod, cumsum } from "../ops/cumulative.ts";
import { max, min } from "../ops/extrema.ts";
import type { Axes } from "../ops/input.ts";
import { argmax, argmin, type PositionOptions } from "../ops/positions.ts";
import { dot } from "../ops/products-vectors.ts";
import type {
  ExtremeOptions,
  MaskedOptions,
  MeanOf,
  MeanOptions,
  SumOf,
  SumOptions,
  VarianceOf,
} from "../ops/reduction-options.ts";
import { round } from "../ops/rounding.ts";
import { mean, std, type VarianceOptions, variance } from "../ops/statistics.ts";
import { all, any, prod, sum } from "../ops/sums.ts";
import { type TraceOptions, trace } from "../ops/trace.ts";
import { conjugate } from "../ops/ufuncs-arithmetic.ts";
import { give } from "./give.ts";

/** NumPy's methods that compute: of all elements a scalar, along an axis an array. */

/** Options with which everything becomes one element, as a scalar. */
type Whole<O> = O & {
  readonly axis?: null | undefined;
  readonly keepdims?: false | undefined;
  readonly out?: null | undefined;
};

/** Options with which the result goes into an array. */
type Into<O, A> = O & { readonly out: A };

declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /** The sum of the elements; integers are added in 64 bits. */
    sum(options?: null): Value<SumOf<D>>;
    sum<A extends NDArray>(options: Into<SumOptions, A>): A;
    sum<const S extends DTypeLike>(options: Whole<SumOptions> & { readonly dtype: S }): Value<DTypeOf<S>>;
    sum(options: Whole<SumOptions>): Value<SumOf<D>>;
    sum<const S extends DTypeLike>(options: SumOptions & { readonly dtype: S }): NDArray<DTypeOf<S>>;
    sum(options: Axes | SumOptions): NDArray<SumOf<D>>;
    /** The product of the elements; integers are multiplied in 64 bits. */
    prod(options?: null): Value<SumOf<D>>;
    prod<A extends NDArray>(options: Into<SumOptions, A>): A;
    prod<const S extends DTypeLike>(options: Whole<SumOptions> & { readonly dtype: S }): Value<DTypeOf<S>>;
    prod(options: Whole<SumOptions>): Value<SumOf<D>>;
    prod<const S extends DTypeLike>(options: SumOptions & { readonly dtype: S }): NDArray<DTypeOf<S>>;
    prod(options: Axes | SumOptions): NDArray<SumOf<D>>;
    /** The largest element; NaN if there is one. */
    max(options?: null): Value<D>;
    max<A extends NDArray>(options: Into<ExtremeOptions, A>): A;
    max(options: Whole<ExtremeOptions>): Value<D>;
    max(options: Axes | ExtremeOptions): NDArray<D>;
    /** The smallest element; NaN if there is one. */
    min(options?: null): Value<D>;
    min<A extends NDArray>(options: Into<ExtremeOptions, A>): A;
    min(options: Whole<ExtremeOptions>): Value<D>;
    min(options: Axes | ExtremeOptions): NDArray<D>;
    /** Whether all elements are true. */
    all(options?: null): Value<"bool">;
    all<A extends NDArray>(options: Into<MaskedOptions, A>): A;
    all(options: Whole<MaskedOptions>): Value<"bool">;
    all(options: Axes | MaskedOptions): NDArray<"bool">;
    /** Whether an element is true. */
    any(options?: null): Value<"bool">;
    any<A extends NDArray>(options: Into<MaskedOptions, A>): A;
    any(options: Whole<MaskedOptions>): Value<"bool">;
    any(options: Axes | MaskedOptions): NDArray<"bool">;
    /** The mean of the elements; float64 for integers. */
    mean(options?: null): Value<MeanOf<D>>;
    mean<A extends NDArray>(options: Into<MeanOptions, A>): A;
    mean<const S extends DTypeLike>(options: Whole<MeanOptions> & { readonly dtype: S }): Value<DTypeOf<S>>;
    mean(options: Whole<MeanOptions>): Value<MeanOf<D>>;
    mean<const S extends DTypeLike>(options: MeanOptions & { readonly dtype: S }): NDArray<DTypeOf<S>>;
    mean(options: Axes | MeanOptions): NDArray<MeanOf<D>>;
    /** The variance of the elements, over `n - ddof`. */
    var(options?: null): Value<VarianceOf<D>>;
    var<A extends NDArray>(options: Into<VarianceOptions, A>): A;
    var<const S extends DTypeLike>(
      options: Whole<VarianceOptions> & { readonly dtype: S },
    ): Value<DTypeOf<S>>;
    var(options: Whole<VarianceOptions>): Value<VarianceOf<D>>;
    var<const S extends DTypeLike>(options: VarianceOptions & { readonly dtype: S }): NDArray<DTypeOf<S>>;
    var(options: Axes | VarianceOptions): NDArray<VarianceOf<D>>;
    /** The standard deviation of the elements. */
    std(options?: null): Value<VarianceOf<D>>;
    std<A extends NDArray>(options: Into<VarianceOptions, A>): A;
    std<const S extends DTypeLike>(
      options: Whole<VarianceOptions> & { readonly dtype: S },
    ): Value<DTypeOf<S>>;
    std(options: Whole<VarianceOptions>): Value<VarianceOf<D>>;
    std<const S extends DTypeLike>(options: VarianceOptions & { readonly dtype: S }): NDArray<DTypeOf<S>>;
    std(options: Axes | VarianceOptions): NDArray<VarianceOf<D>>;
    /** The position of the largest element, in C order or along an axis. */
    argmax(options?: null): number;
    argmax<A extends NDArray>(options: { readonly out: A } & PositionOptions): A;
    argmax(options: number | PositionOptions): NDArray<"int32">;
    /** The position of the smallest element, in C order or along an axis. */
    argmin(options?: null): number;
    argmin<A extends NDArray>(options: { readonly out: A } & PositionOptions): A;
    argmin(options: number | PositionOptions): NDArray<"int32">;
    /** The sums of the elements so far, in C order or along an axis. */
    cumsum<A extends NDArray>(options: { readonly out: A } & CumulativeOptions): A;
    cumsum<const S extends DTypeLike>(
      options: { readonly dtype: S } & CumulativeOptions,
    ): NDArray<DTypeOf<S>>;
    cumsum(options?: number | null | CumulativeOptions): NDArray<SumOf<D>>;
    /** The products of the elements so far, in C order or along an axis. */
    cumprod<A extends NDArray>(options: { readonly out: A } & CumulativeOptions): A;
    cumprod<const S extends DTypeLike>(
      options: { readonly dtype: S } & CumulativeOptions,
    ): NDArray<DTypeOf<S>>;
    cumprod(options?: number | null | CumulativeOptions): NDArray<SumOf<D>>;
    /** The sum of a diagonal: a scalar for a matrix. */
    trace(options?: number | TraceOptions): Value<SumOf<D>> | NDArray<SumOf<D>>;
    /** The elements, moved to the bounds where they lie outside. Returns a copy. */
    clip(min?: Bound, max?: Bound, options?: ClipOptions): NDArray;
    /** The elements rounded to decimals, halves to even. Returns a copy. */
    round(decimals?: number, options?: { readonly out?: NDArray | null }): NDArray<D>;
    /** The complex conjugates. Returns a copy. */
    conj(): NDArray<D>;
    /** The complex conjugates. Returns a copy. */
    conjugate(): NDArray<D>;
    /** The product with a vector or a matrix: of two vectors a scalar. */
    dot(b: ArrayInput, options?: { readonly out?: NDArray | null }): NDArray | Value<DType>;
  }
}

type Self = NDArray;

give(NDArray.prototype, {
  sum(this: Self, options?: never) {
    return sum(this, options);
  },
  prod(this: Self, options?: never) {
    return prod(this, options);
  },
  max(this: Self, options?: never) {
    return max(this, options);
  },
  min(this: Self, options?: never) {
    return min(this, options);
  },
  all(this: Self, options?: never) {
    return all(this, options);
  },
  any(this: Self, options?: never) {
    return any(this, options);
  },
  mean(this: Self, options?: never) {
    return mean(this, options);
  },
  var(this: Self, options?: never) {
    return variance(this, options);
  },
  std(this: Self, options?: never) {
    return std(this, options);
  },
  argmax(this: Self, options?: never) {
    return argmax(this, options);
  },
  argmin(this: Self, options?: never) {
    return argmin(this, options);
  },
  cumsum(this: Self, options?: never) {
    return cumsum(this, options);
  },
  cumprod(this: Self, options?: never) {
    return cumprod(this, options);
  },
  trace(this: Self, options?: TraceOptions) {
    return trace(this, options);
  },
  clip(this: Self, low?: never, high?: never, options?: ClipOptions) {
    return clip(this, low, high, options);
  },
  round(this: Self, decimals?: number, options?: never) {
    return round(this, decimals, options);
  },
  conj(this: Self) {
    return conjugate(this);
  },
  conjugate(this: Self) {
    return conjugate(this);
  },
  dot(this: Self, b: ArrayInput, options?: never) {
    return dot(this, b, options as never);
  },
});
