/** The way along an axis in memory: hops from element (0, 0, …) on, from each index that is drawn to the next. */

import { colourOf } from "./draw-grid.ts";
import { dot, element, head, short } from "./draw-markup.ts";
import { placeOnLine, type StripLine } from "./draw-slots.ts";
import type { PictureArray } from "./picture.ts";

/** Where tracks are drawn. */
interface TrackPlan {
  readonly left: number;
  readonly height: number;
  readonly axes: readonly number[];
}

/** The part of a track that is on one line; `markup` takes how far above it the elements are. */
export interface TrackPart {
  readonly axis: number;
  readonly markup: (up: number) => string;
}

/** The axes that have a track, the shortest steps first: the last four at most. */
export function trackedAxes({ axes, cells }: PictureArray): number[] {
  if (cells.length === 0) return [];
  const moving = axes.flatMap(({ path }, axis) => (path === "none" ? [] : [axis]));
  const bySteps = moving.sort((a, b) => Math.abs(axes[a]!.stride) - Math.abs(axes[b]!.stride) || b - a);
  return bySteps.slice(0, 4);
}

/** The tracks of an array that have a part on this line. */
export function trackMarkup(array: PictureArray, line: StripLine, plan: TrackPlan): TrackPart[] {
  return plan.axes.flatMap((axis): TrackPart[] => {
    const stops = stopsOf(array, axis);
    const { path } = array.axes[axis]!;
    const xs = stops.map((at) => (at === null ? null : centreOn(array, line, at, plan.left)));
    if (xs.every((x) => typeof x !== "number")) return [];
    const colour = colourOf(axis);
    const hops = path === "repeat" ? [loop(xs[0] as number, colour)] : hopsOf(xs, stops, line, plan, colour);
    const guides = (up: number) =>
      up === 0 ? "" : xs.map((x) => (typeof x === "number" ? guide(x, up) : "")).join("");
    return [{ axis, markup: (up) => guides(up) + hops.join("") }];
  });
}

/** The bytes that are visited along an axis; null where some are not drawn. */
export function stopsOf({ axes, offset }: PictureArray, axis: number): (number | null)[] {
  const { shown, stride, path } = axes[axis]!;
  if (path === "repeat") return [offset];
  return shown.map((i) => (i === null ? null : offset + i * stride));
}

/** The middle of the element at an address, `"before"` or `"behind"` when it is not on the line. */
function centreOn(
  { itemsize }: PictureArray,
  line: StripLine,
  address: number,
  left: number,
): number | "before" | "behind" {
  const middle = address + itemsize / 2;
  if (middle < line.from) return "before";
  if (middle > line.to || (middle === line.to && itemsize > 0)) return "behind";
  return left + (placeOnLine(line, address) + placeOnLine(line, address + itemsize)) / 2;
}

type Stop = number | "before" | "behind" | null;

function hopsOf(
  xs: readonly Stop[],
  stops: readonly (number | null)[],
  line: StripLine,
  { left, height }: TrackPlan,
  colour: string,
): string[] {
  const edges = { before: left - 6, behind: left + line.width + 8 };
  const deep = height - 10;
  const parts: string[] = [];
  for (let k = 0; k + 1 < xs.length; k++) {
    const [from, to] = [xs[k]!, xs[k + 1]!];
    if (from === null || to === null || stops[k] === null) continue;
    if (typeof from === "number" && typeof to === "number") parts.push(arc(from, to, deep, colour));
    else if (typeof from === "number") parts.push(leaving(from, edges[to as "before"], deep, colour));
    else if (typeof to === "number") parts.push(coming(edges[from as "before"], to, deep, colour));
  }
  const first = xs[0];
  if (typeof first === "number") parts.push(dot(first, 0, colour));
  return parts;
}

function guide(x: number, up: number): string {
  return element("line", { class: "nd-guide", x1: x, y1: -up, x2: x, y2: 0 });
}

function stroke(d: string, colour: string): string {
  return element("path", { class: `nd-path nd-x${colour}`, d });
}

/** A hop from one element to another on the line. */
function arc(from: number, to: number, deep: number, colour: string): string {
  const middle = (from + to) / 2;
  const depth = Math.min(deep * 2, Math.abs(to - from) * 0.9 + 6);
  const curve = `M${short(from)} 0Q${short(middle)} ${short(depth)} ${short(to)} 0`;
  return stroke(curve, colour) + head(to, -1, to - middle, -depth * 1.4, `nd-d${colour}`);
}

/** A hop to another line: it leaves at the end of this one. */
function leaving(from: number, edge: number, deep: number, colour: string): string {
  const turn = from + Math.sign(edge - from) * Math.min(18, Math.abs(edge - from) / 2);
  const curve = `M${short(from)} 0Q${short(from)} ${short(deep)} ${short(turn)} ${short(deep)}H${short(edge)}`;
  return (
    stroke(curve, colour) + head(edge + Math.sign(edge - from) * 5, deep, edge - from, 0, `nd-d${colour}`)
  );
}

/** A hop from another line: it comes in from the end of this one. */
function coming(edge: number, to: number, deep: number, colour: string): string {
  const turn = to - Math.sign(to - edge) * Math.min(18, Math.abs(to - edge) / 2);
  const curve = `M${short(edge)} ${short(deep)}H${short(turn)}Q${short(to)} ${short(deep)} ${short(to)} 4`;
  return stroke(curve, colour) + head(to, -1, 0, -1, `nd-d${colour}`);
}

/** A step that leads nowhere. */
function loop(x: number, colour: string): string {
  const curve = `M${short(x - 7)} 1C${short(x - 16)} 20 ${short(x + 16)} 20 ${short(x + 8)} 5`;
  return stroke(curve, colour) + head(x + 6, -1, -3, -7, `nd-d${colour}`);
}
