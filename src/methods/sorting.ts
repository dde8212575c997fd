import type { ArrayInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { argpartition, type Places, partitionInPlace } from "../ops/partition.ts";
import { type Found, type SearchOptions, type Side, searchsorted } from "../ops/searchsorted.ts";
import { argsort, sortInPlace } from "../ops/sort.ts";
import type { PartitionOptions, SortOptions } from "../ops/sort-options.ts";
import { give } from "./give.ts";

/** NumPy's methods that sort and search. */

declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /** Sorts the elements along an axis where they are, the last axis if left out. Returns nothing. */
    sort(options?: number | SortOptions): void;
    /** The positions of the elements along an axis, sorted. */
    argsort(options?: number | null | SortOptions): NDArray<"int32">;
    /** Puts what belongs at some places of an axis there, and smaller elements before it. Returns nothing. */
    partition(kth: Places, options?: number | PartitionOptions): void;
    /** The positions at which the array is partitioned. */
    argpartition(kth: Places, options?: number | null | PartitionOptions): NDArray<"int32">;
    /** Where elements would have to be put into this sorted array for it to stay sorted. */
    searchsorted<const V extends ArrayInput>(v: V, options?: Side | SearchOptions): Found<V>;
  }
}

type Self = NDArray;

give(NDArray.prototype, {
  sort(this: Self, options?: number | SortOptions) {
    sortInPlace(this, options);
  },
  argsort(this: Self, options?: number | null | SortOptions) {
    return argsort(this, options);
  },
  partition(this: Self, kth: Places, options?: number | PartitionOptions) {
    partitionInPlace(this, kth, options);
  },
  argpartition(this: Self, kth: Places, options?: number | null | PartitionOptions) {
    return argpartition(this, kth, options);
  },
  searchsorted(this: Self, v: ArrayInput, options?: Side | SearchOptions) {
    return searchsorted(this, v, options);
  },
});
