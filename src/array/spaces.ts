/**
 * A given number of evenly spaced numbers.
 *
 * The last bits are NumPy's: 0, 1, 2, … are multiplied by a step that was rounded once, and the start is added; where
 * the step would round to 0 they are divided first. The last number is set to the stop exactly. Every step is rounded
 * to the dtype of start and stop, and the result is cast to the dtype asked for at the end.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import type { ComplexDType, DType, FloatDType, ScalarLike, Value } from "../dtype/map.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { isScalar, promoteWeak, scalarDescriptor } from "../dtype/weak.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { broadcastLayout, broadcastShapes } from "../layout/broadcast.ts";
import { sizeOf } from "../layout/layout.ts";
import { moveAxes } from "../layout/movement.ts";
import { allocatedStrides } from "../layout/order.ts";
import { type DTypeArgument, dtypeAsked, keywordsOf, type NoDType, type WithDType } from "./arguments.ts";
import { type Arithmetic, arithmetics } from "./arithmetic.ts";
import { castElements } from "./cast.ts";
import { floatLine } from "./countline.ts";
import { type ArrayInput, asarray } from "./create.ts";
import { castArray, placeOf } from "./duplicate.ts";
import { emptyArray } from "./fresh.ts";
import { dataOf, type NDArray } from "./ndarray.ts";

/** How a sequence of a given length ends, and where it lies in the result. */
export interface SpaceKeywords {
  /** Whether the last number is the stop; true if left out. */
  readonly endpoint?: boolean | undefined;
  /** The axis of the result along which the numbers lie, where start or stop is an array; 0 if left out. */
  readonly axis?: number | undefined;
}

/** The same with a dtype, float64 (or complex128) if left out. */
export interface SpaceOptions extends SpaceKeywords, WithDType {}

/** With the step as well. */
interface WithStep {
  readonly retstep: true;
}

type RealScalar = number | bigint | boolean;

/**
 * `num` evenly spaced numbers from `start` to `stop`.
 *
 * Start and stop may be complex, and arrays that broadcast; then there is a sequence for each of their elements. With
 * an integer dtype the numbers are rounded down.
 *
 * @param num how many; 50 if left out
 * @param options a dtype, or `{ dtype, endpoint, axis, retstep }`; with `retstep: true` the result is `[array, step]`
 * @throws ValueError when `num` is negative or no integer.
 * @example
 * np.linspace(0, 1, 5).tolist(); // [0, 0.25, 0.5, 0.75, 1]
 * np.linspace(0, 1, 4, { endpoint: false }).tolist(); // [0, 0.25, 0.5, 0.75]
 * const [x, step] = np.linspace(0, 10, 5, { retstep: true }); // step is 2.5
 */
export function linspace(
  start: RealScalar,
  stop: RealScalar,
  num?: number,
  options?: SpaceKeywords & NoDType & { readonly retstep?: false | undefined },
): NDArray<"float64">;
export function linspace<const S extends DTypeLike>(
  start: ArrayInput,
  stop: ArrayInput,
  num: number,
  options: DTypeArgument<S, SpaceKeywords & { readonly retstep?: false | undefined }>,
): NDArray<DTypeOf<S>>;
export function linspace(
  start: RealScalar,
  stop: RealScalar,
  num: number,
  options: SpaceKeywords & NoDType & WithStep,
): [samples: NDArray<"float64">, step: number];
export function linspace(
  start: ArrayInput,
  stop: ArrayInput,
  num: number,
  options: SpaceOptions & WithStep,
): [samples: NDArray, step: NDArray | ScalarLike];
export function linspace(
  start: ArrayInput,
  stop: ArrayInput,
  num?: number,
  options?: DTypeLike | (SpaceOptions & { readonly retstep?: false | undefined }) | null,
): NDArray;
export function linspace(
  start: ArrayInput,
  stop: ArrayInput,
  num = 50,
  options?: DTypeLike | (SpaceOptions & { readonly retstep?: boolean | undefined }) | null,
): NDArray | [NDArray, unknown] {
  const keywords = keywordsOf<SpaceOptions & { readonly retstep?: boolean | undefined }>(options);
  const { samples, step } = spaced(start, stop, num, keywords.endpoint ?? true, "linspace");
  const dtype = dtypeAsked(keywords) ?? samples.dtype;
  if ("iu".includes(dtype.kind)) roundDown(samples);
  const result = placed(samples, dtype, keywords.axis ?? 0, "linspace");
  return keywords.retstep === true ? [result, step] : result;
}

/** @internal The samples with their axis in its place, cast to a dtype. */
export function placed(samples: NDArray, dtype: Descriptor, axis: number, caller: string): NDArray {
  const moved = axis === 0 ? samples : samples.viewAs(moveAxes(samples.layout, 0, axis, caller));
  return dtype.equals(moved.dtype) ? moved : castArray(moved, dtype, "K", caller);
}

function roundDown(samples: NDArray): void {
  if (samples.dtype.kind === "c") {
    throw new DTypeError(
      "linspace: complex numbers cannot be rounded down to integers; ask for a complex dtype",
    );
  }
  const { access, itemsize } = samples.dtype as Descriptor<FloatDType>;
  const { view } = samples.storage;
  const end = samples.layout.offset + samples.nbytes;
  for (let at = samples.layout.offset; at < end; at += itemsize) {
    access.write(view, at, Math.floor(access.read(view, at)));
  }
}

/** @internal The dtype that scalars and arrays are computed in, if it has to have fractions. */
export function inexactDType(
  operands: readonly (ScalarLike | NDArray)[],
  caller: string,
): Descriptor<FloatDType | ComplexDType> {
  const scalars = operands.filter(isScalar);
  const strong = operands.filter((x): x is NDArray => !isScalar(x)).map((x) => asarray(x).dtype);
  const common =
    strong.length === 0
      ? promoteAll([...scalars.map(scalarDescriptor), plain.float64], caller)
      : promoteWeak(promoteAll(strong, caller), [...scalars, 0.5], caller);
  return requireInexact(common, caller);
}

/** @internal Throws unless samples can be counted in a dtype. */
export function requireInexact(dtype: Descriptor, caller: string): Descriptor<FloatDType | ComplexDType> {
  if (dtype.kind === "f" || dtype.kind === "c") return dtype as Descriptor<FloatDType | ComplexDType>;
  throw new DTypeError(`${caller}: elements of dtype ${dtype} cannot be sampled between`);
}

/** Samples along a new first axis, in the dtype they are computed in, and the step between them. */
interface Spaced {
  readonly samples: NDArray;
  readonly step: NDArray | ScalarLike;
}

/** @internal What `linspace` makes before it is cast. */
export function spaced(
  start: ArrayInput,
  stop: ArrayInput,
  num: number,
  endpoint: boolean,
  caller: string,
): Spaced {
  if (!(Number.isInteger(num) && num >= 0)) {
    throw new ValueError(`${caller}: the number of samples ${textOf(num)} is not an integer from 0 on`);
  }
  if (typeof start === "number" && typeof stop === "number") {
    const line = spacedLine(start, stop, num + 0, endpoint, caller);
    if (line !== null) return line;
  }
  const ends = [start, stop].map((x) => (isScalar(x) ? x : (asarray(x) as NDArray)));
  const dtype = inexactDType(ends, caller);
  const arrays = ends.map((x) => (isScalar(x) ? asarray(x, dtype) : x));
  const shape = broadcastShapes(
    arrays.map((x) => x.layout.shape),
    caller,
  );
  const [from, to] = arrays.map((x) => elementsOf(x, dtype, shape)) as [Values, Values];
  const samples = emptyArray([num + 0, ...shape], dtype, "C", caller);
  const work: Work = { samples, from, to, num, div: endpoint ? num - 1 : num, endpoint };
  const steps = dtype === plain.float64 ? fillDoubles(work) : fill(work, arithmetics[dtype.type]);
  if (steps === null) return { samples: ordered(samples, arrays, caller), step: Number.NaN };
  const scalar = ends.every(isScalar);
  return {
    samples: ordered(samples, arrays, caller),
    step: scalar ? (steps[0] as ScalarLike) : asArray(steps, dtype, shape, caller),
  };
}

/** What most calls ask for, one line of float64; null where the step is so small that it would round to 0. */
function spacedLine(
  start: number,
  stop: number,
  num: number,
  endpoint: boolean,
  caller: string,
): Spaced | null {
  const div = endpoint ? num - 1 : num;
  const delta = stop - start;
  const step = delta / div;
  if (div > 0 && step === 0) return null;
  const samples = floatLine(plain.float64, "float64", num, start, div > 0 ? step : delta, caller);
  const { storage, layout } = samples;
  if (endpoint && num > 1) storage.view.setFloat64(layout.offset + 8 * (num - 1), stop, true);
  return { samples, step: div > 0 ? step : Number.NaN };
}

/** The samples in the order in memory that an operation on start and stop would give them. */
function ordered(samples: NDArray, [from, to]: readonly NDArray[], caller: string): NDArray {
  const { layout, itemsize } = samples;
  const shape = layout.shape.slice(1);
  const ends = [to!, from!].map((x) => broadcastLayout(x.layout, shape)!.strides);
  const steps = allocatedStrides(shape, ends, itemsize);
  const strides = allocatedStrides(
    layout.shape,
    [
      [itemsize, ...shape.map(() => 0)],
      [0, ...steps],
    ],
    itemsize,
  );
  if (strides.every((stride, k) => stride === layout.strides[k])) return samples;
  const made = emptyArray(layout.shape, samples.dtype, strides, caller);
  castElements(layout.shape, placeOf(samples), placeOf(made));
  return made;
}

/** Elements of one dtype. */
export type Values = readonly Value<FloatDType | ComplexDType>[];

/** @internal The elements of an array stretched to a shape, rounded to a dtype. */
export function elementsOf(
  a: NDArray,
  dtype: Descriptor<FloatDType | ComplexDType>,
  shape: readonly number[],
): Values {
  const copy = castArray(a.viewAs(broadcastLayout(a.layout, shape)!), dtype, "C", "linspace");
  const size = sizeOf(shape);
  const { view } = copy.storage;
  return Array.from({ length: size }, (_, k) =>
    dtype.access.read(view, copy.layout.offset + k * dtype.itemsize),
  );
}

/** @internal An array of elements that are ones of its dtype already. */
export function asArray<D extends DType>(
  values: readonly unknown[],
  dtype: Descriptor<D>,
  shape: readonly number[],
  caller: string,
): NDArray<D> {
  const made = emptyArray(shape, dtype, "C", caller);
  for (const [k, value] of values.entries()) {
    dtype.access.write(made.storage.view, made.layout.offset + k * dtype.itemsize, value as Value<D>);
  }
  return made;
}

interface Work {
  readonly samples: NDArray;
  readonly from: Values;
  readonly to: Values;
  readonly num: number;
  /** The number of steps from start to stop. */
  readonly div: number;
  readonly endpoint: boolean;
}

/** The samples of real starts and stops in float64; gives the steps, null where there is none to speak of. */
function fillDoubles({ samples, from, to, num, div, endpoint }: Work): number[] | null {
  const data = dataOf(samples as NDArray<"float64">);
  const m = from.length;
  const deltas = from.map((start, j) => (to[j] as number) - (start as number));
  const steps = deltas.map((delta) => delta / div);
  const tiny = div > 0 && steps.includes(0);
  for (let j = 0; j < m; j++) {
    const start = from[j] as number;
    const step = div > 0 && !tiny ? steps[j]! : deltas[j]!;
    if (tiny) for (let i = 0; i < num; i++) data[i * m + j] = (i / div) * step + start;
    else for (let i = 0; i < num; i++) data[i * m + j] = i * step + start;
    if (endpoint && num > 1) data[(num - 1) * m + j] = to[j] as number;
  }
  return div > 0 ? steps : null;
}

/** The same as `fillDoubles` in any arithmetic. */
function fill({ samples, from, to, num, div, endpoint }: Work, math: Arithmetic<never>): Values | null {
  const starts = from as readonly never[];
  const stops = to as readonly never[];
  const deltas = starts.map((start, j) => math.minus(stops[j]!, start));
  const steps = deltas.map((delta) => math.over(delta, div));
  const tiny = div > 0 && steps.some((step) => math.isZero(step));
  const { access, itemsize } = samples.dtype;
  let at = samples.layout.offset;
  for (let i = 0; i < num; i++) {
    const last = endpoint && num > 1 && i === num - 1;
    const count = tiny ? math.over(math.count(i), div) : math.count(i);
    for (const [j, start] of starts.entries()) {
      const step = div > 0 && !tiny ? steps[j]! : deltas[j]!;
      const value = last ? stops[j]! : math.plus(math.times(count, step), start);
      access.write(samples.storage.view, at, value);
      at += itemsize;
    }
  }
  return div > 0 ? steps : null;
}
