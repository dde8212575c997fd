import { moveBytes } from "./move.ts";
import type { Storage } from "./storage.ts";

/** Repeats the `bytes` at a place until there are `total`; the last repetition may be cut. */
export function repeatBytes(storage: Storage, at: number, bytes: number, total: number): void {
  if (bytes === 0) return;
  for (let done = bytes; done < total; done *= 2) {
    moveBytes(storage, at, storage, at + done, Math.min(done, total - done));
  }
}
