/** The kernels of the inverses of sine and cosine. */

import type { Expr } from "../../wasm/fn.ts";
import { complexArccos, complexArcsin, withComplex } from "./complex-trig.ts";
import type { Floats } from "./floats.ts";
import type { Kernels } from "./lanes.ts";
import { longKernelsWithSingles } from "./long-loop.ts";

/**
 * (arcsin s / s − 1) as z·P(z)/Q(z) with z = s², for s ≤ 1/2; 2^-58 off at most. The coefficients are those of fdlibm
 * (e_asin.c, Sun Microsystems 1993), which nearly every library of mathematics has.
 */
const OVER = [
  1.6666666666666666e-1, -3.255658186224009e-1, 2.0121253213486293e-1, -4.0055534500679411e-2,
  7.915349942898145e-4, 3.479331075960212e-5,
];
const UNDER = [1, -2.403394911734414, 2.0209457602335057, -6.882839716054533e-1, 7.7038150555901935e-2];

/** The same for float32, as a series alone; 2^-26 off at most. */
const SHORT = [
  0.16666673123836517, 0.07498855143785477, 0.045001380145549774, 0.026554541662335396, 0.03808502480387688,
];

/** What the two formats differ in: π/2 in two parts, the bits of a number whose square is exact, the bit of the sign. */
const formats = {
  f64x2: { pio2: [Math.PI / 2, 6.123233995736766e-17], upper: -(1n << 32n), sign: -(1n << 63n) },
  f32x4: { pio2: [1.5707963705062866, -4.371139000186241e-8], upper: -(1n << 12n), sign: -(1n << 31n) },
} as const;

/** (arcsin s / s − 1) with z = s², for s ≤ 1/2. */
function ratioOf(v: Floats, z: Expr): Expr {
  if (v.shape === "f32x4") return v.mul(z, v.polynomial(z, SHORT));
  return v.div(v.mul(z, v.polynomial(z, OVER)), v.polynomial(z, UNDER));
}

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

function halve(v: Floats, x: Expr): Halved {
  const size = v.abs(x);
  const small = v.is(size, "le", 0.5);
  const half = v.mul(v.sub(1, size), 0.5);
  const z = v.choose(small, v.mul(size, size), half);
  const root = v.sqrt(half);
  const s = v.choose(small, size, root);
  const hi = v.and(root, v.bits(formats[v.shape].upper));
  // √half = hi + lo; where it is 0, the sum below must not be.
  const lo = v.div(v.sub(half, v.mul(hi, hi)), v.add(v.add(root, hi), 1e-30));
  return { size, small, s, hi, lo, rest: v.mul(s, ratioOf(v, z)) };
}

function arcsin(v: Floats, x: Expr): Expr {
  const [half, halfLo] = formats[v.shape].pio2;
  const { size, small, hi, lo, rest } = halve(v, x);
  const near = v.add(size, rest);
  const lead = v.sub(half, v.add(hi, hi));
  const cut = v.sub(v.add(v.add(rest, rest), v.add(lo, lo)), halfLo);
  return v.withSign(v.choose(small, near, v.sub(lead, cut)), x);
}

function arccos(v: Floats, x: Expr): Expr {
  const { pio2, sign: bit } = formats[v.shape];
  const [quarter, quarterLo] = pio2;
  const { size, small, hi, lo, rest } = halve(v, x);
  const negative = v.is(x, "lt", 0);
  // π/2 − (x + rest·sign x), and what rounding cuts off of the first difference.
  const [near, cut] = v.fastSum(quarter, v.neg(x));
  const nearRest = v.add(cut, v.sub(quarterLo, v.withSign(rest, x)));
  // 2·arcsin s, or π less that.
  const sign = v.and(negative, v.bits(bit));
  const lead = v.add(v.and(negative, 2 * quarter), v.xor(v.add(hi, hi), sign));
  const twice = v.add(v.add(rest, rest), v.add(lo, lo));
  const far = v.add(v.and(negative, 2 * quarterLo), v.xor(twice, sign));
  const y = v.add(v.choose(small, near, lead), v.choose(small, nearRest, far));
  return v.choose(v.is(size, "le", 1), y, Number.NaN);
}

/** @internal The kernels of `arcsin`. */
export const arcsinKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernelsWithSingles(arcsin, arcsin),
  complexArcsin,
);
/** @internal The kernels of `arccos`. */
export const arccosKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernelsWithSingles(arccos, arccos),
  complexArccos,
);
