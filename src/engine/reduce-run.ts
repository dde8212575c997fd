/**
 * Running a reduction: blocks of elements are brought into tiles, folded into results that stay in the engine's memory,
 * and these sent out when all of theirs has been met.
 *
 * The outer walk is over results, the inner one over what is reduced, both in the order of the plan; so every result
 * meets its elements in that order, however they are cut into blocks. A block lies in its tile as *lines* when the innermost
 * axis is reduced, each line into one result; else as *columns*, whose rows go into the results one after the other.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { walkBlocks } from "../layout/blocks.ts";
import { sizeOf } from "../layout/layout.ts";
import { heap } from "../wasm/memory.ts";
import { blendKernel } from "./blend.ts";
import type { Folder } from "./reduce-fold.ts";
import { foldLongLine, foldLongRuns } from "./reduce-long.ts";
import type { ReducePlan } from "./reduce-plan.ts";
import {
  bring,
  fillTile,
  INPUT,
  MASK,
  NEUTRAL,
  pieceBytes,
  RESULTS,
  resultLimit,
  runsOf,
  tileLimit,
} from "./reduce-tiles.ts";
import { castTile, gather } from "./stage.ts";

/** A reduction that is ready to run. */
export interface Reduction {
  readonly folder: Folder;
  readonly plan: ReducePlan;
  /** The dtype of the loop, in which elements are rounded or wrapped before they are folded. */
  readonly dtype: Descriptor;
  /** The array; only its storage, offset and dtype count, the strides are those of the plan. */
  readonly from: TypedPlace;
  readonly where: TypedPlace | null;
  /** The element every result starts from, or null for the first of its elements. */
  readonly initial: unknown;
  /** Bytes from the first element of each result to the first one to fold. */
  readonly skipped: number;
  /** Whether there is none to fold: results stay what they start from. */
  readonly still: boolean;
  /** Takes a block of results: they lie at {@link RESULTS}, in the dtype of the folder. */
  readonly send: (lengths: readonly number[], strides: readonly number[], offset: number) => void;
  readonly offset: number;
}

/** Axes of one kind, the outermost first. */
interface Axes {
  readonly shape: number[];
  readonly out: number[];
  readonly from: number[];
  readonly mask: number[];
}

function pick({ shape, strides }: ReducePlan, wanted: (axis: number) => boolean): Axes {
  const axes = shape.map((_, k) => k).filter(wanted);
  const of = (list: readonly number[] | undefined) => axes.map((k) => list?.[k] ?? 0);
  return { shape: of(shape), out: of(strides[0]), from: of(strides[1]), mask: of(strides[2]) };
}

/** As much as fits into `limit` elements, from the innermost axis outwards. At least one element. */
function fit(shape: readonly number[], limit: number): number[] {
  const block = shape.map(() => 1);
  let left = Math.max(1, Math.floor(limit));
  for (let k = shape.length - 1; k >= 0; k--) {
    block[k] = Math.min(shape[k]!, left);
    if (block[k]! < shape[k]!) break;
    left = Math.floor(left / block[k]!);
    if (left <= 1) break;
  }
  return block;
}

/** How a reduction is cut: the axes of results and of what is reduced, and a block of each. */
interface Cut {
  readonly kept: Axes;
  readonly keptBlock: number[];
  readonly reduced: Axes;
  readonly reducedBlock: number[];
  /** How many of the inner kept axes lie inside the reduced ones in a tile: none for lines. */
  readonly inside: number;
}

function cut({ folder, plan, where }: Reduction): Cut {
  const kept = pick(plan, (k) => plan.strides[0]![k] !== 0);
  const reduced = pick(plan, (k) => plan.strides[0]![k] === 0);
  const limit = tileLimit(folder, where !== null);
  const most = resultLimit(folder);
  const general = folder.neutral === undefined && where !== null;
  if (plan.lineAxes > 0 || general || kept.shape.length === 0) {
    const whole = folder.order === "free" || plan.lineAxes === 0;
    const reducedBlock = whole ? fit(reduced.shape, limit) : lineBlock(plan, reduced.shape);
    const keptBlock = fit(kept.shape, Math.min(most, limit / sizeOf(reducedBlock)));
    return { kept, keptBlock, reduced, reducedBlock, inside: 0 };
  }
  return cutColumns(plan, kept, reduced, limit, most);
}

/** Columns: a row of results, as many rows as fit, and as many such blocks as fit where they are whole. */
function cutColumns(plan: ReducePlan, kept: Axes, reduced: Axes, limit: number, most: number): Cut {
  let inside = 0;
  const rank = plan.shape.length;
  while (inside < rank && plan.strides[0]![rank - 1 - inside] !== 0) inside++;
  const outer = kept.shape.length - inside;
  const inner = kept.shape.slice(outer);
  const rows = Math.min(sizeOf(reduced.shape), ROWS);
  const row = fit(inner, Math.min(most, limit / rows));
  const width = sizeOf(row);
  const reducedBlock = fit(reduced.shape, limit / width);
  const whole = width === sizeOf(inner) && sizeOf(reducedBlock) === sizeOf(reduced.shape);
  const blocks = whole ? Math.min(most / width, limit / (width * sizeOf(reducedBlock))) : 1;
  const keptBlock = [...fit(kept.shape.slice(0, outer), blocks), ...row];
  return { kept, keptBlock, reduced, reducedBlock, inside };
}

/** So many rows should come in at once, where rows are long. */
const ROWS = 8;

/** One line of the plan. */
function lineBlock({ lineAxes, lineLength }: ReducePlan, reduced: readonly number[]): number[] {
  const block = reduced.map(() => 1);
  let inside = 1;
  for (let k = reduced.length - 1; k > reduced.length - lineAxes; k--) {
    block[k] = reduced[k]!;
    inside *= reduced[k]!;
  }
  const outermost = reduced.length - lineAxes;
  block[outermost] = Math.min(reduced[outermost]!, lineLength / inside);
  return block;
}

/** Runs a reduction. There must be at least one result, and one element to each. */
export function runReduction(job: Reduction): void {
  const { from, where, folder, initial } = job;
  from.storage.alive();
  where?.storage.alive();
  const { kept, keptBlock, reduced, reducedBlock, inside } = cut(job);
  const lists = [kept.out, kept.from, kept.mask];
  const result = plain[folder.result];
  walkBlocks(
    kept.shape,
    keptBlock,
    lists,
    [job.offset, from.offset, where?.offset ?? 0],
    (lengths, offsets) => {
      const many = sizeOf(lengths);
      if (initial !== null) fillTile(RESULTS, result, initial, many);
      else firstElements(job, lengths, kept.from, offsets[1]! - job.skipped);
      if (!job.still) {
        const block = new Block(job, lengths, kept, reduced, inside);
        const starts = [offsets[1]!, offsets[2]!];
        walkBlocks(reduced.shape, reducedBlock, [reduced.from, reduced.mask], starts, (rows, at) =>
          block.fold(rows, at[0]!, at[1]!),
        );
      }
      job.send(lengths, kept.out, offsets[0]!);
    },
  );
}

/** The results start from the first of their elements. */
function firstElements(
  { from, dtype, folder }: Reduction,
  lengths: readonly number[],
  strides: readonly number[],
  offset: number,
): void {
  const result = plain[folder.result];
  const place = { ...from, strides };
  if (from.dtype === dtype || dtype === result) {
    gather(lengths, place, offset, result, RESULTS);
    return;
  }
  gather(lengths, place, offset, dtype, INPUT);
  castTile(sizeOf(lengths), dtype, INPUT, result, RESULTS);
}

/** Folding into one block of results. */
class Block {
  private readonly job: Reduction;
  private readonly kept: readonly number[];
  private readonly axes: { readonly kept: Axes; readonly reduced: Axes; readonly inside: number };

  constructor(job: Reduction, lengths: readonly number[], kept: Axes, reduced: Axes, inside: number) {
    this.job = job;
    this.kept = lengths;
    this.axes = { kept, reduced, inside };
  }

  /** Folds the rows that start at those offsets. */
  fold(rows: readonly number[], offset: number, maskOffset: number): void {
    const { folder, from, dtype, where } = this.job;
    const { kept, reduced, inside } = this.axes;
    const outer = this.kept.length - inside;
    const count = sizeOf(rows);
    const many = sizeOf(this.kept);
    if (many === 1 && folder.final === heap.u8[RESULTS]) return;
    if (count > lineLimit(folder)) {
      const last = reduced.from.length - 1;
      const steps = { from: reduced.from[last]!, mask: reduced.mask[last]! };
      const line = { ...this.job, piece: pieceBytes(count * many * from.dtype.itemsize) };
      if (where === null) foldLongLine(line, count, steps.from, offset);
      else foldLongRuns(line, where, count, steps, { from: offset, mask: maskOffset });
      return;
    }
    const arranged = (list: readonly number[], own: readonly number[]) => [
      ...list.slice(0, outer),
      ...own,
      ...list.slice(outer),
    ];
    const shape = arranged(this.kept, rows);
    const at = bring(shape, arranged(kept.from, reduced.from), from, offset, dtype, folder.tile);
    if (where !== null) {
      gather(shape, { ...where, strides: arranged(kept.mask, reduced.mask) }, maskOffset, plain.bool, MASK);
    }
    if (inside === 0) {
      if (where === null) folder.lines.run(many, count, at, RESULTS);
      else foldRuns(folder, many, count, at);
      if (where === null && folder.after !== null) folder.after.run(many, RESULTS, RESULTS);
      return;
    }
    const width = sizeOf(this.kept.slice(outer));
    const elements = many * count;
    if (where !== null) blendNeutral(folder, elements, at);
    folder.columns.run(many / width, count, width, where === null ? at : INPUT, RESULTS);
  }
}

/** Longer lines than this do not fit a tile. */
function lineLimit(folder: Folder): number {
  return Math.max(tileLimit(folder, false), 8192);
}

/** Folds, of each line, the runs that the mask lets through, as NumPy does. */
function foldRuns(folder: Folder, many: number, count: number, at: number): void {
  const [tile, result] = [plain[folder.tile].itemsize, plain[folder.result].itemsize];
  for (let i = 0; i < many; i++) {
    runsOf(heap.u8, MASK + i * count, count, (from, length) => {
      const to = RESULTS + i * result;
      folder.lines.run(1, length, at + (i * count + from) * tile, to);
      if (folder.after !== null) folder.after.run(1, to, to);
    });
  }
}

/** Puts what changes nothing in place of what the mask leaves out. */
function blendNeutral(folder: Folder, n: number, at: number): void {
  const type = plain[folder.tile as PlainDType];
  fillTile(NEUTRAL, type, folder.neutral, n);
  blendKernel(type.itemsize).run(n, MASK, NEUTRAL, at, INPUT);
}
