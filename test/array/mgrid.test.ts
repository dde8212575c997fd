import assert from "node:assert/strict";
import { test } from "node:test";
import { tolist } from "../../src/array/elements.ts";
import { type GridRange, mgrid, ogrid } from "../../src/array/mgrid.ts";
import { isNdError } from "../../src/errors.ts";
import { s } from "../../src/layout/slice.ts";

test("a grid is NumPy's, in float64", () => {
  const facts: [ranges: GridRange[], values: unknown][] = [
    [["0:5"], [0, 1, 2, 3, 4]],
    [[":3"], [0, 1, 2]],
    [[s(1, 4)], [1, 2, 3]],
    [[s(6, 0, -2)], [6, 4, 2]],
    [["0:1:5j"], [0, 0.25, 0.5, 0.75, 1]],
    [[" .5 : 2.5 : .5 "], [0.5, 1, 1.5, 2]],
    [["-1:1:3j"], [-1, 0, 1]],
    [["0:1:2.5j"], [0, 1]],
    [["3:9:1j"], [3]],
    [["0:1:0j"], []],
    [["0:-3"], []],
    [["1e1:12"], [10, 11]],
    [
      ["0:2", "0:3"],
      [
        [
          [0, 0, 0],
          [1, 1, 1],
        ],
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
      ],
    ],
    [
      ["0:1:.5", "0:1:2j"],
      [
        [
          [0, 0],
          [0.5, 0.5],
        ],
        [
          [0, 1],
          [0, 1],
        ],
      ],
    ],
    [
      ["0:1:-3j", "0:1"],
      [
        [[0], [0.5], [1]],
        [[0], [0], [0]],
      ],
    ],
  ];
  for (const [ranges, values] of facts) {
    const a = mgrid(...ranges);
    assert.deepEqual([a.dtype.name, tolist(a)], ["float64", values]);
  }
  assert.deepEqual(tolist(mgrid("0:2", { dtype: "int64" })), [0n, 1n]);
});

test("an open grid has each axis in an array of its own", () => {
  assert.deepEqual(ogrid("0:2", "0:1:3j").map(tolist), [[[0], [1]], [[0, 0.5, 1]]]);
  assert.deepEqual(ogrid("0:2").map(tolist), [[0, 1]]);
  assert.deepEqual(ogrid("0:2", { dtype: "int8" })[0]!.dtype.name, "int8");
});

test("what is no range is refused", () => {
  for (const range of ["", "3", "1:", ":", "::2", "0:1:j", "a:b", "1:2:3:4", s(1, null), s(), 5, null]) {
    assert.throws(
      () => mgrid(range as string),
      (error) => isNdError(error, "value") && /is no range with an end/.test(error.message),
    );
  }
  assert.throws(() => mgrid("0:1:0"), /step must not be 0/);
  assert.throws(() => mgrid("0:1:0", "0:1"), /step must not be 0/);
  assert.throws(
    () => mgrid("0:-2", "0:1"),
    (error) => isNdError(error, "shape"),
  );
});
