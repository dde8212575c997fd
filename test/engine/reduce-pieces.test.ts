import assert from "node:assert/strict";
import { test } from "node:test";
import { Complex } from "../../src/dtype/complex.ts";
import * as np from "../../src/index.ts";

/** Long rows are folded piece by piece; how they are cut must not show. Lengths lie around those of pieces. */
const LENGTHS = [
  500, 511, 513, 767, 769, 1023, 1024, 1025, 1535, 1536, 1537, 1543, 2047, 2049, 3071, 3073, 6143, 6145, 8191,
  8193, 9999, 12289, 24577, 40003, 100003,
];

/** The same numbers every time, of many sizes, so that each order of additions rounds otherwise. */
function numbers(n: number): Float64Array {
  let state = 12345;
  return new Float64Array(n).map(() => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state / 4294967296 - 0.4) * 2 ** ((state >>> 7) % 20);
  });
}

/** NumPy's sum by halves of every `step`th number, rounded after each addition by `round`. */
function halves(
  a: ArrayLike<number>,
  from: number,
  n: number,
  parts: number,
  round: (x: number) => number,
): number[] {
  if (n < 8) {
    const sums = new Array<number>(parts).fill(-0);
    for (let k = 0; k < n; k++) sums[k % parts] = round(sums[k % parts]! + a[from + k]!);
    return sums;
  }
  if (n > 128) {
    const half = Math.floor(n / 2);
    const first = half - (half % 8);
    const [x, y] = [halves(a, from, first, parts, round), halves(a, from + first, n - first, parts, round)];
    return x.map((one, k) => round(one + y[k]!));
  }
  const r = Array.from({ length: 8 }, (_, k) => a[from + k]!);
  let at = 8;
  for (; at < n - (n % 8); at += 8) for (let k = 0; k < 8; k++) r[k] = round(r[k]! + a[from + at + k]!);
  const add = (...x: number[]) => round(round(x[0]! + x[1]!) + round(x[2]! + x[3]!));
  const sums =
    parts === 1
      ? [round(add(r[0]!, r[1]!, r[2]!, r[3]!) + add(r[4]!, r[5]!, r[6]!, r[7]!))]
      : [add(r[0]!, r[2]!, r[4]!, r[6]!), add(r[1]!, r[3]!, r[5]!, r[7]!)];
  for (; at < n; at++) sums[at % parts] = round(sums[at % parts]! + a[from + at]!);
  return sums;
}

const exact = (x: number) => x;

test("sums of long rows are made by halves, wherever the row starts", () => {
  for (const n of LENGTHS) {
    const values = numbers(n + 3);
    for (const from of [0, 1, 3]) {
      const want = 0 + halves(values, from, n, 1, exact)[0]!;
      assert.equal(np.sum(np.asarray(values).slice(`${from}:${from + n}`)), want, `float64 ${n} ${from}`);
      const single = Float32Array.from(values);
      const sum = Math.fround(0 + halves(single, from, n, 1, Math.fround)[0]!);
      assert.equal(np.sum(np.asarray(single).slice(`${from}:${from + n}`)), sum, `float32 ${n} ${from}`);
    }
  }
});

test("sums of long rows of complex numbers are made by halves of pairs", () => {
  for (const n of LENGTHS) {
    const values = numbers(2 * n);
    const [re, im] = halves(values, 0, 2 * n, 2, exact);
    assert.deepEqual(np.sum(np.asarray(values).view("complex128")), new Complex(0 + re!, 0 + im!), `${n}`);
    const single = Float32Array.from(values);
    const [x, y] = halves(single, 0, 2 * n, 2, Math.fround);
    assert.deepEqual(np.sum(np.asarray(single).view("complex64")), new Complex(0 + x!, 0 + y!), `${n}`);
  }
});

test("lines and columns of any length give what their elements give one after the other", () => {
  for (const [rows, columns] of [
    [3, 1025],
    [40, 513],
    [5, 8193],
    [2, 20011],
    [1500, 7],
    [300, 130],
    [70, 1024],
  ] as const) {
    const values = numbers(rows * columns);
    const a = np.asarray(values).reshape([rows, columns]);
    const lines = Array.from(
      { length: rows },
      (_, k) => 0 + halves(values, k * columns, columns, 1, exact)[0]!,
    );
    assert.deepEqual(a.sum(1).tolist(), lines, `lines of ${rows} by ${columns}`);
    const sums = new Float64Array(columns);
    const tops = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
    for (let k = 0; k < values.length; k++) {
      sums[k % columns] = sums[k % columns]! + values[k]!;
      tops[k % columns] = Math.max(tops[k % columns]!, values[k]!);
    }
    assert.deepEqual(a.sum(0).tolist(), [...sums], `columns of ${rows} by ${columns}`);
    assert.deepEqual(a.max(0).tolist(), [...tops], `largest of ${rows} by ${columns}`);
    assert.deepEqual(a.T.sum(1).tolist(), [...sums], `columns, transposed, of ${rows} by ${columns}`);
    assert.deepEqual(a.T.sum(0).tolist(), lines, `lines, transposed, of ${rows} by ${columns}`);
  }
});

test("more than the last cache holds is cut otherwise and comes to the same", () => {
  const n = 2 ** 21 + 1029;
  const values = numbers(n);
  const a = np.asarray(values);
  assert.equal(np.sum(a), 0 + halves(values, 0, n, 1, exact)[0]!);
  assert.equal(
    np.max(a),
    values.reduce((x, y) => Math.max(x, y)),
  );
  const whole = np.asarray(BigInt64Array.from(values, (x) => BigInt(Math.trunc(x * 1e9))));
  assert.equal(
    np.sum(whole),
    (whole.data as BigInt64Array).reduce((x, y) => BigInt.asIntN(64, x + y), 0n),
  );
});

test("the largest and the smallest element, with NaN at every place of a piece and infinities of both signs", () => {
  const n = 5003;
  const values = numbers(n);
  values[77] = Number.POSITIVE_INFINITY;
  values[4001] = Number.NEGATIVE_INFINITY;
  for (const type of ["float64", "float32"] as const) {
    const a = np.asarray(values).astype(type);
    assert.equal(np.max(a), Number.POSITIVE_INFINITY);
    assert.equal(np.min(a), Number.NEGATIVE_INFINITY);
    for (const place of [0, 1, 2, 3, 7, 8, 15, 1023, 1024, 1535, 1536, 2047, 2048, 4096, 5001, 5002]) {
      const b = a.copy();
      b.data[place] = Number.NaN;
      assert.ok(Number.isNaN(np.max(b)) && Number.isNaN(np.min(b)), `${type} ${place}`);
      assert.equal(np.argmax(b), place);
      assert.equal(np.fmax.reduce(b, { axis: null }), Number.POSITIVE_INFINITY);
    }
  }
});

test("positions are those of the first extreme, in whatever piece it lies", () => {
  for (const type of ["float64", "float32", "int32", "int64", "uint8", "bool"] as const) {
    for (const n of [1000, 5000, 20011, 70001]) {
      for (const place of [0, 1, 1023, 1024, 4095, 4096, 8191, 8192, 16384, 20000, 69999].filter(
        (k) => k < n,
      )) {
        const a = np.zeros(n, type);
        a.set([[place]], 1);
        a.set([[n - 1]], 1);
        assert.equal(np.argmax(a), place, `${type} ${n} ${place}`);
        assert.equal(np.argmin(a), place === 0 ? 1 : 0);
        assert.equal(np.argmax(a.slice("::-1")), 0);
        assert.deepEqual(np.argmax(np.stack([a, a], 1), 0).tolist(), [place, place]);
      }
    }
  }
  const lines = np.asarray(numbers(40 * 700)).reshape([40, 700]);
  const want = (lines.tolist() as number[][]).map((line) => line.indexOf(Math.max(...line)));
  assert.deepEqual(np.argmax(lines, 1).tolist(), want);
});

test("any and all stop where they are decided, and go on where they are not", () => {
  for (const type of ["bool", "float64", "uint8"] as const) {
    for (const n of [4095, 4096, 4097, 70000, 200000]) {
      assert.equal(np.any(np.zeros(n, type)), false);
      assert.equal(np.all(np.ones(n, type)), true);
      for (const place of [0, 4095, 4096, 65536, n - 1].filter((k) => k < n)) {
        const [a, b] = [np.zeros(n, type), np.ones(n, type)];
        a.set([[place]], 1);
        b.set([[place]], 0);
        assert.equal(np.any(a), true, `${type} ${n} ${place}`);
        assert.equal(np.all(b), false, `${type} ${n} ${place}`);
        assert.equal(np.any(np.tile(a, 2).slice("::2")), place % 2 === 0 || n % 2 === 1);
      }
    }
  }
});

test("what is not zero is counted without an array of truth values, in every dtype and layout", () => {
  const values = Float64Array.from({ length: 30000 }, (_, k) =>
    k % 3 === 0 ? -0 : k % 7 === 0 ? Number.NaN : 0.25,
  );
  for (const type of [
    "float64",
    "float32",
    "float16",
    "complex64",
    "complex128",
    "int8",
    "uint16",
    "int64",
  ] as const) {
    const whole = !/float|complex/.test(type);
    const from = whole ? values.map((x) => (Number.isNaN(x) ? 2 : 4 * x)) : values;
    const a = np.asarray(from).astype(type).reshape([100, 300]);
    for (const b of [
      a,
      a.T,
      a.slice(":", "::2"),
      a.slice("::-1", "1:"),
      np.broadcastTo(a, [2, 100, 300]),
      a.slice("0:0"),
    ]) {
      const truth = b.astype("bool").astype("int64");
      assert.equal(np.countNonzero(b), Number(np.sum(truth)), type);
      for (let axis = 0; axis < b.ndim; axis++) {
        const counts = np.countNonzero(b, axis);
        assert.equal(counts.dtype, np.dtype("int32"));
        assert.deepEqual(counts.tolist(), np.sum(truth, axis).astype("int32").tolist(), `${type} ${axis}`);
      }
      assert.deepEqual(
        np.countNonzero(b, { keepdims: true }).shape,
        b.shape.map(() => 1),
      );
    }
  }
});

test("sums of the largest and the smallest small integers do not wrap", () => {
  const ends = {
    uint8: [0, 255],
    int8: [-128, 127],
    uint16: [0, 65535],
    int16: [-32768, 32767],
    uint32: [0, 4294967295],
  };
  for (const [type, extremes] of Object.entries(ends)) {
    for (const n of [15, 63, 64, 65, 1000, 8191, 32768, 65536, 65537, 200001]) {
      for (const value of extremes) {
        const a = np.full(n, value, type as "uint8");
        assert.equal(np.sum(a), BigInt(n) * BigInt(value), `${n} of ${type} ${value}`);
        assert.equal(
          np.sum(a.slice("::-1")),
          BigInt(n) * BigInt(value),
          `${n} of ${type} ${value}, reversed`,
        );
      }
    }
  }
});
