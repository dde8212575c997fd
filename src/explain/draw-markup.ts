/** Parts of an SVG as text. */

import { escaped } from "./draw-lettering.ts";

/** A part of a picture that is drawn from its own corner on. */
export interface Piece {
  readonly width: number;
  readonly height: number;
  readonly markup: string;
}

type Attributes = Readonly<Record<string, string | number>>;

/** An element with its attributes and what is in it, which is markup. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const parts = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(value)}"`);
  return content === "" ? `<${name}${parts.join("")}/>` : `<${name}${parts.join("")}>${content}</${name}>`;
}

function attributeText(value: string | number): string {
  return typeof value === "number" ? short(value) : escaped(value);
}

/** A coordinate in tenths of a pixel. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A line of letters; nothing when there are none. */
export function letters(x: number, y: number, classes: string, text: string): string {
  return text === "" ? "" : element("text", { class: classes, x, y }, escaped(text));
}

/** What a reader is told who points at a part. */
export function titled(text: string): string {
  return `<title>${escaped(text)}</title>`;
}

export function box(x: number, y: number, width: number, height: number, classes: string): string {
  return element("rect", { class: classes, x, y, width, height, rx: 3 });
}

/** A piece at a place. */
export function placed(x: number, y: number, markup: string): string {
  return element("g", { transform: `translate(${short(x)} ${short(y)})` }, markup);
}

/** The head of an arrow that ends at a point, having come in a direction. */
export function head(x: number, y: number, dx: number, dy: number, classes: string): string {
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const [bx, by] = [x - ux * 8, y - uy * 8];
  const corners = [
    [x, y],
    [bx - uy * 3.6, by + ux * 3.6],
    [bx + uy * 3.6, by - ux * 3.6],
  ];
  const points = corners.map(([px, py]) => `${short(px!)},${short(py!)}`).join(" ");
  return element("polygon", { class: classes, points });
}

/** A straight arrow with a dot at its start, in the colour of an axis. */
export function arrow(from: readonly [number, number], to: readonly [number, number], axis: string): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const end = [to[0] - (dx / length) * 5, to[1] - (dy / length) * 5] as const;
  const line = { class: `nd-path nd-x${axis}`, x1: from[0], y1: from[1], x2: end[0], y2: end[1] };
  return element("line", line) + dot(from[0], from[1], axis) + head(to[0], to[1], dx, dy, `nd-d${axis}`);
}

export function dot(x: number, y: number, axis: string): string {
  return element("circle", { class: `nd-d${axis}`, cx: x, cy: y, r: 2.6 });
}
