import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { pair } from "../sweep/layouts.ts";

test("broadcast knows the common shape and gives elements side by side", () => {
  const both = np.broadcast(np.array([1, 2, 3]), [[10], [20]]);
  assert.deepEqual(
    [both.shape, both.size, both.ndim, both.nd, both.numiter, both.index],
    [[2, 3], 6, 2, 2, 2, 0],
  );
  assert.deepEqual(both.next(), { done: false, value: [1, 10] });
  assert.equal(both.index, 1);
  assert.equal([...both].length, 5);
  assert.equal(both.index, 6);
  assert.deepEqual(both.next(), { done: true, value: undefined });
  both.reset();
  assert.deepEqual(
    [...both].map(([x, y]) => (x as number) + (y as number)),
    [11, 12, 13, 21, 22, 23],
  );
  // Fresh each time, wherever the object stands.
  assert.deepEqual(
    both.iters.map((one) => [...one]),
    [
      [1, 2, 3, 1, 2, 3],
      [10, 10, 10, 20, 20, 20],
    ],
  );
});

test("broadcast of nothing has one place, and broadcasts go into broadcasts", () => {
  assert.deepEqual([...np.broadcast()], [[]]);
  assert.deepEqual(np.broadcast(np.broadcast([1, 2], [[3]]), 4).numiter, 3);
  assert.deepEqual([...np.broadcast(np.zeros([0, 3]))], []);
  assert.throws(() => np.broadcast([1, 2], [1, 2, 3]), np.ShapeError);
  assert.throws(() => np.broadcast(...new Array<number>(65).fill(0)), /65 arrays are too many/);
});

for (const layout of ["F", "reversed", "repeated rows", "a packed field", "line", "no axes", "empty"]) {
  test(`broadcast walks ${layout} in C order`, () => {
    const { strided, dense } = pair(layout, "float64");
    assert.deepEqual([...np.broadcast(strided, 1)], [...np.broadcast(dense, 1)]);
  });
}

test("shape, size and ndim of what becomes an array", () => {
  assert.deepEqual([np.shape([[1, 2]]), np.ndim([[1, 2]]), np.size([[1, 2]])], [[1, 2], 2, 2]);
  assert.deepEqual([np.shape(5), np.ndim(5n), np.size(true)], [[], 0, 1]);
  assert.equal(np.size([[1, 2]], [0, -1]), 2);
  assert.equal(np.size([[1, 2]], []), 1);
  assert.throws(() => np.size([[1, 2]], [0, 0]), np.ValueError);
  assert.throws(() => np.size(5, 0), np.IndexError);
});

test("axes are counted from the front", () => {
  assert.equal(np.normalizeAxisIndex(-1, 3), 2);
  assert.throws(() => np.normalizeAxisIndex(3, 2, "mean"), /^IndexError: mean: axis 3 is out of bounds/);
  assert.deepEqual(np.normalizeAxisTuple(1, 2), [1]);
  assert.deepEqual(np.normalizeAxisTuple([-1, 0], 2), [1, 0]);
  assert.deepEqual(np.normalizeAxisTuple([1, -1], 2, { allowDuplicate: true }), [1, 1]);
  assert.throws(() => np.normalizeAxisTuple([1, -1], 2, "axes"), /^ValueError: axes: repeated axis/);
});

test("the constants", () => {
  assert.deepEqual([np.pi, np.e, np.inf, np.eulerGamma], [Math.PI, Math.E, Infinity, 0.5772156649015329]);
  assert.ok(Number.isNaN(np.nan));
});
