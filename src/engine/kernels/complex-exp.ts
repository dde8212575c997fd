/**
 * Exponentials and logarithms of complex numbers, one number at a time; at infinities, NaN and signed zeros the values are
 * those of the C standard (ISO C99, annex G), which NumPy has. Each function leaves its result in `parts`.
 */

import { parts } from "./complex-trig.ts";

const { abs, atan2, cos, exp, expm1, log, log1p, sin } = Math;
const INF = Number.POSITIVE_INFINITY;

function give(re: number, im: number): void {
  parts[0] = re;
  parts[1] = im;
}

/** Beyond this e^x is too large for a float64, and its product with a sine need not be. */
const HUGE = 709;
const MOST = /* @__PURE__ */ exp(HUGE);

/** e^re · (c, s), in as many factors as keep each within range. */
function scaled(re: number, c: number, s: number): void {
  let [x, y, rest] = [c, s, re];
  for (let k = 0; k < 2 && rest > HUGE; k++) {
    x *= MOST;
    y *= MOST;
    rest -= HUGE;
  }
  const last = exp(rest);
  give(x * last, y * last);
}

export function complexExp(re: number, im: number): void {
  if (im === 0) give(exp(re), im);
  else if (Number.isFinite(im)) {
    if (re === INF || re === -INF) give(exp(re) * cos(im), exp(re) * sin(im));
    else scaled(re, cos(im), sin(im));
  } else if (re === INF) give(INF, Number.NaN);
  else if (re === -INF) give(0, im < 0 ? -0 : 0);
  else give(Number.NaN, Number.NaN);
}

export function complexExp2(re: number, im: number): void {
  complexExp(re * Math.LN2, im * Math.LN2);
}

/** e^z − 1 = (e^x − 1)·cos y − 2·sin²(y/2) + i·e^x·sin y. */
export function complexExpm1(re: number, im: number): void {
  const half = sin(im / 2);
  give(expm1(re) * cos(im) - 2 * half * half, exp(re) * sin(im));
}

/** a² + b² − 1 for numbers near the unit circle, by exact products: what is left may be a trifle. */
function beyondCircle(a: number, b: number): number {
  const [ah, bh] = [Math.fround(a), Math.fround(b)];
  const [al, bl] = [a - ah, b - bh];
  // The first two are exact, and so is their difference with 1, taken from the larger one first.
  return ah * ah - 1 + bh * bh + (2 * (ah * al + bh * bl) + (al * al + bl * bl));
}

/** log |x + iy|. */
function logOfLength(x: number, y: number): number {
  const [a, b] = abs(x) >= abs(y) ? [abs(x), abs(y)] : [abs(y), abs(x)];
  if (a === INF || b === INF) return INF;
  if (a === 0 && b === 0) return -INF;
  const square = a * a + b * b;
  if (square > 0.25 && square < 4) return 0.5 * log1p(beyondCircle(a, b));
  const ratio = b / a;
  return log(a) + 0.5 * log1p(ratio * ratio);
}

export function complexLog(re: number, im: number): void {
  give(Number.isNaN(re) && Number.isNaN(im) ? Number.NaN : logOfLength(re, im), atan2(im, re));
}

export function complexLog2(re: number, im: number): void {
  complexLog(re, im);
  give(parts[0]! * Math.LOG2E, parts[1]! * Math.LOG2E);
}

export function complexLog10(re: number, im: number): void {
  complexLog(re, im);
  give(parts[0]! * Math.LOG10E, parts[1]! * Math.LOG10E);
}

/** log(1 + z); near 0 from |1 + z|² − 1 = 2x + x² + y². */
export function complexLog1p(re: number, im: number): void {
  const near = abs(re) < 0.5 && abs(im) < 0.5;
  const size = near ? 0.5 * log1p(re * (2 + re) + im * im) : logOfLength(re + 1, im);
  give(size, atan2(im, re + 1));
}
