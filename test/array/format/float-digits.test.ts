import assert from "node:assert/strict";
import { test } from "node:test";
import { type Decimal, parseDecimal } from "../../../src/array/format/decimal.ts";
import { decimalOf, shortestDecimal } from "../../../src/array/format/float-digits.ts";
import { exactDecimal, generate, isPowerOfTwo } from "../../../src/array/format/float-exact.ts";
import { floatFormat } from "../../../src/array/format/float-format.ts";
import { fromFloat16 } from "../../../src/dtype/float16.ts";

const bits = new DataView(new ArrayBuffer(8));
let seed = 20240607;
const random32 = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed;
};

/** Positive finite values of all magnitudes. */
function randomFloats(bytes: 2 | 4 | 8, count: number): number[] {
  const made: number[] = [];
  while (made.length < count) {
    // The low bits of the generator repeat soon; the high ones go first.
    bits.setUint32(0, random32() >>> 1);
    bits.setUint32(4, random32());
    const x =
      bytes === 8 ? bits.getFloat64(0) : bytes === 4 ? bits.getFloat32(0) : fromFloat16(bits.getUint16(0));
    if (Number.isFinite(x) && x > 0) made.push(x);
  }
  return made;
}

const numberOf = ({ digits, point }: Decimal) => Number(`0.${digits}e${point}`);

test("the shortest digits read back, and one digit fewer would not", () => {
  for (const bytes of [2, 4, 8] as const) {
    const format = floatFormat(bytes);
    for (const x of randomFloats(bytes, 2000)) {
      const found = shortestDecimal(x, format);
      assert.equal(format.round(numberOf(found)), x, `${x} in ${bytes} bytes`);
      const count = found.digits.length - 1;
      if (count === 0) continue;
      const kept = BigInt(found.digits.slice(0, count));
      for (const digits of [kept, kept + 1n]) {
        const shorter = Number(`${digits}e${found.point - count}`);
        assert.notEqual(format.round(shorter), x, `${digits} reads back as ${x} in ${bytes} bytes`);
      }
    }
  }
});

test("every float16 has the digits that big integers give it", () => {
  const format = floatFormat(2);
  for (let k = 1; k < 0x7c00; k++) {
    const x = fromFloat16(k);
    assert.deepEqual(shortestDecimal(x, format), generate(x, format, 0, Number.POSITIVE_INFINITY));
  }
});

test("float32 and float64 have the digits that big integers give them", () => {
  for (const bytes of [4, 8] as const) {
    const format = floatFormat(bytes);
    // Halfway between two candidates, and with a candidate halfway to a neighbour.
    const special = [65 / 512, 1048576.125, 1048576.375, 2097152.25, 67108896, 67108904, 2 ** 50 + 0.25];
    const values = [...randomFloats(bytes, 3000), ...special.map(format.round)];
    for (const x of values) {
      assert.deepEqual(
        shortestDecimal(x, format),
        generate(x, format, 0, Number.POSITIVE_INFINITY),
        String(x),
      );
    }
  }
});

// What NumPy prints, where the nearest decimal of that length ends differently or not.
const powers: readonly (readonly [exponent: number, text: string])[] = [
  [-44, "5.684341886080802e-14"],
  [172, "5.986310706507379e+51"],
  [-1074, "5e-324"],
  [-1022, "2.2250738585072014e-308"],
  [1023, "8.98846567431158e+307"],
];

test("a power of two ends where digit generation ends", () => {
  for (const [exponent, text] of powers) {
    assert.deepEqual(shortestDecimal(2 ** exponent, floatFormat(8)), parseDecimal(text));
  }
});

test("exact digits are the value itself", () => {
  assert.deepEqual(exactDecimal(0.1), {
    digits: "1000000000000000055511151231257827021181583404541015625",
    point: 0,
  });
  for (const x of randomFloats(8, 300)) {
    const { digits, point } = exactDecimal(x);
    const places = digits.length - point;
    // x·2^1074 is an integer, and so is the decimal times 10^1074.
    const scaled = BigInt(digits) * 10n ** BigInt(1074 - places);
    assert.equal(scaled, integerOf(x) * 5n ** 1074n, String(x));
  }
});

/** x·2^1074. */
function integerOf(x: number): bigint {
  bits.setFloat64(0, x);
  const exponent = (bits.getUint16(0) >> 4) & 0x7ff;
  const fraction = bits.getBigUint64(0) & (2n ** 52n - 1n);
  return exponent === 0 ? fraction : (fraction + 2n ** 52n) << BigInt(exponent - 1);
}

test("cut digits are those of the exact value, ties to even", () => {
  const format = floatFormat(8);
  const dyadic = Array.from({ length: 500 }, () => (random32() >>> 12) / 2 ** (random32() >>> 28));
  for (const x of [...randomFloats(8, 300), ...dyadic]) {
    if (x === 0 || isPowerOfTwo(x)) continue;
    for (const max of [1, 2, 3, 5, 9, 16]) {
      const rule = { unique: true, fraction: false, min: Number.NEGATIVE_INFINITY, max, zeros: false };
      const cut = decimalOf(x, format, rule);
      const short = shortestDecimal(x, format);
      if (short.digits.length <= max) assert.deepEqual(cut, short);
      else assert.equal(stripped(cut), stripped(roundedExactly(x, max)), `${x} to ${max} digits`);
    }
  }
});

const stripped = ({ digits, point }: Decimal) => `${digits.replace(/0+$/, "")}e${point}`;

/** The exact value to `count` digits by integer division. */
function roundedExactly(x: number, count: number): Decimal {
  const { digits, point } = exactDecimal(x);
  const unit = 10n ** BigInt(Math.max(digits.length - count, 0));
  const value = BigInt(digits);
  const quotient = value / unit;
  const rest = 2n * (value % unit);
  const up = rest > unit || (rest === unit && quotient % 2n === 1n);
  const rounded = String(up ? quotient + 1n : quotient);
  return { digits: rounded, point: point + rounded.length - Math.min(count, digits.length) };
}
