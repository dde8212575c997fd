/** The kernels of cbrt and hypot. */

import type { Expr } from "../../wasm/fn.ts";
import type { Doubles } from "./doubles.ts";
import type { Kernels } from "./lanes.ts";
import { longKernels } from "./long-loop.ts";

/** The upper words of x^(-1/3) are about this less a third of those of x: 13 % off at most. */
const GUESS = 1430200000;

/** x^(-1/3) to some 45 digits, for x normal and positive. */
function inverseCubeRoot(v: Doubles, x: Expr): Expr {
  const word = v.sub(v.or(v.shiftRight(x, 32), v.bits(0x4330n << 48n)), 2 ** 52);
  const guess = v.add(v.sub(GUESS, v.mul(word, 1 / 3)), 2 ** 52);
  const y0 = v.shiftLeft(guess, 32);
  const error = (y: Expr) => v.sub(1, v.mul(v.mul(x, y), v.mul(y, y)));
  const e0 = error(y0);
  const series = [1 / 3, 2 / 9, 14 / 81, 35 / 243, 91 / 729];
  const y1 = v.add(y0, v.mul(v.mul(y0, e0), v.polynomial(e0, series)));
  const e1 = error(y1);
  return v.add(y1, v.mul(v.mul(y1, e1), v.polynomial(e1, [1 / 3, 2 / 9])));
}

/** The cube root: 26 digits of it, whose cube is subtracted exactly, and one step of Newton's. */
function cbrtNormal(v: Doubles, x: Expr): Expr {
  const y = inverseCubeRoot(v, x);
  const y2 = v.mul(y, y);
  const t = v.and(v.addBits(v.mul(x, y2), v.bits(1n << 26n)), v.bits(-(1n << 27n)));
  const [square, low] = v.split(v.mul(t, t));
  const rest = v.sub(v.sub(x, v.mul(square, t)), v.mul(low, t));
  const step = v.mul(rest, v.mul(y2, 1 / 3));
  return v.add(t, v.add(step, v.mul(v.mul(step, step), y)));
}

function cbrt(v: Doubles, x: Expr): Expr {
  const { fn } = v;
  const a = fn.let(v.abs(x));
  const normal = v.and(v.is(a, "ge", 2 ** -1022), v.is(a, "lt", Number.POSITIVE_INFINITY));
  const rare = fn.let(v.any(v.not(normal)));
  fn.if(rare, () => fn.set(a, v.choose(normal, a, v.mul(a, 2 ** 54))));
  const y = fn.let(cbrtNormal(v, a));
  fn.if(rare, () => {
    const small = v.and(v.is(v.abs(x), "lt", 2 ** -1022), v.is(x, "ne", 0));
    // 0, an infinity and NaN are their own roots.
    fn.set(y, v.choose(normal, y, v.choose(small, v.mul(y, 2 ** -18), x)));
  });
  return v.withSign(y, x);
}

function cbrtSingle(v: Doubles, x: Expr): Expr {
  const a = v.abs(x);
  const y = inverseCubeRoot(v, a);
  const own = v.or(v.is(x, "eq", 0), v.not(v.is(a, "lt", Number.POSITIVE_INFINITY)));
  return v.choose(own, x, v.withSign(v.mul(a, v.mul(y, y)), x));
}

/** @internal The kernels of `cbrt`: exact for cubes. */
export const cbrtKernel: Kernels = /* @__PURE__ */ longKernels(1, cbrt, cbrtSingle);

/** √(a² + b²), squares and root kept as pairs; a ≥ b ≥ 0, and a² within range. */
function lengthOf(v: Doubles, a: Expr, b: Expr): Expr {
  const [p, pLow] = v.square(a);
  const [q, qLow] = v.square(b);
  const [sum, lost] = v.fastSum(p, q);
  const [root, rest] = v.root([sum, v.add(lost, v.add(pLow, qLow))]);
  return v.add(root, rest);
}

const HUGE = 2 ** 500;
const SMALL = 2 ** -450;

function hypot(v: Doubles, x: Expr, y: Expr): Expr {
  const { fn } = v;
  const [ax, ay] = [v.abs(x), v.abs(y)];
  const swapped = v.is(ax, "lt", ay);
  const a = fn.let(v.choose(swapped, ay, ax));
  const b = fn.let(v.choose(swapped, ax, ay));
  const calm = v.and(v.is(a, "lt", HUGE), v.is(a, "gt", SMALL));
  const rare = fn.let(v.any(v.not(v.and(calm, v.is(b, "eq", b)))));
  const huge = fn.let(v.is(a, "ge", HUGE));
  const small = fn.let(v.is(a, "le", SMALL));
  fn.if(rare, () => {
    const factor = v.choose(huge, 2 ** -600, v.choose(small, 2 ** 600, 1));
    fn.set(a, v.mul(a, factor));
    fn.set(b, v.mul(b, factor));
  });
  const length = fn.let(lengthOf(v, a, b));
  fn.if(rare, () => {
    const factor = v.choose(huge, 2 ** 600, v.choose(small, 2 ** -600, 1));
    const finite = v.choose(v.is(a, "eq", 0), v.add(ax, ay), v.mul(length, factor));
    const infinity = Number.POSITIVE_INFINITY;
    const infinite = v.or(v.is(ax, "eq", infinity), v.is(ay, "eq", infinity));
    fn.set(length, v.choose(infinite, infinity, finite));
  });
  return length;
}

/** Squares of float32 numbers are exact in float64 and never too large for it. */
function hypotSingle(v: Doubles, x: Expr, y: Expr): Expr {
  const length = v.sqrt(v.add(v.mul(x, x), v.mul(y, y)));
  const infinity = Number.POSITIVE_INFINITY;
  const infinite = v.or(v.is(v.abs(x), "eq", infinity), v.is(v.abs(y), "eq", infinity));
  return v.choose(infinite, infinity, length);
}

/** @internal The kernels of `hypot`. */
export const hypotKernel: Kernels = /* @__PURE__ */ longKernels(2, hypot, hypotSingle);
