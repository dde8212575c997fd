/** Histograms, covariance and correlation. */

export type { BinRange, Bins } from "../ops/bin-edges.ts";
export type { BinRule } from "../ops/bin-widths.ts";
export { type BincountOptions, bincount } from "../ops/bincount.ts";
export { type CorrcoefOptions, type CovOptions, corrcoef, cov } from "../ops/covariance.ts";
export {
  type HistogramEdgesOptions,
  type HistogramOptions,
  histogram,
  histogramBinEdges,
} from "../ops/histogram.ts";
export {
  type Histogram2dOptions,
  type HistogramddOptions,
  histogram2d,
  histogramdd,
} from "../ops/histogramdd.ts";
