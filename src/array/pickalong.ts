import { moveIndexed } from "./indexmove.ts";
import type { NDArray } from "./ndarray.ts";

/** Writes the elements of `x` at the places along an axis to `target`, of the same dtype, which shares no byte with it. */
export function pickAlong(
  x: NDArray,
  axis: number,
  places: NDArray<"int32">,
  target: NDArray,
  caller: string,
): void {
  const { shape, strides, offset } = x.layout;
  const rest = (list: readonly number[]): number[] => list.filter((_, k) => k !== axis);
  const move = {
    arrays: [{ array: places, axis, length: shape[axis]!, stride: strides[axis]! }],
    places: places.layout.shape,
    mode: "raise",
    shape: rest(shape),
    indexed: { storage: x.storage, strides: rest(strides), offset },
    other: { storage: target.storage, strides: rest(target.layout.strides), offset: target.layout.offset },
    gap: target.layout.strides[axis]!,
    write: false,
    caller,
  } as const;
  moveIndexed(move, x.dtype);
}
