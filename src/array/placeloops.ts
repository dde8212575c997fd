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
import type { LaneClass } from "./storage.ts";

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
