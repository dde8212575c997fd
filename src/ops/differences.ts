import { optionsFrom } from "../array/arguments.ts";
import { assign } from "../array/assign.ts";
import { astype } from "../array/copy.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { canCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { isScalar, promoteWeak } from "../dtype/weak.ts";
import { reduceUfunc } from "../engine/reduce.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { keepStrides } from "../layout/order.ts";
import { broadcastTo } from "./broadcast.ts";
import type { InputDType } from "./reduction-options.ts";
import { ravel } from "./reshape.ts";
import { add, divide, multiply, subtract } from "./ufuncs-arithmetic.ts";
import { notEqual } from "./ufuncs-compare.ts";

/** How differences are made. */
export interface DiffOptions {
  /** How often to take differences; 1 if left out. */
  readonly n?: number | undefined;
  /** The axis to go along; the last one if left out. */
  readonly axis?: number | undefined;
  /** What is put in front of the array along the axis first; a scalar stands for one element. */
  readonly prepend?: ArrayInput | undefined;
  /** What is put behind it. */
  readonly append?: ArrayInput | undefined;
}

/** @internal The elements from `from` up to `to` along an axis. Returns a view. */
export function part(a: NDArray, axis: number, from: number, to: number): NDArray {
  const { shape, strides, offset } = a.layout;
  const length = Math.max(0, to - from);
  const lengths = shape.map((n, k) => (k === axis ? length : n));
  return a.viewAs({
    shape: lengths,
    strides,
    offset: length === 0 ? offset : offset + from * strides[axis]!,
  });
}

/** Arrays one behind the other along an axis, in memory as one of them is. */
function joined(parts: readonly NDArray[], like: NDArray, axis: number, caller: string): NDArray {
  const dtype = promoteAll(
    parts.map((one) => one.dtype),
    caller,
  );
  const first = parts[0]!.layout.shape;
  const length = parts.reduce((sum, one) => sum + one.layout.shape[axis]!, 0);
  const shape = first.map((n, k) => (k === axis ? length : n));
  const order = keepStrides({ ...like.layout, shape }, dtype.itemsize);
  const result = unsetArray(shape, dtype, order, caller);
  let at = 0;
  for (const one of parts) {
    const n = one.layout.shape[axis]!;
    const place = part(result, axis, at, at + n);
    if (one.ndim !== first.length || one.layout.shape.some((m, k) => k !== axis && m !== first[k])) {
      throw new ShapeError(
        `${caller}: what is put before or behind must have the array's shape but for axis ${axis}`,
      );
    }
    assign(place, one, { casting: "unsafe", caller });
    at += n;
  }
  return result;
}

function extended(x: NDArray, axis: number, { prepend, append }: DiffOptions): NDArray {
  const shape = x.layout.shape.map((n, k) => (k === axis ? 1 : n));
  const asPart = (value: ArrayInput): NDArray => {
    // A scalar is weak, as in arithmetic.
    const given = isScalar(value) ? asarray(value, promoteWeak(x.dtype, [value], "diff")) : asarray(value);
    return given.ndim === 0 ? broadcastTo(given, shape) : given;
  };
  const parts = [x];
  if (prepend !== undefined) parts.unshift(asPart(prepend));
  if (append !== undefined) parts.push(asPart(append));
  return parts.length === 1 ? x : joined(parts, x, axis, "diff");
}

/**
 * The differences of neighbours along an axis: `a[k + 1] - a[k]`, or of those again, n times. Of bools, whether the two
 * differ. Unsigned integers wrap. Returns a new array, n shorter along the axis.
 *
 * @param options `{ n, axis, prepend, append }`; the last axis if left out
 * @throws ValueError for an array without axes, or n below 0; IndexError for an axis that is not there.
 * @example
 * np.diff(np.array([1, 2, 4, 7])).tolist(); // [1, 2, 3]
 * np.diff(np.array([1, 2, 4, 7]), { n: 2 }).tolist(); // [1, 1]
 */
export function diff<V extends ArrayInput>(a: V, options: DiffOptions = {}): NDArray<InputDType<V>> {
  const given = optionsFrom(options, "diff");
  const { n = 1, axis = -1 } = given;
  const x = asarray(a as ArrayInput);
  if (!(Number.isInteger(n) && n >= 0))
    throw new ValueError(`diff: n ${textOf(n)} is not an integer from 0 on`);
  if (n === 0) return x as NDArray<InputDType<V>>;
  if (x.ndim === 0) throw new ValueError("diff: a 0-d array has no neighbours; it needs an axis at least");
  const along = normalizeAxis(axis, x.ndim, "diff");
  let result = extended(x, along, given);
  for (let k = 0; k < n; k++) {
    const length = result.layout.shape[along]!;
    // Where nothing is left, nothing changes any more.
    if (k > 1 && length === 0) break;
    const [left, right] = [part(result, along, 0, length - 1), part(result, along, 1, length)];
    result = (result.dtype.kind === "b" ? notEqual(right, left) : subtract(right, left)) as NDArray;
  }
  return result as NDArray<InputDType<V>>;
}

/** What to put around the differences. */
export interface Ediff1dOptions {
  /** Numbers behind the differences. */
  readonly toEnd?: ArrayInput | undefined;
  /** Numbers before the differences. */
  readonly toBegin?: ArrayInput | undefined;
}

/**
 * The differences of neighbours among all elements in C order. Returns a new array of one axis.
 *
 * @param options `{ toEnd, toBegin }`: what to put behind and before
 * @throws DTypeError when these are of a kind that the dtype of `a` has no place for.
 * @example
 * np.ediff1d(np.array([1, 2, 4]), { toBegin: -99 }).tolist(); // [-99, 1, 2]
 */
export function ediff1d<V extends ArrayInput>(a: V, options: Ediff1dOptions = {}): NDArray<InputDType<V>> {
  const x = ravel(asarray(a as ArrayInput));
  const n = x.size;
  const inside = subtract(part(x, 0, 1, n), part(x, 0, 0, Math.max(0, n - 1))) as NDArray;
  const { toBegin, toEnd } = optionsFrom(options, "ediff1d");
  const ends = [toBegin, toEnd].map((value) => (value === undefined ? null : endOf(value, x.dtype)));
  const parts = [ends[0], inside, ends[1]].filter((one) => one !== null) as NDArray[];
  return (parts.length === 1 ? inside : joined(parts, inside, 0, "ediff1d")) as NDArray<InputDType<V>>;
}

function endOf(value: ArrayInput, dtype: Descriptor): NDArray {
  const given = ravel(
    typeof value === "number" ? asarray(value, Number.isInteger(value) ? dtype : null) : asarray(value),
  );
  if (canCast(given.dtype, dtype, "same_kind")) return astype(given, dtype);
  throw new DTypeError(
    `ediff1d: ${given.dtype} cannot stand beside differences of ${dtype}; cast the array first`,
  );
}

/** Between which points an integral is taken. */
export interface TrapezoidOptions {
  /** Where the points are; one axis, or the shape of `y`. */
  readonly x?: ArrayInput | null | undefined;
  /** The distance of points where `x` is not given; 1 if left out. */
  readonly dx?: number | undefined;
  /** The axis to integrate along; the last one if left out. */
  readonly axis?: number | undefined;
}

/**
 * The integral along an axis by the trapezoidal rule.
 *
 * @param options the points `x`, or `{ x, dx, axis }`
 * @returns a scalar for an array of one axis, else an array without the axis
 * @throws IndexError for an axis that is not there; ShapeError when `x` does not fit.
 * @example
 * np.trapezoid(np.array([1, 2, 3])); // 4
 * np.trapezoid(np.array([1, 2, 3]), { dx: 2 }); // 8
 */
export function trapezoid(y: ArrayInput, options: TrapezoidOptions = {}): NDArray | number {
  const { x = null, dx = 1, axis = -1 } = optionsFrom(options, "trapezoid");
  const values = asarray(y);
  const along = normalizeAxis(axis, values.ndim, "trapezoid");
  const length = values.layout.shape[along]!;
  const pairs = add(part(values, along, 1, length), part(values, along, 0, length - 1)) as NDArray;
  const steps = x === null ? asarray(dx) : stepsOf(asarray(x), values.ndim, along);
  // A distance is a float also when it is whole: integers become float64, floats stay what they are.
  const isFloat = pairs.dtype.kind === "f" || pairs.dtype.kind === "c";
  const products = multiply(x === null && isFloat ? dx : steps, pairs) as NDArray;
  const areas = divide(products, 2) as NDArray;
  const scalar = areas.ndim === 1;
  return reduceUfunc(add.core, areas, { axis: scalar ? null : along }, "trapezoid") as NDArray | number;
}

function stepsOf(x: NDArray, ndim: number, axis: number): NDArray {
  if (x.ndim !== 1) return diff(x, { axis });
  const steps: NDArray = diff(x);
  const { strides, offset } = steps.layout;
  const shape = new Array<number>(ndim).fill(1);
  shape[axis] = steps.size;
  return steps.viewAs({ shape, strides: shape.map((_, k) => (k === axis ? strides[0]! : 0)), offset });
}
