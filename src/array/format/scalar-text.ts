import type { Complex } from "../../dtype/complex.ts";
import type { FloatFormat } from "./float-format.ts";
import { type FloatTextRule, positionalText, scientificText, signOf, type Trim } from "./float-text.ts";

/** A single float as Python's `str` writes it: `5.0`, `1e+16`, `nan`. No print option changes it. */
export function floatScalarText(x: number, format: FloatFormat): string {
  return partText(x, format, "0", false);
}

/** A single complex number as Python's `str` writes it: `(1+2j)`, `1j`. */
export function complexScalarText(z: Complex, format: FloatFormat): string {
  if (Object.is(z.re, 0)) return `${partText(z.im, format, "-", false)}j`;
  return `(${partText(z.re, format, "-", false)}${partText(z.im, format, "-", true)}j)`;
}

function partText(x: number, format: FloatFormat, trim: Trim, sign: boolean): string {
  if (Number.isNaN(x)) return sign ? "+nan" : "nan";
  if (!Number.isFinite(x)) return `${signOf(x, sign)}inf`;
  const size = Math.abs(x);
  const positional = size === 0 || (size >= 1e-4 && size < format.scalarExponentFrom);
  return positional
    ? positionalText(x, format, { ...shortest, trim, sign })
    : scientificText(x, format, { ...shortest, trim: "-", sign });
}

const shortest: FloatTextRule = {
  unique: true,
  fractional: true,
  precision: Number.POSITIVE_INFINITY,
  minDigits: Number.NEGATIVE_INFINITY,
  trim: "-",
  sign: false,
  padLeft: 0,
  padRight: -1,
  expDigits: 2,
};
