/**
 * Casting elements from one layout to another of the same shape, between any two dtypes.
 *
 * A plain dtype becomes another by a kernel (wasm/casts.ts) that casts lines of elements in the engine's memory. So the
 * walk is cut into blocks that stay in the first cache; each is brought there by a move and sent out by another, unless it
 * lies there already.
 *
 * Dtypes with fields go by position, field by field, and so each ends in a plain cast of its own; a subarray is some
 * more axes.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { isString } from "../dtype/strings.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { DTypeError } from "../errors.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { cStrides, sizeOf } from "../layout/layout.ts";
import { walkOuter2 } from "../layout/walk.ts";
import { keepsCounts, kernelBetween } from "../wasm/date-casts.ts";
import type { Runnable } from "../wasm/kernel.ts";
import { region } from "../wasm/memory.ts";
import { castStrings } from "./caststrings.ts";
import { addressOf, heapStorage } from "./heapplace.ts";
import { moveBytes, moveElements } from "./move.ts";
import { type Lane, type LaneClass, type Place, Storage } from "./storage.ts";

/** Where elements are, and of what dtype. */
export interface TypedPlace extends Place {
  readonly dtype: Descriptor;
}

/**
 * Writes the elements at `src`, cast without a question, to `dst`. Neither may overlap the other, nor `dst` itself.
 *
 * @throws DTypeError when there is no such cast: raw bytes to numbers, several fields to one.
 */
export function castElements(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [src.dtype, dst.dtype];
  if (from.equals(to) && isSolid(to)) moveElements(shape, src, dst, to.itemsize);
  else if (to.subdtype !== null || from.subdtype !== null) castSubarrays(shape, src, dst);
  else if (to.fields !== null) castToFields(shape, src, dst);
  else if (from.fields !== null) castFromFields(shape, src, dst);
  else if (to.kind === "V") castToBytes(shape, src, dst);
  else if (from.kind === "V") throw noCast(from, to, "take a view of the bytes instead");
  else if (isString(from) || isString(to)) castFromOrToStrings(shape, src, dst);
  else castPlain(shape, src, dst);
}

/** Strings of one kind are their bytes, cut or followed by zeros. */
function castFromOrToStrings(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  if (src.dtype.kind === dst.dtype.kind) castToBytes(shape, src, dst);
  else castStrings(shape, src, dst);
}

function noCast(from: Descriptor, to: Descriptor, mend: string): DTypeError {
  return new DTypeError(`cannot cast ${from} to ${to}; ${mend}`);
}

/** Whether every byte of an element belongs to a field. */
export function isSolid(dtype: Descriptor): boolean {
  if (dtype.subdtype !== null) return isSolid(dtype.subdtype.dtype);
  if (dtype.fields === null) return true;
  let end = 0;
  for (const field of [...dtype.fields].sort((a, b) => a.offset - b.offset)) {
    if (field.offset > end || !isSolid(field.dtype)) return false;
    end = Math.max(end, field.offset + field.dtype.itemsize);
  }
  return end === dtype.itemsize;
}

function fieldOf(place: TypedPlace, k: number): TypedPlace {
  const { dtype, offset } = place.dtype.fields![k]!;
  return { storage: place.storage, strides: place.strides, offset: place.offset + offset, dtype };
}

function castToFields(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const count = dst.dtype.fields!.length;
  const byField = src.dtype.fields !== null;
  if (byField && src.dtype.fields.length !== count) {
    throw noCast(src.dtype, dst.dtype, `${src.dtype.fields.length} fields do not go into ${count}`);
  }
  for (let k = 0; k < count; k++) castElements(shape, byField ? fieldOf(src, k) : src, fieldOf(dst, k));
}

function castFromFields(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  if (src.dtype.fields!.length !== 1) throw noCast(src.dtype, dst.dtype, "take one of the fields");
  castElements(shape, fieldOf(src, 0), dst);
}

const zeros = new Storage(new ArrayBuffer(1));

/** Raw bytes take the bytes of anything, cut or followed by zeros. */
function castToBytes(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [had, wanted] = [src.dtype.itemsize, dst.dtype.itemsize];
  moveElements(shape, src, dst, Math.min(had, wanted));
  if (wanted > had) fillZeros(shape, { ...dst, offset: dst.offset + had }, wanted - had);
}

function fillZeros(shape: readonly number[], dst: Place, bytes: number): void {
  const [all, still] = [[...shape, bytes], [...shape, bytes].fill(0)];
  const place = { storage: dst.storage, strides: [...dst.strides, 1], offset: dst.offset };
  moveElements(all, { storage: zeros, strides: still, offset: 0 }, place, 1);
}

/**
 * Blocks of elements broadcast, aligned at the last axis. Where they cannot, NumPy takes what both have and fills
 * the rest with zeros; of axes that only the source has, the first element.
 */
function castSubarrays(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [unpackSubarray(src.dtype), unpackSubarray(dst.dtype)];
  const lead = to.shape.length - from.shape.length;
  const fromStrides = cStrides(from.shape, from.dtype.itemsize);
  const common: number[] = [];
  const strides: number[] = [];
  for (const [k, length] of to.shape.entries()) {
    const given = k < lead ? 1 : from.shape[k - lead]!;
    common.push(given === 1 ? length : Math.min(given, length));
    strides.push(given === 1 ? 0 : fromStrides[k - lead]!);
  }
  const cropped = common.some((length, k) => length < to.shape[k]!);
  if (cropped) fillZeros(shape, dst, dst.dtype.itemsize);
  const toStrides = cStrides(to.shape, to.dtype.itemsize);
  castElements(
    [...shape, ...common],
    { ...src, strides: [...src.strides, ...strides], dtype: from.dtype },
    { ...dst, strides: [...dst.strides, ...toStrides], dtype: to.dtype },
  );
}

/** Whether an element of the one is, byte for byte, what casting makes of it. */
function keepsBytes(from: Descriptor, to: Descriptor): boolean {
  if (from.unit !== null && to.unit !== null) return keepsCounts(from, to);
  return from === to || (isWhole(from) && isWhole(to) && from.itemsize === to.itemsize);
}

function isWhole(dtype: Descriptor): boolean {
  return isInteger(dtype) || dtype.unit !== null;
}

/** Bytes of a block on both sides together: few enough to stay in the first cache from the move to the kernel. */
const BLOCK_BYTES = 1 << 14;
/** The same for lines, which are copied in whole: measured, more bytes a call gain more than the first cache does. */
const LINE_BYTES = 1 << 17;
/** Where the elements of a block lie before and after, in the engine's memory. */
let blocks = 0;

/** A cast of blocks of one shape but for the length of their first axis. */
interface BlockCast {
  readonly kernel: Runnable;
  readonly src: TypedPlace;
  readonly dst: TypedPlace;
  readonly shape: readonly number[];
}

/** Is shown what will be cast, and to what: for errstate, which may refuse it. */
export type CastWatcher = (shape: readonly number[], src: TypedPlace, to: Descriptor) => void;

let watcher: CastWatcher | null = null;

/** Sets who is shown the elements of every cast before it is done; null for nobody. */
export function watchCasts(next: CastWatcher | null): void {
  watcher = next;
}

function castPlain(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [src.dtype, dst.dtype];
  if (keepsBytes(from, to)) {
    moveElements(shape, src, dst, to.itemsize);
    return;
  }
  watcher?.(shape, src, to);
  const size = sizeOf(shape);
  if (size === 0) return;
  src.storage.alive();
  dst.storage.alive();
  if (blocks === 0) blocks = region(LINE_BYTES + 64);
  const kernel = kernelBetween(from, to);
  const both = from.itemsize + to.itemsize;
  const limit = (BLOCK_BYTES / both) & -16;
  if (isLine(shape, src) && isLine(shape, dst)) castLine(kernel, size, (LINE_BYTES / both) & -16, src, dst);
  else if (size <= limit) castBlock({ kernel, src, dst, shape }, src.offset, dst.offset);
  else castBlocks(kernel, limit, shape, src, dst);
}

/** Whether elements lie in C order without gaps. */
function isLine(shape: readonly number[], { strides, dtype }: TypedPlace): boolean {
  let step = dtype.itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    if (length !== 1 && strides[k] !== step) return false;
    step *= length;
  }
  return true;
}

type Assignable = Lane & { set(from: Lane, at: number): void };

/**
 * Whether `TypedArray.set` casts as C does: of integers of at most 32 bits and for float32 to float64. It is two to four
 * times faster than a kernel, as nothing is brought into the engine's memory and out again; anything else it does slowly.
 */
function convertsItself(src: TypedPlace, dst: TypedPlace): boolean {
  const [from, to] = [src.dtype, dst.dtype];
  if (src.offset % from.itemsize !== 0 || dst.offset % to.itemsize !== 0) return false;
  if (from.itemsize > 4 || !(isInteger(from) || from.type === "float32")) return false;
  return (
    to.type === "float64" ||
    (isInteger(from) && (to.type === "float32" || (isInteger(to) && to.itemsize < 8)))
  );
}

function isInteger({ kind }: Descriptor): boolean {
  return kind === "i" || kind === "u";
}

/** Casts elements that lie in a line on both sides; what lies in the engine's memory is used where it is. */
function castLine(kernel: Runnable, size: number, limit: number, src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [src.dtype.itemsize, dst.dtype.itemsize];
  const p = addressOf(src.storage, src.offset);
  const q = addressOf(dst.storage, dst.offset);
  if (p >= 0 && q >= 0) {
    kernel.run(size, p, q);
    return;
  }
  if (convertsItself(src, dst)) {
    const [source, target]: LaneClass<Lane>[] = [src.dtype.lane, dst.dtype.lane];
    const begin = src.offset / from;
    const elements = src.storage.lane(source!).subarray(begin, begin + size);
    (dst.storage.lane(target!) as Assignable).set(elements, dst.offset / to);
    return;
  }
  const out = blocks + limit * from;
  for (let done = 0; done < size; done += limit) {
    const n = Math.min(limit, size - done);
    if (p < 0) moveBytes(src.storage, src.offset + done * from, heapStorage(), blocks, n * from);
    kernel.run(n, p < 0 ? blocks : p + done * from, q < 0 ? out : q + done * to);
    if (q < 0) moveBytes(heapStorage(), out, dst.storage, dst.offset + done * to, n * to);
  }
}

/** Casts more than a block. */
function castBlocks(
  kernel: Runnable,
  limit: number,
  shape: readonly number[],
  src: TypedPlace,
  dst: TypedPlace,
): void {
  const walk = coalesceOrdered(shape, [dst.strides, src.strides], [dst.offset, src.offset]);
  // An axis of length 1 in front is there to be cut when no other has to be.
  const lengths = [1, ...walk.shape];
  const d = [0, ...walk.strides[0]!];
  const s = [0, ...walk.strides[1]!];
  const [to, from] = walk.offsets as [number, number];
  const [cut, rows] = cutAxis(lengths, limit);
  const at = (place: TypedPlace, strides: number[]) => ({ ...place, strides: strides.slice(cut) });
  const block = lengths.slice(cut);
  const job: BlockCast = { kernel, src: at(src, s), dst: at(dst, d), shape: block };
  walkOuter2(lengths, d, to, s, from, lengths.length - cut, (q, p) => {
    for (let i = 0; i < lengths[cut]!; i += rows) {
      block[0] = Math.min(rows, lengths[cut]! - i);
      castBlock(job, p + i * s[cut]!, q + i * d[cut]!);
    }
  });
}

/** The axis to cut so that a piece of it, with all inside it, has at most `limit` elements; and the piece's length. */
function cutAxis(shape: readonly number[], limit: number): [axis: number, length: number] {
  let inside = 1;
  let axis = shape.length - 1;
  while (axis > 0 && inside * shape[axis]! <= limit) inside *= shape[axis--]!;
  return [axis, Math.max(1, Math.floor(limit / inside))];
}

/** Brings a block into the engine's memory if it is not a line there, casts it, and sends it out if it must be. */
function castBlock({ kernel, src, dst, shape }: BlockCast, from: number, to: number): void {
  const p = lineAddress(shape, src, from);
  const q = lineAddress(shape, dst, to);
  const out = blocks + BLOCK_BYTES;
  if (p < 0) moveElements(shape, { ...src, offset: from }, line(shape, src, blocks), src.dtype.itemsize);
  kernel.run(sizeOf(shape), p < 0 ? blocks : p, q < 0 ? out : q);
  if (q < 0) moveElements(shape, line(shape, dst, out), { ...dst, offset: to }, dst.dtype.itemsize);
}

/** The address of elements that lie in a line in the engine's memory, else -1. */
function lineAddress(
  shape: readonly number[],
  { storage, strides, dtype }: TypedPlace,
  offset: number,
): number {
  const address = addressOf(storage, offset);
  return address >= 0 && isCContiguous({ shape, strides, offset }, dtype.itemsize) ? address : -1;
}

function line(shape: readonly number[], { dtype }: TypedPlace, address: number): Place {
  return { storage: heapStorage(), strides: cStrides(shape, dtype.itemsize), offset: address };
}
