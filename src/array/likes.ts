/**
 * Fresh arrays with the shape, the dtype and the order in memory of another array.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { sizedFor } from "../dtype/sized.ts";
import { textOf, ValueError } from "../errors.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import type { Order } from "../layout/layout.ts";
import { keepStrides } from "../layout/order.ts";
import {
  type DTypeArgument,
  dtypeAsked,
  keywordsOf,
  type NoDType,
  type ShapeLike,
  shapeFrom,
  type WithDType,
} from "./arguments.ts";
import { isSolid } from "./cast.ts";
import { type ArrayInput, asarray, type DTypeOfInput } from "./create.ts";
import { filled } from "./filled.ts";
import { emptyArray, unsetArray } from "./fresh.ts";
import type { NDArray } from "./ndarray.ts";

/** How a fresh array like another one is laid out. */
export interface LikeKeywords {
  /** Order in memory; `"K"` if left out: the order of the axes of the other array. */
  readonly order?: Order | undefined;
  /** Another shape; with another number of axes, `"K"` is C. */
  readonly shape?: ShapeLike | null | undefined;
}

/** How a fresh array like another one is laid out, and its dtype, that of the other array if left out. */
export interface LikeOptions extends LikeKeywords, WithDType {}

function like(
  a: ArrayInput,
  options: DTypeLike | LikeOptions | null | undefined,
  caller: string,
  written = false,
): NDArray {
  const keywords: LikeOptions = keywordsOf(options);
  const { order = "K" } = keywords;
  const model = asarray(a);
  const dtype = sizedFor(dtypeAsked(keywords) ?? model.dtype, null);
  const shape = keywords.shape == null ? model.shape : shapeFrom(keywords.shape, caller);
  const make = written && isSolid(dtype) && dtype.subdtype === null ? unsetArray : emptyArray;
  return make(shape, dtype, orderLike(model, order, shape, dtype, caller), caller);
}

function orderLike(
  model: NDArray,
  order: Order,
  shape: readonly number[],
  dtype: Descriptor,
  caller: string,
): "C" | "F" | readonly number[] {
  if (order === "C" || order === "F") return order;
  const { layout, itemsize } = model;
  const onlyF = !isCContiguous(layout, itemsize) && isFContiguous(layout, itemsize);
  if (order === "A") return onlyF ? "F" : "C";
  if (order !== "K") {
    throw new ValueError(`${caller}: order ${textOf(order)} is none of "C", "F", "A" and "K"`);
  }
  if (shape.length !== layout.shape.length || isCContiguous(layout, itemsize)) return "C";
  return onlyF ? "F" : keepStrides({ ...layout, shape }, dtype.itemsize);
}

/**
 * A fresh array of zeros with the shape, the dtype and the order in memory of another array.
 *
 * @param options a dtype, or `{ dtype, order, shape }`; what is left out is as in the other array
 * @throws what `zeros` throws.
 * @example
 * np.zerosLike(np.array([[1n, 2n]])).dtype.name; // "int64"
 */
export function zerosLike<const S extends DTypeLike>(
  a: ArrayInput,
  options: DTypeArgument<S, LikeKeywords>,
): NDArray<DTypeOf<S>>;
export function zerosLike<V extends ArrayInput>(
  a: V,
  options?: LikeKeywords & NoDType,
): NDArray<DTypeOfInput<V>>;
export function zerosLike(a: ArrayInput, options?: DTypeLike | LikeOptions | null): NDArray;
export function zerosLike(a: ArrayInput, options?: DTypeLike | LikeOptions | null): NDArray {
  return like(a, options, "zerosLike");
}

/**
 * A fresh array like another one whose elements are not promised to be anything; here they are zeros.
 *
 * @param options a dtype, or `{ dtype, order, shape }`; what is left out is as in the other array
 * @throws what `zeros` throws.
 * @example
 * np.emptyLike(np.zeros([2, 3]).T).strides; // [8, 24]
 */
export function emptyLike<const S extends DTypeLike>(
  a: ArrayInput,
  options: DTypeArgument<S, LikeKeywords>,
): NDArray<DTypeOf<S>>;
export function emptyLike<V extends ArrayInput>(
  a: V,
  options?: LikeKeywords & NoDType,
): NDArray<DTypeOfInput<V>>;
export function emptyLike(a: ArrayInput, options?: DTypeLike | LikeOptions | null): NDArray;
export function emptyLike(a: ArrayInput, options?: DTypeLike | LikeOptions | null): NDArray {
  return like(a, options, "emptyLike");
}

/**
 * A fresh array of ones with the shape, the dtype and the order in memory of another array.
 *
 * @param options a dtype, or `{ dtype, order, shape }`; what is left out is as in the other array
 * @throws what `zeros` throws.
 * @example
 * np.onesLike([1, 2, 3], "int32").tolist(); // [1, 1, 1]
 */
export function onesLike<const S extends DTypeLike>(
  a: ArrayInput,
  options: DTypeArgument<S, LikeKeywords>,
): NDArray<DTypeOf<S>>;
export function onesLike<V extends ArrayInput>(
  a: V,
  options?: LikeKeywords & NoDType,
): NDArray<DTypeOfInput<V>>;
export function onesLike(a: ArrayInput, options?: DTypeLike | LikeOptions | null): NDArray;
export function onesLike(a: ArrayInput, options?: DTypeLike | LikeOptions | null): NDArray {
  return filled(like(a, options, "onesLike", true), 1, "onesLike");
}

/**
 * A fresh array with the shape, the dtype and the order in memory of another array, filled as `full` does.
 *
 * @param options a dtype, or `{ dtype, order, shape }`; what is left out is as in the other array
 * @throws what `full` throws.
 * @example
 * np.fullLike(np.zeros(3, "uint8"), 7).tolist(); // [7, 7, 7]
 */
export function fullLike<const S extends DTypeLike>(
  a: ArrayInput,
  value: ArrayInput,
  options: DTypeArgument<S, LikeKeywords>,
): NDArray<DTypeOf<S>>;
export function fullLike<V extends ArrayInput>(
  a: V,
  value: ArrayInput,
  options?: LikeKeywords & NoDType,
): NDArray<DTypeOfInput<V>>;
export function fullLike(a: ArrayInput, value: ArrayInput, options?: DTypeLike | LikeOptions | null): NDArray;
export function fullLike(
  a: ArrayInput,
  value: ArrayInput,
  options?: DTypeLike | LikeOptions | null,
): NDArray {
  return filled(like(a, options, "fullLike", true), value, "fullLike");
}
