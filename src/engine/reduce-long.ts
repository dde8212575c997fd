/**
 * Lines that are longer than a tile.
 *
 * A sum by halves is halved here until the pieces fit, and goes on in the kernel; the pieces are added as NumPy's
 * recursion adds them. Other lines go piece by piece.
 */

import type { TypedPlace } from "../array/cast.ts";
import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { heap } from "../wasm/memory.ts";
import type { Folder } from "./reduce-fold.ts";
import { bring, fillTile, MASK, RESULTS, runsOf, SCRATCH, tileLimit } from "./reduce-tiles.ts";
import { gather, heapStorage } from "./stage.ts";

interface LongLine {
  readonly folder: Folder;
  readonly dtype: Descriptor;
  readonly from: TypedPlace;
}

/** Folds a line of `n` elements, `stride` bytes apart, into the first result. */
export function foldLongLine(line: LongLine, n: number, stride: number, offset: number): void {
  const { folder } = line;
  if (folder.order === "halves") {
    const sum = sumHalves(line, n, stride, offset);
    fillTile(SCRATCH, plain[folder.result], sum, 1);
    folder.lines.run(1, 1, SCRATCH, RESULTS);
  } else {
    const limit = tileLimit(folder, false);
    for (let done = 0; done < n; done += limit) {
      const count = Math.min(limit, n - done);
      const at = bring([count], [stride], line.from, offset + done * stride, line.dtype, folder.tile);
      folder.lines.run(1, count, at, RESULTS);
    }
  }
  if (folder.after !== null) folder.after.run(1, RESULTS, RESULTS);
}

/** The most elements that come in with their mask. */
const MASKED = 8192;

/**
 * Folds the runs of a long line that a mask lets through, each as a line of its own. Pieces are brought in with their
 * mask; a run that goes on in the next piece starts that piece, and one that fills a piece is folded from where it lies.
 */
export function foldLongRuns(
  line: LongLine,
  where: TypedPlace,
  n: number,
  steps: { readonly from: number; readonly mask: number },
  offsets: { readonly from: number; readonly mask: number },
): void {
  const { folder } = line;
  const size = plain[folder.tile].itemsize;
  const maskAt = (from: number, count: number) =>
    gather([count], { ...where, strides: [steps.mask] }, offsets.mask + from * steps.mask, plain.bool, MASK);
  let at = 0;
  while (at < n) {
    const count = Math.min(MASKED, n - at);
    maskAt(at, count);
    const tile = bring(
      [count],
      [steps.from],
      line.from,
      offsets.from + at * steps.from,
      line.dtype,
      folder.tile,
    );
    let next = at + count;
    let whole = false;
    runsOf(heap.u8, MASK, count, (from, length) => {
      if (from + length === count && next < n) {
        whole = length === count;
        next = at + from;
        return;
      }
      folder.lines.run(1, length, tile + from * size, RESULTS);
      if (folder.after !== null) folder.after.run(1, RESULTS, RESULTS);
    });
    if (whole) {
      const end = runEnd(maskAt, at + count, n);
      foldLongLine(line, end - at, steps.from, offsets.from + at * steps.from);
      next = end;
    }
    at = next;
  }
}

/** Where the run that goes on at `from` ends. */
function runEnd(maskAt: (from: number, count: number) => void, from: number, n: number): number {
  for (let at = from; at < n; at += MASKED) {
    const count = Math.min(MASKED, n - at);
    maskAt(at, count);
    const stop = heap.u8.subarray(MASK, MASK + count).indexOf(0);
    if (stop >= 0) return at + stop;
  }
  return n;
}

/** The sum of a line, in NumPy's order. */
function sumHalves(line: LongLine, n: number, stride: number, offset: number): number | Complex {
  const { folder } = line;
  if (n <= tileLimit(folder, false)) return sumPiece(line, n, stride, offset);
  const numbers = n * folder.parts;
  const half = Math.floor(numbers / 2);
  const first = (half - (half % 8)) / folder.parts;
  const a = sumHalves(line, first, stride, offset);
  const b = sumHalves(line, n - first, stride, offset + first * stride);
  return added(a, b, folder.result === "float32" || folder.result === "complex64");
}

function added(a: number | Complex, b: number | Complex, single: boolean): number | Complex {
  const add = (x: number, y: number) => (single ? Math.fround(x + y) : x + y);
  if (a instanceof Complex && b instanceof Complex) return new Complex(add(a.re, b.re), add(a.im, b.im));
  return add(a as number, b as number);
}

function sumPiece(line: LongLine, n: number, stride: number, offset: number): number | Complex {
  const { folder } = line;
  const result = plain[folder.result];
  fillTile(SCRATCH, result, folder.neutral, 1);
  const at = bring([n], [stride], line.from, offset, line.dtype, folder.tile);
  folder.lines.run(1, n, at, SCRATCH);
  return result.access.read(heapStorage().view, SCRATCH) as number | Complex;
}
