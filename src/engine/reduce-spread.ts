/**
 * Sums of squared distances from means, without an array of the distances: of dense float32 and float64 arrays, and of
 * small ones of any layout, along one axis or along all. Others are copied first.
 *
 * NumPy subtracts the means into a fresh array, squares that, and adds it up along the same axis. The fresh array is dense
 * in the order in which the first is walked, so blocks of rows (see reduce-quick.ts) are added up in the same order here.
 */

import { castElements } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { sizeOf } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import type { Runnable } from "../wasm/kernel.ts";
import { tilePointer } from "../wasm/memory.ts";
import { centreColumns, centreLines } from "./kernels/reduce-centre.ts";
import { reductionOrder } from "./reduce-plan.ts";
import {
  begin,
  denseOrder,
  gathered,
  insideOf,
  lineIn,
  resultOf,
  sendRows,
  type Way,
  wayOf,
} from "./reduce-quick.ts";
import { NEUTRAL, pieceBytes, RESULTS, SCRATCH, tileLimit } from "./reduce-tiles.ts";
import { bytesIn, heapStorage } from "./stage.ts";
import type { UfuncCore } from "./ufunc-core.ts";

type FloatType = Extract<PlainDType, "float32" | "float64">;

interface Centre {
  readonly lines: Runnable;
  readonly columns: Runnable;
}

const made: Partial<Record<FloatType, Centre>> = {};

function centreOf(type: FloatType): Centre {
  const lane = type === "float64" ? "f64" : "f32";
  return (made[type] ??= { lines: centreLines(lane), columns: centreColumns(lane) });
}

/** Means, behind the elements of a block; and the squares of a block, beside it, as whole vectors are written. */
const MEANS = /* @__PURE__ */ tilePointer(9);
const SQUARES = NEUTRAL;

/** Elements of an array that is gathered: NumPy's buffer. */
const GATHERED = 8192;

/**
 * The array itself where there is a short way for it, or where its own strides do not say in which order it is walked; else a
 * dense copy of floats in that order, which is as much memory as NumPy takes for the distances.
 */
export function denseFloats(x: NDArray, caller: string): NDArray {
  const { layout, dtype } = x;
  const { shape, strides } = layout;
  const isFloat = dtype.type === "float32" || dtype.type === "float64";
  if (isFloat && (sizeOf(shape) <= GATHERED || isDense(x))) return x;
  if (strides.some((stride, k) => stride === 0 && shape[k] !== 1)) return x;
  const wanted = isFloat ? dtype : plain.float64;
  const copy = unsetArray(shape, wanted, allocatedStrides(shape, [strides], wanted.itemsize), caller);
  castElements(shape, placeOf(x), placeOf(copy));
  return copy;
}

function isDense(x: NDArray): boolean {
  return x.layout.offset % x.dtype.alignment === 0 && denseOrder(x) !== null;
}

/** Whether there is a short way for an array: null, or the way and whether it is dense. */
function wayFor(add: UfuncCore, x: NDArray, caller: string): { way: Way; dense: "C" | "F" | null } | null {
  const type = x.dtype.type;
  if (type !== "float32" && type !== "float64") return null;
  const n = sizeOf(x.layout.shape);
  if (n === 0 || x.layout.shape.length === 0) return null;
  const dense = isDense(x) ? denseOrder(x) : null;
  if (dense === null && n > GATHERED) return null;
  return { way: wayOf(add, x.dtype, caller), dense };
}

/** The sum of the squared distances of all elements from a number; undefined where there is no short way. */
export function spreadAll(add: UfuncCore, x: NDArray, mean: number, caller: string): number | undefined {
  const found = wayFor(add, x, caller);
  if (found === null) return undefined;
  const { way, dense } = found;
  const n = sizeOf(x.layout.shape);
  x.storage.alive();
  const at = dense === null ? gathered(way, x, reductionOrder(x.layout.shape, [x.layout.strides])) : -1;
  write(way, MEANS, mean);
  const sum = sumPieces(way, x, at, 0, n, 1.5 * pieceBytes(n * x.dtype.itemsize));
  return way.result === plain.float32 ? Math.fround(0 + sum) : 0 + sum;
}

function write({ result }: Way, pointer: number, value: number): void {
  result.access.write(heapStorage().view, pointer, value);
}

/** By halves, until a piece fits a tile. */
function sumPieces(way: Way, x: NDArray, at: number, from: number, n: number, piece: number): number {
  const { folder, result } = way;
  if (n * x.dtype.itemsize > piece && at < 0) {
    const half = Math.floor(n / 2);
    const first = half - (half % 8);
    const a = sumPieces(way, x, at, from, first, piece);
    const sum = a + sumPieces(way, x, at, from + first, n - first, piece);
    return result === plain.float32 ? Math.fround(sum) : sum;
  }
  const line = at < 0 ? lineIn(x, from, n) : at;
  centreOf(result.type as FloatType).lines.run(1, n, line, MEANS, SQUARES);
  write(way, SCRATCH, -0);
  folder.lines.run(1, n, SQUARES, SCRATCH);
  return result.access.read(heapStorage().view, SCRATCH) as number;
}

/**
 * The same along one axis, for means that lie in a row in the order of the result; null where there is no short way.
 */
export function spreadOne(
  add: UfuncCore,
  x: NDArray,
  means: NDArray,
  axis: number,
  keepdims: boolean,
  caller: string,
): NDArray | null {
  const found = wayFor(add, x, caller);
  if (found === null) return null;
  const { way, dense } = found;
  const { shape, strides } = x.layout;
  const k = normalizeAxis(axis, shape.length, caller);
  const order = dense === null ? reductionOrder(shape, [strides]) : null;
  const rows = shape[k]!;
  const inside = insideOf(shape, k, dense, order);
  const whole = rows * inside;
  const limit = order === null ? tileLimit(way.folder, false) : GATHERED;
  const blocks = sizeOf(shape) / whole;
  if (inside > 1 ? inside * 8 > limit && whole > limit : rows > limit) return null;
  if (means.size !== blocks * inside || (dense !== null && !liesInOrder(means, dense))) return null;
  x.storage.alive();
  const out = resultOf(way, shape, k, keepdims, dense, order, caller);
  const address = order === null ? -1 : gathered(way, x, order);
  foldCentred({ way, x, means, address, blocks, rows, inside, limit }, out);
  return out;
}

function liesInOrder({ layout, itemsize }: NDArray, order: "C" | "F"): boolean {
  return order === "C" ? isCContiguous(layout, itemsize) : isFContiguous(layout, itemsize);
}

interface Centred {
  readonly way: Way;
  readonly x: NDArray;
  readonly means: NDArray;
  readonly address: number;
  readonly blocks: number;
  readonly rows: number;
  readonly inside: number;
  readonly limit: number;
}

function foldCentred(task: Centred, out: NDArray): void {
  const { way, x, means, address, blocks, rows, inside, limit } = task;
  const { folder, result } = way;
  const centre = centreOf(result.type as FloatType);
  const whole = rows * inside;
  const together = Math.max(1, Math.min(limit, Math.floor(limit / whole)));
  const piece = Math.min(rows, Math.max(1, Math.floor(limit / inside)));
  for (let k = 0; k < blocks; k += inside === 1 ? together : 1) {
    const count = inside === 1 ? Math.min(together, blocks - k) : 1;
    const { storage, offset } = placeOf(means);
    bytesIn(storage, offset + k * inside * result.itemsize, MEANS, count * inside * result.itemsize);
    begin(way, count * inside);
    for (let r = 0; r < rows; r += inside === 1 ? rows : piece) {
      const many = inside === 1 ? rows : Math.min(piece, rows - r);
      const start = k * whole + r * inside;
      const line = address >= 0 ? address + start * result.itemsize : lineIn(x, start, count * many * inside);
      if (inside === 1) centre.lines.run(count, rows, line, MEANS, SQUARES);
      else centre.columns.run(many, inside, line, MEANS, SQUARES);
      if (inside === 1) folder.lines.run(count, rows, SQUARES, RESULTS);
      else folder.columns.run(1, many, inside, SQUARES, RESULTS);
    }
    sendRows(way, out, k * inside, count * inside);
  }
}
