/** Assertions about arrays. */

import { optionsFrom } from "../array/arguments.ts";
import type { ArrayInput } from "../array/create.ts";
import { castArray } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { resultType } from "../dtype/result.ts";
import { plain } from "../dtype/table.ts";
import { textOf, ValueError } from "../errors.ts";
import { isclose } from "../ops/closeness.ts";
import { absolute, subtract } from "../ops/ufuncs-arithmetic.ts";
import { less } from "../ops/ufuncs-compare.ts";
import { assertArrayCompare } from "./assert-compare.ts";
import { equalElements } from "./elements.ts";
import { type AssertionOptions, shortText } from "./message.ts";

/** How an assertion about arrays says what is wrong, or what is said besides alone. */
export interface ArrayAssertionOptions extends AssertionOptions {
  /** Whether shapes and dtypes must be the same, and a scalar is not broadcast; false if left out. */
  readonly strict?: boolean | undefined;
}

/** @internal Options, from what may be the message alone. */
export function saidOptions<O extends AssertionOptions>(options: string | O | null | undefined): Partial<O> {
  if (typeof options === "string") return { errMsg: options } as Partial<O>;
  return options ?? {};
}

/**
 * Throws unless two arrays are equal, element by element. NaN is equal to NaN, and a scalar is compared with every element.
 *
 * @throws AssertionError
 * @example
 * np.testing.assertArrayEqual([1, 2], np.array([1, 2], "int32"));
 */
export function assertArrayEqual(
  actual: ArrayInput,
  desired: ArrayInput,
  options?: string | ArrayAssertionOptions,
): void {
  assertArrayCompare(equalElements, actual, desired, {
    ...saidOptions(options),
    header: "Arrays are not equal",
  });
}

/** How near two arrays are to be. */
export interface AllcloseAssertionOptions extends ArrayAssertionOptions {
  /** The difference that is allowed, as a part of `desired`; 1e-7 if left out. */
  readonly rtol?: number | undefined;
  /** What is allowed besides; 0 if left out. */
  readonly atol?: number | undefined;
  /** Whether NaN is equal to NaN; true if left out. */
  readonly equalNan?: boolean | undefined;
}

/**
 * Throws unless `|actual - desired| <= atol + rtol * |desired|` for all elements.
 *
 * @param options `{ rtol, atol, equalNan, errMsg, verbose, strict }`, or `rtol` and then `atol`
 * @throws AssertionError
 * @example
 * np.testing.assertAllclose([1, 2], [1, 2.00000001]);
 */
export function assertAllclose(
  actual: ArrayInput,
  desired: ArrayInput,
  options: number | AllcloseAssertionOptions = {},
  atol?: number,
): void {
  const given: AllcloseAssertionOptions =
    typeof options === "number" ? { rtol: options, atol } : optionsFrom(options, "assertAllclose");
  const { rtol = 1e-7, atol: absolute = 0, equalNan = true, ...rest } = given;
  for (const one of [rtol, absolute]) {
    if (typeof one !== "number") throw new ValueError(`assertAllclose: ${textOf(one)} is no tolerance`);
  }
  assertArrayCompare((x, y) => isclose(x, y, { rtol, atol: absolute, equalNan }), actual, desired, {
    ...rest,
    equalNan,
    header: `Not equal to tolerance rtol=${shortText(rtol)}, atol=${shortText(absolute)}`,
  });
}

/** How many decimals two values are to share. */
export interface DecimalOptions extends AssertionOptions {
  readonly decimal?: number | undefined;
}

/** @internal The number of decimals and the rest of the options. */
export function decimalFrom(
  options: number | DecimalOptions,
  usual: number,
): { decimal: number; rest: AssertionOptions } {
  if (typeof options === "number") return { decimal: options, rest: {} };
  const { decimal = usual, ...rest } = optionsFrom(options, "assertAlmostEqual");
  return { decimal, rest };
}

/**
 * Throws unless `|desired - actual| < 1.5 * 10 ** -decimal` for all elements; `assertAllclose` is the better choice.
 *
 * @param options the number of decimals, 6 if left out, or `{ decimal, errMsg, verbose }`
 * @throws AssertionError
 * @example
 * np.testing.assertArrayAlmostEqual([1, 2.33333], [1, 2.33334], 4);
 */
export function assertArrayAlmostEqual(
  actual: ArrayInput,
  desired: ArrayInput,
  options: number | DecimalOptions = {},
): void {
  const { decimal, rest } = decimalFrom(options, 6);
  const near = 1.5 * 10 ** -decimal;
  const compare = (x: NDArray, y: NDArray) => less(distance(x, y), near);
  assertArrayCompare(compare, actual, desired, {
    ...rest,
    header: `Arrays are not almost equal to ${Math.trunc(decimal)} decimals`,
    precision: decimal,
  });
}

/** Distances in floating point, where the lowest integer has one. */
function distance(x: NDArray, y: NDArray): NDArray {
  const wanted: Descriptor = y.dtype.kind === "V" ? plain.float64 : resultType(y as NDArray, 1.5);
  return absolute(subtract(x, castArray(y, wanted, "K", "assertArrayAlmostEqual")));
}

/**
 * Throws unless every element of `x` is less than that of `y`.
 *
 * @throws AssertionError
 * @example
 * np.testing.assertArrayLess([1, 2], [2, 3]);
 */
export function assertArrayLess(
  x: ArrayInput,
  y: ArrayInput,
  options?: string | ArrayAssertionOptions,
): void {
  assertArrayCompare((a, b) => less(a, b), x, y, {
    ...saidOptions(options),
    header: "Arrays are not strictly ordered `x < y`",
    equalInf: false,
    names: ["x", "y"],
  });
}
