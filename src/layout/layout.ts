import { ShapeError, textOf } from "../errors.ts";

/**
 * Where the elements of an array are, in integers only.
 *
 *     address(i0, i1, …) = offset + i0·strides[0] + i1·strides[1] + …      (bytes)
 *
 * A stride may be negative or 0. The offset addresses element (0, 0, …), which is not the lowest address when
 * a stride is negative. A layout is never changed after it was made; every function here returns a new one.
 */
export interface Layout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The orders in which elements can be laid out in fresh memory. */
export type Order = "C" | "F" | "A" | "K";

/** The largest number of axes, as in NumPy. */
export const MAX_NDIM = 64;

/** The number of elements. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (let k = 0; k < shape.length; k++) size *= shape[k]!;
  return size;
}

/** Whether two shapes are the same. */
export function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Byte strides of a dense array whose last axis is the fastest; all 0 when there is no element, as NumPy has it. */
export function cStrides(shape: readonly number[], itemsize: number): number[] {
  const strides = new Array<number>(shape.length);
  let step = itemsize;
  for (let k = shape.length - 1; k >= 0; k--) {
    strides[k] = step;
    step *= shape[k]!;
  }
  return step === 0 ? strides.fill(0) : strides;
}

/** Byte strides of a dense array whose first axis is the fastest; all 0 when there is no element. */
export function fStrides(shape: readonly number[], itemsize: number): number[] {
  const strides = new Array<number>(shape.length);
  let step = itemsize;
  for (let k = 0; k < shape.length; k++) {
    strides[k] = step;
    step *= shape[k]!;
  }
  return step === 0 ? strides.fill(0) : strides;
}

/** A dense layout at `offset`, in C or F order. */
export function denseLayout(
  shape: readonly number[],
  itemsize: number,
  order: "C" | "F",
  offset = 0,
): Layout {
  return { shape, strides: order === "C" ? cStrides(shape, itemsize) : fStrides(shape, itemsize), offset };
}

/** The half-open range of bytes `[low, high)` that the elements lie in; empty (low = high = offset) without elements. */
export function byteRange(layout: Layout, itemsize: number): [low: number, high: number] {
  const { shape, strides, offset } = layout;
  let low = offset;
  let high = offset;
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    if (length === 0) return [offset, offset];
    const reach = (length - 1) * strides[k]!;
    if (reach < 0) low += reach;
    else high += reach;
  }
  return [low, high + itemsize];
}

/** A shape as a person writes it: `(3, 4)`, `(5,)`, `()`. */
export function shapeText(shape: readonly number[]): string {
  const lengths = shape.map((length) => (typeof length === "number" ? String(length) : textOf(length)));
  return lengths.length === 1 ? `(${lengths[0]},)` : `(${lengths.join(", ")})`;
}

/**
 * The number of elements of a shape that came from outside.
 *
 * @throws ShapeError when a length is negative or no integer, when there are too many axes, or when the bytes are too
 * many to be counted exactly. An axis of length 0 does not excuse the others: they are multiplied as if it were 1.
 */
export function checkedSize(shape: readonly number[], itemsize = 1): number {
  if (shape.length > MAX_NDIM)
    throw new ShapeError(`${shape.length} axes are too many; the most is ${MAX_NDIM}`);
  let size = 1;
  let bytes = Math.max(itemsize, 1);
  for (let k = 0; k < shape.length; k++) {
    const length = shape[k]!;
    if (!(Number.isInteger(length) && length >= 0)) throw badLength(shape, k);
    size *= length;
    if (length > 0) bytes *= length;
  }
  if (bytes > Number.MAX_SAFE_INTEGER) throw new ShapeError(`array is too big: shape ${shapeText(shape)}`);
  return size;
}

function badLength(shape: readonly number[], axis: number): ShapeError {
  const length: unknown = shape[axis];
  const wrong = Number.isInteger(length) ? "is negative" : "is not an integer";
  return new ShapeError(`shape ${shapeText(shape)}: length ${textOf(length)} of axis ${axis} ${wrong}`);
}

/** A list longer than this ends the process in V8 instead of throwing, so it is refused before it is made. */
const MOST_LISTED = 100_000_000;

/** Throws when lists of such a shape are too many or too long: views may repeat a few bytes without end. */
export function requireListable(shape: readonly number[], caller: string): void {
  let count = 1;
  for (const length of shape) {
    count *= length;
    // Also on the way down: lists of shape (2 ** 40, 0) hold nothing and are still too many.
    if (count > MOST_LISTED) {
      throw new ShapeError(
        `${caller}: shape ${shapeText(shape)} has too many elements for lists; take parts of it`,
      );
    }
  }
}
