import assert from "node:assert/strict";
import { test } from "node:test";
import { retypeLayout } from "../../src/layout/retype.ts";
import { addresses, Dice, randomLayout } from "./model.ts";

test("the last axis grows or shrinks as NumPy has it", () => {
  const facts: [
    shape: number[],
    strides: number[],
    old: number,
    new_: number,
    shape: number[],
    strides: number[],
  ][] = [
    [[4, 6], [48, 8], 8, 4, [4, 12], [48, 4]],
    [[2, 6], [96, 8], 8, 4, [2, 12], [96, 4]],
    [[4, 6], [48, 8], 8, 16, [4, 3], [48, 16]],
    [[4, 1], [48, 99], 8, 2, [4, 4], [48, 2]],
    [[6], [8], 8, 12, [4], [12]],
    [[4, 6], [-48, 8], 8, 1, [4, 48], [-48, 1]],
    [[0, 4], [0, 0], 4, 8, [0, 2], [0, 8]],
    [[3, 0], [0, -8], 8, 4, [3, 0], [0, 4]],
    [[3, 4], [8, 24], 8, 8, [3, 4], [8, 24]],
    [[], [], 8, 8, [], []],
  ];
  for (const [shape, strides, old, wanted, newShape, newStrides] of facts) {
    const got = retypeLayout({ shape, strides, offset: 40 }, old, wanted);
    assert.deepEqual(got, { shape: newShape, strides: newStrides, offset: 40 });
  }
});

test("bytes that do not tile are a value error that says why", () => {
  const facts: [shape: number[], strides: number[], old: number, wanted: number, message: RegExp][] = [
    [[4, 3], [48, 16], 8, 4, /needs a dense last axis, but axis 1 has stride 16; copy it first$/],
    [[4, 3], [48, -8], 8, 4, /axis 1 has stride -8/],
    [[4, 6], [8, 32], 8, 4, /axis 1 has stride 32/],
    [[4, 1], [48, 8], 8, 16, /the last axis has 1 × 8 = 8 bytes, no multiple of 16$/],
    [[4, 3], [48, 8], 8, 16, /3 × 8 = 24 bytes, no multiple of 16/],
    [[0, 3], [0, 0], 4, 8, /3 × 4 = 12 bytes, no multiple of 8/],
    [[4, 0], [48, 8], 8, 3, /an element of 8 bytes is no whole number of 3-byte elements$/],
    [[4], [6], 6, 4, /an element of 6 bytes/],
    [[4], [6], 6, 0, /an element of 6 bytes/],
    [[], [], 8, 4, /a 0-d array has no axis to resize from 8 to 4 bytes/],
  ];
  for (const [shape, strides, old, wanted, message] of facts) {
    assert.throws(() => retypeLayout({ shape, strides, offset: 0 }, old, wanted), { kind: "value", message });
  }
});

test("every byte stays where it was", () => {
  const dice = new Dice(5);
  const bytes = (list: number[], itemsize: number) =>
    list.flatMap((address) => Array.from({ length: itemsize }, (_, i) => address + i));
  let done = 0;
  for (let round = 0; round < 2000; round++) {
    const [old, wanted] = [dice.pick([1, 2, 4, 8]), dice.pick([1, 2, 4, 8, 16])];
    const view = randomLayout(dice, old, 3);
    try {
      const got = retypeLayout(view, old, wanted);
      assert.deepEqual(bytes(addresses(got), wanted), bytes(addresses(view), old));
      done++;
    } catch (error) {
      assert.equal((error as { kind?: string }).kind, "value");
    }
  }
  assert.ok(done > 400);
});
