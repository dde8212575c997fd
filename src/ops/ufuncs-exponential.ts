/** Powers of e, 2 and their logarithms, and roots: one row each. */

import { exp2Kernel, expKernel, expm1Kernel } from "../engine/kernels/exp.ts";
import { log1pKernel, log2Kernel, log10Kernel, logKernel } from "../engine/kernels/log.ts";
import { logaddexp2Kernel, logaddexpKernel } from "../engine/kernels/log-add-exp.ts";
import { powerKernel } from "../engine/kernels/power.ts";
import { powersKernel } from "../engine/kernels/powers.ts";
import { cbrtKernel, sqrtKernel } from "../engine/kernels/roots.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import { type BinaryUfunc, binaryUfunc } from "../engine/ufunc-binary.ts";
import type { BinaryCall, UnaryCall } from "../engine/ufunc-types.ts";

/**
 * The first operand to the power of the second. Integers wrap, and take no negative power.
 *
 * @throws ValueError for a negative power of integers; write the base as floats.
 *
 * @example
 * np.power(np.array([2, 3]), 2).tolist(); // [4, 9]
 */
export const power: BinaryCall<"number"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "power",
  nin: 2,
  loops: "nn->n: bBhHiIlLefdFD",
  kernel: powersKernel,
  mayThrow: true,
});

/** The same as {@link power}. */
export const pow: typeof power = power;

/**
 * The first operand to the power of the second, in float64 or complex128.
 *
 * @example
 * np.floatPower(np.array([2, 3], "int32"), -1).at(0); // 0.5
 */
export const floatPower: BinaryCall<"double"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "floatPower",
  nin: 2,
  loops: "nn->n: dD",
  kernel: powerKernel,
});

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
 * 2 to the power of the operand.
 *
 * @example
 * np.exp2(np.array([3, -1])).tolist(); // [8, 0.5]
 */
export const exp2: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "exp2",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: exp2Kernel,
});

/**
 * e to the power of the operand, minus 1, with all digits near 0.
 *
 * @example
 * np.expm1(np.array([0, 1e-20])).tolist(); // [0, 1e-20]
 */
export const expm1: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "expm1",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: expm1Kernel,
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
 * The logarithm to base 2; NaN below 0.
 *
 * @example
 * np.log2(np.array([8, 0.5])).tolist(); // [3, -1]
 */
export const log2: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "log2",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: log2Kernel,
});

/**
 * The logarithm to base 10; NaN below 0.
 *
 * @example
 * np.log10(np.array([100, 0.1])).tolist(); // [2, -1]
 */
export const log10: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "log10",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: log10Kernel,
});

/**
 * The natural logarithm of 1 plus the operand, with all digits near 0.
 *
 * @example
 * np.log1p(np.array([0, 1e-20])).tolist(); // [0, 1e-20]
 */
export const log1p: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "log1p",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: log1pKernel,
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

/**
 * The cube root.
 *
 * @example
 * np.cbrt(np.array([8, -27])).tolist(); // [2, -3]
 */
export const cbrt: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "cbrt",
  nin: 1,
  loops: "n->n: efd",
  kernel: cbrtKernel,
});

/**
 * The logarithm of the sum of two numbers that are given by their logarithms.
 *
 * @example
 * np.logaddexp(0, 0).at(); // Math.LN2
 */
export const logaddexp: BinaryCall<"float"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "logaddexp",
  nin: 2,
  loops: "nn->n: efd",
  kernel: logaddexpKernel,
  identity: Number.NEGATIVE_INFINITY,
});

/**
 * The logarithm to base 2 of the sum of two numbers that are given by such logarithms.
 *
 * @example
 * np.logaddexp2(0, 0).at(); // 1
 */
export const logaddexp2: BinaryCall<"float"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "logaddexp2",
  nin: 2,
  loops: "nn->n: efd",
  kernel: logaddexp2Kernel,
  identity: Number.NEGATIVE_INFINITY,
});
