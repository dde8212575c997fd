/**
 * The bytes that a value gives access to: buffers, typed arrays, DataViews, and what wraps one of them.
 */

import { textOf, ValueError } from "../errors.ts";
import { NDArray } from "./ndarray.ts";

/** Memory that somebody else made. */
export type MemoryLike = ArrayBufferLike | ArrayBufferView | BufferHolder;

/** What has a buffer: a WebAssembly.Memory, or an array class of its own over a part of a buffer. */
export interface BufferHolder {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset?: number;
  readonly byteLength?: number;
}

/** A part of a buffer: from byte `start` up to byte `end`. */
export interface MemoryWindow {
  readonly buffer: ArrayBufferLike;
  readonly start: number;
  readonly end: number;
  /** Whether they may be written, as far as the value knows. */
  readonly writeable?: boolean;
}

/** The bytes that may be touched through a value: no more than the value itself shows. */
export function windowOf(memory: unknown, caller: string): MemoryWindow {
  if (isBuffer(memory)) return { buffer: memory, start: 0, end: memory.byteLength };
  if (memory instanceof NDArray) return elementsOf(memory, caller);
  const { buffer, byteOffset = 0, byteLength } = (memory ?? {}) as Partial<BufferHolder>;
  if (!isBuffer(buffer)) throw noMemory(memory, caller);
  const end = byteLength === undefined ? buffer.byteLength : byteOffset + byteLength;
  if (Number.isSafeInteger(byteOffset) && byteOffset >= 0 && end >= byteOffset && end <= buffer.byteLength) {
    return { buffer, start: byteOffset, end };
  }
  throw new ValueError(
    `${caller}: bytes ${textOf(byteOffset)} to ${textOf(end)} do not lie in a buffer of ${buffer.byteLength} bytes`,
  );
}

/** The bytes of an array's own elements: around them may lie those of other arrays. */
function elementsOf(a: NDArray, caller: string): MemoryWindow {
  if (!a.flags.cContiguous) {
    throw new ValueError(`${caller}: the array is not C-contiguous; give np.ascontiguousarray(a)`);
  }
  const start = a.byteOffset;
  return { buffer: a.buffer, start, end: start + a.nbytes, writeable: a.flags.writeable };
}

/** Also a buffer of another realm, such as a frame or a worker's module. */
function isBuffer(value: unknown): value is ArrayBufferLike {
  if (value instanceof ArrayBuffer) return true;
  return /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
}

function noMemory(value: unknown, caller: string): ValueError {
  const name = Array.isArray(value)
    ? "a list"
    : value === undefined
      ? "nothing"
      : Object.prototype.toString.call(value);
  return new ValueError(
    `${caller}: wanted an ArrayBuffer, a SharedArrayBuffer, a typed array or a WebAssembly.Memory, given ${name}; a list is copied by np.array`,
  );
}
