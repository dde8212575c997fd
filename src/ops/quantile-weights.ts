import { flat } from "../array/flat.ts";
import type { NDArray } from "../array/ndarray.ts";
import { plain } from "../dtype/table.ts";
import { eachLine } from "../engine/lines.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { shapeText } from "../layout/layout.ts";

interface WeightedTask {
  readonly x: NDArray;
  readonly q: readonly number[];
  readonly skipNaN: boolean;
  readonly caller: string;
}

/** @internal Quantiles in which each element counts as much as its weight: the first to reach the share asked for. */
export function weightedQuantiles(
  { x, q, skipNaN, caller }: WeightedTask,
  given: NDArray,
  reduced: readonly boolean[],
  write: (k: number, line: number, value: unknown) => void,
): void {
  const weights = fitted(x, given, reduced, caller);
  const lines: Float64Array[] = [];
  eachLine(weights, reduced, plain.float64, caller, (scratch) => {
    lines.push(Float64Array.from(scratch.data as Float64Array));
  });
  eachLine(x, reduced, x.dtype, caller, (scratch, line) => {
    const values = Array.from({ length: scratch.size }, (_, k) => scratch.at(k) as number | bigint);
    const nan = values.findIndex((value) => Number.isNaN(value));
    const order = values.map((_, k) => k).filter((k) => !Number.isNaN(values[k] as number));
    if ((nan >= 0 && !skipNaN) || order.length === 0) {
      for (let k = 0; k < q.length; k++) write(k, line, values[Math.max(nan, 0)]);
      return;
    }
    order.sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b));
    const shares = sharesOf(order, lines[line]!, caller);
    q.forEach((one, k) => {
      let at = 0;
      while (at < shares.length - 1 && shares[at]! < one) at++;
      write(k, line, values[order[at]!]);
    });
  });
}

/** What all elements up to each, in order, count together, of 1; -1 where that is nothing. */
function sharesOf(order: readonly number[], weights: Float64Array, caller: string): Float64Array {
  const shares = new Float64Array(order.length);
  let sum = 0;
  order.forEach((k, j) => {
    sum += weights[k]!;
    shares[j] = sum;
  });
  if (!(sum > 0 && Number.isFinite(sum))) {
    throw new ValueError(`${caller}: weights must be finite and not all zero`);
  }
  for (let j = 0; j < shares.length; j++) shares[j] = shares[j]! / sum;
  if (shares[0] === 0) for (let j = 0; j < shares.length; j++) if (shares[j] === 0) shares[j] = -1;
  return shares;
}

/** The weights along the axes of the array. */
function fitted(x: NDArray, weights: NDArray, reduced: readonly boolean[], caller: string): NDArray {
  const { shape } = x.layout;
  for (const weight of flat(weights)) {
    if (Number(weight) < 0) throw new ValueError(`${caller}: weights must not be negative`);
  }
  if (String(weights.shape) === String(shape)) return weights;
  const wanted = shape.filter((_, k) => reduced[k]);
  if (String(weights.shape) !== String(wanted)) {
    throw new ShapeError(
      `${caller}: weights have shape ${shapeText(weights.shape)}, but the array ${shapeText(shape)}, and ${shapeText(wanted)} along the axes reduced`,
    );
  }
  let next = 0;
  const strides = shape.map((_, k) => (reduced[k] ? weights.layout.strides[next++]! : 0));
  return weights.viewAs({ shape, strides, offset: weights.layout.offset });
}
