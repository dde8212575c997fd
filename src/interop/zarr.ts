/**
 * Zarr stores, through zarrita: parts are read into views, views are written, and what is larger than memory is gone
 * through chunk by chunk.
 */

import { fromStrided } from "../array/adopt.ts";
import { assign } from "../array/assign.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Casting } from "../dtype/cast.ts";
import type { DType } from "../dtype/map.ts";
import type { DTypeLike } from "../dtype/parse.ts";
import { DTypeError, IndexError, ShapeError } from "../errors.ts";
import type { BasicIndex } from "../layout/basic.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { isSameShape, shapeText, sizeOf } from "../layout/layout.ts";
import { clampSlice, isSlice, parseIndexText } from "../layout/slice.ts";
import { handoff } from "./handoff.ts";
import { loadPeer } from "./peer.ts";

/** An array in a store, as far as it is used here. */
export interface ZarrArray {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: string;
}

/** What zarrita reads: strides in elements. */
interface ZarrChunk {
  readonly data: unknown;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

/** The package, as far as it is used here. */
export interface ZarrModule {
  get(array: never, selection: never, options?: never): Promise<unknown>;
  set(array: never, selection: never, value: never, options?: never): Promise<void>;
  slice(start: number | null, stop: number | null, step: number | null): unknown;
}

/** How a store is gone through. */
export interface ZarrChunksOptions {
  /** Is told of each chunk that has been handed out. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** A piece of a stored array. */
export interface ZarrPiece {
  /** Where it lies: a basic index, which `a.slice(...index)` and `write` take. */
  readonly index: readonly BasicIndex[];
  readonly values: NDArray;
}

/** What reads and writes stored arrays. */
export interface Zarr {
  /**
   * The part that a basic index names, all of it without one: `read(stored, ":100", "::-1")`. Backward steps and new axes
   * are views of what was read. Of chunks in F order the result is one in F order.
   */
  read(array: ZarrArray, ...index: readonly BasicIndex[]): Promise<NDArray>;
  /**
   * Reads the part that an index names into an array of that shape, whatever its layout, cast to its dtype within its kind.
   * Returns the array.
   */
  readInto<D extends DType>(
    target: NDArray<D>,
    array: ZarrArray,
    ...index: readonly BasicIndex[]
  ): Promise<NDArray<D>>;
  /**
   * Writes a value, broadcast, where a basic index says. Strides go along where they are positive; else one copy is made.
   * The elements are cast to the stored dtype, of the same kind unless `casting` says otherwise. `copy: false` refuses where
   * it would copy or cast.
   */
  write(
    array: ZarrArray,
    index: readonly BasicIndex[],
    value: NDArray | number | bigint | boolean,
    options?: { readonly casting?: Casting; readonly copy?: boolean },
  ): Promise<void>;
  /**
   * The chunks of an array one after the other, so that no more than one is in memory:
   * `for await (const { values } of chunks(stored)) sum += Number(values.sum())`.
   */
  chunks(array: ZarrArray, options?: ZarrChunksOptions): AsyncGenerator<ZarrPiece>;
}

/**
 * Zarr stores: `zarr(zarrita)` with the package, or `await zarr()` to load it. Arrays are opened with zarrita.
 *
 * @example
 * import * as zarrita from "zarrita";
 * import { zarr } from "ndview/interop/zarr";
 * const { read, write } = zarr(zarrita as never);
 * const options = { shape: [3, 4], chunkShape: [2, 2], dtype: "float32", fillValue: 0 } as const;
 * const stored = await zarrita.create(zarrita.root(), options as never);
 * await write(stored as never, [0, "::-1"], np.arange(4));
 * (await read(stored as never, 0)).tolist(); // [3, 2, 1, 0]
 */
export function zarr(zarrita: ZarrModule): Zarr;
export function zarr(): Promise<Zarr>;
export function zarr(zarrita?: ZarrModule): Zarr | Promise<Zarr> {
  if (zarrita !== undefined) return adapter(zarrita);
  return loadPeer<ZarrModule>("zarrita", "zarr", () => import("zarrita" as string)).then(adapter);
}

/** How one axis of a store is read: forwards, and what the view of it then does. */
interface AxisPart {
  readonly start: number;
  readonly count: number;
  readonly step: number;
  /** What is left to do with what was read: nothing, turn it, or drop it. */
  readonly after: ":" | "::-1" | 0;
}

function adapter(zarrita: ZarrModule): Zarr {
  const read: Zarr["read"] = (array, ...index) => readPart(zarrita, array, index);
  return {
    read,
    readInto: async (target, array, ...index) => {
      const values = await read(array, ...index);
      if (!isSameShape(values.layout.shape, target.layout.shape)) {
        throw new ShapeError(
          `readInto: what is read has shape ${shapeText(values.layout.shape)}, the array for it ${shapeText(target.layout.shape)}`,
        );
      }
      assign(target, values, { casting: "same_kind", caller: "readInto" });
      return target;
    },
    write: (array, index, value, options = {}) => writePart(zarrita, array, index, value, options),
    async *chunks(array, { onProgress } = {}) {
      const grid = array.shape.map((length, k) => Math.ceil(length / Math.max(1, array.chunks[k]!)));
      const total = sizeOf(grid);
      for (let done = 0; done < total; done++) {
        const index = indexOf(done, grid, array.chunks, array.shape);
        yield { index, values: await read(array, ...index) };
        onProgress?.({ done: done + 1, total });
      }
    },
  };
}

function selectionOf({ slice }: ZarrModule, parts: readonly AxisPart[]): never {
  return parts.map(({ start, count, step }) => slice(start, start + (count - 1) * step + 1, step)) as never;
}

async function readPart(
  zarrita: ZarrModule,
  array: ZarrArray,
  index: readonly BasicIndex[],
): Promise<NDArray> {
  const { axes, view } = partsOf(array.shape, index);
  const dtype = dtypeOf(array.dtype);
  const shape = axes.map(({ count }) => count);
  if (shape.includes(0)) return fromStrided({ buffer: new ArrayBuffer(0), dtype, shape }).slice(...view);
  if (axes.length === 0) return scalar(await zarrita.get(array as never, [] as never), dtype);
  const chunk = (await zarrita.get(array as never, selectionOf(zarrita, axes))) as ZarrChunk;
  return adopt(chunk, dtype).slice(...view);
}

async function writePart(
  zarrita: ZarrModule,
  array: ZarrArray,
  index: readonly BasicIndex[],
  value: NDArray | number | bigint | boolean,
  { casting = "same_kind", copy = true }: { casting?: Casting; copy?: boolean },
): Promise<void> {
  const { axes, view } = partsOf(array.shape, index);
  const dtype = dtypeOf(array.dtype);
  const shape = axes.map(({ count }) => count);
  if (shape.includes(0)) return;
  const selection = selectionOf(zarrita, axes);
  if (!(value instanceof NDArray))
    return zarrita.set(array as never, selection, scalar(value, dtype).at() as never);
  const given = handoff(backwards(value, shape, view), {
    consumer: "zarrita",
    dtypes: dtype,
    casting,
    negative: false,
    wholeElements: true,
    copy,
  });
  const stride = given.strides.map((bytes) => bytes / given.dtype.itemsize);
  const data = dtype === "bool" ? asBools(zarrita, given.data as Uint8Array) : given.data;
  return zarrita.set(array as never, selection, { data, shape, stride } as never);
}

/** The place of the k-th chunk, as slices. */
function indexOf(
  place: number,
  grid: readonly number[],
  chunks: readonly number[],
  shape: readonly number[],
): BasicIndex[] {
  const index: BasicIndex[] = [];
  let rest = place;
  for (let axis = grid.length - 1; axis >= 0; axis--) {
    const start = (rest % grid[axis]!) * chunks[axis]!;
    rest = Math.floor(rest / grid[axis]!);
    index.unshift(`${start}:${Math.min(start + chunks[axis]!, shape[axis]!)}` as `${bigint}:${bigint}`);
  }
  return index;
}

const NAMES = /^(bool|u?int(8|16|32|64)|float(16|32|64))$/;

function dtypeOf(name: string): DTypeLike {
  if (!NAMES.test(name)) throw new DTypeError(`zarr: elements of ${name} have no dtype here`);
  return name as DTypeLike;
}

/** What is read of each axis, and the view of it that the index names. */
function partsOf(
  shape: readonly number[],
  index: readonly BasicIndex[],
): { axes: AxisPart[]; view: BasicIndex[] } {
  const axes: AxisPart[] = [];
  const view: BasicIndex[] = [];
  const used = index.filter((part) => part !== null && part !== "...").length;
  if (used > shape.length)
    throw new IndexError(`zarr: the index speaks of ${used} axes, the array has shape ${shapeText(shape)}`);
  const whole = () => {
    axes.push(partOf(":", shape[axes.length]!, axes.length));
    view.push(":");
  };
  for (const part of [...index, ...(index.includes("...") ? [] : ["..." as const])]) {
    if (part === null) view.push(null);
    else if (part === "...") {
      const behind = index.slice(index.indexOf("...") + 1).filter((one) => one !== null).length;
      const left = shape.length - axes.length - (index.includes("...") ? behind : 0);
      for (let k = 0; k < left; k++) whole();
    } else {
      const one = partOf(part, shape[axes.length]!, axes.length);
      axes.push(one);
      view.push(one.after);
    }
  }
  return { axes, view };
}

function partOf(part: Exclude<BasicIndex, null>, length: number, axis: number): AxisPart {
  const parsed = typeof part === "string" ? parseIndexText(part) : part;
  if (!isSlice(parsed)) {
    const place = Number(parsed);
    if (!Number.isInteger(place) || place < -length || place >= length)
      throw new IndexError(
        `zarr: index ${String(part)} is out of bounds for axis ${axis} of length ${length}`,
      );
    return { start: place < 0 ? place + length : place, count: 1, step: 1, after: 0 };
  }
  const { start, count, step } = clampSlice(parsed, length);
  if (step > 0) return { start, count, step, after: ":" };
  return { start: start + (count - 1) * step, count, step: -step, after: "::-1" };
}

function adopt({ data, shape, stride }: ZarrChunk, dtype: DTypeLike): NDArray {
  const { buffer, byteOffset, byteLength } = data as Uint8Array;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return fromStrided({ data: bytes, dtype, shape, stride });
}

function scalar(value: unknown, dtype: DTypeLike): NDArray {
  const one = fromStrided({ buffer: new ArrayBuffer(8), dtype, shape: [] });
  const { access } = one.dtype;
  access.write(one.storage.view, 0, access.coerce(value));
  return one;
}

/** A value broadcast to what is written, turned as the index turns it. */
function backwards(value: NDArray, shape: readonly number[], view: readonly BasicIndex[]): NDArray {
  const kept = view.flatMap((part) => (part === 0 ? [] : [part]));
  // The axes that the index leaves, as the value sees them.
  let axis = 0;
  const seen: number[] = [];
  for (const part of view) {
    if (part === null) seen.push(1);
    else if (part === 0) axis++;
    else seen.push(shape[axis++]!);
  }
  const stretched = broadcastLayout(value.layout, seen);
  if (stretched === null)
    throw new ShapeError(
      `zarr: a value of shape ${shapeText(value.layout.shape)} does not fit ${shapeText(seen)}`,
    );
  const broadcast = value.viewAs(stretched);
  const turned = broadcast.slice(...kept.map((part) => (part === null ? 0 : part)));
  const { strides, offset } = turned.layout;
  let k = 0;
  const full: number[] = view.filter((part) => part !== null).map((part) => (part === 0 ? 0 : strides[k++]!));
  if (full.length !== shape.length) throw new ShapeError("zarr: the index does not fit the array");
  return turned.viewAs({ shape, strides: full, offset });
}

/** zarrita reads bools through a class of its own. */
function asBools(zarrita: ZarrModule, data: Uint8Array): unknown {
  const { BoolArray } = zarrita as unknown as {
    BoolArray: new (buffer: ArrayBufferLike, offset: number, length: number) => unknown;
  };
  return new BoolArray(data.buffer, data.byteOffset, data.length);
}
