/**
 * exp and log in float32 itself, four at a time: within 0.8 ulp. What few digits there are go to the sums at the end, which
 * keep what rounding cuts off. The polynomials are interpolations at Chebyshev's points, rounded to float32.
 */

import { type Expr, op } from "../../wasm/fn.ts";
import type { Floats } from "./floats.ts";

/** The float32 next to ln 2 with nine digits, whose product with an exponent is exact, and the rest. */
const LN2_HI = 0.693359375;
const LN2_LO = Math.fround(Math.LN2 - LN2_HI);
const ROUNDER = 1.5 * 2 ** 23;

/** (e^r − 1 − r)/r² for |r| ≤ ln 2/2. */
const EXP = [0.5, 0.16666576266288757, 0.041666556149721146, 0.008363194763660431, 0.0013926203828305006];

/** e^x = 2^k·e^r. */
export function expOfSingles(v: Floats, x: Expr): Expr {
  const { fn } = v;
  const limited = v.atMost(v.atLeast(x, -104), 89);
  const shifted = v.add(v.mul(limited, Math.fround(Math.LOG2E)), ROUNDER);
  const k = v.sub(shifted, ROUNDER);
  const r = v.sub(v.sub(limited, v.mul(k, LN2_HI)), v.mul(k, LN2_LO));
  const square = v.mul(r, r);
  const [hi, lo] = v.fastSum(1, r);
  const power = v.add(hi, v.add(lo, v.mul(square, v.polynomial(r, EXP, square))));
  const y = fn.let(v.addBits(power, v.shiftLeft(shifted, 23)));
  const calm = v.is(v.abs(x), "lt", 87);
  fn.if(v.any(v.not(calm)), () => {
    // Two factors: the exponent may have no room for k, and what is subnormal is to be rounded at the end.
    const down = v.is(limited, "lt", 0);
    const shift = v.choose(down, v.bits(100n << 23n), v.bits(-(30n << 23n)));
    const near = v.addBits(v.addBits(power, v.shiftLeft(shifted, 23)), shift);
    const far = v.mul(near, v.choose(down, 2 ** -100, 2 ** 30));
    fn.set(y, v.choose(v.is(x, "eq", x), far, x));
  });
  return y;
}

/** (log(1 + r) − r + r²/2)/r³ for r between √½ − 1 and √2 − 1. */
const LOG = [
  0.3333333134651184, -0.2499999701976776, 0.20000717043876648, -0.16667808592319489, 0.14249008893966675,
  -0.12425486743450165, 0.11685719341039658, -0.11481477320194244, 0.06973070651292801,
];

const LEAST = 0x3f3504f3;
const ONE = 0x3f800000;

/** log(z·2^k) = k·ln 2 + log(1 + r), with z between √½ and √2. */
export function logOfSingles(v: Floats, x: Expr): Expr {
  const { fn } = v;
  const above = fn.let(v.addBits(x, v.bits(BigInt(ONE - LEAST))));
  const bias = fn.let(v.of(127));
  const moved = v.addBits(above, v.bits(BigInt(-(2 ** 31) - 2 ** 23 - (ONE - LEAST))));
  const last = v.bits(BigInt(-(2 ** 31) + 254 * 2 ** 23 - 1));
  const rare = fn.let(op("i32x4.bitmask", op("i32x4.gt_s", moved, last)));
  fn.if(rare, () => {
    const small = v.is(x, "lt", 2 ** -126);
    fn.set(above, v.choose(small, v.addBits(v.mul(x, 2 ** 24), v.bits(BigInt(ONE - LEAST))), above));
    fn.set(bias, v.choose(small, 127 + 24, bias));
  });
  const k = v.sub(fn.let(op("f32x4.convert_i32x4_s", v.shiftRight(above, 23))), bias);
  const r = v.sub(v.addBits(v.and(above, v.bits(0x7fffffn)), v.bits(BigInt(LEAST))), 1);
  const square = v.mul(r, r);
  const cubic = v.mul(v.mul(square, r), v.polynomial(r, LOG, square));
  const [hi, lo] = v.fastSum(v.mul(k, LN2_HI), r);
  const low = v.add(v.mul(k, LN2_LO), v.sub(cubic, v.mul(square, 0.5)));
  const y = fn.let(v.add(hi, v.add(lo, low)));
  fn.if(rare, () => {
    const infinity = Number.POSITIVE_INFINITY;
    const none = v.not(v.is(x, "ge", 0));
    const big = v.choose(v.is(x, "eq", infinity), x, y);
    fn.set(y, v.choose(none, Number.NaN, v.choose(v.is(x, "eq", 0), -infinity, big)));
  });
  return y;
}
