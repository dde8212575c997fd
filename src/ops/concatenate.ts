import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { elementArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Casting } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, ScalarLike } from "../dtype/map.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { promoteAll } from "../dtype/promote.ts";
import type { Promote } from "../dtype/promotion-table.ts";
import { isScalar, promoteWeak, scalarDescriptor } from "../dtype/weak.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { indexLayout } from "../layout/basic.ts";
import { cStrides } from "../layout/layout.ts";
import { type AxisOption, axisOption } from "./axis-option.ts";
import { freshFor, freshJoining, type Joining, joinArrays, nothingToJoin, requireCasts } from "./joining.ts";
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
  const hasScalars = Array.isArray(list) && list.some(isScalar);
  const [arrays, dtype] = hasScalars ? withScalars(list, how, caller) : [arraysFrom(list, caller), how.dtype];
  if (arrays.length === 0) throw nothingToJoin(caller);
  const isDirect = how.out === null && !arrays.every((one) => one.isContiguous("C"));
  if (isDirect) return joinStrided(arrays, { ...how, dtype }, caller);
  const lines = arrays.map((one) => ravel(one) as NDArray);
  return joinArrays(lines, 0, how.out === null && hasScalars ? { ...how, dtype } : how, caller);
}

/** Arrays of which some are not in C order: each is written as it is walked in C order, without a copy of its own. */
function joinStrided(arrays: readonly NDArray[], how: Joining, caller: string): NDArray {
  const dtype = how.dtype ?? promoteAll([...new Set(arrays.map((one) => one.dtype))], caller);
  requireCasts(arrays, dtype, how.casting, caller);
  const total = arrays.reduce((sum, one) => sum + one.size, 0);
  const result = freshFor([total], dtype, "C", caller);
  const place = { ...placeOf(result) };
  for (const one of arrays) {
    const { shape } = one.layout;
    castElements(shape, placeOf(one), { ...place, strides: cStrides(shape, dtype.itemsize) });
    place.offset += one.size * dtype.itemsize;
  }
  return result;
}

/** Scalars as arrays, and the dtype of all; where one is asked for, they are as weak beside it. */
function withScalars(
  list: readonly ArrayInput[],
  { dtype: asked, out }: Joining,
  caller: string,
): [arrays: NDArray[], dtype: Descriptor | null] {
  const given = list.map((one) => (isScalar(one) ? one : (asarray(one) as NDArray)));
  const target = asked ?? out?.dtype ?? null;
  const dtype = target ?? weakDType(given, caller);
  const dtypeOf = (value: ScalarLike): Descriptor => {
    if (target === null) return dtype;
    return "biufc".includes(target.kind) ? promoteWeak(target, [value], caller) : scalarDescriptor(value);
  };
  const arrays = given.map((one) => (one instanceof NDArray ? one : scalarArray(one, dtypeOf(one), caller)));
  return [arrays, out === null ? dtype : null];
}

function weakDType(list: readonly (NDArray | ScalarLike)[], caller: string): Descriptor {
  const scalars = list.filter((one) => !(one instanceof NDArray)) as ScalarLike[];
  const strong = list.filter((one) => one instanceof NDArray).map((one) => one.dtype);
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
