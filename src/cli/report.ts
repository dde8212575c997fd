import { array2string, memoryOf, type NDArray, type NpzFile, sharesMemory } from "../index.ts";
import { bytesText } from "./progress.ts";
import type { Style } from "./style.ts";

/** What the command says: lines of a word and its meaning, and the values. */

const LABEL = 10;

function line(style: Style, label: string, ...text: readonly string[]): string {
  const [first = "", ...rest] = text;
  const more = rest.map((part) => `\n  ${" ".repeat(LABEL)}${part}`);
  return `  ${style.dim(label.padEnd(LABEL))}${first}${more.join("")}`;
}

function tuple(numbers: readonly number[]): string {
  return numbers.length === 1 ? `(${numbers[0]},)` : `(${numbers.join(", ")})`;
}

function flagNames(array: NDArray): string {
  const { flags } = array;
  const names = ["C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED"] as const;
  return names.filter((name) => flags[name]).join(" ") || "none";
}

/** In which order the elements lie one after the other; if in none, why not. */
function orderText(array: NDArray): string[] {
  const { notC, notF } = memoryOf(array);
  if (notC === null) return [notF === null ? "contiguous, C and F" : "C-contiguous, the last axis fastest"];
  if (notF === null) return ["F-contiguous, the first axis fastest"];
  return ["not contiguous", `for C: ${notC}`, `for F: ${notF}`];
}

function facts(array: NDArray, style: Style): string[] {
  return [
    line(style, "dtype", `${array.dtype} (${array.dtype.str}), ${bytesText(array.itemsize)} an element`),
    line(style, "shape", tuple(array.shape)),
    line(style, "strides", `${tuple(array.strides)} bytes`),
    line(style, "order", ...orderText(array)),
    line(style, "flags", flagNames(array)),
    line(style, "bytes", `${array.nbytes}`),
  ];
}

/** An array as a whole. */
export function arrayReport(title: string, array: NDArray, style: Style): string {
  return [style.bold(title), ...facts(array, style), "", array2string(array)].join("\n");
}

/** A part of an array: what it has in common with the whole, and what it costs. */
export function viewReport(index: string, view: NDArray, whole: NDArray, style: Style): string {
  return [
    style.bold(`view ${index}`),
    ...facts(view, style),
    line(style, "starts", `at byte ${view.byteOffset - whole.byteOffset} of the whole`),
    line(style, "shares", sharedText(view, whole)),
    line(style, "alive", aliveText(view, whole)),
    line(style, "copy", copyText(view)),
    "",
    array2string(view),
  ].join("\n");
}

function sharedText(view: NDArray, whole: NDArray): string {
  if (!sharesMemory(view, whole)) return "nothing: it has no element";
  return "its memory with the whole: nothing was copied, and writing to one is seen in the other";
}

function aliveText(view: NDArray, whole: NDArray): string {
  const { reachedBytes } = memoryOf(view);
  const percent = whole.nbytes === 0 ? 100 : (reachedBytes / whole.nbytes) * 100;
  return `reaches ${reachedBytes} of the ${whole.nbytes} bytes that it keeps alive (${Number(percent.toPrecision(3))} %)`;
}

function copyText(view: NDArray): string {
  if (view.flags.C_CONTIGUOUS) return "not needed where C order is wanted";
  return `ascontiguousarray would take ${view.nbytes} bytes; --copy OUT.npy writes it`;
}

/** The arrays of an archive, one a line; what is none says why. */
export function archiveReport(title: string, archive: NpzFile, style: Style): string {
  const rows = archive.files.map((name) => [name, ...headerTexts(archive, name)]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
  const count = `${archive.size} ${archive.size === 1 ? "array" : "arrays"}`;
  return [style.bold(`${title}: ${count}`), ...lines].join("\n");
}

function headerTexts(archive: NpzFile, name: string): string[] {
  try {
    const { dtype, shape, nbytes, fortranOrder } = archive.header(name);
    return [String(dtype), tuple(shape), `${bytesText(nbytes)}${fortranOrder ? ", F order" : ""}`];
  } catch (error) {
    return [(error as Error).message.replace(/^.*?of .*?: /, "")];
  }
}
