/**
 * The kernels of maximum and minimum, and of clip.
 *
 * maximum and minimum give NaN where one operand is NaN, fmax and fmin the other operand. Of two zeros the second is taken
 * (of float16 ones the first), as NumPy's vector loops do; a NaN in any part makes a complex number NaN.
 */

import { type Expr, type Fn, op, select } from "../../wasm/fn.ts";
import { compareComplex, compareVectors } from "./compare.ts";
import {
  bySign,
  elementKernel,
  type Kernels,
  kernels,
  type Lane,
  scalar,
  vector,
  vectorKernel,
} from "./lanes.ts";

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
      return elementKernel(loop, (fn, ar, ai, br, bi) =>
        complexExtremum(fn, x, side, propagates, [ar, ai, br, bi]),
      );
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

type Pair = readonly [ar: Expr, ai: Expr, br: Expr, bi: Expr];

function complexExtremum(fn: Fn, x: Lane, side: Side, propagates: boolean, [ar, ai, br, bi]: Pair): Expr[] {
  const inOrder = compareComplex(x, side === "max" ? "ge" : "le", [ar, ai], [br, bi]);
  const isNaN = propagates ? isNaNComplex(x, ar, ai) : isNaNComplex(x, br, bi);
  const keep = fn.let(op("i32.or", isNaN, inOrder));
  return [select(keep, ar, br), select(keep, ai, bi)];
}

function isNaNComplex(x: Lane, re: Expr, im: Expr): Expr {
  return op("i32.or", scalar(x, "ne", re, re), scalar(x, "ne", im, im));
}

/** @internal The kernels of `clip(x, low, high)`: the minimum of `high` and the maximum of `x` and `low`. */
export const clipKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "c") {
    return elementKernel(loop, (fn, re, im, lowRe, lowIm, highRe, highIm) => {
      const parts = complexBound(fn, x, "gt", [re, im, lowRe, lowIm]).map((part) => fn.let(part));
      return complexBound(fn, x, "lt", [parts[0]!, parts[1]!, highRe, highIm]);
    });
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
function complexBound(fn: Fn, x: Lane, relation: "gt" | "lt", [ar, ai, br, bi]: Pair): Expr[] {
  const ordered = select(scalar(x, "eq", ar, br), scalar(x, relation, ai, bi), scalar(x, relation, ar, br));
  const keep = fn.let(op("i32.or", isNaNComplex(x, ar, ai), ordered));
  return [select(keep, ar, br), select(keep, ai, bi)];
}
