import { assign } from "../array/assign.ts";
import type { ArrayInput } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { elementArray, emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, ScalarLike } from "../dtype/map.ts";
import { resultType } from "../dtype/result.ts";
import { isScalarOperand } from "../engine/ufunc-scalars.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import { arrayFrom } from "./input.ts";

/**
 * For each place the element of the first choice whose condition is true there, else the default: all are broadcast. The dtype
 * is that of choices and default promoted, with scalars weak beside arrays. Returns a copy in C order.
 *
 * @param conditions arrays of bool, as many as there are choices
 * @param fallback what stands where no condition is true; 0 if left out
 * @throws ValueError for no conditions, or not as many as choices; DTypeError for a condition that is not of bools.
 * @example
 * const a = np.arange(6);
 * np.select([np.less(a, 2), np.greater(a, 3)], [a, np.multiply(a, 10)], -1).tolist(); // [0, 1, -1, -1, 40, 50]
 */
export function select(
  conditions: readonly ArrayInput[],
  choices: readonly ArrayInput[],
  fallback: ArrayInput = 0,
): NDArray {
  for (const [name, list] of [
    ["conditions", conditions],
    ["choices", choices],
  ] as const) {
    if (!Array.isArray(list))
      throw new ValueError(`select: ${name} must be a list of arrays, not ${textOf(list)}`);
  }
  if (conditions.length !== choices.length) {
    throw new ValueError(
      `select: wanted as many choices as conditions, given ${choices.length} and ${conditions.length}`,
    );
  }
  if (conditions.length === 0) throw new ValueError("select: there must be a condition");
  const masks = Array.from(conditions, (condition, k) => {
    const mask: NDArray = arrayFrom(condition);
    if (mask.dtype.kind === "b") return mask;
    throw new DTypeError(
      `select: condition ${k} is an array of ${mask.dtype}, not of bool; compare, or use astype`,
    );
  });
  const given = [...choices, fallback];
  const arrays = given.map((one) => (isScalarOperand(one) ? null : (arrayFrom(one) as NDArray)));
  const dtype = resultType(...given.map((one, k) => arrays[k] ?? (one as ScalarLike))) as Descriptor<DType>;
  const values = arrays.map((one, k) => {
    if (one === null) return elementArray(dtype.access.coerce(given[k] as never), dtype, "select");
    return one.dtype.equals(dtype) ? one : workingCopy(one, dtype, "K", "select");
  });
  const shape = broadcastShapes(
    [...masks, ...values].map((one) => one.layout.shape),
    "select",
  );
  const result = emptyArray(shape, dtype, "C", "select");
  assign(result, values.at(-1)!, { casting: "no", caller: "select" });
  for (let k = masks.length - 1; k >= 0; k--) {
    assign(result, values[k]!, { casting: "no", caller: "select", where: masks[k]! });
  }
  return result;
}
