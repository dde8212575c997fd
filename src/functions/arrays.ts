/** What is public about arrays themselves: making, viewing, copying, printing and storing them, and their dtypes. */

export { type FrombufferOptions, frombuffer, fromStrided, type StridedMemory } from "../array/adopt.ts";
export type { NoDType, ShapeLike, WithDType } from "../array/arguments.ts";
export { fill } from "../array/assign.ts";
export { type AsStridedOptions, asStrided } from "../array/asstrided.ts";
export { tobytes } from "../array/bytes.ts";
export { byteswap } from "../array/byteswap.ts";
export {
  type AstypeOptions,
  ascontiguousarray,
  asfortranarray,
  astype,
  type CopytoOptions,
  copy,
  copyto,
  flatten,
  type OrderOption,
} from "../array/copy.ts";
export {
  type ArrayInput,
  type ArrayKeywords,
  type ArrayLike,
  type ArrayOptions,
  array,
  asanyarray,
  asarray,
  type DTypeOfInput,
} from "../array/create.ts";
export {
  diag,
  diagflat,
  eye,
  identity,
  type MatrixKeywords,
  type MatrixOptions,
  tri,
} from "../array/diagonals.ts";
export { item, type NestedList, ndenumerate, ndindex, tolist } from "../array/elements.ts";
export { empty, type FreshKeywords, type FreshOptions, full, ones, zeros } from "../array/filled.ts";
export { Flags } from "../array/flags.ts";
export { Flat, type FlatIndex, flat } from "../array/flat.ts";
export {
  type Array2StringOptions,
  type ArrayTextOptions,
  array2string,
  arrayRepr,
  arrayStr,
} from "../array/format/array2string.ts";
export { baseRepr, binaryRepr } from "../array/format/base-repr.ts";
export { formatFloatPositional, formatFloatScientific } from "../array/format/format-float.ts";
export type { Json } from "../array/format/inspect.ts";
export {
  type FloatMode,
  type Formatter,
  getPrintoptions,
  type PrintOptionChanges,
  type PrintOptions,
  printoptions,
  type SignMode,
  setPrintoptions,
} from "../array/format/options.ts";
export { type FromiterOptions, fromfunction, fromiter } from "../array/generated.ts";
export { type IndicesOptions, indices, type MeshgridOptions, meshgrid } from "../array/grids.ts";
export {
  emptyLike,
  fullLike,
  type LikeKeywords,
  type LikeOptions,
  onesLike,
  zerosLike,
} from "../array/likes.ts";
export { geomspace, type LogspaceOptions, logspace } from "../array/logspaces.ts";
export type { MemoryLike } from "../array/memory.ts";
export { type MemoryReport, memoryOf } from "../array/memoryof.ts";
export { type GridRange, mgrid, ogrid } from "../array/mgrid.ts";
export { type Base, NDArray } from "../array/ndarray.ts";
export { arange } from "../array/ranges.ts";
export { asarrayChkfinite, require } from "../array/require.ts";
export {
  byteBounds,
  isfortran,
  mayShareMemory,
  type SharingOptions,
  sharesMemory,
} from "../array/sharing.ts";
export { linspace, type SpaceOptions } from "../array/spaces.ts";
export type { TypedArrayLike } from "../array/typedarrays.ts";
export { type VanderOptions, vander } from "../array/vander.ts";
export { type Casting, canCast } from "../dtype/cast.ts";
export { Complex, complex } from "../dtype/complex.ts";
export type { Descriptor, Field, HasDType } from "../dtype/descriptor.ts";
export { type AbstractDType, isdtype, issubdtype, type KindName } from "../dtype/kinds.ts";
export { type FloatInfo, finfo, type IntegerInfo, iinfo } from "../dtype/limits.ts";
export type {
  ComplexDType,
  DataArray,
  DType,
  DTypeMap,
  ElementValue,
  FloatDType,
  IntegerDType,
  Kind,
  NumericDType,
  RealDType,
  ScalarLike,
  SignedIntegerDType,
  StructValue,
  UnsignedIntegerDType,
  Value,
} from "../dtype/map.ts";
export {
  type DTypeLike,
  type DTypeName,
  type DTypeOf,
  type DTypeOptions,
  dtype,
  type FieldSpec,
  type StructSpec,
  type SubarraySpec,
} from "../dtype/parse.ts";
export { promoteTypes } from "../dtype/promote.ts";
export type { Promote, PromoteScalar } from "../dtype/promotion-table.ts";
export { minScalarType, resultType } from "../dtype/result.ts";
export {
  DTypeError,
  type ErrorKind,
  IndexError,
  isNdError,
  NdError,
  ShapeError,
  TooHardError,
  ValueError,
} from "../errors.ts";
export { type NpyHeader, npyHeader } from "../io/header.ts";
export { type Bytes, type LoadOptions, type LoadSource, load, loadSync } from "../io/load.ts";
export { npyBytes } from "../io/npy.ts";
export { isNpzFile, NpzFile } from "../io/npz.ts";
export {
  type NpzInput,
  npzBytes,
  type SaveTarget,
  save,
  saveSync,
  savez,
  savezCompressed,
  savezCompressedSync,
  savezSync,
} from "../io/save.ts";
export type { BasicIndex } from "../layout/basic.ts";
export type { Order } from "../layout/layout.ts";
export { type Slice, type SliceText, s } from "../layout/slice.ts";
export {
  atleast1d,
  atleast2d,
  atleast3d,
  expandDims,
  matrixTranspose,
  moveaxis,
  permuteDims,
  rollaxis,
  squeeze,
  swapaxes,
  transpose,
} from "../ops/axes.ts";
export { broadcastArrays, broadcastShapes, broadcastTo } from "../ops/broadcast.ts";
export { flip, fliplr, flipud, rot90 } from "../ops/flip.ts";
export type { Axes } from "../ops/input.ts";
export {
  diagonal,
  field,
  imag,
  type PartOf,
  real,
  type SlidingWindowOptions,
  slidingWindowView,
  view,
} from "../ops/parts.ts";
export { type ReshapeOptions, ravel, reshape } from "../ops/reshape.ts";
export { arraySplit, dsplit, hsplit, split, unstack, vsplit } from "../ops/split.ts";
