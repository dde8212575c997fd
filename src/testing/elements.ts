/** What assertions ask of elements. */

import type { ArrayInput } from "../array/create.ts";
import { array } from "../array/create.ts";
import { castArray } from "../array/duplicate.ts";
import { zeros } from "../array/filled.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError } from "../errors.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import { broadcastTo } from "../ops/broadcast.ts";
import { field, view } from "../ops/parts.ts";
import { all } from "../ops/sums.ts";
import { equal } from "../ops/ufuncs-compare.ts";
import { logicalAnd } from "../ops/ufuncs-logic.ts";

/** What was given as an array; lists are read also where nothing else reads them. */
export function arrayOf(value: unknown): NDArray {
  return array(value as ArrayInput, { copy: null });
}

/** Where elements are equal; elements with fields are when all fields are, and what cannot be compared never is. */
export function equalElements(x: NDArray, y: NDArray): NDArray<"bool"> {
  const raw = x.dtype.fields === null && y.dtype.fields === null;
  if (x.dtype.kind !== "V" && y.dtype.kind !== "V") return equalPlain(x, y);
  if (raw) return x.itemsize === y.itemsize && x.dtype.kind === y.dtype.kind ? equalBytes(x, y) : never(x, y);
  const names = x.dtype.names ?? [];
  if (String(names) !== String(y.dtype.names)) return never(x, y);
  const shape = broadcastShapes([x.layout.shape, y.layout.shape], "equal");
  let result: NDArray<"bool"> = broadcastTo(array(true), shape);
  for (const name of names) {
    const [a, b] = [field(x, name), field(y, name)];
    const inner = a.ndim - x.ndim;
    if (inner !== b.ndim - y.ndim) return never(x, y);
    let same = equalElements(a, b);
    const axes = Array.from({ length: inner }, (_, k) => k - inner);
    if (inner > 0) same = all(same, { axis: axes }) as NDArray<"bool">;
    result = logicalAnd(result, same);
  }
  return result;
}

function equalPlain(x: NDArray, y: NDArray): NDArray<"bool"> {
  try {
    return equal(x, y);
  } catch (error) {
    if (!(error instanceof DTypeError)) throw error;
    return never(x, y);
  }
}

function equalBytes(x: NDArray, y: NDArray): NDArray<"bool"> {
  const bytes = (a: NDArray) => view(castArray(a, a.dtype, "C", "testing").slice("...", null), "uint8");
  return all(equal(bytes(x), bytes(y)), { axis: -1 }) as NDArray<"bool">;
}

function never(x: NDArray, y: NDArray): NDArray<"bool"> {
  return zeros(broadcastShapes([x.layout.shape, y.layout.shape], "equal"), "bool");
}

/** Whether all elements are true. */
export function allTrue(mask: NDArray): boolean {
  return all(mask) as boolean;
}

/** The indices of the first elements that are true, in C order, and how many there are. */
export function trueIndices(mask: NDArray, most: number): { count: number; indices: number[][] } {
  const flags = dataOf(castArray(mask, plain.bool, "C", "testing"));
  const { shape } = mask.layout;
  const indices: number[][] = [];
  let count = 0;
  for (let k = 0; k < flags.length; k++) {
    if (flags[k] === 0) continue;
    if (count++ < most) indices.push(indexOf(k, shape));
  }
  return { count, indices };
}

function indexOf(position: number, shape: readonly number[]): number[] {
  const index = shape.map(() => 0);
  let rest = position;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const slower = Math.floor(rest / shape[axis]!);
    index[axis] = rest - slower * shape[axis]!;
    rest = slower;
  }
  return index;
}
