import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

const eq = (got: unknown, expected: unknown): void => assert.deepEqual(got, expected);

function throws(run: () => unknown, kind: abstract new (...given: never[]) => Error, text: RegExp): void {
  assert.throws(run, (e) => e instanceof kind && text.test(e.message), String(text));
}

const S = () =>
  np.array(
    [
      { x: 2, y: 1 },
      { x: 1, y: 2 },
      { x: 1, y: 1 },
    ],
    [
      ["x", "i4"],
      ["y", "f4"],
    ],
  );

test("sort goes along the last axis, another, or through all elements", () => {
  const a = np.array([
    [3, 1],
    [2, 4],
  ]);
  eq(np.sort(a).tolist(), [
    [1, 3],
    [2, 4],
  ]);
  eq(np.sort(a, 0).tolist(), [
    [2, 1],
    [3, 4],
  ]);
  eq(np.sort(a, null).tolist(), [1, 2, 3, 4]);
  eq(np.sort(a.T, { axis: 0 }).strides, [8, 16]);
  eq(np.argsort(a, { axis: 0 }).tolist(), [
    [1, 0],
    [0, 1],
  ]);
  eq(np.argsort(np.array(5)).tolist(), [0]);
  eq(np.sort(np.zeros([0, 3]), 0).shape, [0, 3]);
});

test("NaN come last and zeros keep their order, with every kind", () => {
  const a = np.array([0, NaN, -0, 1, -Infinity, 0]);
  for (const kind of ["quicksort", "mergesort", "heapsort", "stable"] as const) {
    eq(np.sort(a, { kind }).tolist(), [-Infinity, 0, -0, 0, 1, NaN]);
    eq(np.argsort(a, { kind }).tolist(), [4, 0, 2, 5, 3, 1]);
  }
  eq(np.argsort(np.array(a, "float32")).tolist(), [4, 0, 2, 5, 3, 1]);
  eq(np.argsort(np.array(a, "float16")).tolist(), [4, 0, 2, 5, 3, 1]);
});

test("descending order has NaN last and keeps the order of equal elements", () => {
  const a = np.array([1, NaN, 3, 1, -0, 0]);
  eq(np.sort(a, { descending: true }).tolist(), [3, 1, 1, -0, 0, NaN]);
  eq(np.argsort(a, { descending: true }).tolist(), [2, 0, 3, 4, 5, 1]);
  for (const dtype of ["uint8", "int8", "int16", "uint32", "int64"] as const) {
    const b = np.array([5, 100, 0, 7], dtype) as np.NDArray;
    eq((np.sort(b, { descending: true }).tolist() as number[]).map(Number), [100, 7, 5, 0]);
    eq(np.argsort(b, { descending: true }).tolist(), [1, 3, 0, 2]);
  }
  eq(np.argsort(S(), { descending: true }).tolist(), [0, 1, 2]);
});

test("complex numbers are sorted by their parts, those with NaN last", () => {
  const c = np.complex;
  const a = np.array([c(NaN, 1), c(2, NaN), c(1, 2), c(NaN, NaN), c(1, 1), c(1, NaN)]);
  eq(np.argsort(a).tolist(), [4, 2, 5, 1, 0, 3]);
  eq(np.sortComplex(np.array([3, 1], "int16")).dtype.name, "complex64");
  eq(np.sortComplex(np.array([3, 1], "int32")).dtype.name, "complex128");
});

test("structures are sorted field by field, and by those that are named first", () => {
  eq(np.argsort(S()).tolist(), [2, 1, 0]);
  eq(np.argsort(S(), { order: "y" }).tolist(), [2, 0, 1]);
  eq(np.argsort(S(), { order: ["y", "x"] }).tolist(), [2, 0, 1]);
  throws(() => np.sort(S(), { order: "z" }), np.ValueError, /sort: order names an unknown field "z"/);
  throws(() => np.sort(S(), { order: ["x", "x"] }), np.ValueError, /twice/);
  throws(() => np.sort(np.ones(2), { order: "x" }), np.ValueError, /leave it out/);
  throws(() => np.argsort(S(), { order: [1] as never }), np.DTypeError, /order/);
});

test("sorting in place gives nothing, reaches views, and refuses what is read-only", () => {
  const a = np.array([
    [3, 9, 1],
    [2, 9, 0],
  ]);
  eq(a.slice(":", "::2").sort(0), undefined);
  eq(a.tolist(), [
    [2, 9, 0],
    [3, 9, 1],
  ]);
  a.slice("::-1", 0).sort();
  eq(a.slice(":", 0).tolist(), [3, 2]);
  a.setflags({ write: false });
  throws(() => a.sort(), np.ValueError, /sort: .*read-only/);
  throws(() => a.partition(1), np.ValueError, /partition: .*read-only/);
  throws(() => np.array(5).sort(), np.IndexError, /axis -1/);
  throws(() => np.ones(3).sort(null as never), np.ValueError, /axis/);
  eq(a.slice(0).tolist(), [3, 9, 0]);
});

test("what is wrong with a kind or an axis is said", () => {
  throws(() => np.sort(np.ones(2), 1), np.IndexError, /sort: axis 1/);
  throws(() => np.sort(5), np.IndexError, /axis -1/);
  throws(() => np.sort(np.ones(2), { kind: "foo" as never }), np.ValueError, /kind "foo"/);
  throws(() => np.argsort(np.ones(2), { kind: "" as never }), np.ValueError, /argsort: kind/);
  throws(() => np.sort(np.ones(2), { kind: "stable", stable: true }), np.ValueError, /one of them/);
  throws(() => np.sort(np.ones(2), "stable" as never), np.ValueError, /wanted an axis or options/);
  throws(() => np.partition(np.ones(2), 0, { kind: "sort" as never }), np.ValueError, /introselect/);
});

test("partition puts elements where they belong", () => {
  const a = np.array([7, 1, 5, NaN, 2, 9]);
  eq(np.partition(a, 2).at(2), 5);
  eq(np.partition(a, [-1, 0]).slice("::5").tolist(), [1, NaN]);
  eq(a.at(np.argpartition(a, 3).at(3)), 7);
  const big = np.array(Float64Array.from({ length: 5000 }, (_, k) => (k * 7919) % 5000));
  const found = np.partition(big, [10, 2500]);
  eq([found.at(10), found.at(2500)], [10, 2500]);
  assert.ok(np.max(found.slice(":2500")) < 2500 && np.min(found.slice("2501:")) > 2500);
  eq(np.partition(big, 10, { descending: true }).at(10), 4989);
  eq(np.partition(np.zeros([0, 3]), 5).shape, [0, 3]);
});

test("places that are not there are errors", () => {
  const a = np.ones([2, 3]);
  throws(() => np.partition(a, 3), np.ValueError, /kth 3 is out of bounds.*length 3/);
  throws(() => np.partition(a, -4), np.ValueError, /kth -4/);
  throws(() => np.argpartition(a, [0, 5]), np.ValueError, /argpartition: kth 5/);
  throws(() => np.partition(a, 1.5), np.DTypeError, /integer/);
  throws(() => np.partition(a, true as never), np.ValueError, /bool/);
  throws(() => np.partition(a, np.zeros([1, 1], "int32")), np.ValueError, /2 axes/);
});

test("topK finds the largest or the smallest, NaN only where there is nothing else", () => {
  const a = np.array([
    [4, NaN, 7],
    [1, 7, 7],
  ]);
  const [values, positions] = np.topK(a, 2);
  eq(values.tolist(), [
    [7, 4],
    [7, 7],
  ]);
  eq(positions.tolist(), [
    [2, 0],
    [1, 2],
  ]);
  eq(np.topK(a, 1, { axis: 0, mode: "smallest" })[0].tolist(), [[1, 7, 7]]);
  eq(np.topK(a, 3)[0].slice(0).tolist(), [7, 4, NaN]);
  const big = np.array(Float64Array.from({ length: 999 }, (_, k) => (k * 7919) % 999));
  eq(np.topK(big, 3)[0].tolist(), [998, 997, 996]);
  eq([...(np.topK(big, 3, { sorted: false })[0].tolist() as number[])].sort(), [996, 997, 998]);
  eq(np.topK(a, 0)[0].shape, [2, 0]);
  throws(() => np.topK(a, 4), np.ValueError, /topK: k 4 .*length of axis 1/);
  throws(() => np.topK(a, 1, { mode: "most" as never }), np.ValueError, /mode/);
});

test("lexsort goes by the last key first", () => {
  const [first, second] = [np.array([1, 2, 0, 2]), np.array([1, 1, 0, 0])];
  eq(np.lexsort([first, second]).tolist(), [2, 3, 0, 1]);
  eq(np.lexsort(np.array([first.tolist(), second.tolist()] as number[][])).tolist(), [2, 3, 0, 1]);
  eq(np.lexsort([3, 1, 2]).tolist(), 0);
  throws(() => np.lexsort([]), np.DTypeError, /keys/);
  throws(() => np.lexsort([np.ones(2), np.ones(3)]), np.ShapeError, /\(2,\) and \(3,\)/);
  throws(() => np.lexsort([np.ones(2)], 1), np.IndexError, /lexsort: axis 1/);
});

test("searchsorted finds places before and behind equal elements", () => {
  const a = np.array([1, 2, 2, 3]);
  eq(np.searchsorted(a, 2), 1);
  eq(np.searchsorted(a, 2, "right"), 3);
  eq(
    a
      .searchsorted(
        np.array([
          [0, 9],
          [2, 3],
        ]),
      )
      .tolist(),
    [
      [0, 4],
      [1, 3],
    ],
  );
  eq(np.searchsorted(np.array([3, 1, 2]), 2.5, { sorter: [1, 2, 0] }), 2);
  eq(np.searchsorted(np.array([]), 1), 0);
  eq(np.searchsorted(np.array([1, NaN]), NaN), 1);
  eq(np.searchsorted(np.array([2n ** 53n, 2n ** 53n + 1n]), 2n ** 53n + 1n), 1);
  eq(np.searchsorted(np.array([1, 2], "uint64"), -1), 0);
  eq(np.searchsorted(np.array([1n, 2n ** 63n + 1n]), 2n ** 63n), 1);
});

test("what is too long to be worked on is an error, and is still searched for one number", () => {
  const huge = np.broadcastTo(np.zeros(1), [2 ** 33]);
  eq(np.searchsorted(huge, 0, "right"), 2 ** 33);
  throws(() => np.searchsorted(huge, np.zeros(1)), np.ValueError, /searchsorted: no memory/);
  throws(() => np.topK(huge, 1), np.ValueError, /topK: no memory/);
  throws(() => np.isin(1, huge), np.ValueError, /isin: no memory/);
});

test("what cannot be searched is an error", () => {
  const a = np.array([1, 2, 3]);
  throws(() => np.searchsorted(np.ones([1, 2]), 1), np.ShapeError, /searchsorted: a must have one axis/);
  throws(() => np.searchsorted(5, 1), np.ShapeError, /one axis/);
  throws(() => np.searchsorted(a, 1, "middle" as never), np.ValueError, /side "middle"/);
  throws(() => np.searchsorted(a, 1, { sorter: [0, 1] }), np.ValueError, /2 positions for 3/);
  throws(() => np.searchsorted(a, 1, { sorter: [0, 1, 3] }), np.ValueError, /position 3/);
  throws(() => np.searchsorted(a, 1, { sorter: [0, -1, 1] }), np.ValueError, /position -1/);
  throws(() => np.searchsorted(a, 1, { sorter: np.ones(3) }), np.DTypeError, /sorter/);
  throws(() => np.searchsorted(a, 1, { sorter: np.ones([1, 3], "int32") }), np.ShapeError, /sorter/);
});

test("digitize takes bins that rise or fall", () => {
  const x = np.array([0.5, 1, 2.5, 9]);
  eq(np.digitize(x, np.array([1, 2, 3])).tolist(), [0, 1, 2, 3]);
  eq(np.digitize(x, np.array([1, 2, 3]), true).tolist(), [0, 0, 2, 3]);
  eq(np.digitize(x, np.array([3, 2, 1])).tolist(), [3, 2, 1, 0]);
  eq(np.digitize(2, np.array([3, 2, 1]), { right: true }), 2);
  throws(() => np.digitize(x, np.array([1, 3, 2])), np.ValueError, /rise or fall/);
  throws(() => np.digitize(x, np.array([1, NaN, 2])), np.ValueError, /rise or fall/);
  throws(() => np.digitize(np.array([np.complex(1, 1)]), np.ones(1)), np.DTypeError, /x must be real/);
  throws(() => np.digitize(x, np.ones([1, 1])), np.ShapeError, /bins must have one axis/);
});

test("lines of any length are sorted, also of the same elements, sorted ones and turned ones", () => {
  for (const n of [1, 2, 19, 20, 21, 160, 161, 599, 601, 899, 900, 901, 3000]) {
    const rising = Array.from({ length: n }, (_, k) => k - (n >> 1));
    const lists = [rising, [...rising].reverse(), rising.map(() => 3), rising.map((_, k) => (k * 7919) % 11)];
    for (const list of lists) {
      const wanted = [...list].sort((a, b) => a - b);
      const order = list.map((_, k) => k).sort((a, b) => list[a]! - list[b]! || a - b);
      for (const dtype of ["float64", "float32", "int64", "int16"] as const) {
        const a = np.array(np.array(list), dtype) as np.NDArray;
        eq((np.sort(a).tolist() as number[]).map(Number), wanted);
        eq(np.argsort(a).tolist(), order);
      }
    }
  }
});

test("an inner scope does not change what is sorted", () => {
  const a = np.array(Float64Array.from({ length: 500 }, (_, k) => (k * 7919) % 500));
  const sorted = np.scope(() => np.sort(np.add(np.sort(a), 1)));
  eq(
    sorted.tolist(),
    Array.from({ length: 500 }, (_, k) => k + 1),
  );
});
