import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray, placeOf } from "../array/duplicate.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { promoteAll } from "../dtype/promote.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { isCContiguous, isFContiguous } from "../layout/contiguity.ts";
import { type Layout, MAX_NDIM, shapeText, sizeOf } from "../layout/layout.ts";
import { joinedStrides } from "../layout/order.ts";
import { freshFor } from "./joining.ts";

/** Arrays in nested lists: the innermost lists lie along the last axis, those around them along the one before. */
export type Blocks = ArrayInput | readonly Blocks[];

/** The lists with all arrays brought to as many axes. */
type Tree = NDArray | readonly Tree[];

/** Where a tree lies: its shape, and the strides that it would have if it were put together on its own. */
interface Extent {
  readonly layout: Layout;
  readonly parts: readonly Extent[] | null;
  readonly leaf: NDArray | null;
}

/** From so many elements on, counted once for each level of lists, NumPy lays the result out in C or F order. */
const MANY = 2 * 512 * 512;

/**
 * An array put together of blocks in nested lists. Arrays in an innermost list are joined along the last axis, what comes
 * of them along the last but one, and so on; arrays with fewer axes get axes of length 1 in front. Returns a copy.
 *
 * @param arrays lists of arrays and scalars, all nested equally deep, or one array
 * @throws ValueError for an empty list and for lists that are not nested equally deep
 * @throws ShapeError when blocks do not fit beside each other
 * @example
 * const [a, b] = [np.eye(2), np.zeros([2, 1])];
 * np.block([[a, b], [7, 8, 9]]).tolist(); // [[1, 0, 0], [0, 1, 0], [7, 8, 9]]
 */
export function block<D extends DType>(
  arrays: NDArray<D> | readonly NDArray<D>[] | readonly (readonly NDArray<D>[])[],
): NDArray<D>;
export function block(arrays: Blocks): NDArray;
export function block(arrays: Blocks): NDArray {
  const depth = depthOf(arrays, []);
  const leaves: NDArray[] = [];
  const tree = readTree(arrays, leaves);
  const ndim = leaves.reduce((most, leaf) => Math.max(most, leaf.ndim), depth);
  const dtype = promoteAll([...new Set(leaves.map((leaf) => leaf.dtype))], "block");
  if (depth === 0) return castArray(leaves[0]!, dtype, "C", "block");
  const extent = extentOf(tree, ndim - depth, ndim, dtype.itemsize);
  const { shape, strides } = extent.layout;
  const many = depth * sizeOf(shape) > MANY;
  const result = freshFor(shape, dtype, many ? plainOrder(leaves) : strides, "block");
  place(extent, ndim - depth, result, result.layout.offset);
  return result;
}

/** How deep lists are nested, which must be the same everywhere. */
function depthOf(arrays: unknown, path: readonly number[]): number {
  if (!Array.isArray(arrays)) return path.length;
  if (arrays.length === 0) throw new ValueError(`block: the list at ${pathText(path)} is empty`);
  if (path.length >= MAX_NDIM) throw new ShapeError(`block: lists are nested deeper than ${MAX_NDIM}`);
  const first = depthOf(arrays[0], [...path, 0]);
  for (let k = 1; k < arrays.length; k++) {
    const depth = depthOf(arrays[k], [...path, k]);
    if (depth === first) continue;
    throw new ValueError(
      `block: the first element is nested ${first} deep, but there is one ${depth} deep at ${pathText([...path, k])}; all must be alike`,
    );
  }
  return first;
}

function pathText(path: readonly number[]): string {
  return `arrays${path.map((k) => `[${k}]`).join("")}`;
}

function readTree(arrays: Blocks, leaves: NDArray[]): Tree {
  if (Array.isArray(arrays)) return Array.from(arrays, (one: Blocks) => readTree(one, leaves));
  const leaf: NDArray = arrays instanceof NDArray ? arrays : asarray(arrays as ArrayInput);
  leaves.push(leaf);
  return leaf;
}

/** C order, unless all blocks are in F order and not all in C order. */
function plainOrder(leaves: readonly NDArray[]): "C" | "F" {
  const allF = leaves.every((leaf) => isFContiguous(leaf.layout, leaf.itemsize));
  return allF && !leaves.every((leaf) => isCContiguous(leaf.layout, leaf.itemsize)) ? "F" : "C";
}

/** What a tree comes to when its lists are joined along `axis` and those in them along the axes behind it. */
function extentOf(tree: Tree, axis: number, ndim: number, itemsize: number): Extent {
  if (tree instanceof NDArray) return { layout: withAxes(tree.layout, ndim), parts: null, leaf: tree };
  const parts = tree.map((part) => extentOf(part, axis + 1, ndim, itemsize));
  const shape = parts[0]!.layout.shape.slice();
  for (let k = 1; k < parts.length; k++) {
    const other = parts[k]!.layout.shape;
    const fits = other.every((length, j) => j === axis || length === shape[j]);
    if (!fits) {
      throw new ShapeError(
        `block: ${shapeText(parts[0]!.layout.shape)} and ${shapeText(other)} do not fit along axis ${axis}: all other lengths must be the same`,
      );
    }
    shape[axis] = shape[axis]! + other[axis]!;
  }
  const strides = joinedStrides(
    shape,
    parts.map((part) => part.layout),
    itemsize,
  );
  return { layout: { shape, strides, offset: 0 }, parts, leaf: null };
}

/** A layout with axes of length 1 in front. */
function withAxes(layout: Layout, ndim: number): Layout {
  const { shape, strides, offset } = layout;
  const front = ndim - shape.length;
  if (front === 0) return layout;
  return {
    shape: [...new Array<number>(front).fill(1), ...shape],
    strides: [...new Array<number>(front).fill(0), ...strides],
    offset,
  };
}

/** Writes a tree into the result, from byte `at` on. */
function place({ layout, parts, leaf }: Extent, axis: number, result: NDArray, at: number): void {
  const { storage, dtype } = result;
  const { strides } = result.layout;
  if (leaf !== null)
    castElements(layout.shape, placeOf(leaf, layout), { storage, strides, offset: at, dtype });
  let offset = at;
  for (const part of parts ?? []) {
    place(part, axis + 1, result, offset);
    offset += part.layout.shape[axis]! * strides[axis]!;
  }
}
