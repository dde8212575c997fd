/** Sums, products, quotients and what is near them: one row each. */

import {
  addKernel,
  conjugateKernel,
  divideKernel,
  multiplyKernel,
  negativeKernel,
  positiveKernel,
  squareKernel,
  subtractKernel,
} from "../engine/kernels/arithmetic.ts";
import { divmodKernel, floorDivideKernel, fmodKernel, remainderKernel } from "../engine/kernels/division.ts";
import { gcdKernel, lcmKernel } from "../engine/kernels/integer.ts";
import { absoluteKernel, fabsKernel, reciprocalKernel, signKernel } from "../engine/kernels/magnitude.ts";
import { addLoops, divideLoops, multiplyLoops, subtractLoops } from "../engine/kernels/plain-loops.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import { type BinaryUfunc, binaryUfunc } from "../engine/ufunc-binary.ts";
import type { BinaryCall, DivmodCall, UnaryCall } from "../engine/ufunc-types.ts";

/**
 * The sum of two operands, element by element; of two bools whether one is true.
 *
 * @example
 * np.add(np.array([1, 2]), 10).tolist(); // [11, 12]
 */
export const add: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "add",
  nin: 2,
  loops: "nn->n: ?bBhHiIlLefdFD",
  kernel: addKernel,
  plain: addLoops,
  identity: 0,
});

/**
 * The difference of two operands, element by element; there is none of two bools.
 *
 * @example
 * np.subtract(np.array([1, 2]), [1, 1]).tolist(); // [0, 1]
 */
export const subtract: BinaryCall<"difference"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "subtract",
  nin: 2,
  loops: "nn->n: bBhHiIlLefdFD",
  kernel: subtractKernel,
  plain: subtractLoops,
  insteadOfBool: "use bitwiseXor or logicalXor",
});

/**
 * The product of two operands, element by element; of two bools whether both are true.
 *
 * @example
 * np.multiply(np.array([1, 2]), np.array([3, 4])).tolist(); // [3, 8]
 */
export const multiply: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "multiply",
  nin: 2,
  loops: "nn->n: ?bBhHiIlLefdFD",
  kernel: multiplyKernel,
  plain: multiplyLoops,
  identity: 1,
});

/**
 * The quotient of two operands, element by element; of integers as float64.
 *
 * @example
 * np.divide(np.array([1, 2], "int32"), 2).tolist(); // [0.5, 1]
 */
export const divide: BinaryCall<"quotient"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "divide",
  nin: 2,
  loops: "nn->n: efdFD",
  kernel: divideKernel,
  plain: divideLoops,
  rule: "divide",
});

/** The same as {@link divide}. */
export const trueDivide: typeof divide = divide;

/**
 * The largest integer not above the quotient; 0 where an integer is divided by 0.
 *
 * @example
 * np.floorDivide(np.array([7, -7], "int32"), 2).tolist(); // [3, -4]
 */
export const floorDivide: BinaryCall<"number"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "floorDivide",
  nin: 2,
  loops: "nn->n: bBhHiIlLefd",
  kernel: floorDivideKernel,
});

/**
 * What is left of a floor division, with the sign of the divisor, as `%` in Python.
 *
 * @example
 * np.remainder(np.array([7, -7], "int32"), 3).tolist(); // [1, 2]
 */
export const remainder: BinaryCall<"number"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "remainder",
  nin: 2,
  loops: "nn->n: bBhHiIlLefd",
  kernel: remainderKernel,
});

/** The same as {@link remainder}. */
export const mod: typeof remainder = remainder;

/**
 * What is left of a division that cuts, with the sign of the dividend, as `%` in JavaScript.
 *
 * @example
 * np.fmod(np.array([7, -7], "int32"), 3).tolist(); // [1, -1]
 */
export const fmod: BinaryCall<"number"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "fmod",
  nin: 2,
  loops: "nn->n: bBhHiIlLefd",
  kernel: fmodKernel,
});

/**
 * Quotient and remainder of a floor division at once.
 *
 * @example
 * const [quotient, rest] = np.divmod(np.array([7, -7], "int32"), 3);
 * quotient.tolist(); // [2, -3]
 * rest.tolist();     // [1, 2]
 */
export const divmod: DivmodCall & Ufunc = /* @__PURE__ */ ufunc({
  name: "divmod",
  nin: 2,
  nout: 2,
  loops: "nn->nn: bBhHiIlLefd",
  kernel: divmodKernel,
});

/**
 * The operand with its sign changed; unsigned integers wrap.
 *
 * @example
 * np.negative(np.array([1, -2])).tolist(); // [-1, 2]
 */
export const negative: UnaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "negative",
  nin: 1,
  loops: "n->n: bBhHiIlLefdFD",
  kernel: negativeKernel,
  insteadOfBool: "use logicalNot or invert",
});

/**
 * The operand as it is. Returns a copy.
 *
 * @example
 * np.positive(np.array([1, -2])).tolist(); // [1, -2]
 */
export const positive: UnaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "positive",
  nin: 1,
  loops: "n->n: bBhHiIlLefdFD",
  kernel: positiveKernel,
  insteadOfBool: "copy it",
});

/**
 * The absolute value; of a complex number its distance from 0. The smallest signed integer stays as it is.
 *
 * @example
 * np.absolute(np.array([1.5, -2])).tolist(); // [1.5, 2]
 */
export const absolute: UnaryCall<"magnitude"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "absolute",
  nin: 1,
  loops: "n->n: ?bBhHiIlLefd; F->f; D->d",
  kernel: absoluteKernel,
});

/** The same as {@link absolute}. */
export const abs: typeof absolute = absolute;

/**
 * The absolute value as a float.
 *
 * @example
 * np.fabs(np.array([-1n])).tolist(); // [1]
 */
export const fabs: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "fabs",
  nin: 1,
  loops: "n->n: efd",
  kernel: fabsKernel,
});

/**
 * The complex conjugate; what is real stays as it is. Returns a copy.
 *
 * @example
 * np.conjugate(np.array([np.complex(1, 2)])).at(0).im; // -2
 */
export const conjugate: UnaryCall<"number"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "conjugate",
  nin: 1,
  loops: "n->n: bBhHiIlLefdFD",
  kernel: conjugateKernel,
});

/** The same as {@link conjugate}. */
export const conj: typeof conjugate = conjugate;

/**
 * 1 divided by the operand; of integers the whole part.
 *
 * @example
 * np.reciprocal(np.array([2, 4])).tolist(); // [0.5, 0.25]
 */
export const reciprocal: UnaryCall<"number"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "reciprocal",
  nin: 1,
  loops: "n->n: bBhHiIlLefdFD",
  kernel: reciprocalKernel,
});

/**
 * The operand times itself.
 *
 * @example
 * np.square(np.array([2, -3])).tolist(); // [4, 9]
 */
export const square: UnaryCall<"number"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "square",
  nin: 1,
  loops: "n->n: bBhHiIlLefdFD",
  kernel: squareKernel,
});

/**
 * -1, 0 or 1 by the sign; of a complex number the one of the same direction on the unit circle. NaN stays.
 *
 * @example
 * np.sign(np.array([-2, 0, 3])).tolist(); // [-1, 0, 1]
 */
export const sign: UnaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "sign",
  nin: 1,
  loops: "n->n: bBhHiIlLefdFD",
  kernel: signKernel,
  insteadOfBool: "a bool has no sign",
});

/**
 * The greatest common divisor of two integers, never negative.
 *
 * @example
 * np.gcd(np.array([12, 18], "int32"), 8).tolist(); // [4, 2]
 */
export const gcd: BinaryCall<"number"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "gcd",
  nin: 2,
  loops: "nn->n: bBhHiIlL",
  kernel: gcdKernel,
  identity: 0,
  insteadOfBool: "cast to an integer dtype",
});

/**
 * The least common multiple of two integers, never negative.
 *
 * @example
 * np.lcm(np.array([4, 6], "int32"), 6).tolist(); // [12, 6]
 */
export const lcm: BinaryCall<"number"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "lcm",
  nin: 2,
  loops: "nn->n: bBhHiIlL",
  kernel: lcmKernel,
  insteadOfBool: "cast to an integer dtype",
});
