import { ValueError } from "../errors.ts";
import type { AsyncSource } from "./steps.ts";

/** A web stream of bytes, as far as it is needed here. */
export interface StreamLike {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
    cancel(reason?: unknown): Promise<unknown>;
  };
}

/** A `Blob` or `File`. */
export interface BlobLike {
  readonly size: number;
  slice(start?: number, end?: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What `fetch` gives. */
export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly body: StreamLike | null;
}

/** A Blob as a source. */
export function blobSource(blob: BlobLike): AsyncSource {
  return {
    size: blob.size,
    async read(at, into) {
      const bytes = new Uint8Array(await blob.slice(at, at + into.length).arrayBuffer());
      into.set(bytes);
      return bytes.length;
    },
  };
}

/** Where chunks come from: a web stream or anything that `for await` can go through. */
interface Chunks {
  next(): Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>;
  stop(): Promise<unknown> | undefined;
}

function chunksOf(stream: StreamLike | AsyncIterable<unknown>): Chunks {
  if ("getReader" in stream) {
    const reader = stream.getReader();
    return { next: () => reader.read(), stop: () => reader.cancel() };
  }
  const iterator = stream[Symbol.asyncIterator]();
  return { next: () => iterator.next(), stop: () => iterator.return?.() };
}

function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  throw new ValueError(`the stream gives ${typeof chunk}s, not bytes (Uint8Array)`);
}

/** A stream as a source: it is read forward once, and no further than it is asked for, to a chunk. */
export class StreamSource implements AsyncSource {
  readonly size = null;
  readonly #chunks: Chunks;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(stream: StreamLike | AsyncIterable<unknown>) {
    this.#chunks = chunksOf(stream);
  }

  async read(_at: number, into: Uint8Array): Promise<number> {
    let done = 0;
    while (done < into.length) {
      if (this.#rest.length === 0 && !(await this.#refill())) break;
      const part = this.#rest.subarray(0, into.length - done);
      into.set(part, done);
      this.#rest = this.#rest.subarray(part.length);
      done += part.length;
    }
    return done;
  }

  /** The next chunk that is not empty; false at the end. */
  async #refill(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done === true) return false;
      this.#rest = bytesOf(value);
    }
    return true;
  }

  /** Tells the stream that no more is wanted. */
  async stop(): Promise<void> {
    await this.#chunks.stop();
  }
}
