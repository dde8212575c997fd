import assert from "node:assert/strict";
import { test } from "node:test";
import { observeMemory } from "../../src/array/allocate.ts";
import * as np from "../../src/index.ts";
import { layouts, pair } from "../sweep/layouts.ts";

// What `out[...] = …` writes is what the value copied into out would be, wherever out lies.

const texts = [
  "x + y",
  "-x",
  "x * 2 + 1",
  "(x - y) / 3",
  "(x + 1) * (y - 2) + x",
  "(x - m) / (s + 1)",
  "np.sqrt(np.abs(x)) + r",
  "x ** 2 - y",
  "x < y",
  "(x > 3) | (y < 5)",
  "x // 3 + y % 4",
  "m * 2 + s",
  "(x ** p) * 2 + 1",
];

const compiled = texts.map((text) => ({
  text,
  value: np.py.compile<unknown>(text),
  assign: np.py.compile<unknown>(`out[...] = ${text}`),
}));

/** Small operands beside x: a row, a column, an array of one element and one of no axes. */
function others(x: np.NDArray): Record<string, unknown> {
  const last = x.shape.at(-1) ?? 1;
  const small = x.dtype.kind === "f" ? "float64" : "int64";
  return {
    m: np.arange(last, small),
    s: np.full(
      x.shape.map((n, k) => (k === x.ndim - 1 ? 1 : n)),
      2,
      { dtype: small },
    ),
    r: np.array(3, { dtype: small }),
    p: np.full(x.shape, 2, { dtype: "int8" }),
  };
}

function outcome(run: () => unknown, out: np.NDArray): unknown {
  let error = "";
  try {
    run();
  } catch (problem) {
    error = String(problem).split("\n")[0]!;
  }
  return [error, String(out.dtype), np.ascontiguousarray(out).copy().tolist()];
}

test("assignments of expressions are those of their values, in every layout and dtype", () => {
  for (const dtype of ["float64", "float32", "int32", "int64", "uint8", "float16", "complex128", "bool"]) {
    for (const layout of Object.keys(layouts)) {
      const { strided: x, dense } = pair(layout, dtype);
      const y = np.array(dense);
      const given = { x, y, ...others(x) };
      for (const { text, value, assign } of compiled) {
        for (const type of new Set([dtype, text.includes("<") ? "bool" : "float64"])) {
          const make = () => np.ones(x.shape, { dtype: type as "float64" });
          const [a, b] = [make(), make()];
          const wanted = outcome(
            () => np.copyto(b, np.asarray(value(given) as np.NDArray), { casting: "unsafe" }),
            b,
          );
          const found = outcome(() => assign({ ...given, out: a }), a);
          // What cannot be computed leaves out as it was.
          assert.deepEqual(
            (found as unknown[]).slice(1),
            (wanted as unknown[]).slice(1),
            `${text}, ${layout}, ${dtype} into ${type}`,
          );
          assert.equal(
            (found as string[])[0] === "",
            (wanted as string[])[0] === "",
            `${text}, ${layout}, ${dtype}`,
          );
        }
      }
    }
  }
});

test("what is written may be read: as a whole, in part, in another order and in rows that are repeated", () => {
  const ways = [
    "a[...] = (a - a.mean(axis=0)) / (a.std(axis=0) + 1)",
    "a[...] = (a + a.T) * 2 - a[::-1]",
    "a[...] = a.T + 1",
    "a[...] = a * 2 + a[0]",
    "a[...] = a[:, ::-1] - a[0]",
    "a[:] = a[0] * a[:, :1] + a",
    "a[...] = a + a",
    "b = a[::2]\nb[...] = b * 2 + a[1::2]",
    "b = a[1:]\nb[...] = b * 2 + a[:-1]",
    "b = a[:, 1:]\nb[...] = b * a[:, :-1] - 1",
    "b = a.T\nb[...] = b * 2 + a",
    "b = a[0]\nb[...] = b * 2 + a[:, 0]",
  ];
  for (const n of [4, 60, 300]) {
    for (const way of ways) {
      const start = np.multiply(np.sin(np.arange(n * n, "float64")), 8).reshape([n, n]);
      const [a, b] = [start.copy(), start.copy()];
      np.py.compile(way)({ a });
      // The value in a variable first, so that it is computed into memory of its own.
      const [before, last] = way.includes("\n") ? (way.split("\n") as [string, string]) : ["0", way];
      const [target, value] = last.split(" = ") as [string, string];
      np.py.compile(`${before}\nvalue = ${value}\n${target} = value + 0`)({ a: b });
      assert.deepEqual(a.tolist(), b.tolist(), `${way}, ${n}`);
    }
  }
});

test("what is stretched, and what is done beforehand, takes no memory for the whole", () => {
  const x = np.arange(6000, "float64").reshape([100, 60]);
  const [mean, deviation, out] = [np.ones([60]), np.full([60], 2), np.empty([100, 60])];
  const taken: number[] = [];
  const before = observeMemory(({ kind, bytes }) => kind === "allocate" && taken.push(bytes));
  try {
    np.py`${out}[...] = (${x} - ${mean}) / ${deviation}`;
    np.py`${out}[...] = ${x} + ${mean}`;
    np.py`${out}[...] = ${out} * 2`;
    np.py`${out}[...] = ${x.slice("::-1")} * 2 + ${x}`;
    assert.deepEqual(taken, []);
    np.py`${out}[...] = (${x} - ${mean}) / (${deviation} + 1)`;
    assert.deepEqual(taken, [480]);
  } finally {
    observeMemory(before);
  }
  assert.deepEqual(out.slice("0", ":3").tolist(), [-1 / 3, 0, 1 / 3]);
});
