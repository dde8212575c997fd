import { strictEqual } from "node:assert/strict";
import { test } from "node:test";
import type { PlainDType } from "../../src/dtype/table.ts";
import { plain } from "../../src/dtype/table.ts";
import * as np from "../../src/index.ts";

// Elements go piece by piece, block by block, or by a loop of the runtime, and become the same as one by one.

const dtypes = Object.keys(plain) as PlainDType[];
/** A prime, so that the values fall on all places of a group. */
const PERIOD = 37;
const special = [
  ...[0, -0, Number.NaN, Infinity, -Infinity, 0.5, -0.5, 1.9, -1.9, 127.5, 128, -129, 255.5, 256, 300, -1],
  ...[
    32768,
    -32769,
    65504,
    65520,
    65536,
    2 ** 31 - 0.5,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 32,
    2 ** 51,
    -(2 ** 52),
  ],
  ...[2 ** 53, 2 ** 63, -(2 ** 63), 2 ** 64, 1e300, 5e-324, 1e-46, 2 ** -24, 2 ** -25, -3e-8],
];

/** What is cast: special floats in most lines, small numbers alone in others. */
function period(from: PlainDType, tame: boolean): np.NDArray {
  const values = Float64Array.from({ length: PERIOD }, (_, k) => (tame ? k * 3 - 40.5 : special[k]!));
  const reals = np.array(values).astype(from);
  if (plain[from].kind !== "c" || tame) return reals;
  const pairs = np.array(Float64Array.from({ length: 2 * PERIOD }, (_, k) => special[(k * 5) % PERIOD]!));
  return pairs.view("complex128").astype(from);
}

const bytes = (a: np.NDArray) => Buffer.from(a.tobytes()).toString("latin1");

/** The first `n` elements of a period again and again, as bytes. */
function again(one: np.NDArray, n: number): string {
  const all = bytes(one).repeat(Math.ceil(n / PERIOD));
  return all.slice(0, n * one.itemsize);
}

for (const tame of [false, true]) {
  test(`lines of every length become what their ${tame ? "small " : ""}elements become alone`, () => {
    for (const from of dtypes) {
      const one = period(from, tame);
      for (const n of [1, 17, 1023, 1025, 2049, 8200]) {
        const line = np.resize(one, [n]);
        for (const to of dtypes) {
          const wanted = again(one.astype(to), n);
          const name = `${n} ${from} to ${to}`;
          strictEqual(bytes(line.astype(to)) === wanted, true, name);
          // Not aligned, and inside memory of which nothing else may change.
          const room = np.full([n * plain[to].itemsize + 9], 7, "uint8");
          const out = np.frombuffer(room.data, to, { offset: 3, count: n });
          np.copyto(out, line, { casting: "unsafe" });
          strictEqual(bytes(out) === wanted, true, `${name}, not aligned`);
          const edge = bytes(room);
          strictEqual(edge.slice(0, 3) + edge.slice(-6), "\x07".repeat(9), `${name}, around`);
        }
      }
    }
  });
}

test("lines that are in no cache become what their elements become alone", () => {
  const pairs: [PlainDType, PlainDType, number][] = [
    ["float64", "uint8", 1 << 19],
    ["float64", "int64", 1 << 16],
    ["complex128", "complex64", 1 << 16],
    ["int64", "float16", 1 << 18],
    ["uint64", "complex128", 1 << 15],
    ["float64", "float32", 1 << 17],
  ];
  for (const [from, to, limit] of pairs) {
    const one = period(from, false);
    for (const n of [limit - 1, limit, limit + 8193]) {
      const line = np.resize(one, [n]);
      const wanted = again(one.astype(to), n);
      strictEqual(bytes(line.astype(to)) === wanted, true, `${n} ${from} to ${to}`);
      const out = np.full([n + 2], 1, to);
      np.copyto(out.slice("1:-1"), line, { casting: "unsafe" });
      strictEqual(bytes(out.slice("1:-1")) === wanted, true, `${n} ${from} to ${to}, apart`);
      strictEqual(`${out.at(0)} ${out.at(-1)}`, `${np.full([1], 1, to).at(0)} ${np.full([1], 1, to).at(0)}`);
    }
  }
});

test("grids of every layout become what their elements become alone", () => {
  const layouts: [string, (shape: number[]) => number[], (a: np.NDArray) => np.NDArray][] = [
    ["transposed", ([r, c]) => [c!, r!], (a) => a.T],
    ["stepped", ([r, c]) => [r!, 2 * c!], (a) => a.slice(":", "::2")],
    ["reversed", (shape) => shape, (a) => a.slice("::-1", "::-1")],
    ["rows apart", ([r, c]) => [r!, c! + 3], (a) => a.slice(":", "1:-2")],
    ["turned and stepped", ([r, c]) => [2 * c!, r!], (a) => a.T.slice(":", "::-2")],
  ];
  for (const from of dtypes) {
    const one = period(from, false);
    for (const shape of [
      [2, 5],
      [25, 40],
      [64, 33],
      [3, 700],
      [700, 3],
    ]) {
      for (const [name, outer, cut] of layouts) {
        const a = cut(np.resize(one, outer(shape)));
        const line = np.copy(a, "C").ravel();
        for (const to of dtypes) {
          const wanted = bytes(line.astype(to));
          const told = `${name} ${shape.join("x")} ${from} to ${to}`;
          strictEqual(bytes(a.astype(to)) === wanted, true, told);
          const out = np.zeros([shape[1]!, shape[0]!], to);
          np.copyto(out.T, a, { casting: "unsafe" });
          strictEqual(bytes(out.T) === wanted, true, `${told}, turned`);
          strictEqual(bytes(np.scope(() => np.copy(a).astype(to))) === wanted, true, `${told}, in a scope`);
        }
      }
    }
  }
});

test("the strides of a cast in memory order are NumPy's, also of axes of length 1", () => {
  const a = np.zeros([4, 1, 3]);
  strictEqual(a.T.astype("float32").strides.join(), "4,12,12");
  strictEqual(a.slice(":", ":", "::2").astype("int8").strides.join(), "2,2,1");
  strictEqual(
    np
      .asStrided(a, { shape: [3, 1], strides: [8, 800] })
      .astype("float32")
      .strides.join(),
    "4,4",
  );
});
