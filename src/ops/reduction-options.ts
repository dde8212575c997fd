/** What the functions that reduce take, and what the compiler knows of what they give. */

import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType, IntegerDType, ScalarLike, UnsignedIntegerDType, Value } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { textOf, ValueError } from "../errors.ts";
import type { Axes } from "./input.ts";

/** Which axes to reduce, and where the result goes. */
export interface AxisOptions {
  /** The axes to reduce, all of them if null or left out; `[]` for none. */
  readonly axis?: Axes | null | undefined;
  /** Whether reduced axes stay, with length 1. */
  readonly keepdims?: boolean | undefined;
  /** Where the result goes: an array of exactly its shape. */
  readonly out?: NDArray | null | undefined;
}

/** The same, and which elements take part. */
export interface MaskedOptions extends AxisOptions {
  /** Which elements take part: an array of bool that broadcasts to the array. */
  readonly where?: ArrayInput | undefined;
}

/** How sums and products are made. */
export interface SumOptions extends MaskedOptions {
  /** The dtype to compute in. */
  readonly dtype?: DTypeLike | null | undefined;
  /** What to start from. */
  readonly initial?: ScalarLike | null | undefined;
}

/** How the largest and the smallest element are found. */
export interface ExtremeOptions extends MaskedOptions {
  /** What to start from: needed with `where`, and for an empty array. */
  readonly initial?: ScalarLike | null | undefined;
}

/** How means are made. */
export interface MeanOptions extends MaskedOptions {
  /** The dtype to compute in: float64 for integers if left out. */
  readonly dtype?: DTypeLike | null | undefined;
}

/** Keywords, or the axis in their place. */
export type AxisOr<O> = Axes | null | O;

/** The dtype of an input. */
export type InputDType<V> = Extract<DTypeOfInput<V>, DType>;

type SumTable = {
  readonly [D in DType]: D extends UnsignedIntegerDType
    ? "uint64"
    : D extends "bool" | IntegerDType
      ? "int64"
      : D;
};
type MeanTable = { readonly [D in DType]: D extends "bool" | IntegerDType ? "float64" : D };
type VarianceTable = {
  readonly [D in DType]: D extends "complex64"
    ? "float32"
    : D extends "complex128"
      ? "float64"
      : MeanTable[D];
};

/** The dtype of a sum: integers are added in 64 bits. */
export type SumOf<D extends DType> = SumTable[D];

/** The dtype of a mean: float64 for integers. */
export type MeanOf<D extends DType> = MeanTable[D];

/** The dtype of a variance, which is real. */
export type VarianceOf<D extends DType> = VarianceTable[D];

/** The dtype that was asked for, else `D`. */
type Asked<D extends DType, O> = O extends { readonly dtype: infer S extends DTypeLike } ? DTypeOf<S> : D;

/**
 * What a reduction gives: a scalar for all of an array, an array where an axis is given, where reduced axes stay, or
 * where the result goes into an array.
 */
export type Reduced<D extends DType, O> = O extends null | undefined
  ? Value<D>
  : O extends Axes
    ? NDArray<D>
    : O extends { readonly out: infer A extends NDArray }
      ? A
      : O extends { readonly axis: Axes } | { readonly keepdims: true }
        ? NDArray<Asked<D, O>>
        : O extends { readonly axis?: null | undefined; readonly keepdims?: false | undefined }
          ? Value<Asked<D, O>>
          : NDArray<Asked<D, O>> | Value<Asked<D, O>>;

/** The keywords, from an argument that may be an axis. The axis is null where none is given. */
export function reductionOptions<O extends { readonly axis?: Axes | null | undefined }>(
  given: AxisOr<O> | undefined,
  caller: string,
): O & { readonly axis: Axes | null } {
  if (given === undefined || given === null) return { axis: null } as O & { readonly axis: null };
  if (typeof given === "number" || Array.isArray(given)) {
    return { axis: given } as unknown as O & { readonly axis: Axes };
  }
  if (typeof given !== "object" || given instanceof NDArray) {
    throw new ValueError(`${caller}: wanted an axis or options, given ${textOf(given)}`);
  }
  return { ...given, axis: (given as O).axis ?? null } as O & { readonly axis: Axes | null };
}
