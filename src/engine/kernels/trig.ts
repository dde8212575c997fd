/** The kernels of sine, cosine and tangent. */

import { type Expr, op } from "../../wasm/fn.ts";
import { complexCos, complexSin, complexTan, withComplex } from "./complex-trig.ts";
import type { Doubles } from "./doubles.ts";
import type { Kernels } from "./lanes.ts";
import { longKernels } from "./long-loop.ts";
import { largeTurns, type Reduced, ROUNDER, reduceTurns } from "./pi-reduction.ts";

/**
 * (sin y / y − 1) / y² and (cos y − 1 + y²/2) / y⁴ in powers of y², for |y| ≤ π/4: the best polynomials, 2^-57 off at most,
 * found with Remez' exchange at 60 digits.
 */
const SIN = [
  -0.1666666666666663, 0.00833333333332212, -0.0001984126982959029, 2.755731362163241e-6,
  -2.5050747799115535e-8, 1.5896232117176907e-10,
];
const COS = [
  0.0416666666666666, -0.0013888888888874138, 2.480158728949182e-5, -2.7557314355222513e-7,
  2.0875723680094106e-9, -1.1359669577115082e-11,
];

/** A value as a sum: a leading part, and a small rest that is yet to be added. */
type Unsummed = readonly [lead: Expr, rest: Expr];

/** sin(hi + lo). */
function sinNear(v: Doubles, { hi, lo }: Reduced, square: Expr): Unsummed {
  const cube = v.mul(square, hi);
  const shift = v.sub(lo, v.mul(v.mul(square, 0.5), lo));
  return [hi, v.add(v.mul(cube, v.polynomial(square, SIN)), shift)];
}

/** cos(hi + lo). */
function cosNear(v: Doubles, { hi, lo }: Reduced, square: Expr): Unsummed {
  const half = v.mul(square, 0.5);
  const lead = v.sub(1, half);
  const cut = v.sub(v.sub(1, lead), half);
  const rest = v.sub(v.mul(v.mul(square, square), v.polynomial(square, COS)), v.mul(hi, lo));
  return [lead, v.add(cut, rest)];
}

/** The mask of lanes whose lowest bit is set. */
function isOdd(v: Doubles, count: Expr): Expr {
  const one = v.bits(1n);
  return v.fn.let(op("i64x2.eq", v.and(count, one), one));
}

const SIGN = -(1n << 63n);

function sin(v: Doubles, x: Expr): Expr {
  const size = v.abs(x);
  const y = sinOfCount(v, reduceTurns(v, size), 0n);
  return v.xor(y, v.xor(x, size));
}

function cos(v: Doubles, x: Expr): Expr {
  return sinOfCount(v, reduceTurns(v, v.abs(x)), 1n);
}

/** The sine of an angle, `quarters` more turns on. */
function sinOfCount(v: Doubles, reduced: Reduced, quarters: bigint): Expr {
  const count = quarters === 0n ? reduced.count : v.addBits(reduced.count, v.bits(quarters));
  const square = v.mul(reduced.hi, reduced.hi);
  const [s, sl] = sinNear(v, reduced, square);
  const [c, cl] = cosNear(v, reduced, square);
  const odd = isOdd(v, count);
  const y = v.choose(odd, v.add(c, cl), v.add(s, sl));
  return v.xor(y, v.and(v.shiftLeft(count, 62), v.bits(SIGN)));
}

const PIO4_HI = Math.PI / 4;
const PIO4_LO = 3.061616997868383e-17;

/**
 * The tangent as the quotient of sine and cosine, each in two parts. Errors of both would add up where they are largest, so
 * beyond π/8 it is taken from the diagonal: tan(π/4 + y) = (cos y + sin y)/(cos y − sin y).
 */
function tan(v: Doubles, x: Expr): Expr {
  const size = v.abs(x);
  const { count, hi, lo } = reduceTurns(v, size);
  const beyond = v.is(v.abs(hi), "gt", PIO4_HI / 2);
  const side = v.and(hi, v.bits(SIGN));
  const diagonal = v.and(beyond, v.xor(PIO4_HI, side));
  const near = v.fastSum(v.sub(hi, diagonal), v.sub(lo, v.and(beyond, v.xor(PIO4_LO, side))));
  const reduced = { count, hi: near[0], lo: near[1] };
  const square = v.mul(reduced.hi, reduced.hi);
  const [s, sl] = v.fastSum(...sinNear(v, reduced, square));
  const [c, cl] = v.fastSum(...cosNear(v, reduced, square));
  const [turned, turnedRest] = [v.xor(s, side), v.xor(sl, side)];
  const [sum, sumRest] = v.fastSum(c, turned);
  const [difference, differenceRest] = v.fastSum(c, v.neg(turned));
  const sine = [
    v.choose(beyond, v.xor(sum, side), s),
    v.choose(beyond, v.xor(v.add(sumRest, v.add(cl, turnedRest)), side), sl),
  ] as const;
  const cosine = [
    v.choose(beyond, difference, c),
    v.choose(beyond, v.add(differenceRest, v.sub(cl, turnedRest)), cl),
  ] as const;
  const odd = isOdd(v, count);
  const over = [v.choose(odd, cosine[0], sine[0]), v.choose(odd, cosine[1], sine[1])] as const;
  const under = [v.choose(odd, sine[0], cosine[0]), v.choose(odd, sine[1], cosine[1])] as const;
  const y = v.add(...v.quotient(over, under));
  return v.xor(v.xor(y, v.and(odd, v.bits(SIGN))), v.xor(x, size));
}

/** sin(πt)/t for |t| ≤ 1/2, in powers of t²; 2^-27.5 off at most. */
const SIN_TURN = [
  3.1415926369008766, -5.167709684999481, 2.5500697281567786, -0.5982421311062472, 0.07756038698059081,
];

/** sin y / y and cos y for |y| ≤ π/4, in powers of y²; 2^-28 and 2^-34 off at most. */
const SIN_SHORT = [0.9999999967631317, -0.16666650225182272, 0.008332016470850204, -0.0001950182246815396];
const COS_SHORT = [
  0.9999999999526005, -0.4999999961543336, 0.04166661673918598, -0.0013886619209438008, 2.4379929292253996e-5,
];

/** Relative to a number of turns: what is left of it has lost more than 25 digits, and less than 28 are right. */
const CANCELLED = 2 ** -25;

/** x/π for large x: as a whole number, in the lower bits of `count`, and what is left. */
interface HalfTurns {
  readonly count: Expr;
  readonly rest: Expr;
}

/** The half turns in x + `shift`·π, of x ≥ 0 of any size, by the digits of 2/π. */
function largeHalfTurns(v: Doubles, x: Expr, shift: number): HalfTurns {
  const { count, hi } = largeTurns(v, x);
  const whole = v.sub(v.or(count, 2 ** 52), 2 ** 52);
  const halves = v.add(v.mul(whole, 0.5), shift);
  const rest = v.mul(hi, 0.5);
  const rounded = v.add(v.add(halves, rest), ROUNDER);
  return { count: rounded, rest: v.add(v.sub(halves, v.sub(rounded, ROUNDER)), rest) };
}

/**
 * The sine of x + `shift`·π to some 27 digits, for results of 24, by one polynomial over half a turn. The product with 1/π
 * is rounded, so that what is left of it has lost what cancels; where that is much, the digits of 2/π are taken.
 */
function shortSin(v: Doubles, x: Expr, shift: 0 | 0.5): Expr {
  const { fn } = v;
  const turns = v.mul(x, 1 / Math.PI);
  const moved = shift === 0 ? turns : v.add(turns, shift);
  const count = fn.let(v.add(moved, ROUNDER));
  const whole = v.sub(count, ROUNDER);
  const rest = fn.let(v.sub(turns, shift === 0 ? whole : v.sub(whole, shift)));
  const square = fn.let(v.mul(rest, rest));
  const scaled = v.mul(turns, CANCELLED);
  const cancelled = v.is(square, "lt", v.mul(scaled, scaled));
  fn.if(v.any(cancelled), () => {
    const size = v.abs(x);
    const large = largeHalfTurns(v, size, shift);
    const signed = shift === 0 ? v.xor(large.rest, v.xor(x, size)) : large.rest;
    fn.set(rest, v.choose(cancelled, signed, rest));
    fn.set(count, v.choose(cancelled, large.count, count));
    fn.set(square, v.mul(rest, rest));
  });
  return v.xor(v.mul(rest, v.polynomial(square, SIN_TURN)), v.shiftLeft(count, 63));
}

/** The tangent to some 27 digits. */
function shortTan(v: Doubles, x: Expr): Expr {
  const { fn } = v;
  const turns = v.mul(x, 2 / Math.PI);
  const count = fn.let(v.add(turns, ROUNDER));
  const rest = fn.let(v.sub(turns, v.sub(count, ROUNDER)));
  const scaled = v.mul(turns, CANCELLED);
  const cancelled = v.is(v.mul(rest, rest), "lt", v.mul(scaled, scaled));
  fn.if(v.any(cancelled), () => {
    const size = v.abs(x);
    const large = largeTurns(v, size);
    const sign = v.xor(x, size);
    fn.set(rest, v.choose(cancelled, v.xor(large.hi, sign), rest));
    fn.set(count, v.choose(cancelled, large.count, count));
  });
  const y = v.mul(rest, Math.PI / 2);
  const square = v.mul(y, y);
  const s = v.mul(y, v.polynomial(square, SIN_SHORT));
  const c = v.polynomial(square, COS_SHORT);
  const odd = isOdd(v, count);
  const quotient = v.div(v.choose(odd, c, s), v.choose(odd, s, c));
  return v.xor(quotient, v.and(odd, v.bits(SIGN)));
}

/** @internal The kernels of `sin`. */
export const sinKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(1, sin, (v, x) => shortSin(v, x!, 0)),
  complexSin,
);
/** @internal The kernels of `cos`. */
export const cosKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(1, cos, (v, x) => shortSin(v, x!, 0.5)),
  complexCos,
);
/** @internal The kernels of `tan`. */
export const tanKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernels(1, tan, shortTan),
  complexTan,
);
