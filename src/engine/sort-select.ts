/** Selecting along lines: what belongs at some places, or the first few, without sorting all. */

import type { TypedPlace } from "../array/cast.ts";
import type { Place } from "../array/storage.ts";
import { type Column, keyBytes, keysKernel } from "./kernels/sort-columns.ts";
import { takeKernel } from "./kernels/sort-orders.ts";
import { selectKernel, splitNumbersKernel } from "./kernels/sort-select.ts";
import type { LineOrder } from "./sort-columns.ts";
import { orderLine, orderRoom } from "./sort-order.ts";
import { type LineTask, type WordWork, workOnLines } from "./sort-values.ts";
import { bringLines, eachLines, type Room, roomFor, sendLines } from "./work-room.ts";

/** Fewer elements are sorted. */
const MANY = 64;

/** Puts what belongs at ascending places there, with nothing larger before it and nothing smaller behind. */
export function selectLines(task: LineTask, places: readonly number[]): void {
  workOnLines(task, selectingAt(places));
}

/** The same for words. */
export function selectingAt(places: readonly number[]): WordWork {
  return {
    sorts: false,
    run({ space, at: [tables, , spare] }, bytes, lines, n, at) {
      const select = selectKernel(bytes).in(space);
      for (let k = 0; k < lines; k++) {
        let done = 0;
        for (const place of places) {
          // NaN, which come last, are not among the words.
          if (place < done || place >= n) continue;
          select(n - done, at + (k * n + done) * bytes, place - done, spare!, tables!);
          done = place + 1;
        }
      }
      return at;
    },
  };
}

/** The sizes of the parts of a room behind {@link orderRoom} that {@link firstNumbers} needs. */
function splitRoom(n: number): number[] {
  return [8 * n, 4 * n, 4 * n, 4 * n];
}

/** Whether a line is split instead of being sorted. */
function isSplit(n: number, { columns }: LineOrder): boolean {
  return n >= MANY && columns.length === 1;
}

/**
 * The address of the numbers of a line's elements, those in front that belong before a place if they were sorted, then the
 * one that belongs there. The room has the parts of `orderRoom` and {@link splitRoom}.
 */
function firstNumbers(room: Room, n: number, at: number, step: number, by: LineOrder, place: number): number {
  if (!isSplit(n, by)) return orderLine(room, n, at, step, by);
  const { space } = room;
  const [tables, keys, spare] = room.at as [number, number, number];
  const [copied, to, same, more] = room.at.slice(7) as [number, number, number, number];
  const column = by.columns[0] as Column;
  const bytes = keyBytes(column);
  keysKernel("plain", "all", column, by.descending).in(space)(n, at + column.offset, step, keys, 0);
  new Uint8Array(space.buffer).copyWithin(copied, keys, keys + n * bytes);
  selectKernel(bytes).in(space)(n, copied, place, spare, tables);
  splitNumbersKernel(bytes).in(space)(n, keys, copied + place * bytes, to, same, more);
  return to;
}

/** Writes the numbers of the elements of all lines in an order as {@link selectLines} makes. */
export function selectOrders(task: LineTask, places: readonly number[]): void {
  const { shape, axis, from, to, order, caller } = task;
  if (shape.includes(0)) return;
  const n = shape[axis]!;
  const bytes = from.dtype.itemsize;
  const room = roomFor([...orderRoom(n), ...splitRoom(n), n * bytes], caller);
  const at = room.at.at(-1)!;
  eachLines(shape, axis, [from, to], 1, (_, source, target) => {
    bringLines(room, at, 1, n, source!, bytes);
    const found =
      places.length === 1
        ? firstNumbers(room, n, at, bytes, order, places[0]!)
        : orderLine(room, n, at, bytes, order);
    sendLines(room, found, 1, n, target!, 4);
  });
}

/** Where the first elements of each line and their numbers go. */
export interface FirstOnes {
  readonly count: number;
  /** Whether they are sorted. */
  readonly sorted: boolean;
  readonly values: Place;
  readonly numbers: Place;
}

/** Finds the first elements of each line, if they were sorted, and their numbers. */
export function firstOfLines(
  shape: readonly number[],
  axis: number,
  from: TypedPlace,
  order: LineOrder,
  { count, sorted, values, numbers }: FirstOnes,
  caller: string,
): void {
  if (shape.includes(0) || count === 0) return;
  const n = shape[axis]!;
  const bytes = from.dtype.itemsize;
  const room = roomFor([...orderRoom(n), ...splitRoom(n), n * bytes, count * bytes], caller);
  const [at, out] = room.at.slice(-2) as [number, number];
  const take = takeKernel(bytes).in(room.space);
  eachLines(shape, axis, [from, values, numbers], 1, (_, source, toValues, toNumbers) => {
    bringLines(room, at, 1, n, source!, bytes);
    let found = firstNumbers(room, n, at, bytes, order, count - 1);
    if (sorted && isSplit(n, order)) found = orderLine(room, count, at, bytes, order, found);
    take(count, at, found, out, bytes);
    sendLines(room, out, 1, count, toValues!, bytes);
    sendLines(room, found, 1, count, toNumbers!, 4);
  });
}
