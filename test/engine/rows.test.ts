import assert from "node:assert/strict";
import test from "node:test";
import type { NDArray } from "../../src/index.ts";
import * as np from "../../src/index.ts";

// What goes past the driver must give what the driver gives: operands of every layout and length against copies that are
// computed under errstate, where everything goes the long way.

const DTYPES = ["float64", "float32", "uint8", "int16", "int32", "int64", "complex128"] as const;
/** Around what loops copy, what a vector holds, and what a piece holds. */
const LENGTHS = [1, 2, 3, 7, 16, 33, 64, 130, 520, 1025, 2100, 17000];

/** One axis cut from more memory than it needs: [name, the memory that it takes, the cut]. */
const LINES: [string, (n: number) => number, (x: NDArray, n: number) => NDArray][] = [
  ["a row", (n) => n, (x) => x],
  ["a window", (n) => n + 3, (x, n) => x.slice(`3:${n + 3}` as ":")],
  ["stepped", (n) => 2 * n, (x) => x.slice("::2")],
  ["stepped far", (n) => 7 * n, (x) => x.slice("::7")],
  ["reversed", (n) => n, (x) => x.slice("::-1")],
  ["one element", () => 1, (x, n) => np.broadcastTo(x, [n])],
  ["one element of a row of one", () => 4, (x, n) => np.broadcastTo(x.slice("::-2").slice(":1"), [n])],
];

/** Planes of 6 by 5. */
const PLANES: [string, (x: NDArray) => NDArray][] = [
  ["rows", (x) => np.reshape(x.slice(":30"), [6, 5])],
  ["columns", (x) => np.reshape(x.slice(":30"), [5, 6]).T],
  ["stepped", (x) => np.reshape(x.slice(":60"), [6, 10]).slice(":", "::2")],
  ["turned over", (x) => np.reshape(x.slice(":30"), [6, 5]).slice("::-1", "::-1")],
  ["a row for all", (x) => x.slice(":5")],
  ["a column for all", (x) => np.reshape(x.slice(":6"), [6, 1])],
  ["one for all", (x) => np.reshape(x.slice(3, null), [1, 1]).slice("::-1", "::-1")],
];

function numbers(n: number, dtype: (typeof DTYPES)[number]): NDArray {
  return np.astype(np.array(Float64Array.from({ length: n }, (_, k) => ((k * 7) % 23) + 1)), dtype);
}

/** The same by the long way. */
const slowly = (fn: () => NDArray) => np.errstate({ all: "call" }, fn);

function checkAll(a: NDArray, b: NDArray, text: string): void {
  const sum = slowly(() => np.add(np.copy(a), np.copy(b)));
  const same = (x: NDArray, what: string) => assert.deepEqual(x.tolist(), sum.tolist(), `${what}: ${text}`);
  same(np.add(a, b), "fresh");
  const out = np.emptyLike(sum);
  same(np.add(a, b, out), "out");
  assert.deepEqual(np.add(a, b).strides, slowly(() => np.add(a, b)).strides, `strides: ${text}`);
  np.scope(() => {
    same(np.add(a, b), "in a scope");
    same(np.add(np.add(a, 0), np.add(b, 0)), "of a scope");
  });
}

for (const dtype of DTYPES) {
  test(`lines of ${dtype}`, () => {
    for (const n of LENGTHS) {
      const made = LINES.map(([name, room, cut]) => [name, cut(numbers(room(n), dtype), n)] as const);
      for (const [p, a] of made) for (const [q, b] of made) checkAll(a, b, `${n} of ${p}, ${q}`);
      for (const [p, a] of made) {
        const want = slowly(() => np.multiply(np.copy(a), 3)).tolist();
        assert.deepEqual(np.multiply(a, 3).tolist(), want, `${n} of ${p}, and a number`);
        assert.deepEqual(np.multiply(3, a).tolist(), want, `a number and ${n} of ${p}`);
        assert.deepEqual(np.square(a).tolist(), slowly(() => np.square(np.copy(a))).tolist(), `${n} of ${p}`);
      }
    }
  });

  test(`planes of ${dtype}`, () => {
    const made = PLANES.map(([name, cut]) => [name, cut(numbers(60, dtype))] as const);
    for (const [p, a] of made) for (const [q, b] of made) checkAll(a, b, `${p}, ${q}`);
  });
}

test("a result that shares memory with operands is that of copies", () => {
  for (const n of [5, 40, 3000, 20000]) {
    const cuts: ((x: NDArray) => NDArray)[] = [
      (x) => x.slice(`:${n}` as ":"),
      (x) => x.slice(`1:${n + 1}` as ":"),
      (x) => x.slice(`:${2 * n}:2` as ":"),
      (x) => x.slice(`${n - 1}::-1` as ":"),
    ];
    for (const first of cuts) {
      for (const second of cuts) {
        for (const last of cuts) {
          const x = numbers(2 * n + 2, "int32");
          const [a, b, out] = [first(x), second(x), last(x)];
          const want = np.add(np.copy(a), np.copy(b)).tolist();
          assert.deepEqual(np.add(a, b, out).tolist(), want, String(n));
        }
      }
    }
  }
});

test("a number met again is not the one before", () => {
  const a = np.arange(5, "float64");
  const ints = np.arange(5, "int32");
  for (const value of [0, -0, 1, 1.5, 1]) {
    assert.deepEqual(np.copysign(1, np.add(np.multiply(a, 0), value)).at(0), 1, "sum");
    assert.equal(np.copysign(np.add(a, 1), value).at(0), Object.is(value, -0) ? -1 : 1);
  }
  assert.deepEqual([np.add(ints, 1).at(1), np.add(a, 1).at(1), np.add(ints, 1).at(1)], [2, 2, 2]);
  assert.throws(() => np.add(np.zeros(3, "uint8"), 300), /out of bounds/);
  assert.deepEqual(np.add(np.zeros(3, "uint8"), 3).tolist(), [3, 3, 3]);
});
