import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

// A file of its own: the first product comes before the first exp, so that tables lie behind the blocks of products.

const shapes = [
  [46656, 1, 1],
  [1, 1, 46656],
  [1, 46656, 1],
  [170000, 1, 1],
  [60000, 1, 2],
  [2, 60000, 1],
  [40000, 2, 2],
  [2, 2, 40000],
] as const;

test("products of long and thin matrices stay in their blocks of the engine's memory", () => {
  np.matmul(np.ones([2, 2]), np.ones([2, 2]));
  const x = np.linspace(-3, 3, 50);
  const tables = () => [np.exp(x), np.expm1(x), np.sinh(x), np.tan(x)].map((a) => a.tolist());
  const before = tables();
  for (const [m, n, k] of shapes) {
    for (const dtype of ["float64", "float32", "int32", "complex128"] as const) {
      const c = np.matmul(np.full([m, k], 3, dtype), np.ones([k, n], dtype));
      deepEqual([c.shape, String(c.at(m - 1, n - 1))], [[m, n], String(np.full([1], 3 * k, dtype).at(0))]);
      deepEqual(tables(), before, `${dtype} ${m} ${n} ${k}`);
    }
  }
});
