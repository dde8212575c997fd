import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

const x = np.arange(60);
const arrays: readonly [name: string, array: np.NDArray, reached: number][] = [
  ["dense", x.reshape(6, 10), 480],
  ["transposed and reversed", x.reshape(6, 10).T.slice("::-1"), 480],
  ["stepped", x.slice("::7"), 72],
  ["repeated", np.broadcastTo(x.slice(":3"), [5, 3]), 24],
  ["windows", np.slidingWindowView(x, 4), 480],
  ["windows over every sixth", np.slidingWindowView(x.slice("::6"), 3), 80],
  ["halves of elements", np.asStrided(x.view("u4"), { shape: [4, 3], strides: [4, 2] }), 20],
  ["empty", np.zeros([0, 3]), 0],
  ["0-d", np.array(1), 8],
];

for (const [name, array, reached] of arrays) {
  test(`${name}: every byte that is reached counts once`, () => {
    const bytes = new Set<number>();
    for (const index of np.ndindex(array.shape)) {
      const at = index.reduce((sum, i, k) => sum + i * array.strides[k]!, array.byteOffset);
      for (let b = 0; b < array.itemsize; b++) bytes.add(at + b);
    }
    assert.equal(bytes.size, reached);
    assert.equal(np.memoryOf(array).reachedBytes, reached);
  });
}
