import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

const cube = () => np.arange(24).reshape(2, 3, 4);
const shared = (n: number) => np.frombuffer(new SharedArrayBuffer(n * 8), "float64");

const facts: readonly (readonly [
  name: string,
  index: np.IndexPart[],
  shape: number[],
  strides: number[],
  first: number[],
])[] = [
  ["a list of rows", [[1, 0, 1]], [3, 3, 4], [96, 32, 8], [12, 13, 14]],
  ["a list in the last axis lies turned", ["...", [3, 0]], [2, 3, 2], [24, 8, 48], [3, 0, 7]],
  ["arrays side by side stay in place", [":", [0, 2], [1, 1]], [2, 2], [8, 16], [1, 9, 13]],
  ["arrays that are parted come first", [[0, 1], ":", [1, 2]], [2, 3], [24, 8], [1, 5, 9]],
  ["an integer counts as one of them", [0, ":", [1, 2]], [2, 3], [24, 8], [1, 5, 9]],
  ["columns against rows", [[[0], [1]], [[0, 2]], 3], [2, 2], [16, 8], [3, 11, 15]],
  [
    "a mask of two axes",
    [
      np.array([
        [true, false, true],
        [false, false, true],
      ]),
    ],
    [3, 4],
    [32, 8],
    [0, 1, 2],
  ],
  ["true is a new axis", [true], [1, 2, 3, 4], [192, 96, 32, 8], [0, 1, 2]],
  ["false is an axis of nothing", [false, 0], [0, 3, 4], [0, 0, 0], []],
  ["nothing", [[]], [0, 3, 4], [0, 0, 0], []],
  ["an integer alone", [1, 2], [4], [8], [20, 21, 22]],
];

for (const [name, index, shape, strides, first] of facts) {
  test(`gather: ${name}`, () => {
    const given = cube().gather(...index);
    assert.deepEqual([given.shape, given.strides], [shape, strides]);
    assert.deepEqual([...given.flat].slice(0, 3), first);
    assert.equal(np.sharesMemory(given, cube()), false);
    const a = cube();
    a.set(index, -1);
    const left = [...a.flat].filter((value) => value !== -1).length;
    assert.equal(left, 24 - new Set(given.flat).size);
  });
}

const refused: readonly (readonly [index: unknown[], kind: np.ErrorKind, message: RegExp])[] = [
  [[[0, 2]], "index", /index 2 is out of bounds for axis 0 with size 2/],
  [[":", new Uint8Array([3])], "index", /index 3 is out of bounds for axis 1 with size 3/],
  [[[0], [0], [-5]], "index", /index -5 is out of bounds for axis 2 with size 4/],
  [
    [
      [0, 1],
      [0, 1, 2],
    ],
    "index",
    /cannot be broadcast together: shapes \(2,\), \(3,\)/,
  ],
  [[[true, false, true]], "index", /mask of shape \(3,\) does not fit: axis 0 has size 2/],
  [[[0], "...", "..."], "index", /single ellipsis/],
  [[0, 0, 0, [0]], "index", /too many indices for array: array is 3-dimensional, but 4/],
  [[[0.5]], "index", /part 0 of the index is of float64 that is no integer/],
  [[":", np.zeros(2)], "index", /part 1 of the index is of float64/],
  [[np.array([np.complex(1)])], "index", /complex128/],
  [[[0], 7], "index", /index 7 is out of bounds for axis 1/],
];

test("what is no index of the array is refused, and nothing was written by then", () => {
  for (const [index, kind, message] of refused) {
    const is = (error: unknown) => np.isNdError(error, kind) && message.test(error.message);
    assert.throws(() => cube().gather(...(index as np.IndexPart[])), is, String(message));
    const a = cube();
    assert.throws(() => a.set(index as np.IndexPart[], 0), is, String(message));
    assert.deepEqual(a.tolist(), cube().tolist());
  }
});

test("values that do not fit are refused", () => {
  const a = cube();
  assert.throws(() => a.set([[0, 1]], [1, 2, 3]), np.ShapeError);
  assert.throws(() => a.set(np.greater(a, 20), [1, 2]), /cannot assign 2 values to the 3 elements/);
  assert.throws(() => np.zeros(2, "int8").set([[0]], 300), np.ValueError);
  assert.throws(() => np.zeros(2, "int8").set([[0]], np.complex(1)), np.DTypeError);
  a.setflags({ write: false });
  assert.throws(() => a.set([[]], 0), /read-only/);
  assert.deepEqual(a.tolist(), cube().tolist());
});

test("the index, the value and what is written may be one memory", () => {
  const order = [3n, 0n, 1n, 2n, 5n, 4n];
  const b = np.array(order);
  b.set(b, b.slice("::-1"));
  const wanted = order.slice();
  for (const [k, at] of order.entries()) wanted[Number(at)] = order[5 - k]!;
  assert.deepEqual(b.tolist(), wanted);

  const list = BigInt64Array.from({ length: 20000 }, (_, k) => BigInt((k * 7919) % 20000));
  const big = np.array(list);
  const result = Array.from(list);
  for (const [k, at] of list.entries()) result[Number(at)] = list[19999 - k]!;
  big.set(big, big.slice("::-1"));
  assert.deepEqual(big.tolist(), result);

  const c = np.array([true, false, true, true]);
  c.set(c, [false, true, false]);
  assert.deepEqual(c.tolist(), [false, false, true, false]);
});

test("one index out of bounds among many leaves all as it was", () => {
  const a = np.arange(20000);
  const index = np.arange(20000).astype("int64");
  index.set(19999, 99999n);
  assert.throws(() => a.set(index, 0), /index 99999 is out of bounds/);
  assert.throws(() => np.put(a, index, 0), /index 99999/);
  assert.equal(np.sum(a), 199990000);
});

test("where a place is named twice the last value stays", () => {
  const a = np.zeros(3);
  a.set([[0, 0, 1, 0]], [1, 2, 3, 4]);
  assert.deepEqual(a.tolist(), [4, 3, 0]);
  np.put(a, [2, 2], [5, 6]);
  assert.deepEqual(a.tolist(), [4, 3, 6]);
});

test("fields are read and written by index, and gaps between them are not copied", () => {
  const s = np.zeros(4, { names: ["x", "y"], formats: ["i2", "f8"], offsets: [0, 8], itemsize: 16 });
  new Uint8Array(s.buffer, s.byteOffset, s.nbytes).fill(1);
  s.field("x").set([[0, 2]], [7, 8]);
  s.field("y").set(np.array([true, false, false, true]), 0.5);
  const some = s.gather([2, 0]);
  assert.deepEqual(some.field("x").tolist(), [8, 7]);
  assert.equal(some.tobytes()[3], 0);
  assert.deepEqual(
    s
      .gather(np.array([true, true, false, false]))
      .field("y")
      .at(0),
    0.5,
  );
  s.set([[3]], some.slice(":1"));
  assert.deepEqual(s.at(3), s.at(2));
});

/** What a mask and indices read and write, on arrays that are made inside. */
function everything(): np.NDArray[] {
  const x = np.arange(50000).reshape(250, 200);
  const mask = np.equal(np.remainder(x, 3), 0);
  const i = np.add(np.array([0n, 199n, 7n, -1n]), 0n);
  const [y, z, w, v] = [x.copy(), x.copy(), x.copy(), x.copy()];
  y.set(mask, -1);
  z.set(mask, x.gather(mask));
  w.set(i, x.gather(i).slice("::-1"));
  v.set([":", i], v.slice(":", ":4"));
  np.copyto(v, y, { where: mask });
  np.put(v, i, [1, 2]);
  const read = [x.gather(mask), x.gather(i), x.gather(":", i), x.T.gather(mask.T), np.take(x, i, 1)];
  const listed = [np.nonzero(mask)[1]!, x.flat.gather(i), np.argwhere(mask)];
  return [y, z, w, v, ...read, ...listed, np.choose(mask, [x, y]), np.select([mask], [x])];
}

test("inside a scope the same is read and written", () => {
  const wanted = everything();
  for (const [k, a] of np.scope(everything).entries())
    assert.deepEqual(a.tolist(), wanted[k]!.tolist(), String(k));
});

test("memory that others may write is written only where the mask is true", () => {
  const a = shared(10000);
  const mask = np.greater(np.arange(10000), 4000);
  a.set(mask, 7);
  assert.equal(np.sum(a), 7 * 5999);
  a.set(mask, np.arange(5999));
  assert.deepEqual(a.gather(mask).tolist(), np.arange(5999).tolist());
});

test("memory that is gone is an error", () => {
  const a = np.frombuffer(new ArrayBuffer(80), "float64");
  structuredClone(a.buffer, { transfer: [a.buffer as ArrayBuffer] });
  const calls = [
    () => a.gather([0]),
    () => a.gather(np.ones(10, "bool")),
    () => a.set([[0]], 1),
    () => np.take(a, [0]),
    () => np.nonzero(a),
    () => a.flat.gather([1]),
  ];
  for (const call of calls) assert.throws(call, /gone/);
});

test("positions are int32, in one table", () => {
  const [rows, columns] = np.nonzero(
    np.array([
      [3, 0],
      [0, 5],
    ]),
  ) as [np.NDArray<"int32">, np.NDArray<"int32">];
  assert.deepEqual([rows.dtype.name, rows.strides, columns.strides], ["int32", [8], [8]]);
  assert.equal(np.sharesMemory(rows, columns), false);
  assert.deepEqual(
    np.where(np.array([0, 2])).map((one) => one.tolist()),
    [[1]],
  );
  assert.deepEqual(np.argwhere(np.array([0, 2])).strides, [4, 4]);
  assert.deepEqual(np.argwhere(5).shape, [1, 0]);
  assert.throws(() => np.nonzero(5), /nonzero: an array of no axes/);
  const s = np.array(
    [
      { x: 0, y: 0 },
      { x: 0, y: 2 },
    ],
    [
      ["x", "f4"],
      ["y", "u1"],
    ],
  );
  assert.deepEqual(np.flatnonzero(s).tolist(), [1]);
});

test("what take and its kin refuse is named", () => {
  const a = np.arange(6).reshape(2, 3);
  const refusals: readonly (readonly [call: () => unknown, kind: np.ErrorKind, message: RegExp])[] = [
    [() => np.take(a, [6]), "index", /take: index 6 is out of bounds/],
    [() => np.take(a, [0], 2), "index", /take.*axis/],
    [() => np.take(a, np.array([0.5])), "dtype", /take: indices must be integers/],
    [() => np.take(a, [0], { mode: "w" as "wrap" }), "value", /take: mode "w"/],
    [() => np.take(a, [0], { out: np.zeros(2) }), "shape", /take: out has shape \(2,\)/],
    [() => np.take(a, [0], { out: np.zeros(1, "complex128") }), "dtype", /take/],
    [() => np.compress([[true]], a), "value", /compress: the condition has one axis/],
    [() => np.extract(np.ones(9), a), "index", /extract: index/],
    [() => np.put([1] as never, [0], 1), "dtype", /put: the first argument/],
    [() => np.put(a, [7], 1), "index", /put: index 7/],
    [() => np.put(np.zeros(0), [0], 1), "index", /put: an array without elements/],
    [() => np.place(a, [true], 1), "shape", /place: a mask of shape/],
    [() => np.place(a, np.ones([2, 3]), []), "value", /place: there are no values/],
    [() => np.putmask(a, [true], 1), "shape", /putmask: a mask of shape/],
    [() => np.putmask(np.zeros(2, "int8"), [true, true], np.array([1.5])), "dtype", /putmask/],
    [() => np.takeAlongAxis(a, [0], 1), "value", /takeAlongAxis: indices have 1 axes/],
    [() => np.takeAlongAxis(a, [[0.5]], 1), "index", /takeAlongAxis: indices must be integers/],
    [() => np.putAlongAxis(a, [[0], [9]], 1, 1), "index", /putAlongAxis: index 9/],
    [() => np.choose([2], [1, 2]), "value", /choose: 2 is no choice/],
    [() => np.choose([-1], [1, 2]), "value", /choose: -1 is no choice/],
    [() => np.choose([0], []), "value", /choose: wanted 1 to 64 choices/],
    [() => np.choose(np.array([0.5]), [1]), "dtype", /choose/],
    [() => np.select([], []), "value", /select: there must be a condition/],
    [() => np.select([[true]], []), "value", /select: wanted as many/],
    [() => np.select([[1]], [[1]]), "dtype", /select: condition 0/],
    [() => np.where([true], 1, undefined as never), "value", /where: give condition, x and y/],
    [() => a.flat.gather([6]), "index", /flat: index 6/],
    [() => a.flat.gather([true]), "index", /flat: a mask for 6 elements/],
    [() => a.flat.set([9], 1), "index", /flat: index 9/],
  ];
  for (const [call, kind, message] of refusals) {
    assert.throws(call, (error) => np.isNdError(error, kind) && message.test(error.message), String(message));
  }
  assert.deepEqual(a.tolist(), np.arange(6).reshape(2, 3).tolist());
});

test("indices that are places already give what others give: any count, lane, part, step and sign", () => {
  const whole = np.arange(40 * 6 * 30, "float64").reshape(40, 6, 30);
  const sources = [
    whole,
    whole.slice("::-1"),
    whole.slice("3:35:2", ":", ":"),
    whole.T,
    whole.slice(":", 2, 5),
    whole.slice("::2", 2, 5).astype("int16"),
    whole.slice(":", "1:3", "4:7"),
    whole.slice(":", ":", 3),
    whole.astype("int8"),
    whole.astype("complex128").slice("::-2"),
    whole.astype("float32").slice(":", 1),
  ];
  for (const source of sources) {
    const length = source.shape[0]!;
    for (const count of source.ndim > 2 ? [1, 7, 300] : [1, 8, 65, 4097]) {
      const list = np.remainder(np.multiply(np.arange(count, "int64"), 7919n), BigInt(length)) as np.NDArray;
      const near = np
        .concatenate([[0], list.astype("int32")])
        .astype("int32")
        .slice("1:");
      const wanted = source.gather(list);
      assert.ok(np.arrayEqual(source.gather(near), wanted), `gather ${source.shape} ${count}`);
      assert.deepEqual(source.gather(near).strides, wanted.strides);
      assert.ok(np.arrayEqual(np.take(source, near, 0), np.take(source, list, 0)));
      const [a, b] = [np.copy(source), np.copy(source)];
      a.set([near], wanted.slice("::-1"));
      b.set([list], wanted.slice("::-1"));
      assert.ok(np.arrayEqual(a, b), `set ${source.shape} ${count}`);
      a.set([near], 5);
      b.set([list], 5);
      assert.ok(np.arrayEqual(a, b), `set to one ${source.shape} ${count}`);
      // One negative index, and they are places no more.
      const back = np.subtract(near, np.multiply(np.equal(np.arange(count, "int32"), count - 1), length));
      assert.ok(np.arrayEqual(source.gather(back.astype("int32")), wanted));
      const out = near.astype("int32");
      out.set(count - 1, length);
      const before = np.copy(a);
      assert.throws(() => source.gather(out), { name: "IndexError" });
      assert.throws(() => a.set([out], 1), { name: "IndexError" });
      assert.ok(np.arrayEqual(a, before));
    }
  }
});

test("indices in memory that others may write at any time are copied before they are looked at", () => {
  const index = np.frombuffer(new SharedArrayBuffer(4 * 500), "int32");
  index.set([], np.arange(500, "int32"));
  const a = np.multiply(np.arange(500, "float64"), 2);
  assert.ok(np.arrayEqual(a.gather(index), a));
  a.set([index], np.arange(500, "float64"));
  assert.ok(np.arrayEqual(a, np.arange(500)));
});

test("an open grid of indices gives what the same indices give when they are written out", () => {
  const whole = np.arange(20 * 30 * 25, "float64").reshape(20, 30, 25);
  const line = (n: number, length: number, dtype: "int32" | "int64" | "int8") =>
    np.remainder(np.multiply(np.arange(n, "int32"), 7), length).astype(dtype) as np.NDArray;
  const [i, j, k] = [line(5, 20, "int32"), line(40, 30, "int64"), line(17, 25, "int8")];
  const back = np.subtract(k, 25) as np.NDArray;
  const grids: np.NDArray[][] = [
    [i.reshape(5, 1), j],
    [i.reshape(5, 1), j.reshape(1, 40)],
    [i.reshape(5, 1, 1), j.reshape(40, 1), k],
    [i.reshape(5, 1, 1), line(17, 30, "int32"), back],
    [i.slice(":1").reshape(1, 1), j],
    [i.reshape(5, 1), line(5, 30, "int32").reshape(5, 1), k],
    [i, line(5, 30, "int32").reshape(5, 1), k.slice(":5")],
    [line(16, 20, "int32"), line(2, 30, "int32").reshape(2, 1), line(16, 25, "int64")],
  ];
  for (const a of [whole, whole.astype("int16"), whole.slice("::-1", ":", "::-1"), np.copy(whole, "F")]) {
    for (const grid of grids) {
      const shape = np.broadcastShapes(...grid.map((one) => one.shape));
      const whole = grid.map((one) => np.copy(np.broadcastTo(one, shape)).astype("int64"));
      const wanted = a.gather(...whole);
      assert.ok(np.arrayEqual(a.gather(...grid), wanted), `${shape}`);
      const [b, c] = [np.copy(a), np.copy(a)];
      b.set(grid, np.subtract(0, wanted).astype(a.dtype));
      c.set(whole, np.subtract(0, wanted).astype(a.dtype));
      assert.ok(np.arrayEqual(b, c), `set ${shape}`);
    }
  }
  const stray = np.copy(j);
  stray.set(39, 30n);
  const before = np.copy(whole);
  for (const index of [
    [i.reshape(5, 1), stray],
    [np.full([5, 1], 20, "int32"), j],
  ]) {
    assert.throws(() => whole.gather(...index), { name: "IndexError" });
    assert.throws(() => whole.set(index, 1), { name: "IndexError" });
  }
  assert.ok(np.arrayEqual(whole, before));
});
