// The results as text: lines for a terminal and a table for docs/benchmarks.md.
import { ratio } from "./measure.mjs";

/** A time as a person reads it, with three digits. */
export function timeText(ns) {
  const [unit, value] = ns < 1e3 ? ["ns", ns] : ns < 1e6 ? ["µs", ns / 1e3] : ["ms", ns / 1e6];
  return `${value.toPrecision(value >= 999.5 ? 4 : 3)} ${unit}`;
}

const ratioText = (found) => (found === null ? "" : found.value.toFixed(found.value < 10 ? 2 : 1));
const spreadText = (found) => (found === null ? "" : `${found.low.toFixed(2)}–${found.high.toFixed(2)}`);

export function missesTarget(row) {
  const found = ratio(row, "ndview");
  return found === null || found.value > row.target;
}

const HEADER = [
  "case",
  "NumPy",
  "ndview",
  "÷ NumPy",
  "spread",
  "mixed",
  "target",
  "",
  "scijs",
  "numpy-ts",
  "tfjs",
  "loop",
];

function cells(row) {
  const found = ratio(row, "ndview");
  return [
    row.name,
    row.numpy ? timeText(row.numpy.median) : "",
    row.ndview ? timeText(row.ndview.median) : "–",
    ratioText(found),
    spreadText(found),
    ratioText(ratio(row, "mixed")),
    row.target.toFixed(2),
    found === null ? "–" : missesTarget(row) ? "missed" : "ok",
    ratioText(ratio(row, "scijs")),
    ratioText(ratio(row, "numpyts")),
    ratioText(ratio(row, "tfjs")),
    ratioText(ratio(row, "loop")),
  ];
}

const WIDTHS = [48, 9, 9, 8, 11, 7, 7, 7, 7, 8, 7, 7];
const line = (texts) =>
  texts.map((text, k) => (k === 0 ? text.padEnd(WIDTHS[k]) : text.padStart(WIDTHS[k]))).join(" ");

export const headerLine = () => line(HEADER);
export const rowLine = (row) => line(cells(row));

const groupsOf = (rows) => [...new Set(rows.map((row) => row.group))];
const markdownRow = (texts) => `| ${texts.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;

/** One table for each group. */
export function markdownTables(rows, titles) {
  return groupsOf(rows)
    .map((group) => {
      const body = rows.filter((row) => row.group === group).map((row) => markdownRow(cells(row)));
      const rule = `|---|${"---:|".repeat(HEADER.length - 1)}`;
      return [`### ${titles[group] ?? group}`, "", markdownRow(HEADER), rule, ...body].join("\n");
    })
    .join("\n\n");
}
