import assert from "node:assert/strict";
import { test } from "node:test";
import { powerKernel } from "../../../src/engine/kernels/power.ts";
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
function powers({ lane, loop, width }: Case, xs: readonly number[], ys: readonly number[], place: number) {
  const pointers = [0, 1, 2].map(tilePointer);
  heap[lane].set(xs, pointers[0]! / width);
  heap[lane].set(ys, pointers[1]! / width);
  powerKernel(loop).run(xs.length, pointers[0]!, pointers[1]!, pointers[place]!);
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
