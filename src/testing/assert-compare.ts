/**
 * The comparison that all assertions about arrays share: first the shapes, then the places of NaN and of infinities, then
 * what is left, element by element.
 */

import { optionsFrom } from "../array/arguments.ts";
import { type ArrayInput, array } from "../array/create.ts";
import { array2string } from "../array/format/array2string.ts";
import { gather } from "../array/gather.ts";
import type { NDArray } from "../array/ndarray.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { broadcastTo } from "../ops/broadcast.ts";
import { max } from "../ops/extrema.ts";
import { ravel } from "../ops/reshape.ts";
import { any } from "../ops/sums.ts";
import { absolute, divide, subtract } from "../ops/ufuncs-arithmetic.ts";
import { minimum, notEqual } from "../ops/ufuncs-compare.ts";
import { isinf, isnan } from "../ops/ufuncs-floating.ts";
import { logicalAnd, logicalNot, logicalOr } from "../ops/ufuncs-logic.ts";
import { AssertionError } from "./assertion-error.ts";
import { allTrue, arrayOf, equalElements, trueIndices } from "./elements.ts";
import { type AssertionOptions, elementText, messageOf, shortText } from "./message.ts";

/** How arrays are compared. */
export interface CompareOptions extends AssertionOptions {
  /** What stands in front of the message. */
  readonly header?: string | undefined;
  /** Digits behind the point in the message; 6 if left out. */
  readonly precision?: number | undefined;
  /** Whether NaN is equal to NaN; true if left out. */
  readonly equalNan?: boolean | undefined;
  /** Whether infinities must be at the same places; true if left out. */
  readonly equalInf?: boolean | undefined;
  /** Whether shapes and dtypes must be the same, and a scalar is not broadcast; false if left out. */
  readonly strict?: boolean | undefined;
  /** What the two are called in the message. */
  readonly names?: readonly [string, string] | undefined;
}

/** Says of two arrays for which elements they are as they should be. */
export type Comparison = (x: NDArray, y: NDArray) => NDArray | boolean;

type Fail = (x: NDArray, y: NDArray, why: string) => never;

/**
 * Throws unless a comparison holds for all elements. NaN and infinities are left out where both have them at the same places.
 *
 * @param comparison gets two arrays and gives an array of bools, or one bool
 * @throws AssertionError
 * @example
 * np.testing.assertArrayCompare((x, y) => np.lessEqual(x, y), [1, 2], [1, 3]);
 */
export function assertArrayCompare(
  comparison: Comparison,
  x: ArrayInput,
  y: ArrayInput,
  options: CompareOptions = {},
): void {
  const caller = "assertArrayCompare";
  if (typeof comparison !== "function")
    throw new ValueError(`${caller}: ${textOf(comparison)} is no function`);
  const given = optionsFrom(options, caller);
  const { errMsg = "", verbose = true, header = "", precision = 6, names = ["ACTUAL", "DESIRED"] } = given;
  const fail: Fail = (a, b, why) => {
    throw new AssertionError(
      messageOf([a, b], { errMsg: `${errMsg}\n${why}`, verbose, header, names, precision }),
    );
  };
  const [a, b] = [arrayOf(x), arrayOf(y)];
  requireShapes(a, b, given.strict ?? false, fail);
  const places = flaggedPlaces(a, b, given, fail);
  // Most arrays have neither, and need not be gone through once more.
  const flagged = places !== null && (any(places) as boolean) ? places : null;
  let [left, right] = [a, b];
  if (flagged !== null && flagged.ndim > 0) {
    const open = logicalNot(flagged);
    [left, right] = [gatherBy(a, open), gatherBy(b, open)];
    if (left.size === 0) return;
  } else if (flagged !== null && (flagged.at() as boolean)) return;
  const verdict = comparison(left, right);
  const holds: NDArray = typeof verdict === "boolean" ? array(verdict) : verdict;
  if (allTrue(holds)) return;
  fail(a, b, remarks({ a, b, left, right, flagged, holds, names }).join("\n"));
}

function gatherBy(a: NDArray, mask: NDArray): NDArray {
  return a.ndim === 0 ? a : gather(a, mask);
}

function requireShapes(a: NDArray, b: NDArray, strict: boolean, fail: Fail): void {
  const [s, t] = [a.layout.shape, b.layout.shape];
  const same = isSameShape(s, t);
  const fits = strict ? same && a.dtype.equals(b.dtype) : same || s.length === 0 || t.length === 0;
  if (fits) return;
  if (same) fail(a, b, `(dtypes ${a.dtype}, ${b.dtype} mismatch)`);
  fail(a, b, `(shapes ${shapeText(s)}, ${shapeText(t)} mismatch)`);
}

/** Where both have NaN, or the same infinities; a 0-d array when one of them is one. Null where nothing has either. */
function flaggedPlaces(
  a: NDArray,
  b: NDArray,
  { equalNan = true, equalInf = true }: CompareOptions,
  fail: Fail,
): NDArray | null {
  const dates = a.dtype.kind === b.dtype.kind && /^[mM]$/.test(a.dtype.kind);
  if (dates) return equalNan ? samePlaces(a, b, nats, "NaT", fail) : null;
  const inexact = (one: NDArray) => one.dtype.kind === "f" || one.dtype.kind === "c";
  const numeric = (one: NDArray) => inexact(one) || /^[biu]$/.test(one.dtype.kind);
  if (!numeric(a) || !numeric(b) || !(inexact(a) || inexact(b))) return null;
  let flagged: NDArray | null = equalNan ? samePlaces(a, b, (one) => isnan(one), "nan", fail) : null;
  if (equalInf) {
    const known = flagged;
    const infinite = (one: NDArray): NDArray =>
      known === null ? isinf(one) : logicalAnd(isinf(one), logicalNot(known));
    const places = samePlaces(a, b, infinite, "inf", fail);
    requireSameInfinities(a, b, places, fail);
    flagged = flagged === null ? places : logicalOr(flagged, places);
  }
  return flagged;
}

/** NaT differs from itself. */
function nats(a: NDArray): NDArray {
  return notEqual(a, a);
}

function samePlaces(
  a: NDArray,
  b: NDArray,
  of: (one: NDArray) => NDArray,
  what: string,
  fail: Fail,
): NDArray {
  const [x, y] = [of(a), of(b)];
  if (!allTrue(equalElements(x, y))) fail(a, b, `${what} location mismatch:`);
  return x.ndim === 0 ? x : y;
}

function requireSameInfinities(a: NDArray, b: NDArray, places: NDArray, fail: Fail): void {
  if (!(any(places) as boolean)) return;
  const [x, y] = a.ndim > 0 && b.ndim > 0 ? [gather(a, places), gather(b, places)] : [a, b];
  if (!allTrue(equalElements(x, y))) fail(x, y, "inf values mismatch:");
}

/** What was compared, and how it came out. */
interface Findings {
  readonly a: NDArray;
  readonly b: NDArray;
  /** What was left of both to compare. */
  readonly left: NDArray;
  readonly right: NDArray;
  readonly flagged: NDArray | null;
  readonly holds: NDArray;
  readonly names: readonly [string, string];
}

/** How many elements differ are listed one by one. */
const LISTED = 5;

function remarks(found: Findings): string[] {
  const { holds, flagged } = found;
  const invalid = logicalNot(holds);
  const { count } = trueIndices(invalid, 0);
  const elements = flagged !== null && flagged.ndim > 0 ? flagged.size : holds.size;
  const percent = shortText((100 * count) / elements, 3);
  const lines = [`Mismatched elements: ${count} / ${elements} (${percent}%)`];
  if (invalid.ndim > 0) lines.push(...places(found, invalid));
  return [...lines, ...differences(found, invalid)];
}

/** The first elements that differ. */
function places({ a, b, flagged, names }: Findings, invalid: NDArray): string[] {
  if (flagged !== null && flagged.ndim > 0) {
    // What was compared are the elements that are not flagged, one by one.
    const { count, indices } = trueIndices(invalid, LISTED);
    const open = trueIndices(logicalNot(flagged), (indices.at(-1)?.[0] ?? -1) + 1).indices;
    return listed(
      count,
      indices.map(([k]) => open[k!]!),
      a,
      b,
      names,
    );
  }
  const { count, indices } = trueIndices(invalid, LISTED);
  return listed(count, indices, a, b, names);
}

function listed(
  count: number,
  indices: readonly (readonly number[])[],
  a: NDArray,
  b: NDArray,
  [first, second]: readonly [string, string],
): string[] {
  const lines = indices.map(
    (index) =>
      ` [${index.join(", ")}]: ${elementText(a, index)} (${first}), ${elementText(b, index)} (${second})`,
  );
  const title =
    count === 1
      ? "Mismatch at index:"
      : count <= LISTED
        ? "Mismatch at indices:"
        : `First ${LISTED} mismatches are at indices:`;
  return [[title, ...lines].join("\n")];
}

/** The largest differences among the elements that differ; none for what has no difference. */
function differences({ left, right }: Findings, invalid: NDArray): string[] {
  const lines: string[] = [];
  try {
    let error: NDArray = absolute(subtract(left, right));
    if (left.dtype.kind === "u") error = minimum(error, absolute(subtract(right, left)));
    const violations = picked(error, invalid);
    lines.push(`Max absolute difference among violations: ${array2string(largest(violations))}`);
    const divisible = logicalAnd(invalid, notEqual(right, 0));
    lines.push(
      `Max relative difference among violations: ${array2string(relative(error, right, divisible))}`,
    );
  } catch (problem) {
    if (!(problem instanceof DTypeError)) throw problem;
  }
  return lines;
}

function relative(error: NDArray, right: NDArray, divisible: NDArray): NDArray {
  if (!(any(divisible) as boolean)) return array(Number.POSITIVE_INFINITY);
  const by = picked(broadcastTo(right, error.layout.shape), divisible);
  return largest(divide(picked(error, divisible), absolute(by)));
}

/** The elements of an array that a mask of its shape picks, as one line. */
function picked(a: NDArray, mask: NDArray): NDArray {
  return a.ndim === 0 ? ravel(a) : gather(a, broadcastTo(mask, a.layout.shape));
}

/** The largest element of a line, as an array without axes. */
function largest(line: NDArray): NDArray {
  return max(line, { axis: 0 }) as NDArray;
}
