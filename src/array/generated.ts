/**
 * Arrays of what a function or an iterator yields.
 */

import type { ScalarLike } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { requireListable, sizeOf } from "../layout/layout.ts";
import {
  type DTypeArgument,
  dtypeAsked,
  keywordsOf,
  type NoDType,
  type ShapeLike,
  shapeFrom,
  type WithDType,
} from "./arguments.ts";
import type { DTypeOfInput } from "./create.ts";
import { fromElements } from "./fromlists.ts";
import type { NDArray } from "./ndarray.ts";

/**
 * An array whose element at (i, j, …) is `fn(i, j, …)`.
 *
 * The function is called for each element, in C order; NumPy calls it once, with arrays of indices, which `indices`
 * makes. The dtype is that of the elements, not of the indices.
 *
 * @param options a dtype, or `{ dtype }`; found out from the values if left out
 * @throws what `array` throws.
 * @example
 * np.fromfunction((i, j) => i === j, [2, 2]).tolist(); // [[true, false], [false, true]]
 */
export function fromfunction<const S extends DTypeLike>(
  fn: (...index: number[]) => unknown,
  shape: ShapeLike,
  options: DTypeArgument<S>,
): NDArray<DTypeOf<S>>;
export function fromfunction<V extends ScalarLike>(
  fn: (...index: number[]) => V,
  shape: ShapeLike,
  options?: NoDType,
): NDArray<DTypeOfInput<V[]>>;
export function fromfunction(
  fn: (...index: number[]) => unknown,
  shape: ShapeLike,
  options?: DTypeLike | WithDType | null,
): NDArray;
export function fromfunction(
  fn: (...index: number[]) => unknown,
  shape: ShapeLike,
  options?: DTypeLike | WithDType | null,
): NDArray {
  if (typeof fn !== "function") throw new ValueError(`fromfunction: ${textOf(fn)} is no function`);
  const lengths = shapeFrom(shape, "fromfunction");
  const size = sizeOf(lengths);
  requireListable(lengths, "fromfunction");
  const values = new Array<unknown>(size);
  const index = lengths.map(() => 0);
  for (let at = 0; at < values.length; at++) {
    values[at] = fn(...index);
    for (let k = lengths.length - 1; k >= 0 && ++index[k]! === lengths[k]; k--) index[k] = 0;
  }
  return fromElements(values, lengths, dtypeAsked(keywordsOf(options)), "fromfunction");
}

/** How `fromiter` reads. */
export interface FromiterKeywords {
  /** How many elements to read; all if left out or negative. */
  readonly count?: number | undefined;
}

/** The same with a dtype; found out from the values if left out. */
export interface FromiterOptions extends FromiterKeywords, WithDType {}

/**
 * An array of one axis of what an iterable yields: a Set, a generator, the values of a Map.
 *
 * @param options a dtype, or `{ dtype, count }`; with a count no more than that is taken from the iterator
 * @throws ValueError when there are fewer elements than `count`.
 * @throws what `array` throws.
 * @example
 * np.fromiter(new Set([3, 1, 3]), "int32").tolist(); // [3, 1]
 */
export function fromiter<const S extends DTypeLike>(
  iterable: Iterable<unknown>,
  options: DTypeArgument<S, FromiterKeywords>,
  count?: number,
): NDArray<DTypeOf<S>>;
export function fromiter<V extends ScalarLike>(
  iterable: Iterable<V>,
  options?: FromiterKeywords & NoDType,
): NDArray<DTypeOfInput<V[]>>;
export function fromiter(
  iterable: Iterable<unknown>,
  options?: DTypeLike | FromiterOptions | null,
  count?: number,
): NDArray;
export function fromiter(
  iterable: Iterable<unknown>,
  options?: DTypeLike | FromiterOptions | null,
  count?: number,
): NDArray {
  const keywords = keywordsOf<FromiterOptions>(options);
  const values = taken(iterable, count ?? keywords.count ?? -1);
  return fromElements(values, [values.length], dtypeAsked(keywords), "fromiter");
}

function taken(iterable: Iterable<unknown>, count: number): unknown[] {
  if (typeof iterable?.[Symbol.iterator] !== "function") {
    throw new DTypeError(
      "fromiter: wanted an iterable, such as a Set or a generator; of an async one, collect the values first",
    );
  }
  if (!Number.isInteger(count)) throw new ValueError(`fromiter: count ${textOf(count)} is not an integer`);
  if (count < 0) return Array.from(iterable);
  const values: unknown[] = [];
  if (count === 0) return values;
  for (const value of iterable) if (values.push(value) === count) return values;
  throw new ValueError(`fromiter: wanted ${count} elements, but there were only ${values.length}`);
}
