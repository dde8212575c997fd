import { type ArrayInput, asarray } from "../array/create.ts";
import { elementArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Casting } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, ScalarLike } from "../dtype/map.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { promoteAll } from "../dtype/promote.ts";
import type { Promote } from "../dtype/promotion-table.ts";
import { isScalar, promoteWeak } from "../dtype/weak.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { indexLayout } from "../layout/basic.ts";
import { type AxisOption, axisOption } from "./axis-option.ts";
import { freshJoining, type Joining, joinArrays, nothingToJoin } from "./joining.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";

/** In which dtype arrays are joined. */
export interface JoinKeywords {
  /** The dtype of the result; that of the arrays promoted if left out. */
  readonly dtype?: DTypeLike | null | undefined;
  /** The rule that casts must obey; `"same_kind"` if left out. */
  readonly casting?: Casting | undefined;
}

/** How arrays are joined along an axis. */
export interface ConcatenateOptions extends JoinKeywords {
  /** The axis along which they are put one behind the other, 0 if left out; null joins all elements in C order. */
  readonly axis?: number | null | undefined;
  /** Where the result goes: an array of exactly its shape. */
  readonly out?: NDArray | null | undefined;
}

/** What is joined: a list of arrays, or one array, whose parts along the first axis are. */
export type ArrayList = readonly ArrayInput[] | NDArray;

type JoinedList<L extends readonly unknown[]> = L extends readonly [infer A, ...infer R]
  ? R extends readonly []
    ? InputDType<A>
    : Promote<InputDType<A>, JoinedList<R>>
  : L extends readonly (infer E)[]
    ? Promote<InputDType<E>, InputDType<E>>
    : DType;

/** The dtype of arrays joined. */
export type JoinedDType<L> = Extract<
  L extends NDArray<infer D> ? D : L extends readonly unknown[] ? JoinedList<L> : DType,
  DType
>;

/** What joining gives: `out`, the dtype that was asked for, or that of the arrays promoted. */
export type Joined<L, O> = O extends { readonly out: infer A extends NDArray }
  ? A
  : O extends { readonly dtype: infer S extends DTypeLike }
    ? NDArray<DTypeOf<S>>
    : NDArray<JoinedDType<L>>;

/** @internal The arrays of a list; those of an array are its parts along the first axis. */
export function arraysFrom(list: unknown, caller: string): NDArray[] {
  if (!Array.isArray(list)) return partsOf(list, caller);
  const arrays = new Array<NDArray>(list.length);
  for (let k = 0; k < list.length; k++) {
    const one: unknown = list[k];
    arrays[k] = one instanceof NDArray ? one : asarray(one as ArrayInput);
  }
  return arrays;
}

function partsOf(given: unknown, caller: string): NDArray[] {
  if (!(given instanceof NDArray) || given.ndim === 0) {
    throw new DTypeError(
      `${caller}: ${given instanceof NDArray ? "a 0-d array" : textOf(given)} is no list of arrays`,
    );
  }
  return Array.from({ length: given.layout.shape[0]! }, (_, k) =>
    given.viewAs(indexLayout(given.layout, [k])),
  );
}

/** @internal How to join, from options. */
export function joiningFrom(options: JoinKeywords & { out?: unknown }, caller: string): Joining {
  const { out = null, dtype = null, casting = "same_kind" } = options;
  if (out === null && dtype === null && casting === "same_kind") return freshJoining;
  if (out !== null && !(out instanceof NDArray)) {
    throw new DTypeError(`${caller}: out ${textOf(out)} is no array`);
  }
  if (out !== null && dtype !== null) {
    throw new DTypeError(`${caller}: out and dtype are both given; the dtype is that of out`);
  }
  return { out, dtype: dtype === null ? null : plainElements(descriptorFor(dtype), caller), casting };
}

function plainElements(dtype: Descriptor, caller: string): Descriptor {
  if (dtype.subdtype === null) return dtype;
  throw new DTypeError(`${caller}: dtype ${dtype} has axes of its own; give the dtype of its elements`);
}

/**
 * Arrays one behind the other along an axis that they have; with axis null all their elements in C order. In memory the
 * result lies as the arrays do: in F order when all of them are. Returns a copy, or `out`, which may overlap the arrays.
 *
 * @param arrays a list of arrays of one shape but for the axis, or one array, whose parts along axis 0 are joined
 * @param options an axis, 0 if left out, or `{ axis, out, dtype, casting }`
 * @throws ShapeError when the shapes do not fit, ValueError for an empty list and for arrays without axes.
 * @throws DTypeError when a cast is against the rule, or `out` and `dtype` are both given.
 * @example
 * np.concatenate([[1, 2], [3]]).tolist(); // [1, 2, 3]
 * np.concatenate([[[1], [2]], [[3], [4]]], 1).tolist(); // [[1, 3], [2, 4]]
 * np.concatenate([[[1, 2]], 3], null).tolist(); // [1, 2, 3]
 */
export function concatenate<
  const L extends ArrayList,
  const O extends AxisOption<ConcatenateOptions> = undefined,
>(arrays: L, options?: O): Joined<L, O> {
  const keywords = options === undefined ? noOptions : axisOption<ConcatenateOptions>(options, "concatenate");
  const { axis = 0 } = keywords;
  const how = joiningFrom(keywords, "concatenate");
  const result =
    axis === null
      ? joinAll(arrays, how, "concatenate")
      : joinArrays(arraysFrom(arrays, "concatenate"), axis, how, "concatenate");
  return result as Joined<L, O>;
}

const noOptions: ConcatenateOptions = {};

/** The same as {@link concatenate}. */
export const concat: typeof concatenate = concatenate;

/** @internal All elements of all arrays in C order. Scalars are weak beside arrays. */
export function joinAll(list: unknown, how: Joining, caller: string): NDArray {
  if (!(Array.isArray(list) && list.some(isScalar))) {
    const arrays = arraysFrom(list, caller);
    if (arrays.length === 0) throw nothingToJoin(caller);
    return joinArrays(
      arrays.map((one) => ravel(one) as NDArray),
      0,
      how,
      caller,
    );
  }
  const dtype = how.dtype ?? weakDType(list, caller);
  const arrays = list.map((one: ArrayInput) =>
    ravel(isScalar(one) ? scalarArray(one, dtype, caller) : asarray(one)),
  );
  return joinArrays(arrays as NDArray[], 0, how.out === null ? { ...how, dtype } : how, caller);
}

function weakDType(list: readonly ArrayInput[], caller: string): Descriptor {
  const scalars = list.filter(isScalar);
  const strong = list.filter((one) => !isScalar(one)).map((one) => asarray(one).dtype);
  if (strong.length > 0) return promoteWeak(promoteAll(strong, caller), scalars, caller);
  return promoteAll(
    scalars.map((one) => asarray(one).dtype),
    caller,
  );
}

function scalarArray(value: ScalarLike, dtype: Descriptor, caller: string): NDArray {
  if (dtype.kind === "V") throw new ValueError(`${caller}: the scalar ${value} is no element of ${dtype}`);
  return elementArray(dtype.access.coerce(value) as never, dtype, caller);
}
