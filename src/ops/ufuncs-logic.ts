/** Truth values and bits: one row each. */

import {
  bitwiseAndKernel,
  bitwiseCountKernel,
  bitwiseOrKernel,
  bitwiseXorKernel,
  invertKernel,
  leftShiftKernel,
  rightShiftKernel,
} from "../engine/kernels/bits.ts";
import {
  logicalAndKernel,
  logicalNotKernel,
  logicalOrKernel,
  logicalXorKernel,
} from "../engine/kernels/logic.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import { type BinaryUfunc, binaryUfunc } from "../engine/ufunc-binary.ts";
import type { BinaryCall, UnaryCall } from "../engine/ufunc-types.ts";

/**
 * Whether both elements are true: not 0; NaN is true.
 *
 * @example
 * np.logicalAnd(np.array([1, 0]), true).tolist(); // [true, false]
 */
export const logicalAnd: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "logicalAnd",
  nin: 2,
  loops: "nn->?: ?bBhHiIlLefdFD",
  kernel: logicalAndKernel,
  rule: "logical",
  identity: true,
});

/**
 * Whether one of the elements is true: not 0; NaN is true.
 *
 * @example
 * np.logicalOr(np.array([1, 0]), false).tolist(); // [true, false]
 */
export const logicalOr: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "logicalOr",
  nin: 2,
  loops: "nn->?: ?bBhHiIlLefdFD",
  kernel: logicalOrKernel,
  rule: "logical",
  identity: false,
});

/**
 * Whether just one of the elements is true: not 0; NaN is true.
 *
 * @example
 * np.logicalXor(np.array([1, 0]), true).tolist(); // [false, true]
 */
export const logicalXor: BinaryCall<"bool"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "logicalXor",
  nin: 2,
  loops: "nn->?: ?bBhHiIlLefdFD",
  kernel: logicalXorKernel,
  rule: "logical",
  identity: false,
});

/**
 * Whether an element is 0 or false.
 *
 * @example
 * np.logicalNot(np.array([1, 0])).tolist(); // [false, true]
 */
export const logicalNot: UnaryCall<"bool"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "logicalNot",
  nin: 1,
  loops: "n->?: ?bBhHiIlLefdFD",
  kernel: logicalNotKernel,
});

/**
 * The bits that both integers have; of bools whether both are true.
 *
 * @example
 * np.bitwiseAnd(np.array([12, 10], "uint8"), 6).tolist(); // [4, 2]
 */
export const bitwiseAnd: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "bitwiseAnd",
  nin: 2,
  loops: "nn->n: ?bBhHiIlL",
  kernel: bitwiseAndKernel,
  identity: -1,
});

/**
 * The bits that one of the integers has; of bools whether one is true.
 *
 * @example
 * np.bitwiseOr(np.array([12, 10], "uint8"), 6).tolist(); // [14, 14]
 */
export const bitwiseOr: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "bitwiseOr",
  nin: 2,
  loops: "nn->n: ?bBhHiIlL",
  kernel: bitwiseOrKernel,
  identity: 0,
});

/**
 * The bits that just one of the integers has; of bools whether they differ.
 *
 * @example
 * np.bitwiseXor(np.array([12, 10], "uint8"), 6).tolist(); // [10, 12]
 */
export const bitwiseXor: BinaryCall<"same"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "bitwiseXor",
  nin: 2,
  loops: "nn->n: ?bBhHiIlL",
  kernel: bitwiseXorKernel,
  identity: 0,
});

/**
 * Every bit of an integer changed; of a bool its opposite.
 *
 * @example
 * np.invert(np.array([0, 5], "uint8")).tolist(); // [255, 250]
 */
export const invert: UnaryCall<"same"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "invert",
  nin: 1,
  loops: "n->n: ?bBhHiIlL",
  kernel: invertKernel,
});

/** The same as {@link invert}. */
export const bitwiseNot: typeof invert = invert;

/** The same as {@link invert}. */
export const bitwiseInvert: typeof invert = invert;

/**
 * The bits moved up; 0 when they are moved by the width of the dtype or more.
 *
 * @example
 * np.leftShift(np.array([1, 3], "uint8"), 2).tolist(); // [4, 12]
 */
export const leftShift: BinaryCall<"number"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "leftShift",
  nin: 2,
  loops: "nn->n: bBhHiIlL",
  kernel: leftShiftKernel,
});

/**
 * The bits moved down, negative integers staying negative.
 *
 * @example
 * np.rightShift(np.array([8, -8], "int32"), 2).tolist(); // [2, -2]
 */
export const rightShift: BinaryCall<"number"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "rightShift",
  nin: 2,
  loops: "nn->n: bBhHiIlL",
  kernel: rightShiftKernel,
});

/** The same as {@link leftShift}. */
export const bitwiseLeftShift: typeof leftShift = leftShift;

/** The same as {@link rightShift}. */
export const bitwiseRightShift: typeof rightShift = rightShift;

/**
 * How many bits of the absolute value are set.
 *
 * @example
 * np.bitwiseCount(np.array([7, -8], "int32")).tolist(); // [3, 1]
 */
export const bitwiseCount: UnaryCall<"uint8"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "bitwiseCount",
  nin: 1,
  loops: "n->B: bBhHiIlL",
  kernel: bitwiseCountKernel,
});
