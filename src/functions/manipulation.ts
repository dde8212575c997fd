/** Joining, repeating, padding and moving elements. */

export type { BitOrder } from "../engine/kernels/packing.ts";
export { type Blocks, block } from "../ops/block.ts";
export {
  type ArrayList,
  type ConcatenateOptions,
  concat,
  concatenate,
  type Joined,
  type JoinedDType,
  type JoinKeywords,
} from "../ops/concatenate.ts";
export { type CorrelateMode, convolve, correlate, type ModeOption } from "../ops/convolve.ts";
export { deleteAlong as delete } from "../ops/delete.ts";
export { append, insert } from "../ops/insert.ts";
export { type PackbitsOptions, packbits, type UnpackbitsOptions, unpackbits } from "../ops/packbits.ts";
export { type PadFunction, type PadMode, type PadOptions, pad } from "../ops/pad.ts";
export type { PadWidth, WidthsByAxis } from "../ops/pad-pairs.ts";
export type { AxisPlaces } from "../ops/positions-along.ts";
export { repeat } from "../ops/repeat.ts";
export { roll, type Shift } from "../ops/roll.ts";
/** Functions that give complex numbers where real ones do not exist. */
export * as emath from "../ops/scimath.ts";
export {
  columnStack,
  dstack,
  hstack,
  type Stacked,
  type StackOptions,
  stack,
  vstack,
} from "../ops/stack.ts";
export { resize, tile } from "../ops/tile.ts";
export { type DiagonalOption, tril, triu } from "../ops/triangles.ts";
export { type TrimSides, type TrimZerosOptions, trimZeros } from "../ops/trim-zeros.ts";
