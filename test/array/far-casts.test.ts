import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

// From 131072 numbers on float64 becomes float32 by a loop where it lies, and not by a kernel.

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

for (const n of [(1 << 17) - 1, 1 << 17, (1 << 17) + 7]) {
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

test("pairs of them become complex64 as each of them does", () => {
  for (const n of [(1 << 16) - 1, 1 << 16, (1 << 16) + 7]) {
    const data = Float64Array.from({ length: 2 * n }, (_, k) => special[k % special.length]! * (1 + (k % 7)));
    const wanted = Float32Array.from(data);
    const a = np.array(data).view("complex128");
    deepStrictEqual(a.astype("complex64").view("float32").data, wanted);
    const out = np.zeros([n + 2], "complex64");
    np.copyto(out.slice("1:-1"), a);
    deepStrictEqual((out.view("float32").data as Float32Array).subarray(2, 2 * n + 2), wanted);
    deepStrictEqual([String(out.at(0)), String(out.at(-1))], ["(0+0j)", "(0+0j)"]);
    deepStrictEqual(
      a.astype("float32").data,
      wanted.filter((_, k) => k % 2 === 0),
    );
  }
});
