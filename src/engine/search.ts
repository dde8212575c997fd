/**
 * Searching: places among sorted elements, and whether elements are among others. Both sides get keys of one kind, which are
 * compared as unsigned integers. Elements with several keys are ranked together first; the ranks are the keys.
 */

import type { TypedPlace } from "../array/cast.ts";
import { moveElements } from "../array/move.ts";
import type { Place } from "../array/storage.ts";
import { cStrides, sizeOf } from "../layout/layout.ts";
import {
  foundKernel,
  markedKernel,
  markKernel,
  runsKernel,
  searchKernel,
  turnsKernel,
} from "./kernels/search.ts";
import { type Column, hasNone, keyBytes, keysKernel } from "./kernels/sort-columns.ts";
import { TABLE_BYTES } from "./kernels/sort-radix.ts";
import { columnsOf } from "./sort-columns.ts";
import { orderLine, orderRoom } from "./sort-order.ts";
import { markStarts } from "./sort-runs.ts";
import { sortWords, wordRoom } from "./sort-words.ts";
import { type Room, roomFor } from "./work-room.ts";

/** Elements in C order: how many there are, and where. */
export interface Elements {
  readonly shape: readonly number[];
  readonly place: TypedPlace;
}

/** Brings elements in C order to an address. */
export function bringElements(room: Room, to: number, { shape, place }: Elements): void {
  const bytes = place.dtype.itemsize;
  const target: Place = { storage: room.storage, strides: cStrides(shape, bytes), offset: to };
  moveElements(shape, place, target, bytes);
}

/** Keys of two lists of elements of one dtype, in a room. */
interface Keys {
  readonly room: Room;
  readonly bytes: 4 | 8;
  /** Where the keys of the elements searched among are, and of those that are looked for. */
  readonly among: number;
  readonly needles: number;
  /** Whether the largest key equals nothing. */
  readonly none: boolean;
  /** Where the parts of the room start that were asked for. */
  readonly extra: readonly number[];
}

/** Elements to search among, those to look for, and an order in which the first are to be taken. */
export interface Search {
  readonly among: Elements;
  readonly needles: Elements;
  readonly sorter: Elements | null;
  /** Whether NaN equal nothing. */
  readonly strict: boolean;
  readonly caller: string;
}

/** Makes the keys of both sides. */
function keysOf(search: Search, extra: readonly number[]): Keys {
  const columns = columnsOf(search.among.place.dtype);
  return columns.length === 1 ? keysOfColumn(search, columns[0]!, extra) : ranked(search, columns, extra);
}

function keysOfColumn(
  { among, needles, sorter, caller }: Search,
  column: Column,
  extra: readonly number[],
): Keys {
  const [n, m] = [sizeOf(among.shape), sizeOf(needles.shape)];
  const bytes = keyBytes(column);
  const { itemsize } = among.place.dtype;
  const sizes = [TABLE_BYTES, n * bytes, m * bytes, Math.max(n, m) * itemsize, sorter === null ? 0 : 4 * n];
  const room = roomFor([...sizes, ...extra], caller);
  const [, first, second, raw, list] = room.at as [number, number, number, number, number];
  const from = raw + column.offset;
  bringElements(room, raw, among);
  if (sorter !== null) bringElements(room, list, sorter);
  const source = sorter === null ? "all" : "listed";
  keysKernel("plain", source, column, false).in(room.space)(n, from, itemsize, first, list);
  bringElements(room, raw, needles);
  keysKernel("plain", "all", column, false).in(room.space)(m, from, itemsize, second, 0);
  return {
    room,
    bytes,
    among: first,
    needles: second,
    none: hasNone(column),
    extra: room.at.slice(sizes.length),
  };
}

/** Ranks the elements of both sides together. */
function ranked(search: Search, columns: readonly Column[], extra: readonly number[]): Keys {
  const { among, needles, sorter, strict, caller } = search;
  const [n, m] = [sizeOf(among.shape), sizeOf(needles.shape)];
  const { itemsize } = among.place.dtype;
  const all = n + m;
  const parts = [all * itemsize, all, 4 * all, 4 * all, 4 * all, 4 * n, 4 * n];
  const room = roomFor([...orderRoom(all), ...parts, ...extra], caller);
  const [raw, starts, ranks, firsts, counts, list, taken] = room.at.slice(7) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  bringElements(room, raw, among);
  bringElements(room, raw + n * itemsize, needles);
  const order = orderLine(room, all, raw, itemsize, { columns, descending: false });
  markStarts(room, { n: all, at: raw, step: itemsize, order, starts, columns, strict });
  runsKernel("runs").in(room.space)(all, starts, order, firsts, ranks, counts);
  const own = { room, bytes: 4 as const, needles: ranks + 4 * n, none: false, extra: room.at.slice(14) };
  if (sorter === null) return { ...own, among: ranks };
  bringElements(room, list, sorter);
  const column: Column = { form: "unsigned", bytes: 4, offset: 0 };
  keysKernel("plain", "listed", column, false).in(room.space)(n, ranks, 4, taken, list);
  return { ...own, among: taken };
}

/** Writes the place of each needle to `to`: 4 bytes each, in C order. `backwards` is how many there are, if from the end. */
export function searchElements(search: Search, side: "left" | "right", to: Place): void {
  const [n, m] = [sizeOf(search.among.shape), sizeOf(search.needles.shape)];
  if (m === 0) return;
  const { room, bytes, among, needles, extra } = keysOf(search, [4 * m]);
  const [places] = extra as [number];
  if (n === 0) new Int32Array(room.space.buffer, places, m).fill(0);
  else searchKernel(`${bytes} ${side}`).in(room.space)(m, needles, n, among, places);
  sendElements(room, places, search.needles.shape, to, 4);
}

function sendElements(room: Room, from: number, shape: readonly number[], to: Place, bytes: number): void {
  moveElements(shape, { storage: room.storage, strides: cStrides(shape, bytes), offset: from }, to, bytes);
}

/** Whether elements never fall (1), never rise (-1), or do both (0). */
export function directionOf(elements: Elements, caller: string): number {
  const n = sizeOf(elements.shape);
  const column = columnsOf(elements.place.dtype)[0]!;
  const { itemsize } = elements.place.dtype;
  const room = roomFor([n * itemsize, n * 8], caller);
  const [raw, keys] = room.at as [number, number];
  bringElements(room, raw, elements);
  keysKernel("plain", "all", column, false).in(room.space)(n, raw, itemsize, keys, 0);
  const turns = turnsKernel(keyBytes(column)).in(room.space)(n, keys);
  return (turns & 1) === 0 ? 1 : (turns & 2) === 0 ? -1 : 0;
}

/** The longest table that is made for looking elements up. */
const MOST_TABLE = 1 << 24;

/**
 * Writes whether each needle is among the elements to `to`: a byte each, in C order. With `positive` elements whose first
 * bit is set are left out: 64 bits of other sign than the needles.
 */
export function findElements(search: Search, invert: boolean, positive: boolean, to: Place): void {
  const [n, m] = [sizeOf(search.among.shape), sizeOf(search.needles.shape)];
  if (m === 0) return;
  const longest = Math.min(MOST_TABLE, 8 * (n + m));
  const keys = keysOf(search, [wordRoom(n, 8), 4 * m, m, longest, TABLE_BYTES]);
  const { room, bytes, among, needles, extra } = keys;
  const [spare, places, bools, table, tables] = extra as [number, number, number, number, number];
  const { space } = room;
  const sorted = n === 0 ? among : sortWords(space, bytes, n, among, spare, tables);
  const count = positive ? countBelow(space.buffer, sorted, n) : n;
  const range = count === 0 ? 0 : rangeOf(space.buffer, bytes, sorted, count);
  const flip = invert ? 1 : 0;
  if (count === 0) new Uint8Array(space.buffer, bools, m).fill(flip);
  else if (!keys.none && range < longest) {
    new Uint8Array(space.buffer, table, range + 1).fill(0);
    markKernel(bytes).in(space)(count, sorted, table);
    markedKernel(bytes).in(space)(m, needles, sorted, range, table, bools, flip);
  } else {
    searchKernel(`${bytes} left`).in(space)(m, needles, count, sorted, places);
    foundKernel(bytes).in(space)(m, needles, count, sorted, places, bools, keys.none ? 1 : 0, flip);
  }
  sendElements(room, bools, search.needles.shape, to, 1);
}

/** How many sorted words of 8 bytes have their first bit clear. */
function countBelow(buffer: ArrayBuffer, sorted: number, n: number): number {
  const high = new Uint32Array(buffer, sorted, 2 * n);
  let [low, count] = [0, n];
  while (low < count) {
    const middle = (low + count) >>> 1;
    if (high[2 * middle + 1]! < 0x80000000) low = middle + 1;
    else count = middle;
  }
  return low;
}

/** How far the last of some sorted words is from the first, Infinity if very. */
function rangeOf(buffer: ArrayBuffer, bytes: 4 | 8, sorted: number, n: number): number {
  const view = new DataView(buffer);
  const word = (k: number) =>
    bytes === 4 ? BigInt(view.getUint32(sorted + 4 * k, true)) : view.getBigUint64(sorted + 8 * k, true);
  return Number(word(n - 1) - word(0));
}
