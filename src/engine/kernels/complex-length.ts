/** Lengths of complex numbers, two at a time. */

import { type Expr, extract, Fn, i32, op, shuffle } from "../../wasm/fn.ts";
import { Kernel } from "../../wasm/kernel.ts";
import { hypotOf, hypotOfSingles } from "./hypot.ts";
import type { Lane } from "./lanes.ts";

const FIRST = [0, 1, 2, 3, 4, 5, 6, 7];
const SECOND = FIRST.map((k) => k + 8);

/** The kernel of `absolute` of complex numbers whose parts are of the lane. */
export function lengthKernel(x: Lane): Kernel {
  return new Kernel(() => {
    const fn = new Fn(["i32", "i32", "i32"]);
    const [n, from, to] = fn.params as readonly Expr[] as readonly [Expr, Expr, Expr];
    const source = (at: Expr) => fn.let(op("i32.add", from, op("i32.mul", at, i32(2 * x.bytes))));
    const target = (at: Expr) => op("i32.add", to, op("i32.mul", at, i32(x.bytes)));
    const pairs = fn.let(op("i32.and", n, i32(-2)));
    fn.count(pairs, 2, (at) => {
      const address = source(at);
      const second = x.bytes === 8 ? fn.load("v128.load", address, 16) : null;
      const lengths = lengthsOf(fn, fn.load("v128.load", address), second);
      if (x.bytes === 8) fn.store("v128.store", target(at), lengths);
      else fn.storeLane(8, target(at), lengths, 0);
    });
    fn.if(op("i32.and", n, i32(1)), () => {
      const address = source(pairs);
      const one = fn.let(fn.load(x.bytes === 8 ? "v128.load" : "v128.load64_zero", address));
      fn.storeLane(x.bytes, target(pairs), lengthsOf(fn, one, x.bytes === 8 ? one : null), 0);
    });
    return fn;
  });
}

/** The lengths of two complex128 in two vectors, or of two complex64 in one, which come as the first lanes. */
function lengthsOf(fn: Fn, first: Expr, second: Expr | null): Expr {
  if (second !== null) {
    const [a, b] = [fn.let(first), fn.let(second)];
    const re = fn.let(shuffle(a, b, [...FIRST, ...FIRST.map((k) => k + 16)]));
    const im = fn.let(shuffle(a, b, [...SECOND, ...SECOND.map((k) => k + 16)]));
    return quickLength(fn, re, im);
  }
  const both = fn.let(first);
  const part = (at: number) => {
    const lanes = [at, at + 8].flatMap((k) => [k, k + 1, k + 2, k + 3]);
    return fn.let(op("f64x2.promote_low_f32x4", shuffle(both, both, [...lanes, ...lanes])));
  };
  return op("f32x4.demote_f64x2_zero", hypotOfSingles(fn, part(0), part(4)));
}

/**
 * The root of the sum of squares, which is within an ulp where no square overflows and none that counts is subnormal;
 * elsewhere the way that minds both.
 */
function quickLength(fn: Fn, re: Expr, im: Expr): Expr {
  const on = (name: string, ...operands: readonly Expr[]) => op(`f64x2.${name}`, ...operands);
  const sum = fn.let(on("add", on("mul", re, re), on("mul", im, im)));
  const length = fn.let(on("sqrt", sum));
  const above = on("gt", sum, fn.constant("f64x2", 2 ** -900));
  const calm = op("v128.and", above, on("lt", sum, fn.constant("f64x2", Number.POSITIVE_INFINITY)));
  const mask = fn.let(calm);
  fn.if(op("i32.ne", op("i64x2.bitmask", mask), i32(3)), () => {
    fn.set(length, op("v128.bitselect", length, hypotOf(fn, re, im), mask));
  });
  return length;
}

/** The length of one complex number, given as its parts. */
export function lengthOf(fn: Fn, x: Lane, re: Expr, im: Expr): Expr {
  const wide = (part: Expr) => {
    const value = x.bytes === 8 ? part : op("f64.promote_f32", part);
    return fn.let(op("f64x2.splat", value));
  };
  if (x.bytes === 8) return extract("f64x2.extract_lane", hypotOf(fn, wide(re), wide(im)), 0);
  return op("f32.demote_f64", extract("f64x2.extract_lane", hypotOfSingles(fn, wide(re), wide(im)), 0));
}
