import { type Casting, requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, ScalarLike } from "../dtype/map.ts";
import { type DTypeLike, type DTypeOf, descriptorFor } from "../dtype/parse.ts";
import { sizedFor } from "../dtype/sized.ts";
import { rawDescriptor } from "../dtype/struct.ts";
import { plain } from "../dtype/table.ts";
import { isScalar, promoteWeak, scalarDescriptor } from "../dtype/weak.ts";
import { ValueError } from "../errors.ts";
import { cStrides, fStrides, type Layout, type Order } from "../layout/layout.ts";
import { allocatedStrides, resolveOrder } from "../layout/order.ts";
import { reportCopy, reportView } from "./allocate.ts";
import { optionsFrom } from "./arguments.ts";
import { assign } from "./assign.ts";
import { castElements } from "./cast.ts";
import { withUnitOf } from "./caststrings.ts";
import { type ArrayInput, asarray, type DTypeOfInput } from "./create.ts";
import { castInto, checkOrder, copyArray, copyReason, isPlain, placeOf } from "./duplicate.ts";
import { elementArray, emptyArray } from "./fresh.ts";
import { dataOf, NDArray } from "./ndarray.ts";
import { bringNear } from "./residence.ts";
import { requireNumbers, requireSame } from "./samevalue.ts";

/**
 * The public functions that copy an array, or copy it when they have to.
 */

/** An order, alone or as a keyword. */
export type OrderOption = Order | { readonly order?: Order | undefined };

function orderFrom(option: OrderOption | undefined, fallback: Order, caller: string): Order {
  return checkOrder((typeof option === "string" ? option : option?.order) ?? fallback, caller);
}

/**
 * A copy that owns its memory. The order is `"K"` if left out, which keeps the order of the axes in memory; the
 * method `a.copy()` makes C order of it, as in NumPy. Returns a copy.
 *
 * @example
 * const a = np.array([[1, 2], [3, 4]]);
 * np.copy(a.T).flags.fContiguous; // true
 * np.copy(a.T, "C").flags.cContiguous; // true
 */
export function copy<V extends ArrayInput>(a: V, order?: OrderOption): NDArray<DTypeOfInput<V>> {
  return copyArray(asarray(a), orderFrom(order, "K", "copy"), "copy");
}

/**
 * All elements in one axis, in C order, Fortran order, the one of the two the array has (`"A"`), or the order of the
 * axes in memory (`"K"`). Returns a copy.
 *
 * @example
 * np.array([[1, 2], [3, 4]]).flatten("F").tolist(); // [1, 3, 2, 4]
 */
export function flatten<V extends ArrayInput>(a: V, order?: OrderOption): NDArray<DTypeOfInput<V>> {
  return flattened(asarray(a), orderFrom(order, "C", "flatten"), "flatten");
}

/** @internal A copy of all elements in one axis. */
export function flattened<D extends DType>(source: NDArray<D>, order: Order, reason: string): NDArray<D> {
  const flat = emptyArray([source.size], source.dtype, "C", reason);
  const strides = orderedStrides(source.layout, source.itemsize, order);
  castElements(source.layout.shape, placeOf(source), { ...placeOf(flat), strides });
  reportCopy(flat.nbytes, reason);
  return flat;
}

function orderedStrides(layout: Layout, itemsize: number, order: Order): number[] {
  const resolved = resolveOrder(order, layout, itemsize);
  // In memory order as an iterator meets it, which for axes that stand still is not that of a copy.
  if (resolved === "K") return allocatedStrides(layout.shape, [layout.strides], itemsize);
  return resolved === "C" ? cStrides(layout.shape, itemsize) : fStrides(layout.shape, itemsize);
}

/** How `astype` casts. */
export interface AstypeOptions {
  /** Order of the copy in memory; `"K"` if left out. */
  readonly order?: Order;
  /**
   * The rule that the cast must obey; `"unsafe"` if left out. `"same_value"` allows every cast between numbers that changes
   * no value, and looks at each element.
   */
  readonly casting?: Casting | "same_value";
  /** Whether to copy also when dtype and order are right already; true if left out. */
  readonly copy?: boolean;
}

/**
 * The array cast to another dtype: integers wrap, fractions are cut, a complex number loses its imaginary part.
 * Returns a copy, or with `copy: false` the array itself when nothing has to change.
 *
 * @throws DTypeError when `casting` does not allow the cast, or there is none; ValueError when an element would not keep its
 * value, and `casting` is `"same_value"`.
 * @example
 * np.astype(np.array([1.9, -1.9]), "int32").tolist(); // [1, -1]
 * np.astype(np.array([1, 2]), "int32", { casting: "same_value" }).tolist(); // [1, 2]
 */
export function astype<const S extends DTypeLike>(
  a: ArrayInput,
  dtype: S,
  options?: AstypeOptions,
): NDArray<DTypeOf<S>> {
  if (options === undefined && a instanceof NDArray) {
    const to = descriptorFor(dtype);
    if (to !== a.dtype && isPlain(to) && isPlain(a.dtype))
      return castAsAsked(a, to, "K") as NDArray<DTypeOf<S>>;
  }
  return cast(a, dtype, optionsFrom(options, "astype"));
}

/** The copy that `astype` makes. */
function castAsAsked<D extends DType>(a: NDArray, wanted: Descriptor<D>, order: Order): NDArray<D> {
  bringNear(a);
  const reason = a.dtype.equals(wanted) ? "astype" : copyReason(a, wanted, order, "astype", true);
  return castInto(a, wanted, order, reason) as NDArray<D>;
}

function cast<const S extends DTypeLike>(
  a: ArrayInput,
  dtype: S,
  options: AstypeOptions,
): NDArray<DTypeOf<S>> {
  const { order = "K", casting = "unsafe", copy: always = true } = options;
  const source = asarray(a);
  const wanted = withUnitOf(source, sized(descriptorFor(dtype), source.dtype));
  if (casting === "same_value") requireNumbers(source.dtype, wanted, "astype");
  else if (casting !== "unsafe" || !isPlain(source.dtype) || !isPlain(wanted)) {
    requireCast(source.dtype, wanted, casting, "astype");
  }
  checkOrder(order, "astype");
  const done = !always && source.dtype.equals(wanted) && hasOrder(source, order);
  if (done) reportView(source, "astype");
  const result = done ? source : castAsAsked(source, wanted, order);
  if (casting === "same_value") requireSame(source, result, "astype");
  return result as NDArray<DTypeOf<S>>;
}

/** Raw bytes and strings of no size become as many as an element has. */
function sized(wanted: Descriptor, from: Descriptor): Descriptor {
  if (wanted.kind !== "V" || wanted.itemsize > 0 || wanted.fields !== null || wanted.subdtype !== null)
    return sizedFor(wanted, from);
  return from.kind === "V" ? from : rawDescriptor(from.itemsize);
}

function hasOrder(a: NDArray, order: Order): boolean {
  if (order === "K") return true;
  return order === "A" ? a.isContiguous("C") || a.isContiguous("F") : a.isContiguous(order);
}

/**
 * The array itself when it is C-contiguous already and of the dtype asked for, else a C-contiguous copy. An array of
 * no axes gets one. What has `.data` and can be handed to C.
 *
 * @example
 * const reversed = np.arange(4).slice("::-1");
 * np.ascontiguousarray(reversed).data; // its elements, in order
 */
export function ascontiguousarray<const S extends DTypeLike>(a: ArrayInput, dtype: S): NDArray<DTypeOf<S>>;
export function ascontiguousarray<V extends ArrayInput>(a: V, dtype?: null): NDArray<DTypeOfInput<V>>;
export function ascontiguousarray(a: ArrayInput, dtype?: DTypeLike | null): NDArray;
export function ascontiguousarray(a: ArrayInput, dtype?: DTypeLike | null): NDArray {
  return contiguous(a, dtype ?? null, "C", "ascontiguousarray");
}

/**
 * The array itself when it is F-contiguous already and of the dtype asked for, else an F-contiguous copy. An array of
 * no axes gets one.
 *
 * @example
 * np.asfortranarray(np.zeros([2, 3])).strides; // [8, 16]
 */
export function asfortranarray<const S extends DTypeLike>(a: ArrayInput, dtype: S): NDArray<DTypeOf<S>>;
export function asfortranarray<V extends ArrayInput>(a: V, dtype?: null): NDArray<DTypeOfInput<V>>;
export function asfortranarray(a: ArrayInput, dtype?: DTypeLike | null): NDArray;
export function asfortranarray(a: ArrayInput, dtype?: DTypeLike | null): NDArray {
  return contiguous(a, dtype ?? null, "F", "asfortranarray");
}

function contiguous(a: ArrayInput, dtype: DTypeLike | null, order: "C" | "F", caller: string): NDArray {
  const source = inOrder(a, dtype, order, caller, true);
  if (source.ndim > 0) return source;
  return source.viewAs({ shape: [1], strides: [source.itemsize], offset: source.layout.offset });
}

/**
 * @internal The array itself when it has the dtype and the order, else a copy that has; `asked` when the caller is who asks
 * for just that.
 */
export function inOrder(
  a: ArrayInput,
  dtype: DTypeLike | null,
  order: Order,
  caller: string,
  asked = false,
): NDArray {
  const isArray = a instanceof NDArray;
  const source: NDArray = isArray ? a : dtype === null ? asarray(a) : asarray(a, dtype);
  const wanted = dtype === null ? source.dtype : sized(descriptorFor(dtype), source.dtype);
  if (source.dtype.equals(wanted) && hasOrder(source, order === "A" ? "K" : order)) {
    reportView(source, caller);
    return source;
  }
  return castInto(source, wanted, order, copyReason(source, wanted, order, caller, asked));
}

/** How `copyto` writes. */
export interface CopytoOptions {
  /** The rule that the cast must obey; `"same_kind"` if left out. */
  readonly casting?: Casting;
  /** Write only where this is true; it broadcasts to the destination. */
  readonly where?: ArrayInput;
}

/**
 * Writes `src`, broadcast and cast, into `dst`, as if it were copied first.
 *
 * @throws ValueError when `dst` is read-only.
 * @throws DTypeError when `casting` does not allow the cast.
 * @throws ShapeError when `src` or `where` does not broadcast to `dst`.
 * @example
 * const a = np.zeros([2, 3]);
 * np.copyto(a, [1, 2, 3], { where: [true, false, true] });
 */
export function copyto(dst: NDArray, src: ArrayInput, options: CopytoOptions = {}): void {
  const { casting = "same_kind", where } = optionsFrom(options, "copyto");
  if (!(dst instanceof NDArray)) throw new ValueError("copyto: the destination must be an array");
  const source = isScalar(src) ? scalarFor(src, dst, casting) : weakList(src, dst, casting);
  assign(dst, source, {
    casting,
    caller: "copyto",
    strip: true,
    where: where === undefined ? where : maskOf(where),
  });
}

/** Lists of whole numbers fit into integers, as one such number does: each is looked at, so nothing is lost. */
function weakList(src: ArrayInput, dst: NDArray, casting: Casting): NDArray {
  const a = asarray(src);
  const weak =
    Array.isArray(src) && a.dtype === plain.float64 && (dst.dtype.kind === "i" || dst.dtype.kind === "u");
  if (!weak || casting === "unsafe" || !(dataOf(a) as Float64Array).every(Number.isInteger)) return a;
  return asarray(src, dst.dtype);
}

function maskOf(where: ArrayInput): NDArray {
  return where instanceof NDArray ? where : asarray(where, "bool");
}

/** A scalar as an element of the destination: beside it a scalar is weak, as in arithmetic. */
function scalarFor(value: ScalarLike, dst: NDArray, casting: Casting): NDArray {
  const { dtype } = dst;
  const asks = dtype.kind === "V" ? scalarDescriptor(value) : promoteWeak(dtype, [value], "copyto");
  requireCast(asks, dtype, casting, "copyto");
  return elementArray(dtype.access.coerce(value), dtype, "copyto");
}
