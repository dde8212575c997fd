import { requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, Value } from "../dtype/map.ts";
import { IndexError } from "../errors.ts";
import { flatOffset, unravel } from "../layout/basic.ts";
import { cStrides } from "../layout/layout.ts";
import { reshapeLayout } from "../layout/reshape.ts";
import { clampSlice, parseIndexText, type Slice, type SliceRange, type SliceText } from "../layout/slice.ts";
import { reportCopy } from "./allocate.ts";
import { assign } from "./assign.ts";
import { castElements } from "./cast.ts";
import { flatten } from "./copy.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { copyArray, placeOf } from "./duplicate.ts";
import { isElement, scalars, setAt } from "./elements.ts";
import { requireWriteable } from "./flags.ts";
import { elementArray, emptyArray } from "./fresh.ts";
import { moveBytes } from "./move.ts";
import { NDArray } from "./ndarray.ts";

/** A position in C order, or a range of them: `":"`, `"1:3"`, `s(1, 3)`; `"..."` is all. */
export type FlatIndex = number | bigint | SliceText | `${bigint}` | "..." | Slice;

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

  /** All elements, as an array of one axis. Returns a copy. */
  copy(): NDArray<D> {
    return flatten(this.base, "C");
  }

  /**
   * Writes one element, or a range: the values are taken in C order, from the start again when they run out; those
   * that are too many are left out, and no values change nothing. The result is what it would be if the values had
   * been copied first.
   *
   * @throws ValueError when the array is read-only, or a value does not fit its dtype.
   * @throws IndexError when a position is out of bounds.
   * @example
   * const a = np.zeros([2, 3]);
   * a.flat.set("::2", [1, 2]); // elements 0, 2 and 4 become 1, 2 and 1
   */
  set(index: FlatIndex, values: ArrayInput): void {
    const { base } = this;
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
  const taken = emptyArray([range.count], a.dtype, "C", "flat");
  const { storage, layout } = taken;
  eachElement(a, range, (at, k) =>
    moveBytes(a.storage, at, storage, layout.offset + k * a.itemsize, a.itemsize),
  );
  reportCopy(taken.nbytes, "flat");
  return taken;
}

/** Calls `visit` with the byte of each element of a range, and how many came before it. */
function eachElement(
  a: NDArray,
  { start, count, step }: SliceRange,
  visit: (at: number, k: number) => void,
): void {
  for (let k = 0; k < count; k++) visit(flatOffset(a.layout, start + k * step), k);
}

function setOne(a: NDArray, position: number, value: ArrayInput): void {
  requireWriteable(a, "flat");
  setAt(a, unravel(position, a.layout.shape), value);
}

function setRange(a: NDArray, range: SliceRange, values: ArrayInput): void {
  requireWriteable(a, "flat");
  const given = valuesFor(a.dtype, values);
  if (given.size === 0 || range.count === 0) return;
  const line = repeated(given, range.count, a.dtype);
  const view = rangeView(a, range);
  const options = { casting: "no", caller: "flat" } as const;
  if (view !== null) assign(view, line, options);
  else if (range.step === 1 && range.count === a.size) {
    assign(a, line.viewAs(reshapeLayout(line.layout, a.layout.shape, a.itemsize, "C")!), options);
  } else {
    const [source, target] = [placeOf(line), placeOf(a)];
    const step = line.layout.strides[0]!;
    eachElement(a, range, (at, k) => {
      castElements([], { ...source, offset: source.offset + k * step }, { ...target, offset: at });
    });
  }
}

function valuesFor(dtype: Descriptor, values: ArrayInput): NDArray {
  if (values instanceof NDArray) return values;
  if (isElement(values, dtype)) return elementArray(dtype.access.coerce(values), dtype, "flat");
  return ArrayBuffer.isView(values) ? asarray(values) : asarray(values, dtype);
}

/** The elements of an array in C order, cast, over and over until there are `count`, along one axis. */
function repeated(given: NDArray, count: number, dtype: Descriptor): NDArray {
  requireCast(given.dtype, dtype, "unsafe", "flat");
  const { size, layout } = given;
  const once = emptyArray([size], dtype, "C", "flat");
  castElements(layout.shape, placeOf(given), {
    ...placeOf(once),
    strides: cStrides(layout.shape, dtype.itemsize),
  });
  reportCopy(once.nbytes, "flat");
  if (size === 1) return once.viewAs({ ...once.layout, shape: [count], strides: [0] });
  if (size >= count) return once.viewAs({ ...once.layout, shape: [count] });
  const line = emptyArray([count], dtype, "C", "flat");
  const { storage, layout: place } = line;
  const bytes = count * dtype.itemsize;
  moveBytes(once.storage, once.layout.offset, storage, place.offset, once.nbytes);
  for (let done = once.nbytes; done < bytes; done *= 2) {
    moveBytes(storage, place.offset, storage, place.offset + done, Math.min(done, bytes - done));
  }
  return line;
}
