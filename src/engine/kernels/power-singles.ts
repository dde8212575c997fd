/**
 * x^y of float32 as 2^(y·log₂ x): x is taken apart in float32, four at a time, and the rest is done in float64, two at a
 * time, to some 27 digits. The polynomials are interpolations at Chebyshev's points.
 */

import type { Expr } from "../../wasm/fn.ts";
import { Floats, type Operand } from "./floats.ts";
import { fromHalves, halfOf } from "./single-halves.ts";
import type { Staged } from "./staged-loop.ts";

const ONE = 0x3f800000n;
/** The bits of √½. */
const LEAST = 0x3f3504f3n;
/** 2^23, which makes a float of an integer put into its digits, and the bias of exponents. */
const BIAS = 2 ** 23 + 127;
const ROUNDER = 1.5 * 2 ** 52;
/** Beyond it a power is 0, 1 or infinite. */
const MOST = 2 ** 70;

/** 2·atanh s / (s·ln 2) for s ≤ 0.1716 in powers of s²; 2^-37 off at most. */
const LOG2 = [
  2.8853900817899927, 0.9617966734437802, 0.5770835675908139, 0.41167366555365853, 0.3407139976906581,
];

/** (2^r − 1)/r for |r| ≤ ½; 2^-27 off at most. */
const EXP2 = [
  0.6931471880262288, 0.24022650760568126, 0.05550357114219078, 0.009618082557277852, 0.0013390863364671234,
  0.0001545316294512069,
];

/** y·(k + log₂ z) of float64 vectors, with z between √½ and √2; as much of it as matters. */
function exponentOf(v: Floats, z: Expr, k: Expr, y: Expr): Expr {
  const s = v.div(v.sub(z, 1), v.add(z, 1));
  const log = v.add(k, v.mul(s, v.polynomial(v.mul(s, s), LOG2)));
  return v.atMost(v.atLeast(v.mul(y, log), -200), 200);
}

/** 2^exponent of float64 vectors. */
function powerOf(v: Floats, exponent: Expr): Expr {
  const shifted = v.add(exponent, ROUNDER);
  const r = v.sub(exponent, v.sub(shifted, ROUNDER));
  return v.addBits(v.add(1, v.mul(r, v.polynomial(r, EXP2))), v.shiftLeft(shifted, 52));
}

/** x, positive and normal, as z·2^k. */
function split(v: Floats, x: Expr, bias: Operand): { z: Expr; k: Expr } {
  const above = v.addBits(x, v.bits(ONE - LEAST));
  const k = v.sub(v.or(v.shiftRight(above, 23), 2 ** 23), bias);
  return { z: v.addBits(v.and(above, v.bits((1n << 23n) - 1n)), v.bits(LEAST)), k };
}

/** The bits of the largest number, with 1 taken off, from the least integer on. */
const LARGEST = 0x7f7fffffn - 1n - (1n << 31n);

/** Puts right what comes of signs, zeros, infinities and NaN, and some powers, and is given |x|^y. */
export type Mend = (v: Floats, size: Expr, x: Expr, y: Expr) => Expr;

/** x^y of float32. */
export function powerOfSingles(mend: Mend): Staged<Floats> {
  const halves = [0, 1] as const;
  return {
    *stages(v, x, y) {
      const wide = new Floats(v.fn, "f64x2");
      const size = v.variable(v.abs(x!), x!);
      const bias = v.variable(BIAS, x!);
      const small = v.is(size, "lt", 2 ** -126);
      v.fn.if(v.any(small), () => {
        v.set(size, v.choose(small, v.mul(size, 2 ** 24), size));
        v.set(bias, v.choose(small, BIAS + 24, bias));
      });
      const parts = split(v, size, bias);
      // Once 1 is taken off, the bits of 0 are the most of all, as they are counted from the least integer on.
      const rare = v.moreBits(v.addBits(size, v.bits(-1n - (1n << 31n))), v.bits(LARGEST));
      const exponent = v.without(v.atMost(v.atLeast(y!, -MOST), MOST), rare);
      // Powers of two have no digits.
      const plain = v.or(v.sameBits(v.shiftLeft(y!, 9), v.bits(0n)), v.is(y!, "ne", y!));
      const rough = v.or(v.or(x!, rare), plain);
      const [again, z, k] = yield { keep: [exponent, parts.z, parts.k], rough };
      const halfway = (part: 0 | 1) =>
        exponentOf(wide, halfOf(v, z!, part), halfOf(v, k!, part), halfOf(v, again!, part));
      const [low, high] = yield { keep: halves.map(halfway) };
      return fromHalves(v, powerOf(wide, low!), powerOf(wide, high!));
    },
    mend: (v, size, x, y) => mend(v, size, x!, y!),
  };
}
