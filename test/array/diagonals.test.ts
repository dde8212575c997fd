import assert from "node:assert/strict";
import { test } from "node:test";
import { type ArrayInput, array } from "../../src/array/create.ts";
import { diag, diagflat, eye, identity, tri } from "../../src/array/diagonals.ts";
import { tolist } from "../../src/array/elements.ts";
import { zeros } from "../../src/array/filled.ts";
import { fromfunction } from "../../src/array/generated.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { isNdError } from "../../src/errors.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

test("a matrix of a diagonal is NumPy's", () => {
  const facts: [a: NDArray, name: string, values: unknown][] = [
    [
      eye(2),
      "float64",
      [
        [1, 0],
        [0, 1],
      ],
    ],
    [eye(0), "float64", []],
    [
      eye(2, 3),
      "float64",
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
    ],
    [
      eye(2, 3, 1, "int32"),
      "int32",
      [
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
    [
      eye(2, null, -1),
      "float64",
      [
        [0, 0],
        [1, 0],
      ],
    ],
    [
      eye(2, { k: 1, M: 3, dtype: "bool" }),
      "bool",
      [
        [false, true, false],
        [false, false, true],
      ],
    ],
    [
      eye(2, 3, "int8"),
      "int8",
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
    ],
    [
      eye(2, 3, 9),
      "float64",
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
    [eye(1, 1, "i4,f4"), "void64", [[{ f0: 1, f1: 1 }]]],
    [
      identity(2, "int64"),
      "int64",
      [
        [1n, 0n],
        [0n, 1n],
      ],
    ],
    [
      tri(2, 3),
      "float64",
      [
        [1, 0, 0],
        [1, 1, 0],
      ],
    ],
    [
      tri(2, 3, 1),
      "float64",
      [
        [1, 1, 0],
        [1, 1, 1],
      ],
    ],
    [
      tri(3, null, -1, "uint8"),
      "uint8",
      [
        [0, 0, 0],
        [1, 0, 0],
        [1, 1, 0],
      ],
    ],
    [
      tri(2, 2, 9),
      "float64",
      [
        [1, 1],
        [1, 1],
      ],
    ],
    [
      tri(2, 2, -9),
      "float64",
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [tri(-1), "float64", []],
    [
      diag([1, 2]),
      "float64",
      [
        [1, 0],
        [0, 2],
      ],
    ],
    [
      diag([1n], 1),
      "int64",
      [
        [0n, 1n],
        [0n, 0n],
      ],
    ],
    [
      diag([], 2),
      "float64",
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      diag([
        [1, 2],
        [3, 4],
      ]),
      "float64",
      [1, 4],
    ],
    [
      diag(
        [
          [1, 2],
          [3, 4],
        ],
        -1,
      ),
      "float64",
      [3],
    ],
    [
      diag(
        [
          [1, 2],
          [3, 4],
        ],
        2,
      ),
      "float64",
      [],
    ],
    [
      diagflat([[1, 2]], -1),
      "float64",
      [
        [0, 0, 0],
        [1, 0, 0],
        [0, 2, 0],
      ],
    ],
    [diagflat(7), "float64", [[7]]],
    [
      diagflat(
        array([
          [1, 2],
          [3, 4],
        ]).T,
      ),
      "float64",
      [
        [1, 0, 0, 0],
        [0, 3, 0, 0],
        [0, 0, 2, 0],
        [0, 0, 0, 4],
      ],
    ],
  ];
  for (const [a, name, values] of facts) assert.deepEqual([a.dtype.name, tolist(a)], [name, values]);
  assert.deepEqual(eye(2, 3, { order: "F" }).strides, [8, 16]);
});

test("the diagonal of a matrix is a read-only view of it", () => {
  const a = array([
    [1, 2],
    [3, 4],
  ]);
  const view = diag(a);
  assert.equal(view.base, a);
  assert.deepEqual([view.strides, view.flags.writeable], [[24], false]);
  assert.ok(a.flags.writeable);
  assert.equal(diag(array([1])).base, null);
});

test("what has no diagonal is refused", () => {
  const facts: [make: () => unknown, kind: "value" | "shape", text: RegExp][] = [
    [() => diag(5), "value", /given shape \(\)/],
    [() => diag(zeros([1, 1, 1]) as ArrayInput), "value", /given shape \(1, 1, 1\)/],
    [() => diag([1], 0.5), "value", /k 0.5/],
    [() => eye(3, 3, 0.5), "value", /eye: k 0.5/],
    [() => eye(-1), "shape", /negative/],
    [() => eye(1.5), "shape", /not an integer/],
    [() => eye(1e6, 1e12), "shape", /too big/],
  ];
  for (const [make, kind, text] of facts) {
    assert.throws(make, (error) => isNdError(error, kind) && text.test(error.message), String(text));
  }
});

test("eye and tri hold ones exactly where their definition has them, and diag undoes itself", () => {
  for (let rows = 0; rows < 5; rows++) {
    for (let columns = 0; columns < 5; columns++) {
      for (let k = -6; k <= 6; k++) {
        const shape = [rows, columns];
        const on = fromfunction((i, j) => (j! - i! === k ? 1 : 0), shape, "int8");
        const below = fromfunction((i, j) => (j! - i! <= k ? 1 : 0), shape, "int8");
        assert.deepEqual(tolist(eye(rows, columns, k, "int8")), tolist(on));
        assert.deepEqual(tolist(tri(rows, columns, k, "int8")), tolist(below));
        assert.deepEqual(tolist(diag(diag([1, 2, 3], k), k)), [1, 2, 3]);
      }
    }
  }
});
