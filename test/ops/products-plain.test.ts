import assert from "node:assert/strict";
import { test } from "node:test";
import { type PlainDType, plain } from "../../src/dtype/table.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";

// Matrices and vectors of one dtype go a short way; with an option, or into an output, they go the long one. Both must come
// to the same bits.

const names = Object.keys(plain) as PlainDType[];

/** Elements that are not whole, so that another order of additions shows; now and then what is no number. */
function elements(dice: Dice, shape: readonly number[], dtype: PlainDType): np.NDArray {
  const count = shape.reduce((n, length) => n * length, 1);
  const odd = dice.chance(0.05);
  const list = Array.from({ length: count }, () =>
    odd && dice.chance(0.1) ? Number.NaN : dice.int(-99, 99) / 7,
  );
  const reals = np.array(list, "float64").reshape(shape);
  if (!dtype.startsWith("complex"))
    return np
      .trunc(reals)
      .astype(dtype.startsWith("float") ? "float64" : "int8")
      .astype(dtype);
  const other = np.array(list.reverse(), "float64").reshape(shape);
  return np.add(reals, np.multiply(other, np.complex(0, 1))).astype(dtype);
}

/** An operand of a shape, lying in one of many ways. */
function drawn(dice: Dice, shape: readonly number[], dtype: PlainDType): np.NDArray {
  const way = dice.int(0, 5);
  if (way === 0) return elements(dice, [...shape].reverse(), dtype).T;
  if (way === 1)
    return elements(
      dice,
      shape.map((n) => 2 * n),
      dtype,
    ).slice(...shape.map(() => "::2" as const));
  if (way === 2) return elements(dice, shape, dtype).slice(...shape.map(() => "::-1" as const));
  if (way === 3)
    return elements(
      dice,
      shape.map((n) => n + 2),
      dtype,
    ).slice(...shape.map(() => "1:-1" as const));
  if (way === 4) return np.broadcastTo(elements(dice, [...shape.slice(0, -1), 1], dtype), shape);
  return elements(dice, shape, dtype);
}

const bits = (a: unknown) => {
  const array = np.asarray(a as np.ArrayInput) as np.NDArray;
  return [array.dtype.toString(), array.shape.join(), Buffer.from(array.tobytes()).toString("hex")].join(" ");
};

test("matmul and dot come to the same bits by the short way and by the long one", () => {
  const dice = new Dice(31);
  for (const dtype of names) {
    for (let round = 0; round < 60; round++) {
      const length = () => dice.pick([0, 1, 2, 3, 5, 20, 33]);
      const [m, n, k] = [length(), length(), dice.pick([0, 1, 2, 7, 64, 300])];
      const a = drawn(dice, dice.chance(0.4) ? [k] : [m, k], dtype);
      const b = drawn(dice, dice.chance(0.4) ? [k] : [k, n], dtype);
      const told = `${dtype} ${a.shape} ${a.strides} by ${b.shape} ${b.strides}`;
      const product = np.matmul(a, b);
      assert.equal(bits(product), bits(np.matmul(a, b, { casting: "unsafe" })), told);
      assert.equal(product.flags.cContiguous, true);
      const long = np.dot(a, b, { out: np.empty(product.shape, dtype) as np.NDArray });
      assert.equal(bits(np.asarray(np.dot(a, b) as np.ArrayInput, dtype)), bits(long), told);
      if (b.ndim === 2)
        assert.equal(bits(np.asarray(np.inner(a, b.T) as np.ArrayInput, dtype)), bits(long), told);
      if (b.ndim === 1)
        assert.equal(bits(np.asarray(np.inner(a, b) as np.ArrayInput, dtype)), bits(long), told);
    }
  }
});

test("vdot conjugates its first operand, also of vectors of a dtype", () => {
  const dice = new Dice(32);
  for (const dtype of names) {
    for (const n of [0, 1, 3, 40]) {
      const [x, y] = [drawn(dice, [n], dtype), drawn(dice, [n], dtype)];
      const given = np.asarray(np.vdot(x, y) as np.ArrayInput, dtype);
      assert.equal(bits(given), bits(np.vecdot(x, y, { casting: "unsafe" })), `${dtype} ${n}`);
    }
  }
});

test("two vectors give a scalar by dot and an array of no axes by matmul", () => {
  assert.equal(np.dot(np.array([1, 2]), np.array([3, 4])), 11);
  assert.equal(np.dot(np.array([1n, 2n]), np.array([3n, 4n])), 11n);
  assert.equal(np.inner(np.array([1, 2]), np.array([3, 4])), 11);
  assert.deepEqual(np.matmul(np.array([1, 2]), np.array([3, 4])).shape, []);
  assert.equal(np.dot(np.zeros(0), np.zeros(0)), 0);
});

test("lengths that differ are refused as by the long way", () => {
  const [a, v] = [np.zeros([2, 3]), np.zeros(2)];
  for (const call of [
    () => np.matmul(a, v),
    () => np.dot(a, v),
    () => np.inner(a, v),
    () => np.dot(v, np.zeros(3)),
  ]) {
    assert.throws(call, np.ShapeError);
  }
  assert.throws(() => np.matmul(a, np.zeros(3), { out: np.zeros([2, 1]) }), np.NdError);
});
