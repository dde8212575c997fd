/** The kernels of logic: what is not zero is true, NaN included. */

import { type Expr, type Fn, op } from "../../wasm/fn.ts";
import { maskKernel } from "../../wasm/map.ts";
import {
  elementKernel,
  every,
  type Kernels,
  kernels,
  type Lane,
  scalar,
  scalarValue,
  vector,
} from "./lanes.ts";

/** @internal The kernels of `logicalAnd`. */
export const logicalAndKernel: Kernels = /* @__PURE__ */ connective("and");
/** @internal The kernels of `logicalOr`. */
export const logicalOrKernel: Kernels = /* @__PURE__ */ connective("or");
/** @internal The kernels of `logicalXor`. */
export const logicalXorKernel: Kernels = /* @__PURE__ */ connective("xor");

function connective(name: "and" | "or" | "xor"): Kernels {
  return kernels((x, loop) => {
    if (x.kind === "c") {
      return elementKernel(loop, (_, ar, ai, br, bi) =>
        op(`i32.${name}`, truthOfComplex(x, ar, ai), truthOfComplex(x, br, bi)),
      );
    }
    return maskKernel(x.bytes, 2, (fn, a, b) => op(`v128.${name}`, truth(fn, x, a), truth(fn, x, b)));
  }, "bits");
}

/** @internal The kernels of `logicalNot`. */
export const logicalNotKernel: Kernels = /* @__PURE__ */ kernels((x, loop) => {
  if (x.kind === "c") return elementKernel(loop, (_, re, im) => op("i32.eqz", truthOfComplex(x, re, im)));
  return maskKernel(x.bytes, 1, (fn, a) => op("v128.not", truth(fn, x, a)));
}, "bits");

/** The mask of what is not zero. */
function truth(fn: Fn, x: Lane, a: Expr): Expr {
  const value = x.kind === "h" ? op("v128.and", a, every(fn, x, 0x7fff)) : a;
  return vector(x, "ne", value, every(fn, x, 0));
}

function truthOfComplex(x: Lane, re: Expr, im: Expr): Expr {
  const zero = scalarValue(x, 0);
  return op("i32.or", scalar(x, "ne", re, zero), scalar(x, "ne", im, zero));
}
