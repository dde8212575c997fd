import assert from "node:assert/strict";
import { test } from "node:test";
import { astype, copy } from "../../src/array/copy.ts";
import { array } from "../../src/array/create.ts";
import { placeOf } from "../../src/array/duplicate.ts";
import { tolist } from "../../src/array/elements.ts";
import { ones, zeros } from "../../src/array/filled.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { plain } from "../../src/dtype/table.ts";
import { type Axes, type Axis, contract } from "../../src/engine/matmul-contract.ts";
import { scope } from "../../src/engine/scope.ts";
import { matmul } from "../../src/ops/products.ts";
import { reshape } from "../../src/ops/reshape.ts";
import { Dice } from "../layout/model.ts";
import { randomArray } from "../ops/against-numpy.ts";

test("products of arrays in the engine's memory are those of arrays elsewhere, to the last bit", () => {
  const dice = new Dice(1);
  for (const dtype of [plain.float64, plain.float32, plain.int64, plain.complex128, plain.uint8]) {
    for (const [m, k, n] of [[3, 4, 5], [40, 50, 60], [300, 7, 270], [70, 300, 1], [1, 300, 70], [1, 900, 1]] as const) {
      const [a, b] = [randomArray(dice, [m, k], dtype, true), randomArray(dice, [k, n], dtype, true)];
      const outside = tolist(matmul(a, b));
      const inside = scope(() => matmul(copy(a), copy(b)));
      assert.deepEqual(tolist(inside), outside, `${dtype} ${m} ${k} ${n}`);
      const turned = scope(() => matmul(copy(b).T, copy(a).T).T);
      const wanted = tolist(matmul(b.T, a.T).T);
      assert.deepEqual(tolist(turned), wanted, `${dtype} ${m} ${k} ${n} turned`);
    }
  }
}); // biome-ignore format: shapes in a line

test("axes to be summed that do not merge are summed all the same", () => {
  const dice = new Dice(2);
  const a = randomArray(dice, [3, 4, 5], plain.int32);
  const b = randomArray(dice, [5, 2, 3], plain.int32);
  const c = zeros([4, 2], "int32");
  const [s, t, u] = [a.strides, b.strides, c.strides] as [number[], number[], number[]];
  const axis = (length: number, strides: Partial<Axis>): Axis => ({ length, a: 0, b: 0, c: 0, ...strides });
  const axes: Axes = {
    stack: [],
    rows: [axis(4, { a: s[1]!, c: u[0]! })],
    columns: [axis(2, { b: t[1]!, c: u[1]! })],
    summed: [axis(3, { a: s[0]!, b: t[2]! }), axis(5, { a: s[2]!, b: t[0]! })],
  };
  contract(axes, { a: placeOf(a), b: placeOf(b), c: placeOf(c), caller: "test" });
  for (let j = 0; j < 4; j++) {
    for (let k = 0; k < 2; k++) {
      let sum = 0;
      for (let p = 0; p < 3; p++)
        for (let q = 0; q < 5; q++)
          sum = (sum + Math.imul(a.at(p, j, q) as number, b.at(q, k, p) as number)) | 0;
      assert.equal(c.at(j, k), sum);
    }
  }
});

test("nothing to sum gives zeros, and nothing to write is left alone", () => {
  assert.deepEqual(tolist(matmul(ones([2, 0]), ones([0, 3]))), [[0, 0, 0], [0, 0, 0]]);
  assert.deepEqual(matmul(ones([0, 3]), ones([3, 2])).shape, [0, 2]);
  const out: NDArray = ones([2, 2]);
  matmul(ones([2, 0]), ones([0, 2]), { out });
  assert.deepEqual(tolist(out), [[0, 0], [0, 0]]);
}); // biome-ignore format: short lists

test("products of all small shapes are sums along the axis, from the first on, for each lane", () => {
  const sizes = [1, 2, 3, 4, 5, 7, 8, 9, 13];
  for (const dtype of ["float64", "float32", "int32", "int64"] as const) {
    const round = dtype === "float32" ? Math.fround : (x: number) => x;
    const whole = dtype === "int32" || dtype === "int64";
    for (const m of sizes) {
      for (const n of sizes) {
        if (m === 1 && n === 1) continue;
        for (const k of [1, 3, 8]) {
          const numbers = (count: number, by: number) =>
            Array.from({ length: count }, (_, j) => round(whole ? j % by : (j % by) / 7 + 0.1));
          const [x, y] = [numbers(m * k, 23), numbers(k * n, 19)];
          const a = astype(array(x), dtype);
          const b = astype(array(y), dtype);
          const found = matmul(reshape(a, [m, k]), reshape(b, [k, n]));
          for (let i = 0; i < m; i++) {
            for (let j = 0; j < n; j++) {
              let sum = 0;
              for (let p = 0; p < k; p++) sum = round(sum + round(x[i * k + p]! * y[p * n + j]!));
              const close = Math.abs(Number(found.at(i, j)) - sum) <= Math.abs(sum) * 1e-6;
              assert.ok(close, `${dtype} ${m} ${n} ${k}: ${found.at(i, j)} at ${i}, ${j} for ${sum}`);
            }
          }
        }
      }
    }
  }
});
