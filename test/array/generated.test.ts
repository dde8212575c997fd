import assert from "node:assert/strict";
import { test } from "node:test";
import { tolist } from "../../src/array/elements.ts";
import { fromfunction, fromiter } from "../../src/array/generated.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { isNdError } from "../../src/errors.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

test("fromfunction asks the function for every element, in C order", () => {
  const calls: number[][] = [];
  const a = fromfunction((...index) => calls.push(index), [2, 3]);
  assert.deepEqual(calls, [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
  ]);
  assert.deepEqual(
    [tolist(a), a.strides],
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [24, 8],
    ],
  );
  const facts: [a: NDArray, name: string, values: unknown][] = [
    [
      fromfunction((i, j) => i === j, [2, 2]),
      "bool",
      [
        [true, false],
        [false, true],
      ],
    ],
    [fromfunction((i) => i!, 3, "int8"), "int8", [0, 1, 2]],
    [fromfunction(() => 7n, []), "int64", 7n],
    [fromfunction(() => 7, [0, 3]), "float64", []],
    [
      fromfunction((i) => [i, 5], 2, "u1,u1"),
      "void16",
      [
        { f0: 0, f1: 5 },
        { f0: 1, f1: 5 },
      ],
    ],
    [
      fromfunction((i) => [i, 5], 2, ["u1", [2]]),
      "uint8",
      [
        [0, 5],
        [1, 5],
      ],
    ],
  ];
  for (const [b, name, values] of facts) assert.deepEqual([b.dtype.name, tolist(b)], [name, values]);
});

test("fromiter takes what an iterable yields, and no more than asked for", () => {
  let yielded = 0;
  let closed = false;
  function* endless(): Generator<number, void> {
    try {
      for (;;) yield yielded++;
    } finally {
      closed = true;
    }
  }
  const facts: [a: NDArray, name: string, values: unknown][] = [
    [fromiter(new Set([3, 1, 3])), "float64", [3, 1]],
    [fromiter(new Map([["a", 1n]]).values()), "int64", [1n]],
    [fromiter([], "int8"), "int8", []],
    [fromiter(endless(), { dtype: "int8", count: 3 }), "int8", [0, 1, 2]],
    [fromiter([1, 2], "int8", 1), "int8", [1]],
    [fromiter([1, 2], "int8", 0), "int8", []],
    [
      fromiter(
        [
          [1, 2],
          [3, 4],
        ],
        "u1,u1",
      ),
      "void16",
      [
        { f0: 1, f1: 2 },
        { f0: 3, f1: 4 },
      ],
    ],
    [
      fromiter(
        [
          [1, 2],
          [3, 4],
        ],
        ["u1", [2]],
      ),
      "uint8",
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ];
  for (const [a, name, values] of facts) assert.deepEqual([a.dtype.name, tolist(a)], [name, values]);
  assert.deepEqual([yielded, closed], [3, true]);
});

test("what is no element, or too little, is refused", () => {
  const facts: [make: () => unknown, kind: "value" | "dtype" | "shape", text: RegExp][] = [
    [() => fromiter([1, 2], "int8", 3), "value", /wanted 3 elements, but there were only 2/],
    [() => fromiter([1], "int8", 0.5), "value", /count 0.5/],
    [() => fromiter(5 as never), "dtype", /wanted an iterable/],
    [() => fromiter(null as never), "dtype", /wanted an iterable/],
    [() => fromiter(["a"], "int8"), "value", /element \[0\]: "a" is not an integer/],
    [() => fromiter([1, 300], "uint8"), "value", /fromiter: element \[1\]: 300 is out of bounds/],
    [() => fromiter([[1, 2]], "int8"), "shape", /element \[0\] has length 2, where one value was wanted/],
    [() => fromfunction(() => null, 1), "dtype", /fromfunction: element \[0\]/],
    [
      () => fromfunction((i) => (i === 1 ? [1] : 1), 2),
      "shape",
      /element \[1\] has length 1, element \[0\] is a number/,
    ],
    [() => fromfunction(() => 1, -1), "shape", /negative/],
    [() => fromfunction(() => 1, [1e5, 1e5]), "shape", /too many elements/],
  ];
  for (const [make, kind, text] of facts) {
    assert.throws(make, (error) => isNdError(error, kind) && text.test(error.message), String(text));
  }
});
