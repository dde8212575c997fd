import * as np from "../../src/index.ts";

const last = (a: np.NDArray) => (a.ndim === 0 ? null : -1);
/** A copy of the array in zeros of its shape, which may be written. */
const writeable = (a: np.NDArray) => {
  const target = np.zeros(a.shape, a.dtype);
  target.set("...", a);
  return target;
};
const line = (a: np.NDArray) => np.sort(a, null);

/** Sorting, searching and sets. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  argpartition: (a) => np.argpartition(a, 1, last(a)),
  argsort: (a) => [np.argsort(a, last(a)), np.argsort(a, null)],
  digitize: (a) => np.digitize(a, np.array([10, 20, 50, 60])),
  intersect1d: (a) => np.intersect1d(a, a, { returnIndices: true }),
  isin: (a) => np.isin(a, line(a).slice("::2")),
  lexsort: (a) => np.lexsort([a, a]),
  partition: (a) => np.partition(a, 0, last(a)),
  searchsorted: (a) => np.searchsorted(line(a), a, "right"),
  setdiff1d: (a) => np.setdiff1d(a, line(a).slice("::3")),
  setxor1d: (a) => np.setxor1d(a, line(a).slice("::3")),
  sort: (a) => [np.sort(a, last(a)), np.sort(a, a.ndim - 1 < 0 ? null : 0), np.sort(a, null)],
  sortComplex: (a) => np.sortComplex(a),
  topK: (a) => np.topK(a, 1, { axis: 0 }),
  union1d: (a) => np.union1d(a, a),
  unique: (a) => [
    ...np.unique(a, { returnIndex: true, returnInverse: true, returnCounts: true }),
    np.unique(a),
    np.unique(a, { axis: a.ndim === 0 ? null : 0 }),
  ],
  uniqueAll: (a) => Object.values(np.uniqueAll(a)),
  uniqueCounts: (a) => Object.values(np.uniqueCounts(a)),
  uniqueInverse: (a) => Object.values(np.uniqueInverse(a)),
  uniqueValues: (a) => np.uniqueValues(a),
  ".argpartition": (a) => a.argpartition(-1, last(a)),
  ".argsort": (a) => a.argsort(last(a)),
  ".partition": (a) => {
    const target = writeable(a);
    target.partition(0);
    return target;
  },
  ".searchsorted": (a) => a.searchsorted(a),
  ".sort": (a) => {
    const target = writeable(a);
    target.sort();
    return target;
  },
};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {};
