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
import { isTwin, type Side, sideOf, stageIn, stageOut, stageStill, targetOf } from "./sides.ts";
import { addressIn, bytesIn, castTile, heapStorage, lineIn, rowOut } from "./stage.ts";

/** The tile of the result; those of operands come before it. */
const RESULT_SLOT = MOST_INPUTS;

/** Runs all calls on `n` elements, from where the addresses of operands and result point to. */
function runTile({ calls, addresses, steps, most }: Program, n: number): void {
  if (n <= most) {
    for (let k = 0; k < calls.length; k++) runCall(calls[k]!, n, 0, addresses, steps);
    return;
  }
  for (let done = 0; done < n; done += most) {
    const length = n - done < most ? n - done : most;
    for (let k = 0; k < calls.length; k++) runCall(calls[k]!, length, done, addresses, steps);
  }
}

function runCall(
  { kernel, places }: ProgramCall,
  n: number,
  done: number,
  addresses: readonly number[],
  steps: readonly number[],
): void {
  const at = (k: number) => {
    const place = places[k]!;
    return addresses[place]! + done * steps[place]!;
  };
  const { length } = places;
  if (length === 2) kernel.run(n, at(0), at(1));
  else if (length === 3) kernel.run(n, at(0), at(1), at(2));
  else if (length === 4) kernel.run(n, at(0), at(1), at(2), at(3));
  else if (length === 5) kernel.run(n, at(0), at(1), at(2), at(3), at(4));
  else kernel.run(n, ...places.map((_, k) => at(k)));
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
    const { pointer, computed, bytes } = scalar;
    if (typeof value === "number" && computed === plain.float64) {
      heap.f64[pointer / 8] = value;
      if (bytes === 16) {
        heap.f64[pointer / 8 + 1] = value;
        continue;
      }
    } else placeElement(scalar, value);
    repeatKernel(computed.itemsize).run(bytes / computed.itemsize, pointer);
  }
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

/** Operands that are all lines of one shape, met in C order: `strides[k]` bytes from each element to the next. */
export function runLines(
  program: Program,
  n: number,
  operands: readonly NDArray[],
  strides: readonly number[],
  result: NDArray,
): void {
  const { addresses, inputDTypes, resultDType, widest } = program;
  const count = operands.length;
  const out = result.storage;
  const outOffset = result.layout.offset;
  const outAddress = addressIn(out, outOffset, resultDType);
  const most = TILE_ROOM / widest;
  for (let done = 0; done < n; done += most) {
    const length = n - done < most ? n - done : most;
    for (let k = 0; k < count; k++) {
      addresses[k] = lineAt(k, operands, strides, done, length, inputDTypes[k]!, addresses);
    }
    const to = outAddress < 0 ? tilePointer(RESULT_SLOT) : outAddress + done * resultDType.itemsize;
    addresses[count] = to;
    runTile(program, length);
    if (outAddress < 0) {
      const { itemsize } = resultDType;
      rowOut(to, out, outOffset + done * itemsize, length * itemsize, resultDType);
    }
  }
}

/** Brings a part of a line in, if it is not there; says where it is. */
function lineAt(
  k: number,
  operands: readonly NDArray[],
  strides: readonly number[],
  done: number,
  length: number,
  dtype: Descriptor,
  addresses: readonly number[],
): number {
  const a = operands[k]!;
  for (let j = 0; j < k; j++) if (operands[j] === a) return addresses[j]!;
  const step = strides[k]!;
  const offset = a.layout.offset + done * step;
  if (step === dtype.itemsize) {
    const address = addressIn(a.storage, offset, dtype);
    if (address >= 0) return address;
  }
  lineIn(a.storage, offset, step, tilePointer(k), length, dtype);
  return tilePointer(k);
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
