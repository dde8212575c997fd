import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { requireWriteable } from "../array/flags.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { firstOfLines, selectLines, selectOrders } from "../engine/sort-select.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";
import { axisInPlace, linesCopied, linesOf } from "./sort.ts";
import { checkSelectKind, orderOf, type PartitionOptions, sortOptions } from "./sort-options.ts";

/** A place, or several: counted from the end if negative. */
export type Places = number | bigint | readonly (number | bigint)[] | NDArray;

/** Places among `n`, ascending and each once. */
function placesFrom(kth: Places, n: number, empty: boolean, caller: string): number[] {
  const places = listFrom(kth, caller).map((place) => {
    if (typeof place === "boolean")
      throw new ValueError(`${caller}: kth must be an integer, not the bool ${place}`);
    const k = typeof place === "bigint" ? Number(place) : place;
    if (typeof k !== "number" || !Number.isInteger(k)) {
      throw new DTypeError(`${caller}: kth must be an integer or a list of integers, not ${textOf(place)}`);
    }
    const found = k < 0 ? k + n : k;
    if (!empty && !(found >= 0 && found < n)) {
      throw new ValueError(`${caller}: kth ${k} is out of bounds for an axis of length ${n}`);
    }
    return found;
  });
  return [...new Set(places)].sort((a, b) => a - b);
}

function listFrom(kth: unknown, caller: string): readonly unknown[] {
  if (!(kth instanceof NDArray)) return Array.isArray(kth) ? kth : [kth];
  if (kth.ndim > 1)
    throw new ValueError(`${caller}: kth must be an integer or a list, not an array of ${kth.ndim} axes`);
  const flat = ravel(kth) as NDArray;
  return Array.from({ length: flat.size }, (_, k) => flat.at(k));
}

/**
 * A copy in which the elements that would stand at some places if an axis were sorted stand there, with nothing larger
 * before them and nothing smaller behind. The order of the others is left open. NaN come last.
 *
 * @param kth a place along the axis or several; negative ones count from the end
 * @param options an axis, null for all elements in C order, or `{ axis, kind, order, descending }`
 * @throws ValueError for a place that is not there; IndexError for an axis that is not there.
 * @example
 * np.partition(np.array([4, 3, 2, 1]), 1).at(1); // 2
 */
export function partition<V extends ArrayInput>(
  a: V,
  kth: Places,
  options?: number | null | PartitionOptions,
): NDArray<InputDType<V>> {
  const given = sortOptions<PartitionOptions>(options, "partition");
  checkSelectKind(given, "partition");
  const x = asarray(a as ArrayInput);
  const order = orderOf(x.dtype, given, "partition");
  const n = given.axis === null ? x.size : x.layout.shape[normalizeAxis(given.axis, x.ndim, "partition")]!;
  const places = placesFrom(kth, n, x.size === 0, "partition");
  const result = linesCopied(x, given.axis, order, "partition", (task) => selectLines(task, places));
  return result as NDArray<InputDType<V>>;
}

/** @internal `a.partition(kth)`: partitions an array where it is. */
export function partitionInPlace(a: NDArray, kth: Places, options?: number | PartitionOptions): void {
  const given = sortOptions<PartitionOptions>(options, "partition");
  checkSelectKind(given, "partition");
  const axis = axisInPlace(a, given.axis, "partition");
  const order = orderOf(a.dtype, given, "partition");
  requireWriteable(a, "partition");
  const { shape } = a.layout;
  const places = placesFrom(kth, shape[axis]!, a.size === 0, "partition");
  const place = placeOf(a);
  selectLines({ shape, axis, from: place, to: place, order, caller: "partition" }, places);
}

/**
 * Positions at which the array is partitioned: see {@link partition}. Returns a new array of int32 in C order.
 *
 * @param kth a place along the axis or several; negative ones count from the end
 * @param options an axis, null for all elements in C order, or `{ axis, kind, order, descending }`
 * @throws ValueError for a place that is not there; IndexError for an axis that is not there.
 * @example
 * np.argpartition(np.array([40, 10, 30, 20]), 1).at(1); // 3
 */
export function argpartition(
  a: ArrayInput,
  kth: Places,
  options?: number | null | PartitionOptions,
): NDArray<"int32"> {
  const given = sortOptions<PartitionOptions>(options, "argpartition");
  checkSelectKind(given, "argpartition");
  const x = asarray(a);
  const order = orderOf(x.dtype, given, "argpartition");
  const { lines, along } = linesOf(x, given.axis, "argpartition");
  const { shape } = lines.layout;
  const places = placesFrom(kth, shape[along]!, x.size === 0, "argpartition");
  const result = unsetArray(shape, plain.int32, "C", "argpartition");
  const [from, to] = [placeOf(lines), placeOf(result)];
  selectOrders({ shape, axis: along, from, to, order, caller: "argpartition" }, places);
  return result;
}

/** Which elements `topK` finds. */
export interface TopKOptions {
  /** The axis to look along; the last one if left out. */
  readonly axis?: number | undefined;
  /** Whether the largest or the smallest are wanted; `"largest"` if left out. */
  readonly mode?: "largest" | "smallest" | undefined;
  /** Whether they are sorted, the first is the largest or the smallest then; true if left out. */
  readonly sorted?: boolean | undefined;
}

/**
 * The k largest or smallest elements along an axis, and their positions. NaN are among them only where there are not enough
 * others. Returns new arrays.
 *
 * @param options `{ axis, mode, sorted }`
 * @returns the elements and their positions, int32
 * @throws ValueError for a k that is no number of elements along the axis, or an unknown mode; IndexError for an axis that
 * is not there.
 * @example
 * const [values, positions] = np.topK(np.array([5, 1, 4, 2]), 2);
 * values.tolist(); // [5, 4]
 * positions.tolist(); // [0, 2]
 */
export function topK<V extends ArrayInput>(
  a: V,
  k: number,
  options: TopKOptions = {},
): [values: NDArray<InputDType<V>>, positions: NDArray<"int32">] {
  const { axis = -1, mode = "largest", sorted = true } = optionsFrom(options, "topK");
  if (mode !== "largest" && mode !== "smallest") {
    throw new ValueError(`topK: mode ${textOf(mode)} is neither "largest" nor "smallest"`);
  }
  const x = asarray(a as ArrayInput);
  const along = normalizeAxis(axis, x.ndim, "topK");
  const n = x.layout.shape[along]!;
  if (!(Number.isInteger(k) && k >= 0 && k <= n)) {
    throw new ValueError(
      `topK: k ${textOf(k)} is not an integer from 0 to ${n}, the length of axis ${along}`,
    );
  }
  const order = orderOf(x.dtype, { descending: mode === "largest" }, "topK");
  const shape = x.layout.shape.map((length, j) => (j === along ? k : length));
  const values = unsetArray(shape, x.dtype, "C", "topK");
  const numbers = unsetArray(shape, plain.int32, "C", "topK");
  const found = { count: k, sorted, values: placeOf(values), numbers: placeOf(numbers) };
  firstOfLines(x.layout.shape, along, placeOf(x), order, found, "topK");
  return [values as NDArray<InputDType<V>>, numbers];
}
