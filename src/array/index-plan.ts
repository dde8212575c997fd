/**
 * What an index of any kind names: integers, slices, null and "...", arrays and lists of integers, and masks.
 *
 * The parts that are slices or null make a view; the others are broadcast against each other, a mask standing for the
 * arrays of the places where it is true. The shape of these stands where they are when they stand side by side, and in
 * front when a slice, null or "..." parts them. Beside arrays an integer counts as one of them for that question.
 */

import { IndexError } from "../errors.ts";
import { type BasicIndex, indexLayout } from "../layout/basic.ts";
import { broadcastShapes } from "../layout/broadcast.ts";
import { cStrides, type Layout, MAX_NDIM, shapeText } from "../layout/layout.ts";
import { isSlice, parseIndexText } from "../layout/slice.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { dataOf, NDArray } from "./ndarray.ts";
import { nonzeroArrays } from "./truths.ts";

/** One part of an index: a basic one, a bool, or an array or lists of integers or of bools. */
export type IndexPart = BasicIndex | boolean | NDArray | ArrayBufferView | readonly unknown[];

/** An index: one part, or a list of them. */
export type Index = IndexPart | readonly IndexPart[];

/** An array of integers, and the axis that it indexes. */
export interface AxisIndices {
  readonly array: NDArray;
  readonly axis: number;
  readonly length: number;
  /** Bytes from one element of the axis to the next. */
  readonly stride: number;
}

/** What an index names. */
export interface IndexPlan {
  /** The axes of slices and new ones, in their order, from where the integers point. */
  readonly view: Layout;
  /** The arrays of integers; none when the index is basic. */
  readonly arrays: readonly AxisIndices[];
  /** Their shape together; null when the index is basic. */
  readonly shape: readonly number[] | null;
  /** How many axes of the view come before that shape. */
  readonly front: number;
  /** The mask, when it is the whole index and as large as the array. */
  readonly mask: NDArray | null;
}

/** A part as it is worked with: an array of integers or bools, a bool, or basic. */
type Read = NDArray | boolean | BasicIndex;

/** The parts of an index that may be one part. */
export function partsOf(index: Index): readonly IndexPart[] {
  return Array.isArray(index) ? (index as readonly IndexPart[]) : [index as IndexPart];
}

/** What an index names in a layout. Bounds of integers are checked, those of arrays are not yet. */
export function planIndex(layout: Layout, index: readonly IndexPart[], caller: string): IndexPlan {
  const parts = new Array<Read>(index.length);
  let isAdvanced = false;
  for (let k = 0; k < index.length; k++) {
    const part = readPart(index[k]!, k, caller);
    parts[k] = part;
    if (typeof part === "boolean" || part instanceof NDArray) isAdvanced = true;
  }
  if (!isAdvanced) {
    const basic = parts as BasicIndex[];
    return { view: named(layout, basic, caller), arrays: [], shape: null, front: 0, mask: null };
  }
  const first = parts[0];
  if (parts.length === 1 && first instanceof NDArray && isWholeMask(first, layout)) {
    return { view: layout, arrays: [], shape: null, front: 0, mask: first };
  }
  return planAdvanced(layout, withEllipsis(parts, layout.shape.length, caller), caller);
}

function named(layout: Layout, basic: readonly BasicIndex[], caller: string): Layout {
  try {
    return indexLayout(layout, basic);
  } catch (error) {
    if (error instanceof IndexError && !error.message.startsWith(caller)) {
      throw new IndexError(`${caller}: ${error.message}`);
    }
    throw error;
  }
}

function isWholeMask(part: NDArray, { shape }: Layout): boolean {
  if (part.dtype.kind !== "b" || part.ndim !== shape.length || part.ndim === 0) return false;
  return part.layout.shape.every((length, k) => length === shape[k]);
}

/** A part as an array, a bool or a basic one. Arrays of no axes are integers and bools. */
function readPart(part: IndexPart, k: number, caller: string): Read {
  if (typeof part === "boolean") return part;
  if (typeof part !== "object" || part === null || isSlice(part)) return part as BasicIndex;
  const isArray = part instanceof NDArray;
  if (!isArray && !Array.isArray(part) && !ArrayBuffer.isView(part)) return part as unknown as BasicIndex;
  const array: NDArray = isArray ? part : indicesFrom(part as ArrayInput, k, caller);
  const { kind } = array.dtype;
  if (!(kind === "i" || kind === "u" || kind === "b")) throw notIndices(array, k, caller);
  if (array.layout.shape.length > 0) return array;
  const element = array.dtype.access.read(array.storage.view, array.layout.offset);
  return (kind === "b" ? element : Number(element)) as boolean | number;
}

function indicesFrom(part: ArrayInput, k: number, caller: string): NDArray {
  const array: NDArray = asarray(part);
  return Array.isArray(part) ? (wholeNumbers(array) ?? raise(notIndices(array, k, caller))) : array;
}

function raise(error: Error): never {
  throw error;
}

/** @internal Lists of numbers are float64: they are taken for integers when they are whole, and null is given when they are not. */
export function wholeNumbers(array: NDArray): NDArray | null {
  if (array.dtype.type !== "float64") return array;
  const given = dataOf(array) as Float64Array;
  if (!given.every(Number.isInteger)) return null;
  const whole = given.every(isNear) ? Int32Array.from(given) : BigInt64Array.from(given, bounded);
  return asarray(whole).viewAs({
    shape: array.layout.shape,
    strides: cStrides(array.layout.shape, whole.BYTES_PER_ELEMENT),
    offset: 0,
  });
}

function isNear(index: number): boolean {
  return index === (index | 0);
}

/** An index far out of bounds stays so. */
function bounded(index: number): bigint {
  return BigInt(Math.max(-(2 ** 62), Math.min(2 ** 62, index)));
}

function notIndices(array: NDArray, k: number, caller: string): IndexError {
  const what = array.dtype.type === "float64" ? `${array.dtype} that is no integer` : `${array.dtype}`;
  return new IndexError(
    `${caller}: part ${k} of the index is of ${what}; an index array must be of integers or bools`,
  );
}

/** The parts with ":" in place of "..." and for the axes that are left. */
function withEllipsis(parts: readonly Read[], ndim: number, caller: string): readonly Read[] {
  let used = 0;
  let at = -1;
  for (let k = 0; k < parts.length; k++) {
    const part = parts[k]!;
    if (part === "...") {
      if (at >= 0) throw new IndexError(`${caller}: an index can only have a single ellipsis ('...')`);
      at = k;
    } else used += axesUsed(part);
  }
  if (used > ndim) {
    throw new IndexError(
      `${caller}: too many indices for array: array is ${ndim}-dimensional, but ${used} were indexed`,
    );
  }
  if (at < 0 && used === ndim) return parts;
  const rest = new Array<":">(ndim - used).fill(":");
  if (at < 0) return [...parts, ...rest];
  // An "..." that stands for no axis parts its neighbours all the same.
  return [...parts.slice(0, at), ...(rest.length > 0 ? rest : (["..."] as const)), ...parts.slice(at + 1)];
}

function axesUsed(part: Read): number {
  if (part === null || typeof part === "boolean") return 0;
  return part instanceof NDArray && part.dtype.kind === "b" ? part.ndim : 1;
}

function isInteger(part: Read): boolean {
  if (typeof part === "string") return typeof parsed(part) === "number";
  return typeof part === "number" || typeof part === "bigint";
}

function parsed(part: string): unknown {
  return part === ":" || part === "..." ? null : parseIndexText(part);
}

function planAdvanced(layout: Layout, parts: readonly Read[], caller: string): IndexPlan {
  const basic: BasicIndex[] = [];
  const arrays: AxisIndices[] = [];
  const shapes: (readonly number[])[] = [];
  const lengths = layout.shape.slice();
  let axis = 0;
  // Axes of the view so far; where the first array stands; whether something has parted it from a later one.
  let [rank, front, parted] = [0, -1, false];
  let last = -1;
  for (let k = 0; k < parts.length; k++) {
    const part = parts[k]!;
    if (typeof part === "boolean" || part instanceof NDArray || isInteger(part)) {
      if (front < 0) front = rank;
      else if (last !== k - 1) parted = true;
      last = k;
    } else if (part !== "...") rank++;
    if (typeof part === "boolean") shapes.push([part ? 1 : 0]);
    else if (part instanceof NDArray) {
      for (const array of indicesOf(part, layout, axis, caller)) {
        arrays.push({ array, axis, length: layout.shape[axis]!, stride: layout.strides[axis]! });
        shapes.push(array.layout.shape);
        basic.push(0);
        lengths[axis] = Math.max(1, lengths[axis]!);
        axis++;
      }
    } else {
      basic.push(part);
      if (part !== null && part !== "...") axis++;
    }
  }
  const view = named({ shape: lengths, strides: layout.strides, offset: layout.offset }, basic, caller);
  const shape = sharedShape(shapes, caller);
  if (view.shape.length + shape.length > MAX_NDIM) {
    const ndim = view.shape.length + shape.length;
    throw new IndexError(
      `${caller}: an array has at most ${MAX_NDIM} dimensions, the index would make ${ndim}`,
    );
  }
  return { view, arrays, shape, front: parted ? 0 : front, mask: null };
}

/** @internal The shape of arrays of indices together. */
export function sharedShape(shapes: readonly (readonly number[])[], caller: string): number[] {
  if (shapes.length === 1) return shapes[0]!.slice();
  try {
    return broadcastShapes(shapes, caller);
  } catch {
    throw new IndexError(
      `${caller}: the arrays of the index cannot be broadcast together: shapes ${shapes.map((shape) => shapeText(shape)).join(", ")}`,
    );
  }
}

/** The arrays of integers that an array stands for: itself, or for a mask one for each of its axes. */
function indicesOf(part: NDArray, layout: Layout, axis: number, caller: string): readonly NDArray[] {
  if (part.dtype.kind !== "b") return [part];
  for (const [k, length] of part.layout.shape.entries()) {
    const size = layout.shape[axis + k]!;
    // As in NumPy a mask of length 0 fits any axis: it names nothing.
    if (length === size || length === 0) continue;
    throw new IndexError(
      `${caller}: a mask of shape ${shapeText(part.layout.shape)} does not fit: axis ${axis + k} has size ${size}, the mask ${length}`,
    );
  }
  return nonzeroArrays(part, caller);
}

/** @internal The error for an index out of bounds. */
export function outOfBounds(caller: string, index: unknown, axis: number | null, length: number): IndexError {
  const where = axis === null ? `size ${length}` : `axis ${axis} with size ${length}`;
  return new IndexError(`${caller}: index ${String(index)} is out of bounds for ${where}`);
}
