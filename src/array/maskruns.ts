/**
 * Masks that pick nearly all: what lies between two gaps is filled as a run, or copied as one where elements have 8 bytes;
 * smaller ones are quicker by way of the engine's memory.
 */

import { falsePlaces } from "../wasm/masks.ts";
import { heap, tilePointer } from "../wasm/memory.ts";
import { moveLoops } from "./moveloops.ts";
import type { Storage } from "./storage.ts";
import { PLACES_TILE } from "./truths.ts";

/** Runs of fewer elements are filled in a loop. */
const SHORT = 24;

/** Lists the places that the mask leaves out, and one behind the end. Gives how many there are. */
function listGaps(n: number, mask: number): number {
  const out = tilePointer(PLACES_TILE);
  const end = falsePlaces.run(n, mask, 0, out);
  heap.i32[end / 4] = n;
  return (end - out) / 4 + 1;
}

function runs64(
  src: BigUint64Array,
  from: number,
  dst: BigUint64Array,
  to: number,
  gaps: Int32Array,
  first: number,
  count: number,
  n: number,
  spread: boolean,
): void {
  const [skipSource, skipTarget] = spread ? [0, 1] : [1, 0];
  let p = from | 0;
  let q = to | 0;
  let done = 0;
  for (let k = first; k < first + count; k++) {
    const end = Math.min(gaps[k]!, n);
    for (; done + 7 < end; done += 8) {
      dst[q] = src[p]!;
      dst[(q + 1) | 0] = src[(p + 1) | 0]!;
      dst[(q + 2) | 0] = src[(p + 2) | 0]!;
      dst[(q + 3) | 0] = src[(p + 3) | 0]!;
      dst[(q + 4) | 0] = src[(p + 4) | 0]!;
      dst[(q + 5) | 0] = src[(p + 5) | 0]!;
      dst[(q + 6) | 0] = src[(p + 6) | 0]!;
      dst[(q + 7) | 0] = src[(p + 7) | 0]!;
      p = (p + 8) | 0;
      q = (q + 8) | 0;
    }
    for (; done < end; done++) {
      dst[q] = src[p]!;
      p = (p + 1) | 0;
      q = (q + 1) | 0;
    }
    if (end === n) return;
    done++;
    p = (p + skipSource) | 0;
    q = (q + skipTarget) | 0;
  }
}

/** Whether positions in both are held by 32 bits. */
export function isNear(width: number, a: Storage, b: Storage): boolean {
  return a.byteLength / width < 2 ** 31 && b.byteLength / width < 2 ** 31;
}

/** Copies what lies between the gaps, which one side has: the target, when it is spread. Elements have 8 bytes. */
export function copyRuns(
  src: Storage,
  p: number,
  dst: Storage,
  q: number,
  n: number,
  mask: number,
  spread: boolean,
): void {
  const count = listGaps(n, mask);
  const first = tilePointer(PLACES_TILE) / 4;
  runs64(src.lane(BigUint64Array), p / 8, dst.lane(BigUint64Array), q / 8, heap.i32, first, count, n, spread);
}

/** Fills what lies between the gaps with one element. */
export function fillRuns(
  src: Storage,
  q: number,
  dst: Storage,
  p: number,
  width: number,
  n: number,
  mask: number,
): void {
  const count = listGaps(n, mask);
  const { lane } = moveLoops[width]!;
  const first = tilePointer(PLACES_TILE) / 4;
  const target = dst.lane(lane) as Uint8Array;
  const value = (src.lane(lane) as Uint8Array)[q / width]!;
  const gaps = heap.i32;
  const start = p / width;
  let done = 0;
  for (let k = first; k < first + count; k++) {
    const end = Math.min(gaps[k]!, n);
    if (end - done > SHORT) target.fill(value, start + done, start + end);
    else for (let j = done; j < end; j++) target[start + j] = value;
    if (end === n) return;
    done = end + 1;
  }
}
