import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { type Case, compare, skip } from "../ops/against-numpy.ts";

/**
 * Reductions of more elements than NumPy brings into one buffer, on every layout, to the bit: they go by ways that small
 * arrays never take.
 */

const DTYPES = ["float64", "float32", "int32", "uint8", "bool", "int64", "complex64"] as const;

/** Arrays of 120 by 130 elements, 15600 in all. */
const layouts: readonly [string, readonly number[], (a: np.NDArray) => np.NDArray][] = [
  ["dense", [120, 130], (a) => a],
  ["transposed", [130, 120], (a) => a.T],
  ["stepped", [120, 260], (a) => a.slice(":", "::2")],
  ["stepped, transposed", [130, 240], (a) => a.slice(":", "::2").T],
  ["reversed", [120, 130], (a) => a.slice("::-1", "::-1")],
  ["one axis reversed", [120, 130], (a) => a.slice(":", "::-1")],
  ["a window", [130, 150], (a) => a.slice("3:123", "7:137")],
  ["three axes", [24, 130, 5], (a) => a.transpose(1, 2, 0)],
  ["rows that repeat", [130], (a) => np.broadcastTo(a, [120, 130])],
  ["columns that repeat", [120, 1], (a) => np.broadcastTo(a, [120, 130])],
];

const calls: readonly [string, (a: np.NDArray) => unknown][] = [
  ["np.sum(a[0])", (a) => np.sum(a)],
  ["np.sum(a[0], 0)", (a) => np.sum(a, 0)],
  ["np.sum(a[0], -1)", (a) => np.sum(a, -1)],
  ["np.mean(a[0])", (a) => np.mean(a)],
  ["np.std(a[0])", (a) => np.std(a)],
  ["np.var(a[0], 0)", (a) => np.var(a, 0)],
  ["np.var(a[0], -1, ddof=1)", (a) => np.var(a, { axis: -1, ddof: 1 })],
  ["np.std(a[0], 1, keepdims=True)", (a) => np.std(a, { axis: 1, keepdims: true })],
];

const largest = ["np.max(a[0])", (a: np.NDArray) => np.max(a)] as const;

/** The bytes of a result as complex128, which holds all of them exactly. */
function bytesOf(result: np.NDArray): np.NDArray {
  return np.asarray(result).astype("complex128").flatten().view("uint8");
}

function filled(dtype: (typeof DTYPES)[number], shape: readonly number[]): np.NDArray {
  const n = shape.reduce((a, b) => a * b, 1);
  const values = Float64Array.from({ length: n }, (_, k) => ((k * 7919) % 10007) / 997 - 3);
  return np.array(values).astype(dtype).reshape(shape);
}

test("large reductions are NumPy's to the bit, in every layout", { skip }, () => {
  const cases: Case[] = [];
  for (const dtype of DTYPES) {
    for (const [, shape, cut] of layouts) {
      const a = cut(filled(dtype, shape));
      const own = dtype === "complex64" ? calls : [...calls, largest];
      for (const [call, run] of own) {
        const bytes = `np.frombuffer(np.asarray(${call}).astype("D").tobytes(), "u1")`;
        cases.push({ arrays: [a], call: bytes, run: () => bytesOf(run(a) as np.NDArray) });
      }
    }
  }
  assert.deepEqual(compare(cases), []);
});
