import { ValueError } from "../errors.ts";
import type { Descriptor, HasDType } from "./descriptor.ts";
import type { ComplexDType, FloatDType, IntegerDType, Value } from "./map.ts";
import { type DTypeLike, type DTypeOf, toDescriptor } from "./parse.ts";
import { plain } from "./table.ts";

/** What a float dtype can hold. */
export interface FloatInfo {
  readonly dtype: Descriptor<FloatDType>;
  readonly bits: number;
  /** From 1.0 to the next larger float. */
  readonly eps: number;
  /** From 1.0 to the next smaller float. */
  readonly epsneg: number;
  /** The bits of the exponent. */
  readonly iexp: number;
  /** The exponent of `eps`. */
  readonly machep: number;
  readonly max: number;
  /** The smallest power of 2 that is too large. */
  readonly maxexp: number;
  readonly min: number;
  /** The exponent of `smallestNormal`. */
  readonly minexp: number;
  /** The exponent of `epsneg`. */
  readonly negep: number;
  /** The bits of the exponent. */
  readonly nexp: number;
  /** The bits of the fraction. */
  readonly nmant: number;
  /** Decimal digits that are always right. */
  readonly precision: number;
  /** 10 to the power of -`precision`, as this dtype holds it. */
  readonly resolution: number;
  /** The smallest positive float with all its digits. NumPy's `smallest_normal`. */
  readonly smallestNormal: number;
  /** The smallest positive float. NumPy's `smallest_subnormal`. */
  readonly smallestSubnormal: number;
  /** The same as `smallestNormal`. */
  readonly tiny: number;
}

/** What an integer dtype can hold; `min` and `max` are bigint for the 64-bit ones. */
export interface IntegerInfo<D extends IntegerDType = IntegerDType> {
  readonly dtype: Descriptor<D>;
  readonly bits: number;
  readonly kind: "i" | "u";
  /** NumPy's short name: `"i32"`. */
  readonly key: string;
  readonly min: Value<D>;
  readonly max: Value<D>;
}

/** The bits of the fraction of a float, by its bytes; the rest follows from IEEE 754. */
const fractionBits: Readonly<Record<number, number>> = { 2: 10, 4: 23, 8: 52 };

/** The float dtype of the parts of a number. */
const partTypes: Readonly<Record<FloatDType | ComplexDType, Descriptor<FloatDType>>> = {
  float16: plain.float16,
  float32: plain.float32,
  float64: plain.float64,
  complex64: plain.float32,
  complex128: plain.float64,
};

/**
 * The limits of a float dtype, of the parts of a complex one, or of the dtype of an array.
 *
 * @throws ValueError when the dtype is neither
 * @example
 * np.finfo("float32").max; // 3.4028234663852886e+38
 * np.finfo("float64").eps; // 2.220446049250313e-16
 */
export function finfo(spec: DTypeLike | HasDType): FloatInfo {
  const given = descriptorOf(spec);
  const dtype = (partTypes as Readonly<Record<string, Descriptor<FloatDType>>>)[given.type];
  if (dtype === undefined)
    throw new ValueError(`finfo: ${given} is no float or complex dtype; for integers ask iinfo`);
  return floatInfo(dtype);
}

function floatInfo(dtype: Descriptor<FloatDType>): FloatInfo {
  const bits = dtype.itemsize * 8;
  const nmant = fractionBits[dtype.itemsize]!;
  const nexp = bits - 1 - nmant;
  const maxexp = 2 ** (nexp - 1);
  const minexp = 2 - maxexp;
  const eps = 2 ** -nmant;
  const max = (2 - eps) * 2 ** (maxexp - 1);
  const precision = Math.floor(nmant * Math.log10(2));
  const smallestNormal = 2 ** minexp;
  return {
    dtype,
    bits,
    eps,
    epsneg: eps / 2,
    iexp: nexp,
    machep: -nmant,
    max,
    maxexp,
    min: -max,
    minexp,
    negep: -nmant - 1,
    nexp,
    nmant,
    precision,
    resolution: stored(dtype, Number(`1e-${precision}`)),
    smallestNormal,
    smallestSubnormal: smallestNormal * eps,
    tiny: smallestNormal,
  };
}

/** A number as the dtype holds it. */
function stored(dtype: Descriptor<FloatDType>, value: number): number {
  const view = new DataView(new ArrayBuffer(dtype.itemsize));
  dtype.access.write(view, 0, value);
  return dtype.access.read(view, 0);
}

/**
 * The limits of an integer dtype, or of the dtype of an array.
 *
 * @throws ValueError when the dtype is no integer
 * @example
 * np.iinfo("int16").max; // 32767
 * np.iinfo("uint64").max; // 18446744073709551615n
 */
export function iinfo<const S extends DTypeLike>(spec: S): IntegerInfo<Extract<DTypeOf<S>, IntegerDType>>;
export function iinfo<D extends IntegerDType>(array: { readonly dtype: Descriptor<D> }): IntegerInfo<D>;
export function iinfo(spec: DTypeLike | HasDType): IntegerInfo {
  const dtype = descriptorOf(spec) as Descriptor<IntegerDType>;
  const { kind } = dtype;
  if (kind !== "i" && kind !== "u")
    throw new ValueError(`iinfo: ${dtype} is no integer dtype; for floats ask finfo`);
  const bits = dtype.itemsize * 8;
  const top = 2n ** BigInt(kind === "i" ? bits - 1 : bits);
  const [min, max] = [kind === "i" ? -top : 0n, top - 1n];
  return {
    dtype,
    bits,
    kind,
    key: `${kind}${bits}`,
    min: dtype.access.coerce(min),
    max: dtype.access.coerce(max),
  };
}

function descriptorOf(spec: DTypeLike | HasDType): Descriptor {
  return typeof spec === "object" && spec !== null && "dtype" in spec
    ? toDescriptor(spec.dtype)
    : toDescriptor(spec);
}
