import assert from "node:assert/strict";
import { test } from "node:test";
import { tobytes } from "../../src/array/bytes.ts";
import { ascontiguousarray, asfortranarray, astype, copy, flatten } from "../../src/array/copy.ts";
import { array } from "../../src/array/create.ts";
import { tolist } from "../../src/array/elements.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { plain } from "../../src/dtype/table.ts";
import { isNdError } from "../../src/errors.ts";
import { broadcastLayout } from "../../src/layout/broadcast.ts";
import type { Order } from "../../src/layout/layout.ts";
import { permute } from "../../src/layout/movement.ts";
import { everyIndexF } from "../layout/model.ts";
import { bytesOf, copiesDuring, dtypes, number, own, sweep, texts, valuesOf } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const cube = () => number(own([2, 3, 4], plain.int32));
const turned = (a: NDArray, ...axes: number[]) => a.viewAs(permute(a.layout, axes));
const stretched = (a: NDArray, ...shape: number[]) => a.viewAs(broadcastLayout(a.layout, shape)!);

// The byte strides that NumPy's copy of the same view has.
const strides: [string, (a: NDArray) => NDArray, Order, number[]][] = [
  ["a", (a) => a, "K", [48, 16, 4]],
  ["a", (a) => a, "F", [4, 8, 24]],
  ["a.T", (a) => a.T, "K", [4, 16, 48]],
  ["a.T", (a) => a.T, "A", [4, 16, 48]],
  ["a.T", (a) => a.T, "C", [24, 8, 4]],
  ["a.transpose(1, 0, 2)", (a) => turned(a, 1, 0, 2), "K", [16, 48, 4]],
  ["a.transpose(1, 0, 2)", (a) => turned(a, 1, 0, 2), "A", [32, 16, 4]],
  ["a[::-1]", (a) => a.slice("::-1"), "K", [48, 16, 4]],
  ["a[:, ::-1].transpose(2, 0, 1)", (a) => turned(a.slice(":", "::-1"), 2, 0, 1), "K", [4, 48, 16]],
  ["a[:, ::2]", (a) => a.slice(":", "::2"), "K", [32, 16, 4]],
  ["a[:, :, ::2].T", (a) => a.slice(":", ":", "::2").T, "K", [4, 8, 24]],
  ["a row of a, five times", (a) => stretched(a.slice(0, 0), 5, 4), "K", [4, 20]],
  ["a column of a, five times", (a) => stretched(a.slice(0, ":", ":1"), 3, 5), "K", [20, 4]],
  ["one element, everywhere", (a) => stretched(a.slice(":1", ":1", ":1"), 2, 3, 2), "K", [24, 8, 4]],
  ["no element", (a) => a.slice(":", ":0"), "K", [0, 0, 0]],
];

test("a copy has the strides that NumPy's has", () => {
  for (const [name, view, order, wanted] of strides) {
    assert.deepEqual(copy(view(cube()), order).strides, wanted, `${name} in order ${order}`);
  }
  assert.deepEqual(astype(cube().T.slice("::2"), "int8").strides, [1, 2, 6]);
  assert.deepEqual(astype(turned(cube(), 1, 2, 0), "float64").strides, [32, 8, 96]);
});

test("a copy of any layout of any dtype in any order holds the same bytes, dense, and owns them", () => {
  for (const dtype of dtypes) {
    for (const { name, make } of sweep(dtype)) {
      for (const order of ["C", "F", "A", "K"] as const) {
        const a = make();
        const b = copy(a, { order });
        const say = `${dtype}, ${name}, order ${order}`;
        assert.deepEqual(bytesOf(b), bytesOf(a), say);
        assert.deepEqual([b.base, b.flags.owndata, b.flags.writeable], [null, true, true], say);
        if (order === "C" || order === "F") assert.ok(b.isContiguous(order), say);
        const lengths = b.shape.filter((length) => length > 1).length;
        assert.ok(
          b.strides.every((stride, k) => stride > 0 || b.shape[k] === 1 || a.size === 0),
          say,
        );
        if (lengths === 2) assert.ok(b.isContiguous("C") || b.isContiguous("F"), say);
      }
    }
  }
});

test("flattening any layout of any dtype lists its elements in the order asked for", () => {
  for (const dtype of dtypes) {
    for (const { name, make } of sweep(dtype)) {
      const a = make();
      const inF = everyIndexF(a.shape).map((index) => texts([a.at(...index)])[0]);
      const inC = texts(valuesOf(a));
      assert.deepEqual(texts(valuesOf(flatten(a))), inC, `${dtype}, ${name}`);
      assert.deepEqual(texts(valuesOf(flatten(a, "F"))), inF, `${dtype}, ${name}`);
      assert.deepEqual(
        texts(valuesOf(flatten(a, { order: "A" }))),
        a.flags.fnc ? inF : inC,
        `${dtype}, ${name}`,
      );
    }
  }
});

test("order K flattens in the order of memory, but for axes that run backwards", () => {
  const a = number(own([2, 3], plain.int32));
  assert.deepEqual(tolist(flatten(a.T, "K")), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(tolist(flatten(a.slice("::-1").T, "K")), [4, 5, 6, 1, 2, 3]);
  assert.deepEqual(tolist(flatten(number(own([3], plain.int32)).slice("::-1"), "K")), [3, 2, 1]);
});

test("the bytes come in C or Fortran order, on a buffer of their own", () => {
  const a = number(own([2, 3], plain.uint8));
  const wanted: [Order, number[], number[]][] = [
    ["C", [1, 2, 3, 4, 5, 6], [1, 4, 2, 5, 3, 6]],
    ["F", [1, 4, 2, 5, 3, 6], [1, 2, 3, 4, 5, 6]],
    ["A", [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
    ["K", [1, 2, 3, 4, 5, 6], [1, 4, 2, 5, 3, 6]],
  ];
  for (const [order, plainly, transposed] of wanted) {
    assert.deepEqual([...tobytes(a, order)], plainly, order);
    assert.deepEqual([...tobytes(a.T, order)], transposed, `${order}, transposed`);
  }
  for (const { name, make } of sweep(plain.int16)) {
    const b = make();
    assert.deepEqual([...tobytes(b)], bytesOf(b).flat(), name);
    assert.equal(tobytes(b).buffer.byteLength, b.nbytes, name);
  }
});

test("astype copies unless told not to, and then only if it must", () => {
  const a = number(own([2, 3], plain.float64));
  const t = a.slice(":", "::-1");
  assert.notEqual(astype(a, "float64"), a);
  assert.equal(astype(a, "float64", { copy: false }), a);
  assert.equal(astype(t, "f8", { copy: false }), t);
  assert.equal(astype(a.T, "f8", { copy: false, order: "C" }).flags.cContiguous, true);
  assert.equal(astype(a, "f8", { copy: false, order: "C" }), a);
  assert.equal(astype(a, "f8", { copy: false, order: "A" }), a);
  assert.notEqual(astype(t, "f8", { copy: false, order: "A" }), t);
  assert.notEqual(astype(a, "f4", { copy: false }), a);
});

test("astype asks its rule, knows raw bytes of any size, and appends the axes of a subarray", () => {
  assert.throws(
    () => astype(own([2], plain.float64), "int32", { casting: "same_kind" }),
    (e) => isNdError(e, "dtype"),
  );
  assert.equal(astype(own([2], plain.float64), "f4", { casting: "same_kind" }).dtype.name, "float32");
  assert.equal(astype(own([2], plain.int32), "V").dtype.str, "|V4");
  const blocks = astype(array([1, 2], "int32"), ["f4", [2]]);
  assert.deepEqual(tolist(blocks), [
    [1, 1],
    [2, 2],
  ]);
  assert.equal(blocks.dtype, plain.float32);
});

test("ascontiguousarray and asfortranarray return what is right already, and copy the rest", () => {
  for (const { name, make } of sweep(plain.float32)) {
    const a = make();
    for (const [order, work] of [
      ["C", ascontiguousarray],
      ["F", asfortranarray],
    ] as const) {
      const b = work(a);
      assert.ok(b.isContiguous(order), name);
      assert.equal(b === a, a.isContiguous(order) && a.ndim > 0, name);
      assert.deepEqual(bytesOf(b), bytesOf(a), name);
      assert.ok(b.ndim > 0, name);
    }
  }
  const scalar = number(own([], plain.float64));
  assert.deepEqual([ascontiguousarray(scalar).shape, ascontiguousarray(scalar).buffer], [[1], scalar.buffer]);
  assert.deepEqual(ascontiguousarray(5).shape, [1]);
  assert.equal(ascontiguousarray([1, 2], "f4").dtype, plain.float32);
  assert.equal(ascontiguousarray(own([2], plain.float64), "f4").dtype, plain.float32);
  const frozen = own([2], plain.float64);
  frozen.setflags({ write: false });
  assert.equal(ascontiguousarray(frozen), frozen);
});

test("an order that is none is refused by name", () => {
  const a = own([2], plain.int8);
  assert.throws(() => copy(a, "X" as never), /copy: order "X" is none of/);
  assert.throws(() => flatten(a, { order: "k" as never }), /flatten: order "k" is none of/);
  assert.throws(() => astype(a, "f4", { order: "c" as never }), /astype: order "c" is none of/);
  assert.throws(() => tobytes(a, "f" as never), /tobytes: order "f" is none of/);
});

test("each copy is reported once, with who made it", () => {
  const a = number(own([4, 4], plain.float64));
  const reasons = copiesDuring(() => {
    copy(a);
    flatten(a);
    astype(a, "f4");
    tobytes(a);
    ascontiguousarray(a.T);
    ascontiguousarray(a);
  });
  assert.deepEqual(reasons, [
    "copy",
    "flatten",
    "astype because float64 becomes float32",
    "tobytes",
    "ascontiguousarray because axis 1 has stride 32, wanted 8",
  ]);
});
