import assert from "node:assert/strict";
import { test } from "node:test";
import type { TypedPlace } from "../../src/array/cast.ts";
import { plain } from "../../src/dtype/table.ts";
import { elementwise } from "../../src/engine/drive.ts";
import type { Loop } from "../../src/engine/loop.ts";
import * as np from "../../src/index.ts";
import { broadcastLayout } from "../../src/layout/broadcast.ts";
import { op } from "../../src/wasm/fn.ts";
import { mapKernel } from "../../src/wasm/map.ts";

const addF64 = mapKernel(8, 2, 1, (_, a, b) => op("f64x2.add", a!, b!));
const addF32 = mapKernel(4, 2, 1, (_, a, b) => op("f32x4.add", a!, b!));

const float64: Loop = {
  inputs: [plain.float64, plain.float64],
  outputs: [plain.float64],
  kernel: {
    in: ["float64", "float64"],
    out: ["float64"],
    run: (...args: [number, ...number[]]) => void addF64.run(...args),
  },
};
const float16: Loop = {
  inputs: [plain.float16, plain.float16],
  outputs: [plain.float16],
  kernel: {
    in: ["float32", "float32"],
    out: ["float32"],
    run: (...args: [number, ...number[]]) => void addF32.run(...args),
  },
};

type Any = np.NDArray;

function place(a: Any, shape: readonly number[]): TypedPlace {
  const { strides, offset } = broadcastLayout(a.layout, shape)!;
  return { storage: a.storage, strides, offset, dtype: a.dtype };
}

function run(loop: Loop, a: Any, b: Any, out: Any, where?: Any): void {
  const { shape } = out;
  const mask = where === undefined ? null : place(where, shape);
  elementwise(loop, shape, [place(a, shape), place(b, shape)], [place(out, shape)], mask);
}

const numbers = (a: Any) => a.flatten().tolist() as unknown as number[];

function check(a: Any, b: Any, out: Any, where?: Any): void {
  const { shape } = out;
  const [p, q] = [numbers(np.broadcastTo(a, shape)), numbers(np.broadcastTo(b, shape))];
  const old = numbers(out);
  const mask = where === undefined ? null : numbers(np.broadcastTo(where, shape));
  run(float64, a, b, out, where);
  const expected = p.map((x, k) => (mask === null || mask[k] ? x + q[k]! : old[k]!));
  assert.deepEqual(numbers(out), expected);
}

// A block holds 8192 float64, a piece of a line 16384.
const lengths = [1, 2, 3, 16, 17, 63, 65, 1023, 3000, 8191, 8192, 8193, 20000];

test("rows and scalars of every length", () => {
  for (const n of lengths) {
    const a = np.arange(n, { dtype: "float64" });
    check(a, np.arange(n, { dtype: "float64" }), np.zeros(n));
    check(a, np.array(2.5), np.zeros(n));
    check(a.slice("::-1"), np.arange(2 * n, { dtype: "float64" }).slice("::2"), np.zeros(n));
    check(a, a, a);
  }
});

test("planes in every order", () => {
  for (const [r, c] of [
    [3, 5],
    [40, 33],
    [100, 257],
    [1, 40],
    [700, 3],
    [160, 170],
    [9000, 3],
  ] as const) {
    const a = np.arange(r * c, { dtype: "float64" }).reshape(r, c);
    const t = np
      .arange(r * c, { dtype: "float64" })
      .reshape(c, r)
      .transpose();
    check(a, t, np.zeros([r, c]));
    check(t, t, np.zeros([r, c]));
    check(t, a, np.zeros([r, c], { dtype: "float64", order: "F" }));
    check(a.slice("::-1", "::-1"), a.slice(0), np.zeros([r, c]));
    check(a, np.arange(r, { dtype: "float64" }).reshape(r, 1), np.zeros([2 * r, c]).slice("::2"));
    check(a, t, np.ones([r, c]), np.arange(c).astype("bool"));
    check(
      a,
      np
        .arange(r * c)
        .reshape(r, c)
        .astype("int16"),
      np.zeros([r, c]),
    );
  }
});

test("many axes, some of length 1 and 0", () => {
  const a = np.arange(2 * 3 * 4 * 5, { dtype: "float64" }).reshape(2, 3, 4, 5);
  check(a, a.transpose(0, 2, 1, 3).copy().transpose(0, 2, 1, 3), np.zeros([2, 3, 4, 5]));
  check(a.slice(":", ":1"), a, np.zeros([2, 3, 4, 5]));
  check(np.zeros([0, 3]), np.zeros([1, 3]), np.zeros([0, 3]));
  check(np.array(1.5), np.array(2.5), np.zeros([]));
});

test("what the kernel computes in may be wider than the loop", () => {
  const a = np.array([1, 2049, 60000, -0], "float16");
  const out = np.zeros(4, "float16");
  run(float16, a, np.array([1, 1, 60000, -0], "int32"), out);
  assert.deepEqual(numbers(out), [2, 2048, Number.POSITIVE_INFINITY, 0]);
});
