/**
 * The innermost loops of reading and writing by a list of places, once for each width of a lane, as in moveloops.ts and
 * for the same reasons: a loop that has met several kinds of typed array runs many times slower, and so does one that has
 * to count in floating point. Memory of 2^31 lane elements and more takes loops of its own.
 *
 * Loops are unrolled so far that no compiler puts them into their caller, where they would be compiled for it, and worse.
 *
 * Loops are unrolled so far that no compiler puts them into their caller, where they would be compiled for it, and worse.
 *
 * Places are counted in lane elements from `base`, times `step`; the other side goes on by `gap` from `at`.
 */

import type { MoveLane } from "./moveloops.ts";
import { loops8, loops16 } from "./placeloops-narrow.ts";
import { loops32, loops64 } from "./placeloops-wide.ts";
import type { LaneClass, Storage } from "./storage.ts";

/** Which part of a list of places, and how both sides step. */
export interface PlaceLine {
  /** The first place of the list that counts, and how many do. */
  first: number;
  n: number;
  /** Where place 0 is, and how far it is to place 1. */
  base: number;
  step: number;
  /** The first element of the other side, and how far it is to the next. */
  at: number;
  gap: number;
  /** Neighbouring lane elements at each place. */
  run: number;
}

/** Copies between the places of a list in `placed` and the elements of `other`. */
export type PlaceLoop = (placed: never, other: never, list: Int32Array, line: PlaceLine) => void;

/** The loops for one width. */
export interface PlaceLoops {
  readonly lane: LaneClass<MoveLane>;
  /** From the places. */
  readonly pick: PlaceLoop;
  /** To the places, one after another. */
  readonly put: PlaceLoop;
  /** The same for several elements at each place. */
  readonly pickRuns: PlaceLoop;
  readonly putRuns: PlaceLoop;
  /** To the places, from the same places of the other side, `gap` apart. */
  readonly beside: PlaceLoop;
}

function pickFar(placed: Uint8Array, other: Uint8Array, list: Int32Array, line: PlaceLine): void {
  for (let k = 0; k < line.n; k++) {
    const p = line.base + list[line.first + k]! * line.step;
    const q = line.at + k * line.gap;
    for (let j = 0; j < line.run; j++) other[q + j] = placed[p + j]!;
  }
}

function putFar(placed: Uint8Array, other: Uint8Array, list: Int32Array, line: PlaceLine): void {
  for (let k = 0; k < line.n; k++) {
    const p = line.base + list[line.first + k]! * line.step;
    const q = line.at + k * line.gap;
    for (let j = 0; j < line.run; j++) placed[p + j] = other[q + j]!;
  }
}

function besideFar(placed: Uint8Array, other: Uint8Array, list: Int32Array, line: PlaceLine): void {
  for (let k = 0; k < line.n; k++) {
    const place = list[line.first + k]!;
    const p = line.base + place * line.step;
    const q = line.at + place * line.gap;
    for (let j = 0; j < line.run; j++) placed[p + j] = other[q + j]!;
  }
}

const near: { readonly [bytes: number]: PlaceLoops } = { 1: loops8, 2: loops16, 4: loops32, 8: loops64 };

/** The loops for lanes of `width` bytes between two storages. */
export function placeLoops(width: 1 | 2 | 4 | 8, a: Storage, b: Storage): PlaceLoops {
  const loops = near[width]!;
  if (a.byteLength / width < 2 ** 31 && b.byteLength / width < 2 ** 31) return loops;
  return {
    lane: loops.lane,
    pick: pickFar,
    put: putFar,
    pickRuns: pickFar,
    putRuns: putFar,
    beside: besideFar,
  };
}
