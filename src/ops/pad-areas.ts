/**
 * Filling what lies around an array, axis by axis.
 *
 * A region is the padded array, whole along the axes that are filled already and along the one at hand, and without its
 * padding along those that come later: so corners get what the last axis makes of them.
 */

import { assign } from "../array/assign.ts";
import { castElements } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { linspace } from "../array/spaces.ts";
import { ValueError } from "../errors.ts";
import { moveAxes } from "../layout/movement.ts";
import { max, min } from "./extrema.ts";
import { median } from "./median.ts";
import type { Pair } from "./pad-pairs.ts";
import type { AxisOptions } from "./reduction-options.ts";
import { round } from "./rounding.ts";
import { section } from "./section.ts";
import { mean } from "./statistics.ts";
import { multiply, subtract } from "./ufuncs-arithmetic.ts";

/** One axis of a padded array, and how wide its padding is. */
export interface PadAxis {
  readonly region: NDArray;
  readonly axis: number;
  readonly width: Pair;
  /** The length before it was padded. */
  readonly length: number;
}

/** Copies elements within one array, between places that share no byte. */
function copyWithin(from: NDArray, to: NDArray): void {
  castElements(to.layout.shape, placeOf(from), placeOf(to));
}

/** Writes values before and behind the array; they broadcast along the axis. */
export function fillEnds({ region, axis, width, length }: PadAxis, before: NDArray, behind: NDArray): void {
  const [left, right] = width;
  if (left > 0) assign(section(region, axis, 0, left), before, { casting: "unsafe", caller: "pad" });
  if (right > 0) {
    assign(section(region, axis, left + length, right), behind, { casting: "unsafe", caller: "pad" });
  }
}

/** Repeats the first and the last part. */
export function fillEdges(pad: PadAxis): void {
  const { region, axis, width, length } = pad;
  const [left, right] = width;
  const first = section(region, axis, left, 1);
  const last = section(region, axis, left + length - 1, 1);
  if (left > 0) copyWithin(stretched(first, axis, left), section(region, axis, 0, left));
  if (right > 0) copyWithin(stretched(last, axis, right), section(region, axis, left + length, right));
}

function stretched(a: NDArray, axis: number, length: number): NDArray {
  const { shape, strides, offset } = a.layout;
  return a.viewAs({
    shape: shape.map((n, k) => (k === axis ? length : n)),
    strides: strides.map((step, k) => (k === axis ? 0 : step)),
    offset,
  });
}

/** Lines from values to the edges. */
export function fillRamps(pad: PadAxis, before: NDArray, behind: NDArray): void {
  const { region, axis, width, length } = pad;
  const [left, right] = width;
  const ramp = (edge: number, value: NDArray, count: number): NDArray => {
    const { shape, strides, offset } = section(region, axis, left + edge, 1).layout;
    const squeezed = region.viewAs({
      shape: shape.filter((_, k) => k !== axis),
      strides: strides.filter((_, k) => k !== axis),
      offset,
    });
    const options = { endpoint: false, dtype: region.dtype as never };
    const line: NDArray = linspace(value, squeezed, count, options);
    return line.viewAs(moveAxes(line.layout, 0, axis, "pad"));
  };
  const [first, last] = [
    left > 0 ? ramp(0, before, left) : null,
    right > 0 ? ramp(length - 1, behind, right) : null,
  ];
  if (first !== null) assign(section(region, axis, 0, left), first, { casting: "unsafe", caller: "pad" });
  if (last === null) return;
  const backwards = section(last, axis, right - 1, right, -1);
  assign(section(region, axis, left + length, right), backwards, { casting: "unsafe", caller: "pad" });
}

/** A statistic of the parts of an array along an axis, which stays with length 1. */
type Statistic = (a: NDArray, options: AxisOptions & { readonly keepdims: true }) => unknown;

/** The statistics by the names of their modes. */
export const statistics: Readonly<Record<string, Statistic>> = {
  maximum: (a, options) => max(a, options),
  mean: (a, options) => mean(a, options),
  median: (a, options) => median(a, options),
  minimum: (a, options) => min(a, options),
};

/** A statistic of the parts at each end; of all of them where no length is given. */
export function fillStatistics(pad: PadAxis, mode: string, lengths: readonly [number, number]): void {
  const { region, axis, width, length } = pad;
  const [left, right] = lengths.map((n) => Math.min(n, length)) as [number, number];
  if ((left === 0 || right === 0) && (mode === "maximum" || mode === "minimum")) {
    throw new ValueError(`pad: a statLength of 0 has no ${mode}`);
  }
  const of = (from: number, count: number): NDArray => {
    const options = { axis, keepdims: true } as const;
    const value = statistics[mode]!(section(region, axis, width[0] + from, count), options) as NDArray;
    return "iu".includes(region.dtype.kind) ? (round(value) as NDArray) : value;
  };
  const before = of(0, left);
  const both = left === length && right === length;
  fillEnds(pad, before, both ? before : of(length - right, right));
}

/**
 * Mirrors what is there at both ends, as often as it takes: each time at most as much as whole periods of the array, so that
 * the next mirror stands at an end of the array again. Without the edge itself, unless it is included.
 */
export function fillMirrored(pad: PadAxis, odd: boolean, withEdge: boolean): void {
  const { region, axis, length } = pad;
  let [left, right] = pad.width;
  const period = withEdge ? length : length - 1;
  const skip = withEdge ? 0 : 1;
  while (left > 0 || right > 0) {
    const there = region.layout.shape[axis]! - left - right;
    const most = Math.floor((there - skip) / period) * period;
    if (left > 0) {
      const count = Math.min(most, left);
      const source = section(region, axis, left + skip + count - 1, count, -1);
      mirror(source, section(region, axis, left, 1), section(region, axis, left - count, count), odd);
      left -= count;
    }
    if (right > 0) {
      const count = Math.min(most, right);
      const end = region.layout.shape[axis]! - right;
      const source = section(region, axis, end - 1 - skip, count, -1);
      mirror(source, section(region, axis, end - 1, 1), section(region, axis, end, count), odd);
      right -= count;
    }
  }
}

/** What is mirrored at an edge, or, for the odd kind, as far from the edge in value on the other side. */
function mirror(source: NDArray, edge: NDArray, target: NDArray, odd: boolean): void {
  if (!odd) copyWithin(source, target);
  else {
    const values = subtract(multiply(edge, 2), source) as NDArray;
    assign(target, values, { casting: "unsafe", caller: "pad" });
  }
}

/** Repeats what is there as whole periods of the array before and behind it. */
export function fillWrapped(pad: PadAxis): void {
  const { region, axis, length } = pad;
  let [left, right] = pad.width;
  while (left > 0 || right > 0) {
    const there = region.layout.shape[axis]! - left - right;
    const period = Math.floor(there / length) * length;
    const [before, behind] = [Math.min(period, left), Math.min(period, right)];
    const end = left + there;
    if (before > 0) {
      const source = section(region, axis, left + period - before, before);
      copyWithin(source, section(region, axis, left - before, before));
    }
    if (behind > 0) {
      copyWithin(section(region, axis, end - period, behind), section(region, axis, end, behind));
    }
    left -= before;
    right -= behind;
  }
}
