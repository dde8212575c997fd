/**
 * Whose memory is drawn. Small arrays are cut from one buffer, of which the rest is nobody's business: what is drawn is
 * the memory that the owner of the elements has, or all of a buffer that somebody else made.
 */

import { NDArray } from "../array/ndarray.ts";
import { byteRange } from "../layout/layout.ts";
import type { Settings } from "./picture-options.ts";

/** A part of a buffer, or of a memory that no buffer holds, that belongs together: byte `low` to before byte `high`. */
export interface Block {
  readonly memory: object;
  low: number;
  high: number;
  /** Whether an array owns it, somebody else made it, or a scope lent it. */
  kind: "owner" | "buffer" | "scope";
}

/** The memory of each array; arrays whose memory meets have one object together. */
export function blocksOf(arrays: readonly NDArray[]): Block[] {
  const blocks = arrays.map(blockOf);
  for (let k = 0; k < blocks.length; k++) {
    for (let j = 0; j < k; j++) if (meet(blocks[j]!, blocks[k]!)) join(blocks, blocks[j]!, blocks[k]!);
  }
  return blocks;
}

/** The byte of the buffer from which the picture counts. */
export function originOf(block: Block, { addresses }: Settings): number {
  return addresses === "buffer" ? 0 : block.low;
}

function blockOf(array: NDArray): Block {
  const { storage } = array;
  const { memory, buffer } = storage;
  let owner = array;
  while (owner.base instanceof NDArray) owner = owner.base;
  // A buffer that somebody else made, unless it is one of several on a larger memory.
  if (owner.base !== null && memory === buffer) {
    return { memory, low: 0, high: buffer.byteLength, kind: "buffer" };
  }
  const [low, high] = rangeOf(owner);
  const [from, to] = rangeOf(array);
  const kind = storage.lender?.takesBack === true ? "scope" : "owner";
  return { memory, low: Math.min(low, from), high: Math.max(high, to), kind };
}

function rangeOf({ storage, layout, itemsize }: NDArray): [low: number, high: number] {
  return byteRange(storage.inMemory(layout), itemsize);
}

function meet(a: Block, b: Block): boolean {
  return a !== b && a.memory === b.memory && a.low <= b.high && b.low <= a.high && !isBeside(a, b);
}

/** Neighbours that share no byte, unless one of them is empty and lies in the other. */
function isBeside(a: Block, b: Block): boolean {
  const [empty, other] = a.low === a.high ? [a, b] : [b, a];
  if (empty.low === empty.high) return empty.low === other.high && other.low !== other.high;
  return a.high === b.low || b.high === a.low;
}

/** Replaces the second block by the first, made large enough for both. */
function join(blocks: Block[], a: Block, b: Block): void {
  a.low = Math.min(a.low, b.low);
  a.high = Math.max(a.high, b.high);
  if (b.kind === "buffer") a.kind = "buffer";
  for (let k = 0; k < blocks.length; k++) if (blocks[k] === b) blocks[k] = a;
}
