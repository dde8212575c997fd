/**
 * Where bytes stand on the page. Memory is cut where elements and their fields begin and end; each part is as wide as
 * what must be written in it, long gaps are cut short, and lines are broken where no element is.
 */

import type { PictureArray, PictureRun, PictureStrip } from "./picture-model.ts";
import { firstAbove } from "./sorted.ts";

/** Bytes that are drawn as one part of a line. */
export interface Slot {
  readonly run: PictureRun;
  readonly address: number;
  readonly bytes: number;
  readonly width: number;
  /** Whether it is drawn shorter than it is. */
  readonly cut: boolean;
}

/** A line of a strip. */
export interface StripLine {
  readonly slots: readonly Slot[];
  /** From the first byte to behind the last. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** What is written in an element or a field, and which bytes it has. */
interface Writing {
  readonly address: number;
  readonly bytes: number;
  readonly width: number;
}

/** Widths, in pixels or columns. */
export interface Metric {
  /** The width of what is written in a place of an array, or of one of its fields. */
  readonly text: (array: number, cell: number, part: number | null) => number;
  readonly least: number;
  readonly mostGap: number;
  readonly cut: number;
  /** The width of a line. */
  readonly line: number;
  /** Gaps of more bytes are cut. */
  readonly bytes: number;
}

/** A strip in lines. */
export function linesOfStrip(
  strip: PictureStrip,
  arrays: readonly PictureArray[],
  metric: Metric,
): StripLine[] {
  const writings = writingsOf(strip, arrays, metric);
  const slots = slotsOf(strip, writings, metric);
  const straddled = new Set<number>();
  const edges = slots.map(({ address }) => address);
  for (const { places } of strip.lanes) {
    for (const { address, bytes } of places) {
      for (let k = firstAbove(edges, address); k < edges.length && edges[k]! < address + bytes; k++) {
        straddled.add(edges[k]!);
      }
    }
  }
  return brokenLines(slots, straddled, metric.line, periodOf(strip, arrays, slots, metric.line));
}

function writingsOf(strip: PictureStrip, arrays: readonly PictureArray[], metric: Metric): Writing[] {
  return strip.lanes.flatMap(({ array, places }) => {
    const { fields } = arrays[array]!;
    return places.flatMap(({ address, bytes, cells }) => {
      if (bytes === 0) return [];
      if (fields === null) return [{ address, bytes, width: metric.text(array, cells[0]!, null) }];
      return fields.map((field, k) => ({
        address: address + field.offset,
        bytes: field.bytes,
        width: metric.text(array, cells[0]!, k),
      }));
    });
  });
}

/** The runs, cut where fields begin and end, with their widths: parts of as many bytes are equally wide. */
function slotsOf({ runs }: PictureStrip, writings: readonly Writing[], metric: Metric): Slot[] {
  const cuts = [...new Set(writings.flatMap(({ address, bytes }) => [address, address + bytes]))];
  cuts.sort((a, b) => a - b);
  const parts = runs.flatMap((run) => {
    const end = run.address + run.bytes;
    const inside: number[] = [];
    for (let k = firstAbove(cuts, run.address); k < cuts.length && cuts[k]! < end; k++) inside.push(cuts[k]!);
    const edges = [run.address, ...inside, end];
    return edges.slice(1).map((to, k) => ({ run, address: edges[k]!, bytes: to - edges[k]! }));
  });
  const widths = widthsBySize(parts, writings, metric.least);
  const commonest = commonestRatio(parts, widths);
  return parts.map((part) => {
    const { run, bytes } = part;
    if (run.kind === "element") return { ...part, width: widths.get(bytes) ?? metric.least, cut: false };
    const cut = run.kind === "more" || bytes > metric.bytes;
    const width = cut ? metric.cut : Math.min(metric.mostGap, Math.max(metric.least, bytes * commonest));
    return { ...part, width, cut };
  });
}

type Part = Pick<Slot, "run" | "address" | "bytes">;

/** How wide parts of so many bytes must be for what is written across them. */
function widthsBySize(
  parts: readonly Part[],
  writings: readonly Writing[],
  least: number,
): Map<number, number> {
  const starts = parts.map(({ address }) => address);
  const widths = new Map<number, number>();
  for (const { address, bytes, width } of writings) {
    const first = Math.max(0, firstAbove(starts, address) - 1);
    for (let k = first; k < parts.length && starts[k]! < address + bytes; k++) {
      const size = parts[k]!.bytes;
      const wanted = Math.max(least, Math.ceil((width * size) / bytes));
      if (wanted > (widths.get(size) ?? 0)) widths.set(size, wanted);
    }
  }
  return widths;
}

/** The width of a byte in the parts of which there are most. */
function commonestRatio(parts: readonly Part[], widths: ReadonlyMap<number, number>): number {
  const counts = new Map<number, number>();
  for (const { run, bytes } of parts) {
    if (run.kind === "element") counts.set(bytes, (counts.get(bytes) ?? 0) + 1);
  }
  const [size] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [1];
  return (widths.get(size) ?? size) / size;
}

/** The bytes after which lines are broken so that like stands below like: a stride that fits a line; 0 when none does. */
function periodOf(
  { lanes, address, bytes }: PictureStrip,
  arrays: readonly PictureArray[],
  slots: readonly Slot[],
  room: number,
): number {
  const { axes, summarised } = arrays[lanes[0]!.array]!;
  if (summarised || slots.some(({ cut }) => cut)) return 0;
  const strides = axes.filter(({ path }) => path !== "none").map(({ stride }) => Math.abs(stride));
  const widths = new Map<number, number>();
  const total = slots.reduce((sum, { width }) => sum + width, 0);
  for (const stride of strides) {
    const often = Math.floor(room / ((total * stride) / bytes));
    // The least that fills half a line and is no longer than it.
    if (often >= 1 && stride > 0 && stride * often < bytes) widths.set(stride, stride * often);
  }
  const best = Math.max(0, ...[...widths.keys()]);
  const starts = new Set(slots.map((slot) => slot.address));
  const period = widths.get(best) ?? 0;
  for (let at = address + period; period > 0 && at < address + bytes; at += period) {
    if (!starts.has(at)) return 0;
  }
  return period;
}

function brokenLines(
  slots: readonly Slot[],
  straddled: ReadonlySet<number>,
  room: number,
  period: number,
): StripLine[] {
  const lines: Slot[][] = [];
  let line: Slot[] = [];
  let width = 0;
  const origin = slots[0]?.address ?? 0;
  const feed = (keep: readonly Slot[]) => {
    lines.push(line.slice(0, line.length - keep.length));
    line = [...keep];
    width = keep.reduce((sum, slot) => sum + slot.width, 0);
  };
  for (const slot of slots) {
    const due = period > 0 && slot.address > origin && (slot.address - origin) % period === 0;
    if (line.length > 0 && due) feed([]);
    else if (line.length > 0 && width + slot.width > room) {
      // Back to where no element is cut, if that is on this line.
      let keep = 0;
      const startOf = (k: number) => (k === 0 ? slot : line[line.length - k]!).address;
      while (keep < line.length - 1 && straddled.has(startOf(keep))) keep++;
      feed(straddled.has(startOf(keep)) ? [] : line.slice(line.length - keep));
    }
    line.push(slot);
    width += slot.width;
  }
  if (line.length > 0) lines.push(line);
  return lines.filter((part) => part.length > 0).map(lineOf);
}

function lineOf(slots: readonly Slot[]): StripLine {
  const last = slots.at(-1)!;
  const width = slots.reduce((sum, slot) => sum + slot.width, 0);
  return { slots, from: slots[0]!.address, to: last.address + last.bytes, width };
}

/** Neighbours on a line that the same arrays hold. */
export interface SlotGroup {
  readonly run: PictureRun;
  readonly slots: Slot[];
  readonly x: number;
  width: number;
}

/** The elements of a line together as long as the same arrays hold them; gaps one by one. */
export function groupsOf({ slots }: StripLine): SlotGroup[] {
  const groups: SlotGroup[] = [];
  let x = 0;
  for (const slot of slots) {
    const { run, width } = slot;
    const last = groups.at(-1);
    if (last !== undefined && run.kind === "element" && isHeldAlike(last.run, run)) {
      last.slots.push(slot);
      last.width += width;
    } else groups.push({ run, slots: [slot], x, width });
    x += width;
  }
  return groups;
}

function isHeldAlike(a: PictureRun, b: PictureRun): boolean {
  return a.kind === b.kind && a.arrays.join() === b.arrays.join();
}

/** Where a byte begins on a line; bytes before it or behind it are at its ends. */
export function placeOnLine({ slots, width }: StripLine, address: number): number {
  let x = 0;
  for (const slot of slots) {
    if (address < slot.address + slot.bytes) {
      return x + Math.max(0, ((address - slot.address) / slot.bytes) * slot.width);
    }
    x += slot.width;
  }
  return width;
}
