/**
 * Which arrays there are over the same memory.
 *
 * Memory does not know its arrays: the collector finds out what is in use, and nobody keeps a list. Such a list costs each
 * array a weak reference, several times what making a view costs; and until the next task begins the runtime keeps what a
 * new weak reference points to, so that a loop over a million views would hold a million of them. So the list is kept on
 * request, from then on.
 */

import { textOf, ValueError } from "../errors.ts";
import { NDArray, observeArrays } from "./ndarray.ts";

/** Every array made since tracking began, in order; those that are gone are dropped now and then. */
let made: WeakRef<NDArray>[] | null = null;
/** So long may the list get before the next look for those that are gone. */
let most = 1024;

/**
 * Switches on, or off, a list of the arrays that are made from now on, for `memoryOf(a).arrays`. It is off at first, because
 * it costs each array several times what a view costs, and keeps arrays until the next task begins.
 *
 * @returns whether it was on before
 * @throws ValueError when `on` is no boolean.
 * @example
 * np.trackArrays();
 * const a = np.zeros([2, 3]);
 * const row = a.slice(0);
 * np.memoryOf(a).arrays?.length; // 2
 * np.trackArrays(false); // true
 */
export function trackArrays(on = true): boolean {
  if (typeof on !== "boolean") throw new ValueError(`trackArrays: ${textOf(on)} is neither true nor false`);
  const before = made !== null;
  if (on === before) return before;
  made = on ? [] : null;
  most = 1024;
  observeArrays(on ? remember : null);
  return before;
}

function remember(a: NDArray): void {
  if (made === null) return;
  made.push(new WeakRef(a));
  if (made.length <= most) return;
  made = made.filter((one) => one.deref() !== undefined);
  most = Math.max(1024, 2 * made.length);
}

/** The arrays over the memory that an array is over, and how many others only lie in the same buffer. */
export interface LiveArrays {
  readonly arrays: readonly NDArray[];
  readonly neighbours: number;
}

/** The live arrays over the memory of an array, in the order in which they were made; null while nobody keeps a list. */
export function liveArrays(a: NDArray): LiveArrays | null {
  if (made === null) return null;
  const owner = ownerOf(a);
  const arrays: NDArray[] = [];
  let neighbours = 0;
  for (const one of made) {
    const other = one.deref();
    if (other === undefined || other.storage.memory !== a.storage.memory) continue;
    if (ownerOf(other) === owner) arrays.push(other);
    else neighbours++;
  }
  return { arrays, neighbours };
}

/** The array that owns the memory, or the buffer that somebody else made. */
function ownerOf(a: NDArray): NDArray | ArrayBufferLike {
  let owner = a;
  while (owner.base instanceof NDArray) owner = owner.base;
  return owner.base ?? owner;
}
