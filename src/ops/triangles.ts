import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { broadcastLayout } from "../layout/broadcast.ts";
import { allocatedStrides } from "../layout/order.ts";
import type { InputDType } from "./reduction-options.ts";

/** Which diagonal, alone or as a keyword. */
export type DiagonalOption = number | { readonly k?: number | undefined } | null;

/**
 * The lower triangles of matrices: the elements on a diagonal and below it, zeros above it. The last two axes are those of
 * the matrices; one axis alone is taken for each row. Returns a copy.
 *
 * @param k the diagonal, here or as `{ k }`: 0 the main one, as if left out, above 0 those above it
 * @throws ShapeError for an array without axes, ValueError for a diagonal that is no number.
 * @example
 * np.tril([[1, 2], [3, 4]]).tolist(); // [[1, 0], [3, 4]]
 * np.tril([[1, 2], [3, 4]], -1).tolist(); // [[0, 0], [3, 0]]
 */
export function tril<V extends ArrayInput>(m: V, k?: DiagonalOption): NDArray<InputDType<V>> {
  return triangle(m, k, true, "tril") as NDArray<InputDType<V>>;
}

/**
 * The upper triangles of matrices: the elements on a diagonal and above it, zeros below it. The last two axes are those of
 * the matrices; one axis alone is taken for each row. Returns a copy.
 *
 * @param k the diagonal, here or as `{ k }`: 0 the main one, as if left out, above 0 those above it
 * @throws ShapeError for an array without axes, ValueError for a diagonal that is no number.
 * @example
 * np.triu([[1, 2], [3, 4]]).tolist(); // [[1, 2], [0, 4]]
 */
export function triu<V extends ArrayInput>(m: V, k?: DiagonalOption): NDArray<InputDType<V>> {
  return triangle(m, k, false, "triu") as NDArray<InputDType<V>>;
}

function diagonalFrom(given: DiagonalOption | undefined, caller: string): number {
  const k: unknown = typeof given === "object" && given !== null ? (given.k ?? 0) : (given ?? 0);
  // Between two diagonals it is the lower one that counts.
  if (typeof k === "number" && !Number.isNaN(k)) return Math.floor(k);
  if (typeof k === "bigint") return Number(k);
  throw new ValueError(`${caller}: k ${textOf(k)} is no number`);
}

function triangle(m: ArrayInput, given: DiagonalOption | undefined, lower: boolean, caller: string): NDArray {
  const k = diagonalFrom(given, caller);
  const x = (m instanceof NDArray ? m : asarray(m)) as NDArray;
  if (x.ndim === 0)
    throw new ShapeError(`${caller}: an array without axes has no triangles; it needs one axis at least`);
  const [line] = x.layout.shape;
  const shape = x.ndim === 1 ? [line!, line!] : x.layout.shape;
  const from =
    x.ndim === 1 ? { ...placeOf(x), strides: broadcastLayout(x.layout, shape)!.strides } : placeOf(x);
  const { itemsize } = x.dtype;
  // As a choice by a mask of bools in C order would lie.
  const mask = shape.map((_, j) => (j < shape.length - 2 ? 0 : j === shape.length - 1 ? 1 : shape.at(-1)!));
  const result = emptyArray(shape, x.dtype, allocatedStrides(shape, [mask, from.strides], itemsize), caller);
  if (result.size > 0) copyTriangle(shape, from, placeOf(result), k, lower);
  return result;
}

type Ends = Parameters<typeof castElements>[1];

/** Copies row by row, or column by column where there are fewer of them; each of them from all matrices at once. */
function copyTriangle(shape: readonly number[], from: Ends, to: Ends, k: number, lower: boolean): void {
  const last = shape.length - 1;
  const [rows, columns] = [shape[last - 1]!, shape[last]!];
  const byRows = rows <= columns;
  const [walked, along] = byRows ? [last - 1, last] : [last, last - 1];
  const others = (list: readonly number[]) => list.filter((_, axis) => axis !== walked);
  const lengths = others(shape);
  const [p, q] = [
    { ...from, strides: others(from.strides) },
    { ...to, strides: others(to.strides) },
  ];
  // Rows of a lower triangle and columns of an upper one begin at the edge.
  const fromEdge = lower === byRows;
  for (let i = 0; i < shape[walked]!; i++) {
    // The place along the other axis at which the diagonal is met.
    const met = byRows ? i + k : i - k;
    const begin = fromEdge ? 0 : Math.max(0, met);
    const end = fromEdge ? Math.min(shape[along]!, met + 1) : shape[along]!;
    if (begin >= end) continue;
    lengths[along - (along > walked ? 1 : 0)] = end - begin;
    const [s, d] = [from.strides[along]!, to.strides[along]!];
    castElements(
      lengths,
      { ...p, offset: from.offset + i * from.strides[walked]! + begin * s },
      { ...q, offset: to.offset + i * to.strides[walked]! + begin * d },
    );
  }
}
