/** The kernels of neighbouring floats: nextafter and spacing, worked out on the bits. */

import { type Expr, type Fn, i32, i64, op, select } from "../../wasm/fn.ts";
import { scalarKernel } from "../../wasm/map.ts";
import { elementKernel, type Kernels, kernels, type Lane, scalar, scalarValue } from "./lanes.ts";

/** The bits of a float as a signed integer. */
interface Bits {
  readonly memory: "i16" | "i32" | "i64";
  readonly scalar: "i32" | "i64";
  readonly width: number;
  readonly infinity: bigint;
}

function bitsOf(x: Lane): Bits {
  if (x.kind === "h") return { memory: "i16", scalar: "i32", width: 32, infinity: 0x7c00n };
  if (x.bytes === 4) return { memory: "i32", scalar: "i32", width: 32, infinity: 0x7f800000n };
  return { memory: "i64", scalar: "i64", width: 64, infinity: 0x7ffn << 52n };
}

/** @internal The kernels of `nextafter(x, y)`: the next number from x in the direction of y. */
export const nextafterKernel: Kernels = /* @__PURE__ */ kernels((x) => {
  const bits = bitsOf(x);
  return scalarKernel([bits.memory, bits.memory], [bits.memory], (fn, a, b) => nextBits(fn, x, bits, a, b));
}, "bits");

function nextBits(fn: Fn, x: Lane, { scalar: type, width, infinity }: Bits, a: Expr, b: Expr): Expr {
  const on = (name: string, ...operands: readonly Expr[]) => op(`${type}.${name}`, ...operands);
  const value = (n: bigint) => (type === "i64" ? i64(n) : i32(Number(n)));
  const magnitudeBits = x.kind === "h" ? 0x7fffn : (1n << BigInt(width - 1)) - 1n;
  const magnitude = (v: Expr) => fn.let(on("and", v, value(magnitudeBits)));
  // The order of numbers as an order of integers: of negative ones the magnitude is turned round.
  const key = (v: Expr) =>
    on("xor", v, on("and", on("shr_s", v, value(BigInt(width - 1))), value(magnitudeBits)));
  const [p, q] = [magnitude(a), magnitude(b)];
  const up = on("lt_s", key(a), key(b));
  const positive = on("ge_s", a, value(0n));
  const stepped = on("add", a, select(op("i32.eq", up, positive), value(1n), value(-1n)));
  const fromZero = on("or", on("and", b, value(~magnitudeBits)), value(1n));
  const next = fn.let(select(on("eqz", p), fromZero, stepped));
  // Of two zeros C's functions give the second, NumPy's float16 one the first.
  const same = op("i32.or", on("eq", a, b), on("eqz", on("or", p, q)));
  fn.set(next, select(same, x.kind === "h" ? a : b, next));
  const isNaN = op("i32.or", on("gt_s", p, value(infinity)), on("gt_s", q, value(infinity)));
  return select(isNaN, value(infinity | (infinity >> 1n)), next);
}

/** @internal The kernels of `spacing`: the distance to the next number away from 0; of float16 to the next larger one. */
export const spacingKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "h") return elementKernel(loop, (fn, a) => spacingOfHalf(fn, a));
  return elementKernel(loop, (_, a) => {
    const whole = x.scalar === "f64" ? "i64" : "i32";
    const one = whole === "i64" ? i64(1n) : i32(1);
    const next = op(`${whole}.add`, op(`${whole}.reinterpret_${x.scalar}`, a), one);
    const smallest = op(`${x.scalar}.reinterpret_${whole}`, one);
    const distance = scalar(x, "sub", op(`${x.scalar}.reinterpret_${whole}`, next), a);
    return select(scalar(x, "eq", a, scalarValue(x, 0)), smallest, distance);
  });
}, "bits");

/**
 * The distance is a power of two, 2^k units of 2^-24: k is the exponent less 1, and one less where the next larger number of
 * a negative power of two lies in the binade below.
 */
function spacingOfHalf(fn: Fn, a: Expr): Expr {
  const on = (name: string, ...operands: readonly Expr[]) => op(`i32.${name}`, ...operands);
  const field = fn.let(on("and", on("shr_u", a, i32(10)), i32(31)));
  const boundary = on("eq", on("and", a, i32(0x83ff)), i32(0x8000));
  const k = fn.let(on("sub", on("sub", field, i32(1)), boundary));
  fn.set(k, select(on("lt_s", k, i32(0)), i32(0), k));
  const normal = on("shl", on("sub", k, i32(9)), i32(10));
  const distance = select(on("lt_s", k, i32(10)), on("shl", i32(1), k), normal);
  const last = select(on("eq", a, i32(0x7bff)), i32(0x7c00), distance);
  return select(on("eq", field, i32(31)), i32(0x7e00), last);
}
