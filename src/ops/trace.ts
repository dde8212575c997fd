import { optionsFrom } from "../array/arguments.ts";
import type { ArrayInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Value } from "../dtype/map.ts";
import type { DTypeLike } from "../dtype/parse.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import { diagonal } from "./parts.ts";
import type { InputDType, SumOf } from "./reduction-options.ts";
import { add } from "./ufuncs-arithmetic.ts";

/** Which diagonal to sum, and how. */
export interface TraceOptions {
  /** Which diagonal: above the main one if positive; 0 if left out. */
  readonly offset?: number | undefined;
  /** The axis of rows; 0 if left out. */
  readonly axis1?: number | undefined;
  /** The axis of columns; 1 if left out. */
  readonly axis2?: number | undefined;
  /** The dtype to compute in. */
  readonly dtype?: DTypeLike | null | undefined;
  /** Where the result goes. */
  readonly out?: NDArray | null | undefined;
}

/**
 * The sum along a diagonal in the plane of two axes. Integers are added in 64 bits.
 *
 * @param options which diagonal, or `{ offset, axis1, axis2, dtype, out }`
 * @returns a scalar for an array of two axes, else an array without the two
 * @throws ValueError when `a` has fewer than two axes, or both are the same.
 * @example
 * np.trace(np.array([[1, 2], [3, 4]])); // 5
 */
export function trace<V extends ArrayInput>(
  a: V,
  options: number | TraceOptions = {},
): Value<SumOf<InputDType<V>>> | NDArray<SumOf<InputDType<V>>> {
  const {
    offset = 0,
    axis1 = 0,
    axis2 = 1,
    dtype,
    out,
  } = typeof options === "number" ? { offset: options } : optionsFrom(options, "trace");
  const line: NDArray = diagonal(a as ArrayInput, offset, axis1, axis2);
  const axis = line.ndim === 1 && (out ?? null) === null ? null : -1;
  return reduceUfunc(add.core, line, { axis, dtype, out }, "trace") as Value<SumOf<InputDType<V>>>;
}
