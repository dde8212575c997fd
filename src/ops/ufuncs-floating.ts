/** What floats are made of: whole parts, signs, exponents, neighbours: one row each. */

import {
  copysignKernel,
  frexpKernel,
  isfiniteKernel,
  isinfKernel,
  isnanKernel,
  ldexpKernel,
  modfKernel,
  signbitKernel,
} from "../engine/kernels/float-parts.ts";
import { nextafterKernel, spacingKernel } from "../engine/kernels/neighbours.ts";
import {
  ceilKernel,
  floorKernel,
  heavisideKernel,
  rintKernel,
  truncKernel,
} from "../engine/kernels/rounding.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import { type BinaryUfunc, binaryUfunc } from "../engine/ufunc-binary.ts";
import type { BinaryCall, ExponentCall, SplitCall, UnaryCall } from "../engine/ufunc-types.ts";

/**
 * The largest integer not above the operand; integers stay as they are.
 *
 * @example
 * np.floor(np.array([1.5, -1.5])).tolist(); // [1, -2]
 */
export const floor: UnaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "floor",
  nin: 1,
  loops: "n->n: ?bBhHiIlLefd",
  kernel: floorKernel,
});

/**
 * The smallest integer not below the operand; integers stay as they are.
 *
 * @example
 * np.ceil(np.array([1.5, -1.5])).tolist(); // [2, -1]
 */
export const ceil: UnaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "ceil",
  nin: 1,
  loops: "n->n: ?bBhHiIlLefd",
  kernel: ceilKernel,
});

/**
 * The operand without its fraction; integers stay as they are.
 *
 * @example
 * np.trunc(np.array([1.5, -1.5])).tolist(); // [1, -1]
 */
export const trunc: UnaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "trunc",
  nin: 1,
  loops: "n->n: ?bBhHiIlLefd",
  kernel: truncKernel,
});

/**
 * The nearest integer, of two the even one, as a float.
 *
 * @example
 * np.rint(np.array([0.5, 1.5, -1.2])).tolist(); // [0, 2, -1]
 */
export const rint: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "rint",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: rintKernel,
});

/**
 * Whether an element is NaN; of a complex number whether a part is.
 *
 * @example
 * np.isnan(np.array([Number.NaN, 1])).tolist(); // [true, false]
 */
export const isnan: UnaryCall<"bool"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "isnan",
  nin: 1,
  loops: "n->?: ?bBhHiIlLefdFD",
  kernel: isnanKernel,
});

/**
 * Whether an element is an infinity; of a complex number whether a part is.
 *
 * @example
 * np.isinf(np.array([-Infinity, 1])).tolist(); // [true, false]
 */
export const isinf: UnaryCall<"bool"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "isinf",
  nin: 1,
  loops: "n->?: ?bBhHiIlLefdFD",
  kernel: isinfKernel,
});

/**
 * Whether an element is neither an infinity nor NaN.
 *
 * @example
 * np.isfinite(np.array([Number.NaN, 1])).tolist(); // [false, true]
 */
export const isfinite: UnaryCall<"bool"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "isfinite",
  nin: 1,
  loops: "n->?: ?bBhHiIlLefdFD",
  kernel: isfiniteKernel,
});

/**
 * Whether the sign is negative, that of -0 too.
 *
 * @example
 * np.signbit(np.array([-0, 0, -1])).tolist(); // [true, false, true]
 */
export const signbit: UnaryCall<"bool"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "signbit",
  nin: 1,
  loops: "n->?: efd",
  kernel: signbitKernel,
});

/**
 * The first operand with the sign of the second.
 *
 * @example
 * np.copysign(np.array([1, 2]), -0).tolist(); // [-1, -2]
 */
export const copysign: BinaryCall<"float"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "copysign",
  nin: 2,
  loops: "nn->n: efd",
  kernel: copysignKernel,
});

/**
 * The next float after the first operand towards the second.
 *
 * @example
 * np.nextafter(1, 2).at() - 1; // Number.EPSILON
 */
export const nextafter: BinaryCall<"float"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "nextafter",
  nin: 2,
  loops: "nn->n: efd",
  kernel: nextafterKernel,
});

/**
 * The distance to the next float away from 0.
 *
 * @example
 * np.spacing(np.array([1])).at(0); // Number.EPSILON
 */
export const spacing: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "spacing",
  nin: 1,
  loops: "n->n: efd",
  kernel: spacingKernel,
});

/**
 * 0 below 0, 1 above, and the second operand at 0.
 *
 * @example
 * np.heaviside(np.array([-2, 0, 3]), 0.5).tolist(); // [0, 0.5, 1]
 */
export const heaviside: BinaryCall<"float"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "heaviside",
  nin: 2,
  loops: "nn->n: efd",
  kernel: heavisideKernel,
});

/**
 * The first operand times 2 to the power of the second.
 *
 * @example
 * np.ldexp(np.array([0.5, 1]), 3).tolist(); // [4, 8]
 */
export const ldexp: BinaryCall<"float"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "ldexp",
  nin: 2,
  loops: "ei->e; fi->f; el->e; fl->f; di->d; dl->d",
  kernel: ldexpKernel,
  rule: "ldexp",
});

/**
 * A fraction of magnitude 0.5 to 1, and the power of 2 to multiply it with.
 *
 * @example
 * const [fraction, exponent] = np.frexp(np.array([8, -0.75]));
 * fraction.tolist(); // [0.5, -0.75]
 * exponent.tolist(); // [4, 0]
 */
export const frexp: ExponentCall & Ufunc = /* @__PURE__ */ ufunc({
  name: "frexp",
  nin: 1,
  nout: 2,
  loops: "e->ei; f->fi; d->di",
  kernel: frexpKernel,
});

/**
 * The fraction and the whole part, both with the sign of the operand.
 *
 * @example
 * const [fraction, whole] = np.modf(np.array([1.5, -2.25]));
 * fraction.tolist(); // [0.5, -0.25]
 * whole.tolist();    // [1, -2]
 */
export const modf: SplitCall & Ufunc = /* @__PURE__ */ ufunc({
  name: "modf",
  nin: 1,
  nout: 2,
  loops: "n->nn: efd",
  kernel: modfKernel,
});
