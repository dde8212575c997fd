import { optionsFrom } from "../array/arguments.ts";
import { astype, copyto } from "../array/copy.ts";
import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import { copyArray } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import type { DType } from "../dtype/map.ts";
import { plain } from "../dtype/table.ts";
import type { Out } from "../engine/ufunc-options.ts";
import { ShapeError, textOf, ValueError } from "../errors.ts";
import { isSameShape, shapeText } from "../layout/layout.ts";
import { arrayFrom } from "./input.ts";
import { imag, real } from "./parts.ts";
import { divide, multiply } from "./ufuncs-arithmetic.ts";
import { rint, trunc } from "./ufuncs-floating.ts";

/** How `round` rounds. */
export interface RoundOptions {
  /** How many decimals to keep; negative ones are before the point. 0 if left out. */
  readonly decimals?: number | undefined;
  /** Where the result goes. */
  readonly out?: NDArray | null | undefined;
}

/** The dtype of rounded elements: bools become float16. */
export type Rounded<D extends DType> = D extends "bool" ? "float16" : D;

/**
 * Elements rounded to some decimals, halves to the even neighbour. It is done by a product with a power of ten and a
 * quotient, as in NumPy, so that numbers whose decimals are not exact, such as 0.285, may go either way. Integers change only
 * with negative decimals, and are rounded as float64 then; complex numbers are rounded part by part. Returns a copy, or
 * `out`.
 *
 * @param decimals how many, or `{ decimals, out }`
 * @throws DTypeError for bools with decimals.
 * @example
 * np.round([0.5, 1.5, 2.5]).tolist(); // [0, 2, 2]
 * np.round([1.25, 1.35], 1).tolist(); // [1.2, 1.4]
 * np.round(np.array([15, 25], "int32"), -1).tolist(); // [20, 20]
 */
export function round<V extends ArrayInput>(
  a: V,
  decimals?: number | { readonly decimals?: number | undefined; readonly out?: null | undefined },
): NDArray<Rounded<Extract<DTypeOfInput<V>, DType>>>;
export function round<O extends NDArray>(a: ArrayInput, decimals: number, out: O): O;
export function round(a: ArrayInput, decimals?: number | RoundOptions, out?: NDArray | null): NDArray;
export function round(a: ArrayInput, decimals: number | RoundOptions = 0, out?: NDArray | null): NDArray {
  const options = typeof decimals === "number" ? { decimals, out } : optionsFrom(decimals, "round");
  const places = options.decimals ?? 0;
  if (!Number.isInteger(places)) throw new ValueError(`round: decimals ${textOf(places)} is not an integer`);
  const x: NDArray = arrayFrom(a);
  if (x.dtype.kind === "c") return roundParts(x, places, options.out ?? null);
  return roundReals(x, places, options.out ?? null);
}

/** The same as {@link round}. */
export const around: typeof round = round;

function roundParts(x: NDArray, decimals: number, out: NDArray | null): NDArray {
  if (out !== null && !(out instanceof NDArray)) {
    throw new ValueError(`round: ${textOf(out)} cannot take a result; out is an array`);
  }
  if (out !== null && !isSameShape(out.layout.shape, x.layout.shape)) {
    throw new ShapeError(
      `round: out has shape ${shapeText(out.layout.shape)}, not ${shapeText(x.layout.shape)}`,
    );
  }
  const result = out ?? copyArray(x, "K", "round");
  const rounded = [roundReals(real(x), decimals, null), roundReals(imag(x), decimals, null)] as const;
  if (result.dtype.kind === "c") {
    copyto(real(result), rounded[0]);
    copyto(imag(result), rounded[1]);
  } else copyto(result, x, { casting: "same_kind" });
  return result;
}

function roundReals(x: NDArray, decimals: number, out: NDArray | null): NDArray {
  const isInteger = x.dtype.kind === "i" || x.dtype.kind === "u";
  if (decimals >= 0) {
    if (isInteger) return copied(x, out);
    if (decimals === 0) return rint(x, { out });
  }
  const tens = 10 ** Math.abs(decimals);
  const [there, back] = decimals < 0 ? [divide, multiply] : [multiply, divide];
  const order = x.isContiguous("F") && !x.isContiguous("C") ? "F" : "C";
  const made = isInteger || out === null;
  const target = made ? unsetArray(x.shape, isInteger ? plain.float64 : x.dtype, order, "round") : out;
  there(x, tens, { out: target });
  rint(target, { out: target });
  back(target, tens, { out: target });
  if (!isInteger) return target;
  const whole = astype(target, x.dtype);
  return out === null ? whole : copied(whole, out);
}

function copied(x: NDArray, out: NDArray | null): NDArray {
  if (out === null) return copyArray(x, "K", "round");
  copyto(out, x, { casting: "unsafe" });
  return out;
}

/**
 * Elements without their fractions: the nearest whole number towards 0. The same as `trunc`. Returns a copy, or `out`.
 *
 * @example
 * np.fix([2.7, -2.7]).tolist(); // [2, -2]
 */
export function fix<V extends ArrayInput>(x: V, out?: null): NDArray<Extract<DTypeOfInput<V>, DType>>;
export function fix(x: ArrayInput, out?: NDArray | null | { readonly out?: NDArray | null }): NDArray;
export function fix(x: ArrayInput, out?: NDArray | null | { readonly out?: NDArray | null }): NDArray {
  const target: Out = out instanceof NDArray ? out : (out?.out ?? null);
  return trunc(x, { out: target });
}
