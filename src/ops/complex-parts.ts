import { optionsFrom } from "../array/arguments.ts";
import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { finfo } from "../dtype/limits.ts";
import type { DType } from "../dtype/map.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import type { FloatOf } from "../engine/ufunc-types.ts";
import { arrayFrom } from "./input.ts";
import { imag, type PartOf, real } from "./parts.ts";
import { absolute, multiply } from "./ufuncs-arithmetic.ts";
import { less } from "./ufuncs-compare.ts";
import { logicalAnd } from "./ufuncs-logic.ts";
import { arctan2 } from "./ufuncs-trigonometric.ts";

/** The dtype of the angle of a `D` element. */
type AngleOf<D extends DType> = FloatOf<PartOf<D>>;

/**
 * The angle of complex numbers in the plane, from -π to π, or in degrees. That of a negative real number is π. Returns a
 * copy.
 *
 * @example
 * np.angle(np.array([np.complex(0, 1), -1])).tolist(); // [Math.PI / 2, Math.PI]
 * np.angle(np.array([np.complex(1, 1)]), true).tolist(); // [45]
 */
export function angle<V extends ArrayInput>(
  z: V,
  deg: boolean | { readonly deg?: boolean | undefined } = false,
): NDArray<AngleOf<Extract<DTypeOfInput<V>, DType>>> {
  const x: NDArray = arrayFrom(z);
  const a: NDArray = x.dtype.kind === "c" ? arctan2(imag(x), real(x)) : arctan2(0, x);
  const inDegrees = typeof deg === "boolean" ? deg : optionsFrom(deg, "angle").deg === true;
  return (inDegrees ? multiply(a, 180 / Math.PI, { out: a }) : a) as never;
}

/**
 * The real parts, if all imaginary parts are nearly 0; else the array itself. Returns a view, or the array.
 *
 * @param tol how near: above 1, in units of the dtype's precision; else as it is
 * @example
 * np.realIfClose(np.array([np.complex(2.1, 4e-14), np.complex(5.2, 3e-15)]), 1000).tolist(); // [2.1, 5.2]
 */
export function realIfClose(
  a: ArrayInput,
  tol: number | { readonly tol?: number | undefined } = 100,
): NDArray {
  const x: NDArray = arrayFrom(a);
  if (x.dtype.kind !== "c") return x;
  const given = typeof tol === "number" ? tol : (optionsFrom(tol, "realIfClose").tol ?? 100);
  const limit = given > 1 ? finfo(x.dtype).eps * given : given;
  const near = reduceUfunc(logicalAnd.core, less(absolute(imag(x)), limit), { axis: null });
  return near ? real(x) : x;
}
