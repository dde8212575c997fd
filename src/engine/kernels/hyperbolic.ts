/** The kernels of sinh, cosh and tanh. */

import { type Expr, i32, op } from "../../wasm/fn.ts";
import { heap, region } from "../../wasm/memory.ts";
import { complexCosh, complexSinh, complexTanh } from "./complex-hyperbolic.ts";
import { withComplex } from "./complex-trig.ts";
import { Doubles } from "./doubles.ts";
import { scaleUp } from "./exp.ts";
import { expRest, powerOfTwo, reduceExp } from "./exp-core.ts";
import type { Floats } from "./floats.ts";
import type { Kernels } from "./lanes.ts";
import { fromHalves, halfOf } from "./single-halves.ts";
import { coshOfSingles, sinhOfSingles } from "./singles.ts";
import { type Staged, type Stages, singles, stagedKernels, stagedLoop } from "./staged-loop.ts";

/** 2^(k/128)/2 of both powers of e, and what is left of them, each but for its factor. */
interface Powers {
  readonly scale: Expr;
  readonly rest: Expr;
  readonly small: Expr;
  readonly smallRest: Expr;
}

/** The places of e^a and e^-a among the powers of two, and what is left of a. */
function placesOf(v: Doubles, a: Expr): { k: Expr; opposite: Expr; r: Expr } {
  const { k, r, whole } = reduceExp(v, a);
  // Beyond e^44 the other power is of no account, and its exponent need not be true.
  return { k, opposite: v.sub(1.5 * 2 ** 52, v.atMost(whole, 64 * 128)), r };
}

function powersOf(v: Doubles, k: Expr, opposite: Expr, r: Expr): Powers {
  const one = v.bits(1n << 52n);
  const [up, down] = [powerOfTwo(v, k), powerOfTwo(v, opposite)];
  return {
    scale: v.subBits(up.scale, one),
    rest: expRest(v, r, up.tail),
    small: v.subBits(down.scale, one),
    smallRest: expRest(v, v.neg(r), down.tail),
  };
}

/** (e^a ± e^-a)/2; the large parts are added without loss. */
function halfSum(v: Doubles, { scale, rest, small, smallRest }: Powers, sign: "add" | "sub"): Expr {
  const [hi, lo] = v.fastSum(scale, sign === "add" ? small : v.neg(small));
  return v.add(hi, v.add(lo, v[sign](v.mul(scale, rest), v.mul(small, smallRest))));
}

/** Up to here the exponents have room. */
const SAFE = 700;

/** (e^|x| ± e^-|x|)/2, and what `ending` makes of it and x. */
function halfSums(sign: "add" | "sub", ending: (v: Doubles, y: Expr, x: Expr) => Expr): Staged<Doubles> {
  return {
    *stages(v, x) {
      const a = v.abs(x!);
      const places = placesOf(v, a);
      const calm = v.is(a, "lt", SAFE);
      const [again, k, opposite, r] = yield { keep: [x!, places.k, places.opposite, places.r], calm };
      const powers = powersOf(v, k!, opposite!, r!);
      const { scale: s, rest: t, small: p, smallRest: q } = powers;
      const [same, scale, rest, small, smallRest] = yield { keep: [again!, s, t, p, q] };
      return ending(
        v,
        halfSum(v, { scale: scale!, rest: rest!, small: small!, smallRest: smallRest! }, sign),
        same!,
      );
    },
    anywhere(v, x) {
      const a = v.atMost(v.abs(x!), 711);
      const { k, opposite, r } = placesOf(v, a);
      const powers = powersOf(v, k, opposite, r);
      const calm = v.is(a, "lt", SAFE);
      const far = scaleUp(v, powers.scale, powers.rest, calm, v.of(0));
      return ending(v, v.choose(calm, halfSum(v, powers, sign), far), x!);
    },
  };
}

function sinh(v: Doubles, half: Expr, x: Expr): Expr {
  const a = v.abs(x);
  const square = v.mul(x, x);
  const odd = v.mul(v.mul(a, square), v.polynomial(square, [1 / 6, 1 / 120, 1 / 5040, 1 / 362880]));
  return v.withSign(v.choose(v.is(a, "lt", 0.1), v.add(a, odd), half), x);
}

/** @internal The kernels of `sinh`. */
export const sinhKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernels(
    /* @__PURE__ */ halfSums("sub", sinh),
    /* @__PURE__ */ stagedLoop(1, singles, sinhOfSingles),
  ),
  complexSinh,
);

/** @internal The kernels of `cosh`. */
export const coshKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernels(
    /* @__PURE__ */ halfSums("add", (_, half) => half),
    /* @__PURE__ */ stagedLoop(1, singles, coshOfSingles),
  ),
  complexCosh,
);

/** tanh is in the table at multiples of 1/16, up to where it is 1. */
const STEPS = 16;
const LAST = 20 * STEPS;
const DIGITS = 120n;
const UNIT = 1n << DIGITS;

let tanhValues = 0;

/** e^(1/8) in fixed point. */
function eToTheEighth(): bigint {
  let term = UNIT;
  let sum = 0n;
  for (let n = 1n; term !== 0n; n++) {
    sum += term;
    term /= 8n * n;
  }
  return sum;
}

/** The address of the table: tanh(k/16) as a float64, and the rest. */
function tanhTable(): number {
  if (tanhValues !== 0) return tanhValues;
  const at = region(16 * 512);
  const step = eToTheEighth();
  let power = UNIT;
  for (let k = 0; k <= LAST; k++) {
    // tanh(x) = 1 − 2/(e^2x + 1)
    const exact = UNIT - (2n * UNIT * UNIT) / (power + UNIT);
    const rounded = Number(exact) / 2 ** 120;
    heap.f64[at / 8 + 2 * k] = rounded;
    heap.f64[at / 8 + 2 * k + 1] = Number(exact - BigInt(rounded * 2 ** 60) * (1n << 60n)) / 2 ** 120;
    power = (power * step) >> DIGITS;
  }
  tanhValues = at;
  return at;
}

/** |x| as c + r with c a multiple of 1/16, which is in the lower bits of `shifted`. */
function tanhStep(v: Floats, x: Expr): { shifted: Expr; r: Expr } {
  const a = v.atMost(v.abs(x), 20);
  const rounder = (1.5 * (v.shape === "f64x2" ? 2 ** 52 : 2 ** 23)) / STEPS;
  const shifted = v.add(a, rounder);
  return { shifted, r: v.sub(a, v.sub(shifted, rounder)) };
}

/** Where tanh c is in the table. */
function tanhPlace(word: Expr): Expr {
  return op("i32.and", op("i32.shl", word, i32(4)), i32(511 * 16));
}

/**
 * With c the nearest multiple of 1/16, r = |x| − c and t = tanh r, the addition theorem is
 *
 *     tanh(c + r) = tanh c + r + (t − r) − t·T·(T + t)/(1 + T·t),    T = tanh c,
 *
 * where the first two are added without loss and the others are small.
 */
function* tanh(v: Doubles, x: Expr): Stages {
  const { shifted, r: first } = tanhStep(v, x);
  const [sign, k, r] = yield { keep: [x, shifted, first] };
  const [big, tail] = v.entries(tanhTable(), v.places(k!, 0, tanhPlace));
  const square = v.mul(r!, r!);
  const series = [-1 / 3, 2 / 15, -17 / 315, 62 / 2835, -1382 / 155925];
  const cubic = v.mul(v.mul(r!, square), v.polynomial(square, series));
  const t = v.add(r!, cubic);
  const correction = v.div(v.mul(v.mul(t, big), v.add(big, t)), v.add(1, v.mul(big, t)));
  const [hi, lo] = v.fastSum(big, r!);
  const y = v.add(hi, v.add(v.add(lo, tail), v.sub(cubic, correction)));
  return v.withSign(y, sign!);
}

/** The addition theorem as it stands, in float64: tanh(c + r) = (T + t)/(1 + T·t). */
function* tanhOfSingles(v: Floats, x: Expr): Stages {
  const { shifted, r: first } = tanhStep(v, x);
  const [sign, k, r] = yield { keep: [x, shifted, first] };
  const wide = new Doubles(v.fn);
  const half = (part: 0 | 1) => {
    const [big] = wide.entries(tanhTable(), wide.placesOfHalf(k!, part, tanhPlace));
    const near = halfOf(wide, r!, part);
    const square = wide.mul(near, near);
    const t = wide.add(near, wide.mul(wide.mul(near, square), wide.polynomial(square, [-1 / 3, 2 / 15])));
    return wide.div(wide.add(big, t), wide.add(1, wide.mul(big, t)));
  };
  return v.withSign(fromHalves(v, half(0), half(1)), sign!);
}

/** @internal The kernels of `tanh`. */
export const tanhKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernels(
    { stages: (v, x) => tanh(v, x!) },
    /* @__PURE__ */ stagedLoop(1, singles, { stages: (v, x) => tanhOfSingles(v, x!) }),
  ),
  complexTanh,
);
