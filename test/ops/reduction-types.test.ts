import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { argmax } from "../../src/ops/positions.ts";
import { mean, std } from "../../src/ops/statistics.ts";
import { any, sum } from "../../src/ops/sums.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only when both types are the same. */
function is<_ extends true>(): void {}

test("the compiler knows scalars from arrays, and their dtypes", () => {
  const f = np.zeros([2, 3]);
  const i = np.ones([2, 3], "int8");
  const out = np.zeros(3, "float32");
  const total = sum(i);
  const rows = sum(i, 0);
  const kept = sum(f, { keepdims: true });
  const given = sum(f, { axis: 0, out });
  const single = sum(f, { axis: 1, dtype: "float32" });
  is<Same<typeof total, bigint>>();
  is<Same<typeof rows, np.NDArray<"int64">>>();
  is<Same<typeof kept, np.NDArray<"float64">>>();
  is<Same<typeof given, np.NDArray<"float32">>>();
  is<Same<typeof single, np.NDArray<"float32">>>();
  const middle = mean(i);
  const spread = std(np.zeros([2, 2], "complex64"), 0);
  const found = any(f);
  const at = argmax(f);
  const each = argmax(f, { axis: 1 });
  is<Same<typeof middle, number>>();
  is<Same<typeof spread, np.NDArray<"float32">>>();
  is<Same<typeof found, boolean>>();
  is<Same<typeof at, number>>();
  is<Same<typeof each, np.NDArray<"int32">>>();
  assert.equal(total, 6n);
  assert.deepEqual(
    [rows.dtype.name, kept.shape, given === out, single.dtype.name],
    ["int64", [1, 1], true, "float32"],
  );
  assert.deepEqual(
    [middle, spread.dtype.name, found, at, each.dtype.name],
    [1, "float32", false, 0, "int32"],
  );
});
