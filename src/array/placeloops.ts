/**
 * The innermost loops of reading and writing by a list of places, once for each width of a lane, as in moveloops.ts and
 * for the same reason: a loop that has met several kinds of typed array runs many times slower.
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

function pick8(placed: Uint8Array, other: Uint8Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    other[q] = placed[base + list[k]! * step]!;
    q += gap;
  }
}

function pickRuns8(placed: Uint8Array, other: Uint8Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    for (let j = 0; j < run; j++) other[q + j] = placed[p + j]!;
    q += gap;
  }
}

function put8(placed: Uint8Array, other: Uint8Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    placed[base + list[k]! * step] = other[q]!;
    q += gap;
  }
}

function putRuns8(placed: Uint8Array, other: Uint8Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
    q += gap;
  }
}

function pick16(placed: Uint16Array, other: Uint16Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    other[q] = placed[base + list[k]! * step]!;
    q += gap;
  }
}

function pickRuns16(placed: Uint16Array, other: Uint16Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    for (let j = 0; j < run; j++) other[q + j] = placed[p + j]!;
    q += gap;
  }
}

function put16(placed: Uint16Array, other: Uint16Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    placed[base + list[k]! * step] = other[q]!;
    q += gap;
  }
}

function putRuns16(placed: Uint16Array, other: Uint16Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
    q += gap;
  }
}

function pick32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    other[q] = placed[base + list[k]! * step]!;
    q += gap;
  }
}

function pickRuns32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    for (let j = 0; j < run; j++) other[q + j] = placed[p + j]!;
    q += gap;
  }
}

function put32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    placed[base + list[k]! * step] = other[q]!;
    q += gap;
  }
}

function putRuns32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
    q += gap;
  }
}

function pick64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    other[q] = placed[base + list[k]! * step]!;
    q += gap;
  }
}

function pickRuns64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    for (let j = 0; j < run; j++) other[q + j] = placed[p + j]!;
    q += gap;
  }
}

function put64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    placed[base + list[k]! * step] = other[q]!;
    q += gap;
  }
}

function putRuns64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  let q = at;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
    q += gap;
  }
}

function beside8(placed: Uint8Array, other: Uint8Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    const q = at + list[k]! * gap;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
  }
}

function beside16(placed: Uint16Array, other: Uint16Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    const q = at + list[k]! * gap;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
  }
}

function beside32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    const q = at + list[k]! * gap;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
  }
}

function beside64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const { first, n, base, step, at, gap, run } = line;
  for (let k = first; k < first + n; k++) {
    const p = base + list[k]! * step;
    const q = at + list[k]! * gap;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
  }
}

/** The loops by the bytes of a lane element. */
export const placeLoops: { readonly [bytes: number]: PlaceLoops } = {
  1: { lane: Uint8Array, pick: pick8, put: put8, pickRuns: pickRuns8, putRuns: putRuns8, beside: beside8 },
  2: {
    lane: Uint16Array,
    pick: pick16,
    put: put16,
    pickRuns: pickRuns16,
    putRuns: putRuns16,
    beside: beside16,
  },
  4: {
    lane: Int32Array,
    pick: pick32,
    put: put32,
    pickRuns: pickRuns32,
    putRuns: putRuns32,
    beside: beside32,
  },
  8: {
    lane: BigUint64Array,
    pick: pick64,
    put: put64,
    pickRuns: pickRuns64,
    putRuns: putRuns64,
    beside: beside64,
  },
};
