import assert from "node:assert/strict";
import { test } from "node:test";
import { toDescriptor } from "../../src/dtype/parse.ts";

interface Row {
  spec: unknown;
  align?: boolean;
  str: string;
  repr: string;
  /** null when the fields cannot be listed in order */
  descr: unknown;
}

const ROWS: readonly Row[] = [
  { spec: "f8", str: "float64", repr: "dtype('float64')", descr: [["", "<f8"]] },
  { spec: "?", str: "bool", repr: "dtype('bool')", descr: [["", "|b1"]] },
  { spec: "V8", str: "|V8", repr: "dtype('V8')", descr: [["", "|V8"]] },
  { spec: "2?", str: "('?', (2,))", repr: "dtype(('?', (2,)))", descr: [["", "|V2"]] },
  {
    spec: "f4,(2,)u1",
    str: "[('f0', '<f4'), ('f1', 'u1', (2,))]",
    repr: "dtype([('f0', '<f4'), ('f1', 'u1', (2,))])",
    descr: [
      ["f0", "<f4"],
      ["f1", "|u1", [2]],
    ],
  },
  {
    spec: "u1,f8,u1",
    align: true,
    str: "{'names': ['f0', 'f1', 'f2'], 'formats': ['u1', '<f8', 'u1'], 'offsets': [0, 8, 16], 'itemsize': 24, 'aligned': True}",
    repr: "dtype([('f0', 'u1'), ('f1', '<f8'), ('f2', 'u1')], align=True)",
    descr: [
      ["f0", "|u1"],
      ["", "|V7"],
      ["f1", "<f8"],
      ["f2", "|u1"],
      ["", "|V7"],
    ],
  },
  {
    spec: { names: ["a"], formats: ["f4"], offsets: [3], itemsize: 10 },
    str: "{'names': ['a'], 'formats': ['<f4'], 'offsets': [3], 'itemsize': 10}",
    repr: "dtype({'names': ['a'], 'formats': ['<f4'], 'offsets': [3], 'itemsize': 10})",
    descr: [
      ["", "|V3"],
      ["a", "<f4"],
      ["", "|V3"],
    ],
  },
  {
    spec: { names: ["a", "b"], formats: ["f4", "u1"], offsets: [4, 0] },
    str: "{'names': ['a', 'b'], 'formats': ['<f4', 'u1'], 'offsets': [4, 0], 'itemsize': 8}",
    repr: "dtype({'names': ['a', 'b'], 'formats': ['<f4', 'u1'], 'offsets': [4, 0], 'itemsize': 8})",
    descr: null,
  },
  {
    spec: [
      [
        "x",
        [
          ["a", "f4"],
          ["b", "u1"],
        ],
        [2],
      ],
      ["y", ["i2", 2], 3],
    ],
    str: "[('x', [('a', '<f4'), ('b', 'u1')], (2,)), ('y', ('<i2', (2,)), (3,))]",
    repr: "dtype([('x', [('a', '<f4'), ('b', 'u1')], (2,)), ('y', ('<i2', (2,)), (3,))])",
    descr: [
      [
        "x",
        [
          ["a", "<f4"],
          ["b", "|u1"],
        ],
        [2],
      ],
      ["y", ["<i2", [2]], [3]],
    ],
  },
  {
    spec: [
      ["it's", "i4"],
      ["a\"b'c", "u1"],
      ["é\n\u200b", "u1"],
      ["\u{1f600}\\", "V"],
    ],
    str: `[("it's", '<i4'), ('a"b\\'c', 'u1'), ('é\\n\\u200b', 'u1'), ('\u{1f600}\\\\', 'V')]`,
    repr: `dtype([("it's", '<i4'), ('a"b\\'c', 'u1'), ('é\\n\\u200b', 'u1'), ('\u{1f600}\\\\', 'V')])`,
    descr: [
      ["it's", "<i4"],
      ["a\"b'c", "|u1"],
      ["é\n\u200b", "|u1"],
      ["\u{1f600}\\", "|V0"],
    ],
  },
];

test("str and repr are NumPy's text for every form of dtype", () => {
  for (const { spec, align, str, repr } of ROWS) {
    const d = toDescriptor(spec, align);
    assert.equal(String(d), str);
    assert.equal(d.repr(), repr);
  }
});

test("descr lists the fields with the padding between them", () => {
  for (const { spec, align, descr } of ROWS) {
    const d = toDescriptor(spec, align);
    if (descr === null) assert.throws(() => d.descr, /field 'b' starts at byte 0, before byte 8/);
    else assert.deepEqual(d.descr, descr);
  }
});
