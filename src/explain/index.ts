/**
 * Pictures of memory, and where copies come from: `np.draw(a)`, or `import { draw } from "ndview/explain"`.
 */

export { type Drawing, draw } from "./draw.ts";
export { type CopyAnswer, type ExplainedOperation, explainCopy } from "./explain-copy.ts";
export {
  type Drawable,
  type MemoryPicture,
  memoryPicture,
  type PictureArray,
  type PictureAxis,
} from "./picture.ts";
export type { FieldPart, PictureCell } from "./picture-cells.ts";
export type { DrawOptions, PictureOptions } from "./picture-options.ts";
export type {
  PictureLane,
  PicturePlace,
  PictureRun,
  PictureSharing,
  PictureStrip,
} from "./picture-strip.ts";
export { traceCopies, withoutCopies } from "./trace.ts";
export type { CopyEvent, Trace, TraceTotals } from "./trace-events.ts";
