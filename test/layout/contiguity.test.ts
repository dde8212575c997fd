import assert from "node:assert/strict";
import { test } from "node:test";
import { contiguityReason, isAligned, isCContiguous, isFContiguous } from "../../src/layout/contiguity.ts";
import { addresses, Dice, everyIndexF, modelOf, randomLayout } from "./model.ts";

const layout = (shape: number[], strides: number[], offset = 0) => ({ shape, strides, offset });

test("contiguity follows NumPy's relaxed rules", () => {
  const facts: [shape: number[], strides: number[], c: boolean, f: boolean][] = [
    [[], [], true, true],
    [[5], [8], true, true],
    [[5], [-8], false, false],
    [[5], [16], false, false],
    [[3, 4], [32, 8], true, false],
    [[3, 4], [8, 24], false, true],
    [[3, 4], [32, -8], false, false],
    [[3, 4], [40, 8], false, false],
    [[1, 4], [-999, 8], true, true],
    [[4, 1], [8, 12345], true, true],
    [[1, 1], [0, -3], true, true],
    [[0, 4], [3, 5], true, true],
    [[4, 0], [-32, 16], true, true],
    [[3, 4], [0, 0], false, false],
    [[2, 1, 3], [24, 0, 8], true, false],
  ];
  for (const [shape, strides, c, f] of facts) {
    assert.equal(isCContiguous(layout(shape, strides), 8), c, `C ${shape} ${strides}`);
    assert.equal(isFContiguous(layout(shape, strides), 8), f, `F ${shape} ${strides}`);
  }
});

test("contiguous means that counting the elements off in that order meets the bytes one after another", () => {
  const dice = new Dice(2);
  let contiguous = 0;
  for (let round = 0; round < 1500; round++) {
    const view = randomLayout(dice, 4, 3);
    const inOrder = (list: number[]) => list.every((address, i) => address === view.offset + 4 * i);
    const c = inOrder(addresses(view));
    const f = inOrder(everyIndexF(view.shape).map(modelOf(view).at));
    assert.equal(isCContiguous(view, 4), c);
    assert.equal(isFContiguous(view, 4), f);
    assert.equal(contiguityReason(view, 4, "C") === null, c);
    assert.equal(contiguityReason(view, 4, "F") === null, f);
    if (c || f) contiguous++;
  }
  assert.ok(contiguous > 300 && contiguous < 1200);
});

test("the reason names the first axis that is out of step, from the fastest on", () => {
  const facts: [shape: number[], strides: number[], order: "C" | "F", reason: string | null][] = [
    [[3, 4], [32, -8], "C", "axis 1 has stride -8, wanted 8"],
    [[3, 4], [40, 8], "C", "axis 0 has stride 40, wanted 32"],
    [[3, 4], [32, 8], "F", "axis 0 has stride 32, wanted 8"],
    [[3, 1, 4], [8, 7, 32], "F", "axis 2 has stride 32, wanted 24"],
    [[3, 4], [32, 8], "C", null],
    [[3, 0], [1, 1], "C", null],
  ];
  for (const [shape, strides, order, reason] of facts) {
    assert.equal(contiguityReason(layout(shape, strides), 8, order), reason);
  }
});

test("aligned means that every element is at a multiple", () => {
  const facts: [shape: number[], strides: number[], offset: number, wanted: boolean][] = [
    [[3], [8], 0, true],
    [[3], [8], 4, false],
    [[3], [12], 0, false],
    [[3], [-8], 16, true],
    [[1], [3], 8, true],
    [[0], [3], 5, true],
    [[], [], 1, false],
    [[2], [0], 2 ** 40, true],
  ];
  for (const [shape, strides, offset, wanted] of facts) {
    assert.equal(isAligned(layout(shape, strides, offset), 8), wanted, `${shape} ${strides} ${offset}`);
    assert.ok(isAligned(layout(shape, strides, offset), 1));
  }
  const dice = new Dice(3);
  for (let round = 0; round < 500; round++) {
    const { shape, strides } = randomLayout(dice, dice.pick([1, 2, 4]), 3);
    const view = { shape, strides, offset: dice.int(100, 120) };
    const alignment = dice.pick([2, 4]);
    assert.equal(
      isAligned(view, alignment),
      addresses(view).every((address) => address % alignment === 0),
    );
  }
});
