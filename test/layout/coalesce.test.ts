import assert from "node:assert/strict";
import { test } from "node:test";
import { coalesce, coalesceOrdered } from "../../src/layout/coalesce.ts";
import { addresses, Dice, randomLayout } from "./model.ts";

test("axes merge where every operand runs on, and those of length 1 go", () => {
  const facts: [shape: number[], strides: number[][], merged: number[], mergedStrides: number[][]][] = [
    [[3, 4], [[32, 8]], [12], [[8]]],
    [
      [3, 4],
      [
        [32, 8],
        [32, 8],
      ],
      [12],
      [[8], [8]],
    ],
    [
      [3, 4],
      [
        [32, 8],
        [8, 24],
      ],
      [3, 4],
      [
        [32, 8],
        [8, 24],
      ],
    ],
    [
      [2, 3, 4],
      [
        [96, 32, 8],
        [120, 40, 8],
      ],
      [6, 4],
      [
        [32, 8],
        [40, 8],
      ],
    ],
    [
      [2, 3, 4],
      [
        [96, 32, 8],
        [0, 0, 0],
      ],
      [24],
      [[8], [0]],
    ],
    [
      [2, 3],
      [
        [24, 8],
        [0, 8],
      ],
      [2, 3],
      [
        [24, 8],
        [0, 8],
      ],
    ],
    [[3, 1, 4], [[32, 777, 8]], [12], [[8]]],
    [[6, 4], [[-32, -8]], [24], [[-8]]],
    [
      [1, 1],
      [
        [5, 5],
        [6, 6],
      ],
      [],
      [[], []],
    ],
    [[], [[]], [], [[]]],
    [
      [2, 0, 3],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [0],
      [[0], [0]],
    ],
    [[3, 4], [], [12], []],
  ];
  for (const [shape, strides, merged, mergedStrides] of facts) {
    assert.deepEqual(coalesce(shape, strides), { shape: merged, strides: mergedStrides });
  }
});

test("work whose sequence is free follows the first operand, then the second, and goes forwards", () => {
  const facts: {
    shape: number[];
    strides: number[][];
    offsets: number[];
    wanted: { shape: number[]; strides: number[][]; offsets: number[] };
  }[] = [
    // Both in Fortran order: one run.
    {
      shape: [3, 4],
      strides: [
        [8, 24],
        [8, 24],
      ],
      offsets: [0, 100],
      wanted: { shape: [12], strides: [[8], [8]], offsets: [0, 100] },
    },
    // Both reversed: one run from the far end.
    {
      shape: [12],
      strides: [[-8], [-8]],
      offsets: [88, 188],
      wanted: { shape: [12], strides: [[8], [8]], offsets: [0, 100] },
    },
    // The second goes forwards: nothing is turned round.
    {
      shape: [12],
      strides: [[-8], [8]],
      offsets: [88, 0],
      wanted: { shape: [12], strides: [[-8], [8]], offsets: [88, 0] },
    },
    // The first does not move: the second decides the order, and is turned round.
    {
      shape: [3, 4],
      strides: [
        [0, 0],
        [-8, 24],
      ],
      offsets: [0, 16],
      wanted: { shape: [12], strides: [[0], [8]], offsets: [0, 0] },
    },
    // A transposed source keeps two axes, the written one's fastest axis innermost.
    {
      shape: [3, 4],
      strides: [
        [8, 24],
        [32, 8],
      ],
      offsets: [0, 0],
      wanted: {
        shape: [4, 3],
        strides: [
          [24, 8],
          [8, 32],
        ],
        offsets: [0, 0],
      },
    },
    {
      shape: [2, 0],
      strides: [[-8, -8]],
      offsets: [64],
      wanted: { shape: [0], strides: [[0]], offsets: [64] },
    },
    {
      shape: [],
      strides: [[], []],
      offsets: [5, 6],
      wanted: { shape: [], strides: [[], []], offsets: [5, 6] },
    },
  ];
  for (const { shape, strides, offsets, wanted } of facts) {
    const got = coalesceOrdered(shape, strides, offsets);
    // The offset of what has no element means nothing.
    assert.deepEqual(shape.includes(0) ? { ...got, offsets } : got, wanted);
  }
});

/** Some layouts of one shape. */
function randomOperands(dice: Dice) {
  const first = randomLayout(dice, 8, 4);
  const operands = [first];
  for (let count = dice.int(0, 2); count > 0; count--) {
    const strides = dice.chance(0.5) ? first.strides : dice.shuffle(first.strides);
    operands.push({ ...first, strides: strides.map((stride) => (dice.chance(0.2) ? 0 - stride : stride)) });
  }
  return {
    shape: first.shape,
    strides: operands.map((operand) => operand.strides),
    offsets: operands.map(({ offset }) => offset),
  };
}

/** For each element the addresses that the operands have there. */
function tuples(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  offsets: readonly number[],
): string[] {
  const lists = strides.map((own, j) => addresses({ shape, strides: own, offset: offsets[j]! }));
  return lists[0]!.map((_, i) => lists.map((list) => list[i]).join(" "));
}

test("merged axes meet the same addresses in the same sequence, and cannot be merged again", () => {
  const dice = new Dice(14);
  let fewer = 0;
  for (let round = 0; round < 1500; round++) {
    const { shape, strides, offsets } = randomOperands(dice);
    const merged = coalesce(shape, strides);
    assert.deepEqual(tuples(merged.shape, merged.strides, offsets), tuples(shape, strides, offsets));
    assert.deepEqual(coalesce(merged.shape, merged.strides), merged);
    if (merged.shape.length < shape.length) fewer++;
  }
  assert.ok(fewer > 500);
});

test("ordered axes meet the same tuples of addresses, and go backwards only where the operands disagree", () => {
  const dice = new Dice(15);
  for (let round = 0; round < 1500; round++) {
    const { shape, strides, offsets } = randomOperands(dice);
    const got = coalesceOrdered(shape, strides, offsets);
    assert.deepEqual(
      tuples(got.shape, got.strides, got.offsets).sort(),
      tuples(shape, strides, offsets).sort(),
    );
    const sizes = got.strides[0]!.map(Math.abs);
    assert.deepEqual(
      sizes,
      sizes.slice().sort((a, b) => b - a),
    );
    for (let k = 0; k < got.shape.length; k++) {
      const own = got.strides.map((list) => list[k]!);
      assert.ok(own.every((stride) => stride >= 0) || own.some((stride) => stride > 0));
    }
  }
});
