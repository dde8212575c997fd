import assert from "node:assert/strict";
import { test } from "node:test";
import { gatherBlock, scatterBlock } from "../../src/array/blockmoves.ts";
import { Storage } from "../../src/array/storage.ts";
import { heap, tilePointer } from "../../src/wasm/memory.ts";
import { Dice, everyIndex } from "../layout/model.ts";

const TILE = tilePointer(0);
const ARENA = tilePointer(20);

function fill(bytes: Uint8Array, seed: number): void {
  for (let k = 0; k < bytes.length; k++) bytes[k] = Math.imul(k + seed, 0x9e3779b1) >>> 24;
}

interface Case {
  readonly itemsize: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly storage: Storage;
}

/** Elements that do not overlap, the axes nested in any order, some backwards, with gaps; sometimes in the engine's memory. */
function drawn(dice: Dice, shape: readonly number[], itemsize: number, repeats: boolean): Case {
  const strides = shape.map(() => 0);
  let step = itemsize;
  let offset = dice.pick([0, 0, 8, 16, 3]);
  let end = itemsize;
  for (const k of dice.shuffle(shape.map((_, axis) => axis))) {
    if (repeats && dice.chance(0.15)) continue;
    step *= dice.pick([1, 1, 1, 2, 3]);
    if (dice.chance(0.1)) step += dice.pick([1, 2, 4, 8]);
    const reach = step * (shape[k]! - 1);
    const backwards = dice.chance(0.25);
    strides[k] = backwards ? -step : step;
    if (backwards) offset += reach;
    end += reach;
    step *= shape[k]!;
  }
  const bytes = offset + end;
  const inHeap = dice.chance(0.2) && bytes < 100_000;
  const storage = inHeap ? new Storage(heap.buffer, ARENA, bytes) : new Storage(new ArrayBuffer(bytes));
  fill(storage.lane(Uint8Array), dice.int(0, 999));
  return { itemsize, shape, strides, offset, storage };
}

/** Calls `each` with the first byte of every element in C order. */
function everyElement({ shape, strides, offset }: Case, each: (at: number, k: number) => void): void {
  let k = 0;
  for (const index of everyIndex(shape)) {
    each(
      index.reduce((sum, i, axis) => sum + i * strides[axis]!, offset),
      k++,
    );
  }
}

function checkGather(one: Case): boolean {
  const { itemsize, shape, strides, offset, storage } = one;
  const bytes = shape.reduce((n, length) => n * length, itemsize);
  heap.u8.fill(0xee, TILE, TILE + bytes + 64);
  const wanted = heap.u8.slice(TILE, TILE + bytes + 64);
  const from = storage.lane(Uint8Array);
  everyElement(one, (at, k) => {
    for (let b = 0; b < itemsize; b++) wanted[k * itemsize + b] = from[at + b]!;
  });
  if (!gatherBlock(shape, strides, storage, offset, itemsize, TILE)) return false;
  const found = heap.u8.slice(TILE, TILE + bytes + 64);
  assert.ok(Buffer.compare(found, wanted) === 0, `${itemsize}: ${shape} by ${strides} from ${offset}`);
  return true;
}

function checkScatter(one: Case): boolean {
  const { itemsize, shape, strides, offset, storage } = one;
  const to = storage.lane(Uint8Array);
  const bytes = shape.reduce((n, length) => n * length, itemsize);
  fill(heap.u8.subarray(TILE, TILE + bytes), 77);
  const wanted = to.slice();
  everyElement(one, (at, k) => {
    for (let b = 0; b < itemsize; b++) wanted[at + b] = heap.u8[TILE + k * itemsize + b]!;
  });
  if (!scatterBlock(shape, strides, storage, offset, itemsize, TILE)) return false;
  assert.ok(Buffer.compare(to, wanted) === 0, `${itemsize}: ${shape} by ${strides} to ${offset}`);
  return true;
}

const shapes = [
  [1024],
  [7, 100],
  [100, 7],
  [8, 128],
  [16, 128],
  [64, 128],
  [128, 64],
  [33, 31],
  [4, 5, 20],
  [1, 9, 1],
  [],
];

test("blocks of two axes come into a tile and go out again; of others nothing is touched", () => {
  const dice = new Dice(21);
  let done = 0;
  for (let round = 0; round < 1500; round++) {
    const itemsize = dice.pick([1, 2, 4, 8, 16, 3]);
    const shape = dice.pick(shapes);
    if (checkGather(drawn(dice, shape, itemsize, true))) done++;
    if (checkScatter(drawn(dice, shape, itemsize, false))) done++;
  }
  assert.ok(done > 1500, `${done}`);
});

test("rows of every length and distance, wherever they start, come in and go out", () => {
  for (const itemsize of [1, 2, 4, 8, 16]) {
    for (const bytes of [16, 48, 90, 94, 96, 98, 99, 112, 192, 240, 252, 256, 264, 1008, 1024, 1136]) {
      if (bytes % itemsize !== 0) continue;
      for (const gap of [
        itemsize,
        13,
        16,
        bytes / 8,
        bytes / 8 + itemsize,
        bytes,
        bytes + itemsize,
        4 * bytes,
      ]) {
        const step = bytes + Math.ceil(gap / itemsize) * itemsize + (gap === 13 ? 1 : 0);
        for (const start of [0, 2, 13]) {
          for (const rows of [2, 9]) {
            const offset = start + (rows === 9 ? 8 * step : 0);
            const storage = new Storage(new ArrayBuffer(start + rows * step));
            fill(storage.lane(Uint8Array), rows);
            const strides = [rows === 9 ? -step : step, itemsize];
            const one = { itemsize, shape: [rows, bytes / itemsize], strides, offset, storage };
            checkGather(one);
            checkScatter(one);
          }
        }
      }
    }
  }
});
