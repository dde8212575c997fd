/** Apache Arrow: vectors and nested fixed-size lists over the same buffers. */

import { fromStrided } from "../array/adopt.ts";
import { allocateBuffer } from "../array/allocate.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import { handoff } from "./handoff.ts";
import { loadPeer } from "./peer.ts";

/** One chunk of a vector, as far as it is used here. */
interface ArrowData {
  readonly length: number;
  readonly offset: number;
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array | null | undefined;
  readonly values: unknown;
  readonly children: readonly ArrowData[];
  readonly type: ArrowType;
}

interface ArrowType {
  readonly typeId: number;
  readonly listSize?: number;
  readonly precision?: number;
  toString(): string;
}

/** A vector, as far as it is used here. */
export interface ArrowVector {
  readonly length: number;
  readonly data: readonly unknown[];
}

/** The package, as far as it is used here. */
export interface ArrowModule<V extends ArrowVector = ArrowVector> {
  makeVector(data: never): V;
  makeData(options: never): unknown;
  readonly Field: new (name: string, type: never, nullable: boolean) => unknown;
  readonly FixedSizeList: new (size: number, child: never) => unknown;
  readonly [name: string]: unknown;
}

/** What a vector holds. */
export interface FromArrow {
  /** The elements; where one is missing, whatever the memory holds. A view where it can be. */
  readonly values: NDArray;
  /** Which elements are there, of the length of the vector; null when all are. */
  readonly valid: NDArray<"bool"> | null;
  readonly copied: boolean;
}

/** What passes arrays to and from Apache Arrow. */
export interface Arrow<V extends ArrowVector = ArrowVector> {
  /**
   * A vector of the elements along the first axis; further axes become fixed-size lists. The memory is the array's own when
   * it is C-contiguous, else a copy; bools are packed into bits, always a copy.
   */
  toVector(a: NDArray, options?: { readonly copy?: boolean }): V;
  /** The values of a vector, and which of them are there. A view of its memory, but for bits, and for several chunks. */
  fromVector(vector: ArrowVector): FromArrow;
}

const TYPES: Readonly<Record<string, string>> = {
  ...{ int8: "Int8", int16: "Int16", int32: "Int32", int64: "Int64" },
  ...{ uint8: "Uint8", uint16: "Uint16", uint32: "Uint32", uint64: "Uint64" },
  ...{ float16: "Float16", float32: "Float32", float64: "Float64", bool: "Bool" },
};

const dtypes = Object.keys(TYPES) as (keyof typeof plain)[];

/** Arrow's numbers for the types that are read here. */
const [INT, FLOAT, BOOL, LIST] = [2, 3, 6, 16];

/**
 * Arrays to and from Apache Arrow: `arrow(module)` with the package, or `await arrow()` to load it.
 *
 * @example
 * import { arrow } from "ndview/interop/arrow";
 * const { toVector, fromVector } = await arrow();
 * const vector = toVector(np.array([[1, 2], [3, 4]]));
 * vector.length; // 2
 * fromVector(vector).values.tolist(); // [[1, 2], [3, 4]]
 */
export function arrow<V extends ArrowVector>(module: ArrowModule<V>): Arrow<V>;
export function arrow(): Promise<Arrow>;
export function arrow(module?: ArrowModule): Arrow | Promise<Arrow> {
  if (module !== undefined) return adapter(module);
  return loadPeer<ArrowModule>("apache-arrow", "arrow", () => import("apache-arrow" as string)).then(adapter);
}

function adapter(module: ArrowModule): Arrow {
  return {
    toVector(a, { copy = true } = {}) {
      if (a.ndim === 0) throw new ShapeError("toVector: a 0-d array has no axis to be a vector along");
      const given = handoff(a, { consumer: "Arrow", dtypes, casting: "no", order: "C", copy });
      const isBool = given.dtype.kind === "b";
      if (isBool && !copy)
        throw new ValueError("toVector: bools are packed into bits, a copy, and copy is false");
      const Type = module[TYPES[given.dtype.name]!] as new () => unknown;
      const data = isBool ? packBits(given.data as Uint8Array) : given.data;
      let type: unknown = new Type();
      let chunk = module.makeData({ type, data, length: sizeOf(given.shape), nullCount: 0 } as never);
      for (let axis = given.shape.length - 1; axis > 0; axis--) {
        type = new module.FixedSizeList(
          given.shape[axis]!,
          new module.Field("item", type as never, false) as never,
        );
        const length = sizeOf(given.shape.slice(0, axis));
        chunk = module.makeData({ type, child: chunk, length, nullCount: 0 } as never);
      }
      return module.makeVector(chunk as never);
    },
    fromVector,
  };
}

/** Eight bools a byte, the first in the lowest bit. */
function packBits(bools: Uint8Array): Uint8Array {
  const bits = new Uint8Array(allocateBuffer((bools.length + 7) >> 3, "toVector: bools become bits"));
  for (let k = 0; k < bools.length; k++) bits[k >> 3]! |= (bools[k]! & 1) << (k & 7);
  return bits;
}

function unpackBits(bits: Uint8Array, offset: number, length: number): NDArray<"bool"> {
  const bools = new Uint8Array(allocateBuffer(length, "fromVector: bits become bools"));
  for (let k = 0; k < length; k++) bools[k] = (bits[(offset + k) >> 3]! >> ((offset + k) & 7)) & 1;
  return fromStrided({ data: bools, dtype: "bool", shape: [length] });
}

function fromVector(vector: ArrowVector): FromArrow {
  const chunks = vector.data as readonly ArrowData[];
  const parts = chunks.map(fromChunk);
  const [only] = parts;
  if (only === undefined) throw new ValueError("fromVector: the vector has no chunk, and so no dtype");
  if (parts.length === 1) return only;
  const shape = [vector.length, ...only.values.shape.slice(1)];
  const values = joined(
    parts.map(({ values }) => values),
    shape,
    only.values.dtype,
  );
  const masked = parts.some(({ valid }) => valid !== null);
  const masks = parts.map(({ valid, values }) => valid ?? allTrue(values.shape[0]!));
  return {
    values,
    valid: masked ? (joined(masks, [vector.length], plain.bool) as NDArray<"bool">) : null,
    copied: true,
  };
}

function allTrue(length: number): NDArray<"bool"> {
  return fromStrided({
    data: new Uint8Array(allocateBuffer(length, "fromVector")).fill(1),
    dtype: "bool",
    shape: [length],
  });
}

function joined(parts: readonly NDArray[], shape: readonly number[], dtype: Descriptor): NDArray {
  const bytes = sizeOf(shape) * dtype.itemsize;
  const memory = new Uint8Array(allocateBuffer(bytes, "fromVector: several chunks become one array"));
  let at = 0;
  for (const part of parts) {
    const { data } = handoff(part, { order: "C" });
    memory.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return fromStrided({ data: memory, dtype, shape });
}

function fromChunk(chunk: ArrowData): FromArrow {
  const { length, offset, nullBitmap, nullCount } = chunk;
  const valid = nullCount > 0 && nullBitmap ? unpackBits(nullBitmap, offset, length) : null;
  const values = valuesOf(chunk);
  return { values, valid, copied: chunk.type.typeId === BOOL };
}

function valuesOf({ type, values, children, length, offset }: ArrowData): NDArray {
  if (type.typeId === LIST) {
    const size = type.listSize!;
    const inner = valuesOf(children[0]!);
    const { shape, strides, offset: start } = inner.layout;
    // A slice of a list keeps the whole child, or a sliced one.
    const skipped = inner.shape[0]! >= (offset + length) * size ? offset * size : 0;
    return inner.viewAs({
      shape: [length, size, ...shape.slice(1)],
      strides: [size * strides[0]!, ...strides],
      offset: start + skipped * strides[0]!,
    });
  }
  if (type.typeId === BOOL) return unpackBits(values as Uint8Array, offset, length);
  if ((type.typeId !== INT && type.typeId !== FLOAT) || !ArrayBuffer.isView(values)) {
    throw new DTypeError(
      `fromVector: ${type} has no memory of numbers; one of ${Object.values(TYPES).join(", ")}`,
    );
  }
  const half = type.typeId === FLOAT && values instanceof Uint16Array;
  // Typed arrays of a sliced chunk begin at its first element.
  const shape = [length];
  return fromStrided({ data: values as Uint8Array, shape, ...(half && { dtype: plain.float16 }) });
}
