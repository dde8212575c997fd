import assert from "node:assert/strict";
import { test } from "node:test";
import { adoptLayout, elementArray, emptyArray, unsetArray } from "../../src/array/fresh.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { plain } from "../../src/dtype/table.ts";
import { isNdError } from "../../src/errors.ts";
import { valuesOf } from "./model.ts";

const strides: [shape: number[], order: "C" | "F" | number[], wanted: number[]][] = [
  [[2, 3], "C", [12, 4]],
  [[2, 3], "F", [4, 8]],
  [
    [2, 3, 4],
    [4, 32, 8],
    [4, 32, 8],
  ],
  [[], "C", []],
  [[2, 0, 3], "C", [0, 0, 0]],
  [[2, 0, 3], "F", [0, 0, 0]],
];

test("a fresh array is zeros of its own, dense in the order asked for", () => {
  for (const [shape, order, wanted] of strides) {
    const a = emptyArray(shape, plain.int32, order, "test");
    assert.deepEqual([a.shape, a.strides], [shape, wanted]);
    assert.deepEqual([a.base, a.flags.owndata, a.flags.writeable, a.flags.aligned], [null, true, true, true]);
    assert.ok(valuesOf(a).every((x) => x === 0));
  }
});

test("no two fresh arrays share memory, whatever they are of", () => {
  const arrays = [0, 1, 3, 16, 17, 5000].map((n) => emptyArray([n], plain.uint8, "C", "test"));
  for (const [k, a] of arrays.entries()) {
    for (const b of arrays.slice(k + 1)) {
      if (a.buffer !== b.buffer) continue;
      assert.ok(
        a.byteOffset + Math.max(1, a.nbytes) <= b.byteOffset ||
          b.byteOffset + Math.max(1, b.nbytes) <= a.byteOffset,
      );
    }
  }
});

test("the axes of a subarray dtype go behind the others, also of one inside another", () => {
  const nested = toDescriptor([["i2", [2]], [3]]);
  const a = emptyArray([4], nested, "C", "test");
  assert.deepEqual([a.shape, a.dtype.name, a.strides], [[4, 3, 2], "int16", [12, 4, 2]]);
});

test("much memory that is overwritten at once need not be zeroed, and is an array's own all the same", () => {
  for (const n of [10, 2 ** 20]) {
    const a = unsetArray([n], plain.float64, "C", "test");
    assert.deepEqual([a.nbytes, a.base, a.flags.owndata, a.flags.aligned], [8 * n, null, true, true]);
    assert.ok(a.byteOffset + a.nbytes <= a.buffer.byteLength);
  }
  assert.throws(
    () => unsetArray([2 ** 44], plain.float64, "C", "copy"),
    /copy: no memory for 140737488355328 bytes/,
  );
});

test("one element makes an array of no axes", () => {
  const a = elementArray(5n, plain.int64, "test");
  assert.deepEqual([a.shape, a.at()], [[], 5n]);
});

test("a shape that cannot be is an error before memory is taken", () => {
  for (const shape of [[-1], [1.5], [2 ** 40, 2 ** 40], Array(65).fill(1)]) {
    assert.throws(
      () => emptyArray(shape, plain.float64, "C", "test"),
      (error) => isNdError(error, "shape"),
    );
  }
  assert.throws(
    () => emptyArray([2 ** 44], plain.float64, "C", "zeros"),
    /zeros: no memory for 140737488355328 bytes/,
  );
});

test("a layout over memory of others must lie inside it, and has it as its base", () => {
  const buffer = new ArrayBuffer(16);
  const adopt = (shape: number[], steps: number[], offset: number) =>
    adoptLayout(buffer, { shape, strides: steps, offset }, plain.int32, true, "test");
  const a = adopt([4], [-4], 12);
  assert.deepEqual([a.base, a.flags.owndata, a.flags.writeable], [buffer, false, true]);
  assert.equal(adopt([0], [4], 16).size, 0);
  assert.equal(adopt([1000], [0], 12).size, 1000);
  const wrong: [number[], number[], number][] = [
    [[5], [4], 0],
    [[4], [4], 1],
    [[4], [-4], 11],
    [[2, 2], [8, 8], 0],
    [[1], [4], -4],
    [[0], [4], 17],
  ];
  for (const [shape, steps, offset] of wrong) {
    assert.throws(
      () => adopt(shape, steps, offset),
      (error) => isNdError(error, "value"),
      `${shape} ${steps} ${offset}`,
    );
  }
});
