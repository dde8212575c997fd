import { optionsFrom } from "../array/arguments.ts";
import { ascontiguousarray } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { castArray } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import { dataOf, NDArray } from "../array/ndarray.ts";
import { linspace } from "../array/spaces.ts";
import { requireCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { MAX_NDIM, shapeText } from "../layout/layout.ts";
import { transpose } from "./axes.ts";
import { type BinRange, checkEdges, countOf, numbersOf, outerEdges, requireReal } from "./bin-edges.ts";
import { searchedPlaces } from "./bin-places.ts";
import { diff } from "./differences.ts";
import { countPlaces, sumPlaces } from "./histogram.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sums.ts";
import { divide } from "./ufuncs-arithmetic.ts";

/** Which points count, and how. */
export interface Histogram2dOptions {
  /** The lowest and the highest value that counts, for each axis, or null for that of the points. */
  readonly range?: readonly (BinRange | null)[] | null | undefined;
  /** What each point counts, in place of 1. */
  readonly weights?: ArrayInput | null | undefined;
  /** Whether to divide by the number of points and the volume of each bin, so that the integral is 1. */
  readonly density?: boolean | null | undefined;
}

/** The same, and the bins. */
export interface HistogramddOptions extends Histogram2dOptions {
  /** How many bins along all axes, or for each axis their number or their edges; 10 if left out. */
  readonly bins?: AxisBins | undefined;
}

/** How many bins along all axes, or for each axis their number or their edges. */
type AxisBins = number | NDArray | readonly (number | ArrayInput)[];

/**
 * How many points fall into each of several boxes: a histogram of as many axes as the points have coordinates. A bin holds
 * its lower edge and not its upper one, but the last bin along each axis holds both.
 *
 * @param sample an array with a point in each row, or a list with the coordinates along each axis
 * @param bins how many bins along all axes (10 if left out), or a list with their number or their edges for each axis; or all
 * options in one object
 * @param options `{ range, weights, density }`
 * @returns `[histogram, edges]`: float64, and a list of the edges along each axis
 * @throws ValueError when edges do not ascend or a range is not finite; ShapeError when bins, ranges or weights are not as
 * many as they should be; DTypeError for complex numbers.
 * @example
 * const [counts, edges] = np.histogramdd(np.array([[0, 0], [1, 1], [1, 2]]), 2);
 * counts.tolist(); // [[1, 0], [0, 2]]
 */
export function histogramdd(
  sample: NDArray | readonly ArrayInput[],
  bins?: AxisBins | HistogramddOptions,
  options?: HistogramddOptions,
): [histogram: NDArray<"float64">, edges: NDArray[]] {
  const points = pointsOf(sample);
  const plainBins = isBins(bins);
  const given = optionsFrom<HistogramddOptions>(
    plainBins ? options : (bins as HistogramddOptions),
    "histogramdd",
  );
  const asked = plainBins ? ((bins as AxisBins | undefined) ?? given.bins) : given.bins;
  return boxes(points, asked ?? 10, given, "histogramdd");
}

/**
 * How many points of a plane fall into each of several rectangles.
 *
 * @param x the first coordinates of the points, along the first axis of the result
 * @param y the second ones
 * @param bins how many bins along both axes (10 if left out), the edges along both, or a pair with the number or the edges
 * for each; or all options in one object
 * @param options `{ range, weights, density }`
 * @returns `[histogram, xEdges, yEdges]`
 * @throws what `histogramdd` throws; ShapeError when there are not as many `x` as `y`.
 * @example
 * const [counts] = np.histogram2d([0, 1, 1], [0, 1, 2], 2);
 * counts.tolist(); // [[1, 0], [0, 2]]
 */
export function histogram2d(
  x: ArrayInput,
  y: ArrayInput,
  bins?: AxisBins | HistogramddOptions,
  options?: HistogramddOptions,
): [histogram: NDArray<"float64">, xEdges: NDArray, yEdges: NDArray] {
  const coordinates = [asarray(x), asarray(y)] as [NDArray, NDArray];
  if (coordinates.some((a) => a.ndim !== 1) || coordinates[0].size !== coordinates[1].size) {
    const shapes = coordinates.map((a) => shapeText(a.layout.shape)).join(" and ");
    throw new ShapeError(`histogram2d: x and y have shapes ${shapes}; they need one axis of the same length`);
  }
  const dtype = promoteAll(
    coordinates.map((a) => a.dtype),
    "histogram2d",
  );
  const axes = coordinates.map((a) => asarray(a, dtype as Descriptor<"float64">) as NDArray);
  const plainBins = isBins(bins);
  const given = optionsFrom<HistogramddOptions>(
    plainBins ? options : (bins as HistogramddOptions),
    "histogram2d",
  );
  const asked = (plainBins ? (bins as AxisBins | undefined) : given.bins) ?? given.bins ?? 10;
  // More than two numbers are edges along both axes.
  const alone = typeof asked === "number" || (asked instanceof NDArray ? asked.size : asked.length) <= 2;
  const [counts, [xEdges, yEdges]] = boxes(
    axes,
    alone ? asked : [asked as ArrayInput, asked as ArrayInput],
    given,
    "histogram2d",
  );
  return [counts, xEdges!, yEdges!];
}

/** Whether bins were given, or nothing, and not options in their place. */
function isBins(bins: AxisBins | HistogramddOptions | undefined): boolean {
  return typeof bins !== "object" || Array.isArray(bins) || bins instanceof NDArray;
}

/** The coordinates along each axis. */
function pointsOf(sample: NDArray | readonly ArrayInput[]): NDArray[] {
  const given = asarray(sample as ArrayInput);
  const rows = sample instanceof NDArray && given.ndim === 2 ? given : null;
  if (rows === null && given.ndim > 2) {
    throw new ShapeError(
      `histogramdd: the sample has shape ${shapeText(given.layout.shape)}; it needs two axes`,
    );
  }
  const lines = rows === null ? reshape(given, given.ndim === 2 ? given.shape : [1, -1]) : transpose(rows);
  const count = lines.layout.shape[0]!;
  if (count === 0) throw new ShapeError("histogramdd: the points of the sample have no coordinates");
  if (count > MAX_NDIM)
    throw new ShapeError(`histogramdd: points of ${count} coordinates; the most is ${MAX_NDIM}`);
  return Array.from({ length: count }, (_, k) => lines.viewAs(rowLayout(lines, k)));
}

function rowLayout({ layout }: NDArray, k: number): NDArray["layout"] {
  const { shape, strides, offset } = layout;
  const length = shape[1]!;
  return {
    shape: [length],
    strides: [strides[1]!],
    offset: length === 0 ? offset : offset + k * strides[0]!,
  };
}

function boxes(
  points: readonly NDArray[],
  bins: AxisBins,
  options: Histogram2dOptions,
  caller: string,
): [NDArray<"float64">, NDArray[]] {
  const { range = null, weights = null, density = false } = options;
  for (const axis of points) requireReal(axis, caller, "the sample");
  const specs = typeof bins === "number" ? points.map(() => bins) : listOf(bins);
  if (specs.length !== points.length) {
    throw new ShapeError(
      `${caller}: bins for ${specs.length} axes, but the points have ${points.length} coordinates`,
    );
  }
  if (range !== null && (!Array.isArray(range) || range.length !== points.length)) {
    throw new ShapeError(
      `${caller}: range ${textOf(range)} needs a pair or null for each of ${points.length} axes`,
    );
  }
  const edges = points.map((axis, k) =>
    edgesAlong(axis, specs[k]!, range?.[k] ?? null, `bins[${k}]`, caller),
  );
  const shape = edges.map((one) => Math.max(one.size - 1, 0));
  const counts = emptyArray(shape, plain.float64, "C", caller);
  const places = placesOf(points, edges, shape, caller);
  fill(counts, places, weights === null ? null : weightsOf(weights, places.length, caller), caller);
  return [density === true ? densities(counts, edges) : counts, edges];
}

function listOf(bins: NDArray | readonly (number | ArrayInput)[]): readonly (number | ArrayInput)[] {
  return bins instanceof NDArray ? Array.from({ length: bins.length }, (_, k) => bins.slice(k)) : bins;
}

function edgesAlong(
  axis: NDArray,
  bins: number | ArrayInput,
  range: BinRange | null,
  name: string,
  caller: string,
): NDArray {
  const given = typeof bins === "number" ? null : asarray(bins);
  if (given !== null && given.ndim > 0) {
    checkEdges(given, caller, name);
    return given;
  }
  const count = countOf(given === null ? bins : given.at(), caller, name);
  const { first, last, own } = outerEdges(axis, range, caller);
  // The ends of values are numbers of their dtype, in which the steps are computed then.
  const end = (value: number) => (own ? asarray(value, axis.dtype) : value);
  return linspace(end(first), end(last), count + 1);
}

/** The box of each point, counted in C order; -1 for what lies in none. */
function placesOf(
  points: readonly NDArray[],
  edges: readonly NDArray[],
  shape: readonly number[],
  caller: string,
): Int32Array {
  const length = points[0]!.size;
  const places = new Int32Array(length);
  const along = new Int32Array(length);
  points.forEach((axis, k) => {
    searchedPlaces(numbersOf(axis, caller), numbersOf(edges[k]!, caller), along);
    const step = shape[k]!;
    for (let i = 0; i < length; i++) {
      places[i] = places[i]! < 0 || along[i]! < 0 ? -1 : places[i]! * step + along[i]!;
    }
  });
  return places;
}

function weightsOf(weights: ArrayInput, length: number, caller: string): Float64Array {
  const given = asarray(weights);
  if (given.ndim !== 1 || given.size !== length) {
    throw new ShapeError(
      `${caller}: weights have shape ${shapeText(given.layout.shape)}, but there are ${length} points`,
    );
  }
  requireCast(given.dtype, plain.float64, "safe", `${caller}: weights`);
  return numbersOf(given, caller);
}

function fill(
  counts: NDArray<"float64">,
  places: Int32Array,
  weights: Float64Array | null,
  caller: string,
): void {
  if (counts.size > 2 ** 31 - 1) {
    throw new ValueError(`${caller}: ${counts.size} bins are too many; the most is 2^31 - 1`);
  }
  if (weights !== null) {
    sumPlaces(places, weights, dataOf(counts));
    return;
  }
  const whole = emptyArray(counts.shape, plain.int32, "C", caller);
  countPlaces(places, dataOf(whole));
  dataOf(counts).set(dataOf(whole));
}

/** Counts divided by the volume of each bin and by their sum. */
function densities(counts: NDArray<"float64">, edges: readonly NDArray[]): NDArray<"float64"> {
  const total = sum(counts) as number;
  let result = counts as NDArray;
  edges.forEach((axis, k) => {
    const lengths = castArray(diff(axis), plain.float64, "C", "histogramdd");
    const shape = edges.map((_, j) => (j === k ? lengths.size : 1));
    result = divide(result, reshape(ascontiguousarray(lengths), shape)) as NDArray;
  });
  return divide(result, total) as NDArray<"float64">;
}
