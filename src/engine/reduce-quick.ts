/**
 * Reductions of one axis, or of all, that need no plan: of dense arrays, and of small ones.
 *
 * An array in C order is A blocks of R rows of N elements, when R is the length of the axis; reduced, it is A rows of N. So
 * whole blocks, or some rows of one, are brought in and folded by one call each. An array in F order is the same with its
 * axes reversed. Any other array that has at most as many elements as NumPy brings into one buffer is gathered in the
 * order in which it would be walked, and is then dense too: NumPy's lines never end within such an array.
 */

import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, Value } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { isAligned, isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { cStrides, fStrides, sizeOf } from "../layout/layout.ts";
import { heap } from "../wasm/memory.ts";
import { type Folder, folderFor } from "./reduce-fold.ts";
import { foldLongLine } from "./reduce-long.ts";
import { reductionLoop } from "./reduce-loop.ts";
import { resultArray } from "./reduce-out.ts";
import { reductionOrder } from "./reduce-plan.ts";
import { bring, pieceBytes, RESULTS, resultLimit, rowIn, tileLimit } from "./reduce-tiles.ts";
import { repeatKernel } from "./repeat.ts";
import { lineStep, NO_LINE } from "./rows.ts";
import { addressIn, bytesOut, heapStorage, scatter } from "./stage.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** How a ufunc reduces a dtype when nothing else is asked for. */
export interface Way {
  readonly folder: Folder;
  readonly dtype: Descriptor;
  /** The element to start from; null where that must be the first one. */
  readonly start: unknown;
  readonly result: Descriptor;
  /** Whether elements are folded as they lie. */
  readonly direct: boolean;
}

const ways = new WeakMap<UfuncCore, (Way | undefined)[]>();

export function wayOf(core: UfuncCore, from: Descriptor, caller: string): Way {
  let known = ways.get(core);
  if (known === undefined) ways.set(core, (known = []));
  return (known[from.num] ??= findWay(core, from, caller));
}

function findWay(core: UfuncCore, from: Descriptor, caller: string): Way {
  const loop = reductionLoop(core, from, null, null, caller);
  const folder = folderFor(core.name, loop, from);
  const result = plain[folder.result];
  const { identity } = core;
  const kind = typeof identity === "boolean" ? "b" : "i";
  const start = identity === null ? startless(folder) : result.access.convert(identity, kind);
  const direct = from.type === folder.tile && start !== null;
  return { folder, dtype: loop.outputs[0]!, start, result, direct };
}

/** What changes no result can stand for an identity where there is an element at least. */
function startless({ idempotent, neutral, tile, result }: Folder): unknown {
  return idempotent && tile === result ? (neutral ?? null) : null;
}

/** The most elements of an array that is gathered: NumPy's buffer. */
const GATHERED = 8192;
const TILE = 65536;

/** An array as blocks of rows, dense. */
interface Rows {
  readonly way: Way;
  readonly x: NDArray;
  /** Where everything is in the engine's memory, or -1 when it has to be brought in. */
  readonly address: number;
  readonly blocks: number;
  readonly rows: number;
  readonly inside: number;
}

/** All of an array as a scalar; undefined where a plan is needed. */
export function reduceAll(core: UfuncCore, x: NDArray, caller: string): Value<DType> | undefined {
  const { layout, dtype } = x;
  const n = sizeOf(layout.shape);
  if (n === 0) return undefined;
  const way = wayOf(core, dtype, caller);
  if (way.start === null) return undefined;
  const { folder, result } = way;
  x.storage.alive();
  const dense = way.direct && layout.offset % dtype.alignment === 0 && denseOrder(x) !== null;
  const step = dense ? dtype.itemsize : longStep(way, x, n);
  const long = step !== NO_LINE;
  if (!long && (n > GATHERED || n * plain[folder.tile].itemsize > TILE)) return undefined;
  const at = long ? -1 : gathered(way, x, reductionOrder(layout.shape, [layout.strides]));
  begin(way, 1);
  const piece = pieceBytes(n * dtype.itemsize);
  if (long && (!dense || n * dtype.itemsize > piece)) {
    foldLongLine({ folder, dtype: way.dtype, from: placeOf(x), piece }, n, step, layout.offset);
  } else {
    folder.lines.run(1, n, dense ? lineIn(x, 0, n) : at, RESULTS);
    if (folder.after !== null) folder.after.run(1, RESULTS, RESULTS);
  }
  if (folder.result === "float64") return heap.f64[RESULTS / 8]!;
  return result.access.read(heapStorage().view, RESULTS);
}

/** How far elements are apart that are met in a line as they lie, more than are gathered; else NO_LINE. */
function longStep({ direct }: Way, x: NDArray, n: number): number {
  if (!direct || n <= GATHERED || !isAligned(x.layout, x.dtype.alignment)) return NO_LINE;
  const step = lineStep(x);
  return step === 0 ? NO_LINE : step;
}

export function denseOrder({ layout, dtype }: NDArray): "C" | "F" | null {
  if (isCContiguous(layout, dtype.itemsize)) return "C";
  return isFContiguous(layout, dtype.itemsize) ? "F" : null;
}

/** Brings a small array in, its axes in that order; returns where it is. */
export function gathered({ folder, dtype }: Way, x: NDArray, order: readonly number[]): number {
  const { shape, strides, offset } = x.layout;
  const lengths = order.map((k) => shape[k]!);
  const steps = order.map((k) => strides[k]!);
  return bring(lengths, steps, placeOf(x), offset, dtype, folder.tile);
}

/** Sets the results to what they start from. */
export function begin({ start, result, folder }: Way, many: number): void {
  if (folder.result === "float64") heap.f64[RESULTS / 8] = start as number;
  else result.access.write(heapStorage().view, RESULTS, start as never);
  if (many > 1) repeatKernel(result.itemsize).run(many, RESULTS);
}

/** Where `n` elements in a row from element `from` on are, brought in if they must be. */
export function lineIn({ storage, layout, dtype }: NDArray, from: number, n: number): number {
  const offset = layout.offset + from * dtype.itemsize;
  const address = addressIn(storage, offset, dtype);
  if (address >= 0) return address;
  return rowIn(storage, offset, n * dtype.itemsize);
}

/** One axis of an array; null where a plan is needed. */
export function reduceOne(
  core: UfuncCore,
  x: NDArray,
  axis: number,
  keepdims: boolean,
  caller: string,
): NDArray | null {
  const { layout, dtype } = x;
  const { shape } = layout;
  const n = sizeOf(shape);
  if (n === 0 || shape.length === 0) return null;
  const way = wayOf(core, dtype, caller);
  if (way.start === null) return null;
  const k = normalizeAxis(axis, shape.length, caller);
  const dense = way.direct && layout.offset % dtype.alignment === 0 ? denseOrder(x) : null;
  const bytes = Math.max(plain[way.folder.tile].itemsize, way.result.itemsize);
  if (dense === null && (n > GATHERED || n * bytes > TILE)) return null;
  const order = dense === null ? reductionOrder(shape, [layout.strides]) : null;
  const rows = shape[k]!;
  const inside = insideOf(shape, k, dense, order);
  if (inside * way.result.itemsize > TILE) return null;
  x.storage.alive();
  const out = resultOf(way, shape, k, keepdims, dense, order, caller);
  const address = order === null ? -1 : gathered(way, x, order);
  foldRows({ way, x, address, blocks: n / (rows * inside), rows, inside }, out);
  return out;
}

/** How many elements lie inside an axis. */
export function insideOf(
  shape: readonly number[],
  axis: number,
  dense: "C" | "F" | null,
  order: readonly number[] | null,
): number {
  let inside = 1;
  if (order !== null) {
    for (let k = order.length - 1; order[k] !== axis; k--) inside *= shape[order[k]!]!;
  } else if (dense === "C") for (let k = axis + 1; k < shape.length; k++) inside *= shape[k]!;
  else for (let k = 0; k < axis; k++) inside *= shape[k]!;
  return inside;
}

/** Folds rows, as many blocks as have room for their results, and sends these out in the order in which they come. */
function foldRows(task: Rows, out: NDArray): void {
  const { way, blocks, inside } = task;
  const most = Math.max(1, Math.floor(resultLimit(way.folder) / inside));
  for (let k = 0; k < blocks; k += most) {
    const count = Math.min(most, blocks - k);
    begin(way, count * inside);
    if (inside === 1) foldLines(task, k, count);
    else foldColumns(task, k, count);
    sendRows(way, out, k * inside, count * inside);
  }
}

/** Folds `count` lines from line `first` on, as many at once as make a piece. */
function foldLines({ way, x, address, rows }: Rows, first: number, count: number): void {
  const { folder, dtype, result } = way;
  const size = x.dtype.itemsize;
  if (address >= 0) {
    runLines(folder, count, rows, address, RESULTS);
    return;
  }
  const piece = pieceBytes(x.size * size);
  const from = rows * size > piece ? placeOf(x) : null;
  const together = from === null ? Math.floor(piece / (rows * size)) : 1;
  for (let k = 0; k < count; k += together) {
    const to = RESULTS + k * result.itemsize;
    const start = (first + k) * rows;
    const many = Math.min(together, count - k);
    if (from === null) runLines(folder, many, rows, lineIn(x, start, many * rows), to);
    else foldLongLine({ folder, dtype, from, piece }, rows, size, from.offset + start * size, to);
  }
}

function runLines(folder: Folder, many: number, n: number, at: number, to: number): void {
  folder.lines.run(many, n, at, to);
  if (folder.after !== null) folder.after.run(many, to, to);
}

/** Bytes of rows that are brought in at once, and the rows that there should be at least if a tile has room for them. */
const ROWS_BYTES = 16384;
const LEAST_ROWS = 8;

/** Folds the rows of `count` blocks from block `first` on. */
function foldColumns({ way, x, address, rows, inside }: Rows, first: number, count: number): void {
  const { folder, result } = way;
  if (address >= 0) {
    folder.columns.run(count, rows, inside, address, RESULTS);
    return;
  }
  const whole = rows * inside;
  const rowBytes = inside * x.dtype.itemsize;
  const bytes = Math.max(
    ROWS_BYTES,
    Math.min(LEAST_ROWS * rowBytes, tileLimit(folder, false) * x.dtype.itemsize),
  );
  const together = Math.max(1, Math.floor(bytes / (rows * rowBytes)));
  const piece = together > 1 ? rows : Math.max(1, Math.min(rows, Math.floor(bytes / rowBytes)));
  for (let k = 0; k < count; k += together) {
    const many = Math.min(together, count - k);
    const to = RESULTS + k * inside * result.itemsize;
    for (let r = 0; r < rows; r += piece) {
      const height = Math.min(piece, rows - r);
      const at = lineIn(x, (first + k) * whole + r * inside, many * height * inside);
      folder.columns.run(many, height, inside, at, to);
    }
  }
}

export function sendRows({ result }: Way, out: NDArray, first: number, many: number): void {
  const { itemsize } = out.dtype;
  const offset = out.layout.offset + first * itemsize;
  if (out.dtype === result) bytesOut(RESULTS, out.storage, offset, many * itemsize);
  else scatter([many], result, RESULTS, { ...placeOf(out), strides: [itemsize] }, offset);
}

export function resultOf(
  { dtype }: Way,
  shape: readonly number[],
  axis: number,
  keepdims: boolean,
  dense: "C" | "F" | null,
  order: readonly number[] | null,
  caller: string,
): NDArray {
  const kept = shape.slice();
  if (keepdims) kept[axis] = 1;
  else kept.splice(axis, 1);
  if (order !== null) {
    const places = shape.map((_, k) => (k < axis || keepdims ? k : k === axis ? null : k - 1));
    return resultArray(kept, dtype, order, places, caller);
  }
  const strides = dense === "C" ? cStrides(kept, dtype.itemsize) : fStrides(kept, dtype.itemsize);
  return unsetArray(kept, dtype, strides, caller);
}
