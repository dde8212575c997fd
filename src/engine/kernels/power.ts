/**
 * The kernels of `power`: exp(y·log x) with the logarithm to some 70 digits, because y multiplies its error.
 *
 * The logarithm comes as a sum of two numbers and y is cut in two, so that the largest part of the product is exact. Signs,
 * zeros, infinities and NaN are seen to afterwards, and only in vectors that have any of them.
 */

import type { Expr, Local } from "../../wasm/fn.ts";
import { complexPowerKernel } from "./complex-power.ts";
import type { Doubles, Pair } from "./doubles.ts";
import { scaleUp } from "./exp.ts";
import { expRest, powerOfTwo, reduceExp } from "./exp-core.ts";
import { integerPowerKernel } from "./integer.ts";
import { type Kernels, kernels } from "./lanes.ts";
import { aboveLeast, BIAS, logSeries, splitLog } from "./log-core.ts";
import { longKernels } from "./long-loop.ts";

/** log(x) as a pair: some 2^-70 of an error, relative where x is near 1. */
function preciseLog(v: Doubles, above: Expr, bias: Expr): Pair {
  const { whole, r, fine } = splitLog(v, above, "e", bias);
  const [sum, rest] = v.fastSum(r[0], r[1]);
  const [upper, cut] = v.split(sum);
  const lower = v.add(cut, rest);
  const half = v.mul(upper, -0.5);
  // upper + half·upper is exact but for the last sum of each line: both are added to the whole with what they lose.
  const [first, firstLost] = v.fastSum(whole[0], upper);
  const [second, secondLost] = v.fastSum(first, v.mul(half, upper));
  const square = v.mul(sum, sum);
  const cube = v.mul(square, sum);
  const crossed = v.sub(lower, v.mul(lower, v.add(upper, v.mul(lower, 0.5))));
  const tail = v.add(v.mul(cube, v.polynomial(sum, logSeries(7).slice(1), square)), fine());
  const low = v.add(v.add(crossed, tail), v.add(firstLost, secondLost));
  return v.fastSum(second, low);
}

/** exp(y·(hi + lo)), for y below 2^70. */
function expOfProduct(v: Doubles, y: Expr, [hi, lo]: Pair): Expr {
  const [yh, yl] = v.split(y);
  const [lh, cut] = v.split(hi);
  const exact = v.mul(yh, lh);
  const rest = v.add(v.mul(yl, hi), v.mul(yh, v.add(cut, lo)));
  const x = v.atMost(v.atLeast(exact, -800), 800);
  const { k, r } = reduceExp(v, x);
  const { scale, tail } = powerOfTwo(v, k);
  const inside = v.is(v.abs(x), "lt", 700);
  // Far outside the rest has no meaning any more; it may be infinite.
  const small = v.atMost(v.atLeast(rest, -1), 1);
  return scaleUp(v, scale, expRest(v, v.add(r, small), tail), inside, v.is(x, "lt", 0));
}

/** What y is, for the sign of x^y. */
function parityOf(v: Doubles, y: Expr): { integer: Expr; odd: Expr } {
  const integer = v.is(v.trunc(y), "eq", y);
  const half = v.mul(y, 0.5);
  return { integer, odd: v.and(integer, v.is(v.trunc(half), "ne", half)) };
}

/** Puts right what x^y is where x is not positive, finite and normal, or y is NaN or x. `size` is |x|^y where that is known. */
function repair(v: Doubles, size: Expr, x: Expr, y: Expr): Expr {
  const { integer, odd } = parityOf(v, y);
  const infinity = Number.POSITIVE_INFINITY;
  const zero = v.is(x, "eq", 0);
  const infinite = v.is(v.abs(x), "eq", infinity);
  // 0 to a positive power, and an infinity to a negative one, are 0.
  const vanishes = v.xor(zero, v.is(y, "lt", 0));
  const atEnd = v.choose(vanishes, 0, infinity);
  const known = v.choose(v.or(zero, infinite), atEnd, size);
  const signed = v.or(known, v.and(v.and(x, odd), v.bits(-(1n << 63n))));
  const none = v.and(v.and(v.is(x, "lt", 0), v.not(infinite)), v.not(integer));
  const unknown = v.or(v.or(v.is(x, "ne", x), v.is(y, "ne", y)), none);
  const one = v.or(v.is(y, "eq", 0), v.is(x, "eq", 1));
  return v.choose(one, 1, v.choose(unknown, Number.NaN, signed));
}

const TINY = 2 ** -1022;

type SizeOf = (v: Doubles, above: Expr, bias: Expr, y: Expr) => Expr;

/** x^y: `size` on what is normal and positive, and the rest put right. */
function power(v: Doubles, x: Expr, y: Expr, size: SizeOf): Expr {
  const { fn } = v;
  const normal = v.and(v.is(x, "ge", TINY), v.is(x, "lt", Number.POSITIVE_INFINITY));
  const rare = fn.let(v.any(v.not(v.and(normal, v.is(y, "eq", y)))));
  const above: Local = fn.let(aboveLeast(v, x));
  const bias: Local = fn.let(v.of(BIAS));
  fn.if(rare, () => {
    const positive = v.abs(x);
    const small = v.is(positive, "lt", TINY);
    fn.set(above, aboveLeast(v, v.choose(small, v.mul(positive, 2 ** 54), positive)));
    fn.set(bias, v.choose(small, BIAS + 54, bias));
  });
  const result = fn.let(size(v, above, bias, v.atMost(v.atLeast(y, -(2 ** 70)), 2 ** 70)));
  fn.if(rare, () => fn.set(result, repair(v, result, x, y)));
  return result;
}

/** x², which is exact or rounded once, where y is 2: as NumPy has it. */
function withSquares(v: Doubles, x: Expr, y: Expr, body: () => Expr): Expr {
  const { fn } = v;
  const two = v.is(y, "eq", 2);
  const square = fn.let(v.mul(x, x));
  fn.if(v.any(v.not(two)), () => fn.set(square, v.choose(two, square, body())));
  return square;
}

function powerDouble(v: Doubles, x: Expr, y: Expr): Expr {
  const size: SizeOf = (_, above, bias, clamped) => expOfProduct(v, clamped, preciseLog(v, above, bias));
  return withSquares(v, x, y, () => power(v, x, y, size));
}

/** The same with some 40 digits, for results of 24. */
function powerSingle(v: Doubles, x: Expr, y: Expr): Expr {
  const size: SizeOf = (_, above, bias, clamped) => {
    const { whole, r } = splitLog(v, above, "e", bias);
    const sum = v.add(r[0], r[1]);
    const square = v.mul(sum, sum);
    const log = v.add(v.add(whole[0], sum), v.mul(square, v.polynomial(sum, logSeries(4), square)));
    const { k, r: rest } = reduceExp(v, v.atMost(v.atLeast(v.mul(clamped, log), -200), 200));
    const { scale } = powerOfTwo(v, k);
    const more = v.add(rest, v.mul(v.mul(rest, rest), v.polynomial(rest, [1 / 2, 1 / 6])));
    return v.add(scale, v.mul(scale, more));
  };
  return power(v, x, y, size);
}

const floats: Kernels = /* @__PURE__ */ longKernels(2, powerDouble, powerSingle);
const complexes: Kernels = /* @__PURE__ */ kernels((x) => complexPowerKernel(x));

/** @internal The kernels of `power`; those of integers are {@link integerPowerKernel}. */
export const powerKernel: Kernels = (types) => {
  const [letter] = types;
  if (letter === "F" || letter === "D") return complexes(types);
  return letter === "e" || letter === "f" || letter === "d" ? floats(types) : integerPowerKernel(types);
};
