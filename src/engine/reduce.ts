/**
 * Reductions: a ufunc of two operands, applied along axes until one element is left.
 */

import { hiddenReason } from "../array/allocate.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { BESIDE, placeOf } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { overwrite } from "../array/overwrite.ts";
import { bringNear } from "../array/residence.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { DType, ScalarLike, Value } from "../dtype/map.ts";
import { type DTypeLike, descriptorFor } from "../dtype/parse.ts";
import { plain } from "../dtype/table.ts";
import { sizeOf } from "../layout/layout.ts";
import { heap } from "../wasm/memory.ts";
import { isInspected } from "./drive.ts";
import { countsToFold, foldsCounts } from "./reduce-dates.ts";
import { type Folder, folderFor } from "./reduce-fold.ts";
import { reductionLoop } from "./reduce-loop.ts";
import { needsDetour, requireReduceOut, resultArray } from "./reduce-out.ts";
import { reduceAll, reduceOne, wayOf } from "./reduce-quick.ts";
import { prepare, reducedAxes, runTask, type Target, type Task, walkOrder } from "./reduce-task.ts";
import { isRow, RESULTS } from "./reduce-tiles.ts";
import { bytesOut, heapStorage, scatter } from "./stage.ts";
import { stepInspector } from "./step-inspector.ts";
import type { UfuncCore } from "./ufunc-core.ts";
import { maskFrom } from "./ufunc-options.ts";

/** How a ufunc is reduced. */
export interface ReduceOptions {
  /** The axes to reduce: one, several, none (`[]`), or all (`null`); 0 if left out. */
  readonly axis?: number | readonly number[] | null | undefined;
  /** The dtype to compute in. */
  readonly dtype?: DTypeLike | null | undefined;
  /** Where the result goes. */
  readonly out?: NDArray | null | undefined;
  /** Whether reduced axes stay, with length 1. */
  readonly keepdims?: boolean | undefined;
  /** What to start from; null for the first element, also where the ufunc has an identity. */
  readonly initial?: ScalarLike | null | undefined;
  /** Which elements take part; it broadcasts to the array. */
  readonly where?: ArrayInput | undefined;
}

/** Reduces an array. The result is a scalar when `axis` is null and neither `out` nor `keepdims` is given. */
export function reduceUfunc(
  core: UfuncCore,
  a: ArrayInput,
  options: ReduceOptions = {},
  caller = `${core.name}.reduce`,
): NDArray | Value<DType> {
  const x = asarray(a);
  if (foldsCounts(core, x)) {
    const fold = countsToFold(core, x, options, caller);
    return fold.finish(reduceUfunc(fold.core, fold.counts, fold.options, caller));
  }
  bringNear(x);
  const { axis = 0, keepdims = false, initial, where } = options;
  const out = options.out ?? null;
  if (
    where === undefined &&
    initial === undefined &&
    out === null &&
    (options.dtype ?? null) === null &&
    !isInspected()
  ) {
    if (axis === null && !keepdims) {
      const value = reduceAll(core, x, caller);
      if (value !== undefined) return value;
    } else if (typeof axis === "number") {
      const result = reduceOne(core, x, axis, keepdims, caller);
      if (result !== null) return result;
    }
  }
  const dtype = options.dtype === null || options.dtype === undefined ? null : descriptorFor(options.dtype);
  const loop = reductionLoop(core, x.dtype, dtype, out, caller);
  const folder = folderFor(core.name, loop, x.dtype);
  const scalar = axis === null && !keepdims && out === null;
  const reduced = reducedAxes(axis, x.ndim, caller);
  const mask = maskFrom({ name: caller }, where);
  const task = prepare(core, x, loop, folder, reduced, mask, initial, caller);
  stepInspector()?.reduction(core, x, loop, reduced, mask, initial, caller);
  return scalar ? toScalar(task) : toArray(core, task, loop.outputs[0]!, keepdims, out, caller);
}

/** How many elements of a plain dtype are not zero, of all or along axes; `add` adds them up. */
export function countTrue(
  add: UfuncCore,
  x: NDArray,
  axis: number | readonly number[] | null,
  keepdims: boolean,
  caller: string,
): NDArray | Value<DType> {
  bringNear(x);
  const loop = add.loopOf(add.types.find(({ text }) => text === "??->?")!);
  const { folder } = wayOf(add, plain.bool, caller);
  const task = prepare(add, x, loop, folder, reducedAxes(axis, x.ndim, caller), null, undefined, caller);
  if (axis === null && !keepdims) return toScalar(task);
  return toArray(add, task, plain.int64, keepdims, null, caller);
}

function toScalar(task: Task): Value<DType> {
  const strides = task.reduced.map(() => 0);
  runTask(task, { strides, offset: 0, given: false, cast: false, send: nothing });
  return readResult(task.folder);
}

function nothing(): void {}

function readResult(folder: Folder): Value<DType> {
  if (folder.result === "float64") return heap.f64[RESULTS / 8]!;
  return plain[folder.result].access.read(heapStorage().view, RESULTS);
}

/** The place in the result of each axis of the array that it has, else null. */
function placesIn(reduced: readonly boolean[], keepdims: boolean): (number | null)[] {
  let next = 0;
  return reduced.map((gone) => (gone && !keepdims ? null : next++));
}

function toArray(
  core: UfuncCore,
  task: Task,
  dtype: Descriptor,
  keepdims: boolean,
  out: NDArray | null,
  caller: string,
): NDArray {
  const { x, loop, where, reduced } = task;
  const places = placesIn(reduced, keepdims);
  const shape: number[] = [];
  for (const [k, place] of places.entries())
    if (place !== null) shape[place] = reduced[k] ? 1 : x.layout.shape[k]!;
  if (out !== null) requireReduceOut(out, dtype, shape, caller);
  const beside = out !== null && needsDetour(core, loop, out, x, where);
  const reason = beside ? hiddenReason(caller, BESIDE) : caller;
  const target =
    out === null || beside ? resultArray(shape, dtype, walkOrder(x, where, null), places, reason) : out;
  const own = target.layout.strides;
  const strides = places.map((place, k) => (place === null || reduced[k] ? 0 : own[place]!));
  if (target.size > 0) runTask(task, { ...sinkOf(task, target), strides, given: target === out });
  if (out !== null && beside) overwrite(out, target);
  return out ?? target;
}

/** Sends blocks of results to an array. */
export function sinkOf({ folder, loop }: Task, target: NDArray): Omit<Target, "strides" | "given"> {
  const place = placeOf(target);
  const cast = target.dtype !== loop.outputs[0];
  const result = plain[folder.result];
  const send: Target["send"] = (lengths, strides, offset) =>
    sendBlock(lengths, result, { ...place, strides }, offset);
  return { offset: place.offset, cast, send };
}

function sendBlock(
  lengths: readonly number[],
  result: Descriptor,
  to: ReturnType<typeof placeOf>,
  offset: number,
): void {
  const size = sizeOf(lengths);
  if (to.dtype === result && (size === 1 || isRow(lengths, to.strides, result.itemsize))) {
    bytesOut(RESULTS, to.storage, offset, size * result.itemsize);
    return;
  }
  // What a float16 loop gave is rounded already: any cast from float32 is the one from float16.
  scatter(lengths, result, RESULTS, to, offset);
}
