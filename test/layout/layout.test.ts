import assert from "node:assert/strict";
import { test } from "node:test";
import {
  byteRange,
  checkedSize,
  cStrides,
  denseLayout,
  fStrides,
  shapeText,
  sizeOf,
} from "../../src/layout/layout.ts";
import { addresses, Dice, randomLayout } from "./model.ts";

test("dense strides are those of NumPy's fresh arrays", () => {
  const facts: [shape: number[], itemsize: number, c: number[], f: number[]][] = [
    [[], 8, [], []],
    [[5], 8, [8], [8]],
    [[3, 4], 8, [32, 8], [8, 24]],
    [[2, 3, 4], 4, [48, 16, 4], [4, 8, 24]],
    [[2, 1, 3], 1, [3, 3, 1], [1, 2, 2]],
    [[2, 0, 3], 8, [0, 0, 0], [0, 0, 0]],
  ];
  for (const [shape, itemsize, c, f] of facts) {
    assert.deepEqual(cStrides(shape, itemsize), c);
    assert.deepEqual(fStrides(shape, itemsize), f);
    assert.deepEqual(denseLayout(shape, itemsize, "F", 16), { shape, strides: f, offset: 16 });
  }
});

test("the byte range holds every element and nothing before or behind", () => {
  const dice = new Dice(1);
  for (let round = 0; round < 500; round++) {
    const itemsize = dice.pick([1, 2, 8]);
    const layout = randomLayout(dice, itemsize);
    const all = addresses(layout);
    const wanted =
      all.length === 0 ? [layout.offset, layout.offset] : [Math.min(...all), Math.max(...all) + itemsize];
    assert.deepEqual(byteRange(layout, itemsize), wanted);
    assert.equal(sizeOf(layout.shape), all.length);
  }
});

test("a shape from outside is checked", () => {
  assert.equal(checkedSize([]), 1);
  assert.equal(checkedSize([3, 4], 8), 12);
  assert.equal(checkedSize([3, 0, 4], 8), 0);
  assert.equal(checkedSize([2 ** 49], 8), 2 ** 49);
  assert.equal(checkedSize([2 ** 53 - 1]), 2 ** 53 - 1);
  const facts: [shape: unknown[], itemsize: number, message: RegExp][] = [
    [[3, -1], 8, /^shape \(3, -1\): length -1 of axis 1 is negative$/],
    [[1.5], 8, /^shape \(1.5,\): length 1.5 of axis 0 is not an integer$/],
    [[Number.NaN], 8, /length NaN of axis 0 is not an integer/],
    [["2"], 8, /length "2" of axis 0 is not an integer/],
    [[2n], 8, /length 2n of axis 0 is not an integer/],
    [Array(65).fill(1), 8, /^65 axes are too many; the most is 64$/],
    [[2 ** 53], 1, /^array is too big: shape \(9007199254740992,\)$/],
    [[2 ** 50], 16, /^array is too big/],
    [[2 ** 40, 2 ** 40, 0], 8, /^array is too big/],
    [[2 ** 40, 0, 2 ** 40], 8, /^array is too big/],
  ];
  for (const [shape, itemsize, message] of facts) {
    assert.throws(() => checkedSize(shape as number[], itemsize), { kind: "shape", message });
  }
  assert.equal(checkedSize(Array(64).fill(1)), 1);
});

test("a shape is written as Python writes a tuple", () => {
  assert.deepEqual([[], [5], [3, 4]].map(shapeText), ["()", "(5,)", "(3, 4)"]);
});
