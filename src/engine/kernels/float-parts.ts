/** The kernels that look at what a float is made of: sign, exponent, significand, whether it is finite or a number. */

import { type Expr, type Fn, f64, i32, i64, type Local, op, select } from "../../wasm/fn.ts";
import { maskKernel } from "../../wasm/map.ts";
import { elementKernel, every, type Kernels, kernels, type Lane, vector, vectorKernel } from "./lanes.ts";

/** @internal The kernels of `isnan`. */
export const isnanKernel: Kernels = /* @__PURE__ */ question("gt", false);
/** @internal The kernels of `isinf`. */
export const isinfKernel: Kernels = /* @__PURE__ */ question("eq", false);
/** @internal The kernels of `isfinite`. */
export const isfiniteKernel: Kernels = /* @__PURE__ */ question("lt", true);

/**
 * How the bits without the sign compare with those of infinity: above it lies NaN. A complex number is NaN or infinite when a
 * part is, and finite when both are. `whole` is the answer for integers.
 */
function question(relation: "gt" | "eq" | "lt", whole: boolean): Kernels {
  return kernels((x) => {
    const ask = (fn: Fn, a: Expr): Expr => {
      if (x.kind === "h") return compareInfinityBits(fn, x, relation, a);
      if (x.kind === "f" || x.kind === "c") return compareInfinity(fn, x, relation, a);
      return whole ? vector(x, "eq", a, a) : op("v128.xor", a, a);
    };
    const join = relation === "lt" ? "v128.and" : "v128.or";
    const body = (fn: Fn, ...parts: Expr[]) =>
      parts.map((part) => ask(fn, part)).reduce((a, b) => op(join, a, b));
    return maskKernel(x.bytes, 1, body, x.parts);
  }, "bits");
}

function compareInfinity(fn: Fn, x: Lane, relation: "gt" | "eq" | "lt", a: Expr): Expr {
  if (relation === "gt") return vector(x, "ne", a, a);
  return vector(x, relation, vector(x, "abs", a), every(fn, x, Number.POSITIVE_INFINITY));
}

function compareInfinityBits(fn: Fn, x: Lane, relation: "gt" | "eq" | "lt", a: Expr): Expr {
  const magnitude = op("v128.and", a, every(fn, x, 0x7fff));
  return op(relation === "eq" ? "i16x8.eq" : `i16x8.${relation}_s`, magnitude, every(fn, x, 0x7c00));
}

/** The bit of the sign in every lane. */
function signBits(fn: Fn, x: Lane): Expr {
  if (x.bytes === 8) return fn.constant("i64x2", 1n << 63n);
  return x.bytes === 4 ? fn.constant("i32x4", -(2 ** 31)) : fn.constant("i16x8", 0x8000);
}

const wholes = { 1: "i8x16", 2: "i16x8", 4: "i32x4", 8: "i64x2" } as const;

/** @internal The kernels of `signbit`. */
export const signbitKernel: Kernels = /* @__PURE__ */ kernels((x) => {
  const shape = wholes[x.bytes];
  return maskKernel(x.bytes, 1, (fn, a) => op(`${shape}.lt_s`, a, fn.constant(shape, 0)));
}, "bits");

/** @internal The kernels of `copysign`. */
export const copysignKernel: Kernels = /* @__PURE__ */ kernels(
  (x, loop) => vectorKernel(loop, (fn, a, b) => op("v128.bitselect", b, a, signBits(fn, x))),
  "bits",
);

/** @internal The kernels of `modf`: the part behind the point and the whole one, both with the sign of the operand. */
export const modfKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  vectorKernel(loop, (fn, a) => {
    const whole = fn.let(vector(x, "trunc", a));
    const infinite = vector(x, "eq", vector(x, "abs", a), every(fn, x, Number.POSITIVE_INFINITY));
    const part = op("v128.andnot", vector(x, "sub", a, whole), infinite);
    return [op("v128.bitselect", a, part, signBits(fn, x)), whole];
  }),
);

/** Computes in float64 what is exact there, or rounded once on the way back. */
function inFloat64(x: Lane, value: Expr): Expr {
  return x.scalar === "f64" ? value : op("f64.promote_f32", value);
}

function fromFloat64(x: Lane, value: Expr): Expr {
  return x.scalar === "f64" ? value : op("f32.demote_f64", value);
}

/** @internal The kernels of `frexp`: a significand in [0.5, 1) and an exponent. */
export const frexpKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  elementKernel(loop, (fn, a) => {
    const value = fn.let(inFloat64(x, a));
    const exponent = fn.let(i32(0));
    const special = op("i32.or", op("f64.eq", value, f64(0)), isInfiniteOrNaN(value));
    fn.if(op("i32.eqz", special), () => {
      fn.if(op("f64.lt", op("f64.abs", value), f64(2 ** -1022)), () => {
        fn.set(value, op("f64.mul", value, f64(2 ** 54)));
        fn.set(exponent, i32(-54));
      });
      const bits = fn.let(op("i64.reinterpret_f64", value));
      const field = op("i64.and", op("i64.shr_u", bits, i64(52n)), i64(0x7ffn));
      fn.set(exponent, op("i32.add", exponent, op("i32.sub", op("i32.wrap_i64", field), i32(1022))));
      const rest = op("i64.and", bits, i64(~(0x7ffn << 52n)));
      fn.set(value, op("f64.reinterpret_i64", op("i64.or", rest, i64(1022n << 52n))));
    });
    return [fromFloat64(x, value), exponent];
  }),
);

function isInfiniteOrNaN(value: Expr): Expr {
  return op("i32.eqz", op("f64.lt", op("f64.abs", value), f64(Number.POSITIVE_INFINITY)));
}

/** @internal The kernels of `ldexp(x, n)`: x·2ⁿ, rounded once. */
export const ldexpKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  elementKernel(loop, (fn, a, n) => {
    const value = fn.let(inFloat64(x, a));
    const wide = fn.let(n.type === "i64" ? n : op("i64.extend_i32_s", n));
    // Beyond these everything is 0 or infinite. Float32 needs no more than 600 and stays normal in float64.
    const limit = x.scalar === "f64" ? 3000n : 600n;
    fn.set(wide, select(op("i64.gt_s", wide, i64(limit)), i64(limit), wide));
    fn.set(wide, select(op("i64.lt_s", wide, i64(-limit)), i64(-limit), wide));
    if (x.scalar === "f64") scaleTowards(fn, value, wide);
    const power = op("i64.shl", op("i64.add", wide, i64(1023n)), i64(52n));
    return fromFloat64(x, op("f64.mul", value, op("f64.reinterpret_i64", power)));
  }),
);

/** Scales until the rest is the exponent of a normal number: downwards with 53 bits to spare, so that only the last step rounds. */
function scaleTowards(fn: Fn, value: Local, n: Local): void {
  for (let round = 0; round < 2; round++) {
    fn.if(op("i64.gt_s", n, i64(1023n)), () => {
      fn.set(value, op("f64.mul", value, f64(2 ** 1023)));
      fn.set(n, op("i64.sub", n, i64(1023n)));
    });
    fn.if(op("i64.lt_s", n, i64(-1022n)), () => {
      fn.set(value, op("f64.mul", value, f64(2 ** -969)));
      fn.set(n, op("i64.add", n, i64(969n)));
    });
  }
  fn.set(n, select(op("i64.gt_s", n, i64(1023n)), i64(1023n), n));
  fn.set(n, select(op("i64.lt_s", n, i64(-1022n)), i64(-1022n), n));
}
