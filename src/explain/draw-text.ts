/** The picture as text: box drawing, or plain ASCII. */

import { Canvas } from "./draw-canvas.ts";
import { shadeColours, shadeNumber } from "./draw-colours.ts";
import {
  axisText,
  headingLines,
  indexText,
  nameText,
  sharingText,
  stripText,
  valueText,
} from "./draw-facts.ts";
import { columnsOf, drawable, linesOf } from "./draw-lettering.ts";
import { stripCanvas } from "./draw-text-strip.ts";
import type { MemoryPicture, PictureArray, PictureCell } from "./picture-model.ts";
import type { Settings } from "./picture-options.ts";

/** The signs that plain ASCII has none of, and what stands for them. */
const ASCII: Readonly<Record<string, string>> = {
  "…": "~",
  "⋮": ":",
  "×": "x",
  "−": "-",
  "–": "-",
  "→": "->",
  "↓": "down",
  "●": "o",
  "↺": "@",
  "►": ">",
  "◄": "<",
  "─": "-",
  "░": ".",
  "\u202f": "",
};

/** The picture in lines of text. */
export function textOf(picture: MemoryPicture, settings: Settings): string {
  const { columns, ansi, ascii } = settings;
  const lines: string[] = [];
  if (picture.title !== "") lines.push(...linesOf(drawable(picture.title), columns), "");
  lines.push(gridsText(picture, settings), "");
  for (const [k, strip] of picture.strips.entries()) {
    const sharing = sharingText(strip, picture.arrays);
    lines.push(stripText(strip), ...(sharing === "" ? [] : linesOf(sharing, columns)));
    lines.push(stripCanvas(picture, k, settings).toText(ansi), "");
  }
  const text = lines.join("\n").trimEnd();
  return ascii ? text.replace(/[…⋮×−–→↓●↺►◄─░\u202f]/g, (sign) => ASCII[sign]!) : text;
}

/** The arrays beside each other while they fit. */
function gridsText(picture: MemoryPicture, settings: Settings): string {
  const page = new Canvas(settings.ascii);
  let [x, y, high] = [0, 0, 0];
  for (const array of picture.arrays) {
    const grid = arrayCanvas(array, settings);
    if (x > 0 && x + grid.width > settings.columns) [x, y, high] = [0, y + high + 1, 0];
    page.place(x, y, grid);
    x += grid.width + 4;
    high = Math.max(high, grid.height);
  }
  return page.toText(settings.ansi);
}

/** The columns that the elements of an array take. */
export function gridColumns(array: PictureArray, settings: Settings): number {
  return gridCanvas(array, settings).width;
}

/** What stands in a cell of the text. */
function cellText(cell: PictureCell, { values, walk }: Settings): string {
  if (walk && !values) return `#${cell.rank}`;
  return values ? valueText(cell.text) : indexText(cell);
}

function arrayCanvas(array: PictureArray, settings: Settings): Canvas {
  const page = new Canvas(settings.ascii);
  const name = nameText(array);
  const heads = headingLines(array).flatMap((line) => linesOf(line, Math.min(60, settings.columns)));
  const axes = array.axes.flatMap(({ path }, axis) => {
    if (path === "none") return [];
    const arrow = array.axes[axis]!.across ? "→" : "↓";
    return [`${axisText(array.axes[axis]!, axis)} ${arrow}`];
  });
  const steps =
    axes.length === 0 ? [] : linesOf(axes.slice(0, 6).join("   "), Math.min(60, settings.columns));
  const lines = [...(name === "" ? [] : [name]), ...heads, ...steps];
  lines.forEach((line, k) => {
    page.write(0, k, line);
  });
  page.place(0, lines.length, gridCanvas(array, settings));
  return page;
}

function gridCanvas(array: PictureArray, settings: Settings): Canvas {
  if (array.cells.length === 0) {
    const page = new Canvas(settings.ascii);
    page.box(0, 0, 14, 2);
    page.write(2, 1, "no elements");
    return page;
  }
  const width = Math.max(1, ...array.cells.map((cell) => columnsOf(cellText(cell, settings))));
  let next = 0;
  const take = () => array.cells[next++]!;
  const part = (axis: number, index: readonly number[]): Canvas => {
    const ndim = array.axes.length;
    if (axis >= ndim - 2) return tableCanvas(array, axis, take, { width, settings, index });
    const parts = array.axes[axis]!.shown.map((i) => (i === null ? null : part(axis + 1, [...index, i])));
    return joined(parts, array.axes[axis]!.across, settings.ascii);
  };
  return part(0, []);
}

/** Grids beside or below each other, with dots where some are left out. */
function joined(parts: readonly (Canvas | null)[], across: boolean, ascii: boolean): Canvas {
  const page = new Canvas(ascii);
  let at = 0;
  for (const part of parts) {
    if (part === null) {
      if (across) page.write(at, 2, "…");
      else page.write(2, at, "⋮");
      at += across ? 3 : 1;
      continue;
    }
    if (across) page.place(at, 0, part);
    else page.place(0, at, part);
    at += across ? part.width + 2 : part.height;
  }
  return page;
}

interface Table {
  readonly width: number;
  readonly settings: Settings;
  readonly index: readonly number[];
}

/** The grid of the last two axes, or fewer. */
function tableCanvas(
  array: PictureArray,
  axis: number,
  take: () => PictureCell,
  { width, settings, index }: Table,
): Canvas {
  const page = new Canvas(settings.ascii);
  const down = array.axes.length >= 2 ? array.axes[axis]!.shown : [0];
  const across = array.axes.at(-1)?.shown ?? [0];
  const top = index.length > 0 ? 1 : 0;
  if (top > 0) page.write(0, 0, `[${index.slice(-6).join(", ")}, :, :]`);
  down.forEach((row, r) => {
    let x = 0;
    for (const column of across) {
      const wide = column === null ? 1 : width;
      const y = top + 2 * r;
      page.box(x, y, x + wide + 3, y + 2);
      if (row === null || column === null) {
        page.write(x + 2 + Math.floor(wide / 2), y + 1, row === null && column !== null ? "⋮" : "…");
      } else {
        const cell = take();
        const text = cellText(cell, settings);
        const paint = settings.ansi ? shadeColours(shadeNumber(cell.shade)) : undefined;
        page.write(x + 2 + wide - columnsOf(text), y + 1, text, paint);
        page.fill(x + 1, y + 1, x + wide + 2, y + 1, " ", paint);
      }
      x += wide + 3;
    }
  });
  return page;
}
