import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType, IntegerDType, ScalarLike } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import type { Promote, PromoteScalar } from "../dtype/promotion-table.ts";
import type { UfuncKeywords, UfuncOptions } from "./ufunc-options.ts";

/**
 * What the compiler knows of results: their dtype follows from those of the operands. A number is a weak integer or a
 * weak float, which its type does not say: beside integers it leaves both open.
 */

/** Bool becomes int8 where there is no loop for it. */
export type NumberOf<D extends DType> = D extends "bool" ? "int8" : D;

/** The float dtype that an integer is computed in: as many digits as its values need, float64 at most. */
export type FloatOf<D extends DType> = D extends "bool" | "int8" | "uint8"
  ? "float16"
  : D extends "int16" | "uint16"
    ? "float32"
    : D extends IntegerDType
      ? "float64"
      : D;

/** The dtype of the absolute value. */
export type MagnitudeOf<D extends DType> = D extends "complex64"
  ? "float32"
  : D extends "complex128"
    ? "float64"
    : D;

/** The dtype of a quotient. */
export type QuotientOf<D extends DType> = D extends "bool" | IntegerDType ? "float64" : D;

/** The dtype of `floatPower`. */
export type DoubleOf<D extends DType> = D extends "complex64" | "complex128" ? "complex128" : "float64";

/** What becomes of the dtype of an operand, or of that of two promoted. */
export interface ResultKinds<D extends DType> {
  readonly same: D;
  /** The same but of two moments, which are a span apart. */
  readonly difference: D;
  readonly number: NumberOf<D>;
  readonly float: FloatOf<D>;
  readonly magnitude: MagnitudeOf<D>;
  readonly quotient: QuotientOf<D>;
  readonly double: DoubleOf<D>;
  readonly bool: "bool";
  readonly uint8: "uint8";
}
export type ResultKind = keyof ResultKinds<DType>;

/** The dtype of an operand on its own. */
type InputOf<V> = Extract<DTypeOfInput<V>, DType>;

/** The dtype of two operands promoted; scalars beside arrays are weak. */
export type PromotedInputs<A, B> = Extract<
  A extends ScalarLike
    ? B extends ScalarLike
      ? Promote<InputOf<A>, InputOf<B>>
      : PromoteScalar<InputOf<B>, A>
    : B extends ScalarLike
      ? PromoteScalar<InputOf<A>, B>
      : Promote<InputOf<A>, InputOf<B>>,
  DType
>;

/** Float loops take each operand on its own: int8 and int16 go into float32, and not by way of what holds both. */
type PromotedFloats<A, B> = A extends ScalarLike
  ? FloatOf<PromotedInputs<A, B>>
  : B extends ScalarLike
    ? FloatOf<PromotedInputs<A, B>>
    : Promote<Extract<FloatOf<InputOf<A>>, DType>, Extract<FloatOf<InputOf<B>>, DType>>;

type DateName = "datetime64" | "timedelta64";

/** The dtype of a result where an operand is of moments or spans; `A` and `B` are those of the operands. */
type DateResult<K extends ResultKind, A, B> = K extends "bool"
  ? "bool"
  : [A, B] extends ["timedelta64", "timedelta64"]
    ? K extends "quotient"
      ? "float64"
      : K extends "number"
        ? "timedelta64" | "int64"
        : "timedelta64"
    : K extends "difference"
      ? [A, B] extends ["datetime64", "datetime64"]
        ? "timedelta64"
        : A
      : [A] extends ["datetime64"]
        ? A
        : [B] extends ["datetime64"]
          ? B
          : "timedelta64";

type BinaryResult<K extends ResultKind, A, B> = Extract<
  [InputOf<A>] extends [DateName]
    ? DateResult<K, InputOf<A>, InputOf<B>>
    : [InputOf<B>] extends [DateName]
      ? DateResult<K, InputOf<A>, InputOf<B>>
      : K extends "float"
        ? PromotedFloats<A, B>
        : ResultKinds<PromotedInputs<A, B>>[K],
  DType
>;

/** Options with which the dtype of the result follows from the operands. */
export interface DerivedOptions extends UfuncKeywords {
  readonly out?: null | undefined;
  readonly dtype?: null | undefined;
}

/** Options that say which dtype comes out. */
interface DTypeOptions<S> extends UfuncKeywords {
  readonly out?: null | undefined;
  readonly dtype: S;
}

/** Options that say where the result goes. */
interface OutOptions<O> extends UfuncKeywords {
  readonly out: O;
  readonly dtype?: DTypeLike | null | undefined;
}

/** The call of a ufunc of one operand. */
export interface UnaryCall<K extends ResultKind> {
  <V extends ArrayInput>(a: V, options?: DerivedOptions): NDArray<ResultKinds<InputOf<V>>[K]>;
  <O extends NDArray>(a: ArrayInput, out: O, options?: UfuncOptions): O;
  <O extends NDArray>(a: ArrayInput, options: OutOptions<O>): O;
  <const S extends DTypeLike>(a: ArrayInput, options: DTypeOptions<S>): NDArray<DTypeOf<S>>;
  (a: ArrayInput, options?: UfuncOptions): NDArray;
}

/** The call of a ufunc of two operands. */
export interface BinaryCall<K extends ResultKind> {
  <A extends ArrayInput, B extends ArrayInput>(
    a: A,
    b: B,
    options?: DerivedOptions,
  ): NDArray<BinaryResult<K, A, B>>;
  <O extends NDArray>(a: ArrayInput, b: ArrayInput, out: O, options?: UfuncOptions): O;
  <O extends NDArray>(a: ArrayInput, b: ArrayInput, options: OutOptions<O>): O;
  <const S extends DTypeLike>(a: ArrayInput, b: ArrayInput, options: DTypeOptions<S>): NDArray<DTypeOf<S>>;
  (a: ArrayInput, b: ArrayInput, options?: UfuncOptions): NDArray;
}

type Pair<D extends DType, E extends DType> = [first: NDArray<D>, second: NDArray<E>];

/** Options of a ufunc with two results. */
export interface PairOptions extends UfuncKeywords {
  readonly out?: readonly [NDArray | null, NDArray | null] | null | undefined;
  readonly dtype?: DTypeLike | null | undefined;
}

/** The call of `modf`: two floats. */
export interface SplitCall {
  <V extends ArrayInput>(a: V, options?: DerivedOptions): Pair<FloatOf<InputOf<V>>, FloatOf<InputOf<V>>>;
  (a: ArrayInput, ...rest: (NDArray | null | PairOptions)[]): [NDArray, NDArray];
}

/** The call of `frexp`: a float and an integer. */
export interface ExponentCall {
  <V extends ArrayInput>(a: V, options?: DerivedOptions): Pair<FloatOf<InputOf<V>>, "int32">;
  (a: ArrayInput, ...rest: (NDArray | null | PairOptions)[]): [NDArray, NDArray];
}

/** The call of `divmod`: quotient and remainder. */
export interface DivmodCall {
  <A extends ArrayInput, B extends ArrayInput>(
    a: A,
    b: B,
    options?: DerivedOptions,
  ): Pair<NumberOf<PromotedInputs<A, B>>, NumberOf<PromotedInputs<A, B>>>;
  (a: ArrayInput, b: ArrayInput, ...rest: (NDArray | null | PairOptions)[]): [NDArray, NDArray];
}
