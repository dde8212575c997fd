/**
 * Moving what arrays of integers name: elements or whole parts of an array, read into the elements of another or written
 * from them.
 *
 * At each place there is a part of some axes. If its inner axis is dense on both sides it is moved as one run of bytes: a
 * lane, a few lanes, or a call for each. The other axes are walked around the list of places, unless the part is long and
 * the places are few: then each part is moved as a copy of its own.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { type CoalescedWalk, coalesceOrdered } from "../layout/coalesce.ts";
import { cStrides, sizeOf } from "../layout/layout.ts";
import { walkOuter2 } from "../layout/walk.ts";
import type { IndexMode } from "../wasm/indices.ts";
import { isSolid } from "./cast.ts";
import type { AxisIndices } from "./index-plan.ts";
import { moveElements } from "./move.ts";
import { laneWidth, moveLoopsFor } from "./moveloops.ts";
import { placeLoops } from "./placelanes.ts";
import type { PlaceLine, PlaceLoop } from "./placeloops.ts";
import { checkPlaces, eachPlace, type Places, placesOf } from "./places.ts";
import type { Place, Storage } from "./storage.ts";

/** What is moved, and where it is. */
export interface IndexMove {
  /** The arrays of integers, their shape together, and what happens to those out of bounds. */
  readonly arrays: readonly AxisIndices[];
  readonly places: readonly number[];
  readonly mode: IndexMode;
  /** The axes of a part, and its strides on the side that is indexed and on the other. */
  readonly shape: readonly number[];
  readonly indexed: Place;
  readonly other: Place;
  /** Bytes from one part to the next on the other side. */
  readonly gap: number;
  /** Whether the side that is indexed is written. */
  readonly write: boolean;
  readonly caller: string;
}

/** Runs of so many bytes are copied by a call each. */
const LONG_RUN = 160;
/** A part of so many elements along its inner axis is moved by itself when there are few, or when it is near together. */
const LONG_PART = 64;
const FEW_PLACES = 16;
const NEAR_STEP = 64;

/**
 * Moves elements of a dtype. All indices are in bounds before anything is written. The sides must not overlap, nor an array
 * of indices what is written.
 *
 * @throws IndexError when an index is out of bounds.
 */
export function moveIndexed(move: IndexMove, dtype: Descriptor): void {
  if (isSolid(dtype)) {
    moveSolid(move, dtype.itemsize);
    return;
  }
  for (const field of dtype.fields!) {
    const inner = unpackSubarray(field.dtype);
    const strides = cStrides(inner.shape, inner.dtype.itemsize);
    const within = (place: Place): Place => ({
      storage: place.storage,
      strides: [...place.strides, ...strides],
      offset: place.offset + field.offset,
    });
    const shape = [...move.shape, ...inner.shape];
    moveIndexed({ ...move, shape, indexed: within(move.indexed), other: within(move.other) }, inner.dtype);
  }
}

/** A move whose part has been brought to a run of bytes and the axes around it. */
interface RunMove {
  readonly indexed: Storage;
  readonly other: Storage;
  readonly write: boolean;
  readonly places: Places;
  /** Bytes of a run, and of a lane. */
  readonly bytes: number;
  readonly width: 1 | 2 | 4 | 8;
  readonly gap: number;
  readonly shape: readonly number[];
  /** Strides around the run, and where both sides start. */
  readonly s: readonly number[];
  readonly d: readonly number[];
  readonly from: number;
  readonly to: number;
}

function moveSolid(move: IndexMove, itemsize: number): void {
  const { indexed, other, gap, write, arrays, mode, caller } = move;
  indexed.storage.alive();
  other.storage.alive();
  const walk = walkOf(move);
  const [s, d] = write ? [walk.strides[0]!, walk.strides[1]!] : [walk.strides[1]!, walk.strides[0]!];
  const [from, to] = write ? walk.offsets : [walk.offsets[1]!, walk.offsets[0]!];
  const last = walk.shape.length - 1;
  const isRun = last >= 0 && s[last] === itemsize && d[last] === itemsize;
  const bytes = isRun ? walk.shape[last]! * itemsize : itemsize;
  const around = isRun ? last : last + 1;
  const steps = arrays.map(({ stride }) => stride);
  const width = laneWidth(
    bytes,
    { strides: [...s.slice(0, around), ...steps], offset: from! },
    { strides: [...d.slice(0, around), gap], offset: to! },
  );
  const places = placesOf(arrays, move.places, width, mode, caller);
  const nothing = sizeOf(move.shape) === 0 || bytes === 0;
  if (nothing || (write && places.count > 1)) checkPlaces(places);
  if (nothing || places.count === 0) return;
  const run: RunMove = {
    indexed: indexed.storage,
    other: other.storage,
    write,
    places,
    bytes,
    width,
    gap,
    shape: walk.shape.slice(0, around),
    s: s.slice(0, around),
    d: d.slice(0, around),
    from: from!,
    to: to!,
  };
  if (run.indexed.wide !== null || run.other.wide !== null) moveEach(run, itemsize);
  else if (isLongPart(run)) moveParts(run, itemsize);
  else moveRuns(run);
}

/** The axes of a part, ordered for the side that is written. */
function walkOf({ shape, indexed, other, write }: IndexMove): CoalescedWalk {
  const [dst, src] = write ? [indexed, other] : [other, indexed];
  return coalesceOrdered(shape, [dst.strides, src.strides], [dst.offset, src.offset]);
}

function isLongPart({ shape, s, d, bytes, places }: RunMove): boolean {
  const last = shape.length - 1;
  if (last < 0 || shape[last]! < LONG_PART) return false;
  return places.count < FEW_PLACES || Math.abs(s[last]!) <= NEAR_STEP || d[last] === bytes;
}

/** Moves part by part, each as a line of lanes where it is one, else as a copy. */
function moveParts(run: RunMove, itemsize: number): void {
  if (run.shape.length === 1 && run.bytes === run.width) moveLines(run);
  else moveEach(run, itemsize);
}

/** Moves part by part, each as a copy. */
function moveEach(run: RunMove, itemsize: number): void {
  const { places, width, gap, write } = run;
  const isRun = run.bytes !== itemsize;
  const shape = isRun ? [...run.shape, run.bytes / itemsize] : run.shape;
  const s = isRun ? [...run.s, itemsize] : run.s;
  const d = isRun ? [...run.d, itemsize] : run.d;
  eachPlace(places, (place, k) => {
    const indexed = { storage: run.indexed, strides: s, offset: run.from + place * width };
    const other = { storage: run.other, strides: d, offset: run.to + k * gap };
    if (write) moveElements(shape, other, indexed, itemsize);
    else moveElements(shape, indexed, other, itemsize);
  });
}

function moveLines({ indexed, other, places, width, gap, write, shape, s, d, from, to }: RunMove): void {
  const [src, dst] = write ? [other, indexed] : [indexed, other];
  const { lane, lines } = moveLoopsFor(width, src, dst);
  const [source, target] = [src.lane(lane) as never, dst.lane(lane) as never];
  const [a, b] = [s[0]! / width, d[0]! / width];
  const grid = { n0: 1, n1: shape[0]!, s0: 0, s1: write ? b : a, d0: 0, d1: write ? a : b };
  eachPlace(places, (place, k) => {
    const [p, q] = [from / width + place, (to + k * gap) / width];
    if (write) lines(source, q, target, p, grid);
    else lines(source, p, target, q, grid);
  });
}

/** Moves run by run, for each step of the axes around it the whole list of places. */
function moveRuns(run: RunMove): void {
  const { places, bytes, width, gap, write, shape, s, d, from, to } = run;
  if (bytes >= LONG_RUN) {
    copyRuns(run);
    return;
  }
  const loops = placeLoops(width, run.indexed, run.other);
  const lanes = bytes / width;
  const loop: PlaceLoop =
    lanes === 1 ? (write ? loops.put : loops.pick) : write ? loops.putRuns : loops.pickRuns;
  const indexed = run.indexed.lane(loops.lane) as never;
  const other = run.other.lane(loops.lane) as never;
  const line: PlaceLine = { first: 0, n: 0, base: 0, step: places.step, at: 0, gap: gap / width, run: lanes };
  const { count, most } = places;
  for (let k = 0; k < count; k += most) {
    line.n = Math.min(most, count - k);
    places.block(k, line.n);
    line.first = places.first;
    walkOuter2(shape, s, from, d, to + k * gap, 0, (p, q) => {
      line.base = p / width + places.origin;
      line.at = q / width;
      loop(indexed, other, places.list, line);
    });
  }
}

/** Copies long runs by a call each, neighbours in one. */
function copyRuns({
  places,
  bytes,
  width,
  gap,
  write,
  shape,
  s,
  d,
  from,
  to,
  indexed,
  other,
}: RunMove): void {
  const a = indexed.lane(Uint8Array);
  const b = other.lane(Uint8Array);
  const lanes = bytes / width;
  const { count, most } = places;
  for (let k = 0; k < count; k += most) {
    const n = Math.min(most, count - k);
    places.block(k, n);
    const { list, first, origin, step } = places;
    walkOuter2(shape, s, from, d, to + k * gap, 0, (p, q) => {
      for (let j = 0; j < n; ) {
        let end = j + 1;
        while (gap === bytes && end < n && (list[first + end]! - list[first + end - 1]!) * step === lanes)
          end++;
        const place = p + (origin + list[first + j]! * step) * width;
        const length = (end - j) * bytes;
        // A fresh view costs less than subarray.
        if (write) a.set(new Uint8Array(b.buffer, b.byteOffset + q + j * gap, length), place);
        else b.set(new Uint8Array(a.buffer, a.byteOffset + place, length), q + j * gap);
        j = end;
      }
    });
  }
}
