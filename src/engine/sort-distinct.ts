import type { TypedPlace } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { distinctKernel } from "./kernels/search.ts";
import { columnsOf, valueFormOf } from "./sort-columns.ts";
import { type LineTask, sorting, sortLines, workOnNumbers } from "./sort-values.ts";
import { bringLines, roomFor, sendLines } from "./work-room.ts";

/**
 * The distinct elements among `n` in a line, sorted, by sorting them and leaving out those that are the same as the one
 * before; null for a dtype that is not sorted as words.
 */
export function distinctElements(
  n: number,
  from: TypedPlace,
  equalNan: boolean,
  caller: string,
): NDArray | null {
  const { dtype } = from;
  const form = valueFormOf(dtype);
  if (form === null) return null;
  if (n === 0) return unsetArray([0], dtype, "C", caller);
  const way = form === "float" || form === "time" ? form : "whole";
  const bytes = dtype.itemsize as 1 | 2 | 4 | 8;
  const distinct = distinctKernel(`${bytes} ${way}${equalNan ? "" : " none"}`);
  const order = { columns: columnsOf(dtype), descending: false };
  let result: NDArray | null = null;
  const send: typeof sendLines = (room, at) => {
    const count = distinct.in(room.space)(n, at);
    result = unsetArray([count], dtype, "C", caller);
    sendLines(room, at, 1, count, { ...placeOf(result), strides: [0, bytes] }, bytes);
  };
  const task: LineTask = { shape: [n], axis: 0, from, to: from, order, caller };
  if (bytes === 1) sortBytesFirst(task, n, send);
  else workOnNumbers(task, form, sorting, send);
  return result;
}

/** Bytes are sorted into an array of their own first. */
function sortBytesFirst(task: LineTask, n: number, send: typeof sendLines): void {
  const sorted = unsetArray([n], task.from.dtype, "C", task.caller);
  const to = placeOf(sorted);
  sortLines({ ...task, to });
  const room = roomFor([n], task.caller);
  bringLines(room, room.at[0]!, 1, n, { ...to, strides: [0, 1] }, 1);
  send(room, room.at[0]!, 1, n, { ...to, strides: [0, 1] }, 1);
}
