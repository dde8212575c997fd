import * as np from "../../src/index.ts";

const line = (a: np.NDArray) => np.ravel(a);

/** Histograms, covariance and correlation. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  bincount: (a) => np.bincount(np.astype(line(a), "uint8"), { weights: line(a) }),
  corrcoef: (a) => np.corrcoef(a),
  cov: (a) => np.cov(a, a, { rowvar: false }),
  histogram: (a) => np.histogram(a, 5, { weights: a }),
  histogram2d: (a) => np.histogram2d(line(a), line(a), [2, [0, 20, 100]]),
  histogramBinEdges: (a) => np.histogramBinEdges(a, "auto"),
  histogramdd: (a) => np.histogramdd(a, 2),
};

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {};
