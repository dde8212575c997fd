/**
 * The list of what is public, function by function: `import { add, array } from "ndview/functions"` brings only what these
 * need, and arrays and ufuncs without the methods that `ndview` gives them. Functions then take arrays, typed arrays,
 * scalars and names of dtypes; lists are read by `array`, dtypes with fields by `dtype`.
 */

export * from "./functions/arrays.ts";
export * from "./functions/dates.ts";
export * from "./functions/explain.ts";
export * from "./functions/grids.ts";
export * from "./functions/indexing.ts";
export * from "./functions/manipulation.ts";
export * from "./functions/mapped.ts";
export * from "./functions/sorting.ts";
export * from "./functions/statistics.ts";
export * from "./functions/strings.ts";
export * from "./functions/text.ts";

/** A new axis in an index: null. */
export const newaxis = null;
export {
  type ErrorCall,
  type ErrorMode,
  type ErrorState,
  type ErrorStateOptions,
  errstate,
  type FloatEvent,
  geterr,
  geterrcall,
  seterr,
  seterrcall,
} from "./engine/errstate.ts";
export { type ScopeOptions, scope } from "./engine/scope.ts";
export type { AnyCall, Ufunc } from "./engine/ufunc.ts";
export type { Out, UfuncKeywords, UfuncOptions } from "./engine/ufunc-options.ts";
export type {
  BinaryCall,
  DerivedOptions,
  DivmodCall,
  DoubleOf,
  ExponentCall,
  FloatOf,
  MagnitudeOf,
  NumberOf,
  PairOptions,
  PromotedInputs,
  QuotientOf,
  ResultKind,
  ResultKinds,
  SplitCall,
  UnaryCall,
} from "./engine/ufunc-types.ts";
export { type DLPackable, type DLTensor, fromDlpack, toDlpack } from "./interop/dlpack.ts";
export { type Handoff, type HandoffRequirement, handoff } from "./interop/handoff.ts";
export type { LayoutRequirement } from "./layout/requirement.ts";
export { type AverageOptions, average } from "./ops/average.ts";
export { type Bound, type ClipOptions, clip } from "./ops/clip.ts";
export { allclose, arrayEqual, arrayEquiv, type CloseOptions, isclose } from "./ops/closeness.ts";
export { angle, realIfClose } from "./ops/complex-parts.ts";
export { type Counts, countNonzero } from "./ops/count.ts";
export { type CrossOptions, cross } from "./ops/cross.ts";
export {
  type CumulativeIncludingOptions,
  type CumulativeOptions,
  cumprod,
  cumsum,
  cumulativeProd,
  cumulativeSum,
  type Running,
} from "./ops/cumulative.ts";
export {
  type DiffOptions,
  diff,
  type Ediff1dOptions,
  ediff1d,
  type TrapezoidOptions,
  trapezoid,
} from "./ops/differences.ts";
export {
  type DerivedEinsumOptions,
  type EinsumOptions,
  type EinsumPathOptions,
  type EinsumResult,
  einsum,
  einsumPath,
} from "./ops/einsum.ts";
export type { EinsumPath, Optimize } from "./ops/einsum-path.ts";
export { amax, amin, max, min, ptp } from "./ops/extrema.ts";
export {
  type ElementFunction,
  type ElementwiseFunction,
  type ElementwiseOptions,
  type FrompyfuncOptions,
  frompyfunc,
} from "./ops/frompyfunc.ts";
export { type GradientOptions, gradient } from "./ops/gradient.ts";
export { type InterpOptions, interp } from "./ops/interp.ts";
export { kron } from "./ops/kron.ts";
export { median } from "./ops/median.ts";
export {
  nanargmax,
  nanargmin,
  nancumprod,
  nancumsum,
  nanmax,
  nanmedian,
  nanmin,
  nanpercentile,
  nanprod,
  nanquantile,
  nansum,
} from "./ops/nan-reductions.ts";
export { nanmean, nanstd, nanvar } from "./ops/nan-statistics.ts";
export { type NanToNumOptions, nanToNum } from "./ops/nan-to-num.ts";
export { argmax, argmin, type PositionOptions, type Positions } from "./ops/positions.ts";
export {
  type BoolOut,
  iscomplex,
  iscomplexobj,
  isneginf,
  isposinf,
  isreal,
  isrealobj,
  isscalar,
} from "./ops/predicates.ts";
export {
  matmul,
  matvec,
  type ProductCall,
  type ProductOf,
  type ProductUfunc,
  vecdot,
  vecmat,
} from "./ops/products.ts";
export { dot, inner, outer, type ProductOut, vdot } from "./ops/products-vectors.ts";
export type { QuantileMethod } from "./ops/quantile-methods.ts";
export { percentile, type QuantileOptions, type Quantiles, quantile } from "./ops/quantiles.ts";
export type {
  AxisOptions,
  AxisOr,
  ExtremeOptions,
  InputDType,
  MaskedOptions,
  MeanOf,
  MeanOptions,
  Reduced,
  SumOf,
  SumOptions,
  VarianceOf,
} from "./ops/reduction-options.ts";
export { around, fix, type Rounded, type RoundOptions, round } from "./ops/rounding.ts";
export { i0, sinc } from "./ops/special.ts";
export { mean, std, type VarianceOptions, variance as var } from "./ops/statistics.ts";
export { all, any, prod, sum } from "./ops/sums.ts";
export { type TensordotAxes, tensordot } from "./ops/tensordot.ts";
export { type TraceOptions, trace } from "./ops/trace.ts";
export {
  abs,
  absolute,
  add,
  conj,
  conjugate,
  divide,
  divmod,
  fabs,
  floorDivide,
  fmod,
  gcd,
  lcm,
  mod,
  multiply,
  negative,
  positive,
  reciprocal,
  remainder,
  sign,
  square,
  subtract,
  trueDivide,
} from "./ops/ufuncs-arithmetic.ts";
export {
  equal,
  fmax,
  fmin,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  notEqual,
} from "./ops/ufuncs-compare.ts";
export {
  cbrt,
  exp,
  exp2,
  expm1,
  floatPower,
  log,
  log1p,
  log2,
  log10,
  logaddexp,
  logaddexp2,
  pow,
  power,
  sqrt,
} from "./ops/ufuncs-exponential.ts";
export {
  ceil,
  copysign,
  floor,
  frexp,
  heaviside,
  isfinite,
  isinf,
  isnan,
  ldexp,
  modf,
  nextafter,
  rint,
  signbit,
  spacing,
  trunc,
} from "./ops/ufuncs-floating.ts";
export {
  bitwiseAnd,
  bitwiseCount,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseNot,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  invert,
  leftShift,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  rightShift,
} from "./ops/ufuncs-logic.ts";
export {
  acos,
  acosh,
  arccos,
  arccosh,
  arcsin,
  arcsinh,
  arctan,
  arctan2,
  arctanh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  deg2rad,
  degrees,
  hypot,
  rad2deg,
  radians,
  sin,
  sinh,
  tan,
  tanh,
} from "./ops/ufuncs-trigonometric.ts";
export { type UnwrapOptions, unwrap } from "./ops/unwrap.ts";
export { type VectorizedFunction, type VectorizeOptions, vectorize } from "./ops/vectorize.ts";
export { where } from "./ops/where.ts";
