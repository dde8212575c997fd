import assert from "node:assert/strict";
import { test } from "node:test";
import { array } from "../../src/array/create.ts";
import { tolist } from "../../src/array/elements.ts";
import { indices, meshgrid } from "../../src/array/grids.ts";
import { isNdError } from "../../src/errors.ts";
import { everyIndex } from "../layout/model.ts";
import { valuesOf } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

test("meshgrid gives NumPy's matrices", () => {
  const facts: [got: unknown[], expected: unknown[]][] = [
    [meshgrid().map(tolist), []],
    [meshgrid([1, 2]).map(tolist), [[1, 2]]],
    [meshgrid(1, 2).map(tolist), [[[1]], [[2]]]],
    [
      meshgrid([1, 2, 3], [10, 20]).map(tolist),
      [
        [
          [1, 2, 3],
          [1, 2, 3],
        ],
        [
          [10, 10, 10],
          [20, 20, 20],
        ],
      ],
    ],
    [
      meshgrid([1, 2, 3], [10, 20], { indexing: "ij" }).map((x) => x.shape),
      [
        [3, 2],
        [3, 2],
      ],
    ],
    [meshgrid([1, 2, 3], [10, 20], { sparse: true }).map(tolist), [[[1, 2, 3]], [[10], [20]]]],
    [
      meshgrid(
        [
          [1, 2],
          [3, 4],
        ],
        [5n],
      ).map(tolist),
      [[[1, 2, 3, 4]], [[5n, 5n, 5n, 5n]]],
    ],
    [
      meshgrid([1, 2], [3, 4, 5], [6]).map((x) => x.shape),
      [
        [3, 2, 1],
        [3, 2, 1],
        [3, 2, 1],
      ],
    ],
    [
      meshgrid([1, 2], []).map((x) => x.shape),
      [
        [0, 2],
        [0, 2],
      ],
    ],
  ];
  for (const [got, expected] of facts) assert.deepEqual(got, expected);
  assert.throws(
    () => meshgrid([1], { indexing: "yx" as "xy" }),
    (error) => isNdError(error, "value"),
  );
});

test("meshgrid copies unless asked not to, and then repeats are read-only", () => {
  const [x, y] = [
    array([1, 2, 3]),
    array([
      [4, 5],
      [6, 7],
    ]),
  ];
  for (const a of meshgrid(x, y)) assert.ok(a.flags.owndata && a.flags.writeable);
  const [u, v] = meshgrid(x, y, { copy: false });
  assert.deepEqual([u!.base, u!.strides, u!.flags.writeable], [x, [0, 8], false]);
  assert.deepEqual([v!.base, v!.strides, v!.flags.writeable], [y, [8, 0], false]);
  const [open] = meshgrid(x, y, { copy: false, sparse: true });
  assert.ok(open!.flags.writeable);
  assert.ok(meshgrid(x, { copy: false })[0]!.flags.writeable);
});

test("indices are where each element is", () => {
  for (const shape of [[], [3], [2, 3], [2, 0], [2, 1, 3]]) {
    const all = indices(shape);
    assert.deepEqual([all.dtype.name, all.shape], ["int32", [shape.length, ...shape]]);
    for (const k of shape.keys()) {
      assert.deepEqual(
        valuesOf(all.slice(k)),
        everyIndex(shape).map((index) => index[k]),
      );
    }
    const open = indices(shape, { sparse: true });
    assert.deepEqual(
      open.map((x) => x.shape),
      shape.map((length, k) => shape.map((_, j) => (j === k ? length : 1))),
    );
  }
  assert.deepEqual(tolist(indices([2], "int64")), [[0n, 1n]]);
  assert.deepEqual(indices([2], { dtype: "int8", sparse: true }).map(tolist), [[0, 1]]);
  assert.throws(
    () => indices([-1]),
    (error) => isNdError(error, "shape"),
  );
});
