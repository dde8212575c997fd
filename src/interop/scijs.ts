/** scijs `ndarray`, and @stdlib's `ndarray`: both have strides, so views pass both ways without a copy. */

import { fromStrided } from "../array/adopt.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { ValueError } from "../errors.ts";
import { asBytes } from "./bool-bytes.ts";
import { handoff } from "./handoff.ts";
import { loadPeer } from "./peer.ts";

/** An ndarray of scijs, as far as it is used here; strides and offset count elements. */
export interface ScijsArray {
  readonly data: unknown;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/** The package `ndarray`: its one function. */
export type ScijsConstructor<T extends ScijsArray = ScijsArray> = (
  data: never,
  shape: number[],
  stride: number[],
  offset: number,
) => T;

/** The dtypes of typed arrays. */
const DTYPES = [
  ...["float64", "float32", "int32", "uint32", "int16", "uint16", "int8", "uint8", "int64", "uint64"],
] as const;

/** What passes arrays to and from scijs. */
export interface Scijs<T extends ScijsArray = ScijsArray> {
  /**
   * An ndarray over the same memory, whatever the strides; bools are bytes there. What has no typed array (float16,
   * complex) is refused; a view of its parts or words passes. `copy: false` refuses where it would copy.
   */
  toNdarray(a: NDArray, options?: { readonly copy?: boolean }): T;
  /** A view of what an ndarray shows. Data that is a plain list or a store of its own has no memory, and is refused. */
  fromNdarray(nd: ScijsArray): NDArray;
}

/**
 * Arrays to and from scijs `ndarray`: `scijs(ndarray)` with the package, or `await scijs()` to load it.
 *
 * @example
 * import { scijs } from "ndview/interop/scijs";
 * const { toNdarray } = await scijs();
 * toNdarray(np.ones([2, 3]).slice(":", "::-1")).stride; // [3, -1]
 */
export function scijs<T extends ScijsArray>(ndarray: ScijsConstructor<T>): Scijs<T>;
export function scijs(): Promise<Scijs>;
export function scijs(ndarray?: ScijsConstructor): Scijs | Promise<Scijs> {
  if (ndarray !== undefined) return adapter(ndarray);
  return loadPeer<{ default: ScijsConstructor }>("ndarray", "scijs", () => import("ndarray" as string)).then(
    (module) => adapter(module.default),
  );
}

function adapter(ndarray: ScijsConstructor): Scijs {
  return {
    toNdarray(a, { copy = true } = {}) {
      const { data, shape, strides, offset, dtype } = handoff(asBytes(a), {
        consumer: "ndarray",
        dtypes: DTYPES,
        casting: "no",
        wholeElements: true,
        copy,
      });
      const steps = strides.map((stride) => stride / dtype.itemsize);
      return ndarray(data as never, [...shape], steps, offset / dtype.itemsize);
    },
    fromNdarray: (nd) => adoptNdarray(nd),
  };
}

function adoptNdarray({ data, shape, stride, offset }: ScijsArray): NDArray<DType> {
  if (!ArrayBuffer.isView(data)) {
    throw new ValueError("fromNdarray: its data is no typed array, so there is no memory to view; unpack it");
  }
  return fromStrided({ data, shape, stride, offset });
}
