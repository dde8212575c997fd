/** Reductions of pieces of an axis: ufunc.reduceat. */

import { hiddenReason } from "../array/allocate.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { BESIDE } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { overwrite } from "../array/overwrite.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { IndexError, ShapeError, ValueError } from "../errors.ts";
import { normalizeAxis } from "../layout/axes.ts";
import { orderAxes } from "../layout/order.ts";
import { isInspected } from "./drive.ts";
import { sinkOf } from "./reduce.ts";
import { countsToFold, foldsCounts } from "./reduce-dates.ts";
import { folderFor } from "./reduce-fold.ts";
import { reductionLoop } from "./reduce-loop.ts";
import { needsDetour, requireReduceOut, resultArray } from "./reduce-out.ts";
import { prepare, runTask } from "./reduce-task.ts";
import { stepInspector } from "./step-inspector.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** How the pieces of an axis are reduced. */
export interface ReduceatOptions {
  /** The axis; 0 if left out. */
  readonly axis?: number | undefined;
  /** The dtype to compute in. */
  readonly dtype?: DTypeLike | null | undefined;
  /** Where the results go. */
  readonly out?: NDArray | null | undefined;
}

/**
 * Reduces from each index up to the next, the last one to the end; where the next is not larger, the result is the
 * element at the index alone.
 */
export function reduceatUfunc(
  core: UfuncCore,
  a: ArrayInput,
  indices: ArrayInput,
  options: ReduceatOptions = {},
  caller = `${core.name}.reduceat`,
): NDArray {
  const x = asarray(a);
  if (foldsCounts(core, x)) {
    const fold = countsToFold(core, x, options, caller);
    return fold.finish(reduceatUfunc(fold.core, fold.counts, indices, fold.options, caller));
  }
  const out = options.out ?? null;
  const dtype = options.dtype === null || options.dtype === undefined ? null : descriptorFor(options.dtype);
  const loop = reductionLoop(core, x.dtype, dtype, out, caller);
  if (x.ndim === 0) throw new ValueError(`${caller}: a 0-d array has no axis to go along; use ravel`);
  const axis = normalizeAxis(options.axis ?? 0, x.ndim, caller);
  const length = x.layout.shape[axis]!;
  const places = placesFrom(indices, length, axis, caller);
  const shape = x.layout.shape.map((n, k) => (k === axis ? places.length : n));
  const made = loop.outputs[0]!;
  if (out !== null) requireReduceOut(out, made, shape, caller);
  const direct =
    out !== null && !isInspected() && !needsDetour(core, loop, out, x, null) && out.dtype === made;
  const reason = out === null ? caller : hiddenReason(caller, BESIDE);
  const target = direct ? out : fresh(x, axis, shape, made, reason);
  if (target.size > 0) {
    const folder = folderFor(core.name, loop, x.dtype);
    const reduced = shape.map((_, k) => k === axis);
    places.forEach((from, k) => {
      const next = places[k + 1] ?? length;
      const piece = part(x, axis, from, Math.max(from + 1, next));
      const place = part(target, axis, k, k + 1);
      stepInspector()?.reduction(core, piece, loop, reduced, null, null, caller);
      const task = prepare(core, piece, loop, folder, reduced, null, null, caller);
      const along = place.layout.strides.map((stride, j) => (j === axis ? 0 : stride));
      runTask(task, { ...sinkOf(task, place), strides: along, given: false, inLines: true });
    });
  }
  if (out !== null && !direct) overwrite(out, target);
  return out ?? target;
}

/** A fresh result: dense, its axes nested as those of the array. */
function fresh(
  x: NDArray,
  axis: number,
  shape: readonly number[],
  dtype: Descriptor,
  caller: string,
): NDArray {
  // The axis of the pieces says nothing of where it should go.
  const strides = x.layout.strides.map((stride, k) => (k === axis ? 0 : stride));
  return resultArray(shape, dtype, orderAxes(shape, [strides]).axes, [...shape.keys()], caller);
}

/** The indices as numbers, checked before anything is computed. */
function placesFrom(indices: ArrayInput, length: number, axis: number, caller: string): number[] {
  const given = asarray(indices);
  if (given.ndim !== 1) throw new ShapeError(`${caller}: indices must be a list, not of ${given.ndim} axes`);
  const places: number[] = [];
  for (let k = 0; k < given.layout.shape[0]!; k++) {
    const place = Number(given.at(k));
    if (!Number.isInteger(place)) throw new IndexError(`${caller}: index ${place} is not an integer`);
    if (place < 0 || place >= length) {
      throw new IndexError(`${caller}: index ${place} is out of bounds for axis ${axis} with size ${length}`);
    }
    places.push(place);
  }
  return places;
}

/** The elements from `from` up to `to` along an axis. */
function part(a: NDArray, axis: number, from: number, to: number): NDArray {
  const { shape, strides, offset } = a.layout;
  const lengths = shape.map((n, k) => (k === axis ? to - from : n));
  return a.viewAs({ shape: lengths, strides, offset: offset + from * strides[axis]! });
}
