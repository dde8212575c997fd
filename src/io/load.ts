import type { NDArray } from "../array/ndarray.ts";
import { ValueError } from "../errors.ts";
import { type Contents, isZip, readContents } from "./contents.ts";
import { isNpy } from "./header.ts";
import { type MapMode, openNpy } from "./memmap.ts";
import { type FilePath, isSameFile, type OpenFile, pathOf, withFile, withFileAsync } from "./node-files.ts";
import { adoptNpy, type ReadSettings } from "./npy.ts";
import { HEAD_BYTES } from "./npy-facts.ts";
import { type Archive, NpzFile } from "./npz.ts";
import { type Bytes, bytesOf, isBlob, isPath, type LoadSource, streamOf } from "./sources.ts";
import { type AsyncSource, bytesSource, named, run, runAsync, type Source, type Steps } from "./steps.ts";
import { type BlobLike, blobSource, type StreamLike, StreamSource } from "./streams.ts";

export type { Bytes, LoadSource } from "./sources.ts";

/** How to load. */
export interface LoadOptions {
  /** What the file must be; by default what the name of a path ends with, else whatever it turns out to be. */
  readonly as?: "npy" | "npz" | undefined;
  /**
   * For bytes that hold a .npy file: false gives an array over these bytes themselves, which shares their memory and is
   * read-only or writeable as they are. By default the array has memory of its own.
   */
  readonly copy?: boolean | undefined;
  /** The most bytes of memory to take; by default as many as the file really has, and 1 GiB for a .npz from a stream. */
  readonly maxBytes?: number | undefined;
  /**
   * Maps a .npy file instead of reading it, as `np.openMemmap` does: `"r"` read-only, `"c"` copy-on-write, `"r+"` written
   * through. It must be a path. Archives are read all the same.
   */
  readonly mmapMode?: Exclude<MapMode, "w+"> | null | undefined;
  /** Told now and then how many bytes of the data are read, and of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

type AsNpy = LoadOptions & { readonly as: "npy" };
type AsNpz = LoadOptions & { readonly as: "npz" };

/**
 * Loads a .npy or .npz file from a path or `file:` URL (Node, Deno, Bun), bytes, a Blob or File, a stream of bytes, or
 * what `fetch` gives, also while that is still a promise.
 *
 * A .npy file gives its array, in the order (C or F) in which it was saved, big-endian numbers converted. A .npz file
 * gives an {@link NpzFile}, which reads each array when it is asked for. Which of both it is, its first bytes decide; a
 * path that ends with the other name is an error. Returns a copy, but see `copy`. Bytes behind the array are ignored.
 *
 * @throws ValueError saying what is wrong when the file is damaged, truncated, or no file of arrays, before memory is
 * taken for it; also for dtypes that are not known here. Pickles are never read.
 * @example
 * await np.save("grid.npy", np.ones([2, 3]));
 * const grid = await np.load("grid.npy");
 */
export function load(source: LoadSource | PromiseLike<LoadSource>, options: AsNpy): Promise<NDArray>;
export function load(source: LoadSource | PromiseLike<LoadSource>, options: AsNpz): Promise<NpzFile>;
export function load(source: `${string}.npy`, options?: LoadOptions): Promise<NDArray>;
export function load(source: `${string}.npz`, options?: LoadOptions): Promise<NpzFile>;
export function load(
  source: LoadSource | PromiseLike<LoadSource>,
  options?: LoadOptions,
): Promise<NDArray | NpzFile>;
export async function load(
  given: LoadSource | PromiseLike<LoadSource>,
  options: LoadOptions = {},
): Promise<NDArray | NpzFile> {
  const source = await given;
  const mapped = mappedFile(source, options, "load");
  if (mapped !== null) return mapped;
  const bytes = bytesOf(source);
  if (bytes !== null) return loadBytes(bytes, options, "load");
  if (isPath(source)) return loadPath(source, options);
  if (isBlob(source)) return loadBlob(source, options);
  return loadStream(streamOf(source, "load"), options);
}

/**
 * {@link load} without waiting, from a path, a `file:` URL or bytes.
 *
 * @example
 * const a = np.loadSync(np.npyBytes(np.eye(2)), { as: "npy" });
 */
export function loadSync(source: FilePath | Bytes, options: AsNpy): NDArray;
export function loadSync(source: FilePath | Bytes, options: AsNpz): NpzFile;
export function loadSync(source: `${string}.npy`, options?: LoadOptions): NDArray;
export function loadSync(source: `${string}.npz`, options?: LoadOptions): NpzFile;
export function loadSync(source: FilePath | Bytes, options?: LoadOptions): NDArray | NpzFile;
export function loadSync(source: FilePath | Bytes, options: LoadOptions = {}): NDArray | NpzFile {
  const mapped = mappedFile(source, options, "loadSync");
  if (mapped !== null) return mapped;
  const bytes = bytesOf(source);
  if (bytes !== null) return loadBytes(bytes, options, "loadSync");
  if (!isPath(source)) {
    throw new ValueError(
      "loadSync: give a path or bytes; a Blob, a stream or a Response is read by await np.load(…)",
    );
  }
  const path = pathOf(source, "loadSync");
  const settings = settingsOf(path, options, "loadSync");
  return withFile(path, "loadSync", (file) => {
    const contents = run(reading(file.source, settings, expectedOf(source, options)), file.source);
    return fromFile(contents, path, file, settings);
  });
}

/** The array over a file that is to be mapped; null when it is to be read. */
function mappedFile(source: unknown, { mmapMode, as }: LoadOptions, caller: string): NDArray | null {
  if (mmapMode === null || mmapMode === undefined) return null;
  if (!isPath(source)) throw new ValueError(`${caller}: mmapMode maps files; give a path`);
  if ((mmapMode as MapMode) === "w+") {
    throw new ValueError(`${caller}: mmapMode "w+" makes a file; that is np.openMemmap's`);
  }
  const head = new Uint8Array(HEAD_BYTES);
  withFile(pathOf(source, caller), caller, (file) => file.source.read(0, head));
  return isNpy(head) && as !== "npz" ? openNpy(source, { mode: mmapMode }, caller) : null;
}

type Settings = ReadSettings & { readonly caller: string };

function settingsOf(name: string, options: LoadOptions, caller: string): Settings {
  const { maxBytes = Number.POSITIVE_INFINITY, onProgress = null } = options;
  return { name, caller, maxBytes, onProgress };
}

function reading(
  source: Source | AsyncSource,
  settings: Settings,
  expected: "npy" | "npz" | undefined,
): Steps<Contents> {
  return named(readContents(source.size, expected, settings), settings.caller, settings.name);
}

/** What the overloads promise for a path in the source text. */
function expectedOf(source: LoadSource, options: LoadOptions): "npy" | "npz" | undefined {
  if (options.as !== undefined || typeof source !== "string") return options.as;
  return source.endsWith(".npy") ? "npy" : source.endsWith(".npz") ? "npz" : undefined;
}

function loadBytes(bytes: Uint8Array, options: LoadOptions, caller: string): NDArray | NpzFile {
  const settings = settingsOf("the bytes", options, caller);
  const source = bytesSource(bytes);
  if (options.copy === false) {
    if (!isZip(bytes)) return run(named(adopting(bytes), caller, settings.name), source);
    throw new ValueError(
      `${caller}: copy: false, but the arrays of a .npz file are always copies; leave copy out`,
    );
  }
  const contents = run(reading(source, settings, options.as), source);
  return fromBytes(contents, bytes, settings);
}

// biome-ignore lint/correctness/useYield: nothing is to be read, the bytes are all there
function* adopting(bytes: Uint8Array): Steps<NDArray> {
  return adoptNpy(bytes);
}

function fromBytes(contents: Contents, bytes: Uint8Array, settings: Settings): NDArray | NpzFile {
  if (contents.kind === "npy") return contents.array;
  const source = bytesSource(contents.bytes ?? bytes);
  const { entries, size } = contents;
  return new NpzFile({ entries, size, run: (steps) => run(steps, source) }, settings);
}

async function loadPath(source: FilePath, options: LoadOptions): Promise<NDArray | NpzFile> {
  const path = pathOf(source, "load");
  const settings = settingsOf(path, options, "load");
  return withFileAsync(path, "load", async (file) => {
    const steps = reading(file.source, settings, expectedOf(source, options));
    return fromFile(await runAsync(steps, file.source), path, file, settings);
  });
}

function fromFile(
  contents: Contents,
  path: string,
  before: OpenFile<unknown>,
  settings: Settings,
): NDArray | NpzFile {
  if (contents.kind === "npy") return contents.array;
  if (contents.bytes !== null) return fromBytes(contents, contents.bytes, settings);
  const archive: Archive = {
    entries: contents.entries,
    size: contents.size,
    run: (steps) =>
      withFile(path, settings.caller, (now) => {
        if (isSameFile(before.identity, now.identity)) return run(steps, now.source);
        throw new ValueError("the file was changed since it was loaded; load it again");
      }),
  };
  return new NpzFile(archive, settings);
}

async function loadBlob(blob: BlobLike, options: LoadOptions): Promise<NDArray | NpzFile> {
  const settings = settingsOf("the Blob", options, "load");
  const source = blobSource(blob);
  const contents = await runAsync(reading(source, settings, options.as), source);
  if (contents.kind === "npy") return contents.array;
  return fromBytes(contents, new Uint8Array(await blob.arrayBuffer()), settings);
}

async function loadStream(
  stream: StreamLike | AsyncIterable<unknown>,
  options: LoadOptions,
): Promise<NDArray | NpzFile> {
  const settings = settingsOf("the stream", options, "load");
  const source = new StreamSource(stream);
  try {
    const contents = await runAsync(reading(source, settings, options.as), source);
    return fromBytes(contents, new Uint8Array(0), settings);
  } finally {
    await source.stop();
  }
}
