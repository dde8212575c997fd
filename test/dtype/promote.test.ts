import assert from "node:assert/strict";
import { test } from "node:test";
import { isCurrent } from "../../scripts/promotion.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { dtype, toDescriptor } from "../../src/dtype/parse.ts";
import { promoteAll, promoteTypes } from "../../src/dtype/promote.ts";
import { plain } from "../../src/dtype/table.ts";

const CODES = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16"] as const;

// np.promote_types of every pair, rows and columns in the order above.
const NUMPY = `
?   i1  u1  i2  u2  i4  u4  i8  u8  f2  f4  f8  c8  c16
i1  i1  i2  i2  i4  i4  i8  i8  f8  f2  f4  f8  c8  c16
u1  i2  u1  i2  u2  i4  u4  i8  u8  f2  f4  f8  c8  c16
i2  i2  i2  i2  i4  i4  i8  i8  f8  f4  f4  f8  c8  c16
u2  i4  u2  i4  u2  i4  u4  i8  u8  f4  f4  f8  c8  c16
i4  i4  i4  i4  i4  i4  i8  i8  f8  f8  f8  f8  c16 c16
u4  i8  u4  i8  u4  i8  u4  i8  u8  f8  f8  f8  c16 c16
i8  i8  i8  i8  i8  i8  i8  i8  f8  f8  f8  f8  c16 c16
u8  f8  u8  f8  u8  f8  u8  f8  u8  f8  f8  f8  c16 c16
f2  f2  f2  f4  f4  f8  f8  f8  f8  f2  f4  f8  c8  c16
f4  f4  f4  f4  f4  f8  f8  f8  f8  f4  f4  f8  c8  c16
f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  f8  c16 c16
c8  c8  c8  c8  c8  c16 c16 c16 c16 c8  c8  c16 c8  c16
c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16 c16`
  .trim()
  .split("\n")
  .map((line) => line.split(/ +/));

test("two plain dtypes promote to NumPy's dtype", () => {
  for (const [i, a] of CODES.entries()) {
    for (const [j, b] of CODES.entries()) {
      assert.equal(promoteTypes(a, b), toDescriptor(NUMPY[i]![j]), `${a} and ${b}`);
    }
  }
});

test("the order of dtypes and how they are grouped does not matter, and the result holds each of them", () => {
  const all = Object.values<Descriptor>(plain);
  for (const a of all) {
    for (const b of all) {
      const pair = promoteAll([a, b], "test");
      assert.equal(pair, promoteAll([b, a], "test"));
      for (const c of all) assert.equal(promoteAll([pair, c, a], "test"), promoteAll([c, pair], "test"));
    }
  }
});

test("three dtypes promote at once, not one after the other", () => {
  assert.equal(promoteAll([plain.int8, plain.uint8, plain.float16], "test"), plain.float16);
});

test("the types say what promotion does", () => {
  const half: Descriptor<"float16"> = promoteTypes("int8", "f2");
  const wide: Descriptor<"float64"> = promoteTypes("<i8", plain.uint64);
  const fields: Descriptor<"void"> = promoteTypes("i4,f4", "i8,f4");
  assert.deepEqual([half, wide].map(String), ["float16", "float64"]);
  assert.equal(fields.itemsize, 12);
  assert.ok(isCurrent(), "run: node --import tsx scripts/promotion.ts");
});

const gap = { names: ["f0", "f1"], formats: ["i4", "f4"], offsets: [0, 8] };

// two specs and the repr of what they promote to, null when there is none
const COMPOSED: readonly (readonly [unknown, unknown, string | null])[] = [
  ["i4,f4", "i8,f8", "dtype([('f0', '<i8'), ('f1', '<f8')])"],
  ["i4,f4", "i2,f4", "dtype([('f0', '<i4'), ('f1', '<f4')])"],
  [gap, gap, "dtype([('f0', '<i4'), ('f1', '<f4')])"],
  [gap, { ...gap, aligned: true }, "dtype([('f0', '<i4'), ('f1', '<f4')], align=True)"],
  [[["a", "2i4"]], [["a", "2f4"]], "dtype([('a', '<f8', (2,))])"],
  ["2i4", "2f4", "dtype(('<f8', (2,)))"],
  ["V4", "V4", "dtype('V4')"],
  [[], [], "dtype([])"],
  [
    "i4,f4",
    [
      ["a", "i4"],
      ["b", "f4"],
    ],
    null,
  ],
  ["i4,f4", "i4,f4,f4", null],
  ["2i4", "3i4", null],
  ["V4", "V8", null],
  ["V4", "i4", null],
  ["i4,", "i4", null],
  [[["a", "2i4"]], [["a", "3i4"]], null],
];

test("structs promote field by field and come out packed; what has no common dtype is an error", () => {
  for (const [a, b, repr] of COMPOSED) {
    const types = [toDescriptor(a), toDescriptor(b)];
    if (repr === null)
      assert.throws(() => promoteAll(types, "test"), {
        kind: "dtype",
        message: /^test: no dtype holds both/,
      });
    else assert.equal(promoteAll(types, "test").repr(), repr);
  }
  assert.throws(() => promoteTypes("i4,f4", dtype("u1,")), /same names in the same order/);
});
