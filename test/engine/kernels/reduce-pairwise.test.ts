import assert from "node:assert/strict";
import { test } from "node:test";
import { pairwiseLines } from "../../../src/engine/kernels/reduce-pairwise.ts";
import { heap, tilePointer } from "../../../src/wasm/memory.ts";

type Round = (x: number) => number;

/** The sum by halves, as NumPy's text has it: `parts` numbers side by side are one element. */
function byHalves(x: readonly number[], parts: number, round: Round): number[] {
  const n = x.length;
  if (n > 128) {
    const half = Math.floor(n / 2) - (Math.floor(n / 2) % 8);
    const [a, b] = [byHalves(x.slice(0, half), parts, round), byHalves(x.slice(half), parts, round)];
    return a.map((one, k) => round(one + b[k]!));
  }
  const whole = n < 8 ? 0 : n - (n % 8);
  let sums = new Array<number>(parts).fill(-0);
  if (whole > 0) {
    const r = x.slice(0, 8);
    for (let i = 8; i < whole; i += 8) for (let k = 0; k < 8; k++) r[k] = round(r[k]! + x[i + k]!);
    const add = (i: number, j: number) => round(r[i]! + r[j]!);
    const quarter = (i: number, j: number, k: number, l: number) => round(add(i, j) + add(k, l));
    sums =
      parts === 1
        ? [round(quarter(0, 1, 2, 3) + quarter(4, 5, 6, 7))]
        : [quarter(0, 2, 4, 6), quarter(1, 3, 5, 7)];
  }
  for (let i = whole; i < n; i++) sums[i % parts] = round(sums[i % parts]! + x[i]!);
  return sums;
}

for (const [lane, round] of [
  ["f64", (x: number) => x],
  ["f32", Math.fround],
] as const) {
  for (const parts of [1, 2] as const) {
    test(`${lane} in ${parts} parts: every length is added up by halves`, () => {
      const kernel = pairwiseLines(lane, parts);
      const width = lane === "f64" ? 8 : 4;
      const [from, to] = [tilePointer(0), tilePointer(4)];
      const x = Array.from({ length: 2400 }, (_, k) => round(Math.sin(k * k) * 10 ** (k % 7)));
      heap[lane].set(x, from / width);
      for (let n = 0; n * parts <= 2400; n++) {
        heap[lane].fill(0.5, to / width, to / width + parts + 1);
        kernel.run(1, n, from, to);
        const wanted = byHalves(x.slice(0, n * parts), parts, round).map((sum) => round(0.5 + sum));
        for (let k = 0; k < parts; k++) assert.equal(heap[lane][to / width + k], wanted[k], `${n}`);
        assert.equal(heap[lane][to / width + parts], 0.5);
      }
    });
  }
}
