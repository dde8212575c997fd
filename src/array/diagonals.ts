/**
 * Matrices made of diagonals: the identity, triangles, a given diagonal.
 */

import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { diagonal } from "../layout/movement.ts";
import { hiddenReason } from "./allocate.ts";
import { type DTypeArgument, isDTypeArgument, type NoDType, type WithDType } from "./arguments.ts";
import { assign } from "./assign.ts";
import { flattened } from "./copy.ts";
import { type ArrayInput, asarray, type DTypeOfInput } from "./create.ts";
import { type FreshKeywords, filled, zeros } from "./filled.ts";
import { WRITEABLE } from "./flags.ts";
import { emptyArray } from "./fresh.ts";
import type { NDArray } from "./ndarray.ts";

/** Size and diagonal of a matrix, where they are not given by position. */
export interface MatrixKeywords extends FreshKeywords {
  /** The number of columns; as many as rows if left out. */
  readonly M?: number | null | undefined;
  /** Which diagonal: 0 the main one, above it positive, below it negative; 0 if left out. */
  readonly k?: number | undefined;
}

/** The same with a dtype, float64 if left out. */
export interface MatrixOptions extends MatrixKeywords, WithDType {}

type Argument = number | null | undefined;

interface Matrix extends WithDType {
  readonly M: number;
  readonly k: number;
  readonly order: "C" | "F";
}

/** Columns and diagonal by position or keyword, and the other keywords; a dtype may stand where keywords stand. */
function matrixArguments(rows: number, args: readonly unknown[], caller: string): Matrix {
  const at = args.findIndex((part) => (typeof part === "object" ? part !== null : typeof part === "string"));
  const positions = at < 0 ? args : args.slice(0, at);
  const given = at < 0 ? {} : args[at];
  const keywords = (isDTypeArgument(given) ? { dtype: given } : given) as MatrixOptions;
  const M = (positions[0] as Argument) ?? keywords.M ?? rows;
  const k = (positions[1] as Argument) ?? keywords.k ?? 0;
  if (!Number.isInteger(k)) throw new ValueError(`${caller}: k ${textOf(k)} is not an integer`);
  return { M, k, order: keywords.order ?? "C", dtype: keywords.dtype };
}

/**
 * A matrix with ones on a diagonal and zeros elsewhere.
 *
 * @param N the number of rows
 * @param args the number of columns M (N if left out or null), the diagonal k (0), and then a dtype or
 * `{ M, k, dtype, order }`
 * @throws what `zeros` throws.
 * @example
 * np.eye(2).tolist(); // [[1, 0], [0, 1]]
 * np.eye(2, 3, 1, "int32").tolist(); // [[0, 1, 0], [0, 0, 1]]
 * np.eye(3, { k: -1 }).at(1, 0); // 1
 */
export function eye<const S extends DTypeLike>(
  N: number,
  options: DTypeArgument<S, MatrixKeywords>,
): NDArray<DTypeOf<S>>;
export function eye<const S extends DTypeLike>(
  N: number,
  M: number | null,
  options: DTypeArgument<S, MatrixKeywords>,
): NDArray<DTypeOf<S>>;
export function eye<const S extends DTypeLike>(
  N: number,
  M: number | null,
  k: number,
  options: DTypeArgument<S, MatrixKeywords>,
): NDArray<DTypeOf<S>>;
export function eye(N: number, options?: MatrixKeywords & NoDType): NDArray<"float64">;
export function eye(N: number, M: number | null, options?: MatrixKeywords & NoDType): NDArray<"float64">;
export function eye(
  N: number,
  M: number | null,
  k: number,
  options?: MatrixKeywords & NoDType,
): NDArray<"float64">;
export function eye(N: number, ...args: (Argument | DTypeLike | MatrixOptions)[]): NDArray;
export function eye(N: number, ...args: unknown[]): NDArray {
  const { M, k, order, dtype } = matrixArguments(N, args, "eye");
  const made = zeros([N, M], { dtype: dtype ?? "float64", order });
  filled(made.viewAs(diagonal(made.layout, k)), 1, "eye");
  return made;
}

/**
 * The square matrix with ones on the main diagonal.
 *
 * @param options a dtype, or `{ dtype }`; float64 if left out
 * @throws what `zeros` throws.
 * @example
 * np.identity(2, "uint8").tolist(); // [[1, 0], [0, 1]]
 */
export function identity<const S extends DTypeLike>(
  n: number,
  options: DTypeArgument<S>,
): NDArray<DTypeOf<S>>;
export function identity(n: number, options?: NoDType): NDArray<"float64">;
export function identity(n: number, options?: DTypeLike | WithDType | null): NDArray;
export function identity(n: number, options?: DTypeLike | WithDType | null): NDArray {
  return eye(n, null, 0, options);
}

/**
 * A matrix with ones at and below a diagonal and zeros above it.
 *
 * @param N the number of rows
 * @param args the number of columns M (N if left out or null), the diagonal k (0), and then a dtype or
 * `{ M, k, dtype }`
 * @throws what `zeros` throws.
 * @example
 * np.tri(2, 3).tolist(); // [[1, 0, 0], [1, 1, 0]]
 */
export function tri<const S extends DTypeLike>(
  N: number,
  options: DTypeArgument<S, MatrixKeywords>,
): NDArray<DTypeOf<S>>;
export function tri<const S extends DTypeLike>(
  N: number,
  M: number | null,
  options: DTypeArgument<S, MatrixKeywords>,
): NDArray<DTypeOf<S>>;
export function tri<const S extends DTypeLike>(
  N: number,
  M: number | null,
  k: number,
  options: DTypeArgument<S, MatrixKeywords>,
): NDArray<DTypeOf<S>>;
export function tri(N: number, options?: MatrixKeywords & NoDType): NDArray<"float64">;
export function tri(N: number, M: number | null, options?: MatrixKeywords & NoDType): NDArray<"float64">;
export function tri(
  N: number,
  M: number | null,
  k: number,
  options?: MatrixKeywords & NoDType,
): NDArray<"float64">;
export function tri(N: number, ...args: (Argument | DTypeLike | MatrixOptions)[]): NDArray;
export function tri(N: number, ...args: unknown[]): NDArray {
  const { M, k, order, dtype } = matrixArguments(N, args, "tri");
  // Lengths below 0 count as 0; what is no number zeros refuses.
  const [rows, columns] = [N, M].map((length) => (typeof length === "number" && length < 0 ? 0 : length)) as [
    number,
    number,
  ];
  const made = zeros([rows, columns], { dtype: dtype ?? "float64", order });
  const { shape, strides, offset } = made.layout;
  for (let i = Math.max(0, -k); i < rows; i++) {
    const row = {
      shape: [Math.min(i + k + 1, columns), ...shape.slice(2)],
      strides: strides.slice(1),
      offset: offset + i * strides[0]!,
    };
    filled(made.viewAs(row), 1, "tri");
  }
  return made;
}

/**
 * Of a vector, the matrix that has it on a diagonal; of a matrix, its diagonal.
 *
 * The matrix is a copy. The diagonal is a view, which is read-only.
 *
 * @param k which diagonal: 0 the main one, above it positive, below it negative
 * @throws ValueError when `v` has neither one nor two axes.
 * @example
 * np.diag([1, 2]).tolist(); // [[1, 0], [0, 2]]
 * np.diag(np.eye(3), 1).tolist(); // [0, 0]
 */
export function diag<V extends ArrayInput>(v: V, k = 0): NDArray<DTypeOfInput<V>> {
  const source: NDArray = asarray(v);
  if (source.ndim === 1) return onDiagonal(source, k, "diag") as NDArray<DTypeOfInput<V>>;
  if (source.ndim === 2) {
    const view = source.viewAs(diagonal(source.layout, k, 0, 1, "diag"));
    view.bits &= ~WRITEABLE;
    return view as NDArray<DTypeOfInput<V>>;
  }
  throw new ValueError(
    `diag: wanted a vector or a matrix, given shape ${shapeText(source.layout.shape)}; see also diagonal and diagflat`,
  );
}

/**
 * The matrix that has all elements, in C order, on a diagonal. Returns a copy.
 *
 * @param k which diagonal: 0 the main one, above it positive, below it negative
 * @example
 * np.diagflat([[1, 2]], 1).tolist(); // [[0, 1, 0], [0, 0, 2], [0, 0, 0]]
 */
export function diagflat<V extends ArrayInput>(v: V, k = 0): NDArray<DTypeOfInput<V>> {
  return onDiagonal(
    flattened(asarray(v) as NDArray, "C", hiddenReason("diagflat", "its elements are brought into a line")),
    k,
    "diagflat",
  ) as NDArray<DTypeOfInput<V>>;
}

function onDiagonal(v: NDArray, k: number, caller: string): NDArray {
  if (!Number.isInteger(k)) throw new ValueError(`${caller}: k ${textOf(k)} is not an integer`);
  const length = v.layout.shape[0]! + Math.abs(k);
  const made = emptyArray([length, length], v.dtype, "C", caller);
  assign(made.viewAs(diagonal(made.layout, k)), v, { casting: "no", caller });
  return made;
}
