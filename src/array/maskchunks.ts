/**
 * Lines of elements beside a mask, chunk by chunk: what is done to a chunk depends on how many of its elements the mask picks.
 *
 * - none: nothing; all: a plain copy;
 * - few: a kernel lists their places, and a loop goes from place to place;
 * - nearly all: a kernel lists the others, and what lies between two of them is copied or filled as a run;
 * - else the elements are brought into the engine's memory, where a kernel works on them without a branch, and out again.
 */

import { countTrue, type MaskedWidth, packKernel, spreadKernel, truePlaces } from "../wasm/masks.ts";
import { heap, tilePointer } from "../wasm/memory.ts";
import { heapStorage } from "./heapplace.ts";
import { copyRuns, fillRuns, isNear } from "./maskruns.ts";
import { moveBytes, moveElements } from "./move.ts";
import { laneWidth } from "./moveloops.ts";
import { placeLoops } from "./placelanes.ts";
import type { PlaceLine } from "./placeloops.ts";
import { isShared, type Place, type Storage } from "./storage.ts";
import { CHUNK, MASK_TILE, PLACES_TILE, padMask, stageMask } from "./truths.ts";

const ELEMENTS_TILE = 42;
const VALUES_TILE = 43;
const TILE_BYTES = 32768;
/** A mask that picks fewer than one of so many elements is sparse; one that leaves out fewer than that is nearly full. */
const SPARSE = 12;
const FULL = 32;

/** Elements in a line, and bytes of the mask beside them. */
export interface MaskLine {
  readonly n: number;
  readonly itemsize: number;
  readonly storage: Storage;
  readonly from: number;
  readonly step: number;
  readonly mask: Storage;
  readonly first: number;
  readonly maskStep: number;
}

/** A line of elements on the other side. */
export interface OtherLine {
  readonly storage: Storage;
  readonly from: number;
  /** Bytes from one element to the next; 0 for one that is the same for all. */
  readonly step: number;
}

/** What to do with a chunk: `at` elements behind the start of the line, `n` of them, of which the mask picks `count`. */
type ChunkWork = (at: number, n: number, count: number, mask: number) => void;

function isKernelWidth(itemsize: number): itemsize is MaskedWidth {
  return itemsize <= 16 && (itemsize & (itemsize - 1)) === 0;
}

/** Whether a chunk that leaves out `gaps` elements is better copied between them. */
function hasRuns(line: MaskLine, other: Storage, width: number, gaps: number, n: number): boolean {
  return width === 8 && line.itemsize === 8 && gaps * FULL < n && isNear(width, line.storage, other);
}

/** Brings the mask in chunk by chunk, and leaves out those that pick nothing. */
function eachChunk(line: MaskLine, work: ChunkWork): void {
  const { n: all, itemsize, mask, first, maskStep } = line;
  const most = Math.max(16, Math.min(CHUNK, Math.floor(TILE_BYTES / itemsize)) & -16);
  for (let at = 0; at < all; at += most) {
    const n = Math.min(most, all - at);
    const staged = stageLine(mask, first + at * maskStep, maskStep, n);
    const count = countTrue.run(n, staged);
    if (count > 0) work(at, n, count, staged);
  }
}

function stageLine(mask: Storage, from: number, step: number, n: number): number {
  if (step === 1) return stageMask(mask, from, n);
  const at = tilePointer(MASK_TILE);
  const target = { storage: heapStorage(), strides: [1], offset: at };
  moveElements([n], { storage: mask, strides: [step], offset: from }, target, 1);
  padMask(at, n);
  return at;
}

function widthFor(line: MaskLine, other: OtherLine): 1 | 2 | 4 | 8 {
  return laneWidth(
    line.itemsize,
    { strides: [line.step], offset: line.from },
    { strides: [other.step], offset: other.from },
  );
}

/** One for all: nothing is called back while it is in use. */
const places: PlaceLine = { first: 0, n: 0, base: 0, step: 0, at: 0, gap: 0, run: 1 };

function aim(base: number, step: number, at: number, gap: number, run: number): void {
  places.base = base;
  places.step = step;
  places.at = at;
  places.gap = gap;
  places.run = run;
}

/** Lists the places of a chunk that the mask picks. */
function listPlaces(n: number, mask: number): void {
  const out = tilePointer(PLACES_TILE);
  places.first = out / 4;
  places.n = (truePlaces.run(n, mask, 0, out) - out) / 4;
}

/** Copies the elements that the mask picks to where `to` begins, one behind another. Gives where they end. */
export function packLine(line: MaskLine, to: Storage, begin: number): number {
  const { itemsize, storage, from, step } = line;
  const width = widthFor(line, { storage: to, from: begin, step: itemsize });
  const lanes = itemsize / width;
  const loops = placeLoops(width, storage, to);
  let q = begin;
  eachChunk(line, (at, n, count, mask) => {
    const p = from + at * step;
    const dense = step === itemsize;
    if (dense && count === n) moveBytes(storage, p, to, q, n * itemsize);
    else if (dense && hasRuns(line, to, width, n - count, n)) copyRuns(storage, p, to, q, n, mask, false);
    else if (dense && count * SPARSE >= n && isKernelWidth(itemsize))
      packStaged(storage, p, to, q, n, itemsize, mask);
    else {
      listPlaces(n, mask);
      aim(p / width, step / width, q / width, lanes, lanes);
      const loop = lanes === 1 ? loops.pick : loops.pickRuns;
      loop(storage.lane(loops.lane) as never, to.lane(loops.lane) as never, heap.i32, places);
    }
    q += count * itemsize;
  });
  return q;
}

function packStaged(
  src: Storage,
  p: number,
  dst: Storage,
  q: number,
  n: number,
  itemsize: MaskedWidth,
  mask: number,
): void {
  const elements = tilePointer(ELEMENTS_TILE);
  const out = tilePointer(VALUES_TILE);
  moveBytes(src, p, heapStorage(), elements, n * itemsize);
  const end = packKernel(itemsize).run(n, mask, elements, out);
  moveBytes(heapStorage(), out, dst, q, end - out);
}

/** Writes values, one after another, to the elements that the mask picks. Gives where the values that were used end. */
export function spreadLine(line: MaskLine, values: Storage, begin: number): number {
  const { itemsize, storage, from, step } = line;
  const width = widthFor(line, { storage: values, from: begin, step: itemsize });
  const lanes = itemsize / width;
  const loops = placeLoops(width, storage, values);
  let q = begin;
  eachChunk(line, (at, n, count, mask) => {
    const p = from + at * step;
    // Somebody else may write what lies between: it must not be written back.
    const dense = step === itemsize && !isShared(storage);
    if (dense && count === n) moveBytes(values, q, storage, p, n * itemsize);
    else if (dense && hasRuns(line, values, width, n - count, n))
      copyRuns(values, q, storage, p, n, mask, true);
    else if (dense && count * SPARSE >= n && isKernelWidth(itemsize)) {
      spreadStaged(
        "next",
        { storage: values, from: q, step: itemsize },
        count,
        storage,
        p,
        n,
        itemsize,
        mask,
      );
    } else {
      listPlaces(n, mask);
      aim(p / width, step / width, q / width, lanes, lanes);
      const loop = lanes === 1 ? loops.put : loops.putRuns;
      loop(storage.lane(loops.lane) as never, values.lane(loops.lane) as never, heap.i32, places);
    }
    q += count * itemsize;
  });
  return q;
}

function spreadStaged(
  kind: "next" | "beside" | "same",
  values: OtherLine,
  count: number,
  dst: Storage,
  p: number,
  n: number,
  itemsize: MaskedWidth,
  mask: number,
): void {
  const elements = tilePointer(ELEMENTS_TILE);
  const given = tilePointer(VALUES_TILE);
  moveBytes(dst, p, heapStorage(), elements, n * itemsize);
  moveBytes(values.storage, values.from, heapStorage(), given, count * itemsize);
  spreadKernel(itemsize, kind).run(n, mask, given, elements);
  moveBytes(heapStorage(), elements, dst, p, n * itemsize);
}

/** Writes the element beside each one, or one for all, where the mask picks. */
export function blendLine(line: MaskLine, other: OtherLine): void {
  const { itemsize, storage, from, step } = line;
  const width = widthFor(line, other);
  const loops = placeLoops(width, storage, other.storage);
  const still = other.step === 0;
  eachChunk(line, (at, n, count, mask) => {
    const p = from + at * step;
    const q = other.from + at * other.step;
    const dense = step === itemsize && (still || other.step === itemsize) && !isShared(storage);
    if (count === n) {
      const side: Place = { storage: other.storage, strides: [other.step], offset: q };
      moveElements([n], side, { storage, strides: [step], offset: p }, itemsize);
    } else if (dense && still && width === itemsize && (n - count) * FULL < n) {
      fillRuns(other.storage, q, storage, p, width, n, mask);
    } else if (dense && count * SPARSE * 0.6 >= n && isKernelWidth(itemsize)) {
      const values: OtherLine = { storage: other.storage, from: q, step: other.step };
      spreadStaged(still ? "same" : "beside", values, still ? 1 : n, storage, p, n, itemsize, mask);
    } else {
      listPlaces(n, mask);
      aim(p / width, step / width, q / width, other.step / width, itemsize / width);
      const loop = still && width === itemsize ? loops.put : loops.beside;
      loop(storage.lane(loops.lane) as never, other.storage.lane(loops.lane) as never, heap.i32, places);
    }
  });
}
