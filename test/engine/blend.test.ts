import assert from "node:assert/strict";
import { test } from "node:test";
import { blendKernel } from "../../src/engine/blend.ts";
import { heap, tilePointer } from "../../src/wasm/memory.ts";

test("a mask chooses whole elements of every size, and nothing behind the last", () => {
  const [mask, old, fresh, out] = [0, 1, 2, 3].map(tilePointer) as [number, number, number, number];
  for (const itemsize of [1, 2, 4, 8, 16]) {
    for (const n of [0, 1, 2, 3, 7, 8, 15, 16, 17, 100, 511]) {
      for (let k = 0; k <= n; k++) heap.u8[mask + k] = [0, 1, 255, 0, 0, 2][k % 6]!;
      for (let k = 0; k < 8192; k++) {
        heap.u8[old + k] = k % 100;
        heap.u8[fresh + k] = 100 + (k % 100);
        heap.u8[out + k] = 255;
      }
      blendKernel(itemsize).run(n, mask, old, fresh, out);
      for (let k = 0; k < n * itemsize + 16; k++) {
        const chosen = [0, 1, 1, 0, 0, 1][Math.floor(k / itemsize) % 6]! * 100 + (k % 100);
        assert.equal(heap.u8[out + k], k < n * itemsize ? chosen : 255, `${itemsize} ${n} ${k}`);
      }
    }
  }
});
