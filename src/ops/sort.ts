import { isSolid } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { copyArray, placeOf } from "../array/duplicate.ts";
import { requireWriteable } from "../array/flags.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import type { LineOrder } from "../engine/sort-columns.ts";
import { orderLines } from "../engine/sort-order.ts";
import { FEW_ELEMENTS, orderFew, sortFew } from "../engine/sort-small.ts";
import { type LineTask, sortLines } from "../engine/sort-values.ts";
import { textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { keepStrides } from "../layout/order.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";
import { checkKind, orderOf, type SortOptions, sortOptions } from "./sort-options.ts";

/** @internal A copy of an array with something done to its lines along an axis, in memory as the array is. */
export function linesCopied(
  x: NDArray,
  axis: number | null,
  order: LineOrder,
  caller: string,
  work: (task: LineTask) => void,
): NDArray {
  if (axis === null) {
    const flat = copyArray(ravel(x) as NDArray, "C", caller);
    const place = placeOf(flat);
    work({ shape: flat.layout.shape, axis: 0, from: place, to: place, order, caller });
    return flat;
  }
  const along = normalizeAxis(axis, x.ndim, caller);
  const make = isSolid(x.dtype) ? unsetArray : emptyArray;
  const result = make(x.layout.shape, x.dtype, keepStrides(x.layout, x.itemsize), caller);
  work({ shape: x.layout.shape, axis: along, from: placeOf(x), to: placeOf(result), order, caller });
  return result;
}

/** Whether a few elements in one line are sorted in their usual order. */
function isShort({ layout: { shape } }: NDArray, { axis, order, descending }: SortOptions): boolean {
  if (shape.length !== 1 || shape[0]! > FEW_ELEMENTS) return false;
  return descending !== true && (order ?? null) === null && (axis === -1 || axis === 0 || axis === null);
}

/**
 * The elements sorted along an axis. NaN and NaT come last, complex numbers go by their real and then their imaginary
 * parts, text by its characters, elements with fields field by field. Equal elements keep their order, with every kind of
 * sort. Returns a copy, in memory as the array is.
 *
 * @param options an axis, null for all elements in C order, or `{ axis, kind, order, stable, descending }`
 * @throws IndexError for an axis that is not there; ValueError for an unknown kind or field.
 * @example
 * np.sort(np.array([3, 1, 2])).tolist(); // [1, 2, 3]
 * np.sort(np.array([[3, 1], [2, 4]]), 0).tolist(); // [[2, 1], [3, 4]]
 * np.sort(np.array([[3, 1], [2, 4]]), null).tolist(); // [1, 2, 3, 4]
 */
export function sort<V extends ArrayInput>(
  a: V,
  options?: number | null | SortOptions,
): NDArray<InputDType<V>> {
  const given = sortOptions<SortOptions>(options, "sort");
  checkKind(given, "sort");
  const x = asarray(a as ArrayInput);
  if (isShort(x, given)) {
    const few = unsetArray(x.layout.shape, x.dtype, "C", "sort");
    if (sortFew(x.layout.shape[0]!, placeOf(x), placeOf(few))) return few as NDArray<InputDType<V>>;
  }
  const order = orderOf(x.dtype, given, "sort");
  return linesCopied(x, given.axis, order, "sort", sortLines) as NDArray<InputDType<V>>;
}

/** @internal `a.sort()`: sorts the elements of an array where they are. */
export function sortInPlace(a: NDArray, options?: number | SortOptions): void {
  const given = sortOptions<SortOptions>(options, "sort");
  checkKind(given, "sort");
  const axis = axisInPlace(a, given.axis, "sort");
  const order = orderOf(a.dtype, given, "sort");
  requireWriteable(a, "sort");
  const place = placeOf(a);
  sortLines({ shape: a.layout.shape, axis, from: place, to: place, order, caller: "sort" });
}

/** @internal The axis of what is done where the elements are. */
export function axisInPlace(a: NDArray, axis: number | null, caller: string): number {
  if (axis !== null) return normalizeAxis(axis, a.ndim, caller);
  throw new ValueError(`${caller}: axis ${textOf(axis)} needs a flat array; use np.${caller}, which copies`);
}

/** @internal Along which axis of what to look: of all elements in C order without one. */
export function linesOf(x: NDArray, axis: number | null, caller: string): { lines: NDArray; along: number } {
  const lines = axis === null || x.ndim === 0 ? (ravel(x) as NDArray) : x;
  return { lines, along: normalizeAxis(axis ?? 0, lines.ndim, caller) };
}

/**
 * The positions of the elements, sorted: `a` taken at them is sorted. The order is that of {@link sort}; equal elements
 * keep theirs, with every kind of sort. Returns a new array of int32 in C order.
 *
 * @param options an axis, null for all elements in C order, or `{ axis, kind, order, stable, descending }`
 * @throws IndexError for an axis that is not there; ValueError for an unknown kind or field.
 * @example
 * np.argsort(np.array([30, 10, 20])).tolist(); // [1, 2, 0]
 */
export function argsort(a: ArrayInput, options?: number | null | SortOptions): NDArray<"int32"> {
  const given = sortOptions<SortOptions>(options, "argsort");
  checkKind(given, "argsort");
  const x = asarray(a);
  if (isShort(x, given)) {
    const few = unsetArray(x.layout.shape, plain.int32, "C", "argsort");
    if (orderFew(x.layout.shape[0]!, placeOf(x), placeOf(few))) return few;
  }
  const order = orderOf(x.dtype, given, "argsort");
  const { lines, along } = linesOf(x, given.axis, "argsort");
  const result = unsetArray(lines.layout.shape, plain.int32, "C", "argsort");
  orderLines(lines.layout.shape, along, placeOf(lines), placeOf(result), order, "argsort");
  return result;
}

/** What `sortComplex` makes of numbers: complex64 of the smallest integers. */
type ComplexTable = {
  readonly [D in DType]: D extends "int8" | "int16" | "uint8" | "uint16" | "complex64"
    ? "complex64"
    : "complex128";
};
/** The complex dtype that a dtype is sorted in. */
export type ComplexOf<D extends DType> = ComplexTable[D];

/**
 * The elements sorted along the last axis, as complex numbers: complex64 for integers of at most 16 bits and complex64,
 * else complex128. Returns a copy.
 *
 * @throws IndexError for an array without axes.
 * @example
 * np.sortComplex(np.array([5, 3, 6])); // array([3.+0.j, 5.+0.j, 6.+0.j])
 */
export function sortComplex<V extends ArrayInput>(a: V): NDArray<ComplexOf<InputDType<V>>> {
  const x = asarray(a as ArrayInput);
  const order = orderOf(x.dtype, {}, "sortComplex");
  const sorted = linesCopied(x, -1, order, "sortComplex", sortLines);
  const { kind, itemsize } = x.dtype;
  const small = (kind === "i" || kind === "u") && itemsize <= 2;
  const dtype = kind === "c" ? x.dtype : small ? plain.complex64 : plain.complex128;
  return (kind === "c" ? sorted : asarray(sorted, dtype)) as NDArray<ComplexOf<InputDType<V>>>;
}
