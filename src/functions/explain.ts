/** Pictures of memory, and where copies come from. */
export { Drawing, draw } from "../explain/draw.ts";
export { type Drawable, type MemoryPicture, memoryPicture } from "../explain/picture.ts";
export type { DrawOptions, PictureOptions } from "../explain/picture-options.ts";
