import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

const LENGTHS = [3, 7, 8, 9, 1023, 1024, 1025, 4099, 65535, 65536, 73733];
const bits = (a: np.NDArray) => Buffer.from(a.tobytes()).toString("hex");

test("counted lines are start + i·delta in float64, the first two as they were given", () => {
  for (const n of LENGTHS) {
    for (const [start, step] of [
      [0, 1],
      [0.1, 1 / 3],
      [-0, -0.7],
      [1e300, -1e297],
    ] as const) {
      const second = start + step;
      const made = np.arange(start, start + step * (n - 0.5), step);
      const wanted = Float64Array.from({ length: n }, (_, i) => start + i * (second - start));
      wanted[0] = start;
      wanted[1] = second;
      assert.equal(bits(made), Buffer.from(wanted.buffer).toString("hex"), `${n} from ${start} by ${step}`);
    }
  }
});

test("counted lines round every step to float32, and to float16 at the end", () => {
  const { fround } = Math;
  for (const n of LENGTHS) {
    const [start, second] = [fround(0.1), fround(0.1 + 0.3)];
    const delta = fround(second - start);
    const wanted = Float32Array.from({ length: n }, (_, i) => start + fround(fround(i) * delta));
    wanted[1] = second;
    const made = np.arange(0.1, 0.1 + 0.3 * (n - 0.5), 0.3, "float32");
    assert.equal(bits(made), Buffer.from(wanted.buffer).toString("hex"), `${n}`);
    const half = np.arange(0, n, 1, "float16");
    assert.equal(bits(half), bits(np.array(Float64Array.from({ length: n }, (_, i) => i)).astype("float16")));
  }
});

test("counted lines are integers of every width, and wrap", () => {
  for (const n of LENGTHS) {
    const all = BigInt64Array.from({ length: n }, (_, i) => 100n - 3n * BigInt(i));
    const stop = 100n - 3n * BigInt(n);
    for (const dtype of ["int8", "int16", "int32", "int64"] as const) {
      assert.equal(
        bits(np.arange(100n, stop, -3n, dtype)),
        bits(np.array(all).astype(dtype)),
        `${n} ${dtype}`,
      );
    }
    const high = np.arange(2n ** 64n - BigInt(3 * n), 2n ** 64n, 3n, "uint64");
    assert.equal(high.at(n - 1), 2n ** 64n - 3n);
    assert.equal(high.at(0), 2n ** 64n - BigInt(3 * n));
  }
});

test("counted lines are complex numbers without an imaginary part", () => {
  const a = np.arange(0, 1025, 1, "complex64");
  assert.equal(String(a.at(1024)), "(1024+0j)");
});

test("counted lines are the same inside np.scope", () => {
  for (const n of LENGTHS) {
    const inside = np.scope(() => np.arange(0.5, n, 1));
    assert.equal(bits(inside), bits(np.arange(0.5, n, 1)));
    const line = np.scope(() => np.linspace(0, 1, n));
    assert.equal(bits(line), bits(np.linspace(0, 1, n)));
  }
});

test("counted lines are what linspace gives one by one, the stop exact", () => {
  for (const n of LENGTHS) {
    const step = (0.7 - 0.1) / (n - 1);
    const wanted = Float64Array.from({ length: n }, (_, i) => i * step + 0.1);
    wanted[n - 1] = 0.7;
    assert.equal(bits(np.linspace(0.1, 0.7, n)), Buffer.from(wanted.buffer).toString("hex"), `${n}`);
  }
  assert.deepEqual(np.linspace(0, 5e-324, 4).tolist(), [0, 0, 5e-324, 5e-324]);
});

test("arrays that are written all over hold nothing but what was written, also where memory is not zeroed first", () => {
  // Memory that was used before comes back.
  for (let k = 0; k < 8; k++) np.full([1 << 17], 7);
  assert.ok(np.all(np.equal(np.ones([1 << 17]), 1)));
  assert.ok(np.all(np.equal(np.full([1 << 17], [3]), 3)));
  assert.ok(np.all(np.equal(np.onesLike(np.zeros([512, 300]).T), 1)));
  const fields = np.ones(
    [1 << 16],
    [
      ["x", "f8"],
      ["y", "i8"],
    ],
  );
  assert.ok(np.all(np.equal(fields.field("y"), 1n)));
});
