/**
 * The order of the elements of a line: the list of their numbers, sorted. Always stable.
 *
 * Keys of 4 bytes are sorted together with the numbers, as words of 8 bytes. Keys of 8 bytes are sorted the same way, by as
 * many upper bits as there is room for, and mended where these were the same; where that takes too long, beside their numbers. With several keys the first that differs is often enough; else the last is sorted first, and each other
 * one keeps what it finds in order.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { Place } from "../array/storage.ts";
import type { Workspace } from "../wasm/workspace.ts";
import { type Column, keyBytes, keysKernel } from "./kernels/sort-columns.ts";
import {
  lowHalvesKernel,
  mendedKernel,
  numberedKernel,
  numbersKernel,
  takeKernel,
  tiesKernel,
} from "./kernels/sort-orders.ts";
import { radixPairsKernel, TABLE_BYTES } from "./kernels/sort-radix.ts";
import type { LineOrder } from "./sort-columns.ts";
import { sortWordLines, sortWords, wordRoom } from "./sort-words.ts";
import { bringLines, eachLines, linesAtOnce, type Room, roomFor, sendLines } from "./work-room.ts";

/** Up to so many short lines of elements are sorted together. */
const SHORT = 600;
/** More keys of 8 bytes are not sorted by their upper bits first. */
const MANY_PAIRS = 1 << 24;

/** The sizes of the first parts of a room in which the order of `n` elements is found. */
export function orderRoom(n: number): number[] {
  return [TABLE_BYTES, 8 * n, wordRoom(n, 8), n <= MANY_PAIRS ? 8 * n : 0, 4 * n, 4 * n, 4 * n];
}

/** Where the parts of {@link orderRoom} are. */
interface OrderRoom {
  readonly space: Workspace;
  readonly tables: number;
  readonly keys: number;
  readonly others: number;
  readonly few: number;
  /** Room for three lists of numbers, of which one is in use as the order so far. */
  readonly lists: number[];
}

function partsOf({ space, at }: Room): OrderRoom {
  return {
    space,
    tables: at[0]!,
    keys: at[1]!,
    others: at[2]!,
    few: at[3]!,
    lists: [at[4]!, at[5]!, at[6]!],
  };
}

/** Sorts keys of 4 bytes that were numbered; gives where their numbers are. */
function orderNumbered({ space, tables, keys, others, lists }: OrderRoom, n: number): number {
  const sorted = sortWords(space, 8, n, keys, others, tables, true);
  lowHalvesKernel("halves").in(space)(n, sorted, lists[0]!);
  return lists[0]!;
}

/** Sorts keys of 8 bytes; gives where their numbers are. */
function orderPairs(room: OrderRoom, n: number): number {
  const { space, tables, keys, others, few } = room;
  const to = room.lists[0]!;
  if (n <= MANY_PAIRS) {
    const bits = Math.max(1, 32 - Math.clz32(n - 1));
    numberedKernel("numbered").in(space)(n, keys, bits, few);
    const sorted = sortWords(space, 8, n, few, others, tables);
    if (mendedKernel("mended").in(space)(n, sorted, bits, keys, to) === 1) return to;
  }
  return orderBeside(room, n);
}

/** Sorts keys of 8 bytes with their numbers beside them. */
function orderBeside({ space, tables, keys, others, lists }: OrderRoom, n: number): number {
  const [to, spare] = lists as [number, number];
  numbersKernel("numbers").in(space)(n, to);
  return radixPairsKernel(8).in(space)(n, keys, others, tables, to, spare) === 1 ? spare : to;
}

/** Puts an order (-1 for none yet) in the order of one more key of elements that lie `step` bytes apart. */
function orderByKey(
  room: OrderRoom,
  order: number,
  n: number,
  at: number,
  step: number,
  column: Column,
  descending: boolean,
): number {
  const { space, keys, lists } = room;
  const narrow = keyBytes(column) === 4;
  const kernel = keysKernel(narrow ? "numbered" : "plain", order < 0 ? "all" : "listed", column, descending);
  const differ = kernel.in(space)(n, at + column.offset, step, keys, Math.max(0, order));
  if (differ === 0) return order;
  const found = narrow ? orderNumbered(room, n) : orderPairs(room, n);
  lists.splice(lists.indexOf(found), 1);
  if (order < 0) return found;
  const taken = lists.pop()!;
  takeKernel(4).in(space)(n, order, found, taken, 4);
  lists.push(order, found);
  return taken;
}

function orderOr(order: number, { space, lists }: OrderRoom, n: number): number {
  if (order >= 0) return order;
  numbersKernel("numbers").in(space)(n, lists[0]!);
  return lists[0]!;
}

/** The order by the first key that differs, if that tells all elements apart; else -1. */
function orderByFirst(room: OrderRoom, n: number, at: number, step: number, by: LineOrder): number {
  const { space, keys } = room;
  for (const column of by.columns) {
    const order = orderByKey(room, -1, n, at, step, column, by.descending);
    if (order < 0) continue;
    keysKernel("plain", "listed", column, by.descending).in(space)(n, at + column.offset, step, keys, order);
    return tiesKernel(keyBytes(column)).in(space)(n, keys) === 0 ? order : -1;
  }
  return -1;
}

/**
 * The address of the order of `n` elements that lie `step` bytes apart, or of those listed at `list`, in an order that
 * equal ones keep. The room starts with {@link orderRoom}.
 */
export function orderLine(room: Room, n: number, at: number, step: number, by: LineOrder, list = -1): number {
  if (list < 0 && by.columns.length > 1 && n > 1) {
    const first = orderByFirst(partsOf(room), n, at, step, by);
    if (first >= 0) return first;
  }
  const parts = partsOf(room);
  const { columns, descending } = by;
  let order = list;
  for (let k = columns.length - 1; k >= 0; k--) {
    order = orderByKey(parts, order, n, at, step, columns[k]!, descending);
  }
  return orderOr(order, parts, n);
}

/** Writes the orders of all lines of a shape along an axis to `to`, which has elements of 4 bytes. */
export function orderLines(
  shape: readonly number[],
  axis: number,
  from: TypedPlace,
  to: Place,
  order: LineOrder,
  caller: string,
): void {
  orderSeveral(shape, axis, [from], to, [order], caller);
}

/** The order of a line of keys of 8 bytes, by all their bits. Its keys are lost. */
function orderAgain(room: Room, n: number, keys: number, out: number): void {
  const parts = partsOf(room);
  const found = orderBeside({ ...parts, keys }, n);
  new Uint8Array(parts.space.buffer).copyWithin(out, found, found + 4 * n);
}

/**
 * The orders of some short lines with one key for each element, one behind the other at `out`: the lines are sorted
 * together. `rooms` are two more for all keys.
 */
function orderShortLines(
  room: Room,
  lines: number,
  n: number,
  at: number,
  step: number,
  { columns, descending }: LineOrder,
  out: number,
  [keys, numbered]: readonly [number, number],
): void {
  const { space, tables, others } = partsOf(room);
  const column = columns[0]!;
  const from = at + column.offset;
  const all = lines * n;
  if (keyBytes(column) === 4) {
    const number = keysKernel("numbered", "all", column, descending).in(space);
    for (let k = 0; k < all; k += n) number(n, from + k * step, step, numbered + 8 * k, 0);
    sortWordLines(space, 8, lines, n, numbered, others, tables);
    lowHalvesKernel("halves").in(space)(all, numbered, out);
    return;
  }
  keysKernel("plain", "all", column, descending).in(space)(all, from, step, keys, 0);
  const bits = 32 - Math.clz32(n - 1);
  const number = numberedKernel("numbered").in(space);
  for (let k = 0; k < all; k += n) number(n, keys + 8 * k, bits, numbered + 8 * k);
  sortWordLines(space, 8, lines, n, numbered, others, tables);
  const mend = mendedKernel("mended").in(space);
  for (let k = 0; k < lines; k++) {
    const first = k * n;
    const done = mend(n, numbered + 8 * first, bits, keys + 8 * first, out + 4 * first);
    if (done === 0) orderAgain(room, n, keys + 8 * first, out + 4 * first);
  }
}

/** The same by elements of several places: the last counts most. */
export function orderSeveral(
  shape: readonly number[],
  axis: number,
  from: readonly TypedPlace[],
  to: Place,
  orders: readonly LineOrder[],
  caller: string,
): void {
  const n = shape[axis]!;
  const total = shape.reduce((size, length) => size * length, 1);
  if (total === 0) return;
  const sizes = from.map((place) => place.dtype.itemsize);
  const bytes = Math.max(4, ...sizes);
  const most = Math.min(total / n, linesAtOnce(n, bytes, from[0]!.strides[axis]!));
  const together = most > 1 && n > 1 && n <= SHORT && orders.length === 1 && orders[0]!.columns.length === 1;
  const words = together ? most * n * 8 : 0;
  const parts = [most * n * 4, words, words, ...sizes.map((size) => most * n * size)];
  const room = roomFor([...orderRoom(n), ...parts], caller);
  const [out, keys, numbered, ...at] = room.at.slice(7) as [number, number, number, ...number[]];
  const memory = new Uint8Array(room.space.buffer);
  eachLines(shape, axis, [to, ...from], most, (lines, target, ...sources) => {
    sources.forEach((source, j) => {
      bringLines(room, at[j]!, lines, n, source, sizes[j]!);
    });
    let found = out;
    if (together) orderShortLines(room, lines, n, at[0]!, sizes[0]!, orders[0]!, out, [keys, numbered]);
    for (let k = 0; k < lines && !together; k++) {
      found = orderByAll(room, n, k, at, sizes, orders);
      if (lines > 1) memory.copyWithin(out + k * n * 4, found, found + n * 4);
    }
    sendLines(room, lines > 1 && !together ? out : found, lines, n, target!, 4);
  });
}

/** The order of line `k` by the elements of all places. */
function orderByAll(
  room: Room,
  n: number,
  k: number,
  at: readonly number[],
  sizes: readonly number[],
  orders: readonly LineOrder[],
): number {
  const parts = partsOf(room);
  let order = -1;
  for (let j = 0; j < orders.length; j++) {
    const { columns, descending } = orders[j]!;
    const line = at[j]! + k * n * sizes[j]!;
    for (let c = columns.length - 1; c >= 0; c--) {
      order = orderByKey(parts, order, n, line, sizes[j]!, columns[c]!, descending);
    }
  }
  return orderOr(order, parts, n);
}
