/** Powers of e, 2 and their logarithms, and roots: one row each. */

import { expKernel } from "../engine/kernels/exp.ts";
import { logKernel } from "../engine/kernels/log.ts";
import { sqrtKernel } from "../engine/kernels/rounding.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import type { UnaryCall } from "../engine/ufunc-types.ts";

/**
 * e to the power of the operand.
 *
 * @example
 * np.exp(np.array([0, 1])).at(1); // Math.E
 */
export const exp: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "exp",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: expKernel,
});

/**
 * The natural logarithm; NaN below 0.
 *
 * @example
 * np.log(np.array([1, Math.E])).tolist(); // [0, 1]
 */
export const log: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "log",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: logKernel,
});

/**
 * The square root; NaN below 0, unless the operand is complex.
 *
 * @example
 * np.sqrt(np.array([4, 9])).tolist(); // [2, 3]
 */
export const sqrt: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "sqrt",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: sqrtKernel,
});
