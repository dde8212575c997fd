/** Reading and writing through arrays of indices and masks. */
export type { FlatPositions } from "../array/flat.ts";
export { gather } from "../array/gather.ts";
export type { Index, IndexPart } from "../array/index-plan.ts";
export { putAlongAxis, takeAlongAxis } from "../ops/along-axis.ts";
export { type ChooseOptions, choose } from "../ops/choose.ts";
export { argwhere, flatnonzero, nonzero } from "../ops/nonzero.ts";
export { place, put, putmask } from "../ops/put.ts";
export { select } from "../ops/select.ts";
export {
  type CompressOptions,
  compress,
  extract,
  type ModeOptions,
  type TakeArgument,
  type TakeOptions,
  take,
} from "../ops/take.ts";
export type { IndexMode } from "../wasm/indices.ts";
