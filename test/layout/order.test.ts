import assert from "node:assert/strict";
import { test } from "node:test";
import { broadcastLayout } from "../../src/layout/broadcast.ts";
import { denseLayout, type Order, sizeOf } from "../../src/layout/layout.ts";
import {
  allocatedStrides,
  axesBySpeed,
  keepStrides,
  orderAxes,
  resolveOrder,
} from "../../src/layout/order.ts";
import { addresses, Dice, randomLayout } from "./model.ts";

test("order A is Fortran order only for what is contiguous in that order alone", () => {
  const facts: [order: Order, shape: number[], strides: number[], wanted: string][] = [
    ["A", [3, 4], [32, 8], "C"],
    ["A", [3, 4], [8, 24], "F"],
    ["A", [4], [8], "C"],
    ["A", [3, 4], [16, 48], "C"],
    ["A", [0, 4], [1, 1], "C"],
    ["C", [3, 4], [8, 24], "C"],
    ["F", [3, 4], [32, 8], "F"],
    ["K", [3, 4], [8, 24], "K"],
  ];
  for (const [order, shape, strides, wanted] of facts) {
    assert.equal(resolveOrder(order, { shape, strides, offset: 0 }, 8), wanted);
  }
});

test("a copy in order K has NumPy's strides", () => {
  const facts: [name: string, shape: number[], strides: number[], wanted: number[]][] = [
    ["dense", [4, 6], [48, 8], [48, 8]],
    ["Fortran", [4, 6], [8, 32], [8, 32]],
    ["moved", [3, 4, 2], [32, 8, 96], [32, 8, 96]],
    ["rows reversed", [4, 6], [-48, 8], [48, 8]],
    ["columns stepped", [4, 3], [48, 16], [24, 8]],
    ["transposed and stepped", [3, 4], [16, 48], [8, 24]],
    ["spread", [2, 3], [0, 8], [8, 16]],
    ["spread and transposed", [3, 2], [8, 0], [16, 8]],
    ["empty", [0, 4], [8, 48], [0, 0]],
    ["tie", [2, 3], [8, 8], [24, 8]],
    ["0-d", [], [], []],
  ];
  for (const [name, shape, strides, wanted] of facts) {
    assert.deepEqual(keepStrides({ shape, strides, offset: 0 }, 8), wanted, name);
  }
});

test("axes are ordered by the size of their strides, and stay in order where these are equal", () => {
  assert.deepEqual(axesBySpeed([8, -48, 0, 48, 8]), [1, 3, 0, 4, 2]);
  assert.deepEqual(axesBySpeed([]), []);
});

test("the result of an operation has the strides that NumPy allocates", () => {
  const facts: [name: string, shape: number[], operands: number[][], wanted: number[]][] = [
    [
      "C and C",
      [3, 4],
      [
        [32, 8],
        [32, 8],
      ],
      [32, 8],
    ],
    [
      "F and F",
      [3, 4],
      [
        [8, 24],
        [8, 24],
      ],
      [8, 24],
    ],
    [
      "F and a scalar",
      [3, 4],
      [
        [8, 24],
        [0, 0],
      ],
      [8, 24],
    ],
    [
      "F and a row",
      [3, 4],
      [
        [8, 24],
        [0, 8],
      ],
      [8, 24],
    ],
    [
      "F and a column",
      [3, 4],
      [
        [8, 24],
        [8, 0],
      ],
      [8, 24],
    ],
    ["a spread axis between", [3, 4, 5], [[8, 0, 24]], [8, 120, 24]],
    ["a short stride of length 1", [3, 1, 4], [[8, 4, 24]], [8, 96, 24]],
    ["equal strides", [2, 3], [[8, 8]], [24, 8]],
    [
      "C and F",
      [3, 4],
      [
        [32, 8],
        [8, 24],
      ],
      [32, 8],
    ],
    [
      "F and C",
      [3, 4],
      [
        [8, 24],
        [32, 8],
      ],
      [32, 8],
    ],
    [
      "T and T",
      [4, 2, 3],
      [
        [8, 96, 32],
        [8, 96, 32],
      ],
      [8, 96, 32],
    ],
    [
      "T and F",
      [4, 2, 3],
      [
        [8, 96, 32],
        [8, 32, 64],
      ],
      [8, 96, 32],
    ],
    [
      "reversed",
      [3, 4],
      [
        [-32, -8],
        [-32, -8],
      ],
      [32, 8],
    ],
    [
      "reversed F",
      [3, 4],
      [
        [-8, 24],
        [8, 24],
      ],
      [8, 24],
    ],
    ["all spread", [3, 4], [[0, 0]], [32, 8]],
    [
      "a column and a row",
      [3, 4],
      [
        [8, 0],
        [0, 8],
      ],
      [32, 8],
    ],
    ["no operand", [3, 4], [], [32, 8]],
    [
      "empty",
      [0, 4],
      [
        [32, 8],
        [32, 8],
      ],
      [0, 0],
    ],
    ["length 1 says nothing", [3, 1, 4], [[8, 9999, 24]], [8, 96, 24]],
  ];
  for (const [name, shape, operands, wanted] of facts) {
    assert.deepEqual(allocatedStrides(shape, operands, 8), wanted, name);
  }
});

test("an axis is walked backwards when some operand goes back along it and none forwards", () => {
  const { axes, flipped } = orderAxes(
    [2, 3, 4, 1, 5],
    [
      [-8, 16, 0, -8, 0],
      [0, -48, 0, -8, -200],
    ],
  );
  assert.deepEqual(flipped, [true, false, false, false, true]);
  assert.deepEqual([...axes].sort(), [0, 1, 2, 3, 4]);
});

test("allocated strides are dense, whatever the operands", () => {
  const dice = new Dice(12);
  for (let round = 0; round < 1000; round++) {
    const first = randomLayout(dice, 8, 4);
    const size = sizeOf(first.shape);
    const others = Array.from({ length: dice.int(0, 2) }, () => {
      const shape = first.shape.map((length) => (dice.chance(0.3) ? 1 : length));
      return broadcastLayout(denseLayout(shape, 8, dice.pick(["C", "F"])), first.shape)!.strides;
    });
    for (const strides of [
      allocatedStrides(first.shape, [first.strides, ...others], 8),
      keepStrides(first, 8),
    ]) {
      const met = addresses({ shape: first.shape, strides, offset: 0 }).sort((a, b) => a - b);
      assert.deepEqual(
        met,
        Array.from({ length: size }, (_, i) => 8 * i),
      );
    }
  }
});

test("one operand is kept in the order of its memory, and met forwards", () => {
  const dice = new Dice(13);
  for (let round = 0; round < 500; round++) {
    const { shape, strides } = denseLayout(
      Array.from({ length: dice.int(0, 4) }, () => dice.int(2, 4)),
      8,
      "C",
    );
    const axes = dice.shuffle(shape.map((_, k) => k));
    const moved = { shape: axes.map((k) => shape[k]!), strides: axes.map((k) => strides[k]!), offset: 0 };
    const back = { ...moved, strides: moved.strides.map((stride) => (dice.chance(0.3) ? -stride : stride)) };
    assert.deepEqual(keepStrides(back, 8), moved.strides);
    assert.deepEqual(allocatedStrides(moved.shape, [back.strides], 8), moved.strides);
  }
});
