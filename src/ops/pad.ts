import { optionsFrom } from "../array/arguments.ts";
import { castElements } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf } from "../array/duplicate.ts";
import { emptyArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { textOf, ValueError } from "../errors.ts";
import { resolveOrder } from "../layout/order.ts";
import { walkOuter } from "../layout/walk.ts";
import { freshFor } from "./joining.ts";
import {
  fillEdges,
  fillEnds,
  fillMirrored,
  fillRamps,
  fillStatistics,
  fillWrapped,
  type PadAxis,
  statistics,
} from "./pad-areas.ts";
import { countPairs, type PadWidth, type Pair, valuePairs, widthPairs } from "./pad-pairs.ts";
import type { InputDType } from "./reduction-options.ts";
import { section } from "./section.ts";

/** What stands around an array. */
export type PadMode =
  | "constant"
  | "edge"
  | "empty"
  | "linear_ramp"
  | "maximum"
  | "mean"
  | "median"
  | "minimum"
  | "reflect"
  | "symmetric"
  | "wrap";

/** Fills the ends of one line of the padded array, which starts as zeros, in place. */
export type PadFunction = (
  line: NDArray,
  width: [before: number, after: number],
  axis: number,
  options: PadOptions,
) => void;

/** How `pad` fills; each mode takes its own. */
export interface PadOptions {
  /** What stands around the array, `"constant"` if left out; here or as the argument before. */
  readonly mode?: PadMode | PadFunction | undefined;
  /** For `"constant"`: one value, `[before, after]`, or a pair for each axis; 0 if left out. */
  readonly constantValues?: ArrayInput | undefined;
  /** For `"linear_ramp"`: the values at the outer ends, likewise; 0 if left out. */
  readonly endValues?: ArrayInput | undefined;
  /** For the statistics: of how many elements at each end; of all along the axis if null or left out. */
  readonly statLength?: ArrayInput | null | undefined;
  /** For the mirrors: `"odd"` mirrors values too, at the value of the edge; `"even"` if left out. */
  readonly reflectType?: "even" | "odd" | undefined;
}

/** Which option each mode takes. */
const options: Readonly<Record<PadMode, keyof PadOptions | null>> = {
  constant: "constantValues",
  edge: null,
  empty: null,
  linear_ramp: "endValues",
  maximum: "statLength",
  mean: "statLength",
  median: "statLength",
  minimum: "statLength",
  reflect: "reflectType",
  symmetric: "reflectType",
  wrap: null,
};

/**
 * An array with something around it.
 *
 * - `"constant"`: values, 0 if nothing is said; `"empty"`: anything, here zeros
 * - `"edge"`: the elements at the edge
 * - `"linear_ramp"`: even steps from a value to the edge
 * - `"maximum"`, `"minimum"`, `"mean"`, `"median"`: of the elements along the axis
 * - `"reflect"`, `"symmetric"`: mirrored, without the edge and with it
 * - `"wrap"`: from the other end
 * - a function, which is called for each line of each axis and fills its ends in place
 *
 * The axes are filled one after the other, so corners have what the last one makes of them. Returns a copy.
 *
 * @param padWidth how wide: one number, `[before, after]`, a pair for each axis, or an object such as `{ 0: 1, [-1]: [2, 0] }`
 * @throws ValueError for an unknown mode, an option that the mode does not take, a negative width, and for axes without
 * elements where elements are needed.
 * @throws DTypeError for widths that are no integers, ShapeError for pairs that do not fit the axes.
 * @example
 * np.pad([1, 2], 1).tolist(); // [0, 1, 2, 0]
 * np.pad([1, 2, 3], [2, 1], "reflect").tolist(); // [3, 2, 1, 2, 3, 2]
 * np.pad([[1, 2]], { 0: [1, 0] }, "constant", { constantValues: 9 }).tolist(); // [[9, 9], [1, 2]]
 */
export function pad<V extends ArrayInput>(
  array: V,
  padWidth: PadWidth,
  mode?: PadMode | PadFunction | PadOptions,
  keywords?: PadOptions,
): NDArray<InputDType<V>> {
  const inPlace = typeof mode === "object" && mode !== null;
  const given: PadOptions = optionsFrom(inPlace ? mode : keywords, "pad");
  const asked = (inPlace ? given.mode : (mode ?? given.mode)) ?? "constant";
  const x = asarray(array as ArrayInput) as NDArray;
  const widths = widthPairs(padWidth, x.ndim);
  if (typeof asked === "function") return byFunction(x, widths, asked, given) as NDArray<InputDType<V>>;
  requireOptions(asked, given);
  const padded = around(x, widths, asked === "empty");
  if (asked !== "empty") fill(padded, x, widths, asked, given);
  return padded as NDArray<InputDType<V>>;
}

function requireOptions(mode: PadMode, given: PadOptions): void {
  if (!Object.hasOwn(options, mode)) {
    throw new ValueError(`pad: mode ${textOf(mode)} is none of ${Object.keys(options).join(", ")}`);
  }
  for (const name of Object.keys(given)) {
    if (name === "mode" || name === options[mode] || given[name as keyof PadOptions] === undefined) continue;
    throw new ValueError(`pad: mode ${textOf(mode)} does not take ${textOf(name)}`);
  }
  const { reflectType = "even" } = given;
  if (reflectType === "even" || reflectType === "odd") return;
  throw new ValueError(`pad: reflectType ${textOf(reflectType)} is neither "even" nor "odd"`);
}

/** A fresh array with the elements in the middle. */
function around(x: NDArray, widths: readonly Pair[], zeroed: boolean): NDArray {
  const shape = x.layout.shape.map((length, k) => widths[k]![0] + length + widths[k]![1]);
  const order = resolveOrder("A", x.layout, x.itemsize) as "C" | "F";
  const padded = zeroed ? emptyArray(shape, x.dtype, order, "pad") : freshFor(shape, x.dtype, order, "pad");
  const inner = widths.reduce((a, [left], k) => section(a, k, left, x.layout.shape[k]!), padded);
  castElements(x.layout.shape, placeOf(x), placeOf(inner));
  return padded;
}

/** Each axis that is to be filled, with its region. */
function* axesOf(padded: NDArray, x: NDArray, widths: readonly Pair[]): Generator<PadAxis> {
  const { shape, strides } = padded.layout;
  const inner = x.layout.shape;
  for (const [axis, width] of widths.entries()) {
    if (width[0] + width[1] === 0) continue;
    let { offset } = padded.layout;
    for (let k = axis + 1; k < shape.length; k++) offset += widths[k]![0] * strides[k]!;
    const lengths = shape.map((length, k) => (k > axis ? inner[k]! : length));
    yield { region: padded.viewAs({ shape: lengths, strides, offset }), axis, width, length: inner[axis]! };
  }
}

function fill(padded: NDArray, x: NDArray, widths: readonly Pair[], mode: PadMode, given: PadOptions): void {
  const { ndim } = x;
  if (mode === "constant") {
    // An integer, of which a string has no point.
    const zero = "biufc".includes(x.dtype.kind) ? 0 : 0n;
    const values = valuePairs(given.constantValues ?? zero, ndim, x.dtype, "constantValues");
    for (const pad of axesOf(padded, x, widths)) fillEnds(pad, ...values[pad.axis]!);
    return;
  }
  if (x.size === 0) {
    requireElements(x, widths, mode);
    return;
  }
  if (mode === "linear_ramp") {
    const values = valuePairs(given.endValues ?? 0, ndim, x.dtype, "endValues");
    for (const pad of axesOf(padded, x, widths)) fillRamps(pad, ...values[pad.axis]!);
  } else if (Object.hasOwn(statistics, mode)) {
    const lengths = given.statLength == null ? null : countPairs(given.statLength, ndim, "statLength");
    for (const pad of axesOf(padded, x, widths)) {
      fillStatistics(pad, mode, lengths?.[pad.axis] ?? [pad.length, pad.length]);
    }
  } else for (const pad of axesOf(padded, x, widths)) fillFromArray(pad, mode, given);
}

function fillFromArray(pad: PadAxis, mode: PadMode, { reflectType }: PadOptions): void {
  const mirrors = mode === "reflect" || mode === "symmetric";
  if (mode === "edge" || (mirrors && pad.length === 1)) fillEdges(pad);
  else if (mirrors) fillMirrored(pad, reflectType === "odd", mode === "symmetric");
  else fillWrapped(pad);
}

function requireElements(x: NDArray, widths: readonly Pair[], mode: PadMode): void {
  const empty = widths.findIndex(([left, right], k) => x.layout.shape[k] === 0 && left + right > 0);
  if (empty < 0) return;
  throw new ValueError(
    `pad: axis ${empty} has no elements, which mode ${textOf(mode)} needs; use "constant" or "empty"`,
  );
}

/** Calls the function for every line of every axis. */
function byFunction(x: NDArray, widths: readonly Pair[], run: PadFunction, given: PadOptions): NDArray {
  const padded = around(x, widths, true);
  const { shape, strides, offset } = padded.layout;
  for (const [axis, [left, right]] of widths.entries()) {
    const others = [...shape.keys()].filter((k) => k !== axis);
    walkOuter(
      others.map((k) => shape[k]!),
      others.map((k) => strides[k]!),
      offset,
      0,
      (at) => {
        const line = { shape: [shape[axis]!], strides: [strides[axis]!], offset: at };
        run(padded.viewAs(line), [left, right], axis, given);
      },
    );
  }
  return padded;
}
