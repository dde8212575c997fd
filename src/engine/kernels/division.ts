/**
 * The kernels of division that gives whole numbers: floorDivide, remainder, divmod, which round down, and fmod, which rounds
 * toward 0. Integers give 0 for a division by zero, and the smallest integer over −1 wraps to itself.
 */

import { type Expr, type Fn, f32, f64, type Local, op, select } from "../../wasm/fn.ts";
import { fmodOf } from "./fmod.ts";
import {
  elementKernel,
  type Kernels,
  kernels,
  type Lane,
  scalar,
  scalarValue,
  vectorKernel,
} from "./lanes.ts";
import { divideVectors } from "./quotient.ts";

type Division = [quotient: Expr, remainder: Expr];

/** @internal The kernels of `floorDivide`. */
export const floorDivideKernel: Kernels = /* @__PURE__ */ division((quotient) => [quotient]);

/** @internal The kernels of `remainder`, which has the sign of the divisor. */
export const remainderKernel: Kernels = /* @__PURE__ */ division((_, remainder) => [remainder]);

/** @internal The kernels of `divmod`. */
export const divmodKernel: Kernels = /* @__PURE__ */ division((quotient, remainder) => [quotient, remainder]);

/** The kernels of a division that rounds down, and what of it they give. */
function division(pick: (quotient: Expr, remainder: Expr) => Expr[]): Kernels {
  return kernels((x, loop) =>
    hasVectors(x)
      ? vectorKernel(loop, (fn, a, b) => pick(...divideVectors(fn, x, "floor", a, b)))
      : elementKernel(loop, (fn, a, b) => pick(...floorDivision(fn, x, a, b))),
  );
}

function hasVectors(x: Lane): boolean {
  return x.kind !== "f" && x.bytes < 8;
}

/** @internal The kernels of `fmod`, which has the sign of the dividend. */
export const fmodKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (hasVectors(x)) return vectorKernel(loop, (fn, a, b) => divideVectors(fn, x, "trunc", a, b)[1]);
  return elementKernel(loop, (fn, a, b) => {
    if (x.kind === "f") return fmodFloat(fn, x, a, b);
    // Modulo 1 everything is 0.
    return bySign(x, "rem", a, select(scalar(x, "eqz", b), scalarValue(x, 1), b));
  });
});

function bySign(x: Lane, name: "div" | "rem", a: Expr, b: Expr): Expr {
  return scalar(x, `${name}_${x.kind === "i" ? "s" : "u"}`, a, b);
}

function floorDivision(fn: Fn, x: Lane, a: Expr, b: Expr): Division {
  if (x.kind === "f") return floorFloats(fn, x, a, b);
  return x.kind === "i" ? floorSigned(fn, x, a, b) : floorUnsigned(fn, x, a, b);
}

function floorUnsigned(fn: Fn, x: Lane, a: Expr, b: Expr): Division {
  const zero = fn.let(scalar(x, "eqz", b));
  const divisor = fn.let(select(zero, scalarValue(x, 1), b));
  const quotient = fn.let(bySign(x, "div", a, divisor));
  const remainder = scalar(x, "sub", a, scalar(x, "mul", quotient, divisor));
  return [select(zero, scalarValue(x, 0), quotient), remainder];
}

/** Division by 0 and by −1 traps or may trap: both are done by 1, with the quotient mended. */
function floorSigned(fn: Fn, x: Lane, a: Expr, b: Expr): Division {
  const [zero, one] = [scalarValue(x, 0), scalarValue(x, 1)];
  const divisor = fn.let(select(scalar(x, "le_u", scalar(x, "add", b, one), one), one, b));
  const quotient = fn.let(bySign(x, "div", a, divisor));
  const remainder = fn.let(scalar(x, "sub", a, scalar(x, "mul", quotient, divisor)));
  fn.set(
    quotient,
    select(
      scalar(x, "eq", divisor, b),
      quotient,
      select(scalar(x, "eqz", b), zero, scalar(x, "sub", zero, quotient)),
    ),
  );
  // No branch: signs of operands are often mixed.
  const apart = scalar(x, "lt_s", scalar(x, "xor", remainder, b), zero);
  const down = fn.let(op("i32.and", scalar(x, "ne", remainder, zero), apart));
  return [
    scalar(x, "sub", quotient, op("i64.extend_i32_u", down)),
    scalar(x, "add", remainder, select(down, b, zero)),
  ];
}

/** fmod of floats; of float32 in float64, where it is exact and fits. */
function fmodFloat(fn: Fn, x: Lane, a: Expr, b: Expr): Expr {
  if (x.scalar === "f64") return fmodOf(fn, a, b);
  const wide = [a, b].map((value) => fn.let(op("f64.promote_f32", value))) as [Local, Local];
  return op("f32.demote_f64", fmodOf(fn, ...wide));
}

/** The quotient and remainder of floats in the steps of Python, each rounded: what NumPy's divmod gives to the bit. */
function floorFloats(fn: Fn, x: Lane, a: Expr, b: Expr): Division {
  const on = (name: string, ...operands: readonly Expr[]) => scalar(x, name, ...operands);
  const value = x.scalar === "f64" ? f64 : f32;
  const remainder = fn.let(fmodFloat(fn, x, a, b));
  const quotient = fn.let(on("div", a, b));
  fn.if(on("ne", b, value(0)), () => {
    const whole = fn.let(on("div", on("sub", a, remainder), b));
    fn.if(
      on("ne", remainder, value(0)),
      () => {
        const apart = op("i32.ne", on("lt", b, value(0)), on("lt", remainder, value(0)));
        fn.if(apart, () => {
          fn.set(remainder, on("add", remainder, b));
          fn.set(whole, on("sub", whole, value(1)));
        });
      },
      () => fn.set(remainder, on("copysign", value(0), b)),
    );
    fn.if(
      on("ne", whole, value(0)),
      () => {
        const floor = fn.let(on("floor", whole));
        const up = on("gt", on("sub", whole, floor), value(0.5));
        fn.set(quotient, select(up, on("add", floor, value(1)), floor));
      },
      () => fn.set(quotient, on("copysign", value(0), quotient)),
    );
  });
  return [quotient, remainder];
}
