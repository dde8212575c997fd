/** The ways along axes as curves below the elements of a line. */

import { colourOf } from "./draw-grid.ts";
import { dot, element, head, short } from "./draw-markup.ts";
import type { StripLine } from "./draw-slots.ts";
import { type Stop, type Way, wayAxes, wayOn } from "./draw-ways.ts";
import type { PictureArray } from "./picture-model.ts";

/** The part of a track that is on one line; `markup` takes how far above it the elements are. */
export interface TrackPart {
  readonly axis: number;
  readonly markup: (up: number) => string;
}

/** The tracks of an array that have a part on this line, which begins at `left`. */
export function tracksOn(array: PictureArray, line: StripLine, left: number, height: number): TrackPart[] {
  return wayAxes(array).flatMap((axis): TrackPart[] => {
    const way = wayOn(array, axis, line);
    return way === null ? [] : [{ axis, markup: trackMarkup(way, axis, { left, deep: height - 10, line }) }];
  });
}

interface TrackPlan {
  readonly left: number;
  /** How far curves hang down. */
  readonly deep: number;
  readonly line: StripLine;
}

function trackMarkup({ first, hops, repeats }: Way, axis: number, { left, deep, line }: TrackPlan) {
  const colour = colourOf(axis);
  const edges = { before: left - 6, behind: left + line.width + 8 };
  const xOf = (stop: Stop) => (typeof stop === "number" ? left + stop : edges[stop]);
  const curves = hops.map(([from, to]) => {
    const ends: [number, number] = [xOf(from), xOf(to)];
    if (typeof from !== "number") return coming(...ends, deep, colour);
    return typeof to === "number" ? arc(...ends, deep, colour) : leaving(...ends, deep, colour);
  });
  if (first !== null) curves.push(repeats ? loop(left + first, colour) : dot(left + first, 0, colour));
  const stops = new Set([first, ...hops.flat()].filter((stop) => typeof stop === "number"));
  return (up: number) => {
    const guides = up === 0 ? [] : [...stops].map((stop) => guide(left + stop, up));
    return guides.join("") + curves.join("");
  };
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
