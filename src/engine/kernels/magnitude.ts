/** The kernels of absolute value, sign and reciprocal. */

import { type Expr, type Fn, f32, f64, op, select } from "../../wasm/fn.ts";
import { reciprocalComplex } from "./complex.ts";
import { lengthKernel, lengthOf } from "./complex-length.ts";
import { copyKernel } from "./copy.ts";
import {
  elementKernel,
  every,
  type Kernels,
  kernels,
  type Lane,
  noLoop,
  scalar,
  scalarValue,
  vector,
  vectorKernel,
} from "./lanes.ts";

/** @internal The kernels of `absolute`: of a complex number its length. The smallest integer stays what it is. */
export const absoluteKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "c") return lengthKernel(x);
  if (x.kind === "b" || x.kind === "u") return copyKernel(x);
  return vectorKernel(loop, (fn, a) =>
    x.kind === "h" ? op("v128.and", a, every(fn, x, 0x7fff)) : vector(x, "abs", a),
  );
}, "bits");

/** @internal The kernels of `fabs`. */
export const fabsKernel: Kernels = absoluteKernel;

/** @internal The kernels of `sign`: −1, 0, 1 or NaN, and z / |z| of a complex number. */
export const signKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "c") return elementKernel(loop, (fn, re, im) => signOfComplex(fn, x, re, im));
  return vectorKernel(loop, (fn, a) => {
    const zero = every(fn, x, 0);
    if (x.kind === "u") return op("v128.and", vector(x, "ne", a, zero), every(fn, x, 1));
    if (x.kind === "i") return vector(x, "sub", vector(x, "lt_s", a, zero), vector(x, "gt_s", a, zero));
    const above = op("v128.and", vector(x, "gt", a, zero), every(fn, x, 1));
    const below = op("v128.and", vector(x, "lt", a, zero), every(fn, x, -1));
    return op("v128.bitselect", a, op("v128.or", above, below), vector(x, "ne", a, a));
  });
});

/** z / |z|. Where the length is infinite an infinite part counts alone; two of them have no direction. */
function signOfComplex(fn: Fn, x: Lane, re: Expr, im: Expr): Expr[] {
  const length = fn.let(lengthOf(fn, x, re, im));
  const parts = [fn.let(re), fn.let(im)] as const;
  const infinity = x.scalar === "f64" ? f64(Number.POSITIVE_INFINITY) : f32(Number.POSITIVE_INFINITY);
  const [zero, one] = [scalarValue(x, 0), scalarValue(x, 1)];
  const isInfinite = (part: Expr) => scalar(x, "eq", scalar(x, "abs", part), infinity);
  fn.if(scalar(x, "eq", length, infinity), () => {
    const real = fn.let(isInfinite(re));
    fn.set(length, select(op("i32.and", real, isInfinite(im)), scalar(x, "div", zero, zero), one));
    fn.set(parts[0], select(real, scalar(x, "copysign", one, re), zero));
    fn.set(parts[1], select(real, zero, scalar(x, "copysign", one, im)));
  });
  fn.if(scalar(x, "eq", length, zero), () => {
    for (const part of parts) fn.set(part, zero);
    fn.set(length, one);
  });
  // A length that is NaN makes both parts NaN.
  return parts.map((part) => scalar(x, "div", part, length));
}

/** @internal The kernels of `reciprocal`. Of integers only 1 and −1 have one; the others give 0. */
export const reciprocalKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "b") return noLoop(loop);
  if (x.kind === "c") return elementKernel(loop, (fn, re, im) => reciprocalComplex(fn, x, re, im));
  return vectorKernel(loop, (fn, a) => {
    if (x.kind === "f") return vector(x, "div", every(fn, x, 1), a);
    const size = x.kind === "i" ? vector(x, "abs", a) : a;
    const units = op("v128.and", a, vector(x, "eq", size, every(fn, x, 1)));
    if (x.kind === "u" || x.bytes < 4) return units;
    // 1 / 0 is what a processor makes of an infinity that is cut to an integer.
    const smallest = every(fn, x, x.bytes === 4 ? -(2 ** 31) : -(2n ** 63n));
    return op("v128.or", units, op("v128.and", vector(x, "eq", a, every(fn, x, 0)), smallest));
  });
});
