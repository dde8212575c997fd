/**
 * Moving a few elements: line by line in C order, whatever the strides. What is quick for many elements, to order and
 * merge the axes, would take longer here than the elements themselves.
 */

import { type Grid, laneWidth, type MoveLoop, moveLoopsFor } from "./moveloops.ts";
import type { Place } from "./storage.ts";

/** Below this many elements it takes longer to order the axes than to move the elements. */
const SMALL = 512;

/** Whether elements are so few; wide ones are better moved whole. */
export function isSmall(shape: readonly number[], itemsize: number): boolean {
  if (itemsize > 16) return false;
  let size = 1;
  for (let k = 0; k < shape.length; k++) size *= shape[k]!;
  return size <= SMALL;
}

/** One for all: nothing is called back while it is in use. */
const grid: Grid = { n0: 1, n1: 1, s0: 0, s1: 0, d0: 0, d1: 0 };

/** What stays the same from one line to the next. */
interface SmallMove {
  readonly shape: readonly number[];
  readonly src: Place;
  readonly dst: Place;
  readonly source: never;
  readonly target: never;
  readonly loop: MoveLoop;
  readonly width: number;
  readonly lanes: number;
}

/** Copies few elements; there must be at least one. */
export function moveSmall(shape: readonly number[], src: Place, dst: Place, itemsize: number): void {
  const width = laneWidth(itemsize, src, dst);
  const { lane, lines } = moveLoopsFor(width, src.storage, dst.storage);
  const last = shape.length - 1;
  grid.n1 = last < 0 ? 1 : shape[last]!;
  grid.s1 = last < 0 ? 0 : src.strides[last]! / width;
  grid.d1 = last < 0 ? 0 : dst.strides[last]! / width;
  grid.n0 = last < 1 ? 1 : shape[last - 1]!;
  grid.s0 = last < 1 ? 0 : src.strides[last - 1]! / width;
  grid.d0 = last < 1 ? 0 : dst.strides[last - 1]! / width;
  const source = src.storage.lane(lane) as never;
  const target = dst.storage.lane(lane) as never;
  const move = { shape, src, dst, source, target, loop: lines, width, lanes: itemsize / width };
  walk(move, 0, src.offset, dst.offset);
}

function walk(move: SmallMove, axis: number, from: number, to: number): void {
  const { shape, width } = move;
  if (axis >= shape.length - 2) {
    for (let k = 0; k < move.lanes; k++)
      move.loop(move.source, from / width + k, move.target, to / width + k, grid);
    return;
  }
  const s = move.src.strides[axis]!;
  const d = move.dst.strides[axis]!;
  for (let i = 0; i < shape[axis]!; i++) walk(move, axis + 1, from + i * s, to + i * d);
}
