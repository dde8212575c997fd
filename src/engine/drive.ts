/**
 * The driver of element-wise operations: any number of operands, of any dtypes, in any layouts.
 *
 * All operands have one shape by now, with strides of 0 where they were broadcast. The work is cut into blocks that fit a
 * tile. For each block the inputs are brought into tiles of the engine's memory and cast to what the kernel computes in,
 * the kernel runs, and what it wrote is cast and sent out. An operand that stands still is brought in once; one that lies
 * in the engine's memory already, as results do inside np.scope, is used where it is.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { sizeOf } from "../layout/layout.ts";
import { TILE_BYTES, tilePointer } from "../wasm/memory.ts";
import { blendKernel } from "./blend.ts";
import { blockShape, walkBlocks } from "./blocks.ts";
import type { Loop } from "./loop.ts";
import { repeatKernel } from "./repeat.ts";
import {
  addressIn,
  bytesIn,
  bytesOut,
  castTile,
  doublesIn,
  doublesOut,
  gather,
  heapStorage,
  scatter,
} from "./stage.ts";

/**
 * Is told of every tile after it was computed: for errstate, which looks at values. What it has to say to users it says
 * at the end, since they may call what uses the tiles.
 */
export interface Inspector {
  start(): void;
  look(loop: Loop, n: number, pointers: readonly number[]): void;
  end(): void;
}

let inspector: Inspector | null = null;

/** Sets who is told of every tile, and returns who was told before. */
export function inspectTiles(next: Inspector | null): Inspector | null {
  const before = inspector;
  inspector = next;
  return before;
}

/** Whether somebody looks at tiles, and may throw. */
export function isInspected(): boolean {
  return inspector !== null;
}

/**
 * Runs a loop over operands of one shape. The caller has seen to it that the casts are allowed, that no output overlaps
 * an input (unless they are the same place) or itself, and that outputs are writeable.
 */
export function elementwise(
  loop: Loop,
  shape: readonly number[],
  inputs: readonly TypedPlace[],
  outputs: readonly TypedPlace[],
  where: TypedPlace | null,
): void {
  const n = sizeOf(shape);
  if (n === 0) return;
  for (let k = 0; k < inputs.length; k++) inputs[k]!.storage.alive();
  for (let k = 0; k < outputs.length; k++) outputs[k]!.storage.alive();
  inspector?.start();
  if (where === null && outputs.length === 1 && n <= FEW && runFew(loop, shape, n, inputs, outputs[0]!))
    return;
  if (where === null && isLine(loop, shape, inputs, outputs)) runLine(loop, n, inputs, outputs);
  else runBlocks(loop, shape, inputs, outputs, where);
  inspector?.end();
}

/** An operand that is in no line, in a row of elements, or standing still. */
const NO_LINE = 0;
const ROW = 1;
const STILL = 2;

/** How an operand lies when its elements are met in C order. */
function lineKind(shape: readonly number[], place: TypedPlace): number {
  const { strides } = place;
  let step = place.dtype.itemsize;
  let row = true;
  let still = true;
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    if (length === 1) continue;
    const stride = strides[k]!;
    if (stride !== step) row = false;
    if (stride !== 0) still = false;
    step *= length;
  }
  return row ? ROW : still ? STILL : NO_LINE;
}

/** Up to so many elements, what has to be looked up for each tile costs more than the work itself. */
const FEW = 64;
const FIRST = /* @__PURE__ */ tilePointer(0);
const SECOND = /* @__PURE__ */ tilePointer(1);
const THIRD = /* @__PURE__ */ tilePointer(2);

/**
 * The short way of a few elements of one or two operands, in rows or standing still, of the dtypes of the kernel. Returns
 * whether it was that.
 */
function runFew(
  loop: Loop,
  shape: readonly number[],
  n: number,
  inputs: readonly TypedPlace[],
  out: TypedPlace,
): boolean {
  const { kernel } = loop;
  const a = inputs[0]!;
  const b = inputs.length === 1 ? a : inputs[1]!;
  if (inputs.length > 2 || inspector !== null) return false;
  if (out.dtype.type !== kernel.out[0] || a.dtype.type !== kernel.in[0]) return false;
  if (lineKind(shape, out) !== ROW) return false;
  const kindA = lineKind(shape, a);
  if (kindA === NO_LINE) return false;
  stageFew(a, kindA, n, FIRST);
  if (inputs.length === 2) {
    const kindB = lineKind(shape, b);
    if (kindB === NO_LINE || b.dtype.type !== kernel.in[1]) return false;
    stageFew(b, kindB, n, SECOND);
    kernel.run(n, FIRST, SECOND, THIRD);
  } else kernel.run(n, FIRST, THIRD);
  if (out.dtype.type === "float64" && out.offset % 8 === 0) doublesOut(THIRD, out.storage, out.offset, n);
  else bytesOut(THIRD, out.storage, out.offset, n * out.dtype.itemsize);
  return true;
}

function stageFew(place: TypedPlace, kind: number, n: number, pointer: number): void {
  if (kind === ROW) {
    if (place.dtype.type === "float64" && place.offset % 8 === 0) {
      doublesIn(place.storage, place.offset, pointer, n);
    } else bytesIn(place.storage, place.offset, pointer, n * place.dtype.itemsize);
  } else fillTile(place, n, pointer);
}

function isLine(
  { kernel }: Loop,
  shape: readonly number[],
  inputs: readonly TypedPlace[],
  outputs: readonly TypedPlace[],
): boolean {
  for (let k = 0; k < outputs.length; k++) {
    const place = outputs[k]!;
    if (place.dtype.type !== kernel.out[k] || lineKind(shape, place) !== ROW) return false;
  }
  for (let k = 0; k < inputs.length; k++) {
    const place = inputs[k]!;
    if (place.dtype.type !== kernel.in[k] || lineKind(shape, place) === NO_LINE) return false;
  }
  return true;
}

/** The most elements of a tile, by the widest of the operands. */
function tileLength(...lists: readonly (readonly { readonly itemsize: number }[])[]): number {
  let widest = 1;
  for (const list of lists) {
    for (let k = 0; k < list.length; k++) if (list[k]!.itemsize > widest) widest = list[k]!.itemsize;
  }
  return TILE_BYTES / widest;
}

/** Pointers of the operands of the block at hand; filled and used within one call. */
const pointers: number[] = [];
/** Bytes that each operand moves on for one element: 0 for one that stands still. */
const steps: number[] = [];
/** Where each operand lies in the engine's memory, or -1. */
const addresses: number[] = [];

/** Everything in rows or standing still, of the dtypes of the kernel. */
function runLine(loop: Loop, n: number, inputs: readonly TypedPlace[], outputs: readonly TypedPlace[]): void {
  const many = inputs.length;
  const count = many + outputs.length;
  let widest = 1;
  let staged = false;
  for (let k = 0; k < count; k++) {
    const place = k < many ? inputs[k]! : outputs[k - many]!;
    const { itemsize } = place.dtype;
    const still = n > 1 && k < many && isStill(place);
    if (itemsize > widest) widest = itemsize;
    steps[k] = still ? 0 : itemsize;
    addresses[k] = still ? -1 : addressIn(place.storage, place.offset, place.dtype);
    if (addresses[k]! < 0) staged = true;
  }
  // What lies in the engine's memory altogether needs no tiles.
  const most = staged ? TILE_BYTES / widest : n;
  for (let k = 0; k < many; k++) {
    if (steps[k] === 0) fillTile(inputs[k]!, n < most ? n : most, tilePointer(k));
  }
  for (let done = 0; done < n; done += most) {
    const length = n - done < most ? n - done : most;
    for (let k = 0; k < count; k++) {
      const step = steps[k]!;
      if (addresses[k]! >= 0) pointers[k] = addresses[k]! + done * step;
      else {
        pointers[k] = tilePointer(k);
        if (k < many && step > 0) {
          const { storage, offset } = inputs[k]!;
          bytesIn(storage, offset + done * step, pointers[k]!, length * step);
        }
      }
    }
    call(loop, length, count);
    for (let k = many; k < count; k++) {
      if (addresses[k]! >= 0) continue;
      const { storage, offset } = outputs[k - many]!;
      bytesOut(pointers[k]!, storage, offset + done * steps[k]!, length * steps[k]!);
    }
  }
}

function isStill({ strides }: TypedPlace): boolean {
  for (let k = 0; k < strides.length; k++) if (strides[k] !== 0) return false;
  return true;
}

/** Runs the kernel on what `pointers` says. */
function call(loop: Loop, n: number, count: number): void {
  const { kernel } = loop;
  if (count === 3) kernel.run(n, pointers[0]!, pointers[1]!, pointers[2]!);
  else if (count === 2) kernel.run(n, pointers[0]!, pointers[1]!);
  else kernel.run(n, ...pointers.slice(0, count));
  inspector?.look(loop, n, pointers.slice(0, count));
}

/** `n` times the one element at a place that stands still. */
function fillTile({ storage, offset, dtype }: TypedPlace, n: number, pointer: number): void {
  bytesIn(storage, offset, pointer, dtype.itemsize);
  repeatKernel(dtype.itemsize).run(n, pointer);
}

/** One operand of a walk over blocks. */
interface Side {
  readonly place: TypedPlace;
  /** The dtype that the loop wants, in which values are rounded or wrapped. */
  readonly loopDtype: Descriptor;
  /** The dtype that the kernel computes in. */
  readonly kernelDtype: Descriptor;
  readonly still: boolean;
}

function sideOf(place: TypedPlace, strides: number[], loopDtype: Descriptor, kernelType: string): Side {
  return {
    place: { ...place, strides },
    loopDtype,
    kernelDtype: plain[kernelType as keyof typeof plain],
    still: strides.every((stride) => stride === 0),
  };
}

function runBlocks(
  loop: Loop,
  shape: readonly number[],
  inputs: readonly TypedPlace[],
  outputs: readonly TypedPlace[],
  where: TypedPlace | null,
): void {
  const all = where === null ? [...outputs, ...inputs] : [...outputs, ...inputs, where];
  const walk = coalesceOrdered(
    shape,
    all.map((place) => place.strides),
    all.map((place) => place.offset),
  );
  const sides = all.map((place, k) => {
    const own = walk.strides[k]!;
    if (k < outputs.length) return sideOf(place, own, loop.outputs[k]!, loop.kernel.out[k]!);
    const input = k - outputs.length;
    if (input < inputs.length) return sideOf(place, own, loop.inputs[input]!, loop.kernel.in[input]!);
    return sideOf(place, own, plain.bool, "bool");
  });
  const limit = tileLength(
    sides.map(({ place }) => place.dtype),
    sides.map(({ loopDtype }) => loopDtype),
    sides.map(({ kernelDtype }) => kernelDtype),
  );
  const block = blockShape(walk.shape, walk.strides, limit);
  const [from, to] = [
    sides.slice(outputs.length, outputs.length + inputs.length),
    sides.slice(0, outputs.length),
  ];
  const mask = where === null ? null : sides.at(-1)!;
  from.forEach((side, k) => {
    if (side.still) stageIn(side, [Math.min(limit, sizeOf(shape))], [0], walk.offsets[to.length + k]!, k);
  });
  walkBlocks(walk.shape, block, walk.strides, walk.offsets, (lengths, offsets) => {
    const n = sizeOf(lengths);
    from.forEach((side, k) => {
      if (side.still) pointers[k] = stagedAt(side, k);
      else pointers[k] = stageIn(side, lengths, side.place.strides, offsets[to.length + k]!, k);
    });
    to.forEach((_, k) => {
      pointers[from.length + k] = tilePointer(outputSlot(k));
    });
    if (mask !== null) quieten(from, n, lengths, mask, offsets.at(-1)!);
    call(loop, n, from.length + to.length);
    to.forEach((side, k) => {
      stageOut(side, n, lengths, offsets[k]!, k, mask);
    });
  });
}

/** Where the mask of a block is, and a tile of ones. */
const MASK_SLOT = 47;
const ONES_SLOT = 46;

/** Puts ones where the mask leaves elements out: what is not asked for must not divide by zero, or be refused. */
function quieten(
  from: readonly Side[],
  n: number,
  lengths: readonly number[],
  mask: Side,
  maskOffset: number,
): void {
  const [bits, ones] = [tilePointer(MASK_SLOT), tilePointer(ONES_SLOT)];
  gather(lengths, mask.place, maskOffset, plain.bool, bits);
  from.forEach(({ kernelDtype }, k) => {
    const { access, itemsize } = kernelDtype;
    access.write(heapStorage().view, ones, access.convert(1, "i"));
    repeatKernel(itemsize).run(n, ones);
    // Not over the staged tile: what stands still is used again.
    const target = tilePointer(3 * from.length + k);
    blendKernel(itemsize).run(n, bits, ones, pointers[k]!, target);
    pointers[k] = target;
  });
}

/** Each input has three tiles: as it lies, as the loop wants it, as the kernel does. Outputs have four, behind. */
const SLOTS = 4;

function outputSlot(k: number): number {
  return ONES_SLOT - SLOTS * (k + 1);
}

/** Which of its tiles an input ends up in. */
function stagedAt({ place, loopDtype, kernelDtype }: Side, k: number): number {
  const casts = Number(place.dtype !== loopDtype) + Number(loopDtype !== kernelDtype);
  return tilePointer(3 * k + casts);
}

/** Brings a block of an input in, cast to what the kernel computes in; returns where it is. */
function stageIn(
  side: Side,
  lengths: readonly number[],
  strides: readonly number[],
  offset: number,
  k: number,
): number {
  const { place, loopDtype, kernelDtype } = side;
  const n = sizeOf(lengths);
  let slot = 3 * k;
  gather(lengths, { ...place, strides }, offset, place.dtype, tilePointer(slot));
  if (place.dtype !== loopDtype) {
    castTile(n, place.dtype, tilePointer(slot), loopDtype, tilePointer(slot + 1));
    slot++;
  }
  if (loopDtype !== kernelDtype) {
    castTile(n, loopDtype, tilePointer(slot), kernelDtype, tilePointer(slot + 1));
    slot++;
  }
  return tilePointer(slot);
}

/** Sends a computed block out, cast to the dtype of the output; with a mask, only where it says so. */
function stageOut(
  side: Side,
  n: number,
  lengths: readonly number[],
  offset: number,
  k: number,
  mask: Side | null,
): void {
  const { place, loopDtype, kernelDtype } = side;
  let slot = outputSlot(k);
  if (kernelDtype !== loopDtype) {
    castTile(n, kernelDtype, tilePointer(slot), loopDtype, tilePointer(slot + 1));
    slot++;
  }
  if (loopDtype !== place.dtype) {
    castTile(n, loopDtype, tilePointer(slot), place.dtype, tilePointer(slot + 1));
    slot++;
  }
  if (mask !== null) {
    const [old, bits] = [tilePointer(outputSlot(k) + 3), tilePointer(MASK_SLOT)];
    gather(lengths, place, offset, place.dtype, old);
    blendKernel(place.dtype.itemsize).run(n, bits, old, tilePointer(slot), tilePointer(slot));
  }
  scatter(lengths, place.dtype, tilePointer(slot), place, offset);
}
