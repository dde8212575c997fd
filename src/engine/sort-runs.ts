/** Runs of equal elements in an order: what sets are made of. */

import type { TypedPlace } from "../array/cast.ts";
import { runsKernel, startsKernel } from "./kernels/search.ts";
import { type Column, hasNone, keyBytes, keysKernel } from "./kernels/sort-columns.ts";
import { takeKernel } from "./kernels/sort-orders.ts";
import { orderLine, orderRoom } from "./sort-order.ts";
import { type Room, roomFor } from "./work-room.ts";

/** Elements in a room, `step` bytes apart, their order, and where a byte for each place in it goes. */
interface Ordered {
  readonly n: number;
  readonly at: number;
  readonly step: number;
  readonly order: number;
  readonly starts: number;
  readonly columns: readonly Column[];
  /** Whether NaN and what is no time equal nothing; else they equal one another. */
  readonly strict: boolean;
}

/** Marks where runs of equal elements start. Uses the second part of the room, for keys. */
export function markStarts(room: Room, { n, at, step, order, starts, columns, strict }: Ordered): void {
  const { space } = room;
  const keys = room.at[1]!;
  const marks = new Uint8Array(space.buffer, starts, n).fill(0);
  if (n > 0) marks[0] = 1;
  for (const column of columns) {
    keysKernel("plain", "listed", column, false).in(space)(n, at + column.offset, step, keys, order);
    const none = strict && hasNone(column) ? 1 : 0;
    startsKernel(keyBytes(column)).in(space)(n, keys, starts, none);
  }
}

/** Makes one run of all complex numbers with a NaN, which are last: only the first of them starts one. */
function joinNans(room: Room, { n, at, step, order, starts, columns }: Ordered): void {
  const keys = room.at[1]!;
  keysKernel("plain", "listed", columns[0]!, false).in(room.space)(n, at, step, keys, order);
  const parts = new Uint32Array(room.space.buffer, keys, n);
  const marks = new Uint8Array(room.space.buffer, starts, n);
  for (let k = 1; k < n; k++) if (parts[k]! > 0) marks[k] = parts[k - 1] === 0 ? 1 : 0;
}

/** Elements to find the runs of. */
export interface RunTask {
  readonly n: number;
  /** How the elements are brought to an address. */
  bring(room: Room, to: number): void;
  readonly dtype: TypedPlace["dtype"];
  readonly columns: readonly Column[];
  /** Bytes of an element. */
  readonly step: number;
  readonly strict: boolean;
  readonly caller: string;
}

/** Runs of equal elements, sorted: in a room, to be looked at before the next is asked for. */
export interface Runs {
  readonly room: Room;
  readonly count: number;
  /** The elements as they were, and the first of each run, if they were asked for. */
  readonly raw: number;
  readonly values: number;
  /** The numbers of all elements in order, and whether each starts a run. */
  readonly order: number;
  readonly starts: number;
  /** The number of the first element of each run; for each element its run; the lengths. */
  readonly firsts: number;
  readonly runs: number;
  readonly counts: number;
}

/** Finds runs of equal elements. */
export function runsOf(task: RunTask): Runs {
  const { n, step, columns, strict, dtype, caller } = task;
  const room = roomFor([...orderRoom(n), n * step, n, 4 * n, 4 * n, 4 * n, n * step], caller);
  const [raw, starts, firsts, runs, counts, values] = room.at.slice(7) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  task.bring(room, raw);
  const order = orderLine(room, n, raw, step, { columns, descending: false });
  const ordered = { n, at: raw, step, order, starts, columns, strict };
  markStarts(room, ordered);
  if (dtype.kind === "c" && columns[0]?.form === "nans" && columns.length === 3 && !strict)
    joinNans(room, ordered);
  const count = runsKernel("runs").in(room.space)(n, starts, order, firsts, runs, counts);
  takeKernel(step).in(room.space)(count, raw, firsts, values, step);
  return { room, count, raw, values, order, starts, firsts, runs, counts };
}
