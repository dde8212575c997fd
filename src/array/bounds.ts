/**
 * What is checked before an array of given strides exists.
 */

import { ShapeError, textOf, ValueError } from "../errors.ts";
import { byteRange, type Layout, shapeText } from "../layout/layout.ts";
import { selfOverlap } from "../layout/overlap.ts";

/** Throws unless every element lies between byte `start` and byte `end` of the buffer. */
export function requireWithin(
  layout: Layout,
  itemsize: number,
  start: number,
  end: number,
  whose: string,
  caller: string,
): void {
  const [low, high] = byteRange(layout, itemsize);
  if (low >= start && high <= end) return;
  throw new ValueError(
    `${caller}: shape ${shapeText(layout.shape)} with byte strides ${shapeText(layout.strides)} needs bytes ${low - start} to ${high - start} of the ${whose}, which has ${end - start}`,
  );
}

/** Numbers in bytes, from numbers in a unit of so many bytes. */
export function scaled(
  values: ArrayLike<number | bigint>,
  unit: number,
  name: string,
  caller: string,
): number[] {
  if (typeof values !== "object" || values === null) {
    throw new ValueError(`${caller}: ${textOf(values)} is no list of ${name}s`);
  }
  const list: number[] = [];
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    const count = typeof value === "number" || typeof value === "bigint" ? Number(value) : Number.NaN;
    const bytes = count * unit;
    if (!Number.isInteger(count) || !Number.isSafeInteger(bytes))
      throw new ValueError(`${caller}: ${name} ${textOf(value)} is not an integer, or too large to be exact`);
    list.push(bytes + 0);
  }
  return list;
}

/** Throws unless there is a stride for each axis. */
export function requireStrides(shape: readonly number[], strides: readonly number[], caller: string): void {
  if (shape.length === strides.length) return;
  throw new ShapeError(
    `${caller}: shape ${shapeText(shape)} has ${shape.length} axes, strides ${shapeText(strides)} are ${strides.length}`,
  );
}

/** Candidates that the overlap test may try; what it cannot settle counts as overlapping. */
const WORK = 10_000;

/** Whether an array may be written: if asked for, or nothing said, and no element overlaps another. */
export function mayWrite(
  layout: Layout,
  itemsize: number,
  asked: boolean | undefined,
  caller: string,
): boolean {
  if (asked === false) return false;
  if (selfOverlap(layout, itemsize, WORK) === "no") return true;
  if (asked !== true) return false;
  throw new ValueError(
    `${caller}: shape ${shapeText(layout.shape)} with byte strides ${shapeText(layout.strides)} has elements that overlap, so that it can only be read; leave writeable: true out`,
  );
}
