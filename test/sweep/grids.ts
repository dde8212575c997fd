import * as np from "../../src/index.ts";

/** Whole numbers of what may be read as indices, all of them within bounds. */
const indices = (a: np.NDArray) => np.remainder(np.real(a), 5);

/** Indices of grids, functions applied along axes, iteration, windows and fields. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  applyAlongAxis: (a) => np.applyAlongAxis((line) => line.slice("::-1"), -1, a),
  applyOverAxes: (a) => np.applyOverAxes(np.sum, a, [0, -1]),
  broadcast: (a) => [...np.broadcast(a, [[1], [2]])],
  c_: (a) => np.c_(a, a),
  diagIndicesFrom: (a) => np.diagIndicesFrom(a),
  fillDiagonal: (a) => {
    const target = np.zeros([9, 9], a.dtype);
    np.fillDiagonal(target, a);
    return target;
  },
  ix: (a) => np.ix(a, a),
  ndim: (a) => np.ndim(a),
  nestedIters: (a) => {
    const [outer, inner] = np.nestedIters(a, [[0], [1]], { order: "C" });
    return [...outer!].flatMap(() => [...inner!]);
  },
  nditer: (a) => [...np.nditer([a, 1], { order: "C" })],
  piecewise: (a) => np.piecewise(a, [np.ones(a.shape, "bool")], [(v) => v.slice("::-1")]),
  r_: (a) => np.r_("-1", a, a),
  ravelMultiIndex: (a) => np.ravelMultiIndex([indices(a), 1], [5, 2]),
  shape: (a) => np.shape(a),
  size: (a) => np.size(a, -1),
  trilIndicesFrom: (a) => np.trilIndicesFrom(a.ndim > 2 ? a.slice(0) : a),
  triuIndicesFrom: (a) => np.triuIndicesFrom(a.ndim > 2 ? a.slice(0) : a),
  unravelIndex: (a) => np.unravelIndex(indices(a), [2, 3]),
  ".contains": (a) => [a.contains(37), a.contains(-1)],
  ".getfield": (a) => a.getfield("uint8"),
  ".setfield": (a) => {
    const target = np.zeros(a.shape, a.dtype);
    target.setfield(a.getfield("uint8"), "uint8");
    return target;
  },
};

const noArray = "it takes no array";

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      "Broadcast",
      "Nditer",
      "bartlett",
      "blackman",
      "diagIndices",
      "hamming",
      "hanning",
      "indexExp",
      "kaiser",
      "maskIndices",
      "normalizeAxisIndex",
      "normalizeAxisTuple",
      "trilIndices",
      "triuIndices",
    ].map((name) => [name, noArray]),
  ),
};
