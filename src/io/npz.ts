import type { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";
import type { NpyHeader } from "./header.ts";
import { readMember, readMemberHeader } from "./member.ts";
import type { ReadSettings } from "./npy.ts";
import { named, type Steps } from "./steps.ts";
import type { ZipEntry } from "./zip-read.ts";

/** What an {@link NpzFile} stands on: the bytes of an archive, in memory or in a file that is opened when asked. */
export interface Archive {
  readonly size: number;
  readonly entries: readonly ZipEntry[];
  run<T>(steps: Steps<T>): T;
}

/**
 * The arrays of a .npz file by name. Each is read, and its checksum verified, when it is asked for, and each time anew, as
 * in NumPy; nothing stays open in between. Bytes that were given to `load` are read where they are: leave them as they were.
 */
export class NpzFile implements Iterable<[name: string, array: NDArray]> {
  /** The names of the arrays, in the order in which they lie in the file. */
  readonly files: readonly string[];
  readonly #archive: Archive;
  readonly #settings: ReadSettings;
  readonly #entries = new Map<string, ZipEntry>();

  /** @internal */
  constructor(archive: Archive, settings: ReadSettings) {
    this.#archive = archive;
    this.#settings = settings;
    for (const entry of archive.entries) {
      if (!entry.name.endsWith("/")) this.#entries.set(entry.name.replace(/\.npy$/, ""), entry);
    }
    this.files = Object.freeze([...this.#entries.keys()]);
  }

  /** The number of arrays. */
  get size(): number {
    return this.files.length;
  }

  /** Whether there is an array of that name; `"a.npy"` and `"a"` are the same. */
  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  /**
   * The array of that name. Returns a copy: memory of its own.
   *
   * @throws ValueError when there is none of that name, or when it is damaged.
   */
  get(name: string): NDArray {
    return this.#read(name, (entry) => readMember(entry, this.#archive.size, this.#settings));
  }

  /**
   * What the header of the array of that name says: dtype, shape, order. The data is not read.
   *
   * @throws ValueError when there is none of that name, or when it is no array.
   */
  header(name: string): NpyHeader {
    return this.#read(name, (entry) => readMemberHeader(entry, this.#archive.size));
  }

  /** The names. */
  keys(): IterableIterator<string> {
    return this.files.values();
  }

  /** The arrays, read one after the other. */
  *values(): Generator<NDArray, void> {
    for (const name of this.files) yield this.get(name);
  }

  /** Names and arrays, read one after the other. */
  *entries(): Generator<[name: string, array: NDArray], void> {
    for (const name of this.files) yield [name, this.get(name)];
  }

  [Symbol.iterator](): Generator<[name: string, array: NDArray], void> {
    return this.entries();
  }

  /** As NumPy prints it. */
  toString(): string {
    const shown = this.files.slice(0, 5).join(", ");
    return `NpzFile '${this.#settings.name}' with keys: ${shown}${this.files.length > 5 ? "..." : ""}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #read<T>(name: string, steps: (entry: ZipEntry) => Steps<T>): T {
    const entry = this.#find(name);
    if (entry === undefined) throw this.#unknown(name);
    return this.#archive.run(
      named(steps(entry), "load", `array ${JSON.stringify(name)} of ${this.#settings.name}`),
    );
  }

  #find(name: string): ZipEntry | undefined {
    return this.#entries.get(name) ?? this.#entries.get(name.replace(/\.npy$/, ""));
  }

  #unknown(name: string): ValueError {
    const known = this.files.slice(0, 20).map((file) => JSON.stringify(file));
    const more = this.files.length > 20 ? ", …" : "";
    return new ValueError(
      `no array ${JSON.stringify(name)} in ${this.#settings.name}; there are ${known.join(", ") || "none"}${more}`,
    );
  }
}

/**
 * Whether what `load` gave is the arrays of a .npz file, not one array.
 *
 * @example
 * np.isNpzFile(np.loadSync(np.npzBytes({ x: [1, 2] }))); // true
 */
export function isNpzFile(value: unknown): value is NpzFile {
  return value instanceof NpzFile;
}
