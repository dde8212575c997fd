/**
 * Which indices along each axis are drawn, and whether the axis goes across the page or down.
 */

import { sizeOf } from "../layout/layout.ts";

/** How much of an array is drawn. */
export interface Room {
  readonly cells: number;
  /** What is drawn of an array that has more. */
  readonly fewer: number;
  /** The most elements side by side, and one below the other. */
  readonly columns: number;
  readonly rows: number;
  /** Whether all axes but the last go down. */
  readonly stacked: boolean;
}

/** What is drawn of a summarised axis: as many as NumPy prints, or fewer. */
const FEWER = [6, 4, 3, 1];

/** Whether an axis goes across: the last one does, and then, unless they are stacked, every second one outwards. */
export function goesAcross(axis: number, ndim: number, stacked: boolean): boolean {
  return stacked ? axis === ndim - 1 : (ndim - axis) % 2 === 1;
}

/** How many elements along each axis are drawn. */
function shownCounts(shape: readonly number[], room: Room): number[] {
  const shown = shape.slice();
  const ndim = shape.length;
  const all = shown.map((_, axis) => axis);
  const across = all.filter((axis) => goesAcross(axis, ndim, room.stacked));
  const down = all.filter((axis) => !goesAcross(axis, ndim, room.stacked));
  const isLarge = sizeOf(shape) > room.cells;
  if (isLarge) for (const axis of all) shown[axis] = Math.min(shown[axis]!, FEWER[0]!);
  cut(shown, across, room.columns);
  cut(shown, down, room.rows);
  if (isLarge) cut(shown, all, room.fewer);
  return shown;
}

/** Draws less of the axes of which most is drawn, the outermost first, until no more than `most` elements are left. */
function cut(shown: number[], axes: readonly number[], most: number): void {
  const left = () => axes.reduce((product, axis) => product * shown[axis]!, 1);
  while (left() > most) {
    let longest = axes[0]!;
    for (const axis of axes) if (shown[axis]! > shown[longest]!) longest = axis;
    const fewer = FEWER.find((count) => count < shown[longest]!);
    if (fewer === undefined) return;
    shown[longest] = fewer;
  }
}

/** The indices along each axis that are drawn, with null where some are left out. */
export function shownIndices(shape: readonly number[], room: Room): (number | null)[][] {
  return shownCounts(shape, room).map((count, axis) => {
    const length = shape[axis]!;
    if (count === length) return Array.from({ length }, (_, i) => i);
    const head = Math.ceil(count / 2);
    const tail = count - head;
    const ends = Array.from({ length: tail }, (_, i) => length - tail + i);
    return [...Array.from({ length: head }, (_, i) => i), null, ...ends];
  });
}
