/** Indices of grids, functions applied along axes, iteration, windows and fields. */

export { applyAlongAxis, applyOverAxes } from "../ops/apply-along-axis.ts";
export { type Concatenated, c_, r_ } from "../ops/axis-concatenation.ts";
export { Broadcast, broadcast } from "../ops/broadcast-object.ts";
export { e, eulerGamma, inf, nan, pi } from "../ops/constants.ts";
export {
  type NormalizeAxisOptions,
  ndim,
  normalizeAxisIndex,
  normalizeAxisTuple,
  shape,
  size,
} from "../ops/extents.ts";
export { type FillDiagonalOptions, fillDiagonal } from "../ops/fill-diagonal.ts";
export {
  diagIndices,
  diagIndicesFrom,
  indexExp,
  ix,
  maskIndices,
  trilIndices,
  trilIndicesFrom,
  triuIndices,
  triuIndicesFrom,
} from "../ops/grid-indices.ts";
export {
  type ClipMode,
  type IndexInput,
  type RavelMultiIndexOptions,
  ravelMultiIndex,
  type UnravelIndexOptions,
  unravelIndex,
} from "../ops/index-ravel.ts";
export { Nditer, type NditerOperands, type NditerValue, nditer } from "../ops/nditer.ts";
export type { NditerFlag, NditerOpFlag, NditerOptions } from "../ops/nditer-flags.ts";
export { type NestedItersOptions, nestedIters } from "../ops/nested-iters.ts";
export { type Piece, piecewise } from "../ops/piecewise.ts";
export * as recfunctions from "../ops/recfunctions.ts";
export { bartlett, blackman, hamming, hanning, kaiser } from "../ops/windows.ts";
export * as testing from "../testing.ts";
