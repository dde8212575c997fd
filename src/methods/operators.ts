import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType, ScalarLike } from "../dtype/map.ts";
import type { Promote, PromoteScalar } from "../dtype/promotion-table.ts";
import type { UfuncOptions } from "../engine/ufunc-options.ts";
import type { DerivedOptions, MagnitudeOf, NumberOf, QuotientOf } from "../engine/ufunc-types.ts";
import { matmul } from "../ops/products.ts";
import {
  absolute,
  add,
  divide,
  floorDivide,
  multiply,
  negative,
  positive,
  remainder,
  subtract,
} from "../ops/ufuncs-arithmetic.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "../ops/ufuncs-compare.ts";
import { power } from "../ops/ufuncs-exponential.ts";
import { bitwiseAnd, bitwiseOr, bitwiseXor, invert, leftShift, rightShift } from "../ops/ufuncs-logic.ts";
import { give } from "./give.ts";

/**
 * What Python writes as operators, as methods: `a.add(b)` for `a + b`, `a.iadd(b)` for `a += b`. The names are those of the
 * functions, with an i before those that write into the array itself.
 */

/** The dtype of an array and an operand promoted; a scalar is weak beside the array. */
export type PromotedWith<D extends DType, B> = Extract<
  B extends ScalarLike ? PromoteScalar<D, B> : Promote<D, Extract<DTypeOfInput<B>, DType>>,
  DType
>;

declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /** `a + b`: the sum of elements. Returns a copy. */
    add<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<PromotedWith<D, B>>;
    /** `a - b`: the difference of elements. Returns a copy. */
    subtract<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<PromotedWith<D, B>>;
    /** `a * b`: the product of elements. Returns a copy. */
    multiply<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<PromotedWith<D, B>>;
    /** `a / b`: the quotient of elements; of integers float64. Returns a copy. */
    divide<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<QuotientOf<PromotedWith<D, B>>>;
    /** `a // b`: the largest integer not above the quotient. Returns a copy. */
    floorDivide<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<NumberOf<PromotedWith<D, B>>>;
    /** `a % b`: the remainder, with the sign of `b`. Returns a copy. */
    remainder<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<NumberOf<PromotedWith<D, B>>>;
    /** `a ** b`: the power of elements. Returns a copy. */
    power<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<NumberOf<PromotedWith<D, B>>>;
    /** `a @ b`: the product of matrices. Returns a copy. */
    matmul<B extends ArrayInput>(b: B): NDArray<PromotedWith<D, B>>;
    /** `-a`. Returns a copy. */
    negative(options?: DerivedOptions): NDArray<D>;
    /** `+a`. Returns a copy. */
    positive(options?: DerivedOptions): NDArray<D>;
    /** `abs(a)`: the absolute values, of complex numbers their real length. Returns a copy. */
    absolute(options?: DerivedOptions): NDArray<MagnitudeOf<D>>;
    /** `~a`: every bit the other way; of bool the other truth value. Returns a copy. */
    invert(options?: DerivedOptions): NDArray<D>;
    /** `a & b`, bit by bit. Returns a copy. */
    bitwiseAnd<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<PromotedWith<D, B>>;
    /** `a | b`, bit by bit. Returns a copy. */
    bitwiseOr<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<PromotedWith<D, B>>;
    /** `a ^ b`, bit by bit. Returns a copy. */
    bitwiseXor<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<PromotedWith<D, B>>;
    /** `a << b`. Returns a copy. */
    leftShift<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<NumberOf<PromotedWith<D, B>>>;
    /** `a >> b`. Returns a copy. */
    rightShift<B extends ArrayInput>(b: B, options?: DerivedOptions): NDArray<NumberOf<PromotedWith<D, B>>>;
    /** `a == b`, element by element. Returns a copy. */
    equal(b: ArrayInput, options?: DerivedOptions): NDArray<"bool">;
    /** `a != b`, element by element. Returns a copy. */
    notEqual(b: ArrayInput, options?: DerivedOptions): NDArray<"bool">;
    /** `a < b`, element by element. Returns a copy. */
    less(b: ArrayInput, options?: DerivedOptions): NDArray<"bool">;
    /** `a <= b`, element by element. Returns a copy. */
    lessEqual(b: ArrayInput, options?: DerivedOptions): NDArray<"bool">;
    /** `a > b`, element by element. Returns a copy. */
    greater(b: ArrayInput, options?: DerivedOptions): NDArray<"bool">;
    /** `a >= b`, element by element. Returns a copy. */
    greaterEqual(b: ArrayInput, options?: DerivedOptions): NDArray<"bool">;
    /** `a += b`: written into this array, which keeps its dtype and is returned. */
    iadd(b: ArrayInput, options?: UfuncOptions): this;
    /** `a -= b`: written into this array. */
    isubtract(b: ArrayInput, options?: UfuncOptions): this;
    /** `a *= b`: written into this array. */
    imultiply(b: ArrayInput, options?: UfuncOptions): this;
    /** `a /= b`: written into this array; an error for integers, which hold no quotients. */
    idivide(b: ArrayInput, options?: UfuncOptions): this;
    /** `a //= b`: written into this array. */
    ifloorDivide(b: ArrayInput, options?: UfuncOptions): this;
    /** `a %= b`: written into this array. */
    iremainder(b: ArrayInput, options?: UfuncOptions): this;
    /** `a **= b`: written into this array. */
    ipower(b: ArrayInput, options?: UfuncOptions): this;
    /** `a @= b`: written into this array. */
    imatmul(b: ArrayInput): this;
    /** `a &= b`: written into this array. */
    ibitwiseAnd(b: ArrayInput, options?: UfuncOptions): this;
    /** `a |= b`: written into this array. */
    ibitwiseOr(b: ArrayInput, options?: UfuncOptions): this;
    /** `a ^= b`: written into this array. */
    ibitwiseXor(b: ArrayInput, options?: UfuncOptions): this;
    /** `a <<= b`: written into this array. */
    ileftShift(b: ArrayInput, options?: UfuncOptions): this;
    /** `a >>= b`: written into this array. */
    irightShift(b: ArrayInput, options?: UfuncOptions): this;
  }
}

type Call = (...operands: never[]) => unknown;

const unary: Readonly<Record<string, Call>> = { negative, positive, absolute, invert };

const binary: Readonly<Record<string, Call>> = {
  add,
  subtract,
  multiply,
  divide,
  floorDivide,
  remainder,
  power,
  matmul,
  bitwiseAnd,
  bitwiseOr,
  bitwiseXor,
  leftShift,
  rightShift,
};

const comparisons: Readonly<Record<string, Call>> = {
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
};

/** The methods above, from the functions of those names. */
function operators(): object {
  const methods: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(unary)) {
    const run = call as (a: NDArray, options?: unknown) => unknown;
    methods[name] = function (this: NDArray, options?: unknown) {
      return run(this, options);
    };
  }
  for (const [name, call] of Object.entries({ ...binary, ...comparisons })) {
    const run = call as (a: NDArray, b: ArrayInput, options?: unknown) => unknown;
    methods[name] = function (this: NDArray, b: ArrayInput, options?: unknown) {
      return run(this, b, options);
    };
  }
  for (const [name, call] of Object.entries(binary)) {
    const run = call as (a: NDArray, b: ArrayInput, options: unknown) => unknown;
    methods[`i${name}`] = function (this: NDArray, b: ArrayInput, options?: object) {
      return run(this, b, { ...options, out: this });
    };
  }
  return methods;
}

give(NDArray.prototype, operators());
