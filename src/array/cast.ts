/**
 * Casting elements from one layout to another of the same shape, between any two dtypes.
 *
 * A plain dtype becomes another by the steps of a plan (castplan.ts), which work on lines. So the walk is cut into
 * blocks that stay in the first cache; a block that is not dense and aligned on one side is brought into a line of
 * scratch memory, or sent out of one, by a move. What is dense on both sides and takes one step is done in one call.
 *
 * Dtypes with fields go by position, field by field, and so each ends in a plain cast of its own; a subarray is some
 * more axes.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { DTypeError } from "../errors.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { cStrides, sizeOf } from "../layout/layout.ts";
import { walkOuter2 } from "../layout/walk.ts";
import { type CastStep, castPlan } from "./castplan.ts";
import { moveElements } from "./move.ts";
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
  else castPlain(shape, src, dst);
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

/** Elements of a block: few enough that the lines of all steps stay in the cache. */
const BLOCK = 1024;

/** A cast of blocks of one shape but for the length of their first axis. */
interface BlockCast {
  readonly plan: readonly CastStep[];
  readonly src: TypedPlace;
  readonly dst: TypedPlace;
  readonly shape: readonly number[];
}

function castPlain(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const plan = castPlan(src.dtype, dst.dtype);
  if (plan.length === 0) {
    moveElements(shape, src, dst, dst.dtype.itemsize);
    return;
  }
  const size = sizeOf(shape);
  if (size > BLOCK) castBlocks(plan, shape, src, dst);
  else if (size > 0) castBlock({ plan, src, dst, shape }, src.offset, dst.offset);
}

/** Casts more than a block. */
function castBlocks(
  plan: readonly CastStep[],
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
  const [first, last] = [plan[0]!, plan.at(-1)!];
  const whole =
    first === last &&
    isReady(lengths, s, from, src.dtype.itemsize, first.source) &&
    isReady(lengths, d, to, dst.dtype.itemsize, last.target);
  const [cut, rows] = cutAxis(lengths, whole ? Number.POSITIVE_INFINITY : BLOCK);
  const at = (place: TypedPlace, strides: number[]) => ({ ...place, strides: strides.slice(cut) });
  const block = lengths.slice(cut);
  const job: BlockCast = { plan, src: at(src, s), dst: at(dst, d), shape: block };
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
  return [axis, Math.max(1, Math.floor(Math.min(limit, 2 ** 53) / inside))];
}

/** Whether elements lie in a line that a lane can be laid over. */
function isReady(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  itemsize: number,
  lane: LaneClass<Lane>,
): boolean {
  return offset % lane.BYTES_PER_ELEMENT === 0 && isCContiguous({ shape, strides, offset }, itemsize);
}

const slots: Storage[] = [];

/** Scratch memory for a line of elements of any plain dtype. */
function slot(k: number): Storage {
  return (slots[k] ??= new Storage(new ArrayBuffer(BLOCK * 16)));
}

/** Brings a block into a line if it is not in one, takes the steps, and sends the line out if it must be. */
function castBlock({ plan, src, dst, shape }: BlockCast, from: number, to: number): void {
  const n = sizeOf(shape);
  const steps = plan.length;
  let line: Storage = src.storage;
  let at = from;
  if (!isReady(shape, src.strides, from, src.dtype.itemsize, plan[0]!.source)) {
    line = slot(0);
    at = 0;
    moveElements(
      shape,
      { ...src, offset: from },
      denseLine(line, shape, src.dtype.itemsize),
      src.dtype.itemsize,
    );
  }
  const direct = isReady(shape, dst.strides, to, dst.dtype.itemsize, plan[steps - 1]!.target);
  for (let k = 0; k < steps; k++) {
    const { source, target, run } = plan[k]!;
    const here = direct && k === steps - 1;
    const out = here ? dst.storage : slot(k + 1);
    const outAt = here ? to : 0;
    const input = line.lane(source) as never;
    run(input, at / source.BYTES_PER_ELEMENT, out.lane(target) as never, outAt / target.BYTES_PER_ELEMENT, n);
    line = out;
    at = outAt;
  }
  if (!direct)
    moveElements(
      shape,
      denseLine(line, shape, dst.dtype.itemsize),
      { ...dst, offset: to },
      dst.dtype.itemsize,
    );
}

function denseLine(storage: Storage, shape: readonly number[], itemsize: number): Place {
  return { storage, strides: cStrides(shape, itemsize), offset: 0 };
}
