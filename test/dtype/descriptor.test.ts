import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { dtype, toDescriptor } from "../../src/dtype/parse.ts";

// spec: name, str, byteorder, isbuiltin, shape, base, names
const FACTS: readonly (readonly [
  unknown,
  string,
  string,
  string,
  0 | 1,
  number[],
  string,
  string[] | null,
])[] = [
  ["f4", "float32", "<f4", "=", 1, [], "float32", null],
  ["?", "bool", "|b1", "|", 1, [], "bool", null],
  ["u1", "uint8", "|u1", "|", 1, [], "uint8", null],
  ["c16", "complex128", "<c16", "=", 1, [], "complex128", null],
  ["V8", "void64", "|V8", "|", 0, [], "|V8", null],
  ["V", "void", "|V0", "|", 1, [], "|V0", null],
  ["3f4", "void96", "|V12", "|", 0, [3], "float32", null],
  ["f4,u1", "void40", "|V5", "|", 0, [], "[('f0', '<f4'), ('f1', 'u1')]", ["f0", "f1"]],
  [[], "void", "|V0", "|", 0, [], "[]", []],
];

test("a descriptor knows NumPy's facts of its dtype", () => {
  for (const [spec, name, str, byteorder, isbuiltin, shape, base, names] of FACTS) {
    const d = toDescriptor(spec);
    assert.deepEqual(
      [
        d.name,
        d.str,
        d.byteorder,
        d.isbuiltin,
        d.shape,
        d.ndim,
        String(d.base),
        d.names,
        d.isnative,
        d.hasobject,
      ],
      [name, str, byteorder, isbuiltin, shape, shape.length, base, names, true, false],
    );
  }
});

test("dtypes are equal when their elements mean the same, however they were made", () => {
  const same: readonly (readonly [unknown, unknown, boolean])[] = [
    ["f4", "<f4", true],
    ["f4", "i4", false],
    ["V8", "V8", true],
    ["V8", "V4", false],
    ["V8", "f4,f4", false],
    [[], "V", false],
    [
      "f4,u1",
      [
        ["f0", "f4"],
        ["f1", "u1"],
      ],
      true,
    ],
    [
      "f4,u1",
      [
        ["a", "f4"],
        ["f1", "u1"],
      ],
      false,
    ],
    ["f4,u1", "f4,i1", false],
    ["f4,u1", "f4,u1,u1", false],
    ["u1,u1", { names: ["f0", "f1"], formats: ["u1", "u1"], offsets: [1, 0] }, false],
    ["2f4", ["f4", [2]], true],
    ["2f4", ["f4", [1, 2]], false],
    ["2f4", ["i4", 2], false],
  ];
  for (const [a, b, equal] of same)
    assert.equal(toDescriptor(a).equals(toDescriptor(b)), equal, JSON.stringify([a, b]));
});

test("alignment alone does not make a dtype another one", () => {
  const placed = dtype({ names: ["f0", "f1"], formats: ["u1", "f8"], offsets: [0, 8] });
  assert.ok(dtype("u1,f8", { align: true }).equals(placed));
});

test("only the native byte order can be asked for", () => {
  const f4 = dtype("f4");
  for (const order of ["=", "<", "|", "native", "little"]) assert.equal(f4.newbyteorder(order), f4);
  assert.throws(() => f4.newbyteorder(">"), /always native \(little-endian\); use byteswap/);
  assert.throws(() => f4.newbyteorder(), { kind: "dtype" });
  assert.equal(dtype("u1").newbyteorder(">"), dtype("u1"));
  const bytes = dtype("u1,V3");
  assert.equal(bytes.newbyteorder("big"), bytes);
  assert.throws(() => dtype("u1,f4").newbyteorder("big"), { kind: "dtype" });
});

test("Node prints a descriptor as NumPy's repr", () => {
  assert.equal(inspect(dtype("f8")), "dtype('float64')");
  assert.equal(`${dtype("f8")}`, "float64");
});

test("JSON holds a dtype, and np.dtype reads it back", () => {
  const specs: unknown[] = [
    "float64",
    "V8",
    "(2,3)f4",
    "f4,(2,)u1",
    [],
    [["a", [["b", "f4"]], 2]],
    { names: ["a", ""], formats: ["f4", "u1"] },
    { names: ["a", "b"], formats: ["f4", "u1"], offsets: [4, 0], itemsize: 16 },
    { names: ["a", "b"], formats: ["u1", "f8"], aligned: true },
  ];
  for (const spec of specs) {
    const d = toDescriptor(spec);
    const back = toDescriptor(JSON.parse(JSON.stringify(d)));
    assert.ok(back.equals(d));
    assert.equal(back.repr(), d.repr());
  }
});
