/** The kernels of the logarithms. */

import type { Expr } from "../../wasm/fn.ts";
import { complexLog, complexLog1p, complexLog2, complexLog10 } from "./complex-exp.ts";
import { withComplex } from "./complex-trig.ts";
import type { Doubles } from "./doubles.ts";
import type { Kernels } from "./lanes.ts";
import {
  type BaseName,
  type Constant,
  INVERSE_LN2,
  INVERSE_LN10,
  logOfSum,
  logSeries,
  logSingle,
  splitLog,
  timesConstant,
  withSpecials,
} from "./log-core.ts";
import { longKernels, longKernelsWithSingles } from "./long-loop.ts";
import { logOfSingles } from "./singles.ts";

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

/** The same in another base, whose table has multiplied the rest: r alone is multiplied here, exactly. */
function inBase(v: Doubles, above: Expr, bias: Expr, name: BaseName, factor: Constant): Expr {
  const { whole, r } = splitLog(v, above, name, bias);
  const sum = v.add(r[0], r[1]);
  const [product, rest] = timesConstant(v, sum, factor);
  const [hi, lo] = v.fastSum(whole[0], product);
  const low = v.add(v.add(lo, rest), whole[1]);
  const square = v.mul(sum, sum);
  const series = logSeries(6, factor[0] + factor[1]);
  return v.add(hi, v.add(low, v.mul(square, v.polynomial(sum, series, square))));
}

function single(name: BaseName, factor: number) {
  return (v: Doubles, x: Expr) =>
    withSpecials(v, x, (above, bias) => logSingle(v, above, bias, name, factor));
}

/** @internal The kernels of `log`. */
export const logKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernelsWithSingles(
    (v, x) => withSpecials(v, x, (above, bias) => natural(v, above, bias)),
    logOfSingles,
  ),
  complexLog,
);

/** @internal The kernels of `log2`: exact for powers of two. */
export const log2Kernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(
    1,
    (v, x) => withSpecials(v, x, (above, bias) => inBase(v, above, bias, "two", INVERSE_LN2)),
    /* @__PURE__ */ single("two", INVERSE_LN2[0] + INVERSE_LN2[1]),
  ),
  complexLog2,
);

/** @internal The kernels of `log10`: exact for powers of ten. */
export const log10Kernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(
    1,
    (v, x) => withSpecials(v, x, (above, bias) => inBase(v, above, bias, "ten", INVERSE_LN10)),
    /* @__PURE__ */ single("ten", INVERSE_LN10[0] + INVERSE_LN10[1]),
  ),
  complexLog10,
);

/** log(1 + x): the sum is kept whole as two numbers, so that for tiny x it is x. */
function log1p(v: Doubles, x: Expr): Expr {
  const [u, low] = v.sum(1, x);
  const y = withSpecials(v, u, (above, bias) => {
    const [hi, lo] = logOfSum(v, above, bias, low);
    return v.add(hi, lo);
  });
  return v.choose(v.is(v.abs(x), "lt", 2 ** -54), x, y);
}

function log1pSingle(v: Doubles, x: Expr): Expr {
  const y = withSpecials(v, v.add(1, x), (above, bias) => logSingle(v, above, bias, "e"));
  const near = v.mul(x, v.polynomial(x, [1, -1 / 2, 1 / 3]));
  return v.choose(v.is(v.abs(x), "lt", 2 ** -12), near, y);
}

/** @internal The kernels of `log1p`. */
export const log1pKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(1, log1p, log1pSingle),
  complexLog1p,
);
