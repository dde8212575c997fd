/**
 * Results that live in the engine's memory for a while.
 *
 * Memory that is not reused costs more than most operations on it, and ordinary buffers are reused when the collector
 * comes round, not before. So inside `scope` results are cut one after another from an arena in the memory that kernels
 * work in: they are taken in a few nanoseconds, kernels reach them without staging, and the end of the scope takes all of
 * them back at once. Each has a `Storage` of its own, which is what makes that safe: whatever leaves (what the function
 * returns, and whatever shows its `data` or `buffer`) has its storage moved to ordinary memory, under all arrays that
 * share it; the storages of all others are emptied, so that touching them is an error.
 */

import { type Arena, allocateLasting, reportCopy, useArena } from "../array/allocate.ts";
import { NDArray } from "../array/ndarray.ts";
import { Storage } from "../array/storage.ts";
import { textOf, ValueError } from "../errors.ts";
import { arenaMemory } from "../wasm/memory.ts";

/** How much memory a scope has. */
export interface ScopeOptions {
  /**
   * Bytes for results, 64 MB if left out; what does not fit lies in ordinary memory. A scope inside another shares the
   * memory of that one.
   */
  readonly bytes?: number | undefined;
}

const DEFAULT_BYTES = 1 << 26;
const MOST_BYTES = 2 ** 31;
/** Results start at multiples of a cache line. */
const LINE = 64;

class ScopeArena implements Arena {
  readonly takesBack = true;
  /** Where the next result goes. */
  next: number;
  /** How many storages are lent; the list is as long as it ever was, because shortening it costs as much as ten results. */
  count = 0;
  private readonly lent: (Storage | null)[] = [];
  private readonly bytes: Uint8Array;
  private readonly buffer: ArrayBuffer;
  private readonly to: number;

  constructor(buffer: ArrayBuffer, from: number, to: number) {
    this.bytes = new Uint8Array(buffer);
    this.buffer = buffer;
    this.next = from;
    this.to = to;
  }

  take(bytes: number, zeroed: boolean): Storage | null {
    const at = this.next;
    const end = at + lines(bytes);
    if (end > this.to) return null;
    this.next = end;
    // At least a byte, so that an array without elements can be taken away too.
    const storage = new Storage(this.buffer, at, bytes === 0 ? 1 : bytes, this);
    if (zeroed) this.bytes.fill(0, at, end);
    this.lent[this.count++] = storage;
    return storage;
  }

  release(storage: Storage): void {
    const { origin, byteLength } = storage;
    const place = allocateLasting(byteLength, "scope");
    place.storage.lane(Uint8Array).set(this.bytes.subarray(origin, origin + byteLength), place.offset);
    reportCopy(byteLength, "scope");
    storage.moveTo(place.storage.buffer, place.offset);
  }

  /** Takes back what was lent after the first `count` storages, from byte `from` on. */
  close(from: number, count: number): void {
    const { lent } = this;
    for (let k = count; k < this.count; k++) {
      const storage = lent[k]!;
      if (storage.lender === this) storage.takeAway();
      lent[k] = null;
    }
    this.count = count;
    this.next = from;
  }
}

/** Bytes of whole lines, of one at least. */
function lines(bytes: number): number {
  const more = bytes + LINE - 1;
  return bytes === 0 ? LINE : more - (more & (LINE - 1));
}

let open: ScopeArena | null = null;

/**
 * Runs `fn` with memory for results that is reused at once: arrays made inside are cheap, and gone when it returns.
 *
 * What `fn` returns, an array or arrays in lists and plain objects, is moved to ordinary memory first, together with all
 * views of it. `a.data` and `a.buffer` move an array too. Any other array that was made inside gives an error when its
 * elements are touched later. Arrays from outside may be written inside as always. Scopes may stand in one another.
 * It saves time where many results are made, and changes none.
 *
 * @param options `bytes` of memory for results, 64 MB if left out; when it is full, results lie in ordinary memory
 * @returns what `fn` returns
 * @throws ValueError when `fn` is no function or returns a promise, or when `bytes` is no size.
 * @example
 * const a = np.arange(5);
 * const b = np.scope(() => {
 *   const copy = np.copy(a);
 *   copy.set(0, 7);
 *   return copy.slice(":2");
 * });
 * b.tolist(); // [7, 1]
 */
export function scope<T>(fn: () => T, options: ScopeOptions = {}): T {
  const bytes = checkedBytes(options?.bytes ?? DEFAULT_BYTES);
  if (typeof fn !== "function") throw new ValueError(`scope: ${textOf(fn)} is no function`);
  const outer = open;
  const arena = outer ?? arenaOf(bytes);
  const { next: from, count } = arena;
  open = arena;
  const before = useArena(arena);
  try {
    const result = fn();
    if (typeof result === "object" && result !== null) {
      refusePromise(result);
      settleArrays(result, arena, from);
    }
    return result;
  } finally {
    open = outer;
    useArena(before);
    arena.close(from, count);
  }
}

function checkedBytes(bytes: number): number {
  if (Number.isInteger(bytes) && bytes >= 0 && bytes <= MOST_BYTES) return bytes;
  throw new ValueError(`scope: bytes ${textOf(bytes)} is not an integer from 0 to ${MOST_BYTES}`);
}

function arenaOf(bytes: number): ScopeArena {
  try {
    const { buffer, from, to } = arenaMemory(bytes);
    return new ScopeArena(buffer, from, Math.min(to, from + Math.ceil(bytes / LINE) * LINE));
  } catch {
    // Where there is no room for the arena, the results may still fit one by one.
    return new ScopeArena(new ArrayBuffer(0), 0, 0);
  }
}

function refusePromise(result: object): void {
  if (typeof (result as Partial<PromiseLike<unknown>>).then !== "function") return;
  // It may fail for want of its arrays; that is said here already.
  if (result instanceof Promise) result.catch(() => undefined);
  throw new ValueError(
    "scope: the function returned a promise, and its arrays are gone before that is settled; await outside, and call scope on what runs at once",
  );
}

/** Moves the arrays among a result that lie at byte `from` or behind it to ordinary memory. */
function settleArrays(result: unknown, arena: ScopeArena, from: number): void {
  const seen = new Set<object>();
  const rest: unknown[] = [result];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof NDArray) {
      if (value.storage.lender === arena && value.storage.origin >= from) value.storage.settle();
    } else if (Array.isArray(value)) {
      for (const item of value) if (typeof item === "object") rest.push(item);
    } else if (isPlain(value)) for (const item of Object.values(value)) rest.push(item);
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
