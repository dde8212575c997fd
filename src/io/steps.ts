import { isNdError, ValueError } from "../errors.ts";

/**
 * Reading, without saying from where.
 *
 * What reads a format is a generator: it yields a wish for bytes and is told how many there were. One text of the format
 * thus serves memory and files that answer at once, and Blobs, streams and files that answer later. A driver, `run` or
 * `runAsync`, carries the wishes to a source and the answers back.
 */
export interface Wish {
  /** The first byte wished for; a stream, which only goes forward, is always there already. */
  readonly at: number;
  /** Where the bytes go; fewer come only at the end of the source. */
  readonly into: Uint8Array;
}

/** A reading in progress that will give a `T`. */
export type Steps<T> = Generator<Wish, T, number>;

/** Bytes one after the other, from whatever lies below. */
export interface Pull {
  /** How many bytes are still to come, or null when nobody knows. */
  readonly left: number | null;
  /** Fills `into` and gives the number of bytes, which is smaller only at the end. */
  read(into: Uint8Array): Steps<number>;
}

/** The bytes from `start`; `left` of them, or to the end of a source of unknown size. */
export class RawPull implements Pull {
  left: number | null;
  #at: number;

  constructor(start: number, left: number | null) {
    this.#at = start;
    this.left = left;
  }

  *read(into: Uint8Array): Steps<number> {
    const wanted = this.left !== null && into.length > this.left ? into.subarray(0, this.left) : into;
    if (wanted.length === 0) return 0;
    const count = yield { at: this.#at, into: wanted };
    this.#at += count;
    if (this.left !== null) this.left -= count;
    return count;
  }
}

/** A source that answers at once. */
export interface Source {
  /** Its bytes, or null when only reading tells. */
  readonly size: number | null;
  read(at: number, into: Uint8Array): number;
}

/** A source that answers later. */
export interface AsyncSource {
  readonly size: number | null;
  read(at: number, into: Uint8Array): Promise<number>;
}

/** Carries a reading to its end. */
export function run<T>(steps: Steps<T>, source: Source): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next(source.read(step.value.at, step.value.into));
  return step.value;
}

/** Carries a reading to its end, waiting for each answer. */
export async function runAsync<T>(steps: Steps<T>, source: AsyncSource): Promise<T> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await source.read(step.value.at, step.value.into));
  return step.value;
}

/** Runs a reading so that its errors say what was read. */
export function* named<T>(steps: Steps<T>, caller: string, name: string): Steps<T> {
  try {
    return yield* steps;
  } catch (error) {
    if (!isNdError(error)) throw error;
    throw new ValueError(`${caller}: ${name}: ${error.message}`);
  }
}

/** Bytes in memory as a source. */
export function bytesSource(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    read(at, into) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
  };
}
