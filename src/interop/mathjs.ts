/** mathjs: its matrices are nested lists, so everything is copied. */

import { array } from "../array/create.ts";
import { tolist } from "../array/elements.ts";
import type { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import type { DType } from "../dtype/map.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { loadPeer } from "./peer.ts";

/** A matrix, as far as it is used here. */
export interface MathMatrix {
  toArray(): unknown;
}

/** The package, or an instance of it, as far as it is used here. */
export interface MathModule<M extends MathMatrix = MathMatrix> {
  matrix(data: never): M;
  complex(re: number, im: number): unknown;
}

/** What passes arrays to and from mathjs. */
export interface Mathjs<M extends MathMatrix = MathMatrix> {
  /** A dense matrix of the elements: numbers, bigints, booleans, complex numbers. Always a copy. */
  toMatrix(a: NDArray): M;
  /** An array of the elements; mathjs's complex numbers are understood. Always a copy. */
  fromMatrix(matrix: MathMatrix): NDArray;
}

/**
 * Arrays to and from mathjs: `mathjs(math)` with the package or an instance, or `await mathjs()` to load it.
 *
 * @example
 * import { mathjs } from "ndview/interop/mathjs";
 * const { toMatrix, fromMatrix } = await mathjs();
 * fromMatrix(toMatrix(np.eye(2).T)).tolist(); // [[1, 0], [0, 1]]
 */
export function mathjs<M extends MathMatrix>(math: MathModule<M>): Mathjs<M>;
export function mathjs(): Promise<Mathjs>;
export function mathjs(math?: MathModule): Mathjs | Promise<Mathjs> {
  if (math !== undefined) return adapter(math);
  return loadPeer<MathModule>("mathjs", "mathjs", () => import("mathjs" as string)).then(adapter);
}

type Nested = unknown | readonly Nested[];

function adapter(math: MathModule): Mathjs {
  const theirs = (value: Nested): Nested => {
    if (Array.isArray(value)) return value.map(theirs);
    return value instanceof Complex ? math.complex(value.re, value.im) : value;
  };
  return {
    toMatrix(a) {
      if (!"biufc".includes(a.dtype.kind))
        throw new DTypeError(`toMatrix: mathjs has no ${a.dtype}, only numbers and bools`);
      if (a.ndim === 0) throw new ShapeError("toMatrix: a 0-d array is no matrix; take its item()");
      return math.matrix(theirs(tolist(a)) as never);
    },
    fromMatrix: (matrix) => array(ours(matrix.toArray()) as never) as NDArray<DType>,
  };
}

function ours(value: Nested): Nested {
  if (Array.isArray(value)) return value.map(ours);
  if (typeof value !== "object" || value === null) return value;
  const { re, im } = value as { re?: unknown; im?: unknown };
  return typeof re === "number" && typeof im === "number" ? new Complex(re, im) : value;
}
