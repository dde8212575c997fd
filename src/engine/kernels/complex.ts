/** Arithmetic of complex numbers in vectors of interleaved parts: one complex128 or two complex64 at a time. */

import { type Expr, type Fn, op, shuffle, v128 } from "../../wasm/fn.ts";
import { type Lane, scalarValue } from "./lanes.ts";

/** Bytes of a vector whose scalars of `bytes` are those that `order` names. */
function lanesOf(bytes: number, order: readonly number[]): number[] {
  return order.flatMap((k) => Array.from({ length: bytes }, (_, j) => k * bytes + j));
}

function rearrange(lane: Lane, x: Expr, pair: readonly [number, number]): Expr {
  const order = lane.bytes === 8 ? pair : [...pair, pair[0] + 2, pair[1] + 2];
  return shuffle(x, x, lanesOf(lane.bytes, order));
}

/** (re, re) of each number. */
export function reals(lane: Lane, x: Expr): Expr {
  return rearrange(lane, x, [0, 0]);
}

/** (im, im) of each number. */
export function imaginaries(lane: Lane, x: Expr): Expr {
  return rearrange(lane, x, [1, 1]);
}

/** (im, re) of each number. */
function swapped(lane: Lane, x: Expr): Expr {
  return rearrange(lane, x, [1, 0]);
}

/** The sign bit of one part of each number: 0 the real, 1 the imaginary part. */
function signOf(fn: Fn, lane: Lane, part: 0 | 1): Expr {
  const last = (part + 1) * lane.bytes - 1;
  return fn.once(v128(Array.from({ length: 16 }, (_, k) => (k % (2 * lane.bytes) === last ? 0x80 : 0))));
}

/** (ar·br − ai·bi, ar·bi + ai·br), each product rounded: what NumPy computes where it has no fused multiply-add. */
export function multiplyComplex(fn: Fn, lane: Lane, a: Expr, b: Expr): Expr {
  const straight = op(`${lane.shape}.mul`, reals(lane, a), b);
  const crossed = op(`${lane.shape}.mul`, imaginaries(lane, a), swapped(lane, b));
  return op(`${lane.shape}.add`, straight, op("v128.xor", crossed, signOf(fn, lane, 0)));
}

export function conjugateComplex(fn: Fn, lane: Lane, x: Expr): Expr {
  return op("v128.xor", x, signOf(fn, lane, 1));
}

/**
 * The quotient by Smith's method (CACM 5, 1962), in the order of operations that NumPy has: the smaller part of the divisor
 * is taken relative to the larger one, so that nothing overflows that need not.
 */
export function divideComplex(fn: Fn, lane: Lane, ar: Expr, ai: Expr, br: Expr, bi: Expr): Expr[] {
  const on = (name: string, ...xs: readonly Expr[]) => op(`${lane.scalar}.${name}`, ...xs);
  const re = fn.local(lane.scalar);
  const im = fn.local(lane.scalar);
  const scaled = (big: Expr, small: Expr, upper: (rat: Expr) => Expr, lower: (rat: Expr) => Expr) => {
    const rat = fn.let(on("div", small, big));
    const scale = fn.let(on("div", scalarValue(lane, 1), on("add", big, on("mul", small, rat))));
    fn.set(re, on("mul", upper(rat), scale));
    fn.set(im, on("mul", lower(rat), scale));
  };
  fn.if(
    on("ge", on("abs", br), on("abs", bi)),
    () =>
      fn.if(
        on("eq", br, scalarValue(lane, 0)),
        () => {
          // A division by zero: each part by +0.
          fn.set(re, on("div", ar, on("abs", br)));
          fn.set(im, on("div", ai, on("abs", br)));
        },
        () =>
          scaled(
            br,
            bi,
            (rat) => on("add", ar, on("mul", ai, rat)),
            (rat) => on("sub", ai, on("mul", ar, rat)),
          ),
      ),
    () =>
      scaled(
        bi,
        br,
        (rat) => on("add", on("mul", ar, rat), ai),
        (rat) => on("sub", on("mul", ai, rat), ar),
      ),
  );
  return [re, im];
}

/** 1 / z by Smith's method, in NumPy's order of operations. */
export function reciprocalComplex(fn: Fn, lane: Lane, re: Expr, im: Expr): Expr[] {
  const on = (name: string, ...xs: readonly Expr[]) => op(`${lane.scalar}.${name}`, ...xs);
  const [x, y] = [fn.local(lane.scalar), fn.local(lane.scalar)];
  const one = scalarValue(lane, 1);
  fn.if(
    on("le", on("abs", im), on("abs", re)),
    () => {
      const ratio = fn.let(on("div", im, re));
      const divisor = fn.let(on("add", re, on("mul", im, ratio)));
      fn.set(x, on("div", one, divisor));
      fn.set(y, on("div", on("neg", ratio), divisor));
    },
    () => {
      const ratio = fn.let(on("div", re, im));
      const divisor = fn.let(on("add", on("mul", re, ratio), im));
      fn.set(x, on("div", ratio, divisor));
      fn.set(y, on("div", on("neg", one), divisor));
    },
  );
  return [x, y];
}
