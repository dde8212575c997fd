/** An array as lines of numbers, one after the other in C order of what is not in a line. */

import { castElements } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { sizeOf } from "../layout/layout.ts";
import { walkOuter } from "../layout/walk.ts";

/**
 * Brings each line, along all the axes marked in `reduced`, into one scratch array of `dtype` and shows it; `visit` may
 * change it. There is nothing to see when there is no line.
 */
export function eachLine(
  x: NDArray,
  reduced: readonly boolean[],
  dtype: Descriptor,
  reason: string,
  visit: (scratch: NDArray, line: number) => void,
): void {
  const { shape, strides, offset } = x.layout;
  const kept = shape.map((_, k) => k).filter((k) => !reduced[k]);
  const along = shape.map((_, k) => k).filter((k) => reduced[k]);
  const of = (list: readonly number[], axes: readonly number[]) => axes.map((k) => list[k]!);
  const lineShape = of(shape, along);
  const scratch = unsetArray([sizeOf(lineShape)], dtype, "C", reason);
  const folded = placeIn(scratch, lineShape);
  const source = placeOf(x);
  const lineStrides = of(strides, along);
  let line = 0;
  walkOuter(of(shape, kept), of(strides, kept), offset, 0, (start) => {
    castElements(lineShape, { ...source, strides: lineStrides, offset: start }, folded);
    visit(scratch, line++);
  });
}

/** The place of a line of several axes in a scratch array. */
function placeIn(scratch: NDArray, shape: readonly number[]): ReturnType<typeof placeOf> {
  const strides = new Array<number>(shape.length);
  let step = scratch.dtype.itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    strides[k] = step;
    step *= shape[k]!;
  }
  return { ...placeOf(scratch), strides };
}
