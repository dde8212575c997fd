/** Room for work on lines: addresses in a workspace, and lines brought there and back. */

import { moveElements } from "../array/move.ts";
import { type Place, Storage } from "../array/storage.ts";
import { ValueError } from "../errors.ts";
import { coalesceOrdered } from "../layout/coalesce.ts";
import { walkOuterMany } from "../layout/walk.ts";
import { type Workspace, workspace } from "../wasm/workspace.ts";

/** Kernels may touch a little more than a part has. */
const SLACK = 64;

/** Bytes of lines that are worked on at once. */
const BLOCK = 1 << 18;
/** The same where lines lie side by side, so that each brings in its neighbours. */
const WIDE_BLOCK = 1 << 22;

/** How many lines of `n` elements to take at once, which lie `along` bytes apart. */
export function linesAtOnce(n: number, bytes: number, along: number): number {
  const block = Math.abs(along) > 64 ? WIDE_BLOCK : BLOCK;
  return Math.max(1, Math.floor(block / (n * Math.max(1, bytes))));
}

/** A workspace with a part for each number of bytes asked for. */
export interface Room {
  readonly space: Workspace;
  readonly storage: Storage;
  /** Where each part starts; a multiple of 64. */
  readonly at: readonly number[];
}

const storages = /* @__PURE__ */ new WeakMap<Workspace, Storage>();

/**
 * Room of the given sizes, with anything in it, until the next is asked for.
 *
 * @throws ValueError when there is not so much memory.
 */
export function roomFor(sizes: readonly number[], caller: string): Room {
  const at = new Array<number>(sizes.length);
  let end = SLACK;
  for (let k = 0; k < sizes.length; k++) {
    at[k] = end;
    end += Math.ceil((sizes[k]! + SLACK) / 64) * 64;
  }
  const space = workspace(end);
  if (space === null) {
    throw new ValueError(`${caller}: no memory for ${end} bytes to work in; take parts of the array`);
  }
  let storage = storages.get(space);
  if (storage === undefined) storages.set(space, (storage = new Storage(space.buffer)));
  return { space, storage, at };
}

/** A place of lines: bytes from one line to the next, and along a line. */
export interface LinePlace extends Place {
  readonly strides: readonly [step: number, along: number];
}

function onlyLine({ storage, strides, offset }: Place): LinePlace {
  return { storage, strides: [0, strides[0]!], offset };
}

/**
 * Goes through the lines of a shape along an axis, some at a time: `visit` gets how many, and where they start in each of
 * the places, which all have that shape.
 */
export function eachLines(
  shape: readonly number[],
  axis: number,
  places: readonly Place[],
  most: number,
  visit: (lines: number, ...at: LinePlace[]) => void,
): void {
  const n = shape[axis]!;
  if (n === 0) return;
  if (shape.length === 1) {
    visit(1, ...places.map(onlyLine));
    return;
  }
  const others = (list: readonly number[]) => list.filter((_, k) => k !== axis);
  const walk = coalesceOrdered(
    others(shape),
    places.map((place) => others(place.strides)),
    places.map((place) => place.offset),
  );
  const last = walk.shape.length - 1;
  const rows = last < 0 ? 1 : walk.shape[last]!;
  walkOuterMany(walk.shape, walk.strides, walk.offsets, 1, (starts) => {
    for (let row = 0; row < rows; row += most) {
      const at = places.map((place, k): LinePlace => {
        const step = last < 0 ? 0 : walk.strides[k]![last]!;
        const offset = starts[k]! + row * step;
        return { storage: place.storage, strides: [step, place.strides[axis]!], offset };
      });
      visit(Math.min(most, rows - row), ...at);
    }
  });
}

/** Brings lines of `n` elements into a room, one behind the other from an address on. */
export function bringLines(
  room: Room,
  to: number,
  lines: number,
  n: number,
  from: LinePlace,
  bytes: number,
): void {
  moveLines(lines, n, from, { storage: room.storage, strides: [n * bytes, bytes], offset: to }, bytes);
}

/** Sends lines out of a room. */
export function sendLines(
  room: Room,
  from: number,
  lines: number,
  n: number,
  to: LinePlace,
  bytes: number,
): void {
  moveLines(lines, n, { storage: room.storage, strides: [n * bytes, bytes], offset: from }, to, bytes);
}

function moveLines(lines: number, n: number, from: LinePlace, to: LinePlace, bytes: number): void {
  if (lines > 1) moveElements([lines, n], from, to, bytes);
  else moveElements([n], lineOf(from), lineOf(to), bytes);
}

/** One line without the axis of lines. */
function lineOf({ storage, strides, offset }: LinePlace): Place {
  return { storage, strides: [strides[1]], offset };
}
