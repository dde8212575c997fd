/**
 * Running a program over operands: they are brought in piece by piece, each once, the program runs, and the result goes out.
 * What lies in the engine's memory is used where it is.
 */

import type { TypedPlace } from "../array/cast.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { blockShape, walkBlocks } from "../layout/blocks.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { sizeOf } from "../layout/layout.ts";
import { heap, region, TILE_ROOM, tilePointer } from "../wasm/memory.ts";
import { MOST_INPUTS, type Program, type ProgramCall, type ScalarPlace } from "./fused-program.ts";
import { repeatKernel } from "./repeat.ts";
import {
  fillTile,
  isStill,
  isTwin,
  type Side,
  sideOf,
  stageIn,
  stageOut,
  stageStill,
  targetOf,
} from "./sides.ts";
import { addressIn, bytesIn, castTile, gatherFrom, heapStorage, lineIn, rowIn, rowOut } from "./stage.ts";

/** The tile of the result; those of operands come before it. */
const RESULT_SLOT = MOST_INPUTS;

/** The tiles of operands. */
const TILES: readonly number[] = /* @__PURE__ */ Array.from({ length: MOST_INPUTS }, (_, k) =>
  tilePointer(k),
);

/** Runs all calls on `n` elements, from where the addresses of operands and result point to. */
function runTile(program: Program, n: number): void {
  const { calls, most } = program;
  if (n <= most) for (let k = 0; k < calls.length; k++) runCall(calls[k]!, n, program.addresses);
  else runPieces(program, n);
}

/** The same where a register holds less: all calls for the first elements, then for the next. */
function runPieces({ calls, most, addresses, steps }: Program, n: number): void {
  const moved = addresses.slice();
  for (let done = 0; done < n; done += most) {
    const length = n - done < most ? n - done : most;
    for (let k = 0; k < addresses.length; k++) moved[k] = addresses[k]! + done * steps[k]!;
    for (let k = 0; k < calls.length; k++) runCall(calls[k]!, length, moved);
  }
}

function runCall({ kernel, places: p }: ProgramCall, n: number, at: readonly number[]): void {
  const { length } = p;
  if (length === 3) kernel.run(n, at[p[0]!]!, at[p[1]!]!, at[p[2]!]!);
  else if (length === 2) kernel.run(n, at[p[0]!]!, at[p[1]!]!);
  else if (length === 4) kernel.run(n, at[p[0]!]!, at[p[1]!]!, at[p[2]!]!, at[p[3]!]!);
  else if (length === 5) kernel.run(n, at[p[0]!]!, at[p[1]!]!, at[p[2]!]!, at[p[3]!]!, at[p[4]!]!);
  else kernel.run(n, ...p.map((place) => at[place]!));
}

/** Two elements of any dtype. */
let scratch = 0;

/**
 * Puts scalars where kernels read them. An array stands for its first element.
 *
 * @throws ValueError, DTypeError for a scalar that its dtype does not hold
 */
export function placeScalars(
  scalars: readonly ScalarPlace[],
  operands: readonly (NDArray | ScalarLike)[],
): void {
  for (let k = 0; k < scalars.length; k++) {
    const scalar = scalars[k]!;
    const value = operands[scalar.operand]!;
    const { pointer, wanted, computed, bytes } = scalar;
    const number = typeof value === "bigint" && computed.kind === "f" ? floatOf(value) : value;
    if (typeof number !== "number" || !placeNumber(number, wanted, computed, pointer))
      placeElement(scalar, value);
    else if (bytes === 16) continue;
    repeatKernel(computed.itemsize).run(bytes / computed.itemsize, pointer);
  }
}

/** A whole number as the float that it becomes; as it is where it is too large. */
function floatOf(value: bigint): number | bigint {
  const float = Number(value);
  return float === Number.POSITIVE_INFINITY || float === Number.NEGATIVE_INFINITY ? value : float;
}

/** The same of a number for the most common dtypes, 16 bytes of it at once; whether it is one of those. */
function placeNumber(value: number, wanted: Descriptor, computed: Descriptor, pointer: number): boolean {
  if (wanted !== computed) return false;
  if (computed === plain.float64) {
    const at = pointer / 8;
    heap.f64[at] = value;
    heap.f64[at + 1] = value;
    return true;
  }
  const at = pointer / 4;
  if (computed === plain.float32) {
    heap.f32[at] = value;
    heap.f32[at + 1] = value;
    heap.f32[at + 2] = value;
    heap.f32[at + 3] = value;
    return true;
  }
  if (computed !== plain.int32 || (value | 0) !== value) return false;
  heap.i32[at] = value;
  heap.i32[at + 1] = value;
  heap.i32[at + 2] = value;
  heap.i32[at + 3] = value;
  return true;
}

function placeElement({ wanted, computed, pointer }: ScalarPlace, value: NDArray | ScalarLike): void {
  if (scratch === 0) scratch = region(64);
  if (typeof value === "object" && "layout" in value) {
    const { storage, layout, dtype } = value;
    storage.alive();
    const [from, to] = [scratch, wanted === computed ? pointer : scratch + 32];
    bytesIn(storage, layout.offset, dtype === wanted ? to : from, dtype.itemsize);
    if (dtype !== wanted) castTile(1, dtype, from, wanted, to);
  } else {
    const to = wanted === computed ? pointer : scratch + 32;
    wanted.access.write(heapStorage().unchecked, to, wanted.access.coerce(value) as never);
  }
  if (wanted !== computed) castTile(1, wanted, scratch + 32, computed, pointer);
}

/**
 * Operands that are all lines, met in C order: `strides[k]` bytes from each element to the next. `operands` are those of the
 * chain.
 */
export function runLines(
  program: Program,
  n: number,
  operands: readonly (NDArray | ScalarLike)[],
  strides: readonly number[],
  result: NDArray,
): void {
  const { addresses, inputs, inputDTypes, resultDType, widest, inPlace } = program;
  const count = inputs.length;
  const out = result.storage;
  const outOffset = result.layout.offset;
  const { itemsize } = resultDType;
  out.alive();
  const outAddress = addressIn(out, outOffset, resultDType);
  const most = TILE_ROOM / widest;
  for (let done = 0; done < n; done += most) {
    const length = n - done < most ? n - done : most;
    for (let k = 0; k < count; k++) {
      const twin = twinOf(operands, inputs, k);
      const a = operands[inputs[k]!] as NDArray;
      const step = strides[k]!;
      addresses[k] =
        twin >= 0 ? addresses[twin]! : bringLine(a, inputDTypes[k]!, step, done * step, length, TILES[k]!);
    }
    const tile = inPlace && addresses[0] === TILES[0] ? TILES[0]! : tilePointer(RESULT_SLOT);
    const to = outAddress < 0 ? tile : outAddress + done * itemsize;
    addresses[count] = to;
    runTile(program, length);
    if (outAddress < 0) rowOut(to, out, outOffset + done * itemsize, length * itemsize, resultDType);
  }
}

/** Brings a part of a line in, if it is not there; says where it is. */
function bringLine(
  a: NDArray,
  dtype: Descriptor,
  step: number,
  start: number,
  length: number,
  tile: number,
): number {
  const { itemsize } = dtype;
  const { storage } = a;
  const offset = a.layout.offset + start;
  if (step !== itemsize) lineIn(storage, offset, step, tile, length, dtype);
  else {
    const address = addressIn(storage, offset, dtype);
    if (address >= 0) {
      storage.alive();
      return address;
    }
    rowIn(storage, offset, tile, length * itemsize, dtype);
  }
  return tile;
}

/** Whether an operand that is not still is the same as one before it: which; else -1. */
function twinOf(operands: readonly unknown[], inputs: readonly number[], k: number): number {
  const a = operands[inputs[k]!];
  for (let j = 0; j < k; j++) if (operands[inputs[j]!] === a) return j;
  return -1;
}

/** Operands of any layouts, stretched to one shape, into a row, if all fits the tiles at once; whether it does. */
export function runPiece(
  program: Program,
  shape: readonly number[],
  n: number,
  inputs: readonly TypedPlace[],
  result: NDArray,
): boolean {
  const { addresses, resultDType, widest } = program;
  if (n > TILE_ROOM / widest) return false;
  for (let k = 0; k < inputs.length; k++) {
    const place = inputs[k]!;
    const { storage, strides, offset, dtype } = place;
    const pointer = tilePointer(k);
    if (isStill(shape, strides)) fillTile(place, n, pointer);
    else gatherFrom(shape, storage, strides, offset, dtype, pointer);
    addresses[k] = pointer;
  }
  const { storage, layout } = result;
  const address = addressIn(storage, layout.offset, resultDType);
  const to = address < 0 ? tilePointer(RESULT_SLOT) : address;
  addresses[inputs.length] = to;
  runTile(program, n);
  if (address < 0) rowOut(to, storage, layout.offset, n * resultDType.itemsize, resultDType);
  return true;
}

/** Operands of any layouts, stretched to one shape; the result may lie anywhere too, but not where it would be read. */
export function runBlocks(
  program: Program,
  shape: readonly number[],
  inputs: readonly TypedPlace[],
  result: TypedPlace,
): void {
  const { resultDType, widest } = program;
  const sides = inputs.map((place, k) => sideOf(shape, place, place.dtype, place.dtype.type, k));
  const target = sideOf(shape, result, resultDType, resultDType.type, RESULT_SLOT);
  sides.forEach((side, k) => {
    side.twin = inputs.findIndex((place, j) => j < k && isTwin(place, inputs[k]!));
  });
  // The result comes first: it is its order in memory that is walked in.
  const ordered = [target, ...sides];
  const merged = coalesceOrdered(
    shape,
    ordered.map((side) => side.strides),
    ordered.map((side) => side.offset),
  );
  const limit = TILE_ROOM / widest;
  ordered.forEach((side, k) => {
    side.strides = merged.strides[k]!;
    side.offset = merged.offsets[k]!;
    if (k > 0 && side.still) stageStill(side, limit);
  });
  const block = blockShape(merged.shape, merged.strides, limit);
  walkBlocks(merged.shape, block, merged.strides, merged.offsets, (lengths, offsets) => {
    for (let k = 0; k < ordered.length; k++) ordered[k]!.offset = offsets[k]!;
    runBlock(program, sides, target, lengths);
  });
}

function runBlock(program: Program, sides: readonly Side[], target: Side, lengths: readonly number[]): void {
  const { addresses } = program;
  const n = sizeOf(lengths);
  for (let k = 0; k < sides.length; k++) {
    const { twin } = sides[k]!;
    addresses[k] = twin < 0 ? stageIn(sides[k]!, n, lengths) : addresses[twin]!;
  }
  const to = targetOf(target, lengths, false);
  addresses[sides.length] = to;
  runTile(program, n);
  stageOut(target, to, n, lengths, -1);
}
