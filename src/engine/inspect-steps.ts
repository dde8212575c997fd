/**
 * The floating point errors of reductions and accumulations. Their kernels are not looked at: while somebody asks for
 * events (errstate.ts), the same steps are taken once more as calls of the ufunc, which are. A reduction is taken in
 * halves, so the order of its steps is not the one of the result.
 */

import { assign, fill } from "../array/assign.ts";
import { copyto } from "../array/copy.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Descriptor } from "../dtype/descriptor.ts";
import type { ScalarLike } from "../dtype/map.ts";
import { cStrides, type Layout, sizeOf } from "../layout/layout.ts";
import { permute } from "../layout/movement.ts";
import { inspectTogether, isWatched } from "./drive.ts";
import type { Loop } from "./loop.ts";
import { callUfunc } from "./ufunc-call.ts";
import type { UfuncCore } from "./ufunc-core.ts";

/** Tells of the events of a reduction. */
export function inspectReduction(
  core: UfuncCore,
  x: NDArray,
  loop: Loop,
  reduced: readonly boolean[],
  mask: NDArray | null,
  initial: ScalarLike | null | undefined,
  caller: string,
): void {
  // Without an identity there is nothing to put where a mask is false; such ufuncs only compare.
  if (!isWatched(loop) || x.size === 0 || (mask !== null && core.identity === null)) return;
  const rows = rowsOf(core, x, loop.outputs[0]!, reduced, mask);
  inspectTogether(caller, () => {
    let count = rows.layout.shape[0]!;
    let left = rows;
    while (count > 1) {
      const half = count >> 1;
      const folded = callUfunc(core, [slab(left, 0, half), slab(left, half, half)], {}) as NDArray;
      if (count % 2 === 1) {
        const first = slab(folded, 0, 1);
        assign(first, callUfunc(core, [first, slab(left, count - 1, 1)], {}) as NDArray, {
          casting: "unsafe",
          caller,
        });
      }
      left = folded;
      count = half;
    }
    if (initial !== null && initial !== undefined) callUfunc(core, [left, initial], {});
  });
}

/** A copy with the reduced axes as one in front and the others as one behind. */
function rowsOf(
  core: UfuncCore,
  x: NDArray,
  dtype: Descriptor,
  reduced: readonly boolean[],
  mask: NDArray | null,
): NDArray {
  const axes = reduced.map((_, k) => k);
  const order = [...axes.filter((k) => reduced[k]), ...axes.filter((k) => !reduced[k])];
  const shape = order.map((k) => x.layout.shape[k]!);
  const rows = unsetArray(shape, dtype, cStrides(shape, dtype.itemsize), "errstate");
  const back = axes.map((k) => order.indexOf(k));
  const likeX = rows.viewAs(permute(rows.layout, back));
  if (mask !== null) fill(likeX, core.identity!);
  copyto(likeX, x, { casting: "unsafe", ...(mask !== null && { where: mask }) });
  const count = sizeOf(shape.slice(0, reduced.filter(Boolean).length));
  const lengths = [count, x.size / count];
  return rows.viewAs({
    shape: lengths,
    strides: cStrides(lengths, dtype.itemsize),
    offset: rows.layout.offset,
  });
}

/** Some of the rows, one after the other. */
function slab(rows: NDArray, from: number, count: number): NDArray {
  const { shape, strides, offset } = rows.layout;
  return rows.viewAs({ shape: [count, ...shape.slice(1)], strides, offset: offset + from * strides[0]! });
}

/** Tells of the events of an accumulation, whose results are known. */
export function inspectScan(
  core: UfuncCore,
  x: NDArray,
  results: NDArray,
  loop: Loop,
  axis: number,
  caller: string,
): void {
  const length = x.layout.shape[axis]!;
  if (!isWatched(loop) || length < 2 || x.size === 0) return;
  const dtype = loop.outputs[0]!;
  const given = unsetArray(x.layout.shape, dtype, cStrides(x.layout.shape, dtype.itemsize), "errstate");
  copyto(given, x, { casting: "unsafe" });
  inspectTogether(caller, () => {
    callUfunc(
      core,
      [results.viewAs(shorter(results.layout, axis, 0)), given.viewAs(shorter(given.layout, axis, 1))],
      {},
    );
  });
}

/** All but the last, or all but the first, along an axis. */
function shorter({ shape, strides, offset }: Layout, axis: number, from: 0 | 1): Layout {
  const lengths = shape.map((length, k) => (k === axis ? length - 1 : length));
  return { shape: lengths, strides, offset: offset + from * strides[axis]! };
}
