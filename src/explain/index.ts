/**
 * Pictures of memory, and where copies come from: `np.draw(a)`, or `import { draw } from "ndview/explain"`.
 */

export { trackArrays } from "../array/livearrays.ts";
export { type Drawing, draw } from "./draw.ts";
export { type CopyAnswer, type ExplainedOperation, explainCopy } from "./explain-copy.ts";
export { type Drawable, memoryPicture } from "./picture.ts";
export type {
  FieldPart,
  MemoryPicture,
  PictureArray,
  PictureAxis,
  PictureCell,
  PictureLane,
  PicturePlace,
  PictureRun,
  PictureSharing,
  PictureStrip,
} from "./picture-model.ts";
export type { DrawOptions, PictureOptions } from "./picture-options.ts";
export { traceCopies, withoutCopies } from "./trace.ts";
export type { CopyEvent, Trace, TraceTotals } from "./trace-events.ts";
