import type { ArrayInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import type { AxisOption, WithAxis } from "../ops/axis-option.ts";
import { repeat } from "../ops/repeat.ts";
import { give } from "./give.ts";

/** NumPy's methods that repeat elements. */

declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /** Each element several times in a row, along an axis or in C order. Returns a copy. */
    repeat(repeats: ArrayInput, options?: AxisOption<WithAxis>): NDArray<D>;
  }
}

give(NDArray.prototype, {
  repeat(this: NDArray, repeats: ArrayInput, options?: AxisOption<WithAxis>) {
    return repeat(this, repeats, options);
  },
});
