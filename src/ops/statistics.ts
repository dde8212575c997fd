import { astype } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { isInspected } from "../engine/drive.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import { denseFloats, spreadAll, spreadOne } from "../engine/reduce-spread.ts";
import { reducedAxes } from "../engine/reduce-task.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { sizeOf } from "../layout/layout.ts";
import type { Axes } from "./input.ts";
import { imag, real } from "./parts.ts";
import {
  type AxisOr,
  type InputDType,
  type MeanOf,
  type MeanOptions,
  type Reduced,
  reductionOptions,
  type VarianceOf,
} from "./reduction-options.ts";
import { add, divide, multiply, subtract } from "./ufuncs-arithmetic.ts";
import { maximum } from "./ufuncs-compare.ts";
import { sqrt } from "./ufuncs-exponential.ts";

/** How variances and standard deviations are made. */
export interface VarianceOptions extends MeanOptions {
  /** What is subtracted from the number of elements before dividing by it; 0 if left out. */
  readonly ddof?: number | undefined;
  /** The array API standard's name of `ddof`. */
  readonly correction?: number | undefined;
  /** The mean, made with `keepdims: true`, if it is known already. */
  readonly mean?: ArrayInput | undefined;
}

/** @internal How the mean is to be computed: in which dtype, and what the result becomes. */
interface Working {
  readonly compute: Descriptor | null;
  readonly result: Descriptor | null;
}

/** @internal Integers are averaged in float64, float16 in float32 and rounded at the end. */
export function workingOf(from: Descriptor, asked: DTypeLike | null | undefined): Working {
  if (asked !== null && asked !== undefined) return { compute: descriptorFor(asked), result: null };
  if (from.kind === "b" || from.kind === "i" || from.kind === "u")
    return { compute: plain.float64, result: null };
  return from === plain.float16
    ? { compute: plain.float32, result: plain.float16 }
    : { compute: null, result: null };
}

function askedOf(dtype: DTypeLike | null | undefined): Descriptor | null {
  return dtype === null || dtype === undefined ? null : descriptorFor(dtype);
}

/** @internal How many elements go into each result: a number, or where there is a mask an array. */
export function countOf(
  x: NDArray,
  axis: Axes | null,
  where: ArrayInput | undefined,
  keepdims: boolean,
  caller: string,
): number | NDArray {
  const reduced = reducedAxes(axis, x.ndim, caller);
  const { shape } = x.layout;
  if (where === undefined || where === true) {
    return sizeOf(shape.filter((_, k) => reduced[k]));
  }
  const mask = asarray(where, "bool");
  const layout = broadcastLayout(mask.layout, shape);
  if (layout === null) throw new ShapeError(`${caller}: where does not broadcast to the array`);
  return reduceUfunc(
    add.core,
    mask.viewAs(layout),
    { axis: axis ?? [...shape.keys()], keepdims },
    caller,
  ) as NDArray;
}

/** @internal The results divided by how many elements went into each. */
export function divided(total: NDArray, count: number | NDArray): NDArray {
  const by = typeof count === "number" ? asarray(total.dtype.unit === null ? count : BigInt(count)) : count;
  return divide(total, by, { out: total, casting: "unsafe" }) as NDArray;
}

function meanOf(
  a: ArrayInput,
  options: MeanOptions & { readonly axis: Axes | null },
  caller: string,
): unknown {
  const x = asarray(a);
  const { axis, keepdims = false, where } = options;
  const out = options.out ?? null;
  const { compute, result } = workingOf(x.dtype, options.dtype);
  const scalar = axis === null && !keepdims && out === null;
  if (scalar && (where === undefined || where === true)) {
    const total = reduceUfunc(add.core, x, { axis: null, dtype: compute }, caller);
    return scalarMean(total, x.size, result ?? compute ?? x.dtype);
  }
  const all = axis ?? [...x.layout.shape.keys()];
  const total = reduceUfunc(
    add.core,
    x,
    { axis: all, dtype: compute, keepdims, where, out },
    caller,
  ) as NDArray;
  const mean = divided(total, countOf(x, axis, where, keepdims, caller));
  const rounded = result === null || out !== null ? mean : astype(mean, result);
  return scalar ? rounded.at() : rounded;
}

/** A sum divided, rounded to a dtype. */
function scalarMean(total: unknown, count: number, dtype: Descriptor): unknown {
  if (dtype.unit !== null) return divide(asarray(total as ArrayInput), BigInt(count)).at();
  const round = (x: number) => (dtype === plain.float32 || dtype === plain.complex64 ? Math.fround(x) : x);
  if (total instanceof Complex) {
    // As NumPy divides by a number without an imaginary part: by its reciprocal, in complex128.
    const scale = 1 / count;
    return new Complex(round(total.re * scale), round(total.im * scale));
  }
  const mean = round(Number(total) / count);
  if (dtype !== plain.float16) return dtype.access.convert(mean);
  const one = asarray(round(Math.fround(mean)), "float16");
  return one.at();
}

/**
 * The mean of the elements, of all or along axes. Integers are averaged in float64. The mean of nothing is NaN.
 *
 * @param options an axis, several, or `{ axis, dtype, out, keepdims, where }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `sum` throws.
 * @example
 * np.mean(np.array([1, 2, 3, 4])); // 2.5
 * np.mean(np.array([[1, 2], [3, 4]]), 0).tolist(); // [2, 3]
 */
export function mean<V extends ArrayInput, const O extends AxisOr<MeanOptions> = null>(
  a: V,
  options?: O,
): Reduced<MeanOf<InputDType<V>>, O> {
  return meanOf(a, reductionOptions<MeanOptions>(options, "mean"), "mean") as Reduced<
    MeanOf<InputDType<V>>,
    O
  >;
}

/** @internal The squares of the absolute values; the array itself where it can be written over. */
export function squares(x: NDArray): NDArray {
  if (x.dtype.kind !== "c") return multiply(x, x, { out: x }) as NDArray;
  const [re, im] = [real(x), imag(x)];
  return add(multiply(re, re), multiply(im, im)) as NDArray;
}

function isPlain({ where, dtype, mean, out }: VarianceOptions): boolean {
  return where === undefined && (dtype ?? null) === null && mean === undefined && (out ?? null) === null;
}

/** Without an array of distances, where there is such a way; else undefined. */
function quickVariance(
  x: NDArray,
  axis: Axes | null,
  keepdims: boolean,
  ddof: number,
  root: boolean,
  caller: string,
): unknown {
  const { type } = x.dtype;
  const isFloat = type === "float64" || type === "float32";
  if (!isFloat && workingOf(x.dtype, null).compute !== plain.float64) return undefined;
  const dtype = isFloat ? null : plain.float64;
  const round = type === "float32" ? Math.fround : (value: number) => value;
  if (axis === null && !keepdims) {
    const total = reduceUfunc(add.core, x, { axis: null, dtype }, caller) as number;
    const spread = spreadAll(add.core, denseFloats(x, caller), round(total / x.size), caller);
    if (spread === undefined) return undefined;
    const value = round(spread / Math.max(x.size - ddof, 0));
    return root ? round(Math.sqrt(value)) : value;
  }
  if (typeof axis !== "number" || x.ndim === 0) return undefined;
  const total = reduceUfunc(add.core, x, { axis, keepdims, dtype }, caller) as NDArray;
  const rows = x.size / Math.max(total.size, 1);
  if (total.size === 0) return undefined;
  const means = divide(total, rows, { out: total }) as NDArray;
  const spread = spreadOne(add.core, denseFloats(x, caller), means, axis, keepdims, caller);
  if (spread === null) return undefined;
  const result = divide(spread, Math.max(rows - ddof, 0), { out: spread }) as NDArray;
  return root ? sqrt(result, { out: result }) : result;
}

/** The variance of each, its degrees of freedom, and whether to give a scalar. */
function varianceOf(
  a: ArrayInput,
  options: VarianceOptions & { readonly axis: Axes | null },
  caller: string,
  root: boolean,
): unknown {
  const x = asarray(a);
  const { axis, keepdims = false, where, ddof, correction } = options;
  if (ddof !== undefined && ddof !== 0 && correction !== undefined) {
    throw new ValueError(`${caller}: ddof and correction mean the same; give one of them`);
  }
  const out = options.out ?? null;
  // Unlike a mean, a variance of float16 is computed in float16, as NumPy does.
  const { compute } =
    x.dtype === plain.float16 ? { compute: askedOf(options.dtype) } : workingOf(x.dtype, options.dtype);
  // The short way tells of no floating point errors.
  const quick =
    isPlain(options) && !isInspected()
      ? quickVariance(x, axis, keepdims, correction ?? ddof ?? 0, root, caller)
      : undefined;
  if (quick !== undefined) return quick;
  const all = axis ?? [...x.layout.shape.keys()];
  const middle =
    options.mean === undefined
      ? divided(
          reduceUfunc(add.core, x, { axis: all, dtype: compute, keepdims: true, where }, caller) as NDArray,
          countOf(x, axis, where, true, caller),
        )
      : asarray(options.mean);
  const parts = squares(subtract(x, middle) as NDArray);
  const total = reduceUfunc(
    add.core,
    parts,
    { axis: all, dtype: compute, keepdims, where, out },
    caller,
  ) as NDArray;
  const count = freedom(countOf(x, axis, where, keepdims, caller), correction ?? ddof ?? 0);
  let variance = divided(total, count);
  if (root) variance = sqrt(variance, { out: variance }) as NDArray;
  return axis === null && !keepdims && out === null ? variance.at() : variance;
}

/** Elements less what is known of them, 0 at least. */
function freedom(count: number | NDArray, ddof: number): number | NDArray {
  if (typeof count === "number") return Math.max(count - ddof, 0);
  return maximum(subtract(count, ddof), 0) as NDArray;
}

/**
 * The variance: the mean of the squared distances from the mean, of all or along axes. Real also for complex numbers.
 *
 * @param options an axis, several, or `{ axis, dtype, out, ddof, correction, keepdims, where, mean }`; the sum is divided
 * by the number of elements less `ddof` (0 if left out)
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `sum` throws; ValueError when both `ddof` and `correction` are given.
 * @example
 * np.var(np.array([1, 2, 3, 4])); // 1.25
 */
export function variance<V extends ArrayInput, const O extends AxisOr<VarianceOptions> = null>(
  a: V,
  options?: O,
): Reduced<VarianceOf<InputDType<V>>, O> {
  const keywords = reductionOptions<VarianceOptions>(options, "var");
  return varianceOf(a, keywords, "var", false) as Reduced<VarianceOf<InputDType<V>>, O>;
}

/**
 * The standard deviation: the square root of the variance, of all or along axes.
 *
 * @param options an axis, several, or `{ axis, dtype, out, ddof, correction, keepdims, where, mean }`; see `var`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws what `var` throws.
 * @example
 * np.std(np.array([1, 3, 1, 3])); // 1
 */
export function std<V extends ArrayInput, const O extends AxisOr<VarianceOptions> = null>(
  a: V,
  options?: O,
): Reduced<VarianceOf<InputDType<V>>, O> {
  const keywords = reductionOptions<VarianceOptions>(options, "std");
  return varianceOf(a, keywords, "std", true) as Reduced<VarianceOf<InputDType<V>>, O>;
}
