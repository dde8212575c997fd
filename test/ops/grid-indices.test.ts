import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";
import { skip } from "./against-numpy.ts";
import { differences, type GridCase, inLayouts } from "./grid-cases.ts";

const lists = (arrays: readonly np.NDArray[]) => arrays.map((a) => a.tolist());

test("ix makes arrays that cross", () => {
  const [rows, columns] = np.ix([0, 1], [true, false, true]);
  assert.deepEqual([rows!.tolist(), columns!.tolist()], [[[0], [1]], [[0, 2]]]);
  assert.deepEqual([rows!.dtype.name, columns!.dtype.name], ["int32", "int32"]);
  const base = np.arange(4n);
  assert.ok(np.sharesMemory(np.ix(base.slice("::2"))[0]!, base));
  assert.deepEqual(np.ix(), []);
  assert.equal(np.ix([2 ** 40])[0]!.dtype.name, "int64");
  assert.throws(() => np.ix(3), /ix: argument 0 must have one axis/);
});

test("indexExp gives its arguments", () => {
  const index = np.indexExp("::2", -1, null);
  assert.deepEqual(index, ["::2", -1, null]);
  assert.deepEqual(np.zeros([4, 3]).slice(...index).shape, [2, 1]);
});

test("indices of diagonals and triangles", () => {
  assert.deepEqual(lists(np.diagIndices(2, 3)), [
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
  assert.deepEqual(np.diagIndices(2, -1), []);
  assert.deepEqual(lists(np.trilIndices(2)), [
    [0, 1, 1],
    [0, 0, 1],
  ]);
  assert.deepEqual(lists(np.triuIndices(-3)), [[], []]);
  assert.throws(() => np.diagIndicesFrom(np.zeros([2, 3])), np.ValueError);
  assert.throws(() => np.diagIndicesFrom(np.zeros(2)), np.ValueError);
  assert.throws(() => np.trilIndicesFrom(np.zeros(2)), /trilIndicesFrom: an array needs exactly 2 axes/);
  assert.throws(() => np.triuIndices(1.5), /triuIndices: n 1.5 is not an integer/);
  // Neither hangs nor takes memory.
  assert.throws(() => np.trilIndices(2 ** 40, -(2 ** 40)), np.ValueError);
  assert.throws(() => np.trilIndices(2 ** 30), /too big|memory/);
});

test("maskIndices hands on what it is given", () => {
  const seen: unknown[] = [];
  const found = np.maskIndices(
    2,
    (m, k: string) => {
      seen.push(m.tolist(), k);
      return np.array([
        [0, 5],
        [0, 1],
      ]);
    },
    "k",
  );
  assert.deepEqual(lists(found), [
    [0, 1],
    [1, 1],
  ]);
  assert.deepEqual(seen, [
    [
      [1, 1],
      [1, 1],
    ],
    "k",
  ]);
  assert.throws(() => np.maskIndices(2, 5 as never), np.ValueError);
});

test("ravelMultiIndex and unravelIndex are inverse", () => {
  const shape = [3, 4, 5];
  for (const order of ["C", "F"] as const) {
    const positions = np.arange(60, "int32");
    const indices = np.unravelIndex(positions, shape, order);
    assert.deepEqual(np.ravelMultiIndex(indices, shape, { order }).tolist(), positions.tolist());
  }
  assert.deepEqual(np.unravelIndex(1621, [6, 7, 8, 9]), [3, 1, 4, 1]);
  assert.deepEqual(
    np.unravelIndex([5, 1], [2, 3]).map((one) => [one.flags.owndata, one.dtype.name]),
    [
      [true, "int32"],
      [true, "int32"],
    ],
  );
  assert.equal(np.ravelMultiIndex([3, 1, 4, 1], [6, 7, 8, 9]), 1621);
  assert.equal(np.ravelMultiIndex([], []), 0);
  assert.equal(np.ravelMultiIndex([[2 ** 31]], [2 ** 40], { dtype: "int64" }).dtype.name, "int64");
  assert.throws(() => np.ravelMultiIndex([[0]], [2 ** 40]), /pass dtype: "int64"/);
  assert.throws(() => np.ravelMultiIndex([[0]], [2], "no" as never), /mode "no"/);
  assert.throws(() => np.ravelMultiIndex([[0]], [2], { order: "K" as never }), /order "K"/);
  assert.throws(() => np.ravelMultiIndex([[0.5]], [2]), /indices of axis 0 must be integers/);
  assert.throws(() => np.unravelIndex([6], [2, 3]), /unravelIndex: index 6 is out of bounds/);
  const wild = np.array([2n ** 62n + 1n, -(2n ** 62n)]);
  assert.deepEqual(np.ravelMultiIndex([wild], [7], "wrap").tolist(), [
    Number((2n ** 62n + 1n) % 7n),
    Number(7n - (2n ** 62n % 7n)),
  ]);
});

test("r_ and c_ join arrays, scalars and ranges", () => {
  assert.deepEqual(np.r_("0:3", 7, [8, 9]).tolist(), [0, 1, 2, 7, 8, 9]);
  assert.deepEqual(np.r_("0:1:5j").tolist(), [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(np.r_(np.s(1, 4)).tolist(), [1, 2, 3]);
  assert.deepEqual(np.c_([1, 2], "5:7").tolist(), [
    [1, 5],
    [2, 6],
  ]);
  assert.deepEqual(np.r_("c", 1, 2).tolist(), [[1], [2]]);
  assert.equal(np.r_("1:3").dtype.name, "float64");
  assert.equal(np.r_(np.array([1], "int8"), 2).dtype.name, "int8");
  assert.throws(() => np.r_(), /r_: there is nothing to join/);
  assert.throws(() => np.r_("q", 1), /r_: "q" is no directive/);
  assert.throws(() => np.c_(1, "0,2"), /c_: "0,2" stands at place 1/);
  assert.throws(() => np.r_([1], [[2]]), np.ShapeError);
  assert.throws(() => np.r_("3:"), /r_: "3:" is no range with an end/);
  assert.throws(() => np.r_("0,65", 1), np.ValueError);
});

test("fillDiagonal writes in place, and nothing when there is an error", () => {
  const a = np.zeros([5, 3]);
  np.fillDiagonal(a, [1, 2], true);
  assert.deepEqual(a.flat.slice("::4").tolist(), [1, 2, 1, 2]);
  const frozen = np.zeros([2, 2]);
  frozen.setflags({ write: false });
  assert.throws(() => np.fillDiagonal(frozen, 1), /fillDiagonal.*read-only/);
  assert.throws(() => np.fillDiagonal(np.zeros(3), 1), /at least 2 axes/);
  assert.throws(() => np.fillDiagonal(np.zeros([2, 2, 3]), 1), /one length/);
  const own = np.array([
    [1, 2],
    [3, 4],
  ]);
  np.fillDiagonal(own, own.slice(1, "::-1"));
  assert.deepEqual(own.tolist(), [
    [4, 2],
    [3, 3],
  ]);
  const bytes = np.zeros([2, 2], "uint8");
  assert.throws(() => np.fillDiagonal(bytes, [1, 300]), np.ValueError);
  assert.deepEqual(bytes.tolist(), [
    [0, 0],
    [0, 0],
  ]);
});

function triangles(): GridCase[] {
  const cases: GridCase[] = [];
  for (const n of [0, 1, 3, 5, -2]) {
    for (const m of [null, 0, 2, 7, -1]) {
      for (const k of [-9, -4, -1, 0, 1, 3, 8]) {
        cases.push({
          call: `np.tril_indices(${n}, ${k}, ${m === null ? "None" : m})`,
          run: () => np.trilIndices(n, k, m),
        });
        cases.push({
          call: `np.triu_indices(${n}, ${k}, ${m === null ? "None" : m})`,
          run: () => np.triuIndices(n, k, m),
        });
      }
    }
  }
  return cases;
}

function ravels(): GridCase[] {
  const cases: GridCase[] = [];
  for (const dtype of ["int8", "int32", "uint32", "int64", "uint64", "bool"] as const) {
    for (const { a } of inLayouts(dtype, 6)) {
      for (const order of ["C", "F"] as const) {
        for (const mode of ["raise", "clip", "wrap"] as const) {
          cases.push({
            arrays: [a],
            call: `np.ravel_multi_index((a[0], a[0], 1), (7, 3, 2), mode="${mode}", order="${order}")`,
            run: (x) => np.ravelMultiIndex([x, x, 1], [7, 3, 2], { mode, order }),
          });
        }
        cases.push({
          arrays: [a],
          call: `np.unravel_index(a[0], (3, 2), order="${order}")`,
          // NumPy's arrays are parts of one: every stride is times two there.
          strides: false,
          run: (x) => np.unravelIndex(x, [3, 2], order),
        });
      }
    }
  }
  return cases;
}

function layoutsOfIndices(): GridCase[] {
  const cases: GridCase[] = [];
  for (const { a } of [...inLayouts("float32", 9), ...inLayouts("int64", 9)]) {
    const axes = a.ndim;
    for (const wrap of [true, false]) {
      cases.push({
        arrays: [a],
        narrow: false,
        setup: "b = a[0].copy(order='K')",
        call: `(np.fill_diagonal(b, [5, 6, 7, 8, 9], ${wrap ? "True" : "False"}), b)[1]`,
        run: (x) => {
          const b = np.copy(x, "K");
          np.fillDiagonal(b, [5, 6, 7, 8, 9], wrap);
          return b;
        },
      });
    }
    cases.push({ arrays: [a], narrow: false, call: "np.ix_(a[0], a[0])", run: (x) => np.ix(x, x) });
    cases.push({ arrays: [a], narrow: false, call: "np.r_[a[0], a[0]]", run: (x) => np.r_(x, x) });
    cases.push({ arrays: [a], narrow: false, call: "np.c_[a[0], a[0]]", run: (x) => np.c_(x, x) });
    for (const how of ["-1", "0,4", "0,4,1", "1,4,-1", "0,5,2", "0,5,-2"]) {
      cases.push({
        arrays: [a],
        narrow: false,
        call: `np.r_["${how}", a[0], a[0]]`,
        run: (x) => np.r_(how, x, x),
      });
    }
    if (axes === 2)
      cases.push({
        arrays: [a],
        call: "np.tril_indices_from(a[0]) + np.diag_indices_from(a[0])",
        run: (x) => [...np.trilIndicesFrom(x), ...np.diagIndicesFrom(x)],
      });
  }
  return cases;
}

const singles: GridCase[] = [
  { call: "np.r_[0:3, 1.5]", run: () => np.r_("0:3", 1.5) },
  { call: "np.r_[0:1:7j]", run: () => np.r_("0:1:7j") },
  { call: "np.r_[0.1:2.7:11j]", run: () => np.r_("0.1:2.7:11j") },
  { call: "np.r_['0,3,1', 0.:4.]", run: () => np.r_("0,3,1", "0:4") },
  { call: "np.r_['0,2', 0.:4., [[1., 2, 3, 4]]]", run: () => np.r_("0,2", "0:4", [[1, 2, 3, 4]]) },
  { call: "np.r_['r', 1., 2.]", strides: false, run: () => np.r_("r", 1, 2) },
  { call: "np.r_['5', 1., 2.]", run: () => np.r_("5", 1, 2) },
  { call: "np.r_[True, np.array([1], 'i1'), 3]", run: () => np.r_(true, np.array([1], "int8"), 3) },
  { call: "np.r_[np.array([1], 'f2'), 3.5]", run: () => np.r_(np.array([1], "float16"), 3.5) },
  { call: "np.unravel_index([], (2, 3))", run: () => np.unravelIndex([], [2, 3]) },
  {
    call: "np.unravel_index(np.array([], int), (0, 3))",
    run: () => np.unravelIndex(np.zeros(0, "int32"), [0, 3]),
  },
  { call: "np.unravel_index([0], ())", run: () => np.unravelIndex([0], []) },
  { call: "np.unravel_index(1, ())", run: () => np.unravelIndex(1, []) },
  { call: "np.unravel_index(1.5, 10)", run: () => np.unravelIndex(1.5, 10) },
  { call: "np.unravel_index(-1, 10)", run: () => np.unravelIndex(-1, 10) },
  { call: "np.ravel_multi_index((1, 3, 1), (2, 3))", run: () => np.ravelMultiIndex([1, 3, 1], [2, 3]) },
  {
    call: "np.ravel_multi_index((1, -4), (2, 3), mode='wrap')",
    run: () => np.ravelMultiIndex([1, -4], [2, 3], "wrap"),
  },
  {
    call: "np.ravel_multi_index((1, -4), (2, 3), mode=('wrap',))",
    run: () => np.ravelMultiIndex([1, -4], [2, 3], { mode: ["wrap"] }),
  },
  {
    call: "np.ravel_multi_index(([0, 1], [0, 1, 2]), (5, 5))",
    run: () =>
      np.ravelMultiIndex(
        [
          [0, 1],
          [0, 1, 2],
        ],
        [5, 5],
      ),
  },
  { call: "np.ravel_multi_index(([0], [0]), (0, 5))", run: () => np.ravelMultiIndex([[0], [0]], [0, 5]) },
  { call: "np.ravel_multi_index(([0, 1],), 5)", run: () => np.ravelMultiIndex([[0, 1]], 5) },
  { call: "np.ix_([0], [[1]])", run: () => np.ix([0], [[1]]) },
  { call: "np.diag_indices(0)", run: () => np.diagIndices(0) },
  {
    call: "np.mask_indices(3, np.triu, 1)",
    strides: false,
    run: () =>
      np.maskIndices(3, (m) =>
        np.multiply(
          m,
          np.array([
            [0, 1, 1],
            [0, 0, 1],
            [0, 0, 0],
          ]),
        ),
      ),
  },
];

test("indices of grids are NumPy's", { skip }, () => {
  assert.deepEqual(differences([...triangles(), ...ravels(), ...layoutsOfIndices(), ...singles]), []);
});
