/** TensorFlow.js: float32, int32, bool and complex64, dense in C order. */

import { fromStrided } from "../array/adopt.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Casting } from "../dtype/cast.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError } from "../errors.ts";
import { handoff } from "./handoff.ts";
import { loadPeer } from "./peer.ts";

/** A tensor, as far as it is used here. */
export interface TfjsTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  dataSync(): unknown;
}

/** The package, as far as it is used here. */
export interface TfjsModule<T extends TfjsTensor = TfjsTensor> {
  tensor(values: never, shape: number[], dtype: never): T;
  complex?(real: never, imag: never): T;
}

/** What passes arrays to and from TensorFlow.js. */
export interface Tfjs<T extends TfjsTensor = TfjsTensor> {
  /**
   * A tensor of the elements. A C-contiguous float32, int32 or bool array is given as it is: the "cpu" backend then
   * computes on its memory, and sees what is written to it later; other backends copy. Integers of 8 and 16 bits become
   * int32; other dtypes are refused unless `casting` allows more, such as `"same_kind"` for float64.
   */
  toTensor(a: NDArray, options?: { readonly casting?: Casting; readonly copy?: boolean }): T;
  /** The values of a tensor. Read-only, because the "cpu" backend gives its own memory. */
  fromTensor(tensor: TfjsTensor): NDArray;
}

const NAMES: Readonly<Record<string, string>> = { float32: "float32", int32: "int32", bool: "bool" };

/**
 * Arrays to and from TensorFlow.js: `tfjs(tf)` with the package, or `await tfjs()` to load @tensorflow/tfjs.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-cpu";
 * import { tfjs } from "ndview/interop/tfjs";
 * const { toTensor, fromTensor } = tfjs(tf as never);
 * fromTensor(toTensor(np.array([-1, 2], "float32"))).tolist(); // [-1, 2]
 */
export function tfjs<T extends TfjsTensor>(tf: TfjsModule<T>): Tfjs<T>;
export function tfjs(): Promise<Tfjs>;
export function tfjs(tf?: TfjsModule): Tfjs | Promise<Tfjs> {
  if (tf !== undefined) return adapter(tf);
  return loadPeer<TfjsModule>("@tensorflow/tfjs", "tfjs", () => import("@tensorflow/tfjs" as string)).then(
    adapter,
  );
}

function adapter(tf: TfjsModule): Tfjs {
  return {
    toTensor(a, { casting = "safe", copy = true } = {}) {
      const given = handoff(a, {
        consumer: "tfjs",
        dtypes: ["float32", "int32", "bool"],
        casting,
        order: "C",
        copy,
      });
      return tf.tensor(given.data as never, [...given.shape], NAMES[given.dtype.name] as never);
    },
    fromTensor(tensor) {
      const { shape, dtype } = tensor;
      const data = tensor.dataSync();
      if (!ArrayBuffer.isView(data))
        throw new DTypeError(`fromTensor: a tensor of ${dtype} has no memory to view`);
      const descriptor = dtype === "complex64" ? plain.complex64 : dtype === "bool" ? plain.bool : undefined;
      return fromStrided({ data, shape, writeable: false, ...(descriptor && { dtype: descriptor }) });
    },
  };
}
