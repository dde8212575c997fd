import { astype } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { countTrue, reduceUfunc } from "../engine/reduce.ts";
import type { Axes } from "./input.ts";
import { type AxisOptions, type AxisOr, reductionOptions } from "./reduction-options.ts";
import { add } from "./ufuncs-arithmetic.ts";

/** What is counted: a number for all of the array, else int32. */
export type Counts<O> = O extends null | undefined
  ? number
  : O extends Axes
    ? NDArray<"int32">
    : O extends { readonly axis: Axes } | { readonly keepdims: true }
      ? NDArray<"int32">
      : O extends { readonly axis?: null | undefined; readonly keepdims?: false | undefined }
        ? number
        : NDArray<"int32"> | number;

/**
 * How many elements are not zero, of all or along axes. NaN is not zero.
 *
 * @param options an axis, several, or `{ axis, keepdims }`
 * @returns a number for all of the array; with `axis` or `keepdims` an array of int32
 * @throws IndexError for an axis that is not there.
 * @example
 * np.countNonzero(np.array([0, 1, 0, 2])); // 2
 * np.countNonzero(np.array([[0, 1], [1, 1]]), 0).tolist(); // [1, 2]
 */
export function countNonzero<const O extends AxisOr<Omit<AxisOptions, "out">> = null>(
  a: ArrayInput,
  options?: O,
): Counts<O> {
  const { axis, keepdims = false } = reductionOptions<AxisOptions>(options, "countNonzero");
  const x = asarray(a);
  const count = countOf(x, axis, keepdims);
  if (typeof count === "bigint") return Number(count) as Counts<O>;
  return astype(count as NDArray, "int32") as Counts<O>;
}

function countOf(x: NDArray, axis: Axes | null, keepdims: boolean): unknown {
  const caller = "countNonzero";
  if ("iufc".includes(x.dtype.kind)) return countTrue(add.core, x, axis, keepdims, caller);
  const truth = x.dtype.kind === "b" ? x : workingCopy(x, plain.bool, "K", caller);
  return reduceUfunc(add.core, truth, { axis, keepdims }, caller);
}
