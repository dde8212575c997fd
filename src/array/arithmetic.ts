/**
 * The little arithmetic that making sequences takes, rounded as the dtype has it.
 */

import { Complex } from "../dtype/complex.ts";
import { fromFloat16, toFloat16 } from "../dtype/float16.ts";
import type { ComplexDType, FloatDType } from "../dtype/map.ts";

/** Arithmetic whose every result is rounded to a dtype. */
export interface Arithmetic<V> {
  count(i: number): V;
  plus(a: V, b: V): V;
  minus(a: V, b: V): V;
  times(a: V, b: V): V;
  over(a: V, n: number): V;
  isZero(a: V): boolean;
}

type Round = (x: number) => number;

const exactly: Round = (x) => x;
const toHalf: Round = (x) => fromFloat16(toFloat16(Math.fround(x)));

function realArithmetic(round: Round): Arithmetic<number> {
  return {
    count: round,
    plus: (a, b) => round(a + b),
    minus: (a, b) => round(a - b),
    times: (a, b) => round(a * b),
    over: (a, n) => round(a / round(n)),
    isZero: (a) => a === 0,
  };
}

function complexArithmetic(round: Round): Arithmetic<Complex> {
  const r = round;
  return {
    count: (i) => new Complex(r(i), 0),
    plus: (a, b) => new Complex(r(a.re + b.re), r(a.im + b.im)),
    minus: (a, b) => new Complex(r(a.re - b.re), r(a.im - b.im)),
    times: (a, b) => new Complex(r(r(a.re * b.re) - r(a.im * b.im)), r(r(a.re * b.im) + r(a.im * b.re))),
    // NumPy multiplies by the inverse.
    over: (a, n) => new Complex(r(a.re * r(1 / r(n))), r(a.im * r(1 / r(n)))),
    isZero: (a) => a.re === 0 && a.im === 0,
  };
}

/** The arithmetic of each dtype that has fractions. */
export const arithmetics: Readonly<Record<FloatDType | ComplexDType, Arithmetic<never>>> = {
  float16: realArithmetic(toHalf) as Arithmetic<never>,
  float32: realArithmetic(Math.fround) as Arithmetic<never>,
  float64: realArithmetic(exactly) as Arithmetic<never>,
  complex64: complexArithmetic(Math.fround) as Arithmetic<never>,
  complex128: complexArithmetic(exactly) as Arithmetic<never>,
};

/** a · b */
export function product(a: Complex, b: Complex): Complex {
  return new Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

/** a / b in Smith's way, which divides by the larger part. */
export function quotient(a: Complex, b: Complex): Complex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const scale = 1 / (b.re + b.im * ratio);
    return new Complex((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale);
  }
  const ratio = b.re / b.im;
  const scale = 1 / (b.im + b.re * ratio);
  return new Complex((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale);
}
