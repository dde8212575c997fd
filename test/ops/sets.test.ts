import assert from "node:assert/strict";
import { test } from "node:test";
import * as np from "../../src/index.ts";

const eq = (got: unknown, expected: unknown): void => assert.deepEqual(got, expected);

function throws(run: () => unknown, kind: abstract new (...given: never[]) => Error, text: RegExp): void {
  assert.throws(run, (e) => e instanceof kind && text.test(e.message), String(text));
}

test("unique gives what is asked for, in NumPy's order", () => {
  const a = np.array([
    [3, 1],
    [1, 3],
  ]);
  eq(np.unique(a).tolist(), [1, 3]);
  const [values, index, inverse, counts] = np.unique(a, {
    returnCounts: true,
    returnInverse: true,
    returnIndex: true,
  });
  eq(values.tolist(), [1, 3]);
  eq(index.tolist(), [1, 0]);
  eq(inverse.tolist(), [
    [1, 0],
    [0, 1],
  ]);
  eq(counts.tolist(), [2, 2]);
  const [, only] = np.unique(a, { returnCounts: true });
  eq(only.dtype.name, "int32");
});

test("unique compares the parts along an axis as wholes", () => {
  const a = np.array([
    [3, 1],
    [1, 3],
    [3, 1],
  ]);
  const [rows, inverse] = np.unique(a, { axis: 0, returnInverse: true });
  eq(rows.tolist(), [
    [1, 3],
    [3, 1],
  ]);
  eq(inverse.tolist(), [1, 0, 1]);
  eq(np.unique(a, { axis: -1 }).tolist(), [
    [1, 3],
    [3, 1],
    [1, 3],
  ]);
  eq(np.unique(np.zeros([2, 0]), { axis: 0 }).shape, [1, 0]);
  eq(np.unique(np.zeros([0, 2]), { axis: 0 }).shape, [0, 2]);
  throws(() => np.unique(a, { axis: 2 }), np.IndexError, /unique: axis 2/);
});

test("NaN are one element unless told otherwise, zeros of both signs always", () => {
  const a = np.array([NaN, 1, NaN, -0, 0]);
  eq(np.unique(a).tolist(), [-0, 1, NaN]);
  eq(np.unique(a, { equalNan: false }).tolist(), [-0, 1, NaN, NaN]);
  eq(np.unique(a, { returnCounts: true })[1].tolist(), [2, 1, 2]);
  eq(np.uniqueCounts(a).counts.tolist(), [2, 1, 1, 1]);
  eq(np.unique(np.array(a, "float16")).tolist(), [-0, 1, NaN]);
  const c = np.array([np.complex(NaN, 1), np.complex(1, NaN), 3]);
  eq(np.unique(c).size, 2);
  eq(np.unique(c, { equalNan: false }).size, 3);
  const rows = np.array([
    [NaN, 1],
    [NaN, 1],
  ]);
  eq(np.unique(rows, { axis: 0 }).shape, [2, 2]);
});

test("each NaT is an element of its own when NaN are", () => {
  const a = np.array(["NaT", "2020-01-01", "NaT"], "M8[D]");
  eq(np.unique(a).size, 2);
  eq(np.unique(a, { equalNan: false }).size, 3);
  eq(np.uniqueCounts(a).counts.tolist(), [1, 1, 1]);
});

test("NaN of float16 come last also among parts", () => {
  const a = np.array([[NaN], [1]], "float16");
  eq(np.unique(a, { axis: 0 }).tolist(), [[1], [NaN]]);
});

test("the functions of the array API give records", () => {
  const a = np.array([3, 1, 3]);
  const all = np.uniqueAll(a);
  eq(Object.keys(all), ["values", "indices", "inverseIndices", "counts"]);
  eq(all.indices.tolist(), [1, 0]);
  eq(np.uniqueInverse(a).inverseIndices.tolist(), [1, 0, 1]);
  eq(np.uniqueValues(a).tolist(), [1, 3]);
});

test("isin compares numbers, whatever their dtypes", () => {
  eq(np.isin(np.array([1, 2, NaN]), np.array([2, NaN])).tolist(), [false, true, false]);
  eq(np.isin(np.array([1, 2]), []).tolist(), [false, false]);
  eq(np.isin(2, [2]).at(), true);
  eq(np.isin(np.array([1, 2]), [2], { invert: true }).tolist(), [true, false]);
  eq(np.isin(np.array([-1, 1], "int8"), np.array([255, 1], "uint8")).tolist(), [false, true]);
  const long = np.array([2n ** 63n - 1n, -1n, 5n]);
  eq(np.isin(long, np.array([2n ** 63n, 2n ** 64n - 1n, 5n], "uint64")).tolist(), [false, false, true]);
  eq(np.isin(np.array([2n ** 64n - 1n, 5n], "uint64"), long).tolist(), [false, true]);
  eq(np.isin(np.array([0n, 2n ** 62n]), np.array([0n, 2n ** 62n]), { kind: "table" }).tolist(), [true, true]);
  throws(() => np.isin([1.5], [1.5], { kind: "table" }), np.ValueError, /isin: kind "table"/);
  throws(() => np.isin([1], [1], { kind: "hash" as never }), np.ValueError, /kind "hash"/);
});

test("sets of two arrays", () => {
  const [a, b] = [np.array([1, 2, 3, 2, 4]), np.array([2, 3, 5, 7, 5])];
  eq(np.union1d(a, b).tolist(), [1, 2, 3, 4, 5, 7]);
  eq(np.intersect1d(a, b).tolist(), [2, 3]);
  eq(np.setxor1d(a, b).tolist(), [1, 4, 5, 7]);
  eq(np.setdiff1d(a, b).tolist(), [1, 4]);
  eq(np.setdiff1d(np.array([3, 1, 2]), [2], { assumeUnique: true }).tolist(), [3, 1]);
  const [values, first, second] = np.intersect1d(a, b, { returnIndices: true });
  eq(
    [values.tolist(), first.tolist(), second.tolist()],
    [
      [2, 3],
      [1, 2],
      [0, 1],
    ],
  );
  eq(np.intersect1d(np.array([1], "int8"), np.array([1], "uint8")).dtype.name, "int16");
  eq(np.setxor1d(np.array([NaN]), np.array([NaN])).size, 2);
  eq(np.union1d([], []).size, 0);
});
