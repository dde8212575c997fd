import { DTypeError, ValueError } from "../errors.ts";
import { Complex } from "./complex.ts";

/**
 * From a value to an element.
 *
 * `coerce…` takes what a person wrote and refuses what the dtype cannot hold: an integer out of range, a NaN
 * for an integer, a complex number for a real one. `convert…` takes an element of another dtype and casts it
 * without a question, as C does on the machines NumPy runs on: fractions are cut, integers wrap, a float that
 * no 32-bit (or 64-bit) integer can hold becomes the smallest one before it is cut to size.
 */

function refuse(value: unknown, name: string): never {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new DTypeError(`${text} (${value === null ? "null" : typeof value}) cannot become an element of dtype ${name}`);
}

function outOfBounds(value: unknown, name: string): never {
  throw new ValueError(`${String(value)} is out of bounds for ${name}`);
}

export function coerceBool(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value === "bigint") return value !== 0n;
  if (value instanceof Complex) return value.re !== 0 || value.im !== 0;
  return refuse(value, "bool");
}

export function coerceInt(name: string, min: number, max: number): (value: unknown) => number {
  return (value) => {
    if (typeof value === "number") {
      const whole = Math.trunc(value);
      return whole >= min && whole <= max ? whole + 0 : outOfBounds(value, name);
    }
    if (typeof value === "bigint") return value >= min && value <= max ? Number(value) : outOfBounds(value, name);
    return typeof value === "boolean" ? Number(value) : refuse(value, name);
  };
}

export function coerceBig(name: string, min: bigint, max: bigint): (value: unknown) => bigint {
  return (value) => {
    if (typeof value === "number" && !Number.isFinite(value)) return outOfBounds(value, name);
    if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean") return refuse(value, name);
    const whole = BigInt(typeof value === "number" ? Math.trunc(value) : value);
    return whole >= min && whole <= max ? whole : outOfBounds(value, name);
  };
}

export function coerceFloat(name: string): (value: unknown) => number {
  return (value) => {
    if (typeof value === "number") return value;
    return typeof value === "bigint" || typeof value === "boolean" ? Number(value) : refuse(value, name);
  };
}

export function coerceComplex(name: string): (value: unknown) => Complex {
  const real = coerceFloat(name);
  return (value) => (value instanceof Complex ? value : new Complex(real(value), 0));
}

/** The real number in an element of any plain dtype; 64-bit integers lose what a float64 cannot hold. */
export function convertFloat(value: unknown): number {
  return value instanceof Complex ? value.re : Number(value as number | bigint | boolean);
}

export function convertBool(value: unknown): boolean {
  return value instanceof Complex ? value.re !== 0 || value.im !== 0 : Boolean(value);
}

export function convertComplex(value: unknown): Complex {
  return value instanceof Complex ? value : new Complex(Number(value as number | bigint | boolean), 0);
}

/** As the machine converts a double to int32: what does not fit is the smallest int32. */
export function convertInt32(value: unknown): number {
  if (typeof value === "bigint") return Number(BigInt.asIntN(32, value));
  const x = Math.trunc(convertFloat(value));
  // An integer element wraps, a float out of range does not; an integer element of a smaller dtype always fits.
  return x >= -2147483648 && x <= 2147483647 ? x + 0 : -2147483648;
}

export function convertInt8(value: unknown): number {
  return (convertInt32(value) << 24) >> 24;
}

export function convertInt16(value: unknown): number {
  return (convertInt32(value) << 16) >> 16;
}

export function convertUint8(value: unknown): number {
  return convertInt32(value) & 0xff;
}

export function convertUint16(value: unknown): number {
  return convertInt32(value) & 0xffff;
}

export function convertInt64(value: unknown): bigint {
  if (typeof value === "bigint") return BigInt.asIntN(64, value);
  const x = Math.trunc(convertFloat(value));
  return x >= -(2 ** 63) && x < 2 ** 63 ? BigInt(x) : -(2n ** 63n);
}

export function convertUint64(value: unknown): bigint {
  if (typeof value === "bigint") return BigInt.asUintN(64, value);
  const x = Math.trunc(convertFloat(value));
  if (x >= 2 ** 63 && x < 2 ** 64) return BigInt(x);
  return BigInt.asUintN(64, convertInt64(x));
}

export function convertUint32(value: unknown): number {
  if (typeof value === "bigint") return Number(BigInt.asUintN(32, value));
  const x = Math.trunc(convertFloat(value));
  if (x >= 0 && x <= 4294967295) return x + 0;
  return Number(BigInt.asUintN(32, convertInt64(x)));
}
