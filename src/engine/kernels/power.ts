/**
 * The kernels of `power`: exp(y·log x) with the logarithm to some 70 digits, because y multiplies its error.
 *
 * The logarithm comes as a sum of two numbers and y is cut in two, so that the largest part of the product is exact. Signs,
 * zeros, infinities and NaN are seen to afterwards, and only in vectors that have any of them.
 */

import type { Expr } from "../../wasm/fn.ts";
import { complexPowerKernel } from "./complex-power.ts";
import type { Doubles, Pair, Places } from "./doubles.ts";
import { scaleUp } from "./exp.ts";
import { expRest, LN2, powerOfTwo, ROUNDER, reduceExp } from "./exp-core.ts";
import type { Floats, Operand, Vector } from "./floats.ts";
import { integerPowerKernel } from "./integer.ts";
import { type Kernels, kernels } from "./lanes.ts";
import { aboveLeast, BIAS, isRare, logSeries, placesOf, splitLog } from "./log-core.ts";
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
function productOf(v: Doubles, y: Expr, [hi, lo]: Pair): readonly [Vector, Vector] {
  const [yh, yl] = v.split(y);
  const [lh, cut] = v.split(hi);
  return [v.mul(yh, lh), v.add(v.mul(yl, hi), v.mul(yh, v.add(cut, lo)))];
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

/** Sets `y` to what `body` gives where a mask is set, if it is anywhere. */
function setWhere(v: Floats, y: Vector, mask: Expr, body: () => Expr): void {
  v.fn.if(v.any(mask), () => v.set(y, v.choose(mask, body(), y)));
}

/**
 * x^y where `size` is |x|^y, as far as that is known: squares, reciprocals and square roots are rounded once, as NumPy has
 * them for an exponent that is one number.
 */
function mended(v: Floats, size: Expr, x: Expr, y: Expr): Expr {
  const a = v.abs(x);
  const whole = v.choose(v.is(y, "eq", 2), v.mul(a, a), size);
  setWhere(v, whole, v.is(y, "eq", -1), () => v.div(1, a));
  setWhere(v, whole, v.is(y, "eq", 0.5), () => v.sqrt(a));
  return repair(v, whole, x, y);
}

const TINY = 2 ** -1022;
/** Beyond it every power of a number that is not 1 is 0 or infinite. */
const MOST = 2 ** 70;
/** Up to here the exponent of e^x has room. */
const INSIDE = 700;
const INSIDE_BITS = 0x4085e00000000000n;

/** |x|^y in stages, but for what {@link mended} sees to: there y is taken for 0. */
function* powerStages(v: Doubles, x: Expr, y: Expr, rough: Expr): Stages {
  const { fn } = v;
  const size = v.variable(v.abs(x), x);
  const bias = v.variable(BIAS, x);
  const places = placesOf(v, x);
  const small = v.is(size, "lt", TINY);
  fn.if(v.any(small), () => {
    v.set(size, v.choose(small, v.mul(size, 2 ** 54), size));
    v.set(bias, v.choose(small, BIAS + 54, bias));
    placesOf(v, size).forEach((place, k) => {
      v.set(places[k]! as Vector, place);
    });
  });
  const above = aboveLeast(v, size);
  const first = partsOf(v, above, bias, places);
  const rare = isRare(v, above);
  // Powers of two have no digits.
  const digits = v.shiftLeft(y, 12);
  const [again, sum, rest, whole, fine] = yield {
    keep: [v.without(y, rare), first.sum, first.rest, first.whole, first.fine],
    rough: v.or(v.or(x, rare), v.sameBits(digits, v.bits(0n))),
  };
  const parts = { sum: sum!, rest: rest!, whole: whole!, fine: fine! };
  const [factor, hi, lo] = yield { keep: [again!, ...preciseLog(v, parts, tailOf(v, parts))] };
  const [product, low] = productOf(v, factor!, [hi!, lo!]);
  // The bits of NaN are more than those of any number.
  const far = v.moreBits(v.abs(product), v.bits(INSIDE_BITS));
  fn.if(v.any(far), () => {
    const [exact, rest] = productOf(v, v.atMost(v.atLeast(factor!, -MOST), MOST), [hi!, lo!]);
    v.set(product, v.atMost(v.atLeast(exact, -800), 800));
    // Here the second part has no meaning any more; it may be infinite.
    v.set(low, v.atMost(v.atLeast(rest, -1), 1));
  });
  const reduced = reduceExp(v, product);
  const [k, r] = yield { keep: [reduced.k, v.add(reduced.r, low)], rough: far };
  const { scale, tail } = powerOfTwo(v, k!);
  const left = expRest(v, r!, tail);
  const result = v.add(scale, v.mul(scale, left));
  fn.if(rough, () => {
    const exponent = v.sub(k!, ROUNDER);
    const calm = v.is(v.abs(exponent), "lt", (INSIDE * 128) / LN2);
    v.set(result, scaleUp(v, scale, left, calm, v.is(exponent, "lt", 0)));
  });
  return result;
}

const doublePower: Staged<Doubles> = {
  ways: 1,
  stages: (v, x, y, rough) => powerStages(v, x!, y!, rough!),
  mend: (v, size, x, y) => mended(v, size, x!, y!),
};

const floats: Kernels = /* @__PURE__ */ stagedKernels(
  doublePower,
  /* @__PURE__ */ stagedLoop(2, singles, /* @__PURE__ */ powerOfSingles(mended)),
  2,
);
const complexes: Kernels = /* @__PURE__ */ kernels((x) => complexPowerKernel(x));

/** @internal The kernels of `power`; those of integers are {@link integerPowerKernel}. */
export const powerKernel: Kernels = (types) => {
  const [letter] = types;
  if (letter === "F" || letter === "D") return complexes(types);
  return letter === "e" || letter === "f" || letter === "d" ? floats(types) : integerPowerKernel(types);
};
