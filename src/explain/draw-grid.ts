/**
 * The elements of an array by their indices. The last axis goes across, the one before it down; those before them put such
 * grids beside and below one another.
 */

import { AXIS_COLOURS, shadeNumber } from "./draw-colours.ts";
import { axisText, cellTitle, headingLines, indexText, nameText, valueText } from "./draw-facts.ts";
import { columnsOf, linesOf, shortened } from "./draw-lettering.ts";
import { arrow, box, element, letters, type Piece, titled } from "./draw-markup.ts";
import type { MemoryPicture, PictureArray, PictureCell } from "./picture-model.ts";

const CELL_HEIGHT = 38;
/** The width of a cell with little in it. */
export const LEAST_WIDTH = 42;
/** Room for the arrow of an axis above a grid, and to its left. */
const ABOVE = 26;
const BESIDE = 24;
const BLOCK_LABEL = 16;
const HEADING = 17;
/** The inner axes along which it is marked that elements are left out. */
const MARKED = 6;

/** What is shown in a cell besides its value. */
export interface CellStyle {
  readonly values: boolean;
  readonly walk: boolean;
}

/** What stands in a cell, large and small. */
function cellLetters(cell: PictureCell, { values, walk }: CellStyle): [large: string, small: string] {
  return [values ? valueText(cell.text) : indexText(cell), walk ? `#${cell.rank}` : `@${cell.address}`];
}

/** How wide the cells of an array must be. */
export function cellWidth({ cells }: PictureArray, style: CellStyle): number {
  let width = LEAST_WIDTH;
  for (const cell of cells) {
    const [large, small] = cellLetters(cell, style);
    width = Math.max(width, columnsOf(large) * 7.9 + 12, columnsOf(small) * 6.1 + 10);
  }
  return Math.ceil(width);
}

/** Where the shown indices of an axis begin, and where some are left out. */
interface Track {
  readonly across: boolean;
  readonly starts: readonly number[];
  readonly skip: { readonly at: number; readonly width: number } | null;
  /** How far one index reaches, and all. */
  readonly unit: number;
  readonly extent: number;
}

function trackOf(shown: readonly (number | null)[], across: boolean, unit: number, gap: number): Track {
  const starts: number[] = [];
  let skip: Track["skip"] = null;
  let at = 0;
  shown.forEach((index, k) => {
    if (k > 0) at += gap;
    if (index === null) skip = { at, width: 22 };
    else starts.push(at);
    at += index === null ? 22 : unit;
  });
  return { across, starts, skip, unit, extent: at };
}

/** The tracks of all axes, by axis. */
function tracksOf(array: PictureArray, width: number): Track[] {
  const ndim = array.axes.length;
  const tracks = new Array<Track>(ndim);
  const units = { across: width, down: CELL_HEIGHT };
  const outerDown = array.axes.slice(0, -2).reduce((last, { across }, axis) => (across ? last : axis), -1);
  for (let axis = ndim - 1; axis >= 0; axis--) {
    const { across, shown } = array.axes[axis]!;
    const way = across ? "across" : "down";
    const gap = axis >= ndim - 2 ? 0 : 14;
    // Above each grid of an array with more axes than two stands which one it is.
    const label = axis === outerDown ? BLOCK_LABEL : 0;
    const least = across && axis === ndim - 3 ? columnsOf(blockLabel(array.cells.at(-1))) * 6.1 + 6 : 0;
    // Far out there is no room for what is left out.
    const kept = axis < ndim - MARKED ? shown.filter((index) => index !== null) : shown;
    tracks[axis] = trackOf(kept, across, Math.max(least, units[way] + label), gap);
    units[way] = tracks[axis]!.extent;
  }
  return tracks;
}

/** How wide the elements of an array are, with the arrows beside them. */
export function gridWidth(array: PictureArray, style: CellStyle): number {
  const width = cellWidth(array, style);
  return leftMargin(array, arrowedAxes(array).down) + extentOf(tracksOf(array, width), true, width);
}

/** One array: its name and facts, in no more than `most` pixels, the arrows of its axes, and its elements. */
export function gridPiece(picture: MemoryPicture, number: number, style: CellStyle, most: number): Piece {
  const array = picture.arrays[number]!;
  const width = cellWidth(array, style);
  const tracks = tracksOf(array, width);
  const least = Math.max(294, extentOf(tracks, true, width));
  const heading = headingOf(array, Math.floor(Math.min(least, most) / 6.4));
  const arrows = arrowedAxes(array);
  const labelled = array.cells.length > 0 && array.axes.length > 2;
  const left = leftMargin(array, arrows.down);
  const top = heading.height + ABOVE * arrows.across.length + (labelled ? BLOCK_LABEL : 0) + 8;
  const cells = array.cells.map((cell, k) => {
    const [x, y] = cornerOf(k, tracks);
    return cellMarkup(cell, array, number, style, [left + x, top + y, width]);
  });
  const [wide, high] = [extentOf(tracks, true, width), extentOf(tracks, false, CELL_HEIGHT)];
  const empty = array.cells.length === 0;
  const inside = empty
    ? box(left, top, 96, CELL_HEIGHT, "nd-bare") + letters(left + 48, top + 23, "nd-f nd-c", "no elements")
    : cells.join("") + skips(tracks, left, top, width);
  const axes = empty ? "" : arrowMarkup(array, tracks, arrows, [left, top, labelled ? BLOCK_LABEL : 0]);
  const blocks = labelled ? blockLabels(array, tracks, left, top) : "";
  const labels = arrows.across.map((axis) => columnsOf(axisText(array.axes[axis]!, axis)) * 6.8 + 8);
  if (labelled) labels.push(columnsOf(blockLabel(array.cells.at(-1))) * 6.1 + 6);
  return {
    width: Math.max(heading.width, left + Math.max(empty ? 96 : wide, ...labels)),
    height: top + (empty ? CELL_HEIGHT : high) + 4,
    markup: heading.markup + axes + blocks + inside,
  };
}

function extentOf(tracks: readonly Track[], across: boolean, least: number): number {
  const own = tracks.filter((track) => track.across === across);
  return Math.max(least, ...own.map(({ extent }) => extent));
}

function headingOf(array: PictureArray, columns: number): Piece {
  const name = nameText(array);
  const lines = headingLines(array).flatMap((line) => linesOf(line, columns));
  const start = name === "" ? 0 : HEADING + 2;
  const markup = [
    name === "" ? "" : letters(0, 14, "nd-h", shortened(name, Math.floor((columns * 6.4) / 9.2))),
    ...lines.map((line, k) => letters(0, start + 12 + k * HEADING, k === 0 ? "" : "nd-f", line)),
  ];
  const widths = lines.map((line) => columnsOf(line) * 6.4);
  return {
    width: Math.max(Math.min(columns * 6.4, columnsOf(name) * 9.2), ...widths),
    height: start + lines.length * HEADING,
    markup: markup.join(""),
  };
}

/** The axes that have arrows, the innermost first. */
function arrowedAxes({ axes, cells }: PictureArray): { across: number[]; down: number[] } {
  const found = { across: [] as number[], down: [] as number[] };
  if (cells.length === 0) return found;
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const list = axes[axis]!.across ? found.across : found.down;
    if (axes[axis]!.path !== "none" && list.length < 3) list.push(axis);
  }
  return found;
}

/** The lines in which the arrow of an axis that goes down is labelled. */
function downLabel(array: PictureArray, axis: number): string[] {
  return axisText(array.axes[axis]!, axis).split(": ");
}

function leftMargin(array: PictureArray, down: readonly number[]): number {
  const widths = down.map((axis) => Math.max(...downLabel(array, axis).map(columnsOf)) * 6.6 + BESIDE);
  return Math.ceil(widths.reduce((sum, width) => sum + width, 0));
}

function arrowMarkup(
  array: PictureArray,
  tracks: readonly Track[],
  { across, down }: { across: readonly number[]; down: readonly number[] },
  [left, top, lowered]: readonly [number, number, number],
): string {
  const parts = across.map((axis, k) => {
    const y = top - lowered - 8 - k * ABOVE;
    const line = arrow([left + 3, y], [left + tracks[axis]!.extent - 2, y], colourOf(axis));
    const label = letters(left + 1, y - 7, `nd-t${colourOf(axis)}`, axisText(array.axes[axis]!, axis));
    return line + label;
  });
  let x = left;
  for (const axis of down) {
    x -= 10;
    parts.push(arrow([x, top + 3], [x, top + tracks[axis]!.extent - 2], colourOf(axis)));
    const lines = downLabel(array, axis);
    lines.forEach((text, k) => {
      parts.push(letters(x - 8, top + 14 + 15 * k, `nd-e nd-t${colourOf(axis)}`, text));
    });
    x -= Math.max(...lines.map(columnsOf)) * 6.6 + BESIDE - 10;
  }
  return parts.join("");
}

/** The colour of an axis, as classes name it. */
export function colourOf(axis: number): string {
  return String(axis % AXIS_COLOURS);
}

/** The corner of the cell that is the `k`th drawn. */
function cornerOf(k: number, tracks: readonly Track[]): [x: number, y: number] {
  let [x, y] = [0, 0];
  let rest = k;
  for (let axis = tracks.length - 1; axis >= 0; axis--) {
    const { starts, across } = tracks[axis]!;
    const at = starts[rest % starts.length]!;
    rest = Math.floor(rest / starts.length);
    if (across) x += at;
    else y += at;
  }
  return [x, y];
}

function cellMarkup(
  cell: PictureCell,
  array: PictureArray,
  number: number,
  style: CellStyle,
  [x, y, width]: readonly [number, number, number],
): string {
  const [large, small] = cellLetters(cell, style);
  const again = array.axes.some(({ path }, axis) => path === "repeat" && cell.index[axis] !== 0);
  const content = [
    titled(cellTitle(cell, array)),
    box(x, y, width, CELL_HEIGHT, again ? "nd-box nd-again" : "nd-box"),
    letters(x + width / 2, y + 17, "nd-m nd-v", large),
    letters(x + width / 2, y + 31, "nd-m nd-s", small),
  ];
  const attributes = {
    class: `nd-cell nd-g nd-k${shadeNumber(cell.shade)}`,
    "data-array": number,
    "data-buffer": array.strip,
    "data-index": cell.index.join(","),
    "data-address": String(cell.address),
    "data-bytes": String(cell.bytes),
  };
  return element("g", attributes, content.join(""));
}

/** Dots where elements are left out: along the last axis in each row, along the one before in each column. */
function skips(tracks: readonly Track[], left: number, top: number, width: number): string {
  const last = tracks.at(-1);
  const before = tracks.at(-2);
  const corners = (without: Track) =>
    tracks
      .filter((track) => track !== without)
      .reduce<[number, number][]>(
        (list, { across, starts }) =>
          list.flatMap(([x, y]) =>
            starts.map((at): [number, number] => (across ? [x + at, y] : [x, y + at])),
          ),
        [[left, top]],
      );
  const dots = (track: Track | undefined, sign: string, at: (skip: number) => [number, number]) => {
    if (track === undefined || track.skip === null) return "";
    const [dx, dy] = at(track.skip.at + track.skip.width / 2);
    return corners(track)
      .map(([x, y]) => letters(x + dx, y + dy, "nd-f nd-c", sign))
      .join("");
  };
  const outer = tracks.slice(0, -2).map((track) => {
    if (track.skip === null) return "";
    const middle = track.skip.at + track.skip.width / 2;
    return track.across
      ? letters(left + middle, top + CELL_HEIGHT / 2 + 4, "nd-f nd-c", "…")
      : letters(left + width / 2, top + middle, "nd-f nd-c", "⋮");
  });
  return (
    dots(last, "…", (skip) => [skip, CELL_HEIGHT / 2 + 4]) +
    dots(before, "⋮", (skip) => [width / 2, skip + 5]) +
    outer.join("")
  );
}

/** Which part a grid is, by its first element; of many axes the inner ones. */
function blockLabel(cell: PictureCell | undefined): string {
  const index = cell?.index.slice(0, -2) ?? [];
  return index.length > 6 ? `[… ${index.slice(-6).join(", ")}, :, :]` : `[${index.join(", ")}, :, :]`;
}

/** Which part each grid is, above it: `[1, :, :]`. */
function blockLabels(array: PictureArray, tracks: readonly Track[], left: number, top: number): string {
  const inner = tracks.slice(-2).reduce((count, { starts }) => count * starts.length, 1);
  const labels: string[] = [];
  for (let k = 0; k < array.cells.length; k += inner) {
    const [x, y] = cornerOf(k, tracks);
    labels.push(letters(left + x, top + y - 4, "nd-m nd-a", blockLabel(array.cells[k])));
  }
  return labels.join("");
}
