import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../src/array/duplicate.ts";
import { plain } from "../../src/dtype/table.ts";
import { chainKernel } from "../../src/engine/chain.ts";
import { elementwise } from "../../src/engine/drive.ts";
import { addKernel, multiplyKernel } from "../../src/engine/kernels/arithmetic.ts";
import { lessKernel } from "../../src/engine/kernels/compare.ts";
import type { Loop } from "../../src/engine/loop.ts";
import * as np from "../../src/index.ts";

const add = addKernel("dd->d");
const multiply = multiplyKernel("dd->d");

/** (x + b) * c + d */
const chain = chainKernel(
  ["float64", "float64", "float64", "float64"],
  [
    { kernel: add, from: [0, 1] },
    { kernel: multiply, from: [4, 2] },
    { kernel: add, from: [5, 3] },
  ],
  [6],
);

function loopOf(kernel: Loop["kernel"]): Loop {
  return {
    inputs: kernel.in.map((type) => plain[type]),
    outputs: kernel.out.map((type) => plain[type]),
    kernel,
  };
}

function run(kernel: Loop["kernel"], inputs: readonly np.NDArray[], out: np.NDArray): void {
  elementwise(
    loopOf(kernel),
    out.shape,
    inputs.map((a) => placeOf(a)),
    [placeOf(out)],
    null,
  );
}

test("a chain gives what its steps give one after another, on any layout, in place and in a scope", () => {
  for (const n of [1, 10, 511, 512, 513, 1024, 5000]) {
    const base = np.arange(2 * n, { dtype: "float64" });
    const [x, b] = [base.slice("::2"), base.slice("::-2")];
    const [c, d] = [base.slice(np.s(null, n)), base.slice(np.s(n, null))];
    const wanted = np.add(np.multiply(np.add(x, b), c), d).tolist();
    const out = np.zeros(n);
    run(chain, [x, b, c, d], out);
    assert.deepEqual(out.tolist(), wanted);
    const own = np.copy(x);
    run(chain, [own, b, c, d], own);
    assert.deepEqual(own.tolist(), wanted);
    const scoped = np.scope(() => {
      const [p, q, r, s] = [x, b, c, d].map((a) => np.copy(a)) as [
        np.NDArray,
        np.NDArray,
        np.NDArray,
        np.NDArray,
      ];
      run(chain, [p, q, r, s], q);
      return q;
    });
    assert.deepEqual(scoped.tolist(), wanted);
  }
});

test("values are cast between steps, and several may come out", () => {
  const kernel = chainKernel(
    ["float64", "int32"],
    [
      { kernel: add, from: [0, 1] },
      { kernel: lessKernel("dd->?"), from: [2, 0] },
      { kernel: multiply, from: [3, 2] },
    ],
    [4, 3],
  );
  const a = np.array([1, 2, 3]);
  const b = np.array([1, -1, -5], "int32");
  const [product, mask] = [np.zeros(3), np.zeros(3, "bool")];
  const loop = loopOf(kernel);
  elementwise(loop, [3], [placeOf(a), placeOf(b)], [placeOf(product), placeOf(mask)], null);
  assert.deepEqual(product.tolist(), [0, 1, -2]);
  assert.deepEqual(mask.tolist(), [false, true, true]);
});
