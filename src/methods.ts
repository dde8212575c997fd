import { fill } from "./array/assign.ts";
import { tobytes } from "./array/bytes.ts";
import { byteswap } from "./array/byteswap.ts";
import { type AstypeOptions, astype, copy, flatten, type OrderOption } from "./array/copy.ts";
import type { ArrayInput } from "./array/create.ts";
import { item, iterate, type NestedList, setAt, tolist } from "./array/elements.ts";
import { Flat, flat } from "./array/flat.ts";
import { arrayRepr, arrayStr } from "./array/format/array2string.ts";
import { arrayToJSON, inspectArray, type Json } from "./array/format/inspect.ts";
import type { Index } from "./array/index-plan.ts";
import { NDArray } from "./array/ndarray.ts";
import type { DType, Value } from "./dtype/map.ts";
import type { DTypeLike, DTypeOf } from "./dtype/parse.ts";
import { textOf, ValueError } from "./errors.ts";
import type { Order } from "./layout/layout.ts";
import { give } from "./methods/give.ts";
import "./methods/readers.ts";
import { squeeze, swapaxes, transpose } from "./ops/axes.ts";
import type { Axes } from "./ops/input.ts";
import { diagonal, field, imag, type PartOf, real, view } from "./ops/parts.ts";
import { type ReshapeOptions, ravel, reshape } from "./ops/reshape.ts";

// Bare, so that they stay in the types that users see.
import "./methods/files.ts";
import "./methods/grids.ts";
import "./methods/indexing.ts";
import "./methods/manipulation.ts";
import "./methods/operators.ts";
import "./methods/reductions.ts";
import "./methods/sorting.ts";
import "./methods/ufuncs.ts";

/**
 * NumPy's methods on arrays. They are given to the class here, at the edge, because they come from layers that know
 * the class and not the other way round.
 */
declare module "./array/ndarray.ts" {
  interface NDArray<D extends DType> {
    /**
     * Writes through an index of any kind, as if the value had been copied first: `a.set(["::2", -1], 0)`, `a.set(mask, 0)`,
     * `a.set([[0, 2], ":"], 0)`. Takes a scalar, an array or nested lists, broadcast to what the index names.
     */
    set(index: Index, value: ArrayInput): void;
    /** One element: the only one, the one at a position in C order, or the one at a full index. */
    item(...index: number[]): Value<D>;
    /** The elements as nested lists of JS values. Returns a copy. */
    tolist(): NestedList<Value<D>>;
    /** Sets every element to a scalar. */
    fill(value: ArrayInput): void;
    /** A dense copy, in C order unless asked otherwise. */
    copy(order?: OrderOption): NDArray<D>;
    /** All elements in one axis. Returns a copy. */
    flatten(order?: OrderOption): NDArray<D>;
    /** The elements in another dtype. Returns a copy, or with `copy: false` the array itself when nothing changes. */
    astype<const S extends DTypeLike>(dtype: S, options?: AstypeOptions): NDArray<DTypeOf<S>>;
    /** The bytes of every element in the opposite order. Returns a copy, or changes the array with `inplace`. */
    byteswap(options?: { readonly inplace?: boolean }): NDArray<D>;
    /** The bytes of the elements in C or F order. Returns a copy. */
    tobytes(order?: Order): Uint8Array;
    /** The elements as one line in C order, whatever the layout; assign to write them all. */
    get flat(): Flat<D>;
    set flat(values: ArrayInput | Flat<D>);
    /** The same elements under another shape: `a.reshape(2, -1)`, `a.reshape([2, 3], { order: "F" })`. A view if possible. */
    reshape(shape: readonly number[], options?: ReshapeOptions | "C" | "F" | "A"): NDArray<D>;
    reshape(...shape: number[]): NDArray<D>;
    /** All elements along one axis. Returns a view where the memory allows it, else a copy. */
    ravel(order?: Order): NDArray<D>;
    /** The axes in another order, reversed without arguments. Returns a view. */
    transpose(axes?: readonly number[] | null): NDArray<D>;
    transpose(...axes: number[]): NDArray<D>;
    /** Two axes exchanged. Returns a view. */
    swapaxes(axis1: number, axis2: number): NDArray<D>;
    /** Axes of length 1 taken away. Returns a view, or the array itself when there are none. */
    squeeze(axis?: Axes | null): NDArray<D>;
    /** The diagonal in the plane of two axes. Returns a read-only view. */
    diagonal(offset?: number, axis1?: number, axis2?: number): NDArray<D>;
    /** The same bytes as elements of another dtype. Returns a view. */
    view(): NDArray<D>;
    view<const S extends DTypeLike>(dtype: S): NDArray<DTypeOf<S>>;
    /** One field, or several, of a structured array: `s['x']` in NumPy. Returns a view. */
    field(name: string | readonly string[]): NDArray;
    /** The real parts. Returns a view, or the array itself when it is not complex. */
    readonly real: NDArray<PartOf<D>>;
    /** The imaginary parts. Returns a view; read-only zeros when the array is not complex. */
    readonly imag: NDArray<PartOf<D>>;
    /** Views of the parts along the first axis; the elements of an array with one axis. */
    [Symbol.iterator](): IterableIterator<NDArray<D> | Value<D>>;
    /** Where the elements are: always `"cpu"`, the main memory. */
    readonly device: "cpu";
    /** The array itself; there is no device but `"cpu"`. */
    toDevice(device: "cpu"): NDArray<D>;
    /**
     * What JavaScript's own operators see: the element of a 0-d array, and the text of others where a text is wanted. Where a
     * number is wanted, as in `a - b` and `a < b`, arrays with axes are an error that names the methods.
     */
    [Symbol.toPrimitive](hint: "string" | "number" | "default"): string | number | bigint | boolean;
    /** NumPy's `str`. */
    toString(): string;
    /** NumPy's `repr`. */
    repr(): string;
    /** Nested lists that JSON can hold: 64-bit integers beyond 2^53 become strings, NaN and infinities null. */
    toJSON(): Json;
  }
}

type Self = NDArray;

const methods = {
  set(this: Self, index: Index, value: ArrayInput) {
    setAt(this, index, value);
  },
  item(this: Self, ...index: number[]) {
    return item(this, ...index);
  },
  tolist(this: Self) {
    return tolist(this);
  },
  fill(this: Self, value: ArrayInput) {
    fill(this, value);
  },
  copy(this: Self, order: OrderOption = "C") {
    return copy(this, order);
  },
  flatten(this: Self, order?: OrderOption) {
    return flatten(this, order);
  },
  astype(this: Self, dtype: DTypeLike, options?: AstypeOptions) {
    return astype(this, dtype, options);
  },
  byteswap(this: Self, options?: { readonly inplace?: boolean }) {
    return byteswap(this, options);
  },
  tobytes(this: Self, order?: Order) {
    return tobytes(this, order);
  },
  get flat() {
    return flat(this as unknown as Self);
  },
  set flat(values: ArrayInput | Flat) {
    flat(this as unknown as Self).set(":", values instanceof Flat ? values.base : values);
  },
  reshape(this: Self, first: number | readonly number[] = [], ...rest: unknown[]) {
    if (typeof first === "number") return reshape(this, [first, ...(rest as number[])]);
    return reshape(this, first, rest[0] as ReshapeOptions | undefined);
  },
  ravel(this: Self, order?: Order) {
    return ravel(this, order);
  },
  transpose(this: Self, first?: number | readonly number[] | null, ...rest: number[]) {
    return transpose(this, typeof first === "number" ? [first, ...rest] : first);
  },
  swapaxes(this: Self, axis1: number, axis2: number) {
    return swapaxes(this, axis1, axis2);
  },
  squeeze(this: Self, axis?: Axes | null) {
    return squeeze(this, axis);
  },
  diagonal(this: Self, offset?: number, axis1?: number, axis2?: number) {
    return diagonal(this, offset, axis1, axis2);
  },
  view(this: Self, dtype?: DTypeLike) {
    return dtype === undefined ? view(this) : view(this, dtype);
  },
  field(this: Self, name: string | readonly string[]) {
    return field(this, name);
  },
  get real() {
    return real(this as unknown as Self);
  },
  get imag() {
    return imag(this as unknown as Self);
  },
  [Symbol.iterator](this: Self) {
    return iterate(this);
  },
  get device() {
    return "cpu" as const;
  },
  toDevice(this: Self, device: "cpu") {
    if (device === "cpu") return this;
    throw new ValueError(`toDevice: ${textOf(device)} is no device here; only "cpu"`);
  },
  [Symbol.toPrimitive](this: Self, hint: string) {
    const { layout, dtype } = this;
    if (hint !== "string" && layout.shape.length === 0 && "biuf".includes(dtype.kind)) return item(this);
    if (hint !== "number") return arrayStr(this);
    throw new ValueError(
      "JavaScript has no operators for arrays; use methods such as a.add(b) and a.less(b), or a.item() for an element",
    );
  },
  toString(this: Self) {
    return arrayStr(this);
  },
  repr(this: Self) {
    return arrayRepr(this);
  },
  toJSON(this: Self) {
    return arrayToJSON(this);
  },
  [Symbol.for("nodejs.util.inspect.custom")](this: Self) {
    return inspectArray(this);
  },
};

give(NDArray.prototype, methods);
