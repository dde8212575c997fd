import { Complex } from "../dtype/complex.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { walkOuter2 } from "../layout/walk.ts";
import type { NDArray } from "./ndarray.ts";

/**
 * The rule "same_value" of `astype`: any cast between numbers, as long as every element keeps its value. NaN stays NaN;
 * for bools what is not 0 is true.
 */

/** @throws DTypeError when one of the two is no dtype of numbers. */
export function requireNumbers(from: Descriptor, to: Descriptor, caller: string): void {
  const numbers = [from, to].every(({ kind, subdtype }) => "biufc".includes(kind) && subdtype === null);
  if (numbers) return;
  throw new DTypeError(
    `${caller}: cannot cast ${from} to ${to} by the rule "same_value", which is for numbers`,
  );
}

/** @throws ValueError when an element is not what it was before the cast. */
export function requireSame(before: NDArray, after: NDArray, caller: string): void {
  if (after.dtype.kind === "b" || before.dtype.equals(after.dtype)) return;
  const { shape, strides, offset } = before.layout;
  const [from, to] = [before.dtype.access, after.dtype.access];
  const [views, casts] = [before.storage.view, after.storage.view];
  walkOuter2(shape, strides, offset, after.layout.strides, after.layout.offset, 0, (here, there) => {
    const value: unknown = from.read(views, here);
    if (isSame(value, to.read(casts, there))) return;
    throw new ValueError(
      `${caller}: ${String(value)} cannot be an element of ${after.dtype} with its value kept`,
    );
  });
}

/** Whether two numbers are equal, exactly, whatever kind of JS value they are. */
function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Complex) return b instanceof Complex ? sameParts(a, b) : a.im === 0 && isSame(a.re, b);
  if (b instanceof Complex) return b.im === 0 && isSame(a, b.re);
  const [x, y] = [typeof a === "boolean" ? Number(a) : a, typeof b === "boolean" ? Number(b) : b] as [
    number,
    number,
  ];
  // A number and a bigint are compared as they are, without rounding either.
  if (x < y || x > y) return false;
  return Number.isNaN(x) ? Number.isNaN(y) : !Number.isNaN(y);
}

function sameParts(a: Complex, b: Complex): boolean {
  return isSame(a.re, b.re) && isSame(a.im, b.im);
}
