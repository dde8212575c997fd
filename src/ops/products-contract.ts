/** What `dot` and its kin share: sums over axes of two arrays, and products of all elements with all. */

import { assign } from "../array/assign.ts";
import { placeOf, workingCopy } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import { multiplyKernel } from "../engine/kernels/arithmetic.ts";
import { isReadable, mayWriteInto, PRODUCT_LOOPS } from "../engine/matmul-call.ts";
import { type Axis, contract } from "../engine/matmul-contract.ts";
import { resolveDTypes } from "../engine/resolve.ts";
import { callUfunc } from "../engine/ufunc-call.ts";
import { UfuncCore } from "../engine/ufunc-core.ts";
import type { UfuncOptions } from "../engine/ufunc-options.ts";
import { requireOut } from "../engine/ufunc-outputs.ts";

const cores = new Map<string, UfuncCore>();

/** What a function that multiplies is as a ufunc; for errors under its own name. */
export function productCore(name: string): UfuncCore {
  let core = cores.get(name);
  if (core === undefined) {
    core = new UfuncCore({ name, nin: 2, loops: PRODUCT_LOOPS, kernel: multiplyKernel });
    cores.set(name, core);
  }
  return core;
}

/** The products of elements, broadcast. */
export function multiplyAll(name: string, a: NDArray, b: NDArray, options: UfuncOptions = {}): NDArray {
  return callUfunc(productCore(name), [a, b], options) as NDArray;
}

/** How two arrays are summed over. */
export interface Contraction {
  readonly name: string;
  /** The axes of each that are summed, in pairs; they are known to fit. */
  readonly aAxes: readonly number[];
  readonly bAxes: readonly number[];
  readonly conjugate?: boolean;
  readonly out?: NDArray | null | undefined;
}

/** The sums over pairs of axes: the axes of `a` that are left come first, then those of `b`. In C order, or into `out`. */
export function contractPairs(a: NDArray, b: NDArray, how: Contraction): NDArray {
  const { name, aAxes, bAxes, out = null } = how;
  const core = productCore(name);
  const dtype = resolveDTypes(core, [a.dtype, b.dtype]).outputs[0]!;
  const [aFree, bFree] = [otherAxes(a, aAxes), otherAxes(b, bAxes)];
  const shape = [...aFree.map((k) => a.layout.shape[k]!), ...bFree.map((k) => b.layout.shape[k]!)];
  if (out !== null) requireOut(core, out, dtype, shape, "same_kind");
  const direct = out !== null && mayWriteInto(out, dtype, [a, b]);
  const result = direct ? out : unsetArray(shape, dtype, "C", name);
  const [x, y] = [readable(a, dtype, name), readable(b, dtype, name)];
  const c = result.layout.strides;
  const rows = aFree.map((k, j) => axis(x.layout.shape[k]!, { a: x.layout.strides[k]!, c: c[j]! }));
  const columns = bFree.map((k, j) =>
    axis(y.layout.shape[k]!, { b: y.layout.strides[k]!, c: c[aFree.length + j]! }),
  );
  const summed = aAxes.map((k, j) =>
    axis(x.layout.shape[k]!, { a: x.layout.strides[k]!, b: y.layout.strides[bAxes[j]!]! }),
  );
  const ends = {
    a: placeOf(x),
    b: placeOf(y),
    c: placeOf(result),
    caller: name,
    conjugate: how.conjugate === true,
  };
  contract({ stack: [], rows, columns, summed }, ends);
  if (out !== null && !direct) assign(out, result, { casting: "unsafe", caller: name });
  return out ?? result;
}

function otherAxes(a: NDArray, axes: readonly number[]): number[] {
  return a.layout.shape.map((_, k) => k).filter((k) => !axes.includes(k));
}

function axis(length: number, strides: { a?: number; b?: number; c?: number }): Axis {
  return { length, a: 0, b: 0, c: 0, ...strides };
}

/** An operand that a product in `dtype` can read blocks of. */
export function readable(a: NDArray, dtype: Descriptor, name: string): NDArray {
  return isReadable(a.dtype, dtype) ? a : workingCopy(a, dtype, "K", name);
}
