/** The kernels of roots: sqrt, cbrt and hypot. */

import { type Expr, op, shuffle } from "../../wasm/fn.ts";
import { complexSqrt } from "./complex-power.ts";
import { withComplex } from "./complex-trig.ts";
import type { Doubles } from "./doubles.ts";
import { Floats } from "./floats.ts";
import { hypotOf, hypotOfSingles } from "./hypot.ts";
import { type Kernels, kernels, noLoop, vector, vectorKernel } from "./lanes.ts";
import { longKernels, longKernelsWithSingles } from "./long-loop.ts";

/** The upper words of x^(-1/3) are about this less a third of those of x: 13 % off at most. */
const GUESS = 1430200000;

/** Bytes of a shuffle: the upper half in place of the lower one, and the lower halves of two vectors. */
const UPPER = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const BOTH = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

/** x^(-1/3) to some 45 digits, for x normal and positive. */
function inverseCubeRoot(v: Doubles, x: Expr): Expr {
  const word = v.sub(v.or(v.shiftRight(x, 32), v.bits(0x4330n << 48n)), 2 ** 52);
  const guess = v.add(v.sub(GUESS, v.mul(word, 1 / 3)), 2 ** 52);
  const y0 = v.shiftLeft(guess, 32);
  const error = (y: Expr) => v.sub(1, v.mul(v.mul(x, y), v.mul(y, y)));
  const e0 = error(y0);
  const series = [1 / 3, 2 / 9, 14 / 81, 35 / 243, 91 / 729];
  const y1 = v.add(y0, v.mul(v.mul(y0, e0), v.polynomial(e0, series)));
  const e1 = error(y1);
  return v.add(y1, v.mul(v.mul(y1, e1), v.polynomial(e1, [1 / 3, 2 / 9])));
}

/** The cube root: 26 digits of it, whose cube is subtracted exactly, and one step of Newton's. */
function cbrtNormal(v: Doubles, x: Expr): Expr {
  const y = inverseCubeRoot(v, x);
  const y2 = v.mul(y, y);
  const t = v.and(v.addBits(v.mul(x, y2), v.bits(1n << 26n)), v.bits(-(1n << 27n)));
  const [square, low] = v.split(v.mul(t, t));
  const rest = v.sub(v.sub(x, v.mul(square, t)), v.mul(low, t));
  const step = v.mul(rest, v.mul(y2, 1 / 3));
  return v.add(t, v.add(step, v.mul(v.mul(step, step), y)));
}

function cbrt(v: Doubles, x: Expr): Expr {
  const a = v.variable(v.abs(x), x);
  const normal = v.and(v.is(a, "ge", 2 ** -1022), v.is(a, "lt", Number.POSITIVE_INFINITY));
  const rare = v.fn.let(v.any(v.not(normal)));
  v.fn.if(rare, () => v.set(a, v.choose(normal, a, v.mul(a, 2 ** 54))));
  const y = v.variable(cbrtNormal(v, a), a);
  v.fn.if(rare, () => {
    const small = v.and(v.is(v.abs(x), "lt", 2 ** -1022), v.is(x, "ne", 0));
    // 0, an infinity and NaN are their own roots.
    v.set(y, v.choose(normal, y, v.choose(small, v.mul(y, 2 ** -18), x)));
  });
  return v.withSign(y, x);
}

/** The same for the upper 23 bits of a float32: x·y³ is a tenth off at most. */
const SHORT_GUESS = 0x54a1f000 / 256;

/** x^(-1/3) of float32 to some 15 digits. */
function shortInverse(v: Floats, x: Expr): Expr {
  const word = v.sub(v.or(v.shiftRight(x, 8), 2 ** 23), 2 ** 23);
  const y = v.shiftLeft(v.sub(SHORT_GUESS + 2 ** 23, v.mul(word, 1 / 3)), 8);
  const error = v.sub(1, v.mul(v.mul(x, y), v.mul(y, y)));
  return v.add(y, v.mul(v.mul(y, error), v.polynomial(error, [1 / 3, 2 / 9, 14 / 81])));
}

/** One step to the cube root in float64: with t = x·y² and e = 1 − t·y, it is t·(1 + ⅔·e + …). */
function stepOf(wide: Floats, x: Expr, y: Expr): Expr {
  const t = wide.mul(x, wide.mul(y, y));
  return wide.add(t, wide.mul(t, wide.mul(wide.sub(1, wide.mul(t, y)), 2 / 3)));
}

function cbrtOfSingles(v: Floats, x: Expr): Expr {
  const a = v.variable(v.abs(x), x);
  const normal = v.and(v.is(a, "ge", 2 ** -126), v.is(a, "lt", Number.POSITIVE_INFINITY));
  const rare = v.fn.let(v.any(v.not(normal)));
  v.fn.if(rare, () => v.set(a, v.choose(normal, a, v.mul(a, 2 ** 24))));
  const inverse = shortInverse(v, a);
  const wide = new Floats(v.fn, "f64x2");
  const half = (from: (x: Expr) => Expr) => {
    const widened = (z: Expr) => v.map((all) => op("f64x2.promote_low_f32x4", from(all!)), z);
    return v.map((z) => op("f32x4.demote_f64x2_zero", z!), stepOf(wide, widened(a), widened(inverse)));
  };
  const [low, high] = [half((z) => z), half((z) => shuffle(z, z, UPPER))];
  const y = v.map((lo, hi) => shuffle(lo!, hi!, BOTH), low, high);
  v.fn.if(rare, () => {
    const small = v.and(v.is(v.abs(x), "lt", 2 ** -126), v.is(x, "ne", 0));
    v.set(y, v.choose(normal, y, v.choose(small, v.mul(y, 2 ** -8), x)));
  });
  return v.withSign(y, x);
}

/** @internal The kernels of `cbrt`: exact for cubes. */
export const cbrtKernel: Kernels = /* @__PURE__ */ longKernelsWithSingles(cbrt, cbrtOfSingles);

/** @internal The kernels of `hypot`. */
export const hypotKernel: Kernels = /* @__PURE__ */ longKernels(
  2,
  (v, x, y) => hypotOf(v.fn, x, y),
  (v, x, y) => hypotOfSingles(v.fn, x, y),
);

/** @internal The kernels of `sqrt`. */
export const sqrtKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ kernels((x, loop) =>
    x.kind === "f" ? vectorKernel(loop, (_, a) => vector(x, "sqrt", a)) : noLoop(loop),
  ),
  complexSqrt,
);
