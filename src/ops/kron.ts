import { type ArrayInput, asarray } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import { insertAxes } from "../layout/movement.ts";
import { reshapeDense } from "../layout/reshape.ts";
import type { ProductOf } from "./products.ts";
import { multiplyAll } from "./products-contract.ts";

/**
 * The Kronecker product: for each element of `a` a block, which is `b` times that element. The shape is that of `a` times
 * that of `b`, axis by axis, with axes of length 1 in front of the one that has fewer. Returns a copy.
 *
 * @example
 * np.kron([1, 10], [1, 2, 3]).tolist(); // [1, 2, 3, 10, 20, 30]
 * np.kron(np.eye(2), np.ones([2, 3])).shape; // [4, 6]
 */
export function kron<A extends ArrayInput, B extends ArrayInput>(a: A, b: B): NDArray<ProductOf<A, B>> {
  const [x, y] = [asarray(a) as NDArray, asarray(b) as NDArray];
  return (x.ndim === 0 || y.ndim === 0 ? multiplyAll("kron", x, y, { order: "C" }) : blocks(x, y)) as NDArray<
    ProductOf<A, B>
  >;
}

/** Axes of length 1 are put between those of both: products of elements, broadcast, are then in the order of the blocks. */
function blocks(x: NDArray, y: NDArray): NDArray {
  const ndim = Math.max(x.ndim, y.ndim);
  const [p, q] = [withAxes(x, ndim, 1), withAxes(y, ndim, 0)];
  const product = multiplyAll("kron", p, q, { order: "C" });
  const { shape } = product.layout;
  const merged = Array.from({ length: ndim }, (_, k) => shape[2 * k]! * shape[2 * k + 1]!);
  return product.viewAs(reshapeDense(product.layout, merged, product.itemsize, "C"));
}

/** Brought to `ndim` axes by axes of length 1 in front, then one beside each: behind it (1) or in front of it (0). */
function withAxes(a: NDArray, ndim: number, place: 0 | 1): NDArray {
  const front = Array.from({ length: ndim - a.ndim }, (_, k) => k);
  const beside = Array.from({ length: ndim }, (_, k) => 2 * k + place);
  const full = insertAxes(a.layout, front, a.itemsize, "kron");
  return a.viewAs(insertAxes(full, beside, a.itemsize, "kron"));
}
