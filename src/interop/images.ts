/** Pictures: arrays of (rows, columns, channels) to and from canvas `ImageData`, sharp and pngjs. */

import { fromStrided } from "../array/adopt.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { type Handoff, handoff } from "./handoff.ts";
import { loadPeer } from "./peer.ts";

/** Pixels as a canvas has them: RGBA, one byte a channel. */
export interface ImageDataLike {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The bytes of a picture, and how they are to be read: what sharp's constructor takes. */
export interface RawImage {
  readonly data: Uint8Array | Uint16Array;
  readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 };
}

const wrongShape = (shape: readonly number[], wanted: string) =>
  new ShapeError(`a picture has ${wanted}, not shape (${shape.join(", ")})`);

/** The rows, columns and channels of a picture; without an axis of channels it has one. */
function sizesOf(a: NDArray, most: number): [rows: number, columns: number, channels: number] {
  const [rows, columns, channels = 1] = a.shape;
  if (a.ndim < 2 || a.ndim > 3 || rows === 0 || columns === 0 || channels < 1 || channels > most)
    throw wrongShape(a.shape, `rows, columns and 1 to ${most} channels`);
  return [rows!, columns!, channels];
}

/** Whether to copy where it must be; false makes it an error. */
export interface PictureOptions {
  readonly copy?: boolean | undefined;
}

function dense(
  a: NDArray,
  consumer: string,
  dtypes: readonly ("uint8" | "uint16")[],
  { copy = true }: PictureOptions,
  shared = true,
): Handoff {
  return handoff(a, { consumer, dtypes, casting: "no", order: "C", shared, copy });
}

/**
 * The pixels as `ImageData` of a canvas: the array is uint8 of shape (rows, columns, 4). The memory is the array's own when
 * it is C-contiguous, else a copy. The class is the runtime's, or the one given (`@napi-rs/canvas` has one).
 *
 * @throws ShapeError when there are not four channels.
 */
export function toImageData<T = ImageDataLike>(
  a: NDArray,
  ImageDataClass?: new (data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) => T,
  options: PictureOptions = {},
): T {
  const [rows, columns, channels] = sizesOf(a, 4);
  if (channels !== 4) throw wrongShape(a.shape, "rows, columns and the 4 channels of a canvas");
  const Made = ImageDataClass ?? (globalThis as { ImageData?: typeof ImageDataClass }).ImageData;
  if (Made === undefined) throw new ValueError("toImageData: this runtime has no ImageData; give the class");
  const { data } = dense(a, "ImageData", ["uint8"], options, false);
  const clamped = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  return new Made(clamped, columns, rows);
}

/** The pixels of an `ImageData` as uint8 of shape (rows, columns, 4). Returns a view: what is written shows there. */
export function fromImageData({ data, width, height }: ImageDataLike): NDArray<"uint8"> {
  return fromStrided({ data, dtype: "uint8", shape: [height, width, 4] });
}

/**
 * What sharp's constructor takes: `sharp(data, { raw })`. Of uint8 or uint16 and 1 to 4 channels, the last axis; the
 * memory is the array's own when it is C-contiguous, else a copy. sharp reads it when it runs, not before.
 *
 * @example
 * import { toRaw } from "ndview/interop/images";
 * const { raw } = toRaw(np.zeros([2, 3, 4], "uint8"));
 * raw; // { width: 3, height: 2, channels: 4 }
 */
export function toRaw(a: ArrayInput, options: PictureOptions = {}): RawImage {
  const array = asarray(a) as NDArray;
  const [height, width, channels] = sizesOf(array, 4);
  const { data } = dense(array, "sharp", ["uint8", "uint16"], options);
  return { data: data as Uint8Array, raw: { width, height, channels: channels as 1 } };
}

/** The pipeline of sharp, as far as it is used here. */
export interface SharpPipeline {
  raw(options?: never): SharpPipeline;
  toBuffer(options: { readonly resolveWithObject: true }): Promise<{
    readonly data: Uint8Array;
    readonly info: { readonly width: number; readonly height: number; readonly channels: number };
  }>;
}

/** What passes arrays to and from sharp. */
export interface Sharp<P extends SharpPipeline = SharpPipeline> {
  /** A pipeline that begins with the pixels: `await toSharp(a).resize(200).png().toFile("small.png")`. */
  toSharp(a: ArrayInput, options?: PictureOptions): P;
  /** The pixels that a pipeline ends with, uint8 of shape (rows, columns, channels). A view of sharp's result. */
  fromSharp(pipeline: SharpPipeline): Promise<NDArray<"uint8">>;
}

/** Arrays to and from sharp: `sharp(module)` with the package, or `await sharp()` to load it. */
export function sharp<P extends SharpPipeline>(module: (data: never, options: never) => P): Sharp<P>;
export function sharp(): Promise<Sharp>;
export function sharp(module?: (data: never, options: never) => SharpPipeline): Sharp | Promise<Sharp> {
  if (module !== undefined) return withSharp(module);
  type Loaded = { readonly default: (data: never, options: never) => SharpPipeline };
  return loadPeer<Loaded>("sharp", "sharp", () => import("sharp" as string)).then((found) =>
    withSharp(found.default),
  );
}

function withSharp(module: (data: never, options: never) => SharpPipeline): Sharp {
  return {
    toSharp(a, options) {
      const { data, raw } = toRaw(a, options);
      return module(data as never, { raw } as never);
    },
    async fromSharp(pipeline) {
      const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
      return fromStrided({ data, dtype: "uint8", shape: [info.height, info.width, info.channels] });
    },
  };
}

/** A PNG of pngjs, as far as it is used here: RGBA, one byte a channel. */
export interface PngLike {
  data: Uint8Array;
  width: number;
  height: number;
}

/**
 * A PNG of pngjs with the pixels: the array is uint8 of shape (rows, columns, 4). The memory is the array's own when it is
 * C-contiguous, else a copy.
 */
export function toPng<P extends PngLike>(
  a: NDArray,
  PNG: new (options: { width: number; height: number }) => P,
  options: PictureOptions = {},
): P {
  const [height, width, channels] = sizesOf(a, 4);
  if (channels !== 4) throw wrongShape(a.shape, "rows, columns and the 4 channels of a PNG here");
  const { data } = dense(a, "pngjs", ["uint8"], options);
  const png = new PNG({ width, height });
  png.data = asBuffer(data as Uint8Array);
  return png;
}

function asBuffer(data: Uint8Array): Uint8Array {
  const { Buffer } = globalThis as {
    Buffer?: { from(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array };
  };
  return Buffer === undefined ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * The pixels of a PNG of pngjs: shape (rows, columns, 4), uint8, or uint16 when it was read as such. Returns a view.
 *
 * @example
 * import { fromPng } from "ndview/interop/images";
 * fromPng({ data: new Uint8Array(24), width: 3, height: 2 }).shape; // [2, 3, 4]
 */
export function fromPng({ data, width, height }: PngLike): NDArray<"uint8" | "uint16"> {
  const dtype = data.BYTES_PER_ELEMENT === 2 ? "uint16" : "uint8";
  return fromStrided({ data, dtype, shape: [height, width, 4] }) as NDArray<"uint8" | "uint16">;
}
