/** The kernels of +, −, ×, ÷ and of what needs one operand: negative, square, reciprocal and their kin. */

import { type Expr, type Fn, i32, op } from "../../wasm/fn.ts";
import { conjugateComplex, divideComplex, multiplyComplex } from "./complex.ts";
import { copyKernel } from "./copy.ts";
import { elementKernel, type Kernels, kernels, type Lane, noLoop, vector, vectorKernel } from "./lanes.ts";

/** @internal The kernels of `add`. */
export const addKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  vectorKernel(loop, (_, a, b) => (x.kind === "b" ? op("v128.or", a, b) : vector(x, "add", a, b))),
);

/** @internal The kernels of `subtract`. */
export const subtractKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  x.kind === "b" ? noLoop(loop) : vectorKernel(loop, (_, a, b) => vector(x, "sub", a, b)),
);

/** @internal The kernels of `multiply`. */
export const multiplyKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  vectorKernel(loop, (fn, a, b) => product(fn, x, a, b)),
);

/** @internal The product of two vectors. */
export function product(fn: Fn, x: Lane, a: Expr, b: Expr): Expr {
  if (x.kind === "b") return op("v128.and", a, b);
  if (x.kind === "c") return multiplyComplex(fn, x, a, b);
  return x.bytes === 1 ? multiplyBytes(fn, a, b) : vector(x, "mul", a, b);
}

/** There is no product of bytes: those at even places are multiplied as halves, those at odd ones 8 bits further up. */
function multiplyBytes(fn: Fn, a: Expr, b: Expr): Expr {
  const low = fn.constant("i16x8", 0xff);
  const even = op("v128.and", op("i16x8.mul", a, b), low);
  const odd = op("i16x8.mul", op("i16x8.shr_u", a, i32(8)), op("v128.andnot", b, low));
  return op("v128.or", even, odd);
}

/** @internal The kernels of `divide`, of floats and complex numbers. */
export const divideKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "f") return vectorKernel(loop, (_, a, b) => vector(x, "div", a, b));
  if (x.kind !== "c") return noLoop(loop);
  return elementKernel(loop, (fn, ar, ai, br, bi) => divideComplex(fn, x, ar, ai, br, bi));
});

/** @internal The kernels of `negative`; unsigned integers wrap. */
export const negativeKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "b") return noLoop(loop);
  return vectorKernel(loop, (fn, a) => (x.kind === "h" ? op("v128.xor", a, signs(fn)) : vector(x, "neg", a)));
}, "bits");

/** The sign bits of float16 numbers. */
function signs(fn: Fn): Expr {
  return fn.constant("i16x8", 0x8000);
}

/** @internal The kernels of `positive`, which copies. */
export const positiveKernel: Kernels = /* @__PURE__ */ kernels((x) => copyKernel(x), "bits");

/** @internal The kernels of `conjugate`, which copies what is real. */
export const conjugateKernel: Kernels = /* @__PURE__ */ kernels(
  (x, loop) => (x.kind === "c" ? vectorKernel(loop, (fn, a) => conjugateComplex(fn, x, a)) : copyKernel(x)),
  "bits",
);

/** @internal The kernels of `square`. */
export const squareKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  vectorKernel(loop, (fn, a) => product(fn, x, a, a)),
);
