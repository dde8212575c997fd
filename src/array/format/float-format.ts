import { fromFloat16, toFloat16 } from "../../dtype/float16.ts";

/** What printing knows of a binary floating point format. */
export interface FloatFormat {
  /** Bits of the significand, the hidden one included. */
  readonly bits: number;
  /** The exponent of the smallest subnormal: the last bit of no value is worth less than 2 to this power. */
  readonly minExponent: number;
  /** Smaller values have fewer bits. */
  readonly smallestNormal: number;
  /** Decimals of at most this many digits are told apart by every normal value. */
  readonly safeDigits: number;
  /** The nearest value of the format. */
  readonly round: (x: number) => number;
  /** An array with a value this large or larger is written with exponents. */
  readonly exponentFrom: number;
  /** A single value this large or larger is written with an exponent. */
  readonly scalarExponentFrom: number;
}

/** The formats, by the bytes of a value. */
const formats: Readonly<Record<number, FloatFormat>> = {
  2: {
    bits: 11,
    minExponent: -24,
    smallestNormal: 2 ** -14,
    safeDigits: 3,
    round: (x) => fromFloat16(toFloat16(x)),
    exponentFrom: 1e3,
    scalarExponentFrom: 1e3,
  },
  4: {
    bits: 24,
    minExponent: -149,
    smallestNormal: 2 ** -126,
    safeDigits: 6,
    round: Math.fround,
    exponentFrom: 1e6,
    scalarExponentFrom: 1e6,
  },
  8: {
    bits: 53,
    minExponent: -1074,
    smallestNormal: 2 ** -1022,
    safeDigits: 15,
    round: (x) => x,
    exponentFrom: 1e8,
    scalarExponentFrom: 1e16,
  },
};

/** The format of floats, or of parts of complex numbers, of that many bytes. */
export function floatFormat(bytes: number): FloatFormat {
  return formats[bytes] as FloatFormat;
}
