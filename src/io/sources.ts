import { ValueError } from "../errors.ts";
import type { FilePath } from "./node-files.ts";
import type { BlobLike, ResponseLike, StreamLike } from "./streams.ts";

/** Bytes in memory. */
export type Bytes = ArrayBufferView | ArrayBufferLike;

/** All that a file is read from: a path or `file:` URL, bytes, a Blob or File, a stream, what `fetch` gives. */
export type LoadSource = FilePath | Bytes | BlobLike | StreamLike | AsyncIterable<Uint8Array> | ResponseLike;

/** The bytes of what lies in memory, null for anything else. */
export function bytesOf(source: unknown): Uint8Array | null {
  if (source instanceof Uint8Array) return source;
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const isBuffer = /^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(source));
  return isBuffer ? new Uint8Array(source as ArrayBuffer) : null;
}

/** Whether a source is a path or a `file:` URL. */
export function isPath(source: unknown): source is FilePath {
  return typeof source === "string" || typeof (source as { href?: unknown } | null)?.href === "string";
}

/** Whether a source is a Blob or a File. */
export function isBlob(source: unknown): source is BlobLike {
  const { slice, arrayBuffer } = (source ?? {}) as Partial<BlobLike>;
  return typeof slice === "function" && typeof arrayBuffer === "function";
}

/**
 * The stream of bytes that a source is, or that a response has.
 *
 * @throws ValueError when it is none.
 */
export function streamOf(source: unknown, caller: string): StreamLike | AsyncIterable<unknown> {
  if (typeof source === "object" && source !== null) {
    if ("getReader" in source || Symbol.asyncIterator in source) return source as StreamLike;
    if ("body" in source && "ok" in source) return bodyOf(source as ResponseLike, caller);
  }
  throw new ValueError(
    `${caller}: ${Object.prototype.toString.call(source)} cannot be read; give a path, bytes, a Blob, a stream or a Response`,
  );
}

function bodyOf({ ok, status, body }: ResponseLike, caller: string): StreamLike {
  if (!ok) throw new ValueError(`${caller}: the response has status ${status}; there is no file in it`);
  if (body === null) throw new ValueError(`${caller}: the response is empty`);
  return body;
}
