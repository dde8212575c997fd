import { fromFloat16, toFloat16 } from "../../dtype/float16.ts";

/** What printing knows of a binary floating point format. */
export interface FloatFormat {
  /** Bits of the significand, the hidden one included. */
  readonly bits: number;
  /** The exponent of the smallest subnormal: the last bit of no value is worth less than 2 to this power. */
  readonly minExponent: number;
  /** Decimals of at most this many digits are told apart by every normal value. */
  readonly safeDigits: number;
  /** Decimals of this many digits tell all values apart. */
  readonly maxDigits: number;
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
    safeDigits: 3,
    maxDigits: 5,
    round: (x) => fromFloat16(toFloat16(x)),
    exponentFrom: 1e3,
    scalarExponentFrom: 1e3,
  },
  4: {
    bits: 24,
    minExponent: -149,
    safeDigits: 6,
    maxDigits: 9,
    round: Math.fround,
    exponentFrom: 1e6,
    scalarExponentFrom: 1e6,
  },
  8: {
    bits: 53,
    minExponent: -1074,
    safeDigits: 15,
    maxDigits: 17,
    round: (x) => x,
    exponentFrom: 1e8,
    scalarExponentFrom: 1e16,
  },
};

/** The format of floats, or of parts of complex numbers, of that many bytes. */
export function floatFormat(bytes: number): FloatFormat {
  return formats[bytes] as FloatFormat;
}
