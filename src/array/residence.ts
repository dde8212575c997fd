/**
 * Arrays that live with the kernels for as long as that is good.
 *
 * Kernels reach their own memory only, so what lies in ordinary buffers is brought in and sent out, which costs more than most
 * operations. An array that is made once and used again and again therefore moves in, when so many of its bytes were brought
 * that the move is a small part of it, and kernels meet it where it lies, as they do results inside np.scope. It moves out,
 * and for good, when somebody is shown its buffer: what has been seen may be kept, so it has to stay. Only memory that this library
 * made for arrays and has shown to nobody moves at all, so nobody notices but by the time that it takes.
 *
 * The room is bounded, and nothing in it is pushed out: when it is full, others stay where they are. The collector says when an
 * array is gone, between two tasks; until then its bytes are not given to another. So a loop that runs for long without a
 * pause may find the room full of arrays that are gone, and is then as quick as without it.
 *
 * Whoever runs kernels calls `bringNear` for each operand before anything else: it may move a storage, and may replace the
 * memory of the kernels by one with more room.
 */

import { sizeOf } from "../layout/layout.ts";
import { generation, heap, makeNearRoom, nearRoom } from "../wasm/memory.ts";
import { allocateLasting, hasArena, patienceOf, reportCopy } from "./allocate.ts";
import type { NDArray } from "./ndarray.ts";
import type { Lender, Storage } from "./storage.ts";

/** How often before the room is asked again that had no place. */
const LATER = 256;
/** The room at first, and the most that it becomes. */
const ROOM_BYTES = 1 << 25;
const MOST_BYTES = 1 << 27;
/**
 * Places start in the middle of a page, where buffers start at its beginning: to copy between two that are some bytes apart,
 * but for pages, takes several times as long (glibc 2.36 on Zen 4).
 */
const PAGE = 4096;
const MIDDLE = 2048;

/** Bytes that nothing lies in, from where to where, in order and never side by side. */
let gaps: [from: number, to: number][] = [];
/** The memory that the gaps are in. */
let known = -1;

interface Place {
  readonly from: number;
  readonly to: number;
  readonly generation: number;
}

let registry: FinalizationRegistry<Place> | null = null;

/** Says that kernels are about to work on an array: its storage moves to their memory, if it may and that pays. */
export function bringNear({ storage, layout, dtype }: NDArray): void {
  if (storage.patience === 0 || storage.buffer === heap.buffer) return;
  const bytes = sizeOf(layout.shape) * dtype.itemsize;
  storage.patience -= bytes < 1024 ? 1 : bytes >>> 10;
  if (storage.patience <= 0) moveIn(storage);
}

function moveIn(storage: Storage): void {
  const { byteLength } = storage;
  const at = take(byteLength);
  if (at < 0) {
    storage.patience = patienceOf(byteLength, LATER);
    return;
  }
  storage.patience = patienceOf(byteLength);
  heap.u8.set(storage.bytes, at);
  storage.moveTo(heap.buffer, at, residents);
  const place = { from: at, to: at + pages(byteLength), generation };
  registry ??= new FinalizationRegistry(leave);
  registry.register(storage, place, storage);
}

function pages(bytes: number): number {
  return Math.ceil(bytes / PAGE) * PAGE;
}

/** Takes a place in the room, or -1 when there is none. */
function take(bytes: number): number {
  const length = pages(bytes);
  const at = place(length);
  if (at >= 0 || !enlarge(length)) return at;
  return place(length);
}

function place(length: number): number {
  if (known !== generation) {
    const { from, to } = nearRoom();
    gaps = to > from ? [[from + MIDDLE, to]] : [];
    known = generation;
  }
  for (let k = 0; k < gaps.length; k++) {
    const gap = gaps[k]!;
    const [from, to] = gap;
    if (to - from < length) continue;
    if (to - from === length) gaps.splice(k, 1);
    else gap[0] = from + length;
    return from;
  }
  return -1;
}

/** Gets more room, if there is any to be had; what has moved in before stays behind, and comes again. */
function enlarge(length: number): boolean {
  const { from, to } = nearRoom();
  let wanted = to === from ? ROOM_BYTES : 2 * (to - from);
  while (wanted < 2 * length + PAGE && wanted < MOST_BYTES) wanted *= 2;
  if (wanted > MOST_BYTES || length + MIDDLE > wanted || hasArena()) return false;
  try {
    makeNearRoom(wanted);
    return true;
  } catch {
    return false;
  }
}

/** Gives a place back. */
function leave({ from, to, generation: its }: Place): void {
  if (its !== generation || known !== generation) return;
  let k = 0;
  while (k < gaps.length && gaps[k]![0] < from) k++;
  gaps.splice(k, 0, [from, to]);
  join(k);
  if (k > 0) join(k - 1);
}

/** Makes one of two gaps when nothing is between them. */
function join(k: number): void {
  const [gap, next] = [gaps[k]!, gaps[k + 1]];
  if (next === undefined || gap[1] !== next[0]) return;
  gap[1] = next[1];
  gaps.splice(k + 1, 1);
}

const residents: Lender = {
  takesBack: false,
  release(storage) {
    const { buffer, origin, byteLength } = storage;
    const next = allocateLasting(byteLength, "data");
    next.storage.bytes.set(storage.bytes, next.offset);
    reportCopy(byteLength, "data");
    storage.moveTo(next.storage.buffer, next.offset);
    registry?.unregister(storage);
    if (buffer !== heap.buffer) return;
    // Not at once: whoever calls may be called by an operation that is at work on these bytes.
    void Promise.resolve({ from: origin, to: origin + pages(byteLength), generation }).then(leave);
  },
};
