import assert from "node:assert/strict";
import { test } from "node:test";
import { walkOuter, walkOuter2, walkOuterMany } from "../../src/layout/walk.ts";
import { addresses, Dice, randomLayout } from "./model.ts";

test("the outer axes are walked in C order", () => {
  const met: number[] = [];
  walkOuter([2, 3, 4], [48, 16, 4], 100, 1, (offset) => met.push(offset));
  assert.deepEqual(met, [100, 116, 132, 148, 164, 180]);
});

test("without outer axes there is one block, without elements none", () => {
  const calls = (shape: number[], innerAxes: number) => {
    let count = 0;
    walkOuter(
      shape,
      shape.map(() => 8),
      0,
      innerAxes,
      () => count++,
    );
    return count;
  };
  assert.equal(calls([], 0), 1);
  assert.equal(calls([], 2), 1);
  assert.equal(calls([5], 1), 1);
  assert.equal(calls([5], 2), 1);
  assert.equal(calls([5, 0], 1), 0);
  assert.equal(calls([0, 5], 1), 0);
  assert.equal(calls([1, 1, 1], 0), 1);
});

test("one, two and many operands meet the addresses of the first element of every block", () => {
  const dice = new Dice(16);
  for (let round = 0; round < 800; round++) {
    const a = randomLayout(dice, 8, 4);
    const b = { ...a, strides: dice.shuffle(a.strides), offset: 7 };
    const innerAxes = dice.int(0, 4);
    const outer = Math.max(0, a.shape.length - innerAxes);
    const starts = ({ shape, strides, offset }: typeof a) =>
      shape.includes(0)
        ? []
        : addresses({ shape: shape.slice(0, outer), strides: strides.slice(0, outer), offset });
    const wanted = starts(a).map((first, i) => [first, starts(b)[i]!]);
    const one: number[] = [];
    walkOuter(a.shape, a.strides, a.offset, innerAxes, (offset) => one.push(offset));
    assert.deepEqual(one, starts(a));
    const two: number[][] = [];
    walkOuter2(a.shape, a.strides, a.offset, b.strides, b.offset, innerAxes, (...both) => two.push(both));
    assert.deepEqual(two, wanted);
    const many: number[][] = [];
    walkOuterMany(a.shape, [a.strides, b.strides], [a.offset, b.offset], innerAxes, (offsets) =>
      many.push([...offsets]),
    );
    assert.deepEqual(many, wanted);
  }
});

test("the list of offsets given to a walk is left as it was", () => {
  const offsets = [3, 4];
  walkOuterMany(
    [2, 2],
    [
      [1, 1],
      [2, 2],
    ],
    offsets,
    0,
    () => {},
  );
  assert.deepEqual(offsets, [3, 4]);
});
