import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { finfo } from "../dtype/limits.ts";
import type { DType } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { i0Kernel } from "../engine/kernels/bessel.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import type { QuotientOf, UnaryCall } from "../engine/ufunc-types.ts";
import { DTypeError } from "../errors.ts";
import { arrayFrom } from "./input.ts";
import { divide, multiply } from "./ufuncs-arithmetic.ts";
import { sin } from "./ufuncs-trigonometric.ts";
import { where } from "./where.ts";

/**
 * sin(πx)/(πx), which is 1 at 0. Returns a copy.
 *
 * @example
 * np.sinc([0, 0.5]).tolist(); // [1, 2 / Math.PI]
 */
export function sinc<V extends ArrayInput>(x: V): NDArray<QuotientOf<Extract<DTypeOfInput<V>, DType>>> {
  const turned: NDArray = multiply(arrayFrom(x) as NDArray, Math.PI);
  const tiny = turned.dtype.kind === "f" ? finfo(turned.dtype).eps : 1e-20;
  const y: NDArray = where(turned, turned, tiny);
  return divide(sin(y), y) as never;
}

const bessel: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "i0",
  nin: 1,
  loops: "n->n: efd",
  kernel: i0Kernel,
});

/**
 * The modified Bessel function of the first kind of order 0. Integers become float64. Returns a copy.
 *
 * @throws DTypeError for complex numbers.
 * @example
 * np.i0([0, 1]).tolist(); // [1, 1.2660658777520082]
 */
export function i0<V extends ArrayInput>(x: V): NDArray<QuotientOf<Extract<DTypeOfInput<V>, DType>>> {
  const a: NDArray = arrayFrom(x);
  if (a.dtype.kind === "c")
    throw new DTypeError("i0: there is none for complex numbers; take the real parts");
  return bessel(a.dtype.kind === "f" ? a : workingCopy(a, plain.float64, "K", "i0")) as never;
}
