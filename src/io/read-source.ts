import { isNdError, ValueError } from "../errors.ts";
import { type FilePath, pathOf, withFile, withFileAsync } from "./node-files.ts";
import { type Bytes, bytesOf, isBlob, isPath, type LoadSource, streamOf } from "./sources.ts";
import { bytesSource, run, runAsync, type Steps } from "./steps.ts";
import { blobSource, StreamSource } from "./streams.ts";

/** A reading of a source of so many bytes, null when nobody knows how many. */
export type Reading<T> = (size: number | null) => Steps<T>;

/** Carries a reading out, wherever the bytes come from. Its errors say what was read, and stay of their kind. */
export async function readSource<T>(source: LoadSource, reading: Reading<T>, caller: string): Promise<T> {
  const bytes = bytesOf(source);
  if (bytes !== null) return readBytes(bytes, reading, caller);
  const steps = (size: number | null, name: string) => described(reading(size), caller, name);
  if (isPath(source)) {
    const path = pathOf(source, caller);
    return withFileAsync(path, caller, ({ source: file }) => runAsync(steps(file.size, path), file));
  }
  if (isBlob(source)) return runAsync(steps(source.size, "the Blob"), blobSource(source));
  const stream = new StreamSource(streamOf(source, caller));
  try {
    return await runAsync(steps(null, "the stream"), stream);
  } finally {
    await stream.stop();
  }
}

/** The same without waiting. */
export function readSourceSync<T>(source: FilePath | Bytes, reading: Reading<T>, caller: string): T {
  const bytes = bytesOf(source);
  if (bytes !== null) return readBytes(bytes, reading, caller);
  if (!isPath(source)) {
    throw new ValueError(
      `${caller}: give a path or bytes; a Blob, a stream or a Response is read by the call without Sync`,
    );
  }
  const path = pathOf(source, caller);
  return withFile(path, caller, ({ source: file }) => run(described(reading(file.size), caller, path), file));
}

function readBytes<T>(bytes: Uint8Array, reading: Reading<T>, caller: string): T {
  return run(described(reading(bytes.length), caller, "the bytes"), bytesSource(bytes));
}

/** What a reading throws, with what was read in front. */
export function* described<T>(steps: Steps<T>, caller: string, name: string): Steps<T> {
  try {
    return yield* steps;
  } catch (error) {
    if (isNdError(error)) error.message = `${caller}: ${name}: ${error.message}`;
    throw error;
  }
}
