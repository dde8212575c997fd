/**
 * Logarithms without a table, for float64 and for float32: with x = z·2^k, z between √½ and √2, f = z − 1 and s = f/(2 + f),
 *
 *     log(1 + f) = 2·atanh s = f − (f²/2 − s·(f²/2 + R)),    R = s²·(⅔ + ⅖·s² + …),
 *
 * where all that is rounded is small beside f. The idea is fdlibm's (e_log.c, Sun Microsystems 1993), as are the two parts
 * of f − f²/2 for other bases (e_log2.c). The polynomials are interpolations at Chebyshev's points.
 */

import type { Expr } from "../../wasm/fn.ts";
import type { Floats, Vector } from "./floats.ts";
import type { Kept, Staged } from "./staged-loop.ts";

/** What the two formats differ in. */
interface Format {
  /** Digits behind the point, and what is added to exponents. */
  readonly digits: number;
  readonly bias: number;
  /** The bits of the least z. */
  readonly least: bigint;
  /** What brings subnormal numbers among the normal ones: this power of two. */
  readonly up: number;
  /** Digits of the first parts of constants: their products with an exponent, and with a number cut as long, are exact. */
  readonly cut: number;
  /** The series of R/s², from ⅔ on. */
  readonly series: readonly number[];
}

const formats: Readonly<Record<Floats["shape"], Format>> = {
  f64x2: {
    digits: 52,
    bias: 1023,
    least: 0x3fe6a09e00000000n,
    up: 54,
    cut: 26,
    series: [
      0.666666666666667, 0.3999999999989945, 0.28571428626001427, 0.22222211130560726, 0.18182889433757515,
      0.15331711346672997, 0.14616576421644387,
    ],
  },
  f32x4: {
    digits: 23,
    bias: 127,
    least: 0x3f3504f3n,
    up: 24,
    cut: 12,
    series: [0.6666668653488159, 0.3998877704143524, 0.29580044746398926],
  },
};

/** A number as the sum of one of few digits, and the rest. */
type Constant = readonly [hi: number, lo: number];

/** `x` + `rest`, of which the first part is to have `digits` digits. */
function parts(x: number, rest: number, digits: number): Constant {
  const unit = 2 ** (Math.floor(Math.log2(x)) + 1 - digits);
  const hi = Math.round(x / unit) * unit;
  return [hi, x - hi + rest];
}

/** log 2 and 1/log b: numbers, and what a float64 has no digits for. */
interface Base {
  readonly two: Constant;
  readonly inverse: Constant;
}

const bases = {
  two: { two: [1, 0], inverse: [Math.LOG2E, 2.0355273740931033e-17] },
  ten: { two: [Math.log10(2), -2.8037281277851704e-18], inverse: [Math.LOG10E, 1.098319650216765e-17] },
} as const satisfies Record<string, Base>;

type BaseName = keyof typeof bases;

/** x as z·2^k: the bits of x above those of the least z, and what makes a k of their exponent. */
interface Split {
  readonly above: Expr;
  readonly bias: Expr;
}

/** The bits of x above those of the least z, and a mask of where x is positive, finite and normal. */
function aboveLeast(v: Floats, x: Expr): { above: Vector; calm: () => Vector } {
  const { digits, bias, least } = formats[v.shape];
  const first = 1n << BigInt(digits);
  const one = BigInt(bias) * first;
  const lowest = v.shape === "f64x2" ? -(1n << 63n) : -(1n << 31n);
  const above = v.addBits(x, v.bits(one - least));
  // As signed integers, the bits of normal numbers are below those of all others when 0 is moved to the least one.
  const calm = () => {
    const moved = v.addBits(above, v.bits(lowest - first - (one - least)));
    return v.moreBits(v.bits(lowest + BigInt(2 * bias) * first), moved);
  };
  return { above, calm };
}

/** The number that takes k out of an exponent. */
function unbiased(v: Floats): number {
  const { digits, bias } = formats[v.shape];
  return 2 ** digits + bias;
}

/**
 * Runs `body` on the positive, finite and normal among x, and sees to the rest: subnormal numbers are scaled for it, and what
 * has no logarithm, or an infinite one, is put right afterwards.
 */
function withSpecials(v: Floats, x: Expr, body: (split: Split) => Expr): Expr {
  const { bias, up } = formats[v.shape];
  const small = v.is(x, "lt", 2 ** (1 - bias));
  const { above } = aboveLeast(v, v.choose(small, v.mul(x, 2 ** up), x));
  const y = body({ above, bias: v.choose(small, unbiased(v) + up, unbiased(v)) });
  const big = v.choose(v.is(x, "eq", Number.POSITIVE_INFINITY), x, y);
  const end = v.choose(v.is(x, "eq", 0), Number.NEGATIVE_INFINITY, big);
  return v.choose(v.is(x, "ge", 0), end, Number.NaN);
}

/** log(1 + f) = f − (`half` − `bent` − `bend`), and k; s is f/(2 + f). */
interface Terms {
  readonly k: Expr;
  readonly f: Expr;
  readonly s: Expr;
  readonly half: Expr;
  readonly bent: Expr;
  readonly bend: Expr;
}

/** What the polynomial begins with. */
type Start = Pick<Terms, "k" | "f" | "s">;

function startOf(v: Floats, { above, bias }: Split): Start {
  const { digits, least } = formats[v.shape];
  const mantissa = (1n << BigInt(digits)) - 1n;
  // An integer put into the digits of 2^digits makes it a float.
  const k = v.sub(v.or(v.shiftRight(above, digits), 2 ** digits), bias);
  const f = v.sub(v.addBits(v.and(above, v.bits(mantissa)), v.bits(least)), 1);
  return { k, f, s: v.div(f, v.add(f, 2)) };
}

/** The polynomial, s²·(⅔ + ⅖·s² + …), times s. */
function bendOf(v: Floats, s: Expr): Expr {
  const square = v.mul(s, s);
  return v.mul(v.mul(s, square), v.shortPolynomial(square, formats[v.shape].series));
}

function termsOf(v: Floats, { k, f, s }: Start, bend = bendOf(v, s)): Terms {
  const half = v.mul(f, v.mul(f, 0.5));
  return { k, f, s, half, bent: v.mul(s, half), bend };
}

/** The same in stages, and what else is to be kept on the way. */
function* termsInStages(
  v: Floats,
  start: Start,
  calm: Expr,
  ...more: Expr[]
): Generator<Kept, [Terms, ...Expr[]], readonly Vector[]> {
  const first = yield { keep: [start.k, start.f, start.s, ...more], calm };
  const [k, f, s, ...rest] = yield { keep: [...first, bendOf(v, first[2]!)] };
  return [termsOf(v, { k: k!, f: f!, s: s! }, rest.pop()!), ...rest];
}

/** k·ln 2 + log(1 + f) + low. */
function natural(v: Floats, { k, f, half, bent, bend }: Terms, low?: Expr): Vector {
  const [hi, lo] = v.shape === "f64x2" ? parts(Math.LN2, 2.3190468138462996e-17, 33) : parts(Math.LN2, 0, 9);
  const small = v.add(bent, v.mul(k, lo));
  const [sum, lost] = v.fastSum(v.mul(k, hi), f);
  if (low === undefined) return v.add(sum, v.add(v.add(v.sub(small, half), lost), bend));
  // One rounding less in exchange for that of `low`.
  const [lead, cut] = v.fastSum(sum, v.neg(half));
  return v.add(lead, v.add(v.add(v.add(small, low), v.add(lost, cut)), bend));
}

/** What makes a logarithm of its terms. */
type Ending = (v: Floats, terms: Terms) => Expr;

function logarithm(ending: Ending): Staged<Floats> {
  return {
    single: true,
    *stages(v, x) {
      const { above, calm } = aboveLeast(v, x!);
      const start = startOf(v, { above, bias: v.of(unbiased(v)) });
      const [terms] = yield* termsInStages(v, start, calm());
      return ending(v, terms);
    },
    anywhere: (v, x) => withSpecials(v, x!, (split) => ending(v, termsOf(v, startOf(v, split)))),
  };
}

export const log: Staged<Floats> = /* @__PURE__ */ logarithm(natural);

/** The logarithm in another base: f − half is cut in two, so that what is multiplied first loses nothing. */
function inBase(v: Floats, { k, f, half, bent, bend }: Terms, name: BaseName): Expr {
  const { digits, cut } = formats[v.shape];
  const { two, inverse }: Base = bases[name];
  const [twoHi, twoLo] = parts(...two, cut + 6);
  const [over, overLo] = parts(...inverse, cut);
  const upper = v.bits(-(1n << BigInt(digits + 1 - cut)));
  const hi = v.and(v.sub(f, half), upper);
  const lo = v.add(v.add(v.sub(v.sub(f, hi), half), bent), bend);
  const low = v.add(v.mul(v.add(lo, hi), overLo), v.mul(lo, over));
  const [sum, lost] = v.fastSum(twoHi === 1 ? k : v.mul(k, twoHi), v.mul(hi, over));
  const least = v.add(lost, twoLo === 0 ? low : v.add(low, v.mul(k, twoLo)));
  return v.add(sum, least);
}

export const log2: Staged<Floats> = /* @__PURE__ */ logarithm((v, terms) => inBase(v, terms, "two"));
export const log10: Staged<Floats> = /* @__PURE__ */ logarithm((v, terms) => inBase(v, terms, "ten"));

/** low·2^(1 − k), from what log(u + low) is to be. */
function scaledLow(v: Floats, above: Expr, low: Expr): Expr {
  const { digits, bias } = formats[v.shape];
  const first = 1n << BigInt(digits);
  return v.mul(low, v.subBits(v.bits(BigInt(2 * bias + 1) * first), v.and(above, v.bits(-first))));
}

/** log(u + low): ½/(1 + f) is near ½ − s, which is enough for what is below the last digit of 1 + f. */
function ofSum(v: Floats, terms: Terms, scaled: Expr): Expr {
  return natural(v, terms, v.mul(scaled, v.sub(0.5, terms.s)));
}

/** log(1 + x): the sum is kept whole as u + low, and log(u + low) = log u + low/u. */
export const log1p: Staged<Floats> = {
  single: true,
  *stages(v, x) {
    const [u, low] = v.sum(1, x!);
    const { above, calm } = aboveLeast(v, u);
    const start = startOf(v, { above, bias: v.of(unbiased(v)) });
    const [terms, scaled, sign] = yield* termsInStages(v, start, calm(), scaledLow(v, above, low), x!);
    const y = ofSum(v, terms, scaled!);
    // The result has the sign of x, of zeros too.
    return v.or(y, v.withSign(0, sign!));
  },
  anywhere(v, x) {
    const [u, low] = v.sum(1, x!);
    const y = withSpecials(v, u, (split) =>
      ofSum(v, termsOf(v, startOf(v, split)), scaledLow(v, split.above, low)),
    );
    return v.or(y, v.withSign(0, x!));
  },
};
