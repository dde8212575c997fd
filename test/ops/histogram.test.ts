import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { NDArray } from "../../src/array/ndarray.ts";
import type { Descriptor } from "../../src/dtype/descriptor.ts";
import { plain } from "../../src/dtype/table.ts";
import * as np from "../../src/index.ts";
import { Dice } from "../layout/model.ts";
import { type Case, compare, randomArray, skip } from "./against-numpy.ts";

const script = fileURLToPath(new URL("numpy_statistics.py", import.meta.url));
const check = (cases: readonly Case[]): void => assert.deepEqual(compare(cases, script), []);
const eq = (got: unknown, expected: unknown): void => assert.deepEqual(got, expected);
const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

function throws(run: () => unknown, kind: abstract new (...given: never[]) => Error, text: RegExp): void {
  assert.throws(run, (e) => e instanceof kind && text.test(e.message));
}

const real = [
  ...["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"],
  ...["float16", "float32", "float64"],
].map((name) => plain[name as "bool"] as Descriptor);
const shapes = [[0], [], [1], [2], [7], [3, 5], [2, 3, 4], [200], [1000]];
const RULES = ["auto", "fd", "doane", "scott", "stone", "rice", "sturges", "sqrt"] as const;

/** Both parts of a result, each a case. */
function pairOf(arrays: readonly NDArray[], run: () => NDArray[], call: string, ulps = 0): Case[] {
  return [0, 1].map((k) => {
    const whole = k === 0 && !call.includes("weights") && !call.includes("density=True");
    return { arrays, run: () => run()[k], call: `${call}[${k}]${whole ? '.astype("i4")' : ""}`, ulps };
  });
}

test("histograms are NumPy's, bit for bit, for every dtype in any layout", { skip }, () => {
  const dice = new Dice(11);
  const cases: Case[] = [];
  for (const dtype of real) {
    for (let k = 0; k < 40; k++) {
      const a = randomArray(dice, dice.pick(shapes), dtype);
      const bins = dice.pick([1, 2, 3, 10, 33, 100]);
      const range = dice.pick([null, null, [0, 1], [-2, 3], [-0.3, 0.7], [1, 1], [-1000, 1e6]] as const);
      const python = range === null ? "None" : `(${range[0]}, ${range[1]})`;
      const density = dice.chance(0.3);
      cases.push(
        ...pairOf(
          [a],
          () => np.histogram(a, bins, { range, density }),
          `np.histogram(a[0], ${bins}, ${python}, density=${density ? "True" : "False"})`,
        ),
      );
    }
  }
  check(cases);
});

test("the rules give NumPy's bins", { skip }, () => {
  const dice = new Dice(12);
  const cases: Case[] = [];
  for (const dtype of real.filter((one) => one.kind !== "b" && one.itemsize !== 8)) {
    for (const rule of RULES) {
      for (let k = 0; k < 6; k++) {
        const a = randomArray(dice, dice.pick([[0], [1], [2], [50], [4, 30], [700]]), dtype);
        const range = dice.pick([null, [-1, 1], [0, 50]] as const);
        const python = range === null ? "None" : `(${range[0]}, ${range[1]})`;
        const call = `np.histogram_bin_edges(a[0], "${rule}", ${python})`;
        cases.push({ arrays: [a], run: () => np.histogramBinEdges(a, rule, { range }), call });
      }
    }
  }
  check(cases);
});

const weighted = [
  "bool",
  "int8",
  "uint32",
  "int64",
  "uint64",
  "float16",
  "float32",
  "float64",
  "complex64",
  "complex128",
];

test("weights are summed as NumPy does, in bins of equal width", { skip }, () => {
  const dice = new Dice(13);
  const cases: Case[] = [];
  for (const name of weighted) {
    for (let k = 0; k < 12; k++) {
      const shape = dice.pick(shapes);
      const a = randomArray(dice, shape, plain.float64);
      const drawn = randomArray(dice, shape, plain[name as "bool"]);
      // Sums that integers hold: what a float beyond them is cast to depends on the machine.
      const w = "iu".includes(drawn.dtype.kind) ? np.remainder(drawn, 100) : drawn;
      cases.push(
        ...pairOf([a, w], () => np.histogram(a, 7, { weights: w }), "np.histogram(a[0], 7, weights=a[1])", 1),
      );
    }
  }
  check(cases);
});

test("edges that are given count as NumPy counts", { skip }, () => {
  const dice = new Dice(14);
  const cases: Case[] = [];
  for (const dtype of real.filter((one) => one.kind !== "b")) {
    for (let k = 0; k < 20; k++) {
      const a = randomArray(dice, dice.pick(shapes), dtype);
      const type = dice.pick([plain.float64, plain.float32, plain.int64, dtype]);
      const edges = np.array(
        [...randomArray(dice, [dice.int(0, 9)], type, true).flat].sort((x, y) => (x < y ? -1 : 1)),
        type,
      );
      cases.push(
        ...pairOf([a, edges], () => np.histogram(a, edges), "np.histogram(a[0], a[1])"),
        ...pairOf(
          [a, edges],
          () => np.histogram(a, { bins: edges, weights: np.ones(a.shape, "int16"), density: false }),
          "np.histogram(a[0], a[1], weights=np.ones(a[0].shape, 'i2'))",
        ),
      );
    }
  }
  check(cases);
});

test("histograms of several axes are NumPy's", { skip }, () => {
  const dice = new Dice(15);
  const cases: Case[] = [];
  for (let k = 0; k < 150; k++) {
    const [n, axes] = [dice.pick([0, 1, 5, 100]), dice.int(1, 4)];
    const a = randomArray(dice, [n, axes], dice.pick(real));
    const w = randomArray(dice, [n], dice.pick([plain.float64, plain.int32]));
    const bins = Array.from({ length: axes }, () => dice.int(1, 5));
    const density = dice.chance(0.3);
    const [python, text] = [`[${bins}]`, density ? "True" : "False"];
    const weights = dice.chance(0.4) ? w : null;
    cases.push(
      {
        arrays: [a, w],
        run: () => np.histogramdd(a, bins, { density, weights })[0],
        call: `np.histogramdd(a[0], ${python}, density=${text}, weights=${weights === null ? "None" : "a[1]"})[0]`,
      },
      {
        arrays: [a],
        run: () => np.histogramdd(a, bins)[1].at(-1),
        call: `np.histogramdd(a[0], ${python})[1][-1]`,
      },
    );
  }
  check(cases);
});

test("bincount is NumPy's for every dtype of integers in any layout", { skip }, () => {
  const dice = new Dice(16);
  const cases: Case[] = [];
  for (const dtype of [...real, plain.complex64]) {
    for (let k = 0; k < 12; k++) {
      const x = np.astype(
        np.remainder(
          randomArray(dice, [dice.pick([0, 1, 5, 300])], dtype.kind === "c" ? plain.int8 : dtype),
          50,
        ),
        dtype,
      );
      const w = randomArray(dice, [x.size], dice.pick([plain.float64, plain.int8, plain.float32]));
      const minlength = dice.pick([0, 0, 3, 70]);
      const line = dice.chance(0.5) ? x.slice("::-1") : x;
      cases.push(
        {
          arrays: [line],
          run: () => np.bincount(line, { minlength }),
          call: `np.bincount(a[0], minlength=${minlength}).astype("i4")`,
        },
        {
          arrays: [line, w],
          run: () => np.bincount(line, { weights: w }),
          call: "np.bincount(a[0], a[1]).astype(float)",
        },
      );
    }
  }
  check(cases);
});

test("covariances and correlations are NumPy's within rounding", { skip }, () => {
  const dice = new Dice(17);
  const cases: Case[] = [];
  for (const dtype of [...real, plain.complex64, plain.complex128]) {
    for (let k = 0; k < 25; k++) {
      const shape = dice.pick([[5], [1, 4], [3, 6], [4, 2], [0, 3], [3, 0], [2, 40]]);
      const m = randomArray(dice, shape, dtype);
      const y = randomArray(dice, shape, dice.pick([dtype, plain.float64]));
      const rowvar = dice.chance(0.6);
      const bias = dice.chance(0.3);
      const ddof = dice.pick([null, null, 0, 2]);
      const rows = `rowvar=${rowvar ? "True" : "False"}`;
      const text = `${rows}, bias=${bias ? "True" : "False"}, ddof=${ddof === null ? "None" : ddof}`;
      cases.push(
        {
          arrays: [m],
          run: () => np.cov(m, null, { rowvar, bias, ddof }),
          call: `np.cov(a[0], ${text})`,
          ulps: 64,
        },
        {
          arrays: [m, y],
          run: () => np.cov(m, y, { rowvar }),
          call: `np.cov(a[0], a[1], ${rows})`,
          ulps: 64,
        },
      );
    }
  }
  for (let k = 0; k < 40; k++) {
    const m = randomArray(dice, [3, 8], dice.pick([plain.float64, plain.float32, plain.complex128]));
    const f = np.array([1, 2, 0, 3, 1, 1, 2, 4], "int32");
    const w = np.array([0.5, 2, 0.25, 3, 1, 1, 0, 4]);
    const ddof = dice.pick([0, 1]);
    const run = (options: np.CovOptions) => () => np.cov(m, null, { ...options, ddof });
    cases.push(
      {
        arrays: [m, f],
        run: run({ fweights: f }),
        call: `np.cov(a[0], fweights=a[1], ddof=${ddof})`,
        ulps: 64,
      },
      {
        arrays: [m, w],
        run: run({ aweights: w }),
        call: `np.cov(a[0], aweights=a[1], ddof=${ddof})`,
        ulps: 64,
      },
      {
        arrays: [m, f, w],
        run: run({ fweights: f, aweights: w }),
        call: `np.cov(a[0], fweights=a[1], aweights=a[2], ddof=${ddof})`,
        ulps: 64,
      },
      { arrays: [m], run: () => np.corrcoef(m), call: "np.corrcoef(a[0])", ulps: 64 },
      {
        arrays: [m],
        run: () => np.cov(m, null, { dtype: "complex64" }),
        call: "np.cov(a[0], dtype='F')",
        ulps: 64,
      },
    );
  }
  check(cases);
});

test("what histograms give is known without NumPy", () => {
  const [counts, edges] = np.histogram([1, 2, 1, 4], 3);
  eq([counts.tolist(), edges.tolist(), counts.dtype.name], [[2, 1, 1], [1, 2, 3, 4], "int32"]);
  eq(np.histogram([1, nan], 2, { range: [0, 3] })[0].tolist(), [1, 0]);
  eq(np.histogram([5], [1, 5, nan])[0].tolist(), [0, 1]);
  eq(np.histogram([nan, 2], [1, nan])[0].tolist(), [2]);
  eq(np.histogram([1, 2, 2], [1, 2, 2])[0].tolist(), [1, 2]);
  eq(np.histogram([], 2)[1].tolist(), [0, 0.5, 1]);
  eq(
    np
      .histogram(
        np.array([2n ** 62n, 2n ** 62n + 1n]),
        np.array([2n ** 62n, 2n ** 62n + 1n, 2n ** 62n + 2n]),
      )[0]
      .tolist(),
    [1, 1],
  );
  const big = np.array([2n ** 63n - 1n, 3n]);
  eq(np.histogram([0.5, 0.5], [0, 1], { weights: big })[0].tolist(), [-(2n ** 63n) + 2n]);
  const [both, x, y] = np.histogram2d([0, 1, 1], [0, 1, 2], [0, 1, 2]);
  eq(
    [both.tolist(), x.tolist(), y.tolist()],
    [
      [
        [1, 0],
        [0, 2],
      ],
      [0, 1, 2],
      [0, 1, 2],
    ],
  );
});

test("weights between edges that are given are summed bin by bin", () => {
  eq(np.histogram([0.5, 1.5, 2.5], [0, 1, 2, 3], { weights: [1e16, 1, 1] })[0].tolist(), [1e16, 1, 1]);
  eq([np.corrcoef([1, 2, 3]).shape, np.cov([1]).shape, np.bincount([1, 1]).dtype.name], [[], [], "int32"]);
});

test("errors name the argument", () => {
  throws(() => np.histogram([1, 2], 0), np.ValueError, /bins 0/);
  throws(() => np.histogram([1, 2], 1.5), np.DTypeError, /bins 1.5/);
  throws(() => np.histogram([1, 2], "many" as never), np.ValueError, /bins "many" is no rule/);
  throws(() => np.histogram([1, 2], [2, 1]), np.ValueError, /ascend/);
  throws(() => np.histogram([1, 2], [[1, 2]]), np.ShapeError, /2 axes/);
  throws(() => np.histogram([1, nan]), np.ValueError, /finite/);
  throws(() => np.histogram([1], 2, { range: [0, inf] }), np.ValueError, /finite/);
  throws(() => np.histogram([1], 2, { range: [3, 1] }), np.ValueError, /ends before/);
  throws(() => np.histogram([1, 2], "auto", { weights: [1, 2] }), np.DTypeError, /weights/);
  throws(() => np.histogram([1, 2], 2, { weights: [1] }), np.ShapeError, /weights/);
  throws(() => np.histogram([np.complex(1, 2)]), np.DTypeError, /complex/);
  throws(() => np.histogram([1e20, 1e20 + 2 ** 15], 30), np.ValueError, /too many/);
  throws(() => np.histogram([1, 2], 1e15), np.NdError, /./);
  throws(() => np.histogramdd(np.zeros([3, 2]), [2]), np.ShapeError, /bins/);
  throws(() => np.histogramdd(np.zeros([3, 2]), [2, 0]), np.ValueError, /bins\[1\]/);
  throws(() => np.histogramdd(np.zeros([3, 2]), 2, { range: [[0, 1]] }), np.ShapeError, /range/);
  throws(() => np.histogramdd(np.zeros([3, 2]), [2 ** 40, 2 ** 40]), np.NdError, /./);
  throws(() => np.histogram2d([1, 2], [1]), np.ShapeError, /x and y/);
  throws(() => np.bincount([1, -1]), np.ValueError, /-1/);
  throws(() => np.bincount([0.5]), np.DTypeError, /0.5/);
  throws(() => np.bincount(np.array([1.0])), np.DTypeError, /float64/);
  throws(() => np.bincount(np.array([2n ** 62n])), np.ValueError, /memory/);
  throws(() => np.bincount([[1]]), np.ShapeError, /axis/);
  throws(() => np.bincount([1, 2], { weights: [1] }), np.ShapeError, /weights/);
  throws(() => np.bincount([1], { minlength: -1 }), np.ValueError, /minlength/);
  throws(() => np.cov(np.zeros([2, 2, 2])), np.ShapeError, /two axes/);
  throws(() => np.cov([1, 2], null, { ddof: 1.5 }), np.ValueError, /ddof/);
  throws(() => np.cov([1, 2], null, { fweights: [1, 0.5] }), np.DTypeError, /fweights/);
  throws(() => np.cov([1, 2], null, { aweights: [1, -1] }), np.ValueError, /aweights/);
  throws(() => np.cov([1, 2], null, { aweights: [1] }), np.ShapeError, /aweights/);
  throws(() => np.cov([1, 2], [1, 2, 3]), np.ShapeError, /observations/);
});

/** Whole numbers that look random. */
function scattered(count: number, below: number): number[] {
  let seed = 1;
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  });
}

test("many numbers are counted as few are, whatever their lane and how large they get", () => {
  for (const count of [511, 512, 513, 16384, 16391, 40000]) {
    for (const below of [1, 7, 16384, 16385, 50000]) {
      const values = scattered(count, below);
      const wanted = new Array<number>(Math.max(...values) + 1).fill(0);
      for (const value of values) wanted[value]!++;
      for (const dtype of ["int32", "int64", "uint16"] as const) {
        const counts = np.bincount(np.array(values, "int32").astype(dtype));
        assert.deepEqual(counts.tolist(), wanted, `${count} below ${below} of ${dtype}`);
      }
    }
  }
  const sums = np.bincount(np.remainder(np.arange(2000, "int32"), 3), { weights: np.full([2000], 0.5) });
  assert.deepEqual(sums.tolist(), [333.5, 333.5, 333]);
});

test("one number that cannot be counted among many is named", () => {
  for (const [at, value, dtype] of [
    [0, -1, "int32"],
    [17001, -5, "int32"],
    [19999, -5, "int64"],
    [17001, 2 ** 33, "int64"],
  ] as const) {
    const a = np.zeros([20000], dtype);
    a.set(at, dtype === "int64" ? BigInt(value) : value);
    assert.throws(() => np.bincount(a), { name: "ValueError", message: new RegExp(`x holds ${value}[;,]`) });
  }
});

test("bins of equal width count as a search between their edges does, in parts of any length", () => {
  for (const dtype of ["float64", "float32", "float16", "int16"] as const) {
    for (const count of [1, 3, 5, 8191, 8192, 8197, 70001]) {
      const a = np.divide(np.array(scattered(count, 20000)), 16).astype(dtype);
      for (const bins of [1, 7, 50, 4096, 4097]) {
        // Float16 and few integers have fewer values than there would be edges.
        if (bins > 50 && dtype === "float16") continue;
        const [counts, edges] = np.histogram(a, bins, { range: [0, 1000] });
        const [again] = np.histogram(a, edges);
        assert.deepEqual(counts.tolist(), again.tolist(), `${count} of ${dtype} in ${bins}`);
      }
    }
  }
});

test("the ends of a histogram are the extremes, a zero as it comes first, and never NaN", () => {
  for (const count of [1, 2, 3, 4, 5, 9, 8193]) {
    for (const at of [0, count >> 1, count - 1]) {
      const a = np.full([count], 2, "float64");
      a.set(at, -3);
      const edges = np.histogramBinEdges(a, 4).tolist() as number[];
      assert.deepEqual([edges[0], edges[4]], count === 1 ? [-3.5, -2.5] : [-3, 2]);
      a.set(at, Number.NaN);
      assert.throws(() => np.histogram(a), { name: "ValueError" });
      a.set(at, Number.NEGATIVE_INFINITY);
      assert.throws(() => np.histogram(a), { name: "ValueError" });
    }
  }
  const [counts] = np.histogram(np.array([0, -0, 1, Number.NaN, 5]), 2, { range: [0, 5] });
  assert.deepEqual(counts.tolist(), [3, 1]);
});
