import { type Expr, type Fn, i32, op } from "../../wasm/fn.ts";
import { mapKernel } from "../../wasm/map.ts";

/**
 * Float32 numbers rounded to what a float16 can hold, in place of a cast there and back.
 *
 * A number of a float16's normal range loses its last 13 bits, rounded to even: half of the last kept place, less what
 * makes ties even, is added and the bits cut; the carry runs into the exponent as it should. Smaller numbers are
 * rounded by adding 0.5, whose last place is that of a float16's subnormal numbers. From 65520 on all are infinite.
 */
export function roundHalf(fn: Fn, x: Expr): Expr {
  const sign = fn.let(op("v128.and", x, fn.constant("i32x4", 0x80000000 | 0)));
  const size = fn.let(op("v128.xor", x, sign));
  const odd = op("v128.and", op("i32x4.shr_u", size, i32(13)), fn.constant("i32x4", 1));
  const carried = op("i32x4.add", op("i32x4.add", size, fn.constant("i32x4", 0xfff)), odd);
  const normal = op("v128.and", carried, fn.constant("i32x4", ~0x1fff));
  const half = fn.constant("f32x4", 0.5);
  const small = op("f32x4.sub", op("f32x4.add", size, half), half);
  const finite = fn.let(
    op("v128.bitselect", small, normal, op("f32x4.lt", size, fn.constant("f32x4", 2 ** -14))),
  );
  const huge = op("f32x4.ge", size, fn.constant("f32x4", 65520));
  const bounded = op("v128.bitselect", fn.constant("f32x4", Number.POSITIVE_INFINITY), finite, huge);
  // NaN compares with nothing and would lose bits: it stays what it is.
  const kept = op("v128.bitselect", size, bounded, op("f32x4.ne", size, size));
  return op("v128.or", kept, sign);
}

/** `(n, in, out)`: float32 rounded to float16, kept as float32. */
export const roundHalfKernel = /* @__PURE__ */ mapKernel(4, 1, 1, (fn, x) => roundHalf(fn, x!));
