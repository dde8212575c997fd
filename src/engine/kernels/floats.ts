/**
 * Arithmetic on vectors of floats, as bodies of kernels write it. Every result is kept in a local, so that it may be used
 * twice. A plain number stands for a vector of it.
 */

import { type Expr, type Fn, i32, type Local, op } from "../../wasm/fn.ts";

/** A vector, or a number for every lane. */
export type Operand = Expr | number;

/** The sum of two vectors, of which the second is what the first has no digits for. */
export type Pair = readonly [hi: Expr, lo: Expr];

/**
 * A vector, and the same of the next vector where two are worked on in one turn: what is done to the one is done to the
 * other, instruction by instruction, so that each waits less for its own results.
 */
export interface Vector extends Local {
  readonly twin?: Vector;
  /** Where it lies in memory, if it does. */
  readonly stored?: { readonly address: Expr; readonly offset: number };
}

/** The same of the next vector, where there is one. */
export function twinOf(x: Expr): Vector | undefined {
  return (x as Vector).twin;
}

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

  /** Keeps what `make` gives for the operands, and for their twins. */
  map(make: (...xs: readonly Expr[]) => Expr, ...operands: readonly Expr[]): Vector {
    const first = this.fn.let(make(...operands));
    if (operands.every((x) => twinOf(x) === undefined)) return first;
    return { ...first, twin: this.fn.let(make(...operands.map((x) => twinOf(x) ?? x))) };
  }

  /** A variable that starts as `x`; `like` says how many vectors there are where `x` is the same for all. */
  variable(x: Operand, like: Expr): Vector {
    return this.map((value) => value!, this.of(x), like);
  }

  set(variable: Vector, value: Expr): void {
    this.fn.set(variable, value);
    if (variable.twin !== undefined) this.fn.set(variable.twin, twinOf(value) ?? value);
  }

  /** The instruction `name` on vectors. */
  keep(name: string, ...operands: readonly Operand[]): Vector {
    return this.map((...xs) => op(name, ...xs), ...operands.map((x) => this.of(x)));
  }

  private float(name: string, ...operands: readonly Operand[]): Vector {
    return this.keep(`${this.shape}.${name}`, ...operands);
  }

  add(a: Operand, b: Operand): Vector {
    return this.float("add", a, b);
  }

  sub(a: Operand, b: Operand): Vector {
    return this.float("sub", a, b);
  }

  mul(a: Operand, b: Operand): Vector {
    return this.float("mul", a, b);
  }

  div(a: Operand, b: Operand): Vector {
    return this.float("div", a, b);
  }

  sqrt(x: Expr): Vector {
    return this.float("sqrt", x);
  }

  abs(x: Expr): Vector {
    return this.float("abs", x);
  }

  neg(x: Expr): Vector {
    return this.float("neg", x);
  }

  trunc(x: Expr): Vector {
    return this.float("trunc", x);
  }

  /** `x`, or `limit` where it is more; NaN stays. */
  atMost(x: Expr, limit: Operand): Vector {
    return this.float("pmin", x, limit);
  }

  /** `x`, or `limit` where it is less; NaN stays. */
  atLeast(x: Expr, limit: Operand): Vector {
    return this.float("pmax", x, limit);
  }

  is(a: Operand, relation: "lt" | "le" | "gt" | "ge" | "eq" | "ne", b: Operand): Vector {
    return this.float(relation, a, b);
  }

  and(a: Operand, b: Operand): Vector {
    return this.keep("v128.and", a, b);
  }

  or(a: Operand, b: Operand): Vector {
    return this.keep("v128.or", a, b);
  }

  xor(a: Operand, b: Operand): Vector {
    return this.keep("v128.xor", a, b);
  }

  not(a: Operand): Vector {
    return this.keep("v128.not", a);
  }

  /** `a` with the bits of `b` cleared. */
  without(a: Operand, b: Operand): Vector {
    return this.keep("v128.andnot", a, b);
  }

  /** `yes` where the mask is set, `no` elsewhere. */
  choose(mask: Expr, yes: Operand, no: Operand): Vector {
    return this.keep("v128.bitselect", yes, no, mask);
  }

  addBits(a: Expr, b: Expr): Vector {
    return this.keep(`${this.bitShape}.add`, a, b);
  }

  subBits(a: Expr, b: Expr): Vector {
    return this.keep(`${this.bitShape}.sub`, a, b);
  }

  /** Whether the bits of `a`, as signed integers, are more than those of `b`. */
  moreBits(a: Expr, b: Expr): Vector {
    return this.keep(`${this.bitShape}.gt_s`, a, b);
  }

  /** Whether the bits of `a` are those of `b`. */
  sameBits(a: Expr, b: Expr): Vector {
    return this.keep(`${this.bitShape}.eq`, a, b);
  }

  shiftLeft(a: Expr, by: number): Vector {
    return this.map((x) => op(`${this.bitShape}.shl`, x!, i32(by)), a);
  }

  shiftRight(a: Expr, by: number): Vector {
    return this.map((x) => op(`${this.bitShape}.shr_u`, x!, i32(by)), a);
  }

  /** Whether a mask is set in any lane: 0 where it is not. */
  any(mask: Expr): Expr {
    const twin = twinOf(mask);
    return op(`${this.bitShape}.bitmask`, twin === undefined ? mask : op("v128.or", mask, twin));
  }

  /** The magnitude of `x` with the sign of `sign`. */
  withSign(x: Operand, sign: Expr): Vector {
    const bit = this.bits(this.shape === "f64x2" ? -(1n << 63n) : -(1n << 31n));
    return x === 0 ? this.and(sign, bit) : this.choose(bit, sign, x);
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

  /** The same by halves (Estrin): the shortest chain, for one more product or two. */
  shortPolynomial(x: Expr, c: readonly number[]): Expr {
    let terms = Array.from({ length: Math.ceil(c.length / 2) }, (_, k) => this.line(x, c, 2 * k));
    for (let power = x; terms.length > 1; ) {
      power = this.mul(power, power);
      terms = Array.from({ length: Math.ceil(terms.length / 2) }, (_, k) => {
        const [lower, upper] = [terms[2 * k]!, terms[2 * k + 1]];
        return upper === undefined ? lower : this.add(lower, this.mul(upper, power));
      });
    }
    return terms[0]!;
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
