import { asarray } from "../array/create.ts";
import { castArray, workingCopy } from "../array/duplicate.ts";
import { flat } from "../array/flat.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { half } from "./bin-places.ts";
import { percentile } from "./quantiles.ts";
import { mean, std } from "./statistics.ts";
import { log2, power } from "./ufuncs-exponential.ts";

/**
 * How wide bins should be, by the rules of the literature, in the arithmetic of the values: NumPy computes some of these
 * widths in their dtype and others in float64, and the number of bins hangs on the last bit.
 *
 * Sturges 1926; Scott, Biometrika 66 (1979); Freedman and Diaconis, Z. Wahrsch. 57 (1981); Doane, Amer. Statistician 30
 * (1976); Stone, Proc. Berkeley Conf. (1984).
 */

/** The rules by which the number of bins can be chosen. */
export type BinRule = "auto" | "fd" | "doane" | "scott" | "stone" | "rice" | "sturges" | "sqrt";

/** A width, and whether it is a number of the dtype of the values rather than a float64. */
export interface Width {
  readonly width: number;
  readonly own: boolean;
}

/** What the rules look at. */
export interface Sample {
  readonly x: NDArray;
  /** The largest value less the smallest. */
  readonly spread: number;
  /** How many values there are in each of so many bins of equal width over the range. */
  readonly countsIn: (bins: number) => Int32Array;
}

/** Rounds to the dtype of the values. */
export function roundingOf({ dtype }: NDArray): (value: number) => number {
  if (dtype === plain.float32) return Math.fround;
  return dtype === plain.float16 ? half : (value) => value;
}

function sqrtWidth({ x, spread }: Sample): Width {
  return { width: spread / Math.sqrt(x.size), own: false };
}

function sturgesWidth({ x, spread }: Sample): Width {
  return { width: spread / (logarithm(x.size) + 1), own: false };
}

function riceWidth({ x, spread }: Sample): Width {
  const round = roundingOf(x);
  return { width: round(spread / round(2 * raised(x.size, 1 / 3))), own: true };
}

function scottWidth({ x }: Sample): Width {
  const round = roundingOf(x);
  const factor = raised((24 * Math.sqrt(Math.PI)) / x.size, 1 / 3);
  return { width: round(round(factor) * Number(std(x))), own: true };
}

/** Least squares, over all numbers of bins up to a bound, by leave-one-out cross-validation. */
function stoneWidth({ x, spread, countsIn }: Sample): Width {
  const n = x.size;
  if (n <= 1 || spread === 0) return { width: 0, own: true };
  const round = roundingOf(x);
  const most = Math.max(100, Math.floor(Math.sqrt(n)));
  let [best, least] = [1, Number.POSITIVE_INFINITY];
  for (let bins = 1; bins <= most; bins++) {
    let squares = 0;
    for (const count of countsIn(bins)) squares += (count / n) * (count / n);
    const risk = (2 - (n + 1) * squares) / round(spread / bins);
    if (risk < least) [best, least] = [bins, risk];
  }
  return { width: round(spread / best), own: true };
}

/** Sturges with room for skewness. */
function doaneWidth({ x, spread }: Sample): Width {
  const n = x.size;
  const sigma = n > 2 ? Number(std(x)) : 0;
  if (!(sigma > 0)) return { width: 0, own: false };
  const deviation = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const skewness = Math.abs(skewnessOf(x, Number(mean(x)), sigma));
  return { width: spread / (1 + logarithm(n) + logarithm(1 + skewness / deviation)), own: false };
}

function skewnessOf(x: NDArray, middle: number, sigma: number): number {
  const round = roundingOf(x);
  const cubes = workingCopy(x, plain.float64, "C", "histogram");
  const values = dataOf(cubes);
  for (let k = 0; k < values.length; k++) values[k] = round(round(values[k]! - middle) / sigma);
  const kept = x.dtype.kind === "f" ? castArray(cubes, x.dtype, "C", "histogram") : cubes;
  return Number(mean(power(kept, 3) as NDArray));
}

/** Twice the distance of the quartiles, which outliers do not move. */
function fdWidth({ x }: Sample): Width {
  const round = roundingOf(x);
  const [upper, lower] = [...flat(percentile(x, asarray(Float64Array.of(75, 25))) as NDArray)];
  const between = round(Number(upper) - Number(lower));
  return { width: round(round(2 * between) * round(raised(x.size, -1 / 3))), own: true };
}

/** The finer one of Freedman and Diaconis and Sturges, but not many times finer than by the square root. */
function autoWidth(sample: Sample): Width {
  const fd = fdWidth(sample);
  const sturges = sturgesWidth(sample);
  const root = sqrtWidth(sample).width / 2;
  const corrected = root > fd.width ? { width: root, own: false } : fd;
  return sturges.width < corrected.width ? sturges : corrected;
}

function logarithm(value: number): number {
  return Number((log2(value) as NDArray).at());
}

function raised(base: number, exponent: number): number {
  return Number((power(base, exponent) as NDArray).at());
}

export const widths: Readonly<Record<BinRule, (sample: Sample) => Width>> = {
  auto: autoWidth,
  fd: fdWidth,
  doane: doaneWidth,
  scott: scottWidth,
  stone: stoneWidth,
  rice: riceWidth,
  sturges: sturgesWidth,
  sqrt: sqrtWidth,
};
