import { textOf, ValueError } from "../errors.ts";
import type { AsyncSource, Source } from "./steps.ts";

/**
 * Files, where there are any: Node, Deno and Bun. Node's modules are asked for when the first file is opened, so that
 * nothing here stops a browser from loading the library.
 */

/** A file: its path, or a `file:` URL. */
export type FilePath = string | { readonly href: string };

type Fs = typeof import("node:fs");
type Stats = import("node:fs").Stats;

/** A module of the runtime. */
export function builtin<M>(name: string, caller: string): M {
  const runtime = (globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }).process;
  const found = runtime?.getBuiltinModule?.(name);
  if (found !== undefined) return found as M;
  throw new ValueError(
    `${caller}: there are no files here; give bytes, a Blob, a stream or a Response instead of a path, as in np.load(await fetch(url))`,
  );
}

/** @internal Node's file system, or an error that says what to do without one. Its type is not a browser's to see. */
export function fs(caller: string): Fs {
  return builtin<Fs>("node:fs", caller);
}

/** The path that a person means. */
export function pathOf(file: FilePath, caller: string): string {
  const text: unknown =
    typeof file === "string" ? file : (file as { href?: unknown } | null | undefined)?.href;
  if (typeof text !== "string" || text.includes("\0"))
    throw new ValueError(`${caller}: ${textOf(file)} is no path; give one, or a file: URL`);
  if (/^https?:/i.test(text)) {
    throw new ValueError(
      `${caller}: ${text} is not a file; fetch it: np.load(await fetch(${JSON.stringify(text)}))`,
    );
  }
  return typeof file === "string"
    ? file
    : builtin<typeof import("node:url")>("node:url", caller).fileURLToPath(text);
}

/** What tells one state of a file from another. */
interface Identity {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly dev: number;
}

/** Headers are read in bits of a few bytes; the system is asked once. */
const AHEAD = 4096;

function isRegular(stats: Stats, path: string, caller: string): boolean {
  if (stats.isDirectory()) throw new ValueError(`${caller}: ${path} is a directory, not a file`);
  return stats.isFile();
}

function readingAhead(fill: Source["read"]): Source["read"] {
  const block = new Uint8Array(AHEAD);
  let start = 0;
  let held = 0;
  return (at, into) => {
    if (into.length >= AHEAD) return fill(at, into);
    if (at < start || at + into.length > start + held) {
      start = at;
      held = fill(at, block);
    }
    const part = block.subarray(at - start, Math.min(held, at - start + into.length));
    into.set(part);
    return part.length;
  };
}

function readingAheadLater(fill: AsyncSource["read"]): AsyncSource["read"] {
  const block = new Uint8Array(AHEAD);
  let start = 0;
  let held = 0;
  return async (at, into) => {
    if (into.length >= AHEAD) return fill(at, into);
    if (at < start || at + into.length > start + held) {
      start = at;
      held = await fill(at, block);
    }
    const part = block.subarray(at - start, Math.min(held, at - start + into.length));
    into.set(part);
    return part.length;
  };
}

/** A file that is open: only a regular one knows its size and can be read at any place. */
export interface OpenFile<S> {
  readonly fd: number;
  readonly source: S;
  readonly identity: Identity;
}

/** Opens a file, runs `use` with it, and closes it however that ends. */
export function withFile<T>(
  path: string,
  caller: string,
  use: (file: OpenFile<Source>) => T,
  flags: "r" | "r+" = "r",
): T {
  const { openSync, fstatSync, readSync, closeSync } = fs(caller);
  const fd = openSync(path, flags);
  try {
    const stats = fstatSync(fd);
    const regular = isRegular(stats, path, caller);
    const fill = (at: number, into: Uint8Array): number => {
      let done = 0;
      for (let count = -1; count !== 0 && done < into.length; ) {
        count = readSync(fd, into, done, into.length - done, regular ? at + done : null);
        done += count;
      }
      return done;
    };
    const source = { size: regular ? stats.size : null, read: regular ? readingAhead(fill) : fill };
    return use({ fd, source, identity: stats });
  } finally {
    closeSync(fd);
  }
}

/**
 * The same without holding up the program while the disk works. What is known of a file that is open lies in memory, so
 * asking for it and closing are not worth the way to another thread and back.
 */
export async function withFileAsync<T>(
  path: string,
  caller: string,
  use: (file: OpenFile<AsyncSource>) => Promise<T>,
): Promise<T> {
  const { open, fstatSync, read, closeSync } = fs(caller);
  const fd = await answered<number>((answer) => open(path, "r", answer));
  try {
    const stats = fstatSync(fd);
    const regular = isRegular(stats, path, caller);
    const fill = async (at: number, into: Uint8Array): Promise<number> => {
      let done = 0;
      for (let count = -1; count !== 0 && done < into.length; ) {
        const [from, place] = [done, regular ? at + done : null];
        count = await answered<number>((answer) => read(fd, into, from, into.length - from, place, answer));
        done += count;
      }
      return done;
    };
    const source = { size: regular ? stats.size : null, read: regular ? readingAheadLater(fill) : fill };
    return await use({ fd, source, identity: stats });
  } finally {
    closeSync(fd);
  }
}

function answered<T>(ask: (answer: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** Whether a file is still what it was. */
export function isSameFile(a: Identity, b: Identity): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}
