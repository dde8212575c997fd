import { optionsFrom } from "../array/arguments.ts";
import type { TypedPlace } from "../array/cast.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf, workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { promoteAll } from "../dtype/promote.ts";
import { plain } from "../dtype/table.ts";
import { slide } from "../engine/correlate.ts";
import { tellCastsLater } from "../engine/drive.ts";
import type { ProductLane } from "../engine/kernels/matmul.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import type { ProductOf } from "./products.ts";
import { conjugate } from "./ufuncs-arithmetic.ts";

/** Which sums: all, as many as the longer line has elements, or those where both lines overlap wholly. */
export type CorrelateMode = "full" | "same" | "valid";

/** The mode, alone or as a keyword. */
export type ModeOption = CorrelateMode | { readonly mode?: CorrelateMode | undefined } | null;

/**
 * The convolution of two lines: sums of products where one of them, reversed, slides along the other. Products of integers
 * wrap; of bools the result says whether any of them is true. Returns a copy.
 *
 * @param mode `"full"`, as if left out, gives n + m - 1 sums; `"same"` as many as the longer line has elements, from the
 * middle; `"valid"` those where both overlap wholly
 * @throws ValueError for a line without elements, or another mode; ShapeError for more than one axis.
 * @example
 * np.convolve([1, 2, 3], [0, 1, 0.5]).tolist(); // [0, 1, 2.5, 4, 1.5]
 * np.convolve([1, 2, 3], [0, 1, 0.5], "same").tolist(); // [1, 2.5, 4]
 */
export function convolve<A extends ArrayInput, V extends ArrayInput>(
  a: A,
  v: V,
  mode?: ModeOption,
): NDArray<ProductOf<A, V>> {
  const which = modeFrom(mode, "full", "convolve");
  const [x, y] = [lineOf(a, "a", "convolve"), lineOf(v, "v", "convolve")];
  const [long, short] = y.layout.shape[0]! > x.layout.shape[0]! ? [y, x] : [x, y];
  return sliding(long, reversed(short), which, false, "convolve") as NDArray<ProductOf<A, V>>;
}

/**
 * The cross-correlation of two lines: the sums `a[n + k] · conj(v[n])` over n, one for each k. Returns a copy.
 *
 * @param mode `"valid"`, as if left out, gives the sums where both overlap wholly; `"same"` as many as the longer line has
 * elements; `"full"` all n + m - 1
 * @throws what `convolve` throws.
 * @example
 * np.correlate([1, 2, 3], [0, 1, 0.5]).tolist(); // [3.5]
 * np.correlate([1, 2, 3], [0, 1, 0.5], "full").tolist(); // [0.5, 2, 3.5, 3, 0]
 */
export function correlate<A extends ArrayInput, V extends ArrayInput>(
  a: A,
  v: V,
  mode?: ModeOption,
): NDArray<ProductOf<A, V>> {
  const which = modeFrom(mode, "valid", "correlate");
  const [x, given] = [lineOf(a, "a", "correlate"), lineOf(v, "v", "correlate")];
  const y = given.dtype.kind === "c" ? (conjugate(given) as NDArray) : given;
  const turned = y.layout.shape[0]! > x.layout.shape[0]!;
  const [long, short] = turned ? [y, x] : [x, y];
  return sliding(long, short, which, turned, "correlate") as NDArray<ProductOf<A, V>>;
}

function modeFrom(given: ModeOption | undefined, fallback: CorrelateMode, caller: string): CorrelateMode {
  const mode =
    typeof given === "string" || given === undefined
      ? (given ?? fallback)
      : (optionsFrom(given, caller).mode ?? fallback);
  if (mode === "full" || mode === "same" || mode === "valid") return mode;
  throw new ValueError(`${caller}: mode ${textOf(mode)} is none of "full", "same" and "valid"`);
}

function lineOf(a: ArrayInput, name: string, caller: string): NDArray {
  const x = (a instanceof NDArray ? a : asarray(a)) as NDArray;
  const { shape } = x.layout;
  if (shape.length > 1) throw new ShapeError(`${caller}: ${name} has ${shape.length} axes; it must have one`);
  if (shape[0] === 0) throw new ValueError(`${caller}: ${name} is empty`);
  if (x.dtype.kind === "V")
    throw new DTypeError(`${caller}: ${name} is of ${x.dtype}, which has no products`);
  return shape.length === 1 ? x : x.viewAs({ shape: [1], strides: [x.itemsize], offset: x.layout.offset });
}

function reversed(x: NDArray): NDArray {
  const { shape, strides, offset } = x.layout;
  const step = strides[0]!;
  return x.viewAs({ shape, strides: [-step], offset: offset + (shape[0]! - 1) * step });
}

/** Which sums of all n + m - 1 a mode gives. */
function rangeOf(mode: CorrelateMode, n: number, m: number): readonly [start: number, count: number] {
  if (mode === "full") return [0, n + m - 1];
  return mode === "valid" ? [m - 1, n - m + 1] : [m - 1 - Math.floor(m / 2), n];
}

/** Up to so many products a sum, both are rounded, as NumPy's loop for short lines does. */
const SHORT = 11;
/** Up to so many products are added in a plain loop. */
const FEW = 512;

function sliding(
  long: NDArray,
  short: NDArray,
  mode: CorrelateMode,
  turned: boolean,
  caller: string,
): NDArray {
  const [n, m] = [long.layout.shape[0]!, short.layout.shape[0]!];
  const [start, count] = rangeOf(mode, n, m);
  const dtype = long.dtype === short.dtype ? long.dtype : promoteAll([long.dtype, short.dtype], caller);
  const result = unsetArray([count], dtype, "C", caller);
  if (m <= SHORT && count * m <= FEW && isAlignedDouble(long) && isAlignedDouble(short) && !turned) {
    slideFew(long, short, result, start);
    return result;
  }
  const lane = laneOf(dtype, caller);
  const target = turned ? reversed(result) : result;
  const rounding = m <= SHORT ? "twice" : "once";
  const [a, v, out] = [long, short, target].map((x) => planesOf(x, dtype, caller));
  tellCastsLater(() => slide({ lane, rounding, a: a!, n, v: v!, m, out: out!, start, count }));
  return result;
}

function isAlignedDouble({ dtype, storage, layout }: NDArray): boolean {
  if (dtype !== plain.float64 || storage.origin % 8 !== 0) return false;
  return layout.offset % 8 === 0 && layout.strides[0]! % 8 === 0;
}

/** A few sums in a loop, for which it takes longer to bring the lines into the engine's memory. */
function slideFew(long: NDArray, short: NDArray, result: NDArray, start: number): void {
  const [n, m, count] = [long.layout.shape[0]!, short.layout.shape[0]!, result.layout.shape[0]!];
  for (const { storage } of [long, short, result]) storage.alive();
  const [x, y, out] = [long.storage.doubles, short.storage.doubles, result.storage.doubles];
  const [p, q, r] = [long.layout.offset / 8, short.layout.offset / 8, result.layout.offset / 8];
  const [s, t] = [long.layout.strides[0]! / 8, short.layout.strides[0]! / 8];
  for (let i = 0; i < count; i++) {
    const first = start + i - (m - 1);
    const end = Math.min(m, n - first);
    let sum = 0;
    for (let j = Math.max(0, -first); j < end; j++) sum += x[p + (first + j) * s]! * y[q + j * t]!;
    out[r + i] = sum;
  }
}

const lanes: Readonly<Record<string, ProductLane>> = {
  b: "i32",
  i: "i32",
  u: "i32",
  f: "f32",
  c: "f32",
};

/** What sums of a dtype are computed in; narrow integers are cut when they are written. */
function laneOf({ kind, itemsize, type }: Descriptor, caller: string): ProductLane {
  const lane = lanes[kind];
  if (lane === undefined) throw new DTypeError(`${caller}: there are no products of ${type}`);
  const wide = itemsize > (kind === "c" ? 8 : 4);
  return wide ? (lane === "i32" ? "i64" : "f64") : lane;
}

/** A line in the dtype of the result; complex numbers as two lines. */
function planesOf(given: NDArray, dtype: Descriptor, caller: string): TypedPlace[] {
  const isComplex = dtype.kind === "c";
  const x = isComplex && given.dtype !== dtype ? workingCopy(given, dtype, "C", caller) : given;
  if (!isComplex) return [placeOf(x)];
  const part = dtype === plain.complex128 ? plain.float64 : plain.float32;
  const place = { ...placeOf(x), dtype: part };
  return [place, { ...place, offset: place.offset + part.itemsize }];
}
