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

/** Rounds half to even at an integer step; exact for 0 ≤ x < 2^52. */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5 || (rest === 0.5 && floor % 2 === 0)) return floor;
  return floor + 1;
}

/** The 16 bits of the float16 nearest to `value`; ties go to even, what is too large becomes an infinity. */
export function toFloat16(value: number): number {
  scratch.setFloat64(0, value);
  const sign = scratch.getUint16(0) & 0x8000;
  const x = Math.abs(value);
  if (Number.isNaN(x)) return sign | 0x7e00;
  if (x >= 65520) return sign | 0x7c00;
  if (x < 2 ** -14) return sign | roundHalfEven(x * 2 ** 24);
  const exponent = ((scratch.getUint16(0) >> 4) & 0x7ff) - 1023;
  // A fraction that rounds up to 1024 carries into the exponent by plain addition.
  return sign | (((exponent + 15) << 10) + roundHalfEven((x / 2 ** exponent - 1) * 1024));
}
