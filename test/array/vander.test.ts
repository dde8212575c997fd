import assert from "node:assert/strict";
import { test } from "node:test";
import { array } from "../../src/array/create.ts";
import { tolist } from "../../src/array/elements.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { vander } from "../../src/array/vander.ts";
import { complex } from "../../src/dtype/complex.ts";
import { isNdError } from "../../src/errors.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

test("a Vandermonde matrix has NumPy's powers and dtype", () => {
  const i = complex(0, 1);
  const facts: [a: NDArray, name: string, values: unknown][] = [
    [
      vander([1, 2, 3]),
      "float64",
      [
        [1, 1, 1],
        [4, 2, 1],
        [9, 3, 1],
      ],
    ],
    [
      vander([2n, 3n], 3),
      "int64",
      [
        [4n, 2n, 1n],
        [9n, 3n, 1n],
      ],
    ],
    [
      vander([2, 3], 3, { increasing: true }),
      "float64",
      [
        [1, 2, 4],
        [1, 3, 9],
      ],
    ],
    [vander([1.5], 0), "float64", [[]]],
    [vander([]), "float64", []],
    [vander(array([2], "float32"), 2), "float64", [[2, 1]]],
    [vander(array([2], "uint64"), 2), "float64", [[2, 1]]],
    [
      vander([true, false]),
      "int64",
      [
        [1n, 1n],
        [0n, 1n],
      ],
    ],
    [vander([2n ** 40n], 3), "int64", [[0n, 2n ** 40n, 1n]]],
    [vander([i], 3), "complex128", [[complex(-1, 0), i, complex(1, 0)]]],
    [
      vander(array([1, 2, 3]).slice("::-2"), 2),
      "float64",
      [
        [3, 1],
        [1, 1],
      ],
    ],
  ];
  for (const [a, name, values] of facts) assert.deepEqual([a.dtype.name, tolist(a)], [name, values]);
});

test("what is no vector, or no number of powers, is refused", () => {
  assert.throws(
    () => vander([[1]]),
    (error) => isNdError(error, "value") && /given shape \(1, 1\)/.test(error.message),
  );
  assert.throws(
    () => vander(5),
    (error) => isNdError(error, "value"),
  );
  assert.throws(
    () => vander([1], -1),
    (error) => isNdError(error, "shape"),
  );
  assert.throws(
    () => vander(array([[1, 2]], "i1,i1")),
    (error) => isNdError(error),
  );
});
