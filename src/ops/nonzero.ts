import type { ArrayInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { truthTable } from "../array/truths.ts";
import { ValueError } from "../errors.ts";
import { arrayFrom } from "./input.ts";
import { ravel } from "./reshape.ts";

/**
 * The indices of what is not zero, in C order: for each axis an array of int32. NaN is not zero; of a structure it is enough
 * that a field is not. Returns views of one fresh table, as NumPy does.
 *
 * @throws ValueError for an array of no axes.
 * @example
 * const [rows, columns] = np.nonzero(np.array([[3, 0], [0, 5]]));
 * rows.tolist(); // [0, 1]
 * columns.tolist(); // [0, 1]
 */
export function nonzero(a: ArrayInput): NDArray<"int32">[] {
  return indicesOf(arrayFrom(a), "nonzero");
}

/** @internal The same for another caller. */
export function indicesOf(x: NDArray, caller: string): NDArray<"int32">[] {
  if (x.ndim === 0) {
    throw new ValueError(`${caller}: an array of no axes has no indices; use ${caller}(atleast1d(a))`);
  }
  const table = truthTable(x, false, caller);
  const { shape, offset } = table.layout;
  const step = 4 * x.ndim;
  return x.layout.shape.map((_, axis) =>
    table.viewAs({ shape: [shape[0]!], strides: [step], offset: offset + 4 * axis }),
  );
}

/**
 * The indices of what is not zero, in C order, a row for each: int32 of shape (count, ndim). Returns a view of a fresh table.
 *
 * @example
 * np.argwhere(np.array([[3, 0], [0, 5]])).tolist(); // [[0, 0], [1, 1]]
 */
export function argwhere(a: ArrayInput): NDArray<"int32"> {
  const x: NDArray = arrayFrom(a);
  if (x.ndim > 0) return truthTable(x, true, "argwhere").T;
  const line = x.viewAs({ shape: [1], strides: [x.itemsize], offset: x.layout.offset });
  const table = truthTable(line, false, "argwhere");
  const { shape, offset } = table.layout;
  return table.viewAs({ shape: [shape[0]!, 0], strides: [4, 4], offset });
}

/**
 * The positions in C order of what is not zero: int32. Returns a copy.
 *
 * @example
 * np.flatnonzero(np.array([[3, 0], [0, 5]])).tolist(); // [0, 3]
 */
export function flatnonzero(a: ArrayInput): NDArray<"int32"> {
  return indicesOf(ravel(arrayFrom(a)), "flatnonzero")[0]!;
}
