import { moveBytes } from "./move.ts";
import type { NDArray } from "./ndarray.ts";

/** Repeats the first `bytes` of a dense array to its end; the last repetition may be cut. */
export function repeatBytes(a: NDArray, bytes: number): void {
  const { storage } = a;
  const { offset } = a.layout;
  const { nbytes } = a;
  if (bytes === 0) return;
  for (let done = bytes; done < nbytes; done *= 2) {
    moveBytes(storage, offset, storage, offset + done, Math.min(done, nbytes - done));
  }
}
