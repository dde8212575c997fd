/**
 * Lines that are longer than a piece.
 *
 * A sum by halves is halved here until the pieces fit, and goes on in the kernel; the sums of the pieces are added as
 * NumPy's recursion adds them. Other lines go piece by piece. Pieces of a row are small: what is copied is then still in
 * the first cache when it is folded, which is half the time of pieces that are not.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { heap } from "../wasm/memory.ts";
import type { Folder } from "./reduce-fold.ts";
import { bring, MASK, RESULTS, rowIn, runsOf, SCRATCH, tileLimit } from "./reduce-tiles.ts";
import { addressIn, gather } from "./stage.ts";

interface LongLine {
  readonly folder: Folder;
  readonly dtype: Descriptor;
  readonly from: TypedPlace;
  /** The bytes of a piece, where elements lie in a row. */
  readonly piece: number;
}

/** Folds a line of `n` elements, `stride` bytes apart, into a result. */
export function foldLongLine(line: LongLine, n: number, stride: number, offset: number, to = RESULTS): void {
  const { folder } = line;
  const limit = pieceLimit(line, stride);
  if (folder.order === "halves") {
    sumHalves(line, n, limit, stride, offset, SCRATCH);
    folder.lines.run(1, 1, SCRATCH, to);
  } else {
    for (let done = 0; done < n; done += limit) {
      const count = Math.min(limit, n - done);
      folder.lines.run(1, count, pieceIn(line, count, stride, offset + done * stride), to);
      if (folder.final === heap.u8[to]) break;
    }
  }
  if (folder.after !== null) folder.after.run(1, to, to);
}

/** Whether elements are folded as they lie, one behind the other. */
function isPlainRow({ folder, from }: LongLine, stride: number): boolean {
  return from.dtype.type === folder.tile && stride === from.dtype.itemsize;
}

/** How many elements are brought in at once. */
function pieceLimit(line: LongLine, stride: number): number {
  if (!isPlainRow(line, stride)) return tileLimit(line.folder, false);
  // Halves of what is a little more would be short.
  const most = line.folder.order === "halves" ? 1.5 * line.piece : line.piece;
  return most / line.from.dtype.itemsize;
}

/** Brings a piece in; returns where it is. */
function pieceIn(line: LongLine, n: number, stride: number, offset: number): number {
  const { from, dtype, folder } = line;
  if (!isPlainRow(line, stride)) return bring([n], [stride], from, offset, dtype, folder.tile);
  const address = addressIn(from.storage, offset, from.dtype);
  return address >= 0 ? address : rowIn(from.storage, offset, n * stride);
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

/** The bytes of a sum. */
const SUM = 16;

/** Puts the sum of a line at `to`, in NumPy's order; the sums of later parts go behind it. */
function sumHalves(
  line: LongLine,
  n: number,
  limit: number,
  stride: number,
  offset: number,
  to: number,
): void {
  const { folder } = line;
  const single = folder.result === "float32" || folder.result === "complex64";
  if (n <= limit) {
    if (single) startSingle(to);
    else startDouble(to);
    folder.lines.run(1, n, pieceIn(line, n, stride, offset), to);
    return;
  }
  const half = Math.floor((n * folder.parts) / 2);
  const first = (half - (half % 8)) / folder.parts;
  sumHalves(line, first, limit, stride, offset, to);
  sumHalves(line, n - first, limit, stride, offset + first * stride, to + SUM);
  folder.lines.run(1, 1, to + SUM, to);
}

/** Sums start from what changes nothing: the second number is that of a complex one, or nothing. */
function startDouble(to: number): void {
  heap.f64[to / 8] = -0;
  heap.f64[to / 8 + 1] = -0;
}

function startSingle(to: number): void {
  heap.f32[to / 4] = -0;
  heap.f32[to / 4 + 1] = -0;
}
