/**
 * Between float16 and float32, four at a time, in integers of 32 bits: an exponent is put in place by shifting and adding,
 * and subnormal numbers are left to an addition of floats that rounds, or normalises, at the right digit. After F. Giesen,
 * "float->half variants" (public domain); a NaN keeps its sign and its first digits.
 */

import { type Group, group, resized } from "./cast-groups.ts";
import { type Expr, type Fn, i32, op } from "./fn.ts";

const and = (a: Expr, b: Expr) => op("v128.and", a, b);
const or = (a: Expr, b: Expr) => op("v128.or", a, b);

/** From the bits of float16. */
export function halvesToFloats(bits: Group): Group {
  const words = resized(group(bits.fn, "i16", false, bits.at), "i32");
  return group(bits.fn, "f32", true, (k) => halfToFloat(bits.fn, words.at(k)));
}

function halfToFloat(fn: Fn, half: Expr): Expr {
  const word = (value: number) => fn.constant("i32x4", value);
  const shifted = fn.let(op("i32x4.shl", and(half, word(0x7fff)), i32(13)));
  const normal = fn.let(op("i32x4.add", shifted, word(112 << 23)));
  // An exponent of ones stays one; an exponent of zeros is the fraction behind 2^-14, less 2^-14.
  const endless = op("i32x4.ge_u", shifted, word(0x1f << 23));
  const finite = fn.let(op("i32x4.add", normal, and(endless, word(112 << 23))));
  const tiny = op("i32x4.lt_u", shifted, word(1 << 23));
  const small = op("f32x4.sub", op("i32x4.add", normal, word(1 << 23)), word(113 << 23));
  const sign = op("i32x4.shl", and(half, word(0x8000)), i32(16));
  return or(op("v128.bitselect", small, finite, tiny), sign);
}

/** To the bits of float16, to the nearest and of two the even one. */
export function floatsToHalves(from: Group): Group {
  const { fn } = from;
  const words = group(fn, "i32", false, (k) => floatToHalf(fn, from.at(k)));
  return group(fn, "i16", false, (k) => op("i16x8.narrow_i32x4_u", words.at(2 * k), words.at(2 * k + 1)));
}

function floatToHalf(fn: Fn, x: Expr): Expr {
  const word = (value: number) => fn.constant("i32x4", value);
  const size = fn.let(and(x, word(0x7fffffff)));
  // Added to a half, a small number leaves its digits down to 2^-24 at the end, rounded.
  const tiny = op("i32x4.sub", op("f32x4.add", size, word(126 << 23)), word(126 << 23));
  const odd = and(op("i32x4.shr_u", size, i32(13)), word(1));
  const rounded = op("i32x4.add", op("i32x4.add", size, word(0xfff - (112 << 23))), odd);
  const normal = op("i32x4.shr_u", rounded, i32(13));
  const finite = op("v128.bitselect", tiny, normal, op("i32x4.lt_u", size, word(113 << 23)));
  const isNan = op("i32x4.gt_u", size, word(0xff << 23));
  // A NaN keeps the digits that there is room for, and at least one: without any it would be an infinity.
  const kept = fn.let(and(op("i32x4.shr_u", size, i32(13)), word(0x3ff)));
  const payload = or(kept, and(op("i32x4.eq", kept, word(0)), word(1)));
  const endless = or(word(0x7c00), and(isNan, payload));
  const large = op("i32x4.ge_u", size, word(143 << 23));
  const sign = and(op("i32x4.shr_u", x, i32(16)), word(0x8000));
  return or(op("v128.bitselect", endless, finite, large), sign);
}

/**
 * Doubles with what float32 has no room for gathered in its last digit: an odd one whenever something was cut. So what
 * follows rounds as if it had all digits, and rounding happens once.
 */
export function sticky(from: Group): Group {
  const { fn } = from;
  const cut = fn.constant("i64x2", 0x1fffffffn);
  const last = fn.constant("i64x2", 0x20000000n);
  return group(fn, "f64", true, (k) => {
    const x = from.at(k);
    const nothing = op("i64x2.eq", and(x, cut), fn.constant("i64x2", 0n));
    return or(op("v128.andnot", x, cut), op("v128.andnot", last, nothing));
  });
}
