/**
 * Lines of numbers a step apart. Kernels count them tile by tile in the engine's memory, cast them there if another dtype is
 * asked for, and each tile is copied out, so no element is written twice.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import type { PlainDType } from "../dtype/table.ts";
import { castKernel } from "../wasm/casts.ts";
import { type Counter, countFloats, countWholes } from "../wasm/counting.ts";
import type { Kernel } from "../wasm/kernel.ts";
import { TILE_ROOM, tilePointer } from "../wasm/memory.ts";
import { unsetArray } from "./fresh.ts";
import { heapStorage } from "./heapplace.ts";
import { moveBytes } from "./move.ts";
import type { NDArray } from "./ndarray.ts";

/** Elements of a tile: copies of 8 KB are the quickest, but for long results, which are in no cache. */
const TILE = 1024;
const FAR_TILE = 8192;
const FAR_BYTES = 1 << 19;
const COUNT_TILE = 0;
const CAST_TILE = 1;

/** `start + i·delta` for i from 0 to n - 1, counted in float64 or float32 and cast to a dtype. */
export function floatLine(
  dtype: Descriptor,
  counter: "float64" | "float32",
  n: number,
  start: number,
  delta: number,
  caller: string,
): NDArray {
  const made = unsetArray([n], dtype, "C", caller);
  writeLine(made, counter, countFloats(counter, start, delta));
  return made;
}

/** The same of integers, of which the bits are kept that the dtype has room for. */
export function wholeLine(
  dtype: Descriptor,
  n: number,
  start: bigint,
  delta: bigint,
  caller: string,
): NDArray {
  const made = unsetArray([n], dtype, "C", caller);
  writeLine(made, "int64", countWholes(start, delta));
  return made;
}

function writeLine({ storage, layout, dtype }: NDArray, counter: Counter, count: Kernel): void {
  const n = layout.shape[0]!;
  const { itemsize } = dtype;
  const most = n * itemsize < FAR_BYTES ? TILE : Math.min(FAR_TILE, TILE_ROOM / itemsize);
  const tile = tilePointer(COUNT_TILE);
  const cast = dtype.type === counter ? null : castKernel(counter, dtype.type as PlainDType);
  const from = cast === null ? tile : tilePointer(CAST_TILE);
  for (let done = 0; done < n; done += most) {
    const length = Math.min(most, n - done);
    count.run(length, tile);
    cast?.run(length, tile, from);
    moveBytes(heapStorage(), from, storage, layout.offset + done * itemsize, length * itemsize);
  }
}
