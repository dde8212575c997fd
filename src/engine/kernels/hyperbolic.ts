/** The kernels of sinh, cosh and tanh. */

import { type Expr, i32, op } from "../../wasm/fn.ts";
import { heap, region } from "../../wasm/memory.ts";
import { complexCosh, complexSinh, complexTanh } from "./complex-hyperbolic.ts";
import { withComplex } from "./complex-trig.ts";
import type { Doubles } from "./doubles.ts";
import { scaleUp } from "./exp.ts";
import { expRest, powerOfTwo, reduceExp } from "./exp-core.ts";
import type { Vector } from "./floats.ts";
import type { Kernels } from "./lanes.ts";
import { longKernelsWithSingles } from "./long-loop.ts";
import { coshOfSingles, sinhOfSingles } from "./singles.ts";
import { type Kept, type Stages, stagedKernels, stagedLoop, widened } from "./staged-loop.ts";

/** (e^a ± e^-a)/2 for a ≥ 0, both powers from the table; their large parts are added without loss. */
function halfSum(v: Doubles, x: Expr, sign: "add" | "sub"): Expr {
  const a = v.atMost(x, 711);
  const { k, r, whole } = reduceExp(v, a);
  const one = v.bits(1n << 52n);
  const up = powerOfTwo(v, k);
  const scale = v.subBits(up.scale, one);
  const rest = expRest(v, r, up.tail);
  // Beyond e^44 the other power is of no account, and its exponent need not be true.
  const opposite = v.sub(1.5 * 2 ** 52, v.atMost(whole, 64 * 128));
  const down = powerOfTwo(v, opposite);
  const small = v.subBits(down.scale, one);
  const smallRest = expRest(v, v.neg(r), down.tail);
  const [hi, lo] = v.fastSum(scale, sign === "add" ? small : v.neg(small));
  const low = v[sign](v.mul(scale, rest), v.mul(small, smallRest));
  const y = v.fn.let(v.add(hi, v.add(lo, low)));
  const calm = v.is(a, "lt", 700);
  v.fn.if(v.any(v.not(calm)), () => v.fn.set(y, v.choose(calm, y, scaleUp(v, scale, rest, calm, v.of(0)))));
  return y;
}

function sinh(v: Doubles, x: Expr): Expr {
  const a = v.abs(x);
  const square = v.mul(x, x);
  const odd = v.mul(v.mul(a, square), v.polynomial(square, [1 / 6, 1 / 120, 1 / 5040, 1 / 362880]));
  return v.withSign(v.choose(v.is(a, "lt", 0.1), v.add(a, odd), halfSum(v, a, "sub")), x);
}

/** @internal The kernels of `sinh`. */
export const sinhKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernelsWithSingles(sinh, sinhOfSingles, 1),
  complexSinh,
);

/** @internal The kernels of `cosh`. */
export const coshKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ longKernelsWithSingles((v, x) => halfSum(v, v.abs(x), "add"), coshOfSingles, 1),
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

/** |x| = c + r with c a multiple of 1/16: c in the lower bits of the first. */
function* tanhSteps(
  v: Doubles,
  x: Expr,
): Generator<Kept, { r: Expr; big: Expr; tail: Expr; x: Expr }, readonly Vector[]> {
  const a = v.atMost(v.abs(x), 20);
  const shifted = v.add(a, (1.5 * 2 ** 52) / STEPS);
  const [k, r, sign] = yield { keep: [shifted, v.sub(a, v.sub(shifted, (1.5 * 2 ** 52) / STEPS)), x] };
  const place = (word: Expr) => op("i32.and", op("i32.shl", word, i32(4)), i32(511 * 16));
  const [big, tail] = v.entries(tanhTable(), v.places(k!, 0, place));
  return { r: r!, big, tail, x: sign! };
}

/**
 * With c the nearest multiple of 1/16, r = |x| − c and t = tanh r, the addition theorem is
 *
 *     tanh(c + r) = tanh c + r + (t − r) − t·T·(T + t)/(1 + T·t),    T = tanh c,
 *
 * where the first two are added without loss and the others are small.
 */
function* tanh(v: Doubles, given: Expr): Stages {
  const { r, big, tail, x } = yield* tanhSteps(v, given);
  const square = v.mul(r, r);
  const series = [-1 / 3, 2 / 15, -17 / 315, 62 / 2835, -1382 / 155925];
  const cubic = v.mul(v.mul(r, square), v.polynomial(square, series));
  const t = v.add(r, cubic);
  const correction = v.div(v.mul(v.mul(t, big), v.add(big, t)), v.add(1, v.mul(big, t)));
  const [hi, lo] = v.fastSum(big, r);
  const y = v.add(hi, v.add(v.add(lo, tail), v.sub(cubic, correction)));
  return v.withSign(y, x);
}

/** The addition theorem as it stands: tanh(c + r) = (T + t)/(1 + T·t). */
function* tanhSingle(v: Doubles, given: Expr): Stages {
  const { r, big, x } = yield* tanhSteps(v, given);
  const square = v.mul(r, r);
  const t = v.add(r, v.mul(v.mul(r, square), v.polynomial(square, [-1 / 3, 2 / 15])));
  return v.withSign(v.div(v.add(big, t), v.add(1, v.mul(big, t))), x);
}

/** @internal The kernels of `tanh`. */
export const tanhKernel: Kernels = /* @__PURE__ */ withComplex(
  /* @__PURE__ */ stagedKernels(
    { stages: (v, x) => tanh(v, x!) },
    /* @__PURE__ */ stagedLoop(1, widened, { stages: (v, x) => tanhSingle(v, x!) }),
  ),
  complexTanh,
);
