import { Gunzip } from "fflate";
import { ValueError } from "../errors.ts";
import { decodeLatin1, take } from "./header.ts";
import type { FilePath } from "./node-files.ts";
import { described, readSource, readSourceSync } from "./read-source.ts";
import { type Bytes, bytesOf, isPath, type LoadSource } from "./sources.ts";
import { bytesSource, RawPull, run, type Steps } from "./steps.ts";

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

/** Takes all of a text. */
export class WholeText<T> implements TextTaker<T> {
  readonly #pieces: string[] = [];
  readonly #use: (text: string) => T;

  constructor(use: (text: string) => T) {
    this.#use = use;
  }

  push(piece: string): boolean {
    this.#pieces.push(piece);
    return true;
  }

  end(): T {
    return this.#use(this.#pieces.join(""));
  }
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
  if (isLines(source)) return linesTaken(source, taker, caller);
  return readSource(source, (size) => reading(size, options, taker), caller);
}

/** The same without waiting. */
export function takeTextSync<T>(
  source: SyncTextSource,
  options: TextOptions,
  taker: TextTaker<T>,
  caller: string,
): T {
  if (isLines(source)) return linesTaken(source, taker, caller);
  return readSourceSync(source, (size) => reading(size, options, taker), caller);
}

/** Whether it is a list of lines, or something else that gives them. */
function isLines(source: unknown): source is Iterable<unknown> {
  if (typeof source !== "object" || source === null || !(Symbol.iterator in source)) return false;
  return !isPath(source) && bytesOf(source) === null;
}

function linesTaken<T>(lines: Iterable<unknown>, taker: TextTaker<T>, caller: string): T {
  return run(described(fromLines(lines, taker), caller, "the lines"), bytesSource(new Uint8Array(0)));
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
