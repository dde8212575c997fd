/** Angles and hyperbolic functions: one row each. */

import { degreesKernel, radiansKernel } from "../engine/kernels/rounding.ts";
import { type Ufunc, ufunc } from "../engine/ufunc.ts";
import type { UnaryCall } from "../engine/ufunc-types.ts";

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
