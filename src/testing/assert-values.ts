/** Assertions about values of any kind. */

import { optionsFrom } from "../array/arguments.ts";
import type { ArrayInput } from "../array/create.ts";
import { item } from "../array/elements.ts";
import { NDArray } from "../array/ndarray.ts";
import { Complex } from "../dtype/complex.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { imag, real } from "../ops/parts.ts";
import {
  type ArrayAssertionOptions,
  assertArrayAlmostEqual,
  assertArrayEqual,
  type DecimalOptions,
  decimalFrom,
  saidOptions,
} from "./assert-arrays.ts";
import { AssertionError } from "./assertion-error.ts";
import { allTrue, arrayOf, equalElements } from "./elements.ts";
import { type AssertionOptions, messageOf, reprOf } from "./message.ts";

/**
 * Throws unless a value is true; of an array of one element its element counts.
 *
 * @param message a text, or a function that gives it
 * @throws AssertionError
 * @example
 * np.testing.assert_(np.array([1]).size === 1, "one element");
 */
export function assert_(value: unknown, message: string | (() => string) = ""): void {
  const truth = value instanceof NDArray && value.size === 1 ? item(value) : value;
  if (!truth) throw new AssertionError(typeof message === "function" ? message() : message);
}

const isArrayLike = (value: unknown): boolean => value instanceof NDArray || ArrayBuffer.isView(value);

/**
 * Throws unless two values are equal: scalars, texts, lists and objects of them, or arrays. NaN is equal to NaN, 0 is not
 * equal to -0 unless they are in arrays, and lists and objects are compared item by item.
 *
 * @throws AssertionError
 * @example
 * np.testing.assertEqual({ a: [1, Number.NaN] }, { a: [1, Number.NaN] });
 */
export function assertEqual(
  actual: unknown,
  desired: unknown,
  options?: string | ArrayAssertionOptions,
): void {
  const given = saidOptions<ArrayAssertionOptions>(options);
  const { errMsg = "" } = given;
  if (isRecord(desired)) {
    if (!isRecord(actual)) throw new AssertionError(reprOf(typeof actual));
    assertEqual(Object.keys(actual).length, Object.keys(desired).length, given);
    for (const key of Object.keys(desired)) {
      if (!Object.hasOwn(actual, key)) throw new AssertionError(reprOf(key));
      assertEqual(actual[key], desired[key], { ...given, errMsg: `key=${reprOf(key)}\n${errMsg}` });
    }
    return;
  }
  if (Array.isArray(desired) && Array.isArray(actual)) {
    assertEqual(actual.length, desired.length, given);
    for (const [k, one] of desired.entries()) {
      assertEqual(actual[k], one, { ...given, errMsg: `item=${k}\n${errMsg}` });
    }
    return;
  }
  if (isArrayLike(actual) || isArrayLike(desired)) {
    assertArrayEqual(actual as ArrayInput, desired as ArrayInput, given);
    return;
  }
  if (!isEqualScalar(actual, desired)) throw new AssertionError(messageOf([actual, desired], given));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Whether two values that are no lists and no arrays are equal; NaN is, and zeros of two signs are not. */
function isEqualScalar(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b)) return false;
  if (a instanceof Complex || b instanceof Complex) {
    const [x, y] = [partsOf(a), partsOf(b)];
    return x !== null && y !== null && isEqualScalar(x[0], y[0]) && isEqualScalar(x[1], y[1]);
  }
  if (typeof a === "number" && typeof b === "number") return Object.is(a, b);
  const [x, y] = [numberOf(a), numberOf(b)];
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint equals a number of that value.
  if (x !== null && y !== null) return x == y;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  return isEqualObject(a, b);
}

/** Numbers, bigints and booleans as what they count for; null for anything else. */
function numberOf(value: unknown): number | bigint | null {
  if (typeof value === "boolean") return Number(value);
  return typeof value === "number" || typeof value === "bigint" ? value : null;
}

function partsOf(value: unknown): [unknown, unknown] | null {
  if (value instanceof Complex) return [value.re, value.im];
  return numberOf(value) === null ? null : [value, 0];
}

/** Scalars that are objects, such as dates, as arrays see them. */
function isEqualObject(a: object, b: object): boolean {
  if (a === b) return true;
  try {
    const [x, y] = [arrayOf(a), arrayOf(b)];
    if (allTrue(equalElements(x, y))) return true;
    // Not a time, as NaN, is equal to itself here.
    return x.dtype.type === y.dtype.type && ![x, y].some((one) => allTrue(equalElements(one, one)));
  } catch (error) {
    if (error instanceof DTypeError) return false;
    throw error;
  }
}

/**
 * Throws unless two numbers, or two arrays, are the same up to so many decimals: `|desired - actual| < 1.5 * 10 ** -decimal`;
 * `assertAllclose` is the better choice.
 *
 * @param options the number of decimals, 7 if left out, or `{ decimal, errMsg, verbose }`
 * @throws AssertionError
 * @example
 * np.testing.assertAlmostEqual(2.33333333, 2.33333334, 7);
 */
export function assertAlmostEqual(
  actual: ArrayInput,
  desired: ArrayInput,
  options: number | DecimalOptions = {},
): void {
  const { decimal, rest } = decimalFrom(options, 7);
  const header = `Arrays are not almost equal to ${Math.trunc(decimal)} decimals`;
  const fail = (): never => {
    throw new AssertionError(messageOf([actual, desired], { ...rest, header }));
  };
  if (isComplex(actual) || isComplex(desired)) {
    try {
      assertAlmostEqual(partOf(actual, "re"), partOf(desired, "re"), decimal);
      assertAlmostEqual(partOf(actual, "im"), partOf(desired, "im"), decimal);
    } catch (error) {
      if (error instanceof AssertionError) fail();
      throw error;
    }
    if (actual instanceof Complex || desired instanceof Complex) {
      if (!(isListed(actual) || isListed(desired))) return;
    }
  }
  if (isListed(actual) || isListed(desired)) {
    assertArrayAlmostEqual(actual, desired, { errMsg: rest.errMsg, decimal });
    return;
  }
  if (
    !isNear(
      asNumber(actual, "assertAlmostEqual"),
      asNumber(desired, "assertAlmostEqual"),
      1.5 * 10 ** -decimal,
    )
  )
    fail();
}

function asNumber(value: unknown, caller: string): number {
  try {
    return Number(value);
  } catch {
    throw new ValueError(`${caller}: ${textOf(value)} is no number`);
  }
}

/** Whether two numbers are less apart than that; what is not finite must be the same. */
function isNear(a: number, b: number, most: number): boolean {
  if (Number.isFinite(a) && Number.isFinite(b)) return Math.abs(b - a) < most;
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function isListed(value: unknown): boolean {
  return Array.isArray(value) || isArrayLike(value);
}

function isComplex(value: unknown): boolean {
  return value instanceof Complex || (value instanceof NDArray && value.dtype.kind === "c");
}

function partOf(value: ArrayInput, part: "re" | "im"): ArrayInput {
  if (value instanceof Complex) return value[part];
  if (value instanceof NDArray && value.dtype.kind === "c") return part === "re" ? real(value) : imag(value);
  return part === "re" ? value : 0;
}

/** How many digits two numbers are to share. */
export interface SignificantOptions extends AssertionOptions {
  readonly significant?: number | undefined;
}

/**
 * Throws unless two numbers are the same up to so many digits: scaled to numbers between 1 and 10 they differ by less than
 * `10 ** -(significant - 1)`.
 *
 * @param options the number of digits, 7 if left out, or `{ significant, errMsg, verbose }`
 * @throws AssertionError
 * @example
 * np.testing.assertApproxEqual(0.12345677777777e-20, 0.1234567e-20);
 */
export function assertApproxEqual(
  actual: number | bigint,
  desired: number | bigint,
  options: number | SignificantOptions = {},
): void {
  const caller = "assertApproxEqual";
  const { significant = 7, ...rest } =
    typeof options === "number" ? { significant: options } : optionsFrom(options, caller);
  const [a, b] = [asNumber(actual, caller), asNumber(desired, caller)];
  if (a === b) return;
  const scale = 10 ** Math.floor(Math.log10(0.5 * (Math.abs(a) + Math.abs(b))));
  const near = isNear(a, b, Number.POSITIVE_INFINITY);
  const finite = Number.isFinite(a) && Number.isFinite(b);
  if (near && (!finite || Math.abs(b / scale - a / scale) < 10 ** -(significant - 1))) return;
  const header = `Items are not equal to ${Math.trunc(significant)} significant digits:`;
  throw new AssertionError(messageOf([a, b], { ...rest, header }));
}

/**
 * Throws unless two texts are equal; the message has the lines that differ, with a `-` in front of what is there and a `+` in
 * front of what should be.
 *
 * @throws AssertionError
 * @example
 * np.testing.assertStringEqual("abc", "abc");
 */
export function assertStringEqual(actual: string, desired: string): void {
  for (const text of [actual, desired]) {
    if (typeof text !== "string") throw new AssertionError(reprOf(typeof text));
  }
  if (actual === desired) return;
  const [ours, theirs] = [actual.split("\n"), desired.split("\n")];
  const lines: string[] = [];
  for (let k = 0; k < Math.max(ours.length, theirs.length); k++) {
    if (ours[k] === theirs[k]) continue;
    if (ours[k] !== undefined) lines.push(`- ${ours[k]}`);
    if (theirs[k] !== undefined) lines.push(`+ ${theirs[k]}`);
  }
  throw new AssertionError(`Differences in strings:\n${lines.join("\n")}`);
}
