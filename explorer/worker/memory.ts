import * as np from "../../src/index.ts";
import type { BufferFacts, Keeper, MemoryFacts } from "../src/protocol.ts";
import { addressesOf } from "./elements.ts";

/** Which buffers there are, who keeps each of them, and how much of it anybody can reach. */

/** An array with what it is called. */
export interface Named {
  readonly name: string;
  readonly array: np.NDArray;
}

const BUCKETS = 200;
/** Up to here every element is looked at; beyond, spans of bytes are added up. */
const EXACT_ELEMENTS = 2_000_000;
const EXACT_BYTES = 64_000_000;

const numbers = new WeakMap<object, number>();
let next = 1;

/** The number by which the page knows a buffer. */
export function bufferNumber(buffer: ArrayBufferLike): number {
  const known = numbers.get(buffer);
  if (known !== undefined) return known;
  numbers.set(buffer, next);
  return next++;
}

/** All buffers that the named arrays keep alive, the largest first. */
export function memoryFacts(arrays: readonly Named[]): MemoryFacts {
  const groups = new Map<ArrayBufferLike, Named[]>();
  for (const named of arrays) {
    const group = groups.get(named.array.buffer) ?? [];
    if (!group.some(({ array }) => array === named.array)) group.push(named);
    groups.set(named.array.buffer, group);
  }
  const buffers = [...groups].map(([buffer, group]) => bufferFacts(buffer, group));
  buffers.sort((a, b) => b.bytes - a.bytes || a.id - b.id);
  const total = (part: (facts: BufferFacts) => number) =>
    buffers.reduce((sum, facts) => sum + part(facts), 0);
  return { buffers, kept: total(({ bytes }) => bytes), used: total(({ used }) => used) };
}

function bufferFacts(buffer: ArrayBufferLike, group: readonly Named[]): BufferFacts {
  const arrays = group.map(({ array }) => array);
  const elements = arrays.reduce((sum, { size }) => sum + size, 0);
  const exact = elements <= EXACT_ELEMENTS && buffer.byteLength <= EXACT_BYTES;
  const runs = exact ? exactRuns(arrays, buffer.byteLength) : spans(arrays);
  return {
    id: bufferNumber(buffer),
    bytes: buffer.byteLength,
    used: exact
      ? runs.reduce((sum, [low, high]) => sum + high - low, 0)
      : Math.min(buffer.byteLength, sumOf(arrays)),
    exact: exact || arrays.length === 1,
    shared: typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer,
    keepers: group.map(keeperOf),
    coverage: coverageOf(runs, buffer.byteLength),
  };
}

const sumOf = (arrays: readonly np.NDArray[]): number =>
  arrays.reduce((sum, array) => sum + np.memoryOf(array).reachedBytes, 0);

type Run = [low: number, high: number];

/** Every byte that an element lies on, as runs. */
function exactRuns(arrays: readonly np.NDArray[], byteLength: number): Run[] {
  const used = new Uint8Array(byteLength);
  for (const array of arrays) {
    const { itemsize } = array;
    if (itemsize > 0) for (const at of addressesOf(array)) used.fill(1, at, at + itemsize);
  }
  const runs: Run[] = [];
  for (let from = used.indexOf(1); from >= 0; ) {
    const to = used.indexOf(0, from);
    runs.push([from, to < 0 ? byteLength : to]);
    from = to < 0 ? -1 : used.indexOf(1, to);
  }
  return runs;
}

/** From the lowest to the highest byte of each array, merged. */
function spans(arrays: readonly np.NDArray[]): Run[] {
  const sorted = arrays.map((array) => np.byteBounds(array)).sort((a, b) => a[0] - b[0]);
  const merged: Run[] = [];
  for (const [low, high] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1]) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

function coverageOf(runs: readonly Run[], byteLength: number): number[] {
  const width = byteLength / BUCKETS;
  const covered = new Array<number>(BUCKETS).fill(0);
  for (const [low, high] of runs) {
    const last = Math.min(BUCKETS - 1, Math.floor((high - 1) / width));
    for (let k = Math.floor(low / width); k <= last; k++)
      covered[k]! += (Math.min(high, (k + 1) * width) - Math.max(low, k * width)) / width;
  }
  return covered.map((part) => Math.round(part * 100) / 100);
}

function keeperOf({ name, array }: Named): Keeper {
  const report = np.memoryOf(array);
  return {
    name,
    description: `${array.dtype} (${array.shape.join(", ")}${array.ndim === 1 ? "," : ""})`,
    reached: report.reachedBytes,
    range: report.byteRange,
    owner: array.base === null,
  };
}
