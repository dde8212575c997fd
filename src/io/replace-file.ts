import { fs } from "./node-files.ts";

/**
 * Writing a file so that its name never stands for half of it: into a new file beside it, which takes the name when it is
 * whole. A save that fails leaves what was there before, even when that is the file the array came from. A link is
 * followed; what is no regular file (a pipe, a device) is written to as it is.
 */
interface Replacement {
  readonly fd: number;
  /** The new file takes the name. */
  commit(): void;
  /** The new file goes away. */
  abort(): void;
}

function beginReplacement(path: string, caller: string): Replacement {
  const { statSync, realpathSync, openSync, fchmodSync, closeSync, renameSync, rmSync } = fs(caller);
  const before = statSync(path, { throwIfNoEntry: false });
  if (before !== undefined && !before.isFile()) {
    const fd = openSync(path, "w");
    return { fd, commit: () => closeSync(fd), abort: () => closeSync(fd) };
  }
  const target = before === undefined ? path : realpathSync(path);
  const fresh = `${target}.${Math.random().toString(36).slice(2)}.tmp`;
  const fd = openSync(fresh, "wx");
  if (before !== undefined) fchmodSync(fd, before.mode);
  return {
    fd,
    commit() {
      closeSync(fd);
      renameSync(fresh, target);
    },
    abort() {
      closeSync(fd);
      rmSync(fresh, { force: true });
    },
  };
}

/** Writes the pieces as the file `path`, at once or not at all. */
export function replaceFile(path: string, pieces: Iterable<Uint8Array>, caller: string): void {
  const { writeSync } = fs(caller);
  const file = beginReplacement(path, caller);
  try {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length; ) done += writeSync(file.fd, piece, done);
    }
  } catch (error) {
    file.abort();
    throw error;
  }
  file.commit();
}

/** The same without holding up the program while the disk works. */
export async function replaceFileAsync(
  path: string,
  pieces: Iterable<Uint8Array>,
  caller: string,
): Promise<void> {
  const { write } = fs(caller);
  const file = beginReplacement(path, caller);
  const writeSome = (piece: Uint8Array, from: number): Promise<number> =>
    new Promise((resolve, reject) => {
      write(file.fd, piece, from, piece.length - from, null, (error, count) => {
        if (error === null) resolve(count);
        else reject(error);
      });
    });
  try {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length; ) done += await writeSome(piece, done);
    }
  } catch (error) {
    file.abort();
    throw error;
  }
  file.commit();
}
