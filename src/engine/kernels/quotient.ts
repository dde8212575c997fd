/**
 * Quotients of integers of up to 32 bits in vectors of floats, for which there is a division.
 *
 * A quotient a/b that is no whole number lies at least 1/|b| from one, and its rounding moves it by less: a/b · 2^-24 < 1/b
 * for 16 bits in float32, and likewise for 32 bits in float64. So its floor is the floor of the exact quotient.
 */

import { type Expr, type Fn, op, shuffle } from "../../wasm/fn.ts";
import { product } from "./arithmetic.ts";
import { every, type Lane, vector } from "./lanes.ts";

const LOW = [0, 1, 2, 3, 4, 5, 6, 7];

/** Which way a quotient is rounded. */
export type Rounding = "floor" | "trunc";

/** The whole quotient and the remainder of vectors of integers; both are 0 for a division by 0. */
export function divideVectors(fn: Fn, x: Lane, rounding: Rounding, a: Expr, b: Expr): [Expr, Expr] {
  const divisible = fn.let(vector(x, "ne", b, every(fn, x, 0)));
  const whole = x.bytes === 4 ? wordQuotient(fn, x, rounding, a, b) : narrowQuotient(fn, x, rounding, a, b);
  const quotient = fn.let(op("v128.and", whole, divisible));
  const rest = op("v128.and", vector(x, "sub", a, product(fn, x, quotient, b)), divisible);
  return [quotient, rest];
}

/** Of 8 and 16 bits: widened to 32, divided as float32, cut to the width again without saturation. */
function narrowQuotient(fn: Fn, x: Lane, rounding: Rounding, a: Expr, b: Expr): Expr {
  const mask = fn.constant("i32x4", x.bytes === 1 ? 0xff : 0xffff);
  const [as, bs] = [widened(fn, x, a), widened(fn, x, b)];
  const words = as.map((part, k) => {
    const quotient = op("f32x4.div", toFloats(part), toFloats(bs[k]!));
    return fn.let(op("v128.and", op("i32x4.trunc_sat_f32x4_s", op(`f32x4.${rounding}`, quotient)), mask));
  });
  const halves = (k: number) => op("i16x8.narrow_i32x4_u", words[k]!, words[k + 1]!);
  return words.length === 2 ? halves(0) : op("i8x16.narrow_i16x8_u", halves(0), halves(2));
}

function toFloats(words: Expr): Expr {
  return op("f32x4.convert_i32x4_s", words);
}

/** Vectors of 32 bits, from the first element on. */
function widened(fn: Fn, x: Lane, a: Expr): Expr[] {
  const sign = x.kind === "i" ? "s" : "u";
  const both = (to: string, from: string, v: Expr) =>
    ["low", "high"].map((half) => fn.let(op(`${to}.extend_${half}_${from}_${sign}`, v)));
  const halves = x.bytes === 1 ? both("i16x8", "i8x16", a) : [a];
  return halves.flatMap((half) => both("i32x4", "i16x8", half));
}

/** Of 32 bits in float64, two at a time. The smallest number over −1 does not fit: it is negated, which wraps. */
function wordQuotient(fn: Fn, x: Lane, rounding: Rounding, a: Expr, b: Expr): Expr {
  const sign = x.kind === "i" ? "s" : "u";
  const toDoubles = (v: Expr) => op(`f64x2.convert_low_i32x4_${sign}`, v);
  const upper = (v: Expr) => shuffle(v, v, [...LOW.map((k) => k + 8), ...LOW]);
  const quotient = (p: Expr, q: Expr) => {
    const whole = op(`f64x2.${rounding}`, op("f64x2.div", toDoubles(p), toDoubles(q)));
    return op(`i32x4.trunc_sat_f64x2_${sign}_zero`, whole);
  };
  const all = shuffle(quotient(a, b), quotient(upper(a), upper(b)), [...LOW, ...LOW.map((k) => k + 16)]);
  if (x.kind === "u") return all;
  return op("v128.bitselect", vector(x, "neg", a), all, vector(x, "eq", b, every(fn, x, -1)));
}
