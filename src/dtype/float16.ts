/**
 * IEEE 754 binary16, always stored in 16 bits, converted here because not every runtime has a Float16Array.
 *
 * Decoding looks the value up: there are only 65,536. Encoding rounds once, from float64, to nearest even:
 * going through float32 first would round twice.
 */

const scratch = new DataView(new ArrayBuffer(8));
let decoded: Float64Array | null = null;

function decodeBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function decodeTable(): Float64Array {
  const table = new Float64Array(65536);
  for (let bits = 0; bits < 65536; bits++) table[bits] = decodeBits(bits);
  return table;
}

/** The value of 16 bits. */
export function fromFloat16(bits: number): number {
  decoded ??= decodeTable();
  return decoded[bits] as number;
}

/** The 16 bits of the float16 nearest to `value`; ties go to even, what is too large becomes an infinity. */
export function toFloat16(value: number): number {
  scratch.setFloat64(0, value);
  return toFloat16Words(scratch.getUint32(0), scratch.getUint32(4));
}

/**
 * The same, of the two halves of a float64. In integers, because a power of two in floats is slow: the fraction of
 * 52 bits is cut to the ten that there is room for (fewer for what is smaller than 2^-14), and rounded up by one if
 * what was cut is more than half of that. A fraction that runs over carries into the exponent by plain addition.
 */
export function toFloat16Words(high: number, low: number): number {
  const sign = (high >>> 16) & 0x8000;
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = high & 0xfffff;
  // A NaN keeps the digits that there is room for, and at least one.
  if (exponent === 0x7ff) return sign | 0x7c00 | ((fraction | low) === 0 ? 0 : fraction >>> 10 || 1);
  if (exponent > 1023 + 15) return sign | 0x7c00;
  const normal = exponent > 1023 - 15;
  const cut = normal ? 10 : 10 + 1023 - 14 - exponent;
  if (cut > 21) return sign;
  // Below 2^-14 the leading one, which is not stored, becomes part of the fraction.
  const whole = normal ? ((exponent - 1023 + 15) << 20) | fraction : fraction | 0x100000;
  const kept = whole >>> cut;
  const rest = whole & ((1 << cut) - 1);
  const half = 1 << (cut - 1);
  const up = rest > half || (rest === half && (low !== 0 || (kept & 1) === 1));
  return sign | (up ? kept + 1 : kept);
}
