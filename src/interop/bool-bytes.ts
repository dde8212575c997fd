import type { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";

/** Bools as the bytes that they are, over the same memory; anything else as it is. For those who know no bool. */
export function asBytes(a: NDArray): NDArray {
  return a.dtype.kind === "b" ? a.retype(a.layout, plain.uint8) : a;
}
