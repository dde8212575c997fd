import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf, workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { moveElements } from "../array/move.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { bringElements } from "../engine/search.ts";
import { columnsOf } from "../engine/sort-columns.ts";
import { distinctElements } from "../engine/sort-distinct.ts";
import { type Runs, runsOf } from "../engine/sort-runs.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { cStrides, sizeOf } from "../layout/layout.ts";
import { moveaxis } from "./axes.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";

/** What to find out about the distinct elements. */
export interface UniqueOptions {
  /** Whether to give the position of the first of each. */
  readonly returnIndex?: boolean | undefined;
  /** Whether to give, for each element, which of the distinct ones it is. */
  readonly returnInverse?: boolean | undefined;
  /** Whether to give how often each occurs. */
  readonly returnCounts?: boolean | undefined;
  /** The axis whose parts are compared as wholes; all elements if null or left out. */
  readonly axis?: number | null | undefined;
  /** Whether NaN are one element; true if left out. */
  readonly equalNan?: boolean | undefined;
  /** Whether the result must be sorted; it always is. */
  readonly sorted?: boolean | undefined;
}

type Asked<O, K extends string> = O extends { readonly [P in K]: infer F }
  ? F extends true
    ? [NDArray<"int32">]
    : []
  : [];

/** What `unique` gives: the distinct elements, or a list of them and of what was asked for. */
export type Unique<D extends DType, O> = [
  ...Asked<O, "returnIndex">,
  ...Asked<O, "returnInverse">,
  ...Asked<O, "returnCounts">,
] extends infer Rest extends readonly NDArray<"int32">[]
  ? Rest extends []
    ? NDArray<D>
    : [NDArray<D>, ...Rest]
  : never;

/** What there is to know about distinct elements. */
interface Distinct {
  readonly values: NDArray;
  readonly indices: NDArray<"int32">;
  readonly inverse: NDArray<"int32">;
  readonly counts: NDArray<"int32">;
}

/** Numbers of 4 bytes from a room. */
function numbersFrom({ room }: Runs, at: number, shape: readonly number[], caller: string): NDArray<"int32"> {
  const result = unsetArray(shape, plain.int32, "C", caller);
  const from = { storage: room.storage, strides: cStrides(shape, 4), offset: at };
  moveElements(shape, from, placeOf(result), 4);
  return result;
}

function distinctFrom(
  runs: Runs,
  values: NDArray,
  inverseShape: readonly number[],
  caller: string,
): Distinct {
  return {
    values,
    indices: numbersFrom(runs, runs.firsts, [runs.count], caller),
    inverse: numbersFrom(runs, runs.runs, inverseShape, caller),
    counts: numbersFrom(runs, runs.counts, [runs.count], caller),
  };
}

/** @internal Distinct elements of all of an array, sorted. */
export function distinctOf(x: NDArray, equalNan: boolean, caller: string): Distinct {
  const { shape } = x.layout;
  const { dtype } = x;
  const step = dtype.itemsize;
  const runs = runsOf({
    n: x.size,
    bring: (room, to) => bringElements(room, to, { shape, place: placeOf(x) }),
    dtype,
    columns: columnsOf(dtype),
    step,
    strict: !equalNan || dtype.kind === "V",
    caller,
  });
  const values = unsetArray([runs.count], dtype, "C", caller);
  const from = { storage: runs.room.storage, strides: [step], offset: runs.values };
  moveElements([runs.count], from, placeOf(values), step);
  return distinctFrom(runs, values, shape, caller);
}

/** Distinct parts along an axis, as wholes, sorted by their elements in C order. NaN equal nothing, as in NumPy. */
function distinctParts(x: NDArray, axis: number, caller: string): Distinct {
  const parts = workingCopy(moveaxis(x, axis, 0), x.dtype, "C", caller);
  const [n, ...rest] = parts.layout.shape as [number, ...number[]];
  const { itemsize } = x.dtype;
  const size = sizeOf(rest);
  const columns = Array.from({ length: size }, (_, k) =>
    columnsOf(x.dtype).map((column) => ({ ...column, offset: column.offset + k * itemsize })),
  ).flat();
  const runs = runsOf({
    n,
    bring: (room, to) => bringElements(room, to, { shape: parts.layout.shape, place: placeOf(parts) }),
    dtype: x.dtype,
    columns,
    step: size * itemsize,
    strict: true,
    caller,
  });
  const shape = [runs.count, ...rest];
  const values = unsetArray(shape, x.dtype, "C", caller);
  const from = { storage: runs.room.storage, strides: cStrides(shape, itemsize), offset: runs.values };
  moveElements(shape, from, placeOf(values), itemsize);
  return distinctFrom(runs, moveaxis(values, 0, axis), [n], caller);
}

/**
 * The distinct elements of an array, sorted; with an axis its distinct parts. Of equal elements the first one is given:
 * 0.0 and -0.0 are equal. Returns a new array, or a list of new arrays: the elements, then what was asked for, in the order
 * `returnIndex`, `returnInverse`, `returnCounts`. The inverse has the shape of the array, or with an axis one axis.
 *
 * @param options `{ returnIndex, returnInverse, returnCounts, axis, equalNan, sorted }`
 * @throws IndexError for an axis that is not there.
 * @example
 * np.unique(np.array([3, 1, 3, 2])).tolist(); // [1, 2, 3]
 * const [values, counts] = np.unique(np.array([3, 1, 3]), { returnCounts: true });
 * counts.tolist(); // [1, 2]
 */
export function unique<V extends ArrayInput, const O extends UniqueOptions = Record<never, never>>(
  a: V,
  options?: O,
): Unique<InputDType<V>, O> {
  const given: UniqueOptions = optionsFrom(options, "unique");
  const { returnIndex = false, returnInverse = false, returnCounts = false, equalNan = true } = given;
  const x = asarray(a as ArrayInput);
  const axis =
    given.axis === null || given.axis === undefined ? null : normalizeAxis(given.axis, x.ndim, "unique");
  const all = axis === null || x.ndim === 1;
  if (all && !(returnIndex || returnInverse || returnCounts)) {
    return uniqueFlat(x, equalNan, "unique") as unknown as Unique<InputDType<V>, O>;
  }
  const found = all ? distinctOf(x, equalNan, "unique") : distinctParts(x, axis, "unique");
  const list: NDArray[] = [found.values];
  if (returnIndex) list.push(found.indices);
  if (returnInverse) list.push(found.inverse);
  if (returnCounts) list.push(found.counts);
  return (list.length === 1 ? found.values : list) as unknown as Unique<InputDType<V>, O>;
}

/** @internal The distinct elements alone. */
export function uniqueFlat(x: NDArray, equalNan: boolean, caller: string): NDArray {
  const place = placeOf(ravel(x) as NDArray);
  return distinctElements(x.size, place, equalNan, caller) ?? distinctOf(x, equalNan, caller).values;
}

/** The distinct elements and all there is to know about them. */
export interface UniqueAll<D extends DType> {
  readonly values: NDArray<D>;
  /** The position of the first of each, in C order. */
  readonly indices: NDArray<"int32">;
  /** For each element of the array which of the distinct ones it is. */
  readonly inverseIndices: NDArray<"int32">;
  readonly counts: NDArray<"int32">;
}

/**
 * The distinct elements, sorted, with the position of the first of each, the inverse and the counts. Each NaN is an element
 * of its own.
 *
 * @example
 * np.uniqueAll(np.array([3, 1, 3])).counts.tolist(); // [1, 2]
 */
export function uniqueAll<V extends ArrayInput>(x: V): UniqueAll<InputDType<V>> {
  const { values, indices, inverse, counts } = distinctOf(asarray(x as ArrayInput), false, "uniqueAll");
  return { values: values as NDArray<InputDType<V>>, indices, inverseIndices: inverse, counts };
}

/**
 * The distinct elements, sorted, and how often each occurs. Each NaN is an element of its own.
 *
 * @example
 * np.uniqueCounts(np.array([3, 1, 3])).values.tolist(); // [1, 3]
 */
export function uniqueCounts<V extends ArrayInput>(
  x: V,
): Pick<UniqueAll<InputDType<V>>, "values" | "counts"> {
  const { values, counts } = distinctOf(asarray(x as ArrayInput), false, "uniqueCounts");
  return { values: values as NDArray<InputDType<V>>, counts };
}

/**
 * The distinct elements, sorted, and for each element which of them it is. Each NaN is an element of its own.
 *
 * @example
 * np.uniqueInverse(np.array([3, 1, 3])).inverseIndices.tolist(); // [1, 0, 1]
 */
export function uniqueInverse<V extends ArrayInput>(
  x: V,
): Pick<UniqueAll<InputDType<V>>, "values" | "inverseIndices"> {
  const { values, inverse } = distinctOf(asarray(x as ArrayInput), false, "uniqueInverse");
  return { values: values as NDArray<InputDType<V>>, inverseIndices: inverse };
}

/**
 * The distinct elements, sorted. Each NaN is an element of its own.
 *
 * @example
 * np.uniqueValues(np.array([3, 1, 3])).tolist(); // [1, 3]
 */
export function uniqueValues<V extends ArrayInput>(x: V): NDArray<InputDType<V>> {
  return uniqueFlat(asarray(x as ArrayInput), false, "uniqueValues") as NDArray<InputDType<V>>;
}
