/** Comparisons, and the greater and the smaller of two: one row each. */

import {
  equalKernel,
  greaterEqualKernel,
  greaterKernel,
  lessEqualKernel,
  lessKernel,
  notEqualKernel,
} from "../engine/kernels/compare.ts";
import { fmaxKernel, fminKernel, maximumKernel, minimumKernel } from "../engine/kernels/extrema.ts";
import { type BinaryUfunc, binaryUfunc } from "../engine/ufunc-binary.ts";
import type { BinaryCall } from "../engine/ufunc-types.ts";

/**
 * Whether two elements are equal; NaN is equal to nothing.
 *
 * @example
 * np.equal(np.array([1, 2]), [1, 3]).tolist(); // [true, false]
 */
export const equal: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "equal",
  nin: 2,
  loops: "nn->?: ?bBhHiIlL; lL->?; Ll->?; nn->?: efdFD",
  kernel: equalKernel,
  rule: "compare",
});

/**
 * Whether two elements differ; NaN differs from everything.
 *
 * @example
 * np.notEqual(np.array([1, 2]), [1, 3]).tolist(); // [false, true]
 */
export const notEqual: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "notEqual",
  nin: 2,
  loops: "nn->?: ?bBhHiIlL; lL->?; Ll->?; nn->?: efdFD",
  kernel: notEqualKernel,
  rule: "compare",
});

/**
 * Whether the first element is less than the second. Integers of any two dtypes are compared exactly, scalars that the dtype does not hold too; complex numbers by their real parts first.
 *
 * @example
 * np.less(np.array([1, 200], "uint8"), 300).tolist(); // [true, true]
 */
export const less: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "less",
  nin: 2,
  loops: "nn->?: ?bBhHiIlL; lL->?; Ll->?; nn->?: efdFD",
  kernel: lessKernel,
  rule: "compare",
});

/**
 * Whether the first element is at most the second.
 *
 * @example
 * np.lessEqual(np.array([1, 2, 3]), 2).tolist(); // [true, true, false]
 */
export const lessEqual: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "lessEqual",
  nin: 2,
  loops: "nn->?: ?bBhHiIlL; lL->?; Ll->?; nn->?: efdFD",
  kernel: lessEqualKernel,
  rule: "compare",
});

/**
 * Whether the first element is greater than the second.
 *
 * @example
 * np.greater(np.array([1, 2, 3]), 2).tolist(); // [false, false, true]
 */
export const greater: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "greater",
  nin: 2,
  loops: "nn->?: ?bBhHiIlL; lL->?; Ll->?; nn->?: efdFD",
  kernel: greaterKernel,
  rule: "compare",
});

/**
 * Whether the first element is at least the second.
 *
 * @example
 * np.greaterEqual(np.array([1, 2, 3]), 2).tolist(); // [false, true, true]
 */
export const greaterEqual: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "greaterEqual",
  nin: 2,
  loops: "nn->?: ?bBhHiIlL; lL->?; Ll->?; nn->?: efdFD",
  kernel: greaterEqualKernel,
  rule: "compare",
});

/**
 * The greater of two elements; NaN where one is NaN.
 *
 * @example
 * np.maximum(np.array([1, 5]), 3).tolist(); // [3, 5]
 */
export const maximum: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "maximum",
  nin: 2,
  loops: "nn->n: ?bBhHiIlLefdFD",
  kernel: maximumKernel,
});

/**
 * The smaller of two elements; NaN where one is NaN.
 *
 * @example
 * np.minimum(np.array([1, 5]), 3).tolist(); // [1, 3]
 */
export const minimum: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "minimum",
  nin: 2,
  loops: "nn->n: ?bBhHiIlLefdFD",
  kernel: minimumKernel,
});

/**
 * The greater of two elements; the other one where one is NaN.
 *
 * @example
 * np.fmax(np.array([1, Number.NaN]), 0).tolist(); // [1, 0]
 */
export const fmax: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "fmax",
  nin: 2,
  loops: "nn->n: ?bBhHiIlLefdFD",
  kernel: fmaxKernel,
});

/**
 * The smaller of two elements; the other one where one is NaN.
 *
 * @example
 * np.fmin(np.array([1, Number.NaN]), 2).tolist(); // [1, 2]
 */
export const fmin: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "fmin",
  nin: 2,
  loops: "nn->n: ?bBhHiIlLefdFD",
  kernel: fminKernel,
});
