import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { skip } from "./against-numpy.ts";
import { differences, type GridCase, inLayouts } from "./grid-cases.ts";

test("piecewise goes by cases, and the last piece may stand for the rest", () => {
  const x = np.arange(6);
  const low = np.less(x, 2);
  assert.deepEqual(np.piecewise(x, [low], [-1]).tolist(), [-1, -1, 0, 0, 0, 0]);
  assert.deepEqual(np.piecewise(x, low, [-1, (v) => np.multiply(v, 10)]).tolist(), [-1, -1, 20, 30, 40, 50]);
  const scaled = np.piecewise(x, [low], [((v: np.NDArray, by: number) => np.multiply(v, by)) as never, 0], 7);
  assert.deepEqual(scaled.tolist(), [0, 7, 0, 0, 0, 0]);
  assert.deepEqual(np.piecewise(3, true, [5]).tolist(), 5);
  let calls = 0;
  np.piecewise(x, [np.zeros(6, "bool")], [() => calls++]);
  assert.equal(calls, 0);
  assert.throws(() => np.piecewise(x, [low, low], [1]), /2 conditions take 2 or 3 functions, given 1/);
  assert.throws(() => np.piecewise(x, [[true, false]], [1]), np.IndexError);
  assert.throws(() => np.piecewise(x, [low, [true]], [1, 2]), np.ShapeError);
  assert.throws(() => np.piecewise(x, [], [1]), np.IndexError);
  assert.throws(() => np.piecewise(x, [low], [() => [1, 2, 3]]), np.ShapeError);
});

test("piecewise takes elements with fields whole", () => {
  const s = np.array(
    [
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ],
    [
      ["x", "f4"],
      ["y", "u1"],
    ],
  );
  const turned = np.piecewise(s, [[true, false]], [s.slice(1)]);
  assert.deepEqual(turned.tolist(), [
    { x: 3, y: 4 },
    { x: 0, y: 0 },
  ]);
});

test("applyAlongAxis hands lines on as views, and arguments behind them", () => {
  const a = np.arange(6).reshape(2, 3);
  const seen: unknown[] = [];
  const sums = np.applyAlongAxis(
    ((line: np.NDArray, by: number) => {
      seen.push(np.sharesMemory(line, a));
      return (np.sum(line) as number) * by;
    }) as never,
    -1,
    a,
    2,
  );
  assert.deepEqual(
    [sums.tolist(), seen],
    [
      [6, 24],
      [true, true],
    ],
  );
  assert.equal(np.applyAlongAxis(() => 3n, 0, a).dtype.name, "int64");
  assert.throws(() => np.applyAlongAxis(() => 1, 0, np.zeros([3, 0])), np.ValueError);
  assert.throws(() => np.applyAlongAxis(() => 1, 2, a), np.IndexError);
  assert.throws(() => np.applyAlongAxis(5 as never, 0, a), np.ValueError);
  assert.throws(() => np.applyAlongAxis((v) => v.slice(v.at(0) === 0 ? ":1" : ":2"), 1, a), np.ShapeError);
});

test("applyOverAxes keeps the number of axes", () => {
  const a = np.ones([2, 3, 4]);
  assert.deepEqual(np.applyOverAxes(np.sum, a, [0, -1]).tolist(), [[[8], [8], [8]]]);
  assert.deepEqual(np.applyOverAxes((x) => x, a, [0, 1]).shape, [2, 3, 4]);
  assert.throws(() => np.applyOverAxes(() => 1, a, 0), np.ShapeError);
  assert.throws(() => np.applyOverAxes(np.sum, a, [3]), np.IndexError);
});

test("a vectorized function says what it was made of", () => {
  const fn = (x: number, y: number): number => x + y;
  const f = np.vectorize(fn, { otypes: ["float32", "float64"], excluded: [1], cache: true });
  assert.equal(f.pyfunc, fn);
  assert.deepEqual(f.otypes?.map(String), ["float32", "float64"]);
  assert.deepEqual([...f.excluded], [1]);
  assert.deepEqual([f.cache, f.signature], [true, null]);
  assert.equal(np.vectorize(fn, { signature: "(n)->()" }).signature, "(n)->()");
  assert.equal(np.vectorize(fn).otypes, null);
  assert.throws(() => np.vectorize(() => 1, { signature: "(n)->(),()" })([1]), /wanted a list of 2 results/);
});

function cases(): GridCase[] {
  const all: GridCase[] = [];
  for (const dtype of ["float64", "int16", "bool", "complex64", "float16", "uint64"] as const) {
    for (const { a } of inLayouts(dtype, 7)) {
      const arrays = [a];
      all.push(
        {
          arrays,
          call: "np.piecewise(a[0], [a[0] != 3, a[0] == 5], [lambda v: v[::-1], 2, 1])",
          run: (x) => np.piecewise(x, [np.notEqual(x, 3), np.equal(x, 5)], [(v) => v.slice("::-1"), 2, 1]),
        },
        {
          arrays,
          call: "np.piecewise(a[0], [[True, False]], [7, lambda v: v[:, ::-1]])",
          run: (x) => np.piecewise(x, [[true, false]], [7, (v) => v.slice(":", "::-1")]),
        },
        {
          arrays,
          narrow: false,
          call: "np.apply_along_axis(lambda v: v[::-1], 1, a[0])",
          run: (x) => np.applyAlongAxis((v) => v.slice("::-1"), 1, x),
        },
        {
          arrays,
          call: "np.apply_along_axis(lambda v: v[:1, None] == v[None, :2], -1, a[0])",
          run: (x) => np.applyAlongAxis((v) => np.equal(v.slice(":1", null), v.slice(null, ":2")), -1, x),
        },
        {
          arrays,
          call: "np.apply_along_axis(lambda v: v.max(), 0, a[0])",
          run: (x) => np.applyAlongAxis((v) => np.max(v, { axis: 0 }), 0, x),
        },
        {
          arrays,
          narrow: false,
          strides: false,
          call: "np.apply_over_axes(np.max, a[0], [0, -1])",
          run: (x) => np.applyOverAxes((v, axis) => np.max(v, axis), x, [0, -1]),
        },
      );
    }
  }
  return all;
}

test("functions applied by cases and along axes give what NumPy gives", { skip }, () => {
  assert.deepEqual(differences(cases()), []);
});
