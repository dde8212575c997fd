import { reportCopy } from "../array/allocate.ts";
import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { isSolid } from "../array/cast.ts";
import { type ArrayInput, asarray, type DTypeOfInput } from "../array/create.ts";
import { requireWriteable } from "../array/flags.ts";
import { takeFlat } from "../array/flatmove.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import { gatherFew } from "../array/gatherline.ts";
import { type IndexPart, wholeNumbers } from "../array/index-plan.ts";
import { moveIndexed } from "../array/indexmove.ts";
import { packMasked } from "../array/maskpack.ts";
import { NDArray } from "../array/ndarray.ts";
import { truthsOf, truthTable } from "../array/truths.ts";
import { requireCast } from "../dtype/cast.ts";
import type { DType } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, IndexError, ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { cStrides, isSameShape, shapeText } from "../layout/layout.ts";
import type { IndexMode } from "../wasm/indices.ts";
import { arrayFrom } from "./input.ts";
import { reshape } from "./reshape.ts";

/** What happens to indices out of bounds: an error, counting around, or the nearest end. */
export interface ModeOptions {
  /** `"raise"` if left out; `"wrap"` counts around, `"clip"` takes the nearest end, which for negative ones is 0. */
  readonly mode?: IndexMode | undefined;
}

/** Along which axis to take, and where the result goes. */
export interface TakeOptions extends ModeOptions {
  /** The axis; null, as if left out, for positions in C order. */
  readonly axis?: number | null | undefined;
  /** Where the result goes: an array of exactly its shape. */
  readonly out?: NDArray | null | undefined;
}

/** Keywords, or the axis in their place. */
export type TakeArgument = number | null | TakeOptions;

/** @internal The mode that was asked for. */
export function modeFrom(mode: unknown, caller: string): IndexMode {
  if (mode === undefined || mode === "raise") return "raise";
  if (mode === "wrap" || mode === "clip") return mode;
  throw new ValueError(`${caller}: mode ${textOf(mode)} is none of "raise", "wrap" and "clip"`);
}

/** @internal Indices as an array of integers: bools count as 0 and 1, and lists may hold whole numbers. */
export function indicesFrom(indices: ArrayInput, caller: string): NDArray {
  const given: NDArray = asarray(indices);
  const isArray = indices instanceof NDArray || ArrayBuffer.isView(indices);
  const array = isArray ? given : (wholeNumbers(given) ?? given);
  const { kind } = array.dtype;
  if (kind === "i" || kind === "u") return array;
  if (kind === "b") return array.retype(array.layout, plain.uint8);
  throw new DTypeError(`${caller}: indices must be integers, not ${array.dtype}; use astype`);
}

function takeOptions(given: TakeArgument | undefined, caller: string): TakeOptions {
  if (typeof given === "number") return { axis: given };
  return optionsFrom(given, caller);
}

/**
 * Elements along an axis by their indices: the axis becomes as many as `indices` has. Without an axis, elements by their
 * positions in C order. Returns a copy in C order.
 *
 * @param indices integers of any shape; negative ones count from the end
 * @param options an axis, or `{ axis, out, mode }`
 * @throws IndexError when an index is out of bounds, unless `mode` says otherwise, or the axis is not there.
 * @throws DTypeError for indices that are no integers.
 * @example
 * const a = np.array([[1, 2, 3], [4, 5, 6]]);
 * np.take(a, [2, 0], 1).tolist(); // [[3, 1], [6, 4]]
 * np.take(a, [-1, 7], { mode: "wrap" }).tolist(); // [6, 2]
 */
export function take<V extends ArrayInput>(
  a: V,
  indices: ArrayInput,
  options?: TakeArgument,
): NDArray<DTypeOfInput<V>> {
  if (a instanceof NDArray && isFirst(a, options) && !isBool(indices)) {
    const quick = gatherFew(a, [indices as IndexPart], "take");
    if (quick !== null) return quick as NDArray<DTypeOfInput<V>>;
  }
  const { axis = null, out = null, mode } = takeOptions(options, "take");
  const x: NDArray = arrayFrom(a);
  const positions = indicesFrom(indices, "take");
  const along = axis === null || x.ndim === 0 ? axis : normalizeAxis(axis, x.ndim, "take");
  if (out !== null) requireOut(out, x, takenShape(x, positions, along), "take");
  const taken = takeAlong(x, positions, along, modeFrom(mode, "take"), "take");
  return sent(taken, out, "take") as NDArray<DTypeOfInput<V>>;
}

/** Whether taking goes along the first axis, with nothing else asked for. */
function isFirst(a: NDArray, options: TakeArgument | undefined): boolean {
  return options === 0 || (options === undefined && a.layout.shape.length === 1);
}

/** Whether indices are bools, which are a mask elsewhere and 0 and 1 here. */
function isBool(indices: ArrayInput): boolean {
  return indices instanceof NDArray && indices.dtype.kind === "b";
}

function takenShape(
  { layout: { shape } }: NDArray,
  positions: NDArray,
  axis: number | null,
): readonly number[] {
  const places = positions.layout.shape;
  if (axis === null || shape.length === 0) return places;
  return [...shape.slice(0, axis), ...places, ...shape.slice(axis + 1)];
}

function requireOut(
  out: unknown,
  x: NDArray,
  shape: readonly number[],
  caller: string,
): asserts out is NDArray {
  if (!(out instanceof NDArray)) throw new ValueError(`${caller}: out ${textOf(out)} is no array`);
  requireWriteable(out, caller);
  if (!isSameShape(out.layout.shape, shape)) {
    throw new ShapeError(
      `${caller}: out has shape ${shapeText(out.layout.shape)}, the result ${shapeText(shape)}`,
    );
  }
  // The direction is NumPy's, which works in a copy of `out` and casts that back.
  requireCast(out.dtype, x.dtype, "safe", caller);
}

/** What was taken, or where it was asked to go. */
function sent(taken: NDArray, out: NDArray | null, caller: string): NDArray {
  if (out === null) return taken;
  assign(out, taken, { casting: "unsafe", caller });
  return out;
}

function takeAlong<D extends DType>(
  x: NDArray<D>,
  indices: NDArray,
  axis: number | null,
  mode: IndexMode,
  caller: string,
): NDArray<D> {
  const along = axis === null ? 0 : normalizeAxis(axis, Math.max(1, x.ndim), caller);
  const length = axis === null || x.ndim === 0 ? x.size : x.layout.shape[along]!;
  if (length === 0 && indices.size > 0) {
    throw new IndexError(`${caller}: there is nothing to take from an axis of length 0`);
  }
  if (axis === null || x.ndim === 0) return takeFlat(x, indices, mode, caller);
  const { shape, strides, offset } = x.layout;
  const rest = <T>(list: readonly T[]) => [...list.slice(0, along), ...list.slice(along + 1)];
  const places = indices.layout.shape;
  const lengths = [...shape.slice(0, along), ...places, ...shape.slice(along + 1)];
  const make = isSolid(x.dtype) ? unsetArray : emptyArray;
  const taken = make(lengths, x.dtype, "C", caller);
  const steps = cStrides(shape.slice(along + 1), x.itemsize);
  const gap = shape.slice(along + 1).reduce((bytes, n) => bytes * n, x.itemsize);
  const lead = cStrides([...shape.slice(0, along), indices.size], gap).slice(0, along);
  moveIndexed(
    {
      arrays: [{ array: indices, axis: along, length, stride: strides[along]! }],
      places,
      mode,
      shape: rest(shape),
      indexed: { storage: x.storage, strides: rest(strides), offset },
      other: { storage: taken.storage, strides: [...lead, ...steps], offset: taken.layout.offset },
      gap,
      write: false,
      caller,
    },
    x.dtype,
  );
  reportCopy(taken.nbytes, caller);
  return taken;
}

/** How `compress` takes. */
export interface CompressOptions {
  /** The axis; null, as if left out, for positions in C order. */
  readonly axis?: number | null | undefined;
  /** Where the result goes: an array of exactly its shape. */
  readonly out?: NDArray | null | undefined;
}

/**
 * The slices along an axis at which a line of bools is true; without an axis, elements in C order. A condition that is shorter
 * than the axis leaves out the rest. Returns a copy in C order.
 *
 * @param options an axis, or `{ axis, out }`
 * @throws ValueError for a condition that is not of one axis; IndexError when it is true behind the end.
 * @example
 * np.compress([false, true], np.array([[1, 2], [3, 4]]), 0).tolist(); // [[3, 4]]
 */
export function compress<V extends ArrayInput>(
  condition: ArrayInput,
  a: V,
  options?: number | null | CompressOptions,
): NDArray<DTypeOfInput<V>> {
  const { axis = null, out = null } = takeOptions(options, "compress");
  const truths: NDArray = arrayFrom(condition);
  if (truths.ndim !== 1) {
    throw new ValueError(
      `compress: the condition has one axis, not the shape ${shapeText(truths.layout.shape)}`,
    );
  }
  const x: NDArray = arrayFrom(a);
  const taken =
    axis === null
      ? picked(truths, x, "compress")
      : takeAlong(x, placesOf(truths, "compress"), axis, "raise", "compress");
  if (out !== null) requireOut(out, x, taken.layout.shape, "compress");
  return sent(taken, out, "compress") as NDArray<DTypeOfInput<V>>;
}

function placesOf(truths: NDArray, caller: string): NDArray {
  const table = truthTable(truths, true, caller);
  return table.viewAs({ shape: [table.layout.shape[1]!], strides: [4], offset: table.layout.offset });
}

/** The elements in C order at which a condition is true, which may be of another shape. */
function picked(condition: NDArray, x: NDArray, caller: string): NDArray {
  if (condition.size === x.size && x.ndim > 0) {
    return packMasked(x, reshape(truthsOf(condition, caller), x.layout.shape), caller);
  }
  return takeAlong(x, placesOf(reshape(truthsOf(condition, caller), [-1]), caller), null, "raise", caller);
}

/**
 * The elements at which a condition is true, both in C order: `ravel(a)` by `ravel(condition)`. Returns a copy.
 *
 * @throws IndexError when the condition is true behind the end of the array.
 * @example
 * const a = np.array([[1, 2], [3, 4]]);
 * np.extract(np.greater(a, 2), a).tolist(); // [3, 4]
 */
export function extract<V extends ArrayInput>(condition: ArrayInput, a: V): NDArray<DTypeOfInput<V>> {
  return picked(arrayFrom(condition), arrayFrom(a) as NDArray, "extract") as NDArray<DTypeOfInput<V>>;
}
