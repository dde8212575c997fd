/**
 * Windows for the analysis of signals: lines of `M` weights, the largest in the middle.
 */

import { unsetArray } from "../array/fresh.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { besselI0By } from "../engine/kernels/bessel.ts";
import { textOf, ValueError } from "../errors.ts";
import { exp } from "./ufuncs-exponential.ts";
import { cos } from "./ufuncs-trigonometric.ts";

type Line = NDArray<"float64">;

/** A line of numbers, each made from its place. */
function lineOf(length: number, make: (k: number) => number, caller: string): Line {
  const line = unsetArray([length], plain.float64, "C", caller);
  const data = dataOf(line);
  for (let k = 0; k < length; k++) data[k] = make(k);
  return line;
}

/** The number of points, as a number. */
function pointsFrom(M: number | bigint, caller: string): number {
  const points = typeof M === "object" || typeof M === "symbol" ? Number.NaN : Number(M);
  if (!Number.isNaN(points)) return points;
  throw new ValueError(`${caller}: ${textOf(M)} is no number of points`);
}

/** A window without points, or with one; null for all others. */
function shortWindow(points: number, caller: string): Line | null {
  if (points < 1) return lineOf(0, () => 0, caller);
  return points === 1 ? lineOf(1, () => 1, caller) : null;
}

/** As many numbers as there are from 1 - M up to M in steps of two. */
function stepsOf(points: number): number {
  return Math.ceil((2 * points - 1) / 2);
}

/** The cosines of multiples of an angle that goes from -π to π over the window. */
function cosines(points: number, factor: number, caller: string): Line {
  const angles = unsetArray([stepsOf(points)], plain.float64, "C", caller);
  const data = dataOf(angles);
  const [turn, first, last] = [factor * Math.PI, 1 - points, points - 1];
  for (let k = 0; k < data.length; k++) data[k] = (turn * (first + 2 * k)) / last;
  return cos(angles, { out: angles }) as Line;
}

/**
 * The Bartlett window: a triangle whose ends are 0. float64. Returns a copy.
 *
 * @param M the number of points; less than 1 gives none
 * @example
 * np.bartlett(5).tolist(); // [0, 0.5, 1, 0.5, 0]
 */
export function bartlett(M: number | bigint): Line {
  const points = pointsFrom(M, "bartlett");
  const weight = (k: number) => {
    const n = 1 - points + 2 * k;
    return n <= 0 ? 1 + n / (points - 1) : 1 - n / (points - 1);
  };
  return shortWindow(points, "bartlett") ?? lineOf(stepsOf(points), weight, "bartlett");
}

/**
 * The Blackman window: two cosines, whose ends are nearly 0. float64. Returns a copy.
 *
 * @param M the number of points; less than 1 gives none
 * @example
 * np.round(np.blackman(5), 2).tolist(); // [-0, 0.34, 1, 0.34, -0]
 */
export function blackman(M: number | bigint): Line {
  const points = pointsFrom(M, "blackman");
  const short = shortWindow(points, "blackman");
  if (short !== null) return short;
  const [once, twice] = [cosines(points, 1, "blackman"), cosines(points, 2, "blackman")];
  const [data, other] = [dataOf(once), dataOf(twice)];
  for (let k = 0; k < data.length; k++) data[k] = 0.42 + 0.5 * data[k]! + 0.08 * other[k]!;
  return once;
}

/**
 * The Hamming window: a cosine whose ends are 0.08. float64. Returns a copy.
 *
 * @param M the number of points; less than 1 gives none
 * @example
 * np.round(np.hamming(5), 2).tolist(); // [0.08, 0.54, 1, 0.54, 0.08]
 */
export function hamming(M: number | bigint): Line {
  return cosineWindow(M, 0.54, 0.46, "hamming");
}

/**
 * The Hann window: a cosine whose ends are 0. float64. Returns a copy.
 *
 * @param M the number of points; less than 1 gives none
 * @example
 * np.round(np.hanning(5), 2).tolist(); // [0, 0.5, 1, 0.5, 0]
 */
export function hanning(M: number | bigint): Line {
  return cosineWindow(M, 0.5, 0.5, "hanning");
}

function cosineWindow(M: number | bigint, level: number, height: number, caller: string): Line {
  const points = pointsFrom(M, caller);
  const short = shortWindow(points, caller);
  if (short !== null) return short;
  const once = cosines(points, 1, caller);
  const data = dataOf(once);
  for (let k = 0; k < data.length; k++) data[k] = level + height * data[k]!;
  return once;
}

/**
 * The Kaiser window, made of Bessel functions: the larger `beta`, the narrower. float64. Returns a copy.
 *
 * @param M the number of points; less than 1 gives none
 * @param beta its form: 0 is a rectangle, 5 near Hamming, 6 near Hann, 8.6 near Blackman
 * @example
 * np.round(np.kaiser(5, 14), 3).tolist(); // [0, 0.165, 1, 0.165, 0]
 */
export function kaiser(M: number | bigint, beta: number): Line {
  const points = pointsFrom(M, "kaiser");
  if (typeof beta !== "number") throw new ValueError(`kaiser: beta ${textOf(beta)} is not a number`);
  if (points === 1) return lineOf(1, () => 1, "kaiser");
  const alpha = (points - 1) / 2;
  const argument = (k: number) => beta * Math.sqrt(1 - ((k - alpha) / alpha) ** 2);
  // The last argument is that of the middle.
  const length = Math.max(0, Math.ceil(points));
  const line = lineOf(length + 1, (k) => Math.abs(k === length ? beta : argument(k)), "kaiser");
  const exponentials = dataOf(exp(line) as Line);
  const sizes = dataOf(line);
  const bessel = (k: number) => besselI0By(sizes[k]!, exponentials[k]!);
  const top = bessel(length);
  return lineOf(length, (k) => bessel(k) / top, "kaiser");
}
