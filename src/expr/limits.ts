import { observeMemory } from "../array/allocate.ts";
import { PythonProblem } from "./errors.ts";

/** What a session may use. */
export interface Limits {
  /** Characters of a text. */
  readonly length: number;
  /** Expressions in one another. */
  readonly depth: number;
  /** Expressions that are evaluated in one run. */
  readonly steps: number;
  /** Bytes of memory that one statement may take for arrays, all together. */
  readonly bytes: number;
  /** Items of one list, letters of one text, bits of one integer. */
  readonly items: number;
}

export const defaultLimits: Limits = {
  length: 100_000,
  depth: 200,
  steps: 100_000,
  bytes: 2 ** 32,
  items: 10_000_000,
};

/** Bits of the largest integer, whatever the limit of items is: its arithmetic must stay quick. */
const MOST_BITS = 1_000_000;

let limits = defaultLimits;

/** Runs something within limits: who takes more memory for arrays than they allow gets an error before it is taken. */
export function within<T>(given: Limits, run: () => T): T {
  const outer = limits;
  let left = given.bytes;
  const before = observeMemory((event) => {
    if (event.kind === "allocate") {
      left -= event.bytes;
      if (left < 0) throw tooMuch(event.bytes, given.bytes);
    }
    before?.(event);
  });
  limits = given;
  try {
    return run();
  } finally {
    limits = outer;
    observeMemory(before);
  }
}

function tooMuch(bytes: number, most: number): PythonProblem {
  return new PythonProblem(
    "MemoryError",
    `${bytes} bytes more are too many; a statement may take ${most} for arrays`,
  );
}

/** Throws for a list or a text that would be too long. */
export function requireItems(count: number | bigint, what: string): void {
  if (count <= limits.items) return;
  throw new PythonProblem(
    "MemoryError",
    `${what}${Number.isFinite(Number(count)) ? ` of ${count}` : ""} is too long; at most ${limits.items} are allowed`,
  );
}

/** Throws for an integer that would have too many bits. */
export function requireBits(bits: number | bigint): void {
  if (bits <= MOST_BITS) return;
  throw new PythonProblem(
    "OverflowError",
    `an integer of ${bits} bits is too large; at most ${MOST_BITS} are allowed`,
  );
}
