/** The picture as an SVG: arrays side by side, below them their memory, below that what the signs mean. */

import { shadeNumber, styleSheet } from "./draw-colours.ts";
import { pictureDescription, pictureTitle, sharingText, stripText } from "./draw-facts.ts";
import { gridPiece } from "./draw-grid.ts";
import { columnsOf, escaped, linesOf } from "./draw-lettering.ts";
import { element, letters, type Piece, placed, short, titled } from "./draw-markup.ts";
import { stripPiece } from "./draw-strip.ts";
import type { MemoryPicture } from "./picture-model.ts";
import type { Settings } from "./picture-options.ts";

/** Room around everything. */
export const MARGIN = 16;
const BETWEEN = 36;

/** The picture as the text of an SVG element. */
export function svgOf(picture: MemoryPicture, settings: Settings): string {
  const inner = settings.width - 2 * MARGIN;
  const id = settings.id === "" ? `nd-${hashOf(factsOf(picture, settings))}` : settings.id;
  const pieces = [
    ...(picture.title === "" ? [] : [titlePiece(linesOf(picture.title, Math.floor(inner / 10.4)))]),
    rowsOf(
      picture.arrays.map((_, k) => gridPiece(picture, k, settings, inner)),
      inner,
    ),
    ...picture.strips.map((_, k) => memoryPiece(picture, k, settings, `${id}-gap`, inner)),
    legend(picture, settings, inner),
  ].filter(({ height }) => height > 0);
  let y = MARGIN;
  const body = pieces.map((piece) => {
    const markup = placed(MARGIN, y, piece.markup);
    y += piece.height + 18;
    return markup;
  });
  const width = Math.ceil(Math.max(...pieces.map((piece) => piece.width)) + 2 * MARGIN);
  const height = Math.ceil(y - 18 + MARGIN);
  return frame(picture, settings, id, [width, height], body.join(""));
}

function frame(
  picture: MemoryPicture,
  { theme }: Settings,
  id: string,
  [width, height]: readonly [number, number],
  body: string,
): string {
  const shades = new Set(picture.arrays.flatMap(({ cells }) => cells.map(({ shade }) => shadeNumber(shade))));
  const title = pictureTitle(picture);
  const lines = element("path", { d: "M-2 10L10 -2M2 14L14 2M-6 6L6 -6", class: "nd-hatch" });
  const pattern = { id: `${id}-gap`, width: 8, height: 8, patternUnits: "userSpaceOnUse" };
  const content = [
    titled(title),
    element("desc", {}, escaped(pictureDescription(picture))),
    `<style>${styleSheet(
      id,
      theme,
      [...shades].sort((a, b) => a - b),
    )}</style>`,
    element("defs", {}, element("pattern", pattern, lines)),
    element("rect", { class: "nd-paper", width, height, rx: 6 }),
    body,
  ];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    id,
    class: "nd-picture",
    role: "img",
    "aria-label": title,
    viewBox: `0 0 ${short(width)} ${short(height)}`,
    width,
    height,
  };
  return element("svg", attributes, content.join(""));
}

/** All that makes pictures differ, but not where their memory happens to lie. */
function factsOf({ title, arrays, strips }: MemoryPicture, settings: Settings): string {
  const drawn = [arrays.map((array) => ({ ...array, byteOffset: 0 })), strips.map(({ runs }) => runs)];
  return JSON.stringify([settings, title, drawn]);
}

/** Some letters that differ from those of other pictures. */
function hashOf(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1000193];
  for (let k = 0; k < text.length; k++) {
    a = Math.imul(a ^ text.charCodeAt(k), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(k), 0x85ebca6b);
  }
  return ((a >>> 0).toString(36) + (b >>> 0).toString(36)).slice(0, 10);
}

function titlePiece(lines: readonly string[]): Piece {
  const markup = lines.map((line, k) => letters(0, 15 + 21 * k, "nd-title", line)).join("");
  return { width: Math.max(...lines.map(columnsOf)) * 10.4, height: 21 * lines.length, markup };
}

/** Pieces beside each other in rows. */
function rowsOf(pieces: readonly Piece[], width: number): Piece {
  let [x, y, high, wide] = [0, 0, 0, 0];
  const parts = pieces.map((piece) => {
    if (x > 0 && x + piece.width > width) [x, y, high] = [0, y + high + 18, 0];
    const markup = placed(x, y, piece.markup);
    wide = Math.max(wide, x + piece.width);
    x += piece.width + BETWEEN;
    high = Math.max(high, piece.height);
    return markup;
  });
  return { width: wide, height: y + high, markup: parts.join("") };
}

function memoryPiece(
  picture: MemoryPicture,
  number: number,
  settings: Settings,
  hatch: string,
  width: number,
): Piece {
  const strip = picture.strips[number]!;
  const { values, walk, bytes } = settings;
  const drawn = stripPiece(picture, number, { values, walk, bytes, width, hatch });
  const sharing = sharingText(strip, picture.arrays);
  const said = sharing === "" ? [] : linesOf(sharing, Math.floor(width / 6.6));
  const markup = [
    letters(0, 12, "nd-f", stripText(strip)),
    ...said.map((line, k) => letters(0, 28 + k * 16, "", line)),
    placed(0, 22 + said.length * 16, drawn.markup),
  ];
  const texts = [stripText(strip), ...said].map((text) => columnsOf(text) * 6.6);
  return {
    width: Math.max(drawn.width, ...texts),
    height: 22 + said.length * 16 + drawn.height,
    markup: markup.join(""),
  };
}

/** What the signs in the picture mean, those that are in it. */
function legend({ arrays, strips }: MemoryPicture, { walk, values }: Settings, width: number): Piece {
  const kinds = new Set(strips.flatMap(({ runs }) => runs.map(({ kind }) => kind)));
  const has = (path: string) => arrays.some(({ axes }) => axes.some((axis) => axis.path === path));
  const texts = [
    walk ? "#: order of the walk" : "@: address in bytes",
    values ? "" : "numbers in cells: index",
    kinds.has("gap") ? "hatched: bytes that no element here has" : "",
    kinds.has("more") ? "…: elements that are not drawn" : "",
    has("repeat") ? "dashed cell: the same bytes as the cell before" : "",
    strips.some(({ runs }) => runs.some((run) => run.kind === "element" && run.arrays.length > 1))
      ? "dashed bytes: of several arrays"
      : "",
  ].filter((text) => text !== "");
  const lines: string[] = [];
  for (const text of texts) {
    const line = lines.at(-1);
    const longer = line === undefined ? text : `${line}  ·  ${text}`;
    if (line !== undefined && columnsOf(longer) * 5.2 <= width) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return {
    width: Math.max(...lines.map(columnsOf)) * 5.2,
    height: 14 * lines.length,
    markup: lines.map((line, k) => letters(0, 10 + 14 * k, "nd-a", line)).join(""),
  };
}
