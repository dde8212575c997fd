/** Results of reductions: fresh ones, and those that go into an array that somebody gave. */

import type { TypedPlace } from "../array/cast.ts";
import { mayClash } from "../array/clash.ts";
import { requireWriteable } from "../array/flags.ts";
import { emptyArray, unsetArray } from "../array/fresh.ts";
import { NDArray } from "../array/ndarray.ts";
import { mayCast } from "../dtype/cast.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { DTypeError, ShapeError, textOf, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";
import { selfOverlap } from "../layout/overlap.ts";
import type { Loop } from "./loop.ts";
import { castingFor } from "./resolve.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { mayThrow } from "./ufunc-outputs.ts";

/** Throws unless results of that dtype and shape may go into `out`. */
export function requireReduceOut(
  out: NDArray,
  dtype: Descriptor,
  shape: readonly number[],
  caller: string,
): void {
  if (!(out instanceof NDArray)) throw new ValueError(`${caller}: out must be an array, not ${textOf(out)}`);
  if (!mayCast(dtype, out.dtype, "same_kind")) {
    throw new DTypeError(
      `${caller}: cannot cast the output from ${dtype} to ${out.dtype} under casting "same_kind"; ${castingFor(dtype, out.dtype)}`,
    );
  }
  const own = out.layout.shape;
  if (own.length !== shape.length || own.some((length, k) => length !== shape[k])) {
    throw new ShapeError(
      `${caller}: out has shape ${shapeText(own)}, but the result has ${shapeText(shape)}; an output is never stretched`,
    );
  }
  requireWriteable(out, caller);
}

const WORK = 1;

/**
 * Whether results cannot be written to `out` at once: that could change what is still to be read, or `out` itself twice, or
 * the kernel may throw when some of it is written.
 */
export function needsDetour(
  core: UfuncCore,
  loop: Loop,
  out: NDArray,
  x: NDArray,
  where: TypedPlace | null,
): boolean {
  if (mayThrow(core, loop)) return true;
  const size = out.dtype.itemsize;
  if (selfOverlap(out.layout, size, WORK) !== "no") return true;
  return mayClash(x, out, WORK) || (where !== null && where.storage.memory === out.storage.memory);
}

/**
 * A fresh result of `shape`: the axes of `kept` (all that are not reduced) nested in the order in which the array is
 * walked, dense.
 */
export function resultArray(
  shape: readonly number[],
  dtype: Descriptor,
  order: readonly number[],
  kept: readonly (number | null)[],
  caller: string,
): NDArray {
  const strides = new Array<number>(shape.length).fill(0);
  let step = dtype.itemsize;
  for (let k = order.length - 1; k >= 0; k--) {
    const place = kept[order[k]!]!;
    if (place === null) continue;
    strides[place] = step;
    step *= shape[place]!;
  }
  if (step === 0) return emptyArray(shape, dtype, "C", caller);
  return unsetArray(shape, dtype, strides, caller);
}
