/**
 * The operands of a block: how each is brought into a tile and cast to what the kernel computes in, and how results are
 * cast and sent out.
 */

import type { TypedPlace } from "../array/cast.ts";
import { addressOf } from "../array/heapplace.ts";
import type { Storage } from "../array/storage.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { isCContiguous } from "../layout/contiguity.ts";
import { isSameShape } from "../layout/layout.ts";
import { TILE_ROOM, tilePointer } from "../wasm/memory.ts";
import { blendKernel } from "./blend.ts";
import type { Loop } from "./loop.ts";
import { repeatKernel } from "./repeat.ts";
import { addressIn, bytesIn, castTile, gatherFrom, heapStorage, scatterTo } from "./stage.ts";

/** One operand of a walk over blocks; strides and offset are those of the block at hand. */
export interface Side {
  readonly storage: Storage;
  strides: readonly number[];
  offset: number;
  readonly dtype: Descriptor;
  /** The dtype that the loop wants, in which values are rounded or wrapped. */
  readonly loopDtype: Descriptor;
  /** The dtype that the kernel computes in. */
  readonly kernelDtype: Descriptor;
  /** The first of its tiles: as it lies, as the loop wants it, as the kernel does; for outputs the other way round. */
  readonly slot: number;
  /** Whether it is one element for all. */
  readonly still: boolean;
  /** The input before it that is the same, as in `x * x`, or -1. */
  twin: number;
  /** The block of an input that was brought in last: the next one is the same where it is stretched along an axis. */
  readonly kept: { offset: number; address: number; readonly lengths: number[] };
}

/** Where the mask of a block is, and a tile of ones. */
const MASK_SLOT = 47;
const ONES_SLOT = 46;
/** Outputs have four tiles, the last for what was there. */
const OUTPUT_SLOTS = 4;

/** One operand of a walk whose first tile is that of a number. */
export function sideOf(
  shape: readonly number[],
  { storage, strides, offset, dtype }: TypedPlace,
  loopDtype: Descriptor,
  kernelType: string,
  slot: number,
): Side {
  const kernelDtype = plain[kernelType as keyof typeof plain];
  const kept = { offset: -1, address: 0, lengths: [] };
  return {
    storage,
    strides,
    offset,
    dtype,
    loopDtype,
    kernelDtype,
    slot,
    still: isStill(shape, strides),
    twin: -1,
    kept,
  };
}

/** Whether a place is the same element wherever one goes; nobody goes along an axis of length 1. */
export function isStill(shape: readonly number[], strides: readonly number[]): boolean {
  for (let k = 0; k < strides.length; k++) if (strides[k] !== 0 && shape[k] !== 1) return false;
  return true;
}

/** Whether two operands of one shape are the very same elements. */
export function isTwin(a: TypedPlace, b: TypedPlace): boolean {
  if (a.storage !== b.storage || a.offset !== b.offset || a.dtype !== b.dtype) return false;
  for (let k = 0; k < a.strides.length; k++) if (a.strides[k] !== b.strides[k]) return false;
  return true;
}

/** The operands of a loop, inputs before outputs, then the mask if there is one. */
export function sidesOf(
  { inputs, outputs, kernel }: Loop,
  shape: readonly number[],
  from: readonly TypedPlace[],
  to: readonly TypedPlace[],
  where: TypedPlace | null,
): Side[] {
  const sides: Side[] = [];
  for (let k = 0; k < from.length; k++) {
    const side = sideOf(shape, from[k]!, inputs[k]!, kernel.in[k]!, 3 * k);
    const before = sides[k - 1];
    const alike = before !== undefined && inputs[k] === inputs[k - 1] && kernel.in[k] === kernel.in[k - 1];
    if (alike && isTwin(from[k - 1]!, from[k]!)) side.twin = k - 1;
    sides.push(side);
  }
  for (let k = 0; k < to.length; k++) {
    sides.push(sideOf(shape, to[k]!, outputs[k]!, kernel.out[k]!, ONES_SLOT - OUTPUT_SLOTS * (k + 1)));
  }
  if (where !== null) sides.push(sideOf(shape, where, plain.bool, "bool", MASK_SLOT));
  return sides;
}

/** The most elements of a tile, by the widest dtype of all. */
export function tileLength(sides: readonly Side[]): number {
  let widest = 1;
  for (let k = 0; k < sides.length; k++) {
    const { dtype, loopDtype, kernelDtype } = sides[k]!;
    widest = Math.max(widest, dtype.itemsize, loopDtype.itemsize, kernelDtype.itemsize);
  }
  return TILE_ROOM / widest;
}

/** Brings the one element of an operand that stands still into its tile, `n` times. */
export function stageStill(side: Side, n: number): void {
  fillTile(side, n, tilePointer(side.slot));
  castIn(side, n);
}

/** `n` times the one element at a place that stands still. */
export function fillTile({ storage, offset, dtype }: TypedPlace, n: number, pointer: number): void {
  bytesIn(storage, offset, pointer, dtype.itemsize);
  repeatKernel(dtype.itemsize).run(n, pointer);
}

/** Brings a block of an input in, cast to what the kernel computes in, if it is not there already; says where it is. */
export function stageIn(side: Side, n: number, lengths: readonly number[]): number {
  const { storage, strides, offset, dtype, slot } = side;
  if (side.still) return tilePointer(slot + castsOf(side));
  if (dtype === side.kernelDtype && dtype === side.loopDtype) {
    const address = rowAddress(side, lengths);
    if (address >= 0) return address;
  }
  const { kept } = side;
  if (kept.offset === offset && isSameShape(kept.lengths, lengths)) return kept.address;
  gatherFrom(lengths, storage, strides, offset, dtype, tilePointer(slot));
  kept.offset = offset;
  kept.address = castIn(side, n);
  for (let k = 0; k < lengths.length; k++) kept.lengths[k] = lengths[k]!;
  return kept.address;
}

/** The address of a block that is a row in the engine's memory, else -1. */
function rowAddress({ storage, strides, offset, dtype }: Side, lengths: readonly number[]): number {
  if (addressOf(storage, offset) < 0) return -1;
  const layout = { shape: lengths, strides, offset };
  return isCContiguous(layout, dtype.itemsize) ? addressIn(storage, offset, dtype) : -1;
}

function castsOf({ dtype, loopDtype, kernelDtype }: Side): number {
  return (dtype === loopDtype ? 0 : 1) + (loopDtype === kernelDtype ? 0 : 1);
}

/** Casts what is in the first tile of an input to what the kernel computes in; says where it is. */
function castIn({ dtype, loopDtype, kernelDtype, slot: first }: Side, n: number): number {
  let slot = first;
  if (dtype !== loopDtype) {
    castTile(n, dtype, tilePointer(slot), loopDtype, tilePointer(slot + 1));
    slot++;
  }
  if (loopDtype !== kernelDtype) {
    castTile(n, loopDtype, tilePointer(slot), kernelDtype, tilePointer(slot + 1));
    slot++;
  }
  return tilePointer(slot);
}

/** Puts ones where the mask leaves elements out: what is not asked for must not divide by zero, or be refused. */
export function quieten(
  sides: readonly Side[],
  pointers: number[],
  inputs: number,
  bits: number,
  n: number,
): void {
  const ones = tilePointer(ONES_SLOT);
  for (let k = 0; k < inputs; k++) {
    const { access, itemsize } = sides[k]!.kernelDtype;
    access.write(heapStorage().view, ones, access.convert(1, "i"));
    repeatKernel(itemsize).run(n, ones);
    // Not over the staged tile: what stands still is used again.
    const target = tilePointer(3 * inputs + k);
    blendKernel(itemsize).run(n, bits, ones, pointers[k]!, target);
    pointers[k] = target;
  }
}

/** Where the kernel is to put a block of an output: where it belongs, if it can, or in a tile. */
export function targetOf(side: Side, lengths: readonly number[], masked: boolean): number {
  const { dtype, slot } = side;
  if (!masked && dtype === side.kernelDtype && dtype === side.loopDtype) {
    const address = rowAddress(side, lengths);
    if (address >= 0) return address;
  }
  return tilePointer(slot);
}

/** Sends a computed block out, cast to the dtype of the output; with a mask at `bits`, only where it says so. */
export function stageOut(
  side: Side,
  pointer: number,
  n: number,
  lengths: readonly number[],
  bits: number,
): void {
  const { storage, strides, offset, dtype, loopDtype, kernelDtype } = side;
  let { slot } = side;
  if (pointer !== tilePointer(slot)) return;
  if (kernelDtype !== loopDtype) {
    castTile(n, kernelDtype, tilePointer(slot), loopDtype, tilePointer(slot + 1));
    slot++;
  }
  if (loopDtype !== dtype) {
    castTile(n, loopDtype, tilePointer(slot), dtype, tilePointer(slot + 1));
    slot++;
  }
  if (bits >= 0) {
    const old = tilePointer(side.slot + 3);
    gatherFrom(lengths, storage, strides, offset, dtype, old);
    blendKernel(dtype.itemsize).run(n, bits, old, tilePointer(slot), tilePointer(slot));
  }
  scatterTo(lengths, dtype, tilePointer(slot), storage, strides, offset);
}
