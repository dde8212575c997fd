/**
 * x^y of float32 as 2^(y·log₂ x): x is taken apart in float32, four at a time, and the rest is done in float64, two at a
 * time, to some 27 digits. The polynomials are interpolations at Chebyshev's points.
 */

import { type Expr, op, shuffle } from "../../wasm/fn.ts";
import { Floats } from "./floats.ts";

const ONE = 0x3f800000n;
/** The bits of √½. */
const LEAST = 0x3f3504f3n;
/** 2^23, which makes a float of an integer put into its digits, and the bias of exponents. */
const BIAS = 2 ** 23 + 127;
const ROUNDER = 1.5 * 2 ** 52;

/** 2·atanh s / (s·ln 2) for s ≤ 0.1716 in powers of s²; 2^-37 off at most. */
const LOG2 = [
  2.8853900817899927, 0.9617966734437802, 0.5770835675908139, 0.41167366555365853, 0.3407139976906581,
];

/** (2^r − 1)/r for |r| ≤ ½; 2^-27 off at most. */
const EXP2 = [
  0.6931471880262288, 0.24022650760568126, 0.05550357114219078, 0.009618082557277852, 0.0013390863364671234,
  0.0001545316294512069,
];

/** 2^(y·(k + log₂ z)) of float64 vectors, with z between √½ and √2. */
function sizeOf(v: Floats, z: Expr, k: Expr, y: Expr): Expr {
  const s = v.div(v.sub(z, 1), v.add(z, 1));
  const log = v.add(k, v.mul(s, v.polynomial(v.mul(s, s), LOG2)));
  const exponent = v.atMost(v.atLeast(v.mul(y, log), -200), 200);
  const shifted = v.add(exponent, ROUNDER);
  const r = v.sub(exponent, v.sub(shifted, ROUNDER));
  const power = v.add(1, v.mul(r, v.polynomial(r, EXP2)));
  return v.addBits(power, v.shiftLeft(shifted, 52));
}

/** Bytes of a shuffle: the upper half in place of the lower one, and the lower halves of two vectors. */
const UPPER = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const BOTH = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

/** x^y; `repair` sees to signs, zeros, infinities and NaN, where there are any, and is given |x|^y. */
export function powerOfSingles(v: Floats, x: Expr, y: Expr, repair: (size: Expr) => Expr): Expr {
  const { fn } = v;
  const size = v.variable(x, x);
  const exponent = v.variable(y, y);
  const bias = v.variable(BIAS, x);
  const normal = v.and(v.is(x, "ge", 2 ** -126), v.is(x, "lt", Number.POSITIVE_INFINITY));
  const rare = fn.let(v.any(v.not(v.and(normal, v.is(v.abs(y), "lt", 2 ** 70)))));
  fn.if(rare, () => {
    const a = v.abs(x);
    const small = v.is(a, "lt", 2 ** -126);
    v.set(size, v.choose(small, v.mul(a, 2 ** 24), a));
    v.set(bias, v.choose(small, BIAS + 24, bias));
    v.set(exponent, v.atMost(v.atLeast(y, -(2 ** 70)), 2 ** 70));
  });
  const above = v.addBits(size, v.bits(ONE - LEAST));
  const k = v.sub(v.or(v.shiftRight(above, 23), 2 ** 23), bias);
  const z = v.addBits(v.and(above, v.bits((1n << 23n) - 1n)), v.bits(LEAST));
  const wide = new Floats(fn, "f64x2");
  const half = (from: (x: Expr) => Expr) => {
    const widened = (a: Expr) => v.map((all) => op("f64x2.promote_low_f32x4", from(all!)), a);
    const power = sizeOf(wide, widened(z), widened(k), widened(exponent));
    return v.map((both) => op("f32x4.demote_f64x2_zero", both!), power);
  };
  const [low, high] = [half((a) => a), half((a) => shuffle(a, a, UPPER))];
  const power = v.map((lower, upper) => shuffle(lower!, upper!, BOTH), low, high);
  fn.if(rare, () => v.set(power, repair(power)));
  return power;
}
