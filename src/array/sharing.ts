import { TooHardError, ValueError } from "../errors.ts";
import { byteRange } from "../layout/layout.ts";
import { boundsOverlap, overlap } from "../layout/overlap.ts";
import { optionsFrom } from "./arguments.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { type NDArray, requireArray } from "./ndarray.ts";

/** How much work a question about shared memory may be. */
export interface SharingOptions {
  /** 0 compares bounds only, -1 is exact, `n` looks at no more than `n` candidates. */
  readonly maxWork?: number | null | undefined;
}

/**
 * Whether two arrays have a byte in common, exactly.
 *
 * @throws TooHardError when `maxWork` does not suffice to know.
 * @example
 * const x = np.arange(10);
 * np.sharesMemory(x.slice("::2"), x.slice("1::2")); // false
 */
export function sharesMemory(a: ArrayInput, b: ArrayInput, options: SharingOptions = {}): boolean {
  const work = workFrom(optionsFrom(options, "sharesMemory").maxWork ?? -1, "sharesMemory");
  const answer = ask(a, b, work);
  if (answer !== "too hard") return answer === "yes";
  throw new TooHardError(
    `sharesMemory: not known within maxWork ${work}; leave maxWork out for the exact answer, or ask mayShareMemory`,
  );
}

/**
 * Whether two arrays might have a byte in common: false is certain, true may be wrong. Compares bounds, and looks
 * closer with `maxWork`.
 *
 * @example
 * const x = np.arange(10);
 * np.mayShareMemory(x.slice("::2"), x.slice("1::2")); // true
 * np.mayShareMemory(x.slice(":5"), x.slice("5:")); // false
 */
export function mayShareMemory(a: ArrayInput, b: ArrayInput, options: SharingOptions = {}): boolean {
  return ask(a, b, workFrom(optionsFrom(options, "mayShareMemory").maxWork ?? 0, "mayShareMemory")) !== "no";
}

function ask(a: ArrayInput, b: ArrayInput, work: number): "no" | "yes" | "too hard" {
  const x: NDArray = asarray(a);
  const y: NDArray = asarray(b);
  x.storage.alive();
  y.storage.alive();
  if (x.storage.memory !== y.storage.memory) return "no";
  const [p, q] = [x.storage.inMemory(x.layout), y.storage.inMemory(y.layout)];
  if (work === 0) return boundsOverlap(p, x.itemsize, q, y.itemsize) ? "too hard" : "no";
  return overlap(p, x.itemsize, q, y.itemsize, work);
}

function workFrom(maxWork: number, caller: string): number {
  if (Number.isInteger(maxWork) && maxWork >= -2) return maxWork;
  throw new ValueError(
    `${caller}: maxWork ${maxWork} is none of -1 (exact), 0 (bounds only) and a positive integer`,
  );
}

/**
 * The lowest byte of `a.buffer` that an element occupies, and the one after the highest. NumPy's `byte_bounds`, but
 * counted from the start of the buffer.
 *
 * @example
 * np.byteBounds(np.asarray(new Float32Array(4)).slice("::-2")); // [4, 16]
 */
export function byteBounds(a: NDArray): [low: number, high: number] {
  requireArray(a, "byteBounds");
  // The buffer that is shown is one that lasts.
  return byteRange(a.storage.settle().inBuffer(a.layout), a.itemsize);
}

/**
 * Whether `a` is F-contiguous and not C-contiguous.
 *
 * @example
 * np.isfortran(np.zeros([2, 3]).T); // true
 */
export function isfortran(a: NDArray): boolean {
  requireArray(a, "isfortran");
  return a.flags.fnc;
}
