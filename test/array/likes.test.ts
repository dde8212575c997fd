import assert from "node:assert/strict";
import { test } from "node:test";
import { copyArray } from "../../src/array/duplicate.ts";
import { tolist } from "../../src/array/elements.ts";
import { zeros } from "../../src/array/filled.ts";
import { emptyLike, fullLike, onesLike, zerosLike } from "../../src/array/likes.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { isCContiguous } from "../../src/layout/contiguity.ts";
import { permute } from "../../src/layout/movement.ts";
import { dtypes, sweep } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const c = zeros([2, 3]);
const k = zeros([2, 3, 4]);
const turned = k.viewAs(permute(k.layout, [1, 0, 2]));

test("a fresh array like another has NumPy's dtype and strides", () => {
  const facts: [a: NDArray, name: string, strides: number[]][] = [
    [zerosLike(c), "float64", [24, 8]],
    [zerosLike(c.T), "float64", [8, 24]],
    [zerosLike(c.T, { order: "C" }), "float64", [16, 8]],
    [zerosLike(c, { order: "F" }), "float64", [8, 16]],
    [zerosLike(c.T, { order: "A" }), "float64", [8, 24]],
    [zerosLike(c.slice(":", "::2"), { order: "A" }), "float64", [16, 8]],
    [zerosLike(c.T, "int8"), "int8", [1, 3]],
    [zerosLike(turned), "float64", [32, 96, 8]],
    [zerosLike(turned, { shape: [3, 4, 5] }), "float64", [40, 120, 8]],
    [zerosLike(turned, { shape: [3, 4] }), "float64", [32, 8]],
    [zerosLike(c.T, { shape: [4, 5] }), "float64", [8, 32]],
    [zerosLike(c.T, { shape: 6 }), "float64", [8]],
    [zerosLike(c.T, { shape: [4, 5, 2] }), "float64", [80, 16, 8]],
    [zerosLike(zeros([2, 0, 3]).T), "float64", [0, 0, 0]],
    [zerosLike(c.slice("::-1", "::-1")), "float64", [24, 8]],
    [zerosLike(5n), "int64", []],
    [emptyLike([[1, 2]], { dtype: "int16" }), "int16", [4, 2]],
  ];
  for (const [a, name, strides] of facts) {
    assert.deepEqual([a.dtype.name, a.strides], [name, strides]);
    assert.ok(a.flags.owndata);
  }
});

test("the values are ones, or what is asked for", () => {
  assert.deepEqual(tolist(onesLike([1n, 2n])), [1n, 1n]);
  assert.deepEqual(tolist(fullLike(c, 7, "uint8")), [
    [7, 7, 7],
    [7, 7, 7],
  ]);
  assert.deepEqual(tolist(fullLike(c.T, [1, 2])), [
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  assert.deepEqual(tolist(fullLike([1n], 1.5)), [1n]);
  assert.throws(() => fullLike(zeros(2, "uint8"), 300), /fullLike: 300 is out of bounds/);
  assert.throws(() => zerosLike(c, { order: "Q" as "C" }), /zerosLike: order "Q" is none of/);
});

test("what is like an array lies in memory as a copy that keeps the order", () => {
  for (const d of dtypes) {
    for (const { name, make } of sweep(d)) {
      const a = make();
      const like = zerosLike(a);
      const expected = copyArray(a, isCContiguous(a.layout, a.itemsize) ? "C" : "K", "test");
      assert.deepEqual([like.shape, like.strides], [expected.shape, expected.strides], `${d} ${name}`);
    }
  }
});
