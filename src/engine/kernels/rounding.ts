/** The kernels of roots, of rounding to whole numbers, and of angles. */

import { op } from "../../wasm/fn.ts";
import { copyKernel } from "./copy.ts";
import { every, type Kernels, kernels, vector, vectorKernel } from "./lanes.ts";

/** @internal The kernels of `rint`: to the nearest whole number, ties to the even one. */
export const rintKernel: Kernels = /* @__PURE__ */ rounding("nearest");
/** @internal The kernels of `floor`. */
export const floorKernel: Kernels = /* @__PURE__ */ rounding("floor");
/** @internal The kernels of `ceil`. */
export const ceilKernel: Kernels = /* @__PURE__ */ rounding("ceil");
/** @internal The kernels of `trunc`. */
export const truncKernel: Kernels = /* @__PURE__ */ rounding("trunc");

/** Integers and bools stay what they are; complex numbers are rounded part by part. */
function rounding(name: "nearest" | "floor" | "ceil" | "trunc"): Kernels {
  return kernels((x, loop) =>
    x.kind === "f" || x.kind === "c" ? vectorKernel(loop, (_, a) => vector(x, name, a)) : copyKernel(x),
  );
}

/** @internal The kernels of `degrees` and `rad2deg`. */
export const degreesKernel: Kernels = /* @__PURE__ */ scaling((pi) => 180 / pi);
/** @internal The kernels of `radians` and `deg2rad`. */
export const radiansKernel: Kernels = /* @__PURE__ */ scaling((pi) => pi / 180);

/** A product with a constant that is worked out in the precision of the loop, from that precision's π. */
function scaling(factor: (pi: number) => number): Kernels {
  return kernels((x, loop) => {
    const constant = factor(x.bytes === 4 ? Math.fround(Math.PI) : Math.PI);
    return vectorKernel(loop, (fn, a) => vector(x, "mul", a, every(fn, x, constant)));
  });
}

/** @internal The kernels of `heaviside(x, h)`: 0 below 0, 1 above, `h` at 0. */
export const heavisideKernel: Kernels = /* @__PURE__ */ kernels((x, loop) =>
  vectorKernel(loop, (fn, a, h) => {
    const zero = every(fn, x, 0);
    const step = op("v128.and", vector(x, "gt", a, zero), every(fn, x, 1));
    const atZero = op("v128.bitselect", h, step, vector(x, "eq", a, zero));
    return op("v128.bitselect", a, atZero, vector(x, "ne", a, a));
  }),
);
