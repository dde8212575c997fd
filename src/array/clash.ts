import type { Layout } from "../layout/layout.ts";
import { overlap } from "../layout/overlap.ts";
import type { Storage } from "./storage.ts";

/** Where elements of `itemsize` bytes are. */
export interface Elements {
  readonly storage: Storage;
  readonly layout: Layout;
  readonly itemsize: number;
}

/**
 * Whether elements may share a byte, which is known for sure unless it takes more than `work` candidates to find out.
 * Offsets count from the start of a storage, and several storages may lie over one memory: this compares addresses.
 */
export function mayClash(a: Elements, b: Elements, work: number): boolean {
  const [x, y] = [a.storage, b.storage];
  if (x.memory !== y.memory) return false;
  return overlap(x.inMemory(a.layout), a.itemsize, y.inMemory(b.layout), b.itemsize, work) !== "no";
}
