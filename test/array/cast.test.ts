import assert from "node:assert/strict";
import { test } from "node:test";
import { castElements } from "../../src/array/cast.ts";
import { castArray, placeOf } from "../../src/array/duplicate.ts";
import { emptyArray } from "../../src/array/fresh.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { complex } from "../../src/dtype/complex.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { type PlainDType, plain } from "../../src/dtype/table.ts";
import { isNdError } from "../../src/errors.ts";
import { Dice } from "../layout/model.ts";
import { bytesOf, dtypes, sweep, texts, valuesOf } from "./model.ts";

/** An array of one axis; the values must be elements of the dtype. */
function line(values: readonly unknown[], dtype: Descriptor): NDArray {
  const a = emptyArray([values.length], dtype, "C", "test");
  for (const [k, x] of values.entries()) {
    dtype.access.write(a.storage.view, a.byteOffset + k * dtype.itemsize, dtype.access.coerce(x) as never);
  }
  return a;
}

function cast(values: readonly unknown[], from: Descriptor, to: Descriptor): unknown[] {
  return valuesOf(castArray(line(values, from), to, "C", "test"));
}

const MIN64 = -(2n ** 63n);
const floats = [NaN, Infinity, -Infinity, 1.9, -1.9, 300, -1, 2 ** 31, -(2 ** 31) - 1, 3e9, 2 ** 63, 2 ** 64];
const fromFloats: [PlainDType, unknown[]][] = [
  ["int8", [0, 0, 0, 1, -1, 44, -1, 0, 0, 0, 0, 0]],
  ["uint8", [0, 0, 0, 1, 255, 44, 255, 0, 0, 0, 0, 0]],
  ["int16", [0, 0, 0, 1, -1, 300, -1, 0, 0, 0, 0, 0]],
  ["uint16", [0, 0, 0, 1, 65535, 300, 65535, 0, 0, 0, 0, 0]],
  [
    "int32",
    [
      -(2 ** 31),
      -(2 ** 31),
      -(2 ** 31),
      1,
      -1,
      300,
      -1,
      -(2 ** 31),
      -(2 ** 31),
      -(2 ** 31),
      -(2 ** 31),
      -(2 ** 31),
    ],
  ],
  ["uint32", [0, 0, 0, 1, 4294967295, 300, 4294967295, 2147483648, 2147483647, 3000000000, 0, 0]],
  [
    "int64",
    [MIN64, MIN64, MIN64, 1n, -1n, 300n, -1n, 2n ** 31n, -(2n ** 31n) - 1n, 3000000000n, MIN64, MIN64],
  ],
  [
    "uint64",
    [
      2n ** 63n,
      0n,
      2n ** 63n,
      1n,
      2n ** 64n - 1n,
      300n,
      2n ** 64n - 1n,
      2n ** 31n,
      2n ** 64n - 2n ** 31n - 1n,
      3000000000n,
      2n ** 63n,
      0n,
    ],
  ],
  ["bool", floats.map(() => true)],
];

test("a float becomes the integer that it becomes in NumPy on x86-64, one by one", () => {
  for (const [to, wanted] of fromFloats) {
    assert.deepEqual(cast(floats, plain.float64, plain[to]), wanted, to);
    assert.deepEqual(
      floats.map((x) => plain[to].access.convert(x, "f")),
      wanted,
      `${to}, one element`,
    );
    const complexes = floats.map((x) => complex(x, 7));
    assert.deepEqual(cast(complexes, plain.complex128, plain[to]), wanted, `${to}, real parts`);
  }
});

const integers = [-1n, 128n, 300n, 65541n, 2n ** 31n, 2n ** 32n + 7n, -(2n ** 31n) - 1n];
const fromIntegers: [PlainDType, unknown[]][] = [
  ["int8", [-1, -128, 44, 5, 0, 7, -1]],
  ["uint8", [255, 128, 44, 5, 0, 7, 255]],
  ["int16", [-1, 128, 300, 5, 0, 7, -1]],
  ["uint16", [65535, 128, 300, 5, 0, 7, 65535]],
  ["int32", [-1, 128, 300, 65541, -(2 ** 31), 7, 2 ** 31 - 1]],
  ["uint32", [2 ** 32 - 1, 128, 300, 65541, 2 ** 31, 7, 2 ** 31 - 1]],
  ["uint64", integers.map((x) => BigInt.asUintN(64, x))],
  ["float64", integers.map(Number)],
  ["bool", integers.map(() => true)],
];

test("integers wrap, of 64 bits and of 32", () => {
  for (const [to, wanted] of fromIntegers) {
    assert.deepEqual(cast(integers, plain.int64, plain[to]), wanted, to);
    assert.deepEqual(
      integers.map((x) => plain[to].access.convert(x, "i")),
      wanted,
      `${to}, one element`,
    );
  }
  assert.deepEqual(cast([2 ** 32 - 1, 2 ** 31], plain.uint32, plain.int32), [-1, -(2 ** 31)]);
  assert.deepEqual(plain.int32.access.convert(2 ** 32 - 1, "u"), -1);
  assert.deepEqual(plain.int32.access.convert(2 ** 32 - 1, "f"), -(2 ** 31));
  assert.deepEqual(cast([-1, 5], plain.int8, plain.uint64), [2n ** 64n - 1n, 5n]);
});

const rounded: [PlainDType, PlainDType, unknown, number][] = [
  ["int64", "float32", 2n ** 24n + 1n, 2 ** 24],
  ["int64", "float32", 2n ** 60n + 2n ** 36n, 2 ** 60],
  ["int64", "float32", 2n ** 60n + 2n ** 36n + 1n, 2 ** 60 + 2 ** 37],
  ["int64", "float32", -(2n ** 60n) - 2n ** 36n - 1n, -(2 ** 60) - 2 ** 37],
  ["uint64", "float32", 2n ** 63n + 2n ** 39n, 2 ** 63],
  ["uint64", "float32", 2n ** 63n + 2n ** 39n + 1n, 2 ** 63 + 2 ** 40],
  ["int64", "float64", 2n ** 53n + 1n, 2 ** 53],
  ["uint64", "float64", 2n ** 64n - 1n, 2 ** 64],
  ["int32", "float16", 2049, 2048],
  ["int32", "float16", 2051, 2052],
  ["int32", "float16", 65519, 65504],
  ["int32", "float16", 65520, Infinity],
  // By way of float32 this would be a tie, and go to the even neighbour below.
  ["float64", "float16", 1.00048828126, 1.0009765625],
  ["float64", "float32", 3.4028236e38, Infinity],
  ["float64", "float32", 1e-46, 0],
];

test("what does not fit a float is rounded once, to the nearest, ties to even", () => {
  for (const [from, to, given, wanted] of rounded) {
    const say = `${from} ${given} to ${to}`;
    assert.deepEqual(cast([given], plain[from], plain[to]), [wanted], say);
    const one = emptyArray([], plain[to], "C", "test");
    one.dtype.access.write(
      one.storage.view,
      one.byteOffset,
      plain[to].access.convert(given, plain[from].kind) as never,
    );
    assert.deepEqual(valuesOf(one), [wanted], `${say}, one element`);
  }
});

test("true is everything but zero, whatever its sign: NaN, and complex numbers with one part", () => {
  const numbers = [NaN, 0, -0, 0.5, 5e-8];
  assert.deepEqual(cast(numbers, plain.float64, plain.bool), [true, false, false, true, true]);
  assert.deepEqual(cast(numbers, plain.float16, plain.bool), [true, false, false, true, true]);
  const complexes = [complex(0, NaN), complex(0, 1), complex(-0, -0), complex(1, 0)];
  assert.deepEqual(cast(complexes, plain.complex64, plain.bool), [true, true, false, true]);
  assert.deepEqual(cast([0n, 2n ** 63n - 2n ** 32n], plain.int64, plain.bool), [false, true]);
});

test("a byte that is neither 0 nor 1 counts as 1 once it is a bool", () => {
  const bytes = line([0, 2, 255], plain.uint8);
  const flags = bytes.retype(bytes.layout, plain.bool);
  for (const to of [plain.int8, plain.int64, plain.float16, plain.float64]) {
    assert.deepEqual(valuesOf(castArray(flags, to, "C", "test")).map(Number), [0, 1, 1], to.name);
  }
  assert.deepEqual(bytesOf(castArray(flags, plain.bool, "C", "test")), [[0], [2], [255]]);
});

test("between any two dtypes, from any layout into any other, elements become what one of them would", () => {
  const dice = new Dice(5);
  for (const from of dtypes) {
    for (const to of dtypes) {
      for (const { name, make } of sweep(from)) {
        const a = make();
        const wanted = valuesOf(a).map((x) => to.access.convert(x, from.kind));
        const b = castArray(a, to, dice.pick(["C", "F", "K"]), "test");
        assert.deepEqual(texts(valuesOf(b)), texts(wanted), `${from} to ${to}, ${name}`);
        // Into something strided as well.
        const wide = emptyArray([...a.shape, 2], to, "C", "test").slice("...", 1);
        castElements(a.shape, placeOf(a), placeOf(wide));
        assert.deepEqual(texts(valuesOf(wide)), texts(wanted), `${from} to stepped ${to}, ${name}`);
      }
    }
  }
});

test("many elements go the same way as a few, dense or not", () => {
  const dice = new Dice(6);
  for (const from of dtypes) {
    for (const to of dtypes) {
      const n = 2500;
      const values = Array.from({ length: n }, (_, k) =>
        from.kind === "b" ? k % 3 === 0 : dice.int(0, 120),
      );
      const dense = line(values, from);
      const wanted = texts(values.map((x) => to.access.convert(x, from.kind)));
      assert.deepEqual(texts(valuesOf(castArray(dense, to, "C", "test"))), wanted, `${from} to ${to}`);
      const backwards = castArray(dense.slice("::-1"), to, "C", "test");
      assert.deepEqual(texts(valuesOf(backwards.slice("::-1"))), wanted, `${from} to ${to}, reversed`);
    }
  }
});

/** Grids of 39000 elements, which are several blocks of a cast, cut from something larger in every way. */
const largeViews: [string, readonly number[], (a: NDArray) => NDArray][] = [
  ["transposed", [260, 150], (a) => transposed(a)],
  ["stepped", [150, 520], (a) => a.slice(":", "::2")],
  ["reversed", [150, 260], (a) => a.slice("::-1", "::-1")],
  ["a window", [160, 300], (a) => a.slice("3:153", "7:267")],
  ["every third row, transposed", [780, 150], (a) => transposed(a.slice("::3"))],
  ["three axes", [30, 26, 50], (a) => a.viewAs(permuted(a))],
];

function transposed(a: NDArray): NDArray {
  const { shape, strides, offset } = a.layout;
  return a.viewAs({ shape: [...shape].reverse(), strides: [...strides].reverse(), offset });
}

function permuted({ layout: { shape, strides, offset } }: NDArray) {
  const order = [1, 2, 0];
  return { shape: order.map((k) => shape[k]!), strides: order.map((k) => strides[k]!), offset };
}

test("grids of many blocks go as dense elements do, from any layout into any order", () => {
  const pairs: [PlainDType, PlainDType][] = [
    ["float64", "float32"],
    ["uint8", "float64"],
    ["float64", "uint8"],
    ["complex128", "complex64"],
    ["int64", "int16"],
    ["float16", "float64"],
  ];
  for (const [from, to] of pairs) {
    for (const [name, shape, cut] of largeViews) {
      const whole = emptyArray(shape, plain[from], "C", "test");
      const bytes = new Uint8Array(whole.storage.buffer, whole.byteOffset, whole.nbytes);
      // All exponents are small, so that nothing is out of range.
      for (let k = 0; k < bytes.length; k++) bytes[k] = (k * 7 + (k >> 9)) % 61;
      const a = cut(whole);
      const inC = castArray(a, a.dtype, "C", "test");
      const wanted = castArray(inC, plain[to], "C", "test");
      for (const order of ["C", "F", "K"] as const) {
        const made = castArray(castArray(a, plain[to], order, "test"), plain[to], "C", "test");
        assert.ok(
          Buffer.from(denseBytes(made)).equals(denseBytes(wanted)),
          `${from} to ${to}, ${name}, ${order}`,
        );
      }
      const wide = emptyArray([...a.shape, 2], plain[to], "C", "test").slice("...", 1);
      castElements(a.shape, placeOf(a), placeOf(wide));
      const made = castArray(wide, plain[to], "C", "test");
      assert.ok(
        Buffer.from(denseBytes(made)).equals(denseBytes(wanted)),
        `${from} to stepped ${to}, ${name}`,
      );
    }
  }
});

function denseBytes(a: NDArray): Uint8Array {
  return new Uint8Array(a.storage.buffer, a.byteOffset, a.nbytes);
}

const struct = (...fields: [string, string, number[]?][]) => toDescriptor(fields);

test("structs are cast field by field, by position and not by name", () => {
  const from = struct(["a", "f8"], ["b", "i2"], ["c", "?"]);
  const to = struct(["b", "u1"], ["a", "f4"], ["x", "c8"]);
  const a = line([{ a: 300.7, b: -3, c: true }, [1, 2, false]], from);
  const [first, second] = valuesOf(castArray(a, to, "C", "test"));
  assert.deepEqual(first, { b: 44, a: -3, x: complex(1) });
  assert.deepEqual(second, { b: 1, a: 2, x: complex(0) });
});

test("a scalar goes into every field, and one field can become a scalar", () => {
  const pair = struct(["a", "i4"], ["b", "u1", [2]]);
  assert.deepEqual(cast([3.7, 259], plain.float64, pair), [
    { a: 3, b: [3, 3] },
    { a: 259, b: [3, 3] },
  ]);
  assert.deepEqual(cast([[5], [6]], struct(["a", "i4"]), plain.float64), [5, 6]);
});

test("casts that there are not say so", () => {
  const pair = struct(["a", "i4"], ["b", "i4"]);
  const refused = (from: Descriptor, to: Descriptor, values: unknown[]) =>
    assert.throws(
      () => cast(values, from, to),
      (error) => isNdError(error, "dtype"),
      `${from} to ${to}`,
    );
  refused(pair, plain.float64, [[1, 2]]);
  refused(pair, struct(["a", "i4"]), [[1, 2]]);
  refused(toDescriptor("V4"), plain.int32, [Uint8Array.of(1, 2, 3, 4)]);
});

// From the shape of one block to that of another, and what becomes of 1, 2, 3, … in the first.
const blocks: [number[], number[], unknown][] = [
  [[3], [2], [1, 2]],
  [[3], [4], [1, 2, 3, 0]],
  [
    [3],
    [2, 3],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  ],
  [[3], [3, 1], [[1], [1], [1]]],
  [[2, 3], [3], [1, 2, 3]],
  [[2, 3], [6], [1, 2, 3, 0, 0, 0]],
  [
    [2, 3],
    [3, 2],
    [
      [1, 2],
      [4, 5],
      [0, 0],
    ],
  ],
  [
    [2, 3],
    [2, 1],
    [[1], [4]],
  ],
  [
    [1],
    [2, 2],
    [
      [1, 1],
      [1, 1],
    ],
  ],
];

test("a block of elements broadcasts into another, is cropped, and is filled up with zeros", () => {
  for (const [from, to, wanted] of blocks) {
    let next = 0;
    const fill = (shape: number[]): unknown =>
      shape.length === 0 ? ++next : Array.from({ length: shape[0]! }, () => fill(shape.slice(1)));
    const given = [fill(from)];
    assert.deepEqual(
      cast([given], struct(["a", "i4", from]), struct(["a", "f8", to])),
      [{ a: wanted }],
      `${from} to ${to}`,
    );
  }
});

test("raw bytes are cut, or followed by zeros", () => {
  const four = toDescriptor("V4");
  const a = line([Uint8Array.of(1, 2, 3, 4)], four);
  assert.deepEqual(bytesOf(castArray(a, toDescriptor("V2"), "C", "test")), [[1, 2]]);
  assert.deepEqual(bytesOf(castArray(a, toDescriptor("V6"), "C", "test")), [[1, 2, 3, 4, 0, 0]]);
  const numbers = line([258, 3], plain.int32);
  assert.deepEqual(bytesOf(castArray(numbers, toDescriptor("V6"), "C", "test")), [
    [2, 1, 0, 0, 0, 0],
    [3, 0, 0, 0, 0, 0],
  ]);
});

test("between fields nothing is written: a view of some fields leaves the others alone", () => {
  const whole = struct(["a", "i4"], ["b", "i4"], ["c", "i4"]);
  const some = toDescriptor({ names: ["a", "c"], formats: ["i4", "i4"], offsets: [0, 8], itemsize: 12 });
  const a = line(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    whole,
  );
  const b = line(
    [
      [7, 8, 9],
      [7, 8, 9],
    ],
    whole,
  );
  castElements([2], { ...placeOf(b), dtype: some }, { ...placeOf(a), dtype: some });
  assert.deepEqual(valuesOf(a), [
    { a: 7, b: 2, c: 9 },
    { a: 7, b: 5, c: 9 },
  ]);
});
