/**
 * Memory as runs of bytes. The elements that are drawn cut it where they begin and end; what lies between is a gap, or
 * holds elements that are not drawn, which the overlap solver tells apart without looking at them.
 */

import type { NDArray } from "../array/ndarray.ts";
import type { Layout } from "../layout/layout.ts";
import { overlap } from "../layout/overlap.ts";
import { type Block, originOf } from "./picture-memory.ts";
import type { PictureArray, PictureLane, PictureRun, PictureSharing, PictureStrip } from "./picture-model.ts";
import type { Settings } from "./picture-options.ts";

/** How much work a question about shared memory may be. */
const MAX_WORK = 1000;

/** The memory of a block, with what the arrays of the picture have there. */
export function stripOf(
  block: Block,
  number: number,
  arrays: readonly NDArray[],
  drawn: readonly PictureArray[],
  settings: Settings,
): PictureStrip {
  const origin = originOf(block, settings);
  const members = drawn.flatMap(({ strip }, k) => (strip === number ? [k] : []));
  const layouts = members.map((k) => fromOrigin(arrays[k]!, origin));
  const lanes = members.map((k) => laneOf(drawn[k]!, k));
  const holders = members.map((k, m) => ({ array: k, layout: layouts[m]!, drawn: drawn[k]! }));
  const [low, high] = [block.low - origin, block.high - origin];
  return {
    kind: block.kind,
    address: low,
    byteOffset: block.low,
    bytes: high - low,
    runs: runsOf(low, high, lanes, holders),
    lanes,
    sharing: sharingOf(holders),
  };
}

/** An array of a strip, its layout counted as the picture counts. */
interface Holder {
  readonly array: number;
  readonly layout: Layout;
  readonly drawn: PictureArray;
}

function fromOrigin({ storage, layout }: NDArray, origin: number): Layout {
  const { offset } = storage.inMemory(layout);
  return { ...layout, offset: offset - origin };
}

function laneOf({ cells, itemsize }: PictureArray, array: number): PictureLane {
  const at = new Map<number, number[]>();
  cells.forEach(({ address }, k) => {
    const there = at.get(address);
    if (there === undefined) at.set(address, [k]);
    else there.push(k);
  });
  // Where each level ends so far: a place goes on the first that is free.
  const ends: number[] = [];
  const places = [...at.keys()]
    .sort((a, b) => a - b)
    .map((address) => {
      const free = ends.findIndex((end) => end <= address);
      const level = free < 0 ? ends.length : free;
      ends[level] = address + Math.max(itemsize, 1);
      return { address, bytes: itemsize, cells: at.get(address)!, level };
    });
  return { array, places, levels: ends.length };
}

function runsOf(low: number, high: number, lanes: readonly PictureLane[], holders: readonly Holder[]) {
  const edges = new Set([low, high]);
  const starts = new Map<number, [number, 1 | -1][]>();
  const mark = (byte: number, array: number, step: 1 | -1) => {
    edges.add(byte);
    const there = starts.get(byte);
    if (there === undefined) starts.set(byte, [[array, step]]);
    else there.push([array, step]);
  };
  for (const { array, places } of lanes) {
    for (const { address, bytes } of places) {
      // Elements of no bytes hold nothing, but there is where they are.
      if (bytes === 0) edges.add(address);
      if (bytes === 0) continue;
      mark(address, array, 1);
      mark(address + bytes, array, -1);
    }
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const held = new Map<number, number>();
  const runs: PictureRun[] = [];
  for (let k = 0; k + 1 < sorted.length; k++) {
    const address = sorted[k]!;
    for (const [array, step] of starts.get(address) ?? []) held.set(array, (held.get(array) ?? 0) + step);
    const owners = [...held].filter(([, count]) => count > 0).map(([array]) => array);
    const bytes = sorted[k + 1]! - address;
    runs.push(
      runAt(
        address,
        bytes,
        owners.sort((a, b) => a - b),
        holders,
      ),
    );
  }
  return runs;
}

function runAt(address: number, bytes: number, owners: number[], holders: readonly Holder[]): PictureRun {
  if (owners.length > 0) return { kind: "element", address, bytes, arrays: owners };
  const span: Layout = { shape: [bytes], strides: [1], offset: address };
  const hidden = holders.filter(
    ({ layout, drawn }) => drawn.summarised && overlap(layout, drawn.itemsize, span, 1, MAX_WORK) !== "no",
  );
  const arrays = hidden.map(({ array }) => array);
  return { kind: arrays.length > 0 ? "more" : "gap", address, bytes, arrays };
}

function sharingOf(holders: readonly Holder[]): PictureSharing[] {
  return holders.flatMap((a, k) =>
    holders.slice(k + 1).map((b) => {
      const answer = overlap(a.layout, a.drawn.itemsize, b.layout, b.drawn.itemsize, MAX_WORK);
      const shares = answer === "too hard" ? null : answer === "yes";
      return { arrays: [a.array, b.array] as const, shares };
    }),
  );
}
