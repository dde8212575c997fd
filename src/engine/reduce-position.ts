/**
 * Where the largest or the smallest element of lines is: the first of them, or the first NaN.
 *
 * A tile of lines is folded to its extremes as in any reduction, then searched for them. Of a line that is longer than a
 * tile the extreme of each piece is compared, and only the piece that wins is searched.
 */

import type { TypedPlace } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { bringNear } from "../array/residence.ts";
import type { Complex } from "../dtype/complex.ts";
import { isString } from "../dtype/strings.ts";
import { type PlainDType, plain } from "../dtype/table.ts";
import { DTypeError, IndexError } from "../errors.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { sizeOf } from "../layout/layout.ts";
import { walkOuter } from "../layout/walk.ts";
import type { Runnable } from "../wasm/kernel.ts";
import type { MemoryLane } from "../wasm/map.ts";
import { heap } from "../wasm/memory.ts";
import { findLines } from "./kernels/reduce-find.ts";
import { countsToFold, foldsCounts } from "./reduce-dates.ts";
import type { Folder } from "./reduce-fold.ts";
import { begin, lineIn, wayOf } from "./reduce-quick.ts";
import { bring, fillTile, MASK, pieceBytes, RESULTS, rowIn, SCRATCH, tileLimit } from "./reduce-tiles.ts";
import { addressIn, heapStorage } from "./stage.ts";
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

function finderOf({ tile }: Folder): Runnable {
  return (finders[tile] ??= findLines(lanes[tile]!));
}

/** The position in C order among all elements of an aligned array that is dense in it; undefined for any other. */
export function extremePosition(core: UfuncCore, x: NDArray, caller: string): number | undefined {
  const { layout, dtype, size } = x;
  if (size === 0 || size > 0x7fffffff || !"biuf".includes(dtype.kind)) return undefined;
  if (layout.offset % dtype.alignment !== 0 || !isCContiguous(layout, dtype.itemsize)) return undefined;
  const way = wayOf(core, dtype, caller);
  if (!way.direct) return undefined;
  x.storage.alive();
  bringNear(x);
  const { folder } = way;
  const bytes = size * dtype.itemsize;
  if (bytes > pieceBytes(bytes)) {
    return (
      new Lines(folder, placeOf(x), size, dtype.itemsize, size).find(1, 0, layout.offset) ??
      heap.i32[MASK / 4]!
    );
  }
  const at = lineIn(x, 0, size);
  begin(way, 1);
  folder.lines.run(1, size, at, RESULTS);
  finderOf(folder).run(1, size, at, RESULTS, MASK);
  return heap.i32[MASK / 4]!;
}

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
  const { folder } = wayOf(core, x.dtype, caller);
  const lines = new Lines(folder, placeOf(x), shape[axis]!, strides[axis]!, x.size);
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

/** The most pieces of which the extremes are kept. */
const PIECES = 4096;

/** Lines of one array along one axis. */
class Lines {
  /** How many lines come in at once. */
  readonly most: number;
  private readonly folder: Folder;
  private readonly from: TypedPlace;
  private readonly length: number;
  private readonly step: number;
  private readonly finder: Runnable;
  private readonly limit: number;
  private readonly inRows: boolean;

  /** Lines of so many elements that are so many bytes apart, of an array of that size. */
  constructor(folder: Folder, from: TypedPlace, length: number, step: number, size: number) {
    const { itemsize, type } = from.dtype;
    this.folder = folder;
    this.from = from;
    this.length = length;
    this.step = step;
    this.finder = finderOf(folder);
    const inRows = this.step === itemsize && type === folder.tile;
    this.inRows = inRows;
    this.limit = inRows ? pieceBytes(size * itemsize) / itemsize : tileLimit(folder, false);
    this.most = Math.max(1, Math.min(4096, Math.floor(tileLimit(folder, false) / Math.max(1, this.length))));
  }

  /** Finds positions: of several lines into the place of the mask, of one long line as the result. */
  find(count: number, stride: number, offset: number): number | null {
    if (this.most > 1 || this.length <= this.limit) {
      this.findIn([count, this.length], [stride, this.step], offset);
      return null;
    }
    let best = -1;
    let value: unknown;
    const group = PIECES * this.limit;
    for (let from = 0; from < this.length; from += group) {
      const piece = from + this.limit * this.bestPiece(from, Math.min(this.length, from + group), offset);
      const top = plain[this.folder.tile].access.read(heapStorage().view, SCRATCH);
      if (best < 0 || this.beats(top, value)) [best, value] = [piece, top];
      if (Number.isNaN(value)) break;
    }
    const n = Math.min(this.limit, this.length - best);
    this.findIn([1, n], [0, this.step], offset + best * this.step);
    return best + heap.i32[MASK / 4]!;
  }

  /** Which of the pieces of a line has the extreme first, which is then at SCRATCH. */
  private bestPiece(from: number, to: number, offset: number): number {
    const { folder, limit, step } = this;
    const type = plain[folder.tile];
    const pieces = Math.ceil((to - from) / limit);
    const { run } = folder.lines;
    fillTile(RESULTS, type, folder.neutral, pieces);
    for (let k = 0, first = offset + from * step; k < pieces; k++, first += limit * step) {
      const n = Math.min(limit, to - from - k * limit);
      run(1, n, this.pieceIn(n, first), RESULTS + k * type.itemsize);
    }
    fillTile(SCRATCH, type, folder.neutral, 1);
    folder.lines.run(1, pieces, RESULTS, SCRATCH);
    this.finder.run(1, pieces, RESULTS, SCRATCH, MASK);
    return heap.i32[MASK / 4]!;
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

  private pieceIn(n: number, offset: number): number {
    const { storage, dtype } = this.from;
    if (!this.inRows || addressIn(storage, offset, dtype) >= 0) return this.bringIn([n], [this.step], offset);
    return rowIn(storage, offset, n * this.step);
  }

  private bringIn(shape: readonly number[], strides: readonly number[], offset: number): number {
    return bring(shape, strides, this.from, offset, this.from.dtype, this.folder.tile);
  }

  private findIn(shape: readonly number[], strides: readonly number[], offset: number): void {
    const { folder } = this;
    const at = this.bringIn(shape, strides, offset);
    fillTile(RESULTS, plain[folder.result], folder.neutral, shape[0]!);
    folder.lines.run(shape[0]!, shape[1]!, at, RESULTS);
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
