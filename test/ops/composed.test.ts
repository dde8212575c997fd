import assert from "node:assert/strict";
import { test } from "node:test";
import { array } from "../../src/array/create.ts";
import { tolist } from "../../src/array/elements.ts";
import { zeros } from "../../src/array/filled.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { complex } from "../../src/dtype/complex.ts";
import { isNdError } from "../../src/errors.ts";
import { clip } from "../../src/ops/clip.ts";
import { allclose, arrayEqual, arrayEquiv, isclose } from "../../src/ops/closeness.ts";
import { angle, realIfClose } from "../../src/ops/complex-parts.ts";
import { interp } from "../../src/ops/interp.ts";
import { nanToNum } from "../../src/ops/nan-to-num.ts";
import { isposinf, isscalar } from "../../src/ops/predicates.ts";
import { around, fix, round } from "../../src/ops/rounding.ts";
import { i0, sinc } from "../../src/ops/special.ts";
import { unwrap } from "../../src/ops/unwrap.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

// What NumPy 2.4 gives, for machines without it.
const facts: readonly (readonly [
  what: string,
  got: () => NDArray,
  dtype: string,
  values: readonly unknown[],
])[] = [
  ["round", () => round([0.5, 1.5, -2.5, nan]), "float64", [0, 2, -2, nan]],
  ["round to decimals", () => round([0.15, 2.5, 1234.5678], 1), "float64", [0.2, 2.5, 1234.6]],
  [
    "round before the point",
    () => round(array([15, 25, -15, 149], "int32"), -1),
    "int32",
    [20, 20, -20, 150],
  ],
  ["round wraps", () => round(array([255], "uint8"), -1), "uint8", [4]],
  ["round a bool", () => round([true]), "float16", [1]],
  ["round far beyond", () => round([1e10], 400), "float64", [nan]],
  ["around", () => around([2.5]), "float64", [2]],
  ["fix", () => fix([2.7, -2.7]), "float64", [2, -2]],
  ["clip", () => clip([-1, 0.5, 3, nan], 0, 1), "float64", [0, 0.5, 1, nan]],
  ["clip with bounds crossed", () => clip([1, 2, 3], 5, 0), "float64", [0, 0, 0]],
  ["clip beyond the dtype", () => clip(array([1, 5], "uint8"), -7, 300), "uint8", [1, 5]],
  ["clip by name", () => clip(array([1, 5], "int8"), { min: 2 }), "int8", [2, 5]],
  ["clip an int by floats", () => clip(array([1, 5], "int8"), 1.5, null), "float64", [1.5, 5]],
  ["isclose", () => isclose([1e10, 1e-7, inf], [1.00001e10, 1e-8, inf]), "bool", [true, false, true]],
  ["isclose of NaN", () => isclose([nan], [nan], { equalNan: true }), "bool", [true]],
  ["isclose by atol alone", () => isclose([1, 1], [1.3, 1.6], undefined, 0.5), "bool", [true, false]],
  [
    "isclose of the least integer",
    () => isclose(array([-128], "int8"), array([-128], "int8")),
    "bool",
    [true],
  ],
  ["angle", () => angle([1, -1]), "float64", [0, Math.PI]],
  ["angle in degrees", () => angle([complex(0, 2)], { deg: true }), "float64", [90]],
  ["nanToNum", () => nanToNum([nan, inf, -inf, 2]), "float64", [0, Number.MAX_VALUE, -Number.MAX_VALUE, 2]],
  ["nanToNum of integers", () => nanToNum(array([3], "int8")), "int8", [3]],
  ["sinc", () => sinc([0, 1.5]), "float64", [1, -0.2122065907891938]],
  ["i0", () => i0([0, 1, -1]), "float64", [1, 1.2660658777520082, 1.2660658777520082]],
  ["unwrap", () => unwrap([0, 1, 2, -1, 0], { period: 4 }), "float64", [0, 1, 2, 3, 4]],
  ["unwrap integers", () => unwrap(array([0, 5, 1], "int32"), { period: 5 }), "int32", [0, 0, 1]],
  ["interp", () => interp([0, 1, 1.5, 9, nan], [1, 2, 3], [3, 2, 0]), "float64", [3, 3, 2.5, 0, nan]],
  ["interp beyond", () => interp([0, 9], [1, 2], [3, 2], -1, 7), "float64", [-1, 7]],
  ["interp at infinity", () => interp([1.5], [1, inf], [3, 3]), "float64", [3]],
  ["interp in a period", () => interp([-90, 270], [0, 180], [0, 1], { period: 360 }), "float64", [0.5, 0.5]],
];

for (const [what, got, dtype, values] of facts) {
  test(`${what} gives what NumPy gives`, () => {
    const found = got();
    assert.equal(found.dtype.name, dtype);
    assert.deepEqual(tolist(found), values);
  });
}

test("questions about arrays have plain answers", () => {
  assert.equal(allclose([1, 2], [1, 2.00001]), true);
  assert.equal(arrayEqual([1, nan], [1, nan]), false);
  assert.equal(arrayEqual([1, nan], [1, nan], { equalNan: true }), true);
  assert.equal(arrayEqual([1, 1], [1]), false);
  assert.equal(arrayEqual([[1], [1, 2]], [1]), false);
  assert.equal(arrayEquiv([1, 1], [[1], [1]]), true);
  assert.equal(arrayEquiv([1, 2], [1, 2, 3]), false);
  assert.equal(isscalar(1n), true);
  assert.equal(isscalar(zeros([])), false);
  const points = zeros(2, [
    ["x", "f4"],
    ["y", "u1"],
  ]);
  assert.equal(arrayEqual(points, array(points)), true);
});

test("real parts are a view, and only if all imaginary parts are near 0", () => {
  const z = array([complex(1, 1e-15), complex(2, 0)]);
  assert.equal(realIfClose(z).base, z);
  assert.equal(realIfClose(z, 1e-20), z);
});

test("results go where they are asked to", () => {
  const out = zeros(3);
  assert.equal(round([1.26, 2, 3], 1, out), out);
  assert.deepEqual(tolist(out), [1.3, 2, 3]);
  assert.equal(clip([1, 2, 3], 2, 3, out), out);
  assert.deepEqual(tolist(out), [2, 2, 3]);
  assert.equal(fix([1.5, 2, 3], out), out);
  assert.deepEqual(tolist(out), [1, 2, 3]);
  const flags = zeros(2, "bool");
  assert.equal(isposinf([inf, 0], flags), flags);
  const given = array([nan, 1]);
  assert.equal(nanToNum(given, { copy: false, nan: 5 }), given);
  assert.deepEqual(tolist(given), [5, 1]);
});

const refusals: readonly (readonly [what: string, call: () => unknown, kind: "value" | "shape" | "dtype"])[] =
  [
    ["decimals of bools", () => round([true], 1), "dtype"],
    ["decimals that are no integer", () => round([1], 0.5), "value"],
    ["a bound that leaves nothing", () => clip(array([1], "uint8"), 300, 400), "value"],
    ["bounds given twice", () => clip([1], 0, 1, { min: 0 }), "value"],
    ["sides of complex infinities", () => isposinf([complex(1, 1)]), "dtype"],
    ["Bessel functions of complex numbers", () => i0([complex(1, 1)]), "dtype"],
    ["a period of 0", () => interp([1], [1], [1], { period: 0 }), "value"],
    ["no points", () => interp([1], [], []), "value"],
    ["points that do not pair", () => interp([1], [1, 2], [1]), "shape"],
    ["steps of no axis", () => unwrap(3), "shape"],
    ["lists changed in place", () => nanToNum([nan], { copy: false }), "value"],
  ];

for (const [what, call, kind] of refusals) {
  test(`${what} are refused`, () => {
    assert.throws(call, (error) => isNdError(error, kind));
  });
}

test("a failed replacement changes nothing", () => {
  const a = array([nan, inf]);
  assert.throws(() => nanToNum(a, { copy: false, posinf: [1, 2, 3] }));
  assert.ok(Number.isNaN(a.at(0)));
});
