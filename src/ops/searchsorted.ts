import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf, workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { isScalar } from "../dtype/weak.ts";
import { directionOf, type Elements, searchElements } from "../engine/search.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";

/** On which side of equal elements. */
export type Side = "left" | "right";

/** How to search. */
export interface SearchOptions {
  /** Before elements that are equal, or behind them; `"left"` if left out. */
  readonly side?: Side | undefined;
  /** Positions that sort the array, as `argsort` gives them; the array is sorted if left out. */
  readonly sorter?: ArrayInput | null | undefined;
}

/** What is found: a number for a scalar, else int32. */
export type Found<V> = V extends ScalarLike ? number : NDArray<"int32">;

/** @internal The elements of an array, in a dtype. */
export function elementsIn(a: NDArray, dtype: Descriptor, caller: string): Elements {
  const cast = a.dtype.equals(dtype) ? a : workingCopy(a, dtype, "K", caller);
  return { shape: cast.layout.shape, place: placeOf(cast) };
}

/** What to look for as an array: whole numbers are integers, as exact as integers can be compared. */
function needlesFrom(v: ArrayInput, among: Descriptor): NDArray {
  const whole = typeof v === "bigint" || (typeof v === "number" && Number.isSafeInteger(v));
  if (!whole) return asarray(v);
  const long = BigInt(v) >= 2n ** 63n || (among.type === "uint64" && v >= 0);
  return asarray(BigInt(v), long ? plain.uint64 : plain.int64);
}

function requireAxis(a: NDArray, caller: string, name: string): void {
  if (a.ndim === 1) return;
  throw new ShapeError(`${caller}: ${name} must have one axis, not the shape ${shapeText(a.layout.shape)}`);
}

function sorterFrom(sorter: ArrayInput | null | undefined, n: number): Elements | null {
  if (sorter === null || sorter === undefined) return null;
  const given = Array.isArray(sorter) ? asarray(sorter, plain.int32) : asarray(sorter);
  if (given.dtype.kind !== "i" && given.dtype.kind !== "u") {
    throw new DTypeError(`searchsorted: sorter must be integers, as argsort gives them, not ${given.dtype}`);
  }
  requireAxis(given, "searchsorted", "sorter");
  if (given.size !== n) {
    throw new ValueError(`searchsorted: sorter has ${given.size} positions for ${n} elements`);
  }
  const wide = workingCopy(given, plain.float64, "C", "searchsorted");
  const positions = new Float64Array(
    wide.storage.buffer as ArrayBuffer,
    wide.storage.origin + wide.layout.offset,
    n,
  );
  const outside = positions.find((position) => !(position >= 0 && position < n));
  if (outside !== undefined) {
    throw new ValueError(`searchsorted: sorter names position ${outside}, and there are ${n} elements`);
  }
  return elementsIn(given, plain.int32, "searchsorted");
}

/** Whether one number comes before another; NaN are last. */
function isBefore(x: number | bigint, y: number | bigint): boolean {
  return x < y || (Number.isNaN(y) && !Number.isNaN(x));
}

/** The place of one number among real ones that it can be compared with as it is; else null. */
function placeOfNumber({ dtype, layout, storage }: NDArray, v: ArrayInput, side: Side): number | null {
  if (typeof v !== "number" && typeof v !== "bigint") return null;
  const { kind, itemsize } = dtype;
  const long = itemsize === 8 && kind !== "f";
  const whole = typeof v === "bigint" || Number.isSafeInteger(v);
  if (!(kind === "f" || kind === "i" || kind === "u") || (long && !whole)) return null;
  if (typeof v === "bigint" && !long) return null;
  const { view } = storage;
  const step = layout.strides[0]!;
  let [low, high] = [0, layout.shape[0]!];
  while (low < high) {
    // Views that repeat elements may be longer than 32 bits count.
    const middle = Math.floor((low + high) / 2);
    const x = dtype.access.read(view, layout.offset + middle * step) as number | bigint;
    const before = side === "left" ? isBefore(x, v) : !isBefore(v, x);
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The places of what is looked for, of a scalar as a number. */
function placesOf(
  a: NDArray,
  needles: NDArray,
  scalar: boolean,
  sorter: Elements | null,
  side: Side,
  caller: string,
): NDArray<"int32"> | number {
  const dtype = promoteAll([a.dtype, needles.dtype], caller);
  const result = unsetArray(needles.layout.shape, plain.int32, "C", caller);
  const among = elementsIn(a, dtype, caller);
  const search = { among, needles: elementsIn(needles, dtype, caller), sorter, strict: false, caller };
  searchElements(search, side, placeOf(result));
  return scalar ? result.at() : result;
}

/**
 * Where elements would have to be put into a sorted array for it to stay sorted: before elements that are equal, or behind
 * them. Both are compared in the dtype that they are promoted to. NaN belong to the end.
 *
 * @param a an array of one axis, sorted unless a sorter is given
 * @param v what to look for, of any shape
 * @param options a side, or `{ side, sorter }`
 * @returns a number for a scalar, else an array of int32 of the shape of `v`
 * @throws ShapeError when `a` has not one axis; ValueError for an unknown side or positions that are not there; DTypeError
 * for a sorter that is not of integers.
 * @example
 * np.searchsorted(np.array([11, 12, 13]), 12); // 1
 * np.searchsorted(np.array([11, 12, 13]), 12, "right"); // 2
 * np.searchsorted(np.array([11, 12, 13]), np.array([-10, 20, 12])).tolist(); // [0, 3, 1]
 */
export function searchsorted<const V extends ArrayInput>(
  a: ArrayInput,
  v: V,
  options: Side | SearchOptions = {},
): Found<V> {
  const { side = "left", sorter }: SearchOptions =
    typeof options === "string" ? { side: options } : optionsFrom(options, "searchsorted");
  if (side !== "left" && side !== "right") {
    throw new ValueError(`searchsorted: side ${textOf(side)} is neither "left" nor "right"`);
  }
  const among = asarray(a);
  requireAxis(among, "searchsorted", "a");
  const single = sorter === undefined ? placeOfNumber(among, v, side) : null;
  if (single !== null) return single as Found<V>;
  const order = sorterFrom(sorter, among.size);
  const needles = needlesFrom(v, among.dtype);
  return placesOf(among, needles, isScalar(v), order, side, "searchsorted") as Found<V>;
}

/** Which edge of a bin belongs to it. */
export interface DigitizeOptions {
  /** Whether the right edge does, and not the left one; false if left out. */
  readonly right?: boolean | undefined;
}

/**
 * The number of the bin that each element falls into: `i` where `bins[i - 1] <= x < bins[i]`, of bins that rise, 0 below the
 * first and their number above the last. Bins may fall too.
 *
 * @param options whether the right edge belongs to a bin, or `{ right }`
 * @returns a number for a scalar, else an array of int32 of the shape of `x`
 * @throws ValueError when bins neither rise nor fall; ShapeError when they have not one axis; DTypeError for complex numbers.
 * @example
 * np.digitize(np.array([0.2, 6.4, 3]), np.array([0, 1, 2.5, 4, 10])).tolist(); // [1, 4, 3]
 */
export function digitize<const V extends ArrayInput>(
  x: V,
  bins: ArrayInput,
  options: boolean | DigitizeOptions = {},
): Found<V> {
  const { right = false } =
    typeof options === "boolean" ? { right: options } : optionsFrom(options, "digitize");
  const edges = asarray(bins);
  const needles = needlesFrom(x, edges.dtype);
  for (const [name, { dtype }] of [
    ["x", needles],
    ["bins", edges],
  ] as const) {
    if (dtype.kind === "c" || dtype.kind === "V")
      throw new DTypeError(`digitize: ${name} must be real numbers, not ${dtype}`);
  }
  requireAxis(edges, "digitize", "bins");
  const direction = directionOf({ shape: edges.layout.shape, place: placeOf(edges) }, "digitize");
  if (direction === 0) throw new ValueError("digitize: bins must rise or fall from one to the next");
  const side = right ? "left" : "right";
  if (direction > 0) return placesOf(edges, needles, isScalar(x), null, side, "digitize") as Found<V>;
  const found = placesOf(edges.slice("::-1"), needles, isScalar(x), null, side, "digitize");
  if (typeof found === "number") return (edges.size - found) as Found<V>;
  const numbers = new Int32Array(
    found.storage.buffer as ArrayBuffer,
    found.storage.origin + found.layout.offset,
    found.size,
  );
  for (let k = 0; k < numbers.length; k++) numbers[k] = edges.size - numbers[k]!;
  return found as unknown as Found<V>;
}
