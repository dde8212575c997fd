import assert from "node:assert/strict";
import { test } from "node:test";
import { broadcastLayout, broadcastShapes } from "../../src/layout/broadcast.ts";
import { addresses, Dice, modelOf, randomLayout } from "./model.ts";

test("shapes meet at the last axis, and a length of 1 gives way", () => {
  const facts: [shapes: number[][], wanted: number[]][] = [
    [[], []],
    [[[]], []],
    [
      [[3, 4], [4]],
      [3, 4],
    ],
    [
      [
        [3, 1],
        [1, 4],
      ],
      [3, 4],
    ],
    [
      [[3, 1], [], [2, 1, 4]],
      [2, 3, 4],
    ],
    [[[1], [0]], [0]],
    [
      [
        [0, 1],
        [1, 3],
      ],
      [0, 3],
    ],
    [[[5], [5], [5]], [5]],
  ];
  for (const [shapes, wanted] of facts) assert.deepEqual(broadcastShapes(shapes), wanted);
});

test("shapes that do not go together are named, with the axis", () => {
  assert.throws(() => broadcastShapes([[3, 4], [2]], "add"), {
    kind: "shape",
    message: "add: shapes (3, 4) and (2,) cannot be broadcast: axis -1 has lengths 4 and 2",
  });
  assert.throws(() => broadcastShapes([[0], [3]]), { kind: "shape" });
  assert.throws(
    () =>
      broadcastShapes(
        [
          [2, 1],
          [1, 4],
          [3, 1],
        ],
        "where",
      ),
    {
      kind: "shape",
      message: "where: shapes (2, 1), (1, 4) and (3, 1) cannot be broadcast: axis -2 has lengths 2 and 3",
    },
  );
  assert.throws(() => broadcastShapes([Array(65).fill(1)]), { kind: "shape" });
});

test("a stretched layout has stride 0 on every axis that repeats", () => {
  const facts: [shape: number[], strides: number[], target: number[], wanted: number[] | null][] = [
    [[4], [8], [3, 4], [0, 8]],
    [
      [3, 1],
      [8, 8],
      [3, 4],
      [8, 0],
    ],
    [
      [1, 3],
      [24, 8],
      [1, 3],
      [0, 8],
    ],
    [[], [], [2, 2], [0, 0]],
    [[1], [8], [0], [0]],
    [
      [3, 4],
      [32, -8],
      [3, 4],
      [32, -8],
    ],
    [[3], [8], [4], null],
    [[3], [8], [1], null],
    [[3], [8], [0], null],
    [[3], [8], [], null],
    [[1, 3], [8, 8], [3], null],
  ];
  for (const [shape, strides, target, wanted] of facts) {
    const got = broadcastLayout({ shape, strides, offset: 24 }, target);
    assert.deepEqual(got, wanted && { shape: target, strides: wanted, offset: 24 });
  }
});

test("the shape given is not kept: changing it later changes no layout", () => {
  const target = [2, 3];
  const view = broadcastLayout({ shape: [3], strides: [8], offset: 0 }, target)!;
  target[0] = 99;
  assert.deepEqual(view.shape, [2, 3]);
});

test("each element of a stretched layout is the element that it repeats", () => {
  const dice = new Dice(4);
  for (let round = 0; round < 500; round++) {
    const view = randomLayout(dice, 8, 3);
    const target = view.shape.map((length) => (length === 1 ? dice.int(0, 3) : length));
    while (dice.chance(0.4)) target.unshift(dice.int(1, 2));
    const lead = target.length - view.shape.length;
    const source = modelOf(view);
    const at = (index: readonly number[]) =>
      source.at(index.slice(lead).map((i, k) => (view.shape[k] === 1 ? 0 : i)));
    assert.deepEqual(broadcastShapes([view.shape, target]), target);
    assert.deepEqual(addresses(broadcastLayout(view, target)!), addresses({ shape: target, at }));
  }
});
