import type { Descriptor } from "../dtype/descriptor.ts";
import { plain } from "../dtype/table.ts";
import { adoptLayout } from "./fresh.ts";
import { NDArray } from "./ndarray.ts";

/** The dtype that the elements of each class of typed array have. */
export interface TypedArrayDTypes {
  Int8Array: "int8";
  Int16Array: "int16";
  Int32Array: "int32";
  BigInt64Array: "int64";
  Uint8Array: "uint8";
  Uint8ClampedArray: "uint8";
  Uint16Array: "uint16";
  Uint32Array: "uint32";
  BigUint64Array: "uint64";
  Float16Array: "float16";
  Float32Array: "float32";
  Float64Array: "float64";
}

/** Any typed array, of whatever class this runtime has. */
export interface TypedArrayLike {
  readonly [Symbol.toStringTag]: keyof TypedArrayDTypes;
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly length: number;
}

/** The dtype of a typed array's elements. */
export type DTypeOfTypedArray<A extends TypedArrayLike> = TypedArrayDTypes[A[typeof Symbol.toStringTag]];

const dtypes: Readonly<TypedArrayDTypes> = {
  Int8Array: "int8",
  Int16Array: "int16",
  Int32Array: "int32",
  BigInt64Array: "int64",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
  Uint16Array: "uint16",
  Uint32Array: "uint32",
  BigUint64Array: "uint64",
  Float16Array: "float16",
  Float32Array: "float32",
  Float64Array: "float64",
};

/** The dtype of a typed array's elements; null for anything else, a DataView too. */
export function typedArrayDescriptor(value: unknown): Descriptor | null {
  if (!ArrayBuffer.isView(value)) return null;
  const tag = (value as Partial<TypedArrayLike>)[Symbol.toStringTag] as string;
  return Object.hasOwn(dtypes, tag) ? plain[dtypes[tag as keyof TypedArrayDTypes]] : null;
}

/** The array that a value is: itself, or the memory of a typed array without a copy; null for anything else. */
export function arrayOver(value: unknown, caller: string): NDArray | null {
  if (value instanceof NDArray) return value;
  const dtype = typedArrayDescriptor(value);
  if (dtype === null) return null;
  const { buffer, byteOffset, byteLength } = value as TypedArrayLike;
  const layout = {
    shape: [byteLength / dtype.itemsize],
    strides: [dtype.itemsize],
    offset: byteOffset,
  };
  return adoptLayout(buffer, layout, dtype, true, caller);
}
