import { type ArrayInput, asarray, type DTypeOfInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";

/** An array itself, or anything that becomes one: the first thing every function here does with its argument. */
export function arrayFrom<V extends ArrayInput>(a: V): NDArray<DTypeOfInput<V>> {
  return (a instanceof NDArray ? a : asarray(a as ArrayInput)) as NDArray<DTypeOfInput<V>>;
}

/** One axis, or several. */
export type Axes = number | readonly number[];
