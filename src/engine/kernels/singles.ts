/**
 * exp in float32 itself, four at a time: within 0.8 ulp. What few digits there are go to the sums at the end, which
 * keep what rounding cuts off. The polynomials are interpolations at Chebyshev's points, rounded to float32.
 */

import type { Expr } from "../../wasm/fn.ts";
import type { Floats } from "./floats.ts";

/** The float32 next to ln 2 with nine digits, whose product with an exponent is exact, and the rest. */
const LN2_HI = 0.693359375;
const LN2_LO = Math.fround(Math.LN2 - LN2_HI);
const ROUNDER = 1.5 * 2 ** 23;

/** (e^r − 1 − r)/r² for |r| ≤ ln 2/2. */
const EXP = [0.5, 0.16666576266288757, 0.041666556149721146, 0.008363194763660431, 0.0013926203828305006];

/** e^x = 2^k·e^r. */
export function expOfSingles(v: Floats, x: Expr): Expr {
  const limited = v.atMost(v.atLeast(x, -104), 89);
  const shifted = v.add(v.mul(limited, Math.fround(Math.LOG2E)), ROUNDER);
  const k = v.sub(shifted, ROUNDER);
  const r = v.sub(v.sub(limited, v.mul(k, LN2_HI)), v.mul(k, LN2_LO));
  const square = v.mul(r, r);
  const [hi, lo] = v.fastSum(1, r);
  const power = v.add(hi, v.add(lo, v.mul(square, v.polynomial(r, EXP, square))));
  const y = v.addBits(power, v.shiftLeft(shifted, 23));
  const calm = v.is(v.abs(x), "lt", 87);
  v.fn.if(v.any(v.not(calm)), () => {
    // Two factors: the exponent may have no room for k, and what is subnormal is to be rounded at the end.
    const down = v.is(limited, "lt", 0);
    const shift = v.choose(down, v.bits(100n << 23n), v.bits(-(30n << 23n)));
    const near = v.addBits(v.addBits(power, v.shiftLeft(shifted, 23)), shift);
    const far = v.mul(near, v.choose(down, 2 ** -100, 2 ** 30));
    v.set(y, v.choose(v.is(x, "eq", x), far, x));
  });
  return y;
}
