/**
 * Arrays of indices: of diagonals, of triangles, of what a mask selects, and of open grids.
 */

import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray, workingCopy } from "../array/duplicate.ts";
import { ones } from "../array/filled.ts";
import { unsetArray } from "../array/fresh.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { textOf, ValueError } from "../errors.ts";
import type { BasicIndex } from "../layout/basic.ts";
import { shapeText } from "../layout/layout.ts";
import { isWhole, MAX_INT32, wholeNumber } from "./index-input.ts";
import { arrayFrom } from "./input.ts";
import { reshape } from "./reshape.ts";

/**
 * Arrays that together select the elements where lines and columns cross: NumPy's `ix_`. The k-th one has its elements
 * along axis k, and length 1 along the others. A mask stands for the places where it is true. Lists of whole numbers become
 * int32; arrays keep their dtype, and the results are views of them.
 *
 * @param sequences one for each axis, with one axis each
 * @throws ValueError when one has not exactly one axis
 * @example
 * const [rows, columns] = np.ix([0, 2], [true, false, true]);
 * rows.tolist(); // [[0], [2]]
 * columns.tolist(); // [[0, 2]]
 */
export function ix(...sequences: ArrayInput[]): NDArray[] {
  return sequences.map((given, k) => {
    const a = crossing(given, k);
    return reshape(
      a,
      sequences.map((_, j) => (j === k ? a.layout.shape[0]! : 1)),
    );
  });
}

/** The indices along one axis. */
function crossing(given: ArrayInput, k: number): NDArray {
  const a: NDArray = asarray(given);
  if (a.ndim !== 1) {
    throw new ValueError(`ix: argument ${k} must have one axis, given shape ${shapeText(a.layout.shape)}`);
  }
  if (a.dtype.kind === "b") return placesOfTrue(a, "ix")[0]!;
  if (given instanceof NDArray || ArrayBuffer.isView(given) || !isWhole(a)) return a;
  const fits = dataOf(a as NDArray<"float64">).every((index) => Math.abs(index) <= MAX_INT32);
  return castArray(a, fits ? plain.int32 : plain.int64, "C", "ix");
}

/** For each axis the indices of the elements that are true, in C order. */
function placesOfTrue(mask: NDArray, caller: string): NDArray<"int32">[] {
  const flags = dataOf(workingCopy(mask, plain.bool, "C", caller));
  const { shape } = mask.layout;
  let count = 0;
  for (let k = 0; k < flags.length; k++) count += flags[k]!;
  const found = shape.map(() => unsetArray([count], plain.int32, "C", caller));
  const data = found.map((one) => dataOf(one));
  for (let k = 0, at = 0; at < count; k++) {
    if (flags[k] === 0) continue;
    let rest = k;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const slower = Math.floor(rest / shape[axis]!);
      data[axis]![at] = rest - slower * shape[axis]!;
      rest = slower;
    }
    at++;
  }
  return found;
}

/**
 * The parts of an index as a list, for what takes an index as one value: NumPy's `index_exp`. It is what was given.
 *
 * @example
 * const index = np.indexExp("::2", -1);
 * np.zeros([4, 3]).slice(...index).shape; // [2]
 */
export function indexExp<const I extends readonly (BasicIndex | ArrayInput)[]>(...index: I): I {
  return index;
}

/**
 * The indices of the main diagonal of an array of `ndim` axes of length `n`: a list that has the same int32 array for each
 * axis.
 *
 * @throws ValueError when `n` or `ndim` is no integer
 * @example
 * np.diagIndices(3).map((x) => x.tolist()); // [[0, 1, 2], [0, 1, 2]]
 */
export function diagIndices(n: number, ndim = 2): NDArray<"int32">[] {
  const length = Math.max(0, wholeNumber(n, "diagIndices", "n"));
  const line = counting(length, "diagIndices");
  const count = Math.max(0, wholeNumber(ndim, "diagIndices", "ndim"));
  if (count > 64) throw new ValueError(`diagIndices: ${count} axes are too many; the most is 64`);
  return Array.from({ length: count }, () => line);
}

function counting(length: number, caller: string): NDArray<"int32"> {
  requireInt32(length, caller);
  const line = unsetArray([length], plain.int32, "C", caller);
  const data = dataOf(line);
  for (let k = 0; k < length; k++) data[k] = k;
  return line;
}

function requireInt32(length: number, caller: string): void {
  if (length - 1 <= MAX_INT32) return;
  throw new ValueError(`${caller}: indices up to ${length - 1} do not fit into int32; cast parts to "int64"`);
}

/**
 * The indices of the main diagonal of an array.
 *
 * @throws ValueError when it has fewer than two axes, or axes of several lengths
 * @example
 * np.diagIndicesFrom(np.zeros([2, 2, 2])).length; // 3
 */
export function diagIndicesFrom(a: ArrayInput): NDArray<"int32">[] {
  const { shape } = arrayFrom(a).layout;
  if (shape.length < 2) {
    throw new ValueError(`diagIndicesFrom: an array needs at least 2 axes, given shape ${shapeText(shape)}`);
  }
  requireSquare(shape, "diagIndicesFrom");
  return diagIndices(shape[0]!, shape.length);
}

/** @internal Throws when axes have several lengths. */
export function requireSquare(shape: readonly number[], caller: string): void {
  if (shape.every((length) => length === shape[0])) return;
  throw new ValueError(`${caller}: all axes must be of one length, given shape ${shapeText(shape)}`);
}

/**
 * The indices of the lower triangle of a matrix of `n` rows and `m` columns (`n` if left out), up to diagonal `k`: the rows
 * and the columns, int32.
 *
 * @throws ValueError when a number is no integer
 * @example
 * np.trilIndices(3).map((x) => x.tolist()); // [[0, 1, 1, 2, 2, 2], [0, 0, 1, 0, 1, 2]]
 */
export function trilIndices(n: number, k = 0, m: number | null = null): NDArray<"int32">[] {
  return triangle(n, k, m, "lower", "trilIndices");
}

/**
 * The indices of the upper triangle of a matrix of `n` rows and `m` columns (`n` if left out), from diagonal `k` on: the
 * rows and the columns, int32.
 *
 * @throws ValueError when a number is no integer
 * @example
 * np.triuIndices(3, 1).map((x) => x.tolist()); // [[0, 0, 1], [1, 2, 2]]
 */
export function triuIndices(n: number, k = 0, m: number | null = null): NDArray<"int32">[] {
  return triangle(n, k, m, "upper", "triuIndices");
}

/**
 * The indices of the lower triangle of a matrix, up to diagonal `k`.
 *
 * @throws ValueError when `a` has not two axes
 * @example
 * np.trilIndicesFrom(np.zeros([2, 3])).map((x) => x.tolist()); // [[0, 1, 1], [0, 0, 1]]
 */
export function trilIndicesFrom(a: ArrayInput, k = 0): NDArray<"int32">[] {
  const [n, m] = matrixShape(a, "trilIndicesFrom");
  return triangle(n, k, m, "lower", "trilIndicesFrom");
}

/**
 * The indices of the upper triangle of a matrix, from diagonal `k` on.
 *
 * @throws ValueError when `a` has not two axes
 * @example
 * np.triuIndicesFrom(np.zeros([2, 3])).map((x) => x.tolist()); // [[0, 0, 0, 1, 1], [0, 1, 2, 1, 2]]
 */
export function triuIndicesFrom(a: ArrayInput, k = 0): NDArray<"int32">[] {
  const [n, m] = matrixShape(a, "triuIndicesFrom");
  return triangle(n, k, m, "upper", "triuIndicesFrom");
}

function matrixShape(a: ArrayInput, caller: string): [number, number] {
  const { shape } = arrayFrom(a).layout;
  if (shape.length === 2) return shape as unknown as [number, number];
  throw new ValueError(`${caller}: an array needs exactly 2 axes, given shape ${shapeText(shape)}`);
}

function triangle(
  n: number,
  k: number,
  m: number | null | undefined,
  side: "lower" | "upper",
  caller: string,
): NDArray<"int32">[] {
  const rows = Math.max(0, wholeNumber(n, caller, "n"));
  const columns = m === null || m === undefined ? rows : Math.max(0, wholeNumber(m, caller, "m"));
  const diagonal = wholeNumber(k, caller, "k");
  requireInt32(Math.max(rows, columns), caller);
  const lower = side === "lower";
  const below = countBelow(rows, columns, lower ? diagonal : diagonal - 1);
  const count = lower ? below : rows * columns - below;
  const [i, j] = [0, 1].map(() => unsetArray([count], plain.int32, "C", caller)) as [
    NDArray<"int32">,
    NDArray<"int32">,
  ];
  fillTriangle(dataOf(i), dataOf(j), columns, diagonal, lower);
  return [i, j];
}

/** How many elements lie on and below a diagonal. */
function countBelow(rows: number, columns: number, diagonal: number): number {
  const first = Math.max(0, -diagonal);
  // From this row on a row is whole.
  const whole = Math.min(rows, Math.max(first, columns - diagonal - 1));
  const partial = Math.max(0, whole - first);
  const shortest = first + diagonal + 1;
  const growing = partial * shortest + (partial * (partial - 1)) / 2;
  return columns === 0 ? 0 : growing + Math.max(0, rows - Math.max(first, whole)) * columns;
}

/** Writes rows and columns, row by row, as many as there is room for. */
function fillTriangle(i: Int32Array, j: Int32Array, columns: number, diagonal: number, lower: boolean): void {
  let row = lower ? Math.max(0, -diagonal) : 0;
  for (let at = 0; at < i.length; row++) {
    const from = lower ? 0 : Math.max(0, row + diagonal);
    const to = lower ? Math.min(columns, row + diagonal + 1) : columns;
    for (let column = from; column < to; column++) {
      i[at] = row;
      j[at++] = column;
    }
  }
}

/**
 * The indices of the elements that a function leaves: it gets a matrix of ones of `n` rows and columns, of the dtype int32,
 * and `k`, as `tril` does. One int32 array for each axis of what it gives.
 *
 * @param mask takes a matrix and `k` and gives an array
 * @throws ValueError when `mask` is no function
 * @example
 * np.maskIndices(2, (m) => m).map((x) => x.tolist()); // [[0, 0, 1, 1], [0, 1, 0, 1]]
 */
export function maskIndices<K = number>(
  n: number,
  mask: (matrix: NDArray<"int32">, k: K) => ArrayInput,
  k: K = 0 as K,
): NDArray<"int32">[] {
  if (typeof mask !== "function") throw new ValueError(`maskIndices: ${textOf(mask)} is no function`);
  const length = Math.max(0, wholeNumber(n, "maskIndices", "n"));
  const left = mask(ones([length, length], "int32"), k);
  if (isScalar(left)) throw new ValueError("maskIndices: the function gave a number; wanted an array");
  return placesOfTrue(arrayFrom(left), "maskIndices");
}
