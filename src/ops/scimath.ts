/**
 * Functions that give complex numbers where real ones do not exist: NumPy's `emath`, also known as `lib.scimath`. An array
 * of which one element is outside of the real domain becomes complex as a whole: complex64 for float32 and integers of at
 * most 16 bits, else complex128. Other arrays give what the function of the same name gives. All return a copy.
 */

import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { any } from "./sums.ts";
import { divide } from "./ufuncs-arithmetic.ts";
import { greater, less } from "./ufuncs-compare.ts";
import * as real from "./ufuncs-exponential.ts";
import * as angles from "./ufuncs-trigonometric.ts";

function asComplex(x: NDArray): NDArray {
  const { kind, itemsize } = x.dtype;
  const isSmall = kind === "f" ? itemsize === 4 : itemsize <= 2;
  return workingCopy(x, isSmall ? plain.complex64 : plain.complex128, "K", "emath");
}

/** The array, complex where an element is negative. */
function fromNegative(value: ArrayInput): NDArray {
  const x: NDArray = asarray(value);
  return isOrdered(x) && any(less(x, 0)) ? asComplex(x) : x;
}

/** The array, complex where an element is beyond 1 or -1. */
function fromBeyondOne(value: ArrayInput): NDArray {
  const x: NDArray = asarray(value);
  return isOrdered(x) && (any(greater(x, 1)) || any(less(x, -1))) ? asComplex(x) : x;
}

/** Whether elements are integers or floats; all others stay what they are. */
function isOrdered({ dtype: { kind } }: NDArray): boolean {
  return kind === "i" || kind === "u" || kind === "f";
}

/**
 * The square root, complex for arrays with negative elements. Returns a copy.
 *
 * @example
 * np.emath.sqrt(-4).toString(); // "2j"
 * np.emath.sqrt([1, 4]).tolist(); // [1, 2]
 */
export function sqrt(x: ArrayInput): NDArray {
  return real.sqrt(fromNegative(x)) as NDArray;
}

/**
 * The natural logarithm, complex for arrays with negative elements. Returns a copy.
 *
 * @example
 * np.imag(np.emath.log([1, -1])).tolist(); // [0, 3.141592653589793]
 */
export function log(x: ArrayInput): NDArray {
  return real.log(fromNegative(x)) as NDArray;
}

/**
 * The logarithm to the base 2, complex for arrays with negative elements. Returns a copy.
 *
 * @example
 * np.emath.log2([8]).tolist(); // [3]
 */
export function log2(x: ArrayInput): NDArray {
  return real.log2(fromNegative(x)) as NDArray;
}

/**
 * The logarithm to the base 10, complex for arrays with negative elements. Returns a copy.
 *
 * @example
 * np.emath.log10([1000]).tolist(); // [3]
 */
export function log10(x: ArrayInput): NDArray {
  return real.log10(fromNegative(x)) as NDArray;
}

/**
 * The logarithm to the base n, the first argument; complex where one of both has negative elements. Returns a copy.
 *
 * @throws ShapeError when both do not broadcast.
 * @example
 * np.emath.logn(2, [4, 8]).tolist(); // [2, 3]
 */
export function logn(n: ArrayInput, x: ArrayInput): NDArray {
  return divide(real.log(fromNegative(x)) as NDArray, real.log(fromNegative(n)) as NDArray) as NDArray;
}

/**
 * The powers, complex for arrays with negative elements; negative integer exponents are taken as floats. A scalar is weak,
 * as in `power`. Returns a copy.
 *
 * @throws ShapeError when both do not broadcast.
 * @example
 * np.emath.power([2, 4], 2).tolist(); // [4, 16]
 * np.emath.power(np.array([2, 4], "int32"), -2).tolist(); // [0.25, 0.0625]
 */
export function power(x: ArrayInput, p: ArrayInput): NDArray {
  const base = fromNegative(x);
  if (isScalar(p) && (typeof p !== "number" || p >= 0)) {
    if (typeof p !== "bigint" || p >= 0n) return real.power(base, p) as NDArray;
  }
  const given: NDArray = asarray(p);
  const isInteger = given.dtype.kind === "i" && any(less(given, 0));
  const exponent = isInteger ? workingCopy(given, plain.float64, "K", "emath") : given;
  return real.power(base, exponent) as NDArray;
}

/**
 * The angle whose cosine is given, complex for arrays with elements beyond 1 or -1. Returns a copy.
 *
 * @example
 * np.emath.arccos([1]).tolist(); // [0]
 */
export function arccos(x: ArrayInput): NDArray {
  return angles.arccos(fromBeyondOne(x)) as NDArray;
}

/**
 * The angle whose sine is given, complex for arrays with elements beyond 1 or -1. Returns a copy.
 *
 * @example
 * np.emath.arcsin([0]).tolist(); // [0]
 */
export function arcsin(x: ArrayInput): NDArray {
  return angles.arcsin(fromBeyondOne(x)) as NDArray;
}

/**
 * The number whose hyperbolic tangent is given, complex for arrays with elements beyond 1 or -1. Returns a copy.
 *
 * @example
 * np.emath.arctanh([0]).tolist(); // [0]
 */
export function arctanh(x: ArrayInput): NDArray {
  return angles.arctanh(fromBeyondOne(x)) as NDArray;
}
