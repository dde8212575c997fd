import { assign } from "../array/assign.ts";
import { unsetArray } from "../array/fresh.ts";
import { dataOf, type NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { countsOf } from "../engine/dates.ts";
import { eachLine } from "../engine/lines.ts";
import { requireReduceOut } from "../engine/reduce-out.ts";
import { reducedAxes } from "../engine/reduce-task.ts";
import { DTypeError } from "../errors.ts";
import { sizeOf } from "../layout/layout.ts";
import type { AxisOptions } from "./reduction-options.ts";

const NAT = -(2n ** 63n);

/** @internal Medians of spans of time; NaT makes NaT of a line. There are none of moments, which cannot be added. */
export function spanMedians(
  x: NDArray,
  { axis = null, keepdims = false, out = null }: AxisOptions,
  caller: string,
): unknown {
  const { dtype } = x;
  if (dtype.kind !== "m") {
    throw new DTypeError(`${caller}: there are no medians of ${dtype}; subtract a moment, and add it again`);
  }
  const reduced = reducedAxes(axis, x.ndim, caller);
  const { shape } = x.layout;
  const kept = keepdims ? shape.map((n, k) => (reduced[k] ? 1 : n)) : shape.filter((_, k) => !reduced[k]);
  if (out !== null) requireReduceOut(out, dtype, kept, caller);
  const result = unsetArray(kept, dtype, "C", caller);
  if (sizeOf(kept) > 0) {
    const medians = dataOf(countsOf(result));
    eachLine(countsOf(x), reduced, plain.int64, caller, (scratch, line) => {
      medians[line] = medianOf(dataOf(scratch) as BigInt64Array);
    });
  }
  if (out !== null) assign(out, result, { casting: "unsafe", caller });
  return axis === null && !keepdims && out === null ? result.at() : (out ?? result);
}

function medianOf(counts: BigInt64Array): bigint {
  const n = counts.length;
  counts.sort();
  // NaT is the smallest of all.
  if (n === 0 || counts[0] === NAT) return NAT;
  const half = n >>> 1;
  if (n % 2 === 1) return counts[half]!;
  const sum = BigInt.asIntN(64, counts[half - 1]! + counts[half]!);
  return sum === NAT ? NAT : sum / 2n;
}
