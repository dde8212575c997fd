import { deepStrictEqual, throws } from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

// Float64 in rows, and few in other lines, are computed where they lie; all others by kernels. The results are the same.

const operations = [
  [np.add, (x: number, y: number) => x + y],
  [np.subtract, (x: number, y: number) => x - y],
  [np.multiply, (x: number, y: number) => x * y],
  [np.divide, (x: number, y: number) => x / y],
] as const;
const special = [0, -0, 1, -1.5, 1e308, -1e308, 5e-324, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const lengths = [1, 7, 8, 9, 31, 32, 33, 100, 511, 512, 513, 527, 528, 4099, 32769, 65536];

function values(n: number, seed: number): Float64Array<ArrayBuffer> {
  const data = new Float64Array(n);
  for (let k = 0; k < n; k++) data[k] = special[(k * seed + (k >> 4)) % special.length]!;
  return data;
}

/** All bits but those of NaN, of which only that it is one is promised. */
function bits(data: Float64Array): bigint[] {
  const all = [...new BigUint64Array(data.slice().buffer)];
  return all.map((x, k) => (Number.isNaN(data[k]) ? -1n : x));
}

for (const [call, expected] of operations) {
  const { name } = call;
  test(`${name} of any number of float64 is that of each pair`, () => {
    for (const n of lengths) {
      const [x, y] = [values(n, 5), values(n, 7)];
      const wanted = bits(x.map((value, k) => expected(value, y[k]!)));
      deepStrictEqual(bits(call(np.array(x), np.array(y)).data as Float64Array), wanted, `${n}`);
      const out = np.zeros([n + 3]);
      const apart = np.concatenate([[9], y]).slice("1:");
      call(np.array(x), apart, out.slice("2:-1"));
      deepStrictEqual(bits((out.data as Float64Array).subarray(2, n + 2)), wanted, `${n}, between others`);
      deepStrictEqual([out.at(0), out.at(1), out.at(-1)], [0, 0, 0]);
      const own = np.array(x);
      call(own, y, own);
      deepStrictEqual(bits(own.data as Float64Array), wanted, `${n}, in place`);
    }
  });

  test(`${name} of float64 and a number, either first`, () => {
    for (const n of lengths) {
      const x = values(n, 5);
      const a = np.array(x);
      deepStrictEqual(
        bits(call(a, -2.5).data as Float64Array),
        bits(x.map((value) => expected(value, -2.5))),
      );
      deepStrictEqual(
        bits(call(-2.5, a).data as Float64Array),
        bits(x.map((value) => expected(-2.5, value))),
      );
      call(a, 3, a);
      deepStrictEqual(bits(a.data as Float64Array), bits(x.map((value) => expected(value, 3))));
    }
  });

  test(`${name} of float64 that are apart, reversed, and of others that lie between two`, () => {
    for (const n of [9, 30, 33000]) {
      const x = values(2 * n, 5);
      const a = np.array(x);
      const y = values(n, 7);
      const odd = x.filter((_, k) => k % 2 === 1);
      const wanted = bits(odd.map((value, k) => expected(value, y[n - 1 - k]!)));
      deepStrictEqual(bits(call(a.slice("1::2"), np.array(y).slice("::-1")).data as Float64Array), wanted);
      const unaligned = np.frombuffer(new ArrayBuffer(8 * n + 4), { dtype: "float64", offset: 4 });
      unaligned.set(":", odd);
      const turned = y.slice().reverse();
      deepStrictEqual(bits(np.array(call(unaligned, turned)).data as Float64Array), wanted);
    }
  });
}

/** Windows of arrays, by how they are cut out of one that is a little larger. */
const cuts: readonly (readonly string[])[] = [
  ["1:", "2:-1"],
  [":-1", "1:-2"],
  ["1:", ":-3"],
  [":0:-1", "3:"],
];

for (const [call, expected] of operations) {
  const { name } = call;
  test(`${name} in a scope is what it is outside, of what lies there and elsewhere`, () => {
    for (const n of [1, 10, 32, 33, 600, 16383, 16384, 20005]) {
      const [x, y] = [values(n, 5), values(n, 7)];
      const [a, b] = [np.array(x), np.array(y)];
      const wanted = bits(x.map((value, k) => expected(value, y[k]!)));
      const again = bits(x.map((value, k) => expected(expected(value, y[k]!), y[k]!)));
      const results = np.scope(() => {
        const first = call(a, b);
        const here = call(b, np.zeros([n]));
        const kept = [first, call(first, b), call(call(a, b), here.slice("::-1")), call(first, 2)] as const;
        np.subtract(here, here, here);
        return kept;
      });
      const [first, second, third, fourth] = results.map((result) => result.data as Float64Array);
      deepStrictEqual(bits(first!), wanted, `${n}`);
      deepStrictEqual(bits(second!), again, `${n}, the result of another`);
      const other = call(b, np.zeros([n])).slice("::-1");
      deepStrictEqual(bits(third!), bits(call(call(a, b), other).data as Float64Array), `${n}, backwards`);
      deepStrictEqual(bits(fourth!), bits(call(call(a, b), 2).data as Float64Array), `${n}, with a number`);
    }
  });

  test(`${name} of windows, of rows stretched over others, into fresh arrays and into windows`, () => {
    for (const columns of [1, 5, 23, 24, 25, 39, 100, 511, 600]) {
      const rows = columns > 500 ? 3 : 11;
      const whole = [rows + 1, columns + 3] as const;
      const of = (seed: number, cut: readonly string[]) =>
        np
          .array(values(whole[0] * whole[1], seed))
          .reshape(whole)
          .slice(cut[0] as ":", cut[1] as ":");
      const wanted = (x: np.NDArray, y: np.NDArray) => {
        const [p, q] = [x, y].map((a) => np.ravel(np.broadcastTo(a, [rows, columns])).data as Float64Array);
        return bits(p!.map((value, k) => expected(value, q![k]!)));
      };
      const found = (a: np.NDArray) => bits(np.ravel(a).data as Float64Array);
      for (const [k, cut] of cuts.entries()) {
        const [x, y] = [of(5, cut), of(7, cuts[(k + 1) % cuts.length]!)];
        deepStrictEqual(found(call(x, y)), wanted(x, y), `${cut} ${columns}`);
        deepStrictEqual(found(call(x, x)), wanted(x, x), `${cut} ${columns}, twice`);
        deepStrictEqual(found(call(x, y.slice(0))), wanted(x, y.slice(0)), "a row");
        deepStrictEqual(found(call(x, y.slice(":", ":1"))), wanted(x, y.slice(":", ":1")), "a column");
        deepStrictEqual(found(call(x.T, y.T)), found(call(x, y).T), "both transposed");
        const around = np.full(whole, 7);
        const out = around.slice("1:", "2:-1");
        call(x, y, out);
        deepStrictEqual(found(out), wanted(x, y), `${cut} ${columns}, out`);
        out.fill(7);
        deepStrictEqual(np.all(np.equal(around, 7)), true, "what is around it");
        const before = wanted(x, y);
        call(x, y, x);
        deepStrictEqual(found(x), before, `${cut} ${columns}, in place`);
        np.scope(() => deepStrictEqual(found(call(y, call(y, y))), wanted(y, call(y, y)), "in a scope"));
      }
    }
  });
}

test("windows of three axes, and an operand that shares memory with its result", () => {
  const a = np.arange(4 * 9 * 40, { dtype: "float64" }).reshape(4, 9, 40);
  const [x, y] = [a.slice("1:", "::2", "3:-2"), a.slice(":-1", "::2", "1:-4")];
  const sum = np.add(x, y);
  for (const [i, j, k] of [
    [0, 0, 0],
    [2, 4, 34],
    [1, 3, 17],
  ]) {
    deepStrictEqual(sum.at(i!, j!, k!), (x.at(i!, j!, k!) as number) + (y.at(i!, j!, k!) as number));
  }
  np.add(x, y, x);
  deepStrictEqual(np.all(np.equal(x, sum)), true);
  const g = np.arange(60 * 60, { dtype: "float64" }).reshape(60, 60);
  const apart = np.add(g.slice(":-1").copy(), 1);
  np.add(g.slice(":-1"), 1, g.slice("1:"));
  deepStrictEqual(np.all(np.equal(g.slice("1:"), apart)), true);
});

test("what overlaps its result is as if it had been copied", () => {
  for (const n of [20, 40000]) {
    const a = np.arange(n + 1, { dtype: "float64" });
    np.add(a.slice(":-1"), a.slice("1:"), a.slice("1:"));
    deepStrictEqual([a.at(0), a.at(1), a.at(2), a.at(n)], [0, 1, 3, 2 * n - 1]);
  }
});

test("a buffer that was taken away is an error, also of few elements and of many", () => {
  for (const n of [4, 40000]) {
    const buffer = new ArrayBuffer(8 * n);
    const a = np.array(new Float64Array(buffer), { copy: false });
    structuredClone(buffer, { transfer: [buffer] });
    throws(() => np.add(a, a), /buffer of this array is gone/);
    throws(() => np.add(np.zeros([n]), np.zeros([n]), a), /buffer of this array is gone/);
  }
});
