import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

// From half a million elements on float64 becomes float32 by a loop where it lies, and not by a kernel.

const special = [
  0,
  -0,
  1 / 3,
  1e300,
  -1e300,
  5e-324,
  1e-40,
  3.4028235677973366e38,
  Number.POSITIVE_INFINITY,
  Number.NaN,
];

for (const n of [(1 << 19) - 1, 1 << 19, (1 << 19) + 7]) {
  test(`${n} float64 become float32 as each of them does`, () => {
    const data = Float64Array.from({ length: n + 1 }, (_, k) => special[k % special.length]! * (1 + (k % 7)));
    const wanted = Float32Array.from(data);
    const a = np.array(data);
    deepStrictEqual(a.astype("float32").data, wanted);
    const out = np.zeros([n + 3], "float32");
    np.copyto(out.slice("1:-2"), a.slice("1:"));
    deepStrictEqual((out.data as Float32Array).subarray(1, n + 1), wanted.subarray(1));
    deepStrictEqual([out.at(0), out.at(-2), out.at(-1)], [0, 0, 0]);
    strictEqual(np.sum(np.isnan(out)), np.sum(np.isnan(a.slice("1:"))));
  });
}
