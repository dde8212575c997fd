import assert from "node:assert/strict";
import { test } from "node:test";
import { expKernel } from "../../../src/engine/kernels/exp.ts";
import { sinhKernel, tanhKernel } from "../../../src/engine/kernels/hyperbolic.ts";
import type { Kernels } from "../../../src/engine/kernels/lanes.ts";
import { log2Kernel, log10Kernel, logKernel } from "../../../src/engine/kernels/log.ts";
import { sinKernel } from "../../../src/engine/kernels/trig.ts";
import { castKernel } from "../../../src/wasm/casts.ts";
import { heap, tilePointer } from "../../../src/wasm/memory.ts";

const COUNT = 65536;
const PIECE = 8192;
const every = Uint16Array.from({ length: COUNT }, (_, k) => k);
const [from, to, wide] = [tilePointer(0), tilePointer(1), tilePointer(2)];

/** The results for all numbers, by pieces; over the operands where `inPlace`. */
function results(kernels: Kernels, inPlace: boolean): Uint16Array {
  const all = new Uint16Array(COUNT);
  const target = inPlace ? from : to;
  for (let at = 0; at < COUNT; at += PIECE) {
    heap.u16.set(every.subarray(at, at + PIECE), from / 2);
    kernels("e->e").run(PIECE, from, target);
    all.set(heap.u16.subarray(target / 2, target / 2 + PIECE), at);
  }
  return all;
}

/** What casts to float32 and back give. */
function wanted(kernels: Kernels): Uint16Array {
  const all = new Uint16Array(COUNT);
  for (let at = 0; at < COUNT; at += PIECE) {
    heap.u16.set(every.subarray(at, at + PIECE), from / 2);
    castKernel("float16", "float32").run(PIECE, from, wide);
    kernels("f->f").run(PIECE, wide, wide);
    castKernel("float32", "float16").run(PIECE, wide, to);
    all.set(heap.u16.subarray(to / 2, to / 2 + PIECE), at);
  }
  return all;
}

// More of them than there are tables.
const functions = { expKernel, sinhKernel, tanhKernel, log2Kernel, log10Kernel, logKernel, sinKernel };

for (const [name, kernels] of Object.entries(functions)) {
  test(`${name} gives every float16 the same, with a table and without one`, () => {
    const right = wanted(kernels);
    for (let round = 0; round < 3; round++)
      assert.deepEqual(results(kernels, round === 1), right, `${round}`);
  });
}

test("functions take turns with the tables", () => {
  for (let round = 0; round < 3; round++) {
    for (const kernels of Object.values(functions))
      assert.deepEqual(results(kernels, false), wanted(kernels));
  }
});

test("any number of elements, and nothing behind them", () => {
  results(expKernel, false);
  const right = wanted(expKernel);
  for (const n of [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 100]) {
    heap.u16.set(every.subarray(15_000, 15_000 + n), from / 2);
    heap.u16[to / 2 + n] = 42;
    expKernel("e->e").run(n, from, to);
    assert.deepEqual(heap.u16.slice(to / 2, to / 2 + n), right.slice(15_000, 15_000 + n));
    assert.equal(heap.u16[to / 2 + n], 42);
  }
});
