import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { flush } from "../io/memmap.ts";
import type { FilePath } from "../io/node-files.ts";
import type { SaveTarget } from "../io/save.ts";
import { type TofileOptions, tofile, tofileSync } from "../io/tofile.ts";
import { give } from "./give.ts";

/** Arrays into files. */
declare module "../array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /** Writes the elements in C order, as bytes or as a text with a separator. */
    tofile(target: SaveTarget, options?: TofileOptions | string): Promise<void>;
    /** The same without waiting, to a path or `file:` URL. */
    tofileSync(path: FilePath, options?: TofileOptions | string): void;
    /** Writes what was changed in a mapped file to the disk; an error for an array in memory. */
    flush(): void;
  }
}

type Self = NDArray;

give(NDArray.prototype, {
  tofile(this: Self, target: SaveTarget, options?: TofileOptions | string) {
    return tofile(this, target, options);
  },
  tofileSync(this: Self, path: FilePath, options?: TofileOptions | string) {
    tofileSync(this, path, options);
  },
  flush(this: Self) {
    flush(this);
  },
});
