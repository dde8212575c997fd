/**
 * Accumulations: every partial result of a ufunc along an axis.
 *
 * Elements along the axis are met one after the other, so the other axes may go in any order. A block is a piece of some
 * lines: as lines in its tile where the axis is the one that memory runs along, else as rows that are combined one with
 * the next. What the lines have come to is carried from piece to piece.
 */

import { hiddenReason } from "../array/allocate.ts";
import type { TypedPlace } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { BESIDE, placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { overwrite } from "../array/overwrite.ts";
import { bringNear } from "../array/residence.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { walkBlocks } from "../layout/blocks.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { sizeOf } from "../layout/layout.ts";
import { allocatedStrides } from "../layout/order.ts";
import { copyTile, type Scanner, scannerFor } from "./accumulate-scan.ts";
import { isInspected, isWatched, tellCastsLater } from "./drive.ts";
import type { Loop } from "./loop.ts";
import { countsToFold, foldsCounts } from "./reduce-dates.ts";
import { reductionLoop } from "./reduce-loop.ts";
import { needsDetour, requireReduceOut } from "./reduce-out.ts";
import { bring, fillTile, INPUT, isRow, MASK, RESULTS } from "./reduce-tiles.ts";
import { bytesIn, bytesOut, scatter } from "./stage.ts";
import { stepInspector } from "./step-inspector.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** How a ufunc is accumulated. */
export interface AccumulateOptions {
  /** The axis to go along; 0 if left out. */
  readonly axis?: number | undefined;
  /** The dtype to compute in. */
  readonly dtype?: DTypeLike | null | undefined;
  /** Where the results go: an array of the same shape. */
  readonly out?: NDArray | null | undefined;
}

/** Where partial results go before they are sent out. */
const OUTPUT = RESULTS;
/** What lines have come to, a quarter of a tile at most; there is no mask here. */
const CARRY = MASK;
const BYTES = 65536;

/** The partial results along an axis, as a fresh array unless `out` is given. */
export function accumulateUfunc(
  core: UfuncCore,
  a: ArrayInput,
  options: AccumulateOptions = {},
  caller = `${core.name}.accumulate`,
): NDArray {
  const x = asarray(a);
  if (foldsCounts(core, x)) {
    const fold = countsToFold(core, x, options, caller);
    return fold.finish(accumulateUfunc(fold.core, fold.counts, fold.options, caller));
  }
  const { axis = 0 } = options;
  const out = options.out ?? null;
  const dtype = options.dtype === null || options.dtype === undefined ? null : descriptorFor(options.dtype);
  const plainly = dtype === null && out === null;
  const { loop, scanner } = plainly
    ? wayOf(core, x.dtype, caller)
    : findWay(core, x.dtype, dtype, out, caller);
  if (x.ndim === 0) throw new ValueError(`${caller}: a 0-d array has no axis to go along; use ravel`);
  const along = normalizeAxis(axis, x.ndim, caller);
  const { shape } = x.layout;
  const made = loop.outputs[0]!;
  if (out !== null) requireReduceOut(out, made, shape, caller);
  bringNear(x);
  if (out !== null) bringNear(out);
  const watched = isWatched(loop);
  const beside = out !== null && (watched || needsDetour(core, loop, out, x, null));
  const reason = beside ? hiddenReason(caller, BESIDE) : caller;
  const target =
    out === null || beside
      ? unsetArray(shape, made, allocatedStrides(shape, [x.layout.strides], made.itemsize), reason)
      : out;
  if (target.size > 0) (isInspected() ? scanInspected : scan)(scanner, made, x, target, along);
  if (watched) stepInspector()?.scan(core, x, target, loop, along, caller);
  if (out !== null && beside) overwrite(out, target);
  return out ?? target;
}

/** How a ufunc is accumulated in a dtype. */
interface Way {
  readonly loop: Loop;
  readonly scanner: Scanner;
}

const ways = new WeakMap<UfuncCore, (Way | undefined)[]>();

/** The same when nothing else is asked for. */
function wayOf(core: UfuncCore, from: Descriptor, caller: string): Way {
  let known = ways.get(core);
  if (known === undefined) ways.set(core, (known = []));
  return (known[from.num] ??= findWay(core, from, null, null, caller));
}

function findWay(
  core: UfuncCore,
  from: Descriptor,
  dtype: Descriptor | null,
  out: NDArray | null,
  caller: string,
): Way {
  const loop = reductionLoop(core, from, dtype, out, caller);
  return { loop, scanner: scannerFor(core.name, loop, from) };
}

/** A scan that is ready to run. */
interface Scan {
  readonly scanner: Scanner;
  readonly loop: Descriptor;
  readonly from: TypedPlace;
  readonly to: TypedPlace;
  /** Elements along the axis, and bytes from one to the next. */
  readonly length: number;
  readonly fromStep: number;
  readonly toStep: number;
  /** Whether blocks lie in their tile as lines. */
  readonly inLines: boolean;
}

/** Small lines that lie in a row on both sides, brought in and sent out by one call each. */
function scanRow(
  { lines, tile, input, neutral }: Scanner,
  x: NDArray,
  target: NDArray,
  axis: number,
): boolean {
  const type = plain[tile];
  const { shape, offset } = x.layout;
  const [n, length] = [sizeOf(shape), shape[axis]!];
  if (lines === null || axis !== shape.length - 1 || x.dtype !== plain[input] || target.dtype !== type)
    return false;
  if (n * type.itemsize > BYTES || (n / length) * type.itemsize > BYTES / 4) return false;
  if (!x.isContiguous("C") || !target.isContiguous("C")) return false;
  bytesIn(x.storage, offset, INPUT, n * x.dtype.itemsize);
  fillTile(CARRY, type, neutral, n / length);
  lines.run(n / length, length, INPUT, OUTPUT, CARRY);
  bytesOut(OUTPUT, target.storage, target.layout.offset, n * type.itemsize);
  return true;
}

function scanInspected(...job: Parameters<typeof scan>): void {
  tellCastsLater(() => scan(...job));
}

function scan(scanner: Scanner, loop: Descriptor, x: NDArray, target: NDArray, axis: number): void {
  x.storage.alive();
  target.storage.alive();
  if (scanRow(scanner, x, target, axis)) return;
  const others = x.layout.shape.map((_, k) => k).filter((k) => k !== axis);
  const of = (list: readonly number[]) => others.map((k) => list[k]!);
  const [inner, outer] = [x.layout.strides, target.layout.strides];
  const walk = coalesceOrdered(
    of(x.layout.shape),
    [of(outer), of(inner)],
    [target.layout.offset, x.layout.offset],
  );
  const job: Scan = {
    scanner,
    loop,
    from: placeOf(x),
    to: placeOf(target),
    length: x.layout.shape[axis]!,
    fromStep: inner[axis]!,
    toStep: outer[axis]!,
    inLines: scanner.lines !== null && alongMemory(walk.strides[1]!, inner[axis]!),
  };
  const block = blockOf(walk.shape, job);
  walkBlocks(walk.shape, block, walk.strides, walk.offsets, (lengths, offsets) => {
    scanBlock(job, lengths, walk.strides, offsets[1]!, offsets[0]!);
  });
}

/** Whether no other axis runs closer along memory. */
function alongMemory(strides: readonly number[], step: number): boolean {
  return strides.every((stride) => Math.abs(stride) >= Math.abs(step));
}

/** So many lines that a few elements of each fit a tile at least. */
function blockOf(shape: readonly number[], { scanner, length, inLines }: Scan): number[] {
  const most = BYTES / plain[scanner.tile].itemsize;
  const rows = Math.min(length, inLines ? most : LEAST_ROWS);
  let left = Math.max(1, Math.min(most / 4, Math.floor(most / rows)));
  const block = shape.map(() => 1);
  for (let k = shape.length - 1; k >= 0 && left > 1; k--) {
    block[k] = Math.min(shape[k]!, left);
    if (block[k]! < shape[k]!) break;
    left = Math.floor(left / block[k]!);
  }
  return block;
}

const LEAST_ROWS = 8;

/** Scans some lines from one end to the other, piece by piece. */
function scanBlock(
  job: Scan,
  lengths: readonly number[],
  strides: readonly (readonly number[])[],
  fromOffset: number,
  toOffset: number,
): void {
  const { scanner, length, inLines } = job;
  const type = plain[scanner.tile];
  const many = sizeOf(lengths);
  const piece = Math.max(1, Math.floor(BYTES / type.itemsize / many));
  const arranged = (list: readonly number[], own: number) => (inLines ? [...list, own] : [own, ...list]);
  const [fromStrides, toStrides] = [arranged(strides[1]!, job.fromStep), arranged(strides[0]!, job.toStep)];
  if (inLines) fillTile(CARRY, type, scanner.neutral, many);
  for (let done = 0; done < length; done += piece) {
    const count = Math.min(piece, length - done);
    const shape = arranged(lengths, count);
    const offset = fromOffset + done * job.fromStep;
    const at = bring(shape, fromStrides, job.from, offset, job.loop, inLines ? scanner.input : scanner.tile);
    if (inLines) scanner.lines!.run(many, count, at, OUTPUT, CARRY);
    else scanRows(job, done === 0, count, many, at);
    send(job, shape, toStrides, toOffset + done * job.toStep);
  }
}

/** Combines rows; the first of all stays as it is. */
function scanRows({ scanner }: Scan, first: boolean, rows: number, many: number, at: number): void {
  const bytes = many * plain[scanner.tile].itemsize;
  if (first) {
    copyTile(at, OUTPUT, bytes);
    if (rows > 1) scanner.columns.run(rows - 1, many, OUTPUT, at + bytes, OUTPUT + bytes);
  } else scanner.columns.run(rows, many, CARRY, at, OUTPUT);
  copyTile(OUTPUT + (rows - 1) * bytes, CARRY, bytes);
}

function send(
  { scanner, to }: Scan,
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): void {
  const type = plain[scanner.tile];
  if (to.dtype === type && isRow(shape, strides, type.itemsize)) {
    bytesOut(OUTPUT, to.storage, offset, sizeOf(shape) * type.itemsize);
  } else scatter(shape, type, OUTPUT, { ...to, strides }, offset);
}
