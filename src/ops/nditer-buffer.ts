/**
 * Parts of a walk in buffers: the elements of so many places side by side, cast to the dtype in which they are given, and
 * back again when they were written.
 */

import { castElements, type TypedPlace } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { cStrides } from "../layout/layout.ts";
import type { Walk, WalkedOperand } from "./nditer-walk.ts";

/** Places of a walk that are a grid: where it starts along each axis, its lengths, and how many places come before it. */
interface Box {
  readonly start: readonly number[];
  readonly lengths: readonly number[];
  readonly before: number;
}

/** The places from one on, as grids. */
function boxes(shape: readonly number[], first: number, count: number): Box[] {
  const inner = cStrides(shape, 1);
  const list: Box[] = [];
  let before = 0;
  while (before < count) {
    let rest = first + before;
    const start = shape.map((_, axis) => {
      const place = Math.floor(rest / inner[axis]!);
      rest -= place * inner[axis]!;
      return place;
    });
    const left = count - before;
    // The outermost axis along which whole steps can be made.
    let axis = shape.findIndex(
      (_, k) => inner[k]! <= left && start.slice(k + 1).every((place) => place === 0),
    );
    if (axis < 0) axis = shape.length;
    const along =
      axis < shape.length ? Math.min(Math.floor(left / inner[axis]!), shape[axis]! - start[axis]!) : 1;
    const lengths = shape.map((length, k) => (k < axis ? 1 : k === axis ? along : length));
    list.push({ start, lengths, before });
    before += axis < shape.length ? along * inner[axis]! : 1;
  }
  return list;
}

/** The elements of one operand at some places. */
export interface Chunk {
  readonly values: NDArray;
  /** Bytes from one element to the next. */
  readonly step: number;
  /** Brings what was written to where it belongs. */
  flush(): void;
}

/** Where the first place of an operand is. */
export type Bases = readonly number[];

/** The elements of an operand at `count` places from `first` on, as one line: a view where they lie in one, else a buffer. */
export function chunkOf(walk: Walk, k: number, bases: Bases, first: number, count: number): Chunk {
  const operand = walk.operands[k]!;
  // Where all steps write one element, there is one in the buffer.
  const still = operand.reduces && (operand.strides.at(-1) ?? 0) === 0;
  const parts = boxes(walk.shape, first, still ? 1 : count);
  const line = lineOf(operand, parts, bases[k]!, count, still);
  if (line !== null) return line;
  const values = emptyArray([still ? 1 : count], operand.dtype, "C", "nditer");
  const { itemsize } = operand.dtype;
  const each = (run: (shape: readonly number[], there: TypedPlace, here: TypedPlace) => void) => {
    for (const { start, lengths, before } of parts) {
      const there = {
        ...placeOf(operand.array),
        strides: operand.strides,
        offset: offsetAt(operand, bases[k]!, start),
      };
      const offset = values.layout.offset + before * itemsize;
      run(lengths, there, { ...placeOf(values), strides: cStrides(lengths, itemsize), offset });
    }
  };
  if (operand.reads) each((shape, there, here) => castElements(shape, there, here));
  const flush = () => {
    if (operand.writes) each((shape, there, here) => castElements(shape, here, there));
  };
  if (!operand.writes) values.bits &= ~WRITEABLE;
  if (!still) return { values, step: itemsize, flush };
  return { values: values.viewAs({ ...values.layout, shape: [count], strides: [0] }), step: 0, flush };
}

function offsetAt(operand: WalkedOperand, base: number, place: readonly number[]): number {
  return place.reduce((offset, at, axis) => offset + at * operand.strides[axis]!, base + operand.lead);
}

/** The places as a view, where each is as far from the next. */
function lineOf(
  operand: WalkedOperand,
  parts: readonly Box[],
  base: number,
  count: number,
  still: boolean,
): Chunk | null {
  const [only] = parts;
  if (parts.length !== 1 || only === undefined || !operand.array.dtype.equals(operand.dtype)) return null;
  const long = only.lengths.flatMap((length, axis) => (length > 1 ? [axis] : []));
  const step = still ? 0 : long.length === 0 ? operand.dtype.itemsize : operand.strides[long.at(-1)!]!;
  if (long.length > 1) {
    for (let j = long.length - 1; j > 0; j--) {
      const [outer, inner] = [long[j - 1]!, long[j]!];
      if (operand.strides[outer] !== only.lengths[inner]! * operand.strides[inner]!) return null;
    }
  }
  if (operand.contig && step !== operand.dtype.itemsize) return null;
  const layout = { shape: [count], strides: [step], offset: offsetAt(operand, base, only.start) };
  const values = operand.array.viewAs(layout);
  if (!operand.writes) values.bits &= ~WRITEABLE;
  return { values, step, flush: () => undefined };
}
