import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { normalizeAxes } from "../layout/axes.ts";
import { keepStrides } from "../layout/order.ts";
import { diff, part } from "./differences.ts";
import type { Axes } from "./input.ts";
import type { InputDType, MeanOf } from "./reduction-options.ts";
import { add, divide, multiply, negative, subtract } from "./ufuncs-arithmetic.ts";

/** How gradients are made. */
export interface GradientOptions {
  /** The distance of neighbours: one for all axes, or for each axis a distance or the places of the elements. */
  readonly spacing?: number | readonly (number | ArrayInput)[] | undefined;
  /** The axes to go along, all of them if null or left out. */
  readonly axis?: Axes | null | undefined;
  /** 1 or 2: how exact the ends are; 1 if left out. */
  readonly edgeOrder?: 1 | 2 | undefined;
}

type Spacing = number | NDArray;

/**
 * The gradient: central differences, exact to second order inside, one-sided ones at the ends.
 *
 * @param options `{ spacing, axis, edgeOrder }`; spacing is 1 if left out
 * @returns an array of the shape of `f` for one axis, else a list with one for each axis
 * @throws ValueError for `edgeOrder` other than 1 and 2, or spacings that are not one for each axis; ShapeError when an
 * axis is too short, or places do not fit it.
 * @example
 * np.gradient(np.array([1, 2, 4, 7])); // array([1., 1.5, 2.5, 3.])
 */
export function gradient<V extends ArrayInput>(
  f: V,
  options: GradientOptions = {},
): NDArray<MeanOf<InputDType<V>>> | NDArray<MeanOf<InputDType<V>>>[] {
  const { axis = null, edgeOrder = 1, spacing } = optionsFrom(options, "gradient");
  const given = asarray(f as ArrayInput);
  const { kind } = given.dtype;
  // Bools stay what they are, and have no differences.
  const x: NDArray =
    kind === "i" || kind === "u" ? workingCopy(given, plain.float64, "K", "gradient") : given;
  if (edgeOrder !== 1 && edgeOrder !== 2)
    throw new ValueError(`gradient: edgeOrder ${edgeOrder} is neither 1 nor 2`);
  const axes = axis === null ? [...x.layout.shape.keys()] : normalizeAxes(axis, x.ndim, "gradient");
  const spacings = spacingsOf(spacing, x, axes);
  const results = axes.map((k, j) => along(x, k, spacings[j]!, edgeOrder));
  return (results.length === 1 ? results[0]! : results) as NDArray<MeanOf<InputDType<V>>>;
}

function spacingsOf(given: GradientOptions["spacing"], x: NDArray, axes: readonly number[]): Spacing[] {
  if (given === undefined || typeof given === "number") return axes.map(() => given ?? 1);
  if (given.length === 1 && typeof given[0] === "number") return axes.map(() => given[0] as number);
  if (given.length !== axes.length) {
    throw new ValueError(
      `gradient: ${given.length} spacings for ${axes.length} axes; give one for each, or one number`,
    );
  }
  return given.map((one, j) =>
    typeof one === "number" ? one : stepsFrom(asarray(one), x.layout.shape[axes[j]!]!),
  );
}

/** The steps between places; a number when all are the same. */
function stepsFrom(places: NDArray, length: number): Spacing {
  if (places.ndim === 0) return Number(places.at());
  if (places.ndim !== 1 || places.size !== length) {
    throw new ShapeError(
      `gradient: places must be a list of ${length} numbers, one for each element along the axis`,
    );
  }
  const steps: NDArray = diff(
    places.dtype.kind === "f" ? places : workingCopy(places, plain.float64, "K", "gradient"),
  );
  const first = steps.at(0);
  for (let k = 1; k < steps.size; k++) if (steps.at(k) !== first) return steps;
  return Number(first);
}

function along(f: NDArray, axis: number, spacing: Spacing, edge: 1 | 2): NDArray {
  const n = f.layout.shape[axis]!;
  if (n < edge + 1) {
    throw new ShapeError(
      `gradient: axis ${axis} has ${n} elements; with edgeOrder ${edge} it needs ${edge + 1} at least`,
    );
  }
  const result = unsetArray(f.layout.shape, f.dtype, keepStrides(f.layout, f.dtype.itemsize), "gradient");
  const put = (from: number, to: number, value: NDArray) =>
    assign(part(result, axis, from, to), value, { casting: "same_kind", caller: "gradient" });
  const at = (from: number, to: number) => part(f, axis, from, to);
  if (n > 2)
    put(1, n - 1, typeof spacing === "number" ? even(at, n, spacing) : uneven(f, at, n, axis, spacing));
  const step = (k: number) => (typeof spacing === "number" ? spacing : Number(spacing.at(k)));
  if (edge === 1) {
    put(0, 1, divide(subtract(at(1, 2), at(0, 1)) as NDArray, step(0)) as NDArray);
    put(n - 1, n, divide(subtract(at(n - 1, n), at(n - 2, n - 1)) as NDArray, step(n - 2)) as NDArray);
  } else {
    put(
      0,
      1,
      weighted(startWeights(step(0), step(1), typeof spacing === "number"), [at(0, 1), at(1, 2), at(2, 3)]),
    );
    const ends = [at(n - 3, n - 2), at(n - 2, n - 1), at(n - 1, n)];
    put(n - 1, n, weighted(endWeights(step(n - 3), step(n - 2), typeof spacing === "number"), ends));
  }
  return result;
}

type Part = (from: number, to: number) => NDArray;

function even(at: Part, n: number, step: number): NDArray {
  return divide(subtract(at(2, n), at(0, n - 2)) as NDArray, 2 * step) as NDArray;
}

/** `-d2 / (d1 (d1 + d2))`, `(d2 - d1) / (d1 d2)` and `d1 / (d2 (d1 + d2))` times the three neighbours. */
function uneven(f: NDArray, at: Part, n: number, axis: number, steps: NDArray): NDArray {
  const [d1, d2] = [part(steps, 0, 0, n - 2), part(steps, 0, 1, n - 1)];
  const both = add(d1, d2) as NDArray;
  const shaped = (w: NDArray) => {
    const shape = f.layout.shape.map((_, k) => (k === axis ? n - 2 : 1));
    return w.viewAs({
      shape,
      strides: shape.map((_, k) => (k === axis ? w.layout.strides[0]! : 0)),
      offset: w.layout.offset,
    });
  };
  const a = divide(negative(d2) as NDArray, multiply(d1, both) as NDArray) as NDArray;
  const b = divide(subtract(d2, d1) as NDArray, multiply(d1, d2) as NDArray) as NDArray;
  const c = divide(d1, multiply(d2, both) as NDArray) as NDArray;
  return weighted([shaped(a), shaped(b), shaped(c)], [at(0, n - 2), at(1, n - 1), at(2, n)]);
}

function weighted(weights: readonly (number | NDArray)[], values: readonly NDArray[]): NDArray {
  const terms = weights.map((weight, k) => multiply(weight, values[k]!) as NDArray);
  return add(add(terms[0]!, terms[1]!) as NDArray, terms[2]!) as NDArray;
}

function startWeights(d1: number, d2: number, isEven: boolean): number[] {
  if (isEven) return [-1.5 / d1, 2 / d1, -0.5 / d1];
  return [-(2 * d1 + d2) / (d1 * (d1 + d2)), (d1 + d2) / (d1 * d2), -d1 / (d2 * (d1 + d2))];
}

function endWeights(d1: number, d2: number, isEven: boolean): number[] {
  if (isEven) return [0.5 / d1, -2 / d1, 1.5 / d1];
  return [d2 / (d1 * (d1 + d2)), -(d2 + d1) / (d1 * d2), (2 * d2 + d1) / (d2 * (d1 + d2))];
}
