/**
 * The kernels of `power`: exp(y·log x) with the logarithm to some 70 digits, because y multiplies its error.
 *
 * The logarithm comes as a sum of two numbers and y is cut in two, so that the largest part of the product is exact. Signs,
 * zeros, infinities and NaN are seen to afterwards, and only in vectors that have any of them.
 */

import { type Expr, f64, op } from "../../wasm/fn.ts";
import { complexPowerKernel } from "./complex-power.ts";
import type { Doubles, Pair, Places } from "./doubles.ts";
import { scaleUp } from "./exp.ts";
import { expRest, powerOfTwo, reduceExp } from "./exp-core.ts";
import type { Floats, Operand } from "./floats.ts";
import { integerPowerKernel } from "./integer.ts";
import { type Kernels, kernels } from "./lanes.ts";
import { aboveLeast, BIAS, isNormal, logSeries, placesOf, splitLog } from "./log-core.ts";
import { powerOfSingles } from "./power-singles.ts";
import { type Staged, type Stages, singles, stagedKernels, stagedLoop } from "./staged-loop.ts";

/** What a precise logarithm is made of: the two parts of r, and those of k·ln 2 − log c, the second to all digits. */
interface Parts {
  readonly sum: Expr;
  readonly rest: Expr;
  readonly whole: Expr;
  readonly fine: Expr;
}

function partsOf(v: Doubles, above: Expr, bias: Operand, places?: Places): Parts {
  const { whole, r, fine } = splitLog(v, above, "e", bias, places);
  const [sum, rest] = v.fastSum(r[0], r[1]);
  return { sum, rest, whole: whole[0], fine: fine() };
}

/** The series of log(1 + r) from r³ on, and the last of what is to be added. */
function tailOf(v: Doubles, { sum, fine }: Parts): Expr {
  const square = v.mul(sum, sum);
  return v.add(v.mul(v.mul(square, sum), v.polynomial(sum, logSeries(7).slice(1), square)), fine);
}

/** log(x) as a pair: some 2^-70 of an error, relative where x is near 1. */
function preciseLog(v: Doubles, { sum, rest, whole }: Parts, tail: Expr): Pair {
  const [upper, cut] = v.split(sum);
  const lower = v.add(cut, rest);
  const half = v.mul(upper, -0.5);
  // upper + half·upper is exact but for the last sum of each line: both are added to the whole with what they lose.
  const [first, firstLost] = v.fastSum(whole, upper);
  const [second, secondLost] = v.fastSum(first, v.mul(half, upper));
  const crossed = v.sub(lower, v.mul(lower, v.add(upper, v.mul(lower, 0.5))));
  const low = v.add(v.add(crossed, tail), v.add(firstLost, secondLost));
  return v.fastSum(second, low);
}

/** y·(hi + lo): the first part exact. */
function productOf(v: Doubles, y: Expr, [hi, lo]: Pair): Pair {
  const [yh, yl] = v.split(y);
  const [lh, cut] = v.split(hi);
  return [v.mul(yh, lh), v.add(v.mul(yl, hi), v.mul(yh, v.add(cut, lo)))];
}

/** x and low of exp(x + low) as 2^(k/128) and what is left, where |x| < 700. */
function reduced(v: Doubles, [x, low]: Pair): { k: Expr; r: Expr } {
  const { k, r } = reduceExp(v, x);
  return { k, r: v.add(r, low) };
}

/** 2^(k/128)·e^r. */
function expInside(v: Doubles, k: Expr, r: Expr): Expr {
  const { scale, tail } = powerOfTwo(v, k);
  return v.add(scale, v.mul(scale, expRest(v, r, tail)));
}

/** exp(y·log) for any y. Far outside the second part has no meaning any more; it may be infinite. */
function expAnywhere(v: Doubles, y: Expr, log: Pair): Expr {
  const [exact, low] = productOf(v, v.atMost(v.atLeast(y, -(2 ** 70)), 2 ** 70), log);
  const x = v.atMost(v.atLeast(exact, -800), 800);
  const { k, r } = reduceExp(v, x);
  const { scale, tail } = powerOfTwo(v, k);
  const rest = expRest(v, v.add(r, v.atMost(v.atLeast(low, -1), 1)), tail);
  return scaleUp(v, scale, rest, v.is(v.abs(x), "lt", 700), v.is(x, "lt", 0));
}

/** What y is, for the sign of x^y. */
function parityOf(v: Floats, y: Expr): { integer: Expr; odd: Expr } {
  const integer = v.is(v.trunc(y), "eq", y);
  const half = v.mul(y, 0.5);
  return { integer, odd: v.and(integer, v.is(v.trunc(half), "ne", half)) };
}

/** Puts right what x^y is where x is not positive, finite and normal, or y is NaN or x. `size` is |x|^y where that is known. */
function repair(v: Floats, size: Expr, x: Expr, y: Expr): Expr {
  const { integer, odd } = parityOf(v, y);
  const infinity = Number.POSITIVE_INFINITY;
  const zero = v.is(x, "eq", 0);
  const infinite = v.is(v.abs(x), "eq", infinity);
  // 0 to a positive power, and an infinity to a negative one, are 0.
  const vanishes = v.xor(zero, v.is(y, "lt", 0));
  const atEnd = v.choose(vanishes, 0, infinity);
  const known = v.choose(v.or(zero, infinite), atEnd, size);
  const signed = v.or(known, v.withSign(0, v.and(x, odd)));
  const none = v.and(v.and(v.is(x, "lt", 0), v.not(infinite)), v.not(integer));
  const unknown = v.or(v.or(v.is(x, "ne", x), v.is(y, "ne", y)), none);
  const one = v.or(v.is(y, "eq", 0), v.is(x, "eq", 1));
  return v.choose(one, 1, v.choose(unknown, Number.NaN, signed));
}

const TINY = 2 ** -1022;

/** x^y for any two. */
function power(v: Doubles, x: Expr, y: Expr): Expr {
  const size = v.abs(x);
  const small = v.is(size, "lt", TINY);
  const above = aboveLeast(v, v.choose(small, v.mul(size, 2 ** 54), size));
  const parts = partsOf(v, above, v.choose(small, BIAS + 54, BIAS));
  const log = preciseLog(v, parts, tailOf(v, parts));
  return repair(v, expAnywhere(v, y, log), x, y);
}

/** x², which is exact or rounded once, where y is 2: as NumPy has it. */
function withSquares(v: Doubles, x: Expr, y: Expr, body: () => Expr): Expr {
  const { fn } = v;
  const two = v.is(y, "eq", 2);
  const square = fn.let(v.mul(x, x));
  fn.if(v.any(v.not(two)), () => fn.set(square, v.choose(two, square, body())));
  return square;
}

/** The same in stages, for what is normal, positive and inside, and no square. */
function* powerStages(v: Doubles, x: Expr, y: Expr): Stages {
  const above = aboveLeast(v, x);
  const first = partsOf(v, above, BIAS, placesOf(v, x));
  const [again, sum, rest, whole, fine] = yield {
    keep: [y, first.sum, first.rest, first.whole, first.fine],
    calm: v.and(isNormal(v, above), v.is(y, "ne", 2)),
  };
  const parts = { sum: sum!, rest: rest!, whole: whole!, fine: fine! };
  const [factor, hi, lo] = yield { keep: [again!, ...preciseLog(v, parts, tailOf(v, parts))] };
  const product = productOf(v, factor!, [hi!, lo!]);
  const left = reduced(v, product);
  const [k, r] = yield { keep: [left.k, left.r], calm: v.is(v.abs(product[0]), "lt", 700) };
  return expInside(v, k!, r!);
}

const doublePower: Staged<Doubles> = {
  ways: 1,
  stages: (v, x, y) => powerStages(v, x!, y!),
  anywhere: (v, x, y) => withSquares(v, x!, y!, () => power(v, x!, y!)),
  // Where one exponent is 2, the others mostly are.
  elsewhere: (fn, from) => op("f64.eq", fn.load("f64.load", from[1]!), f64(2)),
};

const floats: Kernels = /* @__PURE__ */ stagedKernels(
  doublePower,
  /* @__PURE__ */ stagedLoop(2, singles, /* @__PURE__ */ powerOfSingles(repair)),
  2,
);
const complexes: Kernels = /* @__PURE__ */ kernels((x) => complexPowerKernel(x));

/** @internal The kernels of `power`; those of integers are {@link integerPowerKernel}. */
export const powerKernel: Kernels = (types) => {
  const [letter] = types;
  if (letter === "F" || letter === "D") return complexes(types);
  return letter === "e" || letter === "f" || letter === "d" ? floats(types) : integerPowerKernel(types);
};
