/** The kernels of the logarithms. */

import type { Expr } from "../../wasm/fn.ts";
import type { Doubles } from "./doubles.ts";
import type { Kernels } from "./lanes.ts";
import { logSeries, splitLog, withSpecials } from "./log-core.ts";
import { longKernels } from "./long-loop.ts";

/**
 * log of what `above` stands for. Where the table gives 1, so that the first part is 0, r is exact; elsewhere the result is
 * larger than it, and its rounding costs a quarter of an ulp at most.
 */
function natural(v: Doubles, above: Expr, bias: Expr): Expr {
  const { whole, r } = splitLog(v, above, "e", bias);
  const sum = v.add(r[0], r[1]);
  const [hi, lo] = v.fastSum(whole[0], sum);
  const low = v.add(lo, whole[1]);
  const square = v.mul(sum, sum);
  return v.add(hi, v.add(low, v.mul(square, v.polynomial(sum, logSeries(6), square))));
}

/** @internal The kernels of `log`. */
export const logKernel: Kernels = /* @__PURE__ */ longKernels(
  1,
  (v, x) => withSpecials(v, x, (above, bias) => natural(v, above, bias)),
  (v, x) => withSpecials(v, x, (above, bias) => natural(v, above, bias)),
);
