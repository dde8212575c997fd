/**
 * The kernels of arcsinh, arccosh and arctanh: logarithms of sums that are kept as pairs, so that near 1, where the
 * logarithm is small, nothing of them is lost.
 */

import type { Expr } from "../../wasm/fn.ts";
import { complexArccosh, complexArcsinh, complexArctanh } from "./complex-hyperbolic.ts";
import { withComplex } from "./complex-trig.ts";
import type { Doubles, Pair } from "./doubles.ts";
import type { Kernels } from "./lanes.ts";
import { logOfSum, logSingle, withSpecials } from "./log-core.ts";
import { longKernels } from "./long-loop.ts";

/** From here on √(x² ± 1) is x. */
const LARGE = 2 ** 28;

/** log(u + low), times two where `doubled` says so. */
function logOf(v: Doubles, [u, low]: Pair, doubled: Expr): Expr {
  return withSpecials(v, u, (above, bias) => {
    const [hi, lo] = logOfSum(v, above, v.sub(bias, v.and(doubled, v.of(1))), low);
    return v.add(hi, lo);
  });
}

/** log(x + √(x² + c)) of x ≥ 0. */
function logWithRoot(v: Doubles, x: Expr, c: 1 | -1): Expr {
  const large = v.is(x, "ge", LARGE);
  const near = v.choose(large, 1, x);
  const [square, squareLow] = v.square(near);
  const [inside, insideLow] = v.sum(square, c);
  const [root, rootLow] = v.root([inside, v.add(insideLow, squareLow)]);
  const [u, low] = v.sum(near, root);
  return logOf(v, [v.choose(large, x, u), v.without(v.add(low, rootLow), large)], large);
}

/** @internal The kernels of `arcsinh`. */
export const arcsinhKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(
    1,
    (v, x) => v.withSign(logWithRoot(v, v.abs(x), 1), x),
    (v, x) => {
      const a = v.abs(x);
      const square = v.mul(x, x);
      const far = logOfDouble(v, v.add(a, v.sqrt(v.add(square, 1))));
      const odd = v.mul(v.mul(a, square), v.polynomial(square, [-1 / 6, 3 / 40, -5 / 112]));
      return v.withSign(v.choose(v.is(a, "lt", 0.02), v.add(a, odd), far), x);
    },
  ),
  complexArcsinh,
);

function logOfDouble(v: Doubles, x: Expr): Expr {
  return withSpecials(v, x, (above, bias) => logSingle(v, above, bias));
}

/** @internal The kernels of `arccosh`. */
export const arccoshKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(
    1,
    (v, x) => v.choose(v.is(x, "ge", 1), logWithRoot(v, x, -1), Number.NaN),
    (v, x) => {
      const sum = v.add(x, v.sqrt(v.mul(v.sub(x, 1), v.add(x, 1))));
      return logOfDouble(v, v.choose(v.is(x, "ge", 1), sum, Number.NaN));
    },
  ),
  complexArccosh,
);

/** ½·log(1 + 2x/(1 − x)) of x ≥ 0. */
function arctanhPositive(v: Doubles, x: Expr): Expr {
  const [q, rest] = v.quotient([v.add(x, x), v.of(0)], v.fastSum(1, v.neg(x)));
  const [u, low] = v.sum(1, q);
  return v.mul(0.5, logOf(v, [u, v.add(low, rest)], v.of(0)));
}

/** @internal The kernels of `arctanh`. */
export const arctanhKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(
    1,
    (v, x) => v.withSign(arctanhPositive(v, v.abs(x)), x),
    (v, x) => {
      const far = v.mul(0.5, logOfDouble(v, v.div(v.add(1, x), v.sub(1, x))));
      const square = v.mul(x, x);
      const odd = v.mul(v.mul(x, square), v.polynomial(square, [1 / 3, 1 / 5, 1 / 7]));
      return v.choose(v.is(v.abs(x), "lt", 0.02), v.add(x, odd), far);
    },
  ),
  complexArctanh,
);
