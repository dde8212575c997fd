/**
 * A few elements in a line: they are sorted where they are, by insertion, as bringing them into the workspace would take
 * longer. One loop for each lane, on purpose: a loop that has met several kinds of typed array runs many times slower.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { PlainDType } from "../dtype/table.ts";

/** More elements are sorted elsewhere. */
export const FEW_ELEMENTS = 16;

/** Sorts `n` elements from `from` on, `by` lane elements apart, into a dense line. */
type SmallSort<L> = (source: L, from: number, by: number, line: L, to: number, n: number) => void;

/** The numbers of `n` elements, sorted by them. */
type SmallOrder<L> = (source: L, from: number, by: number, line: Int32Array, to: number, n: number) => void;

const doubles: SmallSort<Float64Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to; j--) {
      const before = line[j - 1]!;
      // NaN is behind all numbers.
      if (!(x < before || (Number.isNaN(before) && !Number.isNaN(x)))) break;
      line[j] = before;
    }
    line[j] = x;
  }
};

const singles: SmallSort<Float32Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to; j--) {
      const before = line[j - 1]!;
      if (!(x < before || (Number.isNaN(before) && !Number.isNaN(x)))) break;
      line[j] = before;
    }
    line[j] = x;
  }
};

const ints: SmallSort<Int32Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to && x < line[j - 1]!; j--) line[j] = line[j - 1]!;
    line[j] = x;
  }
};

const words: SmallSort<Uint32Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to && x < line[j - 1]!; j--) line[j] = line[j - 1]!;
    line[j] = x;
  }
};

const bytes: SmallSort<Uint8Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to && x < line[j - 1]!; j--) line[j] = line[j - 1]!;
    line[j] = x;
  }
};

const shorts: SmallSort<Int16Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to && x < line[j - 1]!; j--) line[j] = line[j - 1]!;
    line[j] = x;
  }
};

/** 64 bits with a sign, as two halves each. */
const halves: SmallSort<Int32Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const low = source[from + k * by]!;
    const high = source[from + k * by + 1]!;
    let j = to + 2 * k;
    for (; j > to; j -= 2) {
      const before = line[j - 1]!;
      if (high > before || (high === before && low >>> 0 >= line[j - 2]! >>> 0)) break;
      line[j] = line[j - 2]!;
      line[j + 1] = before;
    }
    line[j] = low;
    line[j + 1] = high;
  }
};

const doubleOrder: SmallOrder<Float64Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to; j--) {
      const before = source[from + line[j - 1]! * by]!;
      if (!(x < before || (Number.isNaN(before) && !Number.isNaN(x)))) break;
      line[j] = line[j - 1]!;
    }
    line[j] = k;
  }
};

const singleOrder: SmallOrder<Float32Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to; j--) {
      const before = source[from + line[j - 1]! * by]!;
      if (!(x < before || (Number.isNaN(before) && !Number.isNaN(x)))) break;
      line[j] = line[j - 1]!;
    }
    line[j] = k;
  }
};

const intOrder: SmallOrder<Int32Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to && x < source[from + line[j - 1]! * by]!; j--) line[j] = line[j - 1]!;
    line[j] = k;
  }
};

const byteOrder: SmallOrder<Uint8Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const x = source[from + k * by]!;
    let j = to + k;
    for (; j > to && x < source[from + line[j - 1]! * by]!; j--) line[j] = line[j - 1]!;
    line[j] = k;
  }
};

const halfOrder: SmallOrder<Int32Array> = (source, from, by, line, to, n) => {
  for (let k = 0; k < n; k++) {
    const low = source[from + k * by]! >>> 0;
    const high = source[from + k * by + 1]!;
    let j = to + k;
    for (; j > to; j--) {
      const at = from + line[j - 1]! * by;
      const before = source[at + 1]!;
      if (high > before || (high === before && low >= source[at]! >>> 0)) break;
      line[j] = line[j - 1]!;
    }
    line[j] = k;
  }
};

type AnyLane =
  | typeof Float64Array
  | typeof Float32Array
  | typeof Int32Array
  | typeof Uint32Array
  | typeof Uint8Array
  | typeof Int16Array;

/** The lane of a dtype here, how it is sorted, how its order is found. */
type SmallRow = readonly [lane: AnyLane, sort: SmallSort<never>, order: SmallOrder<never> | null];

const rows: Readonly<Partial<Record<PlainDType, SmallRow>>> = {
  float64: [Float64Array, doubles, doubleOrder],
  float32: [Float32Array, singles, singleOrder],
  int64: [Int32Array, halves, halfOrder],
  int32: [Int32Array, ints, intOrder],
  int16: [Int16Array, shorts, null],
  uint32: [Uint32Array, words, null],
  uint8: [Uint8Array, bytes, byteOrder],
  bool: [Uint8Array, bytes, byteOrder],
};

function rowOf({ dtype, offset, strides }: TypedPlace): SmallRow | null {
  const row = rows[dtype.type as PlainDType];
  if (row === undefined) return null;
  const width = row[0].BYTES_PER_ELEMENT;
  return offset % width === 0 && strides[0]! % width === 0 ? row : null;
}

/** Sorts a few elements into a dense line that lies elsewhere; false when they have to be sorted another way. */
export function sortFew(n: number, from: TypedPlace, to: TypedPlace): boolean {
  const row = rowOf(from);
  if (row === null) return false;
  const [lane, sort] = row;
  const width = lane.BYTES_PER_ELEMENT;
  const source = from.storage.lane(lane as never) as never;
  const line = to.storage.lane(lane as never) as never;
  sort(source, from.offset / width, from.strides[0]! / width, line, to.offset / width, n);
  return true;
}

/** Writes the numbers of a few elements, sorted, to a dense line of 4 bytes each; or gives false. */
export function orderFew(n: number, from: TypedPlace, to: TypedPlace): boolean {
  const row = rowOf(from);
  const order = row?.[2] ?? null;
  if (row === null || order === null) return false;
  const width = row[0].BYTES_PER_ELEMENT;
  const source = from.storage.lane(row[0] as never) as never;
  const by = from.strides[0]! / width;
  order(source, from.offset / width, by, to.storage.lane(Int32Array), to.offset / 4, n);
  return true;
}
