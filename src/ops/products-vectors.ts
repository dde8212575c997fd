/** `dot`, `inner`, `vdot` and `outer`. */

import { type ArrayInput, asarray } from "../array/create.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Value } from "../dtype/map.ts";
import { promoteAll } from "../dtype/promote.ts";
import { multiplyPlain } from "../engine/matmul-call.ts";
import { ShapeError } from "../errors.ts";
import { type Order, shapeText } from "../layout/layout.ts";
import { insertAxes } from "../layout/movement.ts";
import type { ProductOf } from "./products.ts";
import { contractPairs, multiplyAll } from "./products-contract.ts";
import { ravel } from "./reshape.ts";

/** Where the result of a product goes. */
export interface ProductOut<O extends NDArray | null | undefined = NDArray | null | undefined> {
  /** An array of the shape of the result, of a dtype that it may be cast to within its kind. */
  readonly out?: O;
}

/**
 * The sums of products along the last axis of `a` and the last but one of `b` (the only one of a vector). The other axes
 * of `a` come first in the result, then those of `b`; they do not broadcast, as those of `matmul` do. Of two vectors, or
 * of two arrays without axes, the result is a scalar, as that of a full reduction; with `out` it is an array. An operand
 * without axes multiplies the other one. Returns a copy.
 *
 * @throws ShapeError when the axes differ in length.
 * @example
 * np.dot([1, 2, 3], [4, 5, 6]); // 32
 * np.dot([[1, 2], [3, 4]], [1, 1], { out: np.zeros(2) }).tolist(); // [3, 7]
 */
export function dot<O extends NDArray>(a: ArrayInput, b: ArrayInput, options: { readonly out: O } | O): O;
export function dot<A extends ArrayInput, B extends ArrayInput>(
  a: A,
  b: B,
  options?: ProductOut<null | undefined> | null,
): NDArray<ProductOf<A, B>> | Value<ProductOf<A, B>>;
export function dot(a: ArrayInput, b: ArrayInput, options?: ProductOut | NDArray | null): unknown {
  return product("dot", asarray(a), asarray(b), 2, outOf(options));
}

/**
 * The sums of products along the last axis of both. The other axes of `a` come first in the result, then those of `b`. Of
 * two vectors the result is a scalar. An operand without axes multiplies the other one. Returns a copy.
 *
 * @throws ShapeError when the last axes differ in length.
 * @example
 * np.inner([1, 2, 3], [0, 1, 0]); // 2
 */
export function inner<A extends ArrayInput, B extends ArrayInput>(
  a: A,
  b: B,
): NDArray<ProductOf<A, B>> | Value<ProductOf<A, B>> {
  return product("inner", asarray(a), asarray(b), 1, null) as NDArray<ProductOf<A, B>>;
}

/** The array for the result among the options. */
function outOf(options: ProductOut | NDArray | null | undefined): NDArray | null {
  return options instanceof NDArray ? options : (options?.out ?? null);
}

/** Sums along the last axis of `a`, and along the one of `b` that is `fromEnd` from its end. */
function product(name: string, a: NDArray, b: NDArray, fromEnd: 1 | 2, out: NDArray | null): unknown {
  if (a.ndim === 0 || b.ndim === 0) {
    const all = multiplyAll(name, a, b, { out, order: orderBeside(a, b) });
    return a.ndim + b.ndim === 0 && out === null ? all.at() : all;
  }
  const [p, q] = [a.ndim - 1, Math.max(0, b.ndim - fromEnd)];
  const [j, k] = [a.layout.shape[p]!, b.layout.shape[q]!];
  if (j !== k) {
    const which = b.ndim === 1 ? "the only axis" : q === b.ndim - 1 ? "the last axis" : "the last but one";
    throw new ShapeError(
      `${name}: ${tight(a)} and ${tight(b)}: the last axis of the first (${j}) must be as long as ${which} of the second (${k})`,
    );
  }
  const turned = q > 0 && fromEnd === 1 && b.ndim === 2 ? b.T : b;
  const quick = out === null && isAhead(a) && isAhead(b) ? multiplyPlain(name, a, turned, false, null) : null;
  const sums = quick ?? contractPairs(a, b, { name, aAxes: [p], bAxes: [q], out });
  return sums.ndim === 0 && out === null ? sums.at() : sums;
}

/** Whether an array lies forwards along its axes: along others sums are worked out from their other end. */
function isAhead({ layout: { strides } }: NDArray): boolean {
  for (let k = 0; k < strides.length; k++) if (strides[k]! < 0) return false;
  return true;
}

/** As in NumPy: what BLAS has a product for comes out in C order, anything else as it lies. */
function orderBeside(a: NDArray, b: NDArray): Order {
  const { kind, itemsize } = promoteAll([a.dtype, b.dtype], "dot");
  return kind === "c" || (kind === "f" && itemsize > 2) ? "C" : "K";
}

function tight(a: NDArray): string {
  return shapeText(a.layout.shape).replaceAll(" ", "");
}

/**
 * The sum of the products of all elements, of which those of `a` are conjugated; both are read in C order, whatever their
 * shapes. Returns a scalar.
 *
 * @throws ShapeError when they have not the same number of elements.
 * @example
 * np.vdot([np.complex(1, 2)], [np.complex(3, 4)]).toString(); // "(11-2j)"
 */
export function vdot<A extends ArrayInput, B extends ArrayInput>(a: A, b: B): Value<ProductOf<A, B>> {
  const [x, y] = [asarray(a) as NDArray, asarray(b) as NDArray];
  if (x.size !== y.size) {
    throw new ShapeError(
      `vdot: ${tight(x)} and ${tight(y)}: the first has ${x.size} elements and the second ${y.size}; wanted as many`,
    );
  }
  const same = x.ndim === y.ndim && x.layout.shape.every((length, k) => length === y.layout.shape[k]);
  const [p, q] = same ? [x, y] : [ravel(x) as NDArray, ravel(y) as NDArray];
  const quick = p.ndim === 1 && isAhead(p) && isAhead(q) ? multiplyPlain("vdot", p, q, true, null) : null;
  if (quick !== null) return quick.at() as Value<ProductOf<A, B>>;
  const axes = p.layout.shape.map((_, k) => k);
  const sum = contractPairs(p, q, { name: "vdot", aAxes: axes, bAxes: axes, conjugate: true });
  return sum.at() as Value<ProductOf<A, B>>;
}

/**
 * The products of each element of `a` with each of `b`, both read in C order: shape (a.size, b.size). For results that
 * keep the shapes of both, and for other operations, ufuncs have a method `outer`. Returns a copy.
 *
 * @example
 * np.outer([1, 2], [10, 20, 30]).tolist(); // [[10, 20, 30], [20, 40, 60]]
 */
export function outer<O extends NDArray>(a: ArrayInput, b: ArrayInput, options: { readonly out: O } | O): O;
export function outer<A extends ArrayInput, B extends ArrayInput>(
  a: A,
  b: B,
  options?: ProductOut<null | undefined> | null,
): NDArray<ProductOf<A, B>>;
export function outer(a: ArrayInput, b: ArrayInput, options?: ProductOut | NDArray | null): NDArray {
  const [x, y] = [ravel(a) as NDArray, ravel(b) as NDArray];
  const column = x.viewAs(insertAxes(x.layout, 1, x.itemsize));
  const row = y.viewAs(insertAxes(y.layout, 0, y.itemsize));
  return multiplyAll("outer", column, row, { out: outOf(options) });
}
