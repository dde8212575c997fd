/**
 * Memory as lines of bytes. One array is drawn into the line itself; of several each has a lane below it, so that what
 * they share stands one below the other. Below a lane each axis has a track: the way from element (0, 0, …) along it.
 */

import { shadeNumber } from "./draw-colours.ts";
import { axisText, cellTitle, indexText, valueText } from "./draw-facts.ts";
import { type CellStyle, colourOf } from "./draw-grid.ts";
import { bytesText, columnsOf, counted, rangeText, shortened } from "./draw-lettering.ts";
import { box, element, letters, type Piece, titled } from "./draw-markup.ts";
import { groupsOf, linesOfStrip, type Metric, placeOnLine, type StripLine } from "./draw-slots.ts";
import { tracksOn } from "./draw-tracks.ts";
import { wayAxes } from "./draw-ways.ts";
import type {
  MemoryPicture,
  PictureArray,
  PictureLane,
  PicturePlace,
  PictureStrip,
} from "./picture-model.ts";

const BOX = 38;
const BAR = 22;
const TRACK = 26;
/** Room above a line for addresses. */
const TICKS = 15;
/** Elements of no bytes are lines too narrow for letters. */
const NO_LETTERS: [string, string] = ["", ""];

/** Places that must be drawn below each other, at most. */
const MOST_LEVELS = 6;

/** What a strip is drawn with. */
export interface StripStyle extends CellStyle {
  readonly width: number;
  readonly bytes: number;
  /** The id of the pattern for gaps. */
  readonly hatch: string;
}

interface Scene {
  readonly picture: MemoryPicture;
  readonly strip: PictureStrip;
  readonly number: number;
  readonly style: StripStyle;
  /** Whether one array is drawn into the line of memory itself. */
  readonly merged: boolean;
  /** Where lines begin, and how much room there is behind them for the last address. */
  readonly left: number;
  readonly right: number;
}

/** One strip: lines of memory with addresses, lanes and tracks. */
export function stripPiece(picture: MemoryPicture, number: number, style: StripStyle): Piece {
  const strip = picture.strips[number]!;
  const merged = strip.lanes.length === 1 && strip.lanes[0]!.levels <= 1;
  const left = leftOf(strip, picture.arrays);
  const right = Math.max(24, String(strip.address + strip.bytes).length * 6.1 + 4);
  const scene: Scene = { picture, strip, number, style, merged, left, right };
  const lines = linesOfStrip(strip, picture.arrays, metricOf(scene));
  let y = 0;
  let width = 0;
  const parts: string[] = [];
  for (const line of lines) {
    const piece = lineMarkup(scene, line);
    parts.push(element("g", { transform: `translate(0 ${y})` }, piece.markup));
    y += piece.height + 8;
    width = Math.max(width, piece.width);
  }
  return { width, height: Math.max(0, y - 8), markup: parts.join("") };
}

function leftOf({ lanes }: PictureStrip, arrays: readonly PictureArray[]): number {
  const widths = lanes.flatMap(({ array }) => {
    const { axes, tag } = arrays[array]!;
    const texts = wayAxes(arrays[array]!).map((axis) => shortened(axisText(axes[axis]!, axis), 28));
    return [columnsOf(tag) * 9.4, ...texts.map((text) => columnsOf(text) * 6.7)];
  });
  return Math.ceil(Math.max(30, ...widths) + 14);
}

/** What is written in a place: the value or the index, and below it the index or the number. */
function placeLetters(
  { picture, style }: Scene,
  array: number,
  place: Pick<PicturePlace, "cells">,
): [large: string, small: string] {
  const cell = picture.arrays[array]!.cells[place.cells[0]!]!;
  const times = cell.repeats > 1 ? ` ×${counted(cell.repeats)}` : "";
  const index = style.walk ? `#${cell.rank}` : indexText(cell);
  return style.values ? [valueText(cell.text), index + times] : [indexText(cell), times.trim()];
}

function metricOf(scene: Scene): Metric {
  const { style, merged, left, right, picture } = scene;
  const text = (array: number, cell: number, part: number | null): number => {
    const [large, small] = placeLetters(scene, array, { cells: [cell] });
    const { fields, cells } = picture.arrays[array]!;
    if (part === null) return Math.max(34, columnsOf(large) * 7.9 + 10, columnsOf(small) * 6.1 + 8);
    const value = valueText(cells[cell]!.parts?.[part] ?? "");
    return Math.max(26, columnsOf(value) * 7.9 + 10, columnsOf(shortened(fields![part]!.name, 8)) * 6.1 + 8);
  };
  const line = style.width - left - right;
  return { text, least: merged ? 14 : 18, mostGap: 120, cut: 100, line, bytes: style.bytes };
}

function lineMarkup(scene: Scene, line: StripLine): Piece {
  const { strip, left, right, merged, picture } = scene;
  const parts = [ticks(line, left)];
  let y = TICKS;
  parts.push(bar(scene, line, y));
  if (!merged) {
    parts.push(letters(left - 10, y + 15, "nd-f nd-e", "bytes"));
    y += BAR + 4;
  }
  for (const lane of strip.lanes) {
    const levels = Math.min(lane.levels, MOST_LEVELS);
    const places = lane.places.filter(
      ({ address, bytes }) => address < line.to && address + Math.max(bytes, 1) > line.from,
    );
    const array = picture.arrays[lane.array]!;
    const tracks = tracksOn(array, line, left, TRACK);
    if (places.length === 0 && tracks.length === 0) {
      if (merged) y += BOX;
      continue;
    }
    const { tag } = array;
    if (tag !== "") parts.push(letters(left - 10, y + 23, "nd-e nd-h", tag));
    for (const place of places)
      if (place.level < levels) parts.push(placeMarkup(scene, lane, place, line, y));
    y += Math.max(1, levels) * (BOX + 2) - 2;
    if (lane.levels > levels) {
      y += 14;
      parts.push(
        letters(
          left,
          y - 2,
          "nd-f nd-a",
          `and ${lane.levels - levels} more rows of elements that share these bytes`,
        ),
      );
    }
    tracks.forEach(({ axis, markup }, k) => {
      parts.push(element("g", { transform: `translate(0 ${y + 2})` }, markup(k * TRACK)));
      const label = shortened(axisText(array.axes[axis]!, axis), 28);
      parts.push(letters(left - 10, y + 14, `nd-e nd-t${colourOf(axis)}`, label));
      y += TRACK;
    });
    y += 4;
  }
  return { width: left + line.width + right, height: y, markup: parts.join("") };
}

/** The address of each part of a line above it, where there is room. */
function ticks(line: StripLine, left: number): string {
  const parts: string[] = [];
  let free = -1;
  let x = left;
  const tick = (address: number) => {
    if (x < free) return;
    const text = String(address);
    parts.push(letters(x, TICKS - 4, "nd-m nd-a", text));
    free = x + columnsOf(text) * 6.1 + 5;
  };
  for (const { address, width } of line.slots) {
    tick(address);
    x += width;
  }
  tick(line.to);
  return parts.join("");
}

/** The bytes of a line: gaps and what is not drawn, and where arrays have lanes of their own, who holds what. */
function bar({ number, merged, style, picture, left }: Scene, line: StripLine, y: number): string {
  const height = merged ? BOX : BAR;
  const groups = groupsOf(line).filter(({ run }) => !(merged && run.kind === "element"));
  return groups
    .map(({ run, slots, x, width }) => {
      const tags = run.arrays.map((array) => picture.arrays[array]!.tag).join(", ");
      const said = runText(run.kind, tags);
      let at = left + x;
      const parts = slots.map((slot) => {
        const { address, bytes } = slot;
        const area = { x: at, y, width: slot.width, height };
        at += slot.width;
        const gap = element("rect", { ...area, fill: `url(#${style.hatch})` });
        const fill = run.kind === "gap" ? gap : element("rect", { ...area, class: "nd-part" });
        const title = titled(`${rangeText(address, bytes)}: ${said}`);
        return element("g", runAttributes(number, address, bytes, run.kind), title + fill);
      });
      const shared = run.kind === "element" && run.arrays.length > 1;
      const [{ cut }, { bytes }] = [slots[0]!, run];
      return [
        ...parts,
        box(left + x, y, width, height, shared ? "nd-shared" : "nd-frame"),
        runLetters(run.kind, { tags, bytes, cut }, left + x + width / 2, width, y + height / 2),
      ].join("");
    })
    .join("");
}

function runText(kind: "element" | "gap" | "more", tags: string): string {
  if (kind === "gap") return "no element";
  if (kind === "more")
    return tags === "" ? "elements that are not drawn" : `elements of ${tags} that are not drawn`;
  return tags === "" ? "an element" : `elements of ${tags}`;
}

function runAttributes(buffer: number, address: number, bytes: number, kind: string) {
  return {
    class: `nd-byte nd-${kind}`,
    "data-buffer": buffer,
    "data-address": String(address),
    "data-bytes": String(bytes),
  };
}

function runLetters(
  kind: "element" | "gap" | "more",
  { tags, bytes, cut }: { tags: string; bytes: number; cut: boolean },
  x: number,
  width: number,
  y: number,
): string {
  if (kind === "element") {
    return columnsOf(tags) * 6.6 + 8 > width ? "" : letters(x, y + 4, "nd-c", tags);
  }
  const text = cut ? `… ${bytesText(bytes)} …` : bytesText(bytes);
  const short = [text, bytesText(bytes), `${counted(bytes)} B`].find(
    (one) => columnsOf(one) * 5.9 + 8 <= width,
  );
  return short === undefined ? "" : letters(x, y + 4, "nd-c nd-a nd-halo", short);
}

function placeMarkup(
  scene: Scene,
  lane: PictureLane,
  place: PicturePlace,
  line: StripLine,
  top: number,
): string {
  const { picture, left, number } = scene;
  const array = picture.arrays[lane.array]!;
  const cell = array.cells[place.cells[0]!]!;
  const y = top + place.level * (BOX + 2);
  /** Where some bytes are drawn; null when they are on another line. */
  const span = (address: number, bytes: number): [x: number, width: number] | null => {
    if (bytes > 0 && (address >= line.to || address + bytes <= line.from)) return null;
    const from = placeOnLine(line, address);
    return [left + from, Math.max(placeOnLine(line, address + bytes) - from, 4)];
  };
  const filled = ([x, width]: readonly [number, number], large: string, small: string) => [
    box(x, y, width, BOX, "nd-box"),
    letters(x + width / 2, y + 17, "nd-m nd-v", fitting(large, width / 7.9)),
    letters(x + width / 2, y + 31, "nd-m nd-s", fitting(small, width / 6.1)),
  ];
  const whole = span(place.address, place.bytes)!;
  const fields = (array.fields ?? []).flatMap((field, k) => {
    const area = span(place.address + field.offset, field.bytes);
    return area === null ? [] : filled(area, valueText(cell.parts?.[k] ?? ""), shortened(field.name, 8));
  });
  const [x, width] = whole;
  const padding = element("rect", { x, y, width, height: BOX, fill: `url(#${scene.style.hatch})` });
  const inside =
    array.fields === null
      ? filled(whole, ...(place.bytes === 0 ? NO_LETTERS : placeLetters(scene, lane.array, place)))
      : [padding, ...fields, box(x, y, width, BOX, "nd-frame")];
  const attributes = {
    ...runAttributes(number, place.address, place.bytes, "place"),
    class: `nd-byte nd-place nd-g nd-k${shadeNumber(cell.shade)}`,
    "data-array": lane.array,
  };
  return element("g", attributes, [titled(cellTitle(cell, array)), ...inside].join(""));
}

/** What fits into a part of an element, which is narrow where lines break in the element. */
function fitting(text: string, columns: number): string {
  return columnsOf(text) <= columns ? text : columns < 2 ? "" : shortened(text, Math.floor(columns));
}
