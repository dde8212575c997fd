import { addKernel, divideKernel, multiplyKernel, subtractKernel } from "../engine/kernels/arithmetic.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import type { BinaryCall } from "../engine/ufunc-types.ts";

/**
 * The sum of two operands, element by element; of two bools whether one is true.
 *
 * @example
 * np.add(np.array([1, 2]), 10).tolist(); // [11, 12]
 */
export const add: BinaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "add",
  nin: 2,
  loops: "nn->n: ?bBhHiIlLefdFD",
  kernel: addKernel,
  identity: 0,
});

/**
 * The difference of two operands, element by element; there is none of two bools.
 *
 * @example
 * np.subtract(np.array([1, 2]), [1, 1]).tolist(); // [0, 1]
 */
export const subtract: BinaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "subtract",
  nin: 2,
  loops: "nn->n: bBhHiIlLefdFD",
  kernel: subtractKernel,
  insteadOfBool: "use bitwiseXor or logicalXor",
});

/**
 * The product of two operands, element by element; of two bools whether both are true.
 *
 * @example
 * np.multiply(np.array([1, 2]), np.array([3, 4])).tolist(); // [3, 8]
 */
export const multiply: BinaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "multiply",
  nin: 2,
  loops: "nn->n: ?bBhHiIlLefdFD",
  kernel: multiplyKernel,
  identity: 1,
});

/**
 * The quotient of two operands, element by element; of integers as float64.
 *
 * @example
 * np.divide(np.array([1, 2], "int32"), 2).tolist(); // [0.5, 1]
 */
export const divide: BinaryCall<"quotient"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "divide",
  nin: 2,
  loops: "nn->n: efdFD",
  kernel: divideKernel,
  rule: "divide",
});
