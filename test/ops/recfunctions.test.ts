import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { dtypes, layouts, pair } from "../sweep/layouts.ts";
import { skip } from "./against-numpy.ts";
import { differences, type GridCase } from "./grid-cases.ts";

const rf = np.recfunctions;
const nested: np.DTypeLike = [
  ["a", "i4"],
  [
    "b",
    [
      ["x", "f4"],
      ["y", "f8", [2]],
    ],
  ],
];

test("names of fields, nested, flat and by where they lie", () => {
  assert.deepEqual(rf.getNames(nested), ["a", ["b", ["x", "y"]]]);
  assert.deepEqual(rf.getNamesFlat(nested), ["a", "b", "x", "y"]);
  assert.deepEqual(
    rf.flattenDescr(nested).map(([name, dtype]) => [name, String(dtype)]),
    [
      ["a", "int32"],
      ["x", "float32"],
      ["y", "('<f8', (2,))"],
    ],
  );
  assert.deepEqual(
    rf.flattenDescr("f4").map(([name, dtype]) => [name, dtype.name]),
    [["", "float32"]],
  );
  assert.deepEqual(rf.getFieldstructure(nested), { a: [], b: [], x: ["b"], y: ["b"] });
  assert.throws(() => rf.getNames("f4"), np.DTypeError);
});

test("views are views, and write through", () => {
  const s = np.zeros(3, [
    ["x", "f4"],
    ["y", "f4"],
    ["z", "f4", [2]],
  ]);
  const plain = rf.structuredToUnstructured(s);
  assert.deepEqual(
    [plain.shape, plain.strides],
    [
      [3, 4],
      [16, 4],
    ],
  );
  plain.fill(7);
  assert.deepEqual(s.field("y").tolist(), [7, 7, 7]);
  const back = rf.unstructuredToStructured(np.zeros([3, 2]), { names: ["p", "q"] });
  assert.deepEqual(back.dtype.names, ["p", "q"]);
  const turned = rf.structuredToUnstructured(s.field(["y", "x"]));
  assert.deepEqual(turned.strides, [16, -4]);
  assert.equal(np.sharesMemory(rf.structuredToUnstructured(s, { copy: true }), s), false);
  assert.ok(np.sharesMemory(rf.renameFields(s, { x: "w" }), s));
  assert.equal(rf.repackFields(s), s);
});

test("large subarrays are not met element by element", () => {
  const huge = np.dtype([
    ["a", "u1", [2 ** 30]],
    ["b", "u1"],
  ]);
  const view = rf.structuredToUnstructured(np.zeros(0, huge));
  assert.deepEqual(view.shape, [0, 2 ** 30 + 1]);
  const deep = np.dtype([["a", [["x", "u1"]], [2 ** 28]]]);
  assert.throws(() => rf.structuredToUnstructured(np.zeros(0, deep)), np.ValueError);
});

test("what does not fit is refused", () => {
  const s = np.zeros(2, [["x", "i4"]]);
  assert.throws(() => rf.structuredToUnstructured(np.zeros(2)), np.DTypeError);
  assert.throws(
    () => rf.structuredToUnstructured(np.zeros(1, [["x", "f8"]]), { dtype: "i4", casting: "safe" }),
    np.DTypeError,
  );
  assert.throws(() => rf.unstructuredToStructured(np.zeros([2, 2]), [["x", "f4"]]), np.ShapeError);
  assert.throws(() => rf.unstructuredToStructured(5), np.ValueError);
  assert.throws(
    () => rf.unstructuredToStructured(np.zeros([2, 1]), { dtype: [["x", "f4"]], names: ["x"] }),
    np.ValueError,
  );
  assert.throws(() => rf.appendFields(s, ["a", "b"], [[1, 2]]), np.ValueError);
  assert.throws(() => rf.appendFields(s, "x", [1, 2]), np.ValueError);
  assert.throws(() => rf.dropFields(s, "x"), np.DTypeError);
  assert.throws(() => rf.mergeArrays([]), np.ValueError);
  assert.throws(() => rf.stackArrays([s, np.zeros(2, [["x", "f4"]])]), np.DTypeError);
  assert.throws(() => rf.joinBy("y", s, s), np.ValueError);
  assert.throws(() => rf.joinBy(["x", "x"], s, s), np.ValueError);
  assert.throws(() => rf.joinBy("x", s, s, "no" as never), np.ValueError);
  assert.throws(() => rf.findDuplicates(s, "y"), np.ValueError);
  assert.throws(() => rf.assignFieldsByName(s, np.zeros(2)), np.DTypeError);
});

test("flattened fields may stand beside arrays without fields", () => {
  const merged = rf.mergeArrays([base(), np.array([1, 2])], { flatten: true });
  assert.deepEqual(
    [merged.dtype.names, merged.field("f2").tolist()],
    [
      ["x", "y", "f2"],
      [1, 2, -1],
    ],
  );
});

test("duplicates are found by all fields or by one", () => {
  const s = np.array(
    [
      { x: 2, y: 0 },
      { x: 1, y: 1 },
      { x: 2, y: 1 },
      { x: 1, y: 1 },
    ],
    [
      ["x", "i4"],
      ["y", "f8"],
    ],
  );
  assert.deepEqual(rf.findDuplicates(s).tolist(), [
    { x: 1, y: 1 },
    { x: 1, y: 1 },
  ]);
  const [found, index] = rf.findDuplicates(s, { key: "x", returnIndex: true });
  assert.deepEqual(
    [found.field("y").tolist(), index.tolist()],
    [
      [1, 1, 0, 1],
      [1, 3, 0, 2],
    ],
  );
  assert.deepEqual(rf.findDuplicates(np.zeros(0, [["x", "f4"]])).shape, [0]);
});

for (const layout of Object.keys(layouts)) {
  test(`fields are the same on ${layout} as on a dense copy`, () => {
    const { strided, dense } = pair(layout, "struct");
    const calls: readonly ((a: np.NDArray) => unknown)[] = [
      (a) => rf.structuredToUnstructured(a),
      (a) => rf.structuredToUnstructured(a, "int16"),
      (a) => rf.dropFields(a, "x"),
      (a) =>
        rf.requireFields(a, [
          ["y", "f8"],
          ["q", "u1"],
        ]),
      (a) => rf.mergeArrays([a, a], { flatten: false }),
      (a) => rf.renameFields(a, { x: "w" }),
      (a) => rf.appendFields(a, "z", a.field("x")),
      (a) => rf.findDuplicates(a),
      (a) => rf.stackArrays([a, a]),
      (a) => rf.applyAlongFields(np.sum, a),
      (a) => rf.recursiveFillFields(a, np.zeros(a.shape, [["y", "f4"]])),
    ];
    for (const call of calls) np.testing.assertEqual(call(strided), call(dense));
    const other = pair(layout, "float64").strided;
    if (other.ndim === 0) return;
    np.testing.assertEqual(
      rf.unstructuredToStructured(other.slice("...", ":1")),
      rf.unstructuredToStructured(np.copy(other, "C").slice("...", ":1")),
    );
    assert.ok(Object.keys(dtypes).length > 0);
  });
}

const setup = `
base = np.array([(1, 10.5), (2, 20.5), (3, 30.5)], [("x", "i4"), ("y", "f8")])
deep = np.array([(1, (2., [3., 4.])), (5, (6., [7., 8.]))], [("a", "i4"), ("b", [("x", "f4"), ("y", "f8", (2,))])])
other = np.array([(2, 5., 1), (3, 6., 2), (4, 7., 3)], [("x", "i8"), ("y", "f4"), ("z", "u1")])
plain = np.arange(6.).reshape(2, 3)
`;

const base = () =>
  np.array(
    [
      { x: 1, y: 10.5 },
      { x: 2, y: 20.5 },
      { x: 3, y: 30.5 },
    ],
    [
      ["x", "i4"],
      ["y", "f8"],
    ],
  );
const deep = () =>
  np.array(
    [
      { a: 1, b: { x: 2, y: [3, 4] } },
      { a: 5, b: { x: 6, y: [7, 8] } },
    ] as never,
    nested,
  );
const other = () =>
  np.array(
    [
      { x: 2n, y: 5, z: 1 },
      { x: 3n, y: 6, z: 2 },
      { x: 4n, y: 7, z: 3 },
    ],
    [
      ["x", "i8"],
      ["y", "f4"],
      ["z", "u1"],
    ],
  );
const plain = () => np.arange(6).reshape(2, 3);

const pairs: readonly (readonly [call: string, run: () => unknown])[] = [
  ["rf.structured_to_unstructured(base)", () => rf.structuredToUnstructured(base())],
  ["rf.structured_to_unstructured(base, 'i2')", () => rf.structuredToUnstructured(base(), "i2")],
  ["rf.structured_to_unstructured(deep)", () => rf.structuredToUnstructured(deep())],
  ["rf.structured_to_unstructured(deep[['b']])", () => rf.structuredToUnstructured(deep().field(["b"]))],
  [
    "rf.structured_to_unstructured(other[['z', 'x']], 'f4')",
    () => rf.structuredToUnstructured(other().field(["z", "x"]), "f4"),
  ],
  ["rf.unstructured_to_structured(plain)", () => rf.unstructuredToStructured(plain())],
  [
    "rf.unstructured_to_structured(plain, names=['p', 'q', 'r'])",
    () => rf.unstructuredToStructured(plain(), { names: ["p", "q", "r"] }),
  ],
  [
    "rf.unstructured_to_structured(plain, np.dtype([('p', 'i4'), ('q', 'f4', (2,))]))",
    () =>
      rf.unstructuredToStructured(plain(), [
        ["p", "i4"],
        ["q", "f4", [2]],
      ]),
  ],
  [
    "rf.unstructured_to_structured(plain.T[:2], np.dtype('i1,f8'))",
    () => rf.unstructuredToStructured(plain().T.slice(":2"), np.dtype("i1,f8")),
  ],
  [
    "rf.unstructured_to_structured(plain, np.dtype('f4,f4'))",
    () => rf.unstructuredToStructured(plain(), "f4,f4"),
  ],
  ["rf.apply_along_fields(np.mean, other)", () => rf.applyAlongFields(np.mean, other())],
  ["rf.append_fields(base, 'z', [7., 8., 9.], usemask=False)", () => rf.appendFields(base(), "z", [7, 8, 9])],
  [
    "rf.append_fields(base, 'z', [7., 8.], 'i2', usemask=False)",
    () => rf.appendFields(base(), "z", [7, 8], { dtypes: "i2" }),
  ],
  [
    "rf.append_fields(base, ['p', 'q'], [np.ones(5), np.array([True])], usemask=False)",
    () => rf.appendFields(base(), ["p", "q"], [np.ones(5), np.array([true])]),
  ],
  [
    "rf.append_fields(base, ['p', 'q'], [np.ones(2), np.ones(1, 'i1')], fill_value=-7, usemask=False)",
    () => rf.appendFields(base(), ["p", "q"], [np.ones(2), np.ones(1, "i1")], { fillValue: -7 }),
  ],
  [
    "rf.append_fields(deep, 'c', np.ones(3, 'u1'), usemask=False)",
    () => rf.appendFields(deep(), "c", np.ones(3, "u1")),
  ],
  ["rf.drop_fields(other, 'y', usemask=False)", () => rf.dropFields(other(), "y")],
  ["rf.drop_fields(deep, ['x'], usemask=False)", () => rf.dropFields(deep(), ["x"])],
  ["rf.drop_fields(deep, ['x', 'y'], usemask=False)", () => rf.dropFields(deep(), ["x", "y"])],
  ["rf.drop_fields(base, [], usemask=False)", () => rf.dropFields(base(), [])],
  ["rf.merge_arrays((base, np.array([1., 2.])))", () => rf.mergeArrays([base(), np.array([1, 2])])],
  [
    "rf.merge_arrays((base[['x']], np.array([1., 2.])), fill_value=5)",
    () => rf.mergeArrays([base().field(["x"]), np.array([1, 2])], { fillValue: 5 }),
  ],
  [
    "rf.merge_arrays((np.array([1., 2.]), np.array([True, False, True])))",
    () => rf.mergeArrays([np.array([1, 2]), np.array([true, false, true])]),
  ],
  ["rf.merge_arrays(deep, flatten=True)", () => rf.mergeArrays(deep(), { flatten: true })],
  ["rf.merge_arrays(deep)", () => rf.mergeArrays(deep())],
  ["rf.merge_arrays(np.array([1., 2.]))", () => rf.mergeArrays(np.array([1, 2]))],
  ["rf.merge_arrays((base, base))", () => rf.mergeArrays([base(), base()])],
  ["rf.rename_fields(deep, {'a': 'A', 'x': 'X'})", () => rf.renameFields(deep(), { a: "A", x: "X" })],
  ["rf.repack_fields(other[['x', 'z']])", () => rf.repackFields(other().field(["x", "z"]))],
  [
    "rf.repack_fields(other.dtype, align=True).itemsize",
    () => rf.repackFields(other().dtype, { align: true }).itemsize,
  ],
  [
    "rf.require_fields(other, [('z', 'f4'), ('q', 'i2'), ('x', 'i1')])",
    () =>
      rf.requireFields(other(), [
        ["z", "f4"],
        ["q", "i2"],
        ["x", "i1"],
      ]),
  ],
  [
    "(rf.assign_fields_by_name(base, other, False), base)[1]",
    () => {
      const b = base();
      rf.assignFieldsByName(b, other(), false);
      return b;
    },
  ],
  [
    "(rf.assign_fields_by_name(other, base), other)[1]",
    () => {
      const o = other();
      rf.assignFieldsByName(o, base());
      return o;
    },
  ],
  [
    "rf.recursive_fill_fields(base[:2], np.zeros(3, base.dtype))",
    () => rf.recursiveFillFields(base().slice(":2"), np.zeros(3, base().dtype)),
  ],
  ["rf.stack_arrays((base, other), usemask=False)", () => rf.stackArrays([base(), other()])],
  [
    "rf.stack_arrays((base, other), usemask=False, autoconvert=True)",
    () => rf.stackArrays([base(), other()], { autoconvert: true }),
  ],
  [
    "rf.stack_arrays((base, other), {'z': 9}, usemask=False, autoconvert=True)",
    () => rf.stackArrays([base(), other()], { autoconvert: true, defaults: { z: 9 } }),
  ],
  ["rf.stack_arrays((base, base), usemask=False)", () => rf.stackArrays([base(), base()])],
  [
    "rf.stack_arrays((np.ones(2), np.zeros(1)), usemask=False)",
    () => rf.stackArrays([np.ones(2), np.zeros(1)]),
  ],
  ["rf.join_by('x', base, other, usemask=False)", () => rf.joinBy("x", base(), other())],
  ["rf.join_by('x', base, other, 'outer', usemask=False)", () => rf.joinBy("x", base(), other(), "outer")],
  [
    "rf.join_by('x', base, other, 'leftouter', usemask=False)",
    () => rf.joinBy("x", base(), other(), "leftouter"),
  ],
  [
    "rf.join_by('x', base, other, 'outer', '', '_b', {'y': 5, 'z': 6}, usemask=False)",
    () =>
      rf.joinBy("x", base(), other(), {
        jointype: "outer",
        r1postfix: "",
        r2postfix: "_b",
        defaults: { y: 5, z: 6 },
      }),
  ],
  ["rf.join_by(['x', 'z'], other, other, usemask=False)", () => rf.joinBy(["x", "z"], other(), other())],
  [
    "rf.join_by('x', base, other, r1postfix='', r2postfix='', usemask=False)",
    () => rf.joinBy("x", base(), other(), { r1postfix: "", r2postfix: "" }),
  ],
];

test("fields are treated as in numpy.lib.recfunctions", { skip }, () => {
  const cases = pairs.map(([call, run]): GridCase => ({ setup, call, run, narrow: false }));
  assert.deepEqual(differences(cases), []);
});
