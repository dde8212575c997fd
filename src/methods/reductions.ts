import type { ArrayInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType, Value } from "../dtype/map.ts";
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

// Results are looked up in tables of one step: what the compiler has to compare stays small.
type Element = { readonly [D in DType]: Value<D> };
type SumElement = { readonly [D in DType]: Value<SumOf<D>> };
type MeanElement = { readonly [D in DType]: Value<MeanOf<D>> };
type VarianceElement = { readonly [D in DType]: Value<VarianceOf<D>> };

/** Options with which everything becomes one element, as a scalar. */
type Whole<O> = O & {
  readonly axis?: null | undefined;
  readonly keepdims?: false | undefined;
  readonly out?: null | undefined;
};

/** Options without a dtype, which would be that of the result. */
type Typeless<O> = O & { readonly dtype?: null | undefined };

/** Options with which the result goes into an array. */
type Into<O, A> = O & { readonly out: A };

declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /** The sum of the elements; integers are added in 64 bits. */
    sum(options?: null): SumElement[D];
    sum<A extends NDArray>(options: Into<SumOptions, A>): A;
    sum(options: Whole<Typeless<SumOptions>>): SumElement[D];
    sum(options: Axes | Typeless<SumOptions>): NDArray<SumOf<D>>;
    sum(options: SumOptions): NDArray | Value<DType>;
    /** The product of the elements; integers are multiplied in 64 bits. */
    prod(options?: null): SumElement[D];
    prod<A extends NDArray>(options: Into<SumOptions, A>): A;
    prod(options: Whole<Typeless<SumOptions>>): SumElement[D];
    prod(options: Axes | Typeless<SumOptions>): NDArray<SumOf<D>>;
    prod(options: SumOptions): NDArray | Value<DType>;
    /** The largest element; NaN if there is one. */
    max(options?: null): Element[D];
    max<A extends NDArray>(options: Into<ExtremeOptions, A>): A;
    max(options: Whole<ExtremeOptions>): Element[D];
    max(options: Axes | ExtremeOptions): NDArray<D>;
    /** The smallest element; NaN if there is one. */
    min(options?: null): Element[D];
    min<A extends NDArray>(options: Into<ExtremeOptions, A>): A;
    min(options: Whole<ExtremeOptions>): Element[D];
    min(options: Axes | ExtremeOptions): NDArray<D>;
    /** Whether all elements are true. */
    all(options?: null): boolean;
    all<A extends NDArray>(options: Into<MaskedOptions, A>): A;
    all(options: Whole<MaskedOptions>): boolean;
    all(options: Axes | MaskedOptions): NDArray<"bool">;
    /** Whether an element is true. */
    any(options?: null): boolean;
    any<A extends NDArray>(options: Into<MaskedOptions, A>): A;
    any(options: Whole<MaskedOptions>): boolean;
    any(options: Axes | MaskedOptions): NDArray<"bool">;
    /** The mean of the elements; float64 for integers. */
    mean(options?: null): MeanElement[D];
    mean<A extends NDArray>(options: Into<MeanOptions, A>): A;
    mean(options: Whole<Typeless<MeanOptions>>): MeanElement[D];
    mean(options: Axes | Typeless<MeanOptions>): NDArray<MeanOf<D>>;
    mean(options: MeanOptions): NDArray | Value<DType>;
    /** The variance of the elements, over `n - ddof`. */
    var(options?: null): VarianceElement[D];
    var<A extends NDArray>(options: Into<VarianceOptions, A>): A;
    var(options: Whole<Typeless<VarianceOptions>>): VarianceElement[D];
    var(options: Axes | Typeless<VarianceOptions>): NDArray<VarianceOf<D>>;
    var(options: VarianceOptions): NDArray | Value<DType>;
    /** The standard deviation of the elements. */
    std(options?: null): VarianceElement[D];
    std<A extends NDArray>(options: Into<VarianceOptions, A>): A;
    std(options: Whole<Typeless<VarianceOptions>>): VarianceElement[D];
    std(options: Axes | Typeless<VarianceOptions>): NDArray<VarianceOf<D>>;
    std(options: VarianceOptions): NDArray | Value<DType>;
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
    cumsum(options?: number | null | Typeless<CumulativeOptions>): NDArray<SumOf<D>>;
    cumsum(options: CumulativeOptions): NDArray;
    /** The products of the elements so far, in C order or along an axis. */
    cumprod<A extends NDArray>(options: { readonly out: A } & CumulativeOptions): A;
    cumprod(options?: number | null | Typeless<CumulativeOptions>): NDArray<SumOf<D>>;
    cumprod(options: CumulativeOptions): NDArray;
    /** The sum of a diagonal: a scalar for a matrix. */
    trace(options?: number | TraceOptions): SumElement[D] | NDArray<SumOf<D>>;
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
