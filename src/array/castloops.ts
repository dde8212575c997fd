/**
 * The loops of casting: each reads `n` elements in a line and writes `n` in a line.
 *
 * Each loop meets one pair of typed arrays and no other, for the reason given in moveloops.ts. 64-bit integers are
 * read and written as pairs of 32-bit words, the lower one first: quicker than by way of bigint.
 *
 * A float that no integer of the target's size can hold becomes what an x86-64 machine makes of it; that is what
 * NumPy's elements become there one by one.
 */

import { fromFloat16, toFloat16Words } from "../dtype/float16.ts";

const WORD = 4294967296;

export function halfToFloat(src: Uint16Array, from: number, dst: Float32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = fromFloat16(src[from + k]!);
}

/** Reads the two halves of each float64. */
export function doubleToHalf(src: Int32Array, from: number, dst: Uint16Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = toFloat16Words(src[from + 2 * k + 1]!, src[from + 2 * k]!);
}

export function doubleToInt32(src: Float64Array, from: number, dst: Int32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) {
    const x = src[from + k]!;
    dst[to + k] = x > -2147483649 && x < 2147483648 ? x : -2147483648;
  }
}

export function floatToInt32(src: Float32Array, from: number, dst: Int32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) {
    const x = src[from + k]!;
    dst[to + k] = x > -2147483649 && x < 2147483648 ? x : -2147483648;
  }
}

/** Wraps what an int64 can hold; the rest becomes the smallest int64, whose lower half is 0. */
export function doubleToUint32(
  src: Float64Array,
  from: number,
  dst: Uint32Array,
  to: number,
  n: number,
): void {
  for (let k = 0; k < n; k++) {
    const x = src[from + k]!;
    dst[to + k] = x >= -(2 ** 63) && x < 2 ** 63 ? x : 0;
  }
}

export function doubleToInt64(src: Float64Array, from: number, dst: Int32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) {
    const x = src[from + k]!;
    const whole = x >= -(2 ** 63) && x < 2 ** 63 ? Math.trunc(x) : -(2 ** 63);
    const high = Math.floor(whole / WORD);
    dst[to + 2 * k] = whole - high * WORD;
    dst[to + 2 * k + 1] = high;
  }
}

/** From 2^63 on by way of the int64 that is 2^63 less. */
export function doubleToUint64(
  src: Float64Array,
  from: number,
  dst: Uint32Array,
  to: number,
  n: number,
): void {
  for (let k = 0; k < n; k++) {
    const x = src[from + k]!;
    const y = x >= 2 ** 63 ? x - 2 ** 63 : x;
    const whole = y >= -(2 ** 63) && y < 2 ** 63 ? Math.trunc(y) : -(2 ** 63);
    const high = Math.floor(whole / WORD);
    dst[to + 2 * k] = whole - high * WORD;
    dst[to + 2 * k + 1] = x >= 2 ** 63 ? high + 2 ** 31 : high;
  }
}

/** To 64 bits, of either sign: the upper half repeats the sign. */
export function int32ToWords(src: Int32Array, from: number, dst: Int32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) {
    const x = src[from + k]!;
    dst[to + 2 * k] = x;
    dst[to + 2 * k + 1] = x >> 31;
  }
}

export function uint32ToWords(src: Uint32Array, from: number, dst: Uint32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) {
    dst[to + 2 * k] = src[from + k]!;
    dst[to + 2 * k + 1] = 0;
  }
}

export function int64ToDouble(src: Int32Array, from: number, dst: Float64Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) {
    const p = from + 2 * k;
    dst[to + k] = src[p + 1]! * WORD + (src[p]! >>> 0);
  }
}

export function uint64ToDouble(
  src: Uint32Array,
  from: number,
  dst: Float64Array,
  to: number,
  n: number,
): void {
  for (let k = 0; k < n; k++) {
    const p = from + 2 * k;
    dst[to + k] = src[p + 1]! * WORD + src[p]!;
  }
}

/**
 * The lower word with its last eleven bits in one: whether any is set. So the sum with the upper word is exact in
 * a float64 and still rounds to the right float32, where to round twice would not.
 */
function sticky(low: number): number {
  return (low & 0x7ff) === 0 ? low >>> 0 : ((low & ~0x7ff) | 0x800) >>> 0;
}

export function int64ToFloat(src: Int32Array, from: number, dst: Float32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) {
    const low = src[from + 2 * k]!;
    const high = src[from + 2 * k + 1]!;
    const exact = high >= -(2 ** 20) && high < 2 ** 20;
    dst[to + k] = high * WORD + (exact ? low >>> 0 : sticky(low));
  }
}

export function uint64ToFloat(
  src: Uint32Array,
  from: number,
  dst: Float32Array,
  to: number,
  n: number,
): void {
  for (let k = 0; k < n; k++) {
    const low = src[from + 2 * k]!;
    const high = src[from + 2 * k + 1]!;
    dst[to + k] = high * WORD + (high < 2 ** 20 ? low : sticky(low));
  }
}

/** The lower halves of 64-bit integers. */
export function lowWords(src: Int32Array, from: number, dst: Int32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + 2 * k]!;
}

export function realFloats(src: Float32Array, from: number, dst: Float32Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + 2 * k]!;
}

export function realDoubles(src: Float64Array, from: number, dst: Float64Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + 2 * k]!;
}

export function complexFloats(
  src: Float32Array,
  from: number,
  dst: Float32Array,
  to: number,
  n: number,
): void {
  for (let k = 0; k < n; k++) {
    dst[to + 2 * k] = src[from + k]!;
    dst[to + 2 * k + 1] = 0;
  }
}

export function complexDoubles(
  src: Float64Array,
  from: number,
  dst: Float64Array,
  to: number,
  n: number,
): void {
  for (let k = 0; k < n; k++) {
    dst[to + 2 * k] = src[from + k]!;
    dst[to + 2 * k + 1] = 0;
  }
}

export function truth8(src: Uint8Array, from: number, dst: Uint8Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + k] === 0 ? 0 : 1;
}

export function truth16(src: Uint16Array, from: number, dst: Uint8Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + k] === 0 ? 0 : 1;
}

export function truth32(src: Int32Array, from: number, dst: Uint8Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + k] === 0 ? 0 : 1;
}

export function truth64(src: Int32Array, from: number, dst: Uint8Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = (src[from + 2 * k]! | src[from + 2 * k + 1]!) === 0 ? 0 : 1;
}

/** The sign of a float16 does not make it true. */
export function truthHalf(src: Uint16Array, from: number, dst: Uint8Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = (src[from + k]! & 0x7fff) === 0 ? 0 : 1;
}

export function truthFloat(src: Float32Array, from: number, dst: Uint8Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + k] === 0 ? 0 : 1;
}

export function truthDouble(src: Float64Array, from: number, dst: Uint8Array, to: number, n: number): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + k] === 0 ? 0 : 1;
}

export function truthComplex64(
  src: Float32Array,
  from: number,
  dst: Uint8Array,
  to: number,
  n: number,
): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + 2 * k] === 0 && src[from + 2 * k + 1] === 0 ? 0 : 1;
}

export function truthComplex128(
  src: Float64Array,
  from: number,
  dst: Uint8Array,
  to: number,
  n: number,
): void {
  for (let k = 0; k < n; k++) dst[to + k] = src[from + 2 * k] === 0 && src[from + 2 * k + 1] === 0 ? 0 : 1;
}
