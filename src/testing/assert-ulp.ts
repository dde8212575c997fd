/** Assertions about units in the last place. */

import type { ArrayInput } from "../array/create.ts";
import { castArray } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { max } from "../ops/extrema.ts";
import { view } from "../ops/parts.ts";
import { absolute, multiply, subtract } from "../ops/ufuncs-arithmetic.ts";
import { less, lessEqual, maximum } from "../ops/ufuncs-compare.ts";
import { isnan, spacing } from "../ops/ufuncs-floating.ts";
import { where } from "../ops/where.ts";
import { AssertionError } from "./assertion-error.ts";
import { allTrue, arrayOf } from "./elements.ts";
import { shortText } from "./message.ts";

/**
 * Throws unless `|x - y| <= nulp * spacing(max(|x|, |y|))` for all elements: so many units in the last place.
 *
 * @throws AssertionError
 * @example
 * np.testing.assertArrayAlmostEqualNulp(np.array([1, 1]), np.array([1, 1 + 2 ** -52]));
 */
export function assertArrayAlmostEqualNulp(x: ArrayInput, y: ArrayInput, nulp = 1): void {
  const [a, b] = [arrayOf(x), arrayOf(y)];
  const reference = multiply(spacing(maximum(absolute(a), absolute(b))), nulp);
  if (allTrue(lessEqual(absolute(subtract(a, b)), reference))) return;
  const what = `Arrays are not equal to ${nulp} ULP`;
  if (a.dtype.kind === "c" || b.dtype.kind === "c") throw new AssertionError(what);
  throw new AssertionError(`${what} (max is ${shortText(largest(distances(a, b, null)))})`);
}

/**
 * Throws unless all elements are at most `maxulp` units in the last place apart. Returns how many they are apart: an array
 * with an axis of length 1 in front, as NumPy has it.
 *
 * @param dtype what both are cast to first
 * @throws AssertionError
 * @throws DTypeError for complex numbers
 * @example
 * np.testing.assertArrayMaxUlp(np.array([1]), np.array([1 + 2 ** -52])).tolist(); // [[1]]
 */
export function assertArrayMaxUlp(
  a: ArrayInput,
  b: ArrayInput,
  maxulp = 1,
  dtype: DTypeLike | null = null,
): NDArray {
  const apart = distances(arrayOf(a), arrayOf(b), dtype);
  if (allTrue(lessEqual(apart, maxulp))) return apart;
  throw new AssertionError(
    `Arrays are not almost equal up to ${shortText(maxulp)} ULP (max difference is ${shortText(largest(apart))} ULP)`,
  );
}

function largest(a: NDArray): number {
  return Number(max(a));
}

const bits: Readonly<Record<string, "int16" | "int32" | "int64">> = {
  float16: "int16",
  float32: "int32",
  float64: "int64",
};

/** How many units in the last place elements are apart, NaN at the same distance from itself as 1 from 1. */
function distances(a: NDArray, b: NDArray, dtype: DTypeLike | null): NDArray {
  const cast = (one: NDArray) => (dtype === null ? one : castArray(one, descriptorFor(dtype), "K", "ulp"));
  const [x, y] = [cast(a), cast(b)];
  const common = commonFloat(x.dtype, y.dtype);
  if (!isSameShape(x.layout.shape, y.layout.shape)) {
    throw new ShapeError(
      `assertArrayMaxUlp: arrays do not have the same shape: ${shapeText(x.layout.shape)} - ${shapeText(y.layout.shape)}`,
    );
  }
  return absolute(castArray(subtract(ordinals(x, common), ordinals(y, common)), common, "K", "ulp"));
}

/** The floating dtype of both; integers count as float64. */
function commonFloat(a: Descriptor, b: Descriptor): Descriptor {
  const floats = [a, b].map((one) => (one.kind === "i" || one.kind === "u" ? plain.float64 : one));
  if (floats.some((one) => one.kind !== "f")) {
    throw new DTypeError(`assertArrayMaxUlp: there are no units in the last place for ${a} and ${b}`);
  }
  return promoteAll(floats as Descriptor[], "assertArrayMaxUlp");
}

/** Integers in the order of the floats, one apart where these are neighbours. */
function ordinals(a: NDArray, dtype: Descriptor): NDArray {
  const given: NDArray = castArray(a, dtype, "C", "ulp").slice(null, "...");
  const clean: NDArray = castArray(where(isnan(given), Number.NaN, given), dtype, "C", "ulp");
  const name = bits[dtype.type]!;
  const whole: NDArray = view(clean, name);
  const lowest = -(2n ** BigInt(8 * dtype.itemsize - 1));
  const turn = name === "int64" ? lowest : Number(lowest);
  return where(less(whole, 0), subtract(turn, whole), whole);
}
