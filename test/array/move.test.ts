import assert from "node:assert/strict";
import { test } from "node:test";
import { moveElements } from "../../src/array/move.ts";
import { type Place, Storage } from "../../src/array/storage.ts";
import { Dice, everyIndex } from "../layout/model.ts";

/** The bytes at `dst` after the elements were copied one byte at a time. */
function naive(shape: readonly number[], src: Place, dst: Place, itemsize: number): Uint8Array {
  const from = new Uint8Array(src.storage.buffer);
  const to = new Uint8Array(dst.storage.buffer).slice();
  const at = (place: Place, index: number[]) =>
    index.reduce((sum, i, k) => sum + i * place.strides[k]!, place.offset);
  for (const index of everyIndex(shape)) {
    for (let e = 0; e < itemsize; e++) to[at(dst, index) + e] = from[at(src, index) + e]!;
  }
  return to;
}

function check(shape: readonly number[], src: Place, dst: Place, itemsize: number): void {
  const wanted = naive(shape, src, dst, itemsize);
  moveElements(shape, src, dst, itemsize);
  assert.deepEqual(
    Buffer.compare(new Uint8Array(dst.storage.buffer), wanted),
    0,
    `shape ${shape}, itemsize ${itemsize}, from ${src.strides} at ${src.offset} to ${dst.strides} at ${dst.offset}`,
  );
}

function noise(dice: Dice, bytes: number): Storage {
  return new Storage(Uint8Array.from({ length: bytes }, () => dice.int(0, 255)).buffer);
}

/** Memory whose elements do not overlap: axes nested in a random order, some reversed, with gaps. */
function place(dice: Dice, shape: readonly number[], itemsize: number, repeats: boolean): Place {
  const strides = shape.map(() => 0);
  let step = itemsize + (dice.chance(0.3) ? dice.pick([1, 4, 8]) : 0);
  let end = itemsize;
  let start = dice.pick([0, 0, 8, 4, 3]);
  for (const k of dice.shuffle(shape.map((_, axis) => axis))) {
    if (repeats && dice.chance(0.2)) continue;
    step *= dice.pick([1, 1, 1, 2, 3]);
    const reach = step * Math.max(0, shape[k]! - 1);
    const backwards = dice.chance(0.3);
    strides[k] = backwards ? -step : step;
    if (backwards) start += reach;
    end += reach;
    step *= Math.max(1, shape[k]!);
  }
  return { storage: noise(dice, start + end), strides, offset: start };
}

const itemsizes = [1, 2, 3, 4, 5, 6, 8, 12, 16, 20, 24, 40];

test("elements of any size arrive from any layout in any other, and nothing else changes", () => {
  const dice = new Dice(1);
  for (let round = 0; round < 2500; round++) {
    const itemsize = dice.pick(itemsizes);
    const shape = Array.from({ length: dice.int(0, 4) }, () => dice.pick([0, 1, 2, 3, 4, 5, 7, 9]));
    check(shape, place(dice, shape, itemsize, true), place(dice, shape, itemsize, false), itemsize);
  }
});

test("large grids are walked in pieces and every piece arrives", () => {
  const dice = new Dice(2);
  for (const itemsize of itemsizes) {
    for (const shape of [
      [70, 90],
      [64, 64],
      [3, 600],
      [600, 3],
      [5, 33, 18],
    ]) {
      check(shape, place(dice, shape, itemsize, true), place(dice, shape, itemsize, false), itemsize);
    }
  }
});

test("pixels of any bytes arrive, in place of their words or not", () => {
  const dice = new Dice(7);
  for (const itemsize of [1, 2, 4]) {
    for (const channels of [1, 2, 3, 4, 8]) {
      for (const lead of [0, 1, 2, 4]) {
        for (const gap of [0, 1, 4]) {
          const shape = [9, 40, channels];
          const pixel = channels * itemsize + gap;
          const row = pixel * 40 + gap;
          const src = {
            storage: noise(dice, lead + row * 9),
            strides: [row, -pixel, itemsize],
            offset: lead + 39 * pixel,
          };
          const wide = channels * itemsize;
          const dst = {
            storage: noise(dice, 360 * wide + 8),
            strides: [40 * wide, wide, itemsize],
            offset: 8,
          };
          check(shape, src, dst, itemsize);
          check(shape, dst, src, itemsize);
        }
      }
    }
  }
});

test("long lines arrive whole and repeat their one element, also where lanes do not fit the address", () => {
  const dice = new Dice(5);
  for (const itemsize of itemsizes) {
    for (const [lines, length, step, offset] of [
      [1, 1100, 0, 0],
      [3, 700, 0, 3],
      [2, 1030, 1, 4],
      [4, 9000, 0, 8],
    ] as const) {
      const gap = itemsize * (length + 1);
      const bytes = offset + lines * gap;
      const dst = { storage: noise(dice, bytes), strides: [gap, itemsize], offset };
      const src = { storage: noise(dice, bytes), strides: [gap, step * itemsize], offset };
      check([lines, length], src, dst, itemsize);
    }
  }
});

test("elements behind the first 2^31 bytes are moved as well as those in front", () => {
  const far = 2 ** 31 + 64;
  const storage = new Storage(new ArrayBuffer(far + 64));
  const bytes = storage.lane(Uint8Array);
  for (let k = 0; k < 64; k++) bytes[k] = k;
  const front = { storage: new Storage(bytes.slice(0, 64).buffer), strides: [1, 8], offset: 0 };
  moveElements([8, 8], front, { storage, strides: [8, 1], offset: far }, 1);
  for (let k = 0; k < 64; k++) assert.equal(bytes[far + k], (k % 8) * 8 + Math.floor(k / 8));
  const back = { storage: new Storage(new ArrayBuffer(64)), strides: [8], offset: 0 };
  moveElements([8], { storage, strides: [-8], offset: far + 57 }, back, 1);
  for (let k = 0; k < 8; k++) assert.equal(back.storage.lane(Uint8Array)[8 * k], bytes[far + 57 - 8 * k]);
});

test("a transposed grid arrives, also where its lines fall on the same places of the cache", () => {
  const dice = new Dice(3);
  for (const itemsize of [1, 2, 4, 8, 16]) {
    for (const [rows, columns] of [
      [2048 / itemsize, 20],
      [37, 2048 / itemsize],
      [61, 139],
    ] as const) {
      const src = {
        storage: noise(dice, rows * columns * itemsize),
        strides: [itemsize, rows * itemsize],
        offset: 0,
      };
      const dst = {
        storage: noise(dice, rows * columns * itemsize),
        strides: [columns * itemsize, itemsize],
        offset: 0,
      };
      check([rows, columns], src, dst, itemsize);
    }
  }
});

test("bytes are transposed by the word where every word is in its place, and the rest one by one", () => {
  const dice = new Dice(10);
  for (const [rows, columns] of [
    [30, 21],
    [4, 4],
    [3, 40],
    [41, 7],
  ] as const) {
    for (const shift of [0, 4, 1]) {
      const src = { storage: noise(dice, 44 * columns + shift), strides: [1, 44], offset: shift };
      const dst = { storage: noise(dice, 44 * rows + 8), strides: [44, 1], offset: 8 };
      check([rows, columns], src, dst, 1);
    }
  }
});

test("runs of any length arrive, with gaps on either side and on words or beside them", () => {
  const dice = new Dice(11);
  for (const bytes of [24, 40, 64, 100, 184, 192, 200, 256, 500, 504, 512, 520, 1000]) {
    for (const [gap, shift] of [
      [8, 0],
      [8, 4],
      [4, 0],
      [1, 3],
    ] as const) {
      const pitch = bytes + gap;
      const wide = { storage: noise(dice, 30 * pitch + shift), strides: [pitch, 1], offset: shift };
      const back = { ...wide, strides: [-pitch, 1], offset: shift + 29 * pitch };
      const dense = { storage: noise(dice, 30 * bytes), strides: [bytes, 1], offset: 0 };
      for (const from of [wide, back]) check([30, bytes], from, dense, 1);
      check([30, bytes], dense, wide, 1);
    }
  }
});

test("lines of any length and step arrive in dense ones and in others", () => {
  const dice = new Dice(12);
  for (const itemsize of [4, 8, 16]) {
    for (let n = 1; n < 42; n++) {
      const step = itemsize * dice.pick([2, 3, -1, -2, 7]);
      const reach = Math.abs(step) * n;
      const lines = 40;
      const strides = [reach, step];
      const offset = step < 0 ? reach - itemsize : 0;
      const src = { storage: noise(dice, lines * reach + itemsize), strides, offset };
      const gap = dice.pick([0, itemsize]);
      const dst = {
        storage: noise(dice, lines * (n * itemsize + gap)),
        strides: [n * itemsize + gap, itemsize],
        offset: 0,
      };
      check([lines, n], src, dst, itemsize);
      check([lines, n], dst, src, itemsize);
    }
  }
});

test("wide elements are turned, by a kernel and in squares", () => {
  const dice = new Dice(13);
  for (const itemsize of [8, 16]) {
    for (const [rows, columns] of [
      [100, 100],
      [128, 127],
      [128, 128],
      [129, 128],
      [64, 129],
    ] as const) {
      for (const gap of [0, itemsize]) {
        const src = {
          storage: noise(dice, rows * columns * itemsize),
          strides: [itemsize, rows * itemsize],
          offset: 0,
        };
        const line = columns * itemsize + gap;
        const dst = { storage: noise(dice, rows * line), strides: [line, itemsize], offset: 0 };
        check([rows, columns], src, dst, itemsize);
      }
    }
  }
});

test("one element or one row fills a block of any size", () => {
  const dice = new Dice(4);
  for (const itemsize of [1, 8, 12, 16, 40]) {
    const dense = (n: number) => ({ storage: noise(dice, n * itemsize), strides: [itemsize], offset: 0 });
    for (const n of [1, 7, 100, 700]) {
      const still = { storage: noise(dice, itemsize + 3), strides: [0], offset: 3 };
      check([n], still, dense(n), itemsize);
      const row = { storage: noise(dice, 50 * itemsize), strides: [0, itemsize], offset: 0 };
      check([n, 50], row, { ...dense(n * 50), strides: [50 * itemsize, itemsize] }, itemsize);
    }
  }
});

test("every bit of a float64 arrives, those of a signalling NaN too", () => {
  const bits = BigUint64Array.of(
    0x7ff0000000000001n,
    0xfff8dead0000beefn,
    0x7fffffffffffffffn,
    1n,
    0x8000000000000000n,
  );
  const src = { storage: new Storage(bits.buffer), strides: [8], offset: 0 };
  const dst = { storage: new Storage(new ArrayBuffer(80)), strides: [-16], offset: 64 };
  moveElements([5], src, dst, 8);
  const arrived = new BigUint64Array(dst.storage.buffer as ArrayBuffer).filter((_, k) => k % 2 === 0);
  assert.deepEqual([...arrived].reverse(), [...bits]);
});

test("dense elements within one buffer move as if they were read before anything is written", () => {
  for (const [from, to] of [
    [0, 8],
    [8, 0],
    [0, 3],
  ] as const) {
    const buffer = Uint8Array.from({ length: 64 }, (_, k) => k).buffer;
    const wanted = new Uint8Array(buffer.slice(0)).copyWithin(to, from, from + 40);
    // Two storages, as two arrays that adopted the same buffer have.
    moveElements(
      [5],
      { storage: new Storage(buffer), strides: [8], offset: from },
      { storage: new Storage(buffer), strides: [8], offset: to },
      8,
    );
    assert.deepEqual(new Uint8Array(buffer), wanted);
  }
});

test("memory that was taken away is an error", () => {
  const storage = new Storage(new ArrayBuffer(64));
  const there = { storage: new Storage(new ArrayBuffer(64)), strides: [8], offset: 0 };
  structuredClone(storage.buffer, { transfer: [storage.buffer as ArrayBuffer] });
  assert.throws(
    () => moveElements([8], { storage, strides: [8], offset: 0 }, there, 8),
    /buffer of this array is gone/,
  );
  assert.throws(
    () => moveElements([8], there, { storage, strides: [8], offset: 0 }, 8),
    /buffer of this array is gone/,
  );
});
