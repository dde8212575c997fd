/**
 * Sine, cosine, tangent and their inverses of complex numbers, one number at a time.
 *
 * Values at infinities, NaN and signed zeros are those of the C standard (ISO C99, annex G), which NumPy has. The functions
 * put their result into `parts`, so that nothing is allocated for an element.
 */

import { jsKernel, type Runnable } from "../../wasm/kernel.ts";
import { heap } from "../../wasm/memory.ts";
import type { LoopKernel } from "../loop.ts";
import { ofHalves } from "./half-table.ts";
import { type Kernels, kernels, type Lane } from "./lanes.ts";

const { abs, atan, atan2, cos, cosh, exp, hypot, log, log1p, sin, sinh, sqrt } = Math;
const INF = Number.POSITIVE_INFINITY;
const EPSILON = 2 ** -52;

/** The real and the imaginary part of the last result. */
export const parts = /* @__PURE__ */ new Float64Array(2);

/** A function of a complex number, which leaves its result in {@link parts}. */
export type ComplexFunction = (re: number, im: number) => void;

function give(re: number, im: number): void {
  parts[0] = re;
  parts[1] = im;
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}

function withSign(size: number, sign: number): number {
  return isNegative(sign) ? -abs(size) : abs(size);
}

/** From here on e^x/2 is sinh x and cosh x, and soon too large for a float64; factors of e^700 are taken out. */
const HUGE = 700;

/** (a·cosh y, b·sinh |y|), finite where the products are. */
function hyperbolics(a: number, b: number, y: number): void {
  let size = abs(y);
  if (size < HUGE) {
    give(a * cosh(size), b * sinh(size));
    return;
  }
  let [p, q] = [a, b];
  for (let k = 0; k < 3 && size >= HUGE; k++) {
    p *= exp(HUGE);
    q *= exp(HUGE);
    size -= HUGE;
  }
  const last = exp(Math.min(size, HUGE)) / 2;
  give(p * last, q * last);
}

export function complexSin(re: number, im: number): void {
  if (Number.isFinite(re) && Number.isFinite(im)) {
    hyperbolics(sin(re), cos(re), im);
    if (isNegative(im)) parts[1] = -parts[1]!;
  } else if (im === INF || im === -INF) {
    if (re === 0) give(re, im);
    else if (Number.isFinite(re)) give(withSign(INF, sin(re)), withSign(INF, cos(re)) * Math.sign(im));
    else give(Number.NaN, INF);
  } else if (re === 0) give(re, Number.NaN);
  else give(Number.NaN, im === 0 ? im : Number.NaN);
}

export function complexCos(re: number, im: number): void {
  if (Number.isFinite(re) && Number.isFinite(im)) {
    hyperbolics(cos(re), sin(re), im);
    if (!isNegative(im)) parts[1] = -parts[1]!;
  } else if (im === INF || im === -INF) {
    if (re === 0) give(INF, re * -Math.sign(im));
    else if (Number.isFinite(re)) give(withSign(INF, cos(re)), withSign(INF, sin(re)) * -Math.sign(im));
    else give(INF, Number.NaN);
  } else if (Number.isNaN(im)) give(Number.NaN, re === 0 ? re : Number.NaN);
  else give(Number.NaN, im === 0 ? 0 : Number.NaN);
}

/** Above this |im|, the tangent is ±i but for less than half a unit in the last place. */
const FLAT = 20;

export function complexTan(re: number, im: number): void {
  if (im === INF || im === -INF) {
    give(withSign(0, Number.isFinite(re) && abs(re) > 1 ? sin(re) * cos(re) : re), Math.sign(im));
  } else if (re === 0 && Number.isNaN(im)) give(re, im);
  else if (!Number.isFinite(re) || Number.isNaN(im)) give(Number.NaN, im === 0 ? im : Number.NaN);
  else {
    const [s, c] = [sin(re), cos(re)];
    if (abs(im) > FLAT) {
      const root = exp(-abs(im));
      give(4 * s * c * root * root, withSign(1, im));
    } else {
      const [sh, ch] = [sinh(im), cosh(im)];
      const under = abs(sh) > abs(c) * EPSILON ? c * c + sh * sh : c * c;
      give((s * c) / under, (sh * ch) / under);
    }
  }
}

const LN2 = Math.LN2;
/** Between these, sums of two squares neither overflow nor vanish. */
const SAFE_MIN = 2 ** -509;
const SAFE_MAX = 2 ** 508;

/**
 * The arc sine of a number of the first quadrant, finite, as (angle, height): arcsin z = angle + i·height, and arccos z =
 * other − i·height with other = π/2 − angle, which is worked out by itself, because the difference may cancel. After T. E.
 * Hull, T. F. Fairgrieve and P. T. P. Tang, "Implementing the complex arcsine and arccosine functions using exception
 * handling" (ACM TOMS 23, 1997).
 */
function quadrant(x: number, y: number, wantsSine: boolean): void {
  const inside = x > SAFE_MIN && x < SAFE_MAX && y > SAFE_MIN && y < SAFE_MAX;
  if (inside) ordinary(x, y, wantsSine);
  else extreme(x, y, wantsSine);
}

function ordinary(x: number, y: number, wantsSine: boolean): void {
  const [more, less, square] = [x + 1, x - 1, y * y];
  const r = sqrt(more * more + square);
  const s = sqrt(less * less + square);
  const a = (r + s) / 2;
  const b = x / a;
  let angle: number;
  if (b <= 0.6417) angle = wantsSine ? Math.asin(b) : Math.acos(b);
  else {
    const sum = a + x;
    const leg =
      x <= 1
        ? sqrt(0.5 * sum * (square / (r + more) + (s - less)))
        : y * sqrt(0.5 * (sum / (r + more) + sum / (s + less)));
    angle = wantsSine ? atan(x / leg) : atan(leg / x);
  }
  if (a > 10) {
    give(angle, log(a + sqrt(a * a - 1)));
    return;
  }
  const last = x < 1 ? square / (s - less) : s + less;
  const above = 0.5 * (square / (r + more) + last);
  give(angle, log1p(above + sqrt(above * (a + 1))));
}

function extreme(x: number, y: number, wantsSine: boolean): void {
  const [more, less] = [x + 1, x - 1];
  const angle = (sine: number, cosine: number) => (wantsSine ? sine : cosine);
  if (y <= EPSILON * abs(less)) {
    if (x < 1) give(wantsSine ? Math.asin(x) : Math.acos(x), y / sqrt(more * -less));
    else if (x < SAFE_MAX) {
      const root = sqrt(more * less);
      give(angle(Math.PI / 2, y === 0 ? 0 : y / root), log1p(less + root));
    } else give(angle(Math.PI / 2, y / x), LN2 + log(x));
  } else if (y <= SAFE_MIN) give(angle(Math.PI / 2 - sqrt(y), sqrt(y)), sqrt(y));
  else if (EPSILON * y - 1 >= x) give(angle(x / y, Math.PI / 2), LN2 + log(y));
  else if (x > 1) {
    const ratio = x / y;
    give(angle(atan(ratio), atan(y / x)), LN2 + log(y) + 0.5 * log1p(ratio * ratio));
  } else {
    const a = sqrt(1 + y * y);
    give(angle(x / a, Math.PI / 2), 0.5 * log1p(2 * y * (y + a)));
  }
}

export function complexArcsin(re: number, im: number): void {
  if (Number.isFinite(re) && Number.isFinite(im)) {
    quadrant(abs(re), abs(im), true);
    give(withSign(parts[0]!, re), withSign(parts[1]!, im));
  } else if (Number.isNaN(re) || Number.isNaN(im)) {
    if (abs(re) === INF) give(im, INF);
    else if (abs(im) === INF) give(Number.NaN, im);
    else give(re === 0 ? re : Number.NaN, Number.NaN);
  } else {
    const angle = abs(re) < INF ? 0 : abs(im) < INF ? Math.PI / 2 : Math.PI / 4;
    give(withSign(angle, re), withSign(INF, im));
  }
}

export function complexArccos(re: number, im: number): void {
  if (Number.isFinite(re) && Number.isFinite(im)) {
    quadrant(abs(re), abs(im), false);
    give(isNegative(re) ? Math.PI - parts[0]! : parts[0]!, withSign(parts[1]!, -im));
  } else if (Number.isNaN(re) || Number.isNaN(im)) {
    if (abs(re) === INF) give(Number.NaN, -INF);
    else if (abs(im) === INF) give(Number.NaN, -im);
    else give(re === 0 ? Math.PI / 2 : Number.NaN, Number.NaN);
  } else {
    const angle = abs(re) < INF ? Math.PI / 2 : abs(im) < INF ? 0 : Math.PI / 4;
    give(isNegative(re) ? Math.PI - angle : angle, withSign(INF, -im));
  }
}

/** a² + b² − 1 for a ≥ b ≥ 0 near the unit circle, by exact products: what is left may be a trifle. */
function beyondCircle(a: number, b: number): number {
  const square = (x: number) => {
    const upper = Math.fround(x);
    const lower = x - upper;
    return [upper * upper, 2 * upper * lower, lower * lower] as const;
  };
  const [a2, a1, a0] = square(a);
  const [b2, b1, b0] = square(b);
  // Leading terms first, in an order in which each difference is exact or small.
  return a2 - 1 + b2 + (a1 + b1) + (a0 + b0);
}

export function complexArctan(re: number, im: number): void {
  const [x, y] = [abs(re), abs(im)];
  if (!(x < INF && y < INF)) arctanAtInfinity(re, im);
  else if (x === 0 && y === 0) give(re, im);
  else finiteArctan(re, im, x, y);
}

/** arctan z for z other than 0, with the sizes of its parts. */
function finiteArctan(re: number, im: number, x: number, y: number): void {
  if (x >= 2 ** 56 || y >= 2 ** 56) {
    const half = hypot(x / 2, y / 2);
    const height = x <= 1 ? 1 / y : y <= 1 ? y / x / x : y / half / half / 4;
    give(withSign(Math.PI / 2, re), withSign(height, im));
    return;
  }
  const [longer, shorter] = x > y ? [x, y] : [y, x];
  const near = longer < 1 && (longer >= 0.75 || shorter >= 0.5);
  const plainly = (1 - longer) * (1 + longer);
  const under =
    shorter < EPSILON / 2 ? plainly : near ? -beyondCircle(longer, shorter) : plainly - shorter * shorter;
  give(0.5 * atan2(2 * re, under === 0 ? 0 : under), withSign(arctanHeight(x, y), im));
}

/** The imaginary part of arctan(x + iy): ¼ log((x² + (y + 1)²)/(x² + (y − 1)²)). */
function arctanHeight(x: number, y: number): number {
  if (y === 1 && x < EPSILON * EPSILON) return 0.5 * (LN2 - log(x));
  const square = x >= EPSILON * EPSILON ? x * x : 0;
  return 0.25 * log1p((4 * y) / (square + (y - 1) * (y - 1)));
}

function arctanAtInfinity(re: number, im: number): void {
  if (abs(im) === INF) give(Number.isNaN(re) ? Number.NaN : withSign(Math.PI / 2, re), withSign(0, im));
  else if (abs(re) === INF) give(withSign(Math.PI / 2, re), Number.isNaN(im) ? 0 : withSign(0, im));
  else if (Number.isNaN(re) && im === 0) give(re, im);
  else give(Number.NaN, Number.NaN);
}

function complexMap(lane: Lane, f: ComplexFunction): Runnable {
  const memory = lane.bytes === 4 ? "f32" : "f64";
  return jsKernel((n, from, to) => {
    const numbers = heap[memory];
    const [source, target] = [from! / lane.bytes, to! / lane.bytes];
    for (let k = 0; k < 2 * n!; k += 2) {
      f(numbers[source + k]!, numbers[source + k + 1]!);
      numbers[target + k] = parts[0]!;
      numbers[target + k + 1] = parts[1]!;
    }
    return 0;
  });
}

/** The kernels of a ufunc of reals, of float16 by a table, and of complex numbers by a function of one. */
export function withComplex(real: Kernels, f: ComplexFunction): Kernels {
  const complex = kernels((x) => complexMap(x, f));
  let half: LoopKernel | null = null;
  return (types) => {
    if (types === "e->e") return (half ??= ofHalves(real(types)));
    return types.startsWith("F") || types.startsWith("D") ? complex(types) : real(types);
  };
}
