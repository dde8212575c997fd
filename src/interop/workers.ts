/**
 * Arrays through structuredClone and postMessage. What goes through is memory and layouts, so that views of one buffer are
 * views of one buffer on the other side.
 */

import { fromStrided } from "../array/adopt.ts";
import { allocateBuffer, reportCopy } from "../array/allocate.ts";
import { castElements } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType } from "../dtype/map.ts";
import type { DTypeLike } from "../dtype/parse.ts";
import { DTypeError } from "../errors.ts";
import { isMappedBuffer } from "../io/mapped-region.ts";
import { byteRange, cStrides, sizeOf } from "../layout/layout.ts";

/** How arrays are packed. */
export interface PackOptions {
  /**
   * Whether memory moves: buffers that the packed arrays fill are transferred and gone here afterwards; of what lies in
   * shared or larger buffers or in mapped files, small arrays among it, the part that the arrays span is copied. False if
   * left out: all is copied, but for SharedArrayBuffers, which both sides see.
   */
  readonly move?: boolean | undefined;
}

/** An array as it travels. */
interface Packed {
  readonly ndview: "array";
  readonly buffer: ArrayBufferLike;
  readonly dtype: unknown;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly writeable: boolean;
}

/**
 * What `postMessage` takes for a value that holds arrays, in lists and plain objects to any depth:
 * `port.postMessage(...pack({ image, mask }))`. The other side calls `unpack` with the message.
 *
 * @example
 * import { pack, unpack } from "ndview/interop/workers";
 * const a = np.arange(6).reshape(2, 3);
 * const sent = { a, flipped: a.slice(":", "::-1") };
 * const [message, transfer] = pack(sent, { move: true });
 * const there = unpack<typeof sent>(structuredClone(message, { transfer }));
 * np.sharesMemory(there.a, there.flipped); // true
 */
export function pack(
  value: unknown,
  { move = false }: PackOptions = {},
): [message: unknown, transfer: ArrayBuffer[]] {
  const arrays = new Set<NDArray>();
  visit(value, (array) => arrays.add(array), new Set());
  const spans = spansOf(arrays);
  const parts = new Map([...spans].map(([buffer, span]) => [buffer, partOf(buffer, span, move)]));
  const message = replace(value, new Map(), (one) => {
    if (!(one instanceof NDArray)) return undefined;
    const part = parts.get(one.buffer)!;
    const packed: Packed = {
      ndview: "array",
      buffer: part.buffer,
      dtype: specOf(one.dtype),
      shape: one.shape,
      strides: one.strides,
      offset: one.byteOffset - part.from,
      writeable: (one.bits & WRITEABLE) !== 0,
    };
    return packed;
  });
  const transfer = [...parts.values()].flatMap(({ buffer, goes }) => (goes ? [buffer as ArrayBuffer] : []));
  return [message, transfer];
}

/** What `pack` was given, from the message that arrived: its arrays are views of the memory in it. */
export function unpack<T = unknown>(message: unknown): T {
  return replace(message, new Map(), (one) => {
    const { ndview, buffer, dtype, shape, strides, offset, writeable } = one as Packed;
    if (ndview !== "array") return undefined;
    return fromStrided({ buffer, dtype: dtype as DTypeLike, shape, strides, offset, writeable });
  }) as T;
}

/**
 * A copy in a SharedArrayBuffer, which packed arrays then share with the other side.
 *
 * @example
 * import { share } from "ndview/interop/workers";
 * share(np.ones(3)).buffer instanceof SharedArrayBuffer; // true
 */
export function share<D extends DType>(a: NDArray<D>): NDArray<D> {
  const { shape } = a.layout;
  const bytes = sizeOf(shape) * a.itemsize;
  const shared = fromStrided({
    buffer: new SharedArrayBuffer(bytes),
    dtype: a.dtype,
    shape,
    strides: cStrides(shape, a.itemsize),
  }) as NDArray<D>;
  castElements(shape, placeOf(a), placeOf(shared));
  reportCopy(bytes, "share");
  return shared;
}

/** A dtype as plain data that `np.dtype` reads. */
function specOf(dtype: Descriptor): unknown {
  if (dtype.subdtype !== null) return [specOf(dtype.subdtype.dtype), dtype.subdtype.shape];
  if (dtype.fields === null) return dtype.str;
  const { fields, itemsize } = dtype;
  return {
    names: fields.map(({ name }) => name),
    formats: fields.map((field) => specOf(field.dtype)),
    offsets: fields.map(({ offset }) => offset),
    itemsize,
  };
}

type Span = [from: number, to: number];

/** The bytes of each buffer that arrays reach. */
function spansOf(arrays: Iterable<NDArray>): Map<ArrayBufferLike, Span> {
  const spans = new Map<ArrayBufferLike, Span>();
  for (const a of arrays) {
    const { buffer } = a;
    a.storage.alive();
    const [low, high] = byteRange({ ...a.layout, offset: a.byteOffset }, a.itemsize);
    const known = spans.get(buffer);
    spans.set(
      buffer,
      known === undefined ? [low, high] : [Math.min(known[0], low), Math.max(known[1], high)],
    );
  }
  return spans;
}

/** What travels of a buffer: all of it, or a copy of a part. */
interface Part {
  readonly buffer: ArrayBufferLike;
  readonly from: number;
  readonly goes: boolean;
}

/** Elements of every dtype lie at multiples of 16 or less. */
const ALIGNMENT = 16;

function partOf(buffer: ArrayBufferLike, [low, high]: Span, move: boolean): Part {
  if (!(buffer instanceof ArrayBuffer)) return { buffer, from: 0, goes: false };
  const from = low - (low % ALIGNMENT);
  const whole = from === 0 && high === buffer.byteLength;
  if (whole && !isMappedBuffer(buffer)) return { buffer, from, goes: move };
  // The copy that structuredClone makes would be of the whole buffer.
  const bytes = high - from;
  const copy = allocateBuffer(bytes, "pack: a part of a larger buffer");
  new Uint8Array(copy).set(new Uint8Array(buffer, from, bytes));
  reportCopy(bytes, "pack: a part of a larger buffer");
  return { buffer: copy, from, goes: true };
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function visit(value: unknown, found: (array: NDArray) => void, seen: Set<object>): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof NDArray) found(value);
  else if (Array.isArray(value)) for (const part of value) visit(part, found, seen);
  else if (isPlain(value)) for (const part of Object.values(value)) visit(part, found, seen);
}

/** The same lists and plain objects with some objects in them replaced. */
function replace(value: unknown, made: Map<object, unknown>, by: (value: object) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (made.has(value)) return made.get(value);
  const other = by(value);
  if (other !== undefined) {
    made.set(value, other);
    return other;
  }
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    made.set(value, list);
    for (const part of value) list.push(replace(part, made, by));
    return list;
  }
  if (!isPlain(value)) return value;
  const copy: Record<string, unknown> = {};
  made.set(value, copy);
  for (const [key, part] of Object.entries(value)) {
    if (key === "__proto__") throw new DTypeError("pack: __proto__ is no name of a property");
    copy[key] = replace(part, made, by);
  }
  return copy;
}
