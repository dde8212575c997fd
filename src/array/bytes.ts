import { cStrides, fStrides, type Order } from "../layout/layout.ts";
import { resolveOrder } from "../layout/order.ts";
import { allocateBuffer, reportCopy } from "./allocate.ts";
import { checkOrder } from "./duplicate.ts";
import { moveElements } from "./move.ts";
import { type NDArray, requireArray } from "./ndarray.ts";
import { Storage } from "./storage.ts";

/**
 * The bytes of all elements in C order, Fortran order, or the one of the two that the array has (`"A"`). Returns a
 * copy. As in NumPy, `"K"` means C order here.
 *
 * @example
 * np.array([1, 256], "int16").tobytes(); // Uint8Array [1, 0, 0, 1]
 */
export function tobytes(a: NDArray, order: Order = "C"): Uint8Array<ArrayBuffer> {
  requireArray(a, "tobytes");
  const { shape } = a.layout;
  const { itemsize, storage, layout, nbytes } = a;
  const buffer = allocateBuffer(nbytes, "tobytes");
  const strides =
    resolveOrder(checkOrder(order, "tobytes"), layout, itemsize) === "F"
      ? fStrides(shape, itemsize)
      : cStrides(shape, itemsize);
  const place = { storage: new Storage(buffer), strides, offset: 0 };
  moveElements(shape, { storage, strides: layout.strides, offset: layout.offset }, place, itemsize);
  reportCopy(nbytes, "tobytes");
  return new Uint8Array(buffer);
}
