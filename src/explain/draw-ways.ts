/** The way along an axis in memory: hops from element (0, 0, …) on, from each index that is drawn to the next. */

import { placeOnLine, type StripLine } from "./draw-slots.ts";
import type { PictureArray } from "./picture-model.ts";

/** A place on a line, counted from its start; or where it is when it is not on the line. */
export type Stop = number | "before" | "behind";

/** The part of a way that is on one line. */
export interface Way {
  /** Element (0, 0, …); null when it is not on the line. */
  readonly first: number | null;
  readonly hops: readonly (readonly [from: Stop, to: Stop])[];
  /** Whether every step leads back to where it came from. */
  readonly repeats: boolean;
}

/** The axes whose ways are drawn, the shortest steps first: four at most. */
export function wayAxes({ axes, cells }: PictureArray): number[] {
  if (cells.length === 0) return [];
  const moving = axes.flatMap(({ path }, axis) => (path === "none" ? [] : [axis]));
  const bySteps = moving.sort((a, b) => Math.abs(axes[a]!.stride) - Math.abs(axes[b]!.stride) || b - a);
  return bySteps.slice(0, 4);
}

/** The way along an axis on a line; null when it does not come by. */
export function wayOn(array: PictureArray, axis: number, line: StripLine): Way | null {
  const { shown, stride, path } = array.axes[axis]!;
  const stopAt = (index: number) => middleOn(array, line, array.offset + index * stride);
  const start = stopAt(0);
  const first = typeof start === "number" ? start : null;
  if (path === "repeat") return first === null ? null : { first, hops: [], repeats: true };
  const hops: [Stop, Stop][] = [];
  for (let k = 1; k < shown.length; k++) {
    const [from, to] = [shown[k - 1]!, shown[k]!];
    if (from === null || to === null) continue;
    const hop: [Stop, Stop] = [stopAt(from), stopAt(to)];
    if (hop.some((stop) => typeof stop === "number")) hops.push(hop);
  }
  return first === null && hops.length === 0 ? null : { first, hops, repeats: false };
}

/** The middle of the element at an address. */
function middleOn({ itemsize }: PictureArray, line: StripLine, address: number): Stop {
  const middle = address + itemsize / 2;
  if (middle < line.from) return "before";
  if (middle > line.to || (middle === line.to && itemsize > 0)) return "behind";
  return (placeOnLine(line, address) + placeOnLine(line, address + itemsize)) / 2;
}
