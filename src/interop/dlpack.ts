/** DLPack's description of an array as a plain object: what libraries that know nothing of each other can exchange. */

import { fromStrided } from "../array/adopt.ts";
import { optionsFrom } from "../array/arguments.ts";
import { copyArray } from "../array/duplicate.ts";
import { NDArray, requireArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { handoff } from "./handoff.ts";

/** An array in the main memory, as DLPack has it; strides count elements. */
export interface DLTensor {
  /** The memory, of which `byteOffset` says where element (0, 0, …) lies. */
  readonly data: ArrayBufferLike | ArrayBufferView;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** From one element to the next along each axis; null for C order. */
  readonly strides?: readonly number[] | null | undefined;
  /** In bytes; 0 if left out. */
  readonly byteOffset?: number | undefined;
  /** Only `"cpu"`, the main memory. */
  readonly device?: string | undefined;
  /** Whether the memory must not be written; left out where it may be. */
  readonly readOnly?: boolean | undefined;
}

/** Whatever gives a tensor when it is asked. */
export interface DLPackable {
  __dlpack__(): DLTensor;
}

/**
 * An array over the memory of another library: of an array, of a {@link DLTensor}, or of what gives one. Returns a view,
 * or with `copy: true` a copy.
 *
 * @throws ValueError when the memory is not the main memory, or an element would lie outside of it.
 * @example
 * const data = new Float32Array([1, 2, 3, 4]);
 * np.fromDlpack({ data, dtype: "float32", shape: [2, 2], strides: [1, 2] }).tolist(); // [[1, 3], [2, 4]]
 */
export function fromDlpack<D extends DType>(x: NDArray<D>, options?: { readonly copy?: boolean }): NDArray<D>;
export function fromDlpack(x: DLTensor | DLPackable, options?: { readonly copy?: boolean }): NDArray;
export function fromDlpack(
  x: NDArray | DLTensor | DLPackable,
  options: { readonly copy?: boolean } = {},
): NDArray {
  const { copy = false } = optionsFrom(options, "fromDlpack");
  const view = x instanceof NDArray ? x.viewAs(x.layout) : adopt(tensorOf(x));
  return copy ? copyArray(view, "K", "fromDlpack") : view;
}

function tensorOf(x: DLTensor | DLPackable): DLTensor {
  const tensor = typeof (x as DLPackable)?.__dlpack__ === "function" ? (x as DLPackable).__dlpack__() : x;
  if (typeof tensor !== "object" || tensor === null)
    throw new ValueError(`fromDlpack: ${textOf(x)} is no tensor; give { data, dtype, shape, strides }`);
  return tensor as DLTensor;
}

function adopt({ data, dtype, shape, strides, byteOffset, device = "cpu", readOnly }: DLTensor): NDArray {
  if (device !== "cpu")
    throw new ValueError(`fromDlpack: the memory of ${textOf(device)} cannot be read here`);
  return fromStrided({
    data,
    dtype,
    shape,
    units: "elements",
    ...(strides && { strides }),
    ...(byteOffset !== undefined && { byteOffset }),
    ...(readOnly === true && { writeable: false }),
  });
}

/**
 * The array as a {@link DLTensor}, over the same memory where its strides are whole elements, else over a copy.
 *
 * @throws DTypeError for what is neither numbers nor bools.
 * @throws ValueError with the reason, when a copy is needed and `copy` is false.
 * @example
 * np.toDlpack(np.ones([2, 3]).T).strides; // [1, 3]
 */
export function toDlpack(a: NDArray, options: { readonly copy?: boolean } = {}): DLTensor {
  const { copy = true } = optionsFrom(options, "toDlpack");
  requireArray(a, "toDlpack");
  if (!"biufc".includes(a.dtype.kind))
    throw new DTypeError(`toDlpack: DLPack has no ${a.dtype}, only numbers and bools`);
  const { data, shape, strides, offset, dtype } = handoff(a, {
    consumer: "DLPack",
    wholeElements: true,
    copy,
  });
  // A copy is the taker's own.
  const isShared = !a.flags.writeable && data.buffer === a.storage.buffer;
  return {
    data: data.buffer,
    dtype: dtype.name,
    shape,
    strides: strides.map((bytes) => bytes / dtype.itemsize),
    byteOffset: data.byteOffset + offset,
    device: "cpu",
    ...(isShared && { readOnly: true }),
  };
}
