import { isNdError, ValueError } from "../errors.ts";
import { libc } from "./libc.ts";
import { isMapped } from "./mapped-region.ts";
import { fs } from "./node-files.ts";

/** Files that are made, or made longer, to be mapped. */

/** Runs what knows nothing of the file, so that its errors do. */
export function named<T>(act: () => T, path: string, caller: string): T {
  try {
    return act();
  } catch (error) {
    throw isNdError(error) ? new ValueError(`${caller}: ${path}: ${error.message}`) : error;
  }
}

/** What tells a file from any other. */
export function keyOf({ dev, ino }: { readonly dev: number; readonly ino: number }): string {
  return `${dev}:${ino}`;
}

/** Makes a file longer, by zeros. */
export function extend(fd: number, bytes: number, path: string, caller: string): void {
  try {
    fs(caller).ftruncateSync(fd, bytes);
  } catch (error) {
    throw new ValueError(
      `${caller}: ${path} cannot be made ${bytes} bytes long: ${(error as Error).message}`,
    );
  }
}

/**
 * Makes a file of zeros, after `head`, or overwrites one. A file that arrays here are mapped to is not cut under them: a new
 * one takes its name, and they keep the old one. A file that cannot be made so long is left as it was.
 */
export function madeFile<T>(
  path: string,
  bytes: number,
  head: Uint8Array | null,
  reserve: boolean,
  caller: string,
  use: (file: { fd: number; key: string }) => T,
): T {
  const { statSync, rmSync, openSync, fstatSync, ftruncateSync, writeSync, closeSync, renameSync } =
    fs(caller);
  const before = statSync(path, { throwIfNoEntry: false });
  if (before !== undefined && !before.isFile()) throw new ValueError(`${caller}: ${path} is no file to map`);
  const held = before !== undefined && isMapped(keyOf(before));
  const name = held ? `${path}.${Math.random().toString(36).slice(2)}.tmp` : path;
  const fresh = before === undefined || held;
  const fd = openSync(name, fresh ? "wx+" : "r+");
  try {
    // Longer first: that may fail, and then nothing is lost.
    extend(fd, bytes, path, caller);
    if (!fresh) ftruncateSync(fd, 0);
    extend(fd, bytes, path, caller);
    if (reserve && bytes > 0) named(() => libc(caller).reserve(fd, bytes), path, caller);
    if (head !== null) writeSync(fd, head, 0, head.length, 0);
    const made = use({ fd, key: keyOf(fstatSync(fd)) });
    if (held) renameSync(name, path);
    return made;
  } catch (error) {
    if (fresh) rmSync(name, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}
