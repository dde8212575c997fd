/**
 * Arrays that live with the kernels for as long as that is good.
 *
 * Kernels reach their own memory only, so what lies in ordinary buffers is brought in and sent out, which costs more than most
 * operations. An array that is made once and used again and again therefore moves in, when so many of its bytes were brought
 * that the move is a small part of it, and kernels meet it where it lies, as they do results inside np.scope. It moves out,
 * and for good, when somebody is shown its buffer: what has been seen may be kept, so it has to stay. Only memory that this library
 * made for arrays and has shown to nobody moves at all, so nobody notices but by the time that it takes.
 *
 * The room is bounded. When it is full, those move out again that no kernel came for in a while, among them arrays that are
 * gone: the collector would say so between two tasks only, and loops are long. If there are none, others stay where they are.
 *
 * Whoever runs kernels calls `bringNear` for each operand before anything else: it may move any storage, and may replace the
 * memory of the kernels by one with more room.
 */

import { sizeOf } from "../layout/layout.ts";
import { generation, heap, makeNearRoom, nearRoom } from "../wasm/memory.ts";
import { allocateLasting, hasArena, isObserved, patienceOf, reportCopy } from "./allocate.ts";
import type { NDArray } from "./ndarray.ts";
import type { Lender, Storage } from "./storage.ts";

/** The sizes of things, which a test may make small. */
export const roomRules = {
  /** Bytes of the room at first, and at most. */
  first: 1 << 26,
  most: 1 << 27,
  /** So many operands have come between two looks for who is not needed. */
  calm: 1024,
};
/**
 * Places start in the middle of a page, where buffers start at its beginning: to copy between two that are some bytes apart,
 * but for pages, takes several times as long (glibc 2.36 on Zen 4).
 */
const PAGE = 4096;
const MIDDLE = 2048;

/** What the patience of a storage that lives here says: whether kernels came for it since the last look. */
const NEEDED = 2;
const UNNEEDED = 1;

/** Who lives here, and where. */
const residents = new Map<Storage, Place>();
/** Bytes that nothing lies in, in order and never side by side. */
let gaps: Place[] = [];
/** The memory that all of them are in. */
let known = -1;
/** Operands that have come, and how many they were at the last look. */
let visits = 0;
let looked = 0;

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Says that kernels are about to work on an array: its storage moves to their memory, if it may and that pays. */
export function bringNear({ storage, layout, dtype }: NDArray): void {
  if (storage.patience === 0) return;
  visits++;
  if (storage.buffer === heap.buffer) {
    if (storage.patience === UNNEEDED) storage.patience = NEEDED;
    return;
  }
  const bytes = sizeOf(layout.shape) * dtype.itemsize;
  storage.patience -= bytes < 1024 ? 1 : bytes >>> 10;
  if (storage.patience <= 0) moveIn(storage);
}

function moveIn(storage: Storage): void {
  const { byteLength, bytes } = storage;
  const length = Math.ceil(byteLength / PAGE) * PAGE;
  const place = find(length) ?? (enlarge(length) || pushOut() ? find(length) : null);
  if (place === null) {
    storage.patience = patienceOf(byteLength);
    return;
  }
  heap.u8.set(bytes, place.from);
  storage.moveTo(heap.buffer, place.from, lender);
  storage.patience = NEEDED;
  residents.set(storage, place);
}

/** Takes a place, if there is one. */
function find(length: number): Place | null {
  if (known !== generation) {
    const { from, to } = nearRoom();
    gaps = to > from ? [{ from: from + MIDDLE, to }] : [];
    residents.clear();
    known = generation;
  }
  const k = gaps.findIndex(({ from, to }) => to - from >= length);
  if (k < 0) return null;
  const { from, to } = gaps[k]!;
  const end = from + length;
  gaps.splice(k, 1, ...(end < to ? [{ from: end, to }] : []));
  return { from, to: end };
}

/** Gets more room, if there is any to be had; who lives here stays behind in the old memory, and comes again when needed. */
function enlarge(length: number): boolean {
  const { from, to } = nearRoom();
  const { first, most } = roomRules;
  let wanted = to === from ? first : 2 * (to - from);
  while (wanted < 2 * length + PAGE && wanted < most) wanted *= 2;
  if (wanted > most || length + PAGE > wanted || hasArena()) return false;
  try {
    makeNearRoom(wanted);
    return true;
  } catch {
    return false;
  }
}

/** Moves out who is not needed; whether somebody was. */
function pushOut(): boolean {
  if (visits - looked < roomRules.calm || isObserved()) return false;
  looked = visits;
  const before = residents.size;
  try {
    for (const [storage, place] of residents) {
      if (storage.patience === UNNEEDED) {
        moveOut(storage);
        storage.patience = patienceOf(storage.byteLength);
        leave(place);
      } else if (storage.patience === NEEDED) storage.patience = UNNEEDED;
    }
  } catch {
    // Where there is no memory to move to, who is left stays.
  }
  return residents.size < before;
}

function moveOut(storage: Storage): void {
  const { byteLength } = storage;
  const next = allocateLasting(byteLength, "data");
  next.storage.bytes.set(storage.bytes, next.offset);
  storage.moveTo(next.storage.buffer, next.offset);
  residents.delete(storage);
}

/** Gives a place back. */
function leave(place: Place): void {
  let k = 0;
  while (k < gaps.length && gaps[k]!.from < place.from) k++;
  gaps.splice(k, 0, place);
  join(k);
  if (k > 0) join(k - 1);
}

/** Makes one of two gaps when nothing is between them. */
function join(k: number): void {
  const [gap, next] = [gaps[k]!, gaps[k + 1]];
  if (next !== undefined && gap.to === next.from) gaps.splice(k, 2, { from: gap.from, to: next.to });
}

const lender: Lender = {
  takesBack: false,
  release(storage) {
    const place = residents.get(storage);
    const its = known;
    moveOut(storage);
    reportCopy(storage.byteLength, "data");
    // Not at once: whoever calls may be called by an operation that is at work on these bytes.
    if (place !== undefined) void Promise.resolve().then(() => (its === generation ? leave(place) : null));
  },
};
