import { textOf, ValueError } from "../../errors.ts";

/** Digits that a text is filled up to at most. */
const MOST = 2 ** 28;

/**
 * An integer in base 2; with a width, negative ones in two's complement.
 *
 * @throws ValueError when `width` is too small, and for what is not an integer.
 * @example
 * np.binaryRepr(-3); // "-11"
 * np.binaryRepr(-3, 5); // "11101"
 */
export function binaryRepr(num: number | bigint, width?: number): string {
  const value = integer("binaryRepr", num);
  if (width !== undefined && !(Number.isInteger(width) && Math.abs(width) <= MOST)) {
    throw new ValueError(`binaryRepr: width ${textOf(width)} is no integer up to ${MOST}`);
  }
  if (width === undefined || value === 0n) return value.toString(2).padStart(width ?? 0, "0");
  // A negative number needs a bit for its sign: -4 is 100, but -5 is 1011.
  const needed =
    value > 0n ? value.toString(2).length : (-value - 1n).toString(2).length + (value < -1n ? 1 : 0);
  if (!(width >= needed)) {
    throw new ValueError(`binaryRepr: ${value} needs ${needed} bits, which is more than the width ${width}`);
  }
  return BigInt.asUintN(width, value).toString(2).padStart(width, "0");
}

/**
 * An integer in a base from 2 to 36, with `padding` zeros in front.
 *
 * @throws ValueError for a base out of range, and for what is not an integer.
 * @example
 * np.baseRepr(255, 16); // "FF"
 * np.baseRepr(-6, 2, 3); // "-000110"
 */
export function baseRepr(num: number | bigint, base = 2, padding = 0): string {
  const value = integer("baseRepr", num);
  if (!(Number.isInteger(base) && base >= 2 && base <= 36)) {
    throw new ValueError(`baseRepr: the base must be an integer from 2 to 36, not ${textOf(base)}`);
  }
  if (!(Number.isInteger(padding) && padding >= 0 && padding <= MOST)) {
    throw new ValueError(`baseRepr: padding must be an integer from 0 to ${MOST}, not ${textOf(padding)}`);
  }
  const digits = (value < 0n ? -value : value).toString(base).toUpperCase();
  // A padded zero is its padding alone.
  const padded = value === 0n && padding > 0 ? "0".repeat(padding) : "0".repeat(padding) + digits;
  return value < 0n ? `-${padded}` : padded;
}

function integer(caller: string, num: number | bigint): bigint {
  if (typeof num === "bigint" || Number.isInteger(num)) return BigInt(num);
  throw new ValueError(`${caller}: ${textOf(num)} is not an integer`);
}
