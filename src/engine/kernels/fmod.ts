/**
 * The remainder of truncated division of floats, exact as C's fmod: both numbers as integers times one power of two, and the
 * integer remainder taken, 11 bits of the dividend's exponent at a time (as many as 64 bits have room for beside 53).
 */

import { type Expr, type Fn, f64, i64, type Local, op, select } from "../../wasm/fn.ts";

const on = (name: string, ...operands: readonly Expr[]): Expr => op(`i64.${name}`, ...operands);

const MAGNITUDE = (1n << 63n) - 1n;
const INFINITY = 0x7ffn << 52n;
const HIDDEN = 1n << 52n;

/** The float64 remainder of float64 locals. */
export function fmodOf(fn: Fn, a: Expr, b: Expr): Local {
  const result = fn.let(a);
  const [p, q] = [a, b].map((x) => fn.let(on("and", on("reinterpret_f64", x), i64(MAGNITUDE)))) as [
    Local,
    Local,
  ];
  // Less 1, and 0 lies above everything.
  const usable = op(
    "i32.and",
    on("lt_u", p, i64(INFINITY)),
    on("lt_u", on("sub", q, i64(1n)), i64(INFINITY)),
  );
  fn.if(
    usable,
    () => fn.if(on("ge_u", p, q), () => fn.set(result, op("f64.copysign", reduced(fn, p, q), a))),
    () => fn.set(result, f64(Number.NaN)),
  );
  return result;
}

/** The remainder of the numbers whose bits are p ≥ q > 0, both finite. */
function reduced(fn: Fn, p: Local, q: Local): Expr {
  const high = exponentOf(fn, p);
  const low = exponentOf(fn, q);
  const divisor = fn.let(significandOf(q));
  const rest = fn.let(on("rem_u", significandOf(p), divisor));
  const shift = fn.let(on("sub", high, low));
  fn.while(
    () => op("i32.and", on("gt_s", shift, i64(0n)), on("ne", rest, i64(0n))),
    () => {
      const bits = fn.let(select(on("lt_s", shift, i64(11n)), shift, i64(11n)));
      fn.set(rest, on("rem_u", on("shl", rest, bits), divisor));
      fn.set(shift, on("sub", shift, bits));
    },
  );
  // Up to the 53rd bit, or as far as the exponent allows.
  const room = fn.let(on("sub", on("clz", rest), i64(11n)));
  const below = fn.let(on("sub", low, i64(1n)));
  const up = fn.let(select(on("lt_s", room, below), room, below));
  const exponent = on("shl", on("sub", below, up), i64(52n));
  const bits = on("add", on("shl", rest, up), exponent);
  return op("f64.reinterpret_i64", select(on("eqz", rest), i64(0n), bits));
}

/** The exponent's bits; 1 for subnormal numbers, which share the scale of the smallest normal ones. */
function exponentOf(fn: Fn, bits: Expr): Local {
  const exponent = fn.let(on("shr_u", bits, i64(52n)));
  fn.set(exponent, select(on("eqz", exponent), i64(1n), exponent));
  return exponent;
}

/** The number as an integer times the unit of its exponent. */
function significandOf(bits: Expr): Expr {
  const hidden = select(on("lt_u", bits, i64(HIDDEN)), i64(0n), i64(HIDDEN));
  return on("or", on("and", bits, i64(HIDDEN - 1n)), hidden);
}
