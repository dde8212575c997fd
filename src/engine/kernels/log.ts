/** The kernels of the logarithms. */

import type { Expr } from "../../wasm/fn.ts";
import type { Doubles } from "./doubles.ts";
import type { Kernels } from "./lanes.ts";
import { logSeries, splitLog, withSpecials } from "./log-core.ts";
import { longKernels } from "./long-loop.ts";

/** log(x) of x positive and normal. */
function natural(v: Doubles, x: Expr, shift: Expr): Expr {
  const { whole, r } = splitLog(v, x, "e", shift);
  const [sum, rest] = v.fastSum(r[0], r[1]);
  const [hi, lo] = v.fastSum(whole[0], sum);
  const low = v.add(v.add(lo, rest), whole[1]);
  return v.add(hi, v.add(low, v.mul(v.mul(sum, sum), v.polynomial(sum, logSeries(6)))));
}

/** @internal The kernels of `log`. */
export const logKernel: Kernels = /* @__PURE__ */ longKernels(
  1,
  (v, x) => withSpecials(v, x, (z, shift) => natural(v, z, shift)),
  (v, x) => withSpecials(v, x, (z, shift) => natural(v, z, shift)),
);
