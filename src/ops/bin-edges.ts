import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { linspace } from "../array/spaces.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { extremesOf, type UniformBins, uniformPlaces } from "./bin-places.ts";
import { type BinRule, roundingOf, type Width, widths } from "./bin-widths.ts";
import { denseOf } from "./bincount.ts";
import { part } from "./differences.ts";
import { max, min } from "./extrema.ts";
import { any } from "./sums.ts";
import { less } from "./ufuncs-compare.ts";

/** How many bins, their edges in ascending order, or the rule by which their number is chosen. */
export type Bins = number | bigint | BinRule | ArrayInput;

/** The lowest and the highest value that counts. */
export type BinRange = readonly [low: number | bigint, high: number | bigint];

/** The edges of bins, and what they were made of if they are of equal width. */
export interface BinEdges {
  readonly edges: NDArray;
  readonly uniform: UniformBins | null;
}

/** The outer edges as numbers, their distance, and whether they were found among the values. */
interface Outer {
  readonly first: number;
  readonly last: number;
  readonly span: number;
  readonly own: boolean;
}

/** The edges for values of one axis. */
export function binEdges(
  x: NDArray,
  bins: Bins,
  range: BinRange | null,
  weighted: boolean,
  caller: string,
): BinEdges {
  if (typeof bins === "string") return byRule(x, bins as BinRule, range, weighted, caller);
  if (typeof bins === "number" || typeof bins === "bigint") {
    return evenEdges(x, countOf(bins, caller, "bins"), outerEdges(x, range, caller), caller);
  }
  const edges = asarray(bins);
  if (edges.ndim === 0)
    return evenEdges(x, countOf(edges.at(), caller, "bins"), outerEdges(x, range, caller), caller);
  checkEdges(edges, caller, "bins");
  return { edges, uniform: null };
}

/** @internal A number of bins, checked. */
export function countOf(bins: unknown, caller: string, name: string): number {
  const count = typeof bins === "bigint" ? Number(bins) : bins;
  if (!Number.isInteger(count)) {
    throw new DTypeError(`${caller}: ${name} ${textOf(bins)} is neither a whole number nor edges`);
  }
  if ((count as number) < 1) throw new ValueError(`${caller}: ${name} ${count} must be 1 at least`);
  return count as number;
}

/** @internal Throws when edges are not real numbers of one axis in ascending order. */
export function checkEdges(edges: NDArray, caller: string, name: string): void {
  if (edges.ndim !== 1)
    throw new ShapeError(`${caller}: edges in ${name} have ${edges.ndim} axes; they need one`);
  requireReal(edges, caller, name);
  const length = edges.layout.shape[0]!;
  if (length > 1 && any(less(part(edges, 0, 1, length), part(edges, 0, 0, length - 1)) as NDArray)) {
    throw new ValueError(`${caller}: the edges in ${name} must ascend`);
  }
}

/** @internal Throws for what has no order. */
export function requireReal(a: NDArray, caller: string, name: string): void {
  if ("biuf".includes(a.dtype.kind)) return;
  throw new DTypeError(`${caller}: ${name} holds ${a.dtype}; it needs real numbers`);
}

/** @internal The range that bins cover: what is asked for, else from the least value to the largest; never of width 0. */
export function outerEdges(x: NDArray, range: BinRange | null, caller: string): Outer {
  if (range !== null) {
    const [first, last] = rangeFrom(range, caller);
    return widened(first, last, last - first, false, x);
  }
  if (x.size === 0) return widened(0, 1, 1, false, x);
  const [low, high] = extremes(x, caller);
  const [first, last] = [Number(low), Number(high)];
  if (!(Number.isFinite(first) && Number.isFinite(last))) {
    throw new ValueError(
      `${caller}: the values reach from ${first} to ${last}, which is not finite; give a range`,
    );
  }
  const span = typeof low === "bigint" ? Number((high as bigint) - low) : last - first;
  return widened(first, last, roundingOf(x)(span), x.dtype.kind === "f", x);
}

/** Of floats that lie one behind the other, both in one go. */
function extremes(x: NDArray, caller: string): readonly [low: number | bigint, high: number | bigint] {
  if (x.dtype === plain.float64 && x.isContiguous("C")) return extremesOf(numbersOf(x, caller));
  return [min(x) as number | bigint, max(x) as number | bigint];
}

function widened(first: number, last: number, span: number, own: boolean, x: NDArray): Outer {
  if (first !== last) return { first, last, span, own };
  const round = own ? roundingOf(x) : (value: number) => value;
  const [low, high] = [round(first - 0.5), round(last + 0.5)];
  return { first: low, last: high, span: round(high - low), own };
}

function rangeFrom(range: BinRange, caller: string): [number, number] {
  const [first, last] = Array.isArray(range) && range.length === 2 ? range.map(Number) : [];
  if (first === undefined || last === undefined) {
    throw new ValueError(`${caller}: range ${textOf(range)} is not a pair [low, high]`);
  }
  if (first > last) throw new ValueError(`${caller}: range [${first}, ${last}] ends before it starts`);
  if (!(Number.isFinite(first) && Number.isFinite(last))) {
    throw new ValueError(`${caller}: range [${first}, ${last}] is not finite`);
  }
  return [first, last];
}

/** So many bins of equal width. */
function evenEdges(x: NDArray, count: number, outer: Outer, caller: string): BinEdges {
  const { first, last, span, own } = outer;
  const dtype = x.dtype.kind === "f" ? x.dtype : plain.float64;
  // The ends of values are numbers of their dtype, in which the steps are computed then.
  const end = (value: number) => (own ? asarray(value, dtype) : value);
  const edges = linspace(end(first), end(last), count + 1, { dtype: dtype as typeof plain.float64 });
  const numbers = numbersOf(edges, caller);
  for (let k = 0; k < count; k++) {
    if (numbers[k]! < numbers[k + 1]!) continue;
    throw new ValueError(`${caller}: ${count} bins are too many for the range from ${first} to ${last}`);
  }
  return { edges, uniform: { edges: numbers, first, last, span, dtype, own } };
}

/** @internal Elements as float64 in C order; the array's own memory where they lie there so. */
export function numbersOf(a: NDArray, caller: string): Float64Array {
  return denseOf(a, plain.float64, caller);
}

function byRule(
  x: NDArray,
  rule: BinRule,
  range: BinRange | null,
  weighted: boolean,
  caller: string,
): BinEdges {
  if (!Object.hasOwn(widths, rule)) {
    throw new ValueError(
      `${caller}: bins ${textOf(rule)} is no rule; one of ${Object.keys(widths).join(", ")}`,
    );
  }
  if (weighted) throw new DTypeError(`${caller}: bins by a rule do not go with weights; give their number`);
  const outer = outerEdges(x, range, caller);
  const kept = range === null ? x : within(x, outer, caller);
  return evenEdges(x, kept.size === 0 ? 1 : chosen(kept, rule, outer, caller), outer, caller);
}

/** The values that lie in the range. */
function within(x: NDArray, { first, last }: Outer, caller: string): NDArray {
  const round = roundingOf(x);
  const [low, high] = [round(first), round(last)];
  const values = numbersOf(x, caller);
  if (values.every((value) => value >= low && value <= high)) return x;
  const inside = values.filter((value) => value >= low && value <= high);
  const kept = emptyArray([inside.length], plain.float64, "C", caller);
  dataOf(kept).set(inside);
  return castArray(kept, x.dtype, "C", caller);
}

function chosen(x: NDArray, rule: BinRule, outer: Outer, caller: string): number {
  const { span } = outerEdges(x, null, caller);
  const spread = min(x) === max(x) ? 0 : span;
  const countsIn = (bins: number): Int32Array => {
    const counts = new Int32Array(bins);
    const places = new Int32Array(x.size);
    uniformPlaces(numbersOf(x, caller), evenEdges(x, bins, outer, caller).uniform!, places);
    for (const place of places) if (place >= 0) counts[place]!++;
    return counts;
  };
  return numberOf(widths[rule]({ x, spread, countsIn }), x, outer, caller);
}

function numberOf({ width, own }: Width, x: NDArray, outer: Outer, caller: string): number {
  if (width === 0) return 1;
  const least = x.dtype.kind !== "f" && width < 1 ? 1 : width;
  const ratio = outer.span / least;
  const count = Math.ceil(own && outer.own ? roundingOf(x)(ratio) : ratio);
  if (Number.isSafeInteger(count)) return count;
  throw new ValueError(`${caller}: bins of width ${width} do not cut the range into a number of bins`);
}
