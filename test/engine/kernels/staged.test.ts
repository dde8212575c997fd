import assert from "node:assert/strict";
import { test } from "node:test";
import { exponentials } from "../../../scripts/accuracy/exponentials.ts";
import type { LoopKernel } from "../../../src/engine/loop.ts";
import { heap, tilePointer } from "../../../src/wasm/memory.ts";
import { randomBits } from "./operands.ts";

type Lane = "f64" | "f32";

const next = randomBits(7);
const unit = () => next() / 2 ** 32;

/** What no stage is made for, among others. */
const rare: readonly number[] = [
  0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 5e-324, -1e300, 1e300, 2 ** -1030, 800, -800,
  3e38, 1e-42, -2.5,
]; // biome-ignore format: a list of facts

const draws: readonly (() => number)[] = [
  () => 0.1 + 1.8 * unit(),
  () => (unit() - 0.5) * 1500,
  () => (unit() - 0.5) * 200,
  () => (unit() < 0.5 ? -1 : 1) * 2 ** ((unit() - 0.5) * 2100),
  () => 2 ** ((unit() - 0.5) * 240),
  () => 1 + (unit() - 0.5) * 2 ** -(unit() * 50),
  () => 2 ** -(unit() * 80),
];

/** The bits of the results, NaN of any kind as one. */
function run(
  kernel: LoopKernel,
  lane: Lane,
  columns: readonly (readonly number[])[],
  inPlace = false,
): bigint[] {
  const width = lane === "f64" ? 8 : 4;
  const n = columns[0]!.length;
  const pointers = columns.map((_, k) => tilePointer(k));
  columns.forEach((column, k) => {
    heap[lane].set(column, pointers[k]! / width);
  });
  const to = inPlace ? pointers[0]! : tilePointer(columns.length);
  heap[lane][to / width + n] = 42;
  kernel.run(n, ...pointers, to);
  assert.equal(heap[lane][to / width + n], 42, "nothing is written behind the end");
  return Array.from({ length: n }, (_, k) => {
    const at = to / width + k;
    if (Number.isNaN(heap[lane][at]!)) return -1n;
    return lane === "f64" ? heap.u64[at]! : BigInt(heap.u32[at]!);
  });
}

// A block of stages is 64 or 128 elements: below, at and above one and two of them.
const LENGTHS = [
  1, 2, 3, 4, 5, 7, 8, 9, 31, 63, 64, 65, 66, 67, 68, 127, 128, 129, 130, 131, 132, 200, 257, 400,
];

for (const { name, types, kernel } of exponentials) {
  for (const loop of types.split(" ").filter((text) => /^[fd]+->[fd]$/.test(text))) {
    test(`${name} ${loop} of an element depends on nothing but the element`, () => {
      const lane: Lane = loop.endsWith("d") ? "f64" : "f32";
      const inputs = loop.indexOf("-");
      for (let round = 0; round < draws.length ** inputs; round++) {
        const columns = Array.from({ length: inputs }, (_, j) =>
          Array.from({ length: 400 }, draws[Math.floor(round / draws.length ** j) % draws.length]!),
        );
        const wanted = run(kernel(loop), lane, columns);
        // Beside what is rare, which sends the whole block another way.
        const mixed = columns.map((column) => column.flatMap((x) => [x, rare[next() % rare.length]!]));
        assert.deepEqual(
          run(kernel(loop), lane, mixed).filter((_, k) => k % 2 === 0),
          wanted,
        );
        const few = columns.map((column) => column.map((x, k) => (k % 150 === 149 ? Number.NaN : x)));
        const calm = (_: unknown, k: number) => k % 150 !== 149;
        assert.deepEqual(run(kernel(loop), lane, few).filter(calm), wanted.filter(calm));
        const length = LENGTHS[round % LENGTHS.length]!;
        const cut = columns.map((column) => column.slice(400 - length));
        assert.deepEqual(run(kernel(loop), lane, cut, round % 2 === 1), wanted.slice(400 - length));
      }
    });
  }
}
