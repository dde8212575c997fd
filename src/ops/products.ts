/** Products of vectors and matrices. */

import type { ArrayInput, DTypeOfInput } from "../array/create.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { DTypeLike, DTypeOf } from "../dtype/parse.ts";
import type { Promote } from "../dtype/promotion-table.ts";
import type { LoopKernel } from "../engine/loop.ts";
import { callProduct, PRODUCT_LOOPS, type Product, type ProductOptions } from "../engine/matmul-call.ts";
import { UfuncCore } from "../engine/ufunc-core.ts";

/** The dtype of a product. */
export type ProductOf<A, B> = Promote<DTypeOfInput<A>, DTypeOfInput<B>>;

type Derived = Omit<ProductOptions, "out" | "dtype"> & {
  readonly out?: null | undefined;
  readonly dtype?: null | undefined;
};

/** The call of a product. */
export interface ProductCall {
  <A extends ArrayInput, B extends ArrayInput>(a: A, b: B, options?: Derived): NDArray<ProductOf<A, B>>;
  <O extends NDArray>(
    a: ArrayInput,
    b: ArrayInput,
    options: Omit<ProductOptions, "out"> & { readonly out: O },
  ): O;
  <const S extends DTypeLike>(
    a: ArrayInput,
    b: ArrayInput,
    options: Omit<Derived, "dtype"> & { readonly dtype: S },
  ): NDArray<DTypeOf<S>>;
  (a: ArrayInput, b: ArrayInput, options?: ProductOptions): NDArray;
}

/** What a product has besides its call: the properties of a ufunc. */
export interface ProductUfunc extends ProductCall {
  /** NumPy's name. */
  readonly name: string;
  readonly nin: number;
  readonly nout: number;
  readonly nargs: number;
  readonly ntypes: number;
  /** The loops, in the order in which they are tried: `"dd->d"`. */
  readonly types: string[];
  /** Products of nothing are zeros; there is no reduction, and so no identity. */
  readonly identity: null;
  /** The core dimensions: what each operand must have. */
  readonly signature: string;
}

/** The kernels of products are no loops over elements; see engine/matmul.ts. */
const unused: LoopKernel = { in: [], out: [], run: () => {} };

function productUfunc(
  name: string,
  signature: string,
  left: Product["left"],
  right: Product["right"],
  conjugate = false,
): ProductUfunc {
  const core = new UfuncCore({ name, nin: 2, signature, loops: PRODUCT_LOOPS, kernel: () => unused });
  const product: Product = { name, core, left, right, conjugate, mayDrop: name === "matmul" };
  const call = (a: ArrayInput, b: ArrayInput, options?: ProductOptions) =>
    callProduct(product, a, b, options);
  const types = () => core.types.map(({ text }) => text);
  return Object.defineProperties(call, {
    name: { value: name },
    nin: { value: 2 },
    nout: { value: 1 },
    nargs: { value: 3 },
    ntypes: { get: () => types().length },
    types: { get: types },
    identity: { value: null },
    signature: { value: signature },
    toString: { value: () => `<ufunc '${name}'>` },
  }) as unknown as ProductUfunc;
}

/**
 * The product of matrices. Of more than two axes, the last two are those of the matrices and the others broadcast. A first
 * operand of one axis counts as a row, a second one as a column, and the axis that this adds is not in the result: two
 * vectors give an array of no axes. Returns a copy.
 *
 * Floats are summed as fused multiply-adds where the runtime has them, and in blocks: the last bits may differ from NumPy's
 * and between machines. Integers wrap, bool is "and" and "or".
 *
 * @throws ShapeError when the last axis of `a` is not as long as the last but one of `b`, or stacks do not broadcast.
 * @throws DTypeError for elements with fields, and for casts that `casting` does not allow.
 * @example
 * const a = np.array([[1, 2], [3, 4]]);
 * np.matmul(a, a.T).tolist(); // [[5, 11], [11, 25]]
 * np.matmul(a, [1, 0]).tolist(); // [1, 3]
 */
export const matmul: ProductUfunc = /* @__PURE__ */ productUfunc(
  "matmul",
  "(n?,k),(k,m?)->(n?,m?)",
  ["m", "k"],
  ["k", "n"],
);

/**
 * The products of vectors along the last axis of both, or along `axis`, summed; the first operand is conjugated. The other
 * axes broadcast. Returns a copy; of two vectors an array of no axes.
 *
 * @throws ShapeError when the axes differ in length.
 * @example
 * np.vecdot([[1, 2], [3, 4]], [10, 1]).tolist(); // [12, 34]
 */
export const vecdot: ProductUfunc = /* @__PURE__ */ productUfunc("vecdot", "(n),(n)->()", ["k"], ["k"], true);

/**
 * The product of matrices, the last two axes of `a`, and vectors, the last axis of `b`; stacks broadcast. Returns a copy.
 *
 * @throws ShapeError when the last axes differ in length.
 * @example
 * np.matvec([[1, 2], [3, 4]], [[1, 0], [0, 1]]).tolist(); // [[1, 3], [2, 4]]
 */
export const matvec: ProductUfunc = /* @__PURE__ */ productUfunc(
  "matvec",
  "(m,n),(n)->(m)",
  ["m", "k"],
  ["k"],
);

/**
 * The product of vectors, the last axis of `a`, which is conjugated, and matrices, the last two axes of `b`; stacks
 * broadcast. Returns a copy.
 *
 * @throws ShapeError when the last axis of `a` is not as long as the last but one of `b`.
 * @example
 * np.vecmat([1, 0], [[1, 2], [3, 4]]).tolist(); // [1, 2]
 */
export const vecmat: ProductUfunc = /* @__PURE__ */ productUfunc(
  "vecmat",
  "(n),(n,m)->(m)",
  ["k"],
  ["k", "n"],
  true,
);
