/** Medians along one axis: what belongs in the middle of each line is selected, or short lines are sorted. */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { tellCastsLater } from "./drive.ts";
import { NETWORK_MOST } from "./kernels/sort-network.ts";
import { columnsOf } from "./sort-columns.ts";
import { selectingAt } from "./sort-select.ts";
import { type LineTask, sorting, workOnNumbers } from "./sort-values.ts";
import type { sendLines } from "./work-room.ts";

/**
 * Replaces the first of `n` doubles of each line by its median; NaN, which are last, make NaN of it. The one in the middle
 * is where it belongs.
 */
function doubleMedians(values: Float64Array, lines: number, n: number): void {
  const half = n >>> 1;
  for (let k = 0; k < lines * n; k += n) {
    const last = values[k + n - 1]!;
    const middle = values[k + half]!;
    let lower = values[k]!;
    if (n % 2 === 0) for (let j = k + 1; j < k + half; j++) if (values[j]! > lower) lower = values[j]!;
    values[k] = Number.isNaN(last) ? last : n % 2 === 1 ? middle : (lower + middle) / 2;
  }
}

/** The same for floats of 32 bits, whose sum is one of 32 bits. */
function singleMedians(values: Float32Array, lines: number, n: number): void {
  const half = n >>> 1;
  for (let k = 0; k < lines * n; k += n) {
    const last = values[k + n - 1]!;
    const middle = values[k + half]!;
    let lower = values[k]!;
    if (n % 2 === 0) for (let j = k + 1; j < k + half; j++) if (values[j]! > lower) lower = values[j]!;
    values[k] = Number.isNaN(last) ? last : n % 2 === 1 ? middle : Math.fround(lower + middle) / 2;
  }
}

/**
 * Writes the medians of all lines of float32 or float64 along an axis to a place of the same shape, along which it does not
 * move. There is an element in every line.
 */
export function lineMedians(
  shape: readonly number[],
  axis: number,
  from: TypedPlace,
  to: TypedPlace,
  caller: string,
): void {
  const n = shape[axis]!;
  const lines = shape.reduce((size, length) => size * length, 1) / n;
  const { dtype } = from;
  const bytes = dtype.itemsize;
  const send: typeof sendLines = (room, found, count, _, target) => {
    const { buffer } = room.space;
    if (bytes === 8) doubleMedians(new Float64Array(buffer, found, count * n), count, n);
    else singleMedians(new Float32Array(buffer, found, count * n), count, n);
    const source = { storage: room.storage, strides: [n * bytes], offset: found, dtype };
    const out = { storage: target.storage, strides: [target.strides[0]], offset: target.offset };
    castElements([count], source, { ...out, dtype: to.dtype });
  };
  const work = n <= NETWORK_MOST && lines >= 16 ? sorting : selectingAt([n >>> 1]);
  const order = { columns: columnsOf(dtype), descending: false };
  const task: LineTask = { shape, axis, from, to, order, caller };
  tellCastsLater(() => workOnNumbers(task, "float", work, send));
}
