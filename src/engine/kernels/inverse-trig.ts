/** The kernels of the inverses of sine and cosine. */

import type { Expr } from "../../wasm/fn.ts";
import { complexArccos, complexArcsin, withComplex } from "./complex-trig.ts";
import type { Doubles } from "./doubles.ts";
import type { Kernels } from "./lanes.ts";
import { longKernels } from "./long-loop.ts";

/**
 * (arcsin s / s − 1) as z·P(z)/Q(z) with z = s², for s ≤ 1/2; 2^-58 off at most. The coefficients are those of fdlibm
 * (e_asin.c, Sun Microsystems 1993), which nearly every library of mathematics has.
 */
const OVER = [
  1.6666666666666666e-1, -3.255658186224009e-1, 2.0121253213486293e-1, -4.0055534500679411e-2,
  7.915349942898145e-4, 3.479331075960212e-5,
];
const UNDER = [1, -2.403394911734414, 2.0209457602335057, -6.882839716054533e-1, 7.7038150555901935e-2];

/** arcsin s / s for s ≤ 1/2 in powers of s²; 2^-31 off at most. */
const SHORT = [
  1.00000000026066, 0.1666665676981539, 0.07500612239350014, 0.044501700419128966, 0.03191148081792289,
  0.014101575367053113, 0.03793608891304798,
];

const PIO2_HI = Math.PI / 2;
const PIO2_LO = 6.123233995736766e-17;
/** The upper half of a float64. */
const UPPER_WORD = -(1n << 32n);

/**
 * What both functions begin with. Up to 1/2 it is s = |x|; beyond, arcsin |x| = π/2 − 2·arcsin s and arccos |x| = 2·arcsin s
 * with s = √((1 − |x|)/2). Then arcsin s = s + `rest`, where s is the sum of `hi`, whose square is exact, and `lo`.
 */
interface Halved {
  readonly size: Expr;
  readonly small: Expr;
  readonly s: Expr;
  readonly hi: Expr;
  readonly lo: Expr;
  readonly rest: Expr;
}

function halve(v: Doubles, x: Expr): Halved {
  const size = v.abs(x);
  const small = v.is(size, "le", 0.5);
  const half = v.mul(v.sub(1, size), 0.5);
  const z = v.choose(small, v.mul(size, size), half);
  const root = v.sqrt(half);
  const s = v.choose(small, size, root);
  const hi = v.and(root, v.bits(UPPER_WORD));
  // √half = hi + lo; where it is 0, the sum below must not be.
  const lo = v.div(v.sub(half, v.mul(hi, hi)), v.add(v.add(root, hi), 1e-300));
  const ratio = v.div(v.mul(z, v.polynomial(z, OVER)), v.polynomial(z, UNDER));
  return { size, small, s, hi, lo, rest: v.mul(s, ratio) };
}

function arcsin(v: Doubles, x: Expr): Expr {
  const { size, small, hi, lo, rest } = halve(v, x);
  const near = v.add(size, rest);
  const lead = v.sub(PIO2_HI, v.add(hi, hi));
  const cut = v.sub(v.add(v.add(rest, rest), v.add(lo, lo)), PIO2_LO);
  return v.withSign(v.choose(small, near, v.sub(lead, cut)), x);
}

function arccos(v: Doubles, x: Expr): Expr {
  const { size, small, hi, lo, rest } = halve(v, x);
  const negative = v.is(x, "lt", 0);
  // π/2 − (x + rest·sign x), and what rounding cuts off of the first difference.
  const [near, cut] = v.fastSum(PIO2_HI, v.neg(x));
  const nearRest = v.add(cut, v.sub(PIO2_LO, v.withSign(rest, x)));
  // 2·arcsin s, or π less that.
  const sign = v.and(negative, v.bits(-(1n << 63n)));
  const lead = v.add(v.and(negative, Math.PI), v.xor(v.add(hi, hi), sign));
  const twice = v.add(v.add(rest, rest), v.add(lo, lo));
  const far = v.add(v.and(negative, 2 * PIO2_LO), v.xor(twice, sign));
  const y = v.add(v.choose(small, near, lead), v.choose(small, nearRest, far));
  return v.choose(v.is(size, "le", 1), y, Number.NaN);
}

/** s, and arcsin s, to some 30 digits. */
function halveShort(v: Doubles, x: Expr): { small: Expr; angle: Expr } {
  const size = v.abs(x);
  const small = v.is(size, "le", 0.5);
  const half = v.mul(v.sub(1, size), 0.5);
  const z = v.choose(small, v.mul(size, size), half);
  const s = v.choose(small, size, v.sqrt(half));
  return { small, angle: v.mul(s, v.polynomial(z, SHORT)) };
}

function shortArcsin(v: Doubles, x: Expr): Expr {
  const { small, angle } = halveShort(v, x);
  return v.withSign(v.choose(small, angle, v.sub(PIO2_HI, v.add(angle, angle))), x);
}

function shortArccos(v: Doubles, x: Expr): Expr {
  const { small, angle } = halveShort(v, x);
  const negative = v.is(x, "lt", 0);
  const sign = v.and(negative, v.bits(-(1n << 63n)));
  const twice = v.add(v.and(negative, Math.PI), v.xor(v.add(angle, angle), sign));
  return v.choose(small, v.sub(PIO2_HI, v.xor(angle, sign)), twice);
}

/** @internal The kernels of `arcsin`. */
export const arcsinKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(1, arcsin, shortArcsin),
  complexArcsin,
);
/** @internal The kernels of `arccos`. */
export const arccosKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(1, arccos, shortArccos),
  complexArccos,
);
