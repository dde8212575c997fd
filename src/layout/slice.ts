import { IndexError, textOf, ValueError } from "../errors.ts";

/** A range of positions along one axis, with Python's meaning of start, stop and step; null is "not given". */
export interface Slice {
  readonly kind: "slice";
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** What a slice selects of an axis of known length: `count` positions, `step` apart, the first at `start`. */
export interface SliceRange {
  start: number;
  count: number;
  step: number;
}

// Of bigints alone there would be no room for `1:${n}` with a number.
type Part = number | bigint | "";

/** A slice as a text, such as `":"`, `"1:3"` or `"::-1"`. */
export type SliceText = `${Part}:${Part}` | `${Part}:${Part}:${Part}`;

type Bound = number | bigint | null | undefined;

/**
 * A slice from computed numbers: `s(stop)`, `s(start, stop)` or `s(start, stop, step)`, as Python's `slice`.
 *
 * Null stands for a bound that is not given: `s(null, null, -1)` is `"::-1"`, and `s()` is `":"`. A step of 0 is an
 * error when the slice is used.
 *
 * @throws IndexError when a bound is not an integer.
 * @example
 * const a = np.arange(10);
 * a.slice(np.s(a.size / 2, null)).shape; // [5]
 */
export function s(stop?: Bound): Slice;
export function s(start: Bound, stop: Bound, step?: Bound): Slice;
export function s(...bounds: Bound[]): Slice {
  if (bounds.length < 2) return makeSlice(null, bound(bounds[0]), null);
  return makeSlice(bound(bounds[0]), bound(bounds[1]), bound(bounds[2]));
}

/** Whether a value was made by {@link s} or {@link parseSlice}. */
export function isSlice(value: unknown): value is Slice {
  return typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "slice";
}

/** One constructor, so that every slice has the same hidden class. */
function makeSlice(start: number | null, stop: number | null, step: number | null): Slice {
  return { kind: "slice", start, stop, step };
}

function bound(value: Bound): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (Number.isInteger(value)) return value + 0;
  throw new IndexError(`s: ${textOf(value)} is not an integer; a slice is made of integers and null`);
}

const integer = String.raw`\s*(?:([+-]?\d+(?:_\d+)*)\s*)?`;
const slicePattern = new RegExp(`^${integer}:${integer}(?::${integer})?$`);
const integerPattern = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

/** Enough for the slices that a program writes down; texts beyond it are parsed each time after a fresh start. */
const CACHE_LIMIT = 1024;
const cache = new Map<string, Slice | number>();

/**
 * The slice that a text such as `":"`, `"1:3"`, `"::-1"` or `" -2 : "` stands for.
 *
 * @throws IndexError when the text is not a slice of integers.
 */
export function parseSlice(text: string): Slice {
  const parsed = parseIndexText(text);
  if (typeof parsed !== "number") return parsed;
  throw new IndexError(
    `${JSON.stringify(text)} is an integer, not a slice; a slice has a colon, as in "1:3"`,
  );
}

/** The slice, or the integer, that a text stands for. */
export function parseIndexText(text: string): Slice | number {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const parsed = integerPattern.test(text) ? toInteger(text) : readSlice(text);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(text, parsed);
  return parsed;
}

function readSlice(text: string): Slice {
  const match = slicePattern.exec(text);
  if (match !== null) return makeSlice(part(match[1]), part(match[2]), part(match[3]));
  throw new IndexError(
    `${JSON.stringify(text)} is not an index; wanted an integer, a slice of integers such as "1:3" or "::-1", or "..."`,
  );
}

function part(text: string | undefined): number | null {
  return text === undefined ? null : toInteger(text);
}

function toInteger(text: string): number {
  return Number(text.replaceAll("_", "")) + 0;
}

/**
 * What a slice selects of an axis of `length`, by Python's rules. An empty selection is start 0, step 1.
 *
 * @throws ValueError when the step is 0.
 */
export function clampSlice(slice: Slice, length: number): SliceRange {
  const step = slice.step ?? 1;
  checkPart(slice.start);
  checkPart(slice.stop);
  checkPart(step);
  if (step > 0) {
    const start = slice.start === null ? 0 : clampBound(slice.start, length, 0, length);
    const stop = slice.stop === null ? length : clampBound(slice.stop, length, 0, length);
    return range(start, stop - start, step, length);
  }
  if (step === 0) throw new ValueError("slice step cannot be zero");
  const start = slice.start === null ? length - 1 : clampBound(slice.start, length, -1, length - 1);
  const stop = slice.stop === null ? -1 : clampBound(slice.stop, length, -1, length - 1);
  return range(start, start - stop, step, length);
}

/** A slice may have been put together by hand: a part that is no integer would lead between elements. */
function checkPart(part: number | null): void {
  if (part === null || Number.isInteger(part)) return;
  throw new IndexError(`a slice has integers or null for start, stop and step, not ${textOf(part)}`);
}

/** A bound counted from the front and kept within `low` and `high`. */
function clampBound(value: number, length: number, low: number, high: number): number {
  const position = value < 0 ? value + length : value;
  return position < low ? low : position > high ? high : position;
}

function range(start: number, distance: number, step: number, length: number): SliceRange {
  if (distance <= 0) return { start: 0, count: 0, step: 1 };
  const size = step < 0 ? -step : step;
  if (size === 1) return { start, count: distance, step };
  // A step past the end selects one element whatever it is; a huge one would make a stride that is not exact.
  if (size > 0x7fffffff && size > length) return { start, count: 1, step: step < 0 ? -length : length };
  return { start, count: Math.ceil(distance / size), step };
}
