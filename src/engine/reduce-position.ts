/**
 * Where the largest or the smallest element of lines is: the first of them, or the first NaN.
 *
 * A tile of lines is folded to its extremes as in any reduction, then searched for them. Of a line that is longer than a
 * tile the extreme of each piece is compared, and only the piece that wins is searched.
 */

import { placeOf } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Complex } from "../dtype/complex.ts";
import { isString } from "../dtype/strings.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { DTypeError, IndexError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import { walkOuter } from "../layout/walk.ts";
import type { Runnable } from "../wasm/kernel.ts";
import type { MemoryLane } from "../wasm/map.ts";
import { heap } from "../wasm/memory.ts";
import { findLines } from "./kernels/reduce-find.ts";
import { countsToFold, foldsCounts } from "./reduce-dates.ts";
import { type Folder, folderFor } from "./reduce-fold.ts";
import { reductionLoop } from "./reduce-loop.ts";
import { bring, fillTile, MASK, RESULTS, SCRATCH, tileLimit } from "./reduce-tiles.ts";
import { heapStorage } from "./stage.ts";
import { stringEngine } from "./string-hook.ts";
import type { UfuncCore } from "./ufunc-core.ts";

const finders: Partial<Record<PlainDType, Runnable>> = {};

const lanes: { readonly [type: string]: MemoryLane } = {
  bool: "u8",
  int8: "i8",
  uint8: "u8",
  int16: "i16",
  uint16: "u16",
  int32: "i32",
  uint32: "u32",
  int64: "i64",
  uint64: "u64",
  float32: "f32",
  float64: "f64",
};

/** Tells the position in each line along an axis, lines in C order. `core` is maximum or minimum. */
export function extremePositions(
  core: UfuncCore,
  x: NDArray,
  axis: number,
  caller: string,
  tell: (line: number, position: number) => void,
): void {
  const { shape, strides } = x.layout;
  if (x.dtype.kind === "V")
    throw new DTypeError(`${caller}: elements with fields have no order; take one field`);
  if (shape[axis]! > 0x7fffffff)
    throw new IndexError(`${caller}: positions along axis ${axis} do not fit int32`);
  x.storage.alive();
  if (foldsCounts(core, x)) {
    const fold = countsToFold(core, x, {}, caller);
    extremePositions(fold.core, fold.counts, axis, caller, tell);
    return;
  }
  if (isString(x.dtype)) {
    stringEngine(caller).positions(x, axis, core.name === "maximum", tell);
    return;
  }
  if (x.dtype.kind === "c") {
    complexPositions(core, x, axis, tell);
    return;
  }
  const folder = folderFor(core.name, reductionLoop(core, x.dtype, null, null, caller), x.dtype);
  const lines = new Lines(folder, x, axis);
  // The last of the other axes is cut into tiles of lines.
  const others = shape.map((_, k) => k).filter((k) => k !== axis);
  const lengths = [1, ...others.map((k) => shape[k]!)];
  const steps = [0, ...others.map((k) => strides[k]!)];
  const inner = lengths.at(-1)!;
  let line = 0;
  walkOuter(lengths, steps, x.layout.offset, 1, (offset) => {
    for (let k = 0; k < inner; k += lines.most) {
      const count = Math.min(lines.most, inner - k);
      const found = lines.find(count, steps.at(-1)!, offset + k * steps.at(-1)!);
      for (let j = 0; j < count; j++) tell(line++, found === null ? heap.i32[MASK / 4 + j]! : found);
    }
  });
}

/** Lines of one array along one axis. */
class Lines {
  /** How many lines come in at once. */
  readonly most: number;
  private readonly folder: Folder;
  private readonly x: NDArray;
  private readonly length: number;
  private readonly step: number;
  private readonly finder: Runnable;
  private readonly limit: number;

  constructor(folder: Folder, x: NDArray, axis: number) {
    this.folder = folder;
    this.x = x;
    this.length = x.layout.shape[axis]!;
    this.step = x.layout.strides[axis]!;
    this.finder = finders[folder.tile] ??= findLines(lanes[folder.tile]!);
    this.limit = tileLimit(folder, false);
    this.most = Math.max(1, Math.min(4096, Math.floor(this.limit / Math.max(1, this.length))));
  }

  /** Finds positions: of several lines into the place of the mask, of one long line as the result. */
  find(count: number, stride: number, offset: number): number | null {
    if (this.length <= this.limit) {
      this.findIn([count, this.length], [stride, this.step], offset);
      return null;
    }
    let best = -1;
    let value: unknown;
    for (let from = 0; from < this.length; from += this.limit) {
      const n = Math.min(this.limit, this.length - from);
      this.extremes([1, n], [0, this.step], offset + from * this.step);
      const piece = plain[this.folder.tile].access.read(heapStorage().view, RESULTS);
      if (best < 0 || this.beats(piece, value)) [best, value] = [from, piece];
      if (Number.isNaN(value)) break;
    }
    const n = Math.min(this.limit, this.length - best);
    this.findIn([1, n], [0, this.step], offset + best * this.step);
    return best + heap.i32[MASK / 4]!;
  }

  /** Whether an extreme is beyond another: folding both gives it, and it is not equal. */
  private beats(a: unknown, b: unknown): boolean {
    if (a === b) return false;
    const type = plain[this.folder.tile];
    fillTile(SCRATCH, type, a, 1);
    fillTile(RESULTS, type, b, 1);
    this.folder.lines.run(1, 1, SCRATCH, RESULTS);
    return type.access.read(heapStorage().view, RESULTS) !== b;
  }

  private extremes(shape: readonly number[], strides: readonly number[], offset: number): number {
    const { folder, x } = this;
    const at = bring(shape, strides, placeOf(x), offset, x.dtype, folder.tile);
    fillTile(RESULTS, plain[folder.result], folder.neutral, shape[0]!);
    folder.lines.run(shape[0]!, shape[1]!, at, RESULTS);
    return at;
  }

  private findIn(shape: readonly number[], strides: readonly number[], offset: number): void {
    const at = this.extremes(shape, strides, offset);
    this.finder.run(shape[0]!, shape[1]!, at, RESULTS, MASK);
  }
}

/** Complex numbers one by one: by their real parts, then by their imaginary ones. */
function complexPositions(
  core: UfuncCore,
  { storage, layout, dtype }: NDArray,
  axis: number,
  tell: (line: number, position: number) => void,
): void {
  const sign = core.name === "maximum" ? 1 : -1;
  const keep = (k: number) => k !== axis;
  const shape = layout.shape.filter((_, k) => keep(k));
  const strides = layout.strides.filter((_, k) => keep(k));
  const [length, step] = [layout.shape[axis]!, layout.strides[axis]!];
  let line = 0;
  if (sizeOf(shape) === 0) return;
  walkOuter(shape, strides, layout.offset, 0, (offset) => {
    let best = 0;
    let value = dtype.access.read(storage.view, offset) as Complex;
    for (let k = 1; k < length && !isNaNPair(value); k++) {
      const next = dtype.access.read(storage.view, offset + k * step) as Complex;
      const ahead = sign * (next.re - value.re) || sign * (next.im - value.im);
      if (ahead > 0 || isNaNPair(next)) [best, value] = [k, next];
    }
    tell(line++, best);
  });
}

function isNaNPair({ re, im }: Complex): boolean {
  return Number.isNaN(re) || Number.isNaN(im);
}
