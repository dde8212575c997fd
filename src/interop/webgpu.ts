/**
 * WebGPU: buffers of a device are memory of its own, so elements are always copied, there in C order without gaps. Shaders
 * read 32-bit floats and integers; any other dtype arrives as the bytes that it has.
 */

import { fromStrided } from "../array/adopt.ts";
import { allocateBuffer, reportCopy } from "../array/allocate.ts";
import { shapeFrom } from "../array/arguments.ts";
import { castElements } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import { type NDArray, requireArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { textOf, ValueError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";

/** A buffer of a device, as far as it is used here. */
export interface GpuBufferLike {
  readonly size: number;
  readonly usage: number;
  getMappedRange(offset?: number, size?: number): ArrayBuffer;
  mapAsync(mode: number, offset?: number, size?: number): Promise<unknown>;
  unmap(): unknown;
  destroy(): unknown;
}

/** What a buffer is made of. */
interface GpuBufferRequest {
  readonly size: number;
  readonly usage: number;
  readonly label?: string;
  readonly mappedAtCreation?: boolean;
}

/** A device, as far as it is used here. */
export interface GpuDeviceLike<B extends GpuBufferLike = GpuBufferLike> {
  readonly limits?: { readonly maxBufferSize?: number } | undefined;
  readonly queue: { submit(commands: never): unknown };
  createBuffer(request: GpuBufferRequest): B;
  createCommandEncoder(): {
    copyBufferToBuffer(
      source: never,
      sourceOffset: number,
      target: never,
      targetOffset: number,
      size: number,
    ): unknown;
    finish(): unknown;
  };
}

export interface ToGpuBufferOptions {
  /** What the buffer is for, `GPUBufferUsage` flags; STORAGE, COPY_SRC and COPY_DST if left out. */
  readonly usage?: number | undefined;
  /** A name for the messages of the device. */
  readonly label?: string | undefined;
}

export interface FromGpuBufferOptions<S extends DTypeLike = DTypeLike> {
  readonly dtype: S;
  readonly shape: number | readonly number[];
  /** The byte at which the first element lies; 0 if left out. */
  readonly offset?: number | undefined;
}

/** `GPUBufferUsage` and `GPUMapMode`, which runtimes without a device do not have. */
const [MAP_READ, COPY_SRC, COPY_DST, STORAGE] = [1, 4, 8, 128];
/** Devices copy whole words, and map from multiples of eight bytes on. */
const [WORD, MAP_STEP] = [4, 8];

/**
 * A buffer of a device with the elements of an array, C-contiguous, whatever the layout here and of every dtype. Always a
 * copy, and one only. Its size is the next multiple of 4 bytes, and at least 4; what is beyond the elements is 0.
 *
 * @throws ValueError when the array is larger than a buffer of the device may be.
 * @example
 * import { toGPUBuffer } from "ndview/interop/webgpu";
 * const upload = (device: GPUDevice, picture: np.NDArray) => {
 *   return toGPUBuffer(device, picture.transpose(2, 0, 1), { label: "planes" });
 * };
 */
export function toGPUBuffer<B extends GpuBufferLike>(
  device: GpuDeviceLike<B>,
  a: NDArray,
  { usage = STORAGE! | COPY_SRC! | COPY_DST!, label }: ToGpuBufferOptions = {},
): B {
  requireDevice(device, "toGPUBuffer");
  requireArray(a, "toGPUBuffer");
  a.storage.alive();
  const { shape } = a.layout;
  const bytes = sizeOf(shape) * a.itemsize;
  const size = Math.max(WORD!, roundedUp(bytes, WORD!));
  const most = device.limits?.maxBufferSize ?? Number.POSITIVE_INFINITY;
  if (size > most)
    throw new ValueError(
      `toGPUBuffer: the array takes ${size} bytes, a buffer of this device at most ${most}`,
    );
  const named = label === undefined ? {} : { label };
  const buffer = device.createBuffer({ size, usage, mappedAtCreation: true, ...named });
  if (bytes > 0) {
    const target = fromStrided({ buffer: buffer.getMappedRange(), dtype: a.dtype, shape }) as NDArray;
    castElements(shape, placeOf(a), placeOf(target));
    reportCopy(bytes, "toGPUBuffer: the memory of a device is its own");
  }
  buffer.unmap();
  return buffer;
}

/**
 * The elements of a buffer of a device, which lie there in C order without gaps. Always a copy. It waits until the device
 * has done what it was given before.
 *
 * @throws ValueError when the elements are not all in the buffer, or when it can be neither copied nor mapped: it is made
 * with COPY_SRC or MAP_READ.
 * @example
 * import { fromGPUBuffer } from "ndview/interop/webgpu";
 * const download = (device: GPUDevice, buffer: GPUBuffer) => {
 *   return fromGPUBuffer(device, buffer, { dtype: "float32", shape: [3, 480, 640] });
 * };
 */
export function fromGPUBuffer<const S extends DTypeLike>(
  device: GpuDeviceLike,
  buffer: GpuBufferLike,
  options: FromGpuBufferOptions<S>,
): Promise<NDArray<DTypeOf<S>>>;
export async function fromGPUBuffer(
  device: GpuDeviceLike,
  buffer: GpuBufferLike,
  options: FromGpuBufferOptions,
): Promise<NDArray<DType>> {
  requireDevice(device, "fromGPUBuffer");
  const { dtype: wanted, shape: lengths, offset = 0 } = options ?? {};
  if (wanted === undefined || lengths === undefined)
    throw new ValueError("fromGPUBuffer: a buffer knows neither dtype nor shape; give { dtype, shape }");
  const dtype = descriptorFor(wanted);
  const shape = shapeFrom(lengths, "fromGPUBuffer");
  const bytes = sizeOf(shape) * dtype.itemsize;
  if (!(Number.isInteger(offset) && offset >= 0 && offset + bytes <= buffer.size)) {
    throw new ValueError(
      `fromGPUBuffer: ${bytes} bytes from offset ${textOf(offset)} on do not lie in a buffer of ${buffer.size}`,
    );
  }
  const memory = allocateBuffer(bytes, "fromGPUBuffer: the memory of a device is its own");
  const made = fromStrided({ buffer: memory, dtype, shape });
  if (bytes > 0) {
    const target = new Uint8Array(memory);
    if ((buffer.usage & MAP_READ!) !== 0) await readMapped(buffer, offset, target);
    else await readCopied(device, buffer, offset, target);
    reportCopy(bytes, "fromGPUBuffer: the memory of a device is its own");
  }
  return made;
}

const roundedUp = (bytes: number, step: number) => Math.ceil(bytes / step) * step;

/** Copies bytes out of a buffer that can be mapped, from a place that a mapping may begin at. */
async function readMapped(buffer: GpuBufferLike, offset: number, target: Uint8Array): Promise<void> {
  const start = offset - (offset % MAP_STEP!);
  const size = wordsTo(buffer, start, offset + target.length);
  await buffer.mapAsync(1, start, size);
  try {
    const mapped = buffer.getMappedRange(start, size);
    target.set(new Uint8Array(mapped, offset - start, target.length));
  } finally {
    buffer.unmap();
  }
}

async function readCopied(
  device: GpuDeviceLike,
  buffer: GpuBufferLike,
  offset: number,
  target: Uint8Array,
): Promise<void> {
  if ((buffer.usage & COPY_SRC!) === 0)
    throw new ValueError("fromGPUBuffer: the buffer cannot be read; make it with COPY_SRC or MAP_READ");
  const start = offset - (offset % WORD!);
  const size = wordsTo(buffer, start, offset + target.length);
  const staging = device.createBuffer({ size, usage: MAP_READ! | COPY_DST! });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer as never, start, staging as never, 0, size);
    device.queue.submit([encoder.finish()] as never);
    await readMapped(staging, offset - start, target);
  } finally {
    staging.destroy();
  }
}

/** The bytes of the words between two places. */
function wordsTo(buffer: GpuBufferLike, start: number, end: number): number {
  const size = roundedUp(end - start, WORD!);
  if (start + size <= buffer.size) return size;
  throw new ValueError(
    `fromGPUBuffer: the last word of a buffer of ${buffer.size} bytes is not whole; make it a multiple of ${WORD}`,
  );
}

function requireDevice(device: unknown, caller: string): void {
  if (typeof (device as GpuDeviceLike | null)?.createBuffer === "function") return;
  throw new ValueError(
    `${caller}: ${textOf(device)} is no GPUDevice; (await navigator.gpu.requestAdapter()).requestDevice() gives one, in Node with the package webgpu: npm install webgpu`,
  );
}
