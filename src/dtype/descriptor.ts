import { DTypeError, ValueError } from "../errors.ts";
import type { DType, Kind, Value } from "./map.ts";
import { byteOrder, codeOf, type DescrField, type Described, type SpecData } from "./text.ts";

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
  /**
   * The element that an element of a plain dtype becomes by an unchecked cast, as C casts. `kind` is that of the
   * dtype the value comes from: a whole number wraps as an integer and overflows as a float. Floats if left out.
   */
  convert(value: unknown, kind?: Kind): V;
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

/** Casts one element: that at byte `p` of `source` to byte `q` of `target`. */
export type ElementCast = (source: DataView, p: number, target: DataView, q: number) => void;

/**
 * What is asked of a dtype that is put together of others, or of raw bytes. Such a dtype brings it along, as it does its
 * {@link Access}, so that what knows plain dtypes only need not know about it.
 */
export interface Composition {
  /** See text.ts. */
  text(d: Described): string;
  repr(d: Described): string;
  descr(d: Described): readonly DescrField[];
  data(d: Described): SpecData;
  /** The level of a cast from it or to it; see cast-level.ts. */
  castLevel(from: Descriptor, to: Descriptor): number;
  /** The dtype of no size with the size that elements of `from` need; without any, that of a fresh array. */
  sized?(wanted: Descriptor, from: Descriptor | null): Descriptor;
  /** The dtype that holds the values of two, of which one at least brought this; throws when there is none. */
  promote?(a: Descriptor, b: Descriptor, caller: string): Descriptor;
  /** The dtype that holds the values of all, of which one at least brought this; throws when there is none. */
  promoteAll?(types: readonly Descriptor[], caller: string): Descriptor;
  /** What casts elements from it or to it; null for what it leaves to others. */
  elementCast?(from: Descriptor, to: Descriptor): ElementCast | null;
}

/** How counts of one unit become counts of another, downwards. */
export interface UnitCast {
  /** What counts of lengths of time are multiplied by, and then divided by. */
  readonly num: bigint;
  readonly denom: bigint;
  /** Whether it is the product whose sign says how it is cut, and not the count. */
  readonly byProduct: boolean;
  /** How many of the units are counted as one. */
  readonly fromNum: bigint;
  readonly toNum: bigint;
  /** Where it goes by the calendar: from or to years or else months, and whether the other unit is weeks, or how many there are in a day. */
  readonly calendar: {
    readonly fromMonths: boolean;
    readonly years: boolean;
    readonly week: boolean;
    readonly perDay: bigint;
  } | null;
}

/** The unit that a datetime64 or timedelta64 is counted in; there is one object for each. */
export interface DateUnit {
  /** Its place in the list of units; see date-units.ts. */
  readonly base: number;
  /** How many of it are counted as one. */
  readonly num: number;
  /** The dtype of moments or spans counted in it. */
  dtype<T extends "datetime64" | "timedelta64">(type: T): Descriptor<T>;
  /** How counts of it, of moments or of spans, become counts of another one; throws when the numbers are too large. */
  castTo(other: DateUnit, moments: boolean): UnitCast;
  /** The longest unit of which this and the other one are multiples, as units of dtypes of one type or of two. */
  common(
    other: DateUnit,
    types:
      | "datetime64"
      | "timedelta64"
      | readonly ["datetime64" | "timedelta64", "datetime64" | "timedelta64"],
    caller: string,
  ): DateUnit;
}

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
  readonly composition?: Composition;
  readonly unit?: DateUnit | null;
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

  /** @internal Null for a plain dtype. */
  readonly composition: Composition | null;

  /** @internal What a datetime64 or timedelta64 counts; null for any other dtype. */
  readonly unit: DateUnit | null;

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
    this.composition = facts.composition ?? null;
    this.unit = facts.unit ?? null;
    // Every array of the dtype would follow a change, out of its memory too.
    Object.freeze(this);
  }

  /** NumPy's code: `"<f4"`, `"|b1"`, `"|V12"`. */
  get str(): string {
    return codeOf(this);
  }

  /** The fields as a .npy header lists them, padding as `["", "|V3"]`; throws when they overlap or are out of order. */
  get descr(): readonly DescrField[] {
    return this.composition === null ? [["", codeOf(this)]] : this.composition.descr(this);
  }

  /** The names of the fields in order, else null. */
  get names(): readonly string[] | null {
    return this.fields === null ? null : this.fields.map((field) => field.name);
  }

  /** `"="` (native) when the bytes of an element have an order, `"|"` when they have none. */
  get byteorder(): "=" | "|" {
    return byteOrder(this);
  }

  /** Always true: memory is native, files of the other byte order are converted when they are read. */
  get isnative(): true {
    return true;
  }

  /** 1 for what is built in, 0 for what was put together: structs, subarrays, raw bytes and strings of a size. */
  get isbuiltin(): 0 | 1 {
    const composed = this.fields !== null || this.subdtype !== null || this.unit !== null;
    return composed || (/[SUV]/.test(this.kind) && this.itemsize > 0) ? 0 : 1;
  }

  /** Always false: an element never holds a reference to an object. */
  get hasobject(): false {
    return false;
  }

  /** The shape of a subarray dtype, else `[]`. */
  get shape(): number[] {
    return this.subdtype === null ? [] : this.subdtype.shape.slice();
  }

  /** The number of axes of a subarray dtype, else 0. */
  get ndim(): number {
    return this.subdtype === null ? 0 : this.subdtype.shape.length;
  }

  /** The element dtype of a subarray dtype, else this dtype. */
  get base(): Descriptor {
    return this.subdtype === null ? this : this.subdtype.dtype;
  }

  /** The field of that name; throws when there is none. NumPy's `dtype[name]`. */
  field(name: string): Field {
    const found = this.fields?.find((field) => field.name === name);
    if (found !== undefined) return found;
    const known = this.fields === null ? "it has no fields" : `its fields are ${JSON.stringify(this.names)}`;
    throw new ValueError(`no field ${JSON.stringify(name)} in dtype ${this.toString()}: ${known}`);
  }

  /** Whether elements of both dtypes mean the same: the same kind and size, the same fields in the same places. */
  equals(other: Descriptor): boolean {
    if (this === (other as Descriptor<D>)) return true;
    if (this.type !== other.type || this.itemsize !== other.itemsize || this.unit !== other.unit)
      return false;
    return equalFields(this.fields, other.fields) && equalSubarrays(this.subdtype, other.subdtype);
  }

  /** This dtype, when `order` is the native one or does not matter; throws for the other one. */
  newbyteorder(order = "S"): this {
    if (/^([=|<niNIlL]|native|ignore|little)$/.test(order) || isOrderless(this)) return this;
    throw new DTypeError(
      `newbyteorder: ${this.toString()} cannot become ${JSON.stringify(order)}: memory is always native (little-endian); use byteswap for foreign bytes`,
    );
  }

  /** What Python's `str` gives: `float64`, `[('x', '<f4'), ('y', 'u1', (2,))]`. */
  toString(): string {
    return this.composition === null ? this.name : this.composition.text(this);
  }

  /** What Python's `repr` gives: `dtype('float64')`. */
  repr(): string {
    return this.composition === null ? `dtype('${this.name}')` : this.composition.repr(this);
  }

  /** Plain data that `np.dtype` reads back. */
  toJSON(): SpecData {
    return this.composition === null ? this.name : this.composition.data(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.repr();
  }
}

function equalFields(a: readonly Field[] | null, b: readonly Field[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((field, k) => equalField(field, b[k]!));
}

function equalField(a: Field, b: Field): boolean {
  return a.name === b.name && a.offset === b.offset && a.dtype.equals(b.dtype);
}

function equalSubarrays(a: Descriptor["subdtype"], b: Descriptor["subdtype"]): boolean {
  if (a === null || b === null) return a === b;
  const sameShape = a.shape.length === b.shape.length && a.shape.every((length, k) => length === b.shape[k]);
  return sameShape && a.dtype.equals(b.dtype);
}

/** Whether swapping bytes changes nothing: no part of the element is a number of several bytes. */
function isOrderless(d: Descriptor): boolean {
  if (d.fields !== null) return d.fields.every((field) => isOrderless(field.dtype));
  return d.subdtype === null ? byteOrder(d) === "|" : isOrderless(d.subdtype.dtype);
}

/** What has a dtype: an array. */
export interface HasDType {
  readonly dtype: Descriptor;
}

/** @internal The dtype that a value brings along, as arrays and the scalars of dates do; else null. */
export function ownDType(value: unknown): Descriptor | null {
  if (typeof value !== "object" || value === null || !("dtype" in value)) return null;
  return value.dtype instanceof Descriptor ? (value.dtype as Descriptor) : null;
}
