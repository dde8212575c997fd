import assert from "node:assert/strict";
import { test } from "node:test";
import { dtype, toDescriptor } from "../../src/dtype/parse.ts";
import { DTypeError, isNdError } from "../../src/errors.ts";

// spec, repr, itemsize: as NumPy 2.4 gives them.
const SPECS: readonly (readonly [unknown, string, number])[] = [
  ["i4,f8,(2,3)u1", "dtype([('f0', '<i4'), ('f1', '<f8'), ('f2', 'u1', (2, 3))])", 18],
  ["i4,", "dtype([('f0', '<i4')])", 4],
  ["i4 , f4, ", "dtype([('f0', '<i4'), ('f1', '<f4')])", 8],
  ["float32, 2int8", "dtype([('f0', '<f4'), ('f1', 'i1', (2,))])", 6],
  ["3i4", "dtype(('<i4', (3,)))", 12],
  ["1i4", "dtype(('<i4', (1,)))", 4],
  ["<2i4", "dtype(('<i4', (2,)))", 8],
  ["2<i4", "dtype(('<i4', (2,)))", 8],
  ["( 2 , 3 ) f4", "dtype(('<f4', (2, 3)))", 24],
  ["(2,3,)i4", "dtype(('<i4', (2, 3)))", 24],
  ["()f4", "dtype('float32')", 4],
  ["0i4", "dtype(('<i4', (0,)))", 0],
  ["V8", "dtype('V8')", 8],
  ["V", "dtype('V')", 0],
  ["void", "dtype('V')", 0],
  ["2V", "dtype('V2')", 2],
  ["V8,V3", "dtype([('f0', 'V8'), ('f1', 'V3')])", 11],
  [["f4", [2, 3]], "dtype(('<f4', (2, 3)))", 24],
  [["f4", 2], "dtype(('<f4', (2,)))", 8],
  [["f4", []], "dtype('float32')", 4],
  [["V", 3], "dtype('V3')", 3],
  [[["f4", [2]], [3]], "dtype((('<f4', (2,)), (3,)))", 24],
  [[[["x", "f4"]], [2]], "dtype(([('x', '<f4')], (2,)))", 8],
  [[], "dtype([])", 0],
  [
    [
      ["x", "f4"],
      ["y", "u1", [2]],
    ],
    "dtype([('x', '<f4'), ('y', 'u1', (2,))])",
    6,
  ],
  [
    [
      ["", "f4"],
      ["", "i4"],
    ],
    "dtype([('f0', '<f4'), ('f1', '<i4')])",
    8,
  ],
  [[["x", "f4", 1]], "dtype([('x', '<f4', (1,))])", 4],
  [[["x", "f4", []]], "dtype([('x', '<f4')])", 4],
  [[["x", ["f4", 2], 3]], "dtype([('x', ('<f4', (2,)), (3,))])", 24],
  [
    [
      [
        "x",
        [
          ["a", "f4"],
          ["b", "u1"],
        ],
      ],
      ["y", "i8"],
    ],
    "dtype([('x', [('a', '<f4'), ('b', 'u1')]), ('y', '<i8')])",
    13,
  ],
  [{ names: ["a", "b"], formats: ["f4", "u1"] }, "dtype([('a', '<f4'), ('b', 'u1')])", 5],
  [
    { names: ["a", "b"], formats: ["f4", "u1"], offsets: [0, 2] },
    "dtype({'names': ['a', 'b'], 'formats': ['<f4', 'u1'], 'offsets': [0, 2], 'itemsize': 4})",
    4,
  ],
  [
    { names: ["a", "b"], formats: ["f4", "u1"], offsets: [4, 0], itemsize: 16 },
    "dtype({'names': ['a', 'b'], 'formats': ['<f4', 'u1'], 'offsets': [4, 0], 'itemsize': 16})",
    16,
  ],
  [
    { names: [], formats: [], itemsize: 4 },
    "dtype({'names': [], 'formats': [], 'offsets': [], 'itemsize': 4})",
    4,
  ],
  [
    { names: ["a", "b"], formats: ["u1", "f4"], aligned: true },
    "dtype([('a', 'u1'), ('b', '<f4')], align=True)",
    8,
  ],
  [
    { names: ["a", "b"], formats: ["u1", "f4"], aligned: true, itemsize: 12 },
    "dtype({'names': ['a', 'b'], 'formats': ['u1', '<f4'], 'offsets': [0, 4], 'itemsize': 12}, align=True)",
    12,
  ],
];

test("every form of spec makes the dtype that NumPy makes of it", () => {
  for (const [spec, repr, itemsize] of SPECS) {
    const made = toDescriptor(spec);
    assert.equal(made.repr(), repr, JSON.stringify(spec));
    assert.equal(made.itemsize, itemsize, repr);
    assert.equal(made.kind === "V" ? made.type : "plain", made.kind === "V" ? "void" : "plain");
  }
});

// spec, offsets, itemsize, alignment under align: true
const ALIGNED: readonly (readonly [unknown, readonly number[], number, number])[] = [
  ["u1,f8", [0, 8], 16, 8],
  ["u1,f8,u1", [0, 8, 16], 24, 8],
  [
    [
      ["x", "?"],
      ["y", "c8"],
      ["z", "f2"],
    ],
    [0, 4, 12],
    16,
    4,
  ],
  [
    [
      ["x", "u1"],
      ["y", "u2", [3]],
    ],
    [0, 2],
    8,
    2,
  ],
  [
    [
      ["x", "u1"],
      [
        "y",
        [
          ["a", "u1"],
          ["b", "f8"],
        ],
      ],
    ],
    [0, 8],
    24,
    8,
  ],
  [
    [
      ["x", "u1"],
      ["y", "V5"],
    ],
    [0, 1],
    6,
    1,
  ],
];

test("with align, fields stand where C would put them, in nested structs too", () => {
  for (const [spec, offsets, itemsize, alignment] of ALIGNED) {
    const made = toDescriptor(spec, true);
    assert.deepEqual(
      [made.fields!.map((field) => field.offset), made.itemsize, made.alignment],
      [offsets, itemsize, alignment],
    );
    assert.ok(made.isalignedstruct);
  }
});

test("a dtype that is one already is not laid out again", () => {
  const packed = dtype("u1,f8");
  assert.equal(dtype(packed, { align: true }), packed);
});

// spec, align, kind of error, message
const REFUSED: readonly (readonly [unknown, boolean, "dtype" | "value", RegExp])[] = [
  [
    [
      ["x", "f4"],
      ["x", "f4"],
    ],
    false,
    "value",
    /two fields are named 'x'/,
  ],
  [
    [
      ["f1", "f4"],
      ["", "i4"],
    ],
    false,
    "value",
    /two fields are named 'f1'/,
  ],
  [["f4"], false, "dtype", /field 0 is "f4"; a field is \[name, dtype\]/],
  [["f4", "i4"], false, "dtype", /field 0 is "f4"/],
  [[["x"]], false, "dtype", /field 0/],
  [[["x", "f4", 1, 2]], false, "dtype", /field 0/],
  [[[1, "f4"]], false, "dtype", /field 0/],
  [[["x", "q9"]], false, "dtype", /"q9" is not understood/],
  [[["x", "f4", [-1]]], false, "value", /\(-1,\) is no shape/],
  [["f4", [2.5]], false, "value", /\(2.5,\) is no shape/],
  [["f4", new Array(65).fill(1)], false, "value", /at most 64/],
  [["f4", [2 ** 29]], false, "value", /2147483648 bytes is too large/],
  [["V", [2]], false, "value", /"V" needs a number of bytes/],
  ["(2)i4,", false, "dtype", /write \(2,\) or 2/],
  ["(2)i4", false, "dtype", /write \(2,\) or 2/],
  ["(2,,3)i4", false, "dtype", /is no shape/],
  ["i4,,f4", false, "dtype", /not understood/],
  [",i4", false, "dtype", /not understood/],
  ["<2|i4", false, "value", /two byte orders/],
  [{ names: ["a"] }, false, "value", /`names` and `formats`/],
  [{ names: ["a", "b"], formats: ["f4"] }, false, "value", /2 names, 1 formats/],
  [{ names: ["a"], formats: ["f4"], offsets: [] }, false, "value", /0 offsets/],
  [{ names: [1], formats: ["f4"] }, false, "value", /must be strings/],
  [{ names: ["a", "a"], formats: ["f4", "f4"] }, false, "value", /two fields/],
  [{ names: ["a"], formats: ["f4"], offsets: [-1] }, false, "value", /negative/],
  [{ names: ["a"], formats: ["f4"], offsets: [1.5] }, false, "dtype", /not an integer/],
  [{ names: ["a", "b"], formats: ["f4", "u1"], itemsize: 3 }, false, "value", /too small; the fields need 5/],
  [{ names: ["a", "b"], formats: ["f4", "u1"], itemsize: 6 }, true, "value", /the fields need 8/],
  [
    { names: ["a", "b"], formats: ["u1", "f4"], itemsize: 9 },
    true,
    "value",
    /no multiple of the alignment 4/,
  ],
  [
    { names: ["a", "b"], formats: ["u1", "f4"], offsets: [0, 2] },
    true,
    "value",
    /no multiple of its alignment 4/,
  ],
];

test("a spec whose parts do not fit is an error that says why", () => {
  for (const [spec, align, kind, message] of REFUSED) {
    assert.throws(
      () => toDescriptor(spec, align),
      (error) => isNdError(error, kind) && message.test(error.message),
      JSON.stringify(spec),
    );
  }
});

test("a text of very many fields is read in one go", () => {
  // Quadratic reading would take minutes.
  const many = dtype("i4,".repeat(200_000));
  assert.equal(many.itemsize, 800_000);
  assert.equal(many.fields!.length, 200_000);
  assert.equal(dtype(`(2,3)f8, ${"(1,2)u1,".repeat(3)}`).itemsize, 54);
  assert.throws(() => dtype("i4,(2,3f8"), DTypeError);
  assert.throws(() => dtype("i4),f8"), DTypeError);
});
