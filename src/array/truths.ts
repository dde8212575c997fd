/**
 * Where an array is true: the places of what is not 0, counted and listed chunk by chunk by kernels (wasm/masks.ts).
 */

import { unpackSubarray } from "../dtype/struct.ts";
import { plain } from "../dtype/table.ts";
import { ValueError } from "../errors.ts";
import { shapeText, sizeOf } from "../layout/layout.ts";
import { countTrue, MASK_STEP, partPlaces, truePlaces } from "../wasm/masks.ts";
import { heap, tilePointer } from "../wasm/memory.ts";
import { workingCopy } from "./duplicate.ts";
import { emptyArray, unsetArray } from "./fresh.ts";
import { heapStorage } from "./heapplace.ts";
import { moveBytes } from "./move.ts";
import type { NDArray } from "./ndarray.ts";
import type { Storage } from "./storage.ts";

/** The tiles that masks, places and elements are brought to. */
export const MASK_TILE = 40;
export const PLACES_TILE = 41;
const TABLE_TILE = 42;
/** Bytes of a mask that are looked at in one go: as many places as a tile holds. */
export const CHUNK = 16384;
/** Masks of fewer elements are met in a loop. */
const FEW = 64;
const MOST = 2 ** 31;

/** Brings bytes of a mask into the engine's memory, padded with zeros. Gives where they are. */
export function stageMask(storage: Storage, from: number, n: number): number {
  const at = tilePointer(MASK_TILE);
  moveBytes(storage, from, heapStorage(), at, n);
  padMask(at, n);
  return at;
}

/** Zeros behind the end of a mask, up to a multiple of what kernels look at. */
export function padMask(at: number, n: number): void {
  const { u8 } = heap;
  for (let k = n; k % MASK_STEP !== 0; k++) u8[at + k] = 0;
}

/** Whether elements are not 0, as an array of bool: the array itself when it is one. Several fields or bytes: whether any is. */
export function truthsOf(a: NDArray, caller: string): NDArray {
  const { dtype, layout } = a;
  if (dtype.kind === "b") return a;
  if (dtype.fields !== null) return anyField(a, caller);
  if (!"SUV".includes(dtype.kind)) return workingCopy(a, plain.bool, "C", caller);
  const bytes = {
    shape: [...layout.shape, dtype.itemsize],
    strides: [...layout.strides, 1],
    offset: layout.offset,
  };
  return anyAlongLast(workingCopy(a.retype(bytes, plain.uint8), plain.bool, "C", caller), caller);
}

function anyField(a: NDArray, caller: string): NDArray {
  const { shape, strides, offset } = a.layout;
  const truths = emptyArray(shape, plain.bool, "C", caller);
  const all = truths.storage.bytes;
  for (const field of a.dtype.fields!) {
    const inner = unpackSubarray(field.dtype);
    const layout = {
      shape: [...shape, sizeOf(inner.shape)],
      strides: [...strides, inner.dtype.itemsize],
      offset: offset + field.offset,
    };
    const own = truthsOf(a.retype(layout, inner.dtype), caller);
    const some = anyAlongLast(own.isContiguous("C") ? own : workingCopy(own, own.dtype, "C", caller), caller);
    const bytes = some.storage.bytes;
    for (let k = 0; k < truths.size; k++) all[truths.layout.offset + k]! |= bytes[some.layout.offset + k]!;
  }
  return truths;
}

/** Whether any of the bools along the last axis of an array in C order is true. */
function anyAlongLast(a: NDArray, caller: string): NDArray {
  const { shape, offset } = a.layout;
  const any = emptyArray(shape.slice(0, -1), plain.bool, "C", caller);
  const [from, to] = [a.storage.bytes, any.storage.bytes];
  const n = shape.at(-1)!;
  for (let k = 0; k < any.size; k++) {
    let some = 0;
    for (let j = 0; j < n; j++) some |= from[offset + k * n + j]!;
    to[any.layout.offset + k] = some === 0 ? 0 : 1;
  }
  return any;
}

/** The array as one of bool in C order. */
function maskOf(a: NDArray, caller: string): NDArray {
  const truths = truthsOf(a, caller);
  return truths.isContiguous("C") ? truths : workingCopy(truths, truths.dtype, "C", caller);
}

/** How many of `size` bytes are not 0. */
export function countBytes(storage: Storage, from: number, size: number): number {
  let count = 0;
  if (size <= FEW) {
    const { bytes } = storage;
    for (let k = 0; k < size; k++) if (bytes[from + k] !== 0) count++;
    return count;
  }
  for (let k = 0; k < size; k += CHUNK) {
    const n = Math.min(CHUNK, size - k);
    count += countTrue.run(n, stageMask(storage, from + k, n));
  }
  return count;
}

/**
 * The indices of what is not 0, in C order, as int32: a row for each element, `(count, ndim)`, or with `columns` a row for
 * each axis.
 *
 * @throws ValueError for an axis whose indices int32 does not hold.
 */
export function truthTable(a: NDArray, columns: boolean, caller: string): NDArray<"int32"> {
  const { shape } = a.layout;
  const ndim = shape.length;
  if (shape.some((length) => length > MOST)) {
    throw new ValueError(
      `${caller}: an array of shape ${shapeText(shape)} has indices beyond int32; take parts of it (dtype: "int64" would hold them)`,
    );
  }
  const mask = maskOf(a, caller);
  mask.storage.alive();
  const { storage, layout } = mask;
  const { size } = mask;
  const count = countBytes(storage, layout.offset, size);
  const table = unsetArray(columns ? [ndim, count] : [count, ndim], plain.int32, "C", caller);
  if (count > 0 && ndim > 0) {
    const list = new TruthList(shape, table, columns ? count : 1, columns ? 1 : ndim);
    if (size <= FEW) list.few(storage.bytes, layout.offset, size);
    else list.many(storage, layout.offset, size);
  }
  return table;
}

/** A table that is being filled; `perAxis` and `perElement` are its steps. */
class TruthList {
  private readonly shape: readonly number[];
  private readonly table: NDArray;
  private readonly perAxis: number;
  private readonly perElement: number;

  constructor(shape: readonly number[], table: NDArray, perAxis: number, perElement: number) {
    this.shape = shape;
    this.table = table;
    this.perAxis = perAxis;
    this.perElement = perElement;
  }

  few(bytes: Uint8Array, from: number, size: number): void {
    const { shape, perAxis, perElement } = this;
    const target = this.table.storage.lane(Int32Array);
    let row = this.table.layout.offset / 4;
    for (let k = 0; k < size; k++) {
      if (bytes[from + k] === 0) continue;
      let rest = k;
      for (let axis = shape.length - 1; axis > 0; axis--) {
        const i = rest % shape[axis]!;
        target[row + axis * perAxis] = i;
        rest = (rest - i) / shape[axis]!;
      }
      target[row] = rest;
      row += perElement;
    }
  }

  many(storage: Storage, from: number, size: number): void {
    const { shape, table } = this;
    const ndim = shape.length;
    const chunk = Math.floor(CHUNK / ndim) & -MASK_STEP;
    let row = 0;
    for (let k = 0; k < size; k += chunk) {
      const n = Math.min(chunk, size - k);
      const places = tilePointer(PLACES_TILE);
      const end = truePlaces.run(n, stageMask(storage, from + k, n), ndim === 1 ? k : 0, places);
      const found = (end - places) / 4;
      if (found === 0) continue;
      if (ndim === 1)
        moveBytes(heapStorage(), places, table.storage, table.layout.offset + row * 4, found * 4);
      else this.send(k, found, row);
      row += found;
    }
  }

  /** Parts the places found from element `first` on into indices, and sends them to the table from row `row` on. */
  private send(first: number, found: number, row: number): void {
    const { shape, table, perElement } = this;
    const ndim = shape.length;
    const byRows = perElement !== 1;
    const places = tilePointer(PLACES_TILE);
    const out = tilePointer(TABLE_TILE);
    let rest = first;
    for (let axis = ndim - 1; axis >= 0; axis--) {
      const length = axis === 0 ? 0 : shape[axis]!;
      const carry = axis === 0 ? rest : rest % length;
      const at = out + (byRows ? axis * 4 : axis * found * 4);
      partPlaces.run(found, places, carry, length, axis === 0 ? 0 : 1 / length, at, byRows ? ndim * 4 : 4);
      rest = axis === 0 ? 0 : (rest - carry) / length;
      if (byRows) continue;
      const to = table.layout.offset + (axis * this.perAxis + row) * 4;
      moveBytes(heapStorage(), at, table.storage, to, found * 4);
    }
    if (byRows) {
      moveBytes(heapStorage(), out, table.storage, table.layout.offset + row * ndim * 4, found * ndim * 4);
    }
  }
}

/** For each axis of a mask the indices at which it is true, as arrays of int32 in C order. */
export function nonzeroArrays(mask: NDArray, caller: string): NDArray<"int32">[] {
  const table = truthTable(mask, true, caller);
  const { shape, offset } = table.layout;
  const count = shape[1]!;
  return mask.layout.shape.map((_, axis) =>
    table.viewAs({ shape: [count], strides: [4], offset: offset + axis * count * 4 }),
  );
}
