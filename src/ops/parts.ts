import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import { zeros } from "../array/filled.ts";
import { WRITEABLE } from "../array/flags.ts";
import { type NDArray, requireArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ComplexDType, DType } from "../dtype/map.ts";
import { type DTypeLike, type DTypeOf, toDescriptor } from "../dtype/parse.ts";
import { selectFields, unpackSubarray } from "../dtype/struct.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError } from "../errors.ts";
import { cStrides } from "../layout/layout.ts";
import { diagonal as diagonalLayout, slidingWindow } from "../layout/movement.ts";
import { retypeLayout } from "../layout/retype.ts";
import { type Axes, arrayFrom } from "./input.ts";

/** The dtype of the real and the imaginary part of a `D` array. */
export type PartOf<D extends DType> = D extends "complex64"
  ? "float32"
  : D extends "complex128"
    ? "float64"
    : D;

const halves: { readonly [D in ComplexDType]: Descriptor } = {
  complex64: plain.float32,
  complex128: plain.float64,
};

/** The dtype that a complex element consists of two of, or null. */
function halfOf(dtype: Descriptor): Descriptor | null {
  return dtype.kind === "c" ? halves[dtype.type as ComplexDType] : null;
}

/**
 * The real parts. Returns a view; of an array that is not complex, the array itself.
 *
 * @example
 * np.real(np.array([np.complex(1, 2)])).at(0); // 1
 */
export function real<V extends ArrayInput>(a: V): NDArray<PartOf<DTypeOfInput<V>>> {
  const x: NDArray = arrayFrom(a);
  const half = halfOf(x.dtype);
  return (half === null ? x : x.retype(x.layout, half)) as NDArray<PartOf<DTypeOfInput<V>>>;
}

/**
 * The imaginary parts. Returns a view; of an array that is not complex, read-only zeros, which are a copy.
 *
 * @example
 * np.imag(np.array([np.complex(1, 2)])).at(0); // 2
 */
export function imag<V extends ArrayInput>(a: V): NDArray<PartOf<DTypeOfInput<V>>> {
  const x: NDArray = arrayFrom(a);
  const half = halfOf(x.dtype);
  if (half !== null) {
    const layout = { ...x.layout, offset: x.layout.offset + half.itemsize };
    return x.retype(layout, half) as NDArray<PartOf<DTypeOfInput<V>>>;
  }
  const none = zeros(x.shape, { dtype: x.dtype, order: x.flags.fnc ? "F" : "C" });
  none.bits &= ~WRITEABLE;
  return none as NDArray<PartOf<DTypeOfInput<V>>>;
}

/**
 * The same bytes as elements of another dtype. When its itemsize differs, the last axis must be contiguous and gets
 * longer or shorter. Returns a view, always.
 *
 * @throws ValueError when the bytes of the last axis do not divide so.
 * @example
 * np.view(np.array([1], "float32"), "uint8").tolist(); // [0, 0, 128, 63]
 */
export function view<D extends DType>(a: NDArray<D>): NDArray<D>;
export function view<const S extends DTypeLike>(a: NDArray, dtype: S): NDArray<DTypeOf<S>>;
export function view(a: NDArray, dtype?: DTypeLike): NDArray {
  requireArray(a, "view");
  if (dtype === undefined) return a.viewAs(a.layout);
  const wanted = toDescriptor(dtype);
  const layout = retypeLayout(a.layout, a.dtype.itemsize, wanted.itemsize);
  return wanted.subdtype === null ? a.retype(layout, wanted) : unpacked(a, layout.offset, wanted);
}

/**
 * One field of a structured array, or several, which stay a structured array with gaps: `s['x']` and `s[['x', 'y']]` in
 * NumPy. Returns a view, always.
 *
 * @throws ValueError when there is no such field, DTypeError when the array has none.
 * @example
 * const s = np.zeros(3, [["x", "f4"], ["y", "u1"]]);
 * np.field(s, "y").strides; // [5]
 * np.field(s, ["x", "y"]).dtype.names; // ["x", "y"]
 */
export function field(a: NDArray, name: string | readonly string[]): NDArray {
  requireArray(a, "field");
  if (a.dtype.fields === null) {
    throw new DTypeError(`field: an array of dtype ${a.dtype.toString()} has no fields`);
  }
  if (typeof name !== "string") return a.retype(a.layout, selectFields(a.dtype, name));
  const part = a.dtype.field(name);
  const offset = a.layout.offset + part.offset;
  if (part.dtype.subdtype !== null) return unpacked(a, offset, part.dtype);
  return a.retype({ shape: a.layout.shape, strides: a.layout.strides, offset }, part.dtype);
}

/** A view whose elements are subarrays: their axes follow those of the array. */
function unpacked(a: NDArray, offset: number, dtype: Descriptor): NDArray {
  const element = unpackSubarray(dtype);
  const shape = [...a.layout.shape, ...element.shape];
  const strides = [...a.layout.strides, ...cStrides(element.shape, element.dtype.itemsize)];
  return a.retype({ shape, strides, offset }, element.dtype);
}

/**
 * The diagonal in the plane of two axes, which becomes the last axis. Returns a read-only view.
 *
 * @example
 * np.diagonal(np.array([[1, 2], [3, 4]])).tolist(); // [1, 4]
 */
export function diagonal<V extends ArrayInput>(
  a: V,
  offset = 0,
  axis1 = 0,
  axis2 = 1,
): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  const line = x.viewAs(diagonalLayout(x.layout, offset, axis1, axis2));
  line.bits &= ~WRITEABLE;
  return line;
}

/** How `slidingWindowView` moves. */
export interface SlidingWindowOptions {
  /** The axes along which the window moves; all of them if left out. */
  readonly axis?: Axes | null | undefined;
  /** Whether the view may be written, although its windows overlap. */
  readonly writeable?: boolean | undefined;
}

/**
 * Every window of a shape in `a`: new axes at the end run within the window. NumPy's
 * `lib.stride_tricks.sliding_window_view`. Returns a view, read-only unless asked otherwise.
 *
 * @throws ValueError when the window is longer than its axis.
 * @example
 * np.slidingWindowView(np.arange(4), 2).tolist(); // [[0, 1], [1, 2], [2, 3]]
 */
export function slidingWindowView<V extends ArrayInput>(
  a: V,
  windowShape: Axes,
  options: Axes | null | SlidingWindowOptions = {},
): NDArray<DTypeOfInput<V>> {
  const x = arrayFrom(a);
  const { axis = null, writeable = false } = isAxes(options) ? { axis: options } : options;
  const windows = x.viewAs(slidingWindow(x.layout, windowShape, axis));
  if (!writeable) windows.bits &= ~WRITEABLE;
  return windows;
}

function isAxes(given: Axes | null | SlidingWindowOptions): given is Axes | null {
  return given === null || typeof given === "number" || Array.isArray(given);
}
