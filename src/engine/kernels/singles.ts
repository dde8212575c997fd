/**
 * Exponentials in float32 itself, four at a time: within an ulp. What few digits there are go to the sums at the end, which
 * keep what rounding cuts off. The polynomials are interpolations at Chebyshev's points, rounded to float32.
 */

import type { Expr } from "../../wasm/fn.ts";
import type { Floats, Vector } from "./floats.ts";

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

/** 2^k·(1 + r + `bend`), with k in the lower bits of `shifted`. */
interface Power {
  readonly shifted: Vector;
  readonly r: Vector;
  readonly bend: Vector;
  /** What r has no digits for. */
  readonly lost: () => Vector;
}

/** e^x, where that is neither too large or too small to speak of. */
function powerOf(v: Floats, x: Expr, series = EXP): Power {
  const shifted = v.add(v.mul(x, Math.fround(Math.LOG2E)), ROUNDER);
  const k = v.sub(shifted, ROUNDER);
  const near = v.sub(x, v.mul(k, LN2_HI));
  const small = v.mul(k, LN2_LO);
  const r = v.sub(near, small);
  const square = v.mul(r, r);
  const lost = () => v.sub(v.sub(near, r), small);
  return { shifted, r, bend: v.mul(square, v.polynomial(r, series, square)), lost };
}

/** 1 + r + `bend`. */
function factorOf(v: Floats, { r, bend }: Pick<Power, "r" | "bend">): Vector {
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
export function expOfSingles(v: Floats, x: Expr): Vector {
  return exponential(v, x, [-104, 87, 89], (limited) => {
    const power = powerOf(v, limited);
    return [factorOf(v, power), power.shifted];
  });
}

/** (2^r − 1 − r·ln 2)/r² for |r| ≤ ½. */
const EXP2 = [
  0.24022650718688965, 0.055503569543361664, 0.009618083015084267, 0.0013390863314270973,
  0.00015453163359779865,
];

/** 2^x: of integers without any error. */
export function exp2OfSingles(v: Floats, x: Expr): Vector {
  return exponential(v, x, [-151, 125, 129], (limited) => {
    const shifted = v.add(limited, ROUNDER);
    const r = v.sub(limited, v.sub(shifted, ROUNDER));
    const square = v.mul(r, r);
    const bend = v.mul(square, v.polynomial(r, EXP2, square));
    return [factorOf(v, { r: v.mul(r, Math.fround(Math.LN2)), bend }), shifted];
  });
}

type Exponential = (limited: Vector) => readonly [factor: Vector, shifted: Vector];

/** Where results are 0; up to what size of x the exponent has room for what comes of it; where results are infinite. */
type Limits = readonly [least: number, calm: number, most: number];

/** What `body` gives as a factor and an exponent. */
function exponential(v: Floats, x: Expr, [least, calm, most]: Limits, body: Exponential): Vector {
  const limited = v.atMost(v.atLeast(x, least), most);
  const [factor, shifted] = body(limited);
  const y = scaled(v, factor, shifted);
  const all = v.is(v.abs(x), "lt", calm);
  v.fn.if(v.any(v.not(all)), () => {
    // Two factors, so that what is subnormal is rounded at the end.
    const small = v.mul(v.addBits(scaled(v, factor, shifted), v.bits(100n << 23n)), 2 ** -100);
    const far = v.choose(v.is(limited, "lt", 0), small, scaledFar(v, factor, shifted));
    v.set(y, v.choose(v.is(x, "eq", x), far, x));
  });
  return y;
}

/** Up to here e^x is a number by far, and e^-x beyond is nothing beside 1. */
const CALM = 87;

/** e^x − 1 = (2^k − 1) + 2^k·r + 2^k·(e^r − 1 − r), where the first two are added without loss. */
export function expm1OfSingles(v: Floats, x: Expr): Vector {
  const limited = v.atMost(v.atLeast(x, -CALM), 89);
  const power = powerOf(v, limited, EXPM1);
  const scale = scaleOf(v, power.shifted);
  const [hi, lo] = v.fastSum(v.sub(scale, 1), v.mul(scale, power.r));
  const y = v.add(hi, v.add(lo, v.mul(scale, v.add(power.bend, power.lost()))));
  const large = v.not(v.is(x, "lt", CALM));
  v.fn.if(v.any(large), () => {
    const far = scaledFar(v, factorOf(v, power), power.shifted);
    v.set(y, v.choose(large, v.choose(v.is(x, "eq", x), far, x), y));
  });
  return v.or(y, v.withSign(0, x));
}

/** Half of e^a and half of e^-a, added or subtracted, for a ≥ 0. */
function halfSum(v: Floats, a: Expr, sign: "add" | "sub"): Vector {
  const limited = v.atMost(a, 90);
  const power = powerOf(v, limited);
  const scale = scaleOf(v, power.shifted, -1);
  const [hi, lo] = v.fastSum(1, power.r);
  const upper = v.mul(scale, hi);
  const lower = v.mul(scale, v.add(lo, power.bend));
  const inverse = v.div(0.25, v.add(upper, lower));
  const y = v.add(upper, v[sign](lower, inverse));
  const large = v.not(v.is(a, "lt", CALM));
  v.fn.if(v.any(large), () => {
    const far = scaledFar(v, factorOf(v, power), power.shifted, 0.5);
    v.set(y, v.choose(large, v.choose(v.is(a, "eq", a), far, a), y));
  });
  return y;
}

export function coshOfSingles(v: Floats, x: Expr): Vector {
  return halfSum(v, v.abs(x), "add");
}

/** (sinh x − x)/x³ for |x| ≤ 1, in powers of x². */
const SINH = [0.1666666716337204, 0.008333339355885983, 0.00019838102161884308, 2.806280235745362e-6];

export function sinhOfSingles(v: Floats, x: Expr): Vector {
  const a = v.abs(x);
  const square = v.mul(x, x);
  const near = v.add(a, v.mul(v.mul(a, square), v.polynomial(square, SINH)));
  return v.withSign(v.choose(v.is(a, "lt", 1), near, halfSum(v, a, "sub")), x);
}
