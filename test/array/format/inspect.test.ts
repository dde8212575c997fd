import assert from "node:assert/strict";
import { test } from "node:test";
import { arrayToJSON, inspectArray } from "../../../src/array/format/inspect.ts";
import { setPrintoptions } from "../../../src/array/format/options.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import { Storage } from "../../../src/array/storage.ts";
import { Complex } from "../../../src/dtype/complex.ts";
import { plain } from "../../../src/dtype/table.ts";
import { filled } from "./filled.ts";

test("the console shows the repr", () => {
  assert.equal(inspectArray(filled([1, 2], "float32")), "array([1., 2.], dtype=float32)");
});

test("looking at an array whose buffer is gone says so and does not throw", () => {
  const layout = { shape: [2, 1], strides: [4, 4], offset: 0 };
  const a = new NDArray(new Storage(new ArrayBuffer(8)), layout, plain.float32, null, 3);
  structuredClone(a.buffer, { transfer: [a.buffer as ArrayBuffer] });
  const text = inspectArray(a);
  assert.match(text, /^array\(<the buffer of this array is gone: .*>, shape=\(2, 1\), dtype=float32\)$/);
});

test("the error of a formatter is not swallowed", () => {
  setPrintoptions({
    formatter: {
      all: () => {
        throw new Error("from the formatter");
      },
    },
  });
  try {
    assert.throws(() => inspectArray(filled([1], "int8")), /from the formatter/);
  } finally {
    setPrintoptions({});
  }
});

test("JSON is nested lists of what it can hold", () => {
  const text = (...args: Parameters<typeof filled>) => JSON.stringify(arrayToJSON(filled(...args)));
  assert.equal(text([1, 2, 3, 4, 5, 6], "int32", [2, 3]), "[[1,2,3],[4,5,6]]");
  assert.equal(text([2.5], "float64", []), "2.5");
  assert.equal(text([], "float64", [0, 3]), "[]");
  assert.equal(text([], "float64", [2, 0]), "[[],[]]");
  assert.equal(text([true, false], "bool"), "[true,false]");
  assert.equal(text([Number.NaN, Number.NEGATIVE_INFINITY, 1], "float64"), "[null,null,1]");
  assert.equal(
    text([5n, 2n ** 53n - 1n, 2n ** 53n, -(2n ** 63n)], "int64"),
    '[5,9007199254740991,"9007199254740992","-9223372036854775808"]',
  );
  assert.equal(text([new Complex(1, -2)], "complex64"), '[{"re":1,"im":-2}]');
  assert.equal(text([[1, 255]], "V2"), "[[1,255]]");
  const struct = [
    ["id", "u8"],
    ["at", "f4", [2]],
  ] as const;
  assert.equal(text([[2n ** 60n, [1, 2]]], struct), '[{"id":"1152921504606846976","at":[1,2]}]');
});

test("JSON of a view follows its strides", () => {
  const a = filled([1, 2, 3, 4, 5, 6], "int16", [2, 3]);
  assert.deepEqual(arrayToJSON(a.T), [
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  assert.deepEqual(arrayToJSON(a.slice("::-1", "::2")), [
    [4, 6],
    [1, 3],
  ]);
});
