import * as np from "../../src/index.ts";
import type { CellWindow, ImageSample, LineSample, Look, PlaneSample } from "../src/protocol.ts";
import { elementText } from "./elements.ts";

/**
 * Parts of an array for the page to show. A large one is thinned out by a strided view, so that what is copied is what is
 * shown, however large the array is.
 */

type Plane = { readonly view: np.NDArray; readonly rows: number; readonly columns: number };

const isNumeric = (a: np.NDArray): boolean => "biuf".includes(a.dtype.kind) && a.dtype.fields === null;

/** What an array can be looked at as, the most telling first. */
export function looksOf(a: np.NDArray): Look[] {
  if (a.size === 0 || a.ndim === 0) return [];
  const looks: Look[] = ["table"];
  if (!isNumeric(a) || a.size < 2) return looks;
  const isThin = a.ndim < 2 || a.shape.slice(-2).includes(1);
  if (a.ndim >= 2) looks.unshift("heat");
  if (isThin) looks.unshift("line");
  else looks.push("line");
  if (isPicture(a)) looks.unshift("image");
  return looks;
}

/** Rows and columns of pixels: bytes with 3 or 4 channels, or one. */
function isPicture(a: np.NDArray): boolean {
  const [rows = 0, columns = 0, channels] = a.shape;
  if (a.dtype.name !== "uint8" || rows < 8 || columns < 8) return false;
  return a.ndim === 2 || (a.ndim === 3 && (channels === 3 || channels === 4));
}

/** The last two axes of an array, at one place of the others. A line is one row. */
function planeOf(a: np.NDArray, leading: readonly number[]): Plane {
  const view = a.ndim < 2 ? a.slice(null, "...") : a.slice(...leading.slice(0, a.ndim - 2));
  const flat = view.ndim === 1 ? view.slice(null) : view;
  const [rows = 1, columns = 1] = flat.shape;
  return { view: flat, rows, columns };
}

/** The elements as float64 in C order, in memory that may be sent away. */
function doubles(view: np.NDArray): Float64Array<ArrayBuffer> {
  const values = new Float64Array(view.size);
  np.copyto(np.asarray(values).reshape(...view.shape), view, { casting: "unsafe" });
  return values;
}

const stepFor = (length: number, most: number): number => Math.max(1, Math.ceil(length / most));

/** A plane of the array with at most `most` rows and columns. */
export function planeSample(a: np.NDArray, leading: readonly number[], most: number): PlaneSample {
  const { view, rows: allRows, columns: allColumns } = planeOf(a, leading);
  const [rowStep, columnStep] = [stepFor(allRows, most), stepFor(allColumns, most)];
  const sample = view.slice(`::${rowStep}`, `::${columnStep}`);
  const [rows = 1, columns = 1] = sample.shape;
  return {
    ...{ values: doubles(sample), rows, columns, rowStep, columnStep, allRows, allColumns },
    ...rangeOf(a),
  };
}

/** The smallest and largest finite number of the whole array, and how many are none. */
function rangeOf(a: np.NDArray): { low: number; high: number; notFinite: number } {
  const finite = a.dtype.kind === "f" ? np.isfinite(a) : null;
  const notFinite = finite === null ? 0 : a.size - np.countNonzero(finite);
  if (notFinite === a.size) return { low: 0, high: 0, notFinite };
  const of = notFinite > 0 && finite !== null ? np.extract(finite, a) : a;
  const numbers = a.dtype.kind === "b" ? of.astype("uint8") : of;
  return { low: Number(np.min(numbers)), high: Number(np.max(numbers)), notFinite };
}

/** The line along `axis` at one place of the other axes, with at most `most` points. */
export function lineSample(a: np.NDArray, axis: number, at: readonly number[], most: number): LineSample {
  const index = a.shape.map((_, k) => (k === axis ? ":" : (at[k] ?? 0)));
  const line = a.slice(...(index as ":"[]));
  const step = stepFor(line.length, most);
  return { values: doubles(line.slice(`::${step}`)), step, length: line.length };
}

/** The pixels as a canvas wants them. */
export function imageSample(a: np.NDArray, most: number): ImageSample {
  const [rows = 1, columns = 1, channels = 1] = a.shape;
  const step = stepFor(Math.max(rows, columns), most);
  const view = (a.ndim === 2 ? a.slice("...", null) : a).slice(`::${step}`, `::${step}`);
  const [height = 1, width = 1] = view.shape;
  const pixels = new Uint8ClampedArray(height * width * 4).fill(255);
  const target = np.asarray(new Uint8Array(pixels.buffer)).reshape(height, width, 4);
  np.copyto(channels === 4 ? target : target.slice("...", ":3"), view as np.NDArray<"uint8">);
  return { pixels, width, height, step };
}

/** A window of a plane as texts. */
export function cellWindow(
  a: np.NDArray,
  leading: readonly number[],
  at: { row: number; column: number; rows: number; columns: number },
): CellWindow {
  const { view, rows, columns } = planeOf(a, leading);
  const row = Math.max(0, Math.min(at.row, rows - 1));
  const column = Math.max(0, Math.min(at.column, columns - 1));
  const part = view.slice(
    `${row}:${Math.min(rows, row + at.rows)}`,
    `${column}:${Math.min(columns, column + at.columns)}`,
  );
  const [height = 0, width = 0] = part.shape;
  const { kind } = a.dtype;
  const texts = Array.from({ length: height }, (_, i) =>
    Array.from({ length: width }, (_, j) => elementText(part.at(i, j), kind)),
  );
  return { row, column, texts };
}
