/**
 * Arithmetic on vectors of two float64, as bodies of kernels write it, and sums and products that keep what rounding
 * cuts off.
 *
 * Every result is kept in a local, so that it may be used twice. A plain number stands for a vector of it. There is no
 * fused multiply-add in WebAssembly that every runtime has; an exact product comes from factors cut in two.
 */

import { type Expr, extract, type Fn, i32, op, shuffle } from "../../wasm/fn.ts";

/** A vector, or a number for every lane. */
export type Operand = Expr | number;

/** The sum of two vectors, of which the second is what the first has no digits for. */
export type Pair = readonly [hi: Expr, lo: Expr];

/** All bits but the lower 27 of a float64: what is left has 26 digits, and products of two such are exact. */
const UPPER = -(1n << 27n);

export class Doubles {
  readonly fn: Fn;

  constructor(fn: Fn) {
    this.fn = fn;
  }

  of(x: Operand): Expr {
    return typeof x === "number" ? this.fn.constant("f64x2", x) : x;
  }

  /** A pattern of 64 bits in both lanes. */
  bits(pattern: bigint): Expr {
    return this.fn.constant("i64x2", pattern);
  }

  private keep(name: string, ...operands: readonly Operand[]): Expr {
    return this.fn.let(op(name, ...operands.map((x) => this.of(x))));
  }

  add(a: Operand, b: Operand): Expr {
    return this.keep("f64x2.add", a, b);
  }

  sub(a: Operand, b: Operand): Expr {
    return this.keep("f64x2.sub", a, b);
  }

  mul(a: Operand, b: Operand): Expr {
    return this.keep("f64x2.mul", a, b);
  }

  div(a: Operand, b: Operand): Expr {
    return this.keep("f64x2.div", a, b);
  }

  sqrt(x: Expr): Expr {
    return this.keep("f64x2.sqrt", x);
  }

  abs(x: Expr): Expr {
    return this.keep("f64x2.abs", x);
  }

  neg(x: Expr): Expr {
    return this.keep("f64x2.neg", x);
  }

  trunc(x: Expr): Expr {
    return this.keep("f64x2.trunc", x);
  }

  /** `x`, or `limit` where it is more; NaN stays. */
  atMost(x: Expr, limit: Operand): Expr {
    return this.keep("f64x2.pmin", x, limit);
  }

  /** `x`, or `limit` where it is less; NaN stays. */
  atLeast(x: Expr, limit: Operand): Expr {
    return this.keep("f64x2.pmax", x, limit);
  }

  is(a: Operand, relation: "lt" | "le" | "gt" | "ge" | "eq" | "ne", b: Operand): Expr {
    return this.keep(`f64x2.${relation}`, a, b);
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
    return this.keep("i64x2.add", a, b);
  }

  subBits(a: Expr, b: Expr): Expr {
    return this.keep("i64x2.sub", a, b);
  }

  shiftLeft(a: Expr, by: number): Expr {
    return this.fn.let(op("i64x2.shl", a, i32(by)));
  }

  shiftRight(a: Expr, by: number): Expr {
    return this.fn.let(op("i64x2.shr_u", a, i32(by)));
  }

  /** Whether the mask is set in both lanes. */
  all(mask: Expr): Expr {
    return op("i64x2.all_true", mask);
  }

  /** Which lanes of a mask are set: 0 when none is. */
  any(mask: Expr): Expr {
    return op("i64x2.bitmask", mask);
  }

  /** The magnitude of `x` with the sign of `sign`. */
  withSign(x: Operand, sign: Expr): Expr {
    return this.choose(this.bits(-(1n << 63n)), sign, x);
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

  /** `x` as the sum of its upper 26 digits and the rest. */
  split(x: Expr): Pair {
    const hi = this.and(x, this.bits(UPPER));
    return [hi, this.sub(x, hi)];
  }

  /** a · b, to about 106 digits. */
  product(a: Expr, b: Expr): Pair {
    const hi = this.mul(a, b);
    const [ah, al] = this.split(a);
    const [bh, bl] = this.split(b);
    const cross = this.add(this.sub(this.mul(ah, bh), hi), this.mul(ah, bl));
    return [hi, this.add(this.add(cross, this.mul(al, bh)), this.mul(al, bl))];
  }

  square(a: Expr): Pair {
    const hi = this.mul(a, a);
    const [ah, al] = this.split(a);
    const cross = this.mul(this.add(ah, ah), al);
    return [hi, this.add(this.add(this.sub(this.mul(ah, ah), hi), cross), this.mul(al, al))];
  }

  /** (n + nl) / d, to about 100 digits, `nl` being small beside `n`. */
  quotient([n, nl]: Pair, [d, dl]: Pair): Pair {
    const q = this.div(n, d);
    const [p, pl] = this.product(q, d);
    const rest = this.sub(this.add(this.sub(this.sub(n, p), pl), nl), this.mul(q, dl));
    return [q, this.div(rest, d)];
  }

  /** √(x + xl), to about 100 digits; √0 is 0. */
  root([x, xl]: Pair): Pair {
    const root = this.sqrt(x);
    const [p, pl] = this.square(root);
    const rest = this.add(this.sub(this.sub(x, p), pl), xl);
    return [root, this.div(rest, this.atLeast(this.add(root, root), 1e-300))];
  }

  /**
   * Two entries of 16 bytes from a table, those that the lower words of the lanes of `offsets` name in bytes: the first
   * eight bytes of both, and the second eight of both.
   */
  gather(table: number, offsets: Expr): Pair {
    const entry = (word: number) =>
      this.fn.let(this.fn.load("v128.load", extract("i32x4.extract_lane", offsets, word), table));
    const [a, b] = [entry(0), entry(2)];
    const halves = (from: number) =>
      this.fn.let(
        shuffle(
          a,
          b,
          [0, 1].flatMap((k) => [0, 1, 2, 3, 4, 5, 6, 7].map((j) => 16 * k + from + j)),
        ),
      );
    return [halves(0), halves(8)];
  }

  /** The four float32 of a pair of gathered halves, as two vectors of float64: the first of each, the second of each. */
  singles(halves: Expr): Pair {
    const sorted = this.fn.let(
      shuffle(halves, halves, [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15]),
    );
    const upper = shuffle(sorted, sorted, [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
    return [this.keep("f64x2.promote_low_f32x4", sorted), this.keep("f64x2.promote_low_f32x4", upper)];
  }
}
