/** What a value or its elements are: complex, real, infinite to one side, a scalar. */

import type { ArrayInput } from "../array/create.ts";
import { zeros } from "../array/filled.ts";
import type { NDArray } from "../array/ndarray.ts";
import { isScalarOperand } from "../engine/ufunc-scalars.ts";
import { DTypeError } from "../errors.ts";
import { arrayFrom } from "./input.ts";
import { imag } from "./parts.ts";
import { equal, notEqual } from "./ufuncs-compare.ts";
import { isinf, signbit } from "./ufuncs-floating.ts";
import { logicalAnd, logicalNot } from "./ufuncs-logic.ts";

/** Where a result of bools goes. */
export interface BoolOut {
  readonly out?: NDArray | null | undefined;
}

/**
 * Whether elements are positive infinity. Returns a copy, or `out`.
 *
 * @throws DTypeError for complex numbers, which have no side.
 * @example
 * np.isposinf(np.array([1, Infinity, -Infinity])).tolist(); // [false, true, false]
 */
export function isposinf(x: ArrayInput, out?: NDArray | BoolOut | null): NDArray<"bool"> {
  const a = sided(x, "isposinf");
  return both(isinf(a), logicalNot(signbit(a)), out);
}

/**
 * Whether elements are negative infinity. Returns a copy, or `out`.
 *
 * @throws DTypeError for complex numbers, which have no side.
 * @example
 * np.isneginf(np.array([1, Infinity, -Infinity])).tolist(); // [false, false, true]
 */
export function isneginf(x: ArrayInput, out?: NDArray | BoolOut | null): NDArray<"bool"> {
  const a = sided(x, "isneginf");
  return both(isinf(a), signbit(a), out);
}

function sided(x: ArrayInput, caller: string): NDArray {
  const a: NDArray = arrayFrom(x);
  if (a.dtype.kind !== "c") return a;
  throw new DTypeError(
    `${caller}: complex numbers are infinite to no side; ask the real part or the imaginary one`,
  );
}

function both(a: NDArray, b: NDArray, out: NDArray | BoolOut | null | undefined): NDArray<"bool"> {
  return logicalAnd(a, b, (out ?? undefined) as BoolOut) as NDArray<"bool">;
}

/**
 * Whether elements have an imaginary part other than 0. Returns a copy.
 *
 * @example
 * np.iscomplex(np.array([np.complex(1, 1), 2])).tolist(); // [true, false]
 */
export function iscomplex(x: ArrayInput): NDArray<"bool"> {
  const a: NDArray = arrayFrom(x);
  return a.dtype.kind === "c" ? notEqual(imag(a), 0) : zeros(a.shape, "bool");
}

/**
 * Whether elements have no imaginary part, or one of 0. Returns a copy.
 *
 * @example
 * np.isreal(np.array([np.complex(1, 1), 2])).tolist(); // [false, true]
 */
export function isreal(x: ArrayInput): NDArray<"bool"> {
  return equal(imag(arrayFrom(x) as NDArray), 0) as NDArray<"bool">;
}

/**
 * Whether a value is complex, or an array of a complex dtype, whatever its elements are.
 *
 * @example
 * np.iscomplexobj(np.zeros(2, "complex64")); // true
 */
export function iscomplexobj(x: ArrayInput): boolean {
  return arrayFrom(x).dtype.kind === "c";
}

/**
 * Whether a value is not complex, and no array of a complex dtype.
 *
 * @example
 * np.isrealobj([1, 2]); // true
 */
export function isrealobj(x: ArrayInput): boolean {
  return !iscomplexobj(x);
}

/**
 * Whether a value is a scalar: a number, a bigint, a boolean, a `Complex` or a text. An array of no axes is none.
 *
 * @example
 * np.isscalar(3); // true
 * np.isscalar(np.array(3)); // false
 */
export function isscalar(element: unknown): boolean {
  return typeof element === "string" || isScalarOperand(element);
}
