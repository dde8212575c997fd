import type { ArrayInput } from "../array/create.ts";
import { gatherParts } from "../array/gather.ts";
import type { IndexPart } from "../array/index-plan.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { type ChooseOptions, choose } from "../ops/choose.ts";
import { nonzero } from "../ops/nonzero.ts";
import { put } from "../ops/put.ts";
import { type CompressOptions, compress, type ModeOptions, type TakeArgument, take } from "../ops/take.ts";
import type { IndexMode } from "../wasm/indices.ts";
import { give } from "./give.ts";

/** NumPy's methods that index with arrays and masks. */
declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /**
     * What an index of any kind names, part by part: `a.gather(mask)`, `a.gather([0, 2], ":")`, `a.gather("...", ids)`.
     * Returns a copy, always; `slice` takes views.
     */
    gather(...index: IndexPart[]): NDArray<D>;
    /** Elements along an axis by their indices, or by positions in C order: `a.take(ids, 0)`. Returns a copy. */
    take(indices: ArrayInput, options?: TakeArgument): NDArray<D>;
    /** Writes values to the elements at positions in C order, from the start again when they run out. */
    put(indices: ArrayInput, values: ArrayInput, options?: IndexMode | ModeOptions): void;
    /** The elements of one of several arrays, of which this one holds the numbers. Returns a copy. */
    choose(choices: readonly ArrayInput[] | NDArray, options?: ChooseOptions): NDArray;
    /** The slices along an axis at which a line of bools is true. Returns a copy. */
    compress(condition: ArrayInput, options?: number | null | CompressOptions): NDArray<D>;
    /** For each axis the indices of what is not zero. */
    nonzero(): NDArray<"int32">[];
  }
}

type Self = NDArray;

const methods = {
  gather(this: Self, ...index: IndexPart[]) {
    return gatherParts(this, index, "gather");
  },
  take(this: Self, indices: ArrayInput, options?: TakeArgument) {
    return take(this, indices, options);
  },
  put(this: Self, indices: ArrayInput, values: ArrayInput, options?: IndexMode | ModeOptions) {
    put(this, indices, values, options);
  },
  choose(this: Self, choices: readonly ArrayInput[] | NDArray, options?: ChooseOptions) {
    return choose(this, choices, options);
  },
  compress(this: Self, condition: ArrayInput, options?: number | null | CompressOptions) {
    return compress(condition, this, options);
  },
  nonzero(this: Self) {
    return nonzero(this);
  },
};

give(NDArray.prototype, methods);
