import { placeOf } from "../array/duplicate.ts";
import { unsetArray } from "../array/fresh.ts";
import type { NDArray } from "../array/ndarray.ts";
import { takeKernel } from "./kernels/sort-orders.ts";
import { bringLines, roomFor, sendLines } from "./work-room.ts";

/** The elements of an array of one axis at some positions, which must be there. */
export function takeElements<A extends NDArray>(a: A, positions: Int32Array, caller: string): A {
  const n = a.size;
  const bytes = a.itemsize;
  const count = positions.length;
  const result = unsetArray([count], a.dtype, "C", caller);
  if (count === 0) return result as A;
  const room = roomFor([n * bytes, 4 * count, count * bytes], caller);
  const [raw, list, out] = room.at as [number, number, number];
  const from = placeOf(a);
  bringLines(room, raw, 1, n, { ...from, strides: [0, from.strides[0]!] }, bytes);
  new Int32Array(room.space.buffer, list, count).set(positions);
  takeKernel(bytes).in(room.space)(count, raw, list, out, bytes);
  sendLines(room, out, 1, count, { ...placeOf(result), strides: [0, bytes] }, bytes);
  return result as A;
}
