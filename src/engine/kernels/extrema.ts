/**
 * The kernels of maximum and minimum, and of clip.
 *
 * maximum and minimum give NaN where one operand is NaN, fmax and fmin the other operand. Of two zeros the second is taken
 * (of float16 ones the first), as NumPy's vector loops do; a NaN in any part makes a complex number NaN.
 */

import { type Expr, type Fn, op } from "../../wasm/fn.ts";
import { compareComplex, compareVectors, type Parts } from "./compare.ts";
import { imaginaries, reals } from "./complex.ts";
import { bySign, type Kernels, kernels, type Lane, vector, vectorKernel } from "./lanes.ts";

type Side = "max" | "min";

/** @internal The kernels of `maximum`. */
export const maximumKernel: Kernels = /* @__PURE__ */ extremum("max", true);
/** @internal The kernels of `minimum`. */
export const minimumKernel: Kernels = /* @__PURE__ */ extremum("min", true);
/** @internal The kernels of `fmax`. */
export const fmaxKernel: Kernels = /* @__PURE__ */ extremum("max", false);
/** @internal The kernels of `fmin`. */
export const fminKernel: Kernels = /* @__PURE__ */ extremum("min", false);

function extremum(side: Side, propagates: boolean): Kernels {
  return kernels((x, loop) => {
    if (x.kind === "c") {
      return vectorKernel(loop, (fn, a, b) => complexExtremum(fn, x, side, propagates, a, b));
    }
    if (x.kind !== "f") return vectorKernel(loop, (fn, a, b) => wholeExtremum(fn, x, side, a, b));
    const first = loop.types.startsWith("e");
    return vectorKernel(loop, (_, a, b) =>
      first ? floatExtremum(x, side, propagates, b, a) : floatExtremum(x, side, propagates, a, b),
    );
  });
}

/** The larger or smaller of two vectors of integers or bools. */
export function wholeExtremum(fn: Fn, x: Lane, side: Side, a: Expr, b: Expr): Expr {
  if (x.bytes < 8) return bySign(x, side, a, b);
  return op("v128.bitselect", a, b, compareVectors(fn, x, side === "max" ? "gt" : "lt", a, b));
}

/**
 * The larger or smaller of two vectors of floats; `b` where they are equal. pmax(b, a) is `b < a ? a : b`, so `b` where one
 * is NaN: what is left is `a` where `a` is NaN, or, when NaN is not to win, where `b` is.
 */
export function floatExtremum(x: Lane, side: Side, propagates: boolean, a: Expr, b: Expr): Expr {
  const doubtful = propagates ? a : b;
  return op("v128.bitselect", a, vector(x, `p${side}`, b, a), vector(x, "ne", doubtful, doubtful));
}

function complexExtremum(fn: Fn, x: Lane, side: Side, propagates: boolean, a: Expr, b: Expr): Expr {
  const [p, q] = [partsOf(fn, x, a), partsOf(fn, x, b)];
  const inOrder = compareComplex(x, side === "max" ? "ge" : "le", p, q);
  return op("v128.bitselect", a, b, op("v128.or", isNaNComplex(x, propagates ? p : q), inOrder));
}

/** The parts of complex numbers, each in both of their places. */
function partsOf(fn: Fn, x: Lane, a: Expr): Parts {
  return [fn.let(reals(x, a)), fn.let(imaginaries(x, a))];
}

function isNaNComplex(x: Lane, parts: Parts): Expr {
  return compareComplex(x, "ne", parts, parts);
}

/** @internal The kernels of `clip(x, low, high)`: the minimum of `high` and the maximum of `x` and `low`. */
export const clipKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "c") {
    return vectorKernel(loop, (fn, a, low, high) =>
      complexBound(fn, x, "lt", fn.let(complexBound(fn, x, "gt", a, low)), high),
    );
  }
  if (x.kind !== "f") {
    return vectorKernel(loop, (fn, a, low, high) =>
      wholeExtremum(fn, x, "min", fn.let(wholeExtremum(fn, x, "max", a, low)), high),
    );
  }
  return vectorKernel(loop, (fn, a, low, high) =>
    floatExtremum(x, "min", true, fn.let(floatExtremum(x, "max", true, a, low)), high),
  );
});

/** One bound of a complex clip: unlike maximum it asks only `a` for NaN, and imaginary parts only where the real ones are equal. */
function complexBound(fn: Fn, x: Lane, relation: "gt" | "lt", a: Expr, b: Expr): Expr {
  const [p, q] = [partsOf(fn, x, a), partsOf(fn, x, b)];
  const [byReal, byImaginary] = [vector(x, relation, p[0], q[0]), vector(x, relation, p[1], q[1])];
  const inOrder = op("v128.bitselect", byImaginary, byReal, vector(x, "eq", p[0], q[0]));
  return op("v128.bitselect", a, b, op("v128.or", isNaNComplex(x, p), inOrder));
}
