import type { Descriptor } from "../dtype/descriptor.ts";
import { ValueError } from "../errors.ts";
import { type Layout, sizeOf } from "../layout/layout.ts";
import { type Lender, Storage } from "./storage.ts";

/**
 * The one place where memory is taken. Arrays of at most 32 KB are cut from slabs, because a buffer of its own costs ten
 * times what a small array does, and more than most operations on a middling one; a slab lives as long as any array that
 * was cut from it, so slabs are small where arrays are.
 */

/** A buffer from which arrays of up to `most` bytes are cut, each at a multiple of `align`. */
interface Slab {
  readonly most: number;
  readonly bytes: number;
  readonly align: number;
  storage: Storage | null;
  used: number;
}

// Zeroed slabs are quicker to fill than slabs that are not: zeroing brings them into the cache. Above 32 KB arrays of their
// own are as quick.
const small: Slab = { most: 4096, bytes: 65536, align: 16, storage: null, used: 0 };
const middling: Slab = { most: 32768, bytes: 262144, align: 64, storage: null, used: 0 };

/** Zeroed memory: `bytes` of it, from byte `offset` of `storage`. */
export interface Allocation {
  readonly storage: Storage;
  readonly offset: number;
}

/**
 * What was taken or copied, and why. A reason is the function that makes a result or a copy which was asked for. A copy that
 * nobody asked for says more: `reshape: axis 1 has stride 8, wanted 16`; so may one that was asked for in case that it is
 * needed: `ascontiguousarray because axis 1 has stride 8, wanted 16`.
 */
export interface MemoryEvent {
  /** A view: where a copy might have been needed, and was not. */
  readonly kind: "allocate" | "copy" | "view";
  readonly bytes: number;
  readonly reason: string;
  /** Of the array, where there is one. */
  readonly shape?: readonly number[] | undefined;
  readonly dtype?: Descriptor | undefined;
}

let observer: ((event: MemoryEvent) => void) | null = null;

/** Sets who is told of every allocation and copy, and returns who was told before. */
export function observeMemory(
  next: ((event: MemoryEvent) => void) | null,
): ((event: MemoryEvent) => void) | null {
  const before = observer;
  observer = next;
  return before;
}

/** Whether somebody is told: what is only for them is put together only then. */
export function isObserved(): boolean {
  return observer !== null;
}

/**
 * The reason for a copy that nobody asked for: who makes it, and why in words. While nobody is told it is who makes it, so
 * that it costs nothing.
 */
export function hiddenReason(caller: string, why: string): string {
  return observer === null ? caller : `${caller}: ${why}`;
}

/** A reason in its parts: who makes it, and why in words if it says so; hidden is what nobody asked for. */
export function reasonParts(reason: string): { caller: string; why: string | null; hidden: boolean } {
  const [caller, between, why] = reason.split(/(: | because )(.*)/s, 3) as [string, string?, string?];
  return { caller, why: why ?? null, hidden: between === ": " };
}

/** Tells the observer, if there is one, that `bytes` were copied and why. */
export function reportCopy(bytes: number, reason: string): void {
  if (observer !== null) tell("copy", bytes, reason);
}

interface Viewed {
  readonly layout: Layout;
  readonly dtype: Descriptor;
}

/** Tells the observer, if there is one, that a function which may copy gives a view. */
export function reportView(a: Viewed, reason: string): void {
  if (observer !== null)
    tell("view", sizeOf(a.layout.shape) * a.dtype.itemsize, reason, a.layout.shape, a.dtype);
}

// Apart from who asks, so that asking is short enough to be compiled into who allocates.
function tell(
  kind: MemoryEvent["kind"],
  bytes: number,
  reason: string,
  shape?: readonly number[],
  dtype?: Descriptor,
): void {
  observer?.({ kind, bytes, reason, shape, dtype });
}

/** Memory that np.scope lends for a while. */
export interface Arena extends Lender {
  /** So many bytes of it, with anything in them or zeroed; null when there is no room. */
  take(bytes: number, zeroed: boolean): Storage | null;
}

let arena: Arena | null = null;

/** Sets where memory is taken first, null for nowhere, and returns what was set before. */
export function useArena(next: Arena | null): Arena | null {
  const before = arena;
  arena = next;
  return before;
}

/** Whether memory is lent now. */
export function hasArena(): boolean {
  return arena !== null;
}

/** Takes `bytes` of zeroed memory, aligned to 16 bytes; the rest is what copy tracing shows. */
export function allocate(
  bytes: number,
  reason: string,
  shape?: readonly number[],
  dtype?: Descriptor,
): Allocation {
  if (observer !== null) tell("allocate", bytes, reason, shape, dtype);
  const lent = arena === null ? null : arena.take(bytes, true);
  return lent === null ? ordinary(bytes, reason) : { storage: lent, offset: 0 };
}

function ordinary(bytes: number, reason: string): Allocation {
  if (bytes <= small.most) return cut(small, bytes, reason);
  if (bytes <= middling.most) return cut(middling, bytes, reason);
  return { storage: unseen(freshBuffer(bytes, reason)), offset: 0 };
}

function cut(slab: Slab, bytes: number, reason: string): Allocation {
  let { storage } = slab;
  if (storage === null || slab.used + bytes > slab.bytes || storage.buffer.byteLength !== slab.bytes) {
    storage =
      slab === small ? new Storage(freshBuffer(slab.bytes, reason)) : unseen(freshBuffer(slab.bytes, reason));
    slab.storage = storage;
    slab.used = 0;
  }
  const offset = slab.used;
  // NumPy takes memory for one element even when there is none; here too, so that nobody shares it.
  slab.used += Math.max(slab.align, Math.ceil(bytes / slab.align) * slab.align);
  return { storage, offset };
}

/** The largest block that glibc's malloc learns to keep, a little less for its own bookkeeping. */
const KEPT_BYTES = 32 * 1048576 - 65536;
/** From so many bytes on malloc gives memory back to the system when it is freed. */
const RETURNED_BYTES = 1 << 17;

let primed = false;

/**
 * Makes freed buffers come back as fresh ones. Pages that the system has just mapped cost more to touch than most
 * operations on them: 8 MB took 3.9 ms here, memory that was used before 0.01 ms. glibc returns every large block to the
 * system until it has seen one freed; from then on it keeps blocks up to that size, of 32 MB at most. So one block is
 * taken and dropped, never touched, before the first large array. Elsewhere this does nothing, and costs nothing.
 */
function prime(): void {
  if (primed) return;
  primed = true;
  try {
    unsetSource()?.(KEPT_BYTES);
  } catch {
    // Without room for the block the array that is wanted may still fit.
  }
}

/** From so many bytes on, zeroing them costs as much as the copy that overwrites them. */
const UNSET_BYTES = 1 << 19;

interface UnsetSource {
  readonly Buffer?: { allocUnsafeSlow?(bytes: number): Uint8Array };
}

/**
 * The same for a caller that writes every byte before anybody can read one: where the runtime can (Node, Bun), much
 * memory is not zeroed.
 */
export function allocateUnset(
  bytes: number,
  reason: string,
  shape?: readonly number[],
  dtype?: Descriptor,
): Allocation {
  if (observer !== null) tell("allocate", bytes, reason, shape, dtype);
  const lent = arena === null ? null : arena.take(bytes, false);
  return lent === null ? ordinaryUnset(bytes, reason) : { storage: lent, offset: 0 };
}

/** The same, but never memory that is lent, and it stays where it is: its buffer is going to be shown. */
export function allocateLasting(bytes: number, reason: string): Allocation {
  if (observer !== null) tell("allocate", bytes, reason);
  const place = ordinaryUnset(bytes, reason);
  place.storage.patience = 0;
  return place;
}

function ordinaryUnset(bytes: number, reason: string): Allocation {
  const source = bytes < UNSET_BYTES ? null : unsetSource();
  if (source === null) return ordinary(bytes, reason);
  prime();
  const { buffer, byteOffset } = orNoMemory(() => source(bytes), bytes, reason);
  return { storage: unseen(buffer), offset: byteOffset };
}

/** How often kernels bring all bytes of a storage before it may move to their memory: one that is touched for the first time is dear. */
const TIMES = 16;
/** What is larger stays where it is. */
const MOST_MOVED = 1 << 27;

/** A storage over a buffer that nobody has seen, which may move to where kernels work. */
function unseen(buffer: ArrayBufferLike): Storage {
  const storage = new Storage(buffer);
  const bytes = buffer.byteLength;
  if (bytes <= MOST_MOVED) storage.patience = patienceOf(bytes);
  return storage;
}

/** The patience of a storage of so many bytes. */
export function patienceOf(bytes: number, times = TIMES): number {
  return times * ((bytes >>> 10) + 1);
}

function unsetSource(): ((bytes: number) => Uint8Array) | null {
  return (globalThis as UnsetSource).Buffer?.allocUnsafeSlow ?? null;
}

/** Takes a buffer of its own, of exactly `bytes` zeroed bytes, for what is handed out without an array around it. */
export function allocateBuffer(bytes: number, reason: string): ArrayBuffer {
  if (observer !== null) tell("allocate", bytes, reason);
  return freshBuffer(bytes, reason);
}

function freshBuffer(bytes: number, reason: string): ArrayBuffer {
  if (bytes >= RETURNED_BYTES) prime();
  return orNoMemory(() => new ArrayBuffer(bytes), bytes, reason);
}

function orNoMemory<T>(take: () => T, bytes: number, reason: string): T {
  try {
    return take();
  } catch {
    throw new ValueError(
      `${reason}: no memory for ${bytes} bytes; take a smaller shape, a smaller dtype, or parts`,
    );
  }
}
