/** Powers and square roots of complex numbers, one number at a time. */

import { jsKernel, type Runnable } from "../../wasm/kernel.ts";
import { heap } from "../../wasm/memory.ts";
import { complexExp, complexLog } from "./complex-exp.ts";
import { parts } from "./complex-trig.ts";
import type { Lane } from "./lanes.ts";

const { abs, sqrt } = Math;
const INF = Number.POSITIVE_INFINITY;

function give(re: number, im: number): void {
  parts[0] = re;
  parts[1] = im;
}

function withSign(size: number, sign: number): number {
  return sign < 0 || Object.is(sign, -0) ? -abs(size) : abs(size);
}

/** √z with a real part that is not negative; the smaller part comes from the larger one, so that nothing cancels. */
export function complexSqrt(re: number, im: number): void {
  if (im === INF || im === -INF) give(INF, im);
  else if (re === INF) give(INF, Number.isNaN(im) ? im : withSign(0, im));
  else if (re === -INF) give(Number.isNaN(im) ? im : 0, withSign(INF, im));
  else if (Number.isNaN(re) || Number.isNaN(im)) give(Number.NaN, Number.NaN);
  else if (im !== 0) rootOff(re, im);
  else if (re < 0) give(0, withSign(sqrt(-re), im));
  else give(sqrt(abs(re)), im);
}

/** The square root off the real axis; very large and very small numbers are scaled. */
function rootOff(re: number, im: number): void {
  const large = abs(re) > 2 ** 500 || abs(im) > 2 ** 500;
  const small = abs(re) < 2 ** -400 && abs(im) < 2 ** -400;
  const factor = large ? 2 ** -600 : small ? 2 ** 600 : 1;
  const back = large ? 2 ** 300 : small ? 2 ** -300 : 1;
  const [x, y] = [re * factor, im * factor];
  const root = sqrt((sqrt(x * x + y * y) + abs(x)) / 2);
  const other = abs(y) / (2 * root);
  if (x >= 0) give(root * back, withSign(other * back, im));
  else give(other * back, withSign(root * back, im));
}

function timesParts(re: number, im: number): void {
  const [a, b] = [parts[0]!, parts[1]!];
  give(a * re - b * im, a * im + b * re);
}

/** 1 for an infinity and 0 for what is finite, with its sign. */
function boxed(x: number): number {
  return withSign(abs(x) === INF ? 1 : 0, x);
}

/** The product of two numbers of which it is known that both parts come out NaN: infinite where a factor is. */
function infiniteProduct(a: number, b: number, p: number, q: number): void {
  const isInfinite = (x: number, y: number) => abs(x) === INF || abs(y) === INF;
  const plain = (x: number) => (Number.isNaN(x) ? 0 : x);
  const [left, right] = [isInfinite(a, b), isInfinite(p, q)];
  if (!left && !right && !isInfinite(a * p, b * q) && !isInfinite(a * q, b * p)) return;
  const [c, d] = left ? [boxed(a), boxed(b)] : [plain(a), plain(b)];
  const [r, s] = right ? [boxed(p), boxed(q)] : [plain(p), plain(q)];
  give(INF * (c * r - d * s), INF * (c * s + d * r));
}

/** z^n by squaring, in the order in which NumPy multiplies; n ≠ 0. */
function integerPower(re: number, im: number, n: number): void {
  let [p, q] = [re, im];
  let rest = abs(n);
  give(1, 0);
  for (let first = true; ; rest >>= 1) {
    if (rest & 1) {
      if (first && n > 0 && n < 4) give(p, q);
      else timesParts(p, q);
      first = false;
    }
    if (rest < 2) break;
    [p, q] = [p * p - q * q, 2 * p * q];
  }
  if (n < 0) reciprocal(parts[0]!, parts[1]!);
}

/** 1/z by Smith's method. */
function reciprocal(re: number, im: number): void {
  if (abs(re) >= abs(im)) {
    const ratio = im / re;
    const scale = 1 / (re + im * ratio);
    give((1 + 0 * ratio) * scale, (0 - ratio) * scale);
  } else {
    const ratio = re / im;
    const scale = 1 / (im + re * ratio);
    give((ratio + 0) * scale, (0 * ratio - 1) * scale);
  }
}

/** Whole powers up to here are products; the others are exponentials. */
const PRODUCTS = 100;

export function complexPower(re: number, im: number, p: number, q: number): void {
  if (p === 0 && q === 0) give(1, 0);
  else if (re === 0 && im === 0) give(p > 0 ? 0 : Number.NaN, p > 0 ? 0 : Number.NaN);
  else if (q === 0 && Number.isInteger(p) && abs(p) < PRODUCTS) integerPower(re, im, p);
  else {
    complexLog(re, im);
    const [a, b] = [parts[0]!, parts[1]!];
    timesParts(p, q);
    if (Number.isNaN(parts[0]!) && Number.isNaN(parts[1]!)) infiniteProduct(a, b, p, q);
    complexExp(parts[0]!, parts[1]!);
  }
}

/** The kernel of complex powers. */
export function complexPowerKernel(lane: Lane): Runnable {
  const memory = lane.bytes === 4 ? "f32" : "f64";
  return jsKernel((n, bases, powers, to) => {
    const numbers = heap[memory];
    const [a, b, c] = [bases! / lane.bytes, powers! / lane.bytes, to! / lane.bytes];
    for (let k = 0; k < 2 * n!; k += 2) {
      complexPower(numbers[a + k]!, numbers[a + k + 1]!, numbers[b + k]!, numbers[b + k + 1]!);
      numbers[c + k] = parts[0]!;
      numbers[c + k + 1] = parts[1]!;
    }
    return 0;
  });
}
