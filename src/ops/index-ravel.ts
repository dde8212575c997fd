/**
 * Positions in an array as one number an axis, and as one number for all of them.
 */

import { optionsFrom } from "../array/arguments.ts";
import { castElements } from "../array/cast.ts";
import type { ArrayInput } from "../array/create.ts";
import { castArray, placeOf, workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { descriptorFor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { shapeText, sizeOf } from "../layout/layout.ts";
import { allocatedStrides, keepStrides } from "../layout/order.ts";
import { dimsFrom, indicesFrom, MAX_INT32 } from "./index-input.ts";
import { remainder } from "./ufuncs-arithmetic.ts";

/** What becomes of an index that is out of bounds: an error, counted round the axis, or the nearest one that exists. */
export type ClipMode = "raise" | "wrap" | "clip";

/** How `ravelMultiIndex` counts. */
export interface RavelMultiIndexOptions {
  /** What becomes of indices out of bounds, for all axes or one for each; `"raise"` if left out. */
  readonly mode?: ClipMode | readonly ClipMode[] | undefined;
  /** Whether the last axis is the fastest (`"C"`) or the first (`"F"`); `"C"` if left out. */
  readonly order?: "C" | "F" | undefined;
  /** The dtype of the result: `"int32"` if left out, or `"int64"`. */
  readonly dtype?: "int32" | "int64" | undefined;
}

/** Indices along one axis: a number, or an array of integers. */
export type IndexInput = number | bigint | ArrayInput;

/**
 * The position in C or Fortran order of the element with these indices: one number or array an axis, broadcast. An array
 * of the dtype int32, laid out as the indices are; a number when all indices are numbers. Returns a copy.
 *
 * @param multiIndex a list with the indices along each axis, or an array whose first axis goes over the axes
 * @param dims the shape of the array that is indexed
 * @throws ValueError when an index is out of bounds and the mode is `"raise"`, or the shape has more than 2^31 - 1
 * elements and the dtype is not int64
 * @throws DTypeError when indices are no integers
 * @example
 * np.ravelMultiIndex([[3, 6, 6], [4, 5, 1]], [7, 6]).tolist(); // [22, 41, 37]
 * np.ravelMultiIndex([3, 1], [7, 6]); // 19
 * np.ravelMultiIndex([[7], [-1]], [7, 6], { mode: ["clip", "wrap"] }).tolist(); // [41]
 */
export function ravelMultiIndex(
  multiIndex: readonly (number | bigint)[],
  dims: number | readonly number[],
  options?: ClipMode | RavelMultiIndexOptions,
): number;
export function ravelMultiIndex(
  multiIndex: NDArray | readonly IndexInput[],
  dims: number | readonly number[],
  options: RavelMultiIndexOptions & { readonly dtype: "int64" },
): NDArray<"int64">;
export function ravelMultiIndex(
  multiIndex: NDArray | readonly IndexInput[],
  dims: number | readonly number[],
  options?: ClipMode | RavelMultiIndexOptions,
): NDArray<"int32">;
export function ravelMultiIndex(
  multiIndex: NDArray | readonly IndexInput[],
  dims: number | readonly number[],
  options: ClipMode | readonly ClipMode[] | RavelMultiIndexOptions = {},
): NDArray | number {
  const caller = "ravelMultiIndex";
  const short = typeof options === "string" || Array.isArray(options);
  const given = short ? { mode: options as ClipMode } : (options as RavelMultiIndexOptions);
  const { mode = "raise", order = "C", dtype = "int32" } = optionsFrom(given, caller);
  const lengths = dimsFrom(dims, caller);
  const indices = listOf(multiIndex, lengths.length, caller);
  const modes = modesFrom(mode, lengths.length, caller);
  const type = resultDType(dtype, sizeOf(lengths), caller);
  const arrays = indices.map((one, k) => indicesFrom(one, caller, `the indices of axis ${k}`));
  const shape = broadcastShapes(
    arrays.map((a) => a.layout.shape),
    caller,
  );
  if (sizeOf(lengths) === 0 && sizeOf(shape) > 0) {
    throw new ValueError(`${caller}: shape ${shapeText(lengths)} has no elements`);
  }
  const stretched = arrays.map((a) => broadcastLayout(a.layout, shape)!);
  const strides = allocatedStrides(
    shape,
    stretched.map((layout) => layout.strides),
    8,
  );
  const within = arrays.map((a, k) => (modes[k] === "wrap" ? wrapped(a, lengths[k]!) : a));
  const total = unsetArray(shape, plain.float64, strides, caller);
  lineOver(total).fill(0);
  const line = unsetArray(shape, plain.float64, strides, caller);
  for (const [k, step] of steps(lengths, orderFrom(order, caller)).entries()) {
    const a = within[k]!;
    castElements(shape, placeOf(a, broadcastLayout(a.layout, shape)!), placeOf(line));
    addSteps(lineOver(total), lineOver(line), { length: lengths[k]!, step, mode: modes[k]!, axis: k });
  }
  if (indices.every(isScalar)) return lineOver(total)[0]!;
  return castArray(total, type, "K", caller);
}

/** The memory of a dense array of any order of axes, as one line. */
function lineOver(a: NDArray<"float64">): Float64Array {
  const { size } = a;
  return dataOf(a.viewAs({ shape: [size], strides: [8], offset: a.layout.offset }));
}

/** Of 64-bit integers the remainder, which a float64 may not tell. */
function wrapped(a: NDArray, length: number): NDArray {
  if (a.itemsize < 8 || a.dtype.kind === "f" || length === 0) return a;
  return remainder(workingCopy(a, plain.int64, "K", "ravelMultiIndex"), BigInt(length));
}

function listOf(multiIndex: unknown, ndim: number, caller: string): readonly ArrayInput[] {
  const list =
    multiIndex instanceof NDArray && multiIndex.ndim > 0
      ? Array.from({ length: Math.min(multiIndex.length, ndim + 1) }, (_, k) => multiIndex.slice(k))
      : multiIndex;
  if (Array.isArray(list) && list.length === ndim) return list as readonly ArrayInput[];
  const had = Array.isArray(list) ? `${list.length}` : textOf(multiIndex);
  throw new ValueError(`${caller}: multiIndex must have one entry for each of ${ndim} axes, given ${had}`);
}

function modesFrom(mode: unknown, ndim: number, caller: string): ClipMode[] {
  const list: readonly unknown[] = Array.isArray(mode) ? mode : new Array<unknown>(ndim).fill(mode);
  if (list.length !== ndim) {
    throw new ValueError(`${caller}: mode has ${list.length} entries for ${ndim} axes`);
  }
  for (const one of list.length === 0 ? [mode] : list) {
    if (one === "raise" || one === "wrap" || one === "clip" || (ndim === 0 && Array.isArray(one))) continue;
    throw new ValueError(`${caller}: mode ${textOf(one)} is none of "raise", "wrap" and "clip"`);
  }
  return list as ClipMode[];
}

function orderFrom(order: unknown, caller: string): "C" | "F" {
  if (order === "C" || order === "F") return order;
  throw new ValueError(`${caller}: order ${textOf(order)} is neither "C" nor "F"`);
}

/** int32, or int64 where it is asked for. */
function resultDType(dtype: string, size: number, caller: string): Descriptor {
  const type = descriptorFor(dtype);
  if (type !== plain.int32 && type !== plain.int64) {
    throw new DTypeError(`${caller}: dtype ${type} holds no positions; "int32" or "int64"`);
  }
  if (type === plain.int64 || size - 1 <= MAX_INT32) return type;
  throw new ValueError(`${caller}: ${size} positions do not fit into int32; pass dtype: "int64"`);
}

/** How many elements an index of each axis steps over. */
function steps(lengths: readonly number[], order: "C" | "F"): number[] {
  const list = new Array<number>(lengths.length);
  let step = 1;
  for (let j = 0; j < lengths.length; j++) {
    const k = order === "F" ? j : lengths.length - 1 - j;
    list[k] = step;
    step *= lengths[k]!;
  }
  return list;
}

interface AxisSteps {
  readonly length: number;
  readonly step: number;
  readonly mode: ClipMode;
  readonly axis: number;
}

/** Adds what the indices of one axis step over. */
function addSteps(sums: Float64Array, indices: Float64Array, { length, step, mode, axis }: AxisSteps): void {
  const last = length - 1;
  for (let k = 0; k < sums.length; k++) {
    let i = indices[k]!;
    if (i < 0 || i > last) {
      if (mode === "raise") throw outside(i, axis, length);
      if (mode === "clip") i = i < 0 ? 0 : last;
      else {
        i %= length;
        if (i < 0) i += length;
      }
    }
    sums[k] = sums[k]! + i * step;
  }
}

function outside(index: number, axis: number, length: number): ValueError {
  return new ValueError(
    `ravelMultiIndex: index ${index} is out of bounds for axis ${axis} with size ${length}; see mode`,
  );
}

/** How `unravelIndex` counts. */
export interface UnravelIndexOptions {
  /** Whether the last axis is the fastest (`"C"`) or the first (`"F"`); `"C"` if left out. */
  readonly order?: "C" | "F" | undefined;
  /** The dtype of the results: `"int32"` if left out, or `"int64"`. */
  readonly dtype?: "int32" | "int64" | undefined;
}

/**
 * The indices of the elements at these positions: a list with an array for each axis, of the dtype int32 and laid out as
 * the positions are; a list of numbers for one number. Returns copies.
 *
 * @param shape the shape of the array that is indexed
 * @param options `{ order, dtype }`, or an order
 * @throws ValueError when a position is out of bounds, or a length is beyond 2^31 and the dtype not int64
 * @throws DTypeError when positions are no integers
 * @example
 * np.unravelIndex([22, 41, 37], [7, 6]).map((x) => x.tolist()); // [[3, 6, 6], [4, 5, 1]]
 * np.unravelIndex(1621, [6, 7, 8, 9]); // [3, 1, 4, 1]
 */
export function unravelIndex(
  indices: number | bigint,
  shape: number | readonly number[],
  options?: "C" | "F" | UnravelIndexOptions,
): number[];
export function unravelIndex(
  indices: ArrayInput,
  shape: number | readonly number[],
  options: UnravelIndexOptions & { readonly dtype: "int64" },
): NDArray<"int64">[];
export function unravelIndex(
  indices: ArrayInput,
  shape: number | readonly number[],
  options?: "C" | "F" | UnravelIndexOptions,
): NDArray<"int32">[];
export function unravelIndex(
  indices: ArrayInput,
  shape: number | readonly number[],
  options: "C" | "F" | UnravelIndexOptions = {},
): NDArray[] | number[] {
  const caller = "unravelIndex";
  const given = typeof options === "string" ? { order: options } : options;
  const { order = "C", dtype = "int32" } = optionsFrom(given, caller);
  const lengths = dimsFrom(shape, caller);
  const axes = lengths.map((_, k) => (orderFrom(order, caller) === "F" ? k : lengths.length - 1 - k));
  const type = resultDType(dtype, Math.max(1, ...lengths), caller);
  const a = indicesFrom(indices, caller, "indices");
  if (lengths.length === 0 && a.ndim > 0) {
    throw new ValueError(
      `${caller}: an array of no axes has one position, given shape ${shapeText(a.shape)}`,
    );
  }
  const strides = keepStrides(a.layout, 8);
  const rest = unsetArray(a.layout.shape, plain.float64, strides, caller);
  castElements(a.layout.shape, placeOf(a), placeOf(rest));
  const positions = lineOver(rest);
  checkPositions(positions, sizeOf(lengths), caller);
  const line = unsetArray(a.layout.shape, plain.float64, strides, caller);
  const results = new Array<NDArray>(lengths.length);
  const numbers = new Array<number>(lengths.length);
  for (const k of axes) {
    takeIndices(positions, lineOver(line), lengths[k]!);
    numbers[k] = lineOver(line)[0]!;
    if (!isScalar(indices)) results[k] = castArray(line, type, "K", caller);
  }
  return isScalar(indices) ? numbers : results;
}

function checkPositions(positions: Float64Array, size: number, caller: string): void {
  for (let k = 0; k < positions.length; k++) {
    const position = positions[k]!;
    if (position >= 0 && position < size) continue;
    throw new ValueError(`${caller}: index ${position} is out of bounds for an array of ${size} elements`);
  }
}

/** The index along an axis of each position; what is left of the position is for the slower axes. */
function takeIndices(positions: Float64Array, indices: Float64Array, length: number): void {
  for (let k = 0; k < positions.length; k++) {
    const position = positions[k]!;
    const slower = Math.floor(position / length);
    indices[k] = position - slower * length;
    positions[k] = slower;
  }
}
