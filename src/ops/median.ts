import { assign } from "../array/assign.ts";
import { type ArrayInput, asarray } from "../array/create.ts";
import { placeOf, workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { lineMedians } from "../engine/line-medians.ts";
import { numbersFirst, selectPlaces } from "../engine/line-select.ts";
import { eachLine } from "../engine/lines.ts";
import { requireReduceOut } from "../engine/reduce-out.ts";
import { reducedAxes } from "../engine/reduce-task.ts";
import { DTypeError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import { spanMedians } from "./median-spans.ts";
import {
  type AxisOptions,
  type AxisOr,
  type InputDType,
  type MeanOf,
  type Reduced,
  reductionOptions,
} from "./reduction-options.ts";
import { ravel } from "./reshape.ts";

/** @internal Medians; NaN makes NaN of a line, unless it is left out. */
export function medians(
  a: ArrayInput,
  given: AxisOr<AxisOptions> | undefined,
  skipNaN: boolean,
  caller: string,
): unknown {
  const { axis, keepdims = false, out = null } = reductionOptions<AxisOptions>(given, caller);
  const x = asarray(a);
  if (x.dtype.unit !== null) return spanMedians(x, { axis, keepdims, out }, caller);
  if (x.dtype.kind === "c" || x.dtype.kind === "V") {
    throw new DTypeError(
      `${caller}: there are no medians of ${x.dtype}; take the real or the imaginary parts`,
    );
  }
  const dtype = x.dtype.kind === "f" ? x.dtype : plain.float64;
  const reduced = reducedAxes(axis, x.ndim, caller);
  const { shape } = x.layout;
  const kept = keepdims ? shape.map((n, k) => (reduced[k] ? 1 : n)) : shape.filter((_, k) => !reduced[k]);
  if (out !== null) requireReduceOut(out, dtype, kept, caller);
  const result = unsetArray(kept, dtype, "C", caller);
  const start = result.layout.offset;
  const along = !skipNaN && x.size > 0 ? onlyAxis(x, reduced) : null;
  if (along !== null) alongAxis(along, result, keepdims, caller);
  else if (sizeOf(kept) > 0) {
    eachLine(x, reduced, plain.float64, caller, (scratch, line) => {
      const value = medianOf(scratch, skipNaN, dtype === plain.float32);
      dtype.access.write(result.storage.view, start + line * dtype.itemsize, value as never);
    });
  }
  if (out !== null) assign(out, result, { casting: "unsafe", caller });
  return axis === null && !keepdims && out === null ? result.at() : (out ?? result);
}

/** The array as lines along one axis, if one axis or all are reduced. */
function onlyAxis(x: NDArray, reduced: readonly boolean[]): { lines: NDArray; axis: number } | null {
  const axis = reduced.indexOf(true);
  if (axis >= 0 && !reduced.includes(true, axis + 1)) return { lines: x, axis };
  return reduced.includes(false) ? null : { lines: ravel(x) as NDArray, axis: 0 };
}

/** Writes the medians of lines along an axis into a dense result. */
function alongAxis(
  { lines, axis }: { lines: NDArray; axis: number },
  result: NDArray,
  keepdims: boolean,
  caller: string,
): void {
  const dtype = lines.dtype === plain.float32 ? plain.float32 : plain.float64;
  const x = lines.dtype === dtype ? lines : workingCopy(lines, dtype, "K", caller);
  const strides = result.layout.strides.slice();
  // All axes were reduced, or the one that is missing is put in; there the result stands still.
  const steps =
    lines.ndim === 1 ? [0] : keepdims ? strides : [...strides.slice(0, axis), 0, ...strides.slice(axis)];
  lineMedians(x.layout.shape, axis, placeOf(x), { ...placeOf(result), strides: steps }, caller);
}

function medianOf(scratch: NDArray, skipNaN: boolean, single: boolean): number {
  const values = scratch.data as Float64Array;
  const n = numbersFirst(values, values.length);
  if (n === 0 || (n < values.length && !skipNaN)) return Number.NaN;
  const half = n >>> 1;
  if (n % 2 === 1) {
    selectPlaces(values, n, [half]);
    return values[half]!;
  }
  selectPlaces(values, n, [half - 1, half]);
  const sum = values[half - 1]! + values[half]!;
  return (single ? Math.fround(sum) : sum) / 2;
}

/**
 * The median: the middle element if they were sorted, or the mean of the two in the middle. NaN if there is one, and of
 * nothing.
 *
 * @param options an axis, several, or `{ axis, out, keepdims }`
 * @returns a scalar for all of the array; with `axis`, `keepdims` or `out` an array
 * @throws IndexError for an axis that is not there; DTypeError for complex numbers.
 * @example
 * np.median(np.array([3, 1, 2, 10])); // 2.5
 * np.median(np.array([[3, 1, 2], [6, 5, 4]]), 1).tolist(); // [2, 5]
 */
export function median<V extends ArrayInput, const O extends AxisOr<AxisOptions> = null>(
  a: V,
  options?: O,
): Reduced<MeanOf<InputDType<V>>, O> {
  return medians(a, options, false, "median") as Reduced<MeanOf<InputDType<V>>, O>;
}
