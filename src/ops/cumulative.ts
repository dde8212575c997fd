import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { accumulateUfunc } from "../engine/accumulate.ts";
import type { Ufunc } from "../engine/ufunc.ts";
import { ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import type { InputDType, SumOf } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";
import { add, multiply } from "./ufuncs-arithmetic.ts";

/** How running sums and products are made. */
export interface CumulativeOptions {
  /** The axis to go along; all elements in C order if null or left out. */
  readonly axis?: number | null | undefined;
  /** The dtype to compute in. */
  readonly dtype?: DTypeLike | null | undefined;
  /** Where the result goes. */
  readonly out?: NDArray | null | undefined;
}

/** How the running sums and products of the array API standard are made. */
export interface CumulativeIncludingOptions extends CumulativeOptions {
  /** Whether to put the sum or product of nothing in front. */
  readonly includeInitial?: boolean | undefined;
}

type Given<O> = number | null | O | undefined;

/** The dtype of a running sum: that asked for, that of `out`, or that of a sum. */
export type Running<D extends DType, O> = O extends { readonly out: infer A extends NDArray }
  ? A
  : O extends { readonly dtype: infer S extends DTypeLike }
    ? NDArray<DTypeOf<S>>
    : NDArray<SumOf<D>>;

function optionsOf<O extends CumulativeOptions>(given: Given<O>): O {
  return (typeof given === "object" && given !== null ? given : { axis: given }) as O;
}

/** @internal Partial results by a ufunc. */
export function running(
  ufunc: Ufunc,
  a: ArrayInput,
  given: Given<CumulativeOptions>,
  caller: string,
): NDArray {
  const { axis = null, dtype, out } = optionsOf<CumulativeOptions>(given);
  const x = asarray(a);
  const line = axis === null || x.ndim === 0 ? ravel(x) : x;
  return accumulateUfunc(ufunc.core, line, { axis: axis ?? 0, dtype, out }, caller);
}

/**
 * The running sum along an axis, or of all elements in C order. Integers are added in 64 bits.
 *
 * @param options an axis, or `{ axis, dtype, out }`
 * @returns a new array, of the same shape where an axis is given
 * @throws IndexError for an axis that is not there; ShapeError or DTypeError when `out` does not fit.
 * @example
 * np.cumsum(np.array([1, 2, 3])).tolist(); // [1, 3, 6]
 * np.cumsum(np.array([[1, 2], [3, 4]]), 0).tolist(); // [[1, 2], [4, 6]]
 */
export function cumsum<V extends ArrayInput, const O extends Given<CumulativeOptions> = null>(
  a: V,
  options?: O,
): Running<InputDType<V>, O> {
  return running(add, a, options, "cumsum") as Running<InputDType<V>, O>;
}

/**
 * The running product along an axis, or of all elements in C order. Integers are multiplied in 64 bits.
 *
 * @param options an axis, or `{ axis, dtype, out }`
 * @returns a new array, of the same shape where an axis is given
 * @throws what `cumsum` throws.
 * @example
 * np.cumprod(np.array([1, 2, 3, 4])).tolist(); // [1, 2, 6, 24]
 */
export function cumprod<V extends ArrayInput, const O extends Given<CumulativeOptions> = null>(
  a: V,
  options?: O,
): Running<InputDType<V>, O> {
  return running(multiply, a, options, "cumprod") as Running<InputDType<V>, O>;
}

function including(
  ufunc: Ufunc,
  a: ArrayInput,
  given: Given<CumulativeIncludingOptions>,
  caller: string,
): NDArray {
  const { axis = null, dtype, out, includeInitial = false } = optionsOf<CumulativeIncludingOptions>(given);
  const whole = asarray(a);
  const x = whole.ndim === 0 ? ravel(whole) : whole;
  if (x.ndim !== 1 && axis === null) {
    throw new ValueError(`${caller}: an array of ${x.ndim} axes needs an axis to go along; give axis`);
  }
  const along = axis ?? 0;
  if (!includeInitial) return accumulateUfunc(ufunc.core, x, { axis: along, dtype, out }, caller);
  const plainResult = accumulateUfunc(ufunc.core, x, { axis: along, dtype }, caller);
  const k = normalizeAxis(along, x.ndim, caller);
  const shape = x.layout.shape.map((n, j) => (j === k ? n + 1 : n));
  const result = out ?? unsetArray(shape, plainResult.dtype, "C", caller);
  const part = (from: number, to: number) => {
    const { strides, offset } = result.layout;
    const lengths = shape.map((n, j) => (j === k ? to - from : n));
    return result.viewAs({ shape: lengths, strides, offset: offset + from * strides[k]! });
  };
  if (String(result.shape) !== String(shape)) {
    throw new ValueError(`${caller}: out must have one element more along axis ${k} than the array`);
  }
  const start = asarray(ufunc.identity as number);
  assign(part(0, 1), start, { casting: "unsafe", caller });
  assign(part(1, shape[k]!), plainResult, { casting: "same_kind", caller });
  return result;
}

/**
 * The running sum along an axis, as the array API standard has it: an axis must be given unless there is only one, and
 * the 0 to start from may be included.
 *
 * @param options an axis, or `{ axis, dtype, out, includeInitial }`
 * @returns a new array
 * @throws ValueError when the axis is left out for an array of several; IndexError for one that is not there.
 * @example
 * np.cumulativeSum(np.array([1, 2, 3]), { includeInitial: true }).tolist(); // [0, 1, 3, 6]
 */
export function cumulativeSum<V extends ArrayInput, const O extends Given<CumulativeIncludingOptions> = null>(
  a: V,
  options?: O,
): Running<InputDType<V>, O> {
  return including(add, a, options, "cumulativeSum") as Running<InputDType<V>, O>;
}

/**
 * The running product along an axis, as the array API standard has it: an axis must be given unless there is only one,
 * and the 1 to start from may be included.
 *
 * @param options an axis, or `{ axis, dtype, out, includeInitial }`
 * @returns a new array
 * @throws what `cumulativeSum` throws.
 * @example
 * np.cumulativeProd(np.array([2, 3]), { includeInitial: true }).tolist(); // [1, 2, 6]
 */
export function cumulativeProd<
  V extends ArrayInput,
  const O extends Given<CumulativeIncludingOptions> = null,
>(a: V, options?: O): Running<InputDType<V>, O> {
  return including(multiply, a, options, "cumulativeProd") as Running<InputDType<V>, O>;
}
