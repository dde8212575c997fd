import assert from "node:assert/strict";
import { test } from "node:test";
import { tolist } from "../../src/array/elements.ts";
import { geomspace, logspace } from "../../src/array/logspaces.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { Complex, complex } from "../../src/dtype/complex.ts";
import { isNdError } from "../../src/errors.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

/** Whether numbers are equal but for the last bits. */
function near(got: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(got) && got.length === wanted.length && wanted.every((x, k) => near(got[k], x));
  const [a, b] = [got, wanted].map((x) => (x instanceof Complex ? x : complex(Number(x)))) as [
    Complex,
    Complex,
  ];
  if (Number.isNaN(b.re)) return Number.isNaN(a.re);
  return Math.hypot(a.re - b.re, a.im - b.im) <= 4 * Number.EPSILON * Math.hypot(b.re, b.im);
}

test("powers of evenly spaced exponents are NumPy's, but for the last bit", () => {
  const half = Math.SQRT1_2;
  const facts: [a: NDArray, name: string, values: unknown][] = [
    [logspace(0, 3, 4), "float64", [1, 10, 100, 1000]],
    [logspace(0.1, 1, 4), "float64", [1.2589254117941673, 2.51188643150958, 5.011872336272722, 10]],
    [logspace(0, 4, 5, { base: 3 }), "float64", [1, 3, 9, 27, 81]],
    [logspace(0, 2, 2, { endpoint: false }), "float64", [1, 10]],
    [logspace(0, 3, 4, "int32"), "int32", [1, 10, 100, 1000]],
    [
      logspace([0, 1], [1, 2], 2, { axis: 1 }),
      "float64",
      [
        [1, 10],
        [10, 100],
      ],
    ],
    [logspace(0, 1, 2, { base: complex(0, 2) }), "complex128", [complex(1), complex(0, 2)]],
    [geomspace(1, 1000, 4), "float64", [1, 10, 100, 1000]],
    [geomspace(2, 300, 5), "float64", [2, 6.9992710231611674, 24.494897427831788, 85.723212890964, 300]],
    [
      geomspace(-2, -300, 4, { endpoint: false }),
      "float64",
      [-2, -6.9992710231611674, -24.494897427831788, -85.723212890964],
    ],
    [geomspace(1000, 1, 4), "float64", [1000, 100, 10, 1]],
    [geomspace(1, -1000, 4), "float64", [1, Number.NaN, Number.NaN, -1000]],
    [geomspace(1, 256, 9, "int64"), "int64", [1n, 2n, 4n, 7n, 16n, 32n, 63n, 127n, 256n]],
    [
      geomspace(complex(0, 1), complex(0, 8), 4),
      "complex128",
      [complex(0, 1), complex(0, 2), complex(0, 4), complex(0, 8)],
    ],
    [
      geomspace(complex(-1, 0), 1, 5),
      "complex128",
      [complex(-1), complex(-half, half), complex(0, 1), complex(half, half), complex(1)],
    ],
    [
      geomspace([1, 2], [100, 200], 3, { axis: 1 }),
      "float64",
      [
        [1, 10, 100],
        [2, 20, 200],
      ],
    ],
    [geomspace(5, 7, 0), "float64", []],
    [geomspace(5, 7, 1), "float64", [5]],
  ];
  for (const [a, name, values] of facts) {
    assert.equal(a.dtype.name, name);
    assert.ok(near(tolist(a), values), `${tolist(a)} is not ${values}`);
  }
});

test("a geometric sequence starts and ends exactly where it should", () => {
  for (const [start, stop] of [
    [0.1, 0.7],
    [1e-300, 1e300],
    [-3, -1e10],
    [1 / 3, 1 / 7],
  ] as const) {
    const values = tolist(geomspace(start, stop, 7)) as number[];
    assert.deepEqual([values[0], values[6]], [start, stop]);
  }
});

test("a geometric sequence cannot start or stop at 0", () => {
  for (const make of [
    () => geomspace(0, 1),
    () => geomspace(1, 0),
    () => geomspace([1, 0], 2),
    () => geomspace(complex(0, 0), 1),
  ]) {
    assert.throws(
      make,
      (error) => isNdError(error, "value") && /cannot start or stop at 0/.test(error.message),
    );
  }
  assert.throws(() => geomspace(1, 2, -1), /number of samples/);
  assert.throws(() => logspace(1, 2, 0.5), /logspace: the number of samples/);
});
