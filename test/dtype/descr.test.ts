import assert from "node:assert/strict";
import { test } from "node:test";
import { readDescr } from "../../src/dtype/descr.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";

// descr, repr: as NumPy reads them, in native order
const READ: readonly (readonly [unknown, string])[] = [
  ["<f4", "dtype('float32')"],
  [">f4", "dtype('float32')"],
  ["|V8", "dtype('V8')"],
  [[], "dtype([])"],
  [
    [
      ["a", "<f4"],
      ["", "|V3"],
      ["b", ">i2"],
    ],
    "dtype({'names': ['a', 'b'], 'formats': ['<f4', '<i2'], 'offsets': [0, 7], 'itemsize': 9})",
  ],
  [[["", "|V4"]], "dtype({'names': [], 'formats': [], 'offsets': [], 'itemsize': 4})"],
  [[["", "<f4"]], "dtype([('', '<f4')])"],
  [[[["title", "x"], "<f4"]], "dtype([('x', '<f4')])"],
  [["<f4", [2]], "dtype(('<f4', (2,)))"],
  [[["x", ["<f4", [2]], [3]]], "dtype([('x', ('<f4', (2,)), (3,))])"],
  [
    [
      [
        "x",
        [
          ["", "|V2"],
          ["y", ">c8"],
        ],
        [2],
      ],
    ],
    "dtype([('x', {'names': ['y'], 'formats': ['<c8'], 'offsets': [2], 'itemsize': 10}, (2,))])",
  ],
  [[[["x", "<f4"]], [2]], "dtype(([('x', '<f4')], (2,)))"],
];

test("a descr is read as NumPy reads it, and its byte order made native", () => {
  for (const [descr, repr] of READ) assert.equal(readDescr(descr).dtype.repr(), repr);
});

test("what descr writes, readDescr reads", () => {
  for (const spec of [
    "f4,u1",
    "(2,3)u1,f8",
    [["a", [["b", "f4"]], 2]],
    { names: ["a"], formats: ["f4"], offsets: [3], itemsize: 9 },
  ]) {
    const d = toDescriptor(spec);
    const { dtype, toNative } = readDescr(JSON.parse(JSON.stringify(d.descr)));
    assert.ok(dtype.equals(d));
    assert.equal(toNative, null);
  }
});

// descr, bytes of two elements as the file has them, bytes as memory has them
const SWAPPED: readonly (readonly [unknown, number[], number[]])[] = [
  [">u2", [1, 2, 3, 4], [2, 1, 4, 3]],
  [
    ">c8",
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
    [4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9, 16, 15, 14, 13],
  ],
  [
    [
      ["a", "|u1"],
      ["b", ">u2"],
      ["c", "<u2"],
    ],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    [1, 3, 2, 4, 5, 6, 8, 7, 9, 10],
  ],
  [[["a", ">u2", [2]]], [1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 6, 5, 8, 7]],
  [
    [
      [
        "a",
        [
          ["x", "|u1"],
          ["y", ">u2"],
        ],
        [2],
      ],
    ],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    [1, 3, 2, 4, 6, 5, 7, 9, 8, 10, 12, 11],
  ],
];

test("bytes of the other order become native, field by field", () => {
  for (const [descr, file, memory] of SWAPPED) {
    const { toNative } = readDescr(descr);
    const bytes = Uint8Array.from([0xff, ...file, 0xff]);
    toNative!(bytes, 1, 2);
    assert.deepEqual([...bytes], [0xff, ...memory, 0xff]);
  }
});

test("one byte has no order", () => {
  for (const code of [">u1", "|b1", ">V3"]) assert.equal(readDescr(code).toNative, null);
});

test("what is no descr is a dtype error", () => {
  for (const wrong of [
    5,
    null,
    {},
    ["<f4"],
    [["a"]],
    [["a", "<f4", "x"]],
    [[3, "<f4"]],
    "|O",
    [["a", "<T3"]],
    ["a", "<f4"],
  ]) {
    assert.throws(() => readDescr(wrong), { kind: "dtype" }, JSON.stringify(wrong));
  }
});
