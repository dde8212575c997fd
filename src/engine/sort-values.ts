/**
 * Sorting the elements of lines. Numbers become words (kernels/sort-values.ts) in the workspace, are sorted there and become
 * numbers again; what has several keys, as complex numbers and structures, is put in the order that its keys give.
 * Always stable, whatever kind of sort was asked for.
 */

import type { TypedPlace } from "../array/cast.ts";
import { takeKernel } from "./kernels/sort-orders.ts";
import { byteKernel, TABLE_BYTES } from "./kernels/sort-radix.ts";
import { cleanKernel, elementsOf, type ValueForm, wordsOf, zerosKernel } from "./kernels/sort-values.ts";
import type { WordBytes } from "./kernels/sort-words.ts";
import { type LineOrder, valueFormOf } from "./sort-columns.ts";
import { orderLine, orderRoom } from "./sort-order.ts";
import { sortWordLines, sortWords, wordRoom } from "./sort-words.ts";
import { bringLines, eachLines, linesAtOnce, type Room, roomFor, sendLines } from "./work-room.ts";

/** Lines along an axis of a shape, from one place to another or to the same. The dtypes are the same. */
export interface LineTask {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly from: TypedPlace;
  readonly to: TypedPlace;
  readonly order: LineOrder;
  readonly caller: string;
}

/** What is done to lines of words. */
export interface WordWork {
  /** Works on lines at an address; gives where they are then, which is elsewhere only if `mayMove`. */
  run(room: Room, bytes: WordBytes, lines: number, n: number, at: number, mayMove: boolean): number;
  /** Whether the words are sorted then. */
  readonly sorts: boolean;
}

/** Sorts words. */
export const sorting: WordWork = {
  sorts: true,
  run({ space, at: [tables, , spare] }, bytes, lines, n, at, mayMove) {
    if (lines === 1 && mayMove) return sortWords(space, bytes, n, at, spare!, tables!);
    sortWordLines(space, bytes, lines, n, at, spare!, tables!);
    return at;
  },
};

/** Sorts all lines. */
export function sortLines(task: LineTask): void {
  workOnLines(task, sorting);
}

/** Works on all lines; those that are not lines of words of 2 bytes or more are sorted. */
export function workOnLines(task: LineTask, work: WordWork): void {
  const { dtype } = task.from;
  if (task.shape.includes(0)) return;
  const form = task.order.columns.length === 1 ? valueFormOf(dtype) : null;
  if (form === null) sortByOrder(task);
  else if (dtype.itemsize === 1) sortBytes(task, form);
  else workOnNumbers(task, form, work, sendLines);
}

/** How many lines to take at once. */
export function someLines({ shape, axis, from }: Omit<LineTask, "to">, bytes: number): number {
  const n = shape[axis]!;
  const lines = shape.reduce((size, length) => size * length, 1) / n;
  return Math.min(lines, linesAtOnce(n, bytes, from.strides[axis]!));
}

function sortBytes(task: LineTask, form: ValueForm): void {
  const { shape, axis, from, to, order, caller } = task;
  const n = shape[axis]!;
  const most = someLines(task, 1);
  const room = roomFor([TABLE_BYTES, most * n], caller);
  const [tables, at] = room.at as [number, number];
  const run = byteKernel("bytes").in(room.space);
  const first = (form === "signed" ? 0x80 : 0) ^ (order.descending ? 0xff : 0);
  eachLines(shape, axis, [from, to], most, (lines, source, target) => {
    bringLines(room, at, lines, n, source!, 1);
    for (let k = 0; k < lines; k++) run(n, at + k * n, tables, first);
    sendLines(room, at, lines, n, target!, 1);
  });
}

/** @internal Makes words of the numbers of lines, works on them, makes numbers of them again, and sends them out. */
export function workOnNumbers(task: LineTask, form: ValueForm, work: WordWork, send: typeof sendLines): void {
  const { shape, axis, from, to, order, caller } = task;
  const n = shape[axis]!;
  const bytes = from.dtype.itemsize as WordBytes;
  const most = someLines(task, bytes);
  const apart = form === "float" ? [n * bytes, n] : [];
  const room = roomFor([TABLE_BYTES, most * n * bytes, wordRoom(n, bytes), ...apart], caller);
  const { space } = room;
  const at = room.at[1]!;
  const enter = wordsOf(bytes, form, order.descending).in(space);
  const leave = elementsOf(bytes, form, order.descending).in(space);
  eachLines(shape, axis, [from, to], most, (lines, source, target) => {
    bringLines(room, at, lines, n, source!, bytes);
    const size = lines * n * bytes;
    let found = at;
    if (enter(size, at) === 0) found = work.run(room, bytes, lines, n, at, true);
    else for (let k = 0; k < lines; k++) workOnOdd(room, bytes, n, at + k * n * bytes, work);
    leave(size, found);
    send(room, found, lines, n, target!, bytes);
  });
}

/** Works on a line of words of floats among which there are NaN or zeros of both signs: without the NaN. */
function workOnOdd(room: Room, bytes: WordBytes, n: number, line: number, work: WordWork): void {
  const { space } = room;
  const [tables, , , apart, zeros] = room.at as [number, number, number, number, number];
  const count = cleanKernel(bytes).in(space)(n, line, apart, zeros, tables);
  const zeroCount = new Int32Array(space.buffer, tables, 1)[0]!;
  work.run(room, bytes, 1, count, line, false);
  if (work.sorts && zeroCount > 0) zerosKernel(bytes).in(space)(count, line, zeros, zeroCount);
  new Uint8Array(space.buffer).copyWithin(line + count * bytes, apart, apart + (n - count) * bytes);
}

function sortByOrder(task: LineTask): void {
  const { shape, axis, from, to, order, caller } = task;
  const n = shape[axis]!;
  const bytes = from.dtype.itemsize;
  const most = someLines(task, bytes);
  const size = most * n * bytes;
  const room = roomFor([...orderRoom(n), size, size], caller);
  const [at, out] = room.at.slice(-2) as [number, number];
  const take = takeKernel(bytes).in(room.space);
  eachLines(shape, axis, [from, to], most, (lines, source, target) => {
    bringLines(room, at, lines, n, source!, bytes);
    for (let k = 0; k < lines; k++) {
      const line = at + k * n * bytes;
      take(n, line, orderLine(room, n, line, bytes, order), out + k * n * bytes, bytes);
    }
    sendLines(room, out, lines, n, target!, bytes);
  });
}
