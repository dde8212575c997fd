import type { TypedPlace } from "../array/cast.ts";
import { placeOf } from "../array/duplicate.ts";
import type { NDArray } from "../array/ndarray.ts";
import { mayOverlapItself, overwrite, writeInOrder } from "../array/overwrite.ts";
import { castKernel } from "../wasm/casts.ts";
import { elementwise, inspectTiles } from "./drive.ts";
import type { Loop } from "./loop.ts";

/**
 * Brings the result `k` of a loop, computed beside `out`, into it, cast without a question; with a mask, only where it says
 * so. They share no memory.
 */
export function bringHome(
  { outputs, kernel }: Loop,
  k: number,
  result: NDArray,
  out: NDArray,
  where: TypedPlace | null,
): void {
  if (where === null) {
    overwrite(out, result);
    return;
  }
  const { shape } = out.layout;
  const [from, to] = [placeOf(result), placeOf(out)];
  if (mayOverlapItself(out) || "SUV".includes(out.dtype.kind)) {
    writeInOrder(shape, from, to, where);
    return;
  }
  const type = kernel.out[k]!;
  const { run } = castKernel(type, type);
  const dtypes = [outputs[k]!];
  const copy: Loop = { inputs: dtypes, outputs: dtypes, kernel: { in: [type], out: [type], run } };
  // What happened has been told.
  const before = inspectTiles(null);
  try {
    elementwise(copy, shape, [from], [to], where);
  } finally {
    inspectTiles(before);
  }
}
