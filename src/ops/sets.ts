import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { bringElements } from "../engine/search.ts";
import { columnsOf } from "../engine/sort-columns.ts";
import { runsOf } from "../engine/sort-runs.ts";
import { takeElements } from "../engine/take-elements.ts";
import type { PromotedInputs } from "../engine/ufunc-types.ts";
import { part } from "./differences.ts";
import { membersOf } from "./isin.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";
import { distinctOf, uniqueFlat } from "./unique.ts";

/** What is known of two sets. */
export interface SetOptions {
  /** Whether each array is known to hold each element once, which saves looking; false if left out. */
  readonly assumeUnique?: boolean | undefined;
}

/** How two sets are intersected. */
export interface IntersectOptions extends SetOptions {
  /** Whether to give where the common elements are in both. */
  readonly returnIndices?: boolean | undefined;
}

/** Elements in C order. */
function flatFrom(a: ArrayInput): NDArray {
  return ravel(asarray(a)) as NDArray;
}

/** The elements of one array behind those of another, in the dtype that both are promoted to. */
function joinedFlat(a: NDArray, b: NDArray, caller: string): NDArray {
  const dtype = promoteAll([a.dtype, b.dtype], caller);
  const result = unsetArray([a.size + b.size], dtype, "C", caller);
  assign(part(result, 0, 0, a.size), ravel(a) as NDArray, { casting: "unsafe", caller });
  assign(part(result, 0, a.size, a.size + b.size), ravel(b) as NDArray, { casting: "unsafe", caller });
  return result;
}

/** The order of the elements of a line, and which of them differ from the one before. NaN always do. */
function sortedRuns(x: NDArray, caller: string): { order: Int32Array; starts: Uint8Array } {
  const n = x.size;
  const runs = runsOf({
    n,
    bring: (room, to) => bringElements(room, to, { shape: [n], place: placeOf(x) }),
    dtype: x.dtype,
    columns: columnsOf(x.dtype),
    step: x.itemsize,
    strict: true,
    caller,
  });
  const { buffer } = runs.room.space;
  return {
    order: new Int32Array(buffer, runs.order, n).slice(),
    starts: new Uint8Array(buffer, runs.starts, n).slice(),
  };
}

/** Which places of a list to keep, and what is listed there. */
function listed(n: number, keep: (k: number) => boolean, at: (k: number) => number): Int32Array {
  let count = 0;
  const found = new Int32Array(n);
  for (let k = 0; k < n; k++) if (keep(k)) found[count++] = at(k);
  return found.subarray(0, count);
}

function numbers(list: Int32Array, caller: string): NDArray<"int32"> {
  const result = unsetArray([list.length], plain.int32, "C", caller);
  result.storage.lane(Int32Array).set(list, result.layout.offset / 4);
  return result;
}

/**
 * The distinct elements of both arrays, sorted. Returns a new array of one axis.
 *
 * @example
 * np.union1d(np.array([-1, 0, 1]), np.array([-2, 0, 2])).tolist(); // [-2, -1, 0, 1, 2]
 */
export function union1d<A extends ArrayInput, B extends ArrayInput>(
  a: A,
  b: B,
): NDArray<PromotedInputs<A, B>> {
  const joined = joinedFlat(asarray(a as ArrayInput), asarray(b as ArrayInput), "union1d");
  return uniqueFlat(joined, true, "union1d") as NDArray<PromotedInputs<A, B>>;
}

/** What `intersect1d` gives: the common elements, or these and where they are. */
export type Intersection<A, B, O> = O extends { readonly returnIndices: true }
  ? [values: NDArray<PromotedInputs<A, B>>, first: NDArray<"int32">, second: NDArray<"int32">]
  : NDArray<PromotedInputs<A, B>>;

/**
 * The distinct elements that both arrays have, sorted. NaN equal nothing. Returns a new array of one axis, or with
 * `returnIndices` a list: the elements, and where the first of each is in both arrays, counted in C order.
 *
 * @param options `{ assumeUnique, returnIndices }`
 * @example
 * np.intersect1d(np.array([1, 3, 4, 3]), np.array([3, 1, 2, 1])).tolist(); // [1, 3]
 */
export function intersect1d<
  A extends ArrayInput,
  B extends ArrayInput,
  const O extends IntersectOptions = Record<never, never>,
>(a: A, b: B, options?: O): Intersection<A, B, O> {
  const given: IntersectOptions = optionsFrom(options, "intersect1d");
  const { assumeUnique = false, returnIndices = false } = given;
  const sides = [a, b].map((side) => {
    const x = asarray(side as ArrayInput);
    if (assumeUnique) return { values: ravel(x) as NDArray, indices: null };
    if (!returnIndices) return { values: uniqueFlat(x, true, "intersect1d"), indices: null };
    return distinctOf(x, true, "intersect1d");
  });
  const [first, second] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const both = joinedFlat(first.values, second.values, "intersect1d");
  const { order, starts } = sortedRuns(both, "intersect1d");
  const n = order.length;
  const twice = (k: number) => k + 1 < n && starts[k + 1] === 0;
  const here = listed(n, twice, (k) => order[k]!);
  const values = takeElements(both, here, "intersect1d");
  if (!returnIndices) return values as Intersection<A, B, O>;
  const size = first.values.size;
  const there = listed(n, twice, (k) => order[k + 1]! - size);
  const positions = [
    [here, first.indices],
    [there, second.indices],
  ] as const;
  const [inFirst, inSecond] = positions.map(([list, indices]) =>
    indices === null ? numbers(list, "intersect1d") : takeElements(indices as NDArray, list, "intersect1d"),
  );
  return [values, inFirst, inSecond] as Intersection<A, B, O>;
}

/**
 * The distinct elements that only one of the arrays has, sorted. NaN equal nothing. Returns a new array of one axis.
 *
 * @param options `{ assumeUnique }`
 * @example
 * np.setxor1d(np.array([1, 2, 3, 2, 4]), np.array([2, 3, 5, 7, 5])).tolist(); // [1, 4, 5, 7]
 */
export function setxor1d<A extends ArrayInput, B extends ArrayInput>(
  a: A,
  b: B,
  options: SetOptions = {},
): NDArray<PromotedInputs<A, B>> {
  const { assumeUnique = false } = optionsFrom(options, "setxor1d");
  const [first, second] = [a, b].map((side) => {
    const x = asarray(side as ArrayInput);
    return assumeUnique ? x : uniqueFlat(x, true, "setxor1d");
  });
  const both = joinedFlat(first!, second!, "setxor1d");
  const { order, starts } = sortedRuns(both, "setxor1d");
  const n = order.length;
  const alone = (k: number) => starts[k] === 1 && (k + 1 === n || starts[k + 1] === 1);
  return takeElements(
    both,
    listed(n, alone, (k) => order[k]!),
    "setxor1d",
  ) as NDArray<PromotedInputs<A, B>>;
}

/**
 * The distinct elements of the first array that the second one does not have, sorted; with `assumeUnique` they stay as they
 * are. Returns a new array of one axis.
 *
 * @param options `{ assumeUnique }`
 * @example
 * np.setdiff1d(np.array([1, 2, 3, 2, 4, 1]), np.array([3, 4, 5, 6])).tolist(); // [1, 2]
 */
export function setdiff1d<A extends ArrayInput>(
  a: A,
  b: ArrayInput,
  options: SetOptions = {},
): NDArray<InputDType<A>> {
  const { assumeUnique = false } = optionsFrom(options, "setdiff1d");
  const first = assumeUnique ? flatFrom(a) : uniqueFlat(asarray(a as ArrayInput), true, "setdiff1d");
  const missing = membersOf(first, flatFrom(b), true, "setdiff1d");
  const { storage, layout } = missing;
  const marks = new Uint8Array(storage.buffer as ArrayBuffer, storage.origin + layout.offset, missing.size);
  const kept = listed(
    marks.length,
    (k) => marks[k] === 1,
    (k) => k,
  );
  return takeElements(first, kept, "setdiff1d") as NDArray<InputDType<A>>;
}
