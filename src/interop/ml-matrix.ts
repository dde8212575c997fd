/** ml-matrix: a matrix is a list of rows, so rows of float64 without gaps are lent one by one. */

import { reportCopy } from "../array/allocate.ts";
import { empty } from "../array/filled.ts";
import type { NDArray } from "../array/ndarray.ts";
import { ShapeError } from "../errors.ts";
import { handoff } from "./handoff.ts";
import { loadPeer } from "./peer.ts";

/** A matrix, as far as it is used here. */
export interface MlMatrix {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
}

/** The package, as far as it is used here. */
export interface MlMatrixModule<W extends MlMatrix = MlMatrix> {
  readonly WrapperMatrix2D: new (rows: never) => W;
}

/** What passes arrays to and from ml-matrix. */
export interface MlMatrices<W extends MlMatrix = MlMatrix> {
  /**
   * A matrix whose rows are the memory of the array, of float64 in rows without gaps; rows may lie anywhere, in reverse
   * too. Anything else is copied, cast to float64.
   */
  toMatrix(a: NDArray, options?: { readonly copy?: boolean }): W;
  /** A float64 array of the elements. Always a copy. */
  fromMatrix(matrix: MlMatrix): NDArray<"float64">;
}

/**
 * Arrays to and from ml-matrix: `mlMatrix(module)` with the package, or `await mlMatrix()` to load it.
 *
 * @example
 * import * as ml from "ml-matrix";
 * import { mlMatrix } from "ndview/interop/ml-matrix";
 * const { toMatrix } = mlMatrix(ml);
 * const a = np.zeros([2, 2]);
 * toMatrix(a.slice("::-1")).set(0, 1, 5);
 * a.tolist(); // [[0, 0], [0, 5]]
 */
export function mlMatrix<W extends MlMatrix>(module: MlMatrixModule<W>): MlMatrices<W>;
export function mlMatrix(): Promise<MlMatrices>;
export function mlMatrix(module?: MlMatrixModule): MlMatrices | Promise<MlMatrices> {
  if (module !== undefined) return adapter(module);
  return loadPeer<MlMatrixModule>("ml-matrix", "mlMatrix", () => import("ml-matrix" as string)).then(adapter);
}

function adapter({ WrapperMatrix2D }: MlMatrixModule): MlMatrices {
  return {
    toMatrix(a, { copy = true } = {}) {
      if (a.ndim !== 2 || a.size === 0) {
        throw new ShapeError(
          `toMatrix: a matrix has 2 axes with elements, not shape (${a.shape.join(", ")})`,
        );
      }
      const given = handoff(a, {
        consumer: "ml-matrix",
        dtypes: "float64",
        unitAxis: "last",
        wholeElements: true,
        copy,
      });
      const [rows, columns] = given.shape as [number, number];
      const data = given.data as Float64Array;
      const first = given.offset / 8;
      const step = given.strides[0]! / 8;
      const lists = Array.from({ length: rows }, (_, row) =>
        data.subarray(first + row * step, first + row * step + columns),
      );
      return new WrapperMatrix2D(lists as never);
    },
    fromMatrix,
  };
}

function fromMatrix(matrix: MlMatrix): NDArray<"float64"> {
  const { rows, columns } = matrix;
  const made = empty([rows, columns]);
  const { data } = made;
  for (let row = 0, k = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) data[k++] = matrix.get(row, column);
  }
  reportCopy(made.nbytes, "fromMatrix: a matrix is a list of rows");
  return made;
}
