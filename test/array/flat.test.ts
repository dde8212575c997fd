import assert from "node:assert/strict";
import { test } from "node:test";
import { array } from "../../src/array/create.ts";
import { setAt, tolist } from "../../src/array/elements.ts";
import { type FlatIndex, flat } from "../../src/array/flat.ts";
import { complex } from "../../src/dtype/complex.ts";
import { toDescriptor } from "../../src/dtype/parse.ts";
import { plain } from "../../src/dtype/table.ts";
import { type ErrorKind, isNdError } from "../../src/errors.ts";
import { clampSlice, parseSlice } from "../../src/layout/slice.ts";
import { Dice } from "../layout/model.ts";
import { addressesOf, copiesDuring, dtypes, number, own, sweep, texts, valuesOf } from "./model.ts";
// As the edge does: lists and dtypes with fields are read everywhere.
import "../../src/methods/readers.ts";

const grid = () =>
  array(
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
    "int32",
  );

// What NumPy makes of `a.flat[index] = value`.
const written: [index: FlatIndex, value: unknown, wanted: number[]][] = [
  [":", 5, [5, 5, 5, 5, 5, 5]],
  [":", 3.9, [3, 3, 3, 3, 3, 3]],
  [":", [], [0, 1, 2, 3, 4, 5]],
  [":", [300.7], [300, 300, 300, 300, 300, 300]],
  ["...", [1, 2], [1, 2, 1, 2, 1, 2]],
  ["1:5", [7, 8, 9], [0, 7, 8, 9, 7, 5]],
  [
    "1:5",
    [
      [7, 8],
      [9, 10],
      [11, 12],
    ],
    [0, 7, 8, 9, 10, 5],
  ],
  ["5:1:-2", [7, 8, 9], [0, 1, 2, 8, 4, 7]],
  ["::-1", [1, 2], [2, 1, 2, 1, 2, 1]],
  ["2:2", [1], [0, 1, 2, 3, 4, 5]],
  [-1, 9, [0, 1, 2, 3, 4, 9]],
  [2, array(9.9), [0, 1, 9, 3, 4, 5]],
  [":", array(1e20), Array(6).fill(-2147483648)],
  [":", array(complex(3, 4)), [3, 3, 3, 3, 3, 3]],
];

test("writing through the line does what it does in NumPy", () => {
  for (const [index, value, wanted] of written) {
    const a = grid();
    flat(a).set(index, value as never);
    assert.deepEqual(valuesOf(a), wanted, String(index));
  }
});

const refused: [index: unknown, value: unknown, kind: ErrorKind][] = [
  [6, 1, "index"],
  [-7, 1, "index"],
  ["x", 1, "index"],
  [2, [7, 8], "dtype"],
  [2, array([7]), "value"],
  [2, Number.NaN, "value"],
  [":", 2 ** 40, "value"],
  [":", [1, 2 ** 40], "value"],
  [":", complex(1), "dtype"],
  [":", [[1, 2], [3]], "shape"],
];

test("what NumPy refuses is refused, and nothing was written by then", () => {
  for (const [index, value, kind] of refused) {
    const a = grid();
    const say = `${String(index)} = ${String(value)}`;
    assert.throws(
      () => flat(a).set(index as never, value as never),
      (error) => isNdError(error, kind),
      say,
    );
    assert.deepEqual(tolist(a), tolist(grid()), say);
  }
  const frozen = grid();
  frozen.setflags({ write: false });
  assert.throws(() => flat(frozen).set(0, 1), /read-only/);
  assert.throws(() => flat(frozen).set(":", [1]), /read-only/);
});

const ranges = [":", "...", "1:4", "::2", "::-1", "-2:", "5:1:-2", "1:1", "100:", "7:2:-3"] as const;

test("the line of any layout of any dtype is its elements in C order", () => {
  for (const dtype of dtypes) {
    for (const { name, make } of sweep(dtype)) {
      const a = make();
      const all = texts(valuesOf(a));
      const line = flat(a);
      assert.deepEqual([line.length, line.base], [all.length, a], `${dtype}, ${name}`);
      assert.deepEqual(texts([...line]), all, `${dtype}, ${name}`);
      assert.deepEqual(texts(valuesOf(line.copy())), all, `${dtype}, ${name}`);
      for (const k of all.keys())
        assert.deepEqual(texts([line.at(k), line.at(k - all.length)]), [all[k], all[k]]);
      for (const range of ranges) {
        const { start, count, step } = clampSlice(parseSlice(range === "..." ? ":" : range), all.length);
        const wanted = Array.from({ length: count }, (_, k) => all[start + k * step]);
        const taken = line.slice(range);
        assert.deepEqual(texts(valuesOf(taken)), wanted, `${dtype}, ${name}, ${range}`);
        assert.deepEqual([taken.base, taken.flags.owndata, taken.flags.writeable], [null, true, true]);
      }
    }
  }
});

test("any part of any layout is written in C order, the values over and over, as if copied first", () => {
  const dice = new Dice(9);
  for (const dtype of [plain.uint8, plain.int64, plain.complex128]) {
    for (const { name, make } of sweep(dtype)) {
      for (const range of ranges) {
        const a = make();
        // Its own elements, in another order, and sometimes fewer or more of them.
        const views = [a, a.T, a.slice("...", ...(a.ndim > 0 ? ["::-1" as const] : [])), flat(a).slice(":2")];
        const values = dice.pick(views);
        const given = valuesOf(values);
        const { start, count, step } = clampSlice(parseSlice(range === "..." ? ":" : range), a.size);
        const cells = new Map<number, unknown>();
        const line = addressesOf(a);
        for (const [k, at] of line.entries()) cells.set(at, valuesOf(a)[k]);
        if (given.length > 0) {
          for (let k = 0; k < count; k++) cells.set(line[start + k * step]!, given[k % given.length]);
        }
        flat(a).set(range, values);
        assert.deepEqual(
          texts(valuesOf(a)),
          texts(line.map((at) => cells.get(at))),
          `${dtype}, ${name}, ${range}`,
        );
      }
    }
  }
});

test("one position is not a range, and reading one copies nothing", () => {
  assert.throws(() => flat(grid()).slice(1), /1 is one position, not a range; use at\(1\)/);
  assert.throws(() => flat(grid()).at(6), /index 6 is out of bounds for size 6/);
  const a = number(own([3, 3], plain.int32)).T;
  assert.deepEqual(
    copiesDuring(() => flat(a).at(4)),
    [],
  );
  assert.deepEqual(
    copiesDuring(() => flat(a).slice("1:3")),
    ["flat"],
  );
});

test("writing some fields of structs leaves the others alone", () => {
  const dtype = toDescriptor([
    ["a", "i4"],
    ["b", "i4"],
    ["c", "i4"],
  ]);
  const some = toDescriptor({ names: ["a", "c"], formats: ["i4", "i4"], offsets: [0, 8], itemsize: 12 });
  const s = own([2, 2], dtype);
  setAt(s, "...", 1);
  const part = s.retype(s.layout, some);
  for (const [target, range] of [
    [part, ":"],
    [part.T, ":"],
    [part.T, "1:3"],
  ] as const) {
    flat(target).set(range, 1);
    assert.deepEqual(texts(valuesOf(s)), Array(4).fill(JSON.stringify({ a: 1, b: 1, c: 1 })));
  }
  flat(part.T).set("1:3", array([[5, 6]], some));
  assert.deepEqual(
    texts(valuesOf(s)).map((x) => JSON.parse(x).b),
    [1, 1, 1, 1],
  );
  assert.deepEqual(
    texts(valuesOf(s)).map((x) => JSON.parse(x).c),
    [1, 6, 6, 1],
  );
});
