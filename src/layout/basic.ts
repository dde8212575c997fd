import { IndexError } from "../errors.ts";
import { type Layout, MAX_NDIM } from "./layout.ts";
import { clampSlice, isSlice, parseIndexText, type Slice, type SliceText } from "./slice.ts";

/**
 * One part of a basic index: an integer (also as text, `"-1"`), a slice (`"1:3"`, or made by `s`), `"..."` for all the
 * axes not spoken of, or null for a new axis of length 1.
 */
export type BasicIndex = number | bigint | null | SliceText | `${bigint}` | "..." | Slice;

/**
 * The view that a basic index selects. Axes that the index leaves out are taken whole.
 *
 * @throws IndexError when an integer is out of bounds, there are too many parts, or one is no index at all.
 * @throws ValueError when a slice has step 0.
 */
export function indexLayout(layout: Layout, index: readonly BasicIndex[]): Layout {
  const { shape: lengths, strides: steps } = layout;
  const most = mostAxes(index, lengths.length);
  const shape = new Array<number>(most);
  const strides = new Array<number>(most);
  let offset = layout.offset;
  let rank = 0;
  let axis = 0;
  for (let j = 0; j < index.length; j++) {
    const part = index[j]!;
    if (part === null) {
      shape[rank] = 1;
      strides[rank++] = 0;
      continue;
    }
    // The type is asked first: comparing a value of any type with a text is slow.
    if (typeof part === "string" && (part === ":" || part === "...")) {
      for (let k = part === ":" ? 1 : lengths.length - countAxes(index); k > 0; k--) {
        shape[rank] = lengths[axis]!;
        strides[rank++] = steps[axis++]!;
      }
      continue;
    }
    const choice = typeof part === "number" ? part : resolve(part);
    const length = lengths[axis]!;
    const stride = steps[axis]!;
    if (typeof choice === "number") {
      offset += position(choice, axis, length) * stride;
    } else {
      const range = clampSlice(choice, length);
      offset += range.start * stride;
      shape[rank] = range.count;
      // Adding 0 turns -0, a repeated axis reversed, into 0.
      strides[rank++] = range.step * stride + 0;
    }
    axis++;
  }
  for (; axis < lengths.length; axis++) {
    shape[rank] = lengths[axis]!;
    strides[rank++] = steps[axis]!;
  }
  if (rank > MAX_NDIM) throw tooManyAxes(rank);
  if (rank < most) shape.length = strides.length = rank;
  return { shape, strides, offset };
}

/** How many axes the result can have at most: an integer that is written as a text makes one less. */
function mostAxes(index: readonly BasicIndex[], ndim: number): number {
  let most = ndim;
  let used = 0;
  let ellipses = 0;
  for (let j = 0; j < index.length; j++) {
    const part = index[j];
    if (typeof part === "string" && part === "...") {
      ellipses++;
      continue;
    }
    if (part === null) most++;
    else used++;
    if (typeof part === "number") most--;
  }
  if (ellipses > 1) throw new IndexError("an index can only have a single ellipsis ('...')");
  if (used > ndim) throw tooManyIndices(ndim, used);
  return most;
}

/** How many axes the index speaks of. */
function countAxes(index: readonly BasicIndex[]): number {
  let used = 0;
  for (let j = 0; j < index.length; j++) if (index[j] !== null && index[j] !== "...") used++;
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
  if (Number.isInteger(index) && index >= -length && index < length)
    return index < 0 ? index + length : index;
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
    const given = index[k]!;
    const i = Number.isInteger(given) ? given : fromAnything(given);
    offset += position(i, k, length) * strides[k]!;
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
  const i = Number.isInteger(flatIndex) ? flatIndex : fromAnything(flatIndex);
  if (i >= -size && i < size) return i < 0 ? i + size : i;
  throw new IndexError(`index ${i} is out of bounds for size ${size}`);
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
