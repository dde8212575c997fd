/**
 * `at` by tiles: elements are gathered by their offsets, computed together and put back, as many at a time as name no place
 * twice. What is named again waits for the next tile, so each element sees what was done to it before.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { Storage } from "../array/storage.ts";
import { heap, TILE_BYTES, tilePointer } from "../wasm/memory.ts";
import { isInspected } from "./drive.ts";
import type { Loop } from "./loop.ts";
import { isDirect } from "./rows.ts";
import { fillTile } from "./sides.ts";

/** Remembers which places were met in this tile, by the lowest bits of their numbers: a mistake only ends a tile early. */
const PLACES = 1 << 14;
let met: Uint8Array | null = null;
let round = 0;

/** Runs a loop so, unless casts are needed or somebody looks at every element; returns whether it did. */
export function runAtTiles(
  loop: Loop,
  a: TypedPlace,
  offsets: Float64Array,
  b: TypedPlace | null,
  bOffsets: Float64Array | null,
): boolean {
  const { dtype, storage } = a;
  if (isInspected() || !isDirect(loop) || dtype !== loop.inputs[0] || dtype !== loop.outputs[0]) return false;
  if (b !== null && b.dtype !== loop.inputs[1]) return false;
  storage.alive();
  b?.storage.alive();
  const [x, y, z] = [tilePointer(0), tilePointer(1), tilePointer(2)];
  const most = TILE_BYTES / Math.max(dtype.itemsize, b === null ? 1 : b.dtype.itemsize);
  const count = offsets.length;
  if (b !== null && bOffsets === null) fillTile(b, Math.min(count, most), y);
  for (let k = 0; k < count; ) {
    const end = apartFrom(offsets, k, Math.min(count, k + most), dtype.itemsize);
    pick(a, offsets, k, end, x);
    if (b !== null && bOffsets !== null) pick(b, bOffsets, k, end, y);
    if (b === null) loop.kernel.run(end - k, x, z);
    else loop.kernel.run(end - k, x, y, z);
    put(a, offsets, k, end, z);
    k = end;
  }
  return true;
}

/** The end of the longest run of places from `from` on among which none is named twice. */
function apartFrom(offsets: Float64Array, from: number, to: number, itemsize: number): number {
  met ??= new Uint8Array(PLACES);
  round = (round % 255) + 1;
  if (round === 1) met.fill(0);
  for (let k = from; k < to; k++) {
    const place = (offsets[k]! / itemsize) & (PLACES - 1);
    if (met[place] === round) return k;
    met[place] = round;
  }
  return to;
}

/** Whether elements are made of words of four bytes. */
function isInWords({ strides, offset, dtype }: TypedPlace): boolean {
  let bits = dtype.itemsize | offset;
  for (let k = 0; k < strides.length; k++) bits |= strides[k]!;
  return (bits & 3) === 0;
}

function pick(place: TypedPlace, offsets: Float64Array, from: number, to: number, pointer: number): void {
  const { storage, dtype } = place;
  if (isInWords(place)) pickWords(storage.words, offsets, from, to, dtype.itemsize / 4, pointer / 4);
  else pickBytes(storage, offsets, from, to, dtype.itemsize, pointer);
}

function put(place: TypedPlace, offsets: Float64Array, from: number, to: number, pointer: number): void {
  const { storage, dtype } = place;
  if (isInWords(place)) putWords(storage.words, offsets, from, to, dtype.itemsize / 4, pointer / 4);
  else putBytes(storage, offsets, from, to, dtype.itemsize, pointer);
}

function pickWords(
  source: Uint32Array,
  offsets: Float64Array,
  from: number,
  to: number,
  each: number,
  at: number,
): void {
  const target = heap.u32;
  let q = at;
  for (let k = from; k < to; k++) {
    const p = offsets[k]! / 4;
    for (let j = 0; j < each; j++) target[q++] = source[p + j]!;
  }
}

function putWords(
  target: Uint32Array,
  offsets: Float64Array,
  from: number,
  to: number,
  each: number,
  at: number,
): void {
  const source = heap.u32;
  let p = at;
  for (let k = from; k < to; k++) {
    const q = offsets[k]! / 4;
    for (let j = 0; j < each; j++) target[q + j] = source[p++]!;
  }
}

function pickBytes(
  storage: Storage,
  offsets: Float64Array,
  from: number,
  to: number,
  each: number,
  at: number,
): void {
  const [source, target] = [storage.bytes, heap.u8];
  let q = at;
  for (let k = from; k < to; k++) {
    const p = offsets[k]!;
    for (let j = 0; j < each; j++) target[q++] = source[p + j]!;
  }
}

function putBytes(
  storage: Storage,
  offsets: Float64Array,
  from: number,
  to: number,
  each: number,
  at: number,
): void {
  const [source, target] = [heap.u8, storage.bytes];
  let p = at;
  for (let k = from; k < to; k++) {
    const q = offsets[k]!;
    for (let j = 0; j < each; j++) target[q + j] = source[p++]!;
  }
}
