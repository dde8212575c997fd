/**
 * Making an array of what somebody has: nested lists, scalars, arrays, typed arrays.
 */

import type { Complex } from "../dtype/complex.ts";
import type { TemporalLike } from "../dtype/date-coerce.ts";
import type { Datetime64, Timedelta64 } from "../dtype/date-scalars.ts";
import { type Descriptor, ownDType } from "../dtype/descriptor.ts";
import type { DType, ScalarLike, StructValue } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { sizedFor } from "../dtype/sized.ts";
import { isScalar, scalarDescriptor } from "../dtype/weak.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { indexLayout } from "../layout/basic.ts";
import { MAX_NDIM, type Order, shapeText } from "../layout/layout.ts";
import { reportView } from "./allocate.ts";
import { type DTypeArgument, dtypeAsked, keywordsOf, type NoDType, type WithDType } from "./arguments.ts";
import { castInto, copyReason, whyCopied } from "./duplicate.ts";
import { elementArray } from "./fresh.ts";
import { fromLists } from "./fromlists.ts";
import { NDArray } from "./ndarray.ts";
import { arrayOver, type DTypeOfTypedArray, type TypedArrayLike } from "./typedarrays.ts";

/** A moment or a span of time: a scalar of one, a JS date, a Temporal object. */
export type DateLike = Datetime64 | Timedelta64 | Date | TemporalLike;

/** A scalar, a text, a date, a typed array, or nested lists of these and of arrays. */
export type ArrayLike = ScalarLike | string | DateLike | TypedArrayLike | readonly unknown[];

/** All that an array is made of; a plain object is an element of a dtype with fields. */
export type ArrayInput = NDArray | ArrayLike | StructValue;

/** What the innermost lists hold. The depth is counted so that a type that contains itself comes to an end. */
type LeafOf<V, Depth extends readonly unknown[] = []> = Depth["length"] extends 16
  ? unknown
  : V extends readonly (infer E)[]
    ? LeafOf<E, [...Depth, unknown]>
    : V;

type DTypeOfLeaf<L> = [L] extends [never]
  ? "float64"
  : [L] extends [boolean]
    ? "bool"
    : [L] extends [bigint | boolean]
      ? "int64"
      : [L] extends [number | bigint | boolean]
        ? "float64"
        : [L] extends [ScalarLike]
          ? Complex extends L
            ? "complex128"
            : DType
          : [L] extends [ScalarLike | string]
            ? "str"
            : [L] extends [Timedelta64]
              ? "timedelta64"
              : [L] extends [DateLike]
                ? "datetime64"
                : L extends NDArray<infer D>
                  ? D
                  : L extends TypedArrayLike
                    ? DTypeOfTypedArray<L>
                    : DType;

/** The dtype that an array gets of what it is made of. */
export type DTypeOfInput<V> =
  V extends NDArray<infer D> ? D : V extends TypedArrayLike ? DTypeOfTypedArray<V> : DTypeOfLeaf<LeafOf<V>>;

/** How `array` and `asarray` make an array, but for the dtype. */
export interface ArrayKeywords {
  /** Order in memory; `"K"` if left out: that of the array it is made of, C for lists. */
  readonly order?: Order | undefined;
  /** Whether to copy an array that could stay as it is; false for an error where a copy is needed. */
  readonly copy?: boolean | null | undefined;
  /** The least number of axes; axes of length 1 are put in front. */
  readonly ndmin?: number | undefined;
}

/** How `array` and `asarray` make an array; the dtype is found out from the values if left out. */
export interface ArrayOptions extends ArrayKeywords, WithDType {}

/**
 * A new array of nested lists, of a scalar, of an array or of a typed array. Returns a copy.
 *
 * Numbers become float64, bigints int64 (uint64 where one needs it), booleans bool, Complex complex128, texts strings as
 * wide as the longest, a mixture what they are promoted to; arrays and typed arrays keep their dtype. What does not fit
 * the dtype asked for is an error, a string that is too long is cut; an array is cast without a question. An element with fields is an object or a list with a value for each field.
 *
 * @param options a dtype, or `{ dtype, order, copy, ndmin }`; order is `"K"`, copy true, ndmin 0 if left out
 * @throws ShapeError when lists are ragged, nested deeper than 64, or contain themselves.
 * @throws DTypeError when a value is of no kind that the dtype has a place for; null and holes never are.
 * @throws ValueError when a value is out of range of the dtype, or `copy: false` cannot be kept.
 * @example
 * np.array([[1, 2], [3, 4]]).dtype.name; // "float64"
 * np.array([[1, 2], [3, 4]], "int32").shape; // [2, 2]
 * np.array([{ x: 1, y: 2 }], [["x", "f4"], ["y", "u1"]]).at(0); // { x: 1, y: 2 }
 */
export function array<const S extends DTypeLike>(
  value: ArrayInput,
  options: DTypeArgument<S, ArrayKeywords>,
): NDArray<DTypeOf<S>>;
export function array<V extends ArrayInput>(
  value: V,
  options?: ArrayKeywords & NoDType,
): NDArray<DTypeOfInput<V>>;
export function array(value: ArrayInput, options?: DTypeLike | ArrayOptions | null): NDArray;
export function array(value: ArrayInput, options?: DTypeLike | ArrayOptions | null): NDArray {
  const keywords: ArrayOptions = keywordsOf(options);
  const copy = keywords.copy === undefined ? true : keywords.copy;
  return make(value, { ...keywords, copy }, "array", fromLists);
}

/**
 * The value as an array: an array of the right dtype and order itself, a typed array's memory without a copy, anything
 * else as `array` makes it.
 *
 * @param options a dtype, or `{ dtype, order, copy }`; with `copy: false` a copy that is needed is an error
 * @throws what `array` throws.
 * @example
 * const bytes = new Uint8Array(4);
 * np.asarray(bytes).set(0, 7); // bytes[0] is 7
 */
export function asarray<const S extends DTypeLike>(
  value: ArrayInput,
  options: DTypeArgument<S, ArrayKeywords>,
): NDArray<DTypeOf<S>>;
export function asarray<V extends ArrayInput>(
  value: V,
  options?: ArrayKeywords & NoDType,
): NDArray<DTypeOfInput<V>>;
export function asarray(value: ArrayInput, options?: DTypeLike | ArrayOptions | null): NDArray;
export function asarray(value: ArrayInput, options?: DTypeLike | ArrayOptions | null): NDArray {
  if (options === undefined && value instanceof NDArray) return value;
  return make(value, keywordsOf<ArrayOptions>(options), "asarray", reader);
}

/** The same as {@link asarray}: there are no subclasses of arrays. */
export const asanyarray: typeof asarray = asarray;

/** Makes a fresh array of what is no array: of a scalar, of lists. */
export type Reader = (value: unknown, dtype: Descriptor | null, order: "C" | "F", caller: string) => NDArray;

let reader: Reader = fromScalar;

/**
 * @internal Sets how functions read what is no array. Until the edge has them read lists and text, they know scalars alone,
 * so that who takes one function from `ndview/functions` does not load what reads these; `array` always does.
 */
export function readWith(next: Reader): void {
  reader = next;
}

function fromScalar(value: unknown, dtype: Descriptor | null, _: "C" | "F", caller: string): NDArray {
  const brought = isScalar(value) ? scalarDescriptor(value) : ownDType(value);
  const own = brought !== null || typeof value === "string" ? (dtype ?? brought) : null;
  if (own !== null) return elementArray(own.access.coerce(value), own, caller);
  const text = Array.isArray(value) ? "a list" : textOf(value);
  throw new DTypeError(
    `${caller}: ${text} is no array and no scalar; make an array of it with array(…), or import "ndview", whose functions read lists and text`,
  );
}

function make(value: unknown, options: ArrayOptions, caller: string, read: Reader): NDArray {
  const { order = "K", copy = null, ndmin = 0 } = options;
  if (!(order === "C" || order === "F" || order === "A" || order === "K")) {
    throw new ValueError(`${caller}: order ${textOf(order)} is none of "C", "F", "A" and "K"`);
  }
  const dtype = dtypeAsked(options);
  const given = arrayOver(value, caller);
  if (given !== null) return withAxes(fromArray(given, dtype, order, copy, caller), ndmin, caller);
  if (copy === false) {
    throw new ValueError(
      `${caller}: lists and scalars have to be copied into an array; leave copy: false out`,
    );
  }
  return withAxes(read(value, dtype, order === "F" ? "F" : "C", caller), ndmin, caller);
}

function fromArray(
  a: NDArray,
  asked: Descriptor | null,
  order: Order,
  copy: boolean | null,
  caller: string,
): NDArray {
  const dtype = asked === null ? a.dtype : sizedFor(asked, a.dtype);
  const rightType = a.dtype.equals(dtype);
  const ready = rightType && (order === "K" || order === "A" || a.isContiguous(order));
  if (ready && copy !== true) {
    reportView(a, caller);
    return a;
  }
  if (copy === false) {
    const why = rightType ? whyCopied(a, dtype, order) : `its dtype is ${a.dtype}, not ${dtype}`;
    throw new ValueError(
      `${caller}: an array of shape ${shapeText(a.layout.shape)} needs a copy, because ${why}; leave copy: false out`,
    );
  }
  // As in NumPy, where "A" comes to "K" when the dtype changes.
  const way = order === "A" && !rightType ? "K" : order;
  return castInto(a, dtype, way, copy === true ? caller : copyReason(a, dtype, order, caller));
}

/** With axes of length 1 in front up to `ndmin`. */
function withAxes(a: NDArray, ndmin: number, caller: string): NDArray {
  if (!(Number.isInteger(ndmin) && ndmin <= MAX_NDIM)) {
    throw new ValueError(`${caller}: ndmin ${textOf(ndmin)} is not an integer up to ${MAX_NDIM}`);
  }
  const missing = ndmin - a.ndim;
  if (missing <= 0) return a;
  // New axes as an index makes them: what is there already keeps its strides, also in an empty array.
  return a.viewAs(indexLayout(a.layout, new Array<null>(missing).fill(null)));
}
