import assert from "node:assert/strict";
import { test } from "node:test";
import { powerKernel } from "../../../src/engine/kernels/power.ts";
import { powersKernel } from "../../../src/engine/kernels/powers.ts";
import type { LoopKernel } from "../../../src/engine/loop.ts";
import { heap, tilePointer } from "../../../src/wasm/memory.ts";
import { randomBits } from "./operands.ts";

const next = randomBits(11);
const unit = () => next() / 2 ** 32;

const lanes = [
  { lane: "f64", loop: "dd->d", width: 8, round: (x: number) => x },
  { lane: "f32", loop: "ff->f", width: 4, round: Math.fround },
] as const;

type Case = (typeof lanes)[number];

/** Powers, put where the bases or the exponents are, or elsewhere. */
function powers(
  { lane, loop, width }: Case,
  xs: readonly number[],
  ys: readonly number[],
  place: number,
  kernel: LoopKernel = powerKernel(loop),
) {
  const pointers = [0, 1, 2].map(tilePointer);
  heap[lane].set(xs, pointers[0]! / width);
  heap[lane].set(ys, pointers[1]! / width);
  kernel.run(xs.length, pointers[0]!, pointers[1]!, pointers[place]!);
  return Array.from(heap[lane].subarray(pointers[place]! / width, pointers[place]! / width + xs.length));
}

/** IEEE 754's pow for operands one of which is special; JS has NaN for ±1 to an infinite power and 1 to NaN. */
function special(x: number, y: number): number {
  if (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY)) return 1;
  return x ** y;
}

const EXACT: ReadonlyMap<number, (x: number) => number> = new Map<number, (x: number) => number>([
  [2, (x) => x * x],
  [1, (x) => x],
  [0, () => 1],
  [-1, (x) => 1 / x],
  [0.5, (x) => (x === Number.NEGATIVE_INFINITY ? -x : Math.sqrt(x) + 0)],
]);

const RARE = [
  0,
  -0,
  1,
  -1,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  5e-324,
  -1e-310,
  1e-42,
  -3,
];

for (const one of lanes) {
  const { loop, round } = one;

  test(`power ${loop}: squares, reciprocals and square roots are rounded once, beside whatever else`, () => {
    for (let turn = 0; turn < 120; turn++) {
      const n = 1 + (turn % 7) * 37 + (turn % 3);
      const xs = Array.from({ length: n }, (_, k) =>
        round(k % 9 === 4 ? RARE[next() % RARE.length]! : (unit() - 0.3) * 2 ** ((unit() - 0.5) * 60)),
      );
      const exponents = [...EXACT.keys()];
      const ys = xs.map((_, k) => ((k + turn) % 4 === 0 ? unit() * 5 : exponents[next() % 5]!));
      const given = powers(one, xs, ys, turn % 3);
      for (const [k, y] of ys.entries()) {
        const exact = EXACT.get(y);
        if (exact !== undefined)
          assert.ok(Object.is(given[k], round(exact(xs[k]!))), `${xs[k]} ** ${y}: ${given[k]}`);
      }
    }
  });

  test(`power ${loop}: zeros, infinities, NaN and negative bases`, () => {
    const xs = [
      0,
      -0,
      1,
      -1,
      4,
      -4,
      0.25,
      -0.25,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ];
    const ys = [
      ...xs.filter((x) => Math.abs(x) !== 0.25),
      3,
      -3,
      1.5,
      -1.5,
      1e300,
      -1e300,
      2 ** 53,
      2 ** 80,
      -(2 ** 80),
    ].map(round);
    for (let turn = 0; turn < 3; turn++) {
      const pairs = xs.flatMap((x) => ys.map((y) => [x, y] as const)).slice(turn);
      const given = powers(
        one,
        pairs.map(([x]) => x),
        pairs.map(([, y]) => y),
        turn,
      );
      for (const [k, [x, y]] of pairs.entries()) {
        assert.ok(Object.is(given[k], round(special(x, y))), `${x} ** ${y}: ${given[k]}`);
      }
    }
  });

  test(`power ${loop}: a negative base gives what its size gives, with a sign or NaN`, () => {
    const xs = Array.from({ length: 1000 }, () => round(0.01 + 9 * unit()));
    const ys = xs.map((_, k) => (k % 3 === 0 ? unit() * 9 : (next() % 19) - 9)).map(round);
    const sizes = powers(one, xs, ys, 2);
    const given = powers(
      one,
      xs.map((x) => -x),
      ys,
      2,
    );
    for (const [k, y] of ys.entries()) {
      const wanted = Number.isInteger(y) ? (y % 2 === 0 ? sizes[k]! : -sizes[k]!) : Number.NaN;
      assert.ok(Object.is(given[k], wanted), `${-xs[k]!} ** ${y}: ${given[k]}`);
    }
  });
}

test("exponents that are all the same give what they give beside others", () => {
  for (const one of lanes) {
    const both = [powersKernel(one.loop), powerKernel(one.loop)];
    for (const y of [...EXACT.keys(), 3]) {
      for (const n of [1, 15, 16, 17, 31, 33, 64, 100, 257]) {
        const xs = Array.from({ length: n }, (_, k) =>
          one.round(k % 3 === 1 ? RARE[next() % RARE.length]! : (unit() - 0.5) * 9),
        );
        // The last of them, or the one before, is another now and then.
        for (const odd of [-1, n - 1, n - 2]) {
          const ys = xs.map((_, k) => (k === odd ? 1.5 : y));
          for (const place of [0, 2]) {
            const [quick, whole] = both.map((kernel) => powers(one, xs, ys, place, kernel));
            assert.deepEqual(quick, whole, `${one.loop} ${n} ** ${y}`);
          }
        }
      }
    }
  }
});

test("squares and first powers of integers wrap", () => {
  for (const [letter, lane, width] of [
    ["b", "i8", 1],
    ["B", "u8", 1],
    ["h", "i16", 2],
    ["i", "i32", 4],
    ["I", "u32", 4],
  ] as const) {
    for (const n of [15, 16, 40, 100]) {
      for (const y of [1, 2, 3]) {
        const [a, b, to] = [0, 1, 2].map(tilePointer) as [number, number, number];
        const xs = heap[lane].subarray(a / width, a / width + n);
        for (let k = 0; k < n; k++) xs[k] = next();
        heap[lane].fill(y, b / width, b / width + n);
        powersKernel(`${letter}${letter}->${letter}`).run(n, a, b, to);
        const wanted = xs.map((x) =>
          y === 1 ? x : y === 2 ? Math.imul(x, x) : Math.imul(Math.imul(x, x), x),
        );
        assert.deepEqual(heap[lane].slice(to / width, to / width + n), wanted, `${letter} ${n} ** ${y}`);
      }
    }
  }
});
