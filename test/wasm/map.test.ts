import assert from "node:assert/strict";
import { test } from "node:test";
import { op } from "../../src/wasm/fn.ts";
import { mapKernel, maskKernel, scalarKernel } from "../../src/wasm/map.ts";
import { arenaMemory, heap, tilePointer } from "../../src/wasm/memory.ts";
import { hasRelaxedSimd } from "../../src/wasm/relaxed.ts";

const lengths = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 255, 1000, 1023];

const add = mapKernel(8, 2, 1, (_, a, b) => op("f64x2.add", a!, b!));
const less = maskKernel(8, 2, (_, a, b) => op("f64x2.lt", a!, b!));
const lessBytes = maskKernel(1, 2, (_, a, b) => op("i8x16.lt_u", a!, b!));
const lessWords = maskKernel(4, 2, (_, a, b) => op("i32x4.lt_s", a!, b!));
const lessHalves = maskKernel(2, 2, (_, a, b) => op("i16x8.lt_s", a!, b!));
const swap = scalarKernel([["f64", 2]], [["f64", 2]], (_, re, im) => [im!, re!]);

function fillTiles(): void {
  for (let k = 0; k < 1024; k++) {
    heap.f64[tilePointer(0) / 8 + k] = k;
    heap.f64[tilePointer(1) / 8 + k] = (k * 7) % 1000;
  }
}

test("a vector loop does n elements and no more", () => {
  for (const n of lengths) {
    fillTiles();
    heap.f64.fill(-1, tilePointer(2) / 8, tilePointer(2) / 8 + 1024);
    add.run(n, tilePointer(0), tilePointer(1), tilePointer(2));
    for (let k = 0; k < 1024; k++) {
      assert.equal(heap.f64[tilePointer(2) / 8 + k], k < n ? k + ((k * 7) % 1000) : -1, `${n} ${k}`);
    }
  }
});

test("masks of every width become bytes of 0 and 1", () => {
  for (const n of lengths) {
    fillTiles();
    heap.u8.fill(9, tilePointer(2), tilePointer(2) + 8192);
    less.run(n, tilePointer(0), tilePointer(1), tilePointer(2));
    for (let k = 0; k < 1024; k++) {
      assert.equal(heap.u8[tilePointer(2) + k], k < n ? Number(k < (k * 7) % 1000) : 9);
    }
  }
  for (const [kernel, name, width] of [
    [lessBytes, "u8", 1],
    [lessHalves, "i16", 2],
    [lessWords, "i32", 4],
  ] as const) {
    const [p, q, r] = [tilePointer(0), tilePointer(1), tilePointer(2)];
    for (let k = 0; k < 200; k++) {
      heap[name][p / width + k] = (k * 37) % 101;
      heap[name][q / width + k] = (k * 53) % 97;
    }
    kernel.run(199, p, q, r);
    for (let k = 0; k < 199; k++) assert.equal(heap.u8[r + k], Number((k * 37) % 101 < (k * 53) % 97));
  }
});

test("elements of several scalars, in place", () => {
  fillTiles();
  swap.run(3, tilePointer(0), tilePointer(0));
  assert.deepEqual([...heap.f64.subarray(tilePointer(0) / 8, tilePointer(0) / 8 + 7)], [1, 0, 3, 2, 5, 4, 6]);
});

test("kernels follow a memory that is replaced", () => {
  const before = heap.buffer;
  const { buffer, from, to } = arenaMemory(1 << 20);
  assert.notEqual(before, buffer);
  assert.ok(to - from >= 1 << 20);
  fillTiles();
  add.run(2, tilePointer(0), tilePointer(1), from);
  assert.deepEqual([...heap.f64.subarray(from / 8, from / 8 + 2)], [0, 8]);
});

test("whether relaxed SIMD is there is asked, not assumed", () => {
  assert.equal(typeof hasRelaxedSimd(), "boolean");
});
