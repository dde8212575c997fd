import * as np from "../../src/index.ts";
import type { Comparison, Contiguous, SharedElements } from "../src/protocol.ts";
import { addressesOf, indexText } from "./elements.ts";
import { pictureOf } from "./pictures.ts";

/** Two arrays side by side: which elements of each lie on a byte of the other, and what contiguity would cost. */

const MOST_ELEMENTS = 2_000_000;
const MOST_BYTES = 64_000_000;
const MOST_LISTED = 400;

export type Pair = readonly [name: string, array: np.NDArray];

export function comparisonOf(first: Pair, second: Pair, width: number): Comparison {
  const [a, b] = [first[1], second[1]];
  const shares = np.sharesMemory(a, b);
  const may = np.mayShareMemory(a, b);
  const shared: [SharedElements, SharedElements] = shares
    ? [sharedOf(a, b), sharedOf(b, a)]
    : [
        { count: 0, indices: [] },
        { count: 0, indices: [] },
      ];
  return {
    shares,
    may,
    words: wordsOf(first, second, shares, may),
    shared,
    picture: pictureOf(a === b ? [first] : [first, second], width),
    contiguous: [contiguousOf(first, width), contiguousOf(second, width)],
  };
}

function wordsOf([x, a]: Pair, [y, b]: Pair, shares: boolean, may: boolean): string {
  if (a === b) return `${x} and ${y} are one array.`;
  if (shares) return `${x} and ${y} share memory: what is written through one is seen in the other.`;
  if (a.buffer !== b.buffer) return `${x} and ${y} lie in different buffers and share nothing.`;
  if (may) return `${x} and ${y} reach through the same part of a buffer, but never the same byte.`;
  return `${x} and ${y} lie in different parts of one buffer and share nothing.`;
}

/** The elements of `a` that share a byte with an element of `b`. */
function sharedOf(a: np.NDArray, b: np.NDArray): SharedElements {
  const [low, high] = np.byteBounds(b);
  if (a.size > MOST_ELEMENTS || b.size > MOST_ELEMENTS || high - low > MOST_BYTES)
    return { count: null, indices: [] };
  const theirs = new Uint8Array(high - low);
  for (const at of addressesOf(b)) theirs.fill(1, at - low, at - low + b.itemsize);
  const indices: string[] = [];
  let count = 0;
  addressesOf(a).forEach((at, rank) => {
    if (!isAny(theirs, at - low, at - low + a.itemsize)) return;
    if (++count <= MOST_LISTED) indices.push(indexText(rank, a.shape));
  });
  return { count, indices };
}

function isAny(marks: Uint8Array, from: number, to: number): boolean {
  for (let k = Math.max(0, from); k < to; k++) if (marks[k] === 1) return true;
  return false;
}

/** What `ascontiguousarray` does with the array. */
function contiguousOf([name, array]: Pair, width: number): Contiguous {
  const made = np.ascontiguousarray(array);
  const copied = made !== array;
  const { notC } = np.memoryOf(array);
  return {
    copied,
    bytes: copied ? made.nbytes : 0,
    why: copied
      ? (notC ?? "a 0-d array becomes one of one axis")
      : "it is C-contiguous already: the same array comes back",
    picture: copied && made.size <= 144 ? pictureOf([[`contiguous ${name}`, made]], width) : null,
  };
}
