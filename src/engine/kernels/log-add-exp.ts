/** The kernels of `logaddexp` and `logaddexp2`. */

import type { Expr } from "../../wasm/fn.ts";
import type { Doubles } from "./doubles.ts";
import { expPair } from "./exp.ts";
import type { Kernels } from "./lanes.ts";
import { aboveLeast, BIAS, logOfSum } from "./log-core.ts";
import { longKernels } from "./long-loop.ts";

/**
 * log(e^a + e^b) = m + log(1 + e^d), m being the larger of the two and d minus their distance. Everything but m is kept as
 * pairs, for where m and the logarithm nearly cancel.
 */
function logAddExp(v: Doubles, a: Expr, b: Expr, base: "e" | "two"): Expr {
  const larger = v.choose(v.is(a, "ge", b), a, b);
  const smaller = v.choose(v.is(a, "ge", b), b, a);
  const [difference, rest] = v.sum(smaller, v.neg(larger));
  const equal = v.is(a, "eq", b);
  const d = v.choose(equal, 0, difference);
  const [e, eLow] = expPair(v, d, v.choose(v.is(rest, "eq", rest), rest, 0), base);
  const [u, uLow] = v.sum(1, e);
  const [hi, lo] = logOfSum(v, aboveLeast(v, u), v.of(BIAS), v.add(uLow, eLow), base);
  const [sum, lost] = v.sum(larger, hi);
  const result = v.add(sum, v.add(lost, lo));
  const infinite = v.is(v.abs(larger), "eq", Number.POSITIVE_INFINITY);
  return v.choose(v.is(d, "ne", d), d, v.choose(infinite, larger, result));
}

function kernelsIn(base: "e" | "two"): Kernels {
  const body = (v: Doubles, a: Expr, b: Expr) => logAddExp(v, a, b, base);
  return longKernels(2, body, body);
}

/** @internal The kernels of `logaddexp`. */
export const logaddexpKernel: Kernels = /* @__PURE__ */ kernelsIn("e");

/** @internal The kernels of `logaddexp2`. */
export const logaddexp2Kernel: Kernels = /* @__PURE__ */ kernelsIn("two");
