/** Reading and writing through arrays of indices and masks. */
export { gather } from "../array/gather.ts";
export type { Index, IndexPart } from "../array/index-plan.ts";
