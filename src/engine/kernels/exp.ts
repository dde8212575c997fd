/** The kernels of the exponentials. */

import type { Expr } from "../../wasm/fn.ts";
import { complexExp, complexExp2, complexExpm1 } from "./complex-exp.ts";
import { type ComplexFunction, withComplex } from "./complex-trig.ts";
import type { Doubles, Pair } from "./doubles.ts";
import { expRest, powerOfTwo, type Reduced, reduceExp, reduceExp2 } from "./exp-core.ts";
import type { Floats, Vector } from "./floats.ts";
import type { Kernels } from "./lanes.ts";
import { exp2OfSingles, expm1OfSingles, expOfSingles } from "./singles.ts";
import { type Staged, type Stages, singles, stagedKernels, stagedLoop } from "./staged-loop.ts";

/**
 * scale + scale·rest, where k may lie outside of what the exponent of `scale` has room for: `calm` is the mask of the lanes
 * where it does not. There the factor comes in two steps, so that what is subnormal is rounded at the end.
 */
export function scaleUp(v: Doubles, scale: Expr, rest: Expr, calm: Expr, down: Expr): Vector {
  const y = v.add(scale, v.mul(scale, rest));
  v.fn.if(v.any(v.not(calm)), () => {
    const shift = v.choose(down, v.bits(1022n << 52n), v.bits(-(1009n << 52n)));
    const near = v.addBits(scale, shift);
    const far = v.choose(down, 2 ** -1022, 2 ** 1009);
    // Elsewhere the product with the rest might be subnormal here, and a result would depend on its neighbours.
    v.set(y, v.choose(calm, y, v.mul(v.add(near, v.mul(near, rest)), far)));
  });
  return y;
}

/** How x is taken apart, and beyond which limits nothing changes any more; within `safe` the exponent has room. */
interface Range {
  readonly reduce: (v: Doubles, x: Expr) => Reduced;
  readonly least: number;
  readonly most: number;
  readonly safe: number;
}

/** 2^(k/128)·e^r for any x. */
function exponential(v: Doubles, x: Expr, { reduce, least, most, safe }: Range): Vector {
  const { k, r } = reduce(v, v.atMost(v.atLeast(x, least), most));
  const { scale, tail } = powerOfTwo(v, k);
  return scaleUp(v, scale, expRest(v, r, tail), v.is(v.abs(x), "lt", safe), v.is(x, "lt", 0));
}

/** The same in stages, for what is safe. */
function* exponentialStages(v: Doubles, x: Expr, { reduce, safe }: Range): Stages {
  const reduced = reduce(v, x);
  const [k, r] = yield { keep: [reduced.k, reduced.r], calm: v.is(v.abs(x), "lt", safe) };
  const { scale, tail } = powerOfTwo(v, k!);
  return v.add(scale, v.mul(scale, expRest(v, r!, tail)));
}

function exponentialKernels(range: Range, single: Staged<Floats>, complex: ComplexFunction): Kernels {
  const double: Staged<Doubles> = {
    stages: (v, x) => exponentialStages(v, x!, range),
    anywhere: (v, x) => exponential(v, x!, range),
  };
  return withComplex(stagedKernels(double, stagedLoop(1, singles, single)), complex);
}

/** @internal The kernels of `exp`. */
export const expKernel: Kernels = /* @__PURE__ */ exponentialKernels(
  { reduce: reduceExp, least: -746, most: 710, safe: 708 },
  expOfSingles,
  complexExp,
);

/** @internal The kernels of `exp2`: exact for integers. */
export const exp2Kernel: Kernels = /* @__PURE__ */ exponentialKernels(
  { reduce: reduceExp2, least: -1077, most: 1025, safe: 1021 },
  exp2OfSingles,
  complexExp2,
);

/** Below this the polynomial alone gives exp(x) − 1; above, 2^(k/128) − 1 is no longer small beside its error. */
const NEAR = 0.1;

/** Coefficients of e^r − 1 − r from the square on. */
const FACTORIALS = /* @__PURE__ */ [2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800].map((n) => 1 / n);

/** e^r − 1, but for what is cut off by the table; 2^-60 off for r up to 0.1. */
function restOf(v: Doubles, r: Expr, tail: Expr): Expr {
  const square = v.mul(r, r);
  return v.add(v.add(r, tail), v.mul(square, v.polynomial(r, FACTORIALS, square)));
}

/** scale·(1 + rest) − 1. */
function lessOne(v: Doubles, scale: Expr, rest: Expr): Vector {
  const [hi, lo] = v.sum(scale, -1);
  return v.add(hi, v.add(lo, v.mul(scale, rest)));
}

/** exp(x) − 1. Near 0 the power of two is 1, and what is left is a polynomial in x. */
const expm1: Staged<Doubles> = {
  *stages(v, x) {
    const limited = v.atLeast(x!, -50);
    const reduced = reduceExp(v, limited, v.is(v.abs(x!), "ge", NEAR));
    const [sign, k, r] = yield { keep: [x!, reduced.k, reduced.r], calm: v.is(x!, "lt", 700) };
    const power = powerOfTwo(v, k!);
    const [again, scale, rest] = yield { keep: [sign!, power.scale, restOf(v, r!, power.tail)] };
    return v.withSign(lessOne(v, scale!, rest!), again!);
  },
  anywhere(v, x) {
    const limited = v.atMost(v.atLeast(x!, -50), 710);
    const { k, r } = reduceExp(v, limited, v.is(v.abs(x!), "ge", NEAR));
    const { scale, tail } = powerOfTwo(v, k);
    const rest = restOf(v, r, tail);
    const calm = v.is(limited, "lt", 700);
    const far = scaleUp(v, scale, rest, calm, v.of(0));
    return v.withSign(v.choose(calm, lessOne(v, scale, rest), far), x!);
  },
};

/** @internal The kernels of `expm1`. */
export const expm1Kernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernels(expm1, /* @__PURE__ */ stagedLoop(1, singles, expm1OfSingles)),
  complexExpm1,
);

/** e^(x + low) or 2^(x + low) for x ≤ 0, as a pair some 2^-62 off; below 2^-1000 the second part is 0. */
export function expPair(v: Doubles, x: Expr, low: Expr, base: "e" | "two"): Pair {
  const cut = v.atLeast(x, base === "e" ? -746 : -1077);
  const { k, r } = base === "e" ? reduceExp(v, cut) : reduceExp2(v, cut);
  const { scale, tail } = powerOfTwo(v, k);
  const rest = expRest(v, v.add(r, base === "e" ? low : v.mul(low, Math.LN2)), tail);
  const calm = v.is(cut, "gt", base === "e" ? -690 : -1000);
  const y = scaleUp(v, scale, rest, calm, v.not(v.of(0)));
  return [y, v.and(calm, v.add(v.sub(scale, y), v.mul(scale, rest)))];
}
