import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { bringNear } from "../array/residence.ts";
import { plain } from "../dtype/table.ts";
import { requireReduceOut } from "../engine/reduce-out.ts";
import { extremePosition, extremePositions } from "../engine/reduce-position.ts";
import type { Ufunc } from "../engine/ufunc.ts";
import { textOf, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { ravel } from "./reshape.ts";
import { maximum, minimum } from "./ufuncs-compare.ts";

/** Along which axis to look, and where the positions go. */
export interface PositionOptions {
  /** The axis to look along; all elements in C order if null or left out. */
  readonly axis?: number | null | undefined;
  /** Whether the axis stays, with length 1. */
  readonly keepdims?: boolean | undefined;
  /** Where the positions go: integers. */
  readonly out?: NDArray | null | undefined;
}

/** What is found: a number for all of the array, else int32. */
export type Positions<O> = O extends null | undefined
  ? number
  : O extends number
    ? NDArray<"int32">
    : O extends { readonly out: infer A extends NDArray }
      ? A
      : O extends { readonly axis: number } | { readonly keepdims: true }
        ? NDArray<"int32">
        : O extends { readonly axis?: null | undefined; readonly keepdims?: false | undefined }
          ? number
          : NDArray<"int32"> | number;

/** @internal Positions along an axis by maximum or minimum. */
export function positionsOf(
  ufunc: Ufunc,
  a: ArrayInput,
  given: number | null | PositionOptions | undefined,
  caller: string,
): NDArray | number {
  const { axis = null, keepdims = false, out = null } = optionsFrom(given, caller);
  const x = asarray(a);
  if (axis === null && !keepdims && out === null) {
    const position = extremePosition(ufunc.core, x, caller);
    if (position !== undefined) return position;
  }
  const line = axis === null || x.ndim === 0 ? ravel(x) : x;
  const along = axis === null ? 0 : normalizeAxis(axis, Math.max(x.ndim, 1), caller);
  const { shape } = line.layout;
  const kept = shape.filter((_, k) => k !== along);
  if (shape[along] === 0 && !kept.includes(0)) {
    throw new ValueError(
      `${caller}: attempt to get ${caller} of an empty sequence; there must be an element`,
    );
  }
  const outShape = x.ndim === 0 ? [] : shapeOf(x.layout.shape, axis, keepdims, along);
  if (out !== null) requireReduceOut(out, plain.int32, outShape, caller);
  // First of all: it may move what the result shares memory with.
  bringNear(line);
  const found = unsetArray(outShape, plain.int32, "C", caller);
  const target = found.storage.lane(Int32Array);
  const start = found.layout.offset / 4;
  if (!kept.includes(0)) {
    extremePositions(ufunc.core, line, along, caller, (k, position) => {
      target[start + k] = position;
    });
  }
  if (out !== null) assign(out, found, { casting: "unsafe", caller });
  if (axis === null && !keepdims && out === null) return target[start]!;
  return out ?? found;
}

function shapeOf(shape: readonly number[], axis: number | null, keepdims: boolean, along: number): number[] {
  if (axis === null) return keepdims ? shape.map(() => 1) : [];
  return keepdims ? shape.map((n, k) => (k === along ? 1 : n)) : shape.filter((_, k) => k !== along);
}

function optionsFrom(given: number | null | PositionOptions | undefined, caller: string): PositionOptions {
  if (given === null || given === undefined) return {};
  if (typeof given === "number") return { axis: given };
  if (typeof given === "object" && !(given instanceof NDArray) && !Array.isArray(given)) return given;
  throw new ValueError(`${caller}: wanted an axis or options, given ${textOf(given)}`);
}

/**
 * The position of the largest element along an axis, or of all elements in C order: the first of them, or the first NaN.
 *
 * @param options an axis, or `{ axis, out, keepdims }`
 * @returns a number for all of the array; with `axis`, `keepdims` or `out` an array of int32
 * @throws ValueError for an array without elements; IndexError for an axis that is not there.
 * @example
 * np.argmax(np.array([1, 3, 2])); // 1
 * np.argmax(np.array([[1, 3], [4, 2]]), 1).tolist(); // [1, 0]
 */
export function argmax<const O extends number | null | PositionOptions = null>(
  a: ArrayInput,
  options?: O,
): Positions<O> {
  return positionsOf(maximum, a, options, "argmax") as Positions<O>;
}

/**
 * The position of the smallest element along an axis, or of all elements in C order: the first of them, or the first NaN.
 *
 * @param options an axis, or `{ axis, out, keepdims }`
 * @returns a number for all of the array; with `axis`, `keepdims` or `out` an array of int32
 * @throws what `argmax` throws.
 * @example
 * np.argmin(np.array([2, 1, 3])); // 1
 */
export function argmin<const O extends number | null | PositionOptions = null>(
  a: ArrayInput,
  options?: O,
): Positions<O> {
  return positionsOf(minimum, a, options, "argmin") as Positions<O>;
}
