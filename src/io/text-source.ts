import { Gunzip } from "fflate";
import { isNdError, ValueError } from "../errors.ts";
import { decodeLatin1, take } from "./header.ts";
import type { FilePath } from "./node-files.ts";
import { pathOf, withFile, withFileAsync } from "./node-files.ts";
import { type Bytes, bytesOf, isBlob, isPath, type LoadSource, streamOf } from "./sources.ts";
import { type AsyncSource, bytesSource, RawPull, run, runAsync, type Source, type Steps } from "./steps.ts";
import { blobSource, StreamSource } from "./streams.ts";

/** Text from wherever a file can come from, and from lines in memory. */

/** All that text is read from: what `load` takes, or lines, such as a list of strings. */
export type TextSource = LoadSource | Iterable<string>;

/** The same without waiting. */
export type SyncTextSource = FilePath | Bytes | Iterable<string>;

/** How text is read. */
export interface TextOptions {
  /** How bytes stand for characters: a label such as `"utf-8"` (if left out), `"latin1"`, `"ascii"` or `"utf-16le"`. */
  readonly encoding?: string | null | undefined;
  /** Told now and then how many bytes are read, and of how many; null when nobody knows. */
  readonly onProgress?: ((done: number, total: number | null) => void) | undefined;
}

/** What takes text, piece by piece. `push` gives false when no more is wanted. */
export interface TextTaker<T> {
  push(piece: string): boolean;
  end(): T;
}

/** Bytes that are read at a time. */
const STEP = 262_144;
/** Compressed bytes that are unpacked at a time: at most a thousand times as many come out. */
const PACKED_STEP = 4096;

/** Reads a source to its end, or until the taker has enough. */
export async function takeText<T>(
  given: TextSource | PromiseLike<TextSource>,
  options: TextOptions,
  taker: TextTaker<T>,
  caller: string,
): Promise<T> {
  const source = await given;
  const settled = settledText(source, options, taker, caller);
  if (settled !== null) return settled.value;
  const steps = (size: number | null, name: string) => described(reading(size, options, taker), caller, name);
  if (isPath(source)) {
    const path = pathOf(source, caller);
    return withFileAsync(path, caller, (file) => runAsync(steps(file.source.size, path), file.source));
  }
  const stream = isBlob(source) ? null : new StreamSource(streamOf(source, caller));
  const from: AsyncSource = isBlob(source) ? blobSource(source) : stream!;
  try {
    return await runAsync(steps(from.size, stream === null ? "the Blob" : "the stream"), from);
  } finally {
    await stream?.stop();
  }
}

/** The same without waiting. */
export function takeTextSync<T>(
  source: SyncTextSource,
  options: TextOptions,
  taker: TextTaker<T>,
  caller: string,
): T {
  const settled = settledText(source, options, taker, caller);
  if (settled !== null) return settled.value;
  if (!isPath(source)) {
    throw new ValueError(
      `${caller}: give a path, bytes or lines; a Blob, a stream or a Response is read by the call without Sync`,
    );
  }
  const path = pathOf(source, caller);
  return withFile(path, caller, ({ source: from }: { source: Source }) =>
    run(described(reading(from.size, options, taker), caller, path), from),
  );
}

/** What is in memory already, read at once; null for anything else. */
function settledText<T>(
  source: unknown,
  options: TextOptions,
  taker: TextTaker<T>,
  caller: string,
): { value: T } | null {
  const bytes = bytesOf(source);
  if (bytes !== null) {
    const steps = described(reading(bytes.length, options, taker), caller, "the bytes");
    return { value: run(steps, bytesSource(bytes)) };
  }
  if (isPath(source) || typeof source !== "object" || source === null || !(Symbol.iterator in source))
    return null;
  return {
    value: run(
      described(fromLines(source as Iterable<unknown>, taker), caller, "the lines"),
      bytesSource(new Uint8Array(0)),
    ),
  };
}

// biome-ignore lint/correctness/useYield: nothing is to be read, the lines are all there
function* fromLines<T>(lines: Iterable<unknown>, taker: TextTaker<T>): Steps<T> {
  let number = 0;
  for (const line of lines) {
    if (typeof line !== "string") throw new ValueError(`line ${number + 1} is no string`);
    number++;
    const whole = /[\r\n]$/.test(line) ? line : `${line}\n`;
    if (!taker.push(whole)) break;
  }
  return taker.end();
}

function* reading<T>(size: number | null, options: TextOptions, taker: TextTaker<T>): Steps<T> {
  const decode = decoderOf(options.encoding ?? "utf-8");
  const pull = new RawPull(0, size);
  let done = 0;
  let open = true;
  let unpack: Unpacker | null = null;
  while (open) {
    const part = yield* take(pull, STEP);
    if (done === 0 && part[0] === 0x1f && part[1] === 0x8b) unpack = new Unpacker();
    done += part.length;
    const last = part.length === 0;
    for (const piece of unpack === null ? [part] : unpack.pieces(part, last)) {
      open = open && taker.push(decode(piece, false));
    }
    if (last) break;
    options.onProgress?.(done, size);
  }
  if (open) taker.push(decode(new Uint8Array(0), true));
  return taker.end();
}

/** Gzip, told by its first two bytes. */
class Unpacker {
  #out: Uint8Array[] = [];
  readonly #gunzip = new Gunzip((bytes) => this.#out.push(bytes));

  *pieces(packed: Uint8Array, last: boolean): Generator<Uint8Array> {
    for (let at = 0; at < Math.max(1, packed.length); at += PACKED_STEP) {
      this.#push(packed.subarray(at, at + PACKED_STEP), last);
      yield* this.#out.splice(0);
    }
  }

  #push(packed: Uint8Array, last: boolean): void {
    try {
      this.#gunzip.push(packed, last);
    } catch (error) {
      throw new ValueError(`damaged gzip data: ${(error as Error).message}`);
    }
  }
}

type Decode = (bytes: Uint8Array, last: boolean) => string;

function decoderOf(encoding: string): Decode {
  const name = encoding.toLowerCase().replace(/[_ ]/g, "-");
  if (/^(latin-?1|iso-?8859-1|l1)$/.test(name)) return decodeLatin1;
  if (/^(us-)?ascii$/.test(name)) return decodeAscii;
  const decoder = textDecoder(name, encoding);
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last });
    } catch {
      throw new ValueError(
        `the text is not ${encoding}; say how it is encoded, as in { encoding: "latin1" }`,
      );
    }
  };
}

function textDecoder(name: string, encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(name, { fatal: true });
  } catch {
    throw new ValueError(`encoding ${JSON.stringify(encoding)} is not known`);
  }
}

function decodeAscii(bytes: Uint8Array): string {
  for (const byte of bytes) {
    if (byte > 0x7f)
      throw new ValueError('the text is not ASCII; say how it is encoded, as in { encoding: "utf-8" }');
  }
  return decodeLatin1(bytes);
}

/** Errors of a reading say what was read, and stay of their kind. */
function* described<T>(steps: Steps<T>, caller: string, name: string): Steps<T> {
  try {
    return yield* steps;
  } catch (error) {
    if (isNdError(error)) error.message = `${caller}: ${name}: ${error.message}`;
    throw error;
  }
}
