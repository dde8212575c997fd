/** Pictures of memory, and where copies come from. */
export { trackArrays } from "../array/livearrays.ts";
export { type Drawing, draw } from "../explain/draw.ts";
export { type CopyAnswer, type ExplainedOperation, explainCopy } from "../explain/explain-copy.ts";
export { type Drawable, memoryPicture } from "../explain/picture.ts";
export type { MemoryPicture } from "../explain/picture-model.ts";
export type { DrawOptions, PictureOptions } from "../explain/picture-options.ts";
export { traceCopies, withoutCopies } from "../explain/trace.ts";
export type { CopyEvent, Trace, TraceTotals } from "../explain/trace-events.ts";
