import { type ArrayInput, asarray } from "../array/create.ts";
import { copyArray } from "../array/duplicate.ts";
import { flat } from "../array/flat.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType } from "../dtype/map.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { normalizeAxes } from "../layout/axes.ts";
import { shapeText, sizeOf } from "../layout/layout.ts";
import { broadcastTo } from "./broadcast.ts";
import type { Axes } from "./input.ts";
import {
  type AxisOr,
  type InputDType,
  type MeanOf,
  type Reduced,
  reductionOptions,
} from "./reduction-options.ts";
import { mean } from "./statistics.ts";
import { add, divide, multiply } from "./ufuncs-arithmetic.ts";

/** How averages are made. */
export interface AverageOptions {
  /** The axes to average over, all of them if null or left out. */
  readonly axis?: Axes | null | undefined;
  /** What each element counts: of the shape of the array, or of the axes that are averaged over. */
  readonly weights?: ArrayInput | null | undefined;
  /** Whether to give the sum of the weights too: `[average, sum]`. */
  readonly returned?: boolean | undefined;
  /** Whether reduced axes stay, with length 1. */
  readonly keepdims?: boolean | undefined;
}

/** What `average` gives; with weights of other dtypes, of the dtype that these ask for. */
type Averaged<D extends DType, O> = O extends { readonly returned: true }
  ? [average: NDArray | unknown, weights: NDArray | unknown]
  : O extends { readonly weights: unknown }
    ? Reduced<DType, Omit<O, "weights">>
    : Reduced<D, O>;

/**
 * The average, in which each element counts as much as its weight says; without weights the mean.
 *
 * @param options an axis, several, or `{ axis, weights, returned, keepdims }`
 * @returns a scalar for all of the array, with an axis or `keepdims` an array; with `returned` a list of that and the sum
 * of the weights
 * @throws ValueError when the weights of a result sum to 0; ShapeError when their shape fits neither array nor axes.
 * @example
 * np.average(np.array([1, 2, 3, 4]), { weights: [4, 3, 2, 1] }); // 2
 */
export function average<V extends ArrayInput, const O extends AxisOr<AverageOptions> = null>(
  a: V,
  options?: O,
): Averaged<MeanOf<InputDType<V>>, O> {
  const given = reductionOptions<AverageOptions>(options, "average");
  const { axis, weights = null, returned = false, keepdims = false } = given;
  const x = asarray(a as ArrayInput);
  const all = axis ?? [...x.layout.shape.keys()];
  const scalar = axis === null && !keepdims;
  const [result, total] =
    weights === null ? unweighted(x, all, keepdims) : weighted(x, asarray(weights), axis, all, keepdims);
  const plainResult = scalar ? result.at() : result;
  if (!returned) return plainResult as Averaged<MeanOf<InputDType<V>>, O>;
  const sums = copyArray(broadcastTo(total, result.shape), "C", "average");
  return [plainResult, scalar ? sums.at() : sums] as Averaged<MeanOf<InputDType<V>>, O>;
}

function unweighted(x: NDArray, axis: Axes, keepdims: boolean): [NDArray, NDArray] {
  const result = mean(x, { axis, keepdims }) as NDArray;
  return [result, asarray(x.size / result.size, result.dtype)];
}

function weighted(
  x: NDArray,
  given: NDArray,
  axis: Axes | null,
  all: Axes,
  keepdims: boolean,
): [NDArray, NDArray] {
  const weights = fitted(x, given, axis);
  const dtype = weightedDType(x.dtype, weights.dtype);
  const total = reduceUfunc(add.core, weights, { axis: all, dtype, keepdims }, "average") as NDArray;
  for (const sum of flat(total)) {
    if (Number(sum) === 0)
      throw new ValueError("average: weights sum to zero, so nothing can be divided by them");
  }
  const products = multiply(x, weights, { dtype }) as NDArray;
  const sums = reduceUfunc(add.core, products, { axis: all, keepdims }, "average") as NDArray;
  return [divide(sums, total) as NDArray, total];
}

function weightedDType(a: Descriptor, b: Descriptor): Descriptor {
  const whole = a.kind === "b" || a.kind === "i" || a.kind === "u";
  return promoteAll(whole ? [a, b, plain.float64] : [a, b], "average");
}

/** The weights along the axes of the array. */
function fitted(x: NDArray, weights: NDArray, axis: Axes | null): NDArray {
  const { shape } = x.layout;
  if (String(shape) === String(weights.shape)) return weights;
  if (axis === null) {
    throw new ShapeError(
      `average: weights of shape ${shapeText(weights.shape)} beside an array of shape ${shapeText(shape)} need the axes that they are for; give axis`,
    );
  }
  const axes = normalizeAxes(axis, x.ndim, "average");
  const wanted = axes.map((k) => shape[k]!);
  if (String(wanted) !== String(weights.shape)) {
    throw new ShapeError(
      `average: weights have shape ${shapeText(weights.shape)}, but the array has ${shapeText(wanted)} along the axes averaged over`,
    );
  }
  const strides = shape.map(() => 0);
  axes.forEach((k, j) => {
    strides[k] = weights.layout.strides[j]!;
  });
  if (sizeOf(wanted) === 0) return broadcastTo(weights, shape);
  return weights.viewAs({ shape, strides, offset: weights.layout.offset });
}
