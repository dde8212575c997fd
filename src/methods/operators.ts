import type { ArrayInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import type { UfuncOptions } from "../engine/ufunc-options.ts";
import type {
  DerivedOptions,
  MagnitudeOf,
  NumberOf,
  PromotedInputs,
  QuotientOf,
} from "../engine/ufunc-types.ts";
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

// What follows from both operands hangs on the type of `this`, and not on that of the class: so the compiler need not compare
// these methods to know that an array of one dtype is an array.
declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /** `a + b`: the sum of elements. Returns a copy. */
    add<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<PromotedInputs<A, B>>;
    /** `a - b`: the difference of elements. Returns a copy. */
    subtract<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<PromotedInputs<A, B>>;
    /** `a * b`: the product of elements. Returns a copy. */
    multiply<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<PromotedInputs<A, B>>;
    /** `a / b`: the quotient of elements; of integers float64. Returns a copy. */
    divide<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<QuotientOf<PromotedInputs<A, B>>>;
    /** `a // b`: the largest integer not above the quotient. Returns a copy. */
    floorDivide<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<NumberOf<PromotedInputs<A, B>>>;
    /** `a % b`: the remainder, with the sign of `b`. Returns a copy. */
    remainder<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<NumberOf<PromotedInputs<A, B>>>;
    /** `a ** b`: the power of elements. Returns a copy. */
    power<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<NumberOf<PromotedInputs<A, B>>>;
    /** `a @ b`: the product of matrices. Returns a copy. */
    matmul<A extends NDArray, B extends ArrayInput>(this: A, b: B): NDArray<PromotedInputs<A, B>>;
    /** `-a`. Returns a copy. */
    negative(options?: DerivedOptions): NDArray<D>;
    /** `+a`. Returns a copy. */
    positive(options?: DerivedOptions): NDArray<D>;
    /** `abs(a)`: the absolute values, of complex numbers their real length. Returns a copy. */
    absolute<A extends NDArray>(
      this: A,
      options?: DerivedOptions,
    ): NDArray<MagnitudeOf<PromotedInputs<A, A>>>;
    /** `~a`: every bit the other way; of bool the other truth value. Returns a copy. */
    invert(options?: DerivedOptions): NDArray<D>;
    /** `a & b`, bit by bit. Returns a copy. */
    bitwiseAnd<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<PromotedInputs<A, B>>;
    /** `a | b`, bit by bit. Returns a copy. */
    bitwiseOr<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<PromotedInputs<A, B>>;
    /** `a ^ b`, bit by bit. Returns a copy. */
    bitwiseXor<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<PromotedInputs<A, B>>;
    /** `a << b`. Returns a copy. */
    leftShift<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<NumberOf<PromotedInputs<A, B>>>;
    /** `a >> b`. Returns a copy. */
    rightShift<A extends NDArray, B extends ArrayInput>(
      this: A,
      b: B,
      options?: DerivedOptions,
    ): NDArray<NumberOf<PromotedInputs<A, B>>>;
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
