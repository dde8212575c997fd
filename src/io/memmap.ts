import {
  type DTypeArgument,
  dtypeAsked,
  keywordsOf,
  type NoDType,
  optionsFrom,
  shapeFrom,
} from "../array/arguments.ts";
import { WRITEABLE } from "../array/flags.ts";
import { NDArray, requireArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { checkedSize, denseLayout, isSameShape, shapeText, sizeOf } from "../layout/layout.ts";
import { headerBytes, type NpyHeader, readHeader } from "./header.ts";
import { libc } from "./libc.ts";
import { extend, keyOf, madeFile, named } from "./made-file.ts";
import { type MapMode, type Mapping, mappingBehind, mapRegion } from "./mapped-region.ts";
import { type FilePath, type OpenFile, pathOf, withFile } from "./node-files.ts";
import { RawPull, run, type Source } from "./steps.ts";

export type { MapMode, Mapping } from "./mapped-region.ts";

/**
 * Arrays whose memory is a file.
 *
 * Sizes are compared with the file when it is opened, before anything is mapped. What another program cuts off a file while
 * it is mapped is gone, and touching it ends the process, as it does in NumPy: no page can be asked whether it is there.
 */

/** The modes, and NumPy's long names for them. */
export type MapModeName = MapMode | "readonly" | "copyonwrite" | "readwrite" | "write";

const MODES: Readonly<Record<MapModeName, MapMode>> = {
  r: "r",
  c: "c",
  "r+": "r+",
  "w+": "w+",
  readonly: "r",
  copyonwrite: "c",
  readwrite: "r+",
  write: "w+",
};

/** How a raw file is mapped, but for the dtype. */
export interface MemmapKeywords {
  /**
   * `"r+"` reads and writes the file, which must exist; `"r"` only reads it; `"w+"` makes it, or overwrites it with zeros;
   * `"c"` keeps what is written in memory. `"r+"` if left out.
   */
  readonly mode?: MapModeName | undefined;
  /** The byte at which the elements start; 0 if left out. Any byte will do. */
  readonly offset?: number | undefined;
  /** The shape; one axis to the end of the file if left out, which `"w+"` does not allow. */
  readonly shape?: number | readonly number[] | null | undefined;
  /** Whether elements lie in C order, as they do if left out, or in F order. */
  readonly order?: "C" | "F" | undefined;
  /** With `"w+"`: whether the disk's space is taken at once, so that writing never finds it full. */
  readonly reserve?: boolean | undefined;
}

/** How a raw file is mapped. */
export interface MemmapOptions extends MemmapKeywords {
  readonly dtype?: DTypeLike | null | undefined;
}

/**
 * An array whose memory is a raw file (Node on Linux and macOS, with the package koffi): what is read comes from the file when
 * it is touched, what is written goes to it, and nothing is read or held that is not used. The file may be far larger than
 * memory. Returns a view of the file; it is released when no array and no buffer of it is left.
 *
 * An array that spans more than 2 GiB of a file above 4 GiB has no one buffer: views, indexing, reductions, element-wise
 * functions, copies and assignments work as ever; what needs all bytes at once (`data`, products of matrices) is an error that asks for parts.
 *
 * @param options a dtype, or `{ dtype, mode, offset, shape, order }`; uint8 if left out
 * @throws ValueError when the file is too short, or the system does not map it; with `"r+"` a file that is too short for the
 * shape is made longer.
 * @example
 * const a = np.memmap("raw.bin", { dtype: "float32", mode: "w+", shape: [2, 3] });
 * a.set(1, 5);
 * np.flush(a);
 * np.memmap("raw.bin", { dtype: "float32", mode: "r" }).tolist(); // [0, 0, 0, 5, 5, 5]
 */
export function memmap(filename: FilePath, options?: MemmapKeywords & NoDType): NDArray<"uint8">;
export function memmap<const S extends DTypeLike>(
  filename: FilePath,
  options: DTypeArgument<S, MemmapKeywords>,
): NDArray<DTypeOf<S>>;
export function memmap(filename: FilePath, options?: DTypeLike | MemmapOptions | null): NDArray {
  const caller = "memmap";
  const keywords = keywordsOf<MemmapOptions>(options);
  const mode = modeFrom(keywords.mode, caller);
  const dtype = dtypeAsked(keywords) ?? plain.uint8;
  if (dtype.itemsize === 0) throw new ValueError(`${caller}: elements of ${dtype} have no bytes`);
  const offset = offsetFrom(keywords.offset, caller);
  const shape =
    keywords.shape === null || keywords.shape === undefined ? null : shapeFrom(keywords.shape, caller);
  if (shape !== null) checkedSize(shape, dtype.itemsize);
  const order = orderFrom(keywords.order, caller);
  const path = pathOf(filename, caller);
  libc(caller);
  if (mode === "w+") {
    if (shape === null) throw new ValueError(`${caller}: a file is made with a shape; give one`);
    const size = offset + sizeOf(shape) * dtype.itemsize;
    return madeFile(path, size, null, keywords.reserve === true, caller, (file) =>
      mappedArray(file, { mode, path, offset, shape, dtype, order }, caller),
    );
  }
  return withFile(
    path,
    caller,
    (file) => {
      const length = shape ?? [lengthToEnd(file, offset, dtype, path, caller)];
      const wanted = offset + sizeOf(length) * dtype.itemsize;
      const size = sizeIn(file, path, caller);
      if (wanted > size) {
        if (mode !== "r+") throw shortFile(path, size, wanted, caller);
        extend(file.fd, wanted, path, caller);
      }
      return mappedArray(file, { mode, path, offset, shape: length, dtype, order }, caller);
    },
    mode === "r+" ? "r+" : "r",
  );
}

/** How a .npy file is mapped, but for the dtype. */
export interface OpenMemmapKeywords {
  /** As for {@link memmap}. `"w+"` makes the file, from dtype, shape and order. */
  readonly mode?: MapModeName | undefined;
  /** With `"w+"` the shape; else what the file must have, if given. */
  readonly shape?: number | readonly number[] | null | undefined;
  /** With `"w+"` the order; else the file says it. C if left out. */
  readonly order?: "C" | "F" | undefined;
  /** NumPy's name for `order: "F"`. */
  readonly fortranOrder?: boolean | undefined;
  /** The byte at which the .npy file starts, within another one. 0 if left out; not with `"w+"`. */
  readonly offset?: number | undefined;
  /** With `"w+"`: whether the disk's space is taken at once. */
  readonly reserve?: boolean | undefined;
}

/** How a .npy file is mapped. */
export interface OpenMemmapOptions extends OpenMemmapKeywords {
  /** With `"w+"` the dtype, float64 if left out; else what the file must have, if given. */
  readonly dtype?: DTypeLike | null | undefined;
}

/**
 * An array whose memory is the data of a .npy file, opened without reading it, or made: NumPy's `lib.format.open_memmap`, and
 * like {@link memmap} in everything else. `np.load(path, { mmapMode })` opens one too.
 *
 * @throws ValueError saying what is wrong when the file is damaged or truncated, when its numbers are big-endian, and when its
 * shape is not the one asked for; DTypeError when its dtype is not.
 * @example
 * const a = np.openMemmap("big.npy", { mode: "w+", dtype: "float32", shape: [1000, 1000] });
 * a.set([":", 0], 1);
 * np.openMemmap("big.npy", { mode: "r" }).sum(); // 1000
 */
export function openMemmap<const S extends DTypeLike>(
  filename: FilePath,
  options: OpenMemmapKeywords & { readonly dtype: S },
): NDArray<DTypeOf<S>>;
export function openMemmap(filename: FilePath, options?: OpenMemmapKeywords & NoDType): NDArray;
export function openMemmap(filename: FilePath, options: OpenMemmapOptions | null = {}): NDArray {
  return openNpy(filename, optionsFrom(options, "openMemmap"), "openMemmap");
}

/** The same for who has another name. */
export function openNpy(filename: FilePath, options: OpenMemmapOptions, caller: string): NDArray {
  const mode = modeFrom(options.mode, caller);
  const dtype = dtypeAsked(options);
  const shape =
    options.shape === null || options.shape === undefined ? null : shapeFrom(options.shape, caller);
  const order = options.fortranOrder === true ? "F" : orderFrom(options.order, caller);
  const offset = offsetFrom(options.offset, caller);
  const path = pathOf(filename, caller);
  libc(caller);
  if (mode === "w+") {
    if (shape === null) throw new ValueError(`${caller}: a file is made with a shape; give one`);
    if (offset !== 0)
      throw new ValueError(`${caller}: a file is made from its first byte on; leave offset out`);
    return makeNpy(path, dtype ?? plain.float64, shape, order, options.reserve === true, caller);
  }
  return withFile(
    path,
    caller,
    (file) => {
      const header = headerIn(file, offset, path, caller);
      requireAsked(header, dtype, shape, `${caller}: ${path}`);
      const start = offset + header.dataOffset;
      const size = sizeIn(file, path, caller);
      if (start + header.nbytes > size) throw shortFile(path, size, start + header.nbytes, caller);
      const { fortranOrder } = header;
      const part = { ...header, mode, path, offset: start, order: fortranOrder ? "F" : "C" } as const;
      return mappedArray(file, part, caller);
    },
    mode === "r+" ? "r+" : "r",
  );
}

function makeNpy(
  path: string,
  given: Descriptor,
  lead: readonly number[],
  order: "C" | "F",
  reserve: boolean,
  caller: string,
): NDArray {
  const inner = unpackSubarray(given);
  const { dtype } = inner;
  if (dtype.itemsize === 0) throw new ValueError(`${caller}: elements of ${dtype} have no bytes`);
  const shape = [...lead, ...inner.shape];
  const nbytes = checkedSize(shape, dtype.itemsize) * dtype.itemsize;
  const head = headerBytes(dtype, shape, order === "F");
  return madeFile(path, head.length + nbytes, head, reserve, caller, (file) =>
    mappedArray(
      file,
      { mode: "w+", shownMode: "r+", path, offset: head.length, shape, dtype, order },
      caller,
    ),
  );
}

/**
 * What is known of the file behind an array, or behind the one that it is a view of; null for an array in memory.
 *
 * @example
 * const a = np.memmap("raw.bin", { mode: "w+", shape: 8 });
 * np.mappingOf(a.slice("::2"))?.mode; // "w+"
 * np.mappingOf(np.zeros(3));          // null
 */
export function mappingOf(a: NDArray): Mapping | null {
  requireArray(a, "mappingOf");
  return mappingBehind(a.storage);
}

/**
 * Writes what was changed in a mapped file to the disk. Other programs see it without; nothing is left to write for modes
 * `"r"` and `"c"`.
 *
 * @throws ValueError when no file is behind the array.
 * @example
 * const a = np.memmap("raw.bin", { mode: "w+", shape: 8 });
 * a.set(0, 255);
 * np.flush(a);
 */
export function flush(a: NDArray): void {
  requireArray(a, "flush");
  const mapping = mappingBehind(a.storage);
  if (mapping === null) throw new ValueError("flush: there is no file behind this array; np.save writes one");
  mapping.flush();
}

function modeFrom(mode: unknown, caller: string): MapMode {
  if (mode === undefined) return "r+";
  if (typeof mode === "string" && Object.hasOwn(MODES, mode)) return MODES[mode as MapModeName];
  throw new ValueError(`${caller}: mode ${textOf(mode)} is none of ${Object.keys(MODES).join(", ")}`);
}

function offsetFrom(offset: unknown, caller: string): number {
  if (offset === undefined) return 0;
  if (Number.isSafeInteger(offset) && (offset as number) >= 0) return (offset as number) + 0;
  throw new ValueError(`${caller}: offset ${textOf(offset)} is not an integer from 0 on`);
}

function orderFrom(order: unknown, caller: string): "C" | "F" {
  if (order === undefined) return "C";
  if (order === "C" || order === "F") return order;
  throw new ValueError(`${caller}: order ${textOf(order)} is neither "C" nor "F"`);
}

/** Bytes of a file that can be mapped; others do not know theirs. */
function sizeIn({ source }: OpenFile<Source>, path: string, caller: string): number {
  if (source.size === null) throw new ValueError(`${caller}: ${path} is no file to map`);
  return source.size;
}

function lengthToEnd(
  file: OpenFile<Source>,
  offset: number,
  dtype: Descriptor,
  path: string,
  caller: string,
): number {
  const size = sizeIn(file, path, caller);
  const left = size - offset;
  if (left < 0) throw new ValueError(`${caller}: offset ${offset} lies behind the end of ${path}, ${size}`);
  if (left % dtype.itemsize === 0) return left / dtype.itemsize;
  throw new ValueError(
    `${caller}: ${path} has ${left} bytes from ${offset} on, which are no multiple of the ${dtype.itemsize} of ${dtype}; give a shape`,
  );
}

function shortFile(path: string, has: number, wanted: number, caller: string): ValueError {
  return new ValueError(
    `${caller}: ${path} has ${has} bytes, but the array ends at byte ${wanted}: it is truncated`,
  );
}

function headerIn(file: OpenFile<Source>, offset: number, path: string, caller: string): NpyHeader {
  const pull = new RawPull(offset, Math.max(0, sizeIn(file, path, caller) - offset));
  const header = named(() => run(readHeader(pull, null), file.source), path, caller);
  if (header.toNative === null) return header;
  throw new ValueError(
    `${caller}: ${path}: the data is big-endian and must be converted; read it with np.load`,
  );
}

function requireAsked(
  header: NpyHeader,
  dtype: Descriptor | null,
  shape: readonly number[] | null,
  what: string,
): void {
  if (dtype !== null && !dtype.equals(header.dtype))
    throw new DTypeError(`${what} holds ${header.dtype}, not ${dtype}`);
  if (shape !== null && !isSameShape(shape, header.shape))
    throw new ShapeError(
      `${what} holds an array of shape ${shapeText(header.shape)}, not ${shapeText(shape)}`,
    );
}

/** What part of a file becomes an array. */
interface Part {
  readonly mode: MapMode;
  readonly shownMode?: MapMode;
  readonly path: string;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly dtype: Descriptor;
  readonly order: "C" | "F";
}

/** The array over a part of a file, which is long enough. */
function mappedArray(
  file: { fd: number; key: string } | OpenFile<Source>,
  part: Part,
  caller: string,
): NDArray {
  const { mode, path, offset, order } = part;
  const inner = unpackSubarray(part.dtype);
  const shape = [...part.shape, ...inner.shape];
  const nbytes = checkedSize(shape, inner.dtype.itemsize) * inner.dtype.itemsize;
  const key = "key" in file ? file.key : keyOf(file.identity);
  const request = { fd: file.fd, key, filename: path, mode, shownMode: part.shownMode, offset, nbytes };
  const region = named(() => mapRegion(request, caller), path, caller);
  // The axes of a subarray are the fastest in either order.
  const { strides } = denseLayout(part.shape, part.dtype.itemsize, order);
  const own = denseLayout(inner.shape, inner.dtype.itemsize, "C").strides;
  const dense = inner.shape.length === 0 ? strides : [...strides, ...own];
  const layout = { shape, strides: dense, offset: region.offset };
  // What nobody may write has a base that nobody may write: setflags asks it.
  const base = new NDArray<DType>(region.storage, layout, inner.dtype, null, 0);
  return mode === "r"
    ? new NDArray(region.storage, layout, inner.dtype, base, 0)
    : new NDArray(region.storage, layout, inner.dtype, mappedBase(base), WRITEABLE);
}

function mappedBase({ storage }: NDArray): ArrayBufferLike | null {
  return storage.wide === null ? storage.buffer : null;
}
