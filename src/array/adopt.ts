/**
 * Arrays over memory that is there already. Nothing is copied; what is written through the array is seen by whoever
 * has the memory, and the other way round.
 *
 * Every address that an array can reach is checked before the array exists, so that no index and no stride ever leads
 * out of the memory that was given, which for a typed array is the part of the buffer that it shows.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType } from "../dtype/map.ts";
import { type DTypeLike, type DTypeOf, toDescriptor } from "../dtype/parse.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { plain } from "../dtype/table.ts";
import { textOf, ValueError } from "../errors.ts";
import { cStrides, type Layout } from "../layout/layout.ts";
import { dtypeAsked, keywordsOf, shapeFrom, type WithDType } from "./arguments.ts";
import { mayWrite, requireStrides, requireWithin, scaled } from "./bounds.ts";
import { adoptLayout } from "./fresh.ts";
import { type MemoryLike, type MemoryWindow, windowOf } from "./memory.ts";
import type { NDArray } from "./ndarray.ts";
import { type DTypeOfTypedArray, type TypedArrayLike, typedArrayDescriptor } from "./typedarrays.ts";

/** Which part of a buffer `frombuffer` looks at. */
export interface FrombufferKeywords {
  /** The number of elements; all that there are if left out or negative. */
  readonly count?: number | undefined;
  /** The byte at which the first element starts; 0 if left out. */
  readonly offset?: number | undefined;
}

/** The same with a dtype, float64 if left out. */
export interface FrombufferOptions extends FrombufferKeywords, WithDType {}

/**
 * An array of one axis over the memory of a buffer, a typed array or a WebAssembly.Memory. Returns a view: nothing is
 * copied. Of an array it is the bytes of its own elements, which must be C-contiguous; those of a read-only one stay so.
 *
 * @param options a dtype, or `{ dtype, count, offset }`; float64 if left out, whatever the class of a typed array
 * @throws ValueError when the offset or the elements asked for do not lie in the memory, or its bytes are no whole
 * number of elements.
 * @example
 * const memory = new ArrayBuffer(16);
 * np.frombuffer(memory, "uint16", { offset: 4, count: 2 }).set(0, 7);
 */
export function frombuffer<const S extends DTypeLike>(
  buffer: MemoryLike,
  options: S | (FrombufferKeywords & { readonly dtype: S }),
  keywords?: FrombufferKeywords,
): NDArray<DTypeOf<S>>;
export function frombuffer(buffer: MemoryLike, options?: FrombufferKeywords): NDArray<"float64">;
export function frombuffer(
  buffer: MemoryLike,
  options?: DTypeLike | FrombufferOptions | null,
  keywords?: FrombufferKeywords,
): NDArray;
export function frombuffer(
  buffer: MemoryLike,
  options?: DTypeLike | FrombufferOptions | null,
  keywords?: FrombufferKeywords,
): NDArray {
  const given: FrombufferOptions = { ...keywordsOf<FrombufferOptions>(options), ...keywords };
  const dtype = dtypeAsked(given) ?? plain.float64;
  const memory = windowOf(buffer, "frombuffer");
  const offset = given.offset ?? 0;
  const bytes = memory.end - memory.start;
  if (!(Number.isInteger(offset) && offset >= 0 && offset <= bytes)) {
    throw new ValueError(
      `frombuffer: offset ${textOf(offset)} is not an integer from 0 to ${bytes}, the bytes there are`,
    );
  }
  const shape = [elementCount(dtype, bytes - offset, given.count ?? -1)];
  const strides = [dtype.itemsize];
  const layout = { shape, strides, offset: memory.start + offset };
  return adoptWindow(memory, layout, dtype, memory.writeable !== false, "frombuffer");
}

/** How many elements are asked for, once it is known that so many are there. */
function elementCount(dtype: Descriptor, bytes: number, count: number): number {
  const { itemsize } = dtype;
  if (itemsize === 0) throw new ValueError(`frombuffer: elements of dtype ${dtype} have no bytes`);
  if (!Number.isInteger(count)) throw new ValueError(`frombuffer: count ${textOf(count)} is not an integer`);
  if (count < 0) {
    if (bytes % itemsize === 0) return bytes / itemsize;
    throw new ValueError(
      `frombuffer: ${bytes} bytes are no multiple of ${itemsize}, the bytes of an element of dtype ${dtype}; give count`,
    );
  }
  // Adding 0 turns -0 into 0.
  if (count * itemsize <= bytes) return count + 0;
  throw new ValueError(
    `frombuffer: ${count} elements of dtype ${dtype} take ${count * itemsize} bytes, but there are ${bytes}`,
  );
}

/** An array over a part of a buffer; the axes of a subarray dtype are appended. */
function adoptWindow(
  { buffer, start, end }: MemoryWindow,
  layout: Layout,
  dtype: Descriptor,
  writeable: boolean,
  caller: string,
): NDArray {
  requireWithin(layout, dtype.itemsize, start, end, "memory given", caller);
  const inner = unpackSubarray(dtype);
  const shape = [...layout.shape, ...inner.shape];
  const strides = [...layout.strides, ...cStrides(inner.shape, inner.dtype.itemsize)];
  return adoptLayout(buffer, { shape, strides, offset: layout.offset }, inner.dtype, writeable, caller);
}

/** Strided memory, as others describe it. */
export interface StridedMemory {
  /** The memory; `data` is another name for it. */
  readonly buffer?: MemoryLike | undefined;
  /** The memory, such as a typed array, which says the dtype if none is given. */
  readonly data?: MemoryLike | undefined;
  /** The dtype of an element; scijs names such as `"uint8_clamped"` are understood. */
  readonly dtype?: DTypeLike | string | null | undefined;
  /** The length of each axis; one axis over all the memory if left out. */
  readonly shape?: number | ArrayLike<number | bigint> | undefined;
  /** From one element to the next along each axis, in bytes unless `units` says otherwise; C order if left out. */
  readonly strides?: ArrayLike<number | bigint> | undefined;
  /** The same in elements, as scijs ndarrays and zarrita chunks have it. */
  readonly stride?: ArrayLike<number | bigint> | undefined;
  /** Where element (0, 0, …) is, in the unit of the strides, counted from the start of the memory. */
  readonly offset?: number | undefined;
  /** The same in bytes; the two are added. */
  readonly byteOffset?: number | undefined;
  /** The unit of strides and offset: elements where there is a `stride`, else bytes. */
  readonly units?: "bytes" | "elements" | undefined;
  /** Whether it may be written; true if left out, unless elements overlap each other. */
  readonly writeable?: boolean | undefined;
}

/** The descriptions that have typed memory and say nothing else of the dtype. */
interface TypedMemory<A> extends Omit<StridedMemory, "data" | "dtype"> {
  readonly data: A;
  readonly dtype?: null | undefined;
}

/** Names for dtypes that only scijs ndarrays use. */
const foreignNames: Readonly<Record<string, string>> = {
  uint8_clamped: "uint8",
  buffer: "uint8",
  bigint64: "int64",
  biguint64: "uint64",
};

/**
 * An array over strided memory of anyone's: a scijs ndarray, a zarrita chunk, memory of WebAssembly, a
 * SharedArrayBuffer. Returns a view: nothing is copied.
 *
 * `strides` are bytes and `stride` are elements; `offset` goes with them. For DLPack, whose strides are elements, say
 * `units: "elements"`. Strides may be negative or 0. Where elements overlap each other the array is read-only.
 *
 * @throws ValueError when an element would lie outside the memory, when there is no dtype, or when `writeable: true` is
 * asked for and elements overlap.
 * @throws ShapeError when shape and strides have different lengths.
 * @example
 * const data = new Float64Array([1, 2, 3, 4, 5, 6]);
 * np.fromStrided({ data, shape: [3, 2], stride: [1, 3] }).tolist(); // [[1, 4], [2, 5], [3, 6]]
 * np.fromStrided({ buffer: data.buffer, dtype: "f8", shape: [6], strides: [-8], offset: 40 }).at(0); // 6
 */
export function fromStrided<const S extends DTypeLike>(
  source: StridedMemory & { readonly dtype: S },
): NDArray<DTypeOf<S>>;
export function fromStrided<A extends TypedArrayLike>(source: TypedMemory<A>): NDArray<DTypeOfTypedArray<A>>;
export function fromStrided(source: StridedMemory): NDArray;
export function fromStrided(source: StridedMemory): NDArray<DType> {
  const caller = "fromStrided";
  if (typeof source !== "object" || source === null)
    throw new ValueError(`fromStrided: ${textOf(source)} describes no memory; give { data, shape, strides }`);
  const given = source.data ?? source.buffer;
  const memory = windowOf(given, caller);
  const dtype = memoryDType(source, given, caller);
  const layout = stridedLayout(source, dtype.itemsize, memory, caller);
  const asked = memory.writeable === false ? false : source.writeable;
  const writeable = mayWrite(layout, dtype.itemsize, asked, caller);
  return adoptWindow(memory, layout, dtype, writeable, caller);
}

function memoryDType({ dtype }: StridedMemory, memory: unknown, caller: string): Descriptor {
  if (typeof dtype === "string") return toDescriptor(foreignNames[dtype] ?? dtype);
  const found = dtype === undefined || dtype === null ? typedArrayDescriptor(memory) : toDescriptor(dtype);
  if (found !== null) return found;
  throw new ValueError(`${caller}: only a typed array says what its elements are; give a dtype`);
}

function stridedLayout(
  source: StridedMemory,
  itemsize: number,
  memory: MemoryWindow,
  caller: string,
): Layout {
  const { units, byteOffset = 0, offset = 0 } = source;
  if (source.strides !== undefined && source.stride !== undefined) {
    throw new ValueError(`${caller}: strides are bytes and stride is elements; give one of them`);
  }
  if (units !== undefined && units !== "bytes" && units !== "elements") {
    throw new ValueError(`${caller}: units ${textOf(units)} is neither "bytes" nor "elements"`);
  }
  const unit = (units ?? (source.stride === undefined ? "bytes" : "elements")) === "elements" ? itemsize : 1;
  const steps = source.strides ?? source.stride;
  const shape = memoryShape(source, itemsize, memory, caller);
  const strides = steps === undefined ? cStrides(shape, itemsize) : scaled(steps, unit, "stride", caller);
  requireStrides(shape, strides, caller);
  const [first] = scaled([offset], unit, "offset", caller);
  const [bytes] = scaled([byteOffset], 1, "byteOffset", caller);
  return { shape, strides, offset: memory.start + first! + bytes! };
}

const isNumbers = (list: ArrayLike<number | bigint>) =>
  Array.isArray(list) && list.every((one) => typeof one === "number");

function memoryShape(
  { shape, strides, stride, offset, byteOffset }: StridedMemory,
  itemsize: number,
  memory: MemoryWindow,
  caller: string,
): number[] {
  if (shape !== undefined)
    return shapeFrom(
      typeof shape === "number" || isNumbers(shape) ? shape : Array.from(shape, Number),
      caller,
    );
  if (strides ?? stride ?? offset ?? byteOffset) {
    throw new ValueError(`${caller}: strides and offsets need a shape; give it as well`);
  }
  return [itemsize === 0 ? 0 : Math.floor((memory.end - memory.start) / itemsize)];
}
