/** Angles and hyperbolic functions: one row each. */

import { arctan2Kernel, arctanKernel } from "../engine/kernels/arctan.ts";
import { coshKernel, sinhKernel, tanhKernel } from "../engine/kernels/hyperbolic.ts";
import { arccoshKernel, arcsinhKernel, arctanhKernel } from "../engine/kernels/hyperbolic-inverse.ts";
import { arccosKernel, arcsinKernel } from "../engine/kernels/inverse-trig.ts";
import { hypotKernel } from "../engine/kernels/roots.ts";
import { degreesKernel, radiansKernel } from "../engine/kernels/rounding.ts";
import { cosKernel, sinKernel, tanKernel } from "../engine/kernels/trig.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import { type BinaryUfunc, binaryUfunc } from "../engine/ufunc-binary.ts";
import type { BinaryCall, UnaryCall } from "../engine/ufunc-types.ts";

/**
 * The sine of an angle in radians.
 *
 * @example
 * np.sin(np.array([0, Math.PI / 2])).tolist(); // [0, 1]
 */
export const sin: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "sin",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: sinKernel,
});

/**
 * The cosine of an angle in radians.
 *
 * @example
 * np.cos(np.array([0, Math.PI])).tolist(); // [1, -1]
 */
export const cos: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "cos",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: cosKernel,
});

/**
 * The tangent of an angle in radians.
 *
 * @example
 * np.tan(np.array([0])).tolist(); // [0]
 */
export const tan: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "tan",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: tanKernel,
});

/**
 * The angle in radians, from -π/2 to π/2, that has this sine; NaN beyond -1 and 1.
 *
 * @example
 * np.arcsin(np.array([1])).at(0); // Math.PI / 2
 */
export const arcsin: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "arcsin",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: arcsinKernel,
});

/**
 * The angle in radians, from 0 to π, that has this cosine; NaN beyond -1 and 1.
 *
 * @example
 * np.arccos(np.array([-1])).at(0); // Math.PI
 */
export const arccos: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "arccos",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: arccosKernel,
});

/**
 * The angle in radians, from -π/2 to π/2, that has this tangent.
 *
 * @example
 * np.arctan(np.array([1])).at(0); // Math.PI / 4
 */
export const arctan: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "arctan",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: arctanKernel,
});

/**
 * The hyperbolic sine.
 *
 * @example
 * np.sinh(np.array([0])).tolist(); // [0]
 */
export const sinh: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "sinh",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: sinhKernel,
});

/**
 * The hyperbolic cosine.
 *
 * @example
 * np.cosh(np.array([0])).tolist(); // [1]
 */
export const cosh: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "cosh",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: coshKernel,
});

/**
 * The hyperbolic tangent.
 *
 * @example
 * np.tanh(np.array([0, 40])).tolist(); // [0, 1]
 */
export const tanh: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "tanh",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: tanhKernel,
});

/**
 * The number that has this hyperbolic sine.
 *
 * @example
 * np.arcsinh(np.array([0])).tolist(); // [0]
 */
export const arcsinh: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "arcsinh",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: arcsinhKernel,
});

/**
 * The number, 0 or above, that has this hyperbolic cosine; NaN below 1.
 *
 * @example
 * np.arccosh(np.array([1])).tolist(); // [0]
 */
export const arccosh: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "arccosh",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: arccoshKernel,
});

/**
 * The number that has this hyperbolic tangent; NaN beyond -1 and 1.
 *
 * @example
 * np.arctanh(np.array([0, 1])).tolist(); // [0, Infinity]
 */
export const arctanh: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "arctanh",
  nin: 1,
  loops: "n->n: efdFD",
  kernel: arctanhKernel,
});

/**
 * The angle in radians, from -π to π, of the point whose y is the first operand and whose x is the second.
 *
 * @example
 * np.arctan2(1, -1).at(); // 0.75 * Math.PI
 */
export const arctan2: BinaryCall<"float"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "arctan2",
  nin: 2,
  loops: "nn->n: efd",
  kernel: arctan2Kernel,
});

/**
 * The length of the hypotenuse, without overflow on the way.
 *
 * @example
 * np.hypot(np.array([3, 5]), [4, 12]).tolist(); // [5, 13]
 */
export const hypot: BinaryCall<"float"> & BinaryUfunc = /* @__PURE__ */ binaryUfunc({
  name: "hypot",
  nin: 2,
  loops: "nn->n: efd",
  kernel: hypotKernel,
  identity: 0,
});

/** The same as {@link arcsin}. */
export const asin: typeof arcsin = arcsin;

/** The same as {@link arccos}. */
export const acos: typeof arccos = arccos;

/** The same as {@link arctan}. */
export const atan: typeof arctan = arctan;

/** The same as {@link arcsinh}. */
export const asinh: typeof arcsinh = arcsinh;

/** The same as {@link arccosh}. */
export const acosh: typeof arccosh = arccosh;

/** The same as {@link arctanh}. */
export const atanh: typeof arctanh = arctanh;

/** The same as {@link arctan2}. */
export const atan2: typeof arctan2 = arctan2;

/**
 * Radians as degrees.
 *
 * @example
 * np.degrees(np.array([Math.PI])).tolist(); // [180]
 */
export const degrees: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "degrees",
  nin: 1,
  loops: "n->n: efd",
  kernel: degreesKernel,
});

/**
 * Radians as degrees.
 *
 * @example
 * np.rad2deg(np.array([Math.PI])).tolist(); // [180]
 */
export const rad2deg: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "rad2deg",
  nin: 1,
  loops: "n->n: efd",
  kernel: degreesKernel,
});

/**
 * Degrees as radians.
 *
 * @example
 * np.radians(np.array([180])).at(0); // Math.PI
 */
export const radians: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "radians",
  nin: 1,
  loops: "n->n: efd",
  kernel: radiansKernel,
});

/**
 * Degrees as radians.
 *
 * @example
 * np.deg2rad(np.array([180])).at(0); // Math.PI
 */
export const deg2rad: UnaryCall<"float"> & Ufunc = /* @__PURE__ */ ufunc({
  name: "deg2rad",
  nin: 1,
  loops: "n->n: efd",
  kernel: radiansKernel,
});
