/**
 * Small dense reductions, which are over so soon that planning them would take most of the time.
 *
 * An array in C order whose reduced axes are neighbours is A blocks of R rows of N elements; reduced, A rows of N. All of
 * it fits a tile, so it is brought in and folded by one call each. An array in F order is the same with its axes reversed.
 */

import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, Value } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { cStrides, fStrides, type Layout, sizeOf } from "../layout/layout.ts";
import { heap } from "../wasm/memory.ts";
import { type Folder, folderFor } from "./reduce-fold.ts";
import { foldLongLine } from "./reduce-long.ts";
import { reductionLoop } from "./reduce-loop.ts";
import { INPUT, RESULTS, tileLimit } from "./reduce-tiles.ts";
import { repeatKernel } from "./repeat.ts";
import { addressIn, bytesIn, bytesOut, heapStorage } from "./stage.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** How a ufunc reduces a dtype when nothing else is asked for. */
interface Way {
  readonly folder: Folder;
  readonly dtype: Descriptor;
  /** The element to start from; null where that must be the first one. */
  readonly start: unknown;
  readonly result: Descriptor;
  /** Whether elements are folded as they lie. */
  readonly direct: boolean;
}

const ways = new WeakMap<UfuncCore, (Way | undefined)[]>();

function wayOf(core: UfuncCore, from: Descriptor, caller: string): Way {
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

/** All of an array that lies in a row, as a scalar; undefined where that is not the whole story. */
export function reduceAll(core: UfuncCore, x: NDArray, caller: string): Value<DType> | undefined {
  const { layout, dtype, storage } = x;
  const way = wayOf(core, dtype, caller);
  if (!way.direct || layout.offset % dtype.alignment !== 0) return undefined;
  if (!isCContiguous(layout, dtype.itemsize) && !isFContiguous(layout, dtype.itemsize)) return undefined;
  const n = sizeOf(layout.shape);
  if (n === 0) return undefined;
  const { folder, result } = way;
  begin(way, 1);
  if (n > tileLimit(folder, false)) {
    foldLongLine({ folder, dtype: way.dtype, from: placeOf(x) }, n, dtype.itemsize, layout.offset);
  } else {
    folder.lines.run(1, n, lineIn(x, n), RESULTS);
    if (folder.after !== null) folder.after.run(1, RESULTS, RESULTS);
  }
  storage.alive();
  if (folder.result === "float64") return heap.f64[RESULTS / 8]!;
  return result.access.read(heapStorage().view, RESULTS);
}

/** Sets the results to what they start from. */
function begin({ start, result, folder }: Way, many: number): void {
  if (folder.result === "float64") heap.f64[RESULTS / 8] = start as number;
  else result.access.write(heapStorage().view, RESULTS, start as never);
  if (many > 1) repeatKernel(result.itemsize).run(many, RESULTS);
}

/** Where `n` elements in a row are, brought in if they must be. */
function lineIn({ storage, layout, dtype }: NDArray, n: number): number {
  const address = addressIn(storage, layout.offset, dtype);
  if (address >= 0) return address;
  bytesIn(storage, layout.offset, INPUT, n * dtype.itemsize);
  return INPUT;
}

/** Some neighbouring axes of a small array, or null where that is not the whole story. */
export function reduceSome(
  core: UfuncCore,
  x: NDArray,
  axis: number,
  keepdims: boolean,
  caller: string,
): NDArray | null {
  const { layout, dtype } = x;
  const { shape } = layout;
  const n = sizeOf(shape);
  if (n === 0 || n * dtype.itemsize > 65536 || shape.length === 0) return null;
  const way = wayOf(core, dtype, caller);
  if (way.result !== way.dtype) return null;
  if (!way.direct || layout.offset % dtype.alignment !== 0) return null;
  const order = isCContiguous(layout, dtype.itemsize)
    ? "C"
    : isFContiguous(layout, dtype.itemsize)
      ? "F"
      : null;
  if (order === null) return null;
  const k = normalizeAxis(axis, shape.length, caller);
  const rows = shape[k]!;
  const inside = insideOf(layout, k, order);
  const many = n / rows;
  const { folder, result } = way;
  if (many * result.itemsize > 65536) return null;
  begin(way, many);
  const at = lineIn(x, n);
  if (inside === 1) {
    folder.lines.run(many, rows, at, RESULTS);
    if (folder.after !== null) folder.after.run(many, RESULTS, RESULTS);
  } else folder.columns.run(many / inside, rows, inside, at, RESULTS);
  return resultOf(way, shape, k, keepdims, order, many, caller);
}

function insideOf({ shape }: Layout, axis: number, order: "C" | "F"): number {
  let inside = 1;
  if (order === "C") for (let k = axis + 1; k < shape.length; k++) inside *= shape[k]!;
  else for (let k = 0; k < axis; k++) inside *= shape[k]!;
  return inside;
}

function resultOf(
  { dtype }: Way,
  shape: readonly number[],
  axis: number,
  keepdims: boolean,
  order: "C" | "F",
  many: number,
  caller: string,
): NDArray {
  const kept = shape.slice();
  if (keepdims) kept[axis] = 1;
  else kept.splice(axis, 1);
  const strides = order === "C" ? cStrides(kept, dtype.itemsize) : fStrides(kept, dtype.itemsize);
  const out = unsetArray(kept, dtype, strides, caller);
  bytesOut(RESULTS, out.storage, out.layout.offset, many * dtype.itemsize);
  return out;
}
