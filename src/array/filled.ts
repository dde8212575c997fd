/**
 * Fresh arrays of a shape, all elements alike: zeros, ones, a value.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { textOf, ValueError } from "../errors.ts";
import {
  type DTypeArgument,
  dtypeAsked,
  keywordsOf,
  type NoDType,
  type ShapeLike,
  shapeFrom,
  type WithDType,
} from "./arguments.ts";
import { assign } from "./assign.ts";
import { isSolid } from "./cast.ts";
import type { ArrayInput, DTypeOfInput } from "./create.ts";
import { isPlain } from "./duplicate.ts";
import { emptyArray, unsetArray } from "./fresh.ts";
import { fromLists } from "./fromlists.ts";
import type { NDArray } from "./ndarray.ts";
import { fillPiece } from "./overwrite.ts";
import { arrayOver } from "./typedarrays.ts";

/** How a fresh array is laid out. */
export interface FreshKeywords {
  /** C (the last axis fastest) or F (the first); C if left out. */
  readonly order?: "C" | "F" | undefined;
}

/** How a fresh array is laid out, and its dtype, float64 if left out. */
export interface FreshOptions extends FreshKeywords, WithDType {}

function fresh(
  shape: ShapeLike,
  options: DTypeLike | FreshOptions | null | undefined,
  fallback: Descriptor,
  caller: string,
  written = false,
): NDArray {
  const keywords: FreshOptions = keywordsOf(options);
  const { order = "C" } = keywords;
  if (order !== "C" && order !== "F") {
    throw new ValueError(`${caller}: order ${textOf(order)} is neither "C" nor "F"`);
  }
  const dtype = dtypeAsked(keywords) ?? fallback;
  // What is written all over need not be zeroed first.
  const make = written && isSolid(dtype) && dtype.subdtype === null ? unsetArray : emptyArray;
  return make(shapeFrom(shape, caller), dtype, order, caller);
}

/**
 * A fresh array of zeros; of false, of 0n, of fields that are zero.
 *
 * @param shape the length of each axis, or of the only one
 * @param options a dtype, or `{ dtype, order }`; float64 and C order if left out
 * @throws ShapeError for a length that is negative or no integer, and for a shape that is too large.
 * @throws ValueError when there is no memory for it.
 * @example
 * np.zeros([2, 3]).strides; // [24, 8]
 * np.zeros(4, "uint8").data; // Uint8Array [0, 0, 0, 0]
 */
export function zeros<const S extends DTypeLike>(
  shape: ShapeLike,
  options: DTypeArgument<S, FreshKeywords>,
): NDArray<DTypeOf<S>>;
export function zeros(shape: ShapeLike, options?: FreshKeywords & NoDType): NDArray<"float64">;
export function zeros(shape: ShapeLike, options?: DTypeLike | FreshOptions | null): NDArray;
export function zeros(shape: ShapeLike, options?: DTypeLike | FreshOptions | null): NDArray {
  return fresh(shape, options, plain.float64, "zeros");
}

/**
 * A fresh array whose elements are not promised to be anything; here they are zeros.
 *
 * @param shape the length of each axis, or of the only one
 * @param options a dtype, or `{ dtype, order }`; float64 and C order if left out
 * @throws what `zeros` throws.
 * @example
 * np.empty([2, 3], "int32").shape; // [2, 3]
 */
export function empty<const S extends DTypeLike>(
  shape: ShapeLike,
  options: DTypeArgument<S, FreshKeywords>,
): NDArray<DTypeOf<S>>;
export function empty(shape: ShapeLike, options?: FreshKeywords & NoDType): NDArray<"float64">;
export function empty(shape: ShapeLike, options?: DTypeLike | FreshOptions | null): NDArray;
export function empty(shape: ShapeLike, options?: DTypeLike | FreshOptions | null): NDArray {
  return fresh(shape, options, plain.float64, "empty");
}

/**
 * A fresh array of ones; every field of a structured dtype is one.
 *
 * @param shape the length of each axis, or of the only one
 * @param options a dtype, or `{ dtype, order }`; float64 and C order if left out
 * @throws what `zeros` throws.
 * @example
 * np.ones([2, 2], "int64").at(0, 0); // 1n
 */
export function ones<const S extends DTypeLike>(
  shape: ShapeLike,
  options: DTypeArgument<S, FreshKeywords>,
): NDArray<DTypeOf<S>>;
export function ones(shape: ShapeLike, options?: FreshKeywords & NoDType): NDArray<"float64">;
export function ones(shape: ShapeLike, options?: DTypeLike | FreshOptions | null): NDArray;
export function ones(shape: ShapeLike, options?: DTypeLike | FreshOptions | null): NDArray {
  return filled(fresh(shape, options, plain.float64, "ones", true), 1, "ones");
}

/**
 * A fresh array filled with a value, or with the elements of an array or lists that broadcast to the shape.
 *
 * @param shape the length of each axis, or of the only one
 * @param options a dtype, or `{ dtype, order }`; the dtype of the value and C order if left out
 * @throws ValueError when the value does not fit the dtype asked for.
 * @throws ShapeError when the value does not broadcast to the shape.
 * @example
 * np.full([2, 2], 7).dtype.name; // "float64"
 * np.full([2, 2], [1, 2], "uint8").tolist(); // [[1, 2], [1, 2]]
 */
export function full<const S extends DTypeLike>(
  shape: ShapeLike,
  value: ArrayInput,
  options: DTypeArgument<S, FreshKeywords>,
): NDArray<DTypeOf<S>>;
export function full<V extends ArrayInput>(
  shape: ShapeLike,
  value: V,
  options?: FreshKeywords & NoDType,
): NDArray<DTypeOfInput<V>>;
export function full(shape: ShapeLike, value: ArrayInput, options?: DTypeLike | FreshOptions | null): NDArray;
export function full(
  shape: ShapeLike,
  value: ArrayInput,
  options?: DTypeLike | FreshOptions | null,
): NDArray {
  if (dtypeAsked(keywordsOf<FreshOptions>(options)) !== null) {
    return filled(fresh(shape, options, plain.float64, "full", true), value, "full");
  }
  if (typeof value === "number")
    return filled(fresh(shape, options, plain.float64, "full", true), value, "full");
  const source = arrayOver(value, "full") ?? fromLists(value, null, "C", "full");
  return filled(fresh(shape, options, source.dtype, "full", true), source, "full");
}

/** @internal The array after a value was written all over it: of JS values those that fit, of an array whatever it is cast to. */
export function filled(a: NDArray, value: ArrayInput, caller: string): NDArray {
  if (isPlain(a.dtype)) {
    if (value === 1 && fillPiece(a, a.dtype.access.convert(1))) return a;
    if (typeof value === "number" && a.dtype === plain.float64 && fillPiece(a, value)) return a;
  }
  const source = arrayOver(value, caller) ?? fromLists(value, a.dtype, "C", caller);
  assign(a, source, { casting: "unsafe", caller, strip: true });
  return a;
}
