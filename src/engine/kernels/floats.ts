/**
 * Arithmetic on vectors of floats, as bodies of kernels write it. Every result is kept in a local, so that it may be used
 * twice. A plain number stands for a vector of it.
 */

import { type Expr, type Fn, i32, op } from "../../wasm/fn.ts";

/** A vector, or a number for every lane. */
export type Operand = Expr | number;

/** The sum of two vectors, of which the second is what the first has no digits for. */
export type Pair = readonly [hi: Expr, lo: Expr];

/** Arithmetic on vectors of floats of one shape, and on their bits as integers. */
export class Floats {
  readonly fn: Fn;
  readonly shape: "f64x2" | "f32x4";
  private readonly bitShape: "i64x2" | "i32x4";

  constructor(fn: Fn, shape: "f64x2" | "f32x4") {
    this.fn = fn;
    this.shape = shape;
    this.bitShape = shape === "f64x2" ? "i64x2" : "i32x4";
  }

  of(x: Operand): Expr {
    return typeof x === "number" ? this.fn.constant(this.shape, x) : x;
  }

  /** A pattern of bits in every lane. */
  bits(pattern: bigint): Expr {
    return this.fn.constant(this.bitShape, pattern);
  }

  protected keep(name: string, ...operands: readonly Operand[]): Expr {
    return this.fn.let(op(name, ...operands.map((x) => this.of(x))));
  }

  private float(name: string, ...operands: readonly Operand[]): Expr {
    return this.keep(`${this.shape}.${name}`, ...operands);
  }

  add(a: Operand, b: Operand): Expr {
    return this.float("add", a, b);
  }

  sub(a: Operand, b: Operand): Expr {
    return this.float("sub", a, b);
  }

  mul(a: Operand, b: Operand): Expr {
    return this.float("mul", a, b);
  }

  div(a: Operand, b: Operand): Expr {
    return this.float("div", a, b);
  }

  sqrt(x: Expr): Expr {
    return this.float("sqrt", x);
  }

  abs(x: Expr): Expr {
    return this.float("abs", x);
  }

  neg(x: Expr): Expr {
    return this.float("neg", x);
  }

  trunc(x: Expr): Expr {
    return this.float("trunc", x);
  }

  /** `x`, or `limit` where it is more; NaN stays. */
  atMost(x: Expr, limit: Operand): Expr {
    return this.float("pmin", x, limit);
  }

  /** `x`, or `limit` where it is less; NaN stays. */
  atLeast(x: Expr, limit: Operand): Expr {
    return this.float("pmax", x, limit);
  }

  is(a: Operand, relation: "lt" | "le" | "gt" | "ge" | "eq" | "ne", b: Operand): Expr {
    return this.float(relation, a, b);
  }

  and(a: Operand, b: Operand): Expr {
    return this.keep("v128.and", a, b);
  }

  or(a: Operand, b: Operand): Expr {
    return this.keep("v128.or", a, b);
  }

  xor(a: Operand, b: Operand): Expr {
    return this.keep("v128.xor", a, b);
  }

  not(a: Operand): Expr {
    return this.keep("v128.not", a);
  }

  /** `a` with the bits of `b` cleared. */
  without(a: Operand, b: Operand): Expr {
    return this.keep("v128.andnot", a, b);
  }

  /** `yes` where the mask is set, `no` elsewhere. */
  choose(mask: Expr, yes: Operand, no: Operand): Expr {
    return this.keep("v128.bitselect", yes, no, mask);
  }

  addBits(a: Expr, b: Expr): Expr {
    return this.keep(`${this.bitShape}.add`, a, b);
  }

  subBits(a: Expr, b: Expr): Expr {
    return this.keep(`${this.bitShape}.sub`, a, b);
  }

  shiftLeft(a: Expr, by: number): Expr {
    return this.fn.let(op(`${this.bitShape}.shl`, a, i32(by)));
  }

  shiftRight(a: Expr, by: number): Expr {
    return this.fn.let(op(`${this.bitShape}.shr_u`, a, i32(by)));
  }

  /** Whether the mask is set in every lane. */
  all(mask: Expr): Expr {
    return op(`${this.bitShape}.all_true`, mask);
  }

  /** Which lanes of a mask are set: 0 when none is. */
  any(mask: Expr): Expr {
    return op(`${this.bitShape}.bitmask`, mask);
  }

  /** The magnitude of `x` with the sign of `sign`. */
  withSign(x: Operand, sign: Expr): Expr {
    return this.choose(this.bits(this.shape === "f64x2" ? -(1n << 63n) : -(1n << 31n)), sign, x);
  }

  /**
   * c[0] + c[1]·x + c[2]·x² + …, in pairs with Horner's rule in x²: half as long a chain of instructions that wait for one
   * another, which decides how many turns of the loop are under way at once.
   */
  polynomial(x: Expr, c: readonly number[], square?: Expr): Expr {
    if (c.length < 3) return this.line(x, c, 0);
    const x2 = square ?? this.mul(x, x);
    const last = (c.length - 1) & -2;
    let sum = this.line(x, c, last);
    for (let k = last - 2; k >= 0; k -= 2) sum = this.add(this.line(x, c, k), this.mul(sum, x2));
    return sum;
  }

  private line(x: Expr, c: readonly number[], k: number): Expr {
    return k + 1 < c.length ? this.add(c[k]!, this.mul(x, c[k + 1]!)) : this.of(c[k]!);
  }

  /** a + b, exactly, where |a| ≥ |b| or a is 0 (Dekker 1971). */
  fastSum(a: Operand, b: Operand): Pair {
    const hi = this.add(a, b);
    return [hi, this.sub(b, this.sub(hi, a))];
  }

  /** a + b, exactly (Knuth). */
  sum(a: Operand, b: Operand): Pair {
    const hi = this.add(a, b);
    const part = this.sub(hi, a);
    return [hi, this.add(this.sub(a, this.sub(hi, part)), this.sub(b, part))];
  }
}
