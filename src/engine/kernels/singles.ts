/**
 * Exponentials in float32 itself, four at a time: within an ulp. What few digits there are go to the sums at the end, which
 * keep what rounding cuts off. The polynomials are interpolations at Chebyshev's points, rounded to float32.
 */

import type { Expr } from "../../wasm/fn.ts";
import type { Floats, Vector } from "./floats.ts";
import type { Staged } from "./staged-loop.ts";

/** The float32 next to ln 2 with nine digits, whose product with an exponent is exact, and the rest. */
const LN2_HI = 0.693359375;
const LN2_LO = Math.fround(Math.LN2 - LN2_HI);
const ROUNDER = 1.5 * 2 ** 23;
const ONE = 127n << 23n;

/** (e^r − 1 − r)/r² for |r| ≤ ln 2/2. */
const EXP = [0.5, 0.16666576266288757, 0.041666556149721146, 0.008363194763660431, 0.0013926203828305006];

/** One term more, for what is left when 1 is taken off. */
const EXPM1 = [
  0.5, 0.1666666716337204, 0.04166646674275398, 0.00833331048488617, 0.0013933641603216529,
  0.00019890980911441147,
];

/** x as k·ln 2 + r, with k in the lower bits of `shifted`. */
interface ReducedExp {
  readonly shifted: Vector;
  readonly r: Vector;
  /** What r has no digits for. */
  readonly lost: () => Vector;
}

function reducedExp(v: Floats, x: Expr): ReducedExp {
  const shifted = v.add(v.mul(x, Math.fround(Math.LOG2E)), ROUNDER);
  const k = v.sub(shifted, ROUNDER);
  const near = v.sub(x, v.mul(k, LN2_HI));
  const small = v.mul(k, LN2_LO);
  const r = v.sub(near, small);
  return { shifted, r, lost: () => v.sub(v.sub(near, r), small) };
}

/** What a function of r is beyond 1 + r, by the series from the square on. */
function bendOf(v: Floats, r: Expr, series: readonly number[]): Vector {
  const square = v.mul(r, r);
  return v.mul(square, v.polynomial(r, series, square));
}

/** 2^k·(1 + r + `bend`), with k in the lower bits of `shifted`. */
interface Power extends ReducedExp {
  readonly bend: Vector;
}

/** e^x, where that is neither too large or too small to speak of. */
function powerOf(v: Floats, x: Expr, series = EXP): Power {
  const reduced = reducedExp(v, x);
  return { ...reduced, bend: bendOf(v, reduced.r, series) };
}

/** 1 + r + `bend`. */
function factorOf(v: Floats, r: Expr, bend: Expr): Vector {
  const [hi, lo] = v.fastSum(1, r);
  return v.add(hi, v.add(lo, bend));
}

/** A number times 2^k, where k is between -126 and 127. */
function scaled(v: Floats, x: Expr, shifted: Expr): Vector {
  return v.addBits(x, v.shiftLeft(shifted, 23));
}

/** 2^(k + more). */
function scaleOf(v: Floats, shifted: Expr, more = 0): Vector {
  return v.addBits(v.shiftLeft(shifted, 23), v.bits(ONE + (BigInt(more) << 23n)));
}

/** A number times 2^k·`factor`, where the exponent may have no room for k > 0. */
function scaledFar(v: Floats, x: Expr, shifted: Expr, factor = 1): Vector {
  return v.mul(v.addBits(scaled(v, x, shifted), v.bits(-(30n << 23n))), 2 ** 30 * factor);
}

/** e^x = 2^k·e^r. */
export const expOfSingles: Staged<Floats> = /* @__PURE__ */ exponential({
  least: -104,
  calm: 87,
  most: 89,
  reduce: reducedExp,
  factor: (v, r) => factorOf(v, r, bendOf(v, r, EXP)),
});

/** (2^r − 1 − r·ln 2)/r² for |r| ≤ ½. */
const EXP2 = [
  0.24022650718688965, 0.055503569543361664, 0.009618083015084267, 0.0013390863314270973,
  0.00015453163359779865,
];

/** 2^x: of integers without any error. */
export const exp2OfSingles: Staged<Floats> = /* @__PURE__ */ exponential({
  least: -151,
  calm: 125,
  most: 129,
  reduce(v, x) {
    const shifted = v.add(x, ROUNDER);
    return { shifted, r: v.sub(x, v.sub(shifted, ROUNDER)) };
  },
  factor: (v, r) => factorOf(v, v.mul(r, Math.fround(Math.LN2)), bendOf(v, r, EXP2)),
});

/** How x becomes 2^k and a rest, and that a factor; where results are 0, where the exponent has room, where they are infinite. */
interface Exponential {
  readonly least: number;
  readonly calm: number;
  readonly most: number;
  readonly reduce: (v: Floats, x: Expr) => { readonly shifted: Expr; readonly r: Expr };
  readonly factor: (v: Floats, r: Expr) => Vector;
}

function exponential({ least, calm, most, reduce, factor }: Exponential): Staged<Floats> {
  return {
    *stages(v, x) {
      const reduced = reduce(v, x!);
      const [shifted, r] = yield { keep: [reduced.shifted, reduced.r], calm: v.is(v.abs(x!), "lt", calm) };
      return scaled(v, factor(v, r!), shifted!);
    },
    anywhere(v, x) {
      const limited = v.atMost(v.atLeast(x!, least), most);
      const { shifted, r } = reduce(v, limited);
      const power = factor(v, r);
      const near = scaled(v, power, shifted);
      // Two factors, so that what is subnormal is rounded at the end.
      const small = v.mul(v.addBits(near, v.bits(100n << 23n)), 2 ** -100);
      const far = v.choose(v.is(limited, "lt", 0), small, scaledFar(v, power, shifted));
      const number = v.choose(v.is(v.abs(x!), "lt", calm), near, far);
      return v.choose(v.is(x!, "eq", x!), number, x!);
    },
  };
}

/** Up to here e^x is a number by far, and e^-x beyond is nothing beside 1. */
const CALM = 87;

/** What of e^x − 1 is left when 2^k is taken off in front. */
interface Minus {
  readonly shifted: Expr;
  readonly r: Expr;
  /** e^r − 1 − r. */
  readonly more: Expr;
}

/** e^x − 1 = (2^k − 1) + 2^k·r + 2^k·(e^r − 1 − r), where the first two are added without loss. */
function minusOne(v: Floats, { shifted, r, more }: Minus): Vector {
  const scale = scaleOf(v, shifted);
  const [hi, lo] = v.fastSum(v.sub(scale, 1), v.mul(scale, r));
  return v.add(hi, v.add(lo, v.mul(scale, more)));
}

export const expm1OfSingles: Staged<Floats> = {
  *stages(v, x) {
    const { shifted, r, lost } = reducedExp(v, v.atLeast(x!, -CALM));
    const first = yield { keep: [x!, shifted, r, lost()], calm: v.is(x!, "lt", CALM) };
    const bent = v.add(bendOf(v, first[2]!, EXPM1), first[3]!);
    const [sign, k, rest, more] = yield { keep: [...first.slice(0, 3), bent] };
    const y = minusOne(v, { shifted: k!, r: rest!, more: more! });
    return v.or(y, v.withSign(0, sign!));
  },
  anywhere(v, x) {
    const power = powerOf(v, v.atMost(v.atLeast(x!, -CALM), 89), EXPM1);
    const y = minusOne(v, { ...power, more: v.add(power.bend, power.lost()) });
    const far = scaledFar(v, factorOf(v, power.r, power.bend), power.shifted);
    const large = v.choose(v.is(x!, "eq", x!), far, x!);
    return v.or(v.choose(v.is(x!, "lt", CALM), y, large), v.withSign(0, x!));
  },
};

/** Half of e^a and half of e^-a, added or subtracted, for a ≥ 0: 2^k·(1 + r + `bend`) is e^a. */
function halfOf(v: Floats, shifted: Expr, r: Expr, bend: Expr, sign: "add" | "sub"): Vector {
  const scale = scaleOf(v, shifted, -1);
  const [hi, lo] = v.fastSum(1, r);
  const upper = v.mul(scale, hi);
  const lower = v.mul(scale, v.add(lo, bend));
  const inverse = v.div(0.25, v.add(upper, lower));
  return v.add(upper, v[sign](lower, inverse));
}

/** (e^|x| ± e^-|x|)/2, and what `ending` makes of it and x. */
function halfSum(sign: "add" | "sub", ending?: (v: Floats, y: Expr, x: Expr) => Expr): Staged<Floats> {
  return {
    *stages(v, x) {
      const a = v.abs(x!);
      const { shifted, r } = reducedExp(v, a);
      const [same, k, rest] = yield { keep: [x!, shifted, r], calm: v.is(a, "lt", CALM) };
      const half = halfOf(v, k!, rest!, bendOf(v, rest!, EXP), sign);
      if (ending === undefined) return half;
      const [again, y] = yield { keep: [same!, half] };
      return ending(v, y!, again!);
    },
    anywhere(v, x) {
      const a = v.abs(x!);
      const { shifted, r, bend } = powerOf(v, v.atMost(a, 90));
      const far = scaledFar(v, factorOf(v, r, bend), shifted, 0.5);
      const large = v.choose(v.is(a, "eq", a), far, a);
      const y = v.choose(v.is(a, "lt", CALM), halfOf(v, shifted, r, bend, sign), large);
      return ending === undefined ? y : ending(v, y, x!);
    },
  };
}

export const coshOfSingles: Staged<Floats> = /* @__PURE__ */ halfSum("add");

/** (sinh x − x)/x³ for |x| ≤ 1, in powers of x². */
const SINH = [0.1666666716337204, 0.008333339355885983, 0.00019838102161884308, 2.806280235745362e-6];

export const sinhOfSingles: Staged<Floats> = /* @__PURE__ */ halfSum("sub", (v, y, x) => {
  const a = v.abs(x);
  const square = v.mul(x, x);
  const near = v.add(a, v.mul(v.mul(a, square), v.polynomial(square, SINH)));
  return v.withSign(v.choose(v.is(a, "lt", 1), near, y), x);
});
