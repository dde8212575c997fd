import { optionsFrom } from "../array/arguments.ts";
import { astype } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray, workingCopy } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { type BinEdges, type BinRange, type Bins, binEdges, numbersOf, requireReal } from "./bin-edges.ts";
import { countUniform, FEW_BINS, searchedPlaces, searchedWide, uniformPlaces } from "./bin-places.ts";
import { diff, part } from "./differences.ts";
import { imag, real } from "./parts.ts";
import { ravel } from "./reshape.ts";
import { sum } from "./sums.ts";
import { add, divide } from "./ufuncs-arithmetic.ts";

/** Which values count, and how. */
export interface HistogramEdgesOptions {
  /** How many bins, their edges, or a rule; 10 if left out. */
  readonly bins?: Bins | undefined;
  /** The lowest and the highest value that counts; those of the array if left out. */
  readonly range?: BinRange | null | undefined;
  /** What each value counts, in place of 1; of the shape of the array. */
  readonly weights?: ArrayInput | null | undefined;
}

/** The same, and whether to give densities. */
export interface HistogramOptions extends HistogramEdgesOptions {
  /** Whether to divide by the number of values and the width of each bin, so that the integral is 1. */
  readonly density?: boolean | null | undefined;
}

/** What a histogram holds: numbers of values, or what weights or densities make of them. */
type HistogramOf<O> = O extends { readonly weights: ArrayInput }
  ? NDArray
  : O extends { readonly density: true }
    ? NDArray<"float64">
    : O extends {
          readonly weights?: null | undefined;
          readonly density?: false | null | undefined;
        }
      ? NDArray<"int32">
      : NDArray;

/** The bins, or options in their place. */
type BinsOr<O> = Bins | O;

/** Values are gone through in parts of this size; with weights the sums of parts are added. */
const BLOCK = 65536;

/**
 * How many values fall into each of several bins. A bin holds its lower edge and not its upper one, but the last bin holds
 * both. Values outside of the range, and NaN, are left out.
 *
 * @param bins how many bins of equal width (10 if left out), their edges in ascending order, or a rule that chooses their
 * number: "auto", "fd", "doane", "scott", "stone", "rice", "sturges" or "sqrt"; or all options in one object
 * @param options `{ range, weights, density }`
 * @returns `[histogram, edges]`: int32, with weights their dtype, with `density` float64; there is one edge more than bins
 * @throws ValueError when the edges do not ascend, the range is not finite, or the bins are too narrow for floats.
 * @throws ShapeError when weights have another shape; DTypeError for complex values.
 * @example
 * const [counts, edges] = np.histogram([1, 2, 1, 4], 3);
 * counts.tolist(); // [2, 1, 1]
 * edges.tolist(); // [1, 2, 3, 4]
 */
export function histogram<const O extends HistogramOptions = object>(
  a: ArrayInput,
  bins?: BinsOr<O>,
  options?: O,
): [histogram: HistogramOf<O>, edges: NDArray] {
  const given = binsFrom<HistogramOptions>(bins, options, "histogram");
  const { x, weights } = valuesOf(a, given.weights ?? null, "histogram");
  const made = binEdges(x, given.bins ?? 10, given.range ?? null, weights !== null, "histogram");
  const counts = weights === null ? counted(x, made) : weighed(x, weights, made);
  const result = given.density === true ? densities(counts, made.edges) : counts;
  return [result as HistogramOf<O>, made.edges];
}

/**
 * The edges of the bins that {@link histogram} would count in.
 *
 * @param bins as in `histogram`
 * @param options `{ range, weights }`
 * @throws what `histogram` throws.
 * @example
 * np.histogramBinEdges([1, 2, 3, 4, 7], "sturges").tolist(); // [1, 2.5, 4, 5.5, 7]
 */
export function histogramBinEdges(
  a: ArrayInput,
  bins?: BinsOr<HistogramEdgesOptions>,
  options?: HistogramEdgesOptions,
): NDArray {
  const given = binsFrom<HistogramEdgesOptions>(bins, options, "histogramBinEdges");
  const { x, weights } = valuesOf(a, given.weights ?? null, "histogramBinEdges");
  return binEdges(x, given.bins ?? 10, given.range ?? null, weights !== null, "histogramBinEdges").edges;
}

function binsFrom<O extends HistogramEdgesOptions>(
  bins: BinsOr<O> | undefined,
  options: O | undefined,
  caller: string,
): O {
  const alone = typeof bins !== "object" || Array.isArray(bins) || ArrayBuffer.isView(bins);
  if (alone || bins instanceof NDArray) {
    const given = optionsFrom<O>(options, caller);
    return bins === undefined ? given : { ...given, bins: bins as Bins };
  }
  return optionsFrom<O>(bins as O, caller);
}

/** Values and weights in one axis each; bools are counted as numbers. */
function valuesOf(
  a: ArrayInput,
  given: ArrayInput | null,
  caller: string,
): { x: NDArray; weights: NDArray | null } {
  const array = asarray(a);
  requireReal(array, caller, "a");
  const x = ravel(
    array.dtype.kind === "b" ? workingCopy(array, plain.uint8, "K", "histogram") : array,
  ) as NDArray;
  if (given === null) return { x, weights: null };
  const weights = asarray(given);
  if (String(weights.layout.shape) !== String(array.layout.shape)) {
    throw new ShapeError(
      `${caller}: weights have shape ${shapeText(weights.layout.shape)}, but the array has ${shapeText(array.layout.shape)}`,
    );
  }
  if (!"biufc".includes(weights.dtype.kind)) {
    throw new DTypeError(`${caller}: weights hold ${weights.dtype}; they need numbers`);
  }
  return { x, weights: ravel(weights) as NDArray };
}

/** What finds the bins of a part of the values. */
type Finder = (from: number, to: number, into: Int32Array) => void;

function finderOf(x: NDArray, { edges, uniform }: BinEdges): Finder {
  const values = (from: number, to: number) => numbersOf(part(x, 0, from, to), "histogram");
  if (uniform !== null) return (from, to, into) => uniformPlaces(values(from, to), uniform, into);
  const wide = promoteAll([x.dtype, edges.dtype], "histogram");
  const numbers = numbersOf(edges, "histogram");
  const exact = wide.type !== "int64" && wide.type !== "uint64";
  if (exact || numbers.every((edge) => Number.isSafeInteger(edge))) {
    return (from, to, into) => searchedPlaces(values(from, to), numbers, into);
  }
  const big = [...(dataOf(workingCopy(edges, wide, "C", "histogram")) as BigInt64Array)];
  return (from, to, into) => {
    const dense = workingCopy(part(x, 0, from, to), wide, "C", "histogram");
    searchedWide(dataOf(dense) as BigInt64Array | BigUint64Array, big, into);
  };
}

/** Goes through the bins of all values, part by part. */
function eachBlock(
  x: NDArray,
  made: BinEdges,
  use: (places: Int32Array, from: number, to: number) => void,
): void {
  const find = finderOf(x, made);
  const places = new Int32Array(Math.min(BLOCK, x.size));
  for (let from = 0; from < x.size; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.size);
    const block = to - from === places.length ? places : places.subarray(0, to - from);
    find(from, to, block);
    use(block, from, to);
  }
}

function counted(x: NDArray, made: BinEdges): NDArray {
  if (x.size > 2 ** 31 - 1) throw new ValueError(`histogram: ${x.size} values are more than int32 can count`);
  const bins = Math.max(made.edges.size - 1, 0);
  const counts = emptyArray([bins], plain.int32, "C", "histogram");
  const numbers = dataOf(counts);
  const { uniform } = made;
  if (uniform === null || uniform.dtype === plain.float16 || bins > FEW_BINS) {
    eachBlock(x, made, (places) => countPlaces(places, numbers));
    return counts;
  }
  const more = new Int32Array(bins + 1);
  for (let from = 0; from < x.size; from += BLOCK) {
    countUniform(numbersOf(part(x, 0, from, Math.min(from + BLOCK, x.size)), "histogram"), uniform, more);
  }
  numbers.set(more.subarray(0, bins));
  numbers[bins - 1]! += more[bins]!;
  return counts;
}

/** @internal Adds 1 for each place; -1 is none. */
export function countPlaces(places: Int32Array, counts: Int32Array): void {
  for (let k = 0; k < places.length; k++) {
    const place = places[k]!;
    if (place >= 0) counts[place]!++;
  }
}

/** @internal Adds a weight at each place; -1 is none. */
export function sumPlaces(places: Int32Array, weights: Float64Array, sums: Float64Array): void {
  for (let k = 0; k < places.length; k++) {
    const place = places[k]!;
    if (place >= 0) sums[place]! += weights[k]!;
  }
}

/** Sums of weights: of each part in float64, and these added in the dtype of the weights, as NumPy does. */
function weighed(x: NDArray, weights: NDArray, made: BinEdges): NDArray {
  const { dtype } = weights;
  if (made.uniform === null && dtype.kind === "b") {
    throw new DTypeError("histogram: weights of bools need bins of equal width; cast them to integers");
  }
  const bins = Math.max(made.edges.size - 1, 0);
  const total = emptyArray([bins], dtype, "C", "histogram");
  if (made.uniform === null) return weighedOnce(x, weights, made, total);
  eachBlock(x, made, (places, from, to) => {
    const sums = blockSums(places, part(weights, 0, from, to), bins);
    add(total, dtype.kind === "c" ? sums : astype(sums, dtype), { out: total, casting: "unsafe" });
  });
  return total;
}

/** The same between edges that were given, where all are summed before they are rounded. */
function weighedOnce(x: NDArray, weights: NDArray, made: BinEdges, total: NDArray): NDArray {
  const { dtype } = weights;
  if (dtype.kind === "i" || dtype.kind === "u") return weighedWhole(x, weights, made, total);
  const sums = emptyArray(
    total.shape,
    dtype.kind === "c" ? plain.complex128 : plain.float64,
    "C",
    "histogram",
  );
  eachBlock(x, made, (places, from, to) => {
    addSums(places, part(weights, 0, from, to), sums);
  });
  return castArray(sums, dtype, "C", "histogram");
}

/** Integers wrap as they do elsewhere, so they are summed in halves of 32 bits that floats hold exactly. */
function weighedWhole(x: NDArray, weights: NDArray, made: BinEdges, total: NDArray): NDArray {
  const bins = total.size;
  const [low, high] = [new Float64Array(bins), new Float64Array(bins)];
  eachBlock(x, made, (places, from, to) => {
    const wide = dataOf(workingCopy(part(weights, 0, from, to), plain.int64, "C", "histogram"));
    const words = new Int32Array(wide.buffer as ArrayBuffer, wide.byteOffset, 2 * wide.length);
    for (let k = 0; k < places.length; k++) {
      const place = places[k]!;
      if (place < 0) continue;
      low[place]! += words[2 * k]! >>> 0;
      high[place]! += words[2 * k + 1]!;
    }
    // Sums of a part are below 2^48; what they carry is handed on, and what runs over is gone, as integers have it.
    for (let k = 0; k < bins; k++) {
      const carry = Math.floor(low[k]! / 2 ** 32);
      low[k]! -= carry * 2 ** 32;
      high[k] = (high[k]! + carry) % 2 ** 32;
    }
  });
  const sums = emptyArray([bins], plain.int64, "C", "histogram");
  const numbers = dataOf(sums);
  for (let k = 0; k < bins; k++) numbers[k] = BigInt(high[k]!) * 2n ** 32n + BigInt(low[k]!);
  return castArray(sums, total.dtype, "C", "histogram");
}

function blockSums(places: Int32Array, weights: NDArray, bins: number): NDArray {
  const sums = emptyArray(
    [bins],
    weights.dtype.kind === "c" ? plain.complex128 : plain.float64,
    "C",
    "histogram",
  );
  addSums(places, weights, sums);
  return sums;
}

function addSums(places: Int32Array, weights: NDArray, sums: NDArray): void {
  if (weights.dtype.kind !== "c") {
    sumPlaces(places, numbersOf(weights, "histogram"), dataOf(sums) as Float64Array);
    return;
  }
  const into = dataOf(sums) as Float64Array;
  for (const [k, parts] of [real(weights), imag(weights)].entries()) {
    const each = new Float64Array(sums.size);
    sumPlaces(places, numbersOf(parts as NDArray, "histogram"), each);
    for (let j = 0; j < each.length; j++) into[2 * j + k]! += each[j]!;
  }
}

/** Counts divided by the width of each bin and by their sum. */
function densities(counts: NDArray, edges: NDArray): NDArray {
  const lengths = astype(diff(edges), "float64");
  return divide(divide(counts, lengths), sum(counts) as number) as NDArray;
}
