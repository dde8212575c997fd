import type { ArrayInput } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { contains, getfield, setfield } from "../ops/byte-fields.ts";
import { give } from "./give.ts";

/** NumPy's methods on parts of elements, and Python's `in`. */
declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /** Whether some element equals a value, or one of several that are broadcast against the array: Python's `value in a`. */
    contains(value: ArrayInput): boolean;
    /** The bytes of each element from `offset` on, as elements of another dtype. Returns a view. */
    getfield<const S extends DTypeLike>(dtype: S, offset?: number): NDArray<DTypeOf<S>>;
    /** Writes values, broadcast and cast, into the bytes of each element from `offset` on, as elements of a dtype. */
    setfield(value: ArrayInput, dtype: DTypeLike, offset?: number): void;
  }
}

const methods = {
  contains(this: NDArray, value: ArrayInput) {
    return contains(this, value);
  },
  getfield(this: NDArray, dtype: DTypeLike, offset?: number) {
    return getfield(this, dtype, offset);
  },
  setfield(this: NDArray, value: ArrayInput, dtype: DTypeLike, offset?: number) {
    setfield(this, value, dtype, offset);
  },
};

give(NDArray.prototype, methods);
