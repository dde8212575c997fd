import type { DType, Kind, Value } from "./map.ts";

/** One named part of a structured dtype. */
export interface Field {
  readonly name: string;
  readonly dtype: Descriptor;
  /** Bytes from the start of the element. */
  readonly offset: number;
}

/** How one element is read from and written to memory, and what may become one. */
export interface Access<V> {
  /** The element at byte `at`. */
  read(view: DataView, at: number): V;
  /** Writes an element; `value` must be one already (see `coerce` and `convert`). */
  write(view: DataView, at: number, value: V): void;
  /** The element that a JS value given by a person stands for; throws when the dtype cannot hold it. */
  coerce(value: unknown): V;
  /** The element that an element of any other dtype becomes by an unchecked cast, as C casts. */
  convert(value: unknown): V;
}

/** The typed array classes that memory is seen through. */
export type LaneConstructor =
  | Uint8ArrayConstructor
  | Int8ArrayConstructor
  | Uint16ArrayConstructor
  | Int16ArrayConstructor
  | Uint32ArrayConstructor
  | Int32ArrayConstructor
  | BigInt64ArrayConstructor
  | BigUint64ArrayConstructor
  | Float32ArrayConstructor
  | Float64ArrayConstructor;

/** The facts of which a {@link Descriptor} is made. */
export interface DescriptorFacts<D extends DType> {
  readonly type: D;
  readonly name: string;
  readonly kind: Kind;
  readonly char: string;
  readonly num: number;
  readonly itemsize: number;
  readonly alignment: number;
  readonly lane: LaneConstructor;
  /** Lane elements in an item: 2 for complex, the itemsize for a structured dtype. */
  readonly laneLength: number;
  readonly access: Access<Value<D>>;
  readonly fields?: readonly Field[] | null;
  readonly aligned?: boolean;
  readonly subdtype?: { readonly dtype: Descriptor; readonly shape: readonly number[] } | null;
}

/**
 * One dtype as an object: what NumPy calls `dtype`. Compare with `equals`; the descriptors of plain dtypes are
 * one object each.
 */
export class Descriptor<D extends DType = DType> {
  /** The name in the type system: `"float64"`; `"void"` for every structured dtype. */
  readonly type: D;
  /** NumPy's name: `"float64"`, `"void96"`. */
  readonly name: string;
  readonly kind: Kind;
  /** NumPy's one-letter code. */
  readonly char: string;
  /** NumPy's number of the type. */
  readonly num: number;
  /** Bytes of one element. */
  readonly itemsize: number;
  /** What an address must be a multiple of for ALIGNED. */
  readonly alignment: number;
  /** @internal */
  readonly lane: LaneConstructor;
  /** @internal */
  readonly laneLength: number;
  /** @internal */
  readonly access: Access<Value<D>>;
  /** The fields of a structured dtype in order, else null. */
  readonly fields: readonly Field[] | null;
  /** Whether a structured dtype was made with C's padding. */
  readonly isalignedstruct: boolean;
  /** Element dtype and shape of a subarray dtype, else null. */
  readonly subdtype: { readonly dtype: Descriptor; readonly shape: readonly number[] } | null;

  /** @internal Use `np.dtype`. */
  constructor(facts: DescriptorFacts<D>) {
    this.type = facts.type;
    this.name = facts.name;
    this.kind = facts.kind;
    this.char = facts.char;
    this.num = facts.num;
    this.itemsize = facts.itemsize;
    this.alignment = facts.alignment;
    this.lane = facts.lane;
    this.laneLength = facts.laneLength;
    this.access = facts.access;
    this.fields = facts.fields ?? null;
    this.isalignedstruct = facts.aligned ?? false;
    this.subdtype = facts.subdtype ?? null;
  }
}
