import type { Descriptor } from "../dtype/descriptor.ts";
import type { DataArray, DType, Value } from "../dtype/map.ts";
import { textOf, ValueError } from "../errors.ts";
import { type BasicIndex, elementOffset, indexLayout } from "../layout/basic.ts";
import {
  contiguityReason,
  isAligned,
  isCContiguous,
  isFContiguous,
  startReason,
} from "../layout/contiguity.ts";
import { type Layout, shapeText, sizeOf } from "../layout/layout.ts";
import { reverseAxes, swapAxes } from "../layout/movement.ts";
import { Flags, OWNDATA, WRITEABLE } from "./flags.ts";
import type { Storage } from "./storage.ts";

let observer: ((a: NDArray) => void) | null = null;

/** @internal Sets who is told of every array that is made; null for nobody. */
export function observeArrays(next: typeof observer): void {
  observer = next;
}

/** What an array is a view of: another array, or memory that somebody else made. */
export type Base = NDArray | ArrayBufferLike | null;

/**
 * A window on memory: a buffer, a dtype and a layout. Made by `np.array`, `np.zeros`, `np.fromStrided` and
 * their kin, never by `new`.
 */
export class NDArray<D extends DType = DType> {
  /** @internal */
  readonly storage: Storage;
  /** @internal */
  readonly layout: Layout;
  /** The dtype as an object. */
  readonly dtype: Descriptor<D>;
  /** What this array is a view of, or null when it owns its memory. */
  readonly base: Base;
  /** @internal OWNDATA and WRITEABLE */
  bits: number;

  /** @internal */
  constructor(storage: Storage, layout: Layout, dtype: Descriptor<D>, base: Base, bits: number) {
    this.storage = storage;
    this.layout = layout;
    this.dtype = dtype;
    this.base = base;
    this.bits = bits;
    if (observer !== null) observer(this);
  }

  /** The length of each axis, as a fresh list. */
  get shape(): number[] {
    return this.layout.shape.slice();
  }

  /** Bytes from one element to the next along each axis, as a fresh list. */
  get strides(): number[] {
    return this.layout.strides.slice();
  }

  /** The byte of `buffer` at which element (0, 0, …) lies. */
  get byteOffset(): number {
    return this.storage.settle().origin + this.layout.offset;
  }

  /**
   * The memory that this array looks at; other arrays may look at it too. What lies in the engine's memory, where arrays
   * that are often used live, moves to a buffer of its own first, once.
   */
  get buffer(): ArrayBufferLike {
    return this.storage.settle().buffer;
  }

  /** The number of axes. */
  get ndim(): number {
    return this.layout.shape.length;
  }

  /** The number of elements. */
  get size(): number {
    return sizeOf(this.layout.shape);
  }

  /** Bytes of one element. */
  get itemsize(): number {
    return this.dtype.itemsize;
  }

  /** Bytes of all elements; a broadcast view counts repeated elements each time. */
  get nbytes(): number {
    return this.size * this.dtype.itemsize;
  }

  /** The length of the first axis. */
  get length(): number {
    if (this.layout.shape.length === 0) throw new ValueError("length: a 0-d array has no length");
    return this.layout.shape[0] as number;
  }

  /** Contiguity, ownership, writeability and alignment, by NumPy's rules. */
  get flags(): Flags {
    return new Flags(this);
  }

  /** @internal */
  isContiguous(order: "C" | "F"): boolean {
    return order === "C"
      ? isCContiguous(this.layout, this.dtype.itemsize)
      : isFContiguous(this.layout, this.dtype.itemsize);
  }

  /** @internal */
  isAligned(): boolean {
    return isAligned(this.layout, this.dtype.alignment);
  }

  /** @internal A view of the same dtype over the same memory. */
  viewAs(layout: Layout): NDArray<D> {
    if (this.storage.wide !== null) return partOf(this, layout, this.dtype);
    return new NDArray(this.storage, layout, this.dtype, viewBase(this), this.bits & WRITEABLE);
  }

  /** @internal A view of another dtype over the same memory. */
  retype<E extends DType>(layout: Layout, dtype: Descriptor<E>): NDArray<E> {
    if (this.storage.wide !== null) return partOf(this, layout, dtype);
    return new NDArray(this.storage, layout, dtype, viewBase(this), this.bits & WRITEABLE);
  }

  /** All axes in reverse order. Returns a view. */
  get T(): NDArray<D> {
    return this.viewAs(reverseAxes(this.layout));
  }

  /** The last two axes exchanged. Returns a view. */
  get mT(): NDArray<D> {
    const { ndim } = this;
    if (ndim < 2) throw new ValueError(`mT: an array of ${ndim} axes has no matrices; it needs at least 2`);
    return this.viewAs(swapAxes(this.layout, ndim - 2, ndim - 1));
  }

  /**
   * The part of the array that a basic index names. Returns a view, always.
   *
   * @example
   * const a = np.array([[1, 2, 3], [4, 5, 6]]);
   * a.slice(":", "::-1"); // columns in reverse
   * a.slice(0);           // the first row
   */
  slice(...index: BasicIndex[]): NDArray<D> {
    return this.viewAs(indexLayout(this.layout, index));
  }

  /** The element at a full index, one integer an axis; negative ones count from the end. */
  at(...index: number[]): Value<D> {
    const at = elementOffset(this.layout, index);
    // Asking whether the buffer is still there costs as much as reading: asked only once reading has failed.
    try {
      return this.dtype.access.read(this.storage.unchecked, at);
    } catch (error) {
      this.storage.alive();
      throw error;
    }
  }

  /**
   * The elements as one typed array in C order, over the same memory: nothing is copied, but for what lies in the engine's
   * memory, which moves to a buffer of its own first, once (see `buffer`).
   * Throws when the array is not C-contiguous or not aligned.
   */
  get data(): DataArray<D> {
    this.storage.settle();
    return dataOf(this);
  }

  /** Sets flags by NumPy's rules: `write: true` is allowed when the owner of the memory is writeable. */
  setflags(flags: { write?: boolean; align?: boolean }): void {
    if (flags.align === true && !this.isAligned()) {
      throw new ValueError("setflags: align cannot be true, the elements are not aligned");
    }
    if (flags.write === false) this.bits &= ~WRITEABLE;
    if (flags.write === true) {
      if (!mayBeWriteable(this)) {
        throw new ValueError(
          "setflags: write cannot be true, the array that owns the memory is read-only; copy it",
        );
      }
      this.bits |= WRITEABLE;
    }
  }
}

/** @internal `a.data` for the library itself, which keeps it for no longer than a call: lent memory stays where it is. */
export function dataOf<D extends DType>({ storage, layout, dtype }: NDArray<D>): DataArray<D> {
  storage.alive();
  if (storage.wide !== null) storage.settle();
  const why = contiguityReason(layout, dtype.itemsize, "C");
  if (why !== null) {
    throw new ValueError(
      `data: array of shape ${shapeText(layout.shape)} has byte strides ${shapeText(layout.strides)} and is not C-contiguous (${why}); use ascontiguousarray(a).data`,
    );
  }
  const start = storage.origin + layout.offset;
  const shifted = startReason(start, dtype.lane.BYTES_PER_ELEMENT);
  if (shifted !== null) throw new ValueError(`data: ${shifted}; use copy(a).data`);
  return new dtype.lane(
    // The typed array classes take either kind of buffer; their types disagree about it.
    storage.buffer as ArrayBuffer,
    start,
    sizeOf(layout.shape) * dtype.laneLength,
  ) as DataArray<D>;
}

/** @internal Throws for what is no array, where a function takes nothing else. */
export function requireArray(a: unknown, caller: string): asserts a is NDArray {
  if (!(a instanceof NDArray))
    throw new ValueError(`${caller}: ${textOf(a)} is no array; make one with np.array`);
}

/** What a view of `parent` has as its base: the owner at the end of the chain, as NumPy collapses it. */
function viewBase(parent: NDArray): NDArray {
  let owner = parent;
  while ((owner.bits & OWNDATA) === 0 && owner.base instanceof NDArray) owner = owner.base;
  return owner;
}

/** A view of an array that is too large for one buffer: what lies in a part that is not is an array like any other. */
function partOf<D extends DType>(a: NDArray, layout: Layout, dtype: Descriptor<D>): NDArray<D> {
  const part = a.storage.wide!.narrowed(a.storage, layout, dtype.itemsize) ?? { storage: a.storage, layout };
  return new NDArray(part.storage, part.layout, dtype, viewBase(a), a.bits & WRITEABLE);
}

function mayBeWriteable(array: NDArray): boolean {
  if (array.bits & OWNDATA || array.base === null) return true;
  let owner: Base = array.base;
  while (owner instanceof NDArray) {
    if (owner.bits & WRITEABLE) return true;
    if (owner.bits & OWNDATA || owner.base === null) return false;
    owner = owner.base;
  }
  return true;
}
