import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { flat } from "../array/flat.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { numbersFirst, selectPlaces } from "../engine/line-select.ts";
import { eachLine } from "../engine/lines.ts";
import { requireReduceOut } from "../engine/reduce-out.ts";
import { reducedAxes } from "../engine/reduce-task.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import type { Axes } from "./input.ts";
import {
  type Between,
  interpolate,
  methodOf,
  placeOfQuantile,
  type QuantileMethod,
  type Round,
} from "./quantile-methods.ts";
import { weightedQuantiles } from "./quantile-weights.ts";
import {
  type AxisOptions,
  type AxisOr,
  type InputDType,
  type MeanOf,
  type Reduced,
  reductionOptions,
} from "./reduction-options.ts";

/** How quantiles are found. */
export interface QuantileOptions extends AxisOptions {
  /** How a quantile between two elements is made of them; `"linear"` if left out. */
  readonly method?: QuantileMethod | undefined;
  /** What each element counts, with method `"inverted_cdf"` only. */
  readonly weights?: ArrayInput | null | undefined;
}

/** The dtypes of quantiles. */
type QuantileDType = "float16" | "float32" | "float64" | "datetime64" | "timedelta64";

/** What quantiles give: a scalar for all of an array and one quantile, else an array. */
export type Quantiles<D extends QuantileDType, Q, O> = Q extends number ? Reduced<D, O> : NDArray;

/** @internal What quantiles are asked for, and of what. */
export interface QuantileTask {
  readonly x: NDArray;
  /** The quantiles, from 0 to 1. */
  readonly q: readonly number[];
  /** The axes of the quantiles, in front of those of the result. */
  readonly qShape: readonly number[];
  readonly method: string;
  readonly options: QuantileOptions & { readonly axis: Axes | null };
  /** Whether NaN is left out, instead of making NaN of all. */
  readonly skipNaN: boolean;
  readonly caller: string;
}

const singles: Readonly<Record<string, Round>> = { float32: Math.fround };

/** The arithmetic of a dtype: each step rounded. */
function roundOf(dtype: Descriptor): Round {
  const known = singles[dtype.name];
  if (known !== undefined) return known;
  if (dtype !== plain.float16) return (x) => x;
  const view = new DataView(new ArrayBuffer(2));
  return (x) => {
    plain.float16.access.write(view, 0, Math.fround(x));
    return plain.float16.access.read(view, 0);
  };
}

/** The dtype of quantiles: that of floats beside one number, else float64; with a method that picks, any. */
function quantileDType(x: Descriptor, whole: boolean, single: boolean): Descriptor {
  if (whole || x.unit !== null) return x;
  return x.kind === "f" && single ? x : plain.float64;
}

/** @internal The quantiles of lines; a scalar where there is one line and one quantile. */
export function quantilesOf(task: QuantileTask): unknown {
  const { x, qShape, caller, options, skipNaN } = task;
  const method = methodOf(task.method, caller);
  const { axis, keepdims = false, weights = null } = options;
  if (x.dtype.unit === null || weights !== null) requireReal(x.dtype, method.whole, caller);
  const out = options.out ?? null;
  const reduced = reducedAxes(axis, x.ndim, caller);
  const { shape } = x.layout;
  const kept = keepdims ? shape.map((n, k) => (reduced[k] ? 1 : n)) : shape.filter((_, k) => !reduced[k]);
  const lines = sizeOf(shape.filter((_, k) => !reduced[k]));
  const length = sizeOf(shape.filter((_, k) => reduced[k]));
  const dtype = quantileDType(x.dtype, method.whole, qShape.length === 0);
  const result = unsetArray([...qShape, ...kept], dtype, "C", caller);
  if (out !== null) requireReduceOut(out, dtype, [...qShape, ...kept], caller);
  if (length === 0 && lines > 0 && !(skipNaN && dtype.kind === "f")) throw emptyLine(caller);
  const write = (k: number, line: number, value: unknown) => {
    dtype.access.write(
      result.storage.view,
      result.layout.offset + (k * lines + line) * dtype.itemsize,
      value as never,
    );
  };
  if (weights !== null) weightedQuantiles(task, asarray(weights), reduced, write);
  else if (x.dtype.unit !== null)
    dateLines(task, reduced, (k, line, count) => write(k, line, dtype.access.convert(count)));
  else if (isBig(x.dtype)) bigLines(task, reduced, write);
  else floatLines(task, reduced, dtype, write);
  if (out !== null) assign(out, result, { casting: "unsafe", caller });
  const scalar = axis === null && !keepdims && out === null && qShape.length === 0;
  return scalar ? result.at() : (out ?? result);
}

function emptyLine(caller: string): ValueError {
  return new ValueError(
    `${caller}: there is no quantile of nothing; the array must have an element along the axis`,
  );
}

/** There is nothing between two bools; a method that picks one of them will do. */
function requireReal(dtype: Descriptor, whole: boolean, caller: string): void {
  if (dtype.kind === "c" || dtype.composition !== null || (dtype.kind === "b" && !whole)) {
    throw new DTypeError(`${caller}: there are no quantiles of ${dtype}; cast to a real number first`);
  }
}

function isBig(dtype: Descriptor): boolean {
  return dtype === plain.int64 || dtype === plain.uint64;
}

/** Lines as float64, which holds every other real dtype exactly. */
function floatLines(
  { x, q, method: name, caller, skipNaN }: QuantileTask,
  reduced: readonly boolean[],
  dtype: Descriptor,
  write: (k: number, line: number, value: unknown) => void,
): void {
  const method = methodOf(name, caller);
  // One number beside floats is weak: what lies between is computed in their dtype.
  const round = roundOf(dtype);
  const exact = roundOf(x.dtype);
  const convert = dtype.access.convert;
  let places: Between[] = [];
  let ascending: number[] = [];
  let known = -1;
  eachLine(x, reduced, plain.float64, caller, (scratch, line) => {
    const values = scratch.data as Float64Array;
    const n = numbersFirst(values, values.length);
    if (n === 0 || (n < values.length && !skipNaN)) {
      for (let k = 0; k < q.length; k++) write(k, line, convert(Number.NaN));
      return;
    }
    if (n !== known) {
      known = n;
      places = q.map((one) => placeOfQuantile(method, n, one));
      ascending = [...new Set(places.flatMap(({ lower, upper }) => [lower, upper]))].sort((a, b) => a - b);
    }
    selectPlaces(values, n, ascending);
    places.forEach(({ lower, upper, fraction }, k) => {
      const [a, b] = [values[lower]!, values[upper]!];
      const value = method.whole ? a : interpolate(a, b, fraction, exact(b - a), round);
      write(k, line, convert(value));
    });
  });
}

/** Lines of 64-bit integers, sorted as they are, because float64 does not hold them. */
function bigLines(
  { x, q, method: name, caller }: QuantileTask,
  reduced: readonly boolean[],
  write: (k: number, line: number, value: unknown) => void,
): void {
  const method = methodOf(name, caller);
  eachLine(x, reduced, x.dtype, caller, (scratch, line) => {
    const values = scratch.data as BigInt64Array;
    values.sort();
    q.forEach((one, k) => {
      const { lower, upper, fraction } = placeOfQuantile(method, values.length, one);
      const [a, b] = [values[lower]!, values[upper]!];
      if (method.whole) write(k, line, a);
      else {
        const step = Number(b - a);
        write(k, line, fraction >= 0.5 ? Number(b) - step * (1 - fraction) : Number(a) + step * fraction);
      }
    });
  });
}

const NAT = -(2n ** 63n);

/** Lines of moments or spans, as their counts; what lies between two is a part of their distance, cut. */
function dateLines(
  { x, q, method: name, caller, skipNaN }: QuantileTask,
  reduced: readonly boolean[],
  write: (k: number, line: number, count: bigint) => void,
): void {
  const method = methodOf(name, caller);
  eachLine(x, reduced, x.dtype, caller, (scratch, line) => {
    const all = (scratch.data as BigInt64Array).sort();
    // NaT is the smallest count.
    const values = skipNaN ? all.subarray(all.lastIndexOf(NAT) + 1) : all;
    q.forEach((one, k) => {
      if (values.length === 0 || values[0] === NAT) {
        write(k, line, NAT);
        return;
      }
      const { lower, upper, fraction } = placeOfQuantile(method, values.length, one);
      const [a, b] = [values[lower]!, values[upper]!];
      const step = Number(BigInt.asIntN(64, b - a));
      const part = (share: number) => BigInt(Math.trunc(step * share));
      if (method.whole) write(k, line, a);
      else write(k, line, fraction >= 0.5 ? b - part(1 - fraction) : a + part(fraction));
    });
  });
}

/** @internal Reads quantiles, which must lie from 0 to `most`. */
export function quantilesFrom(
  q: ArrayInput,
  most: 1 | 100,
  caller: string,
): { q: number[]; qShape: readonly number[] } {
  const given = typeof q === "number" ? null : asarray(q, "float64");
  const values = given === null ? [q as number] : [...flat(given)].map(Number);
  for (const value of values) {
    if (!(value >= 0 && value <= most)) {
      throw new ValueError(`${caller}: quantile ${textOf(value)} does not lie from 0 to ${most}`);
    }
  }
  return { q: most === 1 ? values : values.map((value) => value / most), qShape: given?.shape ?? [] };
}

/** @internal Quantiles with the arguments that a user gave. */
export function quantilesBy(
  a: ArrayInput,
  q: ArrayInput,
  most: 1 | 100,
  given: AxisOr<QuantileOptions> | undefined,
  skipNaN: boolean,
  caller: string,
): unknown {
  const options = reductionOptions<QuantileOptions>(given, caller);
  const { method = "linear", weights = null } = options;
  if (weights !== null && method !== "inverted_cdf") {
    throw new ValueError(`${caller}: only method "inverted_cdf" takes weights`);
  }
  return quantilesOf({ x: asarray(a), ...quantilesFrom(q, most, caller), method, options, skipNaN, caller });
}

type Real<D> = Extract<D, QuantileDType>;

/**
 * Quantiles: with `q` 0.5 the median, with 0 the smallest element, with 1 the largest. NaN if there is one.
 *
 * @param q one number from 0 to 1, or an array of them, whose axes come first in the result
 * @param options an axis, several, or `{ axis, out, method, keepdims, weights }`
 * @returns a scalar for all of the array and one quantile, else an array
 * @throws ValueError for quantiles out of range, an unknown method, or a line without elements; DTypeError for bool and
 * complex numbers.
 * @example
 * np.quantile(np.array([1, 2, 3, 4]), 0.5); // 2.5
 * np.quantile(np.array([1, 2, 3, 4]), [0, 1]).tolist(); // [1, 4]
 * np.quantile(np.array([1, 2, 3, 4]), 0.4, { method: "lower" }); // 2
 */
export function quantile<
  V extends ArrayInput,
  Q extends ArrayInput,
  const O extends AxisOr<QuantileOptions> = null,
>(a: V, q: Q, options?: O): Quantiles<Real<MeanOf<InputDType<V>>>, Q, O> {
  return quantilesBy(a, q, 1, options, false, "quantile") as Quantiles<Real<MeanOf<InputDType<V>>>, Q, O>;
}

/**
 * Percentiles: quantiles counted from 0 to 100.
 *
 * @param q one number from 0 to 100, or an array of them, whose axes come first in the result
 * @param options an axis, several, or `{ axis, out, method, keepdims, weights }`
 * @returns a scalar for all of the array and one percentile, else an array
 * @throws what `quantile` throws.
 * @example
 * np.percentile(np.array([10, 20, 30, 40, 50]), 25); // 20
 */
export function percentile<
  V extends ArrayInput,
  Q extends ArrayInput,
  const O extends AxisOr<QuantileOptions> = null,
>(a: V, q: Q, options?: O): Quantiles<Real<MeanOf<InputDType<V>>>, Q, O> {
  return quantilesBy(a, q, 100, options, false, "percentile") as Quantiles<Real<MeanOf<InputDType<V>>>, Q, O>;
}
