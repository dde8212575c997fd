import assert from "node:assert/strict";
import { test } from "node:test";
import { tolist } from "../../src/array/elements.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { arange } from "../../src/array/ranges.ts";
import { complex } from "../../src/dtype/complex.ts";
import { isNdError } from "../../src/errors.ts";
import { Dice } from "../layout/model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

test("arange gives NumPy's numbers, to the last bit", () => {
  const facts: [a: NDArray, name: string, values: unknown[]][] = [
    [arange(3), "float64", [0, 1, 2]],
    [arange(-3), "float64", []],
    [arange(3n), "int64", [0n, 1n, 2n]],
    [arange(5n, 0n, -2n), "int64", [5n, 3n, 1n]],
    [arange(1n, 2n, { dtype: null }), "int64", [1n]],
    [arange(0n, 4, 2n), "float64", [0, 2]],
    [arange(5, "int32"), "int32", [0, 1, 2, 3, 4]],
    [arange(1, 3, { dtype: "uint64" }), "uint64", [1n, 2n]],
    [arange(0, 1, 0.3), "float64", [0, 0.3, 0.6, 0.8999999999999999]],
    [arange(5, 0, -1.5), "float64", [5, 3.5, 2, 0.5]],
    [arange(-0, 3), "float64", [-0, 1, 2]],
    [arange(0, 1e-320, 1e300), "float64", [0]],
    [arange(0, -1e-320, 1e300), "float64", []],
    [
      arange(0, 2, 0.3, "float32"),
      "float32",
      [
        0, 0.30000001192092896, 0.6000000238418579, 0.9000000357627869, 1.2000000476837158, 1.5,
        1.8000000715255737,
      ],
    ],
    [arange(1, 5, 0.7, "float16"), "float16", [1, 1.7001953125, 2.400390625, 3.1015625, 3.80078125, 4.5]],
    [arange(0.5, 3.5, "int32"), "int32", [0, 1, 2]],
    [arange(0, 1.5, 0.5, "int64"), "int64", [0n, 0n, 0n]],
    [arange(0, 400, 100, "uint8"), "uint8", [0, 100, 200, 44]],
    [arange(250, 260, 10, "uint8"), "uint8", [250]],
    [arange(2, "bool"), "bool", [false, true]],
    [arange(3, "complex64"), "complex64", [complex(0), complex(1), complex(2)]],
    [arange(2n ** 63n - 2n, 2n ** 63n), "int64", [2n ** 63n - 2n, 2n ** 63n - 1n]],
    [arange(2n ** 63n - 3n, 2n ** 63n), "int64", [2n ** 63n - 3n, 2n ** 63n - 2n, 2n ** 63n - 1n]],
    [arange(2n ** 64n - 3n, 2n ** 64n, "uint64"), "uint64", [2n ** 64n - 3n, 2n ** 64n - 2n, 2n ** 64n - 1n]],
  ];
  for (const [a, name, values] of facts) {
    assert.deepEqual([a.dtype.name, a.shape, tolist(a)], [name, [values.length], values]);
    assert.ok(a.flags.owndata);
  }
});

test("what cannot be counted is refused", () => {
  const facts: [make: () => unknown, kind: "value" | "dtype" | "shape", text: RegExp][] = [
    [() => arange(0, 1, 0), "value", /step must not be 0/],
    [() => arange(0n, 1n, 0n), "value", /step must not be 0/],
    [() => arange(Number.NaN), "value", /no finite number of steps/],
    [() => arange(0, Number.POSITIVE_INFINITY), "value", /no finite number of steps/],
    [() => arange(1e300), "shape", /too big/],
    [() => arange(2n ** 80n), "shape", /too big/],
    [() => arange(250, 270, 10, "uint8"), "value", /260 is out of bounds for uint8/],
    [() => arange(3, "bool"), "dtype", /bool has two values/],
    [() => arange(3, "i4,f4"), "dtype", /cannot be counted/],
    [() => arange("int32" as never), "value", /one to three numbers/],
    [() => (arange as (...args: number[]) => unknown)(1, 2, 3, 4), "value", /one to three numbers/],
  ];
  for (const [make, kind, text] of facts) {
    assert.throws(make, (error) => isNdError(error, kind) && text.test(error.message), String(text));
  }
});

test("whole numbers are counted exactly, in every integer dtype and with every step", () => {
  const dice = new Dice(7);
  for (let round = 0; round < 500; round++) {
    const [start, step] = [dice.int(0, 50), dice.pick([1, 2, 3, 7])];
    const stop = dice.int(0, 120);
    const expected: number[] = [];
    for (let x = start; x < stop; x += step) expected.push(x);
    for (const name of ["uint8", "int16", "int32", "float64", "int64"] as const) {
      assert.deepEqual((tolist(arange(start, stop, step, name)) as unknown[]).map(Number), expected);
      assert.deepEqual(
        (tolist(arange(-start, -stop, -step, "int32")) as number[]).map((x) => 0 - x),
        expected,
      );
    }
    const big = arange(BigInt(start), BigInt(stop), BigInt(step));
    assert.deepEqual(tolist(big), expected.map(BigInt));
  }
});
