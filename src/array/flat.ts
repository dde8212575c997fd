import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, Value } from "../dtype/map.ts";
import { IndexError } from "../errors.ts";
import { flatOffset, unravel } from "../layout/basic.ts";
import { shapeText } from "../layout/layout.ts";
import { reshapeLayout } from "../layout/reshape.ts";
import { clampSlice, parseIndexText, type Slice, type SliceRange, type SliceText } from "../layout/slice.ts";
import { assign } from "./assign.ts";
import { flatten } from "./copy.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { copyArray } from "./duplicate.ts";
import { isElement, scalars, setAt } from "./elements.ts";
import { requireWriteable } from "./flags.ts";
import { putFlat, repeatedLine, takeFlat } from "./flatmove.ts";
import { elementArray } from "./fresh.ts";
import { wholeNumbers } from "./index-plan.ts";
import { NDArray } from "./ndarray.ts";
import { nonzeroArrays } from "./truths.ts";

/** A position in C order, or a range of them: `":"`, `"1:3"`, `s(1, 3)`; `"..."` is all. */
export type FlatIndex = number | bigint | SliceText | `${bigint}` | "..." | Slice;

/** Positions in C order: an array or lists of integers, or a mask of one axis as long as there are elements. */
export type FlatPositions = NDArray | ArrayBufferView | readonly unknown[];

/**
 * The elements of an array as one line in C order, whatever their layout: what NumPy calls `a.flat`. Reading a range
 * copies it, writing goes to the array.
 */
export class Flat<D extends DType = DType> {
  /** The array whose elements these are. */
  readonly base: NDArray<D>;

  /** @internal Use {@link flat}. */
  constructor(base: NDArray<D>) {
    this.base = base;
  }

  /** The number of elements. */
  get length(): number {
    return this.base.size;
  }

  /** The element at a position, which may be counted from the back. */
  at(position: number): Value<D> {
    const { base } = this;
    return base.dtype.access.read(base.storage.view, flatOffset(base.layout, position));
  }

  /** The elements of a range, as an array of one axis. Returns a copy. */
  slice(range: FlatIndex): NDArray<D> {
    return takeRange(this.base, rangeOf(range, this.length));
  }

  /**
   * The elements at positions, as an array of their shape, or those that a mask picks. Returns a copy.
   *
   * @throws IndexError when a position is out of bounds, or the mask is not one axis of all elements.
   * @example
   * np.array([[1, 2], [3, 4]]).T.flat.gather([1, -1]).tolist(); // [3, 4]
   */
  gather(positions: FlatPositions): NDArray<D> {
    return takeFlat(this.base, positionsFrom(positions, this.length), "raise", "flat");
  }

  /** All elements, as an array of one axis. Returns a copy. */
  copy(): NDArray<D> {
    return flatten(this.base, "C");
  }

  /**
   * Writes one element, a range, or the elements at positions: the values are taken in C order, from the start again when they run out; those
   * that are too many are left out, and no values change nothing. The result is what it would be if the values had
   * been copied first.
   *
   * @throws ValueError when the array is read-only, or a value does not fit its dtype.
   * @throws IndexError when a position is out of bounds.
   * @example
   * const a = np.zeros([2, 3]);
   * a.flat.set("::2", [1, 2]); // elements 0, 2 and 4 become 1, 2 and 1
   */
  set(index: FlatIndex | FlatPositions, values: ArrayInput): void {
    const { base } = this;
    if (isPositions(index)) {
      setPositions(base, index, values);
      return;
    }
    const choice = resolve(index);
    if (typeof choice === "number") setOne(base, choice, values);
    else setRange(base, clampSlice(choice, base.size), values);
  }

  [Symbol.iterator](): IterableIterator<Value<D>> {
    return scalars(this.base);
  }
}

/**
 * The elements of an array as one line in C order; NumPy's `a.flat`. Nothing is copied before a range is read.
 *
 * @example
 * np.array([[1, 2], [3, 4]]).T.flat.at(1); // 3
 */
export function flat<D extends DType>(a: NDArray<D>): Flat<D> {
  return new Flat(a);
}

function isPositions(index: FlatIndex | FlatPositions): index is FlatPositions {
  return index instanceof NDArray || Array.isArray(index) || ArrayBuffer.isView(index);
}

/** Positions as an array of integers. */
function positionsFrom(given: FlatPositions, length: number): NDArray {
  const array: NDArray = asarray(given as ArrayInput);
  if (array.dtype.kind === "b") {
    if (array.ndim === 1 && array.size === length) return nonzeroArrays(array, "flat")[0]!;
    throw new IndexError(
      `flat: a mask for ${length} elements has one axis of that length, not the shape ${shapeText(array.layout.shape)}`,
    );
  }
  const whole = given instanceof NDArray || ArrayBuffer.isView(given) ? array : wholeNumbers(array);
  if (whole !== null && (whole.dtype.kind === "i" || whole.dtype.kind === "u")) return whole;
  throw new IndexError(`flat: positions are integers, not of ${array.dtype}`);
}

function setPositions(base: NDArray, given: FlatPositions, values: ArrayInput): void {
  requireWriteable(base, "flat");
  const positions = positionsFrom(given, base.size);
  const from = valuesFor(base.dtype, values);
  if (from.size === 0 || positions.size === 0) return;
  putFlat(base, positions, repeatedLine(from, positions.size, base.dtype, "flat"), "raise", "flat");
}

/** A position, or the range of positions that a slice selects. */
function resolve(index: FlatIndex): number | Slice {
  if (typeof index === "bigint") return Number(index);
  if (typeof index === "string") return parseIndexText(index === "..." ? ":" : index);
  return index;
}

function rangeOf(index: FlatIndex, length: number): SliceRange {
  const choice = resolve(index);
  if (typeof choice !== "number") return clampSlice(choice, length);
  throw new IndexError(
    `flat: ${choice} is one position, not a range; use at(${choice}), or a slice such as "1:3"`,
  );
}

/** The elements of a range as a view, where strides can say which they are. */
function rangeView<D extends DType>(a: NDArray<D>, { start, count, step }: SliceRange): NDArray<D> | null {
  const line = reshapeLayout(a.layout, [a.size], a.itemsize, "C");
  if (line === null) return null;
  const stride = line.strides[0]!;
  return a.viewAs({ shape: [count], strides: [step * stride], offset: line.offset + start * stride });
}

function takeRange<D extends DType>(a: NDArray<D>, range: SliceRange): NDArray<D> {
  const view = rangeView(a, range);
  if (view !== null) return copyArray(view, "C", "flat");
  return range.step === 1 && range.count === a.size
    ? flatten(a, "C")
    : takeFlat(a, rangePositions(range), "raise", "flat");
}

/** The positions of a range. */
function rangePositions({ start, count, step }: SliceRange): NDArray {
  const near = Math.max(start, start + count * step) < 2 ** 31;
  const list = near ? new Int32Array(count) : new BigInt64Array(count);
  for (let k = 0; k < count; k++) list[k] = near ? start + k * step : (BigInt(start + k * step) as never);
  return asarray(list);
}

function setOne(a: NDArray, position: number, value: ArrayInput): void {
  requireWriteable(a, "flat");
  setAt(a, unravel(position, a.layout.shape), value);
}

function setRange(a: NDArray, range: SliceRange, values: ArrayInput): void {
  requireWriteable(a, "flat");
  const given = valuesFor(a.dtype, values);
  if (given.size === 0 || range.count === 0) return;
  const line = repeatedLine(given, range.count, a.dtype, "flat");
  const view = rangeView(a, range);
  const options = { casting: "no", caller: "flat" } as const;
  if (view !== null) assign(view, line, options);
  else if (range.step === 1 && range.count === a.size) {
    assign(a, line.viewAs(reshapeLayout(line.layout, a.layout.shape, a.itemsize, "C")!), options);
  } else putFlat(a, rangePositions(range), line, "raise", "flat");
}

function valuesFor(dtype: Descriptor, values: ArrayInput): NDArray {
  if (values instanceof NDArray) return values;
  if (isElement(values, dtype)) return elementArray(dtype.access.coerce(values), dtype, "flat");
  return ArrayBuffer.isView(values) ? asarray(values) : asarray(values, dtype);
}
