import assert from "node:assert/strict";
import { test } from "node:test";
import { array } from "../../src/array/create.ts";
import { tolist } from "../../src/array/elements.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { linspace } from "../../src/array/spaces.ts";
import { complex } from "../../src/dtype/complex.ts";
import { isNdError } from "../../src/errors.ts";
import { Dice } from "../layout/model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

test("linspace gives NumPy's numbers, to the last bit", () => {
  const third = 0.3333333333333333;
  const facts: [a: NDArray, name: string, values: unknown][] = [
    [linspace(0, 1, 5), "float64", [0, 0.25, 0.5, 0.75, 1]],
    [
      linspace(0, 1, 7),
      "float64",
      [0, 0.16666666666666666, third, 0.5, 0.6666666666666666, 0.8333333333333333, 1],
    ],
    [linspace(0.1, 0.7, 4), "float64", [0.1, 0.3, 0.5, 0.7]],
    [linspace(0, 1, 3, { endpoint: false }), "float64", [0, third, 0.6666666666666666]],
    [linspace(0, 5e-324, 3), "float64", [0, 0, 5e-324]],
    [linspace(3, 4, 1), "float64", [3]],
    [linspace(3, 4, 0), "float64", []],
    [linspace(0n, 2n, 3), "float64", [0, 1, 2]],
    [linspace(0, -10, 4, "int32"), "int32", [0, -4, -7, -10]],
    [linspace(0, 10, 4, { dtype: "int64" }), "int64", [0n, 3n, 6n, 10n]],
    [linspace(0, 1, 3, "bool"), "bool", [false, true, true]],
    [linspace(0, 10, 4, "float32"), "float32", [0, 3.3333332538604736, 6.666666507720947, 10]],
    [
      linspace(complex(1, 1), complex(2, -1), 4),
      "complex128",
      [
        complex(1, 1),
        complex(1.3333333333333333, 0.33333333333333337),
        complex(1.6666666666666665, -0.33333333333333326),
        complex(2, -1),
      ],
    ],
    [
      linspace(array(0.1, "float32"), 1, 4),
      "float32",
      [0.10000000149011612, 0.3999999761581421, 0.699999988079071, 1],
    ],
    [linspace(array(0.1, "float16"), 1, 4), "float16", [0.0999755859375, 0.39990234375, 0.7001953125, 1]],
    [
      linspace([0, 1], [2, 3], 3),
      "float64",
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ],
    [
      linspace([0, 1], [2, 3], 3, { axis: 1 }),
      "float64",
      [
        [0, 1, 2],
        [1, 2, 3],
      ],
    ],
    [
      linspace([[0], [10]], [2, 4], 3, { axis: -1 }),
      "float64",
      [
        [
          [0, 1, 2],
          [0, 2, 4],
        ],
        [
          [10, 6, 2],
          [10, 7, 4],
        ],
      ],
    ],
  ];
  for (const [a, name, values] of facts) assert.deepEqual([a.dtype.name, tolist(a)], [name, values]);
  assert.equal(linspace(0, 1).shape[0], 50);
});

test("retstep gives the step as well", () => {
  const [samples, step] = linspace(0, 10, 5, { retstep: true });
  assert.deepEqual([tolist(samples), step], [[0, 2.5, 5, 7.5, 10], 2.5]);
  assert.deepEqual(linspace(0, 1, 1, { retstep: true })[1], Number.NaN);
  assert.deepEqual(linspace(0, 1, 1, { retstep: true, endpoint: false })[1], 1);
  assert.deepEqual(tolist(linspace([0, 1], [2, 5], 3, { retstep: true })[1] as NDArray), [1, 2]);
});

test("the samples lie in memory as NumPy has them", () => {
  assert.deepEqual(linspace([0, 1], [2, 3], 3, { axis: 1 }).strides, [8, 16]);
  const f = array(
    [
      [0, 1],
      [2, 3],
    ],
    { order: "F" },
  );
  assert.deepEqual(linspace(f, 5, 3).strides, [32, 8, 16]);
  assert.deepEqual(linspace(f, 5, 3, { axis: -1, dtype: "int8" }).strides, [1, 2, 4]);
});

test("what is no number of samples is refused", () => {
  for (const num of [-1, 0.5, Number.NaN]) {
    assert.throws(
      () => linspace(0, 1, num),
      (error) => isNdError(error, "value"),
    );
  }
  assert.throws(
    () => linspace(0, complex(1, 1), 3, "int32"),
    (error) => isNdError(error, "dtype"),
  );
  assert.throws(
    () => linspace([1, 2], [1, 2, 3], 3),
    (error) => isNdError(error, "shape"),
  );
  assert.throws(
    () => linspace(0, 1, 3, { axis: 1 }),
    (error) => isNdError(error, "index"),
  );
});

test("the ends are exact and the steps even to a rounding", () => {
  const dice = new Dice(9);
  for (let round = 0; round < 500; round++) {
    const [start, stop] = [dice.next() * 20 - 10, dice.next() * 20 - 10];
    const num = dice.int(2, 60);
    const values = tolist(linspace(start, stop, num)) as number[];
    assert.deepEqual([values[0], values.at(-1), values.length], [start, stop, num]);
    const open = tolist(linspace(start, stop, num - 1, { endpoint: false })) as number[];
    for (const [k, x] of open.entries()) {
      assert.ok(Math.abs(x - values[k]!) < 1e-14);
      assert.ok(Math.abs(x - (start + (k * (stop - start)) / (num - 1))) < 1e-14);
    }
  }
});
