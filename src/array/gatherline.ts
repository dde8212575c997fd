import type { DType } from "../dtype/map.ts";
import type { IndexPart } from "./index-plan.ts";
import type { NDArray } from "./ndarray.ts";

export function gatherLine<D extends DType>(
  _a: NDArray<D>,
  _part: IndexPart,
  _caller: string,
): NDArray<D> | null {
  return null;
}
