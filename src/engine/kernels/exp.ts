/** The kernels of the exponentials. */

import type { Expr } from "../../wasm/fn.ts";
import type { Doubles } from "./doubles.ts";
import { expRest, powerOfTwo, reduceExp } from "./exp-core.ts";
import type { Kernels } from "./lanes.ts";
import { longKernels } from "./long-loop.ts";

/**
 * scale + scale·rest, where k may lie outside of what the exponent of `scale` has room for: `calm` is the mask of the lanes
 * where it does not. There the factor comes in two steps, so that what is subnormal is rounded at the end.
 */
export function scaleUp(v: Doubles, scale: Expr, rest: Expr, calm: Expr, down: Expr): Expr {
  const { fn } = v;
  const y = fn.let(v.add(scale, v.mul(scale, rest)));
  fn.if(v.any(v.not(calm)), () => {
    const shift = v.choose(down, v.bits(1022n << 52n), v.bits(-(1009n << 52n)));
    const near = v.addBits(scale, shift);
    const far = v.choose(down, 2 ** -1022, 2 ** 1009);
    fn.set(y, v.mul(v.add(near, v.mul(near, rest)), far));
  });
  return y;
}

function exp(v: Doubles, x: Expr): Expr {
  const { k, r } = reduceExp(v, v.atMost(v.atLeast(x, -746), 710));
  const { scale, tail } = powerOfTwo(v, k);
  return scaleUp(v, scale, expRest(v, r, tail), v.is(v.abs(x), "lt", 708), v.is(x, "lt", 0));
}

/** exp(x) to some 38 digits, for results of 24. */
function expSingle(v: Doubles, x: Expr): Expr {
  const { k, r } = reduceExp(v, v.atMost(v.atLeast(x, -200), 200));
  const { scale } = powerOfTwo(v, k);
  const rest = v.add(r, v.mul(v.mul(r, r), v.polynomial(r, [1 / 2, 1 / 6])));
  return v.add(scale, v.mul(scale, rest));
}

/** @internal The kernels of `exp`. */
export const expKernel: Kernels = /* @__PURE__ */ longKernels(1, exp, expSingle);
