import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf } from "../../src/errors.ts";
import { normalizeAxes, normalizeAxis } from "../../src/layout/axes.ts";

test("an axis is counted from the front, or from the back when it is negative", () => {
  const facts: [axis: number, ndim: number, wanted: number][] = [
    [0, 1, 0],
    [2, 3, 2],
    [-1, 3, 2],
    [-3, 3, 0],
    [-0, 2, 0],
  ];
  for (const [axis, ndim, wanted] of facts) assert.equal(normalizeAxis(axis, ndim, "f"), wanted);
});

test("an axis that does not exist is an index error that names the function, the axis and the dimensions", () => {
  const message = (axis: number, ndim: number) =>
    `flip: axis ${textOf(axis)} is out of bounds for array of dimension ${ndim}`;
  for (const [axis, ndim] of [
    [3, 2],
    [2, 2],
    [-3, 2],
    [0, 0],
    [-1, 0],
  ] as const) {
    assert.throws(() => normalizeAxis(axis, ndim, "flip"), { kind: "index", message: message(axis, ndim) });
  }
});

test("what is not an integer is no axis", () => {
  for (const axis of [0.5, Number.NaN, Number.POSITIVE_INFINITY, "0", 1n, null, undefined]) {
    assert.throws(() => normalizeAxis(axis as number, 2, "flip"), {
      kind: "index",
      message: `flip: axis ${textOf(axis)} is not an integer`,
    });
  }
});

test("a list of axes keeps its order and may be one number", () => {
  assert.deepEqual(normalizeAxes(-1, 3, "f"), [2]);
  assert.deepEqual(normalizeAxes([-1, 0], 3, "f"), [2, 0]);
  assert.deepEqual(normalizeAxes([], 3, "f"), []);
});

test("an axis named twice is a value error, however it is written", () => {
  assert.throws(() => normalizeAxes([0, -2], 2, "flip"), { kind: "value", message: /^flip: repeated axis/ });
  assert.throws(() => normalizeAxes([1, 0, 1], 2, "flip"), { kind: "value" });
});
