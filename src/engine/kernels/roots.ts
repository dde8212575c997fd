/** The kernels of roots: sqrt, cbrt and hypot. */

import type { Expr } from "../../wasm/fn.ts";
import { complexSqrt } from "./complex-power.ts";
import { withComplex } from "./complex-trig.ts";
import type { Doubles } from "./doubles.ts";
import { hypotOf, hypotOfSingles } from "./hypot.ts";
import { type Kernels, kernels, noLoop, vector, vectorKernel } from "./lanes.ts";
import { longKernels } from "./long-loop.ts";

/** The upper words of x^(-1/3) are about this less a third of those of x: 13 % off at most. */
const GUESS = 1430200000;

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
  const { fn } = v;
  const a = fn.let(v.abs(x));
  const normal = v.and(v.is(a, "ge", 2 ** -1022), v.is(a, "lt", Number.POSITIVE_INFINITY));
  const rare = fn.let(v.any(v.not(normal)));
  fn.if(rare, () => fn.set(a, v.choose(normal, a, v.mul(a, 2 ** 54))));
  const y = fn.let(cbrtNormal(v, a));
  fn.if(rare, () => {
    const small = v.and(v.is(v.abs(x), "lt", 2 ** -1022), v.is(x, "ne", 0));
    // 0, an infinity and NaN are their own roots.
    fn.set(y, v.choose(normal, y, v.choose(small, v.mul(y, 2 ** -18), x)));
  });
  return v.withSign(y, x);
}

function cbrtSingle(v: Doubles, x: Expr): Expr {
  const a = v.abs(x);
  const y = inverseCubeRoot(v, a);
  const own = v.or(v.is(x, "eq", 0), v.not(v.is(a, "lt", Number.POSITIVE_INFINITY)));
  return v.choose(own, x, v.withSign(v.mul(a, v.mul(y, y)), x));
}

/** @internal The kernels of `cbrt`: exact for cubes. */
export const cbrtKernel: Kernels = /* @__PURE__ */ longKernels(1, cbrt, cbrtSingle);

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
