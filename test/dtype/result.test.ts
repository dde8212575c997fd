import assert from "node:assert/strict";
import { test } from "node:test";
import { complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { dtype } from "../../src/dtype/parse.ts";
import { minScalarType, type Operand, resultType } from "../../src/dtype/result.ts";
import { plain } from "../../src/dtype/table.ts";

// For each dtype: what it gives beside true, 2 (or 2n), 0.5 and 1j, as NumPy 2.4 has it.
const WEAK: readonly (readonly [string, string, string, string, string])[] = [
  ["bool", "bool", "int64", "float64", "complex128"],
  ["int8", "int8", "int8", "float64", "complex128"],
  ["uint8", "uint8", "uint8", "float64", "complex128"],
  ["int32", "int32", "int32", "float64", "complex128"],
  ["uint64", "uint64", "uint64", "float64", "complex128"],
  ["float16", "float16", "float16", "float16", "complex64"],
  ["float32", "float32", "float32", "float32", "complex64"],
  ["float64", "float64", "float64", "float64", "complex128"],
  ["complex64", "complex64", "complex64", "complex64", "complex64"],
  ["complex128", "complex128", "complex128", "complex128", "complex128"],
];

test("beside an array or a dtype a scalar asks for a kind only", () => {
  for (const [name, flag, integer, real, imaginary] of WEAK) {
    const array = { dtype: dtype(name) };
    assert.equal(resultType(array, true).name, flag);
    for (const two of [2, 2n, 300, -1, 1e300]) assert.equal(resultType(array, two).name, integer);
    for (const half of [0.5, Number.NaN, Number.POSITIVE_INFINITY])
      assert.equal(resultType(half, array).name, real);
    assert.equal(resultType(array, complex(0, 1), 2).name, imaginary);
  }
});

test("scalars on their own are what they are", () => {
  const rows: readonly (readonly [Operand[], string])[] = [
    [[2], "float64"],
    [[0.5], "float64"],
    [[2n], "int64"],
    [[true], "bool"],
    [[complex(1)], "complex128"],
    [[true, 2n], "int64"],
    [[2, 2n], "float64"],
    [[2n, complex(1)], "complex128"],
  ];
  for (const [operands, name] of rows) assert.equal(resultType(...operands).name, name);
});

test("several dtypes and scalars are promoted at once", () => {
  assert.equal(resultType("int8", "uint8", "float16"), plain.float16);
  assert.equal(resultType("int8", 0.5, "uint8", 2), plain.float64);
  assert.equal(resultType("i4,f4", "i8,f8").repr(), "dtype([('f0', '<i8'), ('f1', '<f8')])");
});

test("what has no common dtype is an error", () => {
  assert.throws(() => resultType("i4,f4", 2), /no dtype holds both .* and the scalar 2/);
  assert.throws(() => resultType("V4", "i4"), { kind: "dtype" });
  assert.throws(() => resultType(), { kind: "value" });
});

test("the types know the result of two operands", () => {
  const a: Descriptor<"int32"> = resultType("int32", 2n);
  const b: Descriptor<"int32" | "float64"> = resultType({ dtype: plain.int32 }, 0.5);
  const c: Descriptor<"float32"> = resultType(plain.float32, 2);
  const d: Descriptor<"float64"> = resultType(2);
  const e: Descriptor<"complex64"> = resultType("f2", complex(0, 1));
  assert.deepEqual([a, b, c, d, e].map(String), ["int32", "float64", "float32", "float64", "complex64"]);
});

test("the smallest dtype that holds a value", () => {
  const rows: readonly (readonly [Parameters<typeof minScalarType>[0], string])[] = [
    [true, "bool"],
    [0, "uint8"],
    [255, "uint8"],
    [256, "uint16"],
    [65536n, "uint32"],
    [2n ** 32n, "uint64"],
    [2n ** 64n - 1n, "uint64"],
    [-1, "int8"],
    [-128, "int8"],
    [-129, "int16"],
    [-(2n ** 31n) - 1n, "int64"],
    [-(2n ** 63n), "int64"],
    [0.1, "float16"],
    [64999.5, "float16"],
    [65000.5, "float32"],
    [Number.NaN, "float16"],
    [Number.NEGATIVE_INFINITY, "float16"],
    [1e30, "float32"],
    [1e39, "float64"],
    [complex(1, 2), "complex64"],
    [complex(1, 1e39), "complex128"],
    [complex(Number.NaN), "complex128"],
    [{ dtype: plain.int64, ndim: 0, at: () => 10n }, "uint8"],
    [{ dtype: plain.float64, ndim: 0, at: () => 10 }, "float16"],
    [{ dtype: plain.float64, ndim: 1, at: () => 10 }, "float64"],
  ];
  for (const [value, name] of rows) assert.equal(minScalarType(value).name, name, String(value));
  assert.throws(() => minScalarType(2n ** 64n), /no integer dtype holds 18446744073709551616/);
  assert.throws(() => minScalarType(-(2n ** 63n) - 1n), { kind: "value" });
});
