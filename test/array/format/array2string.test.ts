import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Array2StringOptions,
  array2string,
  arrayRepr,
  arrayStr,
} from "../../../src/array/format/array2string.ts";
import { type PrintOptionChanges, printoptions } from "../../../src/array/format/options.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import { Storage } from "../../../src/array/storage.ts";
import { Complex } from "../../../src/dtype/complex.ts";
import type { DTypeLike } from "../../../src/dtype/parse.ts";
import { plain } from "../../../src/dtype/table.ts";
import { isNdError } from "../../../src/errors.ts";
import { sizeOf } from "../../../src/layout/layout.ts";
import { filled } from "./filled.ts";

const writers = { repr: arrayRepr, str: arrayStr, array2string };

type Fact = readonly [
  writer: keyof typeof writers,
  values: readonly unknown[] | "arange",
  dtype: DTypeLike,
  shape: readonly number[],
  options: PrintOptionChanges,
  given: Array2StringOptions,
  text: string,
];

// What NumPy writes.
// biome-ignore-start lint/correctness/noPrecisionLoss: the facts hold the digits that Python prints.
// biome-ignore format: one fact a line.
const facts: readonly Fact[] = [
  // the elements of each kind, side by side
  ["repr", [true, false], "bool", [2], {}, {}, "array([ True, False])"],
  ["repr", [1, -20, 300], "int64", [3], {}, {}, "array([  1, -20, 300])"],
  ["repr", [1, -20], "int32", [2], {}, {}, "array([  1, -20], dtype=int32)"],
  ["repr", [0, 255], "uint8", [2], {}, {}, "array([  0, 255], dtype=uint8)"],
  ["repr", [-9223372036854775808n, 9223372036854775807n], "int64", [2], {}, {}, "array([-9223372036854775808,  9223372036854775807])"],
  ["repr", [18446744073709551615n, 0], "uint64", [2], {}, {}, "array([18446744073709551615,                    0], dtype=uint64)"],
  ["repr", [1, 2.5, -3], "float64", [3], {}, {}, "array([ 1. ,  2.5, -3. ])"],
  ["repr", [0.1, 0.2], "float32", [2], {}, {}, "array([0.1, 0.2], dtype=float32)"],
  ["repr", [0.1, 0.2], "float16", [2], {}, {}, "array([0.1, 0.2], dtype=float16)"],
  ["repr", [new Complex(1, 2), new Complex(-1.5, -0.25)], "complex128", [2], {}, {}, "array([ 1. +2.j  , -1.5-0.25j])"],
  ["repr", [new Complex(0, 0.1)], "complex64", [1], {}, {}, "array([0.+0.1j], dtype=complex64)"],
  // one element without an axis
  ["repr", [5], "float64", [], {}, {}, "array(5.)"],
  ["repr", [7], "int8", [], {}, {}, "array(7, dtype=int8)"],
  ["repr", [true], "bool", [], {}, {}, "array(True)"],
  ["repr", [1e16], "float64", [], {}, {}, "array(1.e+16)"],
  ["repr", [0.1], "float32", [], {}, {}, "array(0.1, dtype=float32)"],
  ["repr", [1000000], "float32", [], {}, {}, "array(1.e+06, dtype=float32)"],
  ["repr", [1001], "float16", [], {}, {}, "array(1.001e+03, dtype=float16)"],
  ["repr", [new Complex(1, 2)], "complex128", [], {}, {}, "array(1.+2.j)"],
  ["repr", [new Complex(0, 1)], "complex128", [], {}, {}, "array(0.+1.j)"],
  ["repr", [new Complex(-0, -0)], "complex128", [], {}, {}, "array(-0.-0.j)"],
  ["repr", [new Complex(NaN, -Infinity)], "complex64", [], {}, {}, "array(nan-infj, dtype=complex64)"],
  ["repr", [NaN], "float64", [], {}, {}, "array(nan)"],
  ["str", [5], "float64", [], {}, {}, "5.0"],
  ["str", [7], "int8", [], {}, {}, "7"],
  ["str", [true], "bool", [], {}, {}, "True"],
  ["str", [1e16], "float64", [], {}, {}, "1e+16"],
  ["str", [0.1], "float32", [], {}, {}, "0.1"],
  ["str", [1000000], "float32", [], {}, {}, "1e+06"],
  ["str", [1001], "float16", [], {}, {}, "1.001e+03"],
  ["str", [new Complex(1, 2)], "complex128", [], {}, {}, "(1+2j)"],
  ["str", [new Complex(0, 1)], "complex128", [], {}, {}, "1j"],
  ["str", [new Complex(-0, -0)], "complex128", [], {}, {}, "(-0-0j)"],
  ["str", [new Complex(NaN, -Infinity)], "complex64", [], {}, {}, "(nan-infj)"],
  ["str", [NaN], "float64", [], {}, {}, "nan"],
  // no elements
  ["repr", [], "float64", [0], {}, {}, "array([], dtype=float64)"],
  ["repr", [], "int64", [0], {}, {}, "array([], dtype=int64)"],
  ["repr", [], "int64", [0, 3], {}, {}, "array([], shape=(0, 3), dtype=int64)"],
  ["repr", [], "float32", [2, 0, 4], {}, {}, "array([], shape=(2, 0, 4), dtype=float32)"],
  ["str", [], "float64", [0, 3], {}, {}, "[]"],
  // axes, rows and empty lines between blocks
  ["repr", "arange", "int64", [2, 3], {}, {}, "array([[0, 1, 2],\n       [3, 4, 5]])"],
  ["repr", "arange", "int64", [2, 2, 2], {}, {}, "array([[[0, 1],\n        [2, 3]],\n\n       [[4, 5],\n        [6, 7]]])"],
  ["str", "arange", "int64", [2, 2, 2], {}, {}, "[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]"],
  ["repr", "arange", "int64", [1, 1, 1, 1], {}, {}, "array([[[[0]]]])"],
  ["repr", "arange", "int32", [30], {}, {}, "array([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16,\n       17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29], dtype=int32)"],
  ["str", "arange", "int32", [40], {}, {}, "[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23\n 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39]"],
  ["repr", "arange", "int16", [2, 1, 2, 2], {}, {}, "array([[[[0, 1],\n         [2, 3]]],\n\n\n       [[[4, 5],\n         [6, 7]]]], dtype=int16)"],
  // digits and exponents
  ["repr", [1, 100000000], "float64", [2], {}, {}, "array([1.e+00, 1.e+08])"],
  ["repr", [1, 99999999], "float64", [2], {}, {}, "array([1.0000000e+00, 9.9999999e+07])"],
  ["repr", [1000000], "float32", [1], {}, {}, "array([1.e+06], dtype=float32)"],
  ["repr", [999999], "float32", [1], {}, {}, "array([999999.], dtype=float32)"],
  ["repr", [1000], "float16", [1], {}, {}, "array([1.e+03], dtype=float16)"],
  ["repr", [999.5], "float16", [1], {}, {}, "array([999.5], dtype=float16)"],
  ["repr", [0.0001, 1], "float64", [2], {}, {}, "array([1.e-04, 1.e+00])"],
  ["repr", [9.9e-5, 1], "float64", [2], {}, {}, "array([9.9e-05, 1.0e+00])"],
  ["repr", [0.001, 1], "float64", [2], {}, {}, "array([0.001, 1.   ])"],
  ["repr", [0.001, 1.0001], "float64", [2], {}, {}, "array([1.0000e-03, 1.0001e+00])"],
  ["repr", [0.3, 300], "float32", [2], {}, {}, "array([  0.3, 300. ], dtype=float32)"],
  ["repr", [1e-5, 0, -100000], "float64", [3], {}, {}, "array([ 1.e-05,  0.e+00, -1.e+05])"],
  ["repr", [1.23456789012, 2], "float64", [2], {}, {}, "array([1.23456789, 2.        ])"],
  ["repr", [1e300, 1e-300], "float64", [2], {}, {}, "array([1.e+300, 1.e-300])"],
  ["repr", [1e-7], "float32", [1], {}, {}, "array([1.e-07], dtype=float32)"],
  ["repr", [1e100, 1], "float64", [2], {}, {}, "array([1.e+100, 1.e+000])"],
  ["repr", [0.0001], "float16", [1], {}, {}, "array([0.0001], dtype=float16)"],
  ["repr", [-0, 0], "float64", [2], {}, {}, "array([-0.,  0.])"],
  ["repr", [672.5, 0.67236328125], "float16", [2], {}, {}, "array([672.5   ,   0.6724], dtype=float16)"],
  // infinities and NaN
  ["repr", [NaN, 1], "float64", [2], {}, {}, "array([nan,  1.])"],
  ["repr", [Infinity, -Infinity, NaN], "float64", [3], {}, {}, "array([ inf, -inf,  nan])"],
  ["repr", [-Infinity, 1], "float64", [2], {}, {}, "array([-inf,   1.])"],
  ["repr", [Infinity, 1], "float64", [2], {}, {}, "array([inf,  1.])"],
  ["repr", [NaN, 1e-9], "float64", [2], {}, {}, "array([   nan, 1.e-09])"],
  ["repr", [NaN, Infinity, 1], "float64", [3], { nanstr: "-", infstr: "Infinity" }, {}, "array([       -, Infinity,       1.])"],
  ["repr", [new Complex(NaN, 1), new Complex(1, -Infinity)], "complex128", [2], {}, {}, "array([nan +1.j,  1.-infj])"],
  ["repr", [NaN, 1, Infinity], "float64", [3], { sign: "+" }, {}, "array([+nan,  +1., +inf])"],
  // floatmode, precision, sign and suppress
  ["repr", [0.5, 1.25, 2.675, 0.3333333333333333], "float64", [4], { floatmode: "fixed", precision: 2 }, {}, "array([0.50, 1.25, 2.67, 0.33])"],
  ["repr", [0.1, 0.3333333333333333], "float32", [2], { floatmode: "fixed" }, {}, "array([0.10000000, 0.33333334], dtype=float32)"],
  ["repr", [1e-9, 0.3333333333333333], "float64", [2], { floatmode: "fixed", precision: 3 }, {}, "array([1.000e-09, 3.333e-01])"],
  ["repr", [0.5, 1.25, 2.675, 0.3333333333333333], "float64", [4], { floatmode: "unique", precision: 2 }, {}, "array([0.5               , 1.25              , 2.675             ,\n       0.3333333333333333])"],
  ["repr", [0.1, 0.3333333333333333], "float32", [2], { floatmode: "unique" }, {}, "array([0.1       , 0.33333334], dtype=float32)"],
  ["repr", [1e-9, 0.3333333333333333], "float64", [2], { floatmode: "unique", precision: 3 }, {}, "array([1.000000000000000e-09, 3.333333333333333e-01])"],
  ["repr", [0.5, 1.25, 2.675, 0.3333333333333333], "float64", [4], { floatmode: "maxprec", precision: 2 }, {}, "array([0.5 , 1.25, 2.67, 0.33])"],
  ["repr", [0.1, 0.3333333333333333], "float32", [2], { floatmode: "maxprec" }, {}, "array([0.1       , 0.33333334], dtype=float32)"],
  ["repr", [1e-9, 0.3333333333333333], "float64", [2], { floatmode: "maxprec", precision: 3 }, {}, "array([1.000e-09, 3.333e-01])"],
  ["repr", [0.5, 1.25, 2.675, 0.3333333333333333], "float64", [4], { floatmode: "maxprec_equal", precision: 2 }, {}, "array([0.50, 1.25, 2.67, 0.33])"],
  ["repr", [0.1, 0.3333333333333333], "float32", [2], { floatmode: "maxprec_equal" }, {}, "array([0.10000000, 0.33333334], dtype=float32)"],
  ["repr", [1e-9, 0.3333333333333333], "float64", [2], { floatmode: "maxprec_equal", precision: 3 }, {}, "array([1.000e-09, 3.333e-01])"],
  ["repr", [0.5, 1.25, 2.675, 0.3333333333333333], "float64", [4], { precision: 0 }, {}, "array([0., 1., 3., 0.])"],
  ["repr", [0.5, 1.5, 2.5], "float64", [3], { precision: 0 }, {}, "array([0., 2., 2.])"],
  ["repr", [1e-5, 1], "float64", [2], { suppress: true }, {}, "array([0.00001, 1.     ])"],
  ["repr", [10000000000, 1.5], "float64", [2], { suppress: true }, {}, "array([1.0e+10, 1.5e+00])"],
  ["repr", [1e-10, 1], "float64", [2], { suppress: true, precision: 3 }, {}, "array([0., 1.])"],
  ["repr", [1.5, 2], "float64", [2], { sign: " " }, {}, "array([ 1.5,  2. ])"],
  ["repr", [1.5, -2], "float64", [2], { sign: " " }, {}, "array([ 1.5, -2. ])"],
  ["repr", [1, 2], "int64", [2], { sign: " " }, {}, "array([ 1,  2])"],
  ["repr", [1, -2], "int64", [2], { sign: " " }, {}, "array([ 1, -2])"],
  ["repr", [1.5, 2], "float64", [2], { sign: "+" }, {}, "array([+1.5, +2. ])"],
  ["repr", [1.5, -2], "float64", [2], { sign: "+" }, {}, "array([+1.5, -2. ])"],
  ["repr", [1, 2], "int64", [2], { sign: "+" }, {}, "array([+1, +2])"],
  ["repr", [1, -2], "int64", [2], { sign: "+" }, {}, "array([+1, -2])"],
  ["repr", [new Complex(1, 1)], "complex128", [1], { sign: "+" }, {}, "array([+1.+1.j])"],
  ["repr", [0.1], "float32", [1], { floatmode: "fixed", precision: 12 }, {}, "array([0.100000001490], dtype=float32)"],
  // large arrays show their edges
  ["repr", "arange", "int64", [1001], {}, {}, "array([   0,    1,    2, ...,  998,  999, 1000], shape=(1001,))"],
  ["repr", "arange", "int64", [10], { threshold: 5 }, {}, "array([0, 1, 2, ..., 7, 8, 9], shape=(10,))"],
  ["repr", "arange", "float64", [8, 8], { threshold: 5, edgeitems: 2 }, {}, "array([[ 0.,  1., ...,  6.,  7.],\n       [ 8.,  9., ..., 14., 15.],\n       ...,\n       [48., 49., ..., 54., 55.],\n       [56., 57., ..., 62., 63.]], shape=(8, 8))"],
  ["str", "arange", "int64", [3, 1000], { edgeitems: 1 }, {}, "[[   0 ...  999]\n ...\n [2000 ... 2999]]"],
  ["repr", "arange", "int64", [7], { threshold: 5, edgeitems: 4 }, {}, "array([0, 1, 2, 3, 4, 5, 6], shape=(7,))"],
  ["repr", "arange", "int64", [2, 9, 2], { threshold: 5, edgeitems: 1 }, {}, "array([[[ 0,  1],\n        ...,\n        [16, 17]],\n\n       [[18, 19],\n        ...,\n        [34, 35]]], shape=(2, 9, 2))"],
  ["repr", [10000000000, 1, 2, 3, 1, 2, 1e-10], "float64", [7], { threshold: 3, edgeitems: 1 }, {}, "array([1.e+10, ..., 1.e-10], shape=(7,))"],
  ["repr", [1, 10000000000, 2, 3], "float64", [4], { threshold: 3, edgeitems: 1 }, {}, "array([1., ..., 3.], shape=(4,))"],
  // lines
  ["repr", "arange", "int64", [12], { linewidth: 20 }, {}, "array([ 0,  1,  2,\n        3,  4,  5,\n        6,  7,  8,\n        9, 10, 11])"],
  ["str", "arange", "int64", [12], {}, { maxLineWidth: 10 }, "[ 0  1  2\n  3  4  5\n  6  7  8\n  9 10 11]"],
  ["repr", "arange", "float32", [4], {}, { maxLineWidth: 30 }, "array([0., 1., 2., 3.],\n      dtype=float32)"],
  ["repr", "arange", "float32", [4], {}, { maxLineWidth: 36 }, "array([0., 1., 2., 3.],\n      dtype=float32)"],
  ["repr", "arange", "float32", [4], {}, { maxLineWidth: 37 }, "array([0., 1., 2., 3.],\n      dtype=float32)"],
  ["array2string", "arange", "int64", [2, 6], {}, { maxLineWidth: 12, separator: "," }, "[[ 0, 1, 2,\n   3, 4, 5],\n [ 6, 7, 8,\n   9,10,11]]"],
  ["array2string", "arange", "int64", [6], {}, { maxLineWidth: 16, prefix: "data = ", suffix: ";" }, "[0 1 2\n        3 4 5]"],
  ["array2string", "arange", "int64", [2, 2], {}, { separator: ", ", prefix: "x: " }, "[[0, 1],\n    [2, 3]]"],
  ["array2string", "arange", "int64", [4], {}, { separator: "" }, "[0123]"],
  ["str", [1.23456, 1e-8], "float64", [2], {}, { precision: 2, suppressSmall: true }, "[1.23 0.  ]"],
  ["repr", "arange", "int64", [4], { linewidth: 0 }, {}, "array([0,\n       1,\n       2,\n       3])"],
  ["str", "arange", "int64", [1, 2, 4], { linewidth: 17 }, {}, "[[[0 1 2 3]\n  [4 5 6 7]]]"],
  ["array2string", "arange", "int64", [1, 2, 4], {}, { maxLineWidth: 12 }, "[[[0 1 2\n   3]\n  [4 5 6\n   7]]]"],
  ["array2string", "arange", "int64", [1, 2, 4], {}, { maxLineWidth: 13 }, "[[[0 1 2 3]\n  [4 5 6 7]]]"],
  // structs
  ["repr", [[1.5, 2], [-3, 40]], [["x", "f4"], ["y", "i8"]], [2], {}, {}, "array([( 1.5,  2), (-3. , 40)], dtype=[('x', '<f4'), ('y', '<i8')])"],
  ["repr", [[1.5, 2]], [["x", "f4"], ["y", "i8"]], [], {}, {}, "array((1.5, 2), dtype=[('x', '<f4'), ('y', '<i8')])"],
  ["str", [[1.5, 2]], [["x", "f4"], ["y", "i8"]], [], {}, {}, "(1.5, 2)"],
  ["repr", [[true]], [["b", "?"]], [1], {}, {}, "array([( True,)], dtype=[('b', '?')])"],
  ["repr", [[1, [1, 2.5]]], [["a", "u1"], ["b", "f8", [2]]], [1], {}, {}, "array([(1, [1. , 2.5])], dtype=[('a', 'u1'), ('b', '<f8', (2,))])"],
  ["repr", [[1, [0.5, 10]], [20, [1.25, 1]]], [["id", "i4"], ["pos", [["x", "f8"], ["y", "f8"]]]], [2], {}, {}, "array([( 1, (0.5 , 10.)), (20, (1.25,  1.))],\n      dtype=[('id', '<i4'), ('pos', [('x', '<f8'), ('y', '<f8')])])"],
  ["repr", [[[[1, 2], [3, 4]]]], [["m", "i8", [2, 2]]], [], {}, {}, "array(([[1, 2], [3, 4]],), dtype=[('m', '<i8', (2, 2))])"],
  ["str", [[10000000000, 0.1]], [["a", "f8"], ["b", "f4"]], [], {}, {}, "(10000000000.0, 0.1)"],
];
// biome-ignore-end lint/correctness/noPrecisionLoss: see above.

test("an array is written as NumPy writes it", () => {
  for (const [writer, given, dtype, shape, options, own, text] of facts) {
    const values = given === "arange" ? Array.from({ length: sizeOf(shape) }, (_, k) => k) : given;
    const a = filled(values, dtype, shape);
    assert.equal(
      printoptions(options, () => writers[writer](a, own)),
      text,
    );
  }
});

test("the text of a view is that of its dense copy", () => {
  const dense = filled(
    Array.from({ length: 60 }, (_, k) => k * 1.37 - 20),
    "float64",
    [3, 4, 5],
  );
  const layouts: readonly (readonly [shape: number[], strides: number[], offset: number])[] = [
    [[5, 4, 3], [8, 40, 160], 0],
    [[3, 4, 5], [160, -40, 8], 120],
    [[3, 4, 5], [-160, -40, -8], 472],
    [[3, 2, 2], [160, 80, 16], 40],
    [[2, 4, 5], [0, 40, 8], 160],
    [[3, 1], [160, 12345], 8],
    [[], [], 88],
  ];
  for (const [shape, strides, offset] of layouts) {
    const view = dense.viewAs({ shape, strides, offset: dense.layout.offset + offset });
    const values: number[] = [];
    const read = (axis: number, index: readonly number[]): void => {
      if (axis === shape.length) values.push(view.at(...index) as number);
      else for (let i = 0; i < shape[axis]!; i++) read(axis + 1, [...index, i]);
    };
    read(0, []);
    const copy = filled(values, "float64", shape);
    assert.equal(arrayRepr(view), arrayRepr(copy));
    assert.equal(arrayStr(view), arrayStr(copy));
    const summary = { threshold: 0, edgeitems: 1 };
    assert.equal(array2string(view, summary), array2string(copy, summary));
  }
});

test("elements need not be aligned", () => {
  const storage = new Storage(new ArrayBuffer(20));
  storage.view.setFloat64(3, 1.5, true);
  storage.view.setFloat64(11, -2, true);
  const a = new NDArray(storage, { shape: [2], strides: [8], offset: 3 }, plain.float64, null, 3);
  assert.equal(arrayRepr(a), "array([ 1.5, -2. ])");
});

test("of a large array only the edges are read", () => {
  const storage = new Storage(new ArrayBuffer(8));
  storage.view.setFloat64(0, 2.5, true);
  const layout = { shape: [1e6, 1e6], strides: [0, 0], offset: 0 };
  const a = new NDArray(storage, layout, plain.float64, null, 1);
  const row = "[2.5, 2.5, 2.5, ..., 2.5, 2.5, 2.5]";
  const gap = ",\n       ";
  assert.equal(
    arrayRepr(a),
    `array([${[row, row, row, "...", row, row, row].join(gap)}], shape=(1000000, 1000000))`,
  );
});

test("no edge items leave the last one", () => {
  const a = filled([1, 2, 3], "int64");
  assert.equal(array2string(a, { threshold: 0, edgeitems: 0 }), "[... 3]");
});

test("a formatter is looked up by dtype, then by kind, then for all", () => {
  const list = filled([1.5, -2], "float64");
  const all = (x: unknown) => `<${String(x)}>`;
  assert.equal(array2string(list, { formatter: { all } }), "[<1.5> <-2>]");
  assert.equal(array2string(list, { formatter: { all, float_kind: (x) => x.toFixed(2) } }), "[1.50 -2.00]");
  assert.equal(array2string(list, { formatter: { float: () => "f", float_kind: () => "k", all } }), "[f f]");
  assert.equal(array2string(filled([3], "uint64"), { formatter: { int: (x) => typeof x } }), "[bigint]");
  assert.equal(
    array2string(filled([true], "bool"), { formatter: { bool: (x) => (x ? "yes" : "no") } }),
    "[yes]",
  );
  const z = filled([new Complex(1, 2)], "complex64");
  assert.equal(array2string(z, { formatter: { complex_kind: ({ re, im }) => `${re}|${im}` } }), "[1|2]");
  const struct = filled(
    [[1, true]],
    [
      ["n", "i2"],
      ["b", "?"],
    ],
  );
  assert.equal(array2string(struct, { formatter: { int_kind: (x) => `#${x}` } }), "[(#1,  True)]");
});

test("a text of several lines hangs where it began", () => {
  const a = filled([1, 2, 3], "int64");
  const lines = (int: (x: number | bigint) => string, maxLineWidth = 75) =>
    array2string(a, { formatter: { int }, maxLineWidth }).split("\n");
  assert.deepEqual(
    lines((x) => `+--+\n| ${x}|\n+--+`, 12),
    ["[+--+", " | 1|", " +--+ +--+", "      | 2|", "      +--+", " +--+", " | 3|", " +--+]"],
  );
  assert.deepEqual(
    lines(() => "a\nbbb\ncc"),
    ["[a", " bbb", " cc  a", "     bbb", "     cc  a", "         bbb", "         cc ]"],
  );
  assert.deepEqual(
    lines(() => "   ", 4),
    ["[", "    ]"],
  );
  assert.deepEqual(
    lines(() => "x\n", 4),
    ["[x", " x", " x", "]"],
  );
});

test("a character outside the basic plane is as wide as any other", () => {
  const a = filled([1, 2, 3], "int64");
  assert.equal(
    array2string(a, { formatter: { int: () => "\u{1f600}\u{1f600}" }, maxLineWidth: 7 }).split("\n").length,
    2,
  );
});

test("raw bytes are written by their numbers", () => {
  const a = filled([[97, 34, 0]], "V3");
  assert.equal(arrayRepr(a), "array([b'\\x61\\x22\\x00'], dtype='|V3')");
  assert.equal(arrayStr(filled([[92, 0]], "V2", [])), "b'\\x5C\\x00'");
});

test("wrong options are refused, and a buffer that is gone is an error that says so", () => {
  const a = filled([1, 2], "float64");
  const isValueError = (error: unknown) => isNdError(error, "value");
  assert.throws(() => array2string(a, { precision: -1 }), isValueError);
  assert.throws(() => array2string(a, { floatmode: "short" as never }), isValueError);
  assert.throws(() => arrayRepr(a, { linewith: 3 } as never), isValueError);
  const own = new NDArray(
    new Storage(new ArrayBuffer(8)),
    { shape: [1], strides: [8], offset: 0 },
    plain.float64,
    null,
    3,
  );
  structuredClone(own.buffer, { transfer: [own.buffer as ArrayBuffer] });
  assert.throws(() => arrayStr(own), /the buffer of this array is gone/);
});
