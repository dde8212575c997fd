/** Memory as lines of text: addresses, boxes for elements, and below them a track for each axis. */

import { Canvas } from "./draw-canvas.ts";
import { shadeColours, shadeNumber } from "./draw-colours.ts";
import { axisText, indexText, valueText } from "./draw-facts.ts";
import { bytesText, columnsOf, counted, shortened } from "./draw-lettering.ts";
import { groupsOf, linesOfStrip, type Metric, placeOnLine, type StripLine } from "./draw-slots.ts";
import { type Stop, wayAxes, wayOn } from "./draw-ways.ts";
import type {
  MemoryPicture,
  PictureArray,
  PictureLane,
  PicturePlace,
  PictureStrip,
} from "./picture-model.ts";
import type { Settings } from "./picture-options.ts";

const MOST_LEVELS = 6;

interface Scene {
  readonly picture: MemoryPicture;
  readonly strip: PictureStrip;
  readonly settings: Settings;
  readonly merged: boolean;
  readonly left: number;
}

/** One strip of memory. */
export function stripCanvas(picture: MemoryPicture, number: number, settings: Settings): Canvas {
  const strip = picture.strips[number]!;
  const merged = strip.lanes.length === 1 && strip.lanes[0]!.levels <= 1;
  const texts = strip.lanes.flatMap(({ array }) => {
    const one = picture.arrays[array]!;
    return [one.tag, ...wayAxes(one).map((axis) => axisText(one.axes[axis]!, axis))];
  });
  const left = Math.max(4, ...texts.map((text) => columnsOf(shortened(text, 24)) + 2));
  const scene: Scene = { picture, strip, settings, merged, left };
  const page = new Canvas(settings.ascii);
  for (const line of linesOfStrip(strip, picture.arrays, metricOf(scene))) drawLine(page, scene, line);
  return page;
}

function letters({ picture, settings }: Scene, array: number, cells: readonly number[]): [string, string] {
  const cell = picture.arrays[array]!.cells[cells[0]!]!;
  const times = cell.repeats > 1 ? ` ×${counted(cell.repeats)}` : "";
  const index = (settings.walk ? `#${cell.rank}` : indexText(cell)) + times;
  return settings.values ? [valueText(cell.text), index] : [index, ""];
}

function fieldLetters(scene: Scene, array: number, cell: number, part: number): [string, string] {
  const { fields, cells } = scene.picture.arrays[array]!;
  return [valueText(cells[cell]!.parts?.[part] ?? ""), shortened(fields![part]!.name, 8)];
}

function metricOf(scene: Scene): Metric {
  const text = (array: number, cell: number, part: number | null): number => {
    const texts = part === null ? letters(scene, array, [cell]) : fieldLetters(scene, array, cell, part);
    return Math.max(...texts.map(columnsOf)) + 3;
  };
  const { columns, bytes } = scene.settings;
  const { address, bytes: all } = scene.strip;
  // Behind a line stands the address of its end, or the head of an arrow.
  const right = Math.max(2, String(address + all).length);
  return { text, least: 3, mostGap: 14, cut: 17, line: columns - scene.left - right, bytes };
}

/** The columns of a line that an area of memory takes, borders included. */
function areaOf({ left }: Scene, line: StripLine, address: number, bytes: number): [number, number] {
  const from = Math.round(placeOnLine(line, address));
  return [left + from, left + Math.max(Math.round(placeOnLine(line, address + bytes)), from + 1)];
}

function drawLine(page: Canvas, scene: Scene, line: StripLine): void {
  const { strip, left, merged, picture } = scene;
  const top = page.height;
  let y = top + 1;
  drawTicks(page, line, left, top);
  drawBar(page, scene, line, y);
  if (!merged) y += 3;
  for (const lane of strip.lanes) {
    const array = picture.arrays[lane.array]!;
    const places = lane.places.filter(
      ({ address, bytes, level }) =>
        level < MOST_LEVELS && address < line.to && address + Math.max(bytes, 1) > line.from,
    );
    if (array.tag !== "" && (places.length > 0 || !merged)) page.write(0, y + 1, shortened(array.tag, 24));
    for (const place of places) if (place.bytes > 0) drawPlace(page, scene, lane, place, line, y);
    y += Math.max(1, ...places.map(({ level }) => level + 1)) * (scene.settings.values ? 3 : 2) + 1;
    for (const axis of wayAxes(array)) if (drawTrack(page, array, axis, line, [left, y])) y++;
  }
}

function drawTicks(page: Canvas, line: StripLine, left: number, y: number): void {
  let [x, free] = [left, 0];
  const tick = (address: number) => {
    if (x < free) return;
    page.write(x, y, String(address));
    free = x + String(address).length + 1;
  };
  for (const { address, width } of line.slots) {
    tick(address);
    x += width;
  }
  tick(line.to);
}

function drawBar(page: Canvas, scene: Scene, line: StripLine, y: number): void {
  const { merged, settings, picture } = scene;
  const height = merged ? (settings.values ? 3 : 2) : 2;
  for (const { run, slots } of groupsOf(line)) {
    if (merged && run.kind === "element") continue;
    const [first, last] = [slots[0]!, slots.at(-1)!];
    const { bytes } = run;
    const [x, to] = areaOf(scene, line, first.address, last.address + last.bytes - first.address);
    page.box(x, y, to, y + height);
    const tags = run.arrays.map((array) => picture.arrays[array]!.tag);
    const gap = first.cut ? `… ${bytesText(bytes)}` : bytesText(bytes);
    const wishes = run.kind === "element" ? [tags.join(", "), tags.join(",")] : [gap, `${counted(bytes)} B`];
    const room = to - x - 1;
    const text = wishes.find((one) => columnsOf(one) <= room) ?? "";
    page.write(x + 1 + Math.floor((room - columnsOf(text)) / 2), y + 1, text);
    if (run.kind === "gap") page.fill(x + 1, y + 1, to - 1, y + height - 1, "░");
  }
}

function drawPlace(
  page: Canvas,
  scene: Scene,
  lane: PictureLane,
  place: PicturePlace,
  line: StripLine,
  top: number,
): void {
  const { picture, settings } = scene;
  const { fields, cells } = picture.arrays[lane.array]!;
  const height = settings.values ? 3 : 2;
  const y = top + place.level * height;
  const cell = place.cells[0]!;
  const paint = settings.ansi ? shadeColours(shadeNumber(cells[cell]!.shade)) : undefined;
  const put = (address: number, bytes: number, texts: readonly string[]) => {
    if (bytes > 0 && (address >= line.to || address + bytes <= line.from)) return;
    const [x, to] = areaOf(scene, line, address, bytes);
    page.box(x, y, to, y + height);
    texts.slice(0, height - 1).forEach((text, k) => {
      const shown = shortened(text, Math.max(1, to - x - 1));
      page.write(x + 1 + Math.floor((to - x - 1 - columnsOf(shown)) / 2), y + 1 + k, shown, paint);
    });
    page.fill(x + 1, y + 1, to - 1, y + height - 1, " ", paint);
  };
  if (fields === null) {
    put(place.address, place.bytes, letters(scene, lane.array, place.cells));
    return;
  }
  fields.forEach((field, k) => {
    put(place.address + field.offset, field.bytes, fieldLetters(scene, lane.array, cell, k));
  });
  const [x, to] = areaOf(scene, line, place.address, place.bytes);
  page.box(x, y, to, y + height);
  page.fill(x + 1, y + 1, to - 1, y + height - 1, "░");
}

/** The way along an axis on this line; false when it does not come by. */
function drawTrack(
  page: Canvas,
  array: PictureArray,
  axis: number,
  line: StripLine,
  [left, y]: readonly [number, number],
): boolean {
  const way = wayOn(array, axis, line);
  if (way === null) return false;
  const edges = { before: left - 1, behind: left + Math.round(line.width) + 1 };
  const xOf = (stop: Stop) => (typeof stop === "number" ? left + Math.floor(stop) : edges[stop]);
  for (const [from, to] of way.hops) {
    const [a, b] = [xOf(from), xOf(to)];
    for (let x = Math.min(a, b); x <= Math.max(a, b); x++) page.write(x, y, "─");
  }
  for (const [from, to] of way.hops) page.write(xOf(to), y, xOf(to) >= xOf(from) ? "►" : "◄");
  if (way.first !== null) page.write(xOf(way.first), y, way.repeats ? "↺" : "●");
  page.write(0, y, shortened(axisText(array.axes[axis]!, axis), 24));
  return true;
}
