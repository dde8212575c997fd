import assert from "node:assert/strict";
import { test } from "node:test";
import { frombuffer } from "../../src/array/adopt.ts";
import { fill } from "../../src/array/assign.ts";
import { array } from "../../src/array/create.ts";
import { setAt, tolist } from "../../src/array/elements.ts";
import { empty, full, ones, zeros } from "../../src/array/filled.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { complex } from "../../src/dtype/complex.ts";
import { type PlainDType, plain } from "../../src/dtype/table.ts";
import { isNdError } from "../../src/errors.ts";
import { dtypes } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const point = [
  ["x", "f4"],
  ["y", "?"],
] as const;

test("a fresh array has the shape, dtype, strides and values asked for", () => {
  const facts: [a: NDArray, name: string, strides: number[], values: unknown][] = [
    [zeros(2), "float64", [8], [0, 0]],
    [zeros([]), "float64", [], 0],
    [zeros([2, 0]), "float64", [0, 0], [[], []]],
    [
      zeros([2, 3], "int8"),
      "int8",
      [3, 1],
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
    [
      zeros([2, 3], { dtype: "int64", order: "F" }),
      "int64",
      [8, 16],
      [
        [0n, 0n, 0n],
        [0n, 0n, 0n],
      ],
    ],
    [zeros(1, "bool"), "bool", [1], [false]],
    [zeros(1, point), "void40", [5], [{ x: 0, y: false }]],
    [
      zeros(2, ["f4", [2]]),
      "float32",
      [8, 4],
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      zeros(2, { dtype: ["f4", [2]], order: "F" }),
      "float32",
      [4, 8],
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [empty([1, 2]), "float64", [16, 8], [[0, 0]]],
    [ones([2], "complex64"), "complex64", [8], [complex(1), complex(1)]],
    [ones(1, point), "void40", [5], [{ x: 1, y: true }]],
    [ones(1, ["u1", [2]]), "uint8", [2, 1], [[1, 1]]],
    [full(2, 7), "float64", [8], [7, 7]],
    [full(2, 7n), "int64", [8], [7n, 7n]],
    [full(1, true), "bool", [1], [true]],
    [
      full([2, 2], [1, 2]),
      "float64",
      [16, 8],
      [
        [1, 2],
        [1, 2],
      ],
    ],
    [
      full([2, 2], [[1], [2]], { dtype: "uint8", order: "F" }),
      "uint8",
      [1, 2],
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [full(1, { x: 1, y: 2 }, point), "void40", [5], [{ x: 1, y: true }]],
    [full(2, array([300, -1]), "uint8"), "uint8", [1], [44, 255]],
    [full(2, array([[[1, 2]]])), "float64", [8], [1, 2]],
    [full(2, new Uint16Array([300, 2]), "uint8"), "uint8", [1], [44, 2]],
  ];
  for (const [a, name, strides, values] of facts) {
    assert.deepEqual([a.dtype.name, a.strides, tolist(a)], [name, strides, values]);
    assert.ok(a.flags.owndata && a.flags.writeable);
  }
});

test("every dtype has its zero and its one", () => {
  for (const d of dtypes) {
    assert.deepEqual(tolist(zeros(1, d)), [d.access.coerce(0)]);
    assert.deepEqual(tolist(ones(1, d)), [d.access.coerce(1)]);
  }
});

test("a shape that cannot be is refused before memory is taken", () => {
  const facts: [shape: unknown, kind: "shape" | "value", text: RegExp][] = [
    [-1, "shape", /length -1 of axis 0 is negative/],
    [[2, 1.5], "shape", /length 1.5 of axis 1 is not an integer/],
    [[Number.NaN], "shape", /NaN/],
    [[Number.POSITIVE_INFINITY], "shape", /Infinity/],
    [["3"], "shape", /not an integer/],
    ["3", "shape", /zeros: "3" is no shape/],
    [3n, "shape", /zeros: the bigint 3n is no shape/],
    [null, "shape", /zeros: null is no shape/],
    [[1e6, 1e6, 1e6], "shape", /too big/],
    [[2 ** 40, 0, 2 ** 40], "shape", /too big/],
    [new Array(65).fill(1), "shape", /65 axes/],
    [[1e5, 1e6], "value", /zeros: no memory for 800000000000 bytes/],
  ];
  for (const [shape, kind, text] of facts) {
    assert.throws(
      () => zeros(shape as number[]),
      (error) => isNdError(error, kind) && text.test(error.message),
      String(text),
    );
  }
  assert.throws(() => zeros(1, { order: "K" as "C" }), /order "K" is neither/);
  assert.throws(() => full(2, 300, "uint8"), /full: 300 is out of bounds for uint8/);
  assert.throws(() => full(2, [1, 2, 3]), /could not broadcast/);
});

test("the shape given is not kept, and -0 is 0", () => {
  const shape = [2, 3];
  const a = zeros(shape);
  shape[0] = 9;
  assert.deepEqual(a.shape, [2, 3]);
  assert.ok(Object.is(zeros([-0]).shape[0], 0));
});

test("every element is the value, however many there are", () => {
  for (const name of Object.keys(plain) as PlainDType[]) {
    const dtype = plain[name];
    const one = Buffer.alloc(dtype.itemsize);
    const view = new DataView(one.buffer, one.byteOffset, one.length);
    dtype.access.write(view, 0, dtype.access.convert(1) as never);
    for (const n of [0, 1, 2, 3, 7, 511, 1024, 1025, 4097, 9001]) {
      for (const a of [ones(n, name), ones([n, 2], { dtype: name, order: "F" })]) {
        const bytes = Buffer.from(a.storage.buffer, a.storage.origin + a.layout.offset, a.nbytes);
        assert.ok(bytes.equals(Buffer.alloc(a.nbytes, one)), `${a.shape} ${name}`);
      }
    }
  }
  for (const value of [0, -0, 0.1, Number.NaN, -Infinity]) {
    for (const n of [1, 5, 1000])
      assert.ok((full(n, value).data as Float64Array).every((x) => Object.is(x, value)));
  }
});

test("an array that lies in one piece is filled, and nothing beside it", () => {
  for (const name of Object.keys(plain) as PlainDType[]) {
    const { access, itemsize } = plain[name];
    const one = Buffer.alloc(itemsize);
    access.write(new DataView(one.buffer, one.byteOffset, itemsize), 0, access.convert(1) as never);
    for (const n of [0, 1, 3, 31, 512, 513, 1025, 3000]) {
      // Behind a byte more the elements are not aligned.
      for (const start of [itemsize, itemsize + 1]) {
        const buffer = Buffer.alloc((n + 2) * itemsize + 1, 0xa5);
        const a = frombuffer(buffer, name, { offset: start, count: n });
        const wanted = Buffer.from(buffer);
        Buffer.alloc(n * itemsize, one).copy(wanted, start);
        fill(a, name === "bool" ? true : /^u?int64$/.test(name) ? 1n : 1);
        assert.ok(buffer.equals(wanted), `${n} ${name} from byte ${start}`);
        buffer.fill(0xa5, start, start + n * itemsize);
        setAt(a, ["..."], 1);
        assert.ok(buffer.equals(wanted), `${n} ${name} from byte ${start}, set`);
      }
    }
  }
  const grid = zeros([4, 5], "int16");
  setAt(grid, [1, "..."], 7);
  setAt(grid, [":", 0], 3);
  assert.deepEqual(tolist(grid), [
    [3, 0, 0, 0, 0],
    [3, 7, 7, 7, 7],
    [3, 0, 0, 0, 0],
    [3, 0, 0, 0, 0],
  ]);
});

test("what must not be written is not filled", () => {
  const a = zeros(3);
  a.flags.writeable = false;
  assert.throws(() => fill(a, 1), /fill: .*read-only/);
  assert.throws(() => setAt(a, ["..."], 1), /set: .*read-only/);
  assert.throws(() => fill(zeros(3, "uint8"), 256), /256 is out of bounds/);
  assert.deepEqual(tolist(a), [0, 0, 0]);
});
