import { IndexError } from "../errors.ts";
import { type Layout, MAX_NDIM } from "./layout.ts";
import { clampSlice, isSlice, parseIndexText, type Slice } from "./slice.ts";

/**
 * One part of a basic index: an integer (also as text, `"-1"`), a slice (`"1:3"`, or made by `s`), `"..."` for all the
 * axes not spoken of, or null for a new axis of length 1.
 */
export type BasicIndex = number | bigint | null | string | Slice;

/**
 * The view that a basic index selects. Axes that the index leaves out are taken whole.
 *
 * @throws IndexError when an integer is out of bounds, there are too many parts, or one is no index at all.
 * @throws ValueError when a slice has step 0.
 */
export function indexLayout(layout: Layout, index: readonly BasicIndex[]): Layout {
  const ndim = layout.shape.length;
  const used = countAxes(index, ndim);
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = layout.offset;
  let axis = 0;
  for (let j = 0; j < index.length; j++) {
    const part = index[j]!;
    if (part === "...") {
      for (let k = ndim - used; k > 0; k--) axis = keepAxis(layout, axis, shape, strides);
      continue;
    }
    if (part === null) {
      shape.push(1);
      strides.push(0);
      continue;
    }
    if (part === ":") {
      axis = keepAxis(layout, axis, shape, strides);
      continue;
    }
    const choice = typeof part === "number" ? part : resolve(part);
    const length = layout.shape[axis]!;
    const stride = layout.strides[axis]!;
    if (typeof choice === "number") {
      offset += position(choice, axis, length) * stride;
    } else {
      const { start, count, step } = clampSlice(choice, length);
      offset += start * stride;
      shape.push(count);
      strides.push(step * stride);
    }
    axis++;
  }
  while (axis < ndim) axis = keepAxis(layout, axis, shape, strides);
  if (shape.length > MAX_NDIM) throw tooManyAxes(shape.length);
  return { shape, strides, offset };
}

function keepAxis(layout: Layout, axis: number, shape: number[], strides: number[]): number {
  shape.push(layout.shape[axis]!);
  strides.push(layout.strides[axis]!);
  return axis + 1;
}

/** How many axes the index speaks of. */
function countAxes(index: readonly BasicIndex[], ndim: number): number {
  let used = 0;
  let ellipses = 0;
  for (let j = 0; j < index.length; j++) {
    const part = index[j];
    if (part === "...") ellipses++;
    else if (part !== null) used++;
  }
  if (ellipses > 1) throw new IndexError("an index can only have a single ellipsis ('...')");
  if (used > ndim) throw tooManyIndices(ndim, used);
  return used;
}

/** The integer or the slice that a part stands for. */
function resolve(part: unknown): number | Slice {
  if (typeof part === "string") return parseIndexText(part);
  if (isSlice(part)) return part;
  if (typeof part === "bigint") return Number(part);
  throw notAnIndex(part);
}

/** An integer index counted from the front, checked against the length of its axis. */
function position(index: number, axis: number, length: number): number {
  if (index >= 0 && index < length && index % 1 === 0) return index;
  if (index < 0 && index >= -length && index % 1 === 0) return index + length;
  throw badPosition(index, axis, length);
}

/**
 * The address of one element, from one integer for each axis.
 *
 * @throws IndexError when an integer is out of bounds, or there are too many or too few of them.
 */
export function elementOffset(layout: Layout, index: readonly number[]): number {
  const { shape, strides } = layout;
  const ndim = shape.length;
  if (index.length !== ndim) throw wrongCount(ndim, index.length);
  let offset = layout.offset;
  for (let k = 0; k < ndim; k++) {
    const length = shape[k]!;
    let i = index[k]!;
    if (i < 0) i += length;
    if (!(i >= 0 && i < length && i % 1 === 0)) i = position(fromAnything(index[k]), k, length);
    offset += i * strides[k]!;
  }
  return offset;
}

/**
 * The address of the element at a position in C order, which may be counted from the back.
 *
 * @throws IndexError when there is no such element.
 */
export function flatOffset(layout: Layout, flatIndex: number): number {
  const { shape, strides } = layout;
  let rest = flatPosition(flatIndex, shape);
  let offset = layout.offset;
  for (let k = shape.length - 1; k > 0; k--) {
    const length = shape[k]!;
    const i = rest % length;
    offset += i * strides[k]!;
    rest = (rest - i) / length;
  }
  return shape.length === 0 ? offset : offset + rest * strides[0]!;
}

/**
 * One index for each axis, from a position in C order, which may be counted from the back.
 *
 * @throws IndexError when there is no such element.
 */
export function unravel(flatIndex: number, shape: readonly number[]): number[] {
  let rest = flatPosition(flatIndex, shape);
  const index = new Array<number>(shape.length);
  for (let k = shape.length - 1; k >= 0; k--) {
    const length = shape[k]!;
    const i = rest % length;
    index[k] = i;
    rest = (rest - i) / length;
  }
  return index;
}

function flatPosition(flatIndex: number, shape: readonly number[]): number {
  let size = 1;
  for (let k = 0; k < shape.length; k++) size *= shape[k]!;
  if (flatIndex >= 0 && flatIndex < size && flatIndex % 1 === 0) return flatIndex;
  const whole = fromAnything(flatIndex);
  if (whole >= -size && whole < size) return whole < 0 ? whole + size : whole;
  throw new IndexError(`index ${whole} is out of bounds for size ${size}`);
}

/** An integer that came in another type, or an error that says what it is. */
function fromAnything(value: unknown): number {
  if (typeof value === "bigint") return Number(value);
  if (Number.isInteger(value)) return value as number;
  throw notAnIndex(value);
}

function badPosition(index: number, axis: number, length: number): IndexError {
  if (!Number.isInteger(index)) return notAnIndex(index);
  return new IndexError(`index ${index} is out of bounds for axis ${axis} with size ${length}`);
}

function notAnIndex(value: unknown): IndexError {
  const text = typeof value === "object" ? Object.prototype.toString.call(value) : String(value);
  return new IndexError(
    `${text} is not a basic index; wanted an integer, a slice such as "1:3" or s(1, 3), "..." or null`,
  );
}

function tooManyIndices(ndim: number, count: number): IndexError {
  return new IndexError(
    `too many indices for array: array is ${ndim}-dimensional, but ${count} were indexed`,
  );
}

function wrongCount(ndim: number, count: number): IndexError {
  if (count > ndim) return tooManyIndices(ndim, count);
  return new IndexError(
    `too few indices for one element: array is ${ndim}-dimensional, but ${count} were given`,
  );
}

function tooManyAxes(ndim: number): IndexError {
  return new IndexError(`an array has at most ${MAX_NDIM} dimensions, the index would make ${ndim}`);
}
