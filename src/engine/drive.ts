/**
 * The driver of element-wise operations: any number of operands, of any dtypes, in any layouts.
 *
 * All operands have one shape by now, with strides of 0 where they were broadcast. The work is cut into blocks that fit a
 * tile. For each block the inputs are brought into tiles of the engine's memory and cast to what the kernel computes in,
 * the kernel runs, and what it wrote is cast and sent out. An operand that stands still is brought in once; one that lies
 * in the engine's memory already, as results do inside np.scope, is used where it is.
 */

import type { TypedPlace } from "../array/cast.ts";
import { FEW, fewIn, fewOut, isFew } from "../array/fewmoves.ts";
import { blockShape, walkBlocks } from "../layout/blocks.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { sizeOf } from "../layout/layout.ts";
import { TILE_ROOM, tilePointer } from "../wasm/memory.ts";
import type { Loop } from "./loop.ts";
import {
  fillTile,
  isStill,
  quieten,
  type Side,
  sidesOf,
  stageIn,
  stageOut,
  stageStill,
  targetOf,
  tileLength,
} from "./sides.ts";
import { addressIn, bytesIn, bytesOut } from "./stage.ts";

/**
 * Is told of every tile after it was computed: for errstate, which looks at values. What it has to say to users it says
 * at the end, since they may call what uses the tiles.
 */
export interface Inspector {
  start(): void;
  look(loop: Loop, n: number, pointers: readonly number[]): void;
  end(): void;
  /** Runs operations as one, whose events are told at the end and under one name. */
  together(caller: string, operations: () => void): void;
  /** Runs what brings elements in and sends them out by casts, whose events are told at the end, for the same reason. */
  castsLater(operation: () => void): void;
}

let inspector: Inspector | null = null;

/** Sets who is told of every tile, and returns who was told before. */
export function inspectTiles(next: Inspector | null): Inspector | null {
  const before = inspector;
  inspector = next;
  return before;
}

/** Runs what shows the events of an operation that is not itself looked at, if somebody looks. */
export function inspectTogether(caller: string, operations: () => void): void {
  inspector?.together(caller, operations);
}

/** Runs what works in the engine's memory and brings elements there by casts: of these nobody is told before it has ended. */
export function tellCastsLater(operation: () => void): void {
  if (inspector === null) operation();
  else inspector.castsLater(operation);
}

/** Whether somebody looks at tiles, and may throw. */
export function isInspected(): boolean {
  return inspector !== null;
}

/** Whether events of a loop are asked for, and there can be any. */
export function isWatched(loop: Loop): boolean {
  const { kind } = loop.outputs[0]!;
  return isInspected() && (kind === "f" || kind === "c");
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
  for (let k = 0; k < inputs.length; k++) inputs[k]!.storage.alive();
  for (let k = 0; k < outputs.length; k++) outputs[k]!.storage.alive();
  if (n === 0) return;
  if (loop.plain !== undefined && where === null && isPlain(loop, inputs, outputs)) {
    if (loop.plain.grid(shape, inputs[0]!, inputs[1]!, outputs[0]!)) return;
  }
  inspector?.start();
  if (n <= FEW && where === null && areFew(loop, shape, inputs, outputs))
    runFew(loop, shape, n, inputs, outputs);
  else if (where === null && isLine(loop, shape, inputs, outputs)) runLine(loop, shape, n, inputs, outputs);
  else runBlocks(loop, shape, n, inputs, outputs, where);
  inspector?.end();
}

/** Whether operands are what a loop takes as they are, and nobody looks on. */
function isPlain(loop: Loop, inputs: readonly TypedPlace[], outputs: readonly TypedPlace[]): boolean {
  return (
    inspector === null &&
    inputs[0]!.dtype === loop.inputs[0] &&
    inputs[1]!.dtype === loop.inputs[1] &&
    outputs[0]!.dtype === loop.outputs[0]
  );
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

/** Pointers of the operands of the block at hand; filled and used within one call. */
const pointers: number[] = [];
/** Bytes that each operand moves on for one element: 0 for one that stands still. */
const steps: number[] = [];
/** Where each operand lies in the engine's memory, or -1. */
const addresses: number[] = [];

/** Whether all operands are few elements of the dtypes of the kernel. */
function areFew(
  { kernel }: Loop,
  shape: readonly number[],
  inputs: readonly TypedPlace[],
  outputs: readonly TypedPlace[],
): boolean {
  for (let k = 0; k < inputs.length; k++) {
    const { dtype, storage } = inputs[k]!;
    if (dtype.type !== kernel.in[k] || !isFew(shape, dtype.itemsize, storage)) return false;
  }
  for (let k = 0; k < outputs.length; k++) {
    const { dtype, storage } = outputs[k]!;
    if (dtype.type !== kernel.out[k] || !isFew(shape, dtype.itemsize, storage)) return false;
  }
  return true;
}

/** Few elements of any layouts, of the dtypes of the kernel. */
function runFew(
  loop: Loop,
  shape: readonly number[],
  n: number,
  inputs: readonly TypedPlace[],
  outputs: readonly TypedPlace[],
): void {
  const many = inputs.length;
  const count = many + outputs.length;
  for (let k = 0; k < count; k++) pointers[k] = tilePointer(k);
  for (let k = 0; k < many; k++) {
    const { storage, strides, offset, dtype } = inputs[k]!;
    fewIn(shape, strides, storage, offset, dtype.itemsize, pointers[k]!);
  }
  call(loop, n, count);
  for (let k = many; k < count; k++) {
    const { storage, strides, offset, dtype } = outputs[k - many]!;
    fewOut(shape, strides, storage, offset, dtype.itemsize, pointers[k]!);
  }
}

/** Everything in rows or standing still, of the dtypes of the kernel. */
function runLine(
  loop: Loop,
  shape: readonly number[],
  n: number,
  inputs: readonly TypedPlace[],
  outputs: readonly TypedPlace[],
): void {
  const many = inputs.length;
  const count = many + outputs.length;
  let widest = 1;
  let staged = false;
  for (let k = 0; k < count; k++) {
    const place = k < many ? inputs[k]! : outputs[k - many]!;
    const { itemsize } = place.dtype;
    const still = n > 1 && k < many && isStill(shape, place.strides);
    if (itemsize > widest) widest = itemsize;
    steps[k] = still ? 0 : itemsize;
    addresses[k] = still ? -1 : addressIn(place.storage, place.offset, place.dtype);
    if (addresses[k]! < 0) staged = true;
  }
  // What lies in the engine's memory altogether needs no tiles.
  const most = staged ? TILE_ROOM / widest : n;
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

/** Runs the kernel on what `pointers` says. */
function call(loop: Loop, n: number, count: number): void {
  const { kernel } = loop;
  if (count === 3) kernel.run(n, pointers[0]!, pointers[1]!, pointers[2]!);
  else if (count === 2) kernel.run(n, pointers[0]!, pointers[1]!);
  else if (count === 4) kernel.run(n, pointers[0]!, pointers[1]!, pointers[2]!, pointers[3]!);
  else kernel.run(n, ...pointers.slice(0, count));
  inspector?.look(loop, n, pointers.slice(0, count));
}

/** Everything else: cut into blocks that fit a tile, if it does not fit as it is. */
function runBlocks(
  loop: Loop,
  shape: readonly number[],
  n: number,
  inputs: readonly TypedPlace[],
  outputs: readonly TypedPlace[],
  where: TypedPlace | null,
): void {
  const sides = sidesOf(loop, shape, inputs, outputs, where);
  const limit = tileLength(sides);
  if (n <= limit) {
    for (let k = 0; k < sides.length; k++) if (sides[k]!.still) stageStill(sides[k]!, n);
    runBlock(loop, sides, n, shape);
  } else walk(loop, shape, sides, limit);
}

function walk(loop: Loop, shape: readonly number[], sides: readonly Side[], limit: number): void {
  // The results come first: it is their order in memory that is walked in.
  const from = loop.inputs.length;
  const count = from + loop.outputs.length;
  const ordered = [...sides.slice(from, count), ...sides.slice(0, from), ...sides.slice(count)];
  const merged = coalesceOrdered(
    shape,
    ordered.map((side) => side.strides),
    ordered.map((side) => side.offset),
  );
  const { strides, offsets: starts } = merged;
  for (let k = 0; k < ordered.length; k++) {
    const side = ordered[k]!;
    side.strides = strides[k]!;
    side.offset = starts[k]!;
    if (side.still) stageStill(side, limit);
  }
  const block = blockShape(merged.shape, strides, limit);
  walkBlocks(merged.shape, block, strides, starts, (lengths, offsets) => {
    for (let k = 0; k < ordered.length; k++) ordered[k]!.offset = offsets[k]!;
    runBlock(loop, sides, sizeOf(lengths), lengths);
  });
}

/** Whether elements that a mask leaves out could be refused or reported: integers are refused, floats only looked at. */
function mayComplain({ outputs }: Loop): boolean {
  if (inspector !== null) return true;
  for (let k = 0; k < outputs.length; k++)
    if (outputs[k]!.kind === "i" || outputs[k]!.kind === "u") return true;
  return false;
}

function runBlock(loop: Loop, sides: readonly Side[], n: number, lengths: readonly number[]): void {
  const from = loop.inputs.length;
  const count = from + loop.outputs.length;
  for (let k = 0; k < from; k++) {
    const { twin } = sides[k]!;
    pointers[k] = twin < 0 ? stageIn(sides[k]!, n, lengths) : pointers[twin]!;
  }
  const bits = sides.length > count ? stageIn(sides[count]!, n, lengths) : -1;
  if (bits >= 0 && mayComplain(loop)) quieten(sides, pointers, from, bits, n);
  for (let k = from; k < count; k++) pointers[k] = targetOf(sides[k]!, lengths, bits >= 0);
  call(loop, n, count);
  for (let k = from; k < count; k++) stageOut(sides[k]!, pointers[k]!, n, lengths, bits);
}
