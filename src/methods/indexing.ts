import { gatherParts } from "../array/gather.ts";
import type { IndexPart } from "../array/index-plan.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { give } from "./give.ts";

/** NumPy's methods that index with arrays and masks. */
declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /**
     * What an index of any kind names, part by part: `a.gather(mask)`, `a.gather([0, 2], ":")`, `a.gather("...", ids)`.
     * Returns a copy, always; `slice` takes views.
     */
    gather(...index: IndexPart[]): NDArray<D>;
  }
}

const methods = {
  gather(this: NDArray, ...index: IndexPart[]) {
    return gatherParts(this, index, "gather");
  },
};

give(NDArray.prototype, methods);
