/**
 * The gate: what leaves for a library outside goes through here, so that it has the layout which that library really
 * reads, is copied only when it must be, and the reason is said in words.
 */

import { allocateBuffer, reportCopy, reportView } from "../array/allocate.ts";
import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { castInto, placeOf } from "../array/duplicate.ts";
import { WRITEABLE } from "../array/flags.ts";
import { adoptLayout } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { type Casting, requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DataArray, DType } from "../dtype/map.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { startReason } from "../layout/contiguity.ts";
import { byteRange, cStrides, fStrides, type Layout, sizeOf } from "../layout/layout.ts";
import { reverseAxes } from "../layout/movement.ts";
import { type LayoutRequirement, misfit } from "../layout/requirement.ts";

/** What a consumer takes; what is left out may be anything. */
export interface HandoffRequirement extends LayoutRequirement {
  /** Who it is, for the reasons: "torch". */
  readonly consumer?: string | undefined;
  /** The dtypes it takes, the best first: an array of another one is cast to the first that holds its values. */
  readonly dtypes?: DTypeLike | readonly DTypeLike[] | undefined;
  /** How far a cast may go, as in `astype`; "safe" if left out. */
  readonly casting?: Casting | undefined;
  /** Whether memory of a SharedArrayBuffer will do. True if left out. */
  readonly shared?: boolean | undefined;
  /** Whether the consumer writes. A read-only array is copied then, and what is written does not come back to it. */
  readonly writable?: boolean | undefined;
  /** Whether the consumer can be told that it gets the transpose, as BLAS can. */
  readonly transposable?: boolean | undefined;
  /** Whether the memory has to be a buffer of its own from the first byte to the last. */
  readonly wholeBuffer?: boolean | undefined;
  /** Whether to copy where it must be; false makes it an error. True if left out. */
  readonly copy?: boolean | undefined;
}

/** Memory that a consumer may have. */
export interface Handoff<D extends DType = DType> {
  /** A typed array from the lowest byte of the elements to the highest, of the class that `a.data` has. */
  readonly data: DataArray<D>;
  readonly shape: readonly number[];
  /** In bytes. */
  readonly strides: readonly number[];
  /** Where element (0, 0, …) is, in bytes from the start of `data`. */
  readonly offset: number;
  readonly dtype: Descriptor<D>;
  /** Whether shape and strides are those of the transpose, all axes in reverse. */
  readonly transposed: boolean;
  /** Whether this is a copy, so that what is written to it does not reach the array. */
  readonly copied: boolean;
  /** Why it is a copy or a transpose: `axis 1 has stride -8; torch takes only positive strides`. Empty if neither. */
  readonly reason: string;
}

/**
 * An array as memory that a consumer may have: its own memory where the layout fits, else one copy that fits.
 *
 * @throws DTypeError when no dtype that the consumer takes holds the values.
 * @throws ShapeError when the array has more axes than the consumer takes.
 * @throws ValueError with the reason, when a copy is needed and `copy` is false.
 * @example
 * const a = np.array([[1, 2, 3], [4, 5, 6]]);
 * const given = np.handoff(a.slice(":", "::-1"), { consumer: "torch", negative: false });
 * given.copied; // true
 * given.reason; // "axis 1 has stride -8; torch takes only positive strides"
 * np.handoff(a.T, { order: "C", transposable: true }).copied; // false
 */
export function handoff<D extends DType>(a: NDArray<D>, requirement?: HandoffRequirement): Handoff<D>;
export function handoff(a: ArrayInput, requirement?: HandoffRequirement): Handoff;
export function handoff(a: ArrayInput, requirement: HandoffRequirement = {}): Handoff {
  if (typeof requirement !== "object" || requirement === null)
    throw new ValueError('handoff: the requirement is an object, such as { order: "C" }');
  const array = asarray(a);
  const { consumer = "the consumer", maxRank = Number.POSITIVE_INFINITY } = requirement;
  if (array.ndim > maxRank)
    throw new ShapeError(`handoff: the array has ${array.ndim} axes; ${consumer} takes at most ${maxRank}`);
  const wanted = dtypeFor(array, requirement, consumer);
  const reason = wrongDType(array, wanted, consumer) ?? wrongMemory(array, requirement, consumer);
  if (reason !== null) return copied(array, wanted, requirement, reason);
  const wrong = misplaced(array, array.layout, requirement, consumer);
  if (wrong === null) {
    reportView(array, "handoff");
    return lent(array, array.layout, "");
  }
  if (requirement.transposable === true) {
    const turned = reverseAxes(array.layout);
    if (misplaced(array, turned, requirement, consumer) === null) {
      reportView(array, "handoff");
      return lent(array, turned, `${wrong}; the transpose fits`);
    }
  }
  return copied(array, wanted, requirement, wrong);
}

/** The dtype that the consumer gets. */
export function dtypeFor(array: NDArray, requirement: HandoffRequirement, consumer: string): Descriptor {
  const { dtypes, casting = "safe" } = requirement;
  if (dtypes === undefined) return array.dtype;
  const accepted = (Array.isArray(dtypes) ? dtypes : [dtypes]).map((one) => descriptorFor(one as DTypeLike));
  const same = accepted.find((one) => one.equals(array.dtype));
  if (same !== undefined) return array.dtype;
  for (const one of accepted) {
    try {
      requireCast(array.dtype, one, casting, "handoff");
      return one;
    } catch (error) {
      if (!(error instanceof DTypeError)) throw error;
    }
  }
  throw new DTypeError(
    `handoff: ${consumer} takes ${accepted.join(", ")}, and ${array.dtype} does not go into them by the rule "${casting}"; cast it with astype`,
  );
}

export function wrongDType(array: NDArray, wanted: Descriptor, consumer: string): string | null {
  return wanted.equals(array.dtype) ? null : `the dtype is ${array.dtype}; ${consumer} gets ${wanted}`;
}

export function wrongMemory(
  array: NDArray,
  { shared = true, writable = false }: HandoffRequirement,
  consumer: string,
): string | null {
  if (!shared && isShared(array.storage.buffer))
    return `the memory is a SharedArrayBuffer; ${consumer} takes none`;
  if (writable && (array.bits & WRITEABLE) === 0) return `the array is read-only; ${consumer} writes`;
  return null;
}

function isShared(buffer: ArrayBufferLike): boolean {
  return typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
}

/** Why these elements cannot be lent as they lie, or null: then they lie where they may be shown. */
function misplaced(
  array: NDArray,
  layout: Layout,
  requirement: HandoffRequirement,
  consumer: string,
): string | null {
  const wrong = wrongLayout(array, layout, requirement, consumer);
  if (wrong !== null) return wrong;
  array.storage.settle();
  return wrongLayout(array, layout, requirement, consumer);
}

/** The same, of memory that was lent as far as it can be known before it moves. */
function wrongLayout(
  array: NDArray,
  layout: Layout,
  requirement: HandoffRequirement,
  consumer: string,
): string | null {
  const { dtype, storage } = array;
  const lane = dtype.lane.BYTES_PER_ELEMENT;
  // Alignment counts from the start of the buffer, of which a storage may be a part.
  const placed = { ...layout, offset: layout.offset + storage.origin };
  const reason = misfit(placed, dtype.itemsize, requirement, consumer);
  if (reason !== null) return reason;
  const start = storage.origin + byteRange(layout, dtype.itemsize)[0];
  const shifted = startReason(start, lane);
  if (shifted !== null) return `${shifted}; a typed array cannot`;
  const bytes = sizeOf(layout.shape) * dtype.itemsize;
  if (storage.lender !== null) return null;
  if (requirement.wholeBuffer === true && (start !== 0 || storage.buffer.byteLength !== bytes))
    return `the elements take ${bytes} bytes of a buffer of ${storage.buffer.byteLength}; ${consumer} takes only whole buffers`;
  return null;
}

function lent(array: NDArray, layout: Layout, reason: string): Handoff {
  const { storage, dtype } = array;
  storage.alive();
  const empty = sizeOf(layout.shape) === 0;
  const [low, high] = empty ? [layout.offset, layout.offset] : byteRange(layout, dtype.itemsize);
  const lane = dtype.lane.BYTES_PER_ELEMENT;
  // Strides that are no multiples of the itemsize may end between two elements of the typed array.
  const length = Math.floor((high - low) / lane);
  return {
    data: new dtype.lane(storage.buffer as ArrayBuffer, storage.origin + low, length) as DataArray<DType>,
    shape: layout.shape.slice(),
    strides: layout.strides.slice(),
    offset: layout.offset - low,
    dtype,
    transposed: layout !== array.layout,
    copied: false,
    reason,
  };
}

function copied(
  array: NDArray,
  wanted: Descriptor,
  requirement: HandoffRequirement,
  reason: string,
): Handoff {
  if (requirement.copy === false) throw new ValueError(`handoff: needs a copy, and copy is false: ${reason}`);
  const made = copyFor(array, wanted, requirement, `handoff: ${reason}`);
  made.storage.settle();
  return { ...lent(made, made.layout, reason), copied: true };
}

function copyFor(
  array: NDArray,
  dtype: Descriptor,
  { order, wholeBuffer, alignment = 1 }: HandoffRequirement,
  reason: string,
): NDArray {
  const way = order === "F" ? "F" : "C";
  // Small arrays share buffers, in which they start at multiples of some bytes.
  if (wholeBuffer !== true && alignment <= 8) return castInto(array, dtype, way, reason);
  const { shape } = array.layout;
  const strides = (way === "F" ? fStrides : cStrides)(shape, dtype.itemsize);
  const buffer = allocateBuffer(sizeOf(shape) * dtype.itemsize, reason);
  const made = adoptLayout(buffer, { shape, strides, offset: 0 }, dtype, true, "handoff");
  castElements(shape, placeOf(array), placeOf(made));
  reportCopy(made.nbytes, reason);
  return made;
}
