import type { DType } from "../dtype/map.ts";
import { ValueError } from "../errors.ts";
import { byteRange } from "../layout/layout.ts";
import { optionsFrom, type ShapeLike, shapeFrom } from "./arguments.ts";
import { mayWrite, requireStrides, requireWithin, scaled } from "./bounds.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { WRITEABLE } from "./flags.ts";
import { NDArray } from "./ndarray.ts";

/** What `asStrided` makes of an array. */
export interface AsStridedOptions {
  /** The length of each axis; that of the array if left out. */
  readonly shape?: ShapeLike | undefined;
  /** Bytes from one element to the next along each axis; those of the array if left out. */
  readonly strides?: readonly number[] | undefined;
  /** Whether it may be written; if left out, when the array may be and no element overlaps another. */
  readonly writeable?: boolean | undefined;
}

/**
 * The memory of an array under another shape and other byte strides, from its first element on. Returns a view.
 *
 * NumPy's `lib.stride_tricks.as_strided`, but it never leads out of the elements of the array that owns the memory, and
 * where elements overlap each other it is read-only.
 *
 * @throws ValueError when an element would lie outside, or `writeable: true` is asked for and cannot be.
 * @throws ShapeError when shape and strides have different lengths.
 * @example
 * np.asStrided(np.arange(5), { shape: [3, 3], strides: [8, 8] }).tolist(); // [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
 */
export function asStrided<D extends DType>(a: NDArray<D>, options?: AsStridedOptions): NDArray<D>;
export function asStrided(a: ArrayInput, options?: AsStridedOptions): NDArray;
export function asStrided(a: ArrayInput, given: AsStridedOptions = {}): NDArray {
  const caller = "asStrided";
  const options = optionsFrom(given, caller);
  const source: NDArray = asarray(a);
  const shape = options.shape === undefined ? source.shape : shapeFrom(options.shape, caller);
  const strides =
    options.strides === undefined ? source.strides : scaled(options.strides, 1, "stride", caller);
  requireStrides(shape, strides, caller);
  const layout = { shape, strides, offset: source.layout.offset };
  const owner = ownerOf(source);
  const [start, end] = byteRange(owner.layout, owner.itemsize);
  requireWithin(layout, source.itemsize, start, end, "array that owns the memory", caller);
  const writeable = mayWrite(layout, source.itemsize, options.writeable, caller);
  const view = source.viewAs(layout);
  if (options.writeable === true && (view.bits & WRITEABLE) === 0) {
    throw new ValueError(`${caller}: writeable cannot be true, the array is read-only; copy it`);
  }
  if (!writeable) view.bits &= ~WRITEABLE;
  return view;
}

/**
 * The array at the end of the chain of bases: its elements are the memory that views of it may see. The buffer is no
 * bound, because small arrays lie side by side in one.
 */
function ownerOf(a: NDArray): NDArray {
  let owner = a;
  while (owner.base instanceof NDArray) owner = owner.base;
  return owner;
}
