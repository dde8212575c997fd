import type { Workspace } from "../wasm/workspace.ts";
import { NETWORK_MOST, networkKernel } from "./kernels/sort-network.ts";
import { radixKernel } from "./kernels/sort-radix.ts";
import { insertionKernel, mergeKernel, mergePlan, type WordBytes } from "./kernels/sort-words.ts";

/** Up to so many words insertion is quickest. */
const FEW = 20;
/** Up to so many, merging is quicker than going through their digits. */
const SOME: Readonly<Record<WordBytes, number>> = { 2: 64, 4: 160, 8: 500 };
/** The same where the lower 32 bits do not count. */
const SOME_HALVES = 300;

/** Bytes of the room that {@link sortWords} needs beside `n` words, or fewer of them. */
export function wordRoom(n: number, bytes: WordBytes): number {
  const merged = Math.min(n, SOME[8]);
  return bytes * Math.max(n, 2 * (merged + (merged >> 2) + 8));
}

/**
 * Sorts `n` words at an address; gives where they are then: there, or in the room. With `halves` the lower 32 bits of words
 * of 8 bytes are numbers that are in order already.
 */
export function sortWords(
  space: Workspace,
  bytes: WordBytes,
  n: number,
  at: number,
  room: number,
  tables: number,
  halves = false,
): number {
  if (n <= (halves ? SOME_HALVES : SOME[bytes])) {
    sortLines(space, bytes, 1, n, at, room);
    return at;
  }
  const key = bytes < 8 ? `${bytes}` : halves ? "8 32" : "8 quick";
  const found = radixKernel(key as "8 quick").in(space)(n, at, room, tables);
  const [here, other] = (found & 1) === 1 ? [room, at] : [at, room];
  if (found < 2) return here!;
  return radixKernel("8").in(space)(n, here!, other!, tables) === 1 ? other! : here!;
}

function sortLines(
  space: Workspace,
  bytes: WordBytes,
  lines: number,
  n: number,
  at: number,
  room: number,
): void {
  if (lines >= 16 && n <= NETWORK_MOST && bytes > 2) sortShortLines(space, bytes, lines, n, at, room);
  else if (n <= FEW) insertionKernel(bytes).in(space)(lines, n, at);
  else {
    const { block, total } = mergePlan(n);
    mergeKernel(bytes).in(space)(lines, n, at, room, block, total);
  }
}

/** Sorts short lines, as many side by side as a vector has words. */
function sortShortLines(
  space: Workspace,
  bytes: WordBytes,
  lines: number,
  n: number,
  at: number,
  room: number,
): void {
  if (n < 2) return;
  const groups = Math.floor((lines * bytes) / 16);
  const done = (groups * 16) / bytes;
  networkKernel(`${bytes as 4 | 8} ${n}`).in(space)(groups, at);
  if (done < lines) sortLines(space, bytes, lines - done, n, at + done * n * bytes, room);
}

/** Sorts each of some lines of `n` words, which lie one behind the other. */
export function sortWordLines(
  space: Workspace,
  bytes: WordBytes,
  lines: number,
  n: number,
  at: number,
  room: number,
  tables: number,
): void {
  if (n <= SOME[bytes]) {
    sortLines(space, bytes, lines, n, at, room);
    return;
  }
  const memory = new Uint8Array(space.buffer);
  for (let k = 0; k < lines; k++) {
    const line = at + k * n * bytes;
    const found = sortWords(space, bytes, n, line, room, tables);
    if (found !== line) memory.copyWithin(line, found, found + n * bytes);
  }
}
