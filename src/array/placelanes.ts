/** Which loops go over lists of places in memory of a kind. See placeloops.ts. */

import type { PlaceLine, PlaceLoops } from "./placeloops.ts";
import { loops8, loops16 } from "./placeloops-narrow.ts";
import { loops32, loops64 } from "./placeloops-wide.ts";
import type { Storage } from "./storage.ts";

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
