import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { resultType } from "../dtype/result.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import { isScalarOperand } from "../engine/ufunc-scalars.ts";
import { isNdError } from "../errors.ts";
import { broadcastShapes } from "./broadcast.ts";
import { arrayFrom } from "./input.ts";
import { field, view } from "./parts.ts";
import { absolute, add, multiply, subtract } from "./ufuncs-arithmetic.ts";
import { equal, lessEqual } from "./ufuncs-compare.ts";
import { isfinite, isnan } from "./ufuncs-floating.ts";
import { logicalAnd, logicalOr } from "./ufuncs-logic.ts";

/** What counts as close: |a − b| ≤ atol + rtol·|b|. */
export interface CloseOptions {
  /** The relative tolerance; 1e-5 if left out. */
  readonly rtol?: ArrayInput | undefined;
  /** The absolute tolerance; 1e-8 if left out. */
  readonly atol?: ArrayInput | undefined;
  /** Whether NaN counts as close to NaN. */
  readonly equalNan?: boolean | undefined;
}

type Tolerance = ArrayInput | CloseOptions;

/**
 * Whether elements are nearly equal: |a − b| ≤ atol + rtol·|b|. Infinities are close to themselves. Not symmetric: `b` is
 * what `a` is measured by. Returns a copy.
 *
 * @param rtol the relative tolerance, or `{ rtol, atol, equalNan }`
 * @throws ShapeError when the shapes do not broadcast.
 * @example
 * np.isclose([1e10, 1e-7], [1.00001e10, 1e-8]).tolist(); // [true, false]
 * np.isclose([1, NaN], [1, NaN], { equalNan: true }).tolist(); // [true, true]
 */
export function isclose(
  a: ArrayInput,
  b: ArrayInput,
  rtol?: Tolerance,
  atol?: ArrayInput,
  equalNan?: boolean,
): NDArray<"bool"> {
  const options: CloseOptions = isOptions(rtol) ? rtol : { rtol, atol, equalNan };
  const { rtol: relative = 1e-5, atol: absolutely = 1e-8 } = options;
  const x = isScalarOperand(a) ? a : asarray(a);
  const y = inexact(x, b);
  const limit = add(absolutely, multiply(relative, absolute(y)));
  const near = lessEqual(absolute(subtract(x, y)), limit);
  const result = logicalOr(logicalAnd(near, isfinite(y)), equal(x, y)) as NDArray<"bool">;
  if (options.equalNan !== true) return result;
  return logicalOr(result, logicalAnd(isnan(x), isnan(y))) as NDArray<"bool">;
}

function isOptions(value: Tolerance | undefined): value is CloseOptions {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain && !(value instanceof NDArray || ArrayBuffer.isView(value) || value instanceof Complex);
}

/** `b` as an array of floats or complex numbers: integers have a least value that has no absolute one. */
function inexact(x: NDArray | ScalarLike, b: ArrayInput): NDArray {
  if (!isScalarOperand(b)) {
    const y: NDArray = asarray(b);
    return asarray(y, resultType(y, 0.5));
  }
  const one = b instanceof Complex ? new Complex(0, 0.5) : 0.5;
  const dtype = resultType(x instanceof NDArray ? x : resultType(x), one);
  return asarray(b, dtype);
}

/**
 * Whether all elements are nearly equal, as `isclose` has it.
 *
 * @param rtol the relative tolerance, or `{ rtol, atol, equalNan }`
 * @throws ShapeError when the shapes do not broadcast.
 * @example
 * np.allclose([1, 2], [1, 2.00001]); // true
 */
export function allclose(
  a: ArrayInput,
  b: ArrayInput,
  rtol?: Tolerance,
  atol?: ArrayInput,
  equalNan?: boolean,
): boolean {
  return all(isclose(a, b, rtol, atol, equalNan));
}

function all(a: NDArray): boolean {
  return reduceUfunc(logicalAnd.core, a, { axis: null }) === true;
}

/**
 * Whether two arrays have the same shape and the same elements. What is no array is equal to nothing.
 *
 * @param equalNan whether NaN counts as equal to NaN
 * @example
 * np.arrayEqual([1, 2], [1, 2]); // true
 * np.arrayEqual([1, 1], [1]); // false
 * np.arrayEqual([1, NaN], [1, NaN], true); // true
 */
export function arrayEqual(
  a1: ArrayInput,
  a2: ArrayInput,
  equalNan: boolean | { readonly equalNan?: boolean | undefined } = false,
): boolean {
  const [a, b] = [arrayOrNull(a1), arrayOrNull(a2)];
  if (a === null || b === null) return false;
  const sameShape = a.ndim === b.ndim && a.shape.every((length, k) => length === b.shape[k]);
  if (!sameShape) return false;
  const nans =
    typeof equalNan === "boolean" ? equalNan : optionsFrom(equalNan, "arrayEqual").equalNan === true;
  return nans ? equalOrNan(a, b) : allEqual(a, b);
}

function equalOrNan(a: NDArray, b: NDArray): boolean {
  if (a.dtype.kind === "V" || b.dtype.kind === "V") return allEqual(a, b);
  return all(logicalOr(equal(a, b), logicalAnd(isnan(a), isnan(b))));
}

/**
 * Whether two arrays broadcast to one shape, and have the same elements there.
 *
 * @example
 * np.arrayEquiv([1, 1], [[1], [1]]); // true
 */
export function arrayEquiv(a1: ArrayInput, a2: ArrayInput): boolean {
  const [a, b] = [arrayOrNull(a1), arrayOrNull(a2)];
  if (a === null || b === null) return false;
  try {
    broadcastShapes(a.shape, b.shape);
  } catch (error) {
    if (isNdError(error, "shape")) return false;
    throw error;
  }
  return allEqual(a, b);
}

function arrayOrNull(a: ArrayInput): NDArray | null {
  try {
    return arrayFrom(a);
  } catch (error) {
    if (isNdError(error)) return null;
    throw error;
  }
}

/** Whether all elements are equal; structures by their fields, raw bytes byte by byte. */
function allEqual(a: NDArray, b: NDArray): boolean {
  if (a.dtype.kind !== "V" && b.dtype.kind !== "V") return all(equal(a, b));
  const [names, others] = [a.dtype.names, b.dtype.names];
  if (names === null || others === null) {
    if (names !== others || a.dtype.kind !== b.dtype.kind || a.itemsize !== b.itemsize) return false;
    return all(equal(bytesOf(a), bytesOf(b)));
  }
  if (names.length !== others.length || names.some((name, k) => name !== others[k])) return false;
  return names.every((name) => allEqual(field(a, name), field(b, name)));
}

/** Raw bytes, one for an element of a last axis. */
function bytesOf(a: NDArray): NDArray {
  const { shape, strides, offset } = a.layout;
  const dense = a.viewAs({ shape: [...shape, 1], strides: [...strides, a.itemsize], offset });
  return view(dense, "uint8");
}
