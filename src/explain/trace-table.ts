/** A trace for people: one line an event in columns, and the totals in words. */

import { shapeText } from "../layout/layout.ts";
import { columnsOf, escaped } from "./draw-lettering.ts";
import type { CopyEvent, TraceTotals } from "./trace-events.ts";

/** More events than that are counted and not listed. */
const MOST = 200;

const COLUMNS: readonly (readonly [heading: string, text: (event: CopyEvent) => string])[] = [
  ["operation", ({ operation }) => operation],
  ["kind", ({ kind, hidden }) => (hidden ? `hidden ${kind}` : kind)],
  ["bytes", ({ bytes }) => bytesFor(bytes)],
  ["shape", ({ shape }) => (shape === null ? "" : shapeText(shape))],
  ["dtype", ({ dtype }) => dtype ?? ""],
  ["reason", ({ reason }) => reason],
  ["called at", ({ site }) => shortSite(site)],
];

/** Numbers stand at the right of their column. */
const RIGHT = COLUMNS.findIndex(([heading]) => heading === "bytes");

/** The events as a table of text, and the totals below. */
export function traceText(events: readonly CopyEvent[], totals: TraceTotals): string {
  const heads = COLUMNS.map(([heading]) => heading);
  const rows = [heads, ...events.slice(0, MOST).map(rowOf)];
  const widths = heads.map((_, k) => Math.max(...rows.map((row) => columnsOf(row[k]!))));
  const lines = rows.map((row) =>
    row
      .map((text, k) => padded(text, widths[k]!, k === RIGHT))
      .join("  ")
      .trimEnd(),
  );
  const table = events.length === 0 ? [] : lines;
  return [...table, ...leftOut(events), totalsText(totals)].join("\n");
}

function rowOf(event: CopyEvent): string[] {
  return COLUMNS.map(([, text]) => text(event));
}

function padded(text: string, width: number, right: boolean): string {
  const blanks = " ".repeat(width - columnsOf(text));
  return right ? blanks + text : text + blanks;
}

function leftOut({ length }: readonly CopyEvent[]): string[] {
  return length > MOST ? [`… and ${length - MOST} more`] : [];
}

/** `2 allocations of 96 B; 1 copy of 48 B, hidden; 1 view`. */
function totalsText(totals: TraceTotals): string {
  const { copies, hiddenCopies } = totals;
  const hidden = `${hiddenCopies === copies ? "all" : hiddenCopies} hidden (${bytesFor(totals.hiddenBytes)})`;
  return [
    `${times(totals.allocations, "allocation", "allocations")} of ${bytesFor(totals.allocatedBytes)}`,
    `${times(copies, "copy", "copies")} of ${bytesFor(totals.copiedBytes)}${hiddenCopies === 0 ? "" : `, ${hidden}`}`,
    times(totals.views, "view", "views"),
  ].join("; ");
}

function times(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** Bytes as people say them: `48 B`, `1.5 KB`. */
export function bytesFor(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${UNITS[unit]}`;
}

/** The last two parts of the path are enough to know a file. */
function shortSite(site: string | null): string {
  return site === null ? "" : site.split(/[/\\]/).slice(-2).join("/");
}

/** The same as a table of HTML. */
export function traceHtml(events: readonly CopyEvent[], totals: TraceTotals): string {
  const heads = COLUMNS.map(([heading]) => `<th scope="col">${heading}</th>`).join("");
  const rows = events.slice(0, MOST).map((event) => {
    const cells = rowOf(event).map((text, k) => cell(text, k === RIGHT));
    return `<tr>${cells.join("")}</tr>`;
  });
  const notes = [...leftOut(events), totalsText(totals)].map(escaped).join("<br>");
  const table = events.length === 0 ? "" : `<thead><tr>${heads}</tr></thead><tbody>${rows.join("")}</tbody>`;
  return `<table><caption style="caption-side:bottom;text-align:left">${notes}</caption>${table}</table>`;
}

function cell(text: string, right: boolean): string {
  return right ? `<td style="text-align:right">${escaped(text)}</td>` : `<td>${escaped(text)}</td>`;
}
