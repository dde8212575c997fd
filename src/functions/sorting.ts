/** Sorting, searching and sets. */
export { type IsinOptions, isin } from "../ops/isin.ts";
export { lexsort } from "../ops/lexsort.ts";
export { argpartition, type Places, partition, type TopKOptions, topK } from "../ops/partition.ts";
export {
  type DigitizeOptions,
  digitize,
  type Found,
  type SearchOptions,
  type Side,
  searchsorted,
} from "../ops/searchsorted.ts";
export {
  type Intersection,
  type IntersectOptions,
  intersect1d,
  type SetOptions,
  setdiff1d,
  setxor1d,
  union1d,
} from "../ops/sets.ts";
export { argsort, type ComplexOf, sort, sortComplex } from "../ops/sort.ts";
export type { OrderOptions, PartitionOptions, SortKind, SortOptions } from "../ops/sort-options.ts";
export {
  type Unique,
  type UniqueAll,
  type UniqueOptions,
  unique,
  uniqueAll,
  uniqueCounts,
  uniqueInverse,
  uniqueValues,
} from "../ops/unique.ts";
