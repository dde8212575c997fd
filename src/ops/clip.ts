import { type ArrayInput, asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import { ownDType } from "../dtype/descriptor.ts";
import { iinfo } from "../dtype/limits.ts";
import type { FloatDType } from "../dtype/map.ts";
import { clipKernel } from "../engine/kernels/extrema.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import type { UfuncOptions } from "../engine/ufunc-options.ts";
import { ValueError } from "../errors.ts";
import { positive } from "./ufuncs-arithmetic.ts";
import { maximum, minimum } from "./ufuncs-compare.ts";

/** What bounds elements: a number, an array that broadcasts, or nothing. */
export type Bound = ArrayInput | null | undefined;

/** How `clip` works. */
export interface ClipOptions extends UfuncOptions {
  /** The lower bound, when it is not given by position. */
  readonly min?: Bound;
  /** The upper bound, when it is not given by position. */
  readonly max?: Bound;
}

/** The call with both bounds. */
type ClipCall = (a: ArrayInput, low: ArrayInput, high: ArrayInput, options: UfuncOptions) => NDArray;

const between: ClipCall & Ufunc = /* @__PURE__ */ ufunc({
  name: "clip",
  nin: 3,
  loops: "nnn->n: ?bBhHiIlLefdFD",
  kernel: clipKernel,
});

/**
 * Elements kept between bounds: those below `min` become `min`, those above `max` become `max`. Where `min` is more than
 * `max` the result is `max`; NaN stays. An integer beyond what an integer dtype holds bounds nothing, if it lies on the side
 * where nothing can be. Returns a copy, or `out`.
 *
 * @param min the lower bound; null for none
 * @param max the upper bound; null for none
 * @param options `out`, `where`, `casting`, `order`, `dtype`; also `min` and `max`, in place of the second argument
 * @throws ValueError for an integer bound that leaves no value of the dtype, or when a bound is given twice.
 * @throws ShapeError when bounds do not broadcast.
 * @example
 * np.clip(np.array([-1, 0.5, 3]), 0, 1).tolist(); // [0, 0.5, 1]
 * np.clip(np.array([1, 5], "uint8"), { max: 4 }).tolist(); // [1, 4]
 * np.clip(np.array([1, 5], "uint8"), -1000, 4).tolist(); // [1, 4]
 */
export function clip<D extends FloatDType | "complex128">(
  a: NDArray<D>,
  min: number | null | undefined,
  max?: number | null,
  options?: null,
): NDArray<D>;
export function clip(a: ArrayInput, options?: ClipOptions): NDArray;
export function clip(a: ArrayInput, min: Bound, max?: Bound, options?: ClipOptions | NDArray | null): NDArray;
export function clip(
  a: ArrayInput,
  min?: Bound | ClipOptions,
  max?: Bound,
  options?: ClipOptions | NDArray | null,
): NDArray {
  const [low, high, rest] = boundsFrom(min, max, options);
  const x: NDArray = asarray(a);
  const lower = isIdle(x, low, -1) ? null : low;
  const upper = isIdle(x, high, 1) ? null : high;
  if (isOfDates(x, lower, upper)) {
    if (lower === null) return upper === null ? positive(x, rest) : minimum(x, upper, rest);
    return upper === null ? maximum(x, lower, rest) : minimum(maximum(x, lower), upper, rest);
  }
  if (lower === null) return upper === null ? positive(x, rest) : minimum(x, upper, rest);
  return upper === null ? maximum(x, lower, rest) : between(x, lower, upper, rest);
}

/** Whether moments or spans are bounded, which no loop of three operands does. */
function isOfDates(...parts: readonly (ArrayInput | null)[]): boolean {
  return parts.some((one) => one !== null && ownDType(one)?.unit != null);
}

function boundsFrom(
  min: Bound | ClipOptions,
  max: Bound,
  options: ClipOptions | NDArray | null | undefined,
): [low: ArrayInput | null, high: ArrayInput | null, rest: UfuncOptions] {
  if (isOptions(min)) {
    const { min: low, max: high, ...rest } = min;
    return [low ?? null, high ?? null, rest];
  }
  if (options === undefined || options === null) return [min ?? null, max ?? null, {}];
  if (options instanceof NDArray) return [min ?? null, max ?? null, { out: options }];
  if (options.min !== undefined || options.max !== undefined) {
    throw new ValueError("clip: bounds are given by position and by name; give them once");
  }
  return [min ?? null, max ?? null, options];
}

function isOptions(value: Bound | ClipOptions): value is ClipOptions {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a bound is an integer that no element of an integer dtype lies beyond. */
function isIdle(x: NDArray, bound: ArrayInput | null, side: 1 | -1): boolean {
  if (x.dtype.kind !== "i" && x.dtype.kind !== "u") return false;
  const isInteger = typeof bound === "bigint" || (typeof bound === "number" && Number.isInteger(bound));
  if (!isInteger) return false;
  const { min, max } = iinfo(x.dtype.name as "int8");
  return side === 1 ? bound >= max : bound <= min;
}
