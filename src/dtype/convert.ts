import { DTypeError, textOf, ValueError } from "../errors.ts";
import { Complex } from "./complex.ts";
import type { Kind } from "./map.ts";
import type { TextParser } from "./number-parse.ts";

/**
 * From a value to an element.
 *
 * `coerce…` takes what a person wrote and refuses what the dtype cannot hold: an integer out of range, a NaN
 * for an integer, a complex number for a real one. `convert…` takes an element of another dtype and the kind of
 * that dtype, and casts it without a question, as C does on the machines NumPy runs on: integers wrap, fractions
 * are cut, a float that no 32-bit (or 64-bit) integer can hold becomes the smallest one before it is cut to size.
 */

/** Throws that a value is of no kind that the dtype holds. */
export function refuse(value: unknown, name: string): never {
  const text = textOf(value);
  throw new DTypeError(
    `${text} (${value === null ? "null" : typeof value}) cannot become an element of dtype ${name}`,
  );
}

let parser: TextParser | null = null;

/** @internal Sets how text becomes a number; until then it is refused. */
export function parseTextWith(next: TextParser): void {
  parser = next;
}

function outOfBounds(value: unknown, name: string): never {
  throw new ValueError(`${String(value)} is out of bounds for ${name}`);
}

export function coerceBool(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value === "bigint") return value !== 0n;
  if (value instanceof Complex) return value.re !== 0 || value.im !== 0;
  return typeof value === "string" && parser !== null ? parser.bool(value) : refuse(value, "bool");
}

export function coerceInt(name: string, min: number, max: number): (value: unknown) => number {
  return (value) => {
    if (typeof value === "number") {
      const whole = Math.trunc(value);
      return whole >= min && whole <= max ? whole + 0 : outOfBounds(value, name);
    }
    if (typeof value === "bigint")
      return value >= min && value <= max ? Number(value) : outOfBounds(value, name);
    if (typeof value === "boolean") return Number(value);
    if (typeof value !== "string" || parser === null) return refuse(value, name);
    const parsed = parser.int(value);
    return parsed >= min && parsed <= max ? Number(parsed) : outOfBounds(value, name);
  };
}

export function coerceBig(name: string, min: bigint, max: bigint): (value: unknown) => bigint {
  return (value) => {
    if (typeof value === "number" && !Number.isFinite(value)) return outOfBounds(value, name);
    if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean") {
      if (typeof value !== "string" || parser === null) return refuse(value, name);
      value = parser.int(value);
    }
    const whole = BigInt(typeof value === "number" ? Math.trunc(value) : (value as bigint | boolean));
    return whole >= min && whole <= max ? whole : outOfBounds(value, name);
  };
}

export function coerceFloat(name: string): (value: unknown) => number {
  return (value) => {
    if (typeof value === "number") return value;
    if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
    return typeof value === "string" && parser !== null ? parser.float(value) : refuse(value, name);
  };
}

export function coerceComplex(name: string): (value: unknown) => Complex {
  const real = coerceFloat(name);
  return (value) => {
    if (value instanceof Complex) return value;
    return typeof value === "string" && parser !== null ? parser.complex(value) : new Complex(real(value), 0);
  };
}

/** Whether elements of that kind are whole numbers, which wrap where a float does not. */
function isWhole(kind?: Kind): boolean {
  return kind === "i" || kind === "u" || kind === "b";
}

/** The real part of an element of any plain dtype; 64-bit integers lose what a float64 cannot hold. */
export function convertFloat(value: unknown): number {
  return value instanceof Complex ? value.re : Number(value as number | bigint | boolean);
}

/** The same for what will be stored in 32 bits: an integer of 64 bits is rounded once. */
export function convertFloat32(value: unknown): number {
  return typeof value === "bigint" ? bigToFloat32(value) : convertFloat(value);
}

export function convertBool(value: unknown): boolean {
  return value instanceof Complex ? value.re !== 0 || value.im !== 0 : Number.isNaN(value) || Boolean(value);
}

export function convertComplex64(value: unknown): Complex {
  return value instanceof Complex ? value : new Complex(convertFloat32(value), 0);
}

export function convertComplex128(value: unknown): Complex {
  return value instanceof Complex ? value : new Complex(convertFloat(value), 0);
}

/** The float32 nearest to a 64-bit integer. Rounding to float64 first would round twice. */
function bigToFloat32(value: bigint): number {
  if (value >= -(2n ** 53n) && value <= 2n ** 53n) return Math.fround(Number(value));
  // Of the eleven bits that a float64 has no place for, all that matters is whether one of them is set.
  const kept = value >> 11n;
  return Math.fround(Number((value & 0x7ffn) === 0n ? kept : kept | 1n) * 2048);
}

/** As the machine converts a double to int32: what does not fit, NaN too, is the smallest int32. */
export function floatToInt32(value: number): number {
  return value > -2147483649 && value < 2147483648 ? Math.trunc(value) + 0 : -2147483648;
}

/** As the machine converts a double to int64. */
function floatToInt64(value: number): bigint {
  return value >= -(2 ** 63) && value < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n);
}

/** The low 32 bits of the integer that an element becomes; 8 and 16 bits are cut from these. */
function low32(value: unknown, kind?: Kind): number {
  if (typeof value === "bigint") return Number(BigInt.asIntN(32, value));
  const x = convertFloat(value);
  return isWhole(kind) ? x | 0 : floatToInt32(x);
}

export function convertInt8(value: unknown, kind?: Kind): number {
  return (low32(value, kind) << 24) >> 24;
}

export function convertInt16(value: unknown, kind?: Kind): number {
  return (low32(value, kind) << 16) >> 16;
}

export function convertInt32(value: unknown, kind?: Kind): number {
  return low32(value, kind);
}

export function convertUint8(value: unknown, kind?: Kind): number {
  return low32(value, kind) & 0xff;
}

export function convertUint16(value: unknown, kind?: Kind): number {
  return low32(value, kind) & 0xffff;
}

/** By way of int64, as the machine has no conversion to unsigned integers. */
export function convertUint32(value: unknown, kind?: Kind): number {
  if (typeof value === "bigint") return Number(BigInt.asUintN(32, value));
  const x = convertFloat(value);
  return isWhole(kind) ? x >>> 0 : Number(BigInt.asUintN(32, floatToInt64(x)));
}

export function convertInt64(value: unknown): bigint {
  return typeof value === "bigint" ? BigInt.asIntN(64, value) : floatToInt64(convertFloat(value));
}

/** From 2^63 on the machine takes 2^63 away, converts, and puts it back. */
export function convertUint64(value: unknown): bigint {
  if (typeof value === "bigint") return BigInt.asUintN(64, value);
  const x = convertFloat(value);
  const whole = x >= 2 ** 63 ? floatToInt64(x - 2 ** 63) + 2n ** 63n : floatToInt64(x);
  return BigInt.asUintN(64, whole);
}
